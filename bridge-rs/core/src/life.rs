//! Start, exit and the figures of the process's Python.

use crate::attach::{Attached, attached};
use crate::bridge::{self, begin_exit, reap, set_main, spawn};
use crate::codec::Encoder;
use crate::context::Context;
use crate::entry::{guarded, reply};
use crate::exception::describe;
use crate::failure::{Failure, write_text};
use crate::interpreter::{Helpers, Interpreter};
use crate::own::{FromRaw, Object, Raised, call, checked, import, import_from, keep, text};
use crate::signals::Handlers;
use crate::symbols;
use crate::thread::with_thread;
use crate::{module, reclaim};
use crossbeam_channel::{Receiver, Sender, bounded};
use gilgamesh_table::wire::{Exchange, Reader, Writer, reply_blocks_bytes, tag};
use once_cell::sync::OnceCell;
use pyo3::{Python, ffi};
use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

/// Oldest `sys.hexversion` that works, and the first that was never tried.
const OLDEST: u32 = 0x030b_0000;

/// What to do on the thread that started Python.
type Task = Box<dyn FnOnce() + Send>;

static TASKS: OnceCell<Sender<Task>> = OnceCell::new();

/// How to start Python: the request of [`start`].
#[derive(Debug, Default)]
struct Settings {
    program: Option<String>,
    home: Option<String>,
    package: Option<String>,
    path: Vec<String>,
    arguments: Vec<String>,
}

/// Starts Python on a thread of the bridge's and replies with facts about it.
pub fn start(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let settings = Settings::read(&mut exchange.reader())?;
        check_library()?;
        let (ready, outcome) = bounded(1);
        spawn("gilgamesh-python", move || host_python(&settings, &ready)).map_err(|error| no_thread(&error))?;
        outcome
            .recv()
            .map_err(|_| Failure::Start("the thread that starts Python ended early".into()))?
            .map_err(Failure::Start)?;
        spawn("gilgamesh-reaper", reap).map_err(|error| no_thread(&error))?;
        facts(exchange)
    })
}

fn no_thread(error: &std::io::Error) -> Failure {
    Failure::Start(format!("no thread could be made for Python: {error}"))
}

impl Settings {
    fn read(reader: &mut Reader<'_>) -> Result<Self, Failure> {
        let mut settings = Settings::default();
        expect(reader, tag::DICT)?;
        for _ in 0..reader.count()? {
            match read_text(reader)?.as_deref() {
                Some("program") => settings.program = read_text(reader)?,
                Some("home") => settings.home = read_text(reader)?,
                Some("package") => settings.package = read_text(reader)?,
                Some("path") => settings.path = read_texts(reader)?,
                Some("arguments") => settings.arguments = read_texts(reader)?,
                // The loader has opened it already.
                Some("library") => drop(read_text(reader)?),
                other => return Err(Failure::Internal(format!("no setting {other:?} is known"))),
            }
        }
        Ok(settings)
    }
}

fn expect(reader: &mut Reader<'_>, wanted: u8) -> Result<(), Failure> {
    if reader.u8()? == wanted { Ok(()) } else { Err(Failure::Internal("the start request is malformed".into())) }
}

fn read_texts(reader: &mut Reader<'_>) -> Result<Vec<String>, Failure> {
    expect(reader, tag::LIST)?;
    let count = reader.count()?;
    (0..count).filter_map(|_| read_text(reader).transpose()).collect()
}

/// A text of ours, before there is a Python to make a `str` of it.
fn read_text(reader: &mut Reader<'_>) -> Result<Option<String>, Failure> {
    match reader.u8()? {
        tag::NULL => Ok(None),
        tag::ASCII | tag::UTF8 => Ok(Some(String::from_utf8_lossy(reader.counted()?).into_owned())),
        _ => Err(Failure::Start("a path or argument holds a lone surrogate".into())),
    }
}

fn check_library() -> Result<(), Failure> {
    // SAFETY: returns a constant, before start too.
    let build = unsafe { std::ffi::CStr::from_ptr(ffi::Py_GetVersion()) }.to_string_lossy();
    if build.contains("free-threading") {
        return Err(Failure::Start(format!(
            "CPython {build} is a free-threaded build, which cannot load this library"
        )));
    }
    if symbols::version() < OLDEST {
        return Err(Failure::Start(format!("CPython {build} is too old: 3.11 or later is needed")));
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
    if let Some(home) = &settings.home {
        symbols::set_home(home);
    }
    let handlers = Handlers::save();
    // SAFETY: Python has not started (the host starts it once), and signal handlers are left alone.
    unsafe { ffi::Py_InitializeEx(0) };
    handlers.restore();
    let set_up = set_up(settings);
    // The thread detaches whatever came of it: others can attach, and report.
    let detached = with_thread(|thread| {
        thread.save();
        Ok(())
    });
    set_up.and(detached.map_err(|_| "the starting thread has no record".to_owned()))
}

/// What is done in the first attachment, which `Py_InitializeEx` left this thread with.
fn set_up(settings: &Settings) -> Result<(), String> {
    // SAFETY: attached: Python was started on this thread just now.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: attached.
    let (thread_state, state) = unsafe {
        let current = ffi::PyThreadState_Get();
        (current, ffi::PyThreadState_GetInterpreter(current))
    };
    // SAFETY: attached to the interpreter of that state.
    let interpreter = unsafe { Interpreter::new(py, state) }.map_err(|_| describe(py))?;
    let interpreter = set_main(interpreter).ok_or("Python was started before")?;
    with_thread(|thread| {
        thread.adopt(interpreter, thread_state);
        Ok(())
    })
    .map_err(|_| "the starting thread has no record".to_owned())?;
    // SAFETY: attached with this thread's first state.
    unsafe { crate::stack::prepare(thread_state, interpreter.version()) };
    prepare_modules(py, settings, interpreter).map_err(|_| describe(py))
}

fn prepare_modules(py: Python<'_>, settings: &Settings, interpreter: &Interpreter) -> Result<(), Raised> {
    // First on this thread, which lives on: `threading` takes the importing thread for the main one.
    import(py, "threading")?;
    module::install(py)?;
    let package = settings.package.as_deref().unwrap_or_default();
    module::set_package_folder(package);
    append_to_path(py, package)?;
    let arguments = texts(py, &settings.arguments)?;
    let path = texts(py, &settings.path)?;
    call(&import_from(py, "gilgamesh._start", "start")?, &[&arguments, &path])?;
    let helper = |module, name| import_from(py, module, name).map(keep);
    let helpers = Helpers {
        compile: helper("gilgamesh._code", "compile_source")?,
        make_globals: helper("gilgamesh._code", "make_globals")?,
        format_exception: helper("gilgamesh._errors", "format_exception")?,
    };
    // Set once per interpreter, which was made just now.
    let _ = interpreter.set_helpers(helpers);
    Ok(())
}

fn append_to_path(py: Python<'_>, folder: &str) -> Result<(), Raised> {
    let path = import_from(py, "sys", "path")?;
    let folder = text(py, folder)?;
    // SAFETY: attached; `sys.path` is a list.
    checked(unsafe { ffi::PyList_Append(path.as_ptr(), folder.as_ptr()) }).map(drop)
}

fn texts<'py>(py: Python<'py>, texts: &[String]) -> Result<Object<'py>, Raised> {
    // SAFETY: attached; a new list, which shares each text.
    unsafe {
        let list = ffi::PyList_New(0).owned(py)?;
        for item in texts {
            checked(ffi::PyList_Append(list.as_ptr(), text(py, item)?.as_ptr()))?;
        }
        Ok(list)
    }
}

/// Facts about the running interpreter, as a dict.
fn facts(exchange: &mut Exchange) -> Result<i64, Failure> {
    let main = bridge::interpreter(0).ok_or_else(|| Failure::Start("Python did not start".into()))?;
    attached(main, |at| {
        let facts = call(&import_from(at.py(), "gilgamesh._start", "facts")?, &[])
            .map_err(|_| Failure::Start(describe(at.py())))?;
        let context = Context::nowhere(at);
        reply(exchange, |out| Encoder::new(context, out).give(&facts))
    })
}

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
    for (function, patience) in
        [("wait_for_threads", true), ("run_exit_handlers", false), ("interrupt", true), ("flush", true)]
    {
        let until = if patience { Some(deadline) } else { None };
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

fn run_on_python_thread(
    function: &'static str,
    deadline: Instant,
    until: Option<Instant>,
) -> Result<Vec<String>, String> {
    let Some(tasks) = TASKS.get() else { return Ok(Vec::new()) };
    let (done, outcome) = bounded(1);
    let (began, has_begun) = bounded(1);
    let task: Task = Box::new(move || {
        let result = run_exit_step(function, deadline, &began);
        // Nobody listens where the time was up.
        let _ = done.send(result);
    });
    tasks.send(task).map_err(|_| "the thread that started Python is gone".to_owned())?;
    // A transaction that another thread holds open keeps the step from beginning: that is bounded in any case.
    has_begun.recv_deadline(deadline.max(Instant::now() + Duration::from_millis(100))).map_err(|_| waited(function))?;
    match until {
        None => outcome.recv().map_err(|_| waited(function))?,
        Some(until) => {
            let grace = Duration::from_millis(500);
            outcome.recv_deadline(until.max(Instant::now()) + grace).map_err(|_| waited(function))?
        }
    }
}

fn waited(function: &str) -> String {
    format!("{}: the time was up", function.replace('_', " "))
}

fn run_exit_step(function: &str, deadline: Instant, began: &Sender<()>) -> Result<Vec<String>, String> {
    let main = bridge::interpreter(0).ok_or("Python did not start")?;
    let result = attached(main, |at| {
        let _ = began.send(());
        exit_step(at, function, deadline).map_err(|_| Failure::State(describe(at.py())))
    });
    result.map_err(|failure| match failure {
        Failure::State(message) => format!("{}: {message}", function.replace('_', " ")),
        other => format!("{other:?}"),
    })
}

fn exit_step(at: Attached<'_>, function: &str, deadline: Instant) -> Result<Vec<String>, Raised> {
    let py = at.py();
    let left = deadline.saturating_duration_since(Instant::now()).as_secs_f64();
    // SAFETY: attached; a new float.
    let left = unsafe { ffi::PyFloat_FromDouble(left).owned(py)? };
    let lines = call(&import_from(py, "gilgamesh._exit", function)?, &[&left])?;
    // SAFETY: attached; a list of the package's own, or null and an exception.
    let size = unsafe { ffi::PyList_Size(lines.as_ptr()) };
    let line = |index| {
        // SAFETY: attached; an element that the list keeps alive.
        let line = unsafe { ffi::PyList_GetItem(lines.as_ptr(), index).borrowed(py) };
        line.map(|line| crate::codec::lossy(&line)).ok_or(Raised)
    };
    (0..size).map(line).collect()
}

/// Drains the queue of dead handles; how many were taken.
pub fn drain(exchange: i64) -> i64 {
    guarded(exchange, |_| {
        let Some(main) = bridge::interpreter(0).filter(|_| !bridge::is_exiting()) else { return Ok(0) };
        i64::try_from(reclaim::drain_all(main)?).map_err(|_| Failure::Internal("a count left its range".into()))
    })
}

/// The figures, in the order of `io.gilgamesh.internal.StatsLayout`; neither attaches nor waits.
pub fn stats(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let figures = bridge::interpreter(0).map(current_figures).unwrap_or_default();
        reply(exchange, |out| {
            out.u8(tag::ARRAY);
            out.u8(b'q');
            // Fifteen figures.
            out.u32(figures.len() as u32);
            figures.iter().for_each(|figure| out.i64(figure.cast_signed()));
            Ok(())
        })
    })
}

/// The figures, brought up to date first where this thread is attached anyway.
fn current_figures(interpreter: &'static Interpreter) -> [u64; 15] {
    let nested = with_thread(|thread| Ok(thread.current().is_some_and(|current| current.is(interpreter))));
    if matches!(nested, Ok(true)) {
        // Nested, so it cannot fail or wait.
        let _ = attached(interpreter, |at| {
            at.publish_counts();
            Ok(())
        });
    }
    figures(interpreter)
}

fn figures(interpreter: &'static Interpreter) -> [u64; 15] {
    let figures = &interpreter.figures;
    let read = |figure: &std::sync::atomic::AtomicU64| figure.load(Ordering::Relaxed);
    let (scoped, managed) = (read(&figures.scoped), read(&figures.managed));
    let (waiting, waited) = interpreter.holder.waiters();
    [
        scoped + managed,
        scoped,
        managed,
        read(&figures.made),
        read(&figures.released),
        interpreter.queue.posted(),
        read(&figures.reclaimed),
        read(&figures.abandoned),
        read(&figures.transactions),
        read(&figures.thread_states),
        read(&figures.attaches),
        read(&figures.contexts),
        waiting.into(),
        waited,
        reply_blocks_bytes().cast_unsigned(),
    ]
}
