//! Stopping code: scopes of a thread, interrupts of a context, and what runs in one.

use crate::attach::{Attached, attached};
use crate::codec::{Form, read_text};
use crate::context::{Context, ContextId};
use crate::entry::{guarded, reply};
use crate::exception::describe;
use crate::failure::{Failure, write_text};
use crate::own::{FromRaw, Object, Raised, call, import_from};
use crate::stop::{self, Kind, Running};
use crate::thread::with_thread;
use gilgamesh_table::wire::{Writer, tag};
use pyo3::ffi;

/// Opens a scope on the calling thread; its name.
pub fn open(exchange: i64) -> i64 {
    guarded(exchange, |_| with_thread(|thread| Ok(stop::open(thread.pulse()))))
}

/// Stops what runs in a scope, for the reason in the request; 1 where it was open and this is the first time.
pub fn fire(scope: i64, kind: i32, exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let reason = read_text(&mut exchange.reader())?;
        Ok(stop::fire(scope, Kind::from_host(kind), &reason).into())
    })
}

/// Closes a scope; 1 where it was fired.
pub fn close(scope: i64, exchange: i64) -> i64 {
    guarded(exchange, |_| Ok(stop::close(scope).into()))
}

/// Interrupts what runs in a context now, for the reason in the request; in how many threads.
pub fn interrupt(context: i64, exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let reason = read_text(&mut exchange.reader())?;
        // A count of threads.
        Ok(stop::interrupt(ContextId::from_java(context), &reason) as i64)
    })
}

/// Replies with what runs in a context on other threads: for each its stay, its thread, for how many nanoseconds it has
/// gone on after it was stopped (-1 where it was not), whether it has seen that, and why it was. Does not attach.
pub fn running(context: i64, exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let running = others(context)?;
        reply(exchange, |out| {
            out.u8(tag::LIST);
            // A count of threads, with five parts each.
            out.u32(5 * running.len() as u32);
            running.iter().for_each(|one| write(one, out));
            Ok(())
        })
    })
}

fn others(context: i64) -> Result<Vec<Running>, Failure> {
    with_thread(|thread| Ok(stop::running(ContextId::from_java(context), Some(thread.pulse()))))
}

fn write(one: &Running, out: &mut Writer<'_>) {
    out.tagged(tag::LONG, one.stay);
    out.tagged(tag::LONG, one.host_thread);
    let (since, seen, why) = match &one.stopped {
        // 292 years fit.
        Some((since, why, seen)) => (since.as_nanos() as i64, *seen, why.as_str()),
        None => (-1, false, ""),
    };
    out.tagged(tag::LONG, since);
    out.tagged(tag::LONG, seen.into());
    write_text(out, why);
}

/// Replies with the Python stacks of what runs in a context on other threads: for each its stay and a list of file,
/// function and line of each frame, innermost last. Attaches, and so waits for C code that holds the GIL.
pub fn stacks(context: i64, exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let running = others(context)?;
        attached(ContextId::from_java(context).interpreter()?, |at| {
            reply(exchange, |out| {
                out.u8(tag::LIST);
                // As above, with two parts each.
                out.u32(2 * running.len() as u32);
                running.iter().try_for_each(|one| {
                    out.tagged(tag::LONG, one.stay);
                    write_stack(at, one, out)
                })
            })
        })
    })
}

fn write_stack(at: Attached<'_>, one: &Running, out: &mut Writer<'_>) -> Result<(), Failure> {
    let stack = stack(at, one).map_err(|_| Failure::state(describe(at.py())))?;
    Form::Natural.give(Context::nowhere(at), out, &stack)
}

fn stack<'a>(at: Attached<'a>, one: &Running) -> Result<Object<'a>, Raised> {
    // SAFETY: attached; a new int.
    let ident = unsafe { ffi::PyLong_FromUnsignedLong(one.ident).owned(at.py())? };
    call(&import_from(at.py(), "gilgamesh._stops", "stack")?, &[&ident])
}
