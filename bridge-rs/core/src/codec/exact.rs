//! `decimal.Decimal`, `uuid.UUID` and paths of this system: what crosses as its digits, its bits, its text.

use super::known::Known;
use super::{Decoder, Encoder, give_block, give_text, take_text};
use crate::failure::Failure;
use crate::handle::none;
use crate::interpreter::Name;
use crate::own::{FromRaw, Object, attribute, bytes, bytes_of, call, is_str, text};
use gilgamesh_table::wire::{Malformed, tag};
use pyo3::ffi;

/// Exponents beyond this have no `BigDecimal`.
const LARGEST_EXPONENT: i64 = 2_000_000_000;

impl<'a> Decoder<'a, '_> {
    #[inline(never)] // as `take_time`
    pub(super) fn take_exact(&mut self, tag: u8) -> Result<Object<'a>, Failure> {
        let at = self.context.at;
        match tag {
            tag::DECIMAL => {
                let digits = std::str::from_utf8(self.reader.counted()?).map_err(|_| Malformed)?;
                Ok(call(&Known::Decimal.class(at)?, &[&text(at.py(), digits)?])?)
            }
            tag::UUID => {
                let bits = bytes(at.py(), self.reader.bytes(16)?)?;
                Ok(call(&Known::Uuid.class(at)?, &[&none(at), &bits])?)
            }
            tag::PATH => {
                let path = take_text(self.context, &mut self.reader)?;
                Ok(call(&Known::Path.class(at)?, &[&path])?)
            }
            _ => Err(Malformed.into()),
        }
    }
}

impl<'a> Encoder<'a, '_, '_> {
    /// NaN, infinities and the negative zero are no `BigDecimal`s.
    #[inline(never)] // as `take_time`
    pub(super) fn give_decimal(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        let at = self.context.at;
        // The class's own text, whatever a subclass makes of it.
        let to_text = attribute(&Known::Decimal.class(at)?, &at.name(Name::Str))?;
        let digits = super::lossy(&call(&to_text, &[object])?);
        let fits = is_big_decimal(&digits);
        if fits {
            give_block(self.out, tag::DECIMAL, digits.as_bytes())?;
        }
        Ok(fits)
    }

    #[inline(never)]
    pub(super) fn give_uuid(&mut self, uuid: &Object<'a>) -> Result<bool, Failure> {
        let bits = attribute(uuid, &self.context.at.name(Name::Bytes))?;
        // SAFETY: attached; asks for a class.
        let fits = unsafe { ffi::PyBytes_Check(bits.as_ptr()) != 0 } && bytes_of(&bits).len() == 16;
        if fits {
            self.out.u8(tag::UUID);
            self.out.bytes(bytes_of(&bits));
        }
        Ok(fits)
    }

    #[inline(never)]
    pub(super) fn give_path(&mut self, path: &Object<'a>) -> Result<bool, Failure> {
        // SAFETY: attached; yields the text of a path, a new reference, or an exception.
        let path = unsafe { ffi::PyOS_FSPath(path.as_ptr()).owned(path.py())? };
        let is_text = is_str(&path);
        if is_text {
            self.out.u8(tag::PATH);
            give_text(self.out, &path)?;
        }
        Ok(is_text)
    }
}

/// Whether the text of a decimal is one that `BigDecimal` takes without a loss.
fn is_big_decimal(digits: &str) -> bool {
    let (coefficient, exponent) = digits.split_once(['E', 'e']).unwrap_or((digits, "0"));
    let finite = coefficient.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'+' | b'.'));
    let zero = coefficient.bytes().all(|byte| !matches!(byte, b'1'..=b'9'));
    let exponent = exponent.parse::<i64>().is_ok_and(|exponent| exponent.abs() <= LARGEST_EXPONENT);
    !coefficient.is_empty() && finite && exponent && !(zero && coefficient.starts_with('-'))
}

#[cfg(test)]
mod tests {
    use super::is_big_decimal;

    #[test]
    fn what_big_decimal_takes_is_told_from_what_it_does_not() {
        for digits in ["0", "0.00", "-1.50", "1E+3", "12E-2000000000", "123456789012345678901234567890.1"] {
            assert!(is_big_decimal(digits), "{digits}");
        }
        for digits in ["NaN", "sNaN12", "Infinity", "-Infinity", "-0", "-0.00", "-0E+3", "1E+2000000001", "", "x"] {
            assert!(!is_big_decimal(digits), "{digits}");
        }
    }
}
