//! Makes the next entry of this thread fail, so that tests can see what each entry does with a failure.
//!
//! Part of test builds alone (feature `testing`).

use crate::failure::{Failure, Reason};
use gilgamesh_table::Reference;
use pyo3::ffi;
use std::cell::Cell;

/// How an entry is made to fail; the numbers are those of the tests' `TestingNatives`.
mod how {
    pub(super) const PANIC: i32 = 1;
    pub(super) const EXCEPTION: i32 = 2;
    pub(super) const STALE: i32 = 3;
    pub(super) const STATE: i32 = 4;
    pub(super) const PANIC_IN_RECORD: i32 = 5;
}

thread_local! {
    static NEXT: Cell<i32> = const { Cell::new(0) };
    static NEXT_RECORD: Cell<bool> = const { Cell::new(false) };
}

/// Lets the next entry of this thread fail.
pub fn provoke(how: i64) -> i64 {
    NEXT.set(i32::try_from(how).unwrap_or(0));
    0
}

/// Fails, where it was asked for. `attached` says whether Python can be called.
pub(crate) fn fail_if_asked(attached: bool) -> Result<(), Failure> {
    match NEXT.take() {
        how::PANIC => panic!("a test asked for this panic"),
        how @ (how::EXCEPTION | how::PANIC_IN_RECORD) if attached => {
            NEXT_RECORD.set(how == how::PANIC_IN_RECORD);
            // SAFETY: attached, says the caller.
            unsafe { ffi::PyErr_SetString(ffi::PyExc_RuntimeError, c"a test asked for this exception".as_ptr()) };
            Err(Failure::python())
        }
        how::STALE => Err(Reason::Stale { reference: Reference::from_java(1), issued: true }.into()),
        how::STATE => Err(Failure::state("a test asked for this failure")),
        _ => Ok(()),
    }
}

/// Panics while the record of an exception is written, where it was asked for.
pub(crate) fn fail_in_record_if_asked() {
    assert!(!NEXT_RECORD.take(), "a test asked for this panic");
}
