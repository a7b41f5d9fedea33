//! Classes of the standard library that have a value form, found when they are first met.
//!
//! A module that was never imported has no instances, so none is imported to ask what an object is.

use crate::attach::Attached;
use crate::interpreter::{Name, put};
use crate::own::{FromRaw, Object, Raised, attribute, forget, keep, share, text};
use pyo3::ffi;

/// A class that the codec knows.
#[derive(Clone, Copy)]
pub(super) enum Known {
    Array,
    Date,
    DateTime,
    Time,
    TimeDelta,
    TimeZone,
    ZoneInfo,
    Decimal,
    Uuid,
    Path,
    PurePath,
}

/// Those whose instances have a value form, a class before its base.
const WITH_A_FORM: [Known; 8] = [
    Known::Array,
    Known::DateTime,
    Known::Date,
    Known::Time,
    Known::TimeDelta,
    Known::Decimal,
    Known::Uuid,
    Known::PurePath,
];

impl Known {
    /// The class with a value form of which the object is an instance.
    pub(super) fn of(at: Attached<'_>, object: &Object<'_>) -> Option<Known> {
        WITH_A_FORM.into_iter().find(|known| known.is(at, object))
    }

    fn place(self) -> (Name, &'static str) {
        match self {
            Known::Array => (Name::Array, "array"),
            Known::Date => (Name::Datetime, "date"),
            Known::DateTime => (Name::Datetime, "datetime"),
            Known::Time => (Name::Datetime, "time"),
            Known::TimeDelta => (Name::Datetime, "timedelta"),
            Known::TimeZone => (Name::Datetime, "timezone"),
            Known::ZoneInfo => (Name::Zoneinfo, "ZoneInfo"),
            Known::Decimal => (Name::Decimal, "Decimal"),
            Known::Uuid => (Name::Uuid, "UUID"),
            Known::Path => (Name::Pathlib, "Path"),
            // Paths of another system's form mean nothing to this one's.
            Known::PurePath if cfg!(windows) => (Name::Pathlib, "PureWindowsPath"),
            Known::PurePath => (Name::Pathlib, "PurePosixPath"),
        }
    }

    fn met(self, at: Attached<'_>) -> Option<Object<'_>> {
        let kept = at.home(|home| home.classes.get(self as usize).copied().flatten())?;
        // SAFETY: kept for as long as the interpreter lives, to which this thread is attached.
        Some(unsafe { share(at.py(), kept) })
    }

    /// The class, imported where it is not there yet.
    pub(super) fn class(self, at: Attached<'_>) -> Result<Object<'_>, Raised> {
        if let Some(class) = self.met(at) {
            return Ok(class);
        }
        let (module, name) = self.place();
        let module = at.name(module);
        // SAFETY: attached; `module` is alive; yields a new reference or an exception.
        let module = unsafe { ffi::PyImport_Import(module.as_ptr()).owned(at.py())? };
        let class = attribute(&module, &text(at.py(), name)?)?;
        let kept = keep(class.clone());
        at.home(|home| put(&mut home.classes, self as usize, kept));
        Ok(class)
    }

    /// Whether the object is an instance, of a subclass too.
    pub(super) fn is(self, at: Attached<'_>, object: &Object<'_>) -> bool {
        let Some(class) = self.met_or_loaded(at) else { return false };
        // SAFETY: attached; a class of the standard library, and an object that is alive.
        unsafe { ffi::PyObject_TypeCheck(object.as_ptr(), class.as_ptr().cast()) != 0 }
    }

    fn met_or_loaded(self, at: Attached<'_>) -> Option<Object<'_>> {
        if let Some(class) = self.met(at) {
            return Some(class);
        }
        if !is_loaded(at, self.place().0) {
            return None;
        }
        // Another thread may be half way through the import.
        self.class(at).map_err(|raised| forget(raised, at.py())).ok()
    }
}

fn is_loaded(at: Attached<'_>, module: Name) -> bool {
    let name = at.name(module);
    // SAFETY: attached; a look into the dict of modules: both it and what it yields are borrowed.
    unsafe { !ffi::PyDict_GetItem(ffi::PyImport_GetModuleDict(), name.as_ptr()).is_null() }
}
