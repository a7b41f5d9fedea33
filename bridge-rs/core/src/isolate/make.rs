//! Making interpreters, on a thread of the bridge that lives on: `threading` takes the thread that imports it first for
//! the main one. It attaches to none of them again, so their first states stay as CPython made them.

use crate::bridge::{is_exiting, spawn};
use crate::entry::exiting;
use crate::failure::{Failure, Reason};
use crate::interpreter::Interpreter;
use crate::life::{set_up, settings};
use crate::thread::with_thread;
use crate::{interpreters, symbols};
use crossbeam_channel::{Receiver, Sender, bounded, unbounded};
use once_cell::sync::OnceCell;

type Order = Sender<Result<&'static Interpreter, Failure>>;

static ORDERS: OnceCell<Sender<Order>> = OnceCell::new();

/// Makes an interpreter with a GIL of its own. The thread is not attached to any.
pub(super) fn make() -> Result<&'static Interpreter, Failure> {
    check_version()?;
    let orders = ORDERS.get_or_try_init(start)?;
    let (done, outcome) = bounded(1);
    orders.send(done).map_err(|_| gone())?;
    outcome.recv().map_err(|_| gone())?
}

fn check_version() -> Result<(), Failure> {
    if symbols::has_own_gil() {
        return Ok(());
    }
    let version = symbols::version();
    let (major, minor) = (version >> 24, version >> 16 & 0xff);
    Err(Reason::Unsupported(format!(
        "an isolated context needs CPython 3.12 or later, and this is {major}.{minor}: open the context with \
         Isolation.NAMESPACE, or start a newer Python"
    ))
    .into())
}

fn gone() -> Failure {
    Failure::internal("the thread that makes interpreters is gone")
}

fn start() -> Result<Sender<Order>, Failure> {
    let (sender, orders) = unbounded();
    spawn("gilgamesh-interpreters", move || work(&orders))
        .map_err(|error| Failure::state(format!("no thread could be made to make interpreters: {error}")))?;
    Ok(sender)
}

fn work(orders: &Receiver<Order>) {
    for done in orders {
        // Whoever asked waits for it.
        let _ = done.send(make_one());
    }
}

fn make_one() -> Result<&'static Interpreter, Failure> {
    if is_exiting() {
        return Err(exiting());
    }
    let main = interpreters::interpreter(0).ok_or_else(|| Failure::state("Python has not started"))?;
    let settings = settings().ok_or_else(|| Failure::state("Python has not started"))?;
    let number = interpreters::next_number().ok_or_else(|| Failure::state("too many isolated contexts were open"))?;
    with_thread(|thread| {
        thread.restore(main)?;
        // SAFETY: attached to the main interpreter just now.
        if let Err(reason) = unsafe { symbols::make_interpreter() } {
            thread.save();
            return Err(Failure::state(format!("CPython could not make an interpreter: {reason}")));
        }
        thread.was_detached();
        let made = set_up(number, settings).map_err(Failure::state);
        thread.save();
        tracing::debug!(number, "an interpreter for isolated contexts was made");
        made
    })
}
