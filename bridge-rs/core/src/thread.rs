//! One OS thread: its kept thread states, what it is attached to, and its open transactions.
//!
//! A thread keeps one thread state per interpreter from its first attach to its end, so `threading.local`, context
//! variables and trace functions last between calls. Owner: this record, in a thread-local. When the OS thread ends,
//! the record only lets go of the GIL (where a transaction was left open) and posts what it owned to the reaper thread:
//! deleting a state can run `__del__`, which can call the host, which the thread may have left already. Where Python is
//! shutting down, nothing is posted: the process ends.

use crate::bridge::{Remains, post_remains};
use crate::failure::Failure;
use crate::holder::Waiting;
use crate::interpreter::{Figures, Interpreter};
use crate::pulse::Pulse;
use crate::stack::{self, Budget};
use crate::transaction::{Newest, Scope};
use crate::upcall::{Buffer, give_up};
use once_cell::sync::OnceCell;
use pyo3::ffi;
use std::cell::{Cell, RefCell};
use std::sync::atomic::{Ordering, compiler_fence};

/// What this OS thread has and holds.
pub(crate) struct Thread {
    /// The interpreter whose state is current on this thread, as far as the bridge made it so.
    current: Cell<Option<&'static Interpreter>>,
    /// The state used last: nearly always the one that is wanted.
    recent: Cell<Option<KeptState>>,
    states: RefCell<Vec<KeptState>>,
    pub(crate) scopes: RefCell<Vec<Scope>>,
    /// The newest scope, repeated for the path that every call takes.
    pub(crate) newest: Cell<Option<Newest>>,
    /// Where the stack stood when the budget of the state used last was fitted to it.
    fitted_at: Cell<usize>,
    /// The host's number of this thread, while it has a scope open; else 0.
    pub(crate) host_thread: Cell<i64>,
    /// The operating system's number of this thread, once asked for; else 0.
    os_thread: Cell<i32>,
    /// How many scopes were open when Python code called the host: those below are of calls that still run.
    pub(crate) floor: Cell<usize>,
    /// How many references of the host's were taken over on this thread.
    adopted: Cell<i64>,
    /// The host's buffer that the next upcall takes: found here with one look-up for all that a call needs.
    pub(crate) upcall_buffer: Cell<Option<Buffer>>,
    /// What other threads may see of this one, from its first attach on.
    pulse: Cell<Option<&'static Pulse>>,
}

/// A thread state and the interpreter that it belongs to.
#[derive(Clone, Copy)]
pub(crate) struct KeptState {
    pub(crate) interpreter: &'static Interpreter,
    pub(crate) state: *mut ffi::PyThreadState,
    /// The tenancy of the interpreter in which it was made.
    tenancy: u32,
    /// What its recursion may take of this thread's stack.
    budget: Option<Budget>,
}

impl KeptState {
    /// Whether it is a state of that interpreter, made for whoever has it now.
    #[inline]
    fn is_for(&self, interpreter: &Interpreter) -> bool {
        self.interpreter.is(interpreter) && self.tenancy == interpreter.tenancy()
    }
}

thread_local! {
    static THREAD: Thread = const {
        Thread {
            current: Cell::new(None),
            recent: Cell::new(None),
            states: RefCell::new(Vec::new()),
            scopes: RefCell::new(Vec::new()),
            newest: Cell::new(None),
            fitted_at: Cell::new(0),
            host_thread: Cell::new(0),
            os_thread: Cell::new(0),
            floor: Cell::new(0),
            adopted: Cell::new(0),
            upcall_buffer: Cell::new(None),
            pulse: Cell::new(None),
        }
    };
}

/// Tells the host's number of the running thread, 0 where the host does not know it.
static HOST_THREAD: OnceCell<fn() -> i64> = OnceCell::new();

/// Sets how a thread finds out its number, which is asked once a thread; the first one stays.
pub fn set_host_thread(ask: fn() -> i64) {
    let _ = HOST_THREAD.set(ask);
}

/// Runs `work` with this thread's record.
#[inline]
pub(crate) fn with_thread<R>(work: impl FnOnce(&Thread) -> Result<R, Failure>) -> Result<R, Failure> {
    THREAD.try_with(work).unwrap_or_else(|_| Err(Failure::state("this thread is ending; it cannot run Python")))
}

impl Thread {
    /// The interpreter that this thread is attached to.
    #[inline]
    pub(crate) fn current(&self) -> Option<&'static Interpreter> {
        self.current.get()
    }

    /// What other threads may see of this one.
    #[inline]
    pub(crate) fn pulse(&self) -> &'static Pulse {
        self.pulse.get().unwrap_or_else(|| self.first_pulse())
    }

    #[cold]
    fn first_pulse(&self) -> &'static Pulse {
        let pulse = Pulse::take(HOST_THREAD.get().map_or(0, |ask| ask()));
        self.pulse.set(Some(pulse));
        pulse
    }

    /// Whether it is attached to this one.
    #[inline]
    pub(crate) fn is_attached_to(&self, interpreter: &Interpreter) -> bool {
        self.current.get().is_some_and(|current| current.is(interpreter))
    }

    /// Whether it is attached to this one; from here on it counts as running Python, so nobody asks it to let go.
    #[inline]
    pub(crate) fn claim(&self, interpreter: &Interpreter) -> bool {
        if !self.is_attached_to(interpreter) {
            return false;
        }
        interpreter.holder.leave_host();
        // The signal of `let_go` may have come before the mark was gone.
        compiler_fence(Ordering::SeqCst);
        self.is_attached_to(interpreter)
    }

    /// The operating system's number of this thread.
    pub(crate) fn os_thread(&self) -> i32 {
        if self.os_thread.get() == 0 {
            #[cfg(target_os = "linux")]
            // SAFETY: asks for a number.
            self.os_thread.set(unsafe { libc::gettid() });
        }
        self.os_thread.get()
    }

    /// The host's number of this thread, where it is in a transaction; else 0.
    #[inline]
    pub(crate) fn host_thread(&self) -> i64 {
        self.host_thread.get()
    }

    /// Attaches with the kept state, which is made where there is none yet. The thread is detached before.
    #[inline]
    pub(crate) fn restore(&self, interpreter: &'static Interpreter) -> Result<(), Failure> {
        // Registering costs two atomic additions, so a call does it only where it is likely to wait.
        let waiting = interpreter.holder.is_busy().then(|| interpreter.holder.wait());
        self.restore_waiting(interpreter, waiting)
    }

    /// Attaches as one that is registered as waiting, until it is attached.
    pub(crate) fn restore_waiting(
        &self,
        interpreter: &'static Interpreter,
        waiting: Option<Waiting<'_>>,
    ) -> Result<(), Failure> {
        let kept = match self.recent.get() {
            Some(kept) if kept.is_for(interpreter) => kept,
            _ => self.kept_state(interpreter)?,
        };
        self.restore_state(kept);
        self.fit(&kept);
        if let Some(waiting) = waiting {
            waiting.arrived();
        }
        Ok(())
    }

    /// Fits the recursion budget to the stack, where that stands elsewhere than last time: deeper in the host's code.
    #[inline]
    fn fit(&self, kept: &KeptState) {
        let here = stack::pointer();
        if here.abs_diff(self.fitted_at.get()) > stack::FIT_STEP {
            self.fitted_at.set(here);
            if let Some(budget) = &kept.budget {
                budget.refresh();
            }
        }
    }

    fn restore_state(&self, kept: KeptState) {
        // SAFETY: a state of this thread's, not deleted (only the reaper does that, after the thread's end); the thread
        // has no current state (`current` is what the bridge attached, and every entry into it detaches at its end).
        unsafe { ffi::PyEval_RestoreThread(kept.state) };
        kept.interpreter.holder.taken();
        self.current.set(Some(kept.interpreter));
    }

    #[cold]
    fn kept_state(&self, interpreter: &'static Interpreter) -> Result<KeptState, Failure> {
        let known = self.states.borrow().iter().find(|kept| kept.interpreter.is(interpreter)).copied();
        let kept = match known {
            Some(kept) if kept.is_for(interpreter) => kept,
            former => self.first_attach(interpreter, former)?,
        };
        self.recent.set(Some(kept));
        self.fitted_at.set(0);
        Ok(kept)
    }

    /// Makes a state and leaves it detached. The one of a former tenancy, which has what that tenant's code set for this
    /// thread, is freed: by this thread itself, and after another one is current, so that nothing points to it.
    fn first_attach(&self, interpreter: &'static Interpreter, former: Option<KeptState>) -> Result<KeptState, Failure> {
        stack::check()?;
        // SAFETY: a live interpreter; making a state needs no attachment.
        let state = unsafe { ffi::PyThreadState_New(interpreter.state()) };
        if state.is_null() {
            return Err(Failure::state("CPython could not make a thread state: out of memory"));
        }
        let mut kept = KeptState { interpreter, state, tenancy: interpreter.tenancy(), budget: None };
        self.restore_state(kept);
        Figures::bump(&interpreter.figures.thread_states);
        if let Some(former) = former {
            self.free(former);
        }
        // SAFETY: attached with `state`, which was made just now on this thread.
        kept.budget = Some(unsafe { stack::prepare(state, interpreter.version()) });
        self.states.borrow_mut().push(kept);
        tracing::debug!(os_thread = self.os_thread(), "a thread attached for the first time");
        self.save();
        Ok(kept)
    }

    fn free(&self, former: KeptState) {
        self.states.borrow_mut().retain(|kept| kept.state != former.state);
        // SAFETY: attached to the interpreter of this state with another one; this thread made it, and no frame of it is
        // on the stack: no thread is inside when a tenancy ends.
        unsafe {
            ffi::PyThreadState_Clear(former.state);
            ffi::PyThreadState_Delete(former.state);
        }
        Figures::drop_one(&former.interpreter.figures.thread_states);
    }

    /// Takes over a state that CPython made on this thread itself and that is current: the starting thread's.
    pub(crate) fn adopt(&self, interpreter: &'static Interpreter, state: *mut ffi::PyThreadState) {
        // SAFETY: attached with `state`, this thread's first.
        let budget = Some(unsafe { stack::prepare(state, interpreter.version()) });
        let kept = KeptState { interpreter, state, tenancy: interpreter.tenancy(), budget };
        self.states.borrow_mut().push(kept);
        self.recent.set(Some(kept));
        self.current.set(Some(interpreter));
        Figures::bump(&interpreter.figures.thread_states);
        interpreter.holder.taken();
    }

    /// CPython itself has detached this thread, to attach it to an interpreter that it made.
    pub(crate) fn was_detached(&self) {
        if let Some(interpreter) = self.current.take() {
            interpreter.holder.left();
            interpreter.holder.announce_free();
        }
    }

    /// Notes what the reaper attached by itself with a temporary state, so that what runs meanwhile is nested in it.
    pub(crate) fn note_current(&self, interpreter: Option<&'static Interpreter>) {
        self.current.set(interpreter);
    }

    /// Detaches.
    #[inline]
    pub(crate) fn save(&self) {
        let Some(interpreter) = self.current.get() else { return };
        interpreter.holder.left();
        // As in `claim`.
        compiler_fence(Ordering::SeqCst);
        if self.current.take().is_none() {
            return;
        }
        // SAFETY: attached: `current` said so. The state stays in `states`.
        unsafe { ffi::PyEval_SaveThread() };
        interpreter.holder.announce_free();
    }

    /// Runs the host's code on behalf of Python code: detached, and attached with the same state afterwards.
    pub(crate) fn in_host<R>(&self, interpreter: &'static Interpreter, work: impl FnOnce() -> R) -> Result<R, Failure> {
        let lent = self.lend_foreign(interpreter);
        let floor = self.floor.replace(self.scopes.borrow().len());
        self.save();
        let result = work();
        // Where the host left a transaction open, the thread is attached already.
        let restored = if self.claim(interpreter) { Ok(()) } else { self.enter_again(interpreter) };
        self.floor.set(floor);
        if let Some(state) = lent {
            self.take_back(state);
        }
        restored.map(|()| result)
    }

    fn enter_again(&self, interpreter: &'static Interpreter) -> Result<(), Failure> {
        self.save();
        self.restore(interpreter)
    }

    /// Notes the state of a thread that Python made, so that what it does in the host uses the same one; it is
    /// Python's, so only until the host returns.
    fn lend_foreign(&self, interpreter: &'static Interpreter) -> Option<*mut ffi::PyThreadState> {
        // SAFETY: attached: Python code runs.
        let state = unsafe { ffi::PyThreadState_Get() };
        let is_ours = self.recent.get().is_some_and(|recent| recent.state == state)
            || self.states.borrow().iter().any(|kept| kept.state == state);
        if is_ours {
            return None;
        }
        let kept = KeptState { interpreter, state, tenancy: interpreter.tenancy(), budget: None };
        self.states.borrow_mut().insert(0, kept);
        self.recent.set(Some(kept));
        Some(state)
    }

    fn take_back(&self, state: *mut ffi::PyThreadState) {
        self.states.borrow_mut().retain(|kept| kept.state != state);
        self.recent.set(None);
    }

    /// Counts a reference of the host's that was taken over.
    pub(crate) fn count_adopted(&self) {
        self.adopted.set(self.adopted.get() + 1);
    }

    /// How many were taken over so far.
    pub(crate) fn adopted(&self) -> i64 {
        self.adopted.get()
    }

    /// Detaches where the thread runs the host's code; called by a signal handler on this thread, at any moment.
    pub(crate) fn save_in_host(&self) {
        if self.current.get().is_some_and(|interpreter| interpreter.holder.is_in_host(self.host_thread())) {
            self.save();
        }
    }
}

impl Drop for Thread {
    fn drop(&mut self) {
        // Even when the process ends: its exit handlers wait for the GIL.
        self.save();
        if let Some(buffer) = self.upcall_buffer.take() {
            give_up(buffer);
        }
        if let Some(pulse) = self.pulse.take() {
            pulse.give_back();
        }
        if crate::bridge::is_exiting() {
            return;
        }
        let states = std::mem::take(&mut *self.states.borrow_mut());
        let scopes = std::mem::take(&mut *self.scopes.borrow_mut());
        if !states.is_empty() {
            post_remains(Remains { states, scopes });
        }
    }
}

// SAFETY: a record of pointers that only the reaper follows, when the thread that made them is gone.
unsafe impl Send for KeptState {}
