//! Handles: make from a value, keep, close, reclaim.

use super::{give, operand, target};
use crate::attach::is_nested;
use crate::bridge;
use crate::context::ContextId;
use crate::entry::{enter, guarded};
use crate::failure::Failure;
use crate::handle::release;
use crate::interpreter::Interpreter;
use crate::interpreters;
use crate::reclaim::drain_all;
use gilgamesh_table::Reference;

/// Makes a Python object of the value of the request.
pub fn make(context: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let value = operand(context, exchange)?;
        give(context, want, value, exchange)
    })
}

/// A second, managed handle on the same object.
pub fn keep(context: i64, reference: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, _| Ok(context.make_managed((*target(context, reference)?).clone())?.to_java()))
}

/// Closes a handle: at once where the thread is attached to its interpreter, else by the queue. Never waits.
pub fn close(context: i64, reference: i64, exchange: i64) -> i64 {
    let reference = Reference::from_java(reference);
    if reference.is_none() {
        return 0;
    }
    let attached = ContextId::from_java(context).interpreter().is_ok_and(is_nested);
    if !attached {
        return post(context, reference);
    }
    // A context that is closed has closed the handle already: nothing is left to do, and nothing is wrong.
    guarded(exchange, |_| {
        crate::attach::attached(ContextId::from_java(context).interpreter()?, |at| {
            release(at, reference);
            Ok(0)
        })
    })
}

fn post(context: i64, reference: Reference) -> i64 {
    if let Ok(interpreter) = ContextId::from_java(context).interpreter() {
        interpreter.queue.post(reference);
    }
    0
}

/// Posts references that the JVM's collector found dead.
pub fn reclaim(interpreter: i64, references: &[i64]) {
    let Some(interpreter) = usize::try_from(interpreter).ok().and_then(interpreters::interpreter) else { return };
    if bridge::is_exiting() {
        let abandoned = &interpreter.figures.abandoned;
        abandoned.fetch_add(references.len() as u64, std::sync::atomic::Ordering::Relaxed);
        return;
    }
    references.iter().for_each(|reference| interpreter.queue.post(Reference::from_java(*reference)));
}

/// Whether the thread that drains waits for this interpreter: for an isolated one only where nobody is attached, for who
/// is drains the queue when it leaves, and the others need not wait for it.
fn is_in_reach(interpreter: &Interpreter) -> bool {
    interpreter.number() == 0 || !interpreter.holder.is_busy()
}

/// Drains the queues of dead handles; how many were taken.
pub fn drain(exchange: i64) -> i64 {
    guarded(exchange, |_| {
        if bridge::is_exiting() {
            return Ok(0);
        }
        let mut taken = 0;
        for interpreter in interpreters::all().filter(|interpreter| is_in_reach(interpreter)) {
            taken += drain_all(interpreter)?;
        }
        i64::try_from(taken).map_err(|_| Failure::internal("a count left its range"))
    })
}
