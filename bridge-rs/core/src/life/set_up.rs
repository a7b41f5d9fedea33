//! What is done in every interpreter before anybody runs code in it: its record, the module of the core, the package
//! `gilgamesh`.

use super::settings::Settings;
use crate::exception::describe;
use crate::interpreter::{Helpers, Interpreter};
use crate::own::{FromRaw, Object, Raised, call, checked, import, import_from, keep, text};
use crate::thread::with_thread;
use crate::{interpreters, module};
use pyo3::{Python, ffi};

/// Takes over the interpreter that was made just now on this thread, whose first state is current, and prepares it.
pub(crate) fn set_up(number: usize, settings: &Settings) -> Result<&'static Interpreter, String> {
    // SAFETY: attached: the interpreter was made on this thread just now.
    let py = unsafe { Python::assume_attached() };
    // SAFETY: attached.
    let (thread_state, state) = unsafe {
        let current = ffi::PyThreadState_Get();
        (current, ffi::PyThreadState_GetInterpreter(current))
    };
    // SAFETY: attached to the interpreter of that state.
    let interpreter = unsafe { Interpreter::new(py, number, state) }.map_err(|_| describe(py))?;
    let interpreter = interpreters::add(interpreter);
    with_thread(|thread| {
        thread.adopt(interpreter, thread_state);
        Ok(())
    })
    .map_err(|_| "the starting thread has no record".to_owned())?;
    prepare(py, settings, interpreter).map_err(|_| describe(py))?;
    Ok(interpreter)
}

fn prepare(py: Python<'_>, settings: &Settings, interpreter: &Interpreter) -> Result<(), Raised> {
    // First on this thread, which lives on: `threading` takes the importing thread for the main one.
    import(py, "threading")?;
    // Set once per interpreter, which was made just now.
    let _ = interpreter.set_host_types(module::install(py)?);
    let package = settings.package.as_deref().unwrap_or_default();
    module::set_package_folder(package);
    append_to_path(py, package)?;
    let starter = if interpreter.number() == 0 { "gilgamesh._start" } else { "gilgamesh._isolated" };
    keeping_bytecode(py, || {
        [starter, "gilgamesh._errors"].into_iter().try_for_each(|name| import(py, name).map(drop))
    })?;
    let arguments = texts(py, &settings.arguments)?;
    let path = texts(py, &settings.path)?;
    call(&import_from(py, starter, "start")?, &[&arguments, &path])?;
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
