//! Whether a `str` is ASCII, which CPython notes in it and the C API does not tell: asking for its UTF-8 tells too, but
//! encodes the text, and leaves the result in the `str` for good.

use crate::own::{FromRaw, Object};
use once_cell::sync::OnceCell;
use pyo3::{Python, ffi};

/// Where a `str` has its kind and its flags: after the head, the length and the hash (3.3 to 3.14).
const FLAGS_AT: usize = 32;

/// The flag, found by comparing `str`s that differ in it; 0, which calls all text ASCII, where it is not found.
static ASCII: OnceCell<u32> = OnceCell::new();

#[inline]
pub(super) fn is_ascii(object: &Object<'_>) -> bool {
    let flag = *ASCII.get_or_init(|| find(object.py()).unwrap_or(0));
    flag == 0 || flags(object) & flag != 0
}

#[inline]
fn flags(object: &Object<'_>) -> u32 {
    // SAFETY: a str, whose memory goes beyond the flags.
    unsafe { object.as_ptr().cast::<u8>().add(FLAGS_AT).cast::<u32>().read() }
}

/// ASCII alone has the flag and shares its kind with Latin-1.
fn find(py: Python<'_>) -> Option<u32> {
    let [ascii, other_ascii] = ["a text", "and another one"].map(|text| sample(py, text));
    let [latin, wide, widest] = ["\u{e9}t\u{e9}", "\u{6f22}\u{5b57}", "\u{1f600}!"].map(|text| sample(py, text));
    let flag = ascii? & other_ascii? & !latin? & !wide? & !widest?;
    flag.is_power_of_two().then_some(flag)
}

fn sample(py: Python<'_>, text: &str) -> Option<u32> {
    // SAFETY: attached; as many bytes as it says; a new str.
    let made = unsafe { ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len().cast_signed()).owned(py) };
    made.ok().map(|text| flags(&text))
}
