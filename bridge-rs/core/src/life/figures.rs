//! The figures of what lives in the process's Python.

use crate::attach::{attached, is_nested};
use crate::bridge;
use crate::entry::{guarded, reply};
use crate::interpreter::Interpreter;
use gilgamesh_table::wire::{reply_blocks_bytes, tag};
use std::sync::atomic::{AtomicU64, Ordering};

/// The figures, in the order of `io.gilgamesh.internal.StatsLayout`; neither attaches nor waits.
pub fn stats(exchange: i64) -> i64 {
    guarded(exchange, |exchange| {
        let figures = bridge::interpreter(0).map(current_figures).unwrap_or_default();
        reply(exchange, |out| {
            out.u8(tag::ARRAY);
            out.u8(b'q');
            // Fifteen figures.
            out.u32(figures.len() as u32);
            figures.iter().for_each(|figure| out.i64(figure.cast_signed()));
            Ok(())
        })
    })
}

/// The figures, brought up to date first where this thread is attached anyway.
fn current_figures(interpreter: &'static Interpreter) -> [u64; 15] {
    if is_nested(interpreter) {
        // Nested, so it cannot fail or wait.
        let _ = attached(interpreter, |at| {
            at.publish_counts();
            Ok(())
        });
    }
    figures(interpreter)
}

fn figures(interpreter: &'static Interpreter) -> [u64; 15] {
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
        reply_blocks_bytes().cast_unsigned(),
    ]
}
