//! Writes a reply into the leased payload, and into a growing block from the moment that it does not fit.

use std::marker::PhantomData;

/// A reply in the making.
///
/// Starts in the leased payload; the first write that does not fit moves all to a block of malloc's, which grows by
/// doubling. `malloc` and not `Vec`, so that Java gives the block back by its address alone.
#[derive(Debug)]
pub struct Writer<'a> {
    start: *mut u8,
    length: usize,
    capacity: usize,
    in_block: bool,
    payload: PhantomData<&'a mut [u8]>,
}

impl Writer<'_> {
    /// A writer over `capacity` bytes from `start`.
    ///
    /// # Safety
    /// They are writable and nobody else's for the lifetime of the writer.
    #[must_use]
    pub unsafe fn new(start: *mut u8, capacity: usize) -> Self {
        Writer { start, length: 0, capacity, in_block: false, payload: PhantomData }
    }

    /// Bytes written so far.
    #[must_use]
    pub fn position(&self) -> usize {
        self.length
    }

    /// Forgets what was written after `position`, for a form that turned out not to fit the value.
    pub fn rewind(&mut self, position: usize) {
        debug_assert!(position <= self.length, "rewinding goes back");
        self.length = position.min(self.length);
    }

    /// Overwrites a count that was not known when its place was written.
    pub fn patch_u32(&mut self, position: usize, value: u32) {
        assert!(position + 4 <= self.length, "a patch lies within what was written");
        // SAFETY: the four bytes lie within what was written (asserted above).
        unsafe { self.start.add(position).cast::<u32>().write_unaligned(value) }
    }

    /// Overwrites a tag with what came of its value.
    pub fn patch_u8(&mut self, position: usize, value: u8) {
        assert!(position < self.length, "a patch lies within what was written");
        // SAFETY: the byte lies within what was written (asserted above).
        unsafe { self.start.add(position).write(value) }
    }

    #[inline]
    fn reserve(&mut self, count: usize) -> *mut u8 {
        if count > self.capacity - self.length {
            self.grow(count);
        }
        // SAFETY: `length <= capacity`, and `count` more bytes are there.
        let place = unsafe { self.start.add(self.length) };
        self.length += count;
        place
    }

    #[cold]
    fn grow(&mut self, count: usize) {
        let wanted = (self.length + count).max(self.capacity * 2).max(1024);
        let old = if self.in_block { self.start } else { std::ptr::null_mut() };
        // SAFETY: `old` is null or this writer's own block.
        let block = unsafe { libc::realloc(old.cast(), wanted) }.cast::<u8>();
        if block.is_null() {
            std::alloc::handle_alloc_error(std::alloc::Layout::new::<u8>());
        }
        if !self.in_block {
            // SAFETY: `length` bytes were written to the payload, and the block has room for more than that.
            unsafe { std::ptr::copy_nonoverlapping(self.start, block, self.length) };
        }
        self.start = block;
        self.capacity = wanted;
        self.in_block = true;
    }

    /// One byte.
    #[inline]
    pub fn u8(&mut self, value: u8) {
        let place = self.reserve(1);
        // SAFETY: `reserve` made room.
        unsafe { place.write(value) }
    }

    /// A count.
    #[inline]
    pub fn u32(&mut self, value: u32) {
        let place = self.reserve(4).cast::<u32>();
        // SAFETY: `reserve` made room.
        unsafe { place.write_unaligned(value) }
    }

    /// A line number.
    #[inline]
    pub fn i32(&mut self, value: i32) {
        self.u32(value.cast_unsigned());
    }

    /// A long, a reference or a context's number.
    #[inline]
    pub fn i64(&mut self, value: i64) {
        let place = self.reserve(8).cast::<i64>();
        // SAFETY: `reserve` made room.
        unsafe { place.write_unaligned(value) }
    }

    /// A double, bit by bit.
    #[inline]
    pub fn f64(&mut self, value: f64) {
        self.i64(value.to_bits().cast_signed());
    }

    /// A tag and the eight bytes that follow it: a long, a double's bits, a reference.
    #[inline]
    pub fn tagged(&mut self, tag: u8, value: i64) {
        let place = self.reserve(9);
        // SAFETY: `reserve` made room.
        unsafe {
            place.write(tag);
            place.add(1).cast::<i64>().write_unaligned(value);
        }
    }

    /// A tag, a count of bytes and the bytes.
    ///
    /// # Panics
    /// Where they are more than 32 bits count: the caller refuses those.
    #[inline]
    pub fn tagged_bytes(&mut self, tag: u8, bytes: &[u8]) {
        let count = u32::try_from(bytes.len()).expect("the caller has checked the count");
        let place = self.reserve(5 + bytes.len());
        // SAFETY: `reserve` made room, in memory that `bytes` cannot overlap: it is this writer's alone.
        unsafe {
            place.write(tag);
            place.add(1).cast::<u32>().write_unaligned(count);
            std::ptr::copy_nonoverlapping(bytes.as_ptr(), place.add(5), bytes.len());
        }
    }

    /// Bytes without their count.
    #[inline]
    pub fn bytes(&mut self, bytes: &[u8]) {
        let place = self.reserve(bytes.len());
        // SAFETY: `reserve` made room, in memory that `bytes` cannot overlap: it is this writer's alone.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), place, bytes.len()) }
    }

    /// Room for `count` numbers that the caller writes one by one.
    #[inline]
    pub fn reserve_more(&mut self, count: usize) {
        if count > self.capacity - self.length {
            self.grow(count);
        }
    }

    /// The number of bytes, and the block that holds them where the payload could not.
    #[must_use]
    pub fn finish(mut self) -> (usize, Option<(*mut u8, usize)>) {
        let block = self.in_block.then_some((self.start, self.length));
        self.in_block = false;
        (self.length, block)
    }
}

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        if self.in_block {
            // SAFETY: the block is this writer's own and was not handed over by `finish`.
            unsafe { libc::free(self.start.cast()) }
        }
    }
}
