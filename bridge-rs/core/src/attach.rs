//! Attachment: the proof that a thread may run Python, and the way to it.
//!
//! A thread is attached to at most one interpreter. Entering another suspends the outer attachment and resumes it at
//! the end, so no thread waits for one GIL while it holds another. Inside a transaction the attachment is already
//! there, and entering costs a comparison.

use crate::failure::Failure;
use crate::interpreter::{Figures, Interpreter};
use crate::reclaim;
use crate::thread::{Thread, with_thread};
use pyo3::{Python, ffi};

/// Proof that the running thread is attached for `'a`, to the interpreter that its record names.
///
/// A pointer and no more, so that it travels in a register with what it proves.
#[derive(Clone, Copy)]
pub(crate) struct Attached<'a> {
    py: Python<'a>,
    thread: &'a Thread,
}

impl<'a> Attached<'a> {
    /// The proof, once the thread is attached.
    ///
    /// # Safety
    /// The running thread's record says what it is attached to, and both stay so whenever the proof is used in `'a`.
    pub(crate) unsafe fn assume(thread: &'a Thread) -> Self {
        // SAFETY: attached (contract above).
        Attached { py: unsafe { Python::assume_attached() }, thread }
    }

    #[inline]
    pub(crate) fn py(self) -> Python<'a> {
        self.py
    }

    #[inline]
    pub(crate) fn interpreter(self) -> &'static Interpreter {
        debug_assert!(self.thread.current().is_some(), "a proof of an attachment that is over was used");
        // SAFETY: an attached thread's record names the interpreter (contract of `assume`).
        unsafe { self.thread.current().unwrap_unchecked() }
    }

    #[inline]
    pub(crate) fn thread(self) -> &'a Thread {
        self.thread
    }
}

impl Attached<'_> {
    /// Runs the host's code, detached meanwhile. Transactions that it left open are ended.
    pub(crate) fn in_host<R>(self, work: impl FnOnce() -> R) -> Result<R, Failure> {
        let open = self.thread.scopes.borrow().len();
        let result = self.thread.in_host(self.interpreter(), work);
        crate::transaction::end_left_open(self, open);
        result
    }
}

/// Runs what Python code called, as attached to the interpreter that runs it: on a thread of Python's own too.
pub(crate) fn called<R>(work: impl FnOnce(Attached<'_>) -> Result<R, Failure>) -> Result<R, Failure> {
    with_thread(|thread| {
        let _foreign = match thread.current() {
            Some(_) => None,
            None => Some(Foreign::note(thread)?),
        };
        // SAFETY: attached, since Python code runs, and noted; who detaches meanwhile attaches again.
        work(unsafe { Attached::assume(thread) })
    })
}

/// A thread that Python made and attached by itself, noted as attached while it runs code of ours.
struct Foreign<'a>(&'a Thread);

impl<'a> Foreign<'a> {
    fn note(thread: &'a Thread) -> Result<Self, Failure> {
        // SAFETY: attached: Python code runs.
        let state = unsafe { ffi::PyInterpreterState_Get() };
        let interpreter = crate::interpreters::of_state(state);
        thread.note_current(Some(interpreter.ok_or_else(|| Failure::state("this interpreter is not the bridge's"))?));
        Ok(Foreign(thread))
    }
}

impl Drop for Foreign<'_> {
    fn drop(&mut self) {
        self.0.note_current(None);
    }
}

/// Runs `work` attached to `interpreter`; the thread is as it was before when this returns or unwinds.
#[inline]
pub(crate) fn attached<R>(
    interpreter: &'static Interpreter,
    work: impl FnOnce(Attached<'_>) -> Result<R, Failure>,
) -> Result<R, Failure> {
    with_thread(|thread| {
        let _attachment = Attachment::enter(thread, interpreter)?;
        // SAFETY: the guard attached the thread, or it was, and holds on until it is dropped, after `work`.
        work(unsafe { Attached::assume(thread) })
    })
}

/// Runs `work`, which waits for another thread, without holding any interpreter's GIL meanwhile.
pub(crate) fn waiting<R>(work: impl FnOnce() -> R) -> Result<R, Failure> {
    with_thread(|thread| {
        let Some(held) = thread.current() else { return Ok(work()) };
        thread.save();
        let result = work();
        thread.restore(held)?;
        thread.note_in_host(held);
        Ok(result)
    })
}

/// Whether this thread is attached to `interpreter` already, so that attaching to it is free.
pub(crate) fn is_nested(interpreter: &'static Interpreter) -> bool {
    with_thread(|thread| Ok(thread.is_attached_to(interpreter))).unwrap_or(false)
}

/// What ends an attachment: nothing much for a call of a thread that is attached already (in a transaction, most
/// likely), else letting go, and resuming the interpreter that was suspended for it.
struct Attachment<'a> {
    thread: &'a Thread,
    interpreter: &'static Interpreter,
    nested: bool,
    suspended: Option<&'static Interpreter>,
}

impl<'a> Attachment<'a> {
    #[inline]
    fn enter(thread: &'a Thread, interpreter: &'static Interpreter) -> Result<Self, Failure> {
        if !thread.claim(interpreter) {
            return Attachment::enter_outermost(thread, interpreter);
        }
        if interpreter.holder.is_wanted() {
            give_way(thread, interpreter)?;
        }
        Ok(Attachment { thread, interpreter, nested: true, suspended: None })
    }

    #[inline(never)]
    fn enter_outermost(thread: &'a Thread, interpreter: &'static Interpreter) -> Result<Self, Failure> {
        let suspended = thread.current();
        thread.save();
        let attachment = Attachment { thread, interpreter, nested: false, suspended };
        thread.restore(interpreter)?;
        Figures::bump(&interpreter.figures.attaches);
        Figures::bump(&interpreter.figures.visits);
        attachment.drain();
        Ok(attachment)
    }

    /// Releases what the JVM's collector found dead: a bounded number, at both ends of an attachment.
    #[inline]
    fn drain(&self) {
        if reclaim::has_work(self.interpreter) {
            // SAFETY: called only while this guard holds the attachment.
            reclaim::drain_some(unsafe { Attached::assume(self.thread) });
        }
    }

    #[inline(never)]
    fn leave_outermost(&self) {
        if self.thread.is_attached_to(self.interpreter) {
            self.drain();
            // SAFETY: this guard still holds the attachment.
            unsafe { Attached::assume(self.thread) }.publish_counts();
            Figures::drop_one(&self.interpreter.figures.visits);
            self.thread.save();
        }
        if let Some(suspended) = self.suspended {
            // Its state is known, so attaching again cannot fail.
            let _ = self.thread.restore(suspended);
        }
    }
}

impl Drop for Attachment<'_> {
    #[inline]
    fn drop(&mut self) {
        if !self.nested {
            return self.leave_outermost();
        }
        if self.interpreter.holder.is_wanted() {
            // A failure would be one to attach again with a state that is known: there is none.
            let _ = give_way(self.thread, self.interpreter);
        }
        self.interpreter.holder.back_to_host(self.thread.host_thread());
    }
}

/// Lets go of the GIL for a moment, since another thread has waited longer than the switch interval.
#[cold]
fn give_way(thread: &Thread, interpreter: &'static Interpreter) -> Result<(), Failure> {
    let seen = interpreter.holder.seen_arrivals();
    thread.save();
    interpreter.holder.wait_for_arrival(seen);
    thread.restore(interpreter)?;
    thread.note_in_host(interpreter);
    Ok(())
}
