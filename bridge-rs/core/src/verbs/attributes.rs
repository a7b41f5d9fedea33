//! Attributes: read, find, set, delete. Names are handles of interned texts.

use super::{give, kept, operand, target};
use crate::codec::take_text;
use crate::entry::{enter, enter_unstoppable};
use crate::own::{checked, interned, optional_attribute};
use pyo3::ffi;

/// Reads an attribute.
pub fn attribute(context: i64, owner: i64, name: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let (owner, name) = (target(context, owner)?, kept(context, name)?);
        give(context, want, crate::own::attribute(&owner, &name)?, exchange)
    })
}

/// Reads an attribute that may not be there: 0 then.
pub fn find_attribute(context: i64, owner: i64, name: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let (owner, name) = (target(context, owner)?, kept(context, name)?);
        match optional_attribute(&owner, &name)? {
            Some(found) => give(context, want, found, exchange),
            None => Ok(0),
        }
    })
}

/// Sets an attribute to the value of the request.
pub fn set_attribute(context: i64, owner: i64, name: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let (owner, name) = (target(context, owner)?, kept(context, name)?);
        let value = operand(context, exchange)?;
        // SAFETY: attached; all three are alive.
        checked(unsafe { ffi::PyObject_SetAttr(owner.as_ptr(), name.as_ptr(), value.as_ptr()) })?;
        Ok(0)
    })
}

/// Deletes an attribute.
pub fn delete_attribute(context: i64, owner: i64, name: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, _| {
        let (owner, name) = (target(context, owner)?, kept(context, name)?);
        // SAFETY: attached; a null value deletes.
        checked(unsafe { ffi::PyObject_SetAttr(owner.as_ptr(), name.as_ptr(), std::ptr::null_mut()) })?;
        Ok(0)
    })
}

/// Makes the text of the request a name: an interned `str`, under a handle that serves all contexts.
pub fn intern(context: i64, exchange: i64) -> i64 {
    enter_unstoppable(context, exchange, |context, exchange| {
        let name = take_text(context, &mut exchange.reader())?;
        Ok(context.make_shared(interned(name))?.to_java())
    })
}
