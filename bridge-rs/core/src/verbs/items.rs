//! Items: what `[]` reads, sets and deletes.

use super::{give, operand, target};
use crate::codec::Decoder;
use crate::entry::enter;
use crate::own::{FromRaw, checked};
use pyo3::ffi;

/// Reads the item under the key of the request.
pub fn item(context: i64, owner: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let owner = target(context, owner)?;
        let key = operand(context, exchange)?;
        // SAFETY: attached; both are alive.
        let found = unsafe { ffi::PyObject_GetItem(owner.as_ptr(), key.as_ptr()).owned(context.at.py())? };
        give(context, want, found, exchange)
    })
}

/// Sets the item under the first value of the request to the second.
pub fn set_item(context: i64, owner: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let owner = target(context, owner)?;
        let mut request = Decoder::new(context, exchange.reader());
        let (key, value) = (request.take()?, request.take()?);
        // SAFETY: attached; all three are alive.
        checked(unsafe { ffi::PyObject_SetItem(owner.as_ptr(), key.as_ptr(), value.as_ptr()) })?;
        Ok(0)
    })
}

/// Deletes the item under the key of the request.
pub fn delete_item(context: i64, owner: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let owner = target(context, owner)?;
        let key = operand(context, exchange)?;
        // SAFETY: attached; both are alive.
        checked(unsafe { ffi::PyObject_DelItem(owner.as_ptr(), key.as_ptr()) })?;
        Ok(0)
    })
}
