//! Iteration in batches: one crossing for many elements.

use super::target;
use crate::context::Context;
use crate::entry::{enter, reply};
use crate::exception;
use crate::failure::{Failure, Reason};
use crate::own::{FromRaw, Object};
use gilgamesh_table::wire::Writer;
use pyo3::ffi;

const ENDED: u8 = 0;
const MORE: u8 = 1;
const RAISED: u8 = 2;

/// Takes up to `most` elements of an iterator: their handles, then whether there may be more, and the error record
/// where the iterator raised: the elements before it are not lost.
pub fn next_batch(context: i64, iterator: i64, most: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let iterator = target(context, iterator)?;
        // SAFETY: attached; asks for a slot of the class.
        if unsafe { ffi::PyIter_Check(iterator.as_ptr()) } == 0 {
            return Err(Reason::Argument("the object is not an iterator".into()).into());
        }
        reply(exchange, |out| batch(context, &iterator, most, out))
    })
}

fn batch(context: Context<'_>, iterator: &Object<'_>, most: i32, out: &mut Writer<'_>) -> Result<(), Failure> {
    let start = out.position();
    out.u32(0);
    let mut taken = 0;
    let end = loop {
        if i64::from(taken) >= i64::from(most) {
            break MORE;
        }
        // SAFETY: attached; an iterator. Null means the end, or an exception.
        let next = unsafe { ffi::PyIter_Next(iterator.as_ptr()).owned(context.at.py()) };
        match next {
            Ok(element) => {
                out.i64(context.make(element)?.to_java());
                taken += 1;
            }
            // SAFETY: attached.
            Err(_) if unsafe { ffi::PyErr_Occurred() }.is_null() => break ENDED,
            Err(_) if taken == 0 => return Err(Failure::python()),
            Err(_) => break RAISED,
        }
    };
    out.patch_u32(start, taken);
    out.u8(end);
    if end == RAISED {
        exception::write(context, out);
    }
    Ok(())
}
