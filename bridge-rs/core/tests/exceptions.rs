//! Exceptions: what their records hold, however odd they are.

mod common;

use common::{Context, Error, Extra, Raised, Value, is_error_set, want};

const TRACEBACK: i32 = 11;

/// The record of what the statements raise.
fn raised(source: &str) -> Raised {
    let context = Context::open("exceptions");
    let transaction = context.begin();
    let raised = context.exec(source).expect_err("it raises").raised();
    assert!(!is_error_set(), "after {source}");
    assert_eq!(context.eval_long("1 + 1"), Ok(2), "after {source}");
    drop(transaction);
    raised
}

#[test]
fn a_record_holds_type_message_frames_and_notes() {
    let raised = raised(
        "def inner(x):\n    raise ValueError('bad', x)\nclass K:\n    def method(self):\n        inner(1)\ntry:\n    K().method()\n\
         except ValueError as e:\n    e.add_note('first')\n    e.add_note('se\\u00e7ond')\n    raise\n",
    );
    assert_eq!(raised.text(), "ValueError: ('bad', 1)");
    assert_eq!(raised.notes, ["first", "seçond"]);
    let frame = |function: &str, line| ("<test>".to_owned(), function.to_owned(), line);
    assert_eq!(raised.frames, [frame("<module>", 7), frame("K.method", 5), frame("inner", 2)]);
    assert_eq!((raised.extra, raised.cause, raised.members.len()), (Extra::None, None, 0));
}

#[test]
fn a_name_is_qualified_unless_it_is_a_builtin() {
    assert_eq!(raised("import json\njson.loads('{')").class, "json.decoder.JSONDecodeError");
    assert_eq!(raised("class Own(Exception): pass\nraise Own").text(), "__main__.Own: ");
    assert_eq!(raised("class A:\n    class B(Exception): pass\nraise A.B(1)").text(), "__main__.A.B: 1");
    assert_eq!(raised("raise KeyError('k')").text(), "KeyError: 'k'");
    assert_eq!(raised("class Own(Exception): pass\nOwn.__module__ = None\nraise Own").class, "<unknown>.Own");
    assert_eq!(raised("print(printx)").text(), "NameError: name 'printx' is not defined");
    assert_eq!(raised("raise KeyboardInterrupt").text(), "KeyboardInterrupt: ");
}

#[test]
fn causes_and_contexts_are_told_apart() {
    let explicit = raised("try:\n    {}['k']\nexcept KeyError as e:\n    raise ValueError('outer') from e");
    let (is_explicit, cause) = explicit.cause.expect("a cause");
    assert_eq!((is_explicit, cause.text()), (true, "KeyError: 'k'".to_owned()));
    let implicit = raised("try:\n    {}['k']\nexcept KeyError:\n    raise ValueError('outer')");
    let (is_explicit, context) = implicit.cause.expect("a context");
    assert_eq!((is_explicit, context.class.as_str(), context.frames.len()), (false, "KeyError", 1));
    let suppressed = raised("try:\n    {}['k']\nexcept KeyError:\n    raise ValueError('outer') from None");
    assert_eq!(suppressed.cause, None);
}

#[test]
fn a_circle_of_contexts_ends() {
    let circle = raised(
        "a, b, c = ValueError('a'), KeyError('b'), TypeError('c')\na.__context__ = b\nb.__cause__ = c\nc.__context__ = a\nraise a",
    );
    let (_, b) = circle.cause.expect("b");
    let (_, c) = b.cause.expect("c");
    assert_eq!((b.class.as_str(), c.class.as_str(), c.cause), ("KeyError", "TypeError", None));
    let own = raised("a = ValueError('a')\na.__cause__ = a\nraise a");
    assert_eq!(own.cause, None);
}

#[test]
fn a_long_chain_is_cut() {
    let mut link =
        raised("e = None\nfor i in range(5000):\n    n = ValueError(i)\n    n.__context__ = e\n    e = n\nraise e");
    let mut length = 1;
    while let Some((_, next)) = link.cause.take() {
        link = *next;
        length += 1;
    }
    assert_eq!(length, 200);
}

#[test]
fn groups_hold_their_members() {
    let group = raised(
        "raise ExceptionGroup('many', [ValueError('one'), ExceptionGroup('inner', [KeyError(2)]), OSError(2, 'gone')])",
    );
    let classes: Vec<&str> = group.members.iter().map(|member| member.class.as_str()).collect();
    assert_eq!(group.text(), "ExceptionGroup: many (3 sub-exceptions)");
    assert_eq!(classes, ["ValueError", "ExceptionGroup", "FileNotFoundError"]);
    assert_eq!(group.members[1].members[0].text(), "KeyError: 2");
    let base = raised("raise BaseExceptionGroup('base', [KeyboardInterrupt(), SystemExit(3)])");
    assert_eq!(base.members[1].extra, Extra::Exit(Value::Long(3)));
    let twice = raised("e = ValueError(1)\nraise ExceptionGroup('twice', [e, e]) from e");
    assert_eq!(twice.members.len(), 2);
    assert!(twice.cause.is_some());
}

#[test]
fn groups_that_multiply_are_cut() {
    let large = raised("raise ExceptionGroup('large', [ValueError(i) for i in range(20_000)])");
    assert_eq!(large.members.len(), 9_999);
    let doubling =
        raised("e = ValueError(0)\nfor level in range(60):\n    e = ExceptionGroup('level', [e, e])\nraise e");
    assert_eq!(doubling.text(), "ExceptionGroup: level (2 sub-exceptions)");
}

#[test]
fn parts_that_cannot_be_told_do_not_hide_the_rest() {
    let odd = raised(
        "class Odd(Exception):\n    def __str__(self): raise RuntimeError('no text')\ne = Odd()\ne.__notes__ = ['note', 5]\nraise e",
    );
    assert_eq!((odd.message.as_str(), odd.notes), ("<exception str() failed>", vec!["note".into(), "5".into()]));
    let no_list = raised("e = ValueError('x')\ne.__notes__ = 5\nraise e");
    assert_eq!((no_list.text(), no_list.notes.len()), ("ValueError: x".to_owned(), 0));
    let hostile = raised(
        "class Note:\n    def __str__(self): raise RuntimeError\nclass Hostile(Exception):\n    def __getattribute__(self, name): raise RuntimeError(name)\n\
         raise Hostile('x')",
    );
    assert_eq!(hostile.text(), "__main__.Hostile: x");
    let surrogate = raised("raise ValueError('a\\ud800')");
    assert_eq!(surrogate.message, "a\u{fffd}", "the test's reader cannot show a lone surrogate");
    let long = raised("raise ValueError('x' * 1_000_000)");
    assert_eq!(long.message.len(), 1_000_000);
}

#[test]
fn a_syntax_error_has_its_place() {
    let context = Context::open("syntax");
    let extra = |source| context.exec(source).expect_err("no syntax").raised();
    let place = extra("x = 1\ny = = 2\n").extra;
    let Extra::Syntax { file, line, column, text } = place else { panic!("{place:?}") };
    assert_eq!((file.as_deref(), line, column), (Some("<test>"), 2, 5));
    assert_eq!(text.expect("the line").trim_end(), "y = = 2");
    let indented = extra("if True:\nx = 1");
    assert_eq!(indented.class, "IndentationError");
    let bare = raised("raise SyntaxError('of my own')").extra;
    assert_eq!(bare, Extra::Syntax { file: None, line: -1, column: -1, text: None });
}

#[test]
fn an_exit_has_its_code() {
    let code = |source| match raised(source).extra {
        Extra::Exit(code) => code,
        other => panic!("{other:?}"),
    };
    assert_eq!(code("import sys\nsys.exit(3)"), Value::Long(3));
    assert_eq!(code("raise SystemExit"), Value::Null);
    assert_eq!(code("import sys\nsys.exit('why')"), Value::Text("why".into()));
    assert_eq!(code("import sys\nsys.exit((1, 2))"), Value::Text("(1, 2)".into()));
}

#[test]
fn a_deep_traceback_keeps_both_ends() {
    let deep =
        raised("def down(n):\n    if n: down(n - 1)\n    1 / 0\nimport sys\nsys.setrecursionlimit(3000)\ndown(2000)");
    assert_eq!(deep.frames.len(), 1024);
    assert_eq!((deep.frames[0].1.as_str(), deep.frames[1023].2), ("<module>", 3));
    let endless = raised("def down(): down()\ndown()");
    assert_eq!(endless.class, "RecursionError");
}

#[test]
fn the_exception_object_outlives_its_transaction() {
    let context = Context::open("object");
    let transaction = context.begin();
    let raised = context.eval("{}['k']").expect_err("no key").raised();
    transaction.end().expect("it ends");
    assert_eq!(
        context.inspect(raised.reference, 6, want::OBJECT).and_then(|class| {
            context.call(
                context.eval("lambda c: c is KeyError")?,
                want::BOOLEAN,
                &common::request().arguments(1, 0).handle(class),
            )
        }),
        Ok(1)
    );
    let text = common::reply(&common::request(), |exchange| {
        gilgamesh_core::verbs::inspection::inspect(context.id, raised.reference, TRACEBACK, want::TEXT, exchange)
    });
    let text = String::from_utf8_lossy(&text.expect("a text")[5..]).into_owned();
    assert!(
        text.starts_with("Traceback (most recent call last):\n  File \"<test>\", line 1")
            && text.ends_with("KeyError: 'k'\n"),
        "{text}"
    );
    context.release(raised.reference);
    assert!(matches!(context.inspect(raised.reference, 1, want::NOTHING), Err(Error::Stale { issued: true, .. })));
}
