//! Transactions: a thread stays attached to one context's interpreter, and owns the handles made meanwhile.
//!
//! A scope is a ring of the handle table and an entry of its thread's stack of scopes. It ends on the thread that began
//! it, newest first, and releases its ring. Where the thread ends before the scope does, the thread's record posts the
//! ring to the reaper (see `thread`).

use crate::attach::{Attached, attached};
use crate::context::{Context, ContextId, release_ring};
use crate::failure::{Failure, Reason};
use crate::holder::now;
use crate::interpreter::{Figures, Interpreter};
use crate::thread::{Thread, with_thread};
use gilgamesh_table::Ring;
use once_cell::sync::Lazy;
use std::collections::HashSet;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// One open transaction, owned by its thread's stack.
pub(crate) struct Scope {
    token: i64,
    pub(crate) interpreter: &'static Interpreter,
    pub(crate) ring: Ring,
    /// The host's number of the thread.
    host_thread: i64,
    since: u64,
    /// What the thread was attached to before.
    outer: Option<&'static Interpreter>,
}

/// What every call asks of the newest scope.
#[derive(Clone, Copy)]
pub(crate) struct Newest {
    interpreter: &'static Interpreter,
    ring: Ring,
}

static NEXT_TOKEN: AtomicI64 = AtomicI64::new(1);

/// Scopes that the reaper has ended because their thread did, until the host has asked for them.
static REPAIRED: Lazy<Mutex<HashSet<i64>>> = Lazy::new(Mutex::default);

impl Thread {
    /// The ring that new handles of this interpreter belong to: that of the newest scope in it.
    #[inline]
    pub(crate) fn newest_ring(&self, interpreter: &Interpreter) -> Option<Ring> {
        let newest = self.newest.get()?;
        if newest.interpreter.is(interpreter) {
            return Some(newest.ring);
        }
        self.scopes.borrow().iter().rev().find(|scope| scope.interpreter.is(interpreter)).map(|scope| scope.ring)
    }

    fn note_newest(&self) {
        let scopes = self.scopes.borrow();
        let newest = scopes.last();
        self.newest.set(newest.map(|scope| Newest { interpreter: scope.interpreter, ring: scope.ring }));
        self.host_thread.set(newest.map_or(0, |scope| scope.host_thread));
    }

    /// Says that this thread, which is attached, runs the host's code now, inside its transaction if it has one.
    pub(crate) fn note_in_host(&self, interpreter: &'static Interpreter) {
        if let Some(newest) = self.scopes.borrow().last() {
            interpreter.holder.enter_host(newest.host_thread, self.os_thread(), newest.since);
        }
    }
}

/// Begins a transaction on this thread; its token.
pub(crate) fn begin(id: ContextId, host_thread: i64, limit: Option<Duration>) -> Result<i64, Failure> {
    let interpreter = id.interpreter()?;
    with_thread(|thread| {
        let outer = thread.current();
        if !thread.claim(interpreter) {
            thread.save();
            if let Err(failure) = arrive(thread, interpreter, limit) {
                return resume(thread, outer, Err(failure));
            }
        }
        // SAFETY: attached just now, or before; nothing detaches until this returns.
        let at = unsafe { Attached::assume(thread) };
        match open_scope(at, id, host_thread, outer) {
            Ok(token) => Ok(token),
            Err(failure) if outer.is_some_and(|outer| outer.is(interpreter)) => {
                thread.note_in_host(interpreter);
                Err(failure)
            }
            Err(failure) => {
                thread.save();
                resume(thread, outer, Err(failure))
            }
        }
    })
}

/// Attaches, registered as waiting from the start: the holder of a transaction that was begun meanwhile gives way.
fn arrive(thread: &Thread, interpreter: &'static Interpreter, limit: Option<Duration>) -> Result<(), Failure> {
    let waiting = match limit {
        None => interpreter.holder.wait(),
        Some(limit) => interpreter.holder.wait_for_host(limit).map_err(|(holder, held)| Reason::Timeout {
            holder,
            held_nanos: i64::try_from(held).unwrap_or(i64::MAX),
        })?,
    };
    thread.restore_waiting(interpreter, Some(waiting))
}

fn resume<R>(thread: &Thread, outer: Option<&'static Interpreter>, result: Result<R, Failure>) -> Result<R, Failure> {
    if let Some(outer) = outer {
        thread.restore(outer)?;
    }
    result
}

fn open_scope(
    at: Attached<'_>,
    id: ContextId,
    host_thread: i64,
    outer: Option<&'static Interpreter>,
) -> Result<i64, Failure> {
    Context::find(at, id)?;
    let ring = at.home(|home| home.table.ring()).ok_or_else(|| Failure::state("too many handles are live"))?;
    let token = NEXT_TOKEN.fetch_add(1, Ordering::Relaxed);
    let interpreter = at.interpreter();
    at.thread().scopes.borrow_mut().push(Scope { token, interpreter, ring, host_thread, since: now(), outer });
    at.thread().note_newest();
    Figures::bump(&interpreter.figures.transactions);
    at.thread().note_in_host(interpreter);
    Ok(token)
}

/// Ends the newest transaction of this thread, which must be the one named.
pub(crate) fn end(token: i64) -> Result<i64, Failure> {
    with_thread(|thread| {
        let scope = take_newest(thread, token)?;
        // Before its handles go: what their `__del__` makes belongs to the scope around this one.
        thread.note_newest();
        let _leave = Leave { thread, interpreter: scope.interpreter, outer: scope.outer };
        let released = attached(scope.interpreter, |at| Ok(finish(at, scope.ring)))?;
        i64::try_from(released).map_err(|_| Failure::internal("a count left its range"))
    })
}

/// Lets go of what a transaction was attached to, whatever becomes of its handles.
struct Leave<'a> {
    thread: &'a Thread,
    interpreter: &'static Interpreter,
    outer: Option<&'static Interpreter>,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        if self.outer.is_some_and(|outer| outer.is(self.interpreter)) {
            return;
        }
        self.thread.save();
        // The state of the outer interpreter is known, so attaching to it again cannot fail.
        let _ = resume(self.thread, self.outer, Ok(()));
    }
}

fn take_newest(thread: &Thread, token: i64) -> Result<Scope, Failure> {
    let mut scopes = thread.scopes.borrow_mut();
    let floor = thread.floor.get();
    if scopes.iter().take(floor).any(|scope| scope.token == token) {
        return Err(Failure::state(
            "a call that was made in this transaction still runs: close it when that has returned",
        ));
    }
    match scopes.last() {
        Some(newest) if newest.token == token => scopes.pop().ok_or_else(Failure::context_closed),
        Some(_) if scopes.iter().any(|scope| scope.token == token) => {
            Err(Failure::state("a transaction that was begun later on this thread is still open: close it first"))
        }
        _ => Err(Failure::state("this transaction was begun on another thread: close it there")),
    }
}

/// Ends what code of the host's has begun and left open inside a call from Python: the call's thread goes on as it was.
pub(crate) fn end_left_open(at: Attached<'_>, open: usize) {
    loop {
        let left = {
            let mut scopes = at.thread().scopes.borrow_mut();
            if scopes.len() > open { scopes.pop() } else { None }
        };
        let Some(scope) = left else { return };
        tracing::warn!("a transaction was begun in a call from Python and not closed there");
        at.thread().note_newest();
        finish(at, scope.ring);
        repaired(scope.token);
    }
}

/// Releases a scope's handles and its ring.
pub(crate) fn finish(at: Attached<'_>, ring: Ring) -> u64 {
    let released = release_ring(at, ring);
    at.home(|home| home.table.end(ring));
    Figures::drop_one(&at.interpreter().figures.transactions);
    at.publish_counts();
    crate::reclaim::drain_some(at);
    released
}

/// Lets go of the GIL inside a transaction; [`reattach`] takes it again.
pub(crate) fn detach(id: ContextId) -> Result<(), Failure> {
    let interpreter = id.interpreter()?;
    with_thread(|thread| match thread.current() {
        Some(current) if current.is(interpreter) => {
            thread.save();
            Ok(())
        }
        _ => Err(Failure::state("this thread is not attached")),
    })
}

/// Attaches again inside a transaction.
pub(crate) fn reattach(id: ContextId) -> Result<(), Failure> {
    let interpreter = id.interpreter()?;
    with_thread(|thread| {
        if thread.current().is_none() {
            thread.restore(interpreter)?;
        }
        thread.note_in_host(interpreter);
        Ok(())
    })
}

/// Whether the scope of a thread that ended has been repaired since the last question; `false` while the thread lives.
pub(crate) fn is_repaired(token: i64) -> bool {
    REPAIRED.lock().unwrap_or_else(PoisonError::into_inner).remove(&token)
}

/// What the reaper does with the scopes of a thread that ended.
pub(crate) fn repair(at: Attached<'_>, scope: Scope) {
    finish(at, scope.ring);
    repaired(scope.token);
}

fn repaired(token: i64) {
    REPAIRED.lock().unwrap_or_else(PoisonError::into_inner).insert(token);
}
