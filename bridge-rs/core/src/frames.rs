//! The frames of an interpreter's threads.
//!
//! `sys._current_frames` goes through the threads of all interpreters and makes frame objects for what they run, without
//! their GILs and of the caller's memory: the other interpreter frees them later as its own, and the process aborts
//! (CPython 3.12 to 3.14). This goes through those of one interpreter, whose GIL the caller holds.

use crate::attach::Attached;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, checked};
use crate::symbols::{
    PyInterpreterState_ThreadHead, PyThread_get_thread_ident, PyThreadState_GetFrame, PyThreadState_Next,
};
use once_cell::sync::OnceCell;
use pyo3::ffi;
use std::ffi::c_ulong;

/// Words of a thread state that are searched for the number of its thread; every version's is longer.
const SEARCHED: usize = 28;

/// A dict of the innermost frames by the numbers of their threads, as `sys._current_frames` gives it.
pub(crate) fn current(at: Attached<'_>) -> Result<Object<'_>, Failure> {
    let py = at.py();
    // SAFETY: attached; a new dict.
    let frames = unsafe { ffi::PyDict_New().owned(py)? };
    let Some(place) = place_of_ident() else { return Ok(frames) };
    // SAFETY: attached to this interpreter: its threads stand still, and only attached threads take states off its list.
    let mut state = unsafe { PyInterpreterState_ThreadHead(at.interpreter().state()) };
    while !state.is_null() {
        // SAFETY: a state of this interpreter, as above; its words as far as `place_of_ident` has looked; a new frame or null.
        unsafe {
            let ident = *state.cast::<c_ulong>().add(place);
            if let Ok(frame) = PyThreadState_GetFrame(state).owned(py) {
                let ident = ffi::PyLong_FromUnsignedLongLong(ident).owned(py)?;
                checked(ffi::PyDict_SetItem(frames.as_ptr(), ident.as_ptr(), frame.as_ptr()))?;
            }
            state = PyThreadState_Next(state);
        }
    }
    Ok(frames)
}

/// Which word of a thread state is the number of its thread: that of this thread's state which is its number. The place
/// is another one in each version of CPython.
fn place_of_ident() -> Option<usize> {
    static PLACE: OnceCell<Option<usize>> = OnceCell::new();
    *PLACE.get_or_init(|| {
        // SAFETY: attached (the only caller is); each of the words is part of the state.
        unsafe {
            let own = PyThread_get_thread_ident();
            let state = ffi::PyThreadState_Get().cast::<c_ulong>();
            (0..SEARCHED).find(|word| *state.add(*word) == own)
        }
    })
}
