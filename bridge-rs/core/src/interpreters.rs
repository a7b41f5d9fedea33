//! The list of interpreters, by number: 0 is the main one, the others were made for isolated contexts.
//!
//! A record is never freed: an interpreter lives as long as the process, serves one isolated context after the other,
//! and any thread may hold its address.

use crate::interpreter::Interpreter;
use pyo3::ffi;
use std::ptr::null_mut;
use std::sync::atomic::{AtomicPtr, AtomicUsize, Ordering};

/// Interpreters that a process can have: each takes megabytes, and a number in the id of its contexts.
const MOST: usize = 4096;

static LIST: [AtomicPtr<Interpreter>; MOST] = [const { AtomicPtr::new(null_mut()) }; MOST];
/// Numbers that were given away; what has a number may not stand in the list yet.
static NUMBERS: AtomicUsize = AtomicUsize::new(0);

/// The interpreter of that number.
#[inline]
pub(crate) fn interpreter(number: usize) -> Option<&'static Interpreter> {
    let record = LIST.get(number)?.load(Ordering::Acquire);
    // SAFETY: null, or a record that was leaked whole in `add`.
    unsafe { record.as_ref() }
}

/// All that there are, the main one first.
pub(crate) fn all() -> impl Iterator<Item = &'static Interpreter> {
    (0..NUMBERS.load(Ordering::Acquire).min(MOST)).filter_map(interpreter)
}

/// The record of a running interpreter.
pub(crate) fn of_state(state: *mut ffi::PyInterpreterState) -> Option<&'static Interpreter> {
    all().find(|interpreter| interpreter.state() == state)
}

/// A number for an interpreter that is about to be made.
pub(crate) fn next_number() -> Option<usize> {
    let number = NUMBERS.fetch_add(1, Ordering::AcqRel);
    (number < MOST).then_some(number)
}

/// Makes an interpreter known under the number that its record has.
pub(crate) fn add(interpreter: Interpreter) -> &'static Interpreter {
    let record: &'static Interpreter = Box::leak(Box::new(interpreter));
    LIST[record.number()].store(std::ptr::from_ref(record).cast_mut(), Ordering::Release);
    record
}
