//! What the threads of one interpreter run: `sys._current_frames()`, without the threads of the others.
//!
//! CPython's own looks at the threads of all interpreters, and makes frame objects for them. Where these have GILs of
//! their own, their code runs on meanwhile, and frees such an object with an allocator that did not make it: the process
//! dies. So the threads of this interpreter are listed here, under the GIL that makes them stand still.

use crate::own::{FromRaw, Object, Raised, checked};
use crate::symbols::{
    PyInterpreterState_ThreadHead, PyThread_get_thread_ident, PyThread_get_thread_native_id, PyThreadState_GetFrame,
    PyThreadState_Next,
};
use once_cell::sync::OnceCell;
use pyo3::{Python, ffi};
use std::ffi::c_ulong;
use std::sync::atomic::{AtomicUsize, Ordering};

/// How many words of a thread state are looked through: it is longer in every version.
const WORDS: usize = 32;

/// Where a thread state has its thread's number, in words; the same for all states of a process.
static IDENT_AT: OnceCell<Option<usize>> = OnceCell::new();

/// Gives the innermost frame of each thread that runs code in this interpreter, by the thread's number.
pub(crate) fn current(py: Python<'_>) -> Result<Object<'_>, Raised> {
    // SAFETY: attached, as `py` proves. Under its GIL a state of this interpreter is neither deleted nor run; one that is
    // added meanwhile comes before the head that was read.
    unsafe {
        let frames = ffi::PyDict_New().owned(py)?;
        let mut state = PyInterpreterState_ThreadHead(ffi::PyThreadState_GetInterpreter(ffi::PyThreadState_Get()));
        while !state.is_null() {
            let frame = PyThreadState_GetFrame(state);
            if !frame.is_null() {
                let frame = frame.owned(py)?;
                let ident = ffi::PyLong_FromUnsignedLong(ident_of(state)).owned(py)?;
                checked(ffi::PyDict_SetItem(frames.as_ptr(), ident.as_ptr(), frame.as_ptr()))?;
            }
            state = PyThreadState_Next(state);
        }
        Ok(frames)
    }
}

/// The number of a state's thread; 0 where that is not known.
///
/// # Safety
/// Attached to the state's interpreter.
unsafe fn ident_of(state: *mut ffi::PyThreadState) -> c_ulong {
    // SAFETY: attached, so this thread has a state of its own.
    let place = IDENT_AT.get_or_init(|| unsafe { find_ident(ffi::PyThreadState_Get()) });
    // SAFETY: a word of a live state.
    place.map_or(0, |place| unsafe { word(state, place) } as c_ulong)
}

/// No function tells a state's thread. Its number stands beside the operating system's in all versions, and this thread
/// knows both of its own.
///
/// # Safety
/// `own` is this thread's current state.
unsafe fn find_ident(own: *mut ffi::PyThreadState) -> Option<usize> {
    // SAFETY: asks for numbers.
    let (ident, native) = unsafe { (PyThread_get_thread_ident() as usize, PyThread_get_thread_native_id() as usize) };
    // SAFETY: words of a live state.
    (0..WORDS - 1).find(|&at| unsafe { word(own, at) == ident && word(own, at + 1) == native })
}

/// # Safety
/// The state lives, and is longer than that.
unsafe fn word(state: *mut ffi::PyThreadState, at: usize) -> usize {
    // SAFETY: aligned and inside the state (contract above); atomic, since a thread that begins writes its number first.
    unsafe { AtomicUsize::from_ptr(state.cast::<usize>().add(at)) }.load(Ordering::Relaxed)
}
