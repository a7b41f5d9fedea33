//! The verbs: what the host can ask for, a function for each native method.
//!
//! Each takes the numbers that crossed, runs under [`crate::entry::enter`], and returns a number: the result itself, the
//! length of a reply in the exchange, or the mark of a failure.

pub mod access;
pub mod attributes;
pub mod calls;
pub mod code;
pub mod contexts;
pub mod handles;
pub mod inspection;
pub mod items;
pub mod iteration;
pub mod operators;
pub mod parts;
pub mod rows;
pub mod shapes;
pub mod stops;
pub mod transactions;

use crate::codec::{Decoder, Form, exact_boolean, exact_double, exact_long, give_text, unfit};
use crate::context::Context;
use crate::entry::{number, reply_value};
use crate::failure::Failure;
use crate::hold::Held;
use crate::own::{Object, is_str};
use gilgamesh_table::Reference;
use gilgamesh_table::wire::Exchange;
use pyo3::{Borrowed, PyAny};

/// In what form a result is wanted; the numbers are those of `io.gilgamesh.internal.Want`.
mod want {
    pub(super) const OBJECT: i32 = 0;
    pub(super) const VALUE: i32 = 1;
    pub(super) const LONG: i32 = 2;
    pub(super) const DOUBLE: i32 = 3;
    pub(super) const BOOLEAN: i32 = 4;
    pub(super) const NOTHING: i32 = 5;
    pub(super) const LONG_ARRAY: i32 = 6;
    pub(super) const DOUBLE_ARRAY: i32 = 7;
    pub(super) const TEXT: i32 = 8;
    pub(super) const TABLE: i32 = 9;
    /// The first shape; the others follow by their numbers.
    pub(super) const SHAPES: i32 = 16;
}

/// Gives the result in the form that is wanted.
#[inline]
fn give<'a>(context: Context<'a>, wanted: i32, object: Object<'a>, exchange: &mut Exchange) -> Result<i64, Failure> {
    match wanted {
        want::OBJECT => Ok(context.make(object)?.to_java()),
        want::LONG => exact_long(context, &object).map(|value| number(exchange, value)),
        want::DOUBLE => exact_double(context, &object).map(|value| number(exchange, value.to_bits().cast_signed())),
        want::BOOLEAN => exact_boolean(context, &object),
        want::NOTHING => Ok(0),
        want::VALUE => reply_value(exchange, |out| Form::Natural.give(context, out, &object)),
        want::TEXT => give_exact_text(context, &object, exchange),
        rarer => give_in_form(context, rarer, &object, exchange),
    }
}

#[inline(never)]
fn give_in_form(
    context: Context<'_>,
    wanted: i32,
    object: &Object<'_>,
    exchange: &mut Exchange,
) -> Result<i64, Failure> {
    let form = form(context, wanted)?;
    reply_value(exchange, |out| form.give(context, out, object))
}

/// The form of values that cross in a reply, one or more.
fn form(context: Context<'_>, wanted: i32) -> Result<Form, Failure> {
    match wanted {
        want::OBJECT => Ok(Form::Handle),
        want::VALUE => Ok(Form::Natural),
        want::LONG_ARRAY => Ok(Form::Longs),
        want::DOUBLE_ARRAY => Ok(Form::Doubles),
        want::TABLE => Ok(Form::Table),
        _ => match usize::try_from(wanted - want::SHAPES) {
            Ok(number) => Form::shaped(context, number),
            Err(_) => Err(Failure::internal(format!("no form {wanted} of a value is known"))),
        },
    }
}

fn give_exact_text(context: Context<'_>, object: &Object<'_>, exchange: &mut Exchange) -> Result<i64, Failure> {
    if !is_str(object) {
        return Err(unfit(context, object, "a str"));
    }
    reply_value(exchange, |out| give_text(out, object))
}

/// The object that a handle names, held for the call.
#[inline]
fn target(context: Context<'_>, reference: i64) -> Result<Held<'_>, Failure> {
    context.hold(Reference::from_java(reference))
}

/// An interned name or compiled code, which Java's caches keep for the whole call.
#[inline]
fn kept(context: Context<'_>, reference: i64) -> Result<Borrowed<'_, '_, PyAny>, Failure> {
    // SAFETY: names and code come from Java's caches alone, which hold on to them until the lease of the call ends.
    unsafe { context.resolve_kept(Reference::from_java(reference)) }
}

/// The single value of the request.
fn operand<'a>(context: Context<'a>, exchange: &Exchange) -> Result<Object<'a>, Failure> {
    Decoder::new(context, exchange.reader()).take()
}
