//! The way of dead handles: posted from any thread, released on an attached one, each once.

mod common;

use common::{Context, Figure, alone, eventually, figure, number, request, want};
use gilgamesh_core::verbs::handles;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

const COUNTED: &str = "
import sys, time
class Counted:
    made = ended = 0
    def __init__(self): Counted.made += 1
    def __del__(self): Counted.ended += 1
class Slow(Counted):
    def __del__(self):
        time.sleep(0)
        super().__del__()
class Fertile:
    def __init__(self, children): self.children = children
    def __del__(self):
        if self.children: Fertile(self.children - 1)
        Counted.ended += 1
";

fn context() -> Context {
    let context = Context::open("reclaim");
    context.exec(COUNTED).expect("definitions run");
    context
}

fn drain() -> i64 {
    number(&request(), handles::drain).expect("a drain does not fail")
}

fn make(context: &Context, class: &str, count: usize) -> Vec<i64> {
    let class = context.eval(class).expect("a class");
    let made = (0..count).map(|_| context.call(class, want::OBJECT, &request().arguments(0, 0)).expect("an object"));
    made.collect()
}

#[test]
fn handles_posted_from_eight_threads_are_each_released_once() {
    let _alone = alone();
    let context = context();
    let dead = make(&context, "Slow", 8000);
    drain();
    let live = figure(Figure::LiveHandles);
    thread::scope(|scope| {
        for part in dead.chunks(1000) {
            scope.spawn(move || part.chunks(100).for_each(|some| handles::reclaim(0, some)));
        }
        // Attached threads drain meanwhile, at both ends of each call.
        for _ in 0..2 {
            scope.spawn(|| (0..50).for_each(|_| assert_eq!(context.eval_long("1"), Ok(1))));
        }
    });
    eventually("the queue is empty", || drain() == 0);
    assert_eq!(context.eval_long("Counted.ended"), Ok(8000));
    drain();
    assert_eq!(figure(Figure::LiveHandles), live - 8000);
}

#[test]
fn an_attach_drains_a_bounded_number_and_a_drain_all() {
    let _alone = alone();
    let context = context();
    let dead = make(&context, "Counted", 2000);
    let count = context.compile(1, "Counted.ended").expect("code");
    handles::reclaim(0, &dead);
    let run =
        || number(&request(), |exchange| gilgamesh_core::verbs::code::run(context.id, count, want::LONG, exchange));
    let first = run().expect("a number");
    assert!(first > 0 && first < 2000, "{first} at one end of one call");
    assert!(run().expect("a number") > first);
    assert!(drain() > 0);
    assert_eq!(run(), Ok(2000));
    context.release(count);
}

#[test]
fn a_drain_beside_a_long_transaction_needs_few_turns() {
    let _alone = alone();
    let context = context();
    let dead = make(&context, "list", 50_000);
    drain();
    let attaches = figure(Figure::Attaches);
    let transaction = context.begin();
    handles::reclaim(0, &dead);
    let drained = AtomicBool::new(false);
    thread::scope(|scope| {
        scope.spawn(|| {
            drain();
            drained.store(true, Ordering::Release);
        });
        eventually("the queue is empty", || {
            assert_eq!(context.eval_long("1"), Ok(1));
            drained.load(Ordering::Acquire)
        });
    });
    drop(transaction);
    // The transaction lets the drain in once in a switch interval: a turn must free more than one batch of 256.
    let turns = figure(Figure::Attaches) - attaches;
    assert!(turns < 100, "{turns} turns for 50,000 releases");
}

#[test]
fn what_is_posted_twice_or_was_closed_costs_nothing() {
    let _alone = alone();
    let context = context();
    let dead = make(&context, "Counted", 10);
    dead.iter().for_each(|&handle| context.release(handle));
    handles::reclaim(0, &dead);
    handles::reclaim(0, &dead);
    handles::reclaim(0, &[0, -1, 1 << 61, 99 << 28]);
    // An interpreter that is none is not asked to do anything.
    handles::reclaim(5, &dead);
    handles::reclaim(-1, &dead);
    drain();
    assert_eq!(context.eval_long("Counted.ended"), Ok(10));
    assert_eq!(context.eval_bool("None is None"), Ok(true), "None was not released");
}

#[test]
fn a_reused_place_is_not_released_by_an_old_post() {
    let _alone = alone();
    let context = context();
    let transaction = context.begin();
    let old = make(&context, "Counted", 50);
    old.iter().for_each(|&handle| context.release(handle));
    let young = make(&context, "Counted", 50);
    handles::reclaim(0, &old);
    transaction.end().expect("it ends");
    let kept = make(&context, "Counted", 50);
    handles::reclaim(0, &young);
    drain();
    assert_eq!(context.eval_long("Counted.made - Counted.ended"), Ok(50));
    handles::reclaim(0, &kept);
    drain();
    assert_eq!(context.eval_long("Counted.made - Counted.ended"), Ok(0));
}

#[test]
fn a_del_that_makes_more_work_is_drained_too() {
    let _alone = alone();
    let context = context();
    let dead: Vec<i64> = (0..300).map(|_| context.eval("Fertile(5)").expect("an object")).collect();
    handles::reclaim(0, &dead);
    drain();
    assert_eq!(context.eval_long("Counted.ended"), Ok(1800));
}

#[test]
fn a_del_that_lets_others_in_drains_with_them() {
    let _alone = alone();
    let context = context();
    let dead = make(&context, "Slow", 3000);
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let posting = scope.spawn(|| dead.chunks(10).for_each(|some| handles::reclaim(0, some)));
        for _ in 0..4 {
            scope.spawn(|| {
                while !done.load(Ordering::Relaxed) {
                    drain();
                }
            });
        }
        posting.join().expect("no panic");
        eventually("all are gone", || context.eval_long("Counted.ended") == Ok(3000));
        done.store(true, Ordering::Relaxed);
    });
    assert_eq!(context.eval_long("Counted.made"), Ok(3000));
}

#[test]
fn posts_after_the_context_closed_are_nothing() {
    let _alone = alone();
    let context = context();
    let dead = make(&context, "Counted", 20);
    drain();
    let live = figure(Figure::LiveHandles);
    assert!(context.close().expect("it closes") >= 20);
    handles::reclaim(0, &dead);
    drain();
    assert!(figure(Figure::LiveHandles) <= live - 20);
}
