//! The buffers of upcalls: made by the host when they are first needed, then used again and again.
//!
//! An upcall leases one for as long as it runs, so there are as many as upcalls ran at once: each thread that is inside
//! one, and each level of nesting. They are never freed.

use super::host::{HostEntry, Operation};
use crate::failure::Failure;
use crate::thread::Thread;
use std::sync::{Mutex, PoisonError};

/// A buffer's number, by which the host finds it, and its address.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Buffer {
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

/// Gives the buffer that a thread kept for its next upcall to others: the thread ends.
pub(crate) fn give_up(buffer: Buffer) {
    with_buffers(|buffers| buffers.free.push(buffer));
}

/// A buffer that nobody else uses until this is dropped.
pub(super) struct Lease<'a> {
    buffer: Buffer,
    thread: &'a Thread,
}

impl<'a> Lease<'a> {
    /// Takes the buffer that the thread keeps, which costs no lock, or a free one, or has the host make one.
    #[inline]
    pub(super) fn take(thread: &'a Thread, entry: HostEntry) -> Result<Self, Failure> {
        let buffer = match thread.upcall_buffer.take() {
            Some(buffer) => buffer,
            None => Lease::take_free(entry)?,
        };
        Ok(Lease { buffer, thread })
    }

    fn take_free(entry: HostEntry) -> Result<Buffer, Failure> {
        let (free, number) = with_buffers(|buffers| {
            let free = buffers.free.pop();
            if free.is_none() {
                buffers.made += 1;
            }
            (free, buffers.made)
        });
        match free {
            Some(buffer) => Ok(buffer),
            None => Lease::make(entry, number),
        }
    }

    /// The host takes no lock of Python's for this, so the thread stays attached.
    #[cold]
    fn make(entry: HostEntry, number: i32) -> Result<Buffer, Failure> {
        // SAFETY: the host's entry takes any numbers; this operation needs no buffer.
        let address = unsafe { entry(Operation::MakeBuffer as i32, number, 0, 0, 0) };
        if address == crate::entry::FAILED {
            return Err(Failure::state("the host has no memory for the buffer of a call"));
        }
        Ok(Buffer { number, address })
    }

    pub(super) fn number(&self) -> i32 {
        self.buffer.number
    }

    pub(super) fn address(&self) -> i64 {
        self.buffer.address
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        if let Some(other) = self.thread.upcall_buffer.replace(Some(self.buffer)) {
            give_up(other);
        }
    }
}
