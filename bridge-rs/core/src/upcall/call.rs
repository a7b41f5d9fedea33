//! One upcall: arguments into a buffer, detached while the host works, its answer out of the buffer.

use super::buffers::Lease;
use super::host::{Operation, entry, outcome};
use super::objects::receiver_of;
use crate::attach::Attached;
use crate::bridge::is_exiting;
use crate::codec::{Decoder, Encoder, give_text, take_text};
use crate::context::{Context, ContextId};
use crate::entry::FAILED;
use crate::failure::{Failure, Reason};
use crate::handle::none;
use crate::own::{Object, Raised};
use crate::stack;
use gilgamesh_table::wire::{Exchange, Overflow, Reader, Status, Writer};
use pyo3::ffi;
use std::ffi::CString;

/// The object whose member is called: its reference in the host's table, and the context it came through.
#[derive(Clone, Copy)]
pub(super) struct Receiver {
    pub(super) reference: i64,
    pub(super) context: ContextId,
}

/// Calls a member of the host's.
pub(super) fn call<'a>(
    at: Attached<'a>,
    member: i32,
    receiver: Option<Receiver>,
    arguments: Arguments<'_>,
) -> Result<Object<'a>, Failure> {
    let owner = match receiver {
        Some(receiver) => Some(receiver),
        // A static member that is given an object of the host's works in that one's context.
        None => arguments.values.first().map_or(Ok(None), |first| receiver_of(at, *first))?,
    };
    let context = match owner {
        Some(owner) => Context::find_for_python(at, owner.context)?,
        None => Context::root(at)?,
    };
    let reference = receiver.map_or(0, |receiver| receiver.reference);
    if arguments.values.is_empty() {
        return run(context, Operation::CallBare, member, reference, |_| Ok(Vec::new()));
    }
    run(context, Operation::Call, member, reference, |out| arguments.give(context, out))
}

/// The host's description of a class.
pub(crate) fn describe<'a>(at: Attached<'a>, class: i32) -> Result<Object<'a>, Failure> {
    run(Context::root(at)?, Operation::Describe, class, 0, |_| Ok(Vec::new()))
}

/// The number of the class of that name, or `None`: also where there is no host, or none any more, since an import asks.
pub(crate) fn find_class<'a>(at: Attached<'a>, name: &Object<'a>) -> Result<Object<'a>, Failure> {
    find(at, Operation::FindClass, name)
}

/// Whether there is a package of that name; `None` where there is no host.
pub(crate) fn find_package<'a>(at: Attached<'a>, name: &Object<'a>) -> Result<Object<'a>, Failure> {
    find(at, Operation::FindPackage, name)
}

/// The names of a package's classes that scripts may look up; `None` where they cannot be listed.
pub(crate) fn list_package<'a>(at: Attached<'a>, name: &Object<'a>) -> Result<Object<'a>, Failure> {
    find(at, Operation::ListPackage, name)
}

/// Calls a service of the bridge's own part of the host, in the context whose Python runs; `None` where there is no host,
/// or none any more. Services are no members of classes: what scripts may do with those does not concern them.
pub(crate) fn serve<'a>(
    at: Attached<'a>,
    service: i32,
    arguments: &[*mut ffi::PyObject],
) -> Result<Object<'a>, Failure> {
    if entry().is_none() || is_exiting() {
        return Ok(none(at));
    }
    let running = ContextId::from_java(at.thread().pulse().running());
    let context = Context::find_for_python(at, running).or_else(|_| Context::root(at))?;
    let arguments = Arguments { values: arguments, positional: arguments.len(), names: std::ptr::null_mut() };
    run(context, Operation::Serve, service, 0, |out| arguments.give(context, out))
}

fn find<'a>(at: Attached<'a>, operation: Operation, name: &Object<'a>) -> Result<Object<'a>, Failure> {
    if entry().is_none() || is_exiting() {
        return Ok(none(at));
    }
    run(Context::root(at)?, operation, 0, 0, |out| {
        give_text(out, name)?;
        Ok(Vec::new())
    })
}

/// Positional values, then those of the names, as CPython passes them.
#[derive(Clone, Copy)]
pub(super) struct Arguments<'p> {
    pub(super) values: &'p [*mut ffi::PyObject],
    /// How many of them are positional.
    pub(super) positional: usize,
    /// A tuple of names, or null.
    pub(super) names: *mut ffi::PyObject,
}

impl Arguments<'_> {
    /// Writes them; the objects of the host's among them, which must not die before the host has them.
    fn give<'a>(self, context: Context<'a>, out: &mut Writer<'_>) -> Result<Vec<Object<'a>>, Failure> {
        let named = self.values.len() - self.positional;
        // As many as a call has: far from 32 bits.
        out.u32(self.positional as u32);
        out.u32(named as u32);
        Encoder::new(context, out).pinning().give_arguments(self.values, self.positional, self.names)
    }
}

/// Runs one operation of the host's and gives what it answers.
fn run<'a>(
    context: Context<'a>,
    operation: Operation,
    number: i32,
    receiver: i64,
    write: impl FnOnce(&mut Writer<'_>) -> Result<Vec<Object<'a>>, Failure>,
) -> Result<Object<'a>, Failure> {
    let entry = entry().ok_or_else(|| Failure::state("there is no host that could be called"))?;
    if is_exiting() {
        return Err(crate::entry::exiting());
    }
    stack::check_host_room()?;
    let lease = Lease::take(context.at.thread(), entry)?;
    // SAFETY: a buffer of the host's in the form of an exchange, leased by this call alone.
    let mut exchange = unsafe { Exchange::from_java(lease.address()) };
    let pinned = request(&mut exchange, write)?;
    let at = context.at;
    let answer = at.in_host(|| {
        // SAFETY: the host's entry takes any numbers; it reads and writes the buffer, which is leased.
        unsafe { entry(operation as i32, number, receiver, context.id().to_java(), lease.number()) }
    });
    drop(pinned);
    let answer = answer?;
    let taken = take_answer(context, answer & !outcome::HELD, &mut exchange);
    if answer & outcome::HELD != 0 {
        // SAFETY: as above; the host lets go of references, which takes no lock, so the thread stays attached.
        unsafe { entry(Operation::ForgetAnswer as i32, 0, 0, 0, lease.number()) };
    }
    taken
}

fn request<'a>(
    exchange: &mut Exchange,
    write: impl FnOnce(&mut Writer<'_>) -> Result<Vec<Object<'a>>, Failure>,
) -> Result<Vec<Object<'a>>, Failure> {
    exchange.set_ok();
    let mut out = exchange.writer();
    let pinned = write(&mut out)?;
    if let (_, Some(block)) = out.finish()? {
        exchange.set_block(Overflow::Reply, block);
    }
    Ok(pinned)
}

fn take_answer<'a>(context: Context<'a>, answer: i64, exchange: &mut Exchange) -> Result<Object<'a>, Failure> {
    match answer {
        outcome::NOTHING => Ok(none(context.at)),
        outcome::VALUE => Decoder::new(context, exchange.reader()).take(),
        // SAFETY: the host said so: its memory lives until the buffer is used again.
        outcome::LARGE_VALUE => Decoder::new(context, unsafe { exchange.host_block() }).take(),
        FAILED if exchange.status() == Status::Error as i32 => Err(take_failure(context, exchange.reader())),
        _ => Err(Failure::internal("the host failed and could not say why")),
    }
}

/// What the first byte of a failure says.
mod failed {
    /// A throwable of the host's, as a value.
    pub(super) const THROWN: u8 = 0;
    /// One of Python's own exceptions: which, and the message.
    pub(super) const PYTHON: u8 = 1;
    /// An exception object of Python's that passed through the host.
    pub(super) const PASSED: u8 = 2;
}

fn take_failure(context: Context<'_>, mut reader: Reader<'_>) -> Failure {
    let raised = match reader.u8() {
        Ok(failed::THROWN | failed::PASSED) => Decoder::new(context, reader).take().and_then(|thrown| throw(&thrown)),
        Ok(failed::PYTHON) => raise_own(context, &mut reader),
        _ => Err(gilgamesh_table::wire::Malformed.into()),
    };
    raised.map_or_else(|failure| failure, Failure::from)
}

/// Sets the error indicator to an exception object.
fn throw(exception: &Object<'_>) -> Result<Raised, Failure> {
    // SAFETY: attached; asks for a class; the indicator shares class and object.
    unsafe {
        if ffi::PyExceptionInstance_Check(exception.as_ptr()) == 0 {
            return Err(Failure::internal("the host threw what is no exception"));
        }
        ffi::PyErr_SetObject(ffi::Py_TYPE(exception.as_ptr()).cast(), exception.as_ptr());
    }
    Ok(Raised)
}

/// Sets one of Python's own exceptions, by the host's number for it.
fn raise_own(context: Context<'_>, reader: &mut Reader<'_>) -> Result<Raised, Failure> {
    let kind = reader.u8()?;
    let message = take_text(context, reader)?;
    // SAFETY: attached; exception classes live as long as their interpreter; the message is shared.
    unsafe {
        let class = match kind {
            1 => ffi::PyExc_AttributeError,
            2 => ffi::PyExc_IndexError,
            3 => ffi::PyExc_KeyError,
            4 => ffi::PyExc_ValueError,
            // What it carries is what a generator returned, which is no message.
            5 => {
                ffi::PyErr_SetNone(ffi::PyExc_StopIteration);
                return Ok(Raised);
            }
            6 => return denied(context, &message),
            7 => ffi::PyExc_ImportError,
            8 => ffi::PyExc_RecursionError,
            9 => ffi::PyExc_RuntimeError,
            10 => ffi::PyExc_MemoryError,
            _ => ffi::PyExc_TypeError,
        };
        ffi::PyErr_SetObject(class, message.as_ptr());
    }
    Ok(Raised)
}

/// The package's own exception for what scripts may not touch.
fn denied(context: Context<'_>, message: &Object<'_>) -> Result<Raised, Failure> {
    let class = crate::own::import_from(context.at.py(), "gilgamesh", "JavaAccessError")?;
    // SAFETY: attached; an exception class and a message, both shared.
    unsafe { ffi::PyErr_SetObject(class.as_ptr(), message.as_ptr()) };
    Ok(Raised)
}

/// Makes a failure the exception that Python code sees; null, for a C function to return.
pub(crate) fn raise(failure: &Failure) -> *mut ffi::PyObject {
    let (class, message) = match failure.reason() {
        Reason::Python => return std::ptr::null_mut(),
        // SAFETY: exception classes live as long as their interpreter; here and below.
        Reason::Conversion(conversion) => (unsafe { ffi::PyExc_TypeError }, conversion.to_string()),
        Reason::ContextClosed => (
            // SAFETY: as above.
            unsafe { ffi::PyExc_RuntimeError },
            "the context that this Java object came through is closed".to_owned(),
        ),
        // SAFETY: as above.
        Reason::Argument(message) => (unsafe { ffi::PyExc_ValueError }, message.clone()),
        // SAFETY: as above.
        Reason::Internal(message) => (unsafe { ffi::PyExc_SystemError }, message.clone()),
        // SAFETY: as above.
        Reason::NoStack => (
            unsafe { ffi::PyExc_RecursionError },
            "this thread's stack has no room for a call into Java: use a thread with a larger one (-Xss)".to_owned(),
        ),
        // SAFETY: as above.
        Reason::State(message) | Reason::Start(message) => (unsafe { ffi::PyExc_RuntimeError }, message.clone()),
        // SAFETY: as above.
        Reason::Unsupported(message) => (unsafe { ffi::PyExc_NotImplementedError }, message.clone()),
        // SAFETY: as above.
        Reason::Stale { .. } | Reason::OtherInterpreter | Reason::Timeout { .. } => (
            unsafe { ffi::PyExc_RuntimeError },
            "a Python object among the values is closed, or of another interpreter: copy it with copyTo(context)"
                .to_owned(),
        ),
    };
    let message = CString::new(message.replace('\0', "\\0")).unwrap_or_default();
    // SAFETY: attached: Python called; a terminated text.
    unsafe { ffi::PyErr_SetString(class, message.as_ptr()) };
    std::ptr::null_mut()
}
