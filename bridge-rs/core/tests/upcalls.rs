//! Calls from Python into a host: values both ways, threads, nesting, failures, and what becomes of the host's objects.

mod common;

use common::{Context, Request, Value, alone, eventually, number, request, want};
use gilgamesh_core::{adopted, await_released, set_host_entry};
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, Once, PoisonError};

const FAILED: i64 = i64::MIN;
const HEADER: usize = 32;
const CAPACITY: usize = 4096;

/// What a member of this host does.
type Member = Box<dyn Fn(i64, &[u8]) -> Answer + Send + Sync>;

enum Answer {
    Nothing,
    Value(Vec<u8>),
    Failure(Vec<u8>),
}

#[derive(Default)]
struct Host {
    buffers: HashMap<i32, usize>,
    members: Vec<&'static Member>,
}

static HOST: Mutex<Option<Host>> = Mutex::new(None);

fn host<R>(work: impl FnOnce(&mut Host) -> R) -> R {
    let mut host = HOST.lock().unwrap_or_else(PoisonError::into_inner);
    work(host.get_or_insert_default())
}

/// A member's number.
fn member(work: impl Fn(i64, &[u8]) -> Answer + Send + Sync + 'static) -> i32 {
    host(|host| {
        host.members.push(Box::leak(Box::new(Box::new(work) as Member)));
        host.members.len() as i32
    })
}

unsafe extern "C" fn enter(operation: i32, number: i32, receiver: i64, context: i64, buffer: i32) -> i64 {
    match operation {
        3 => {
            let mut words = vec![0_u64; (HEADER + CAPACITY) / 8];
            words[1] = CAPACITY as u64;
            let address = words.leak().as_mut_ptr().expose_provenance();
            host(|host| host.buffers.insert(number, address));
            address as i64
        }
        4 if receiver == 0 => context.wrapping_abs(),
        4 => FAILED,
        _ => {
            let address = host(|host| host.buffers[&buffer]);
            let member = host(|host| host.members[number as usize - 1]);
            answer(address, member(receiver, &taken(address)))
        }
    }
}

/// The request, from the payload or from the block where it did not fit.
fn taken(address: usize) -> Vec<u8> {
    let start: *const u64 = std::ptr::with_exposed_provenance(address);
    // SAFETY: a buffer of `enter`'s, which the core has leased to this call.
    unsafe {
        let bytes = std::slice::from_raw_parts(start.cast::<u8>(), HEADER + CAPACITY);
        if *start as i32 != 2 {
            return bytes[HEADER..].to_vec();
        }
        let (block, length) = (*start.add(2), *start.add(3));
        let from: *const u8 = std::ptr::with_exposed_provenance(block as usize);
        let copy = std::slice::from_raw_parts(from, length as usize).to_vec();
        gilgamesh_core::release_block(block as i64, length as i64);
        copy
    }
}

fn answer(address: usize, answer: Answer) -> i64 {
    let (bytes, result, status) = match answer {
        Answer::Nothing => return 0,
        Answer::Value(bytes) => (bytes, 1, 0),
        Answer::Failure(bytes) => (bytes, FAILED, 1),
    };
    let start: *mut u64 = std::ptr::with_exposed_provenance_mut(address);
    // SAFETY: as in `taken`; what does not fit the payload is leaked, and named in the header.
    unsafe {
        *start.cast::<i32>() = status;
        if bytes.len() > CAPACITY {
            let length = bytes.len();
            *start.add(2) = bytes.leak().as_ptr().expose_provenance() as u64;
            *start.add(3) = length as u64;
            return 2;
        }
        std::ptr::copy_nonoverlapping(bytes.as_ptr(), start.cast::<u8>().add(HEADER), bytes.len());
    }
    result
}

/// A context with `member(number)` and `static(number)`, beside a host that is there.
fn context(name: &str) -> Context {
    static SET: Once = Once::new();
    SET.call_once(|| set_host_entry(enter));
    let context = Context::open(name);
    context
        .exec(
            "import sys, types, _gilgamesh\n\
             if 'gilgamesh._java' not in sys.modules:\n    made = types.ModuleType('gilgamesh._java')\n    sys.modules['gilgamesh._java'] = made\n\
             \x20   class Thing(_gilgamesh.JavaObject): __slots__ = ()\n\
             \x20   class Thrown(Exception):\n        @classmethod\n        def _wrap_(cls, carried):\n            made = cls('thrown'); made.__java__ = carried; return made\n\
             \x20   Kind = _gilgamesh.JavaType('Kind', (_gilgamesh.JavaObject,), {'__slots__': (), '__java_class__': 3})\n\
             \x20   def class_of(number):\n        if number == 1: return Thing\n        if number == 2: return Thrown\n        if number == 3: return Kind\n\
             \x20       return type('Callable', (_gilgamesh.JavaFunction,), {'__slots__': (), '__java_function__': number - 100})\n\
             \x20   made.Thing, made.Thrown, made.Kind, made.class_of = Thing, Thrown, Kind, class_of\n\
             from sys import modules\nThing, Thrown = modules['gilgamesh._java'].Thing, modules['gilgamesh._java'].Thrown\n\
             Kind = modules['gilgamesh._java'].Kind\n\
             def method(number): return _gilgamesh.JavaMethod(number, 'named')\n\
             def static(number): return _gilgamesh.JavaStaticMethod(number, 'named')\n",
        )
        .expect("definitions run");
    context
}

/// An object of the host's: its reference and its class.
fn object(reference: i64, class: u32) -> Vec<u8> {
    [&[33][..], &reference.to_ne_bytes(), &class.to_ne_bytes()].concat()
}

fn long(value: i64) -> Vec<u8> {
    [&[3][..], &value.to_ne_bytes()].concat()
}

fn set(context: &Context, name: &str, value: &[u8]) {
    let globals = number(&request(), |exchange| gilgamesh_core::verbs::contexts::globals(context.id, exchange));
    let globals = globals.expect("globals");
    let entry = Request::default().text(name).raw(value);
    number(&entry, |exchange| gilgamesh_core::verbs::items::set_item(context.id, globals, exchange))
        .expect("it is set");
}

/// References that Python has let go of.
fn dead() -> Vec<i64> {
    let mut into = [0; 64];
    let count = await_released(&mut into);
    into[..count].to_vec()
}

fn serial() -> MutexGuard<'static, ()> {
    static ONE: Mutex<()> = Mutex::new(());
    ONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn a_static_member_is_called_with_its_arguments() {
    let context = context("static");
    let seen = member(|receiver, request| {
        assert_eq!(receiver, 0);
        assert_eq!(&request[..8], &[2, 0, 0, 0, 1, 0, 0, 0], "two positional values and a named one");
        assert_eq!(request[8..17], long(7));
        assert_eq!(&request[17..23], &[6, 1, 0, 0, 0, b'x']);
        assert_eq!(&request[23..29], &[6, 1, 0, 0, 0, b'k']);
        Answer::Value(long(42))
    });
    assert_eq!(context.eval_long(&format!("static({seen})(7, 'x', k=None)")), Ok(42));
}

#[test]
fn a_method_has_its_object_as_the_receiver_and_binds_as_pythons_own_do() {
    let context = context("methods");
    let receiver = member(|receiver, _| Answer::Value(long(receiver)));
    set(&context, "thing", &object(77, 1));
    context.exec(&format!("Thing.named = method({receiver})")).expect("it is set");
    for expression in ["thing.named()", "Thing.named(thing)", "(lambda bound: bound())(thing.named)"] {
        assert_eq!(context.eval_long(expression), Ok(77), "{expression}");
    }
    for expression in ["Thing.named()", "Thing.named(3)"] {
        let raised = context.eval_long(expression).expect_err("no object").raised();
        assert!(raised.text().starts_with("TypeError: the Java method named"), "{}", raised.text());
    }
}

#[test]
fn large_requests_and_large_answers_are_whole() {
    let context = context("large");
    let echo = member(|_, request| Answer::Value(request[8..].to_vec()));
    assert_eq!(context.eval_bool(&format!("static({echo})('y' * 100_000) == 'y' * 100_000")), Ok(true));
}

#[test]
fn the_host_may_call_python_while_python_calls_it() {
    let context = context("nested");
    let id = context.id;
    let inner = member(move |_, _| {
        let context = std::mem::ManuallyDrop::new(Context { id });
        Answer::Value(long(context.eval_long("value + 1").expect("it runs")))
    });
    context.exec("value = 1").expect("it is set");
    assert_eq!(context.eval_long(&format!("static({inner})()")), Ok(2));
    let transaction = context.begin();
    assert_eq!(context.eval_long(&format!("static({inner})()")), Ok(2));
    drop(transaction);
}

#[test]
fn a_thread_that_python_made_uses_one_state_inside_and_outside() {
    let context = context("threads");
    let id = context.id;
    let inner = member(move |_, _| {
        let context = std::mem::ManuallyDrop::new(Context { id });
        Answer::Value(long(context.eval_long("local.value").expect("the same threading.local")))
    });
    context
        .exec(&format!(
            "import threading\nlocal = threading.local()\nseen = []\n\
             def run(n):\n    local.value = n\n    seen.append(static({inner})() == n and local.value == n)\n\
             for round in range(20):\n    threads = [threading.Thread(target=run, args=(n,)) for n in range(8)]\n\
             \x20   [t.start() for t in threads]\n    [t.join() for t in threads]",
        ))
        .expect("it runs");
    assert_eq!(context.eval_bool("seen == [True] * 160"), Ok(true));
}

#[test]
fn a_transaction_cannot_be_ended_inside_a_call_that_was_made_in_it() {
    let context = context("ending inside");
    let token = std::sync::Arc::new(Mutex::new(0));
    let (id, shared) = (context.id, token.clone());
    let inner = member(move |_, _| {
        let context = std::mem::ManuallyDrop::new(Context { id });
        let token = *shared.lock().expect("a token");
        let refused = common::end(&context, token).expect_err("a call runs in it");
        Answer::Value(long(i64::from(format!("{refused:?}").contains("still runs"))))
    });
    let transaction = context.begin();
    *token.lock().expect("a token") = transaction.token;
    assert_eq!(context.eval_long(&format!("static({inner})()")), Ok(1));
    assert!(transaction.end().is_ok(), "afterwards it can");
}

#[test]
fn a_transaction_that_the_host_left_open_ends_with_the_call() {
    let context = context("left open");
    let id = context.id;
    let inner = member(move |_, _| {
        let context = std::mem::ManuallyDrop::new(Context { id });
        context.begin().leave_open();
        Answer::Nothing
    });
    for _ in 0..3 {
        context.exec(&format!("static({inner})()")).expect("it runs");
        assert_eq!(context.eval_long("1"), Ok(1));
    }
}

#[test]
fn what_the_host_throws_is_an_exception_that_carries_it() {
    let _serial = serial();
    let context = context("thrown");
    let fail = member(|_, _| Answer::Failure([&[0][..], &object(500, 2)].concat()));
    let own = member(|_, _| Answer::Failure([&[1, 3][..], &[6, 3, 0, 0, 0, b'k', b'e', b'y']].concat()));
    context
        .exec(&format!(
            "try:\n    static({fail})()\nexcept Thrown as e:\n    caught = type(e.__java__) is _gilgamesh.JavaObject\n\
             try:\n    static({own})()\nexcept KeyError as e:\n    key = e.args == ('key',)",
        ))
        .expect("both are caught");
    assert_eq!(context.eval_bool("caught and key"), Ok(true));
    let raised = context.exec(&format!("static({fail})()")).expect_err("nobody catches it").raised();
    assert_eq!(raised.extra, common::Extra::Thrown(500));
    drop(raised);
    drop(context);
    let mut released = Vec::new();
    eventually("both are given back", || {
        released.extend(dead());
        released.iter().filter(|reference| **reference == 500).count() == 2
    });
}

#[test]
fn an_object_is_given_back_once_when_it_dies() {
    let _serial = serial();
    let context = context("given back");
    let before = adopted();
    set(&context, "thing", &object(901, 1));
    assert_eq!(adopted() - before, 1);
    context.exec("import weakref\nweak = weakref.ref(thing)\nother = thing\ndel thing").expect("it runs");
    assert_eq!(context.eval_bool("weak() is other"), Ok(true));
    context.exec("del other").expect("it runs");
    assert_eq!(context.eval_bool("weak() is None"), Ok(true));
    let mut released = Vec::new();
    eventually("it is given back", || {
        released.extend(dead());
        released.contains(&901)
    });
    assert_eq!(released.iter().filter(|reference| **reference == 901).count(), 1);
}

#[test]
fn a_constant_is_one_object_that_no_context_and_no_count_has() {
    let context = context("constants");
    let other = self::context("that closes");
    let receiver = member(|receiver, _| Answer::Value(long(receiver)));
    let before = adopted();
    set(&other, "constant", &object(i64::MIN | 7, 1));
    other.exec("import builtins\nbuiltins.first = constant").expect("it is kept");
    drop(other);
    set(&context, "constant", &object(i64::MIN | 7, 1));
    set(&context, "second", &object(i64::MIN | 8, 1));
    assert_eq!(adopted(), before, "nobody owns its reference");
    assert_eq!(context.eval_bool("constant is first and second is not first"), Ok(true));
    context.exec(&format!("Thing.which = method({receiver})")).expect("it is set");
    assert_eq!(context.eval_long("first.which()"), Ok(i64::MIN | 7));
    context.exec("import builtins\ndel builtins.first, constant").expect("it is forgotten");
    set(&context, "again", &object(i64::MIN | 7, 1));
    assert_eq!(context.eval_long("again.which()"), Ok(i64::MIN | 7));
}

#[test]
fn a_class_of_the_hosts_crosses_by_its_number_both_ways() {
    let context = context("classes");
    let class = [&[35][..], &3_u32.to_ne_bytes()].concat();
    set(&context, "kind", &class);
    assert_eq!(context.eval_bool("kind is Kind"), Ok(true));
    let seen = member(move |receiver, request| {
        assert_eq!((receiver, &request[8..13]), (0, &class[..]));
        Answer::Value(long(i64::from(request[13])))
    });
    assert_eq!(context.eval_long(&format!("static({seen})(Kind, None)")), Ok(0));
    assert_eq!(context.eval_long(&format!("method({seen})(Kind, None)")), Ok(0), "the receiver is the first argument");
    // A class that only says so, or has inherited the number, is a Python object.
    context
        .exec("Forged = _gilgamesh.JavaType('Forged', (), {'__java_class__': 3})\nclass Derived(Kind): __slots__ = ()")
        .expect("they are made");
    let first = member(|_, request| Answer::Value(long(i64::from(request[8]))));
    for made in ["Forged", "Derived", "int", "_gilgamesh.JavaType"] {
        assert_eq!(context.eval_long(&format!("static({first})({made})")), Ok(18), "{made}");
    }
}

#[test]
fn a_function_is_called_and_refuses_once_its_context_is_closed() {
    let context = context("function");
    let other = self::context("that stays open");
    let work = member(|receiver, _| Answer::Value(long(receiver)));
    set(&context, "function", &object(55, 100 + work as u32));
    assert_eq!(context.eval_long("function()"), Ok(55));
    context.exec("import builtins\nbuiltins.kept = function").expect("it is kept");
    drop(context);
    let raised = other.eval_long("kept()").expect_err("its context is closed").raised();
    assert_eq!(raised.text(), "RuntimeError: the context that this Java object came through is closed");
    other.exec("import builtins\ndel builtins.kept").expect("it is forgotten");
}

/// Whether the one argument of a request is an object whose class implements the interfaces of that number.
fn implements(request: &[u8], number: i32) -> bool {
    request[8] == 36 && request[17..21] == number.to_ne_bytes()
}

#[test]
fn an_instance_of_a_class_that_implements_interfaces_is_a_handle_with_their_number() {
    let context = context("implementations");
    let seen = member(|_, request| Answer::Value(long(i64::from(implements(request, 9)))));
    context
        .exec(&format!(
            "from _gilgamesh import ImplementationType\nfrom abc import ABC, ABCMeta\nseen = static({seen})\n\
             class Meta(ImplementationType, ABCMeta): pass\n\
             class One(metaclass=Meta): _java_implementation_ = 9\n\
             class Sub(One): pass\nclass Listed(list, One): pass\n\
             class Bare(metaclass=Meta): pass\nclass Odd(metaclass=Meta): _java_implementation_ = 'nine'\n\
             class Abstract(ABC): pass\n",
        ))
        .expect("definitions run");
    for (expression, is_one) in [
        ("One()", 1),
        ("Sub()", 1),
        ("Listed()", 1),
        ("Bare()", 0),
        ("Odd()", 0),
        ("Abstract()", 0),
        ("One", 0),
        ("[One()]", 0),
    ] {
        assert_eq!(context.eval_long(&format!("seen({expression})")), Ok(is_one), "{expression}");
    }
}

#[test]
fn a_leaf_is_called_with_a_number_and_what_is_none_the_usual_way() {
    let context = context("leaf");
    let usual = member(|_, _| Answer::Value(long(-1)));
    context
        .exec(&format!("absolute = _gilgamesh.JavaStaticMethod({usual}, 'abs', (0, 0, 1, 1, 0, 0, 0, 0))"))
        .expect("it is made");
    assert_eq!(context.eval_long("absolute(-5)"), Ok(5));
    for (call, result) in [("absolute(-5.0)", -1), ("absolute()", -1), ("absolute(2**70)", -1), ("absolute(True)", -1)]
    {
        assert_eq!(context.eval_long(call), Ok(result), "{call}");
    }
    assert_eq!(context.eval_long("absolute(-2**63)"), Ok(-1), "the mark of a failure is asked again");
}

#[test]
fn calls_back_and_forth_until_the_stack_is_full_raise() {
    let context = context("deep");
    let id = context.id;
    let again = member(move |_, _| {
        let context = std::mem::ManuallyDrop::new(Context { id });
        match context.exec("deeper()") {
            Ok(()) => Answer::Nothing,
            Err(error) => {
                let known = matches!(&error, common::Error::Python(raised) if raised.class == "RecursionError")
                    || format!("{error:?}").contains("stack");
                assert!(known, "{error:?}");
                Answer::Failure([&[1, 8][..], &[6, 4, 0, 0, 0], b"deep"].concat())
            }
        }
    });
    context.exec(&format!("def deeper(): static({again})()")).expect("it is defined");
    let raised = context.exec("deeper()").expect_err("it ends").raised();
    assert_eq!(raised.class, "RecursionError");
    assert_eq!(context.eval_long("1"), Ok(1), "and all goes on");
}

#[test]
fn a_member_is_no_receptacle_for_nonsense() {
    let _alone = alone();
    let context = context("nonsense");
    for made in [
        "JavaMethod()",
        "JavaMethod(1)",
        "JavaMethod('a', 'b')",
        "JavaMethod(1, 2)",
        "JavaMethod(1, 'a', 3)",
        "JavaObject()",
        "JavaFunction()",
    ] {
        let raised = context.eval_long(&format!("_gilgamesh.{made}")).expect_err(made).raised();
        assert_eq!(raised.class, "TypeError", "{made}");
    }
    assert_eq!(context.eval_bool("_gilgamesh.JavaMethod(5, 'name').number == 5"), Ok(true));
    assert_eq!(context.eval_value("_gilgamesh.JavaMethod(5, 'name').__name__"), Ok(Value::Text("name".into())));
    context
        .exec("made = _gilgamesh.JavaMethod(5, 'name'); made.itself = made; del made; import gc; gc.collect()")
        .expect("a cycle is collected");
    let _ = want::OBJECT;
}
