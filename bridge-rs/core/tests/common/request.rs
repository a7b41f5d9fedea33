//! What Java writes.

/// An empty request.
pub(crate) fn request() -> Request {
    Request::default()
}

/// The bytes of a request.
#[derive(Debug, Default)]
pub(crate) struct Request {
    bytes: Vec<u8>,
}

impl Request {
    pub(crate) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(crate) fn raw(mut self, bytes: &[u8]) -> Self {
        self.bytes.extend_from_slice(bytes);
        self
    }

    pub(crate) fn u32(self, count: usize) -> Self {
        self.raw(&u32::try_from(count).expect("a count").to_ne_bytes())
    }

    fn tag(self, tag: u8) -> Self {
        self.raw(&[tag])
    }

    pub(crate) fn null(self) -> Self {
        self.tag(0)
    }

    pub(crate) fn long(self, value: i64) -> Self {
        self.tag(3).raw(&value.to_ne_bytes())
    }

    pub(crate) fn text(self, text: &str) -> Self {
        self.tag(7).u32(text.len()).raw(text.as_bytes())
    }

    pub(crate) fn optional_text(self, text: Option<&str>) -> Self {
        match text {
            Some(text) => self.text(text),
            None => self.null(),
        }
    }

    pub(crate) fn list(self, count: usize) -> Self {
        self.tag(10).u32(count)
    }

    pub(crate) fn dict(self, count: usize) -> Self {
        self.tag(14).u32(count)
    }

    pub(crate) fn handle(self, reference: i64) -> Self {
        self.tag(18).raw(&reference.to_ne_bytes())
    }

    pub(crate) fn foreign(self, context: i64, reference: i64) -> Self {
        self.tag(19).raw(&context.to_ne_bytes()).raw(&reference.to_ne_bytes())
    }

    /// The head of a call's arguments; positional values follow, then names and values in turn.
    pub(crate) fn arguments(self, positional: usize, named: usize) -> Self {
        self.u32(positional).u32(named)
    }
}
