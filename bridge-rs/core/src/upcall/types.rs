//! Making types of the stable ABI and putting them into the module: what the types of objects and of members share.

use crate::own::{FromRaw, Object, Raised, checked};
use pyo3::{Python, ffi};
use std::ffi::{CStr, c_int, c_uint, c_ulong, c_void};

/// A slot's number and what it holds.
pub(super) type Slot = (c_int, *mut c_void);
/// What CPython calls a place in an instance's memory, and its offset: `__dictoffset__` and its like.
pub(super) type Place = (&'static CStr, usize);

/// A type in the making.
pub(super) struct NewType<'t, 'py> {
    pub(super) name: &'static CStr,
    /// Bytes of an instance.
    pub(super) size: usize,
    pub(super) flags: c_ulong,
    pub(super) base: Option<&'t Object<'py>>,
    pub(super) places: &'t [Place],
    pub(super) slots: &'t [Slot],
}

impl<'py> NewType<'_, 'py> {
    /// Makes the type; CPython copies what the slots point to.
    pub(super) fn make(self, py: Python<'py>) -> Result<Object<'py>, Raised> {
        let mut members: Vec<_> = self.places.iter().map(|(name, offset)| member(name, *offset)).collect();
        members.push(ffi::PyMemberDef::default());
        let places = (ffi::Py_tp_members, members.as_mut_ptr().cast());
        let end = (0, std::ptr::null_mut());
        let slots = self.slots.iter().copied().chain([places, end]);
        let mut slots: Vec<_> = slots.map(|(slot, pfunc)| ffi::PyType_Slot { slot, pfunc }).collect();
        let mut spec = ffi::PyType_Spec {
            name: self.name.as_ptr(),
            basicsize: self.size as c_int,
            itemsize: 0,
            flags: (ffi::Py_TPFLAGS_DEFAULT | self.flags) as c_uint,
            slots: slots.as_mut_ptr(),
        };
        let base = self.base.map_or(std::ptr::null_mut(), Object::as_ptr);
        // SAFETY: attached; the spec and its slots live during the call; a class as the base, or null.
        unsafe { ffi::PyType_FromSpecWithBases(&raw mut spec, base).owned(py) }
    }
}

fn member(name: &'static CStr, offset: usize) -> ffi::PyMemberDef {
    ffi::PyMemberDef {
        name: name.as_ptr(),
        type_code: ffi::Py_T_PYSSIZET,
        offset: offset as ffi::Py_ssize_t,
        flags: ffi::Py_READONLY,
        doc: std::ptr::null(),
    }
}

/// Puts a type into the module.
pub(super) fn add(module: &Object<'_>, name: &'static CStr, class: &Object<'_>) -> Result<(), Raised> {
    // SAFETY: attached; shares the class.
    checked(unsafe { ffi::PyModule_AddObjectRef(module.as_ptr(), name.as_ptr(), class.as_ptr()) }).map(drop)
}
