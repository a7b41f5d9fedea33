//! Why a verb did not do what it was asked: one type for all of the core, and its form on the wire.
//!
//! A [`Failure`] is a pointer, so that the results of verbs stay in registers; what it points to is made only where
//! something failed. A Python exception is a [`Raised`], with the exception still in the thread's error indicator; `exception` takes it
//! and writes it down. Everything else is said here.

use crate::own::Raised;
use gilgamesh_table::Reference;
use gilgamesh_table::wire::{Full, Malformed, Writer};
use std::fmt;

/// Why a verb failed, behind a pointer.
#[derive(Debug)]
pub(crate) struct Failure(Box<Reason>);

/// Why a verb failed.
#[derive(Debug)]
pub(crate) enum Reason {
    /// A Python exception, still in the error indicator.
    Python,
    /// A handle that was closed, whose transaction ended, or that never was.
    Stale {
        /// The number that was used.
        reference: Reference,
        /// Whether it ever named anything.
        issued: bool,
    },
    /// The context is closed.
    ContextClosed,
    /// A handle of another interpreter.
    OtherInterpreter,
    /// A value that has no exact form on the other side.
    Conversion(Conversion),
    /// A bug of ours, caught at the boundary.
    Internal(String),
    /// Something cannot be done in the present state.
    State(String),
    /// The wait for an attachment was too long.
    Timeout {
        /// The number that the host gave to the thread which is attached; 0 where it is not known.
        holder: i64,
        /// How long that thread has held on, in nanoseconds.
        held_nanos: i64,
    },
    /// Python did not start.
    Start(String),
    /// The stack has no room for the host.
    NoStack,
    /// An argument that nothing can be done with.
    Argument(String),
    /// What this CPython cannot do.
    Unsupported(String),
}

/// Where in a value the conversion failed, and why.
#[derive(Debug)]
pub(crate) struct Conversion {
    /// The steps from the failing element outwards; reversed when it is written down.
    pub(crate) path: Vec<String>,
    /// What is wrong with the element.
    pub(crate) message: String,
}

/// Steps of a path that are shown; a value nested deeper is shown by its ends.
const SHOWN_STEPS: usize = 24;

impl fmt::Display for Conversion {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.path_text();
        let colon = if path.is_empty() { "" } else { ": " };
        write!(out, "{path}{colon}{}", self.message)
    }
}

impl Conversion {
    fn path_text(&self) -> String {
        let steps: Vec<&str> = self.path.iter().rev().map(String::as_str).collect();
        if steps.len() <= SHOWN_STEPS {
            return steps.concat();
        }
        let (head, tail) = (&steps[..SHOWN_STEPS / 2], &steps[steps.len() - SHOWN_STEPS / 2..]);
        format!("{}...({} levels)...{}", head.concat(), steps.len(), tail.concat())
    }
}

impl From<Reason> for Failure {
    #[cold]
    fn from(reason: Reason) -> Self {
        Failure(Box::new(reason))
    }
}

impl Failure {
    pub(crate) fn python() -> Self {
        Reason::Python.into()
    }

    pub(crate) fn context_closed() -> Self {
        Reason::ContextClosed.into()
    }

    pub(crate) fn state(message: impl Into<String>) -> Self {
        Reason::State(message.into()).into()
    }

    pub(crate) fn internal(message: impl Into<String>) -> Self {
        Reason::Internal(message.into()).into()
    }

    pub(crate) fn start(message: impl Into<String>) -> Self {
        Reason::Start(message.into()).into()
    }

    pub(crate) fn conversion(message: impl Into<String>) -> Self {
        Reason::Conversion(Conversion { path: Vec::new(), message: message.into() }).into()
    }

    pub(crate) fn reason(&self) -> &Reason {
        &self.0
    }

    /// Adds the step that leads to the failing element; the text is made only where something failed.
    pub(crate) fn below(mut self, step: impl FnOnce() -> String) -> Self {
        if let Reason::Conversion(conversion) = &mut *self.0 {
            conversion.path.push(step());
        }
        self
    }

    /// The record that the host reads; a Python exception is written by `exception::write` instead.
    pub(crate) fn write(&self, out: &mut Writer<'_>) {
        match self.reason() {
            Reason::Python => internal(out, "an exception was reported, but none is set"),
            Reason::Stale { reference, issued } => {
                out.u8(kind::STALE);
                out.i64(reference.to_java());
                out.u8(if *issued { 1 } else { 2 });
            }
            Reason::ContextClosed => out.u8(kind::CONTEXT_CLOSED),
            Reason::OtherInterpreter => out.u8(kind::OTHER_INTERPRETER),
            Reason::Conversion(conversion) => {
                out.u8(kind::CONVERSION);
                write_text(out, &conversion.path_text());
                write_text(out, &conversion.message);
            }
            Reason::Internal(message) => internal(out, message),
            Reason::State(message) => message_record(out, kind::STATE, message),
            Reason::Timeout { holder, held_nanos } => {
                out.u8(kind::TIMEOUT);
                out.i64(*holder);
                out.i64(*held_nanos);
            }
            Reason::Start(message) => message_record(out, kind::START, message),
            Reason::NoStack => message_record(out, kind::STATE, "this thread's stack is nearly full"),
            Reason::Argument(message) => message_record(out, kind::ARGUMENT, message),
            Reason::Unsupported(message) => message_record(out, kind::UNSUPPORTED, message),
        }
    }
}

/// The first byte of an error record.
pub(crate) mod kind {
    pub(crate) const PYTHON: u8 = 0;
    pub(crate) const STALE: u8 = 1;
    pub(crate) const CONTEXT_CLOSED: u8 = 2;
    pub(crate) const OTHER_INTERPRETER: u8 = 3;
    pub(crate) const CONVERSION: u8 = 4;
    pub(crate) const INTERNAL: u8 = 5;
    pub(crate) const STATE: u8 = 6;
    pub(crate) const TIMEOUT: u8 = 7;
    pub(crate) const START: u8 = 8;
    pub(crate) const ARGUMENT: u8 = 9;
    pub(crate) const UNSUPPORTED: u8 = 10;
}

fn internal(out: &mut Writer<'_>, message: &str) {
    message_record(out, kind::INTERNAL, message);
}

fn message_record(out: &mut Writer<'_>, kind: u8, message: &str) {
    out.u8(kind);
    write_text(out, message);
}

/// Text of ours; Python's own text goes through the codec, which knows lone surrogates.
pub(crate) fn write_text(out: &mut Writer<'_>, text: &str) {
    out.u8(gilgamesh_table::wire::tag::UTF8);
    // Messages are built here and far from 4 GB.
    out.u32(text.len() as u32);
    out.bytes(text.as_bytes());
}

impl From<Raised> for Failure {
    fn from(_: Raised) -> Self {
        Failure::python()
    }
}

impl From<Malformed> for Failure {
    fn from(malformed: Malformed) -> Self {
        Failure::internal(malformed.to_string())
    }
}

impl From<Full> for Failure {
    #[cold]
    fn from(full: Full) -> Self {
        Failure::conversion(match full {
            Full::Limit { wanted, limit } if limit < i32::MAX as usize => format!(
                "the value takes {wanted} bytes or more in transit, and PythonConfig's maxValueBytes allows {limit}: raise \
                 that, or take the value in parts"
            ),
            Full::Limit { wanted, limit } => format!(
                "the value takes {wanted} bytes or more in transit, and {limit} cross in one call: take it in parts"
            ),
            Full::Memory { wanted } => format!(
                "there is no memory for the {wanted} bytes or more that the value takes in transit: take it in parts"
            ),
        })
    }
}
