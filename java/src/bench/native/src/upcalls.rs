//! The floors of calls into Java: C functions that Python calls, with one empty call of a static method in each.

use jni_sys::{JNI_OK, JNI_VERSION_1_8, JNIEnv, jclass, jlong, jmethodID, jvalue};
use pyo3::ffi;
use std::ffi::{CStr, c_int, c_void};
use std::sync::OnceLock;

type Stub = unsafe extern "C" fn(i32, i32, i64, i64, i32) -> i64;

/// The ways to the method: by JNI, or by a stub where there is one.
struct Method {
    vm: *mut jni_sys::JavaVM,
    class: jclass,
    id: jmethodID,
    stub: Option<Stub>,
}

// SAFETY: the JVM, a global reference, a method's id and a function, which any thread may use.
unsafe impl Send for Method {}
// SAFETY: as above.
unsafe impl Sync for Method {}

static METHOD: OnceLock<Method> = OnceLock::new();

struct Functions([ffi::PyMethodDef; 3]);
// SAFETY: constant pointers to constant names and functions.
unsafe impl Sync for Functions {}

const fn function(name: &'static CStr, call: ffi::PyCFunction, flags: c_int) -> ffi::PyMethodDef {
    ffi::PyMethodDef {
        ml_name: name.as_ptr(),
        ml_meth: ffi::PyMethodDefPointer { PyCFunction: call },
        ml_flags: flags,
        ml_doc: std::ptr::null(),
    }
}

static FUNCTIONS: Functions = Functions([
    function(c"floor_call", call, ffi::METH_NOARGS),
    function(c"floor_leaf", leaf, ffi::METH_NOARGS),
    function(c"floor_leaf_long", leaf, ffi::METH_O),
]);

/// Puts the functions into `builtins`; `stub` is the address of a stub of the method, or 0.
#[unsafe(no_mangle)]
extern "system" fn Java_io_gilgamesh_bench_FloorNatives_defineUpcalls(
    environment: *mut JNIEnv,
    class: jclass,
    stub: jlong,
) {
    // SAFETY: the JVM's environment and class; Python runs, since the benchmarks start it first.
    unsafe {
        let functions = &(**environment).v1_4;
        let mut vm = std::ptr::null_mut();
        (functions.GetJavaVM)(environment, &raw mut vm);
        let id = (functions.GetStaticMethodID)(environment, class, c"nothing".as_ptr(), c"(IIJJI)J".as_ptr());
        let class = (functions.NewGlobalRef)(environment, class);
        let address: *const c_void = std::ptr::with_exposed_provenance(stub as usize);
        let stub = (stub != 0).then(|| std::mem::transmute::<*const c_void, Stub>(address));
        let _ = METHOD.set(Method { vm, class, id, stub });
        let state = ffi::PyGILState_Ensure();
        let builtins = ffi::PyEval_GetBuiltins();
        for definition in &FUNCTIONS.0 {
            let made = ffi::PyCFunction_NewEx(
                std::ptr::from_ref(definition).cast_mut(),
                std::ptr::null_mut(),
                std::ptr::null_mut(),
            );
            ffi::PyDict_SetItemString(builtins, definition.ml_name, made);
            ffi::Py_DecRef(made);
        }
        ffi::PyGILState_Release(state);
    }
}

/// # Safety
/// The thread is one of the JVM's.
unsafe fn enter() -> i64 {
    let Some(method) = METHOD.get() else { return -1 };
    if let Some(stub) = method.stub {
        // SAFETY: a stub of a method with these parameters.
        return unsafe { stub(0, 0, 0, 0, 0) };
    }
    let mut environment: *mut c_void = std::ptr::null_mut();
    let values = [jvalue { i: 0 }, jvalue { i: 0 }, jvalue { j: 0 }, jvalue { j: 0 }, jvalue { i: 0 }];
    // SAFETY: the environment of this thread (contract above); a static method with these parameters.
    unsafe {
        if ((**method.vm).v1_4.GetEnv)(method.vm, &raw mut environment, JNI_VERSION_1_8) != JNI_OK {
            return -1;
        }
        let environment: *mut JNIEnv = environment.cast();
        ((**environment).v1_4.CallStaticLongMethodA)(environment, method.class, method.id, values.as_ptr())
    }
}

unsafe extern "C" fn call(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: attached: Python called, on a thread of the JVM's.
    unsafe {
        let state = ffi::PyEval_SaveThread();
        enter();
        ffi::PyEval_RestoreThread(state);
        ffi::Py_IncRef(ffi::Py_None());
        ffi::Py_None()
    }
}

unsafe extern "C" fn leaf(_: *mut ffi::PyObject, _: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe { ffi::PyLong_FromLongLong(enter()) }
}
