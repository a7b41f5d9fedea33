//! Contexts: their numbers, their globals, their handles, and closing that never waits.
//!
//! One test at a time: a context that is closed while another thread is attached is closed by that thread, later.

mod common;

use common::{Context, Error, Value, alone, number, request, want};
use gilgamesh_core::verbs::contexts;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(20);

#[test]
fn each_context_has_globals_of_its_own() {
    let _alone = alone();
    let (one, other) = (Context::open("same name"), Context::open("same name"));
    one.exec("x = 1\ndef f(): return x").expect("statements run");
    other.exec("x = 2").expect("a statement runs");
    assert_eq!((one.eval_long("f()"), other.eval_long("x")), (Ok(1), Ok(2)));
    assert_eq!(other.eval_long("f()").expect_err("not here").raised().class, "NameError");
    assert_eq!(one.eval_value("__name__"), Ok(Value::Text("__main__".into())));
    let globals = number(&request(), |exchange| contexts::globals(one.id, exchange)).expect("a handle");
    assert_eq!(one.inspect(globals, 1, want::NOTHING), Ok(0));
}

#[test]
fn a_name_may_be_any_text() {
    let _alone = alone();
    for name in ["", "a__b", "emoji \u{1f600}", "nul\0", &"long".repeat(10_000)] {
        assert_eq!(Context::open(name).eval_long("6 * 7"), Ok(42));
    }
}

#[test]
fn a_closed_contexts_number_is_refused_for_good() {
    let _alone = alone();
    let old = Context::open("old");
    let handle = old.eval("object()").expect("an object");
    old.eval("object()").expect("another");
    assert_eq!(old.close(), Ok(2));
    let newer: Vec<Context> = (0..20).map(|_| Context::open("newer")).collect();
    assert_eq!(old.eval_long("1"), Err(Error::ContextClosed));
    assert_eq!(old.close(), Err(Error::ContextClosed));
    assert_eq!(newer[0].inspect(handle, 1, want::NOTHING), Err(Error::Stale { reference: handle, issued: true }));
    assert!(newer.iter().all(|context| context.id != old.id && context.eval_long("1") == Ok(1)));
}

#[test]
fn a_number_that_never_was_a_context_is_refused() {
    let _alone = alone();
    let real = Context::open("real");
    for forged in [0, -1, i64::MIN, i64::MAX, real.id + (1 << 24), real.id + (1 << 48), (1 << 24) - 1] {
        let context = Context { id: forged };
        assert_eq!(context.eval_long("1"), Err(Error::ContextClosed), "{forged:#x}");
    }
}

#[test]
fn closing_does_not_wait_for_a_busy_thread() {
    let _alone = alone();
    let (busy, idle) = (Context::open("busy"), Context::open("idle"));
    idle.exec("import weakref\nclass Held: pass\nheld = Held()").expect("statements run");
    busy.exec("import weakref").expect("a statement runs");
    let (held, is_held) = channel();
    let (closed, is_closed) = channel();
    let idle_id = idle.id;
    thread::scope(|scope| {
        let busy = &busy;
        scope.spawn(move || {
            let transaction = busy.begin();
            held.send(()).expect("the other side listens");
            // Were the other thread to wait for this one, both would wait here.
            is_closed.recv_timeout(PATIENCE).expect("the context is closed meanwhile");
            transaction.end().expect("it ends");
        });
        is_held.recv_timeout(PATIENCE).expect("a transaction is open");
        assert_eq!(idle.close(), Ok(0), "the next attached thread does the work");
        closed.send(()).expect("the holder listens");
    });
    assert_eq!(busy.eval_long("1"), Ok(1));
    assert_eq!(Context { id: idle_id }.eval_long("1"), Err(Error::ContextClosed));
}

#[test]
fn a_handle_of_a_closed_context_can_be_closed_in_peace() {
    let _alone = alone();
    let context = Context::open("gone");
    let handle = context.eval("object()").expect("an object");
    context.close().expect("it closes");
    context.release(handle);
    let transaction = context.begin_within(-1).map(|_| ());
    assert_eq!(transaction, Err(Error::ContextClosed));
}

#[test]
fn code_and_names_serve_all_contexts_of_the_interpreter() {
    let _alone = alone();
    let (one, other) = (Context::open("compiles"), Context::open("runs"));
    other.exec("x = 5").expect("a statement runs");
    let code = one.compile(1, "x + 1").expect("code");
    one.close().expect("it closes");
    let result = number(&request(), |exchange| gilgamesh_core::verbs::code::run(other.id, code, want::LONG, exchange));
    assert_eq!(result, Ok(6));
    other.release(code);
}

#[test]
fn a_del_that_runs_while_its_context_closes_may_do_anything() {
    let _alone = alone();
    let context = Context::open("del");
    let witness = Context::open("witness");
    witness.exec("import sys\nsys.seen = []\nsys.unraisablehook = lambda _: None").expect("statements run");
    context
        .exec(
            "import sys, gc, time\nclass D:\n    def __init__(self, n): self.n = n\n    def __del__(self):\n        time.sleep(0)\n        gc.collect()\n        \
             sys.seen.append(self.n)\n        if self.n: D(self.n - 1)\n        raise ValueError('ignored')\nd = D(3)",
        )
        .expect("statements run");
    context.eval("D(0)").expect("an object");
    context.eval("d").expect("an object");
    assert_eq!(context.close(), Ok(2));
    // The class and its functions hold the globals, so Python's own collector ends what they held.
    assert_eq!(witness.eval_value("(__import__('gc').collect(), sys.seen)[1]"), Ok(Value::Longs(vec![0, 3, 2, 1, 0])));
}
