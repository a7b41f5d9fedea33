//! Replies that do not fit the leased buffer: they come in blocks, which are counted and given back.

mod common;

use common::{Context, Error, Exchange, Figure, Reply, Value, alone, figure, want};
use gilgamesh_core::verbs::code;

fn resident_kilobytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").expect("Linux tells");
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).expect("a resident size");
    line.split_whitespace().nth(1).and_then(|size| size.parse().ok()).expect("a number")
}

#[test]
fn a_block_is_counted_until_it_is_given_back() {
    let _alone = alone();
    let context = Context::open("counted");
    let compiled = context.compile(1, "'x' * 1_000_000").expect("code");
    let mut exchange = Exchange::new(&[]);
    assert_eq!(code::run(context.id, compiled, want::VALUE, exchange.address()), i64::MIN);
    assert_eq!(figure(Figure::ReplyBytes), 1_000_005);
    let reply = exchange.failure().expect("no error").expect("a block");
    assert_eq!((reply.len(), figure(Figure::ReplyBytes)), (1_000_005, 0));
}

#[test]
fn whatever_is_large_comes_whole() {
    let _alone = alone();
    let context = Context::open("large");
    let list = context.eval_value("list(range(200_000))").expect("a list");
    assert_eq!(list, Value::Longs((0..200_000).collect()));
    let Ok(Value::List(texts)) = context.eval_value("['é' * 100] * 10_000") else { panic!("no list") };
    assert_eq!((texts.len(), texts[9_999].clone()), (10_000, Value::Text("é".repeat(100))));
    let numbers = context.eval_reply("range(10_000)", want::LONG_ARRAY).expect("an array");
    assert_eq!(Reply::new(&numbers).value(), Value::Longs((0..10_000).collect()));
    let reals = context.eval_reply("[0.5] * 100_000", want::DOUBLE_ARRAY).expect("an array");
    assert_eq!(reals.len(), 6 + 800_000);
    let text = context.eval_reply("'\\U0001f600' * 1_000_000", want::TEXT).expect("a text");
    assert_eq!(text.len(), 5 + 4_000_000);
    // At the buffer's size, one less and one more: the form is the same.
    for characters in 4080..4105 {
        let text = context.eval_value(&format!("'y' * {characters}"));
        assert_eq!(text, Ok(Value::Text("y".repeat(characters))));
    }
    assert_eq!(figure(Figure::ReplyBytes), 0);
}

#[test]
fn an_error_record_may_be_large_too() {
    let _alone = alone();
    let context = Context::open("large error");
    let raised = context.eval("{}['z' * 3_000_000]").expect_err("no key").raised();
    assert_eq!((raised.message.len(), figure(Figure::ReplyBytes)), (3_000_002, 0));
}

#[test]
fn a_conversion_that_fails_after_much_was_written_leaves_no_memory() {
    let _alone = alone();
    let context = Context::open("failing");
    context.exec("text = 'x' * 10_000_000\nloop = []\nloop.append(loop)").expect("statements run");
    let fail = || context.eval_reply("[text, loop]", want::VALUE);
    assert!(matches!(fail(), Err(Error::Conversion { .. })));
    let before = resident_kilobytes();
    for _ in 0..40 {
        assert!(matches!(fail(), Err(Error::Conversion { .. })));
    }
    let grown = resident_kilobytes().saturating_sub(before);
    assert!(grown < 100_000, "{grown} kB of 400 000 kB were left");
    assert_eq!(figure(Figure::ReplyBytes), 0);
}
