//! What the stable ABI lacks: each symbol with the versions that export it.
//!
//! Declared `extern` where every supported version exports it, looked up at run time where not.

use once_cell::sync::OnceCell;
use pyo3::ffi;
use std::ffi::{CStr, c_int, c_void};

unsafe extern "C" {
    /// 3.9 to now (limited API from 3.12).
    pub(crate) fn PyObject_Vectorcall(
        callable: *mut ffi::PyObject,
        arguments: *const *mut ffi::PyObject,
        count: usize,
        names: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;

    /// 3.9 to now (limited API from 3.12).
    pub(crate) fn PyObject_VectorcallMethod(
        name: *mut ffi::PyObject,
        arguments: *const *mut ffi::PyObject,
        count: usize,
        names: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;

    /// 3.8 to now (limited API from 3.12).
    pub(crate) fn PyVectorcall_Call(
        callable: *mut ffi::PyObject,
        arguments: *mut ffi::PyObject,
        keywords: *mut ffi::PyObject,
    ) -> *mut ffi::PyObject;

    /// 3.3 to now, never in the limited API. Finds out how narrow the characters are.
    pub(crate) fn PyUnicode_FromKindAndData(
        kind: c_int,
        data: *const c_void,
        count: ffi::Py_ssize_t,
    ) -> *mut ffi::PyObject;

    /// 3.9 to now, never in the limited API.
    pub(crate) fn PyMethod_New(function: *mut ffi::PyObject, receiver: *mut ffi::PyObject) -> *mut ffi::PyObject;

    /// 3.3 to now.
    pub(crate) fn PyThread_get_thread_ident() -> std::ffi::c_ulong;

    /// 3.8 to now.
    pub(crate) fn PyThread_get_thread_native_id() -> std::ffi::c_ulong;

    /// 3.0 to now, never in the limited API: the newest state of an interpreter.
    pub(crate) fn PyInterpreterState_ThreadHead(interpreter: *mut ffi::PyInterpreterState) -> *mut ffi::PyThreadState;

    /// 3.0 to now, never in the limited API: the state that was made before.
    pub(crate) fn PyThreadState_Next(state: *mut ffi::PyThreadState) -> *mut ffi::PyThreadState;

    /// 3.9 to now, never in the limited API: a new reference to the innermost frame, or null.
    pub(crate) fn PyThreadState_GetFrame(state: *mut ffi::PyThreadState) -> *mut ffi::PyObject;

    /// 3.11 to 3.14; never in the limited API. Frees the state that is current and lets go of its GIL.
    pub(crate) fn PyThreadState_DeleteCurrent();
}

/// `PY_VECTORCALL_ARGUMENTS_OFFSET`: the callee may use the place before the first argument.
pub(crate) const ARGUMENTS_OFFSET: usize = 1 << (usize::BITS - 1);

/// `Py_TPFLAGS_HAVE_VECTORCALL` (3.9 to now, limited API from 3.12): instances hold a function by which they are called.
pub(crate) const HAVE_VECTORCALL: std::ffi::c_ulong = 1 << 11;

/// `PyUnicode_2BYTE_KIND`: characters of two bytes each.
pub(crate) const UCS2: c_int = 2;

/// `Py_TPFLAGS_IMMUTABLETYPE` (3.10 to now): nobody can put attributes into the type. CPython's adaptive interpreter
/// caches methods only where their own type is one of these.
pub(crate) const IMMUTABLE_TYPE: std::ffi::c_ulong = 1 << 8;

fn find(name: &CStr) -> *mut c_void {
    // SAFETY: dlsym with a terminated name; libpython was opened globally before this library.
    unsafe { libc::dlsym(libc::RTLD_DEFAULT, name.as_ptr()) }
}

/// Sets `Py_UTF8Mode` (3.7 to now, deprecated since 3.12), without which text is ASCII where LANG is unset.
pub(crate) fn prefer_utf8() {
    let mode = find(c"Py_UTF8Mode").cast::<c_int>();
    if !mode.is_null() {
        // SAFETY: a C int of libpython's, written before Python starts, by the one thread that starts it.
        unsafe { *mode = 1 }
    }
}

type SetWide = unsafe extern "C" fn(*const libc::wchar_t);

fn set_wide(name: &CStr, text: &str) -> bool {
    let function = find(name);
    if function.is_null() {
        return false;
    }
    let wide: Vec<libc::wchar_t> = text.chars().map(|c| c as libc::wchar_t).chain([0]).collect();
    // SAFETY: both functions that this is called for have this signature (3.11 to 3.14).
    let function: SetWide = unsafe { std::mem::transmute::<*mut c_void, SetWide>(function) };
    // The interpreter keeps the pointer, so the text lives as long as the process.
    // SAFETY: a terminated wide string that is never freed; Python has not started.
    unsafe { function(Vec::leak(wide).as_ptr()) };
    true
}

/// Names the executable that Python would have been started by: it finds prefix, venv and site-packages from there.
pub(crate) fn set_program(path: &str) -> bool {
    set_wide(c"Py_SetProgramName", path)
}

/// Names the prefix, where no executable can tell it.
pub(crate) fn set_home(path: &str) -> bool {
    set_wide(c"Py_SetPythonHome", path)
}

/// The version of the libpython that is loaded, as `sys.hexversion`; readable before start.
pub(crate) fn version() -> u32 {
    // `Py_Version` is exported by 3.11 and later.
    let version = find(c"Py_Version").cast::<std::ffi::c_ulong>();
    // SAFETY: a constant of libpython's, where it is exported.
    if version.is_null() { 0 } else { unsafe { *version as u32 } }
}

type Lookup = unsafe extern "C" fn(*mut ffi::PyObject, *mut ffi::PyObject, *mut *mut ffi::PyObject) -> c_int;

/// `PyObject_GetOptionalAttr` (3.13 to now), under its private name before (3.7 to 3.12): an attribute that may not be
/// there, without the exception that says so. 1 and the attribute, 0, or -1 and an exception.
///
/// # Safety
/// Attached; the object and the name are alive.
pub(crate) unsafe fn optional_attribute(
    object: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
    found: &mut *mut ffi::PyObject,
) -> c_int {
    static LOOKUP: OnceCell<Option<Lookup>> = OnceCell::new();
    let lookup = LOOKUP.get_or_init(|| {
        let public = find(c"PyObject_GetOptionalAttr");
        let function = if public.is_null() { find(c"_PyObject_LookupAttr") } else { public };
        // SAFETY: both names have this signature in all versions that have them.
        (!function.is_null()).then(|| unsafe { std::mem::transmute::<*mut c_void, Lookup>(function) })
    });
    // SAFETY: the contract above.
    unsafe {
        match lookup {
            Some(lookup) => lookup(object, name, found),
            None => {
                *found = ffi::PyObject_GetAttr(object, name);
                if !found.is_null() {
                    return 1;
                }
                if ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
                    return -1;
                }
                ffi::PyErr_Clear();
                0
            }
        }
    }
}

/// `PyInterpreterConfig` (3.12 to now, never in the limited API).
#[repr(C)]
struct InterpreterConfig {
    use_main_obmalloc: c_int,
    allow_fork: c_int,
    allow_exec: c_int,
    allow_threads: c_int,
    allow_daemon_threads: c_int,
    check_multi_interp_extensions: c_int,
    gil: c_int,
}

/// `PyInterpreterConfig_OWN_GIL`.
const OWN_GIL: c_int = 2;

/// `PyStatus` (3.8 to now, never in the limited API): what went wrong in a start.
#[repr(C)]
struct Status {
    kind: c_int,
    function: *const std::ffi::c_char,
    message: *const std::ffi::c_char,
    exit_code: c_int,
}

type NewInterpreter = unsafe extern "C" fn(*mut *mut ffi::PyThreadState, *const InterpreterConfig) -> Status;

fn new_interpreter() -> Option<NewInterpreter> {
    let function = find(c"Py_NewInterpreterFromConfig");
    // SAFETY: every version that has the name has this signature (3.12 to 3.14).
    (!function.is_null()).then(|| unsafe { std::mem::transmute::<*mut c_void, NewInterpreter>(function) })
}

/// Whether this CPython has interpreters with a GIL of their own.
pub(crate) fn has_own_gil() -> bool {
    new_interpreter().is_some()
}

/// Makes an interpreter with a GIL of its own by `Py_NewInterpreterFromConfig`; its first thread state, which is this
/// thread's current one then. Where it fails, CPython's reason, and the thread is attached as before.
///
/// # Safety
/// Attached to the main interpreter.
pub(crate) unsafe fn make_interpreter() -> Result<*mut ffi::PyThreadState, String> {
    let make = new_interpreter().ok_or("this CPython has no interpreters with a GIL of their own")?;
    let config = InterpreterConfig {
        use_main_obmalloc: 0,
        allow_fork: 0,
        allow_exec: 0,
        allow_threads: 1,
        // From 3.13 on threads that a thread of the host's starts are daemons by default.
        allow_daemon_threads: 1,
        check_multi_interp_extensions: 1,
        gil: OWN_GIL,
    };
    let mut state = std::ptr::null_mut();
    // SAFETY: attached to the main interpreter (contract above); both pointers are to locals of the right form.
    let status = unsafe { make(&raw mut state, &raw const config) };
    if status.kind == 0 && !state.is_null() {
        return Ok(state);
    }
    if status.message.is_null() {
        return Err("CPython could not make an interpreter, and does not say why".into());
    }
    // SAFETY: a constant text of CPython's.
    Err(unsafe { CStr::from_ptr(status.message) }.to_string_lossy().into_owned())
}
