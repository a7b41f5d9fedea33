//! The leased buffer: header, request, reply, and the block that holds a reply too large for it.

use super::{Reader, Writer};
use std::sync::atomic::{AtomicI64, Ordering};

/// Bytes before the payload.
pub const HEADER_BYTES: usize = 32;

/// Bytes in reply blocks that Java has not given back yet.
static BLOCK_BYTES: AtomicI64 = AtomicI64::new(0);

/// What the first word of the header says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Status {
    /// The returned number is the result.
    Ok = 0,
    /// The payload holds an error record.
    Error = 1,
    /// A block holds the reply or the error record.
    Overflow = 2,
}

/// What a block holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(i32)]
pub enum Overflow {
    /// The reply that did not fit.
    Reply = 0,
    /// An error record that did not fit.
    Error = 1,
}

#[repr(C)]
struct Header {
    status: i32,
    overflow: i32,
    capacity: i64,
    block: i64,
    block_bytes: i64,
}

/// One call's buffer, borrowed from Java for as long as the call lasts.
#[derive(Debug)]
pub struct Exchange {
    header: *mut Header,
}

impl Exchange {
    /// Takes the address that Java passed.
    ///
    /// # Safety
    /// `address` is that of a direct buffer of `io.gilgamesh.internal.Exchange`, aligned to 8 bytes, whose header holds
    /// its capacity, and which no other thread uses until the call returns.
    #[must_use]
    pub unsafe fn from_java(address: i64) -> Self {
        Exchange { header: std::ptr::with_exposed_provenance_mut(address as usize) }
    }

    fn payload(&self) -> *mut u8 {
        // SAFETY: the buffer is one allocation of HEADER_BYTES and its payload (contract of `from_java`).
        unsafe { self.header.cast::<u8>().add(HEADER_BYTES) }
    }

    fn capacity(&self) -> usize {
        // SAFETY: the header is readable (contract of `from_java`).
        usize::try_from(unsafe { (*self.header).capacity }).unwrap_or(0)
    }

    /// The request. Nothing may be written before the reader is done.
    #[must_use]
    pub fn reader(&self) -> Reader<'_> {
        // SAFETY: the payload has `capacity` bytes, all initialised by the JVM (direct buffers are zeroed), and the
        // writer that would change them is made only after the reader is dropped (see `writer`).
        Reader::new(unsafe { std::slice::from_raw_parts(self.payload(), self.capacity()) })
    }

    /// A writer for the reply, from the payload's start; the request is gone with its first byte.
    pub fn writer(&mut self) -> Writer<'_> {
        // SAFETY: the payload has `capacity` bytes, more than the smallest, and `&mut self` keeps readers away.
        unsafe { Writer::new(self.payload(), self.capacity()) }
    }

    /// What the first word of the header says: one of [`Status`], as the other side left it.
    #[must_use]
    pub fn status(&self) -> i32 {
        // SAFETY: the header is readable (contract of `from_java`).
        unsafe { (*self.header).status }
    }

    /// The memory that the other side named in the header, because its answer did not fit.
    ///
    /// # Safety
    /// It said so, and keeps that memory as it is while the reader is used.
    #[must_use]
    pub unsafe fn host_block(&self) -> Reader<'_> {
        // SAFETY: the header is readable; the block is of that many bytes (contract above).
        Reader::new(unsafe {
            let start: *const u8 = std::ptr::with_exposed_provenance((*self.header).block as usize);
            std::slice::from_raw_parts(start, usize::try_from((*self.header).block_bytes).unwrap_or(0))
        })
    }

    /// Says that the returned number is the result itself, even where it looks like the mark of a failure.
    #[inline]
    pub fn set_ok(&mut self) {
        self.set_status(Status::Ok);
    }

    /// Says that the payload, or a block where it did not fit, holds an error record.
    pub fn set_error(&mut self, block: Option<(*mut u8, usize)>) {
        match block {
            None => self.set_status(Status::Error),
            Some(block) => self.set_block(Overflow::Error, block),
        }
    }

    /// Hands over a block that holds what did not fit; Java gives it back by [`release_block`].
    pub fn set_block(&mut self, what: Overflow, (address, bytes): (*mut u8, usize)) {
        self.set_status(Status::Overflow);
        // Blocks are smaller than i64::MAX: they came from an allocator.
        let bytes = bytes as i64;
        BLOCK_BYTES.fetch_add(bytes, Ordering::Relaxed);
        // SAFETY: the header is writable (contract of `from_java`).
        unsafe {
            (*self.header).overflow = what as i32;
            (*self.header).block = address.expose_provenance() as i64;
            (*self.header).block_bytes = bytes;
        }
    }

    fn set_status(&mut self, status: Status) {
        // SAFETY: the header is writable (contract of `from_java`).
        unsafe { (*self.header).status = status as i32 }
    }
}

/// Frees a block that [`Exchange::set_block`] handed over.
///
/// # Safety
/// `address` and `bytes` are those of one block, given back once, and nothing reads it any more.
pub unsafe fn release_block(address: i64, bytes: i64) {
    BLOCK_BYTES.fetch_sub(bytes, Ordering::Relaxed);
    // SAFETY: the block was allocated by malloc in `Writer` (contract above).
    unsafe { libc::free(std::ptr::with_exposed_provenance_mut(address as usize)) }
}

/// Bytes in blocks that Java has not given back.
#[must_use]
pub fn reply_blocks_bytes() -> i64 {
    BLOCK_BYTES.load(Ordering::Relaxed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[repr(C, align(8))]
    struct Leased([u8; HEADER_BYTES + 16]);

    fn leased() -> Leased {
        let mut buffer = Leased([0; HEADER_BYTES + 16]);
        buffer.0[8..16].copy_from_slice(&16i64.to_ne_bytes());
        buffer
    }

    #[test]
    fn a_reply_that_does_not_fit_comes_as_a_counted_block() {
        let mut buffer = leased();
        // SAFETY: a buffer of the form that Java leases, used by this thread alone.
        let mut exchange = unsafe { Exchange::from_java(buffer.0.as_mut_ptr().expose_provenance() as i64) };
        let mut writer = exchange.writer();
        (0..100u32).for_each(|n| writer.u32(n));
        let (length, block) = writer.finish().expect("room for 400 bytes");
        assert_eq!(length, 400);
        let before = reply_blocks_bytes();
        exchange.set_block(Overflow::Reply, block.expect("400 bytes do not fit 16"));
        let word = |at: usize| i64::from_ne_bytes(buffer.0[at..at + 8].try_into().expect("8 bytes"));
        let (address, bytes) = (word(16), word(24));
        assert_eq!((reply_blocks_bytes() - before, bytes), (400, 400));
        // SAFETY: the block that was just handed over, read and then freed once.
        unsafe {
            let block: *const u8 = std::ptr::with_exposed_provenance(address as usize);
            assert_eq!(std::slice::from_raw_parts(block, 400)[396..], 99u32.to_ne_bytes());
            release_block(address, bytes);
        }
        assert_eq!(reply_blocks_bytes(), before);
    }
}
