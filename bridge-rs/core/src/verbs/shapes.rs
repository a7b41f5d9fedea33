//! Shapes: forms of values that the host describes.

use super::want::SHAPES;
use crate::codec::{define_shape, take_bytes};
use crate::entry::guarded;
use crate::failure::Failure;

/// Takes the definition of the request, a block of bytes; the number by which a result in this form is wanted.
pub fn define(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let number = define_shape(take_bytes(&mut exchange.reader())?)?;
        let number = i32::try_from(number).ok().and_then(|number| number.checked_add(SHAPES));
        number.map(i64::from).ok_or_else(|| Failure::state("too many types have been converted"))
    })
}
