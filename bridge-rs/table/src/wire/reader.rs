//! Reads a request; every step is checked against the buffer's end.

use std::fmt;

/// A request that ends too early or holds a tag that nothing has: a mistake of the bridge's own Java side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Malformed;

impl fmt::Display for Malformed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("the request that crossed is malformed")
    }
}

/// A cursor over a request's bytes.
#[derive(Debug)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from the start of `bytes`.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        Reader { rest: bytes }
    }

    /// The next `count` bytes.
    ///
    /// # Errors
    /// [`Malformed`] where fewer are left; the same for all reads below.
    #[inline]
    pub fn bytes(&mut self, count: usize) -> Result<&'a [u8], Malformed> {
        let (taken, rest) = self.rest.split_at_checked(count).ok_or(Malformed)?;
        self.rest = rest;
        Ok(taken)
    }

    #[inline]
    fn fixed<const N: usize>(&mut self) -> Result<[u8; N], Malformed> {
        let (taken, rest) = self.rest.split_first_chunk().ok_or(Malformed)?;
        self.rest = rest;
        Ok(*taken)
    }

    /// One byte: a tag or a small number.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn u8(&mut self) -> Result<u8, Malformed> {
        self.fixed().map(|[byte]| byte)
    }

    /// A count.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn u32(&mut self) -> Result<u32, Malformed> {
        self.fixed().map(u32::from_ne_bytes)
    }

    /// A count, as the size it is used for.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn count(&mut self) -> Result<usize, Malformed> {
        // 32 bits fit every usize of the platforms that have a JVM.
        self.u32().map(|count| count as usize)
    }

    /// A count of values that follow. Each has a byte at least, so a count that cannot be met is refused before anybody
    /// makes room for it.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn count_of_values(&mut self) -> Result<usize, Malformed> {
        self.count().and_then(|count| if count <= self.rest.len() { Ok(count) } else { Err(Malformed) })
    }

    /// A year or an offset.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn i32(&mut self) -> Result<i32, Malformed> {
        self.fixed().map(i32::from_ne_bytes)
    }

    /// A long, a reference or a context's number.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn i64(&mut self) -> Result<i64, Malformed> {
        self.fixed().map(i64::from_ne_bytes)
    }

    /// A double, bit by bit.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn f64(&mut self) -> Result<f64, Malformed> {
        self.fixed().map(f64::from_ne_bytes)
    }

    /// A count and that many bytes.
    ///
    /// # Errors
    /// As [`Self::bytes`].
    #[inline]
    pub fn counted(&mut self) -> Result<&'a [u8], Malformed> {
        let count = self.count()?;
        self.bytes(count)
    }
}
