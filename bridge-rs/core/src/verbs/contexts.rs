//! Contexts: open, close, their globals.

use crate::attach::{attached, is_nested};
use crate::bridge::is_exiting;
use crate::codec::take_text;
use crate::context::{Context, ContextId};
use crate::entry::{enter, enter_unstoppable, exiting, guarded};
use crate::failure::Failure;
use crate::interpreter::Interpreter;
use crate::own::call;
use crate::{interpreters, isolate};
use gilgamesh_table::wire::Exchange;

/// Opens a namespace in the main interpreter; its number.
pub fn open(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let main = interpreters::interpreter(0).ok_or_else(|| Failure::state("Python has not started"))?;
        Ok(open_in(main, exchange)?.to_java())
    })
}

/// Opens a context with an interpreter of its own; its number.
pub fn open_isolated(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        if is_exiting() {
            return Err(exiting());
        }
        let interpreter = isolate::take()?;
        let opened = open_in(interpreter, exchange);
        match &opened {
            Ok(id) => interpreter.let_to(*id),
            Err(_) => isolate::give_back_unused(interpreter),
        }
        opened.map(ContextId::to_java)
    })
}

fn open_in(interpreter: &'static Interpreter, exchange: &Exchange) -> Result<ContextId, Failure> {
    if is_exiting() {
        return Err(exiting());
    }
    attached(interpreter, |at| {
        let name = take_text(Context::nowhere(at), &mut exchange.reader())?;
        let make = at.helper(|helpers| helpers.make_globals);
        let make = make.ok_or_else(|| Failure::state("Python has not started fully"))?;
        let globals = call(&make, &[&name]).map_err(|_| Failure::state(crate::exception::describe(at.py())))?;
        Context::open(at, globals)
    })
}

/// Closes a context; how many handles were closed with it. Where another thread is attached it does not wait: the
/// context is closed by the next thread that attaches, and the answer is 0.
pub fn close(context: i64, exchange: i64) -> i64 {
    let id = ContextId::from_java(context);
    let Ok(interpreter) = id.interpreter() else { return enter_unstoppable(context, exchange, |_, _| Ok(0)) };
    if interpreter.number() != 0 {
        return close_isolated(interpreter, id, exchange);
    }
    if would_wait(interpreter) {
        interpreter.closings.post(id);
        return 0;
    }
    enter_unstoppable(context, exchange, |context, _| {
        i64::try_from(context.close()).map_err(|_| Failure::internal("a count left its range"))
    })
}

/// Closes an isolated context for the host, and gives its interpreter back: what is in it is released when that is
/// cleaned, after its threads and exit handlers.
fn close_isolated(interpreter: &'static Interpreter, id: ContextId, exchange: i64) -> i64 {
    let closed = if would_wait(interpreter) {
        0
    } else {
        enter_unstoppable(id.to_java(), exchange, |context, _| {
            context.begin_close();
            Ok(0)
        })
    };
    if !is_exiting() {
        isolate::give_back(interpreter, id);
    }
    closed
}

fn would_wait(interpreter: &'static Interpreter) -> bool {
    !is_nested(interpreter) && interpreter.holder.is_busy()
}

/// A managed handle on the context's globals.
pub fn globals(context: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, _| Ok(context.make_managed(context.globals()?)?.to_java()))
}
