//! The table of what Java holds: slots with generations, linked into rings.
//!
//! Goals, in order: a stale or forged number is always refused; making and releasing an entry costs a few writes;
//! everything that a scope or a context owns can be released together; memory is bounded by what is alive.
//!
//! A *ring* is an owner: a transaction's scope, or a context's managed handles. It is a slot itself, the head of a
//! circular doubly linked list that runs through the slots it owns, so an entry leaves its ring without anybody
//! knowing which ring that is, and a closed handle leaves nothing behind in its transaction.
//!
//! A slot's generation grows when its entry is released; one whose generations are used up is retired for good.
//! The table is plain data: whoever holds it decides by what lock (here: being attached to the interpreter).

use crate::reference::{MAX_SLOTS, Reference};

const NO_SLOT: u32 = u32::MAX;

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    Free,
    Ring,
    Entry(Life),
}

/// What ends an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Life {
    /// The end of its transaction.
    Scoped,
    /// A close, the JVM's collector, or the end of its context.
    Managed,
    /// As [`Life::Managed`], but an entry of the bridge's own, which nobody looks for in the figures.
    Own,
}

#[derive(Debug)]
struct Slot<T> {
    value: Option<T>,
    generation: u32,
    /// In a ring: the neighbours. In the list of free slots: `next` alone.
    next: u32,
    previous: u32,
    kind: Kind,
}

/// The name of a ring: its head's slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ring(u32);

/// How many entries there are and were, for whoever reads them without holding the table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Entries that die with their transaction.
    pub scoped: u64,
    /// Entries that live until closed or reclaimed.
    pub managed: u64,
    /// The bridge's own.
    pub own: u64,
    /// Entries ever made, without the bridge's own.
    pub made: u64,
    /// Of those, the ones that were released, in whatever way.
    pub released: u64,
}

/// Slots with generations, linked into rings; see the head of this file.
#[derive(Debug)]
pub struct Table<T> {
    slots: Vec<Slot<T>>,
    free: u32,
    counts: Counts,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Table { slots: Vec::new(), free: NO_SLOT, counts: Counts::default() }
    }
}

impl<T: Copy> Table<T> {
    /// The figures now.
    #[must_use]
    pub fn counts(&self) -> Counts {
        self.counts
    }

    /// Makes an owner without entries; `None` when the table is full.
    pub fn ring(&mut self) -> Option<Ring> {
        let head = self.take_free()?;
        let slot = &mut self.slots[head as usize];
        slot.kind = Kind::Ring;
        slot.next = head;
        slot.previous = head;
        Some(Ring(head))
    }

    /// Gives `value` to the ring under a new reference; `None` when the table is full.
    pub fn insert(&mut self, ring: Ring, value: T, life: Life) -> Option<Reference> {
        let index = self.take_free()?;
        let head = ring.0;
        let first = self.slots[head as usize].next;
        let slot = &mut self.slots[index as usize];
        slot.value = Some(value);
        slot.kind = Kind::Entry(life);
        slot.previous = head;
        slot.next = first;
        let reference = Reference::new(index, slot.generation, life != Life::Scoped);
        self.slots[first as usize].previous = index;
        self.slots[head as usize].next = index;
        self.counts.made += u64::from(life != Life::Own);
        *self.counted(life) += 1;
        Some(reference)
    }

    /// What the reference names, unless it is stale, forged or of another table.
    #[must_use]
    #[inline]
    pub fn get(&self, reference: Reference) -> Option<T> {
        let slot = self.slots.get(reference.slot())?;
        if slot.generation == reference.generation() { slot.value } else { None }
    }

    /// Whether the slot was ever in use under this reference: a stale one, as against one that never was.
    #[must_use]
    pub fn was_issued(&self, reference: Reference) -> bool {
        self.slots.get(reference.slot()).is_some_and(|slot| (1..slot.generation).contains(&reference.generation()))
    }

    /// Takes the entry out; the caller owns the value then. `None` when it is stale.
    pub fn remove(&mut self, reference: Reference) -> Option<T> {
        let value = self.get(reference)?;
        self.unlink(reference.slot());
        Some(value)
    }

    /// Takes one entry of the ring out, the newest first; `None` when the ring is empty.
    pub fn pop(&mut self, ring: Ring) -> Option<T> {
        let first = self.slots[ring.0 as usize].next;
        if first == ring.0 {
            return None;
        }
        let value = self.slots[first as usize].value;
        self.unlink(first as usize);
        value
    }

    /// Ends an empty ring; its slot is free again. Entries that are still in it are a mistake of the caller's.
    pub fn end(&mut self, ring: Ring) {
        debug_assert_eq!(self.slots[ring.0 as usize].next, ring.0, "a ring is emptied before it ends");
        self.give_free(ring.0);
    }

    fn unlink(&mut self, index: usize) {
        let Slot { next, previous, kind, .. } = self.slots[index];
        self.slots[next as usize].previous = previous;
        self.slots[previous as usize].next = next;
        self.count_released(kind);
        // The index came from a reference or a link, both of 28 bits.
        self.give_free(index as u32);
    }

    fn take_free(&mut self) -> Option<u32> {
        if self.free != NO_SLOT {
            let index = self.free;
            self.free = self.slots[index as usize].next;
            return Some(index);
        }
        let index = u32::try_from(self.slots.len()).ok().filter(|index| *index < MAX_SLOTS)?;
        self.slots.push(Slot { value: None, generation: 1, next: NO_SLOT, previous: NO_SLOT, kind: Kind::Free });
        Some(index)
    }

    fn give_free(&mut self, index: u32) {
        let slot = &mut self.slots[index as usize];
        slot.value = None;
        slot.kind = Kind::Free;
        // A slot that reached the last generation is retired: it is in no list, and no reference matches it again.
        slot.generation = slot.generation.saturating_add(1);
        if slot.generation != u32::MAX {
            slot.next = self.free;
            self.free = index;
        }
    }

    fn count_released(&mut self, kind: Kind) {
        if let Kind::Entry(life) = kind {
            self.counts.released += u64::from(life != Life::Own);
            *self.counted(life) -= 1;
        }
    }

    fn counted(&mut self, life: Life) -> &mut u64 {
        match life {
            Life::Scoped => &mut self.counts.scoped,
            Life::Managed => &mut self.counts.managed,
            Life::Own => &mut self.counts.own,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    #[test]
    fn a_released_reference_is_refused_even_when_its_slot_lives_again() {
        let mut table = Table::default();
        let ring = table.ring().expect("room");
        let old = table.insert(ring, 1, Life::Scoped).expect("room");
        assert_eq!(table.remove(old), Some(1));
        let new = table.insert(ring, 2, Life::Scoped).expect("room");
        assert_eq!(new.slot(), old.slot());
        assert_eq!((table.get(old), table.get(new)), (None, Some(2)));
        assert!(table.was_issued(old) && !table.was_issued(new));
        assert_eq!(table.remove(old), None);
    }

    #[test]
    fn a_ring_gives_back_all_that_is_left_in_it_and_nothing_else() {
        let mut table = Table::default();
        let (mine, other) = (table.ring().expect("room"), table.ring().expect("room"));
        let closed = table.insert(mine, 1, Life::Scoped).expect("room");
        table.insert(mine, 2, Life::Scoped).expect("room");
        let kept = table.insert(other, 3, Life::Managed).expect("room");
        table.insert(mine, 4, Life::Scoped).expect("room");
        table.remove(closed);
        assert_eq!([table.pop(mine), table.pop(mine), table.pop(mine)], [Some(4), Some(2), None]);
        table.end(mine);
        assert_eq!(table.get(kept), Some(3));
        assert_eq!(table.counts(), Counts { scoped: 0, managed: 1, own: 0, made: 4, released: 3 });
    }

    #[test]
    fn a_slot_whose_generations_are_used_up_is_retired() {
        let mut table = Table::default();
        let ring = table.ring().expect("room");
        let first = table.insert(ring, 1, Life::Scoped).expect("room");
        table.slots[first.slot()].generation = u32::MAX - 1;
        let last = Reference::new(first.slot() as u32, u32::MAX - 1, false);
        assert_eq!(table.remove(last), Some(1));
        let next = table.insert(ring, 2, Life::Scoped).expect("room");
        assert_ne!(next.slot(), first.slot());
    }

    #[test]
    fn forged_references_are_refused() {
        let mut table = Table::default();
        let ring = table.ring().expect("room");
        let real = table.insert(ring, 1, Life::Scoped).expect("room");
        for bits in [0, -1, i64::MAX, real.to_java() + 1, real.to_java() ^ (1 << 40)] {
            assert_eq!(table.get(Reference::from_java(bits)), None, "{bits:#x}");
            assert!(!table.was_issued(Reference::from_java(bits)), "{bits:#x}");
        }
        // A ring's own slot is no entry.
        assert_eq!(table.get(Reference::new(0, 1, false)), None);
    }

    proptest! {
        /// The table against a model: a map from reference to value, and a list of owners.
        #[test]
        fn the_table_agrees_with_a_map(steps in proptest::collection::vec((0u8..5, 0usize..64), 1..400)) {
            let mut table = Table::default();
            let rings = [table.ring().expect("room"), table.ring().expect("room"), table.ring().expect("room")];
            let mut model: HashMap<Reference, (usize, usize)> = HashMap::new();
            let mut issued: Vec<Reference> = Vec::new();
            for (count, (verb, pick)) in steps.into_iter().enumerate() {
                match verb {
                    0..=2 => {
                        let owner = pick % rings.len();
                        let made = table.insert(rings[owner], count, if pick % 2 == 0 { Life::Managed } else { Life::Scoped }).expect("room");
                        prop_assert!(model.insert(made, (owner, count)).is_none());
                        issued.push(made);
                    }
                    3 if !issued.is_empty() => {
                        let chosen = issued[pick % issued.len()];
                        prop_assert_eq!(table.remove(chosen), model.remove(&chosen).map(|(_, value)| value));
                    }
                    _ => {
                        let owner = pick % rings.len();
                        let popped = table.pop(rings[owner]);
                        let newest = model.iter().filter(|(_, (of, _))| *of == owner).map(|(_, (_, v))| *v).max();
                        prop_assert_eq!(popped, newest);
                        model.retain(|_, (_, value)| Some(*value) != popped);
                    }
                }
                for reference in &issued {
                    prop_assert_eq!(table.get(*reference), model.get(reference).map(|(_, value)| *value));
                }
                let counts = table.counts();
                prop_assert_eq!(counts.scoped + counts.managed, model.len() as u64);
                prop_assert_eq!(counts.made - counts.released, model.len() as u64);
            }
        }
    }
}
