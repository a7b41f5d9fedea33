//! Contexts: open, close, their globals.

use crate::attach::{attached, is_nested};
use crate::bridge;
use crate::codec::take_text;
use crate::context::{Context, ContextId};
use crate::entry::{enter, enter_unstoppable, exiting, guarded};
use crate::failure::Failure;
use crate::own::call;

/// Opens a namespace in the interpreter; its number.
pub fn open(interpreter: i64, exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let index = usize::try_from(interpreter).map_err(|_| Failure::context_closed())?;
        let interpreter = bridge::interpreter(index).ok_or_else(|| Failure::state("Python has not started"))?;
        if bridge::is_exiting() {
            return Err(exiting());
        }
        attached(interpreter, |at| {
            let name = take_text(Context::nowhere(at), &mut exchange.reader())?;
            let make = at.helper(|helpers| helpers.make_globals);
            let make = make.ok_or_else(|| Failure::state("Python has not started fully"))?;
            let globals = call(&make, &[&name]).map_err(|_| Failure::state(crate::exception::describe(at.py())))?;
            Ok(Context::open(at, index, globals)?.to_java())
        })
    })
}

/// Closes a context; how many handles were closed with it. Where another thread is attached it does not wait: the
/// context is closed by the next thread that attaches, and the answer is 0.
pub fn close(context: i64, exchange: i64) -> i64 {
    let id = ContextId::from_java(context);
    if let Ok(interpreter) = id.interpreter()
        && !is_nested(interpreter)
        && interpreter.holder.is_busy()
    {
        interpreter.closings.post(id);
        return 0;
    }
    enter_unstoppable(context, exchange, |context, _| {
        i64::try_from(context.close()).map_err(|_| Failure::internal("a count left its range"))
    })
}

/// A managed handle on the context's globals.
pub fn globals(context: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, _| Ok(context.make_managed(context.globals()?)?.to_java()))
}
