//! Calls whose result has parts, each in a form of its own.

mod common;

use common::{Context, Error, Reply, Request, Value, alone, reply, request, want};
use gilgamesh_core::verbs::parts::call_parts;

fn wanted(parts: &[(i32, &str)]) -> Request {
    parts.iter().fold(request().u32(parts.len()), |made, (want, step)| {
        made.raw(&want.to_ne_bytes()).u32(step.len()).raw(step.as_bytes())
    })
}

fn call(context: &Context, function: &str, request: &Request) -> Result<Vec<u8>, Error> {
    let function = context.eval(function).expect("a function");
    reply(request, |exchange| call_parts(context.id, function, exchange))
}

#[test]
fn each_part_comes_in_its_form() {
    let _alone = alone();
    let context = Context::open("parts");
    let request = wanted(&[(want::VALUE, "a"), (want::OBJECT, "b")]).arguments(1, 0).long(4);
    let bytes = call(&context, "lambda a: (a + 1, a)", &request).expect("two parts");
    let mut reply = Reply::new(&bytes);
    assert!(matches!(reply.value(), Value::Long(5)));
    assert!(matches!(reply.value(), Value::Handle(_)));
    assert!(reply.is_done());
}

#[test]
fn a_part_that_cannot_cross_is_named_and_the_others_are_let_go() {
    let _alone = alone();
    let context = Context::open("parts");
    context.exec("held = object()\nimport sys\nloop = []\nloop.append(loop)").expect("statements run");
    let before = context.eval_long("sys.getrefcount(held)");
    let request = wanted(&[(want::OBJECT, "a"), (want::VALUE, "b")]).arguments(0, 0);
    let refused = call(&context, "lambda: (held, loop)", &request);
    assert!(matches!(&refused, Err(Error::Conversion { path, .. }) if path.starts_with("b[0]")), "{refused:?}");
    assert_eq!(context.eval_long("sys.getrefcount(held)"), before);
}

#[test]
fn a_result_of_other_parts_is_refused() {
    let _alone = alone();
    let context = Context::open("parts");
    for result in ["lambda: (1, 2)", "lambda: [1]", "lambda: None"] {
        let refused = call(&context, result, &wanted(&[(want::VALUE, "a")]).arguments(0, 0));
        assert!(refused.is_err(), "{result}: {refused:?}");
    }
}
