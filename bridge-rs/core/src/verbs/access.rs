//! What live views do: look up without an exception for what is absent, replace, remove, find; one crossing each. The
//! numbers are those of `io.gilgamesh.internal.Access`.

use super::{give, operand, target};
use crate::codec::{Decoder, hash_refusal};
use crate::context::Context;
use crate::entry::enter;
use crate::exception;
use crate::failure::Failure;
use crate::interpreter::Name;
use crate::own::{FromRaw, Object, Raised, absent_by, attribute, call, checked, forget, next};
use gilgamesh_table::wire::Exchange;
use pyo3::ffi;

mod what {
    pub(super) const FIND: i32 = 0;
    pub(super) const REPLACE: i32 = 1;
    pub(super) const REMOVE: i32 = 2;
    pub(super) const CONTAINS: i32 = 3;
    pub(super) const ADD: i32 = 4;
    pub(super) const DISCARD: i32 = 5;
    pub(super) const FIRST: i32 = 6;
    pub(super) const LAST: i32 = 7;
}

/// Reads, replaces (by the value of the request) or removes the element at an index from 0, and gives the one that was
/// there: 0, with nothing done, where the sequence is not as long.
pub fn element(context: i64, owner: i64, index: i64, what: i32, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let owner = target(context, owner)?;
        let value = if what == what::REPLACE { Some(operand(context, exchange)?) } else { None };
        let Some(found) = at(&owner, index)? else { return Ok(0) };
        if what != what::FIND {
            assign(&owner, &int(&owner, index)?, value.as_ref())?;
        }
        give(context, want, found, exchange)
    })
}

/// The element at an index from 0, where there is one.
#[inline]
fn at<'a>(owner: &Object<'a>, index: i64) -> Result<Option<Object<'a>>, Failure> {
    // SAFETY: attached; alive; an index out of range yields null and an exception.
    let found = unsafe {
        if ffi::Py_TYPE(owner.as_ptr()) == &raw mut ffi::PyList_Type {
            if index >= ffi::PyList_Size(owner.as_ptr()) as i64 {
                return Ok(None);
            }
            return Ok(ffi::PyList_GetItem(owner.as_ptr(), index as ffi::Py_ssize_t).borrowed(owner.py()));
        }
        ffi::PyObject_GetItem(owner.as_ptr(), int(owner, index)?.as_ptr()).owned(owner.py())
    };
    // SAFETY: `IndexError` is an exception class.
    Ok(unsafe { absent_by(found, owner.py(), ffi::PyExc_IndexError)? })
}

fn int<'a>(owner: &Object<'a>, value: i64) -> Result<Object<'a>, Raised> {
    // SAFETY: attached; a new int.
    unsafe { ffi::PyLong_FromLongLong(value).owned(owner.py()) }
}

/// Sets the item, or deletes it where there is no value.
fn assign(owner: &Object<'_>, key: &Object<'_>, value: Option<&Object<'_>>) -> Result<(), Raised> {
    // SAFETY: attached; all are alive.
    let status = unsafe {
        match value {
            Some(value) => ffi::PyObject_SetItem(owner.as_ptr(), key.as_ptr(), value.as_ptr()),
            None => ffi::PyObject_DelItem(owner.as_ptr(), key.as_ptr()),
        }
    };
    checked(status).map(drop)
}

/// Does what is asked with the key or element of the request. Entries of a mapping: gives the value that was there, 0
/// where there was none. Elements: 0 or 1, whether it is there, or was added or removed. Places: the index, or -1.
pub fn entry(context: i64, owner: i64, what: i32, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let owner = target(context, owner)?;
        match what {
            what::FIND | what::REPLACE | what::REMOVE => entry_of(context, &owner, what, want, exchange),
            what::FIRST | what::LAST => place(&owner, &operand(context, exchange)?, what == what::LAST),
            _ => element_of(context, &owner, what, &operand(context, exchange)?),
        }
    })
}

fn entry_of(
    context: Context<'_>,
    owner: &Object<'_>,
    what: i32,
    want: i32,
    exchange: &mut Exchange,
) -> Result<i64, Failure> {
    let mut request = Decoder::new(context, exchange.reader());
    let key = request.take()?;
    let value = if what == what::REPLACE { Some(request.take()?) } else { None };
    let found = find(owner, &key)?;
    if what == what::REPLACE || (what == what::REMOVE && found.is_some()) {
        assign(owner, &key, value.as_ref()).map_err(|raised| told(&key, raised))?;
    }
    found.map_or(Ok(0), |found| give(context, want, found, exchange))
}

/// The value under a key, where there is one; `__missing__` is not asked.
fn find<'a>(owner: &Object<'a>, key: &Object<'a>) -> Result<Option<Object<'a>>, Failure> {
    if has_items_of_dict(owner) {
        // SAFETY: attached; a dict; a borrowed value that is taken as our own at once, or null.
        let found = unsafe { ffi::PyDict_GetItemWithError(owner.as_ptr(), key.as_ptr()).borrowed(owner.py()) };
        // SAFETY: attached.
        if found.is_none() && !unsafe { ffi::PyErr_Occurred() }.is_null() {
            absent_where_unhashable(key, Raised)?;
        }
        return Ok(found);
    }
    if !contains(owner, key)? {
        return Ok(None);
    }
    // SAFETY: attached; both are alive; `KeyError` is an exception class.
    unsafe {
        let found = ffi::PyObject_GetItem(owner.as_ptr(), key.as_ptr()).owned(owner.py());
        Ok(absent_by(found, owner.py(), ffi::PyExc_KeyError)?)
    }
}

/// Whether the object is a dict whose class reads items as `dict` does.
fn has_items_of_dict(object: &Object<'_>) -> bool {
    // SAFETY: attached; asks for classes and their slots.
    unsafe {
        let class = ffi::Py_TYPE(object.as_ptr());
        let dict = &raw mut ffi::PyDict_Type;
        let slot = |class| ffi::PyType_GetSlot(class, ffi::Py_mp_subscript);
        class == dict || (ffi::PyDict_Check(object.as_ptr()) != 0 && slot(class) == slot(dict))
    }
}

fn contains(owner: &Object<'_>, element: &Object<'_>) -> Result<bool, Failure> {
    // SAFETY: attached; both are alive.
    match checked(unsafe { ffi::PySequence_Contains(owner.as_ptr(), element.as_ptr()) }) {
        Ok(found) => Ok(found != 0),
        Err(raised) => absent_where_unhashable(element, raised).map(|()| false),
    }
}

/// What cannot be hashed is no key of anything; any other exception is passed on.
fn absent_where_unhashable(key: &Object<'_>, raised: Raised) -> Result<(), Failure> {
    if is_hash_trouble(key, raised) {
        forget(Raised, key.py());
        return Ok(());
    }
    Err(Failure::python())
}

/// The exception as it is, or in words of our own where the key cannot be hashed.
fn told(key: &Object<'_>, raised: Raised) -> Failure {
    if is_hash_trouble(key, raised) {
        forget(Raised, key.py());
        return hash_refusal(key);
    }
    Failure::python()
}

/// Whether the `TypeError` that is set is about the key's hash; it stays set.
fn is_hash_trouble(key: &Object<'_>, _: Raised) -> bool {
    let py = key.py();
    // SAFETY: attached; the exception is put back as it was, after a question whose own exception is forgotten.
    unsafe {
        if ffi::PyErr_ExceptionMatches(ffi::PyExc_TypeError) == 0 {
            return false;
        }
        let Some(exception) = exception::take(py) else { return false };
        let unhashable = ffi::PyObject_Hash(key.as_ptr()) == -1;
        ffi::PyErr_Clear();
        ffi::PyErr_Restore(ffi::PyObject_Type(exception.as_ptr()), exception.into_ptr(), std::ptr::null_mut());
        unhashable
    }
}

fn element_of(context: Context<'_>, owner: &Object<'_>, what: i32, element: &Object<'_>) -> Result<i64, Failure> {
    let found = contains(owner, element)?;
    let (method, changes) = match what {
        what::CONTAINS => return Ok(found.into()),
        what::ADD => (Name::Add, !found),
        what::DISCARD => (Name::Discard, found),
        _ => return Err(Failure::internal(format!("no access {what} is known"))),
    };
    if changes {
        let method = attribute(owner, &context.at.name(method))?;
        call(&method, &[element]).map_err(|raised| told(element, raised))?;
    }
    Ok(changes.into())
}

/// The first or last index of an equal element, or -1.
fn place(owner: &Object<'_>, element: &Object<'_>, last: bool) -> Result<i64, Failure> {
    let py = owner.py();
    let mut place = -1;
    // SAFETY: attached; alive; a new reference or an exception.
    let iterator = unsafe { ffi::PyObject_GetIter(owner.as_ptr()).owned(py)? };
    for index in 0.. {
        let Some(candidate) = next(&iterator)? else { break };
        // SAFETY: attached; both are alive.
        if checked(unsafe { ffi::PyObject_RichCompareBool(candidate.as_ptr(), element.as_ptr(), ffi::Py_EQ) })? != 0 {
            place = index;
            if !last {
                break;
            }
        }
    }
    Ok(place)
}
