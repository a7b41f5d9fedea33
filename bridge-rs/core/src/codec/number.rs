//! `int`, and lists of nothing but ints or floats, which cross as one block.

use super::{Decoder, Encoder, count, give_block};
use crate::failure::Failure;
use crate::own::{FromRaw, Object, attribute, bytes, bytes_of, call, import_from, text};
use gilgamesh_table::wire::{Reader, Writer, tag};
use pyo3::{Python, ffi};

impl<'a> Decoder<'a, '_> {
    pub(super) fn take_big_integer(&mut self) -> Result<Object<'a>, Failure> {
        let py = self.context.at.py();
        let bytes = bytes(py, self.reader.counted()?)?;
        signed_big_endian(py, "from_bytes", &[&bytes, &text(py, "big")?])
    }

    pub(super) fn take_number_list(&mut self, tag: u8) -> Result<Object<'a>, Failure> {
        let size = self.reader.count()?;
        let mut block = Reader::new(self.reader.bytes(size * 8)?);
        let py = self.context.at.py();
        // SAFETY: attached; a list of `size` empty places, each filled before anybody sees it.
        unsafe {
            let list = ffi::PyList_New(size as ffi::Py_ssize_t).owned(py)?;
            for index in 0..size as ffi::Py_ssize_t {
                let item = match tag {
                    tag::LONG_LIST => ffi::PyLong_FromLongLong(block.i64()?),
                    _ => ffi::PyFloat_FromDouble(block.f64()?),
                };
                if item.is_null() {
                    return Err(Failure::python());
                }
                ffi::PyList_SetItem(list.as_ptr(), index, item);
            }
            Ok(list)
        }
    }
}

impl<'a> Encoder<'a, '_, '_> {
    pub(super) fn give_int(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        match long_of(object.as_ptr()) {
            Some(value) => {
                Leaf::Long(value).write(self.out);
                Ok(())
            }
            None => self.give_big_integer(object),
        }
    }

    #[cold]
    fn give_big_integer(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        let py = self.context.at.py();
        let length = self.big_integer_length(object)?;
        self.out.check_room(length)?;
        // SAFETY: attached; a new int.
        let length = unsafe { ffi::PyLong_FromSize_t(length).owned(py)? };
        let bytes = signed_big_endian(py, "to_bytes", &[object, &length, &text(py, "big")?])?;
        let bytes = bytes_of(&bytes);
        // -2**71 has 72 bits without its sign, and 72 with it: one byte less than its positive twin.
        let bytes = match bytes {
            [0xff, rest @ ..] if rest.first().is_some_and(|next| next & 0x80 != 0) => rest,
            whole => whole,
        };
        give_block(self.out, tag::BIG_INTEGER, bytes)
    }

    /// Bytes that hold the int and its sign; one too many for some powers of two.
    fn big_integer_length(&self, object: &Object<'a>) -> Result<usize, Failure> {
        let py = self.context.at.py();
        let bit_length = attribute(&import_from(py, "builtins", "int")?, &text(py, "bit_length")?)?;
        let bits = call(&bit_length, &[object])?;
        // SAFETY: attached; an int that `int.bit_length` made.
        Ok(unsafe { ffi::PyLong_AsSize_t(bits.as_ptr()) } / 8 + 1)
    }

    /// Writes a list as one block of longs or doubles; `false`, with nothing written, where it holds anything else.
    ///
    /// `item` yields a borrowed reference; reading an exact int or float runs no Python code, so the list stays as it is.
    pub(super) fn give_number_block(
        &mut self,
        size: usize,
        item: impl Fn(ffi::Py_ssize_t) -> Item,
    ) -> Result<bool, Failure> {
        if size == 0 {
            return Ok(false);
        }
        // SAFETY: asks for a class of an element that the list keeps alive.
        let class = unsafe { ffi::Py_TYPE(item(0)) };
        let start = self.out.position();
        let fits = match class {
            class if class == &raw mut ffi::PyLong_Type => {
                self.out.u8(tag::LONG_LIST);
                count(self.out, size)?;
                give_longs(self.out, size, item)
            }
            class if class == &raw mut ffi::PyFloat_Type => {
                self.out.u8(tag::DOUBLE_LIST);
                count(self.out, size)?;
                give_doubles(self.out, size, item)
            }
            _ => return Ok(false),
        };
        self.out.check()?;
        if !fits {
            self.out.rewind(start);
        }
        Ok(fits)
    }
}

/// What is read from an element without running any code: so the element need not be held meanwhile, nor afterwards.
#[derive(Clone, Copy)]
pub(super) enum Leaf {
    Null,
    Long(i64),
    Double(f64),
}

impl Leaf {
    /// The element's value where it is `None`, an exact int of 64 bits or an exact float.
    ///
    /// # Safety
    /// Attached; `element` is null, or alive now.
    #[inline]
    pub(super) unsafe fn of(element: *mut ffi::PyObject) -> Option<Leaf> {
        if element.is_null() {
            return None;
        }
        // SAFETY: attached; alive (contract above).
        unsafe {
            let class = ffi::Py_TYPE(element);
            match () {
                () if class == &raw mut ffi::PyLong_Type => long_of(element).map(Leaf::Long),
                () if class == &raw mut ffi::PyFloat_Type => Some(Leaf::Double(ffi::PyFloat_AsDouble(element))),
                () if element == ffi::Py_None() => Some(Leaf::Null),
                () => None,
            }
        }
    }

    #[inline]
    pub(super) fn write(self, out: &mut Writer<'_>) {
        match self {
            Leaf::Null => out.u8(tag::NULL),
            Leaf::Long(value) => out.tagged(tag::LONG, value),
            Leaf::Double(value) => out.tagged(tag::DOUBLE, value.to_bits().cast_signed()),
        }
    }
}

/// The value of an int, or of one of a subclass, that fits 64 bits.
#[inline]
pub(super) fn long_of(int: *mut ffi::PyObject) -> Option<i64> {
    let mut overflow = 0;
    // SAFETY: attached; an int that the caller knows to be alive, so this reads its value and cannot fail.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(int, &raw mut overflow) };
    (overflow == 0).then_some(value)
}

/// A borrowed element of a list that the caller holds.
pub(super) type Item = *mut ffi::PyObject;

/// Writes exact ints of 64 bits as they stand; `false` where an element is anything else.
pub(super) fn give_longs(out: &mut Writer<'_>, size: usize, item: impl Fn(ffi::Py_ssize_t) -> Item) -> bool {
    if !out.reserve_more(size * 8) {
        return false;
    }
    let mut overflow = 0;
    (0..size.cast_signed()).all(|index| {
        let element = item(index);
        // SAFETY: attached; the list keeps the element alive, and the class is checked before the value is read.
        unsafe {
            if ffi::Py_TYPE(element) != &raw mut ffi::PyLong_Type {
                return false;
            }
            out.i64(ffi::PyLong_AsLongLongAndOverflow(element, &raw mut overflow));
        }
        overflow == 0
    })
}

/// Writes exact floats as they stand; `false` where an element is anything else.
pub(super) fn give_doubles(out: &mut Writer<'_>, size: usize, item: impl Fn(ffi::Py_ssize_t) -> Item) -> bool {
    if !out.reserve_more(size * 8) {
        return false;
    }
    (0..size.cast_signed()).all(|index| {
        let element = item(index);
        // SAFETY: attached; the list keeps the element alive, and the class is checked before the value is read.
        unsafe {
            let fits = ffi::Py_TYPE(element) == &raw mut ffi::PyFloat_Type;
            if fits {
                out.f64(ffi::PyFloat_AsDouble(element));
            }
            fits
        }
    })
}

/// `int.from_bytes` or `int.to_bytes`, signed: the stable ABI of 3.11 has no call for it.
fn signed_big_endian<'a>(py: Python<'a>, method: &str, arguments: &[&Object<'a>]) -> Result<Object<'a>, Failure> {
    let int = import_from(py, "builtins", "int")?;
    let method = attribute(&int, &text(py, method)?)?;
    // SAFETY: attached; new references, handed to the tuple and the dict, which own or share them.
    unsafe {
        let tuple = ffi::PyTuple_New(arguments.len() as ffi::Py_ssize_t).owned(py)?;
        for (index, argument) in (0..).zip(arguments) {
            ffi::PyTuple_SetItem(tuple.as_ptr(), index, (*argument).clone().into_ptr());
        }
        let keywords = ffi::PyDict_New().owned(py)?;
        ffi::PyDict_SetItemString(keywords.as_ptr(), c"signed".as_ptr(), ffi::Py_True());
        Ok(ffi::PyObject_Call(method.as_ptr(), tuple.as_ptr(), keywords.as_ptr()).owned(py)?)
    }
}
