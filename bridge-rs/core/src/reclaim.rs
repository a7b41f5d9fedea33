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

/// References that one end of an attachment releases at most.
const BATCH: usize = 256;

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

/// Attaches, batch by batch, until the queue is empty; how many were taken.
pub(crate) fn drain_all(interpreter: &'static Interpreter) -> Result<usize, Failure> {
    let mut taken = 0;
    while !interpreter.queue.is_empty() || !interpreter.closings.is_empty() {
        taken += attached(interpreter, |at| Ok(drain_some(at)))?;
    }
    Ok(taken)
}
