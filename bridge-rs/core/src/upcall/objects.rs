//! What an object of the host's is in Python: an instance of `_gilgamesh.JavaObject`, or of `JavaFunction` where it can
//! be called.
//!
//! The instance owns one reference of the host's table and posts it when it dies. Its class is one that the package
//! `gilgamesh` makes of the host's description, once an interpreter; the interpreter keeps it by the class's number.
//! Throwables are instances of exception classes, which have a layout of their own: they carry their object.

use super::call::{Arguments, Receiver, call as upcall};
use super::types::{NewType, add};
use super::{classes, methods, released};
use crate::attach::Attached;
use crate::context::{Context, ContextId};
use crate::failure::Failure;
use crate::interpreter::{Name, put};
use crate::own::{FromRaw, Kept, Object, Raised, attribute, call, import_from, keep, optional_attribute, share};
use crate::symbols::{HAVE_VECTORCALL, PyVectorcall_Call};
use crate::thread::with_thread;
use pyo3::{Python, ffi};
use std::ffi::c_void;
use std::mem::offset_of;

/// An instance's memory; functions of the host's have the last two.
#[repr(C)]
pub(super) struct Instance {
    head: ffi::PyObject,
    weak: *mut ffi::PyObject,
    reference: i64,
    context: i64,
    vectorcall: Option<ffi::vectorcallfunc>,
    /// The member that a call of it calls.
    function: i32,
}

impl Instance {
    fn receiver(&self) -> Receiver {
        Receiver { reference: self.reference, context: ContextId::from_java(self.context) }
    }
}

/// The types that an interpreter has for the host's objects and members.
#[derive(Clone, Copy)]
pub(crate) struct HostTypes {
    object: Kept,
    class: Kept,
    /// The class of Python classes that implement the host's interfaces.
    implementation: Kept,
}

/// A class of the host's, as an interpreter keeps it.
#[derive(Clone, Copy)]
pub(crate) struct HostClass {
    pub(super) class: Kept,
    is_exception: bool,
    /// The member that a call of an instance calls; 0 where it cannot be called.
    function: i32,
}

impl HostTypes {
    /// Makes the types and puts them into the module.
    pub(crate) fn install(py: Python<'_>, module: &Object<'_>) -> Result<Self, Raised> {
        let object = object_type(py)?;
        let function = function_type(py, &object)?;
        add(module, c"JavaObject", &object)?;
        add(module, c"JavaFunction", &function)?;
        methods::install(py, module)?;
        let [class, implementation] = classes::install(py, module)?;
        Ok(HostTypes { object: keep(object), class: keep(class), implementation: keep(implementation) })
    }
}

fn object_type(py: Python<'_>) -> Result<Object<'_>, Raised> {
    NewType {
        name: c"_gilgamesh.JavaObject",
        size: size_of::<Instance>(),
        flags: ffi::Py_TPFLAGS_BASETYPE | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION,
        base: None,
        places: &[(c"__weaklistoffset__", offset_of!(Instance, weak))],
        slots: &[
            (ffi::Py_tp_doc, c"An object of Java's.".as_ptr().cast_mut().cast()),
            (ffi::Py_tp_dealloc, free as *mut c_void),
        ],
    }
    .make(py)
}

fn function_type<'py>(py: Python<'py>, base: &Object<'py>) -> Result<Object<'py>, Raised> {
    NewType {
        name: c"_gilgamesh.JavaFunction",
        size: size_of::<Instance>(),
        flags: ffi::Py_TPFLAGS_BASETYPE | HAVE_VECTORCALL | ffi::Py_TPFLAGS_DISALLOW_INSTANTIATION,
        base: Some(base),
        places: &[(c"__vectorcalloffset__", offset_of!(Instance, vectorcall))],
        slots: &[
            (ffi::Py_tp_doc, c"An object of Java's that can be called.".as_ptr().cast_mut().cast()),
            (ffi::Py_tp_call, PyVectorcall_Call as *mut c_void),
        ],
    }
    .make(py)
}

/// The last reference is gone: the host's reference is posted, the memory freed, the class let go.
unsafe extern "C" fn free(object: *mut ffi::PyObject) {
    let instance = object.cast::<Instance>();
    // SAFETY: CPython frees an instance once, attached; a heap type's instance owns a reference of its class.
    unsafe {
        let class = ffi::Py_TYPE(object);
        if !(*instance).weak.is_null() {
            ffi::PyObject_ClearWeakRefs(object);
        }
        if (*instance).reference > 0 {
            released::post((*instance).reference);
        }
        // Classes that Python code derives take part in collection, and so have another way to free memory.
        let free = ffi::PyType_GetSlot(class, ffi::Py_tp_free);
        std::mem::transmute::<*mut c_void, ffi::freefunc>(free)(object.cast());
        ffi::Py_DecRef(class.cast());
    }
}

// ---- from the host

/// A reference of the host's that Python holds from here on; given back where no object comes of it. Nobody gives back
/// that of a constant.
struct Reference(i64);

impl Reference {
    fn into_instance(self) -> i64 {
        std::mem::take(&mut { self }.0)
    }
}

impl Drop for Reference {
    fn drop(&mut self) {
        if self.0 > 0 {
            released::post(self.0);
        }
    }
}

/// How many references the requests of this thread have handed over so far: what the host asks after a call, to take back
/// those that nobody took.
pub fn adopted() -> i64 {
    with_thread(|thread| Ok(thread.adopted())).unwrap_or(i64::MAX)
}

/// The Python object of a host's object.
pub(crate) fn make(context: Context<'_>, reference: i64, class: usize) -> Result<Object<'_>, Failure> {
    let reference = Reference(reference);
    let class = class_of(context.at, class)?;
    let py = context.at.py();
    // SAFETY: kept for as long as the interpreter lives, to which this thread is attached.
    let found = unsafe { share(py, class.class) };
    if !class.is_exception {
        return Ok(instance(context, reference, &found, class.function)?);
    }
    let types = context.at.host_types().ok_or_else(|| Failure::internal("the types of host objects are not there"))?;
    // SAFETY: as above.
    let object = unsafe { share(py, types.object) };
    let carried = instance(context, reference, &object, 0)?;
    Ok(call(&attribute(&found, &context.at.name(Name::Wrap))?, &[&carried])?)
}

/// The Python object that a leaf made; it belongs to no context but the root, as what static members give does.
pub(super) fn make_of_leaf(reference: i64, class: usize) -> *mut ffi::PyObject {
    let reference = Reference(reference);
    crate::module::called(|at| make(Context::root(at)?, reference.into_instance(), class))
}

fn instance<'a>(
    context: Context<'a>,
    reference: Reference,
    class: &Object<'a>,
    function: i32,
) -> Result<Object<'a>, Raised> {
    // SAFETY: attached; a class of ours or one derived of it without a layout of its own; new memory, zeroed but for its
    // head, whose fields are written before anybody sees it.
    unsafe {
        let object = ffi::PyType_GenericAlloc(class.as_ptr().cast(), 0).owned(class.py())?;
        let instance = object.as_ptr().cast::<Instance>();
        (*instance).context = context.id().to_java();
        (*instance).function = function;
        (*instance).vectorcall = (function != 0).then_some(call_function as ffi::vectorcallfunc);
        (*instance).reference = reference.into_instance();
        Ok(object)
    }
}

/// The class of that number, made by the package where it is met for the first time.
pub(super) fn class_of(at: Attached<'_>, number: usize) -> Result<HostClass, Failure> {
    match at.home(|home| home.host_classes.get(number).copied().flatten()) {
        Some(class) => Ok(class),
        None => first_met(at, number),
    }
}

#[cold]
fn first_met(at: Attached<'_>, number: usize) -> Result<HostClass, Failure> {
    let py = at.py();
    let make = import_from(py, "gilgamesh._java", "class_of")?;
    // SAFETY: attached; a new int.
    let wanted = unsafe { ffi::PyLong_FromSize_t(number).owned(py)? };
    let class = call(&make, &[&wanted])?;
    let function = optional_attribute(&class, &at.name(Name::JavaFunction))?;
    let function = function.map_or(0, |function| number_in(&function));
    // SAFETY: attached; a class.
    let flags = unsafe { ffi::PyType_GetFlags(class.as_ptr().cast()) };
    let is_exception = flags & ffi::Py_TPFLAGS_BASE_EXC_SUBCLASS != 0;
    let met = HostClass { class: keep(class), is_exception, function };
    at.home(|home| put(&mut home.host_classes, number, met));
    Ok(met)
}

/// The number by which the host knows what an attribute of a class names; 0, which is nothing's, for anything else.
pub(super) fn number_in(attribute: &Object<'_>) -> i32 {
    // SAFETY: attached; what is no int yields -1 and an exception, which is forgotten.
    let number = unsafe {
        let number = ffi::PyLong_AsLong(attribute.as_ptr());
        ffi::PyErr_Clear();
        number
    };
    i32::try_from(number.max(0)).unwrap_or(0)
}

impl HostTypes {
    pub(super) fn object_type(self) -> *mut ffi::PyTypeObject {
        self.object.as_ptr().cast()
    }

    /// The class of the host's classes.
    pub(super) fn class_type(self) -> *mut ffi::PyTypeObject {
        self.class.as_ptr().cast()
    }
}

// ---- to the host

/// The reference of an instance of that type; `None` for anything else.
///
/// # Safety
/// Attached; the object is alive, the type is that of the host's objects, or null.
#[inline]
pub(super) unsafe fn reference_of_object(class: *mut ffi::PyTypeObject, object: *mut ffi::PyObject) -> Option<i64> {
    // SAFETY: the contract above.
    unsafe {
        let is_one = !class.is_null() && ffi::PyObject_TypeCheck(object, class) != 0;
        is_one.then(|| (*object.cast::<Instance>()).reference)
    }
}

/// The reference and the context of a host's object, or of what carries one; `None` for anything else.
pub(super) fn receiver_of(at: Attached<'_>, object: *mut ffi::PyObject) -> Result<Option<Receiver>, Raised> {
    let Some(types) = at.host_types() else { return Ok(None) };
    // SAFETY: attached; the object is alive during the call that passed it; the type lives as long as its interpreter.
    unsafe {
        if ffi::PyObject_TypeCheck(object, types.object.as_ptr().cast()) != 0 {
            return Ok(Some((*object.cast::<Instance>()).receiver()));
        }
        if ffi::PyExceptionInstance_Check(object) == 0 {
            return Ok(None);
        }
        let Some(exception) = object.borrowed(at.py()) else { return Ok(None) };
        match optional_attribute(&exception, &at.name(Name::Java))? {
            Some(carried) if ffi::PyObject_TypeCheck(carried.as_ptr(), types.object.as_ptr().cast()) != 0 => {
                receiver_of(at, carried.as_ptr())
            }
            _ => Ok(None),
        }
    }
}

/// The number of the host's interfaces that the object's class implements; `None` where it implements none.
pub(crate) fn interfaces_of(at: Attached<'_>, object: &Object<'_>) -> Result<Option<i32>, Raised> {
    let Some(types) = at.host_types() else { return Ok(None) };
    // SAFETY: attached; a class lives as long as its instance, the type as long as its interpreter.
    let class = unsafe {
        let class = ffi::Py_TYPE(object.as_ptr()).cast::<ffi::PyObject>();
        if ffi::PyObject_TypeCheck(class, types.implementation.as_ptr().cast()) == 0 {
            return Ok(None);
        }
        class.borrowed(at.py()).ok_or(Raised)?
    };
    let Some(number) = optional_attribute(&class, &at.name(Name::JavaImplementation))? else { return Ok(None) };
    Ok(Some(number_in(&number)))
}

/// The host's reference of an object, where it is one of the host's.
pub(crate) fn reference_of(at: Attached<'_>, object: &Object<'_>) -> Result<Option<i64>, Raised> {
    Ok(receiver_of(at, object.as_ptr())?.map(|receiver| receiver.reference))
}

/// Calls a function of the host's.
unsafe extern "C" fn call_function(
    callable: *mut ffi::PyObject,
    values: *const *mut ffi::PyObject,
    flags: usize,
    names: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    // SAFETY: CPython calls this through an instance that `instance` made, with as many values as it says.
    let (receiver, function, arguments) = unsafe {
        let instance = &*callable.cast::<Instance>();
        (instance.receiver(), instance.function, Arguments::of_vectorcall(values, flags, names))
    };
    crate::module::called(|at| upcall(at, function, Some(receiver), arguments))
}

// SAFETY: a pointer that only attached threads of the interpreter follow.
unsafe impl Send for HostTypes {}
// SAFETY: as above.
unsafe impl Sync for HostTypes {}

impl std::fmt::Debug for HostTypes {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("HostTypes")
    }
}
