//! The framing of what crosses: one leased buffer a call, a request in it, the reply over it.
//!
//! The form is described in `docs/adr` and repeated by `io.gilgamesh.internal.Exchange`: a header of 32 bytes (status,
//! what overflowed, capacity, two words for large replies), then the payload. Numbers are in native byte order and
//! unaligned. Values are a tag of one byte and what the tag says.

mod exchange;
mod reader;
mod writer;

pub use exchange::{Exchange, HEADER_BYTES, Overflow, Status, release_block, reply_blocks_bytes};
pub use reader::{Malformed, Reader};
pub use writer::{Finished, Full, SMALLEST_PAYLOAD, Writer};

/// The first byte of a value.
#[allow(missing_docs, reason = "each is described by the form of its payload in `Tag`'s own table")]
pub mod tag {
    pub const NULL: u8 = 0;
    pub const FALSE: u8 = 1;
    pub const TRUE: u8 = 2;
    pub const LONG: u8 = 3;
    pub const BIG_INTEGER: u8 = 4;
    pub const DOUBLE: u8 = 5;
    pub const ASCII: u8 = 6;
    pub const UTF8: u8 = 7;
    pub const UTF16: u8 = 8;
    pub const BYTES: u8 = 9;
    pub const LIST: u8 = 10;
    pub const TUPLE: u8 = 11;
    pub const SET: u8 = 12;
    pub const FROZEN_SET: u8 = 13;
    pub const DICT: u8 = 14;
    pub const ARRAY: u8 = 15;
    pub const LONG_LIST: u8 = 16;
    pub const DOUBLE_LIST: u8 = 17;
    pub const HANDLE: u8 = 18;
    pub const FOREIGN_HANDLE: u8 = 19;
    pub const DATE: u8 = 20;
    pub const TIME: u8 = 21;
    pub const DATE_TIME: u8 = 22;
    pub const DURATION: u8 = 23;
    pub const DECIMAL: u8 = 24;
    pub const UUID: u8 = 25;
    pub const PATH: u8 = 26;
    pub const SLICE: u8 = 27;
    pub const RECORD: u8 = 28;
    pub const RECORD_AND_MORE: u8 = 29;
    pub const ABSENT: u8 = 30;
    pub const VARIANT: u8 = 31;
    pub const NO_VARIANT: u8 = 32;
    pub const HOST_OBJECT: u8 = 33;
    pub const HELD_HOST_OBJECT: u8 = 34;
    pub const HOST_CLASS: u8 = 35;
    pub const IMPLEMENTATION: u8 = 36;
}
