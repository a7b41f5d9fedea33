//! What other threads may see of a thread: which verbs it runs, of which contexts, and what is asked of it. Beside it,
//! whether they left output pending.
//!
//! A pulse is never freed: a thread that ends gives its own back, and a later one takes it. So whoever reads one, at
//! whatever moment, reads numbers of a thread that lives or lived.
//!
//! Every verb has a number, which grows with each on its thread: it says which of two verbs began first, and that a
//! later one is not the one that was meant. The innermost verb stands in atomics, written by its own thread while that
//! is attached to the verb's interpreter; so whoever holds that interpreter's GIL sees it stand still. The verbs around
//! it, which are few and rare, stand under the lock, and so does what others ask of the thread (see `stop`).

use crate::context::ContextId;
use crate::stop::Stop;
use crate::symbols::PyThread_get_thread_ident;
use std::ffi::c_ulong;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One thread's pulse.
#[derive(Debug)]
pub(crate) struct Pulse {
    index: usize,
    /// The context whose Python the thread runs, innermost, and [`PENDING`]; 0 where it runs none.
    running: AtomicI64,
    /// The number of that verb; [`UNSTOPPABLE`] for one that nobody may stop.
    verb: AtomicU64,
    /// The last number that was given out.
    issued: AtomicU64,
    /// Somebody asks something of this thread: the ends of its verbs look at `asked`.
    alarm: AtomicBool,
    asked: Mutex<Asked>,
}

/// The bit that no context's number has: code of this context wrote the beginning of a line, which goes on when the verb
/// ends. In the number, so that it is kept and restored with it.
const PENDING: i64 = i64::MIN;

/// What is behind the lock, which is held for a few reads and writes and never across a call of Python's.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// What Python knows the thread by.
    pub(crate) ident: c_ulong,
    /// The host's number of the thread; 0 where it has none.
    pub(crate) host_thread: i64,
    /// The verbs around the innermost, outermost first.
    around: Vec<Verb>,
    /// What is asked of the thread, and what may be.
    pub(crate) stops: Vec<Stop>,
}

/// One verb that a thread runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Verb {
    pub(crate) context: i64,
    pub(crate) number: u64,
}

impl Verb {
    pub(crate) fn is_stoppable(self) -> bool {
        self.number != UNSTOPPABLE
    }
}

/// The number of verbs that nobody stops.
const UNSTOPPABLE: u64 = 0;

/// All there are, in the order of their indices; and those that threads have given back.
static ALL: Mutex<Vec<&'static Pulse>> = Mutex::new(Vec::new());
static FREE: Mutex<Vec<&'static Pulse>> = Mutex::new(Vec::new());

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Pulse {
    /// One for this thread, which has none yet.
    pub(crate) fn take(host_thread: i64) -> &'static Pulse {
        let given_back = locked(&FREE).pop();
        let pulse = given_back.unwrap_or_else(Pulse::new);
        let mut asked = pulse.asked();
        // SAFETY: asks for a number.
        asked.ident = unsafe { PyThread_get_thread_ident() };
        asked.host_thread = host_thread;
        drop(asked);
        pulse
    }

    fn new() -> &'static Pulse {
        let mut all = locked(&ALL);
        let pulse: &'static Pulse = Box::leak(Box::new(Pulse {
            index: all.len(),
            running: AtomicI64::new(0),
            verb: AtomicU64::new(UNSTOPPABLE),
            issued: AtomicU64::new(UNSTOPPABLE),
            alarm: AtomicBool::new(false),
            asked: Mutex::default(),
        }));
        all.push(pulse);
        pulse
    }

    /// Gives it back: its thread ends.
    pub(crate) fn give_back(&'static self) {
        self.running.store(0, Ordering::Relaxed);
        *self.asked() = Asked::default();
        self.alarm.store(false, Ordering::Relaxed);
        locked(&FREE).push(self);
    }

    /// Those of all threads that were ever attached.
    pub(crate) fn all() -> Vec<&'static Pulse> {
        locked(&ALL).clone()
    }

    /// The one of that index.
    pub(crate) fn at(index: usize) -> Option<&'static Pulse> {
        locked(&ALL).get(index).copied()
    }

    pub(crate) fn index(&self) -> usize {
        self.index
    }

    pub(crate) fn is(&self, other: &Pulse) -> bool {
        std::ptr::eq(self, other)
    }

    // ---- verbs, by the thread itself

    /// The thread runs a verb of this context from here on; whether inside another one, for [`Self::leave`].
    #[inline]
    pub(crate) fn enter(&self, context: ContextId, stoppable: bool) -> bool {
        let nested = self.running.load(Ordering::Relaxed) != 0;
        if nested {
            self.suspend();
        }
        let number = if stoppable {
            let next = self.issued.load(Ordering::Relaxed) + 1;
            self.issued.store(next, Ordering::Relaxed);
            next
        } else {
            UNSTOPPABLE
        };
        self.verb.store(number, Ordering::Relaxed);
        self.running.store(context.to_java(), Ordering::Release);
        nested
    }

    /// It is back in what it ran before; whether output is pending.
    #[inline]
    pub(crate) fn leave(&self, nested: bool) -> bool {
        let pending = self.running.load(Ordering::Relaxed) < 0;
        if nested {
            self.resume();
        } else {
            self.running.store(0, Ordering::Relaxed);
        }
        pending
    }

    /// Notes that output is pending, where a verb runs whose end sends it on.
    pub(crate) fn note_pending(&self) {
        let running = self.running.load(Ordering::Relaxed);
        if running != 0 {
            self.running.store(running | PENDING, Ordering::Relaxed);
        }
    }

    fn suspend(&self) {
        let running = self.running.load(Ordering::Relaxed);
        self.asked().around.push(Verb { context: running, number: self.verb.load(Ordering::Relaxed) });
    }

    fn resume(&self) {
        let mut asked = self.asked();
        if let Some(outer) = asked.around.pop() {
            self.verb.store(outer.number, Ordering::Relaxed);
            self.running.store(outer.context, Ordering::Release);
        }
    }

    /// Whether there is something to look at; one load, at both ends of each verb.
    #[inline]
    pub(crate) fn is_alarmed(&self) -> bool {
        self.alarm.load(Ordering::Relaxed)
    }

    /// The last number that was given out: verbs that begin later have greater ones.
    pub(crate) fn issued(&self) -> u64 {
        self.issued.load(Ordering::Relaxed)
    }

    // ---- what others see and ask

    /// The number of the context that it runs, 0 where there is none.
    pub(crate) fn running(&self) -> i64 {
        self.running.load(Ordering::Acquire) & !PENDING
    }

    fn innermost(&self) -> Option<Verb> {
        let context = self.running();
        (context != 0).then(|| Verb { context, number: self.verb.load(Ordering::Relaxed) })
    }

    /// The verbs that it runs, innermost first.
    pub(crate) fn verbs(&self, asked: &Asked) -> Vec<Verb> {
        let around = asked.around.iter().rev().map(|verb| Verb { context: verb.context & !PENDING, ..*verb });
        self.innermost().into_iter().chain(around).collect()
    }

    /// What is behind the lock.
    pub(crate) fn asked(&self) -> MutexGuard<'_, Asked> {
        locked(&self.asked)
    }

    /// Lets the thread look, at the next end of a verb.
    pub(crate) fn alarm(&self) {
        self.alarm.store(true, Ordering::SeqCst);
    }

    /// Nothing is asked of the thread any more, which says so itself, under the lock.
    pub(crate) fn calm(&self, _asked: &Asked) {
        self.alarm.store(false, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pending_output_is_told_once_at_the_end_of_the_verb_that_wrote_it() {
        let pulse = Pulse::new();
        let (outer, inner) = (ContextId::from_java(7), ContextId::from_java(1 << 48));
        let nothing = pulse.enter(outer, true);
        pulse.note_pending();
        let nested = pulse.enter(inner, true);
        assert_eq!(pulse.running(), 1 << 48);
        let contexts = |pulse: &Pulse| pulse.verbs(&pulse.asked()).iter().map(|verb| verb.context).collect::<Vec<_>>();
        assert_eq!(contexts(pulse), [1 << 48, 7]);
        assert!(!pulse.leave(nested), "the inner verb wrote nothing");
        assert_eq!(pulse.running(), 7);
        assert!(pulse.leave(nothing), "the outer one did");
        assert_eq!(pulse.running(), 0);
    }

    #[test]
    fn without_a_verb_nothing_is_pending() {
        let pulse = Pulse::new();
        pulse.note_pending();
        assert!(!pulse.leave(false));
    }
}
