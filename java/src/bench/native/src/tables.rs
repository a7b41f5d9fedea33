//! The loops of tables and of records: a long, a double and a text a row.

use crate::loops::repeat;
use crate::subjects::subjects;
use pyo3::ffi;
use std::hint::black_box;
use std::mem::MaybeUninit;

const ROWS: isize = 100_000;
/// The bytes of a column of numbers.
const BLOCK: usize = 8 * ROWS as usize;
/// Where the texts lie, one after the other, each in so many bytes.
const TEXT: usize = 10;

/// A dict of two blocks and a list of texts, built and freed.
///
/// # Safety
/// Here and below: the thread is attached.
pub(crate) unsafe fn build(times: i64) -> i64 {
    let block = vec![1_u8; BLOCK];
    let texts = vec![b'x'; TEXT * ROWS as usize];
    // SAFETY: attached; each place is filled, SetItem of a list takes the reference, that of a dict shares it.
    repeat(times, |_| unsafe {
        let dict = ffi::PyDict_New();
        for name in [c"id", c"score"] {
            let bytes = ffi::PyByteArray_FromStringAndSize(black_box(&block).as_ptr().cast(), BLOCK as isize);
            ffi::PyDict_SetItemString(dict, name.as_ptr(), bytes);
            ffi::Py_DecRef(bytes);
        }
        let list = ffi::PyList_New(ROWS);
        for (row, text) in texts.chunks_exact(TEXT).enumerate() {
            let text = ffi::PyUnicode_FromStringAndSize(text.as_ptr().cast(), TEXT as isize);
            ffi::PyList_SetItem(list, row as isize, text);
        }
        ffi::PyDict_SetItemString(dict, c"name".as_ptr(), list);
        ffi::Py_DecRef(list);
        ffi::Py_DecRef(dict);
        ROWS as i64
    })
}

/// The same rows as a list of dicts, built and freed.
pub(crate) unsafe fn build_records(times: i64) -> i64 {
    let texts = vec![b'x'; TEXT * ROWS as usize];
    // SAFETY: attached; each place is filled, SetItem of a list takes the reference, that of a dict shares it.
    unsafe {
        let [id, price, name] = [c"id", c"price", c"name"].map(|key| ffi::PyUnicode_InternFromString(key.as_ptr()));
        repeat(times, |_| {
            let list = ffi::PyList_New(ROWS);
            for (row, text) in texts.chunks_exact(TEXT).enumerate() {
                let dict = ffi::PyDict_New();
                put(dict, id, ffi::PyLong_FromLongLong(row as i64));
                put(dict, price, ffi::PyFloat_FromDouble(row as f64));
                put(dict, name, ffi::PyUnicode_FromStringAndSize(black_box(text).as_ptr().cast(), TEXT as isize));
                ffi::PyList_SetItem(list, row as isize, dict);
            }
            ffi::Py_DecRef(list);
            ROWS as i64
        })
    }
}

/// # Safety
/// The thread is attached; a dict, a `str`, and a value whose reference is taken.
unsafe fn put(dict: *mut ffi::PyObject, key: *mut ffi::PyObject, value: *mut ffi::PyObject) {
    // SAFETY: the contract above; the dict shares the value.
    unsafe {
        ffi::PyDict_SetItem(dict, key, value);
        ffi::Py_DecRef(value);
    }
}

/// The table, copied into memory of the host's.
pub(crate) unsafe fn walk(times: i64) -> i64 {
    let mut blocks = [vec![0_u8; BLOCK], vec![0_u8; BLOCK]];
    let mut texts = Vec::<u8>::with_capacity(2 * TEXT * ROWS as usize);
    // SAFETY: attached; all is borrowed from the dict, which nobody changes.
    unsafe {
        let columns = subjects().columns;
        let get = |name: &std::ffi::CStr| ffi::PyDict_GetItemString(columns, name.as_ptr());
        repeat(times, |_| {
            for (block, name) in blocks.iter_mut().zip([c"id", c"score"]) {
                copy(get(name), block);
            }
            texts.clear();
            let list = get(c"name");
            for row in 0..ROWS {
                let mut length = 0;
                let start = ffi::PyUnicode_AsUTF8AndSize(ffi::PyList_GetItem(list, row), &raw mut length);
                texts.extend_from_slice(std::slice::from_raw_parts(start.cast(), length as usize));
            }
            black_box((&blocks, &texts));
            ROWS as i64
        })
    }
}

/// # Safety
/// The thread is attached; an array of as many bytes.
unsafe fn copy(array: *mut ffi::PyObject, to: &mut [u8]) {
    let mut view = MaybeUninit::uninit();
    // SAFETY: attached; the view is filled, holds as many bytes, and is released once.
    unsafe {
        ffi::PyObject_GetBuffer(array, view.as_mut_ptr(), ffi::PyBUF_SIMPLE);
        let mut view: ffi::Py_buffer = view.assume_init();
        std::ptr::copy_nonoverlapping(view.buf.cast(), to.as_mut_ptr(), to.len());
        ffi::PyBuffer_Release(&raw mut view);
    }
}
