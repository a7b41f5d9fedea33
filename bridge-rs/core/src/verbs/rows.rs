//! Calling a function for many rows in one crossing.

use super::{form, operand, target};
use crate::codec::Form;
use crate::context::Context;
use crate::entry::{enter, reply_value, write_failure};
use crate::failure::{Failure, Reason};
use crate::own::{FromRaw, Object};
use crate::symbols::{ARGUMENTS_OFFSET, PyObject_Vectorcall};
use gilgamesh_table::wire::{Exchange, Writer};
use pyo3::ffi;

const ENDED: u8 = 0;
const RAISED: u8 = 2;

/// Calls a function with each element of the list in the request, until one fails: the results in the form that is
/// wanted, then whether all went well, and the record of the failure. The results before it are not lost.
pub fn map_rows(context: i64, function: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let function = target(context, function)?;
        let form = form(context, want)?;
        let rows = rows(context, exchange)?;
        reply_value(exchange, |out| {
            map(context, &function, &rows, form, out);
            Ok(())
        })
    })
}

fn rows<'a>(context: Context<'a>, exchange: &Exchange) -> Result<Object<'a>, Failure> {
    let rows = operand(context, exchange)?;
    // SAFETY: attached; asks for a class.
    match unsafe { ffi::PyList_Check(rows.as_ptr()) } {
        0 => Err(Reason::Argument("the rows are no list".into()).into()),
        _ => Ok(rows),
    }
}

fn map<'a>(context: Context<'a>, function: &Object<'a>, rows: &Object<'a>, form: Form, out: &mut Writer<'_>) {
    let start = out.position();
    out.u32(0);
    // SAFETY: attached; a list that nobody else knows, so it stays as it is.
    let count = unsafe { ffi::PyList_Size(rows.as_ptr()) };
    let mut done = 0;
    let failure = (0..count).find_map(|index| {
        let before = out.position();
        // SAFETY: attached; an index within the list, which keeps its element alive.
        let row = unsafe { ffi::PyList_GetItem(rows.as_ptr(), index) };
        let failed = map_one(context, function, row, form, out).err();
        match failed {
            Some(_) => out.rewind(before),
            None => done += 1,
        }
        failed
    });
    out.patch_u32(start, done);
    out.u8(if failure.is_some() { RAISED } else { ENDED });
    if let Some(failure) = failure {
        write_failure(context, &failure, out);
    }
}

#[inline]
fn map_one<'a>(
    context: Context<'a>,
    function: &Object<'a>,
    row: *mut ffi::PyObject,
    form: Form,
    out: &mut Writer<'_>,
) -> Result<(), Failure> {
    let arguments = [std::ptr::null_mut(), row];
    // SAFETY: attached; both are alive, and the place before the argument is ours for the callee to use.
    let result = unsafe {
        PyObject_Vectorcall(function.as_ptr(), arguments[1..].as_ptr(), 1 | ARGUMENTS_OFFSET, std::ptr::null_mut())
            .owned(context.at.py())?
    };
    form.give(context, out, &result)
}
