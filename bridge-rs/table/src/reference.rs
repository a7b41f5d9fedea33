//! The number by which Java names one owned Python reference.
//!
//! Owns the bit layout, which `io.gilgamesh.internal.Ref` repeats on the Java side. Knows nothing of what is named.

use std::fmt;

const SLOT_BITS: u32 = 28;
const GENERATION_BITS: u32 = 32;
const SLOT_MASK: u64 = (1 << SLOT_BITS) - 1;
const MANAGED: u64 = 1 << (SLOT_BITS + GENERATION_BITS);
const NONE: u64 = 1 << (SLOT_BITS + GENERATION_BITS + 1);

/// Slots that a table can hold: what fits the slot's bits.
pub const MAX_SLOTS: u32 = 1 << SLOT_BITS;

/// A handle's number: slot, generation and whether the JVM's collector may end it.
///
/// Never a pointer: a number that is stale, forged or of another table is refused by [`crate::Table::get`].
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Reference(u64);

impl Reference {
    /// Python's `None`, which needs no slot and cannot be closed.
    pub const NONE: Reference = Reference(NONE);

    pub(crate) fn new(slot: u32, generation: u32, managed: bool) -> Self {
        let flag = if managed { MANAGED } else { 0 };
        Reference(u64::from(slot) | u64::from(generation) << SLOT_BITS | flag)
    }

    /// The reference that Java sent, valid or not.
    #[must_use]
    pub fn from_java(bits: i64) -> Self {
        Reference(bits.cast_unsigned())
    }

    /// The form that crosses to Java; always positive.
    #[must_use]
    pub fn to_java(self) -> i64 {
        self.0.cast_signed()
    }

    /// Whether this names Python's `None`.
    #[must_use]
    pub fn is_none(self) -> bool {
        self.0 == NONE
    }

    /// Whether the handle lives until it is closed or found dead by the JVM's collector.
    #[must_use]
    pub fn is_managed(self) -> bool {
        self.0 & MANAGED != 0
    }

    pub(crate) fn slot(self) -> usize {
        // Masked to 28 bits, so it fits every usize.
        (self.0 & SLOT_MASK) as usize
    }

    pub(crate) fn generation(self) -> u32 {
        // The shift leaves the flags above bit 31, which the cast drops on purpose.
        (self.0 >> SLOT_BITS) as u32
    }
}

impl fmt::Debug for Reference {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.is_managed() { "managed" } else { "scoped" };
        write!(out, "{kind}#{}.{}", self.slot(), self.generation())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_field_survives_the_way_to_java_and_back() {
        let reference = Reference::new(MAX_SLOTS - 1, u32::MAX, true);
        let back = Reference::from_java(reference.to_java());
        assert_eq!(back, reference);
        assert_eq!(back.slot(), MAX_SLOTS as usize - 1);
        assert_eq!(back.generation(), u32::MAX);
        assert!(back.is_managed() && !back.is_none() && back.to_java() > 0);
    }
}
