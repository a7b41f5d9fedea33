//! What other threads may see of a thread: of which context it runs Python.
//!
//! A pulse is never freed: a thread that ends gives its own back, and a later one takes it. So whoever reads one, at
//! whatever moment, reads numbers of a thread that lives or lived.

use crate::context::ContextId;
use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Mutex, PoisonError};

/// One thread's pulse. Written by its own thread while that is attached.
#[derive(Debug, Default)]
pub(crate) struct Pulse {
    /// The context whose Python the thread runs, innermost; 0 where it runs none.
    running: AtomicI64,
}

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

    /// It is back in what it ran before.
    #[inline]
    pub(crate) fn leave(&self, before: i64) {
        self.running.store(before, Ordering::Relaxed);
    }

    /// The number of the context that it runs, 0 where there is none.
    pub(crate) fn running(&self) -> i64 {
        self.running.load(Ordering::Relaxed)
    }
}
