//! A host without a JVM: it starts the process's Python once and calls the verbs as native methods do.
//!
//! `exchange` is the leased buffer, `request` what Java writes, `reply` what it reads; `context` puts them together.

#![allow(dead_code, unused_imports, reason = "each test binary uses its own part of the host")]

mod context;
mod exchange;
mod reply;
mod request;

pub(crate) use context::{Context, Transaction, end, python, start_request};
pub(crate) use exchange::{Exchange, number, reply};
pub(crate) use reply::{Error, Extra, Raised, Reply, Value};
pub(crate) use request::{Request, request};

use gilgamesh_core::life;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// The forms of a result, as `io.gilgamesh.internal.Want` numbers them.
pub(crate) mod want {
    pub(crate) const OBJECT: i32 = 0;
    pub(crate) const VALUE: i32 = 1;
    pub(crate) const LONG: i32 = 2;
    pub(crate) const DOUBLE: i32 = 3;
    pub(crate) const BOOLEAN: i32 = 4;
    pub(crate) const NOTHING: i32 = 5;
    pub(crate) const LONG_ARRAY: i32 = 6;
    pub(crate) const DOUBLE_ARRAY: i32 = 7;
    pub(crate) const TEXT: i32 = 8;
    pub(crate) const TABLE: i32 = 9;
}

/// The places of `io.gilgamesh.internal.StatsLayout`.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Figure {
    LiveHandles = 0,
    ScopedHandles = 1,
    ManagedHandles = 2,
    Queued = 5,
    Reclaimed = 6,
    Transactions = 8,
    ThreadStates = 9,
    Attaches = 10,
    Contexts = 11,
    Waiting = 12,
    ReplyBytes = 14,
}

/// One figure of the running Python.
pub(crate) fn figure(which: Figure) -> i64 {
    python();
    let reply = reply(&request(), life::stats).expect("statistics need nothing");
    match Reply::new(&reply).value() {
        Value::Longs(figures) => figures[which as usize],
        other => panic!("statistics are longs, not {other:?}"),
    }
}

/// Waits for what other threads bring about; fails with the question's text where it takes too long.
pub(crate) fn eventually(what: &str, mut is_so: impl FnMut() -> bool) {
    let deadline = Instant::now() + Duration::from_secs(20);
    while !is_so() {
        assert!(Instant::now() < deadline, "not so after 20 s: {what}");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// For tests that read figures which others of the same binary change.
pub(crate) fn alone() -> MutexGuard<'static, ()> {
    static ALONE: Mutex<()> = Mutex::new(());
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Whether this thread, attached, has an exception set: between two verbs it must have none.
pub(crate) fn is_error_set() -> bool {
    // SAFETY: asked inside a transaction, where this thread is attached.
    unsafe { !pyo3::ffi::PyErr_Occurred().is_null() }
}
