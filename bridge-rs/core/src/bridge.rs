//! The bridge's own threads.
//!
//! `gilgamesh-python` starts Python and lives on: `threading` takes the thread that imports it first for the main one,
//! and exit handlers run there. `gilgamesh-reaper` frees what threads that ended have left: a state of its own is made
//! for each batch, because freeing states from a kept one would empty that thread's PyGILState slot.

use crate::attach::Attached;
use crate::interpreter::Figures;
use crate::symbols::PyThreadState_DeleteCurrent;
use crate::thread::{KeptState, with_thread};
use crate::transaction::{Scope, repair};
use crossbeam_channel::{Receiver, Sender, unbounded};
use once_cell::sync::Lazy;
use pyo3::ffi;
use std::sync::atomic::{AtomicBool, Ordering};

static EXITING: AtomicBool = AtomicBool::new(false);
static REMAINS: Lazy<Channel<Remains>> = Lazy::new(Channel::new);

/// Stack of the bridge's threads: that of a process's main thread, since Python code runs on it.
const STACK_BYTES: usize = 16 << 20;

struct Channel<T> {
    sender: Sender<T>,
    receiver: Receiver<T>,
}

impl<T> Channel<T> {
    fn new() -> Self {
        let (sender, receiver) = unbounded();
        Channel { sender, receiver }
    }
}

/// What an OS thread that ended has left.
pub(crate) struct Remains {
    pub(crate) states: Vec<KeptState>,
    pub(crate) scopes: Vec<Scope>,
}

/// Whether the process ends: nothing is freed and no work is taken any more.
#[inline]
pub(crate) fn is_exiting() -> bool {
    EXITING.load(Ordering::Relaxed)
}

/// Takes no more work; whether this is the first time.
pub(crate) fn begin_exit() -> bool {
    !EXITING.swap(true, Ordering::SeqCst)
}

/// Starts a thread of the bridge's.
pub(crate) fn spawn(name: &str, work: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
    std::thread::Builder::new().name(name.to_owned()).stack_size(STACK_BYTES).spawn(work).map(drop)
}

/// Leaves the states and scopes of a thread that ends to the reaper; never blocks.
pub(crate) fn post_remains(remains: Remains) {
    // Both ends of the channel live as long as the process.
    let _ = REMAINS.sender.send(remains);
}

/// Frees what threads leave, for as long as the process lives.
pub(crate) fn reap() {
    for remains in &REMAINS.receiver {
        if is_exiting() {
            return;
        }
        bury(remains);
    }
}

fn bury(remains: Remains) {
    let mut scopes = remains.scopes;
    for kept in remains.states {
        let (own, others) = scopes.into_iter().partition(|scope| scope.interpreter.is(kept.interpreter));
        scopes = others;
        free_state(kept, own);
    }
}

fn free_state(dead: KeptState, scopes: Vec<Scope>) {
    let interpreter = dead.interpreter;
    // SAFETY: a live interpreter. The temporary state is made, attached and freed on this thread, which has no other;
    // the dead one's thread is gone, so nobody else uses it. `DeleteCurrent` lets go of the GIL.
    unsafe {
        let temporary = ffi::PyThreadState_New(interpreter.state());
        if temporary.is_null() {
            tracing::warn!("no memory for a thread state: one of an ended thread is left");
            return;
        }
        ffi::PyEval_RestoreThread(temporary);
        let freed = with_thread(|thread| {
            thread.note_current(Some(interpreter));
            let at = Attached::assume(thread);
            scopes.into_iter().rev().for_each(|scope| repair(at, scope));
            ffi::PyThreadState_Clear(dead.state);
            ffi::PyThreadState_Delete(dead.state);
            thread.note_current(None);
            Ok(())
        });
        debug_assert!(freed.is_ok(), "the reaper's thread record lives as long as the thread");
        Figures::drop_one(&interpreter.figures.thread_states);
        tracing::debug!("the state of a thread that ended is freed");
        ffi::PyThreadState_Clear(temporary);
        PyThreadState_DeleteCurrent();
    }
}
