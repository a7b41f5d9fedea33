//! What the loops call and read: made once, out of the source that the operations use too.

use pyo3::ffi;
use std::ffi::{CStr, c_int};
use std::sync::OnceLock;

/// The definitions, for C.
pub(crate) const SOURCE: &CStr =
    match CStr::from_bytes_with_nul(concat!(include_str!("definitions.py"), "\0").as_bytes()) {
        Ok(source) => source,
        Err(_) => panic!("the definitions hold a NUL"),
    };

/// Owned references that live as long as the process.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subjects {
    pub(crate) globals: *mut ffi::PyObject,
    pub(crate) nothing: *mut ffi::PyObject,
    pub(crate) increment: *mut ffi::PyObject,
    pub(crate) same: *mut ffi::PyObject,
    pub(crate) holder: *mut ffi::PyObject,
    pub(crate) x: *mut ffi::PyObject,
    pub(crate) numbers: *mut ffi::PyObject,
    pub(crate) table: *mut ffi::PyObject,
    pub(crate) columns: *mut ffi::PyObject,
    pub(crate) make: *mut ffi::PyObject,
    pub(crate) fail: *mut ffi::PyObject,
    pub(crate) pass: *mut ffi::PyObject,
    pub(crate) sum: *mut ffi::PyObject,
    pub(crate) add: *mut ffi::PyObject,
    pub(crate) builtins: *mut ffi::PyObject,
}

// SAFETY: read only by threads that are attached.
unsafe impl Send for Subjects {}
// SAFETY: as above.
unsafe impl Sync for Subjects {}

static SUBJECTS: OnceLock<Subjects> = OnceLock::new();

/// The subjects.
///
/// # Safety
/// The thread is attached.
pub(crate) unsafe fn subjects() -> Subjects {
    // SAFETY: attached (contract above).
    *SUBJECTS.get_or_init(|| unsafe { make() })
}

/// # Safety
/// The thread is attached.
unsafe fn make() -> Subjects {
    // SAFETY: attached; the names are those of the definitions, which outlive all users with their dict.
    unsafe {
        let globals = ffi::PyDict_New();
        ffi::PyDict_SetItemString(globals, c"__builtins__".as_ptr(), ffi::PyEval_GetBuiltins());
        ffi::PyDict_SetItemString(globals, c"__name__".as_ptr(), ffi::PyUnicode_FromString(c"floor".as_ptr()));
        ffi::PyEval_EvalCode(compile(SOURCE, ffi::Py_file_input), globals, globals);
        let get = |name: &CStr| ffi::PyDict_GetItemString(globals, name.as_ptr());
        Subjects {
            globals,
            nothing: get(c"nothing"),
            increment: get(c"increment"),
            same: get(c"same"),
            holder: get(c"holder"),
            x: ffi::PyUnicode_InternFromString(c"x".as_ptr()),
            numbers: get(c"numbers"),
            table: get(c"table"),
            columns: get(c"columns"),
            make: get(c"make"),
            fail: get(c"fail"),
            pass: compile(c"pass", ffi::Py_file_input),
            sum: compile(c"1+1", ffi::Py_eval_input),
            add: compile(c"c = a + b", ffi::Py_file_input),
            builtins: get(c"__builtins__"),
        }
    }
}

/// # Safety
/// The thread is attached.
unsafe fn compile(source: &CStr, mode: c_int) -> *mut ffi::PyObject {
    // SAFETY: attached; terminated texts.
    unsafe { ffi::Py_CompileString(source.as_ptr(), c"<floor>".as_ptr(), mode) }
}
