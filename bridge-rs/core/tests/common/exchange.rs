//! The leased buffer, and one call through it.

use super::{Error, Reply, Request};

/// What a verb returns where the number is not the result.
const FAILED: i64 = i64::MIN;
const HEADER: usize = 32;
/// As small as no Java buffer is, so that blocks are met often.
const CAPACITY: usize = 4096;

/// A buffer of the form that Java leases: eight-byte words, the header first.
#[derive(Debug)]
pub(crate) struct Exchange {
    words: Vec<u64>,
}

impl Exchange {
    pub(crate) fn new(request: &[u8]) -> Self {
        let capacity = CAPACITY.max(request.len().next_multiple_of(8));
        let mut words = vec![0; (HEADER + capacity) / 8];
        words[1] = capacity as u64;
        for (word, part) in words[HEADER / 8..].iter_mut().zip(request.chunks(8)) {
            let mut bytes = [0; 8];
            bytes[..part.len()].copy_from_slice(part);
            *word = u64::from_ne_bytes(bytes);
        }
        Exchange { words }
    }

    pub(crate) fn address(&mut self) -> i64 {
        self.words.as_mut_ptr().expose_provenance() as i64
    }

    fn half_words(&self) -> (i32, i32) {
        let bytes = self.words[0].to_ne_bytes();
        let half = |at: usize| i32::from_ne_bytes(bytes[at..at + 4].try_into().expect("four bytes"));
        (half(0), half(4))
    }

    fn payload(&self, length: usize) -> Vec<u8> {
        self.words[HEADER / 8..].iter().flat_map(|word| word.to_ne_bytes()).take(length).collect()
    }

    /// Copies the block that holds what did not fit, and gives it back.
    fn block(&self) -> Vec<u8> {
        let (address, length) = (self.words[2], self.words[3]);
        // SAFETY: the core handed this block over with the status that the caller has seen; it is read and then freed
        // once.
        unsafe {
            let start: *const u8 = std::ptr::with_exposed_provenance(address as usize);
            let copy = std::slice::from_raw_parts(start, length as usize).to_vec();
            gilgamesh_core::release_block(address as i64, length as i64);
            copy
        }
    }

    pub(crate) fn failure(&self) -> Result<Option<Vec<u8>>, Error> {
        match self.half_words() {
            (0, _) => Ok(None),
            (1, _) => Err(Reply::new(&self.payload(usize::MAX)).error()),
            (2, 0) => Ok(Some(self.block())),
            (2, 1) => Err(Reply::new(&self.block()).error()),
            other => panic!("the status {other:?} is none of the core's"),
        }
    }
}

fn call(request: &Request, verb: impl FnOnce(i64) -> i64) -> (i64, Exchange) {
    let mut exchange = Exchange::new(request.bytes());
    let result = verb(exchange.address());
    (result, exchange)
}

/// A call that gives a number: a handle, a scalar, a count.
pub(crate) fn number(request: &Request, verb: impl FnOnce(i64) -> i64) -> Result<i64, Error> {
    let (result, exchange) = call(request, verb);
    if result != FAILED {
        return Ok(result);
    }
    match exchange.failure()? {
        None => Ok(FAILED),
        Some(reply) => panic!("a block of {} bytes where a number was wanted", reply.len()),
    }
}

/// A call that gives a value: its bytes, wherever they came.
pub(crate) fn reply(request: &Request, verb: impl FnOnce(i64) -> i64) -> Result<Vec<u8>, Error> {
    let (result, exchange) = call(request, verb);
    if result != FAILED {
        return Ok(exchange.payload(usize::try_from(result).expect("a length")));
    }
    Ok(exchange.failure()?.expect("a reply that failed is in a block"))
}
