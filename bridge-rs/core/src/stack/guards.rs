//! Functions of CPython's that take more stack than is counted, each put behind a look at the stack (3.11 to 3.13).
//!
//! `list.sort` has 2 kB of its own in a frame, the parser below `compile`, `exec` and `eval` counts only its own
//! levels, and `sys.setrecursionlimit` on 3.11 rewrites the counts of all threads. The function pointer in CPython's
//! method table is replaced by one of ours, which calls the old one: the objects that Python code sees stay the same,
//! in every interpreter. The tables are writable data in these versions, and are written by an attached thread, once.

use super::limit::around_set_limit;
use super::source::{enough_for, stack_needed};
use super::{Layout, Lowered, room};
use once_cell::sync::OnceCell;
use pyo3::ffi;
use std::ffi::{CStr, c_char, c_int};
use std::ptr::null_mut;
use std::sync::atomic::{AtomicUsize, Ordering};

type Object = *mut ffi::PyObject;
type Fast = unsafe extern "C" fn(Object, *mut Object, ffi::Py_ssize_t) -> Object;
type FastKeywords = unsafe extern "C" fn(Object, *const Object, ffi::Py_ssize_t, Object) -> Object;
type One = unsafe extern "C" fn(Object, Object) -> Object;

/// The functions; each is an index of `OLD`.
const SORT: usize = 0;
const COMPILE: usize = 1;
const EXEC: usize = 2;
const EVAL: usize = 3;
const SET_LIMIT: usize = 4;

/// The functions that were replaced.
static OLD: [AtomicUsize; 5] = [const { AtomicUsize::new(0) }; 5];
static LAYOUT: OnceCell<Layout> = OnceCell::new();

/// The layout that was recognized, once a thread state was prepared.
pub(super) fn layout_in_use() -> Option<Layout> {
    LAYOUT.get().copied()
}

/// Puts the guards in place, the first time. The thread is attached.
pub(super) fn install(layout: Layout) {
    if LAYOUT.set(layout).is_err() {
        return;
    }
    // SAFETY: attached; `list` is a static type, whose slots may be asked for.
    let list = unsafe { ffi::PyType_GetSlot(&raw mut ffi::PyList_Type, ffi::Py_tp_methods) };
    replace::<SORT>(list.cast(), c"sort");
    let builtins = methods_of(c"builtins");
    replace::<COMPILE>(builtins, c"compile");
    replace::<EXEC>(builtins, c"exec");
    replace::<EVAL>(builtins, c"eval");
    if !layout.separate {
        replace::<SET_LIMIT>(methods_of(c"sys"), c"setrecursionlimit");
    }
}

fn methods_of(module: &CStr) -> *mut ffi::PyMethodDef {
    // SAFETY: attached; both modules exist in every interpreter, as the C modules that they are; borrowed.
    unsafe {
        let module = ffi::PyImport_AddModule(module.as_ptr());
        let definition = if module.is_null() { null_mut() } else { ffi::PyModule_GetDef(module) };
        if definition.is_null() { null_mut() } else { (*definition).m_methods }
    }
}

fn replace<const N: usize>(table: *mut ffi::PyMethodDef, name: &CStr) {
    // SAFETY: a table of CPython's, ended by an entry without a name, or null; attached, so nobody calls meanwhile.
    unsafe {
        let Some(entry) = find(table, name) else { return };
        let Some(guard) = guard_for::<N>((*entry).ml_flags) else { return };
        OLD[N].store((*entry).ml_meth.PyCFunction as usize, Ordering::Release);
        (*entry).ml_meth = guard;
    }
}

unsafe fn find(table: *mut ffi::PyMethodDef, name: &CStr) -> Option<*mut ffi::PyMethodDef> {
    let mut entry = table;
    // SAFETY: see `replace`.
    while let Some(found) = unsafe { entry.as_ref() }.filter(|entry| !entry.ml_name.is_null()) {
        // SAFETY: a terminated text of CPython's.
        if unsafe { CStr::from_ptr(found.ml_name) } == name {
            return Some(entry);
        }
        // SAFETY: not the last entry, since it has a name.
        entry = unsafe { entry.add(1) };
    }
    None
}

/// Our function of the shape that the table's entry has; none for a shape that is not known.
fn guard_for<const N: usize>(flags: c_int) -> Option<ffi::PyMethodDefPointer> {
    const KEYWORDS: c_int = ffi::METH_FASTCALL | ffi::METH_KEYWORDS;
    match flags {
        ffi::METH_FASTCALL => Some(ffi::PyMethodDefPointer { PyCFunctionFast: fast::<N> }),
        KEYWORDS => Some(ffi::PyMethodDefPointer { PyCFunctionFastWithKeywords: fast_keywords::<N> }),
        ffi::METH_O if N == SET_LIMIT => Some(ffi::PyMethodDefPointer { PyCFunction: set_limit }),
        _ => None,
    }
}

unsafe extern "C" fn fast<const N: usize>(own: Object, arguments: *mut Object, count: ffi::Py_ssize_t) -> Object {
    // SAFETY: what stands here is a function of this shape (`guard_for`).
    let old = unsafe { std::mem::transmute::<usize, Fast>(OLD[N].load(Ordering::Acquire)) };
    // SAFETY: called by Python, so attached, with valid arguments.
    unsafe { guarded::<N>(arguments, count, || old(own, arguments, count)) }
}

unsafe extern "C" fn fast_keywords<const N: usize>(
    own: Object,
    arguments: *const Object,
    count: ffi::Py_ssize_t,
    names: Object,
) -> Object {
    // SAFETY: as in `fast`.
    let old = unsafe { std::mem::transmute::<usize, FastKeywords>(OLD[N].load(Ordering::Acquire)) };
    // SAFETY: as in `fast`; the values of keyword arguments follow the others.
    unsafe {
        let keywords = if names.is_null() { 0 } else { ffi::PyTuple_Size(names) };
        guarded::<N>(arguments, count + keywords, || old(own, arguments, count, names))
    }
}

/// Calls `old` with the count lowered to what the stack has, unless the parser could need more than that.
///
/// # Safety
/// Attached; `arguments` are `count` objects.
unsafe fn guarded<const N: usize>(
    arguments: *const Object,
    count: ffi::Py_ssize_t,
    old: impl FnOnce() -> Object,
) -> Object {
    let Some(layout) = layout_in_use() else { return old() };
    // SAFETY: attached, during the call too.
    let lowered = unsafe { Lowered::now(layout) };
    // SAFETY: the contract above.
    if N != SORT && unsafe { is_too_deep(arguments, count) } {
        drop(lowered);
        return refuse();
    }
    let result = old();
    drop(lowered);
    result
}

/// Whether an argument is a source text for which the parser could need more stack than there is.
unsafe fn is_too_deep(arguments: *const Object, count: ffi::Py_ssize_t) -> bool {
    let room = room();
    if arguments.is_null() {
        return false;
    }
    // SAFETY: `count` arguments (contract of the caller).
    let arguments = unsafe { std::slice::from_raw_parts(arguments, usize::try_from(count).unwrap_or(0)) };
    // SAFETY: valid objects, which the caller keeps during the call.
    arguments.iter().any(|argument| unsafe { text_of(*argument) }.is_some_and(|text| may_exceed(text, room)))
}

fn may_exceed(text: &[u8], room: usize) -> bool {
    room < enough_for(text.len()) && stack_needed(text) > room
}

/// The bytes of a `str` or `bytes`, as long as it lives and nobody changes it.
unsafe fn text_of<'a>(object: Object) -> Option<&'a [u8]> {
    let (mut data, mut length) = (null_mut::<c_char>(), 0);
    // SAFETY: attached; each function is called with the type that it is for.
    unsafe {
        if ffi::PyUnicode_Check(object) != 0 {
            data = ffi::PyUnicode_AsUTF8AndSize(object, &raw mut length).cast_mut();
        } else if ffi::PyBytes_Check(object) != 0 {
            ffi::PyBytes_AsStringAndSize(object, &raw mut data, &raw mut length);
        }
        if data.is_null() {
            // Lone surrogates: the old function says so itself.
            ffi::PyErr_Clear();
            return None;
        }
        Some(std::slice::from_raw_parts(data.cast(), usize::try_from(length).unwrap_or(0)))
    }
}

fn refuse() -> Object {
    let text = c"source is nested too deeply to be parsed on what is left of this thread's stack";
    // SAFETY: attached.
    unsafe { ffi::PyErr_SetString(ffi::PyExc_RecursionError, text.as_ptr()) };
    null_mut()
}

unsafe extern "C" fn set_limit(own: Object, limit: Object) -> Object {
    // SAFETY: as in `fast`.
    let old = unsafe { std::mem::transmute::<usize, One>(OLD[SET_LIMIT].load(Ordering::Acquire)) };
    // SAFETY: called by Python, so attached, with valid arguments; the number is owned until it is given back. Made
    // before, it keeps an `__index__` from running while the counts are not fitted.
    unsafe {
        let number = ffi::PyNumber_Index(limit);
        if number.is_null() {
            return null_mut();
        }
        let result = around_set_limit(|| old(own, number));
        ffi::Py_DecRef(number);
        result
    }
}
