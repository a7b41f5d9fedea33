//! `bool`, `float`, `bytes` and enumeration members; and the exact scalars that cross without a buffer.

use super::number::Leaf;
use super::{Decoder, Encoder, give_block};
use crate::context::Context;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, Raised, bytes, bytes_of, forget};
use gilgamesh_table::wire::{Malformed, Reader, tag};
use pyo3::ffi;

/// Longest `repr` that a message shows.
const SHOWN: usize = 80;

/// Reads a block of bytes of a request.
pub(crate) fn take_bytes<'r>(reader: &mut Reader<'r>) -> Result<&'r [u8], Malformed> {
    if reader.u8()? == tag::BYTES { reader.counted() } else { Err(Malformed) }
}

impl<'a> Decoder<'a, '_> {
    pub(super) fn take_scalar(&mut self, tag: u8) -> Result<Object<'a>, Failure> {
        let py = self.context.at.py();
        // SAFETY: attached; each call yields a new reference.
        unsafe {
            Ok(match tag {
                tag::FALSE | tag::TRUE => ffi::PyBool_FromLong((tag == tag::TRUE).into()).owned(py)?,
                tag::LONG => ffi::PyLong_FromLongLong(self.reader.i64()?).owned(py)?,
                tag::DOUBLE => ffi::PyFloat_FromDouble(self.reader.f64()?).owned(py)?,
                _ => return Err(Malformed.into()),
            })
        }
    }

    pub(super) fn take_bytes(&mut self) -> Result<Object<'a>, Failure> {
        Ok(bytes(self.context.at.py(), self.reader.counted()?)?)
    }
}

impl<'a> Encoder<'a, '_, '_> {
    pub(super) fn give_bool(&mut self, object: &Object<'a>) {
        // SAFETY: asks for an address only.
        let is_true = object.as_ptr() == unsafe { ffi::Py_True() };
        self.out.u8(if is_true { tag::TRUE } else { tag::FALSE });
    }

    pub(super) fn give_float(&mut self, object: &Object<'a>) {
        // SAFETY: attached; a float or of a subclass, so this reads its value and cannot fail.
        Leaf::Double(unsafe { ffi::PyFloat_AsDouble(object.as_ptr()) }).write(self.out);
    }

    pub(super) fn give_bytes(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        give_block(self.out, tag::BYTES, bytes_of(object))
    }

    pub(super) fn give_bytearray(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        // SAFETY: attached; a bytearray, which nobody resizes while this thread runs no Python code.
        let bytes = unsafe {
            let start = ffi::PyByteArray_AsString(object.as_ptr()).cast::<u8>();
            std::slice::from_raw_parts(start, ffi::PyByteArray_Size(object.as_ptr()).cast_unsigned())
        };
        give_block(self.out, tag::BYTES, bytes)
    }

    /// Whether the object is a member of an `enum.Enum`: its class's class is `enum.EnumType`.
    pub(super) fn is_enum_member(&self, object: &Object<'a>) -> bool {
        // SAFETY: attached; a class is alive as long as its instance.
        unsafe { ffi::PyObject_HasAttrString(ffi::Py_TYPE(object.as_ptr()).cast(), c"_member_map_".as_ptr()) != 0 }
    }
}

/// The object as a 64-bit integer: an int, or what says by `__index__` that it is one; never a bool.
pub(crate) fn exact_long(context: Context<'_>, object: &Object<'_>) -> Result<i64, Failure> {
    let pointer = object.as_ptr();
    // SAFETY: attached; the object is alive.
    unsafe {
        if ffi::PyLong_CheckExact(pointer) != 0 || (ffi::PyLong_Check(pointer) != 0 && ffi::PyBool_Check(pointer) == 0)
        {
            return long_of_int(context, object);
        }
        if ffi::PyBool_Check(pointer) != 0 || ffi::PyIndex_Check(pointer) == 0 {
            return Err(unfit(context, object, "an int"));
        }
        let index = ffi::PyNumber_Index(pointer).owned(object.py())?;
        long_of_int(context, &index)
    }
}

fn long_of_int(context: Context<'_>, object: &Object<'_>) -> Result<i64, Failure> {
    let mut overflow = 0;
    // SAFETY: attached; an int.
    let value = unsafe { ffi::PyLong_AsLongLongAndOverflow(object.as_ptr(), &raw mut overflow) };
    if overflow != 0 { Err(unfit(context, object, "in the range of a long (64 bits)")) } else { Ok(value) }
}

/// The object as a double: a float, or a number that is equal to its `float()`; never a bool.
pub(crate) fn exact_double(context: Context<'_>, object: &Object<'_>) -> Result<f64, Failure> {
    let pointer = object.as_ptr();
    // SAFETY: attached; the object is alive.
    unsafe {
        if ffi::PyFloat_Check(pointer) != 0 {
            return Ok(ffi::PyFloat_AsDouble(pointer));
        }
        if ffi::PyBool_Check(pointer) != 0 || ffi::PyNumber_Check(pointer) == 0 {
            return Err(unfit(context, object, "a float"));
        }
        let float = match ffi::PyNumber_Float(pointer).owned(object.py()) {
            Ok(float) => float,
            Err(raised) => {
                forget(raised, object.py());
                return Err(unfit(context, object, "a float"));
            }
        };
        match ffi::PyObject_RichCompareBool(float.as_ptr(), pointer, ffi::Py_EQ) {
            1 => Ok(ffi::PyFloat_AsDouble(float.as_ptr())),
            0 => Err(unfit(context, object, "exact as a double")),
            _ => Err(Raised.into()),
        }
    }
}

/// The object as a boolean: a bool and nothing else.
pub(crate) fn exact_boolean(context: Context<'_>, object: &Object<'_>) -> Result<i64, Failure> {
    // SAFETY: attached; asks for a class and an address.
    unsafe {
        if ffi::PyBool_Check(object.as_ptr()) == 0 {
            return Err(unfit(context, object, "a bool"));
        }
        Ok((object.as_ptr() == ffi::Py_True()).into())
    }
}

/// `str 'n/a' is not an int`, with the value shortened.
#[cold]
pub(crate) fn unfit(context: Context<'_>, object: &Object<'_>, wanted: &str) -> Failure {
    let shown = show(object).unwrap_or_else(|raised| {
        forget(raised, context.at.py());
        "(its repr() raised)".to_owned()
    });
    Failure::conversion(format!("{} {shown} is not {wanted}", qualified_class_name(object)))
}

fn show(object: &Object<'_>) -> Result<String, Raised> {
    // SAFETY: attached; the object is alive.
    let repr = unsafe { ffi::PyObject_Repr(object.as_ptr()).owned(object.py()) };
    let repr = super::text::lossy(&repr?);
    Ok(match repr.char_indices().nth(SHOWN) {
        Some((cut, _)) => format!("{}... ({} characters)", &repr[..cut], repr.chars().count()),
        None => repr,
    })
}

/// The class's name with its module, where that is not `builtins`: `numpy.bool` is not `bool`.
fn qualified_class_name(object: &Object<'_>) -> String {
    // SAFETY: attached; a class is alive as long as its instance; the name is a terminated constant.
    let module = unsafe {
        ffi::PyObject_GetAttrString(ffi::Py_TYPE(object.as_ptr()).cast(), c"__module__".as_ptr()).owned(object.py())
    };
    let name = class_name(object);
    match module.map(|module| super::text::lossy(&module)) {
        Ok(module) if module != "builtins" => format!("{module}.{name}"),
        Ok(_) => name,
        Err(raised) => {
            forget(raised, object.py());
            name
        }
    }
}

/// The class's name, as it stands in messages.
pub(crate) fn class_name(object: &Object<'_>) -> String {
    // SAFETY: attached; a class is alive as long as its instance.
    let name = unsafe { ffi::PyType_GetName(ffi::Py_TYPE(object.as_ptr())).owned(object.py()) };
    name.map(|name| super::text::lossy(&name)).unwrap_or_else(|raised| {
        forget(raised, object.py());
        "object".to_owned()
    })
}
