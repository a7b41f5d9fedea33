//! What other threads may see of a thread: of which context it runs Python. Beside it, whether that left output pending.
//!
//! A pulse is never freed: a thread that ends gives its own back, and a later one takes it. So whoever reads one, at
//! whatever moment, reads numbers of a thread that lives or lived.

use crate::context::ContextId;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

/// One thread's pulse. Written by its own thread while that is attached.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    /// The context whose Python the thread runs, innermost, and [`PENDING`]; 0 where it runs none.
    running: AtomicI64,
}

/// The bit that no context's number has: code of this context wrote the beginning of a line, which goes on when the verb
/// ends. In the number, so that it is kept and restored with it.
const PENDING: i64 = i64::MIN;

/// Those that threads have given back.
static FREE: Mutex<Vec<&'static Pulse>> = Mutex::new(Vec::new());

impl Pulse {
    /// One for a thread that has none yet.
    pub(crate) fn take() -> &'static Pulse {
        let given_back = FREE.lock().unwrap_or_else(PoisonError::into_inner).pop();
        given_back.unwrap_or_else(|| Box::leak(Box::default()))
    }

    /// Gives it back: its thread ends.
    pub(crate) fn give_back(&'static self) {
        self.running.store(0, Ordering::Relaxed);
        FREE.lock().unwrap_or_else(PoisonError::into_inner).push(self);
    }

    /// The thread runs Python of this context from here on; what it ran before, for [`Self::leave`].
    #[inline]
    pub(crate) fn enter(&self, context: ContextId) -> i64 {
        let before = self.running.load(Ordering::Relaxed);
        self.running.store(context.to_java(), Ordering::Relaxed);
        before
    }

    /// It is back in what it ran before; whether output is pending.
    #[inline]
    pub(crate) fn leave(&self, before: i64) -> bool {
        let pending = self.running.load(Ordering::Relaxed) < 0;
        self.running.store(before, Ordering::Relaxed);
        pending
    }

    /// Notes that output is pending, where a verb runs whose end sends it on.
    pub(crate) fn note_pending(&self) {
        let running = self.running.load(Ordering::Relaxed);
        if running != 0 {
            self.running.store(running | PENDING, Ordering::Relaxed);
        }
    }

    /// The number of the context that it runs, 0 where there is none.
    pub(crate) fn running(&self) -> i64 {
        self.running.load(Ordering::Relaxed) & !PENDING
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_output_is_told_once_at_the_end_of_the_verb_that_wrote_it() {
        let pulse = Pulse::default();
        let (outer, inner) = (ContextId::from_java(7), ContextId::from_java(1 << 48));
        let nothing = pulse.enter(outer);
        pulse.note_pending();
        let before = pulse.enter(inner);
        assert_eq!(pulse.running(), 1 << 48);
        assert!(!pulse.leave(before), "the inner verb wrote nothing");
        assert_eq!(pulse.running(), 7);
        assert!(pulse.leave(nothing), "the outer one did");
        assert_eq!(pulse.running(), 0);
    }

    #[test]
    fn without_a_verb_nothing_is_pending() {
        let pulse = Pulse::default();
        pulse.note_pending();
        assert!(!pulse.leave(0));
    }
}
