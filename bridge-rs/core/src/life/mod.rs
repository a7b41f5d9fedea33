//! The life of the process's Python: start, exit, and the figures of what lives meanwhile.

mod exit;
mod figures;
mod program;
mod start;

pub use exit::shutdown;
pub use figures::stats;
pub use program::run_program;
pub use start::start;

use crossbeam_channel::Sender;
use once_cell::sync::OnceCell;

/// What to do on the thread that started Python.
type Task = Box<dyn FnOnce() + Send>;

static TASKS: OnceCell<Sender<Task>> = OnceCell::new();
