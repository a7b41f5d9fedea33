//! The way to the host: one function, which takes numbers and gives a number.
//!
//! Everything that crosses stands in a buffer; the function is called detached, on any thread. A host that has a faster
//! way puts it in the place of the first one, while calls run.

use std::sync::atomic::{AtomicPtr, Ordering};

/// What the host is asked to do; the numbers are those of `io.gilgamesh.internal.Upcalls`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub(crate) enum Operation {
    /// Call a member with the arguments of the request.
    Call = 0,
    /// Describe a class.
    Describe = 1,
    /// Find a class by the name of the request.
    FindClass = 2,
    /// Make the buffer of that number; its address.
    MakeBuffer = 3,
    /// Call a member without arguments.
    CallBare = 6,
    /// Tell whether there is a package of the name in the request.
    FindPackage = 5,
    /// List the classes of the package of the name in the request.
    ListPackage = 8,
    /// Call a service of the bridge's own part of the host with the arguments of the request.
    Serve = 9,
    /// Let go of the handles of the last answer in that buffer, which were read.
    ForgetAnswer = 7,
    /// Call a leaf: a member that cannot block, with one number, attached.
    Leaf = 4,
}

/// The host's entry: operation, number of a member or class, reference of the receiver or 0, context (a leaf's argument), number
/// of the buffer. It gives one of [`outcome`], or [`crate::entry::FAILED`] where the buffer says why.
pub type HostEntry = unsafe extern "C" fn(i32, i32, i64, i64, i32) -> i64;

/// What an upcall gave.
pub(crate) mod outcome {
    /// Nothing: `None`.
    pub(crate) const NOTHING: i64 = 0;
    /// The buffer holds a value.
    pub(crate) const VALUE: i64 = 1;
    /// Memory of the host's, which the buffer's header names, holds a value.
    pub(crate) const LARGE_VALUE: i64 = 2;
    /// Beside the others and beside a failure: the host keeps what the answer names alive, until it is told to forget.
    pub(crate) const HELD: i64 = 4;
}

static ENTRY: AtomicPtr<()> = AtomicPtr::new(std::ptr::null_mut());

/// Sets the host's entry, or a faster one in its place.
pub fn set_host_entry(entry: HostEntry) {
    ENTRY.store(entry as *mut (), Ordering::Release);
}

/// The host's entry, where there is a host.
#[inline]
pub(super) fn entry() -> Option<HostEntry> {
    let entry = ENTRY.load(Ordering::Acquire);
    // SAFETY: only `set_host_entry` stores here, and what it stores is such a function.
    (!entry.is_null()).then(|| unsafe { std::mem::transmute::<*mut (), HostEntry>(entry) })
}
