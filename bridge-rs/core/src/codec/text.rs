//! `str`: whole, whatever is in it.
//!
//! ASCII crosses as its bytes, other short text as UTF-8, other long text as UTF-16 units, which both sides copy rather than
//! encode; so does text with lone surrogates.

use super::ascii::is_ascii;
use super::{Decoder, Encoder, give_block};
use crate::context::Context;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, Raised, bytes_of, forget};
use crate::symbols::{PyUnicode_FromKindAndData, UCS2};
use gilgamesh_table::wire::{Malformed, Reader, Writer, tag};
use pyo3::{Python, ffi};

/// From this many characters on text that is not ASCII crosses as UTF-16.
const LONG: ffi::Py_ssize_t = 64;

/// Longer text is encoded into a temporary copy: `PyUnicode_AsUTF8AndSize` would leave one in the `str` for good.
const CACHED_UTF8: ffi::Py_ssize_t = 1 << 16;

#[cfg(target_endian = "little")]
const NATIVE_UTF16: &std::ffi::CStr = c"utf-16-le";
#[cfg(target_endian = "big")]
const NATIVE_UTF16: &std::ffi::CStr = c"utf-16-be";

/// Reads a text of a request.
pub(crate) fn take_text<'a>(context: Context<'a>, reader: &mut Reader<'_>) -> Result<Object<'a>, Failure> {
    let tag = reader.u8()?;
    decode(context.at.py(), tag, reader.counted()?)
}

/// Reads a text of the host's own, which Python need not see.
pub(crate) fn read_text(reader: &mut Reader<'_>) -> Result<String, Failure> {
    let tag = reader.u8()?;
    let bytes = reader.counted()?;
    match tag {
        tag::ASCII | tag::UTF8 => Ok(String::from_utf8_lossy(bytes).into_owned()),
        tag::UTF16 => {
            let units = bytes.chunks_exact(2).map(|unit| u16::from_ne_bytes([unit[0], unit[1]]));
            Ok(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
        }
        _ => Err(Malformed.into()),
    }
}

fn decode<'a>(py: Python<'a>, tag: u8, bytes: &[u8]) -> Result<Object<'a>, Failure> {
    let start = bytes.as_ptr().cast();
    let length = bytes.len() as ffi::Py_ssize_t;
    let mut order = if cfg!(target_endian = "little") { -1 } else { 1 };
    // SAFETY: attached; each call copies `length` bytes and yields a new reference.
    unsafe {
        let made = match tag {
            tag::ASCII | tag::UTF8 => ffi::PyUnicode_DecodeUTF8(start, length, c"strict".as_ptr()),
            tag::UTF16 if has_no_surrogates(bytes) => PyUnicode_FromKindAndData(UCS2, start.cast(), length / 2),
            tag::UTF16 => ffi::PyUnicode_DecodeUTF16(start, length, c"surrogatepass".as_ptr(), &raw mut order),
            _ => return Err(Malformed.into()),
        };
        Ok(made.owned(py)?)
    }
}

impl<'a> Decoder<'a, '_> {
    pub(super) fn take_text(&mut self, tag: u8) -> Result<Object<'a>, Failure> {
        decode(self.context.at.py(), tag, self.reader.counted()?)
    }
}

impl<'a> Encoder<'a, '_, '_> {
    pub(super) fn give_text(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        give_text(self.out, object)
    }
}

/// Writes a `str`, or one of a subclass.
pub(crate) fn give_text(out: &mut Writer<'_>, object: &Object<'_>) -> Result<(), Failure> {
    // SAFETY: attached; a str.
    let characters = unsafe { ffi::PyUnicode_GetLength(object.as_ptr()) };
    if characters > CACHED_UTF8 {
        out.check_room(characters.cast_unsigned())?; // a byte each at least
        // SAFETY: attached; a str.
        let encoded = unsafe { ffi::PyUnicode_AsUTF8String(object.as_ptr()).owned(object.py()) };
        return match encoded {
            Ok(encoded) => give_utf8(out, bytes_of(&encoded), characters),
            Err(raised) => give_utf16(out, object, raised),
        };
    }
    if characters >= LONG && !is_ascii(object) && give_units(out, object, characters)? {
        return Ok(());
    }
    let mut length = 0;
    // SAFETY: attached; the UTF-8 form lives as long as the str.
    let start = unsafe { ffi::PyUnicode_AsUTF8AndSize(object.as_ptr(), &raw mut length) };
    if start.is_null() {
        return give_utf16(out, object, Raised);
    }
    // SAFETY: `length` bytes from `start`, alive while `object` is.
    give_utf8(out, unsafe { std::slice::from_raw_parts(start.cast(), length.cast_unsigned()) }, characters)
}

/// Writes characters that are one UTF-16 unit each; false, with nothing written, where one is not.
fn give_units(out: &mut Writer<'_>, object: &Object<'_>, characters: ffi::Py_ssize_t) -> Result<bool, Failure> {
    let mut wide = vec![0_u32; characters.cast_unsigned()];
    // SAFETY: attached; a str, and room for as many characters as it has.
    let copied = unsafe { ffi::PyUnicode_AsUCS4(object.as_ptr(), wide.as_mut_ptr(), characters, 0) };
    if copied.is_null() {
        return Err(Raised.into());
    }
    // To the end, and not to the first one: so the compiler looks at many at once.
    let others = wide.iter().fold(false, |found, &character| found | !is_one_unit(character));
    if others {
        return Ok(false);
    }
    let units: Vec<u16> = wide.iter().map(|&character| character as u16).collect();
    // SAFETY: the bytes of the units.
    give_block(out, tag::UTF16, unsafe { std::slice::from_raw_parts(units.as_ptr().cast(), 2 * units.len()) })?;
    Ok(true)
}

fn is_one_unit(character: u32) -> bool {
    (character <= 0xFFFF) & (character & 0xF800 != 0xD800)
}

fn has_no_surrogates(utf16: &[u8]) -> bool {
    let (units, _) = utf16.as_chunks::<2>();
    units.iter().fold(0, |found, unit| found | u16::from(u16::from_ne_bytes(*unit) & 0xF800 == 0xD800)) == 0
}

#[inline]
fn give_utf8(out: &mut Writer<'_>, utf8: &[u8], characters: ffi::Py_ssize_t) -> Result<(), Failure> {
    give_block(out, if utf8.len() == characters.cast_unsigned() { tag::ASCII } else { tag::UTF8 }, utf8)
}

#[cold]
fn give_utf16(out: &mut Writer<'_>, object: &Object<'_>, raised: Raised) -> Result<(), Failure> {
    forget(raised, object.py());
    // SAFETY: attached; a str; yields a new reference.
    let encoded = unsafe {
        ffi::PyUnicode_AsEncodedString(object.as_ptr(), NATIVE_UTF16.as_ptr(), c"surrogatepass".as_ptr())
            .owned(object.py())?
    };
    // SAFETY: attached; a str.
    let characters = unsafe { ffi::PyUnicode_GetLength(object.as_ptr()) };
    if code_points(bytes_of(&encoded)) != characters.cast_unsigned() {
        return Err(Failure::conversion(
            "the str holds the halves of a surrogate pair as two characters, which are one in Java",
        ));
    }
    give_block(out, tag::UTF16, bytes_of(&encoded))
}

/// How many characters Java makes of these units: a pair is one.
fn code_points(utf16: &[u8]) -> usize {
    let units = utf16.chunks_exact(2).map(|unit| u16::from_ne_bytes([unit[0], unit[1]]));
    char::decode_utf16(units).count()
}

/// A `str` for a message of ours: lone surrogates are shown as replacement characters.
pub(crate) fn lossy(object: &Object<'_>) -> String {
    // SAFETY: attached; yields a new reference or an exception, which is forgotten.
    unsafe {
        match ffi::PyUnicode_AsEncodedString(object.as_ptr(), c"utf-8".as_ptr(), c"replace".as_ptr()).owned(object.py())
        {
            Ok(bytes) => String::from_utf8_lossy(bytes_of(&bytes)).into_owned(),
            Err(raised) => {
                forget(raised, object.py());
                String::from("?")
            }
        }
    }
}
