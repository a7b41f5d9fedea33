//! Looking up, replacing and removing elements and entries, as live views do.

mod common;

use common::{Context, Error, Reply, Request, Value, number, reply, request, want};
use gilgamesh_core::verbs::access;

const FIND: i32 = 0;
const REPLACE: i32 = 1;
const REMOVE: i32 = 2;
const CONTAINS: i32 = 3;
const ADD: i32 = 4;
const DISCARD: i32 = 5;
const FIRST: i32 = 6;
const LAST: i32 = 7;

/// What was there, or nothing.
fn found(result: Result<Vec<u8>, Error>) -> Result<Option<Value>, Error> {
    result.map(|bytes| (!bytes.is_empty()).then(|| Reply::new(&bytes).value()))
}

fn element(context: &Context, owner: i64, index: i64, what: i32, value: &Request) -> Result<Option<Value>, Error> {
    found(reply(value, |exchange| access::element(context.id, owner, index, what, want::VALUE, exchange)))
}

fn entry(context: &Context, owner: i64, what: i32, given: &Request) -> Result<Option<Value>, Error> {
    found(reply(given, |exchange| access::entry(context.id, owner, what, want::VALUE, exchange)))
}

fn answer(context: &Context, owner: i64, what: i32, given: &Request) -> Result<i64, Error> {
    number(given, |exchange| access::entry(context.id, owner, what, want::VALUE, exchange))
}

fn refused(kind: &str) -> Error {
    let message = format!("a {kind} cannot be hashed, so it is no key of a dict or element of a set");
    Error::Conversion { path: String::new(), message }
}

#[test]
fn elements_are_read_replaced_and_removed_where_they_are_there() {
    let context = Context::open("elements");
    for made in ["[1, 2, 3]", "__import__('collections').deque([1, 2, 3])"] {
        let owner = context.eval(made).expect("a sequence");
        assert_eq!(element(&context, owner, 2, FIND, &request()), Ok(Some(Value::Long(3))));
        assert_eq!(element(&context, owner, 3, FIND, &request()), Ok(None), "{made}");
        assert_eq!(element(&context, owner, 0, REPLACE, &request().long(7)), Ok(Some(Value::Long(1))));
        assert_eq!(element(&context, owner, 9, REPLACE, &request().long(7)), Ok(None), "{made}");
        assert_eq!(element(&context, owner, 1, REMOVE, &request()), Ok(Some(Value::Long(2))));
        assert_eq!(element(&context, owner, 0, FIND, &request()), Ok(Some(Value::Long(7))));
        assert_eq!(context.inspect(owner, 3, want::LONG), Ok(2));
    }
    let none = context.eval("[None]").expect("a list");
    assert_eq!(element(&context, none, 0, FIND, &request()), Ok(Some(Value::Null)));
    let tuple = context.eval("(1,)").expect("a tuple");
    let raised = element(&context, tuple, 0, REPLACE, &request().long(7)).expect_err("a tuple is as it is").raised();
    assert_eq!(raised.class, "TypeError");
}

#[test]
fn entries_are_absent_or_there_also_as_none() {
    let context = Context::open("entries");
    let dict = context.eval("{'a': 1, 'n': None}").expect("a dict");
    assert_eq!(entry(&context, dict, FIND, &request().text("a")), Ok(Some(Value::Long(1))));
    assert_eq!(entry(&context, dict, FIND, &request().text("n")), Ok(Some(Value::Null)));
    assert_eq!(entry(&context, dict, FIND, &request().text("x")), Ok(None));
    assert_eq!(entry(&context, dict, REPLACE, &request().text("a").long(2)), Ok(Some(Value::Long(1))));
    assert_eq!(entry(&context, dict, REPLACE, &request().text("x").long(3)), Ok(None));
    assert_eq!(entry(&context, dict, REMOVE, &request().text("a")), Ok(Some(Value::Long(2))));
    assert_eq!(entry(&context, dict, REMOVE, &request().text("a")), Ok(None));
    assert_eq!(context.inspect(dict, 3, want::LONG), Ok(2));
}

#[test]
fn a_look_up_makes_no_entry() {
    let context = Context::open("missing");
    context
        .exec(
            "import collections\n\
             class Folded(dict):\n    def __getitem__(self, key): return super().__getitem__(key.lower())\n    \
             def __contains__(self, key): return super().__contains__(key.lower())\n\
             defaults = collections.defaultdict(list)",
        )
        .expect("statements run");
    for made in ["defaults", "collections.ChainMap(defaults)", "collections.Counter()"] {
        let owner = context.eval(made).expect("a mapping");
        assert_eq!(entry(&context, owner, FIND, &request().text("x")), Ok(None), "{made}");
    }
    assert_eq!(context.eval_long("len(defaults)"), Ok(0));
    let folded = context.eval("Folded(a=1)").expect("a dict");
    assert_eq!(entry(&context, folded, FIND, &request().text("A")), Ok(Some(Value::Long(1))), "its own way to read");
}

#[test]
fn what_cannot_be_hashed_is_in_nothing_and_is_put_nowhere() {
    let context = Context::open("unhashable");
    let dict = context.eval("{}").expect("a dict");
    let set = context.eval("set()").expect("a set");
    let list = || request().list(0);
    assert_eq!(entry(&context, dict, FIND, &list()), Ok(None));
    assert_eq!(entry(&context, dict, REMOVE, &list()), Ok(None));
    assert_eq!(answer(&context, set, CONTAINS, &list()), Ok(0));
    assert_eq!(answer(&context, set, DISCARD, &list()), Ok(0));
    assert_eq!(entry(&context, dict, REPLACE, &list().long(1)), Err(refused("list")));
    assert_eq!(answer(&context, set, ADD, &list()), Err(refused("list")));
    context
        .exec("class Odd:\n    def __eq__(self, other): raise TypeError('odd')\n    def __hash__(self): return 1")
        .expect("a class");
    let odd = context.eval("{Odd(): 1}").expect("a dict");
    let raised = entry(&context, odd, FIND, &request().long(1)).expect_err("its comparison raises").raised();
    assert_eq!(raised.text(), "TypeError: odd", "another TypeError is no answer");
}

#[test]
fn sets_say_whether_they_changed() {
    let context = Context::open("sets");
    let set = context.eval("{1}").expect("a set");
    let steps = [(CONTAINS, 2, 0), (ADD, 2, 1), (ADD, 2, 0), (CONTAINS, 2, 1), (DISCARD, 1, 1), (DISCARD, 1, 0)];
    for (what, value, changed) in steps {
        assert_eq!(answer(&context, set, what, &request().long(value)), Ok(changed), "{what} {value}");
    }
}

#[test]
fn places_are_found_from_both_ends() {
    let context = Context::open("places");
    let numbers = context.eval("(5, 1.0, 1, 5)").expect("a tuple");
    for (what, value, index) in [(FIRST, 5, 0), (LAST, 5, 3), (FIRST, 1, 1), (LAST, 1, 2), (FIRST, 9, -1)] {
        assert_eq!(answer(&context, numbers, what, &request().long(value)), Ok(index));
    }
    let failing = context.eval("(1 / 0 for _ in [0])").expect("a generator");
    let raised = answer(&context, failing, FIRST, &request().long(1)).expect_err("it raises").raised();
    assert_eq!(raised.class, "ZeroDivisionError");
}
