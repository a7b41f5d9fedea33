//! Why a verb did not do what it was asked: one type for all of the core, and its form on the wire.
//!
//! A Python exception is a [`Raised`], with the exception still in the thread's error indicator; `exception` takes it
//! and writes it down. Everything else is said here.

use crate::own::Raised;
use gilgamesh_table::Reference;
use gilgamesh_table::wire::{Malformed, Writer};

/// Why a verb failed.
#[derive(Debug)]
pub enum Failure {
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
    Conversion(Box<Conversion>),
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
    /// An argument that nothing can be done with.
    Argument(String),
}

/// Where in a value the conversion failed, and why.
#[derive(Debug)]
pub struct Conversion {
    /// The steps from the failing element outwards; reversed when it is written down.
    pub(crate) path: Vec<String>,
    /// What is wrong with the element.
    pub(crate) message: String,
}

/// Steps of a path that are shown; a value nested deeper is shown by its ends.
const SHOWN_STEPS: usize = 24;

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

impl Failure {
    pub(crate) fn conversion(message: impl Into<String>) -> Self {
        Failure::Conversion(Box::new(Conversion { path: Vec::new(), message: message.into() }))
    }

    /// Adds the step that leads to the failing element; the text is made only where something failed.
    pub(crate) fn below(self, step: impl FnOnce() -> String) -> Self {
        match self {
            Failure::Conversion(mut conversion) => {
                conversion.path.push(step());
                Failure::Conversion(conversion)
            }
            other => other,
        }
    }

    /// The record that the host reads; a Python exception is written by `exception::write` instead.
    pub(crate) fn write(&self, out: &mut Writer<'_>) {
        match self {
            Failure::Python => internal(out, "an exception was reported, but none is set"),
            Failure::Stale { reference, issued } => {
                out.u8(kind::STALE);
                out.i64(reference.to_java());
                out.u8(if *issued { 1 } else { 2 });
            }
            Failure::ContextClosed => out.u8(kind::CONTEXT_CLOSED),
            Failure::OtherInterpreter => out.u8(kind::OTHER_INTERPRETER),
            Failure::Conversion(conversion) => {
                out.u8(kind::CONVERSION);
                write_text(out, &conversion.path_text());
                write_text(out, &conversion.message);
            }
            Failure::Internal(message) => internal(out, message),
            Failure::State(message) => message_record(out, kind::STATE, message),
            Failure::Timeout { holder, held_nanos } => {
                out.u8(kind::TIMEOUT);
                out.i64(*holder);
                out.i64(*held_nanos);
            }
            Failure::Start(message) => message_record(out, kind::START, message),
            Failure::Argument(message) => message_record(out, kind::ARGUMENT, message),
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
        Failure::Python
    }
}

impl From<Malformed> for Failure {
    fn from(malformed: Malformed) -> Self {
        Failure::Internal(malformed.to_string())
    }
}
