//! Handles: scoped and managed, closed, stale, forged.

mod common;

use common::{Context, Error, number, request, want};
use gilgamesh_core::verbs::{handles, operators};

const STR: i32 = 1;
const MANAGED: i64 = 1 << 60;
const NONE: i64 = 1 << 61;

fn use_it(context: &Context, reference: i64) -> Result<i64, Error> {
    context.inspect(reference, STR, want::NOTHING)
}

fn keep(context: &Context, reference: i64) -> Result<i64, Error> {
    number(&request(), |exchange| handles::keep(context.id, reference, exchange))
}

fn stale(reference: i64) -> Result<i64, Error> {
    Err(Error::Stale { reference, issued: true })
}

#[test]
fn outside_of_a_transaction_handles_are_managed_and_live_until_they_are_closed() {
    let context = Context::open("managed");
    let handle = context.eval("object()").expect("an object");
    assert_ne!(handle & MANAGED, 0);
    assert_eq!(use_it(&context, handle), Ok(0));
    context.release(handle);
    // Outside of a transaction a handle is closed by the queue, which this call drains.
    assert_eq!(use_it(&context, handle), stale(handle));
    context.release(handle);
}

#[test]
fn inside_a_transaction_handles_are_scoped_and_end_with_it() {
    let context = Context::open("scoped");
    let transaction = context.begin();
    let scoped = context.eval("object()").expect("an object");
    let kept = keep(&context, scoped).expect("a second handle");
    assert_eq!((scoped & MANAGED, kept & MANAGED), (0, MANAGED));
    let closed = context.eval("object()").expect("an object");
    context.release(closed);
    assert_eq!(use_it(&context, closed), stale(closed), "closed at once inside the transaction");
    assert_eq!(transaction.end(), Ok(1), "one scoped handle was still there");
    assert_eq!(use_it(&context, scoped), stale(scoped));
    assert_eq!(use_it(&context, kept), Ok(0));
}

#[test]
fn a_number_that_never_was_a_handle_is_refused_as_such() {
    let context = Context::open("forged");
    let real = context.eval("object()").expect("an object");
    let ahead = real + (1 << 28);
    for forged in [0, -1, i64::MIN, i64::MAX, ahead, (1 << 28) - 1, 1 << 59, MANAGED, NONE + 1] {
        let refused = use_it(&context, forged);
        assert!(matches!(refused, Err(Error::Stale { issued: false, .. })), "{forged:#x}: {refused:?}");
    }
    assert_eq!(use_it(&context, real), Ok(0));
}

#[test]
fn none_needs_no_handle_and_is_never_closed() {
    let context = Context::open("none");
    assert_eq!(context.eval("None"), Ok(NONE));
    context.release(NONE);
    assert_eq!(context.inspect(NONE, 4, want::BOOLEAN), Ok(0));
    assert_eq!(keep(&context, NONE), Ok(NONE));
    assert_eq!(context.eval_bool("None is None"), Ok(true));
}

#[test]
fn a_place_that_is_used_again_does_not_revive_an_old_handle() {
    let context = Context::open("reuse");
    let transaction = context.begin();
    let mut old = Vec::new();
    for _ in 0..100 {
        let handle = context.eval("object()").expect("an object");
        old.iter().for_each(|&former| assert_eq!(use_it(&context, former), stale(former)));
        context.release(handle);
        old.push(handle);
    }
    drop(transaction);
}

#[test]
fn two_handles_on_one_object_are_independent() {
    let context = Context::open("twins");
    context.exec("one = object()").expect("a statement runs");
    let (first, second) = (context.eval("one").expect("an object"), context.eval("one").expect("an object"));
    let same = |one, other| number(&request(), |exchange| operators::same(context.id, one, other, exchange));
    assert_ne!(first, second);
    assert_eq!(same(first, second), Ok(1));
    context.release(first);
    assert_eq!(use_it(&context, second), Ok(0));
    assert_eq!(same(second, NONE), Ok(0));
    assert_eq!(same(second, first), stale(first));
}

#[test]
fn a_handle_of_another_context_is_taken_as_it_is() {
    let (one, other) = (Context::open("one"), Context::open("other"));
    let handle = one.eval("'of one'").expect("a text");
    let length = other.eval("len").expect("a function");
    let result = other.call(length, want::LONG, &request().arguments(1, 0).foreign(one.id, handle));
    assert_eq!(result, Ok(6));
    // Closed at once, since this thread is attached.
    let _transaction = other.begin();
    assert_eq!(one.close(), Ok(1));
    let result = other.call(length, want::LONG, &request().arguments(1, 0).foreign(one.id, handle));
    assert_eq!(result, stale(handle));
    let elsewhere = other.call(length, want::LONG, &request().arguments(1, 0).foreign(1 << 48, handle));
    assert_eq!(elsewhere, Err(Error::ContextClosed), "there is no second interpreter");
}

#[test]
fn a_stale_handle_as_an_argument_is_told_by_its_number() {
    let context = Context::open("argument");
    let length = context.eval("len").expect("a function");
    let text = context.eval("'abc'").expect("a text");
    context.release(text);
    let result = context.call(length, want::LONG, &request().arguments(1, 0).list(2).null().handle(text));
    assert_eq!(result, stale(text));
}

#[test]
fn a_value_that_fails_half_way_leaves_no_handles() {
    let context = Context::open("half way");
    context.exec("deep = []\nfor i in range(1500): deep = [deep]").expect("statements run");
    let transaction = context.begin();
    let before = context.eval("object()").expect("an object");
    let failed = context.eval_reply("[object(), object(), deep]", want::VALUE);
    assert!(matches!(failed, Err(Error::Conversion { .. })), "{failed:?}");
    assert_eq!(transaction.end(), Ok(1), "only {before} was there");
}
