//! Running a program as `python` does: on Python's main thread, where alone it has signals.
//!
//! What a program is, is said by the package's `_main`, which also tells the exit code.

use super::settings::read_texts;
use super::{TASKS, Task};
use crate::attach::{Attached, attached, waiting};
use crate::entry::guarded;
use crate::exception::describe;
use crate::failure::{Failure, Reason};
use crate::interpreters;
use crate::own::{Raised, call, import_from, text};
use crate::signals::Handlers;
use crossbeam_channel::bounded;
use pyo3::ffi;

/// Runs the program that the request names, a LIST of texts; its exit code. The calling thread waits detached.
pub fn run_program(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let request = read_texts(&mut exchange.reader())?;
        let tasks = TASKS.get().ok_or_else(|| Failure::state("Python is not started"))?;
        let (done, outcome) = bounded(1);
        let task: Task = Box::new(move || {
            // Nobody listens where the process ends meanwhile.
            let _ = done.send(on_main_thread(&request));
        });
        let gone = "Python's main thread is gone";
        tasks.send(task).map_err(|_| Failure::state(gone))?;
        waiting(|| outcome.recv())?.map_err(|_| Failure::state(gone))?.map_err(Failure::state)
    })
}

fn on_main_thread(request: &[String]) -> Result<i64, String> {
    let main = interpreters::interpreter(0).ok_or("Python did not start")?;
    // The program has Ctrl-C for itself, and gives it back.
    let handlers = Handlers::save();
    let code = attached(main, |at| run(at, request).map_err(|_| Failure::state(describe(at.py()))));
    handlers.restore();
    code.map_err(|failure| match failure.reason() {
        Reason::State(message) => message.clone(),
        other => format!("{other:?}"),
    })
}

fn run(at: Attached<'_>, request: &[String]) -> Result<i64, Raised> {
    let py = at.py();
    let texts = request.iter().map(|argument| text(py, argument)).collect::<Result<Vec<_>, _>>()?;
    let code = call(&import_from(py, "gilgamesh._main", "run")?, &texts.iter().collect::<Vec<_>>())?;
    // SAFETY: attached; an int of eight bits, as the package says.
    Ok(unsafe { ffi::PyLong_AsLongLong(code.as_ptr()) })
}
