//! Interpreters for isolated contexts: made when one is asked for, cleaned when its context was closed, and used again.
//!
//! An interpreter serves one context at a time. CPython loses megabytes with each that is ended (3.12, 3.13) and cannot
//! end one in which a living thread has a state, so none is: a closed context's interpreter goes to [`recycle`], which
//! waits until nobody runs code in it, takes away what the context left, and puts it among the clean ones.

mod make;
mod recycle;

use crate::attach::waiting;
use crate::context::ContextId;
use crate::failure::Failure;
use crate::interpreter::Interpreter;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

static MADE: AtomicU64 = AtomicU64::new(0);
static REUSED: AtomicU64 = AtomicU64::new(0);

/// An interpreter that serves nobody: a clean one, or a new one.
pub(crate) fn take() -> Result<&'static Interpreter, Failure> {
    if let Some(clean) = waiting(recycle::take)? {
        REUSED.fetch_add(1, Ordering::Relaxed);
        return Ok(clean);
    }
    let made = waiting(make::make)??;
    MADE.fetch_add(1, Ordering::Relaxed);
    Ok(made)
}

/// Gives the interpreter of a context back, which is closed or will be before the interpreter is used again.
pub(crate) fn give_back(interpreter: &'static Interpreter, context: ContextId) {
    if interpreter.take_from(context) {
        recycle::post(interpreter);
    }
}

/// Gives one back that no context could be opened in.
pub(crate) fn give_back_unused(interpreter: &'static Interpreter) {
    recycle::post(interpreter);
}

/// Waits until no interpreter is being cleaned: a thread that frees memory while the process ends can crash it.
pub(crate) fn settle(deadline: Instant) {
    recycle::settle(deadline);
}

/// Made, reused, clean and waiting to be used, still in use by code of a closed context, and lost, so far or now.
pub(crate) fn figures() -> [u64; 5] {
    let (clean, abandoned, lost) = recycle::figures();
    [MADE.load(Ordering::Relaxed), REUSED.load(Ordering::Relaxed), clean, abandoned, lost]
}
