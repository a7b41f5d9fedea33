//! `array.array` and the primitive arrays of Java: one block of elements.

use super::known::Known;
use super::number::{give_doubles, give_longs};
use super::{Decoder, Encoder, count, exact_double, exact_long, listed};
use crate::context::Context;
use crate::failure::{Failure, Reason};
use crate::own::{FromRaw, Object, Raised, bytes, call, forget, text};
use gilgamesh_table::wire::{Malformed, Writer, tag};
use pyo3::ffi;
use std::ffi::CStr;
use std::mem::MaybeUninit;

/// Bytes of one element of a type code that has a Java array; the codes are those of Python's `array`.
fn width(code: u8) -> Option<usize> {
    match code {
        b'h' => Some(2),
        b'i' | b'f' => Some(4),
        b'q' | b'd' => Some(8),
        _ => None,
    }
}

impl<'a> Decoder<'a, '_> {
    pub(super) fn take_array(&mut self) -> Result<Object<'a>, Failure> {
        let code = self.reader.u8()?;
        let width = width(code).ok_or(Malformed)?;
        let size = self.reader.count()?;
        let block = self.reader.bytes(size * width)?;
        let at = self.context.at;
        let block = bytes(at.py(), block)?;
        let code = text(at.py(), std::str::from_utf8(&[code]).map_err(|_| Malformed)?)?;
        Ok(call(&Known::Array.class(at)?, &[&code, &block])?)
    }
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes an `array.array`; `false`, with nothing written, where Java has no such type.
    pub(super) fn give_array(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        let Some(buffer) = Buffer::of(object) else { return Ok(false) };
        let code = buffer.java_code();
        if let Some(code) = code {
            self.give_block_of(code, buffer.bytes())?;
        }
        Ok(code.is_some())
    }

    pub(super) fn give_block_of(&mut self, code: u8, bytes: &[u8]) -> Result<(), Failure> {
        self.out.u8(tag::ARRAY);
        self.out.u8(code);
        // What has no width here is a block of bytes.
        count(self.out, bytes.len() / width(code).unwrap_or(1))?;
        self.out.bytes(bytes);
        Ok(())
    }
}

/// Writes the object as an array of longs (`'q'`) or doubles (`'d'`): from a buffer of that type, else element by element.
pub(crate) fn give_as_array(
    context: Context<'_>,
    out: &mut Writer<'_>,
    code: u8,
    object: &Object<'_>,
) -> Result<(), Failure> {
    out.u8(tag::ARRAY);
    out.u8(code);
    if let Some(buffer) = Buffer::of(object).filter(|buffer| buffer.java_code() == Some(code)) {
        count(out, buffer.bytes().len() / 8)?;
        out.bytes(buffer.bytes());
        return Ok(());
    }
    give_elements(context, out, code, object)
}

fn give_elements(context: Context<'_>, out: &mut Writer<'_>, code: u8, object: &Object<'_>) -> Result<(), Failure> {
    // SAFETY: attached; asks for a class.
    let is_list = unsafe { ffi::PyList_CheckExact(object.as_ptr()) != 0 };
    let items = if is_list { Ok(object.clone()) } else { listed(object, 8) };
    let items = items.map_err(|failure| match failure.reason() {
        Reason::Python => not_iterable(context, object, Raised),
        _ => failure,
    })?;
    // SAFETY: attached; a list.
    let size = unsafe { ffi::PyList_Size(items.as_ptr()) };
    count(out, size.cast_unsigned())?;
    // SAFETY: attached; the list keeps the element alive. An index out of range yields null and an exception.
    let item = |index| unsafe { ffi::PyList_GetItem(items.as_ptr(), index) };
    let start = out.position();
    let fits = match code {
        b'q' => give_longs(out, size.cast_unsigned(), item),
        _ => give_doubles(out, size.cast_unsigned(), item),
    };
    out.check()?;
    if fits {
        return Ok(());
    }
    out.rewind(start);
    for index in 0..size {
        // SAFETY: attached; a borrowed reference that is taken as our own at once.
        let element = unsafe { item(index).borrowed(object.py()) }.ok_or_else(Failure::python)?;
        match code {
            b'q' => exact_long(context, &element).map(|value| out.i64(value)),
            _ => exact_double(context, &element).map(|value| out.f64(value)),
        }
        .map_err(|failure| failure.below(|| format!("[{index}]")))?;
    }
    Ok(())
}

fn not_iterable(context: Context<'_>, object: &Object<'_>, raised: Raised) -> Failure {
    // SAFETY: attached; `TypeError` is an exception class.
    if unsafe { crate::own::forget_if(raised, object.py(), ffi::PyExc_TypeError) } {
        super::scalar::unfit(context, object, "a sequence")
    } else {
        Failure::python()
    }
}

/// A view of an object's memory, held until it is dropped.
pub(super) struct Buffer {
    view: ffi::Py_buffer,
}

impl Buffer {
    /// A contiguous view of one dimension, where the object has one.
    pub(super) fn of(object: &Object<'_>) -> Option<Self> {
        let mut view = MaybeUninit::uninit();
        // SAFETY: attached; fills the view or sets an exception, which is forgotten.
        unsafe {
            if ffi::PyObject_CheckBuffer(object.as_ptr()) == 0 {
                return None;
            }
            if ffi::PyObject_GetBuffer(object.as_ptr(), view.as_mut_ptr(), ffi::PyBUF_FORMAT | ffi::PyBUF_ND) < 0 {
                forget(Raised, object.py());
                return None;
            }
            let buffer = Buffer { view: view.assume_init() };
            (buffer.view.ndim == 1).then_some(buffer)
        }
    }

    pub(super) fn bytes(&self) -> &[u8] {
        if self.view.len == 0 {
            return &[];
        }
        // SAFETY: a contiguous buffer of `len` bytes, held by the view.
        unsafe { std::slice::from_raw_parts(self.view.buf.cast(), self.view.len.cast_unsigned()) }
    }

    pub(super) fn rows(&self) -> usize {
        self.view.len.cast_unsigned() / self.view.itemsize.cast_unsigned().max(1)
    }

    /// The type code of the Java array of the same element: by format and size, since C's `long` has two.
    pub(super) fn java_code(&self) -> Option<u8> {
        match (self.format(), self.view.itemsize) {
            (b"h", 2) => Some(b'h'),
            (b"i" | b"l", 4) => Some(b'i'),
            (b"q" | b"l", 8) => Some(b'q'),
            (b"f", 4) => Some(b'f'),
            (b"d", 8) => Some(b'd'),
            _ => None,
        }
    }

    /// Whether its elements are bytes that are 0 or 1.
    pub(super) fn is_of_bools(&self) -> bool {
        self.format() == b"?"
    }

    fn format(&self) -> &[u8] {
        // SAFETY: asked for with PyBUF_FORMAT, so it is a terminated string, or null for bytes.
        let format = if self.view.format.is_null() { c"B" } else { unsafe { CStr::from_ptr(self.view.format) } };
        format.to_bytes()
    }
}

impl Drop for Buffer {
    fn drop(&mut self) {
        // SAFETY: attached: a buffer lives within one verb; released once.
        unsafe { ffi::PyBuffer_Release(&raw mut self.view) }
    }
}
