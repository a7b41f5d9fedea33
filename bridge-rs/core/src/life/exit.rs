//! The end of the process: Python is never finalized, but what it owes its users at exit is done.
//!
//! The steps are functions of the package's `_exit`. They run on the thread that started Python; the thread that ends
//! the process waits for them, each with a limit but for the users' own exit handlers.

use super::{TASKS, Task};
use crate::attach::{Attached, attached};
use crate::bridge::{self, begin_exit};
use crate::entry::{guarded, reply};
use crate::exception::describe;
use crate::failure::{Failure, Reason, write_text};
use crate::interpreter::Interpreter;
use crate::interpreters;
use crate::isolate;
use crate::let_go;
use crate::own::{FromRaw, Raised, call, import_from};
use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};
use gilgamesh_table::wire::{Writer, tag};
use pyo3::ffi;
use std::time::{Duration, Instant};

/// How long an open transaction may take to end by itself before its thread is asked to let go.
const PATIENCE: Duration = Duration::from_millis(50);
/// How much longer than it was told a step may take.
const GRACE: Duration = Duration::from_millis(500);

/// Where the steps are: of the main interpreter, of the others.
const MAIN: &str = "gilgamesh._exit";
const ISOLATED: &str = "gilgamesh._isolated";

/// Ends the work of the process's Python and replies with what was still running.
///
/// Python is never finalized: exit handlers run, streams are flushed, and the process ends with the interpreter in it.
/// Threads that are still in Python then are left to the process's end.
pub fn shutdown(exchange: i64, timeout_nanos: i64) -> i64 {
    guarded(exchange, |exchange| {
        let limit = Duration::from_nanos(u64::try_from(timeout_nanos).unwrap_or(0));
        let left = if begin_exit() { wind_down(limit) } else { Vec::new() };
        reply(exchange, |out| {
            write_texts(out, &left);
            Ok(())
        })
    })
}

fn write_texts(out: &mut Writer<'_>, texts: &[String]) {
    out.u8(tag::LIST);
    // A handful of lines.
    out.u32(texts.len() as u32);
    texts.iter().for_each(|text| write_text(out, text));
}

/// Runs each step on the thread that started Python, as long as the time lasts.
fn wind_down(limit: Duration) -> Vec<String> {
    let deadline = Instant::now() + limit;
    let mut left = Vec::new();
    tracing::debug!(?limit, "Python ends with the process");
    left.extend(leave_isolated(deadline));
    isolate::settle(deadline.min(Instant::now() + GRACE));
    for (function, patience) in
        [("wait_for_threads", true), ("run_exit_handlers", false), ("interrupt", true), ("flush", true)]
    {
        let until = if patience { Some(deadline) } else { None };
        tracing::debug!(step = function, "at the end of the process");
        match run_on_python_thread(function, deadline, until) {
            Ok(lines) => left.extend(lines),
            Err(why) => {
                left.push(why);
                break;
            }
        }
    }
    left
}

/// Ends the work of isolated contexts, on a thread that may be held up by code which never yields.
fn leave_isolated(deadline: Instant) -> Vec<String> {
    let tenanted: Vec<_> = interpreters::all().filter(|interpreter| interpreter.is_let()).collect();
    if tenanted.is_empty() {
        return Vec::new();
    }
    let (done, outcome) = bounded(1);
    let work = move || {
        let left = tenanted.into_iter().flat_map(|interpreter| {
            run_exit_step(interpreter, ISOLATED, "leave", deadline, || ()).unwrap_or_else(|why| vec![why])
        });
        // Nobody listens where the time was up.
        let _ = done.send(left.collect());
    };
    let spawned = bridge::spawn("gilgamesh-leave", work).is_ok();
    let left = if spawned { outcome.recv_deadline(deadline + GRACE).ok() } else { None };
    left.unwrap_or_else(|| vec![waited("end isolated contexts")])
}

fn run_on_python_thread(
    function: &'static str,
    deadline: Instant,
    until: Option<Instant>,
) -> Result<Vec<String>, String> {
    let Some(tasks) = TASKS.get() else { return Ok(Vec::new()) };
    let (done, outcome) = bounded(1);
    let (began, has_begun) = bounded(1);
    let task: Task = Box::new(move || {
        let result = interpreters::interpreter(0).ok_or_else(|| "Python did not start".to_owned()).and_then(|main| {
            run_exit_step(main, MAIN, function, deadline, || {
                let _ = began.send(());
            })
        });
        // Nobody listens where the time was up.
        let _ = done.send(result);
    });
    tasks.send(task).map_err(|_| "the thread that started Python is gone".to_owned())?;
    await_begin(&has_begun, deadline.max(Instant::now() + Duration::from_millis(100)))
        .ok_or_else(|| waited(function))?;
    match until {
        None => outcome.recv().map_err(|_| waited(function))?,
        Some(until) => outcome.recv_deadline(until.max(Instant::now()) + GRACE).map_err(|_| waited(function))?,
    }
}

/// Waits for a step to begin. C code that never yields can keep it from that for ever; a transaction that is open is
/// asked to let go.
fn await_begin(has_begun: &Receiver<()>, until: Instant) -> Option<()> {
    loop {
        match has_begun.recv_deadline(until.min(Instant::now() + PATIENCE)) {
            Ok(()) => return Some(()),
            Err(RecvTimeoutError::Timeout) if Instant::now() < until => let_go::ask(interpreters::interpreter(0)?),
            Err(_) => return None,
        }
    }
}

fn waited(function: &str) -> String {
    format!("{}: the time was up", function.replace('_', " "))
}

fn run_exit_step(
    interpreter: &'static Interpreter,
    module: &str,
    function: &str,
    deadline: Instant,
    began: impl FnOnce(),
) -> Result<Vec<String>, String> {
    let result = attached(interpreter, |at| {
        began();
        exit_step(at, module, function, deadline).map_err(|_| Failure::state(describe(at.py())))
    });
    result.map_err(|failure| match failure.reason() {
        Reason::State(message) => format!("{}: {message}", function.replace('_', " ")),
        other => format!("{other:?}"),
    })
}

fn exit_step(at: Attached<'_>, module: &str, function: &str, deadline: Instant) -> Result<Vec<String>, Raised> {
    let py = at.py();
    let left = deadline.saturating_duration_since(Instant::now()).as_secs_f64();
    // SAFETY: attached; a new float.
    let left = unsafe { ffi::PyFloat_FromDouble(left).owned(py)? };
    let lines = call(&import_from(py, module, function)?, &[&left])?;
    // SAFETY: attached; a list of the package's own, or null and an exception.
    let size = unsafe { ffi::PyList_Size(lines.as_ptr()) };
    let line = |index| {
        // SAFETY: attached; an element that the list keeps alive.
        let line = unsafe { ffi::PyList_GetItem(lines.as_ptr(), index).borrowed(py) };
        line.map(|line| crate::codec::lossy(&line)).ok_or(Raised)
    };
    (0..size).map(line).collect()
}
