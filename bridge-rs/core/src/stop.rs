//! Stopping Python code: an exception raised in one thread's verb, and in no other.
//!
//! Two things can be asked. A *scope* is opened by a thread around what it is about to do (a deadline, a task); when it
//! is fired, the verb in it that runs gets the exception, and those that begin later in it are refused at once. A
//! *context* can be interrupted: that concerns the verbs that run its code at this moment. Either is a [`Stop`] in the
//! thread's [`Pulse`]; the numbers of the verbs say which are meant, so one that comes too late hits nothing.
//!
//! Posting a stop waits for nobody. A short-lived thread delivers it: attached to the verb's interpreter, whose GIL keeps
//! the verb from ending meanwhile, it calls `PyThreadState_SetAsyncExc`. Whatever a thread was sent, it takes back when
//! the verb ends, still attached; and where it enters a verb that is not meant, until that has ended. An exception class
//! is all that CPython takes: its instance asks for the text when it is made, on its thread, which also tells that the
//! stop has arrived.

use crate::attach::{Attached, attached};
use crate::bridge;
use crate::context::ContextId;
use crate::failure::Failure;
use crate::interpreter::Interpreter;
use crate::own::{Object, text};
use crate::pulse::{Asked, Pulse, Verb};
use pyo3::ffi;
use std::ffi::c_ulong;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::{Duration, Instant};

/// What is asked of a thread: to end the verbs of some numbers.
#[derive(Debug)]
pub(crate) struct Stop {
    /// The name of a scope; 0 for an interrupt of a context.
    scope: i64,
    /// Whose verbs are meant; 0: of all contexts.
    context: i64,
    /// The numbers of the verbs that are meant.
    first: u64,
    last: u64,
    fired: Option<Fired>,
}

/// Why, since when, and whether Python code has seen it.
#[derive(Debug)]
struct Fired {
    kind: Kind,
    message: String,
    at: Instant,
    raised: bool,
}

/// Which exception class it is; the numbers are those of `io.gilgamesh.internal.StopScope`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Somebody wants it.
    Interrupt,
    /// Time is up.
    Deadline,
}

impl Kind {
    pub(crate) fn from_host(number: i32) -> Self {
        if number == 1 { Kind::Deadline } else { Kind::Interrupt }
    }
}

impl Stop {
    /// An interrupt of a context: of its verbs up to that number.
    fn of_context(context: i64, last: u64, message: &str) -> Self {
        Stop { scope: 0, context, first: 1, last, fired: Some(Fired::now(Kind::Interrupt, message)) }
    }

    fn means(&self, verb: Verb) -> bool {
        (self.first..=self.last).contains(&verb.number) && (self.context == 0 || self.context == verb.context)
    }

    /// Whether the verb is to be sent the exception.
    fn is_due(&self, verb: Verb) -> bool {
        self.means(verb) && self.fired.as_ref().is_some_and(|fired| !fired.raised)
    }

    /// Whether the verb, which begins now, is not to run at all.
    fn refuses(&self, verb: Verb) -> bool {
        self.scope != 0 && self.means(verb) && self.fired.is_some()
    }
}

impl Fired {
    fn now(kind: Kind, message: &str) -> Self {
        Fired { kind, message: message.to_owned(), at: Instant::now(), raised: false }
    }
}

// ---- scopes

/// Bits of a scope's name that count; above them stands its thread's pulse.
const COUNT_BITS: u32 = 40;

static NEXT: AtomicI64 = AtomicI64::new(1);

/// Opens a scope on this thread: of all verbs that it begins from here on; its name.
pub(crate) fn open(pulse: &Pulse) -> i64 {
    let count = NEXT.fetch_add(1, Ordering::Relaxed) & ((1 << COUNT_BITS) - 1);
    // An index counts threads: far from 23 bits.
    let scope = (pulse.index() as i64) << COUNT_BITS | count;
    let first = pulse.issued() + 1;
    pulse.asked().stops.push(Stop { scope, context: 0, first, last: u64::MAX, fired: None });
    scope
}

fn pulse_of(scope: i64) -> Option<&'static Pulse> {
    Pulse::at(usize::try_from(scope >> COUNT_BITS).ok()?)
}

/// Stops what runs in a scope, and what begins in it later; whether it was open and not fired yet. Waits for nobody.
pub(crate) fn fire(scope: i64, kind: Kind, message: &str) -> bool {
    let Some(pulse) = pulse_of(scope) else { return false };
    let mut asked = pulse.asked();
    let open = asked.stops.iter_mut().find(|stop| stop.scope == scope && stop.fired.is_none());
    let Some(open) = open else { return false };
    open.fired = Some(Fired::now(kind, message));
    pulse.alarm();
    drop(asked);
    deliver();
    true
}

/// Closes a scope: nothing that was asked in it is left. On its own thread, or after that; whether it was fired.
pub(crate) fn close(scope: i64) -> bool {
    let Some(pulse) = pulse_of(scope) else { return false };
    let mut asked = pulse.asked();
    let found = asked.stops.iter().position(|stop| stop.scope == scope);
    found.is_some_and(|at| asked.stops.swap_remove(at).fired.is_some())
}

// ---- contexts

/// Interrupts what runs in a context now; in how many threads. Waits for nobody.
pub(crate) fn interrupt(context: ContextId, message: &str) -> usize {
    let context = context.to_java();
    let meant = |pulse: &&&'static Pulse| post(pulse, context, message);
    let count = Pulse::all().iter().filter(meant).count();
    if count > 0 {
        deliver();
    }
    count
}

fn post(pulse: &Pulse, context: i64, message: &str) -> bool {
    let mut asked = pulse.asked();
    let Some(innermost) = pulse.verbs(&asked).into_iter().find(|verb| verb.context == context && verb.is_stoppable())
    else {
        return false;
    };
    if !asked.stops.iter().any(|stop| stop.scope == 0 && stop.is_due(innermost)) {
        asked.stops.push(Stop::of_context(context, innermost.number, message));
        pulse.alarm();
    }
    true
}

/// What runs in a context, on other threads than this one.
pub(crate) struct Running {
    /// Names this stay in the context: the same for as long as the thread does not leave it.
    pub(crate) stay: i64,
    /// The host's number of the thread, or 0.
    pub(crate) host_thread: i64,
    pub(crate) ident: c_ulong,
    /// Where it has been stopped and goes on: since when, why, and whether Python code has seen it.
    pub(crate) stopped: Option<(Duration, String, bool)>,
}

/// What runs in a context, on other threads than that of `own`.
pub(crate) fn running(context: ContextId, own: Option<&Pulse>) -> Vec<Running> {
    let context = context.to_java();
    let others = Pulse::all().into_iter().filter(|pulse| !own.is_some_and(|own| own.is(pulse)));
    others.filter_map(|pulse| look(pulse, context)).collect()
}

fn look(pulse: &Pulse, context: i64) -> Option<Running> {
    let asked = pulse.asked();
    let verbs = pulse.verbs(&asked);
    let outermost = verbs.iter().rfind(|verb| verb.context == context)?;
    let count = outermost.number.cast_signed() & ((1 << COUNT_BITS) - 1);
    let fired = asked.stops.iter().filter(|stop| verbs.iter().any(|verb| verb.context == context && stop.means(*verb)));
    let earliest = fired.filter_map(|stop| stop.fired.as_ref()).min_by_key(|fired| fired.at);
    Some(Running {
        // As in `open`.
        stay: (pulse.index() as i64) << COUNT_BITS | count,
        host_thread: asked.host_thread,
        ident: asked.ident,
        stopped: earliest.map(|fired| (fired.at.elapsed(), fired.message.clone(), fired.raised)),
    })
}

// ---- delivery

/// Lets a thread deliver what was posted. It is made for this and ends with it, so that no interpreter keeps a thread
/// state for it; its start takes far longer than a store takes to be seen, so it sees verbs that began before the stop.
fn deliver() {
    let spawned = bridge::spawn("gilgamesh-interrupt", || {
        let mut wanted = interpreters();
        let first = wanted.pop();
        // Each may keep its thread waiting as long as C code holds that interpreter's GIL.
        wanted.into_iter().for_each(|other| report(bridge::spawn("gilgamesh-interrupt", move || visit(other))));
        first.into_iter().for_each(visit);
    });
    report(spawned);
}

fn report(spawned: std::io::Result<()>) {
    if let Err(error) = spawned {
        tracing::warn!(%error, "no thread could be made to interrupt Python code");
    }
}

/// When it is looked whether what was sent has arrived, each after the one before.
const NUDGES: [Duration; 4] =
    [Duration::from_millis(2), Duration::from_millis(10), Duration::from_millis(50), Duration::from_millis(200)];

/// The interpreters in which a verb is due for an exception.
fn interpreters() -> Vec<&'static Interpreter> {
    let mut wanted: Vec<&'static Interpreter> = Vec::new();
    for pulse in Pulse::all().into_iter().filter(|pulse| pulse.is_alarmed()) {
        let asked = pulse.asked();
        let due = pulse.verbs(&asked).into_iter().filter(|verb| due(&asked, *verb).is_some());
        for interpreter in due.filter_map(|verb| ContextId::from_java(verb.context).interpreter().ok()) {
            if !wanted.iter().any(|known| known.is(interpreter)) {
                wanted.push(interpreter);
            }
        }
    }
    wanted
}

/// Sends the exceptions that are due in one interpreter. Where a thread waits for its GIL to do so already, that one does.
fn visit(interpreter: &'static Interpreter) {
    if bridge::is_exiting() || interpreter.visited.swap(true, Ordering::SeqCst) {
        return;
    }
    let visit = attached(interpreter, |at| {
        interpreter.visited.store(false, Ordering::SeqCst);
        Pulse::all().into_iter().filter(|pulse| pulse.is_alarmed()).for_each(|pulse| send_due(at, pulse));
        Ok(())
    });
    if let Err(failure) = visit {
        interpreter.visited.store(false, Ordering::SeqCst);
        tracing::warn!(reason = ?failure.reason(), "Python code could not be interrupted");
        return;
    }
    see_through(interpreter);
}

/// Sees to it that what was sent arrives. CPython up to 3.12 has one mark for all threads of an interpreter that one of
/// them has something to look at, and whoever looks first takes it away: another that runs alone would never look. A
/// thread that wants the GIL makes it look.
fn see_through(interpreter: &'static Interpreter) {
    for pause in NUDGES {
        std::thread::sleep(pause);
        let is_due = interpreters().iter().any(|wanted| wanted.is(interpreter));
        if !is_due || bridge::is_exiting() || attached(interpreter, |_| Ok(())).is_err() {
            return;
        }
    }
}

fn due(asked: &Asked, verb: Verb) -> Option<&Stop> {
    asked.stops.iter().find(|stop| stop.is_due(verb))
}

/// The innermost verb of those that a thread runs in one interpreter.
fn innermost(pulse: &Pulse, asked: &Asked, interpreter: &Interpreter) -> Option<Verb> {
    let is_here = |verb: &Verb| ContextId::from_java(verb.context).interpreter().is_ok_and(|at| at.is(interpreter));
    pulse.verbs(asked).into_iter().find(is_here)
}

/// What a thread is due in the verb that it runs in this interpreter, and what Python knows it by.
///
/// The GIL, which `at` proves, keeps that verb from ending while the proof is used.
fn due_here<'a>(at: Attached<'a>, pulse: &Pulse) -> (c_ulong, Option<Object<'a>>) {
    let asked = pulse.asked();
    let verb = innermost(pulse, &asked, at.interpreter());
    let kind = verb.and_then(|verb| due(&asked, verb)).and_then(|stop| Some(stop.fired.as_ref()?.kind));
    (asked.ident, kind.and_then(|kind| class(at, kind)))
}

/// Sends another thread what it is due here.
fn send_due(at: Attached<'_>, pulse: &Pulse) {
    if let (ident, Some(class)) = due_here(at, pulse) {
        send(at, ident, class.as_ptr());
    }
}

/// Makes what this thread was sent here what it is due now: an exception, or none.
fn settle(at: Attached<'_>, pulse: &Pulse) {
    let (ident, class) = due_here(at, pulse);
    send(at, ident, class.map_or(std::ptr::null_mut(), |class| class.as_ptr()));
}

fn send(_: Attached<'_>, ident: c_ulong, class: *mut ffi::PyObject) {
    // At the end of the process all threads are sent an exception of its own.
    if !bridge::is_exiting() {
        // SAFETY: attached to the interpreter; an exception class, which CPython shares, or null for none.
        unsafe { ffi::PyThreadState_SetAsyncExc(ident.cast_signed(), class) };
    }
}

fn class<'a>(at: Attached<'a>, kind: Kind) -> Option<Object<'a>> {
    at.helper(|helpers| match kind {
        Kind::Interrupt => helpers.interrupted,
        Kind::Deadline => helpers.deadline_exceeded,
    })
}

// ---- the ends of a verb, on its own thread

/// A verb begins while something is asked of its thread: it is refused, or it runs and what is not meant for it waits.
#[cold]
pub(crate) fn begin(at: Attached<'_>, stoppable: bool) -> Result<(), Failure> {
    let pulse = at.thread().pulse();
    let mut asked = pulse.asked();
    let verbs = pulse.verbs(&asked);
    let refused = verbs.first().filter(|_| stoppable).and_then(|verb| refusal(&mut asked, *verb));
    drop(asked);
    settle(at, pulse);
    let Some((kind, message)) = refused else { return Ok(()) };
    if let Some(class) = class(at, kind) {
        let message = text(at.py(), &message)?;
        // SAFETY: attached; an exception class and a message, both shared.
        unsafe { ffi::PyErr_SetObject(class.as_ptr(), message.as_ptr()) };
        return Err(Failure::python());
    }
    Err(Failure::state(message))
}

/// Why the verb is refused. The stop has arrived with that: it goes on to the verbs around this one by itself.
fn refusal(asked: &mut Asked, verb: Verb) -> Option<(Kind, String)> {
    let fired = asked.stops.iter_mut().find(|stop| stop.refuses(verb))?.fired.as_mut()?;
    fired.raised = true;
    Some((fired.kind, fired.message.clone()))
}

/// A verb has ended while something is asked of its thread: takes back what it was sent and has not seen, and sends the
/// verb around it what was kept from this one.
#[cold]
pub(crate) fn end(at: Attached<'_>) {
    let pulse = at.thread().pulse();
    let mut asked = pulse.asked();
    let verbs = pulse.verbs(&asked);
    // An interrupt of a context is over with the verbs that it meant.
    asked.stops.retain(|stop| stop.scope != 0 || verbs.iter().any(|verb| stop.means(*verb)));
    if verbs.is_empty() && !asked.stops.iter().any(|stop| stop.fired.is_some()) {
        pulse.calm(&asked);
    }
    drop(asked);
    settle(at, pulse);
}

/// Why this thread is interrupted: the text of the exception that is made now, which has arrived with that.
pub(crate) fn reason(at: Attached<'_>) -> Option<String> {
    let pulse = at.thread().pulse();
    let mut asked = pulse.asked();
    let verb = innermost(pulse, &asked, at.interpreter())?;
    let fired = asked.stops.iter_mut().find(|stop| stop.is_due(verb))?.fired.as_mut()?;
    fired.raised = true;
    Some(fired.message.clone())
}
