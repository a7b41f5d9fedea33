//! Cleaning interpreters whose context was closed, on threads of the bridge.
//!
//! What cleaning is stands in the package's `_isolated` and `_baseline`. It begins when no thread of the host's is
//! inside; where one stays, or where a thread of Python's does not end, the interpreter is put aside and looked at again.
//! C code that never yields can hold up whoever attaches: then another thread takes over the rest of the queue.

use crate::attach::{Attached, attached};
use crate::bridge::{is_exiting, spawn};
use crate::context::{Context, release_own};
use crate::exception::describe;
use crate::failure::Failure;
use crate::holder::now;
use crate::interpreter::Interpreter;
use crate::interpreters;
use crate::own::{Raised, call, checked, import_from};
use crossbeam_channel::{Receiver, Sender, unbounded};
use once_cell::sync::Lazy;
use pyo3::ffi;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How long a taker waits for one that is being cleaned: it takes a tenth of that, and a new one would stay for ever.
const WORTH_WAITING: Duration = Duration::from_millis(250);
/// The same once there are interpreters enough to keep the processors busy: then a new one only adds to what has to be
/// cleaned.
const WORTH_WAITING_AMONG_MANY: Duration = Duration::from_secs(5);
/// How often those that were put aside are looked at.
const RECHECK: Duration = Duration::from_millis(20);
/// A cleaning that takes longer is held up, and another thread goes on with the queue.
const HELD_UP: Duration = Duration::from_secs(2);

type Queue = Lazy<(Sender<&'static Interpreter>, Receiver<&'static Interpreter>)>;

static CLEAN: Queue = Lazy::new(unbounded);
static LEAVING: Queue = Lazy::new(unbounded);
/// Those that still run something.
static ASIDE: Mutex<Vec<&'static Interpreter>> = Mutex::new(Vec::new());
/// How many are on their way to the clean ones.
static COMING: AtomicUsize = AtomicUsize::new(0);
static LOST: AtomicU64 = AtomicU64::new(0);
/// Whether there is a cleaning thread.
static STARTED: AtomicBool = AtomicBool::new(false);
/// When the thread that cleans began with what it does now; 0 while it waits for work.
static BUSY_SINCE: AtomicU64 = AtomicU64::new(0);

/// A clean one, waited for where one is about to be. The thread is not attached to any.
pub(super) fn take() -> Option<&'static Interpreter> {
    let clean = &CLEAN.1;
    if let Ok(found) = clean.try_recv() {
        return Some(found);
    }
    let deadline = Instant::now() + patience();
    while COMING.load(Ordering::Acquire) > 0 && Instant::now() < deadline {
        if let Ok(found) = clean.recv_timeout(RECHECK) {
            return Some(found);
        }
    }
    clean.try_recv().ok()
}

fn patience() -> Duration {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    if interpreters::all().count() > 4 * processors { WORTH_WAITING_AMONG_MANY } else { WORTH_WAITING }
}

/// Queues one whose context was closed; never blocks.
pub(super) fn post(interpreter: &'static Interpreter) {
    COMING.fetch_add(1, Ordering::AcqRel);
    // Both ends of the channel live as long as the process.
    let _ = LEAVING.0.send(interpreter);
    engage();
}

/// Clean ones, those put aside, and lost ones.
pub(super) fn figures() -> (u64, u64, u64) {
    (CLEAN.1.len() as u64, aside().len() as u64, LOST.load(Ordering::Relaxed))
}

/// Waits until nothing is being cleaned, or time is up.
pub(super) fn settle(deadline: Instant) {
    while BUSY_SINCE.load(Ordering::Relaxed) != 0 && Instant::now() < deadline {
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// Sees to it that there is a thread which is not held up.
fn engage() {
    let since = BUSY_SINCE.load(Ordering::Relaxed);
    let held_up = since != 0 && now().saturating_sub(since) > HELD_UP.as_nanos() as u64;
    if STARTED.swap(true, Ordering::AcqRel) && !held_up {
        return;
    }
    BUSY_SINCE.store(0, Ordering::Relaxed);
    if let Err(error) = spawn("gilgamesh-recycler", work) {
        STARTED.store(false, Ordering::Release);
        tracing::warn!(%error, "no thread could be made to clean interpreters");
    }
}

fn work() {
    while !is_exiting() {
        let aside = !aside().is_empty();
        let next = if aside { LEAVING.1.recv_timeout(RECHECK).ok() } else { LEAVING.1.recv().ok() };
        BUSY_SINCE.store(now(), Ordering::Relaxed);
        if let Some(interpreter) = next {
            process(interpreter);
            COMING.fetch_sub(1, Ordering::AcqRel);
        } else {
            let again = std::mem::take(&mut *self::aside());
            again.into_iter().for_each(process);
        }
        BUSY_SINCE.store(0, Ordering::Relaxed);
    }
}

fn aside() -> MutexGuard<'static, Vec<&'static Interpreter>> {
    ASIDE.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What became of an interpreter.
enum Outcome {
    Clean,
    /// Code runs in it still.
    InUse,
}

fn process(interpreter: &'static Interpreter) {
    let outcome = if interpreter.is_quiet(0) { clean(interpreter) } else { Ok(Outcome::InUse) };
    match outcome {
        Ok(Outcome::Clean) => {
            // Both ends of the channel live as long as the process.
            let _ = CLEAN.0.send(interpreter);
        }
        Ok(Outcome::InUse) => aside().push(interpreter),
        Err(_) if is_exiting() => {}
        Err(failure) => {
            LOST.fetch_add(1, Ordering::Relaxed);
            tracing::warn!(
                number = interpreter.number(),
                ?failure,
                "an interpreter could not be cleaned; it is not used again"
            );
        }
    }
}

fn clean(interpreter: &'static Interpreter) -> Result<Outcome, Failure> {
    attached(interpreter, |at| {
        // A call that was on its way when the context closed finds it closed and leaves; here is one of ours.
        if !interpreter.is_quiet(1) {
            return Ok(Outcome::InUse);
        }
        Context::all(at).into_iter().for_each(Context::begin_close);
        if truth(at, "end_work")? {
            return Ok(Outcome::InUse);
        }
        for context in Context::all(at) {
            context.close();
        }
        release_own(at);
        if truth(at, "clean")? || !interpreter.is_quiet(1) {
            return Ok(Outcome::InUse);
        }
        interpreter.begin_tenancy();
        at.publish_counts();
        Ok(Outcome::Clean)
    })
}

/// What a function of the package's answers: whether threads are left that do not end.
fn truth(at: Attached<'_>, function: &str) -> Result<bool, Failure> {
    let ask = || -> Result<bool, Raised> {
        let answer = call(&import_from(at.py(), "gilgamesh._isolated", function)?, &[])?;
        // SAFETY: attached; an object of the package's own, asked for its truth.
        checked(unsafe { ffi::PyObject_IsTrue(answer.as_ptr()) }).map(|answer| answer != 0)
    };
    ask().map_err(|_| Failure::state(describe(at.py())))
}
