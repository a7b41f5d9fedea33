//! The life of the process's Python: start, exit, and the figures of what lives meanwhile.

mod exit;
mod figures;
mod program;
mod set_up;
mod settings;
mod start;

pub(crate) use set_up::set_up;
pub(crate) use settings::Settings;

pub use exit::shutdown;
pub use figures::stats;
pub use program::run_program;
pub use start::start;

use crossbeam_channel::Sender;
use once_cell::sync::OnceCell;

/// What to do on the thread that started Python.
type Task = Box<dyn FnOnce() + Send>;

static TASKS: OnceCell<Sender<Task>> = OnceCell::new();

/// How Python was started: what its other interpreters are set up by too.
static SETTINGS: OnceCell<Settings> = OnceCell::new();

/// The settings, once Python was started.
pub(crate) fn settings() -> Option<&'static Settings> {
    SETTINGS.get()
}
