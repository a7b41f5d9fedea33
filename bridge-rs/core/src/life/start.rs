//! Starting Python: on a thread of its own, which lives on and runs the exit handlers.

use super::{TASKS, Task};
use crate::attach::attached;
use crate::bridge::{self, reap, set_main, spawn};
use crate::codec::{Form, set_largest_value};
use crate::context::Context;
use crate::entry::{guarded, reply};
use crate::exception::describe;
use crate::failure::Failure;
use crate::interpreter::{Helpers, Interpreter};
use crate::module;
use crate::own::{FromRaw, Object, Raised, call, checked, import, import_from, keep, text};
use crate::signals::Handlers;
use crate::symbols;
use crate::thread::with_thread;
use crossbeam_channel::{Receiver, Sender, bounded};
use gilgamesh_table::wire::{Exchange, Reader, tag};
use pyo3::{Python, ffi};
use std::sync::atomic::{AtomicBool, Ordering};

/// Oldest `sys.hexversion` that works, and the first that was never tried.
const OLDEST: u32 = 0x030b_0000;

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
        check_first()?;
        let (ready, outcome) = bounded(1);
        spawn("gilgamesh-python", move || host_python(&settings, &ready)).map_err(|error| no_thread(&error))?;
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
                Some("maxValueBytes") => set_largest_value(read_number(reader)?),
                // The loader has opened it already.
                Some("library") => drop(read_text(reader)?),
                other => return Err(Failure::internal(format!("no setting {other:?} is known"))),
            }
        }
        Ok(settings)
    }
}

fn expect(reader: &mut Reader<'_>, wanted: u8) -> Result<(), Failure> {
    if reader.u8()? == wanted { Ok(()) } else { Err(Failure::internal("the start request is malformed")) }
}

fn read_texts(reader: &mut Reader<'_>) -> Result<Vec<String>, Failure> {
    expect(reader, tag::LIST)?;
    let count = reader.count()?;
    (0..count).filter_map(|_| read_text(reader).transpose()).collect()
}

fn read_number(reader: &mut Reader<'_>) -> Result<i64, Failure> {
    expect(reader, tag::LONG)?;
    Ok(reader.i64()?)
}

/// A text of ours, before there is a Python to make a `str` of it.
fn read_text(reader: &mut Reader<'_>) -> Result<Option<String>, Failure> {
    match reader.u8()? {
        tag::NULL => Ok(None),
        tag::ASCII | tag::UTF8 => Ok(Some(String::from_utf8_lossy(reader.counted()?).into_owned())),
        _ => Err(Failure::start("a path or argument holds a lone surrogate")),
    }
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
    tracing::debug!(version = format_args!("{:#x}", interpreter.version()), ?settings, "Python started");
    with_thread(|thread| {
        thread.adopt(interpreter, thread_state);
        Ok(())
    })
    .map_err(|_| "the starting thread has no record".to_owned())?;
    prepare_modules(py, settings, interpreter).map_err(|_| describe(py))
}

fn prepare_modules(py: Python<'_>, settings: &Settings, interpreter: &Interpreter) -> Result<(), Raised> {
    // First on this thread, which lives on: `threading` takes the importing thread for the main one.
    import(py, "threading")?;
    // Set once per interpreter, which was made just now.
    let _ = interpreter.set_host_types(module::install(py)?);
    let package = settings.package.as_deref().unwrap_or_default();
    module::set_package_folder(package);
    append_to_path(py, package)?;
    keeping_bytecode(py, || {
        ["_start", "_errors"].into_iter().try_for_each(|name| import(py, &format!("gilgamesh.{name}")).map(drop))
    })?;
    let arguments = texts(py, &settings.arguments)?;
    let path = texts(py, &settings.path)?;
    call(&import_from(py, "gilgamesh._start", "start")?, &[&arguments, &path])?;
    let helper = |module, name| import_from(py, module, name).map(keep);
    let helpers = Helpers {
        compile: helper("gilgamesh._code", "compile_source")?,
        make_globals: helper("gilgamesh._code", "make_globals")?,
        format_exception: helper("gilgamesh._errors", "format_exception")?,
        interrupted: helper("gilgamesh._errors", "Interrupted")?,
        deadline_exceeded: helper("gilgamesh._errors", "DeadlineExceeded")?,
    };
    // Set once per interpreter, which was made just now.
    let _ = interpreter.set_helpers(helpers);
    Ok(())
}

/// Runs imports of the package with its bytecode kept: the folder is the bridge's own cache, so `PYTHONDONTWRITEBYTECODE`
/// does not mean it, and compiling the package again would take a tenth of each start.
fn keeping_bytecode(py: Python<'_>, imports: impl FnOnce() -> Result<(), Raised>) -> Result<(), Raised> {
    const FLAG: &std::ffi::CStr = c"dont_write_bytecode";
    // SAFETY: attached; the flag is borrowed, so a reference of our own is taken; `False` lives as long as Python.
    unsafe {
        let before = ffi::PySys_GetObject(FLAG.as_ptr()).borrowed(py);
        checked(ffi::PySys_SetObject(FLAG.as_ptr(), ffi::Py_False()))?;
        imports()?; // where this fails, so does the start
        let before = before.as_ref().map_or(std::ptr::null_mut(), Object::as_ptr);
        checked(ffi::PySys_SetObject(FLAG.as_ptr(), before)).map(drop)
    }
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
    let main = bridge::interpreter(0).ok_or_else(|| Failure::start("Python did not start"))?;
    attached(main, |at| {
        let facts = call(&import_from(at.py(), "gilgamesh._start", "facts")?, &[])
            .map_err(|_| Failure::start(describe(at.py())))?;
        let context = Context::nowhere(at);
        reply(exchange, |out| Form::Natural.give(context, out, &facts))
    })
}
