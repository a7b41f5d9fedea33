//! The one binary form in which values cross, both directions of a type in one file.
//!
//! `take_*` builds the Python object of a tagged value; `give_*` writes an object down. What has no value form crosses as
//! a handle. The Java half is `io.gilgamesh.internal`'s codec; `tests/cases` is the table that both are tested by.

mod array;
mod ascii;
mod collection;
mod exact;
mod form;
mod host;
mod known;
mod limit;
mod number;
mod record;
mod scalar;
mod shape;
mod shaped;
mod slice;
mod table;
mod text;
mod time;

pub(crate) use array::give_as_array;
pub(crate) use collection::hash_refusal;
pub(crate) use form::Form;
use known::Known;
pub(crate) use limit::{largest_value, listed, set_largest_value};
use number::Leaf;
pub(crate) use scalar::{class_name, exact_boolean, exact_double, exact_long, take_bytes, unfit};
pub(crate) use shape::Shape;
pub(crate) use shape::define as define_shape;
pub(crate) use text::{give_text, lossy, read_text, take_text};

use crate::context::{Context, ContextId};
use crate::failure::Failure;
use crate::handle::none;
use crate::own::{FromRaw, Object};
use crate::stack::has_room;
use gilgamesh_table::Reference;
use gilgamesh_table::wire::{Malformed, Reader, Writer, tag};
use pyo3::ffi;

/// Values nested deeper than this are refused, in either direction: a cycle, most likely.
pub(crate) const DEEPEST: usize = 1000;

/// Reads values of a request into Python objects.
pub(crate) struct Decoder<'a, 'r> {
    pub(crate) context: Context<'a>,
    pub(crate) reader: Reader<'r>,
    depth: usize,
}

impl<'a, 'r> Decoder<'a, 'r> {
    pub(crate) fn new(context: Context<'a>, reader: Reader<'r>) -> Self {
        Decoder { context, reader, depth: 0 }
    }

    /// The next value.
    pub(crate) fn take(&mut self) -> Result<Object<'a>, Failure> {
        let tag = self.reader.u8()?;
        self.take_tagged(tag)
    }

    pub(super) fn take_tagged(&mut self, tag: u8) -> Result<Object<'a>, Failure> {
        match tag {
            tag::NULL => Ok(none(self.context.at)),
            tag::FALSE | tag::TRUE | tag::LONG | tag::DOUBLE => self.take_scalar(tag),
            tag::BIG_INTEGER => self.take_big_integer(),
            tag::ASCII | tag::UTF8 | tag::UTF16 => self.take_text(tag),
            tag::BYTES => self.take_bytes(),
            tag::LIST | tag::TUPLE | tag::SET | tag::FROZEN_SET | tag::DICT => {
                self.nested(|decoder| decoder.take_collection(tag))
            }
            tag::ARRAY => self.take_array(),
            tag::LONG_LIST | tag::DOUBLE_LIST => self.take_number_list(tag),
            tag::DATE | tag::TIME | tag::DATE_TIME | tag::DURATION => self.take_time(tag),
            tag::DECIMAL | tag::UUID | tag::PATH => self.take_exact(tag),
            tag::RECORD => self.nested(Decoder::take_record),
            tag::SLICE => self.take_slice(),
            tag::HOST_OBJECT => self.take_host_object(),
            tag::HOST_CLASS => self.take_host_class(),
            tag::HANDLE => {
                let reference = Reference::from_java(self.reader.i64()?);
                self.context.resolve(reference)
            }
            tag::FOREIGN_HANDLE => {
                let context = ContextId::from_java(self.reader.i64()?);
                self.context.resolve_foreign(context, Reference::from_java(self.reader.i64()?))
            }
            _ => Err(Malformed.into()),
        }
    }

    fn nested<R>(&mut self, work: impl FnOnce(&mut Self) -> Result<R, Failure>) -> Result<R, Failure> {
        if self.depth == DEEPEST || !has_room() {
            return Err(too_deep());
        }
        self.depth += 1;
        let result = work(self);
        self.depth -= 1;
        result
    }
}

/// Writes Python objects into a reply.
pub(crate) struct Encoder<'a, 'w, 'b> {
    pub(crate) context: Context<'a>,
    pub(crate) out: &'w mut Writer<'b>,
    depth: usize,
    /// Handles made on the way: Java learns of them only if all goes well.
    made: Vec<Reference>,
    /// The class met last that has no value form: what follows is mostly of the same one, and need not be asked again.
    formless: Option<Object<'a>>,
    /// For an upcall: the host's own objects that were written, which it must find alive.
    pinned: Option<Vec<Object<'a>>>,
}

impl<'a, 'w, 'b> Encoder<'a, 'w, 'b> {
    pub(crate) fn new(context: Context<'a>, out: &'w mut Writer<'b>) -> Self {
        Encoder { context, out, depth: 0, made: Vec::new(), formless: None, pinned: None }
    }

    pub(super) fn give_any(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        if self.give_exact(object)? || self.give_by_base(object)? {
            return Ok(());
        }
        self.give_handle(object.clone())
    }

    /// Writes an element that a container lends.
    ///
    /// # Safety
    /// `element` is null with an exception set, or alive now.
    #[inline]
    pub(super) unsafe fn give_lent(&mut self, element: *mut ffi::PyObject) -> Result<(), Failure> {
        // SAFETY: attached; alive or null (contract above); a reference of our own is taken where code may run.
        unsafe {
            match Leaf::of(element) {
                Some(leaf) => leaf.write(self.out),
                None => {
                    let element = element.borrowed(self.context.at.py()).ok_or_else(Failure::python)?;
                    self.give_any(&element)?;
                }
            }
        }
        Ok(())
    }

    /// The types that are met most, recognised by the address of their class.
    fn give_exact(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        // SAFETY: attached; the classes are libpython's and the object is alive.
        unsafe {
            let class = ffi::Py_TYPE(object.as_ptr());
            match () {
                () if class == &raw mut ffi::PyUnicode_Type => self.give_text(object)?,
                () if class == &raw mut ffi::PyLong_Type => self.give_int(object)?,
                () if class == &raw mut ffi::PyFloat_Type => self.give_float(object),
                () if class == &raw mut ffi::PyBool_Type => self.give_bool(object),
                () if object.as_ptr() == ffi::Py_None() => self.out.u8(tag::NULL),
                () if class == &raw mut ffi::PyDict_Type => self.nested(|encoder| encoder.give_dict(object))?,
                () if class == &raw mut ffi::PyList_Type => self.nested(|encoder| encoder.give_list(object))?,
                () if class == &raw mut ffi::PyTuple_Type => self.nested(|encoder| encoder.give_tuple(object))?,
                () if class == &raw mut ffi::PyBytes_Type => self.give_bytes(object)?,
                () => return Ok(false),
            }
        }
        Ok(true)
    }

    /// Subclasses convert by the value of their base; members of an `Enum` are identities and stay objects, and so are
    /// instances of classes that implement the host's interfaces. The classes of both have a class of their own.
    fn give_by_base(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        if self.is_formless(object) {
            return Ok(false);
        }
        // SAFETY: attached; the object is alive, and its class as long.
        let (flags, has_plain_class) = unsafe {
            let class = ffi::Py_TYPE(object.as_ptr());
            (ffi::PyType_GetFlags(class), ffi::Py_TYPE(class.cast()) == &raw mut ffi::PyType_Type)
        };
        let is = |flag: std::ffi::c_ulong| flags & flag != 0;
        match () {
            () if !has_plain_class && self.give_implementation(object)? => {}
            () if !has_plain_class && self.is_enum_member(object) => {
                self.note_formless(object);
                return Ok(false);
            }
            () if is(ffi::Py_TPFLAGS_LONG_SUBCLASS) => self.give_int(object)?,
            () if is(ffi::Py_TPFLAGS_UNICODE_SUBCLASS) => self.give_text(object)?,
            () if is(ffi::Py_TPFLAGS_DICT_SUBCLASS) => self.nested(|encoder| encoder.give_dict(object))?,
            () if is(ffi::Py_TPFLAGS_LIST_SUBCLASS) => self.nested(|encoder| encoder.give_list(object))?,
            () if is(ffi::Py_TPFLAGS_TUPLE_SUBCLASS) => self.nested(|encoder| encoder.give_tuple(object))?,
            () if is(ffi::Py_TPFLAGS_BYTES_SUBCLASS) => self.give_bytes(object)?,
            () => return self.give_other(object),
        }
        Ok(true)
    }

    fn give_other(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        // SAFETY: attached; the object is alive; slices have no subclasses.
        let (set, frozen, array, float, slice) = unsafe {
            let pointer = object.as_ptr();
            (
                ffi::PySet_Check(pointer) != 0,
                ffi::PyFrozenSet_Check(pointer) != 0,
                ffi::PyByteArray_Check(pointer) != 0,
                ffi::PyFloat_Check(pointer) != 0,
                ffi::Py_TYPE(pointer) == &raw mut ffi::PySlice_Type,
            )
        };
        match () {
            () if float => self.give_float(object),
            () if set || frozen => self.nested(|encoder| encoder.give_set(object, frozen))?,
            () if array => self.give_bytearray(object)?,
            () if slice => return self.give_slice(object),
            () => return self.give_known(object),
        }
        Ok(true)
    }

    /// `false`, with nothing written, where the object has no value form, or this value of its class has none.
    fn give_known(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        if self.give_host_object(object)? || self.give_host_class(object)? {
            return Ok(true);
        }
        match Known::of(self.context.at, object) {
            Some(Known::Array) => self.give_array(object),
            Some(Known::Decimal) => self.give_decimal(object),
            Some(Known::Uuid) => self.give_uuid(object),
            Some(Known::PurePath) => self.give_path(object),
            Some(time) => self.give_time(time, object),
            None => {
                self.note_formless(object);
                Ok(false)
            }
        }
    }

    fn is_formless(&self, object: &Object<'a>) -> bool {
        // SAFETY: reads the class of an object that is alive.
        let class = unsafe { ffi::Py_TYPE(object.as_ptr()) };
        self.formless.as_ref().is_some_and(|formless| formless.as_ptr() == class.cast())
    }

    /// Not of classes: of one metaclass some are the host's, which have a form, and some are derived from them.
    fn note_formless(&mut self, object: &Object<'a>) {
        // SAFETY: attached; a class is alive as long as its instance, and held from here on.
        unsafe {
            if ffi::PyType_Check(object.as_ptr()) == 0 {
                self.formless = ffi::Py_TYPE(object.as_ptr()).cast::<ffi::PyObject>().borrowed(object.py());
            }
        }
    }

    pub(super) fn give_handle(&mut self, object: Object<'a>) -> Result<(), Failure> {
        let reference = self.context.make(object)?;
        self.made.push(reference);
        self.out.tagged(tag::HANDLE, reference.to_java());
        Ok(())
    }

    pub(super) fn nested<R>(&mut self, work: impl FnOnce(&mut Self) -> Result<R, Failure>) -> Result<R, Failure> {
        if self.depth == DEEPEST || !has_room() {
            return Err(too_deep());
        }
        self.depth += 1;
        let result = work(self);
        self.depth -= 1;
        result
    }
}

#[cold]
fn too_deep() -> Failure {
    if has_room() {
        Failure::conversion(format!("nested deeper than {DEEPEST} levels, or contains itself"))
    } else {
        Failure::conversion(
            "nested deeper than this thread's stack has room for: use a thread with a larger one (-Xss)",
        )
    }
}

/// Writes a collection's count once it is known to fit the form.
fn count(out: &mut Writer<'_>, count: usize) -> Result<(), Failure> {
    let fitting = i32::try_from(count).map_err(|_| too_many())?;
    out.i32(fitting);
    Ok(())
}

/// Writes bytes with their count.
#[inline]
fn give_block(out: &mut Writer<'_>, tag: u8, bytes: &[u8]) -> Result<(), Failure> {
    if i32::try_from(bytes.len()).is_err() {
        return Err(too_many());
    }
    out.tagged_bytes(tag, bytes);
    Ok(())
}

#[cold]
fn too_many() -> Failure {
    Failure::conversion("more than 2147483647 elements do not fit a Java collection")
}
