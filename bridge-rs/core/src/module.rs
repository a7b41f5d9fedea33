//! The built-in module `_gilgamesh`: what the Python package needs of the core, made once per interpreter.
//!
//! Built from raw method definitions, because PyO3's own modules and functions keep process-wide objects.

use crate::attach::{self, Attached};
use crate::failure::{Failure, Reason};
use crate::handle::none;
use crate::own::{FromRaw, Object, Raised, checked, is_str, text};
use crate::signals::Handlers;
use crate::upcall::{self, HostTypes};
use once_cell::sync::OnceCell;
use pyo3::{Python, ffi};
use std::ffi::{CStr, c_int};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// The folder of the package `gilgamesh`, whose own frames no traceback shows; set once, before Python starts.
static PACKAGE_FOLDER: OnceCell<String> = OnceCell::new();

struct Methods([ffi::PyMethodDef; 13]);
// SAFETY: constant pointers to constant names and functions.
unsafe impl Sync for Methods {}

const fn function(name: &'static CStr, call: ffi::PyCFunction, flags: c_int, doc: &'static CStr) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: call },
        ml_flags: flags,
        ml_doc: doc.as_ptr(),
    }
}

static METHODS: Methods = Methods([
    ffi::PyMethodDef {
        ml_name: c"keep_signals".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunctionWithKeywords: keep_signals },
        ml_flags: ffi::METH_VARARGS | ffi::METH_KEYWORDS,
        ml_doc: c"keep_signals(callable, /, *args, **kwargs)\n--\n\nCall it, then put the host's signal handlers back."
            .as_ptr(),
    },
    function(
        c"clamp_recursion",
        clamp_recursion,
        ffi::METH_NOARGS,
        c"clamp_recursion()\n--\n\nFit each thread's recursion limit to its stack (CPython 3.11).",
    ),
    function(
        c"current_frames",
        current_frames,
        ffi::METH_NOARGS,
        c"current_frames()\n--\n\nThe innermost frame of each thread that runs code in this interpreter, by its number.",
    ),
    function(
        c"interrupt",
        interrupt,
        ffi::METH_O,
        c"interrupt(ident, /)\n--\n\nRaise SystemExit in the thread; whether there is one of that number.",
    ),
    function(
        c"describe",
        describe,
        ffi::METH_O,
        c"describe(number, /)\n--\n\nWhat Java says of its class of that number.",
    ),
    function(
        c"find_class",
        find_class,
        ffi::METH_O,
        c"find_class(name, /)\n--\n\nThe number of the Java class of that name, or None.",
    ),
    function(
        c"find_package",
        find_package,
        ffi::METH_O,
        c"find_package(name, /)\n--\n\nWhether Java has a package of that name.",
    ),
    function(
        c"list_package",
        list_package,
        ffi::METH_O,
        c"list_package(name, /)\n--\n\nThe classes of the Java package that scripts may look up, None if they cannot be listed.",
    ),
    function(
        c"current_context",
        current_context,
        ffi::METH_NOARGS,
        c"current_context()\n--\n\nThe number of the context that this thread runs Python of; 0 on a thread of Python's own.",
    ),
    function(
        c"flush_at_end",
        flush_at_end,
        ffi::METH_NOARGS,
        c"flush_at_end()\n--\n\nHave the streams' flush_thread() called when the verb that this thread runs ends.",
    ),
    ffi::PyMethodDef {
        ml_name: c"serve".as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunctionFast: serve },
        ml_flags: ffi::METH_FASTCALL,
        ml_doc: c"serve(service, /, *args)\n--\n\nWhat a service of the bridge's gives; None where the host is gone.".as_ptr(),
    },
    function(
        c"interruption",
        interruption,
        ffi::METH_NOARGS,
        c"interruption()\n--\n\nWhy this thread is interrupted, told once; None where nobody did so.",
    ),
    ffi::PyMethodDef::zeroed(),
]);

/// Notes where the package is.
pub(crate) fn set_package_folder(folder: &str) {
    // A second start is refused long before this; the folder is that of the first.
    let _ = PACKAGE_FOLDER.set(format!("{}/gilgamesh/", folder.trim_end_matches('/')));
}

/// Whether a code object's file name is one of the package's.
pub(crate) fn is_own_file(name: &Object<'_>) -> bool {
    let Some(folder) = PACKAGE_FOLDER.get() else { return false };
    let mut length = 0;
    // SAFETY: attached; a str or an exception, which is cleared; the bytes live as long as the str.
    unsafe {
        let start = ffi::PyUnicode_AsUTF8AndSize(name.as_ptr(), &raw mut length);
        if start.is_null() {
            ffi::PyErr_Clear();
            return false;
        }
        std::slice::from_raw_parts(start.cast::<u8>(), length.cast_unsigned()).starts_with(folder.as_bytes())
    }
}

/// Makes the module and puts it into `sys.modules`; the types that it has for the host's objects.
pub(crate) fn install(py: Python<'_>) -> Result<HostTypes, Raised> {
    // SAFETY: attached; the methods are constants; the dict of modules is borrowed and shares the module.
    unsafe {
        let module = ffi::PyModule_New(c"_gilgamesh".as_ptr()).owned(py)?;
        checked(ffi::PyModule_AddFunctions(module.as_ptr(), METHODS.0.as_ptr().cast_mut()))?;
        let types = HostTypes::install(py, &module)?;
        let name = text(py, "_gilgamesh")?;
        checked(ffi::PyDict_SetItem(ffi::PyImport_GetModuleDict(), name.as_ptr(), module.as_ptr()))?;
        Ok(types)
    }
}

/// Runs what Python called and what needs the bridge's own records; a failure becomes an exception.
pub(crate) fn called(work: impl for<'a> FnOnce(Attached<'a>) -> Result<Object<'a>, Failure>) -> *mut ffi::PyObject {
    guarded(|| match attach::called(|at| work(at).map(Object::into_ptr)) {
        Ok(result) => result,
        Err(failure) => upcall::raise(&failure),
    })
}

/// Runs what Python called; a panic becomes a `SystemError`.
fn guarded(work: impl FnOnce() -> *mut ffi::PyObject) -> *mut ffi::PyObject {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| {
        // SAFETY: attached: Python called.
        unsafe { ffi::PyErr_SetString(ffi::PyExc_SystemError, c"the bridge panicked: please report this".as_ptr()) };
        std::ptr::null_mut()
    })
}

unsafe extern "C" fn keep_signals(
    _: *mut ffi::PyObject,
    arguments: *mut ffi::PyObject,
    keywords: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    guarded(|| {
        // SAFETY: attached: Python called, with a tuple and a dict or null.
        unsafe {
            let size = ffi::PyTuple_Size(arguments);
            if size < 1 {
                ffi::PyErr_SetString(ffi::PyExc_TypeError, c"keep_signals() needs a callable".as_ptr());
                return std::ptr::null_mut();
            }
            let rest = ffi::PyTuple_GetSlice(arguments, 1, size);
            if rest.is_null() {
                return std::ptr::null_mut();
            }
            let handlers = Handlers::save();
            let result = ffi::PyObject_Call(ffi::PyTuple_GetItem(arguments, 0), rest, keywords);
            handlers.restore();
            ffi::Py_DecRef(rest);
            result
        }
    })
}

unsafe extern "C" fn clamp_recursion(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    guarded(|| {
        crate::stack::clamp_all();
        // SAFETY: attached: Python called; a new reference to `None`.
        unsafe {
            ffi::Py_IncRef(ffi::Py_None());
            ffi::Py_None()
        }
    })
}

unsafe extern "C" fn current_frames(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    called(|at| Ok(crate::frames::current(at.py())?))
}

unsafe extern "C" fn interrupt(_: *mut ffi::PyObject, ident: *mut ffi::PyObject) -> *mut ffi::PyObject {
    guarded(|| {
        // SAFETY: attached: Python called, with an object; what is no int leaves an exception.
        unsafe {
            let ident = ffi::PyLong_AsLong(ident);
            if !ffi::PyErr_Occurred().is_null() {
                return std::ptr::null_mut();
            }
            let found = ffi::PyThreadState_SetAsyncExc(ident, ffi::PyExc_SystemExit);
            ffi::PyBool_FromLong(found.into())
        }
    })
}

unsafe extern "C" fn current_context(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    called(|at| {
        let number = at.thread().pulse().running();
        // SAFETY: attached: Python called; a new int.
        Ok(unsafe { ffi::PyLong_FromLongLong(number).owned(at.py())? })
    })
}

unsafe extern "C" fn interruption(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    called(|at| match crate::stop::reason(at) {
        Some(reason) => Ok(text(at.py(), &reason)?),
        None => Ok(none(at)),
    })
}

unsafe extern "C" fn flush_at_end(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    called(|at| {
        at.thread().pulse().note_pending();
        Ok(none(at))
    })
}

unsafe extern "C" fn serve(
    _: *mut ffi::PyObject,
    arguments: *mut *mut ffi::PyObject,
    count: ffi::Py_ssize_t,
) -> *mut ffi::PyObject {
    called(|at| {
        if count < 1 {
            return Err(Reason::Argument("serve() needs the number of a service".into()).into());
        }
        // SAFETY: attached: Python called, with so many objects, which live as long as the call.
        let arguments = unsafe { std::slice::from_raw_parts(arguments, count.cast_unsigned()) };
        let service = number(at, arguments[0])?;
        upcall::serve(at, service, &arguments[1..])
    })
}

/// The number of a member or service; 0, which is none, for what does not fit.
fn number(_: Attached<'_>, object: *mut ffi::PyObject) -> Result<i32, Failure> {
    // SAFETY: attached, with an object that Python passed; what is no int leaves an exception.
    unsafe {
        let number = ffi::PyLong_AsLong(object);
        if number == -1 && !ffi::PyErr_Occurred().is_null() {
            return Err(Failure::python());
        }
        Ok(i32::try_from(number).unwrap_or(0))
    }
}

unsafe extern "C" fn describe(_: *mut ffi::PyObject, number: *mut ffi::PyObject) -> *mut ffi::PyObject {
    called(|at| {
        let class = self::number(at, number)?;
        upcall::describe(at, class)
    })
}

unsafe extern "C" fn find_class(_: *mut ffi::PyObject, name: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: attached: Python called, with an object that lives as long as the call.
    called(|at| upcall::find_class(at, &unsafe { as_name(at, name) }?))
}

unsafe extern "C" fn find_package(_: *mut ffi::PyObject, name: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as above.
    called(|at| upcall::find_package(at, &unsafe { as_name(at, name) }?))
}

unsafe extern "C" fn list_package(_: *mut ffi::PyObject, name: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as above.
    called(|at| upcall::list_package(at, &unsafe { as_name(at, name) }?))
}

/// # Safety
/// Attached; the object lives as long as the call.
unsafe fn as_name(at: Attached<'_>, name: *mut ffi::PyObject) -> Result<Object<'_>, Failure> {
    // SAFETY: the contract above.
    let name = unsafe { name.borrowed(at.py()) }.filter(is_str);
    name.ok_or_else(|| Reason::Argument("the name of a class or package is a str".into()).into())
}
