//! Who is attached to an interpreter, who waits, and how the first gives way to the second.
//!
//! CPython's own hand-over works at bytecode boundaries. A thread that is attached *while it runs the host's code* (a
//! transaction between two of its calls) never reaches one, so the bridge adds three things: a record of that thread
//! and since when it holds on; at both ends of each call in a transaction a look at whether somebody waits longer than
//! CPython's switch interval; and a bounded hand-over when so. The record is a hint: it says nothing of threads that
//! Python made, and a thread may take the GIL between a look and an attach.

use std::sync::atomic::{AtomicBool, AtomicI32, AtomicI64, AtomicU32, AtomicU64, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// CPython's default `sys.getswitchinterval()`.
const SWITCH_INTERVAL_NANOS: u64 = 5_000_000;
/// How long a thread that gave way waits for another to arrive, at most.
const HAND_OVER: Duration = Duration::from_millis(10);
/// How often a wait with a limit looks again where nobody wakes it.
const RECHECK: Duration = Duration::from_millis(5);

/// One interpreter's record; all fields may be read and written by any thread.
#[derive(Default)]
pub(crate) struct Holder {
    /// Some thread of the bridge's is attached.
    busy: AtomicBool,
    /// The host's number of the thread that is attached and runs the host's code; 0 where there is none.
    in_host: AtomicI64,
    /// The operating system's number of that thread.
    in_host_os: AtomicI32,
    /// When that thread's transaction began.
    in_host_since: AtomicU64,
    waiting: AtomicU32,
    /// When the first of those that wait began to; 0 where nobody waits.
    waiting_since: AtomicU64,
    /// How many have a limit, and so want no part of the switch interval to pass.
    hurried: AtomicU32,
    /// How many gave way and wait for another to arrive.
    yielding: AtomicU32,
    /// How many had to wait and are attached since.
    arrivals: AtomicU64,
    /// For those that park: with a limit, or after they gave way.
    gate: Mutex<()>,
    changed: Condvar,
}

/// Nanoseconds of a clock that only goes on; never 0, coarse (about 4 ms) because it stands on the path of each wait.
pub(crate) fn now() -> u64 {
    let mut time = libc::timespec { tv_sec: 0, tv_nsec: 0 };
    #[cfg(target_os = "linux")]
    const CLOCK: libc::clockid_t = libc::CLOCK_MONOTONIC_COARSE;
    #[cfg(not(target_os = "linux"))]
    const CLOCK: libc::clockid_t = libc::CLOCK_MONOTONIC;
    // SAFETY: writes to a timespec of ours.
    unsafe { libc::clock_gettime(CLOCK, &raw mut time) };
    // Both parts are positive and their sum stays below 2^63 for 292 years.
    (time.tv_sec as u64 * 1_000_000_000 + time.tv_nsec as u64).max(1)
}

impl Holder {
    /// A thread is attached now.
    #[inline]
    pub(crate) fn taken(&self) {
        self.busy.store(true, Ordering::Relaxed);
    }

    /// No thread of the bridge's is attached now; called while still attached.
    #[inline]
    pub(crate) fn left(&self) {
        self.busy.store(false, Ordering::Relaxed);
        self.in_host.store(0, Ordering::Relaxed);
    }

    /// Wakes those that wait with a limit; called after the GIL was let go.
    #[inline]
    pub(crate) fn announce_free(&self) {
        if self.hurried.load(Ordering::Relaxed) > 0 {
            self.announce();
        }
    }

    /// The attached thread goes back to the host's code, as it did before in the same attachment.
    #[inline]
    pub(crate) fn back_to_host(&self, thread: i64) {
        self.in_host.store(thread, Ordering::Relaxed);
    }

    /// The attached thread goes to the host's code inside a transaction that began at `since`.
    pub(crate) fn enter_host(&self, thread: i64, os_thread: i32, since: u64) {
        self.in_host_since.store(since, Ordering::Relaxed);
        self.in_host_os.store(os_thread, Ordering::Relaxed);
        self.in_host.store(thread, Ordering::Relaxed);
    }

    /// The attached thread runs Python again.
    #[inline]
    pub(crate) fn leave_host(&self) {
        self.in_host.store(0, Ordering::Relaxed);
    }

    /// Whether that thread of the host's is attached and runs the host's code.
    pub(crate) fn is_in_host(&self, thread: i64) -> bool {
        thread != 0 && self.in_host.load(Ordering::Relaxed) == thread
    }

    /// The operating system's number of the thread that is attached and runs the host's code.
    pub(crate) fn os_thread_in_host(&self) -> Option<i32> {
        (self.in_host.load(Ordering::Relaxed) != 0).then(|| self.in_host_os.load(Ordering::Relaxed))
    }

    /// Whether an attach is likely to wait.
    #[inline]
    pub(crate) fn is_busy(&self) -> bool {
        self.busy.load(Ordering::Relaxed)
    }

    /// Whether the attached thread should give way now.
    #[inline]
    pub(crate) fn is_wanted(&self) -> bool {
        let since = self.waiting_since.load(Ordering::Relaxed);
        since != 0 && (self.hurried.load(Ordering::Relaxed) > 0 || now().saturating_sub(since) > SWITCH_INTERVAL_NANOS)
    }

    /// Registers a thread that is about to wait for the GIL; [`Waiting::arrived`] ends it.
    pub(crate) fn wait(&self) -> Waiting<'_> {
        if self.waiting.fetch_add(1, Ordering::Relaxed) == 0 {
            self.waiting_since.store(now(), Ordering::Relaxed);
        }
        Waiting { holder: self, hurried: false }
    }

    /// Waits until no thread is attached while it runs the host's code; the caller attaches next, still registered.
    ///
    /// Not attached itself. After the limit: the number of the thread that holds on, and for how long it has.
    pub(crate) fn wait_for_host(&self, limit: Duration) -> Result<Waiting<'_>, (i64, u64)> {
        let deadline = Instant::now() + limit;
        let waiting = self.hurry();
        let mut gate = self.gate();
        loop {
            let holder = self.in_host.load(Ordering::Relaxed);
            if holder == 0 {
                return Ok(waiting);
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return Err((holder, now().saturating_sub(self.in_host_since.load(Ordering::Relaxed))));
            }
            gate = self.changed.wait_timeout(gate, left.min(RECHECK)).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    fn hurry(&self) -> Waiting<'_> {
        self.hurried.fetch_add(1, Ordering::Relaxed);
        let mut waiting = self.wait();
        waiting.hurried = true;
        waiting
    }

    /// How many have arrived so far: read before giving way, handed to [`Self::wait_for_arrival`].
    pub(crate) fn seen_arrivals(&self) -> u64 {
        self.arrivals.load(Ordering::Relaxed)
    }

    /// Waits, bounded, until another thread has arrived since; not attached.
    pub(crate) fn wait_for_arrival(&self, seen: u64) {
        self.yielding.fetch_add(1, Ordering::SeqCst);
        let deadline = Instant::now() + HAND_OVER;
        let mut gate = self.gate();
        while self.arrivals.load(Ordering::SeqCst) == seen && self.waiting.load(Ordering::Relaxed) > 0 {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break;
            }
            gate = self.changed.wait_timeout(gate, left).unwrap_or_else(PoisonError::into_inner).0;
        }
        drop(gate);
        self.yielding.fetch_sub(1, Ordering::Relaxed);
    }

    /// Threads that wait now, and for how many nanoseconds the first of them has.
    pub(crate) fn waiters(&self) -> (u32, u64) {
        let since = self.waiting_since.load(Ordering::Relaxed);
        let waited = if since == 0 { 0 } else { now().saturating_sub(since) };
        (self.waiting.load(Ordering::Relaxed), waited)
    }

    /// Wakes those that park; the gate is passed so that none of them can miss it.
    #[cold]
    fn announce(&self) {
        drop(self.gate());
        self.changed.notify_all();
    }

    fn gate(&self) -> MutexGuard<'_, ()> {
        self.gate.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One thread's wait; it ends when this is dropped.
pub(crate) struct Waiting<'a> {
    holder: &'a Holder,
    hurried: bool,
}

impl Waiting<'_> {
    /// The thread is attached now: lets the one that gave way go on.
    pub(crate) fn arrived(self) {
        self.holder.arrivals.fetch_add(1, Ordering::SeqCst);
        if self.holder.yielding.load(Ordering::SeqCst) > 0 {
            self.holder.announce();
        }
    }
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        if self.hurried {
            self.holder.hurried.fetch_sub(1, Ordering::Relaxed);
        }
        let others = self.holder.waiting.fetch_sub(1, Ordering::Relaxed) > 1;
        self.holder.waiting_since.store(if others { now() } else { 0 }, Ordering::Relaxed);
    }
}
