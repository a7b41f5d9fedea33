//! Releases what the JVM's collector found dead.
//!
//! The references arrive on the interpreter's queue from any thread. Attached threads take a bounded number at both
//! ends of an outermost attachment, so no single call pays for a burst; where nobody attaches, the host's daemon thread
//! calls [`drain_all`]. A release can run `__del__`, which can do anything, a drain too: each entry leaves the queue and
//! the table before its reference goes, and nothing is held meanwhile.

use crate::attach::{Attached, attached};
use crate::context::Context;
use crate::failure::Failure;
use crate::handle::release;
use crate::interpreter::{Figures, Interpreter};
use std::time::{Duration, Instant};

/// References that one end of an attachment releases at most.
const BATCH: usize = 256;
/// How long the host's daemon thread holds the GIL in one go: less than half of the switch interval.
const SLICE: Duration = Duration::from_millis(2);

/// Closes the contexts that wait for it and releases up to a batch.
#[cold]
pub(crate) fn drain_some(at: Attached<'_>) -> usize {
    let interpreter = at.interpreter();
    while let Some(id) = interpreter.closings.take() {
        // Where it is closed already there is nothing to do.
        if let Ok(context) = Context::find(at, id) {
            context.close();
        }
    }
    let mut taken = 0;
    while taken < BATCH {
        let Some(reference) = interpreter.queue.take() else { break };
        if release(at, reference) {
            Figures::bump(&interpreter.figures.reclaimed);
        }
        taken += 1;
    }
    if taken > 0 {
        at.publish_counts();
    }
    taken
}

/// Attaches until the queue is empty, for a slice of time each; how many were taken.
///
/// A slice is not a batch: a thread in a transaction lets others in once in a switch interval, and what it makes in that
/// time must not be more than what is freed when its turn is given up.
pub(crate) fn drain_all(interpreter: &'static Interpreter) -> Result<usize, Failure> {
    let mut taken = 0;
    while has_work(interpreter) {
        taken += attached(interpreter, |at| Ok(drain_slice(at)))?;
    }
    Ok(taken)
}

fn drain_slice(at: Attached<'_>) -> usize {
    let begun = Instant::now();
    let mut taken = 0;
    while has_work(at.interpreter()) && begun.elapsed() < SLICE {
        taken += drain_some(at);
    }
    taken
}

/// Whether a release or a close waits.
#[inline]
pub(crate) fn has_work(interpreter: &Interpreter) -> bool {
    !interpreter.queue.is_empty() || !interpreter.closings.is_empty()
}
