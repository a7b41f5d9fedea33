//! Stopping code: scopes and interrupts, what they hit, and that nothing of them is left.

mod common;

use common::{Context, Error, Reply, Value, eventually, number, reply, request};
use gilgamesh_core::verbs::stops;
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

const INTERRUPT: i32 = 0;
const DEADLINE: i32 = 1;

// The loop has lines of its own: CPython up to 3.12 skips the blocks of a `try` that begins with a loop on one line.
const LOOPS: &str = "
import time
seen = []
def loop():
    try:
        while True:
            pass
    except Exception:
        seen.append('swallowed')
    finally:
        seen.append('finally')
";

fn open() -> i64 {
    number(&request(), stops::open).expect("a scope opens")
}

fn fire(scope: i64, kind: i32, reason: &str) -> i64 {
    number(&request().text(reason), |exchange| stops::fire(scope, kind, exchange)).expect("posting does not fail")
}

fn close(scope: i64) -> i64 {
    number(&request(), |exchange| stops::close(scope, exchange)).expect("a close does not fail")
}

fn interrupt(context: &Context, reason: &str) -> i64 {
    number(&request().text(reason), |exchange| stops::interrupt(context.id, exchange)).expect("posting does not fail")
}

/// How many parts are told of what runs in a context on other threads: five for each.
fn running(context: &Context) -> usize {
    let told = reply(&request(), |exchange| stops::running(context.id, exchange)).expect("asking does not fail");
    match Reply::new(&told).value() {
        Value::List(parts) => parts.len(),
        other => panic!("a list is told, not {other:?}"),
    }
}

fn looping(name: &str) -> Context {
    let context = Context::open(name);
    context.exec(LOOPS).expect("definitions run");
    context
}

/// The class and the message of what was raised.
fn raised<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, String) {
    match result {
        Err(Error::Python(raised)) => (raised.class, raised.message),
        other => panic!("an exception, not {other:?}"),
    }
}

fn deadline(message: &str) -> (String, String) {
    ("gilgamesh.DeadlineExceeded".into(), message.into())
}

#[test]
fn a_fired_scope_stops_the_verb_in_it_and_refuses_those_that_follow() {
    let context = looping("scope");
    let scope = open();
    let timer = thread::spawn(move || {
        thread::sleep(Duration::from_millis(30));
        (fire(scope, DEADLINE, "time is up"), fire(scope, DEADLINE, "again"))
    });
    assert_eq!(raised(context.exec("loop()")), deadline("time is up"));
    assert_eq!(timer.join().expect("no panic"), (1, 0), "the first time counts");
    assert_eq!(raised(context.exec("seen.append('ran')")), deadline("time is up"));
    assert_eq!(close(scope), 1);
    assert_eq!(context.eval_bool("seen == ['finally']"), Ok(true));
    assert_eq!(fire(scope, DEADLINE, "late"), 0, "it is closed");
    assert_eq!(context.eval_long("sum(1 for _ in range(10_000))"), Ok(10_000));
}

#[test]
fn a_scope_that_was_not_fired_leaves_nothing() {
    let context = looping("unfired");
    let scope = open();
    assert_eq!(context.eval_long("1"), Ok(1));
    assert_eq!((close(scope), close(scope)), (0, 0));
    assert_eq!(fire(scope, INTERRUPT, "late"), 0);
    assert_eq!(fire(1 << 60, INTERRUPT, "a scope of no thread"), 0);
    assert_eq!(context.eval_long("2"), Ok(2));
}

#[test]
fn a_scope_is_its_own_threads_alone() {
    let context = looping("own thread");
    let scope = open();
    assert_eq!(fire(scope, INTERRUPT, "why"), 1);
    let other = thread::scope(|scope| scope.spawn(|| context.eval_long("3")).join().expect("no panic"));
    assert_eq!(other, Ok(3));
    assert_eq!(raised(context.eval_long("3")), ("gilgamesh.Interrupted".into(), "why".into()));
    close(scope);
}

#[test]
fn an_interrupt_is_for_what_runs_in_the_context_at_that_moment() {
    let (context, other) = (looping("interrupted"), looping("spared"));
    assert_eq!(interrupt(&context, "nothing runs"), 0);
    let (is_done, done) = channel();
    thread::scope(|scope| {
        scope.spawn(|| is_done.send(raised(context.exec("loop()"))).expect("the test waits"));
        let spared = scope.spawn(|| other.exec("end = time.monotonic() + 0.4\nwhile time.monotonic() < end: pass"));
        eventually("both run", || running(&context) == 5 && running(&other) == 5);
        assert_eq!(interrupt(&context, "stop it"), 1);
        let stopped = done.recv_timeout(Duration::from_secs(20)).expect("it stops");
        assert_eq!(stopped, ("gilgamesh.Interrupted".into(), "stop it".into()));
        assert_eq!(spared.join().expect("no panic"), Ok(()));
    });
    assert_eq!((running(&context), running(&other)), (0, 0));
    assert_eq!(context.eval_bool("seen == ['finally']"), Ok(true));
}

#[test]
fn stops_about_the_end_of_a_verb_never_hit_the_next() {
    let context = looping("late");
    context.exec("def count(n):\n    for _ in range(n): pass\n    return n").expect("a definition runs");
    let (scopes, fired) = channel::<i64>();
    let firing = thread::spawn(move || fired.iter().filter(|scope| fire(*scope, DEADLINE, "late") == 1).count());
    let end = Instant::now() + Duration::from_secs(2);
    let (mut verbs, mut stopped) = (0, 0);
    while Instant::now() < end {
        let scope = open();
        scopes.send(scope).expect("the other thread fires");
        stopped += u32::from(context.eval_long("count(300)").is_err());
        close(scope);
        assert_eq!(context.eval_long("count(100)"), Ok(100), "no scope is around this one");
        verbs += 1;
    }
    drop(scopes);
    let fired = firing.join().expect("no panic");
    assert!(stopped > 0, "{stopped} of {verbs} were stopped, {fired} scopes fired in time");
}
