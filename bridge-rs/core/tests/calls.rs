//! Calls: many arguments, keywords, methods, callables of all kinds.

mod common;

use common::{Context, Error, Request, number, request, want};
use gilgamesh_core::verbs::{attributes, calls};

const PLAIN: &str = "
def count(*args, **named): return len(args) * 1000 + len(named)
def check(*args, **named):
    return args == tuple(range(len(args))) and named == {f'k{i}': i for i in range(len(named))}
def two(a, *, b=0): return a - b
class Callable:
    def __call__(self, a): return a + 1
    def method(self, *args, **named): return self is it and check(*args, **named)
    @classmethod
    def of_class(cls, a): return cls is Callable and a
it = Callable()
";

fn context() -> Context {
    let context = Context::open("calls");
    context.exec(PLAIN).expect("definitions run");
    context
}

fn arguments(positional: usize, named: usize) -> Request {
    let start = (0..positional).fold(request().arguments(positional, named), |made, value| made.long(value as i64));
    (0..named).fold(start, |made, index| made.text(&format!("k{index}")).long(index as i64))
}

fn call_method(context: &Context, receiver: i64, method: &str, arguments: &Request) -> Result<i64, Error> {
    let method = number(&request().text(method), |exchange| attributes::intern(context.id, exchange))?;
    number(arguments, |exchange| calls::call_method(context.id, receiver, method, want::BOOLEAN, exchange))
}

#[test]
fn up_to_300_arguments_arrive_in_order() {
    let context = context();
    let (check, it) = (context.eval("check").expect("a function"), context.eval("it").expect("an object"));
    for count in [0, 1, 2, 5, 6, 7, 8, 9, 20, 300] {
        for named in [0, 1, 2, 7, 300] {
            let result = context.call(check, want::BOOLEAN, &arguments(count, named));
            assert_eq!(result, Ok(1), "{count} and {named}");
            let result = call_method(&context, it, "method", &arguments(count, named));
            assert_eq!(result, Ok(1), "a method with {count} and {named}");
        }
    }
}

#[test]
fn any_callable_can_be_called() {
    let context = context();
    let one = request().arguments(1, 0).long(6);
    for (callable, result) in [
        ("it", 7),
        ("Callable.of_class", 6),
        ("it.of_class", 6),
        ("int", 6),
        ("abs", 6),
        ("two", 6),
        ("lambda a: a * 2", 12),
        ("__import__('functools').partial(two, b=1)", 5),
    ] {
        let callable = context.eval(callable).expect("a callable");
        assert_eq!(context.call(callable, want::LONG, &one), Ok(result));
    }
    let count = context.eval("count").expect("a function");
    assert_eq!(number(&request(), |exchange| calls::call0(context.id, count, want::LONG, exchange)), Ok(0));
}

#[test]
fn what_does_not_fit_the_signature_is_pythons_type_error() {
    let context = context();
    let two = context.eval("two").expect("a function");
    let unknown = context.call(two, want::LONG, &request().arguments(1, 1).long(1).text("c").long(2));
    assert_eq!(
        unknown.expect_err("no such keyword").raised().text(),
        "TypeError: two() got an unexpected keyword argument 'c'"
    );
    let twice = context.call(two, want::LONG, &request().arguments(1, 1).long(1).text("a").long(2));
    assert_eq!(
        twice.expect_err("a is given twice").raised().text(),
        "TypeError: two() got multiple values for argument 'a'"
    );
    let missing = context.call(two, want::LONG, &request().arguments(0, 0));
    assert_eq!(missing.expect_err("a is missing").raised().class, "TypeError");
    let nothing = context.eval("5").expect("an int");
    let not_callable = context.call(nothing, want::LONG, &request().arguments(0, 0));
    assert_eq!(not_callable.expect_err("no callable").raised().text(), "TypeError: 'int' object is not callable");
}

#[test]
fn an_argument_that_cannot_be_made_is_named_and_the_others_are_let_go() {
    let context = context();
    context.exec("held = object()\nimport sys").expect("statements run");
    let (count, held) = (context.eval("count").expect("a function"), context.eval("held").expect("an object"));
    let before = context.eval_long("sys.getrefcount(held)");
    // The third argument is a dict whose key is a list.
    let third = request().arguments(3, 0).handle(held).handle(held).list(2).null().dict(1).list(0).null();
    let refused = context.call(count, want::LONG, &third);
    let Err(Error::Conversion { path, message }) = refused else { panic!("{refused:?}") };
    assert_eq!((path.as_str(), &message[..25]), ("argument 2[1]", "a list cannot be hashed, "));
    let named = request().arguments(1, 2).handle(held).text("fine").handle(held).text("bad").dict(1).list(0).null();
    let refused = context.call(count, want::LONG, &named);
    assert!(matches!(&refused, Err(Error::Conversion { path, .. }) if path == "argument bad"), "{refused:?}");
    let stale = context.call(count, want::LONG, &request().arguments(2, 0).handle(held).handle(12345 << 8));
    assert!(matches!(stale, Err(Error::Stale { reference, issued: false }) if reference == 12345 << 8), "{stale:?}");
    assert_eq!(context.eval_long("sys.getrefcount(held)"), before);
}

#[test]
fn a_call_leaves_no_reference_behind() {
    let context = context();
    context.exec("held = object()\nimport sys").expect("statements run");
    let (count, held) = (context.eval("count").expect("a function"), context.eval("held").expect("an object"));
    let before = context.eval_long("sys.getrefcount(held)");
    for round in 0..100 {
        let (positional, named) = (round % 20, round % 7);
        let start = (0..positional).fold(request().arguments(positional, named), |made, _| made.handle(held));
        let all = (0..named).fold(start, |made, index| made.text(&format!("k{index}")).handle(held));
        let result = context.call(count, want::LONG, &all);
        assert_eq!(result, Ok((positional * 1000 + named) as i64));
    }
    assert_eq!(context.eval_long("sys.getrefcount(held)"), before);
}
