//! The way of what is to be released from any thread to one that may release it.
//!
//! Any thread posts, attached or not, and never blocks; attached threads take. A reference is posted as a number and
//! looked up again when it is taken, so one that was closed meanwhile costs nothing and is released once.

use crossbeam_channel::{Receiver, Sender, unbounded};
use std::sync::atomic::{AtomicU64, Ordering};

/// One interpreter's queue of numbers to release.
#[derive(Debug)]
pub struct ReleaseQueue<T> {
    sender: Sender<T>,
    receiver: Receiver<T>,
    posted: AtomicU64,
    /// Equal to `posted` where nothing waits. Both ends of each attach ask, and the channel itself would take fifty
    /// instructions each time to answer.
    taken: AtomicU64,
}

impl<T> Default for ReleaseQueue<T> {
    fn default() -> Self {
        let (sender, receiver) = unbounded();
        ReleaseQueue { sender, receiver, posted: AtomicU64::new(0), taken: AtomicU64::new(0) }
    }
}

impl<T> ReleaseQueue<T> {
    /// Hands the number over; never blocks.
    pub fn post(&self, number: T) {
        // Both ends live in this record, so the channel cannot be disconnected.
        let _ = self.sender.send(number);
        self.posted.fetch_add(1, Ordering::Release);
    }

    /// The oldest one that waits.
    pub fn take(&self) -> Option<T> {
        let number = self.receiver.try_recv().ok()?;
        self.taken.fetch_add(1, Ordering::Relaxed);
        Some(number)
    }

    /// Whether nothing waits: the check that each attach can afford.
    #[must_use]
    #[inline]
    pub fn is_empty(&self) -> bool {
        self.posted.load(Ordering::Acquire) == self.taken.load(Ordering::Relaxed)
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
        let queue = ReleaseQueue::default();
        let mut taken = HashSet::new();
        std::thread::scope(|scope| {
            for thread in 0..8 {
                let queue = &queue;
                scope.spawn(move || (0..1000).for_each(|n| queue.post(thread * 1000 + n)));
            }
            while taken.len() < 8000 {
                if let Some(number) = queue.take() {
                    assert!(taken.insert(number));
                }
            }
        });
        assert!(queue.is_empty());
        assert_eq!((queue.posted(), queue.len()), (8000, 0));
    }

    #[test]
    fn a_queue_is_empty_until_something_is_posted_and_again_when_all_is_taken() {
        let queue = ReleaseQueue::default();
        assert!(queue.is_empty() && queue.take().is_none());
        queue.post('a');
        queue.post('b');
        assert_eq!(queue.take(), Some('a'));
        assert!(!queue.is_empty());
        assert_eq!(queue.take(), Some('b'));
        assert!(queue.is_empty() && queue.take().is_none());
    }
}
