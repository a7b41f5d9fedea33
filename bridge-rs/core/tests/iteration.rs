//! Iteration in batches, and what goes wrong in the middle of one.

mod common;

use common::{Context, Error, Raised, Reply, Value, is_error_set, reply, request, want};
use gilgamesh_core::verbs::iteration;

/// How a batch ended.
#[derive(Debug, PartialEq)]
enum End {
    Ended,
    More,
    Raised(Box<Error>),
}

/// The second form where elements are no pairs.
const SINGLE: i32 = -1;

fn next(context: &Context, iterator: i64, most: i32) -> Result<(Vec<i64>, End), Error> {
    let bytes = reply(&request(), |exchange| {
        iteration::next_batch(context.id, iterator, most, want::OBJECT, SINGLE, exchange)
    })?;
    let mut reply = Reply::new(&bytes);
    let (elements, end) = batch(&mut reply, 1);
    assert!(reply.is_done(), "nothing follows the batch");
    let handle = |element| if let Value::Handle(handle) = element { handle } else { panic!("no handle: {element:?}") };
    Ok((elements.into_iter().map(handle).collect(), end))
}

/// The elements of a batch, each of so many parts, and how it ended.
fn batch(reply: &mut Reply<'_>, parts: usize) -> (Vec<Value>, End) {
    let count = reply.count() * parts;
    let elements = (0..count).map(|_| reply.value()).collect();
    let end = match reply.u8() {
        0 => End::Ended,
        1 => End::More,
        _ => End::Raised(Box::new(reply.error())),
    };
    (elements, end)
}

/// Iterates afresh: the elements, how the batch ended, and the iterator where there may be more.
fn iterate(context: &Context, owner: i64, most: i32, wanted: (i32, i32)) -> Result<(Vec<Value>, End, i64), Error> {
    let bytes =
        reply(&request(), |exchange| iteration::iterate(context.id, owner, most, wanted.0, wanted.1, exchange))?;
    let mut reply = Reply::new(&bytes);
    let (elements, end) = batch(&mut reply, if wanted.1 < 0 { 1 } else { 2 });
    let iterator = if end == End::More { reply.i64() } else { 0 };
    assert!(reply.is_done(), "nothing follows the batch");
    Ok((elements, end, iterator))
}

fn raised(end: End) -> Raised {
    let End::Raised(error) = end else { panic!("{end:?}") };
    error.raised()
}

fn longs(context: &Context, handles: &[i64]) -> Vec<i64> {
    handles.iter().map(|&handle| context.inspect(handle, 0, want::LONG).expect("an int")).collect()
}

#[test]
fn elements_come_in_batches_until_the_end() {
    let context = Context::open("batches");
    let iterator = context.eval("iter(range(7))").expect("an iterator");
    let mut seen = Vec::new();
    for (wanted, end) in [(3, End::More), (3, End::More), (1, End::Ended), (0, End::Ended)] {
        let (elements, ended) = next(&context, iterator, 3).expect("a batch");
        assert_eq!((elements.len(), ended), (wanted, end));
        seen.extend(longs(&context, &elements));
    }
    assert_eq!(seen, [0, 1, 2, 3, 4, 5, 6]);
    let even = context.eval("iter(range(4))").expect("an iterator");
    let ends: Vec<End> = (0..3).map(|_| next(&context, even, 2).expect("a batch").1).collect();
    assert_eq!(ends, [End::More, End::More, End::Ended]);
    assert_eq!(next(&context, even, 0).expect("a batch"), (Vec::new(), End::More));
}

#[test]
fn elements_before_an_exception_are_not_lost() {
    let context = Context::open("raising");
    context.exec("def numbers():\n    yield 1\n    yield 2\n    raise ValueError('third')").expect("a definition");
    let iterator = context.eval("numbers()").expect("a generator");
    let transaction = context.begin();
    let (elements, end) = next(&context, iterator, 10).expect("a batch");
    assert_eq!(longs(&context, &elements), [1, 2]);
    let raised = raised(end);
    assert_eq!(raised.text(), "ValueError: third");
    assert_eq!(raised.frames, [("<test>".to_owned(), "numbers".to_owned(), 4)]);
    assert!(!is_error_set());
    assert_eq!(next(&context, iterator, 10), Ok((Vec::new(), End::Ended)), "a generator that raised is at its end");
    drop(transaction);
    let first = context.eval("(1 / 0 for _ in [0])").expect("a generator");
    assert_eq!(next(&context, first, 10).expect_err("it raises at once").raised().class, "ZeroDivisionError");
}

#[test]
fn a_long_exception_after_elements_comes_in_a_block() {
    let context = Context::open("long message");
    context.exec("def numbers():\n    yield 1\n    raise ValueError('x' * 100_000)").expect("a definition");
    let iterator = context.eval("numbers()").expect("a generator");
    let (elements, end) = next(&context, iterator, 10).expect("a batch");
    let raised = raised(end);
    assert_eq!((elements.len(), raised.message.len()), (1, 100_000));
}

#[test]
fn what_changes_meanwhile_is_pythons_own_error_or_goes_on() {
    let context = Context::open("changing");
    context.exec("numbers = [1, 2]\nnames = {'a': 1}").expect("statements run");
    let growing = context.eval("iter(numbers)").expect("an iterator");
    assert_eq!(next(&context, growing, 1).expect("a batch").1, End::More);
    context.exec("numbers.append(3)").expect("a statement runs");
    assert_eq!(next(&context, growing, 9).expect("a batch").0.len(), 2);
    let keys = context.eval("iter(names)").expect("an iterator");
    context.exec("names['b'] = 2").expect("a statement runs");
    let changed = next(&context, keys, 9).expect_err("the dict changed").raised();
    assert_eq!(changed.text(), "RuntimeError: dictionary changed size during iteration");
}

#[test]
fn only_an_iterator_gives_batches() {
    let context = Context::open("no iterator");
    let list = context.eval("[1]").expect("a list");
    assert_eq!(next(&context, list, 1), Err(Error::Argument("the object is not an iterator".into())));
}

#[test]
fn a_batch_belongs_to_the_transaction() {
    let context = Context::open("scoped batch");
    let transaction = context.begin();
    let iterator = context.eval("iter('abc')").expect("an iterator");
    assert_eq!(next(&context, iterator, 9).expect("a batch").0.len(), 3);
    assert_eq!(transaction.end(), Ok(4));
}

#[test]
fn a_large_batch_comes_in_a_block() {
    let context = Context::open("large batch");
    let iterator = context.eval("iter(range(5000))").expect("an iterator");
    let (elements, end) = next(&context, iterator, 10_000).expect("a batch");
    assert_eq!((elements.len(), end), (5000, End::Ended));
    assert_eq!(context.inspect(elements[4999], 0, want::LONG), Ok(4999));
    elements.iter().for_each(|&handle| context.release(handle));
}

#[test]
fn values_and_pairs_cross_in_the_forms_that_are_wanted() {
    let context = Context::open("forms");
    let dict = context.eval("{'a': 1, 'b': [2]}").expect("a dict");
    let text = |text: &str| Value::Text(text.to_owned());
    let keys = iterate(&context, dict, 9, (want::VALUE, SINGLE)).expect("keys");
    assert_eq!(keys, (vec![text("a"), text("b")], End::Ended, 0));
    let (pairs, end, iterator) = iterate(&context, dict, 1, (want::VALUE, want::VALUE)).expect("a pair");
    assert_eq!((pairs, end), (vec![text("a"), Value::Long(1)], End::More));
    let bytes = reply(&request(), |exchange| {
        iteration::next_batch(context.id, iterator, 9, want::VALUE, want::LONG_ARRAY, exchange)
    });
    let (pairs, _) = batch(&mut Reply::new(&bytes.expect("the rest")), 2);
    assert_eq!(pairs, [text("b"), Value::Longs(vec![2])]);
    let (handles, ..) = iterate(&context, dict, 9, (want::VALUE, want::OBJECT)).expect("handles");
    assert!(matches!(handles[3], Value::Handle(_)), "{handles:?}");
}

#[test]
fn an_element_without_a_form_ends_the_batch_and_leaves_no_handle() {
    let context = Context::open("no form");
    context.exec("loop = []\nloop.append(loop)\nelements = [1, (len, loop)]").expect("statements run");
    let elements = context.eval("elements").expect("a list");
    let transaction = context.begin();
    let (taken, end, _) = iterate(&context, elements, 9, (want::VALUE, SINGLE)).expect("a batch");
    assert_eq!(taken, [Value::Long(1)]);
    assert!(matches!(end, End::Raised(error) if matches!(*error, Error::Conversion { .. })));
    let pairs = context.eval("{len: loop}").expect("a dict");
    let refused = iterate(&context, pairs, 9, (want::OBJECT, want::VALUE));
    assert!(matches!(refused, Err(Error::Conversion { .. })), "{refused:?}");
    assert_eq!(transaction.end(), Ok(1), "only the dict has a handle");
}

#[test]
fn items_that_are_no_pairs_are_refused() {
    let context = Context::open("no pairs");
    context.exec("class Odd:\n    def items(self): return [1]").expect("a definition");
    let odd = context.eval("Odd()").expect("an instance");
    let message = "int 1 is not a pair of key and value".to_owned();
    let refused = Err(Error::Conversion { path: String::new(), message });
    assert_eq!(iterate(&context, odd, 9, (want::VALUE, want::VALUE)), refused);
}
