//! Starting: once a process, and what Python is like afterwards. A process of its own, since others start in theirs.

mod common;

use common::{Context, Error, Value, alone, number, python, reply, request, start_request, want};
use gilgamesh_core::{life, verbs};

#[test]
fn a_second_start_is_refused_and_the_first_goes_on() {
    let _alone = alone();
    python();
    // The host keeps a second start away; the core has to survive one all the same.
    let second = reply(&start_request(), life::start);
    assert_eq!(second, Err(Error::Start("Python was started before".into())));
    assert_eq!(Context::open("after").eval_long("1"), Ok(1));
    let malformed = reply(&request().list(0), life::start);
    assert_eq!(malformed, Err(Error::Internal("the start request is malformed".into())));
    let unknown = reply(&request().dict(1).text("no such").null(), life::start);
    assert!(matches!(&unknown, Err(Error::Internal(message)) if message.contains("no such")), "{unknown:?}");
}

#[test]
fn the_reply_tells_facts() {
    let _alone = alone();
    // A dict is not read by the host: its texts are looked for.
    let facts = String::from_utf8_lossy(python()).into_owned();
    for key in ["version", "executable", "base_prefix", "cpython", "utf-8"] {
        assert!(facts.contains(key), "{key} in {facts:?}");
    }
}

#[test]
fn python_is_as_in_a_script() {
    let _alone = alone();
    let context = Context::open("sane");
    for truth in [
        "__import__('sys').argv == ['tests']",
        "__import__('sys').flags.utf8_mode == 1",
        // Importing it installs a handler of SIGINT where nobody else has: it must not stay.
        "__import__('signal').getsignal(2) is not __import__('signal').default_int_handler",
        "__import__('threading').main_thread() is not __import__('threading').current_thread()",
        "__import__('sys').modules['_gilgamesh'].interrupt(1) is False",
        "__import__('gilgamesh').JavaAccessError.__mro__[1] is PermissionError",
    ] {
        assert_eq!(context.eval_bool(truth), Ok(true), "{truth}");
    }
    let text = context.eval_value("__import__('sys').stdout.encoding").expect("an encoding");
    assert_eq!(text, Value::Text("utf-8".into()));
}

#[test]
fn no_signal_is_caught_that_was_not_before() {
    let _alone = alone();
    Context::open("signals").exec("import signal, threading, asyncio").expect("imports work");
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let caught = status.lines().find_map(|line| line.strip_prefix("SigCgt:")).expect("a mask");
    let caught = u64::from_str_radix(caught.trim(), 16).expect("hex digits");
    assert_eq!(caught & (1 << (libc::SIGINT - 1)), 0, "{caught:#x}");
}

#[test]
fn the_modules_own_functions_refuse_nonsense() {
    let _alone = alone();
    let context = Context::open("module");
    context.exec("import _gilgamesh").expect("it is there");
    let class = |expression| context.eval(expression).expect_err("nonsense").raised().class;
    assert_eq!(class("_gilgamesh.keep_signals()"), "TypeError");
    assert_eq!(class("_gilgamesh.keep_signals(5)"), "TypeError");
    assert_eq!(class("_gilgamesh.keep_signals(lambda: 1 / 0)"), "ZeroDivisionError");
    assert_eq!(class("_gilgamesh.interrupt('x')"), "TypeError");
    assert_eq!(class("_gilgamesh.interrupt(2 ** 70)"), "OverflowError");
    assert_eq!(context.eval_long("_gilgamesh.keep_signals(max, 3, 4, key=lambda x: -x)"), Ok(3));
    assert_eq!(context.eval_bool("_gilgamesh.clamp_recursion() is None"), Ok(true));
}

#[test]
fn fork_is_refused_with_what_to_do_instead() {
    let _alone = alone();
    let context = Context::open("fork");
    let raised = context.eval("__import__('os').fork()").expect_err("refused").raised();
    assert!(raised.message.contains("subprocess") && raised.class == "RuntimeError", "{raised:?}");
    let import =
        number(&request().text("os.path"), |exchange| verbs::code::import_module(context.id, want::OBJECT, exchange));
    assert!(import.is_ok(), "{import:?}");
}

#[test]
fn an_import_that_fails_says_so_where_there_is_no_host_to_ask() {
    let context = Context::open("no host");
    let raised = context.exec("import no_such_module").expect_err("there is none").raised();
    assert_eq!(raised.text(), "ModuleNotFoundError: No module named 'no_such_module'");
    let raised = context.exec("from java.util import ArrayList").expect_err("there is none").raised();
    assert_eq!(raised.text(), "ModuleNotFoundError: No module named 'java.util'");
}
