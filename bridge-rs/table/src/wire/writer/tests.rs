//! Random writes: what is written is read back, and a writer that is full says why.

use super::*;
use crate::wire::Reader;
use proptest::prelude::*;

/// Writes into a payload of so many bytes, and gives what the reply holds.
fn written(payload: usize, limit: usize, write: impl FnOnce(&mut Writer<'_>)) -> Result<Vec<u8>, Full> {
    let mut memory = vec![0xaa_u8; payload];
    // SAFETY: the vector's own memory, used by the writer alone until it ends.
    let mut writer = unsafe { Writer::new(memory.as_mut_ptr(), payload) }.limited(limit);
    write(&mut writer);
    let (length, block) = writer.finish()?;
    let Some((start, bytes)) = block else { return Ok(memory[..length].to_vec()) };
    // SAFETY: the block that was just handed over, copied and then freed once.
    let copy = unsafe { std::slice::from_raw_parts(start, bytes) }.to_vec();
    // SAFETY: as above.
    unsafe { libc::free(start.cast()) };
    assert_eq!(length, bytes, "a block is as long as what was written");
    Ok(copy)
}

/// One write, as the codec makes them.
#[derive(Clone, Debug)]
enum Step {
    U8(u8),
    U32(u32),
    I64(i64),
    F64(u64),
    Tagged(u8, i64),
    Block(u8, Vec<u8>),
    Bytes(Vec<u8>),
    Longs(Vec<i64>),
    /// Bytes that turn out not to be wanted.
    Rewound(Vec<u8>),
}

impl Step {
    fn any() -> impl Strategy<Value = Step> {
        let bytes = || proptest::collection::vec(any::<u8>(), 0..300);
        prop_oneof![
            any::<u8>().prop_map(Step::U8),
            any::<u32>().prop_map(Step::U32),
            any::<i64>().prop_map(Step::I64),
            any::<u64>().prop_map(Step::F64),
            (any::<u8>(), any::<i64>()).prop_map(|(tag, value)| Step::Tagged(tag, value)),
            (any::<u8>(), bytes()).prop_map(|(tag, bytes)| Step::Block(tag, bytes)),
            bytes().prop_map(Step::Bytes),
            proptest::collection::vec(any::<i64>(), 0..80).prop_map(Step::Longs),
            bytes().prop_map(Step::Rewound),
        ]
    }

    fn write(&self, out: &mut Writer<'_>) {
        match self {
            Step::U8(value) => out.u8(*value),
            Step::U32(value) => out.u32(*value),
            Step::I64(value) => out.i64(*value),
            Step::F64(bits) => out.f64(f64::from_bits(*bits)),
            Step::Tagged(tag, value) => out.tagged(*tag, *value),
            Step::Block(tag, bytes) => out.tagged_bytes(*tag, bytes),
            Step::Bytes(bytes) => out.bytes(bytes),
            Step::Longs(longs) => {
                if out.reserve_more(longs.len() * 8) {
                    longs.iter().for_each(|long| out.i64(*long));
                }
            }
            Step::Rewound(bytes) => {
                let start = out.position();
                out.bytes(bytes);
                out.rewind(start);
            }
        }
    }

    fn length(&self) -> usize {
        match self {
            Step::U8(_) => 1,
            Step::U32(_) => 4,
            Step::I64(_) | Step::F64(_) => 8,
            Step::Tagged(..) => 9,
            Step::Block(_, bytes) => 5 + bytes.len(),
            Step::Bytes(bytes) => bytes.len(),
            Step::Longs(longs) => longs.len() * 8,
            Step::Rewound(_) => 0,
        }
    }

    /// Bytes that the reply must have room for while this is written.
    fn peak(&self) -> usize {
        if let Step::Rewound(bytes) = self { bytes.len() } else { self.length() }
    }

    fn is_read_back_by(&self, reader: &mut Reader<'_>) -> bool {
        match self {
            Step::U8(value) => reader.u8() == Ok(*value),
            Step::U32(value) => reader.u32() == Ok(*value),
            Step::I64(value) => reader.i64() == Ok(*value),
            Step::F64(bits) => reader.f64().map(f64::to_bits) == Ok(*bits),
            Step::Tagged(tag, value) => reader.u8() == Ok(*tag) && reader.i64() == Ok(*value),
            Step::Block(tag, bytes) => reader.u8() == Ok(*tag) && reader.counted() == Ok(bytes),
            Step::Bytes(bytes) => reader.bytes(bytes.len()) == Ok(bytes),
            Step::Longs(longs) => longs.iter().all(|long| reader.i64() == Ok(*long)),
            Step::Rewound(_) => true,
        }
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read_back(
        steps in proptest::collection::vec(Step::any(), 0..60),
        payload in SMALLEST_PAYLOAD..2000,
    ) {
        let bytes = written(payload, usize::MAX, |out| steps.iter().for_each(|step| step.write(out)));
        let bytes = bytes.expect("no limit");
        let mut reader = Reader::new(&bytes);
        for step in &steps {
            prop_assert!(step.is_read_back_by(&mut reader), "{step:?}");
        }
        prop_assert!(reader.u8().is_err(), "nothing more was written");
    }

    #[test]
    fn a_request_cut_short_is_malformed_at_its_end(
        steps in proptest::collection::vec(Step::any(), 1..30),
        cut in any::<prop::sample::Index>(),
    ) {
        let bytes = written(64, usize::MAX, |out| steps.iter().for_each(|step| step.write(out))).expect("no limit");
        prop_assume!(!bytes.is_empty());
        let mut reader = Reader::new(&bytes[..cut.index(bytes.len())]);
        prop_assert!(!steps.iter().all(|step| step.length() == 0 || step.is_read_back_by(&mut reader)));
    }

    #[test]
    fn the_limit_is_exact_and_nothing_follows_a_refusal(
        steps in proptest::collection::vec(Step::any(), 0..60),
        payload in SMALLEST_PAYLOAD..2000,
        limit in SMALLEST_PAYLOAD..3000,
    ) {
        let (mut length, mut refused) = (0, None);
        for step in &steps {
            if refused.is_none() && length + step.peak() > limit {
                refused = Some(Full::Limit { wanted: length + step.peak(), limit });
            }
            length += step.length();
        }
        let outcome = written(payload, limit, |out| steps.iter().for_each(|step| step.write(out)));
        prop_assert_eq!(outcome.map(|bytes| bytes.len()), refused.map_or(Ok(length), Err));
    }
}

#[test]
fn a_lack_of_memory_is_an_error_and_no_abort() {
    let wanted = usize::MAX / 4;
    let mut memory = [0; 16];
    // SAFETY: the array's own memory, used by the writer alone.
    let mut writer = unsafe { Writer::new(memory.as_mut_ptr(), 16) };
    writer.limit = usize::MAX;
    writer.u8(1);
    assert!(!writer.reserve_more(wanted), "nobody has that much");
    (0..100).for_each(|_| writer.tagged(1, 2));
    writer.patch_u32(0, 1);
    writer.rewind(0);
    assert_eq!(writer.check(), Err(Full::Memory { wanted: wanted + 1 }));
    assert_eq!(writer.finish(), Err(Full::Memory { wanted: wanted + 1 }));
}

#[test]
fn room_is_refused_before_the_bytes_are_made() {
    let outcome = written(64, 1000, |out| {
        out.bytes(&[0; 100]);
        assert_eq!(out.check_room(900), Ok(()));
        assert_eq!(out.check_room(901), Err(Full::Limit { wanted: 1001, limit: 1000 }));
    });
    assert_eq!(outcome, Err(Full::Limit { wanted: 1001, limit: 1000 }));
}
