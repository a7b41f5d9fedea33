//! Failures of the bridge's own, made on purpose: each is an error of its kind, and the thread is as it was.

mod common;

use common::{Context, Error, eventually, is_error_set, number, reply, request, want};
use gilgamesh_core::{life, testing, verbs};
use std::thread;

const PANIC: i64 = 1;
const EXCEPTION: i64 = 2;
const STALE: i64 = 3;
const STATE: i64 = 4;
/// Not in the verb, but while its exception is told.
const PANIC_IN_RECORD: i64 = 5;

/// What the failure of that kind must be told as.
fn expected(how: i64, found: &Error) -> bool {
    match (how, found) {
        (PANIC | PANIC_IN_RECORD, Error::Internal(message)) => message == "a test asked for this panic",
        (EXCEPTION, Error::Python(raised)) => raised.text() == "RuntimeError: a test asked for this exception",
        (STALE, Error::Stale { reference: 1, issued: true }) => true,
        (STATE, Error::State(message)) => message == "a test asked for this failure",
        _ => false,
    }
}

/// Silences the panics that a test asks for: their messages would fill its output.
fn quietly() {
    static ONCE: std::sync::Once = std::sync::Once::new();
    ONCE.call_once(|| {
        let usual = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !panic.to_string().contains("a test asked for") {
                usual(panic);
            }
        }));
    });
}

#[test]
fn each_failure_is_told_as_what_it_is_and_the_next_call_works() {
    quietly();
    let context = Context::open("failures");
    for how in [PANIC, EXCEPTION, STALE, STATE, PANIC_IN_RECORD] {
        testing::provoke(how);
        let failed = context.eval_long("1").expect_err("it was asked to fail");
        assert!(expected(how, &failed), "{how}: {failed:?}");
        assert_eq!(context.eval_long("1"), Ok(1));
        // Not attached any more: another thread gets in.
        let other = thread::scope(|scope| scope.spawn(|| context.eval_long("2")).join().expect("no panic"));
        assert_eq!(other, Ok(2));
    }
}

#[test]
fn a_failure_inside_a_transaction_leaves_it_open_and_attached() {
    quietly();
    let context = Context::open("inside");
    let transaction = context.begin();
    let handle = context.eval("'abc'").expect("a text");
    for how in [PANIC, EXCEPTION, STALE, STATE, PANIC_IN_RECORD] {
        testing::provoke(how);
        let failed = context.inspect(handle, 3, want::LONG).expect_err("it was asked to fail");
        assert!(expected(how, &failed), "{how}: {failed:?}");
        assert!(!is_error_set());
        assert_eq!(context.inspect(handle, 3, want::LONG), Ok(3));
    }
    assert_eq!(transaction.end(), Ok(1));
}

#[test]
fn a_transaction_that_fails_to_begin_or_to_end_can_be_tried_again() {
    quietly();
    let context = Context::open("begin and end");
    for how in [PANIC, STALE, STATE] {
        testing::provoke(how);
        let refused = context.begin_within(-1).map(|_| ()).expect_err("it was asked to fail");
        assert!(expected(how, &refused), "{how}: {refused:?}");
        let transaction = context.begin();
        testing::provoke(how);
        let refused = common::end(&context, transaction.token).expect_err("it was asked to fail");
        assert!(expected(how, &refused), "{how}: {refused:?}");
        assert_eq!(transaction.end(), Ok(0));
    }
}

#[test]
fn verbs_without_an_attachment_fail_alike() {
    quietly();
    let context = Context::open("without");
    for how in [PANIC, STALE, STATE] {
        for verb in [life::stats, verbs::handles::drain] {
            testing::provoke(how);
            let failed = reply(&request(), verb).expect_err("it was asked to fail");
            assert!(expected(how, &failed), "{how}: {failed:?}");
        }
        testing::provoke(how);
        let failed = number(&request().text("x"), verbs::contexts::open);
        assert!(expected(how, &failed.expect_err("it was asked to fail")));
    }
    eventually("statistics are there again", || common::figure(common::Figure::Contexts) > 0);
    assert_eq!(context.eval_long("1"), Ok(1));
}

#[test]
fn a_provoked_failure_meets_its_own_thread_only() {
    let context = Context::open("own thread");
    testing::provoke(STATE);
    let other = thread::scope(|scope| scope.spawn(|| context.eval_long("2")).join().expect("no panic"));
    assert_eq!(other, Ok(2));
    assert!(context.eval_long("1").is_err());
}
