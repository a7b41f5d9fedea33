//! The way of dead handles from the JVM's collector to a thread that may release them.
//!
//! Any thread posts, attached or not, and never blocks; attached threads take. A reference is posted as a number and
//! looked up again when it is taken, so one that was closed meanwhile costs nothing and is released once.

use crate::Reference;
use crossbeam_channel::{Receiver, Sender, unbounded};
use std::sync::atomic::{AtomicU64, Ordering};

/// One interpreter's queue of references to release.
#[derive(Debug)]
pub struct ReclaimQueue {
    sender: Sender<Reference>,
    receiver: Receiver<Reference>,
    posted: AtomicU64,
}

impl Default for ReclaimQueue {
    fn default() -> Self {
        let (sender, receiver) = unbounded();
        ReclaimQueue { sender, receiver, posted: AtomicU64::new(0) }
    }
}

impl ReclaimQueue {
    /// Hands the reference over; never blocks.
    pub fn post(&self, reference: Reference) {
        self.posted.fetch_add(1, Ordering::Relaxed);
        // Both ends live in this record, so the channel cannot be disconnected.
        let _ = self.sender.send(reference);
    }

    /// The oldest one that waits.
    pub fn take(&self) -> Option<Reference> {
        self.receiver.try_recv().ok()
    }

    /// Whether nothing waits: the check that each attach can afford.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.receiver.is_empty()
    }

    /// How many wait now.
    #[must_use]
    pub fn len(&self) -> usize {
        self.receiver.len()
    }

    /// How many were ever posted.
    #[must_use]
    pub fn posted(&self) -> u64 {
        self.posted.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn what_eight_threads_post_is_taken_once() {
        let queue = ReclaimQueue::default();
        let mut taken = HashSet::new();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let queue = &queue;
                scope.spawn(move || (0..1000).for_each(|n| queue.post(Reference::from_java(thread * 1000 + n + 1))));
            }
            while taken.len() < 8000 {
                if let Some(reference) = queue.take() {
                    assert!(taken.insert(reference));
                }
            }
        });
        assert!(queue.is_empty());
        assert_eq!(queue.posted(), 8000);
    }
}
