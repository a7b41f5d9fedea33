//! Threads: their kept states, and what is left when they end.

mod common;

use common::{Context, Figure, Value, alone, eventually, figure, number, request, want};
use gilgamesh_core::verbs::code;
use std::thread;

#[test]
fn ten_thousand_short_threads_leave_no_thread_states() {
    let _alone = alone();
    let context = Context::open("short threads");
    let one = context.compile(1, "1").expect("code");
    let before = figure(Figure::ThreadStates);
    for _ in 0..1250 {
        thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    let run = number(&request(), |exchange| code::run(context.id, one, want::LONG, exchange));
                    assert_eq!(run, Ok(1));
                });
            }
        });
    }
    eventually("their states are freed", || figure(Figure::ThreadStates) <= before);
    assert_eq!(figure(Figure::Waiting), 0);
}

#[test]
fn what_a_thread_sets_lasts_to_its_next_call_and_ends_with_it() {
    let _alone = alone();
    let context = Context::open("thread local");
    context
        .exec(
            "import threading, contextvars, decimal, weakref, sys\nlocal = threading.local()\nvariable = contextvars.ContextVar('v', default=0)\n\
             class Held: pass\ndef set_all():\n    local.held = Held()\n    variable.set(5)\n    decimal.getcontext().prec = 7\n    sys.settrace(trace)\n\
             def trace(*_): return None\nseen = []",
        )
        .expect("definitions run");
    thread::scope(|scope| {
        scope.spawn(|| {
            context.exec("set_all()").expect("it runs");
            context.exec("seen.append(weakref.ref(local.held))").expect("it is still set");
            for truth in ["variable.get() == 5", "decimal.getcontext().prec == 7", "sys.gettrace() is trace"] {
                assert_eq!(context.eval_bool(truth), Ok(true), "{truth}");
            }
        });
    });
    assert_eq!(context.eval_bool("hasattr(local, 'held') or variable.get() == 5"), Ok(false), "another thread's");
    eventually("it is freed", || context.eval_bool("seen[0]() is None") == Ok(true));
}

#[test]
fn threads_that_end_inside_transactions_leave_nothing_either() {
    let _alone = alone();
    let context = Context::open("ending inside");
    let (states, open) = (figure(Figure::ThreadStates), figure(Figure::Transactions));
    for _ in 0..50 {
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    context.begin().leave_open();
                    context.begin().leave_open();
                    context.eval("[object()]").expect("an object");
                });
            }
        });
    }
    eventually("all are repaired", || figure(Figure::ThreadStates) <= states && figure(Figure::Transactions) == open);
    eventually("their handles are released", || context.eval_long("1").is_ok() && figure(Figure::ScopedHandles) == 0);
}

#[test]
fn many_threads_at_once_get_their_own_results() {
    let _alone = alone();
    let context = Context::open("many");
    let function = context.eval("lambda n: (n, str(n) * 50)[0]").expect("a function");
    thread::scope(|scope| {
        for number in 0..16 {
            let context = &context;
            scope.spawn(move || {
                for round in 0..200 {
                    let n = number * 1000 + round;
                    let result = context.call(function, want::LONG, &request().arguments(1, 0).long(n));
                    assert_eq!(result, Ok(n));
                }
            });
        }
    });
}

#[test]
fn threads_may_compile_the_same_sources_while_others_import() {
    let _alone = alone();
    let context = Context::open("compiling");
    context.exec("import sys\nsys.setswitchinterval(1e-6)").expect("it runs");
    thread::scope(|scope| {
        for number in 0..8 {
            let context = &context;
            scope.spawn(move || {
                for round in 0..150 {
                    assert_eq!(context.eval_long(&format!("{round} + 0")), Ok(round));
                    if round == number {
                        context.exec("import linecache, traceback").expect("an import works");
                    }
                }
            });
        }
    });
    context.exec("sys.setswitchinterval(0.005)").expect("it runs");
    let text = "__import__('linecache').getline('<test>', 1)";
    assert!(matches!(context.eval_value(text), Ok(Value::Text(line)) if !line.is_empty()));
}
