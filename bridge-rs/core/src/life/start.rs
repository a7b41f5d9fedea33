//! Starting Python: on a thread of its own, which lives on and runs the exit handlers.

use super::set_up::set_up;
use super::settings::Settings;
use super::{SETTINGS, TASKS, Task};
use crate::attach::attached;
use crate::bridge::{reap, spawn};
use crate::codec::Form;
use crate::context::Context;
use crate::entry::{guarded, reply};
use crate::exception::describe;
use crate::failure::Failure;
use crate::interpreters;
use crate::own::{call, import_from};
use crate::signals::Handlers;
use crate::symbols;
use crate::thread::with_thread;
use crossbeam_channel::{Receiver, Sender, bounded};
use gilgamesh_table::wire::Exchange;
use pyo3::ffi;
use std::sync::atomic::{AtomicBool, Ordering};

/// Oldest `sys.hexversion` that works, and the first that was never tried.
const OLDEST: u32 = 0x030b_0000;

/// Starts Python on a thread of the bridge's and replies with facts about it.
pub fn start(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let settings = Settings::read(&mut exchange.reader())?;
        check_library()?;
        check_first()?;
        let settings = SETTINGS.get_or_init(|| settings);
        let (ready, outcome) = bounded(1);
        spawn("gilgamesh-python", move || host_python(settings, &ready)).map_err(|error| no_thread(&error))?;
        outcome
            .recv()
            .map_err(|_| Failure::start("the thread that starts Python ended early"))?
            .map_err(Failure::start)?;
        spawn("gilgamesh-reaper", reap).map_err(|error| no_thread(&error))?;
        facts(exchange)
    })
}

fn no_thread(error: &std::io::Error) -> Failure {
    Failure::start(format!("no thread could be made for Python: {error}"))
}

fn check_library() -> Result<(), Failure> {
    // SAFETY: returns a constant, before start too.
    let build = unsafe { std::ffi::CStr::from_ptr(ffi::Py_GetVersion()) }.to_string_lossy();
    if build.contains("free-threading") {
        return Err(Failure::start(format!(
            "CPython {build} is a free-threaded build, which cannot load this library"
        )));
    }
    if symbols::version() < OLDEST {
        return Err(Failure::start(format!("CPython {build} is too old: 3.11 or later is needed")));
    }
    Ok(())
}

/// A Python that runs already cannot be taken over: its states and its settings belong to whoever started it.
fn check_first() -> Result<(), Failure> {
    static BEGUN: AtomicBool = AtomicBool::new(false);
    if BEGUN.swap(true, Ordering::SeqCst) {
        return Err(Failure::start("Python was started before"));
    }
    // SAFETY: asks for a flag, before start too.
    if unsafe { ffi::Py_IsInitialized() } != 0 {
        return Err(Failure::start(
            "Python runs in this process already; another copy of this library, or another bridge, has started it",
        ));
    }
    Ok(())
}

/// The life of the thread that starts Python: start it, then do what it is given.
fn host_python(settings: &Settings, ready: &Sender<Result<(), String>>) {
    let (sender, tasks): (Sender<Task>, Receiver<Task>) = crossbeam_channel::unbounded();
    let started = initialize(settings);
    let works = started.is_ok() && TASKS.set(sender).is_ok();
    // The starter waits for this; it is gone only if the process ends.
    let _ = ready.send(started);
    if works {
        tasks.iter().for_each(|task| task());
    }
}

fn initialize(settings: &Settings) -> Result<(), String> {
    if std::env::var_os("PYTHONUTF8").is_none_or(|set| set != "0") {
        symbols::prefer_utf8();
    }
    if let Some(program) = &settings.program
        && !symbols::set_program(program)
    {
        return Err("this CPython has no Py_SetProgramName: it is newer than this version of Gilgamesh".into());
    }
    if let Some(home) = &settings.home
        && !symbols::set_home(home)
    {
        return Err("this CPython has no Py_SetPythonHome: it is newer than this version of Gilgamesh".into());
    }
    let handlers = Handlers::save();
    // SAFETY: Python has not started (the host starts it once), and signal handlers are left alone.
    unsafe { ffi::Py_InitializeEx(0) };
    handlers.restore();
    tracing::debug!(version = format_args!("{:#x}", symbols::version()), ?settings, "Python started");
    let number = interpreters::next_number().ok_or("Python was started before".to_owned());
    let set_up = number.and_then(|number| set_up(number, settings).map(drop));
    // The thread detaches whatever came of it: others can attach, and report.
    let detached = with_thread(|thread| {
        thread.save();
        Ok(())
    });
    set_up.and(detached.map_err(|_| "the starting thread has no record".to_owned()))
}

/// Facts about the running interpreter, as a dict.
fn facts(exchange: &mut Exchange) -> Result<i64, Failure> {
    let main = interpreters::interpreter(0).ok_or_else(|| Failure::start("Python did not start"))?;
    attached(main, |at| {
        let facts = call(&import_from(at.py(), "gilgamesh._start", "facts")?, &[])
            .map_err(|_| Failure::start(describe(at.py())))?;
        let context = Context::nowhere(at);
        reply(exchange, |out| Form::Natural.give(context, out, &facts))
    })
}
