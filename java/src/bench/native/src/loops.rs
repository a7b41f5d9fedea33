//! The loops. Each takes how often, and returns the sum that the operation of the same name must have too, or -1 where
//! Python raised.

use crate::subjects::subjects;
use pyo3::ffi;
use std::hint::black_box;

unsafe extern "C" {
    /// 3.9 to now (limited API from 3.12).
    fn PyObject_Vectorcall(
        callable: *mut ffi::PyObject,
        arguments: *const *mut ffi::PyObject,
        count: usize,
        names: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;
}

/// Where the long arguments begin: too large for Python's cache of small ints.
const FIRST: i64 = 1_234_567;
const ELEMENTS: isize = 100_000;
const CHARACTERS: usize = 1000;
/// A key of the table.
const KEY: &[u8] = b"1234";

/// Sums what `once` gives for each turn; -1 ends it.
#[inline]
pub(crate) fn repeat(times: i64, mut once: impl FnMut(i64) -> i64) -> i64 {
    let mut sum = 0;
    for turn in 0..times {
        match once(turn) {
            -1 => return -1,
            value => sum += value,
        }
    }
    sum
}

/// Does `once` under an attach and a detach of its own each time.
///
/// # Safety
/// The thread is attached.
#[inline]
pub(crate) unsafe fn repeat_attached(times: i64, mut once: impl FnMut(i64) -> i64) -> i64 {
    // SAFETY: attached; each restore is undone by a save of the same state.
    unsafe {
        let state = ffi::PyEval_SaveThread();
        let sum = repeat(times, |turn| {
            ffi::PyEval_RestoreThread(state);
            let value = once(turn);
            ffi::PyEval_SaveThread();
            value
        });
        ffi::PyEval_RestoreThread(state);
        sum
    }
}

/// # Safety
/// The thread is attached, `callable` is alive.
#[inline]
unsafe fn call(callable: *mut ffi::PyObject) -> i64 {
    // SAFETY: as the contract says.
    unsafe {
        let result = ffi::PyObject_CallNoArgs(callable);
        if result.is_null() {
            return -1;
        }
        ffi::Py_DecRef(result);
    }
    1
}

/// # Safety
/// The thread is attached, `callable` is alive.
#[inline]
unsafe fn call_long(callable: *mut ffi::PyObject, value: i64) -> i64 {
    // SAFETY: as the contract says; one argument.
    unsafe {
        let argument = ffi::PyLong_FromLongLong(value);
        let result = PyObject_Vectorcall(callable, &raw const argument, 1, std::ptr::null_mut());
        ffi::Py_DecRef(argument);
        long_of(result)
    }
}

/// Takes a long out of an owned reference, which it releases.
///
/// # Safety
/// The thread is attached; a new reference or null.
#[inline]
unsafe fn long_of(result: *mut ffi::PyObject) -> i64 {
    if result.is_null() {
        return -1;
    }
    // SAFETY: attached; an owned reference.
    unsafe {
        let value = ffi::PyLong_AsLongLong(result);
        ffi::Py_DecRef(result);
        value
    }
}

/// A function without arguments.
///
/// # Safety
/// Here and below: the thread is attached.
pub(crate) unsafe fn call0(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let callable = subjects().nothing;
        repeat(times, |_| call(callable))
    }
}

/// The same, attached for each call.
pub(crate) unsafe fn call0_attached(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let callable = subjects().nothing;
        repeat_attached(times, |_| call(callable))
    }
}

/// A function with a long each way.
pub(crate) unsafe fn call1_long(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let callable = subjects().increment;
        repeat(times, |turn| call_long(callable, FIRST + turn))
    }
}

/// The same, attached for each call.
pub(crate) unsafe fn call1_long_attached(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let callable = subjects().increment;
        repeat_attached(times, |turn| call_long(callable, FIRST + turn))
    }
}

/// Attach and detach, nothing between them.
pub(crate) unsafe fn attach(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe { repeat_attached(times, |_| 1) }
}

/// An attribute, as a long.
pub(crate) unsafe fn attribute(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let (holder, x) = (subjects().holder, subjects().x);
        repeat(times, |_| long_of(ffi::PyObject_GetAttr(holder, x)))
    }
}

/// A text to Python, through a function, and back.
pub(crate) unsafe fn text1000(times: i64) -> i64 {
    let source = [b'x'; CHARACTERS];
    let mut copy = [0u8; CHARACTERS];
    // SAFETY: attached; the copy has room for the same text.
    unsafe {
        let callable = subjects().same;
        repeat(times, |_| {
            let argument =
                ffi::PyUnicode_DecodeUTF8(black_box(&source).as_ptr().cast(), CHARACTERS as isize, std::ptr::null());
            let result = PyObject_Vectorcall(callable, &raw const argument, 1, std::ptr::null_mut());
            ffi::Py_DecRef(argument);
            if result.is_null() {
                return -1;
            }
            let mut length = 0;
            let start = ffi::PyUnicode_AsUTF8AndSize(result, &raw mut length);
            std::ptr::copy_nonoverlapping(start.cast(), copy.as_mut_ptr(), CHARACTERS);
            black_box(&copy);
            ffi::Py_DecRef(result);
            length as i64
        })
    }
}

/// A list of ints, built and freed.
pub(crate) unsafe fn build_list(times: i64) -> i64 {
    // SAFETY: attached; each place is filled, and SetItem takes the reference.
    repeat(times, |_| unsafe {
        let list = ffi::PyList_New(ELEMENTS);
        for index in 0..ELEMENTS {
            ffi::PyList_SetItem(list, index, ffi::PyLong_FromLongLong(index as i64 * 7));
        }
        ffi::Py_DecRef(list);
        ELEMENTS as i64
    })
}

/// A list of ints, walked into an array of longs.
pub(crate) unsafe fn walk_list(times: i64) -> i64 {
    let mut values = vec![0i64; ELEMENTS as usize];
    // SAFETY: attached; the list has as many elements as the array.
    unsafe {
        let list = subjects().numbers;
        repeat(times, |_| {
            for (index, value) in values.iter_mut().enumerate() {
                *value = ffi::PyLong_AsLongLong(ffi::PyList_GetItem(list, index as isize));
            }
            *black_box(&values).last().unwrap_or(&-1)
        })
    }
}

/// A dict of texts and floats, walked into arrays.
pub(crate) unsafe fn walk_dict(times: i64) -> i64 {
    let mut keys = Vec::<u8>::with_capacity(1 << 20);
    let mut values = Vec::<f64>::with_capacity(1 << 14);
    // SAFETY: attached; key and value are borrowed from the dict, which nobody changes.
    unsafe {
        let dict = subjects().table;
        repeat(times, |_| {
            keys.clear();
            values.clear();
            let (mut position, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
            while ffi::PyDict_Next(dict, &raw mut position, &raw mut key, &raw mut value) != 0 {
                let mut length = 0;
                let start = ffi::PyUnicode_AsUTF8AndSize(key, &raw mut length);
                keys.extend_from_slice(std::slice::from_raw_parts(start.cast(), length as usize));
                values.push(ffi::PyFloat_AsDouble(value));
            }
            black_box((&keys, &values));
            values.len() as i64
        })
    }
}

/// An element of a list of ints, by its index, as a long.
pub(crate) unsafe fn list_get(times: i64) -> i64 {
    // SAFETY: attached; the index lies within the list, which lends the element.
    unsafe {
        let list = subjects().numbers;
        repeat(times, |turn| ffi::PyLong_AsLongLong(ffi::PyList_GetItem(list, (turn % ELEMENTS as i64) as isize)))
    }
}

/// A value of a dict of texts and floats, by a key that is made for it, as a whole number.
pub(crate) unsafe fn map_get(times: i64) -> i64 {
    // SAFETY: attached; a key that the dict has, and a value that it lends.
    unsafe {
        let dict = subjects().table;
        repeat(times, |_| {
            let key = ffi::PyUnicode_DecodeUTF8(black_box(KEY).as_ptr().cast(), KEY.len() as isize, std::ptr::null());
            let value = ffi::PyFloat_AsDouble(ffi::PyDict_GetItemWithError(dict, key));
            ffi::Py_DecRef(key);
            value as i64
        })
    }
}

/// Ready statements.
pub(crate) unsafe fn exec(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let (code, globals) = (subjects().pass, subjects().globals);
        repeat(times, |_| {
            let result = ffi::PyEval_EvalCode(code, globals, globals);
            if result.is_null() {
                return -1;
            }
            ffi::Py_DecRef(result);
            1
        })
    }
}

/// A ready expression, as a long.
pub(crate) unsafe fn eval(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let (code, globals) = (subjects().sum, subjects().globals);
        repeat(times, |_| long_of(ffi::PyEval_EvalCode(code, globals, globals)))
    }
}

/// An exception five frames deep, its text read, and cleared; the length of its text.
pub(crate) unsafe fn raise(times: i64) -> i64 {
    // SAFETY: attached; the three of a fetch are owned or null.
    unsafe {
        let callable = subjects().fail;
        repeat(times, |_| {
            if call(callable) != -1 {
                return -1;
            }
            let (mut class, mut value, mut traceback) =
                (std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut());
            ffi::PyErr_Fetch(&raw mut class, &raw mut value, &raw mut traceback);
            ffi::PyErr_NormalizeException(&raw mut class, &raw mut value, &raw mut traceback);
            let text = ffi::PyObject_Str(value);
            let length = ffi::PyUnicode_GetLength(text);
            [text, class, value, traceback].into_iter().for_each(|owned| ffi::Py_DecRef(owned));
            length as i64
        })
    }
}

/// A plain object, made and released.
pub(crate) unsafe fn make(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let callable = subjects().make;
        repeat(times, |_| call(callable))
    }
}

/// The same, attached for each.
pub(crate) unsafe fn make_attached(times: i64) -> i64 {
    // SAFETY: attached.
    unsafe {
        let callable = subjects().make;
        repeat_attached(times, |_| call(callable))
    }
}
