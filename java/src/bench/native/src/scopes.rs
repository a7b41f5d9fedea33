//! The floors of contexts and jobs: variables that are made, used and dropped.

use crate::loops::repeat_attached;
use crate::subjects::{Subjects, subjects};
use pyo3::ffi;
use std::ffi::CStr;

/// Where the long inputs begin: too large for Python's cache of small ints.
const FIRST: i64 = 1_234_567;

/// The variables of a module, made and dropped, attached for both as a context's opening and closing are.
pub(crate) unsafe fn namespace(times: i64) -> i64 {
    // SAFETY: attached; the builtins live as long as the subjects, the module is owned, and its dict is its own.
    unsafe {
        let Subjects { builtins, .. } = subjects();
        repeat_attached(times, |_| {
            let module = ffi::PyModule_New(c"__main__".as_ptr());
            ffi::PyDict_SetItemString(ffi::PyModule_GetDict(module), c"__builtins__".as_ptr(), builtins);
            ffi::Py_DecRef(module);
            1
        })
    }
}

/// Ready statements that run in a copy of variables with two inputs and leave one output, as a long.
pub(crate) unsafe fn job(times: i64) -> i64 {
    // SAFETY: attached; the output is borrowed from the copy, which is owned.
    unsafe {
        let Subjects { add, builtins, .. } = subjects();
        let base = ffi::PyDict_New();
        ffi::PyDict_SetItemString(base, c"__builtins__".as_ptr(), builtins);
        let sum = repeat_attached(times, |turn| {
            let scope = ffi::PyDict_Copy(base);
            set(scope, c"a", FIRST);
            set(scope, c"b", turn);
            let result = ffi::PyEval_EvalCode(add, scope, scope);
            if result.is_null() {
                return -1;
            }
            let sum = ffi::PyLong_AsLongLong(ffi::PyDict_GetItemString(scope, c"c".as_ptr()));
            ffi::Py_DecRef(result);
            ffi::Py_DecRef(scope);
            sum
        });
        ffi::Py_DecRef(base);
        sum
    }
}

/// # Safety
/// The thread is attached, `scope` is a dict.
unsafe fn set(scope: *mut ffi::PyObject, name: &CStr, value: i64) {
    // SAFETY: as the contract says; the number is owned.
    unsafe {
        let number = ffi::PyLong_FromLongLong(value);
        ffi::PyDict_SetItemString(scope, name.as_ptr(), number);
        ffi::Py_DecRef(number);
    }
}
