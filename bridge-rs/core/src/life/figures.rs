//! The figures of what lives in the process's Python.

use crate::attach::{attached, is_nested};
use crate::entry::{guarded, reply};
use crate::interpreter::Interpreter;
use crate::{interpreters, isolate};
use gilgamesh_table::wire::{reply_blocks_bytes, tag};
use std::sync::atomic::{AtomicU64, Ordering};

/// Figures of one interpreter.
const OF_EACH: usize = 15;
/// How long the first of those that wait has; the longest counts, where the others are added up.
const LONGEST_WAIT: usize = 13;
/// Bytes that no interpreter owns.
const REPLY_BYTES: usize = 14;

/// The figures, in the order of `io.gilgamesh.internal.StatsLayout`; neither attaches nor waits.
pub fn stats(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let mut sum = [0; OF_EACH];
        interpreters::all().map(current_figures).for_each(|figures| add(&mut sum, &figures));
        sum[REPLY_BYTES] = reply_blocks_bytes().cast_unsigned();
        let all = [&sum[..], &isolate::figures()].concat();
        reply(exchange, |out| {
            out.u8(tag::ARRAY);
            out.u8(b'q');
            // A score of figures.
            out.u32(all.len() as u32);
            all.iter().for_each(|figure| out.i64(figure.cast_signed()));
            Ok(())
        })
    })
}

fn add(sum: &mut [u64; OF_EACH], figures: &[u64; OF_EACH]) {
    for (index, figure) in figures.iter().enumerate() {
        sum[index] = if index == LONGEST_WAIT { sum[index].max(*figure) } else { sum[index] + figure };
    }
}

/// The figures, brought up to date first where this thread is attached anyway.
fn current_figures(interpreter: &'static Interpreter) -> [u64; OF_EACH] {
    if is_nested(interpreter) {
        // Nested, so it cannot fail or wait.
        let _ = attached(interpreter, |at| {
            at.publish_counts();
            Ok(())
        });
    }
    figures(interpreter)
}

fn figures(interpreter: &'static Interpreter) -> [u64; OF_EACH] {
    let figures = &interpreter.figures;
    let read = |figure: &AtomicU64| figure.load(Ordering::Relaxed);
    let (scoped, managed) = (read(&figures.scoped), read(&figures.managed));
    let (waiting, waited) = interpreter.holder.waiters();
    [
        scoped + managed,
        scoped,
        managed,
        read(&figures.made),
        read(&figures.released),
        interpreter.queue.posted(),
        read(&figures.reclaimed),
        read(&figures.abandoned),
        read(&figures.transactions),
        read(&figures.thread_states),
        read(&figures.attaches),
        read(&figures.contexts),
        waiting.into(),
        waited,
        0,
    ]
}
