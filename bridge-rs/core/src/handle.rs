//! Handles: making, resolving and releasing what Java names by a number.
//!
//! A handle owns one Python reference, kept in its interpreter's table. Made while the thread is in a transaction of
//! that interpreter it is *scoped*: it belongs to the transaction. Otherwise it is *managed*: it belongs to the context,
//! and lives until it is closed, found dead by the JVM's collector, or the context closes. Whichever comes first takes
//! the entry out of the table, so the reference is released once; the others find a stale number.

use crate::attach::Attached;
use crate::context::{Context, ContextId};
use crate::failure::{Failure, Reason};
use crate::hold::Held;
use crate::own::{Object, keep, unkeep};
use gilgamesh_table::{Life, Reference};
use pyo3::{Borrowed, PyAny, ffi};

impl<'a> Context<'a> {
    /// A handle that belongs to the running transaction, else to this context.
    #[inline]
    pub(crate) fn make(self, object: Object<'a>) -> Result<Reference, Failure> {
        if is_none(&object) {
            return Ok(Reference::NONE);
        }
        match self.at.thread().newest_ring(self.at.interpreter()) {
            Some(ring) => self.insert(object, ring, Life::Scoped),
            None => self.make_managed(object),
        }
    }

    /// A handle that belongs to this context, in a transaction too.
    pub(crate) fn make_managed(self, object: Object<'a>) -> Result<Reference, Failure> {
        let ring = self.ring()?;
        if is_none(&object) {
            return Ok(Reference::NONE);
        }
        self.insert(object, ring, Life::Managed)
    }

    /// A managed handle of the interpreter's own: it outlives this context.
    pub(crate) fn make_shared(self, object: Object<'a>) -> Result<Reference, Failure> {
        let ring = self.at.home(|home| {
            if home.own.is_none() {
                home.own = home.table.ring();
            }
            home.own
        });
        self.insert(object, ring.ok_or_else(full)?, Life::Own)
    }

    #[inline]
    fn insert(self, object: Object<'a>, ring: gilgamesh_table::Ring, life: Life) -> Result<Reference, Failure> {
        let kept = keep(object);
        match self.at.home(|home| home.table.insert(ring, kept, life)) {
            Some(reference) => Ok(reference),
            None => {
                // SAFETY: kept above and not in the table.
                drop(unsafe { unkeep(self.at.py(), kept) });
                Err(full())
            }
        }
    }

    /// The object that the number names, with a reference of its own, so that a close meanwhile does no harm.
    #[inline]
    pub(crate) fn resolve(self, reference: Reference) -> Result<Object<'a>, Failure> {
        resolve(self.at, reference).map(|object| (*object).clone())
    }

    /// As [`Self::resolve`], for the length of one call.
    #[inline]
    pub(crate) fn hold(self, reference: Reference) -> Result<Held<'a>, Failure> {
        resolve(self.at, reference).map(Held::new)
    }

    /// The object of a handle that the host keeps for the whole call: an interned name, compiled code. No reference of
    /// our own is taken.
    ///
    /// # Safety
    /// The host keeps the handle reachable until the native method returns, and never closes it (`CachedRef` in Java).
    #[inline]
    pub(crate) unsafe fn resolve_kept(self, reference: Reference) -> Result<Borrowed<'a, 'a, PyAny>, Failure> {
        match self.at.home(|home| home.table.get(reference)) {
            // SAFETY: the table keeps it alive until the host lets go of it, which it does after the call.
            Some(kept) => Ok(unsafe { Borrowed::from_ptr(self.at.py(), kept.as_ptr()) }),
            None => Err(stale(self.at, reference)),
        }
    }

    /// The object of another context's handle: as it is in the same interpreter, refused in another.
    pub(crate) fn resolve_foreign(self, context: ContextId, reference: Reference) -> Result<Object<'a>, Failure> {
        if !context.interpreter()?.is(self.at.interpreter()) {
            return Err(Reason::OtherInterpreter.into());
        }
        resolve(self.at, reference).map(|object| (*object).clone())
    }
}

#[cold]
fn full() -> Failure {
    Failure::state("too many handles are live: 268 million; close some, or use transactions")
}

/// What the table keeps under that number; nothing that runs Python code may come before a reference is taken.
#[inline]
fn resolve(at: Attached<'_>, reference: Reference) -> Result<Borrowed<'_, '_, PyAny>, Failure> {
    let pointer = match at.home(|home| home.table.get(reference)) {
        Some(kept) => kept.as_ptr(),
        // SAFETY: attached; `None` lives as long as its interpreter.
        None if reference.is_none() => unsafe { ffi::Py_None() },
        None => return Err(stale(at, reference)),
    };
    // SAFETY: attached to the interpreter that the table belongs to, which keeps the object alive.
    Ok(unsafe { Borrowed::from_ptr(at.py(), pointer) })
}

#[cold]
fn stale(at: Attached<'_>, reference: Reference) -> Failure {
    Reason::Stale { reference, issued: at.home(|home| home.table.was_issued(reference)) }.into()
}

/// Releases the handle now. A stale one is left alone: closing twice is no mistake.
pub(crate) fn release(at: Attached<'_>, reference: Reference) -> bool {
    match at.home(|home| home.table.remove(reference)) {
        Some(kept) => {
            // SAFETY: taken out of the table of the interpreter that this thread is attached to.
            drop(unsafe { unkeep(at.py(), kept) });
            true
        }
        None => false,
    }
}

/// Python's `None`.
#[inline]
pub(crate) fn none(at: Attached<'_>) -> Object<'_> {
    // SAFETY: attached; `None` lives as long as its interpreter.
    unsafe { pyo3::Bound::from_borrowed_ptr(at.py(), ffi::Py_None()) }
}

/// Whether the object is `None`.
#[inline]
pub(crate) fn is_none(object: &Object<'_>) -> bool {
    // SAFETY: asks for an address only.
    object.as_ptr() == unsafe { ffi::Py_None() }
}
