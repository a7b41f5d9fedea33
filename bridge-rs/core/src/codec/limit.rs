//! How large a value may be on its way to the host: a number of the process, as its configuration is.

use crate::failure::Failure;
use crate::own::{FromRaw, Object, checked, next};
use gilgamesh_table::wire::Full;
use pyo3::ffi;
use std::sync::atomic::{AtomicUsize, Ordering};

static LARGEST: AtomicUsize = AtomicUsize::new(usize::MAX);

/// Sets how many bytes a value may take.
pub(crate) fn set_largest_value(bytes: i64) {
    LARGEST.store(usize::try_from(bytes).unwrap_or(usize::MAX), Ordering::Relaxed);
}

/// How many bytes a value may take.
pub(crate) fn largest_value() -> usize {
    LARGEST.load(Ordering::Relaxed)
}

/// What the object iterates, in a list of our own. Where there is a limit, an iterator without an end is left at it:
/// an element takes `width` bytes at least.
pub(crate) fn listed<'a>(object: &Object<'a>, width: usize) -> Result<Object<'a>, Failure> {
    let limit = largest_value();
    // SAFETY: attached; the object is alive; each call yields a new reference or an exception.
    unsafe {
        if limit == usize::MAX {
            return Ok(ffi::PySequence_List(object.as_ptr()).owned(object.py())?);
        }
        let elements = ffi::PyObject_GetIter(object.as_ptr()).owned(object.py())?;
        let list = ffi::PyList_New(0).owned(object.py())?;
        let mut bytes = 0;
        while let Some(element) = next(&elements)? {
            bytes += width;
            if bytes > limit {
                return Err(Full::Limit { wanted: bytes, limit }.into());
            }
            checked(ffi::PyList_Append(list.as_ptr(), element.as_ptr()))?;
        }
        Ok(list)
    }
}
