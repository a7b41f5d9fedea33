//! The class of the host's classes: `_gilgamesh.JavaType`, from which the package derives its metaclasses; and that of
//! Python classes which implement the host's interfaces, `_gilgamesh.ImplementationType`, by which the codec knows them.
//!
//! Scripts read static members and construct objects through a class all the time. A metaclass that has `__getattr__` or
//! `__call__` of Python code makes each of these several Python calls, which take longer than the upcall; so the two ways
//! in are here, and Python code runs only for what they do not find.

use super::objects::{class_of, number_in};
use super::types::{NewType, Slot, add};
use crate::attach::Attached;
use crate::failure::Failure;
use crate::handle::is_none;
use crate::interpreter::Name;
use crate::module::called;
use crate::own::{FromRaw, Object, Raised, call, optional_attribute, share};
use crate::symbols::IMMUTABLE_TYPE;
use pyo3::{Python, ffi};
use std::ffi::{CStr, c_void};

/// Makes both types and puts them into the module: of Java's classes, and of Python's that implement interfaces.
pub(super) fn install<'py>(py: Python<'py>, module: &Object<'py>) -> Result<[Object<'py>; 2], Raised> {
    let slots = [(ffi::Py_tp_getattro, attribute_of as *mut c_void), (ffi::Py_tp_call, construct as *mut c_void)];
    let class = metaclass(py, c"_gilgamesh.JavaType", &slots)?;
    add(module, c"JavaType", &class)?;
    let implementation = metaclass(py, c"_gilgamesh.ImplementationType", &[])?;
    add(module, c"ImplementationType", &implementation)?;
    Ok([class, implementation])
}

fn metaclass<'py>(py: Python<'py>, name: &'static CStr, slots: &[Slot]) -> Result<Object<'py>, Raised> {
    // SAFETY: the class of classes is static and lives for ever.
    let base = unsafe { (&raw mut ffi::PyType_Type).cast::<ffi::PyObject>().borrowed(py) };
    NewType {
        name,
        size: 0, // as large as its base's
        flags: ffi::Py_TPFLAGS_BASETYPE | IMMUTABLE_TYPE,
        base: base.as_ref(),
        places: &[],
        slots,
    }
    .make(py)
}

/// The class of that number, made where it is met for the first time.
pub(crate) fn class(at: Attached<'_>, number: usize) -> Result<Object<'_>, Failure> {
    let class = class_of(at, number)?.class;
    // SAFETY: kept for as long as the interpreter lives, to which this thread is attached.
    Ok(unsafe { share(at.py(), class) })
}

/// The number of a class of the host's; `None` for anything else, a Python class derived from one of the host's too.
pub(crate) fn number_of_class(at: Attached<'_>, object: &Object<'_>) -> Result<Option<i32>, Failure> {
    let Some(types) = at.host_types() else { return Ok(None) };
    // SAFETY: attached; an object that is alive; the class of classes lives as long as its interpreter.
    if unsafe { ffi::PyObject_TypeCheck(object.as_ptr(), types.class_type()) } == 0 {
        return Ok(None);
    }
    let Some(number) = optional_attribute(object, &at.name(Name::JavaClass))? else { return Ok(None) };
    let number = number_in(&number);
    let Some(place) = usize::try_from(number).ok().filter(|place| *place > 0) else { return Ok(None) };
    // A derived class has inherited the number.
    Ok((class_of(at, place)?.class.as_ptr() == object.as_ptr()).then_some(number))
}

/// An attribute as any class has it; where there is none, what `_java_find_` of the metaclass gives.
unsafe extern "C" fn attribute_of(class: *mut ffi::PyObject, name: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: attached: Python asked, with a class and a name.
    unsafe {
        let found = plain_attribute(class, name);
        if !found.is_null() || ffi::PyErr_ExceptionMatches(ffi::PyExc_AttributeError) == 0 {
            return found;
        }
        ffi::PyErr_Clear();
    }
    called(|at| {
        let find = own_attribute(at, class, Name::JavaFind)?;
        // SAFETY: attached; a name that is alive during the call that passed it.
        let name = unsafe { name.borrowed(at.py()) }.ok_or(Raised)?;
        Ok(call(&find, &[&name])?)
    })
}

/// A call of a class: Java's constructor, and where the class has none, what `_java_construct_` of the metaclass does.
unsafe extern "C" fn construct(
    class: *mut ffi::PyObject,
    arguments: *mut ffi::PyObject,
    named: *mut ffi::PyObject,
) -> *mut ffi::PyObject {
    called(|at| {
        let mut maker = own_attribute(at, class, Name::JavaMaker)?;
        if is_none(&maker) {
            maker = own_attribute(at, class, Name::JavaConstruct)?;
        }
        // SAFETY: attached; a callable; a tuple, and a dict or null, which live as long as the call that passed them.
        Ok(unsafe { ffi::PyObject_Call(maker.as_ptr(), arguments, named).owned(at.py())? })
    })
}

/// An attribute that the package gives each class, looked up without asking for what is missing.
fn own_attribute<'a>(at: Attached<'a>, class: *mut ffi::PyObject, name: Name) -> Result<Object<'a>, Failure> {
    // SAFETY: attached; a class that is alive during the call that passed it.
    Ok(unsafe { plain_attribute(class, at.name(name).as_ptr()).owned(at.py())? })
}

/// What `type.__getattribute__` finds.
///
/// # Safety
/// Attached; a class and a name, both alive.
unsafe fn plain_attribute(class: *mut ffi::PyObject, name: *mut ffi::PyObject) -> *mut ffi::PyObject {
    // SAFETY: the contract above; the slot of a static type of CPython's is never null.
    unsafe {
        let get = ffi::PyType_GetSlot(&raw mut ffi::PyType_Type, ffi::Py_tp_getattro);
        std::mem::transmute::<*mut c_void, ffi::getattrofunc>(get)(class, name)
    }
}
