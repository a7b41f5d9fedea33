//! How much stack the parser may need for a source text.
//!
//! Up to 3.13 CPython's parser counts its own levels only (6 000, and 4 000 on 3.13) and needs 0.6 to 0.9 MB for them.
//! On a thread with less, the text is read first. Only a few things nest: brackets, operators before an operand,
//! `lambda`, `else` and `**` (whose right side holds the rest), `for` in a comprehension, and `elif`. The estimate is too high rather than too
//! low, and low for what people write: 15 brackets deep come to 80 KB.
//!
//! Knows text; must not know Python's API.

const KB: usize = 1024;
/// More than the parser takes at its own limit (0.87 MB on a build with LTO).
const ENOUGH: usize = 960 * KB;
/// More than the compiler takes for a byte of source where it has no limit (176 for `for a in b `).
const BYTE: usize = 24;
/// Everything that does not nest without limit: statements 100 deep and one expression.
const BASE: usize = 48 * KB;
/// Measured: 1.6 to 1.9 kB for a bracket, 84 to 104 bytes for `-` and `not`, 90 to 240 for `**` and `lambda`, 70 to
/// 80 for `elif`.
const BRACKET: usize = 2_200;
const PREFIX: usize = 160;
const CHAIN: usize = 320;
const ELIF: usize = 160;

/// Bytes of stack that parsing `source` may take: never too low.
pub(super) fn stack_needed(source: &[u8]) -> usize {
    let mut scan = Scan::default();
    let mut rest = source;
    while let Some((&first, _)) = rest.split_first() {
        rest = scan.token(first, rest);
    }
    BASE + scan.deepest + scan.elifs * ELIF
}

/// With this much stack a text of that length need not be read.
pub(super) fn enough_for(length: usize) -> usize {
    ENOUGH.max(length.saturating_mul(BYTE))
}

#[derive(Default)]
struct Scan {
    /// Chain counts of the brackets that are open, outermost first.
    outer: Vec<usize>,
    /// Bytes for all in `outer`.
    open: usize,
    /// Chain links in this bracket since the last comma or statement.
    chain: usize,
    /// Operators since the last operand.
    prefix: usize,
    elifs: usize,
    deepest: usize,
}

impl Scan {
    /// Takes one token from the front of `rest`, which is not empty, and gives what follows.
    fn token<'a>(&mut self, first: u8, rest: &'a [u8]) -> &'a [u8] {
        match first {
            b'#' => return skip_while(rest, |byte| byte != b'\n'),
            b'"' | b'\'' => return self.operand(skip_text(rest, first)),
            b'(' | b'[' | b'{' => self.bracket(),
            b')' | b']' | b'}' => self.close(),
            b',' | b';' => self.chain = 0,
            b'\n' if self.outer.is_empty() => self.chain = 0,
            b'-' | b'+' | b'~' => self.prefix += 1,
            b'*' if rest.starts_with(b"**") => {
                self.chain += 1;
                self.note();
                return &rest[2..];
            }
            _ if is_word(first) => return self.word(rest),
            _ => {}
        }
        self.note();
        &rest[1..]
    }

    fn word<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let after = skip_while(rest, is_word);
        let word = &rest[..rest.len() - after.len()];
        match word {
            b"not" | b"await" => self.prefix += 1,
            b"lambda" | b"else" => self.chain += 1,
            // A comprehension with many `for` recurses in the compiler.
            b"for" if !self.outer.is_empty() => self.chain += 1,
            b"elif" => self.elifs += 1,
            _ if is_text_start(word, after) => return self.text(word, after),
            _ => return self.operand(after),
        }
        self.note();
        after
    }

    /// A string literal with a prefix: what an f-string holds is read as code.
    fn text<'a>(&mut self, prefix: &[u8], rest: &'a [u8]) -> &'a [u8] {
        if prefix.iter().any(|byte| byte.eq_ignore_ascii_case(&b'f')) {
            return skip_while(rest, |byte| byte == b'"' || byte == b'\'');
        }
        self.operand(rest.first().map_or(rest, |quote| skip_text(rest, *quote)))
    }

    fn operand<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        self.prefix = 0;
        rest
    }

    fn bracket(&mut self) {
        self.open += BRACKET + self.chain * CHAIN + self.prefix * PREFIX;
        self.outer.push(self.chain * CHAIN + self.prefix * PREFIX);
        (self.chain, self.prefix) = (0, 0);
    }

    fn close(&mut self) {
        if let Some(own) = self.outer.pop() {
            self.open -= BRACKET + own;
            self.chain = own / CHAIN;
        }
        self.prefix = 0;
    }

    fn note(&mut self) {
        self.deepest = self.deepest.max(self.open + self.chain * CHAIN + self.prefix * PREFIX);
    }
}

fn is_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte >= 0x80
}

fn is_text_start(word: &[u8], after: &[u8]) -> bool {
    word.len() <= 2
        && matches!(after.first(), Some(b'"' | b'\''))
        && word.iter().all(|byte| matches!(byte.to_ascii_lowercase(), b'r' | b'b' | b'u' | b'f'))
}

fn skip_while(text: &[u8], wanted: impl Fn(u8) -> bool) -> &[u8] {
    let length = text.iter().position(|byte| !wanted(*byte)).unwrap_or(text.len());
    &text[length..]
}

/// What follows the string literal at the front of `text`.
fn skip_text(text: &[u8], quote: u8) -> &[u8] {
    let three = [quote; 3];
    if text.starts_with(&three) {
        return skip_until(&text[3..], |rest| rest.starts_with(&three), 3);
    }
    skip_until(&text[1..], |rest| rest.starts_with(&[quote]) || rest.starts_with(b"\n"), 1)
}

fn skip_until(text: &[u8], ends: impl Fn(&[u8]) -> bool, end: usize) -> &[u8] {
    let mut rest = text;
    while !rest.is_empty() {
        if ends(rest) {
            return &rest[end..];
        }
        let step = if rest[0] == b'\\' { 2 } else { 1 };
        rest = rest.get(step..).unwrap_or_default();
    }
    rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kilobytes(source: &str) -> usize {
        stack_needed(source.as_bytes()) / KB
    }

    #[test]
    fn what_people_write_needs_little() {
        let ordinary = "def f(a, b=-1):\n    '''((((((((( ----- not'''\n    return [g(x[-1]) for x in a if not b]\n";
        assert!(kilobytes(&ordinary.repeat(100)) < 64);
        assert!(kilobytes(&format!("x = [{}]", "-1, ".repeat(10_000))) < 64);
        assert!(kilobytes(&format!("# {}\nx = 1", "(-".repeat(10_000))) < 64);
        assert!(kilobytes(&"x = a if b else c\n".repeat(10_000)) < 64);
    }

    #[test]
    fn what_nests_needs_much() {
        assert!(kilobytes(&"(".repeat(199)) > 400);
        assert!(kilobytes(&"-".repeat(5_000)) > 600);
        assert!(kilobytes(&"not ".repeat(5_000)) > 600);
        assert!(kilobytes(&"lambda:".repeat(5_000)) > 900);
        assert!(kilobytes(&"1 if 1 else ".repeat(5_000)) > 900);
        assert!(kilobytes(&"x**".repeat(5_000)) > 900);
        assert!(kilobytes(&"elif 1: pass\n".repeat(5_000)) > 600);
        assert!(kilobytes(&format!("[x {}]", "for a in b ".repeat(5_000))) > 900);
        assert!(kilobytes(&"(not -lambda:".repeat(190)) > 400);
        assert!(kilobytes(&format!("f'{{{}1}}'", "-".repeat(5_000))) > 600);
    }

    #[test]
    fn any_bytes_can_be_read() {
        for text in ["'", "'''", "r'\\", "\\", "\"\\", ")]}", "f'", "\u{e9}'x", "**", "'a\nb'"] {
            assert!(kilobytes(text) < 64, "{text}");
        }
    }
}
