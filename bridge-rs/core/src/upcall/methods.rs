//! What calls a member of the host's: `_gilgamesh.JavaMethod`, a method descriptor, and `JavaStaticMethod`, a function.
//!
//! Each has the number of a member, under which the host knows all overloads of its name, and a dict, into which the
//! package puts what `help` and `inspect` ask for. A method binds as Python's own do, so a call of it makes no bound
//! method; its receiver is its first value.

use super::call::{self, Arguments};
use super::classes::number_of_class;
use super::leaf::Leaves;
use super::objects::{receiver_of, reference_of_object};
use super::types::{NewType, add};
use crate::attach::Attached;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, Raised};
use crate::symbols::{ARGUMENTS_OFFSET, HAVE_VECTORCALL, IMMUTABLE_TYPE, PyMethod_New, PyVectorcall_Call};
use pyo3::{Python, ffi};
use std::ffi::{CStr, c_int, c_void};
use std::mem::offset_of;

#[repr(C)]
struct Method {
    head: ffi::PyObject,
    vectorcall: Option<ffi::vectorcallfunc>,
    dict: *mut ffi::PyObject,
    name: *mut ffi::PyObject,
    /// The type of the host's objects, which the module keeps.
    objects: *mut ffi::PyTypeObject,
    member: i32,
    leaves: Leaves,
}

struct Attributes([ffi::PyGetSetDef; 4]);
// SAFETY: constant pointers to constant names and functions.
unsafe impl Sync for Attributes {}

/// CPython goes on using it, so it lives for ever.
static ATTRIBUTES: Attributes = Attributes([
    ffi::PyGetSetDef {
        name: c"__dict__".as_ptr(),
        get: Some(ffi::PyObject_GenericGetDict),
        set: Some(ffi::PyObject_GenericSetDict),
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    },
    ffi::PyGetSetDef {
        name: c"__name__".as_ptr(),
        get: Some(get_name),
        set: None,
        doc: std::ptr::null(),
        closure: std::ptr::null_mut(),
    },
    ffi::PyGetSetDef {
        name: c"number".as_ptr(),
        get: Some(get_number),
        set: None,
        doc: c"The number under which Java knows the member.".as_ptr(),
        closure: std::ptr::null_mut(),
    },
    // SAFETY: the end of the list: all zeroes are a valid definition.
    unsafe { std::mem::zeroed() },
]);

/// Makes both types and puts them into the module.
pub(super) fn install(py: Python<'_>, module: &Object<'_>) -> Result<(), Raised> {
    let method = method_type(py, c"_gilgamesh.JavaMethod", new_method as *mut c_void, true)?;
    let function = method_type(py, c"_gilgamesh.JavaStaticMethod", new_static as *mut c_void, false)?;
    add(module, c"JavaMethod", &method)?;
    add(module, c"JavaStaticMethod", &function)
}

fn method_type<'py>(
    py: Python<'py>,
    name: &'static CStr,
    new: *mut c_void,
    binds: bool,
) -> Result<Object<'py>, Raised> {
    let mut slots = vec![
        (ffi::Py_tp_new, new),
        (ffi::Py_tp_dealloc, free as *mut c_void),
        (ffi::Py_tp_traverse, traverse as *mut c_void),
        (ffi::Py_tp_clear, clear as *mut c_void),
        (ffi::Py_tp_repr, describe as *mut c_void),
        (ffi::Py_tp_call, PyVectorcall_Call as *mut c_void),
        (ffi::Py_tp_getset, (&raw const ATTRIBUTES.0).cast_mut().cast()),
    ];
    let mut flags = ffi::Py_TPFLAGS_HAVE_GC | HAVE_VECTORCALL | IMMUTABLE_TYPE;
    if binds {
        slots.push((ffi::Py_tp_descr_get, bind as *mut c_void));
        flags |= ffi::Py_TPFLAGS_METHOD_DESCRIPTOR;
    }
    let places =
        [(c"__vectorcalloffset__", offset_of!(Method, vectorcall)), (c"__dictoffset__", offset_of!(Method, dict))];
    NewType { name, size: size_of::<Method>(), flags, base: None, places: &places, slots: &slots }.make(py)
}

// ---- life

unsafe extern "C" fn new_method(
    class: *mut ffi::PyTypeObject,
    arguments: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls this with a class of ours and a tuple.
    unsafe { new(class, arguments, call_method) }
}

unsafe extern "C" fn new_static(
    class: *mut ffi::PyTypeObject,
    arguments: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    unsafe { new(class, arguments, call_static) }
}

/// # Safety
/// Attached; a class that `method_type` made, and a tuple.
unsafe fn new(
    class: *mut ffi::PyTypeObject,
    arguments: *mut ffi::PyObject,
    vectorcall: ffi::vectorcallfunc,
) -> *mut ffi::PyObject {
    // SAFETY: the contract above; new memory, zeroed but for its head; the name is shared.
    unsafe {
        let Ok((number, name, leaves)) = read(arguments) else { return std::ptr::null_mut() };
        let object = ffi::PyType_GenericAlloc(class, 0);
        if !object.is_null() {
            let method = object.cast::<Method>();
            ffi::Py_IncRef(name);
            (*method).name = name;
            (*method).member = number;
            (*method).leaves = leaves;
            (*method).objects = object_type_here();
            (*method).vectorcall = Some(vectorcall);
        }
        object
    }
}

/// The number, the name and the leaves that a method is made with.
///
/// # Safety
/// Attached; a tuple, which keeps the name alive.
unsafe fn read(arguments: *mut ffi::PyObject) -> Result<(i32, *mut ffi::PyObject, Leaves), Raised> {
    // SAFETY: the contract above; places are asked for only where they are.
    unsafe {
        let count = ffi::PyTuple_Size(arguments);
        if !(2..=3).contains(&count) || ffi::PyUnicode_Check(ffi::PyTuple_GetItem(arguments, 1)) == 0 {
            ffi::PyErr_SetString(ffi::PyExc_TypeError, c"a number and a name are needed".as_ptr());
            return Err(Raised);
        }
        let number = ffi::PyLong_AsLong(ffi::PyTuple_GetItem(arguments, 0));
        if number == -1 && !ffi::PyErr_Occurred().is_null() {
            return Err(Raised);
        }
        let leaves = if count == 3 { Leaves::of(ffi::PyTuple_GetItem(arguments, 2))? } else { Leaves::default() };
        Ok((i32::try_from(number).unwrap_or(0), ffi::PyTuple_GetItem(arguments, 1), leaves))
    }
}

/// The type of the host's objects in the running interpreter; null while the module is made.
fn object_type_here() -> *mut ffi::PyTypeObject {
    crate::attach::called(|at| Ok(at.host_types().map_or(std::ptr::null_mut(), |types| types.object_type())))
        .unwrap_or(std::ptr::null_mut())
}

unsafe extern "C" fn free(object: *mut ffi::PyObject) {
    // SAFETY: CPython frees a method once, attached; a heap type's instance owns a reference of its class.
    unsafe {
        let class = ffi::Py_TYPE(object);
        ffi::PyObject_GC_UnTrack(object.cast());
        clear(object);
        ffi::PyObject_GC_Del(object.cast());
        ffi::Py_DecRef(class.cast());
    }
}

unsafe extern "C" fn clear(object: *mut ffi::PyObject) -> c_int {
    let method = object.cast::<Method>();
    // SAFETY: attached; each is taken out before its reference goes, since that can run code.
    unsafe {
        for place in [&raw mut (*method).dict, &raw mut (*method).name] {
            let held = std::mem::replace(&mut *place, std::ptr::null_mut());
            ffi::Py_DecRef(held);
        }
    }
    0
}

unsafe extern "C" fn traverse(object: *mut ffi::PyObject, visit: ffi::visitproc, state: *mut c_void) -> c_int {
    let method = object.cast::<Method>();
    // SAFETY: CPython's collector passes a method of ours and its own function; all are alive or null.
    unsafe {
        for held in [ffi::Py_TYPE(object).cast(), (*method).dict, (*method).name] {
            if !held.is_null() {
                let stop = visit(held, state);
                if stop != 0 {
                    return stop;
                }
            }
        }
    }
    0
}

// ---- attributes

unsafe extern "C" fn get_name(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: attached: Python asked; the name is alive as long as the method.
    unsafe {
        let name = (*object.cast::<Method>()).name;
        ffi::Py_IncRef(name);
        name
    }
}

unsafe extern "C" fn get_number(object: *mut ffi::PyObject, _: *mut c_void) -> *mut ffi::PyObject {
    // SAFETY: attached: Python asked.
    unsafe { ffi::PyLong_FromLong((*object.cast::<Method>()).member.into()) }
}

unsafe extern "C" fn describe(object: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: attached: Python asked; `%U` takes a `str` that is alive.
    unsafe { ffi::PyUnicode_FromFormat(c"<java method %U>".as_ptr(), (*object.cast::<Method>()).name) }
}

unsafe extern "C" fn bind(
    method: *mut ffi::PyObject,
    object: *mut ffi::PyObject,
    _: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: attached: Python asked; a bound method shares both.
    unsafe {
        if object.is_null() || object == ffi::Py_None() {
            ffi::Py_IncRef(method);
            return method;
        }
        PyMethod_New(method, object)
    }
}

// ---- calls

impl<'p> Arguments<'p> {
    /// What CPython passes by the vectorcall protocol.
    ///
    /// # Safety
    /// The values are those of a call that runs now.
    pub(super) unsafe fn of_vectorcall(
        values: *const *mut ffi::PyObject,
        flags: usize,
        names: *mut ffi::PyObject,
    ) -> Self {
        let positional = flags & !ARGUMENTS_OFFSET;
        // SAFETY: a tuple of names or null; as many values as names follow the positional ones.
        unsafe {
            let named = if names.is_null() { 0 } else { ffi::PyTuple_Size(names).cast_unsigned() };
            let count = positional + named;
            let values = if count == 0 { &[] } else { std::slice::from_raw_parts(values, count) };
            Arguments { values, positional, names }
        }
    }
}

unsafe extern "C" fn call_static(
    callable: *mut ffi::PyObject,
    values: *const *mut ffi::PyObject,
    flags: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls this through a method of ours, with as many values as it says.
    let (method, arguments) = unsafe { (&*callable.cast::<Method>(), Arguments::of_vectorcall(values, flags, names)) };
    if !method.leaves.are_none()
        && names.is_null()
        // SAFETY: attached: Python called, with values that live as long as the call.
        && let Some(result) = unsafe { method.leaves.call(0, arguments.values) }
    {
        return result;
    }
    crate::module::called(|at| call::call(at, method.member, None, arguments))
}

unsafe extern "C" fn call_method(
    callable: *mut ffi::PyObject,
    values: *const *mut ffi::PyObject,
    flags: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: as above.
    let (method, all) = unsafe { (&*callable.cast::<Method>(), Arguments::of_vectorcall(values, flags, names)) };
    if !method.leaves.are_none()
        && names.is_null()
        && let [receiver, values @ ..] = all.values
        // SAFETY: as above.
        && let Some(reference) = unsafe { reference_of_object(method.objects, *receiver) }
        // SAFETY: as above.
        && let Some(result) = unsafe { method.leaves.call(reference, values) }
    {
        return result;
    }
    crate::module::called(|at| {
        let Some(first) = all.values.first().filter(|_| all.positional > 0) else {
            return Err(no_receiver(callable));
        };
        match receiver_of(at, *first)? {
            Some(receiver) => {
                let arguments =
                    Arguments { values: &all.values[1..], positional: all.positional - 1, names: all.names };
                call::call(at, method.member, Some(receiver), arguments)
            }
            // A class has no reference: the host finds the receiver among the arguments.
            None if is_class(at, *first)? => call::call(at, method.member, None, all),
            None => Err(no_receiver(callable)),
        }
    })
}

/// Whether the object is a class of the host's.
fn is_class(at: Attached<'_>, object: *mut ffi::PyObject) -> Result<bool, Failure> {
    // SAFETY: attached; an object that is alive during the call that passed it.
    let object = unsafe { object.borrowed(at.py()) }.ok_or(Raised)?;
    Ok(number_of_class(at, &object)?.is_some())
}

/// What a method says that was called with something else than an object of Java's.
#[cold]
fn no_receiver(callable: *mut ffi::PyObject) -> Failure {
    // SAFETY: attached: Python called; `%U` takes a `str` that is alive.
    unsafe {
        let name = (*callable.cast::<Method>()).name;
        ffi::PyErr_Format(
            ffi::PyExc_TypeError,
            c"the Java method %U is called on a Java object, or with one as its first argument".as_ptr(),
            name,
        );
    }
    Raised.into()
}
