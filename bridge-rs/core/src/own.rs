//! Who owns a Python reference, said at the call that yields it.
//!
//! Raw calls return owned or borrowed pointers, null with the error indicator set, or a negative number. Each is turned
//! into a type here, at once: [`Object`] owns, [`Raised`] says that the indicator is set. PyO3's own conversions are
//! not used because they make a `PyErr`, which keeps process-wide state that assumes a single interpreter.

use pyo3::{Bound, PyAny, Python, ffi};
use std::ffi::c_int;
use std::ptr::NonNull;

/// An owned reference of the interpreter that the thread is attached to for `'py`.
pub(crate) type Object<'py> = Bound<'py, PyAny>;

/// An owned reference that outlives the attachment: kept in tables, released only when attached again.
pub(crate) type Kept = NonNull<ffi::PyObject>;

/// The error indicator of this thread is set; nobody has taken the exception yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Raised;

/// What a raw call returned, taken with the ownership that its documentation states.
pub(crate) trait FromRaw {
    /// A new reference, or null with an exception set.
    ///
    /// # Safety
    /// The pointer is what such a call returned just now, on a thread attached for `'py`.
    unsafe fn owned<'py>(self, py: Python<'py>) -> Result<Object<'py>, Raised>;

    /// A borrowed reference, or null with or without an exception; a reference of our own is taken.
    ///
    /// # Safety
    /// As [`FromRaw::owned`]; the owner has not released it since.
    unsafe fn borrowed<'py>(self, py: Python<'py>) -> Option<Object<'py>>;
}

impl FromRaw for *mut ffi::PyObject {
    #[inline]
    unsafe fn owned<'py>(self, py: Python<'py>) -> Result<Object<'py>, Raised> {
        // SAFETY: an owned pointer or null (contract of this method).
        unsafe { Bound::from_owned_ptr_or_opt(py, self) }.ok_or(Raised)
    }

    #[inline]
    unsafe fn borrowed<'py>(self, py: Python<'py>) -> Option<Object<'py>> {
        // SAFETY: a borrowed pointer that is alive now, or null (contract of this method).
        unsafe { Bound::from_borrowed_ptr_or_opt(py, self) }
    }
}

/// The status of a call that returns -1 with an exception set.
#[inline]
pub(crate) fn checked(status: c_int) -> Result<c_int, Raised> {
    if status < 0 { Err(Raised) } else { Ok(status) }
}

/// Gives up the reference to a table.
#[inline]
pub(crate) fn keep(object: Object<'_>) -> Kept {
    // SAFETY: a `Bound` is never null.
    unsafe { NonNull::new_unchecked(object.into_ptr()) }
}

/// Takes the reference of a table back.
///
/// # Safety
/// `kept` came from [`keep`], is taken back once, and the thread is attached to the interpreter it belongs to.
#[inline]
pub(crate) unsafe fn unkeep(py: Python<'_>, kept: Kept) -> Object<'_> {
    // SAFETY: the contract above.
    unsafe { Bound::from_owned_ptr(py, kept.as_ptr()) }
}

/// A new reference to what a table goes on holding.
///
/// # Safety
/// `kept` is alive and the thread is attached to the interpreter it belongs to.
#[inline]
pub(crate) unsafe fn share(py: Python<'_>, kept: Kept) -> Object<'_> {
    // SAFETY: the contract above.
    unsafe { Bound::from_borrowed_ptr(py, kept.as_ptr()) }
}

/// The interned `str` of the same text.
pub(crate) fn interned(text: Object<'_>) -> Object<'_> {
    let py = text.py();
    let mut pointer = text.into_ptr();
    // SAFETY: attached; an owned `str`, replaced by the interned one, which is owned and not null.
    unsafe {
        ffi::PyUnicode_InternInPlace(&raw mut pointer);
        Bound::from_owned_ptr(py, pointer)
    }
}

/// The next element of an iterator, or nothing at its end.
#[inline]
pub(crate) fn next<'py>(iterator: &Object<'py>) -> Result<Option<Object<'py>>, Raised> {
    // SAFETY: attached; an iterator; null means the end, or an exception.
    unsafe {
        match ffi::PyIter_Next(iterator.as_ptr()).owned(iterator.py()) {
            Ok(element) => Ok(Some(element)),
            Err(_) if ffi::PyErr_Occurred().is_null() => Ok(None),
            Err(raised) => Err(raised),
        }
    }
}

/// Clears the error indicator, for a question whose failure is an answer.
pub(crate) fn forget(_: Raised, _: Python<'_>) {
    // SAFETY: attached, which the token proves.
    unsafe { ffi::PyErr_Clear() }
}

/// Whether an exception of this kind is set; clears it if so.
///
/// # Safety
/// `kind` is one of the interpreter's exception classes.
pub(crate) unsafe fn forget_if(_: Raised, _: Python<'_>, kind: *mut ffi::PyObject) -> bool {
    // SAFETY: attached; `kind` is an exception class (contract above).
    unsafe {
        let matches = ffi::PyErr_ExceptionMatches(kind) != 0;
        if matches {
            ffi::PyErr_Clear();
        }
        matches
    }
}

/// What was found, or nothing where an exception of this kind says that there is none.
///
/// # Safety
/// As [`forget_if`].
pub(crate) unsafe fn absent_by<'py>(
    found: Result<Object<'py>, Raised>,
    py: Python<'py>,
    kind: *mut ffi::PyObject,
) -> Result<Option<Object<'py>>, Raised> {
    match found {
        Ok(found) => Ok(Some(found)),
        // SAFETY: the contract above.
        Err(raised) if unsafe { forget_if(raised, py, kind) } => Ok(None),
        Err(raised) => Err(raised),
    }
}

/// A `str`.
pub(crate) fn text<'py>(py: Python<'py>, text: &str) -> Result<Object<'py>, Raised> {
    // SAFETY: attached; the pointer and length are those of a `str`, which never exceeds isize::MAX bytes.
    unsafe { ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), text.len() as ffi::Py_ssize_t).owned(py) }
}

/// A `bytes` with a copy of these.
pub(crate) fn bytes<'py>(py: Python<'py>, bytes: &[u8]) -> Result<Object<'py>, Raised> {
    // SAFETY: attached; the pointer and length are those of a slice, which never exceeds isize::MAX bytes.
    unsafe { ffi::PyBytes_FromStringAndSize(bytes.as_ptr().cast(), bytes.len() as ffi::Py_ssize_t).owned(py) }
}

/// The memory of a `bytes`, or of one of a subclass.
pub(crate) fn bytes_of<'b>(object: &'b Object<'_>) -> &'b [u8] {
    // SAFETY: attached; a bytes object, whose memory is its own and stays as long as it is borrowed.
    unsafe {
        let start = ffi::PyBytes_AsString(object.as_ptr()).cast::<u8>();
        std::slice::from_raw_parts(start, ffi::PyBytes_Size(object.as_ptr()).cast_unsigned())
    }
}

/// The attribute of that name.
pub(crate) fn attribute<'py>(object: &Object<'py>, name: &Object<'py>) -> Result<Object<'py>, Raised> {
    // SAFETY: attached; both are alive.
    unsafe { ffi::PyObject_GetAttr(object.as_ptr(), name.as_ptr()).owned(object.py()) }
}

/// The attribute of that name, where there is one.
pub(crate) fn optional_attribute<'py>(object: &Object<'py>, name: &Object<'py>) -> Result<Option<Object<'py>>, Raised> {
    let mut found = std::ptr::null_mut();
    // SAFETY: attached; both are alive; `found` is a new reference where there is one.
    unsafe {
        checked(crate::symbols::optional_attribute(object.as_ptr(), name.as_ptr(), &mut found))?;
        Ok(found.owned(object.py()).ok())
    }
}

/// Whether the object is a `str`, or of a subclass.
pub(crate) fn is_str(object: &Object<'_>) -> bool {
    // SAFETY: attached; asks for a class.
    unsafe { ffi::PyUnicode_Check(object.as_ptr()) != 0 }
}

/// `sys.modules[name]`, imported where it is not there yet.
pub(crate) fn import<'py>(py: Python<'py>, name: &str) -> Result<Object<'py>, Raised> {
    let name = text(py, name)?;
    // SAFETY: attached; `name` is alive.
    unsafe { ffi::PyImport_Import(name.as_ptr()).owned(py) }
}

/// The attribute of a module.
pub(crate) fn import_from<'py>(py: Python<'py>, module: &str, name: &str) -> Result<Object<'py>, Raised> {
    attribute(&import(py, module)?, &text(py, name)?)
}

/// Calls with positional arguments.
pub(crate) fn call<'py>(callable: &Object<'py>, arguments: &[&Object<'py>]) -> Result<Object<'py>, Raised> {
    let pointers: Vec<*mut ffi::PyObject> = arguments.iter().map(|argument| argument.as_ptr()).collect();
    // SAFETY: attached; all arguments are alive for the call.
    unsafe {
        crate::symbols::PyObject_Vectorcall(callable.as_ptr(), pointers.as_ptr(), pointers.len(), std::ptr::null_mut())
            .owned(callable.py())
    }
}
