//! Python exceptions, written down for the host: type, message, notes, frames, causes, group members.
//!
//! The one place where the error indicator is taken. The record is made by direct reads of the exception and its
//! traceback, without Python's `traceback` module, which costs a hundred times as much. The exception object itself
//! crosses as a managed handle, since it outlives the transaction that it ends.

use crate::codec::give_text;
use crate::context::Context;
use crate::failure::{kind, write_text};
use crate::handle::is_none;
use crate::interpreter::Name;
use crate::own::{FromRaw, Object, Raised, forget, is_str, optional_attribute};
use gilgamesh_table::wire::{Writer, tag};
use pyo3::{Python, ffi};

/// Causes, contexts and group members that one record holds at most: exceptions that share causes can multiply.
const MOST_EXCEPTIONS: usize = 10_000;
/// How deep they may lie inside each other.
const DEEPEST: usize = 200;
/// Frames of one traceback that are kept at its outer and at its inner end.
const OUTER_FRAMES: usize = 128;
const INNER_FRAMES: usize = 896;

/// Takes the exception out of the error indicator, normalised and with its traceback.
pub(crate) fn take(py: Python<'_>) -> Option<Object<'_>> {
    let (mut class, mut value, mut traceback) = (std::ptr::null_mut(), std::ptr::null_mut(), std::ptr::null_mut());
    // SAFETY: attached; the three are owned references or null afterwards.
    unsafe {
        ffi::PyErr_Fetch(&raw mut class, &raw mut value, &raw mut traceback);
        ffi::PyErr_NormalizeException(&raw mut class, &raw mut value, &raw mut traceback);
        if !value.is_null() && !traceback.is_null() {
            ffi::PyException_SetTraceback(value, traceback);
        }
        let _class = class.owned(py);
        let _traceback = traceback.owned(py);
        value.owned(py).ok()
    }
}

/// Writes the error record of the exception that is set; takes it.
pub(crate) fn write(context: Context<'_>, out: &mut Writer<'_>) {
    #[cfg(feature = "testing")]
    crate::testing::fail_in_record_if_asked();
    let Some(exception) = take(context.at.py()) else {
        out.u8(kind::INTERNAL);
        write_text(out, "an exception was reported, but none is set");
        return;
    };
    out.u8(kind::PYTHON);
    Record { context, path: Vec::new(), written: 0 }.write(out, exception);
}

/// Takes the frames off the exception that is set: those of the bridge's own code, where nothing of the user's ran.
pub(crate) fn without_frames(py: Python<'_>, raised: Raised) -> Raised {
    if let Some(exception) = take(py) {
        // SAFETY: attached; an exception, whose class is alive as long as it is; the indicator takes both.
        unsafe {
            ffi::PyException_SetTraceback(exception.as_ptr(), ffi::Py_None());
            let class = ffi::PyObject_Type(exception.as_ptr());
            ffi::PyErr_Restore(class, exception.into_ptr(), std::ptr::null_mut());
        }
    }
    raised
}

/// `Type: message`, for places where no record can cross.
pub(crate) fn describe(py: Python<'_>) -> String {
    let Some(exception) = take(py) else { return "unknown error".to_owned() };
    let message = message(&exception).map(|message| crate::codec::lossy(&message)).unwrap_or_default();
    format!("{}: {message}", crate::codec::class_name(&exception))
}

fn message<'a>(exception: &Object<'a>) -> Result<Object<'a>, Raised> {
    // SAFETY: attached; yields a new reference or an exception.
    unsafe { ffi::PyObject_Str(exception.as_ptr()).owned(exception.py()) }
}

struct Record<'a> {
    context: Context<'a>,
    /// The exceptions around the one that is written: `__context__` can lead back to one of them.
    path: Vec<*mut ffi::PyObject>,
    written: usize,
}

impl<'a> Record<'a> {
    fn write(&mut self, out: &mut Writer<'_>, exception: Object<'a>) {
        self.path.push(exception.as_ptr());
        self.written += 1;
        let reference = self.context.make_managed(exception.clone());
        out.i64(reference.map_or(0, |reference| reference.to_java()));
        self.write_type(out, &exception);
        self.write_message(out, &exception);
        self.write_notes(out, &exception);
        self.write_frames(out, &exception);
        self.write_extra(out, &exception);
        self.write_cause(out, &exception);
        self.write_members(out, &exception);
        self.path.pop();
    }

    fn write_type(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        // SAFETY: attached; a class is alive as long as its instance.
        let class = unsafe { ffi::Py_TYPE(exception.as_ptr()).cast::<ffi::PyObject>().borrowed(exception.py()) };
        let name = |name| class.as_ref().and_then(|class| self.optional(class, name));
        let (qualified, module) = (name(Name::Qualname), name(Name::Module));
        match (qualified, module.filter(|module| !is_builtins(module))) {
            (Some(qualified), None) => self.write_str(out, &qualified),
            (qualified, module) => {
                let text = |name: Option<Object<'a>>| {
                    name.filter(is_str).map_or("<unknown>".to_owned(), |name| crate::codec::lossy(&name))
                };
                write_text(out, &format!("{}.{}", text(module), text(qualified)));
            }
        }
    }

    fn write_message(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        self.write_text_of(out, exception, "<exception str() failed>");
    }

    fn write_text_of(&self, out: &mut Writer<'_>, object: &Object<'a>, failed: &str) {
        match message(object) {
            Ok(message) => self.write_str(out, &message),
            Err(raised) => {
                forget(raised, object.py());
                write_text(out, failed);
            }
        }
    }

    fn write_notes(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        // The notes of an exception of the host's begin with its frames, which the host knows.
        let own = self.optional(exception, Name::JavaNotes);
        let notes = own
            .or_else(|| self.optional(exception, Name::Notes))
            .and_then(|notes| self.list(&notes))
            .unwrap_or_default();
        self.write_count(out, notes.len());
        for note in notes {
            self.write_text_of(out, &note, "<note str() failed>");
        }
    }

    fn write_frames(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        let mut links = self.links(exception);
        if links.len() > OUTER_FRAMES + INNER_FRAMES {
            links.drain(OUTER_FRAMES..links.len() - INNER_FRAMES);
        }
        let start = out.position();
        self.write_count(out, 0);
        let (mut written, mut last_file) = (0, None);
        for link in links {
            written += u32::from(self.write_frame(out, &link, &mut last_file).is_some());
        }
        out.patch_u32(start, written);
    }

    /// The traceback's links, outermost first.
    fn links(&self, exception: &Object<'a>) -> Vec<Object<'a>> {
        let mut links = Vec::new();
        // SAFETY: attached; a new reference or null.
        let mut next = unsafe { ffi::PyException_GetTraceback(exception.as_ptr()).owned(exception.py()).ok() };
        while let Some(link) = next.filter(|link| !is_none(link)) {
            next = self.optional(&link, Name::TbNext);
            links.push(link);
        }
        links
    }

    /// Writes one frame, its file as nothing where that is the last one's; `None`, with nothing written, where the frame
    /// is one of the bridge's own package.
    fn write_frame(&self, out: &mut Writer<'_>, link: &Object<'a>, last: &mut Option<Object<'a>>) -> Option<()> {
        let frame = self.optional(link, Name::TbFrame)?;
        // SAFETY: attached; what a traceback names is a frame, which has code.
        let code =
            unsafe { ffi::PyFrame_GetCode(frame.as_ptr().cast()).cast::<ffi::PyObject>().owned(link.py()).ok()? };
        let file = self.optional(&code, Name::CoFilename)?;
        let repeated = last.as_ref().is_some_and(|last| last.as_ptr() == file.as_ptr());
        if !repeated && crate::module::is_own_file(&file) {
            return None;
        }
        let function = self.optional(&code, Name::CoQualname)?;
        if repeated {
            out.u8(tag::NULL);
        } else {
            self.write_str(out, &file);
            *last = Some(file);
        }
        self.write_str(out, &function);
        out.i32(i32::try_from(self.integer(link, Name::TbLineno)).unwrap_or(-1));
        Some(())
    }

    fn write_extra(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        // SAFETY: attached; both are exception classes.
        let (syntax, exit) = unsafe {
            (
                ffi::PyErr_GivenExceptionMatches(exception.as_ptr(), ffi::PyExc_SyntaxError) != 0,
                ffi::PyErr_GivenExceptionMatches(exception.as_ptr(), ffi::PyExc_SystemExit) != 0,
            )
        };
        match (syntax, exit) {
            (true, _) => self.write_syntax(out, exception),
            (_, true) => self.write_exit(out, exception),
            _ => self.write_thrown(out, exception),
        }
    }

    /// The host's own exception that this one is in Python; its record holds a handle, which keeps the reference alive.
    fn write_thrown(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        let thrown = crate::upcall::reference_of(self.context.at, exception);
        let thrown = thrown.unwrap_or_else(|raised| {
            forget(raised, exception.py());
            None
        });
        match thrown {
            Some(reference) => {
                out.u8(3);
                out.i64(reference);
            }
            None => out.u8(0),
        }
    }

    fn write_syntax(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        out.u8(1);
        self.write_optional_str(out, self.optional(exception, Name::Filename));
        out.i64(self.integer(exception, Name::Lineno));
        out.i64(self.integer(exception, Name::Offset));
        self.write_optional_str(out, self.optional(exception, Name::Text));
    }

    fn write_exit(&self, out: &mut Writer<'_>, exception: &Object<'a>) {
        out.u8(2);
        match self.optional(exception, Name::Code).filter(|code| !is_none(code)) {
            // SAFETY: attached; asks for a class.
            Some(code) if unsafe { ffi::PyLong_Check(code.as_ptr()) } != 0 => {
                out.tagged(tag::LONG, self.as_integer(&code));
            }
            Some(code) => self.write_text_of(out, &code, "<exit code str() failed>"),
            None => out.u8(tag::NULL),
        }
    }

    fn write_cause(&mut self, out: &mut Writer<'_>, exception: &Object<'a>) {
        // SAFETY: attached; an exception; new references or null.
        let (explicit, context) = unsafe {
            (
                ffi::PyException_GetCause(exception.as_ptr()).owned(exception.py()).ok(),
                ffi::PyException_GetContext(exception.as_ptr()).owned(exception.py()).ok(),
            )
        };
        let how = if explicit.is_some() { 1 } else { 2 };
        let cause = explicit.or_else(|| context.filter(|_| !self.suppresses_context(exception)));
        match cause.filter(|cause| self.is_new(cause)) {
            Some(cause) => {
                out.u8(how);
                self.write(out, cause);
            }
            None => out.u8(0),
        }
    }

    fn suppresses_context(&self, exception: &Object<'a>) -> bool {
        let suppressed = self.optional(exception, Name::SuppressContext);
        // SAFETY: asks for an address only.
        suppressed.is_some_and(|suppressed| suppressed.as_ptr() == unsafe { ffi::Py_True() })
    }

    fn write_members(&mut self, out: &mut Writer<'_>, exception: &Object<'a>) {
        // SAFETY: attached; an exception class of 3.11 and later.
        let group = unsafe { ffi::PyErr_GivenExceptionMatches(exception.as_ptr(), ffi::PyExc_BaseExceptionGroup) } != 0;
        let members = if group { self.optional(exception, Name::Exceptions) } else { None };
        let members = members.and_then(|members| self.list(&members)).unwrap_or_default();
        let start = out.position();
        self.write_count(out, 0);
        let mut written = 0;
        for member in members {
            if self.is_new(&member) {
                self.write(out, member);
                written += 1;
            }
        }
        out.patch_u32(start, written);
    }

    fn is_new(&self, exception: &Object<'a>) -> bool {
        self.written < MOST_EXCEPTIONS && self.path.len() < DEEPEST && !self.path.contains(&exception.as_ptr())
    }

    /// The attribute, where there is one: whatever goes wrong with an exception's parts, the rest is still told.
    fn optional(&self, object: &Object<'a>, name: Name) -> Option<Object<'a>> {
        let found = optional_attribute(object, &self.context.at.name(name));
        found.unwrap_or_else(|raised| {
            forget(raised, object.py());
            None
        })
    }

    fn integer(&self, object: &Object<'a>, name: Name) -> i64 {
        self.optional(object, name).map_or(-1, |number| self.as_integer(&number))
    }

    fn as_integer(&self, number: &Object<'a>) -> i64 {
        // SAFETY: attached; -1 and an exception where it is no int, which is forgotten.
        unsafe {
            let value = ffi::PyLong_AsLongLong(number.as_ptr());
            if value == -1 {
                ffi::PyErr_Clear();
            }
            value
        }
    }

    fn list(&self, object: &Object<'a>) -> Option<Vec<Object<'a>>> {
        let py = object.py();
        // SAFETY: attached; a list of our own, whose elements are taken as references of our own.
        unsafe {
            let list = ffi::PySequence_List(object.as_ptr()).owned(py).map_err(|raised| forget(raised, py)).ok()?;
            (0..ffi::PyList_Size(list.as_ptr()))
                .map(|index| ffi::PyList_GetItem(list.as_ptr(), index).borrowed(py))
                .collect()
        }
    }

    fn write_count(&self, out: &mut Writer<'_>, count: usize) {
        // Notes and members are counted in a list that fits memory many times over.
        out.u32(count as u32);
    }

    /// Writes what should be a `str`; whatever else it is, something is written, since the reader expects a text.
    fn write_str(&self, out: &mut Writer<'_>, text: &Object<'a>) {
        let start = out.position();
        if !is_str(text) || give_text(out, text).is_err() {
            // SAFETY: attached.
            unsafe { ffi::PyErr_Clear() };
            out.rewind(start);
            write_text(out, "?");
        }
    }

    fn write_optional_str(&self, out: &mut Writer<'_>, text: Option<Object<'a>>) {
        match text.filter(|text| !is_none(text)) {
            Some(text) => self.write_str(out, &text),
            None => out.u8(tag::NULL),
        }
    }
}

fn is_builtins(module: &Object<'_>) -> bool {
    // SAFETY: attached; a str, compared with a terminated text of ASCII.
    is_str(module) && unsafe { ffi::PyUnicode_CompareWithASCIIString(module.as_ptr(), c"builtins".as_ptr()) == 0 }
}
