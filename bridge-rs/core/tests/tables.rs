//! What a table is on the wire: columns of numbers as blocks, others element by element.

mod common;

use common::{Context, Error, alone, want};

fn table(context: &Context, expression: &str) -> Vec<u8> {
    context.eval_reply(expression, want::TABLE).expect("a table")
}

/// `DICT` and the count of columns; the name of the only one.
fn head(name: u8) -> Vec<u8> {
    vec![14, 1, 0, 0, 0, 6, 1, 0, 0, 0, name]
}

fn block(name: u8, code: u8, rows: u8, elements: &[u8]) -> Vec<u8> {
    [&head(name)[..], &[15, code, rows, 0, 0, 0], elements].concat()
}

#[test]
fn numbers_cross_as_blocks() {
    let _alone = alone();
    let context = Context::open("tables");
    context.exec("from array import array").expect("an import");
    let longs = [1_i64.to_ne_bytes(), (-2_i64).to_ne_bytes()].concat();
    assert_eq!(table(&context, "{'x': [1, -2]}"), block(b'x', b'q', 2, &longs));
    assert_eq!(table(&context, "{'x': array('q', [1, -2])}"), block(b'x', b'q', 2, &longs));
    assert_eq!(table(&context, "[{'x': 1}, {'x': -2}]"), block(b'x', b'q', 2, &longs));
    let reals = [0.5_f64.to_ne_bytes(), 2_f64.to_ne_bytes()].concat();
    assert_eq!(table(&context, "{'x': [0.5, 2]}"), block(b'x', b'd', 2, &reals));
    assert_eq!(table(&context, "{'x': [True, False]}"), block(b'x', b'?', 2, &[1, 0]));
}

#[test]
fn what_is_no_number_crosses_element_by_element() {
    let _alone = alone();
    let context = Context::open("tables");
    let list = [&head(b'x')[..], &[10, 2, 0, 0, 0], &[6, 1, 0, 0, 0, b'a'], &[0]].concat();
    assert_eq!(table(&context, "{'x': ['a', None]}"), list);
    assert_eq!(table(&context, "None"), [0]);
}

#[test]
fn a_table_that_changes_while_it_is_converted_is_refused() {
    let _alone = alone();
    let context = Context::open("tables");
    context
        .exec(
            "import datetime\nlonger = [1]\nclass Zone(datetime.tzinfo):\n  def utcoffset(self, time):\n    longer.append(2)\n    \
             return datetime.timedelta(0)\nodd = {'a': [datetime.datetime(2024, 1, 1, tzinfo=Zone())], 'b': longer}",
        )
        .expect("statements run");
    match context.eval_reply("odd", want::TABLE) {
        Err(Error::Conversion { path, message }) => {
            assert_eq!((path.as_str(), message.as_str()), ("['b']", "the table was changed while it was converted"));
        }
        other => panic!("{other:?}"),
    }
}
