//! Transactions: order, threads, limits, giving way.

mod common;

use common::{Context, Error, Figure, end, eventually, figure, is_error_set, number, request, want};
use gilgamesh_core::verbs::transactions;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

const PATIENCE: Duration = Duration::from_secs(20);

fn detach(context: &Context) -> Result<i64, Error> {
    number(&request(), |exchange| transactions::detach(context.id, exchange))
}

fn reattach(context: &Context) -> Result<i64, Error> {
    number(&request(), |exchange| transactions::reattach(context.id, exchange))
}

fn is_repaired(context: &Context, token: i64) -> bool {
    number(&request(), |exchange| transactions::abandon(context.id, token, exchange)) == Ok(1)
}

#[test]
fn handles_belong_to_the_innermost_transaction() {
    let context = Context::open("nested");
    let outer = context.begin();
    let of_outer = context.eval("'outer'").expect("a text");
    let inner = context.begin();
    let of_inner = context.eval("'inner'").expect("a text");
    assert_eq!(inner.end(), Ok(1));
    assert_eq!(context.inspect(of_outer, 1, want::NOTHING), Ok(0));
    assert_eq!(context.inspect(of_inner, 1, want::NOTHING), Err(Error::Stale { reference: of_inner, issued: true }));
    let later = context.eval("'later'").expect("a text");
    assert_eq!((outer.end(), later != of_inner), (Ok(2), true));
}

#[test]
fn transactions_end_newest_first_on_their_own_thread() {
    let context = Context::open("order");
    let outer = context.begin();
    let inner = context.begin();
    assert_eq!(
        end(&context, outer.token),
        Err(Error::State("a transaction that was begun later on this thread is still open: close it first".into()))
    );
    let token = inner.token;
    let elsewhere = thread::scope(|scope| scope.spawn(|| end(&context, token)).join().expect("no panic"));
    let other_thread = Err(Error::State("this transaction was begun on another thread: close it there".into()));
    assert_eq!(elsewhere, other_thread);
    assert_eq!(context.eval_long("1 + 1"), Ok(2));
    assert_eq!((inner.end(), outer.end()), (Ok(0), Ok(0)));
    assert_eq!(end(&context, token), other_thread, "an ended one is known on no thread");
    assert_eq!(end(&context, -5), other_thread);
}

#[test]
fn a_thread_that_ends_inside_a_transaction_lets_others_in_and_is_repaired() {
    let context = Context::open("left open");
    let lost = thread::scope(|scope| {
        let lost = scope.spawn(|| {
            let tokens: Vec<i64> = (0..3).map(|_| context.begin().leave_open()).collect();
            (tokens, context.eval("object()").expect("an object"))
        });
        lost.join().expect("no panic")
    });
    let (tokens, handle) = lost;
    assert_eq!(context.eval_long("2"), Ok(2), "another thread gets in");
    tokens.iter().for_each(|token| eventually("it is repaired", || is_repaired(&context, *token)));
    eventually("the handle is released", || {
        context.inspect(handle, 1, want::NOTHING) == Err(Error::Stale { reference: handle, issued: true })
    });
    assert!(!is_repaired(&context, 1 << 40), "nobody knows this one");
}

#[test]
fn a_limit_ends_the_wait_and_names_the_holder() {
    let context = Context::open("limit");
    let (held, is_held) = channel();
    let (done, is_done) = channel::<()>();
    thread::scope(|scope| {
        let context = &context;
        scope.spawn(move || {
            let transaction = context.begin_as(4711, -1).expect("a transaction begins");
            held.send(()).expect("the other side listens");
            is_done.recv_timeout(PATIENCE).expect("the other side is done");
            transaction.end().expect("it ends");
        });
        is_held.recv_timeout(PATIENCE).expect("a transaction is open");
        let refused = context.begin_within(50_000_000).map(|_| ());
        let Err(Error::Timeout { holder: 4711, held_nanos }) = refused else { panic!("{refused:?}") };
        assert!(held_nanos >= 20_000_000, "held for at least about the limit: {held_nanos}");
        let at_once = context.begin_within(0).map(|_| ());
        assert!(matches!(at_once, Err(Error::Timeout { holder: 4711, .. })), "{at_once:?}");
        done.send(()).expect("the holder listens");
        context.begin_within(PATIENCE.as_nanos() as i64).expect("it is free now").end().expect("it ends");
    });
    let nested = context.begin();
    context.begin_within(0).expect("no wait inside one's own").end().expect("it ends");
    drop(nested);
}

#[test]
fn a_holder_that_detaches_lets_others_in() {
    let context = Context::open("detached");
    let transaction = context.begin();
    let handle = context.eval("'mine'").expect("a text");
    assert_eq!(detach(&context), Ok(0));
    let other = thread::scope(|scope| scope.spawn(|| context.eval_long("3")).join().expect("no panic"));
    assert_eq!(other, Ok(3));
    assert_eq!(detach(&context), Err(Error::State("this thread is not attached".into())));
    assert_eq!(reattach(&context), Ok(0));
    assert_eq!(reattach(&context), Ok(0));
    assert_eq!(context.inspect(handle, 3, want::LONG), Ok(4));
    assert_eq!(transaction.end(), Ok(1));
    assert_eq!(detach(&context), Err(Error::State("this thread is not attached".into())));
}

#[test]
fn a_transaction_ends_well_when_its_thread_is_detached() {
    let context = Context::open("ended detached");
    let transaction = context.begin();
    let handle = context.eval("object()").expect("an object");
    assert_eq!(detach(&context), Ok(0));
    assert_eq!(transaction.end(), Ok(1), "{handle} was released");
    assert_eq!(detach(&context), Err(Error::State("this thread is not attached".into())));
}

#[test]
fn short_calls_in_a_transaction_let_each_waiting_thread_in() {
    let context = Context::open("give way");
    let wanted = 6;
    let (arrived, arrivals) = channel();
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let (context, done) = (&context, &done);
        let holder = scope.spawn(move || {
            let _transaction = context.begin();
            let start = Instant::now();
            while !done.load(Ordering::Relaxed) && start.elapsed() < PATIENCE {
                context.eval_long("1").expect("a short call");
            }
            done.load(Ordering::Relaxed)
        });
        for number in 0..wanted {
            let arrived = arrived.clone();
            scope.spawn(move || {
                assert_eq!(context.eval_long("5"), Ok(5));
                arrived.send(number).expect("somebody listens");
            });
        }
        for _ in 0..wanted {
            arrivals.recv_timeout(PATIENCE).expect("each gets in while the transaction is open");
        }
        done.store(true, Ordering::Relaxed);
        assert!(holder.join().expect("no panic"), "the transaction was open until all had come");
    });
}

#[test]
fn a_closed_context_begins_no_transaction_and_leaves_nothing_attached() {
    let (context, other) = (Context::open("closed"), Context::open("open"));
    let attached = other.begin();
    context.close().expect("it closes");
    drop(attached);
    assert!(matches!(context.begin_within(-1), Err(Error::ContextClosed)));
    let refused = number(&request(), |exchange| transactions::begin(7 << 48, 1, -1, exchange));
    assert_eq!(refused, Err(Error::ContextClosed), "an interpreter that is none");
    assert_eq!(detach(&other), Err(Error::State("this thread is not attached".into())));
    let outer = other.begin();
    assert!(matches!(context.begin_within(-1), Err(Error::ContextClosed)));
    assert_eq!(other.eval_long("4"), Ok(4), "the outer one is as it was");
    drop(outer);
}

#[test]
fn a_context_that_is_closed_inside_its_transaction_ends_with_it() {
    let context = Context::open("closed inside");
    let transaction = context.begin();
    context.eval("object()").expect("an object");
    context.close().expect("it closes");
    assert_eq!(context.eval_long("1"), Err(Error::ContextClosed));
    assert_eq!(transaction.end(), Ok(1));
}

#[test]
fn no_exception_stays_set_between_the_calls_of_a_transaction() {
    let context = Context::open("indicator");
    let transaction = context.begin();
    for failing in ["1 / 0", "no_such_name", "{}['k']", "[][1]", "(lambda: 1)(2)", "__import__('no.such')", "'a' + 1"] {
        let raised = context.eval(failing);
        assert!(matches!(raised, Err(Error::Python(_))), "{failing}: {raised:?}");
        assert!(!is_error_set(), "after {failing}");
    }
    for unfit in ["'x'", "2**70", "1.5", "object()", "None"] {
        assert!(context.eval_long(unfit).is_err());
        assert!(!is_error_set(), "after {unfit}");
    }
    assert!(context.inspect(123 << 40, 1, want::OBJECT).is_err() && !is_error_set());
    drop(transaction);
    assert!(figure(Figure::Waiting) >= 0);
}
