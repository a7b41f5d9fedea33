//! A reference held for one call.
//!
//! Each call holds its receiver, so that a close on the way does no harm. `_Py_IncRef` and `_Py_DecRef` of the stable
//! ABI cost 2.5 ns a pair, a twelfth of a call; modules built for the stable ABI of 3.11 and earlier count inline
//! instead, so every CPython that loads those takes it. Here as there: the counter is the word at the object's start,
//! whose lower half is negative for immortal objects (3.12 and later), which are not counted.

use crate::own::Object;
use pyo3::{Borrowed, PyAny, ffi};
use std::ops::Deref;

/// A reference of our own, counted inline.
pub(crate) struct Held<'a>(Borrowed<'a, 'a, PyAny>);

impl<'a> Held<'a> {
    /// Takes a reference.
    #[inline]
    pub(crate) fn new(object: Borrowed<'a, 'a, PyAny>) -> Self {
        let counter = counter(object.as_ptr());
        // SAFETY: the counter of a live object, changed under the GIL of the interpreter that `'a` is attached to.
        unsafe {
            if *counter >= 0 {
                *counter += 1;
            }
        }
        Held(object)
    }
}

impl Drop for Held<'_> {
    #[inline]
    fn drop(&mut self) {
        let counter = counter(self.0.as_ptr());
        // SAFETY: as in `new`; the last reference is given up by CPython's own function, which frees the object.
        unsafe {
            match *counter {
                2.. => *counter -= 1,
                1 => ffi::Py_DecRef(self.0.as_ptr()),
                _ => {}
            }
        }
    }
}

impl<'a> Deref for Held<'a> {
    type Target = Object<'a>;

    #[inline]
    fn deref(&self) -> &Object<'a> {
        &self.0
    }
}

/// The lower half of the word that counts references.
#[inline]
fn counter(object: *mut ffi::PyObject) -> *mut i32 {
    let upper_first = usize::from(cfg!(target_endian = "big"));
    object.cast::<i32>().wrapping_add(upper_first)
}
