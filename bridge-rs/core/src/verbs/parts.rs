//! Calling a function whose result has parts, each wanted in a form of its own.

use super::calls::Arguments;
use super::{form, target};
use crate::codec::{Encoder, Form};
use crate::context::Context;
use crate::entry::{enter, reply_value};
use crate::failure::{Failure, Reason};
use crate::own::{FromRaw, Object};
use gilgamesh_table::wire::{Malformed, Reader, Writer};
use pyo3::ffi;

/// What is wanted of one part, and the step that leads to it, by which errors tell it.
struct Part {
    form: Form,
    step: String,
}

/// Calls an object with the arguments of the request, which stand behind what is wanted of the parts. The result is a
/// tuple; its elements one after the other are the reply.
pub fn call_parts(context: i64, callable: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let callable = target(context, callable)?;
        let mut request = exchange.reader();
        let parts = take_parts(context, &mut request)?;
        let result = {
            let mut arguments = Arguments::none();
            arguments.take(context, request)?;
            arguments.call(&callable)?
        };
        reply_value(exchange, |out| give_parts(context, &result, &parts, out))
    })
}

fn take_parts(context: Context<'_>, request: &mut Reader<'_>) -> Result<Vec<Part>, Failure> {
    let count = request.count_of_values()?;
    let mut parts = Vec::with_capacity(count);
    for _ in 0..count {
        let form = form(context, request.i32()?)?;
        let step = std::str::from_utf8(request.counted()?).map_err(|_| Malformed)?;
        parts.push(Part { form, step: step.to_owned() });
    }
    Ok(parts)
}

fn give_parts(context: Context<'_>, tuple: &Object<'_>, parts: &[Part], out: &mut Writer<'_>) -> Result<(), Failure> {
    let elements = elements(tuple, parts.len())?;
    let wanted = parts.iter().zip(elements).map(|(part, element)| (part.form, element, part.step.as_str()));
    Encoder::new(context, out).give_steps(wanted)
}

fn elements<'a>(tuple: &Object<'a>, count: usize) -> Result<Vec<Object<'a>>, Failure> {
    // SAFETY: attached; the size is asked of a tuple only.
    let is_fit =
        unsafe { ffi::PyTuple_Check(tuple.as_ptr()) != 0 && ffi::PyTuple_Size(tuple.as_ptr()) == count as isize };
    if !is_fit {
        return Err(Reason::Argument(format!("the result is no tuple of {count} parts")).into());
    }
    // SAFETY: attached; indices within the tuple, which keeps its elements alive until they have references of their own.
    let element = |index| unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), index).borrowed(tuple.py()) };
    (0..count as isize).map(element).collect::<Option<_>>().ok_or_else(Failure::python)
}
