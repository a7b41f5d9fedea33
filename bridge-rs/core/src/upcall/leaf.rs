//! Leaf calls: members of the host's that cannot block, take no lock that is held for long, and call nobody, as
//! `StringBuilder.length`.
//!
//! The thread stays attached and nothing is written into a buffer: one value goes there in a register and one comes back.
//! The host says which members are leaves. Where a leaf fails, or yields the very mark of a failure, the call is made
//! again in the usual way, which tells what is wrong: leaves change nothing.

use super::host::{Operation, entry};
use super::objects::make_of_leaf;
use crate::bridge::is_exiting;
use crate::entry::FAILED;
use crate::own::Raised;
use crate::stack;
use pyo3::ffi;

/// What the number that a leaf yields stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Integer,
    Real,
    Boolean,
    Nothing,
    /// A reference of the host's table, handed over, to an object of this class.
    Object(u32),
}

/// A leaf: the number under which the host knows it, and what it yields.
#[derive(Clone, Copy, Debug)]
struct Leaf {
    number: i32,
    kind: Kind,
}

/// The leaves of a member, by the argument that they take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Leaves {
    bare: Option<Leaf>,
    with_int: Option<Leaf>,
    with_real: Option<Leaf>,
    with_text: Option<Leaf>,
}

impl Leaf {
    /// As the host describes it; a negative kind is that of an object, of the class with this number.
    fn new(number: i64, kind: i64) -> Option<Self> {
        let kind = match kind {
            1 => Kind::Integer,
            2 => Kind::Real,
            3 => Kind::Boolean,
            4 => Kind::Nothing,
            class if class < 0 => Kind::Object(u32::try_from(-class).ok()?),
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
                Kind::Nothing => ffi::Py_NewRef(ffi::Py_None()),
                Kind::Object(class) => make_of_leaf(result, class as usize),
            }
        })
    }
}

impl Leaves {
    /// What the host's description says: a number and a kind for each argument.
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
        let leaf = |at| Ok(Leaf::new(number(at)?, number(at + 1)?));
        Ok(Leaves { bare: leaf(0)?, with_int: leaf(2)?, with_real: leaf(4)?, with_text: leaf(6)? })
    }

    /// Calls the leaf for these values, where there is one.
    ///
    /// # Safety
    /// The thread is attached; the values are alive.
    #[inline]
    pub(super) unsafe fn call(self, receiver: i64, values: &[*mut ffi::PyObject]) -> Option<*mut ffi::PyObject> {
        // SAFETY: the contract above.
        unsafe {
            match values {
                [] => self.bare?.call(receiver, 0),
                [value] => {
                    let (leaf, argument) = self.with(*value)?;
                    leaf.call(receiver, argument)
                }
                _ => None,
            }
        }
    }

    /// The leaf that takes this value, and the value as it goes there.
    ///
    /// # Safety
    /// The thread is attached; the value is alive.
    #[inline]
    unsafe fn with(self, value: *mut ffi::PyObject) -> Option<(Leaf, i64)> {
        // SAFETY: the contract above; each is asked for only where the value is of its very type.
        unsafe {
            let class = ffi::Py_TYPE(value);
            if class == &raw mut ffi::PyLong_Type {
                Some((self.with_int?, small_int(value)?))
            } else if class == &raw mut ffi::PyUnicode_Type {
                Some((self.with_text?, short_text(value)?))
            } else if class == &raw mut ffi::PyFloat_Type {
                Some((self.with_real?, ffi::PyFloat_AsDouble(value).to_bits().cast_signed()))
            } else {
                None
            }
        }
    }

    #[inline]
    pub(super) fn are_none(self) -> bool {
        self.bare.is_none() && self.with_int.is_none() && self.with_real.is_none() && self.with_text.is_none()
    }
}

/// The value of an int of 64 bits.
///
/// # Safety
/// The thread is attached; an int.
#[inline]
unsafe fn small_int(value: *mut ffi::PyObject) -> Option<i64> {
    let mut overflow = 0;
    // SAFETY: the contract above.
    let number = unsafe { ffi::PyLong_AsLongLongAndOverflow(value, &raw mut overflow) };
    (overflow == 0).then_some(number)
}

/// As many ASCII characters go into a register, beside their number in its last byte.
const MOST_CHARACTERS: usize = 7;

/// A short ASCII text in a register.
///
/// # Safety
/// The thread is attached; a `str`.
#[inline]
unsafe fn short_text(value: *mut ffi::PyObject) -> Option<i64> {
    // SAFETY: the contract above; the bytes live as long as the text, which has as many as it says.
    unsafe {
        let length = ffi::PyUnicode_GetLength(value).cast_unsigned();
        if length > MOST_CHARACTERS {
            return None;
        }
        let mut size = 0;
        let bytes = ffi::PyUnicode_AsUTF8AndSize(value, &raw mut size);
        if bytes.is_null() {
            ffi::PyErr_Clear(); // a lone surrogate
            return None;
        }
        if size.cast_unsigned() != length {
            return None; // not ASCII
        }
        let mut packed = [0; 8];
        std::ptr::copy_nonoverlapping(bytes.cast::<u8>(), packed.as_mut_ptr(), length);
        packed[MOST_CHARACTERS] = length as u8;
        Some(i64::from_le_bytes(packed))
    }
}
