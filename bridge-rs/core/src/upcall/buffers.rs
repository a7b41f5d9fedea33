//! The buffers of upcalls: made by the host when they are first needed, then used again and again.
//!
//! An upcall leases one for as long as it runs, so there are as many as upcalls ran at once: each thread that is inside
//! one, and each level of nesting. They are never freed.

use super::host::{HostEntry, Operation};
use crate::failure::Failure;
use std::cell::Cell;
use std::sync::{Mutex, PoisonError};

/// A buffer's number, by which the host finds it, and its address.
#[derive(Clone, Copy, Debug)]
struct Buffer {
    number: i32,
    address: i64,
}

#[derive(Default)]
struct Buffers {
    made: i32,
    free: Vec<Buffer>,
}

static BUFFERS: Mutex<Buffers> = Mutex::new(Buffers { made: 0, free: Vec::new() });

fn with_buffers<R>(work: impl FnOnce(&mut Buffers) -> R) -> R {
    work(&mut BUFFERS.lock().unwrap_or_else(PoisonError::into_inner))
}

thread_local! {
    static OWN: Own = const { Own(Cell::new(None)) };
}

/// The free buffer that a thread keeps for its next upcall, which costs no lock then; others get it when the thread ends.
struct Own(Cell<Option<Buffer>>);

impl Drop for Own {
    fn drop(&mut self) {
        if let Some(buffer) = self.0.take() {
            with_buffers(|buffers| buffers.free.push(buffer));
        }
    }
}

/// A buffer that nobody else uses until this is dropped.
pub(super) struct Lease(Buffer);

impl Lease {
    /// Takes a free buffer, or has the host make one.
    #[inline]
    pub(super) fn take(entry: HostEntry) -> Result<Self, Failure> {
        match OWN.try_with(|own| own.0.take()) {
            Ok(Some(buffer)) => Ok(Lease(buffer)),
            _ => Lease::take_free(entry),
        }
    }

    fn take_free(entry: HostEntry) -> Result<Self, Failure> {
        let (free, number) = with_buffers(|buffers| {
            let free = buffers.free.pop();
            if free.is_none() {
                buffers.made += 1;
            }
            (free, buffers.made)
        });
        match free {
            Some(buffer) => Ok(Lease(buffer)),
            None => Lease::make(entry, number),
        }
    }

    /// The host takes no lock of Python's for this, so the thread stays attached.
    #[cold]
    fn make(entry: HostEntry, number: i32) -> Result<Self, Failure> {
        // SAFETY: the host's entry takes any numbers; this operation needs no buffer.
        let address = unsafe { entry(Operation::MakeBuffer as i32, number, 0, 0, 0) };
        if address == crate::entry::FAILED {
            return Err(Failure::state("the host has no memory for the buffer of a call"));
        }
        Ok(Lease(Buffer { number, address }))
    }

    pub(super) fn number(&self) -> i32 {
        self.0.number
    }

    pub(super) fn address(&self) -> i64 {
        self.0.address
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let other = OWN.try_with(|own| own.0.replace(Some(self.0))).unwrap_or(Some(self.0));
        if let Some(other) = other {
            with_buffers(|buffers| buffers.free.push(other));
        }
    }
}
