//! What Java reads: values and error records.

/// A value of a reply, as far as the tests look into it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Value {
    Null,
    Bool(bool),
    Long(i64),
    Double(f64),
    Text(String),
    List(Vec<Value>),
    Longs(Vec<i64>),
    Handle(i64),
}

/// Why a verb failed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Error {
    Python(Box<Raised>),
    Stale { reference: i64, issued: bool },
    ContextClosed,
    OtherInterpreter,
    Conversion { path: String, message: String },
    Internal(String),
    State(String),
    Timeout { holder: i64, held_nanos: i64 },
    Start(String),
    Argument(String),
}

impl Error {
    /// The Python exception that this must be.
    pub(crate) fn raised(self) -> Raised {
        match self {
            Error::Python(raised) => *raised,
            other => panic!("no Python exception: {other:?}"),
        }
    }
}

/// The record of a Python exception.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Raised {
    pub(crate) reference: i64,
    pub(crate) class: String,
    pub(crate) message: String,
    pub(crate) notes: Vec<String>,
    /// File, function and line; the innermost last.
    pub(crate) frames: Vec<(String, String, i32)>,
    pub(crate) extra: Extra,
    /// Whether it is `__cause__`, and the exception.
    pub(crate) cause: Option<(bool, Box<Raised>)>,
    pub(crate) members: Vec<Raised>,
}

impl Raised {
    /// `Type: message`.
    pub(crate) fn text(&self) -> String {
        format!("{}: {}", self.class, self.message)
    }
}

/// What some exceptions tell beside.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Extra {
    None,
    Syntax {
        file: Option<String>,
        line: i64,
        column: i64,
        text: Option<String>,
    },
    Exit(Value),
    /// The host's own exception that this one is.
    Thrown(i64),
}

/// A cursor over a reply.
#[derive(Debug)]
pub(crate) struct Reply<'a> {
    rest: &'a [u8],
}

impl<'a> Reply<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Reply { rest: bytes }
    }

    pub(crate) fn is_done(&self) -> bool {
        self.rest.is_empty()
    }

    pub(crate) fn bytes(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count);
        self.rest = rest;
        taken
    }

    fn fixed<const N: usize>(&mut self) -> [u8; N] {
        self.bytes(N).try_into().expect("as many bytes as asked for")
    }

    pub(crate) fn u8(&mut self) -> u8 {
        self.fixed::<1>()[0]
    }

    pub(crate) fn count(&mut self) -> usize {
        u32::from_ne_bytes(self.fixed()) as usize
    }

    pub(crate) fn i64(&mut self) -> i64 {
        i64::from_ne_bytes(self.fixed())
    }

    fn many<T>(&mut self, mut one: impl FnMut(&mut Self) -> T) -> Vec<T> {
        let count = self.count();
        (0..count).map(|_| one(self)).collect()
    }

    pub(crate) fn value(&mut self) -> Value {
        match self.u8() {
            0 => Value::Null,
            tag @ (1 | 2) => Value::Bool(tag == 2),
            3 => Value::Long(self.i64()),
            5 => Value::Double(f64::from_bits(self.i64().cast_unsigned())),
            tag @ 6..=8 => Value::Text(self.text_of(tag)),
            10 | 11 => Value::List(self.many(Self::value)),
            16 => Value::Longs(self.many(Self::i64)),
            15 => {
                assert_eq!(self.u8(), b'q', "only arrays of longs are looked into");
                Value::Longs(self.many(Self::i64))
            }
            18 => Value::Handle(self.i64()),
            tag => panic!("a value of tag {tag} is not looked into"),
        }
    }

    fn text_of(&mut self, tag: u8) -> String {
        let count = self.count();
        let bytes = self.bytes(count);
        if tag == 8 {
            let units: Vec<u16> =
                bytes.chunks(2).map(|unit| u16::from_ne_bytes(unit.try_into().expect("two bytes"))).collect();
            return String::from_utf16_lossy(&units);
        }
        assert!(tag == 7 || bytes.is_ascii(), "ASCII is ASCII");
        String::from_utf8(bytes.to_vec()).expect("UTF-8 is valid")
    }

    fn text(&mut self) -> String {
        self.optional_text().expect("a text")
    }

    fn optional_text(&mut self) -> Option<String> {
        match self.value() {
            Value::Text(text) => Some(text),
            Value::Null => None,
            other => panic!("no text: {other:?}"),
        }
    }

    /// Frames, each with its file; a file that is the last one's crosses as nothing.
    fn frames(&mut self) -> Vec<(String, String, i32)> {
        let mut last = String::new();
        self.many(|reply| {
            last = reply.optional_text().unwrap_or_else(|| last.clone());
            (last.clone(), reply.text(), i32::from_ne_bytes(reply.fixed()))
        })
    }

    /// An error record.
    pub(crate) fn error(&mut self) -> Error {
        match self.u8() {
            0 => Error::Python(Box::new(self.raised())),
            1 => Error::Stale { reference: self.i64(), issued: self.u8() == 1 },
            2 => Error::ContextClosed,
            3 => Error::OtherInterpreter,
            4 => Error::Conversion { path: self.text(), message: self.text() },
            5 => Error::Internal(self.text()),
            6 => Error::State(self.text()),
            7 => Error::Timeout { holder: self.i64(), held_nanos: self.i64() },
            8 => Error::Start(self.text()),
            9 => Error::Argument(self.text()),
            kind => panic!("no error is of kind {kind}"),
        }
    }

    fn raised(&mut self) -> Raised {
        Raised {
            reference: self.i64(),
            class: self.text(),
            message: self.text(),
            notes: self.many(Self::text),
            frames: self.frames(),
            extra: self.extra(),
            cause: self.cause(),
            members: self.many(Self::raised),
        }
    }

    fn extra(&mut self) -> Extra {
        match self.u8() {
            0 => Extra::None,
            1 => Extra::Syntax {
                file: self.optional_text(),
                line: self.i64(),
                column: self.i64(),
                text: self.optional_text(),
            },
            2 => Extra::Exit(self.value()),
            3 => Extra::Thrown(self.i64()),
            kind => panic!("no extra is of kind {kind}"),
        }
    }

    fn cause(&mut self) -> Option<(bool, Box<Raised>)> {
        match self.u8() {
            0 => None,
            how => Some((how == 1, Box::new(self.raised()))),
        }
    }
}
