//! Iteration in batches: one crossing for many elements.

use super::{form, target};
use crate::codec::{Encoder, Form};
use crate::context::Context;
use crate::entry::{enter, reply_value, write_failure};
use crate::failure::{Failure, Reason};
use crate::interpreter::Name;
use crate::own::{FromRaw, Object, attribute, call, next};
use gilgamesh_table::wire::Writer;
use pyo3::ffi;

const ENDED: u8 = 0;
const MORE: u8 = 1;
const RAISED: u8 = 2;

/// What an iterator yields: elements in one form, or pairs in one each.
#[derive(Clone, Copy)]
enum Yield {
    Single(Form),
    Pair(Form, Form),
}

impl Yield {
    /// Pairs have a second form; that of elements is negative.
    fn new(context: Context<'_>, want: i32, second: i32) -> Result<Self, Failure> {
        let first = form(context, want)?;
        if second < 0 { Ok(Yield::Single(first)) } else { Ok(Yield::Pair(first, form(context, second)?)) }
    }
}

/// Iterates over an object, or over the pairs that its `items()` gives, up to `most` of them: a batch as that of
/// [`next_batch`], and where there may be more, a handle on the iterator.
pub fn iterate(context: i64, owner: i64, most: i32, want: i32, second: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let owner = target(context, owner)?;
        let yields = Yield::new(context, want, second)?;
        let iterator = iterator(context, &owner, yields)?;
        reply_value(exchange, |out| {
            if batch(context, &iterator, most, yields, out)? == MORE {
                out.i64(context.make(iterator)?.to_java());
            }
            Ok(())
        })
    })
}

fn iterator<'a>(context: Context<'a>, owner: &Object<'a>, yields: Yield) -> Result<Object<'a>, Failure> {
    let source = match yields {
        Yield::Single(_) => owner.clone(),
        Yield::Pair(..) => call(&attribute(owner, &context.at.name(Name::Items))?, &[])?,
    };
    // SAFETY: attached; alive; a new reference or an exception.
    Ok(unsafe { ffi::PyObject_GetIter(source.as_ptr()).owned(context.at.py())? })
}

/// Takes up to `most` elements of an iterator: their number, the elements as tagged values, then whether there may be
/// more, and the error record where the iterator raised: the elements before it are not lost.
pub fn next_batch(context: i64, iterator: i64, most: i32, want: i32, second: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let iterator = target(context, iterator)?;
        let yields = Yield::new(context, want, second)?;
        // SAFETY: attached; asks for a slot of the class.
        if unsafe { ffi::PyIter_Check(iterator.as_ptr()) } == 0 {
            return Err(Reason::Argument("the object is not an iterator".into()).into());
        }
        reply_value(exchange, |out| batch(context, &iterator, most, yields, out).map(drop))
    })
}

/// Writes a batch; how it ended.
fn batch(
    context: Context<'_>,
    iterator: &Object<'_>,
    most: i32,
    yields: Yield,
    out: &mut Writer<'_>,
) -> Result<u8, Failure> {
    let start = out.position();
    out.u32(0);
    let mut taken = 0;
    let (end, failure) = loop {
        if i64::from(taken) >= i64::from(most) {
            break (MORE, None);
        }
        match give_next(context, iterator, yields, out) {
            Ok(true) => taken += 1,
            Ok(false) => break (ENDED, None),
            Err(failure) if taken == 0 => return Err(failure),
            Err(failure) => break (RAISED, Some(failure)),
        }
    };
    out.patch_u32(start, taken);
    out.u8(end);
    if let Some(failure) = failure {
        write_failure(context, &failure, out);
    }
    Ok(end)
}

/// Writes the next element; `false` at the end.
#[inline]
fn give_next(
    context: Context<'_>,
    iterator: &Object<'_>,
    yields: Yield,
    out: &mut Writer<'_>,
) -> Result<bool, Failure> {
    let Some(element) = next(iterator)? else { return Ok(false) };
    let encoder = Encoder::new(context, out);
    match yields {
        Yield::Single(form) => encoder.give_parts([(form, &element)])?,
        Yield::Pair(first, second) => {
            let (key, value) = pair(context, &element)?;
            encoder.give_parts([(first, &key), (second, &value)])?;
        }
    }
    Ok(true)
}

fn pair<'a>(context: Context<'a>, element: &Object<'a>) -> Result<(Object<'a>, Object<'a>), Failure> {
    let py = context.at.py();
    // SAFETY: attached; a tuple of two has both, and they are taken as our own at once.
    unsafe {
        if ffi::PyTuple_Check(element.as_ptr()) == 0 || ffi::PyTuple_Size(element.as_ptr()) != 2 {
            return Err(crate::codec::unfit(context, element, "a pair of key and value"));
        }
        let part = |index| ffi::PyTuple_GetItem(element.as_ptr(), index).borrowed(py).ok_or_else(Failure::python);
        Ok((part(0)?, part(1)?))
    }
}
