//! Operators and comparisons; the numbers are those of `io.gilgamesh.internal.Operator`.

use super::{give, operand, target, want};
use crate::context::Context;
use crate::entry::enter;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, checked};
use gilgamesh_table::wire::Exchange;
use pyo3::ffi;
use std::ffi::c_int;

type Binary = unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::PyObject) -> *mut ffi::PyObject;
type Unary = unsafe extern "C" fn(*mut ffi::PyObject) -> *mut ffi::PyObject;

const BINARY: [Binary; 13] = [
    ffi::PyNumber_Add,
    ffi::PyNumber_Subtract,
    ffi::PyNumber_Multiply,
    ffi::PyNumber_TrueDivide,
    ffi::PyNumber_FloorDivide,
    ffi::PyNumber_Remainder,
    power,
    ffi::PyNumber_MatrixMultiply,
    ffi::PyNumber_And,
    ffi::PyNumber_Or,
    ffi::PyNumber_Xor,
    ffi::PyNumber_Lshift,
    ffi::PyNumber_Rshift,
];
const COMPARE: [c_int; 6] = [ffi::Py_LT, ffi::Py_LE, ffi::Py_EQ, ffi::Py_NE, ffi::Py_GT, ffi::Py_GE];
const FIRST_COMPARE: i32 = 16;
const CONTAINS: i32 = 24;
const UNARY: [Unary; 4] =
    [ffi::PyNumber_Negative, ffi::PyNumber_Positive, ffi::PyNumber_Invert, ffi::PyNumber_Absolute];
const FIRST_UNARY: i32 = 32;

unsafe extern "C" fn power(base: *mut ffi::PyObject, exponent: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: attached and alive, as for every operator; without a modulus.
    unsafe { ffi::PyNumber_Power(base, exponent, ffi::Py_None()) }
}

/// Applies an operator; the operand of a binary one is the value of the request.
pub fn operate(context: i64, owner: i64, operator: i32, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let owner = target(context, owner)?;
        let result = apply(context, &owner, operator, exchange)?;
        if want == want::BOOLEAN {
            return truth(&result);
        }
        give(context, want, result, exchange)
    })
}

fn apply<'a>(
    context: Context<'a>,
    owner: &Object<'a>,
    operator: i32,
    exchange: &Exchange,
) -> Result<Object<'a>, Failure> {
    let py = context.at.py();
    let pick = |first: i32| usize::try_from(operator - first).unwrap_or(usize::MAX);
    if let Some(unary) = UNARY.get(pick(FIRST_UNARY)) {
        // SAFETY: attached; the owner is alive.
        return Ok(unsafe { unary(owner.as_ptr()).owned(py)? });
    }
    let other = operand(context, exchange)?;
    let (left, right) = (owner.as_ptr(), other.as_ptr());
    // SAFETY: attached; both are alive.
    unsafe {
        if let Some(binary) = BINARY.get(pick(0)) {
            return Ok(binary(left, right).owned(py)?);
        }
        if let Some(compare) = COMPARE.get(pick(FIRST_COMPARE)) {
            return Ok(ffi::PyObject_RichCompare(left, right, *compare).owned(py)?);
        }
        if operator == CONTAINS {
            let found = checked(ffi::PySequence_Contains(left, right))?;
            return Ok(ffi::PyBool_FromLong(found.into()).owned(py)?);
        }
    }
    Err(Failure::internal(format!("no operator {operator} is known")))
}

/// The truth of a comparison's result: NumPy's is no `bool`.
fn truth(result: &Object<'_>) -> Result<i64, Failure> {
    // SAFETY: attached; alive.
    Ok(checked(unsafe { ffi::PyObject_IsTrue(result.as_ptr()) })?.into())
}

/// Whether two handles name one object.
pub fn same(context: i64, one: i64, other: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, _| {
        Ok((target(context, one)?.as_ptr() == target(context, other)?.as_ptr()).into())
    })
}

/// Whether the object is an instance of the class, or of one of the tuple of classes, of the request.
pub fn is_instance(context: i64, object: i64, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let object = target(context, object)?;
        let class = operand(context, exchange)?;
        // SAFETY: attached; both are alive.
        Ok(checked(unsafe { ffi::PyObject_IsInstance(object.as_ptr(), class.as_ptr()) })?.into())
    })
}
