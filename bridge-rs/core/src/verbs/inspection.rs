//! What can be asked of any object; the numbers are those of `io.gilgamesh.internal.Inspect`.

use super::{give, target};
use crate::attach::Attached;
use crate::codec::{Decoder, class_name, listed};
use crate::entry::{enter, enter_unstoppable};
use crate::failure::Failure;
use crate::interpreter::Name;
use crate::own::{FromRaw, Object, call, checked, text};
use pyo3::ffi;

mod what {
    pub(super) const ITSELF: i32 = 0;
    pub(super) const STR: i32 = 1;
    pub(super) const REPR: i32 = 2;
    pub(super) const LENGTH: i32 = 3;
    pub(super) const TRUTH: i32 = 4;
    pub(super) const HASH: i32 = 5;
    pub(super) const TYPE: i32 = 6;
    pub(super) const TYPE_NAME: i32 = 7;
    pub(super) const DIR: i32 = 8;
    pub(super) const ITERATOR: i32 = 9;
    pub(super) const CALLABLE: i32 = 10;
    pub(super) const TRACEBACK: i32 = 11;
    pub(super) const LIST: i32 = 12;
    pub(super) const SET: i32 = 13;
    pub(super) const VIEW: i32 = 14;
    pub(super) const RAISED: i32 = 15;
}

/// Asks an object for something.
pub fn inspect(context: i64, object: i64, what: i32, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let object = target(context, object)?;
        let answer = answer(context.at, (*object).clone(), what)?;
        give(context, want, answer, exchange)
    })
}

fn answer<'a>(at: Attached<'a>, object: Object<'a>, what: i32) -> Result<Object<'a>, Failure> {
    let py = at.py();
    let pointer = object.as_ptr();
    // SAFETY: attached; the object is alive, and each call yields a new reference or an exception.
    unsafe {
        Ok(match what {
            what::ITSELF => object,
            what::STR => ffi::PyObject_Str(pointer).owned(py)?,
            what::REPR => ffi::PyObject_Repr(pointer).owned(py)?,
            what::LENGTH => ffi::PyLong_FromSsize_t(length(pointer)?).owned(py)?,
            what::TRUTH => ffi::PyBool_FromLong(checked(ffi::PyObject_IsTrue(pointer))?.into()).owned(py)?,
            what::HASH => ffi::PyLong_FromSsize_t(hash(pointer)?).owned(py)?,
            what::TYPE => ffi::PyObject_Type(pointer).owned(py)?,
            what::TYPE_NAME => text(py, &class_name(&object))?,
            what::DIR => ffi::PyObject_Dir(pointer).owned(py)?,
            what::ITERATOR => ffi::PyObject_GetIter(pointer).owned(py)?,
            what::CALLABLE => ffi::PyBool_FromLong(ffi::PyCallable_Check(pointer).into()).owned(py)?,
            what::TRACEBACK => traceback(at, &object)?,
            what::LIST if ffi::PyList_Check(pointer) != 0 => object,
            what::LIST => listed(&object, 1)?,
            what::SET if ffi::PyAnySet_Check(pointer) != 0 => object,
            what::SET => ffi::PySet_New(pointer).owned(py)?,
            what::VIEW => call(&crate::own::import_from(py, "gilgamesh._views", "view_form")?, &[&object])?,
            what::RAISED => return Err(raised(object)),
            _ => return Err(Failure::internal(format!("no question {what} is known"))),
        })
    }
}

/// The failure that an exception object is, as if code had raised it: nothing in the object changes.
fn raised(exception: Object<'_>) -> Failure {
    // SAFETY: attached; asks for a class, and an exception's traceback is a new reference or null; the indicator takes
    // over the references. `PyErr_SetObject` would link it to an exception that is being handled.
    unsafe {
        if ffi::PyExceptionInstance_Check(exception.as_ptr()) == 0 {
            return Failure::internal("only an exception can be raised");
        }
        let traceback = ffi::PyException_GetTraceback(exception.as_ptr());
        let class = ffi::PyObject_Type(exception.as_ptr());
        ffi::PyErr_Restore(class, exception.into_ptr(), traceback);
    }
    Failure::python()
}

unsafe fn length(object: *mut ffi::PyObject) -> Result<ffi::Py_ssize_t, Failure> {
    // SAFETY: attached and alive (the caller's).
    let length = unsafe { ffi::PyObject_Size(object) };
    if length < 0 { Err(Failure::python()) } else { Ok(length) }
}

unsafe fn hash(object: *mut ffi::PyObject) -> Result<ffi::Py_hash_t, Failure> {
    // SAFETY: attached and alive (the caller's); -1 is never a hash.
    let hash = unsafe { ffi::PyObject_Hash(object) };
    if hash == -1 { Err(Failure::python()) } else { Ok(hash) }
}

fn traceback<'a>(at: Attached<'a>, exception: &Object<'a>) -> Result<Object<'a>, Failure> {
    let format = at.helper(|helpers| helpers.format_exception);
    let format = format.ok_or_else(|| Failure::state("Python has not started fully"))?;
    Ok(call(&format, &[exception])?)
}

/// Calls `__exit__` for a block that ended well (null) or by an exception, Python's or Java's; 1 where Python swallowed
/// it.
pub fn exit(context: i64, manager: i64, exchange: i64) -> i64 {
    enter_unstoppable(context, exchange, |context, exchange| {
        let manager = target(context, manager)?;
        let error = Decoder::new(context, exchange.reader()).take()?;
        let exit = crate::own::attribute(&manager, &context.at.name(Name::Exit))?;
        let none = crate::handle::none(context.at);
        // SAFETY: attached; asks for a class.
        let swallowed = if unsafe { ffi::PyExceptionInstance_Check(error.as_ptr()) } == 0 {
            call(&exit, &[&none, &none, &none])?
        } else {
            let class = answer(context.at, error.clone(), what::TYPE)?;
            // SAFETY: attached; an exception; a new reference or null without an exception set.
            let traceback = unsafe { ffi::PyException_GetTraceback(error.as_ptr()).owned(context.at.py()) };
            call(&exit, &[&class, &error, &traceback.unwrap_or(none)])?
        };
        // SAFETY: attached; alive.
        Ok(checked(unsafe { ffi::PyObject_IsTrue(swallowed.as_ptr()) })?.into())
    })
}
