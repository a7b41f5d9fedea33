//! Records: their parts in the order of the shape, without the names. In Python a dict, a tuple with names, or any object with
//! attributes.

use super::shape::{Node, Record, Shape, name};
use super::{Decoder, Encoder};
use crate::failure::Failure;
use crate::interpreter::Name;
use crate::own::{FromRaw, Kept, Object, Raised, call, checked, import_from, keep, optional_attribute};
use gilgamesh_table::wire::{Malformed, tag};
use pyo3::{Python, ffi};
use std::ffi::CString;

impl<'a> Decoder<'a, '_> {
    /// Takes a record whose shape the request names by its number.
    pub(super) fn take_record(&mut self) -> Result<Object<'a>, Failure> {
        let number = self.reader.count()?;
        let Some(Node::Record(record)) = super::shape::bound(self.context.at, number)?.first() else {
            return Err(Malformed.into());
        };
        match record.tuple {
            Some(class) => self.take_tuple_record(record, class),
            None => self.take_dict_record(record),
        }
    }

    fn take_dict_record(&mut self, record: &Record<Kept>) -> Result<Object<'a>, Failure> {
        let py = self.context.at.py();
        // SAFETY: attached; a new dict; the bound names live as long as the interpreter.
        unsafe {
            let dict = ffi::PyDict_New().owned(py)?;
            for (key, value) in &record.constants {
                checked(ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr()))?;
            }
            for (key, _) in &record.parts {
                let value = self.take().map_err(|failure| failure.below(|| step(py, *key)))?;
                checked(ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr()))?;
            }
            Ok(dict)
        }
    }

    fn take_tuple_record(&mut self, record: &Record<Kept>, class: Kept) -> Result<Object<'a>, Failure> {
        let py = self.context.at.py();
        // SAFETY: attached; a class that `tuple_class` made, with a place for each part; SetItem takes the reference.
        unsafe {
            let tuple = ffi::PyStructSequence_New(class.as_ptr().cast()).owned(py)?;
            for (index, (key, _)) in (0..).zip(&record.parts) {
                let value = self.take().map_err(|failure| failure.below(|| step(py, *key)))?;
                ffi::PyStructSequence_SetItem(tuple.as_ptr(), index, value.into_ptr());
            }
            Ok(tuple)
        }
    }
}

/// A class of tuples with names, as `collections.namedtuple` makes, but one that C code fills.
pub(super) fn tuple_class(py: Python<'_>, title: &str, names: &[&str]) -> Result<Kept, Raised> {
    let class = new_tuple_class(py, title, names)?;
    call(&import_from(py, "gilgamesh._records", "complete")?, &[&class])?;
    Ok(keep(class))
}

/// CPython keeps the texts of such a class, so they are never freed; nor is the class.
fn new_tuple_class<'a>(py: Python<'a>, title: &str, names: &[&str]) -> Result<Object<'a>, Raised> {
    let constant = |text: &str| CString::new(text).unwrap_or_default().into_raw().cast_const();
    let field = |name: *const std::ffi::c_char| ffi::PyStructSequence_Field { name, doc: std::ptr::null() };
    let end = field(std::ptr::null());
    let fields: Vec<_> = names.iter().map(|name| field(constant(name))).chain([end]).collect();
    let description = Box::leak(Box::new(ffi::PyStructSequence_Desc {
        name: constant(&format!("gilgamesh.{title}")),
        doc: std::ptr::null(),
        fields: Vec::leak(fields).as_mut_ptr(),
        // As many as a record has parts: at most 255.
        n_in_sequence: names.len() as i32,
    }));
    // SAFETY: attached; a description that lives for ever, its fields ended by one without a name.
    unsafe { ffi::PyStructSequence_NewType(&raw mut *description).cast::<ffi::PyObject>().owned(py) }
}

fn step(py: Python<'_>, key: Kept) -> String {
    format!(".{}", super::lossy(&name(py, key)))
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes the parts of a record; what has none of its own form is written naturally, for Java to refuse.
    pub(super) fn give_record(
        &mut self,
        shape: &'static Shape,
        record: &'static Record<Kept>,
        object: &Object<'a>,
    ) -> Result<(), Failure> {
        // SAFETY: attached; asks for classes of an object that is alive.
        let (is_dict, is_tuple) =
            unsafe { (ffi::PyDict_Check(object.as_ptr()) != 0, ffi::PyTuple_Check(object.as_ptr()) != 0) };
        if is_dict {
            self.nested(|encoder| encoder.give_dict_record(shape, record, object))
        } else if is_tuple && !self.has_fields(object)? {
            self.give_plain_tuple(shape, record, object)
        } else if !is_tuple && (self.give_exact(object)? || self.give_by_base(object)?) {
            Ok(())
        } else {
            self.nested(|encoder| encoder.give_attributes(shape, record, object))
        }
    }

    /// Whether a tuple has names for its elements.
    fn has_fields(&self, tuple: &Object<'a>) -> Result<bool, Failure> {
        // SAFETY: attached; asks for a class.
        if unsafe { ffi::PyTuple_CheckExact(tuple.as_ptr()) } != 0 {
            return Ok(false);
        }
        let at = self.context.at;
        Ok(optional_attribute(tuple, &at.name(Name::Fields))?.is_some())
    }

    fn give_plain_tuple(
        &mut self,
        shape: &'static Shape,
        record: &'static Record<Kept>,
        tuple: &Object<'a>,
    ) -> Result<(), Failure> {
        // SAFETY: attached; a tuple, which never changes.
        let size = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) }.cast_unsigned();
        if size != record.parts.len() {
            return self.nested(|encoder| encoder.give_tuple(tuple));
        }
        self.nested(|encoder| {
            encoder.out.u8(tag::RECORD);
            for (index, (key, node)) in (0..).zip(&record.parts) {
                // SAFETY: attached; the tuple keeps its elements alive.
                unsafe { encoder.give_part(shape, *key, *node, ffi::PyTuple_GetItem(tuple.as_ptr(), index))? };
            }
            Ok(())
        })
    }

    fn give_dict_record(
        &mut self,
        shape: &'static Shape,
        record: &'static Record<Kept>,
        dict: &Object<'a>,
    ) -> Result<(), Failure> {
        let start = self.out.position();
        self.out.u8(tag::RECORD);
        let mut found = constants_in(record, dict).count().cast_signed();
        for (key, node) in &record.parts {
            // SAFETY: attached; a dict and a name; a borrowed value, or null with or without an exception.
            let value = unsafe { ffi::PyDict_GetItemWithError(dict.as_ptr(), key.as_ptr()) };
            // SAFETY: attached.
            if value.is_null() && unsafe { ffi::PyErr_Occurred() }.is_null() {
                self.out.u8(tag::ABSENT);
            } else {
                found += 1;
                // SAFETY: attached; alive now, or null with an exception set.
                unsafe { self.give_part(shape, *key, *node, value)? };
            }
        }
        // SAFETY: attached; a dict.
        let size = unsafe { ffi::PyDict_Size(dict.as_ptr()) };
        if size != found {
            self.out.patch_u8(start, tag::RECORD_AND_MORE);
            self.give_other_keys(record, dict)?;
        }
        Ok(())
    }

    /// Writes the keys that no part took.
    fn give_other_keys(&mut self, record: &Record<Kept>, dict: &Object<'a>) -> Result<(), Failure> {
        let py = self.context.at.py();
        // SAFETY: attached; a new set of what the dict has now.
        let others = unsafe { ffi::PySet_New(dict.as_ptr()).owned(py)? };
        for key in record.parts.iter().map(|(key, _)| *key).chain(constants_in(record, dict)) {
            // SAFETY: attached; a set and a `str`.
            checked(unsafe { ffi::PySet_Discard(others.as_ptr(), key.as_ptr()) })?;
        }
        self.give_set(&others, false)
    }

    fn give_attributes(
        &mut self,
        shape: &'static Shape,
        record: &'static Record<Kept>,
        object: &Object<'a>,
    ) -> Result<(), Failure> {
        self.out.u8(tag::RECORD);
        let py = self.context.at.py();
        for (key, node) in &record.parts {
            match optional_attribute(object, &name(py, *key))? {
                // SAFETY: attached; an attribute that is held here.
                Some(value) => unsafe { self.give_part(shape, *key, *node, value.as_ptr())? },
                None => self.out.u8(tag::ABSENT),
            }
        }
        Ok(())
    }

    /// Writes a part.
    ///
    /// # Safety
    /// `value` is null with an exception set, or alive now.
    unsafe fn give_part(
        &mut self,
        shape: &'static Shape,
        key: Kept,
        node: usize,
        value: *mut ffi::PyObject,
    ) -> Result<(), Failure> {
        let py = self.context.at.py();
        // SAFETY: the contract above.
        unsafe { self.give_lent_as(shape, node, value) }.map_err(|failure| failure.below(|| step(py, key)))
    }
}

/// The family's own entries that the dict has: which record it is.
fn constants_in<'r>(record: &'r Record<Kept>, dict: &'r Object<'_>) -> impl Iterator<Item = Kept> + 'r {
    let has = |(key, value): &&(Kept, Kept)| {
        // SAFETY: attached; a look into a dict by an interned `str`, compared with another one: no code runs.
        unsafe {
            let there = ffi::PyDict_GetItem(dict.as_ptr(), key.as_ptr());
            !there.is_null() && is_same_text(there, value.as_ptr())
        }
    };
    record.constants.iter().filter(has).map(|(key, _)| *key)
}

/// Whether two objects are the same text.
///
/// # Safety
/// Attached; both are alive, and the second one is a `str`.
pub(super) unsafe fn is_same_text(one: *mut ffi::PyObject, other: *mut ffi::PyObject) -> bool {
    // SAFETY: the contract above; comparing `str`s runs no code.
    unsafe { one == other || (ffi::PyUnicode_CheckExact(one) != 0 && ffi::PyUnicode_Compare(one, other) == 0) }
}
