//! Java objects that died in Python, on their way to the host, which frees them in batches.
//!
//! An object can die on any thread, in any moment, with the GIL held: posting never blocks and calls nobody. One thread
//! of the host's waits for them.

use crossbeam_channel::{Receiver, Sender, unbounded};
use once_cell::sync::Lazy;
use std::time::Duration;

static QUEUE: Lazy<(Sender<i64>, Receiver<i64>)> = Lazy::new(unbounded);

/// How long more are awaited once there is one: each wake of the waiting thread costs a system call of the poster's.
const GATHERING: Duration = Duration::from_millis(5);

/// Leaves a reference that Python held to the host.
pub(super) fn post(reference: i64) {
    // Both ends live as long as the process.
    let _ = QUEUE.0.send(reference);
}

/// Waits until references were left, and takes as many as there is room for; how many.
pub fn await_released(into: &mut [i64]) -> usize {
    let receiver = &QUEUE.1;
    if receiver.is_empty() {
        let Ok(first) = receiver.recv() else { return 0 };
        into[0] = first;
        std::thread::sleep(GATHERING);
        return 1 + take(&mut into[1..]);
    }
    take(into)
}

fn take(into: &mut [i64]) -> usize {
    into.iter_mut().zip(QUEUE.1.try_iter()).map(|(place, reference)| *place = reference).count()
}
