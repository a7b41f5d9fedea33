//! The one way in: every verb runs under this guard.
//!
//! It finds the context, attaches, runs the verb, and turns whatever went wrong (an exception, a stale handle, a panic)
//! into an error record and the mark [`FAILED`]. When it returns, the thread is as it was and no error indicator is set.

use crate::attach::{Attached, attached};
use crate::bridge::is_exiting;
use crate::codec::largest_value;
use crate::context::{Context, ContextId};
use crate::exception;
use crate::failure::{Failure, Reason};
use crate::own::{call, import_from};
use crate::pulse::Pulse;
use crate::stop;
use gilgamesh_table::wire::{Exchange, Overflow, Writer};
use pyo3::ffi;
use std::any::Any;
use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Returned where the number is not the result: the exchange's status says what is.
pub(crate) const FAILED: i64 = i64::MIN;

/// Runs a verb attached to its context's interpreter.
#[inline]
pub(crate) fn enter(
    context: i64,
    exchange: i64,
    verb: impl FnOnce(Context<'_>, &mut Exchange) -> Result<i64, Failure>,
) -> i64 {
    enter_as::<true>(context, exchange, verb)
}

/// Runs a verb that no deadline refuses and nobody interrupts: it puts something in order, or runs no code of a user's.
pub(crate) fn enter_unstoppable(
    context: i64,
    exchange: i64,
    verb: impl FnOnce(Context<'_>, &mut Exchange) -> Result<i64, Failure>,
) -> i64 {
    enter_as::<false>(context, exchange, verb)
}

#[inline]
fn enter_as<const STOPPABLE: bool>(
    context: i64,
    exchange: i64,
    verb: impl FnOnce(Context<'_>, &mut Exchange) -> Result<i64, Failure>,
) -> i64 {
    // SAFETY: the host passes the address of the buffer that it leased for this call (see `Exchange`).
    let mut exchange = unsafe { Exchange::from_java(exchange) };
    let id = ContextId::from_java(context);
    // The outer catch is for what runs around the verb: attaching, draining, writing the record of a failure.
    let result = caught(|| {
        attached_unless_exiting(id, |at| {
            let context = Context::find(at, id)?;
            let running = Running::enter::<STOPPABLE>(at, id);
            let outcome = caught(|| {
                if running.pulse.is_alarmed() {
                    stop::begin(at, STOPPABLE)?;
                }
                #[cfg(feature = "testing")]
                crate::testing::fail_if_asked(true)?;
                verb(context, &mut exchange)
            });
            Ok(outcome.unwrap_or_else(|failure| report_attached(context, &failure, &mut exchange)))
        })
    });
    result.unwrap_or_else(|failure| report(&failure, &mut exchange))
}

/// Sends on the beginnings of lines that the verb wrote. What goes wrong is told by the package: the verb has its result.
#[cold]
fn flush_output(at: Attached<'_>) {
    let _cleared = Cleared { _proof: at };
    // Its failure is in the indicator, which is cleared.
    let _ = import_from(at.py(), "gilgamesh._streams", "flush_thread").and_then(|flush| call(&flush, &[]).map(drop));
}

/// A verb of this thread's, from its begin to its end: until its failure is told, which can run Python code of its own.
struct Running<'a> {
    at: Attached<'a>,
    pulse: &'static Pulse,
    nested: bool,
}

impl<'a> Running<'a> {
    #[inline]
    fn enter<const STOPPABLE: bool>(at: Attached<'a>, context: ContextId) -> Self {
        let pulse = at.thread().pulse();
        Running { at, pulse, nested: pulse.enter(context, STOPPABLE) }
    }
}

impl Drop for Running<'_> {
    #[inline]
    fn drop(&mut self) {
        let has_output = self.pulse.leave(self.nested);
        if self.pulse.is_alarmed() {
            stop::end(self.at);
        }
        // Last, since it runs Python code, which nothing that was sent to the verb may hit.
        if has_output {
            flush_output(self.at);
        }
    }
}

/// Runs what attaches by itself, or does not attach.
pub(crate) fn guarded(exchange: i64, verb: impl FnOnce(&mut Exchange) -> Result<i64, Failure>) -> i64 {
    // SAFETY: as in `enter`.
    let mut exchange = unsafe { Exchange::from_java(exchange) };
    let outcome = caught(|| {
        #[cfg(feature = "testing")]
        crate::testing::fail_if_asked(false)?;
        verb(&mut exchange)
    });
    outcome.unwrap_or_else(|failure| report(&failure, &mut exchange))
}

fn attached_unless_exiting(
    id: ContextId,
    work: impl FnOnce(Attached<'_>) -> Result<i64, Failure>,
) -> Result<i64, Failure> {
    if is_exiting() {
        return Err(exiting());
    }
    // Asked again when attached: the wait may have been long.
    attached(id.interpreter()?, |at| if is_exiting() { Err(exiting()) } else { work(at) })
}

#[cold]
pub(crate) fn exiting() -> Failure {
    Failure::state("Python has been shut down: the JVM is exiting")
}

/// A panic is a bug of ours: it becomes an error like others, and never crosses into the host.
fn caught(work: impl FnOnce() -> Result<i64, Failure>) -> Result<i64, Failure> {
    // What a panic leaves half done is in the verb's own values; tables are whole between their operations.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| Err(Failure::internal(panic_message(&*panic))))
}

#[cold]
fn panic_message(panic: &(dyn Any + Send)) -> String {
    let known = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    let message = known.unwrap_or("panic without a message");
    PANICKED_AT.take().map_or_else(|| message.to_owned(), |place| format!("{message} ({place})"))
}

thread_local! {
    /// Where this thread has panicked.
    static PANICKED_AT: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Keeps panics off the standard error stream, which belongs to the application: those that an entry catches become
/// errors that name their place, those of the bridge's own threads go to the log.
pub fn keep_panics_quiet() {
    std::panic::set_hook(Box::new(|panic| {
        let ours = std::thread::current().name().is_some_and(|name| name.starts_with("gilgamesh-"));
        if ours {
            tracing::error!("{panic}");
        }
        PANICKED_AT.set(panic.location().map(ToString::to_string));
    }));
}

#[cold]
fn report_attached(context: Context<'_>, failure: &Failure, exchange: &mut Exchange) -> i64 {
    write_error(exchange, |out| write_failure(context, failure, out));
    FAILED
}

/// Writes the record of a failure.
#[cold]
pub(crate) fn write_failure(context: Context<'_>, failure: &Failure, out: &mut Writer<'_>) {
    let _cleared = Cleared { _proof: context.at };
    match failure.reason() {
        Reason::Python => exception::write(context, out),
        _ => failure.write(out),
    }
}

/// Nothing of a verb stays in the error indicator, however the report of its failure ends.
struct Cleared<'a> {
    _proof: Attached<'a>,
}

impl Drop for Cleared<'_> {
    fn drop(&mut self) {
        // SAFETY: attached, as `_proof` says.
        unsafe { ffi::PyErr_Clear() }
    }
}

#[cold]
fn report(failure: &Failure, exchange: &mut Exchange) -> i64 {
    write_error(exchange, |out| failure.write(out));
    FAILED
}

fn write_error(exchange: &mut Exchange, write: impl FnOnce(&mut Writer<'_>)) {
    let mut out = exchange.writer();
    write(&mut out);
    let finished = out.finish().map(|(_, block)| block);
    let block = finished.unwrap_or_else(|full| {
        let mut out = exchange.writer();
        Failure::from(full).write(&mut out);
        None // a short text fits every payload
    });
    exchange.set_error(block);
}

/// Writes a reply; its length, or [`FAILED`] where a block holds it.
pub(crate) fn reply(
    exchange: &mut Exchange,
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), Failure>,
) -> Result<i64, Failure> {
    reply_within(usize::MAX, exchange, write)
}

/// Writes a value of the user's, which may not be larger than the limit that was set.
pub(crate) fn reply_value(
    exchange: &mut Exchange,
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), Failure>,
) -> Result<i64, Failure> {
    reply_within(largest_value(), exchange, write)
}

fn reply_within(
    limit: usize,
    exchange: &mut Exchange,
    write: impl FnOnce(&mut Writer<'_>) -> Result<(), Failure>,
) -> Result<i64, Failure> {
    let mut out = exchange.writer().limited(limit);
    write(&mut out)?;
    let (length, block) = out.finish()?;
    match block {
        None => Ok(length as i64),
        Some(block) => {
            exchange.set_block(Overflow::Reply, block);
            Ok(FAILED)
        }
    }
}

/// Says that the number is the result, where it could be taken for the mark of a failure.
#[inline]
pub(crate) fn number(exchange: &mut Exchange, value: i64) -> i64 {
    if value == FAILED {
        exchange.set_ok();
    }
    value
}
