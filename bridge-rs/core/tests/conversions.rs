//! The conversion table against CPython: what the core writes for a Python value, and what it makes of a request.

mod common;

use common::{Context, Error, Reply, number, reply, request, want};
use gilgamesh_core::verbs::{code, operators};
use serde_json::Value as Json;
use std::path::Path;

/// Where a value's bytes are fixed, and where any handle on an object may stand.
enum Piece {
    Bytes(Vec<u8>),
    Handle(String),
}

fn table() -> Json {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/cases/conversions.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the table is there")).expect("the table is JSON")
}

fn rows<'a>(table: &'a Json, section: &str) -> &'a [Json] {
    table[section].as_array().expect("a section of cases")
}

fn text<'a>(case: &'a Json, column: &str) -> &'a str {
    case[column].as_str().unwrap_or_else(|| panic!("{column} of {case} is a text"))
}

fn with_prelude(table: &Json) -> Context {
    let context = Context::open("conversions");
    let lines: Vec<&str> = rows(table, "prelude").iter().map(|line| line.as_str().expect("a line")).collect();
    context.exec(&lines.join("\n")).expect("the prelude runs");
    context
}

/// Hex digits, with blanks anywhere; `(name)` is a handle; `{"repeat": ..., "times": ...}` repeats.
fn pieces(wire: &Json) -> Vec<Piece> {
    match wire {
        Json::Array(parts) => parts.iter().flat_map(pieces).collect(),
        Json::String(text) => text.split_whitespace().map(piece).collect(),
        repeated => {
            let times = repeated["times"].as_u64().expect("a count") as usize;
            vec![Piece::Bytes(hex(&text(repeated, "repeat").replace(' ', "")).repeat(times))]
        }
    }
}

fn piece(word: &str) -> Piece {
    match word.strip_prefix('(').and_then(|word| word.strip_suffix(')')) {
        Some(name) => Piece::Handle(name.to_owned()),
        None => Piece::Bytes(hex(word)),
    }
}

fn hex(digits: &str) -> Vec<u8> {
    let byte = |at| u8::from_str_radix(&digits[at..at + 2], 16).expect("hex digits");
    (0..digits.len()).step_by(2).map(byte).collect()
}

/// Whether the reply is this; handles may be any on the named objects.
fn matches(context: &Context, mut reply: &[u8], wanted: &[Piece]) -> bool {
    for piece in wanted {
        let length = if let Piece::Bytes(bytes) = piece { bytes.len() } else { 8 };
        let Some((found, rest)) = reply.split_at_checked(length) else { return false };
        reply = rest;
        let fits = match piece {
            Piece::Bytes(bytes) => bytes == found,
            Piece::Handle(name) => is_handle_on(context, found, name),
        };
        if !fits {
            return false;
        }
    }
    reply.is_empty()
}

fn is_handle_on(context: &Context, bytes: &[u8], name: &str) -> bool {
    let found = i64::from_ne_bytes(bytes.try_into().expect("eight bytes"));
    let wanted = context.eval(name).expect("a name of the prelude");
    number(&request(), |exchange| operators::same(context.id, found, wanted, exchange)) == Ok(1)
}

fn filled(context: &Context, wire: &[Piece]) -> Vec<u8> {
    let mut bytes = Vec::new();
    for piece in wire {
        match piece {
            Piece::Bytes(fixed) => bytes.extend_from_slice(fixed),
            Piece::Handle(name) => bytes.extend(context.eval(name).expect("a name of the prelude").to_ne_bytes()),
        }
    }
    bytes
}

fn shown(bytes: &[u8]) -> String {
    let start: String = bytes.iter().take(40).map(|byte| format!("{byte:02x}")).collect();
    format!("{start} ({} bytes)", bytes.len())
}

/// Runs all cases and tells of all that fail.
fn all(cases: &[Json], mut run: impl FnMut(&Json) -> Result<(), String>) {
    let failed: Vec<String> =
        cases.iter().filter_map(|case| run(case).err().map(|why| format!("{}: {why}", text(case, "name")))).collect();
    assert!(!cases.is_empty() && failed.is_empty(), "\n{}", failed.join("\n"));
}

fn goes(case: &Json, direction: &str) -> bool {
    ["both", direction].contains(&text(case, "direction"))
}

#[test]
fn python_values_cross_in_the_form_of_the_table() {
    let table = table();
    let context = with_prelude(&table);
    all(rows(&table, "values"), |case| {
        if !goes(case, "to-java") {
            return Ok(());
        }
        let crossed = context.eval_reply(text(case, "python"), want::VALUE).map_err(|error| format!("{error:?}"))?;
        match case.get("wire") {
            Some(wire) if !matches(&context, &crossed, &pieces(wire)) => Err(shown(&crossed)),
            Some(_) => Ok(()),
            None => is_made_of(&context, &crossed, text(case, "python")),
        }
    });
}

#[test]
fn requests_become_the_python_values_of_the_table() {
    let table = table();
    let context = with_prelude(&table);
    all(rows(&table, "values"), |case| match case.get("wire") {
        Some(wire) if goes(case, "to-python") => {
            is_made_of(&context, &filled(&context, &pieces(wire)), text(case, "python"))
        }
        _ => Ok(()),
    });
}

/// Whether these bytes become what the expression yields, of the same types throughout.
fn is_made_of(context: &Context, bytes: &[u8], expression: &str) -> Result<(), String> {
    let made = context.make(bytes).map_err(|error| format!("{error:?}"))?;
    let wanted = context.eval(expression).map_err(|error| format!("{error:?}"))?;
    let same = context.eval("same").map_err(|error| format!("{error:?}"))?;
    let is_same = context.call(same, want::BOOLEAN, &request().arguments(2, 0).handle(made).handle(wanted));
    [made, wanted, same].iter().for_each(|reference| context.release(*reference));
    if is_same == Ok(1) { Ok(()) } else { Err(format!("{} became something else: {is_same:?}", shown(bytes))) }
}

#[test]
fn scalar_forms_are_exact_or_refused() {
    let table = table();
    let context = with_prelude(&table);
    all(rows(&table, "readings"), |case| {
        let wanted = match text(case, "as") {
            "long" => want::LONG,
            "double" => want::DOUBLE,
            "boolean" => want::BOOLEAN,
            "text" => want::TEXT,
            "long[]" => want::LONG_ARRAY,
            "double[]" => want::DOUBLE_ARRAY,
            _ => return Ok(()),
        };
        let found = read(&context, text(case, "python"), wanted);
        let expected = if case.get("message").is_some() { Err(refusal(case)) } else { Ok(java_literal(&case["java"])) };
        if found == expected { Ok(()) } else { Err(format!("{found:?}, not {expected:?}")) }
    });
}

/// What was read, in the words of the table's literals.
fn read(context: &Context, expression: &str, wanted: i32) -> Result<Vec<String>, Error> {
    if matches!(wanted, want::TEXT | want::LONG_ARRAY | want::DOUBLE_ARRAY) {
        let reply = context.eval_reply(expression, wanted)?;
        let mut reply = Reply::new(&reply);
        return Ok(match wanted {
            want::TEXT => units(&mut reply),
            _ => elements(&mut reply),
        });
    }
    let code = context.compile(1, expression)?;
    let result = number(&request(), |exchange| code::run(context.id, code, wanted, exchange))?;
    Ok(vec![match wanted {
        want::DOUBLE => f64::from_bits(result.cast_unsigned()).to_string(),
        want::BOOLEAN => (result == 1).to_string(),
        _ => result.to_string(),
    }])
}

fn units(reply: &mut Reply<'_>) -> Vec<String> {
    let tag = reply.u8();
    let count = reply.count();
    let bytes = reply.bytes(count);
    let units: Vec<u16> = match tag {
        8 => bytes.chunks(2).map(|unit| u16::from_ne_bytes([unit[0], unit[1]])).collect(),
        _ => std::str::from_utf8(bytes).expect("UTF-8").encode_utf16().collect(),
    };
    units.iter().map(|unit| format!("{unit:04x}")).collect()
}

fn elements(reply: &mut Reply<'_>) -> Vec<String> {
    assert_eq!(reply.u8(), 15, "an array");
    let code = reply.u8();
    let count = reply.count();
    let element = |reply: &mut Reply<'_>| match code {
        b'd' => f64::from_bits(reply.i64().cast_unsigned()).to_string(),
        _ => reply.i64().to_string(),
    };
    (0..count).map(|_| element(reply)).collect()
}

fn java_literal(literal: &Json) -> Vec<String> {
    let (class, value) = literal.as_object().and_then(|literal| literal.iter().next()).expect("a class and a value");
    let words = |value: &Json| -> Vec<String> {
        value.as_array().expect("elements").iter().map(|word| word.as_str().expect("a text").to_owned()).collect()
    };
    let real = |word: &str| word.parse::<f64>().expect("a float").to_string();
    match (class.as_str(), value) {
        ("String", Json::String(text)) => text.encode_utf16().map(|unit| format!("{unit:04x}")).collect(),
        ("String", units) => text(units, "units").split(' ').map(str::to_owned).collect(),
        ("Double", value) => vec![real(value.as_str().expect("a text"))],
        ("double[]", value) => words(value).iter().map(|word| real(word)).collect(),
        ("long[]", value) => words(value),
        (_, value) => vec![value.as_str().expect("a text").to_owned()],
    }
}

fn refusal(case: &Json) -> Error {
    Error::Conversion { path: text(case, "path").to_owned(), message: text(case, "message").to_owned() }
}

#[test]
fn what_has_no_form_is_refused_with_its_place() {
    let table = table();
    let context = with_prelude(&table);
    all(rows(&table, "refusals"), |case| {
        let found = match (text(case, "direction"), case.get("wire")) {
            ("to-java", _) => context.eval_reply(text(case, "python"), want::VALUE).map(|reply| shown(&reply)),
            (_, Some(wire)) => context.make(&filled(&context, &pieces(wire))).map(|_| "made".to_owned()),
            _ => return Ok(()),
        };
        let expected = Err(refusal(case));
        if found == expected { Ok(()) } else { Err(format!("{found:?}, not {expected:?}")) }
    });
}

#[test]
fn a_request_that_is_cut_off_is_an_internal_error() {
    let table = table();
    let context = with_prelude(&table);
    let malformed = Err(Error::Internal("the request that crossed is malformed".into()));
    // A count that leads far beyond the buffer, and a tag that nothing has.
    for wire in ["0a ffffff7f 00", "09 ffffff7f", "10 ffffff7f", "0f 71 ffffff7f", "0f 7a 00000000", "63"] {
        let bytes = filled(&context, &pieces(&Json::String(wire.into())));
        assert_eq!(context.make(&bytes), malformed, "{wire}");
    }
    let listed = reply(&request(), |exchange| code::run(context.id, 1, want::VALUE, exchange));
    assert!(matches!(listed, Err(Error::Stale { .. })), "{listed:?}");
}
