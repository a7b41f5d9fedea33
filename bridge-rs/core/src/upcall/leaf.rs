//! Leaf calls: members of the host's that cannot block, take no lock and call nobody, as `StringBuilder.length`.
//!
//! The thread stays attached and nothing is written into a buffer: a number goes there in a register and one comes back.
//! The host says which members are leaves. Where a leaf fails, or yields the very mark of a failure, the call is made
//! again in the usual way, which tells what is wrong: leaves change nothing.

use super::host::{Operation, entry};
use crate::bridge::is_exiting;
use crate::entry::FAILED;
use crate::own::Raised;
use crate::stack;
use pyo3::ffi;

/// What a leaf yields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Real,
    Boolean,
}

/// A leaf: the number under which the host knows it, and what it yields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    number: i32,
    kind: Kind,
}

/// The leaves of a member: without an argument, and with an int.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leaves {
    bare: Option<Leaf>,
    with_int: Option<Leaf>,
}

impl Leaf {
    fn new(number: i64, kind: i64) -> Option<Self> {
        let kind = match kind {
            1 => Kind::Integer,
            2 => Kind::Real,
            3 => Kind::Boolean,
            _ => return None,
        };
        i32::try_from(number).ok().map(|number| Leaf { number, kind })
    }

    /// Calls it; `None` where the usual way must tell.
    ///
    /// # Safety
    /// The thread is attached.
    #[inline]
    unsafe fn call(self, receiver: i64, argument: i64) -> Option<*mut ffi::PyObject> {
        let entry = entry().filter(|_| !is_exiting())?;
        stack::check_host_room().ok()?;
        // SAFETY: the host's entry takes any numbers; a leaf neither blocks nor calls Python.
        let result = unsafe { entry(Operation::Leaf as i32, self.number, receiver, argument, 0) };
        if result == FAILED {
            return None;
        }
        // SAFETY: attached (contract above).
        Some(unsafe {
            match self.kind {
                Kind::Integer => ffi::PyLong_FromLongLong(result),
                Kind::Real => ffi::PyFloat_FromDouble(f64::from_bits(result.cast_unsigned())),
                Kind::Boolean => ffi::PyBool_FromLong(result),
            }
        })
    }
}

impl Leaves {
    /// What the host's description says: a number and a kind for each of the two.
    ///
    /// # Safety
    /// The thread is attached; `described` is an object that is alive.
    pub(super) unsafe fn of(described: *mut ffi::PyObject) -> Result<Self, Raised> {
        // SAFETY: the contract above; an item out of range is null with an exception.
        let number = |index| unsafe {
            let item = ffi::PySequence_GetItem(described, index);
            if item.is_null() {
                return Err(Raised);
            }
            let number = ffi::PyLong_AsLongLong(item);
            ffi::Py_DecRef(item);
            if number == -1 && !ffi::PyErr_Occurred().is_null() { Err(Raised) } else { Ok(number) }
        };
        Ok(Leaves { bare: Leaf::new(number(0)?, number(1)?), with_int: Leaf::new(number(2)?, number(3)?) })
    }

    /// Calls the leaf for these values, where there is one.
    ///
    /// # Safety
    /// The thread is attached; the values are alive.
    #[inline]
    pub(super) unsafe fn call(self, receiver: i64, values: &[*mut ffi::PyObject]) -> Option<*mut ffi::PyObject> {
        match (values, self.bare, self.with_int) {
            // SAFETY: the contract above.
            ([], Some(leaf), _) => unsafe { leaf.call(receiver, 0) },
            // SAFETY: the contract above.
            ([value], _, Some(leaf)) => unsafe { leaf.call(receiver, exact_int(*value)?) },
            _ => None,
        }
    }

    #[inline]
    pub(super) fn are_none(self) -> bool {
        self.bare.is_none() && self.with_int.is_none()
    }
}

/// The value of an exact int of 64 bits.
///
/// # Safety
/// The thread is attached; the value is alive.
#[inline]
unsafe fn exact_int(value: *mut ffi::PyObject) -> Option<i64> {
    // SAFETY: the contract above.
    unsafe {
        if ffi::Py_TYPE(value) != &raw mut ffi::PyLong_Type {
            return None;
        }
        let mut overflow = 0;
        let number = ffi::PyLong_AsLongLongAndOverflow(value, &raw mut overflow);
        (overflow == 0).then_some(number)
    }
}
