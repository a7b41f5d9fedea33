//! Running code: compile once, run in a context's globals, import.

use super::{give, kept};
use crate::codec::{Decoder, take_text};
use crate::context::Context;
use crate::entry::{enter, enter_unstoppable};
use crate::exception::without_frames;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, call};
use pyo3::ffi;

/// Compiles the source of the request; a handle on the code, which serves all contexts of the interpreter.
///
/// Mode 0 is a script, mode 1 an expression, which becomes the body of a function of the names that the request lists,
/// so that nested scopes in it see them.
pub fn compile(context: i64, mode: i32, exchange: i64) -> i64 {
    enter_unstoppable(context, exchange, |context, exchange| {
        let mut request = Decoder::new(context, exchange.reader());
        let source = request.take()?;
        let name = take_text(context, &mut request.reader)?;
        let parameters = request.take()?;
        let compile = context.at.helper(|helpers| helpers.compile);
        let compile = compile.ok_or_else(|| Failure::state("Python has not started fully"))?;
        // SAFETY: attached; a new reference.
        let is_expression = unsafe { ffi::PyBool_FromLong(mode.into()).owned(context.at.py())? };
        let code = call(&compile, &[&source, &name, &is_expression, &parameters])
            .map_err(|raised| without_frames(context.at.py(), raised))?;
        Ok(context.make_shared(code)?.to_java())
    })
}

/// Runs compiled code in the context's globals; what an expression yields.
pub fn run(context: i64, code: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let code = kept(context, code)?;
        let result = evaluate(context, &code)?;
        give(context, want, result, exchange)
    })
}

#[inline]
fn evaluate<'a>(context: Context<'a>, code: &Object<'a>) -> Result<Object<'a>, Failure> {
    let globals = context.globals()?;
    // SAFETY: attached; a code object (handles of code are made by `compile` alone) and a dict.
    Ok(unsafe { ffi::PyEval_EvalCode(code.as_ptr(), globals.as_ptr(), globals.as_ptr()).owned(context.at.py())? })
}

/// Runs an expression that was compiled with parameters, whose values the request holds.
pub fn run_with(context: i64, code: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let code = kept(context, code)?;
        let function = evaluate(context, &code)?;
        let result = super::calls::call_with_request(context, &function, exchange)?;
        give(context, want, result, exchange)
    })
}

/// Imports the module that the request names, and returns it itself, not its outermost package.
pub fn import_module(context: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let name = take_text(context, &mut exchange.reader())?;
        // SAFETY: attached; `name` is a str.
        let module = unsafe { ffi::PyImport_Import(name.as_ptr()).owned(context.at.py())? };
        // `PyImport_Import` yields the module itself: it passes a list of names to `__import__`.
        give(context, want, module, exchange)
    })
}
