//! Attachment: the proof that a thread may run Python, and the way to it.
//!
//! A thread is attached to at most one interpreter. Entering another suspends the outer attachment and resumes it at
//! the end, so no thread waits for one GIL while it holds another. Inside a transaction the attachment is already
//! there, and entering costs a comparison.

use crate::failure::Failure;
use crate::interpreter::{Figures, Interpreter};
use crate::reclaim;
use crate::thread::{Thread, with_thread};
use pyo3::Python;

/// Proof that the running thread is attached to `interpreter` for `'a`.
#[derive(Clone, Copy)]
pub(crate) struct Attached<'a> {
    py: Python<'a>,
    interpreter: &'static Interpreter,
    thread: &'a Thread,
}

impl<'a> Attached<'a> {
    /// The proof, once the thread is attached.
    ///
    /// # Safety
    /// The thread is attached to `interpreter` and stays so for `'a`.
    pub(crate) unsafe fn assume(interpreter: &'static Interpreter, thread: &'a Thread) -> Self {
        // SAFETY: attached (contract above).
        Attached { py: unsafe { Python::assume_attached() }, interpreter, thread }
    }

    #[inline]
    pub(crate) fn py(self) -> Python<'a> {
        self.py
    }

    #[inline]
    pub(crate) fn interpreter(self) -> &'static Interpreter {
        self.interpreter
    }

    #[inline]
    pub(crate) fn thread(self) -> &'a Thread {
        self.thread
    }
}

/// Runs `work` attached to `interpreter`; the thread is as it was before when this returns or unwinds.
#[inline]
pub(crate) fn attached<R>(
    interpreter: &'static Interpreter,
    work: impl FnOnce(Attached<'_>) -> Result<R, Failure>,
) -> Result<R, Failure> {
    with_thread(|thread| {
        let guard = Guard::enter(thread, interpreter)?;
        // SAFETY: the guard attached the thread and holds on until it is dropped, after `work`.
        let result = work(unsafe { Attached::assume(interpreter, thread) });
        drop(guard);
        result
    })
}

/// What to do when an attachment ends.
enum Outer {
    /// The thread was attached to this interpreter already.
    Same,
    /// It was attached to none, or to this other one, which is resumed.
    Other(Option<&'static Interpreter>),
}

struct Guard<'a> {
    thread: &'a Thread,
    interpreter: &'static Interpreter,
    outer: Outer,
}

impl<'a> Guard<'a> {
    #[inline]
    fn enter(thread: &'a Thread, interpreter: &'static Interpreter) -> Result<Self, Failure> {
        let current = thread.current();
        if current.is_some_and(|current| current.is(interpreter)) {
            interpreter.holder.leave_host();
            give_way_if_wanted(thread, interpreter)?;
            return Ok(Guard { thread, interpreter, outer: Outer::Same });
        }
        thread.save();
        let guard = Guard { thread, interpreter, outer: Outer::Other(current) };
        thread.restore(interpreter)?;
        Figures::bump(&interpreter.figures.attaches);
        guard.drain();
        Ok(guard)
    }

    /// Releases what the JVM's collector found dead: a bounded number, at both ends of an outermost attachment.
    fn drain(&self) {
        if !self.interpreter.queue.is_empty() || !self.interpreter.closings.is_empty() {
            // SAFETY: called only while this guard holds the attachment.
            reclaim::drain_some(unsafe { Attached::assume(self.interpreter, self.thread) });
        }
    }
}

/// Lets go of the GIL for a moment where another thread has waited longer than the switch interval.
#[inline]
fn give_way_if_wanted(thread: &Thread, interpreter: &'static Interpreter) -> Result<(), Failure> {
    if interpreter.holder.is_wanted() { give_way(thread, interpreter) } else { Ok(()) }
}

#[cold]
fn give_way(thread: &Thread, interpreter: &'static Interpreter) -> Result<(), Failure> {
    let seen = interpreter.holder.seen_arrivals();
    thread.save();
    interpreter.holder.wait_for_arrival(seen);
    thread.restore(interpreter)
}

impl Drop for Guard<'_> {
    #[inline]
    fn drop(&mut self) {
        match self.outer {
            Outer::Same => self.back_to_host(),
            Outer::Other(outer) => self.leave(outer),
        }
    }
}

impl Guard<'_> {
    #[inline]
    fn back_to_host(&self) {
        // A failure here is a failure to attach again with a state that is known: it cannot happen.
        let _ = give_way_if_wanted(self.thread, self.interpreter);
        crate::transaction::note_in_host(self.thread, self.interpreter);
    }

    fn leave(&self, outer: Option<&'static Interpreter>) {
        if self.thread.current().is_some() {
            self.drain();
            // SAFETY: this guard still holds the attachment.
            unsafe { Attached::assume(self.interpreter, self.thread) }.publish_counts();
        }
        self.thread.save();
        if let Some(outer) = outer {
            // The outer state is known, so restoring it cannot fail.
            let _ = self.thread.restore(outer);
        }
    }
}
