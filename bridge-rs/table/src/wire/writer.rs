//! Writes a reply into the leased payload, and into a growing block from the moment that it does not fit.

use std::marker::PhantomData;

/// Bytes that every payload has: as many as one write of a fixed size takes.
pub const SMALLEST_PAYLOAD: usize = 16;

/// Why a reply cannot take what is to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Full {
    /// It would pass the limit.
    Limit {
        /// Bytes that it would have had, at least.
        wanted: usize,
        /// Bytes that it may have.
        limit: usize,
    },
    /// There is no memory for it.
    Memory {
        /// Bytes that it would have had, at least.
        wanted: usize,
    },
}

/// A reply in the making.
///
/// Starts in the leased payload; the first write that does not fit moves all to a block of malloc's, which grows by
/// doubling, up to the limit. `malloc` and not `Vec`, so that Java gives the block back by its address alone, and a lack
/// of memory is an error and not the end of the process.
///
/// A writer that cannot grow is full, and stays so: what is written from then on is lost, [`Self::check`] and
/// [`Self::finish`] tell. So a write has no result of its own, which each of them would pay for.
#[derive(Debug)]
pub struct Writer<'a> {
    start: *mut u8,
    length: usize,
    capacity: usize,
    limit: usize,
    full: Option<Full>,
    in_block: bool,
    payload: PhantomData<&'a mut [u8]>,
}

impl Writer<'_> {
    /// A writer over `capacity` bytes from `start`, with no limit but that of what Java can read.
    ///
    /// # Safety
    /// They are [`SMALLEST_PAYLOAD`] at least, writable, and nobody else's for the lifetime of the writer.
    #[must_use]
    pub unsafe fn new(start: *mut u8, capacity: usize) -> Self {
        debug_assert!(capacity >= SMALLEST_PAYLOAD, "a payload takes one write");
        let limit = i32::MAX as usize;
        Writer { start, length: 0, capacity, limit, full: None, in_block: false, payload: PhantomData }
    }

    /// The same writer, which takes no more than `limit` bytes, or [`SMALLEST_PAYLOAD`] where that is less.
    #[must_use]
    pub fn limited(mut self, limit: usize) -> Self {
        self.limit = limit.max(SMALLEST_PAYLOAD).min(self.limit);
        self.capacity = self.capacity.min(self.limit);
        self
    }

    /// Whether something that was written is lost.
    #[inline]
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full.is_some()
    }

    /// Whether all that was written is there.
    ///
    /// # Errors
    /// Why it is not.
    #[inline]
    pub fn check(&self) -> Result<(), Full> {
        self.full.map_or(Ok(()), Err)
    }

    /// Asks whether `count` more bytes may be written, before they are made.
    ///
    /// # Errors
    /// Where they would pass the limit; the writer is full then.
    pub fn check_room(&mut self, count: usize) -> Result<(), Full> {
        let wanted = self.length.saturating_add(count);
        if wanted > self.limit {
            self.fail(Full::Limit { wanted, limit: self.limit });
        }
        self.check()
    }

    /// Bytes written so far.
    #[must_use]
    pub fn position(&self) -> usize {
        self.length
    }

    /// Forgets what was written after `position`, for a form that turned out not to fit the value.
    pub fn rewind(&mut self, position: usize) {
        debug_assert!(position <= self.length || self.full.is_some(), "rewinding goes back");
        self.length = position.min(self.length);
    }

    /// Overwrites a count that was not known when its place was written.
    pub fn patch_u32(&mut self, position: usize, value: u32) {
        if self.full.is_some() {
            return;
        }
        assert!(position + 4 <= self.length, "a patch lies within what was written");
        // SAFETY: the four bytes lie within what was written (asserted above).
        unsafe { self.start.add(position).cast::<u32>().write_unaligned(value) }
    }

    /// Overwrites a tag with what came of its value.
    pub fn patch_u8(&mut self, position: usize, value: u8) {
        if self.full.is_some() {
            return;
        }
        assert!(position < self.length, "a patch lies within what was written");
        // SAFETY: the byte lies within what was written (asserted above).
        unsafe { self.start.add(position).write(value) }
    }

    /// The place of `count` more bytes, at most [`SMALLEST_PAYLOAD`]; somewhere in the payload where the writer is full.
    #[inline]
    fn reserve(&mut self, count: usize) -> *mut u8 {
        debug_assert!(count <= SMALLEST_PAYLOAD, "larger ones can fail");
        if count > self.capacity - self.length {
            self.grow(count);
        }
        // SAFETY: `length <= capacity`, and `count` more bytes are there: `grow` made room, or went back to the start.
        let place = unsafe { self.start.add(self.length) };
        self.length += count;
        place
    }

    /// The place of `count` more bytes, where there is room for them.
    #[inline]
    fn reserve_any(&mut self, count: usize) -> Option<*mut u8> {
        if count > self.capacity - self.length && !self.grow(count) {
            return None;
        }
        // SAFETY: `length <= capacity`, and `count` more bytes are there.
        let place = unsafe { self.start.add(self.length) };
        self.length += count;
        Some(place)
    }

    /// Makes room for `count` more bytes. Where that fails the writer is full, and goes on at the start of its memory.
    #[cold]
    fn grow(&mut self, count: usize) -> bool {
        if self.full.is_none() && self.check_room(count).is_ok() {
            let wanted = self.length + count;
            let doubled = wanted.max(self.capacity * 2).max(1024).min(self.limit);
            if !self.move_to_block(doubled) && !self.move_to_block(wanted) {
                self.fail(Full::Memory { wanted });
            }
        }
        if self.full.is_some() {
            self.length = 0;
        }
        self.full.is_none()
    }

    /// Moves all to a block of so many bytes; `false` where there is no memory for it.
    fn move_to_block(&mut self, capacity: usize) -> bool {
        let old = if self.in_block { self.start } else { std::ptr::null_mut() };
        // SAFETY: `old` is null or this writer's own block, which stays as it is where this fails.
        let block = unsafe { libc::realloc(old.cast(), capacity) }.cast::<u8>();
        if block.is_null() {
            return false;
        }
        if !self.in_block {
            // SAFETY: `length` bytes were written to the payload, and the block has room for more than that.
            unsafe { std::ptr::copy_nonoverlapping(self.start, block, self.length) };
        }
        self.start = block;
        self.capacity = capacity;
        self.in_block = true;
        true
    }

    /// Notes the first reason.
    fn fail(&mut self, why: Full) {
        self.full.get_or_insert(why);
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
        let Some(place) = self.reserve_any(5 + bytes.len()) else { return };
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
        let Some(place) = self.reserve_any(bytes.len()) else { return };
        // SAFETY: `reserve` made room, in memory that `bytes` cannot overlap: it is this writer's alone.
        unsafe { std::ptr::copy_nonoverlapping(bytes.as_ptr(), place, bytes.len()) }
    }

    /// Makes room for bytes that the caller writes in many small writes; whether there is any.
    #[inline]
    pub fn reserve_more(&mut self, bytes: usize) -> bool {
        bytes <= self.capacity - self.length || self.grow(bytes)
    }

    /// The number of bytes, and the block that holds them where the payload could not.
    ///
    /// # Errors
    /// Where the writer is full.
    pub fn finish(mut self) -> Result<Finished, Full> {
        self.check()?;
        let block = self.in_block.then_some((self.start, self.length));
        self.in_block = false;
        Ok((self.length, block))
    }
}

/// What a reply takes, and its block where it has one: address and bytes.
pub type Finished = (usize, Option<(*mut u8, usize)>);

impl Drop for Writer<'_> {
    fn drop(&mut self) {
        if self.in_block {
            // SAFETY: the block is this writer's own and was not handed over by `finish`.
            unsafe { libc::free(self.start.cast()) }
        }
    }
}

#[cfg(test)]
mod tests;
