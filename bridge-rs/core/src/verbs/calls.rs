//! Calling: an object, a method, a class, a function.

use super::{give, kept, target};
use crate::codec::{Decoder, take_text};
use crate::context::Context;
use crate::entry::enter;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, checked};
use crate::symbols::{ARGUMENTS_OFFSET, PyObject_Vectorcall, PyObject_VectorcallMethod};
use gilgamesh_table::wire::{Exchange, Reader};
use pyo3::ffi;
use std::mem::MaybeUninit;

/// Calls with this many values need no allocation.
const INLINE: usize = 8;

/// Calls an object without arguments.
pub fn call0(context: i64, callable: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let callable = target(context, callable)?;
        // SAFETY: attached; `callable` is alive.
        let result = unsafe { ffi::PyObject_CallNoArgs(callable.as_ptr()).owned(context.at.py())? };
        give(context, want, result, exchange)
    })
}

/// Calls an object with the arguments of the request.
pub fn call(context: i64, callable: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let callable = target(context, callable)?;
        let result = call_with_request(context, &callable, exchange)?;
        give(context, want, result, exchange)
    })
}

/// Calls a method of an object, without making the bound method first.
pub fn call_method(context: i64, receiver: i64, name: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let receiver = target(context, receiver)?;
        let name = kept(context, name)?;
        let result = {
            let mut arguments = Arguments::none();
            arguments.push_receiver((*receiver).clone());
            arguments.take(context, exchange.reader())?;
            arguments.call_method(&name)?
        };
        give(context, want, result, exchange)
    })
}

/// The values of a call: a place that the callee may use, the receiver if any, positional ones, keyword ones.
///
/// Filled and dropped in place: to move it, into a result or into `drop`, costs a tenth of a call.
pub(super) struct Arguments<'a> {
    /// Owned references, but for the first place; the first `used` of them are there.
    inline: [MaybeUninit<*mut ffi::PyObject>; INLINE],
    used: usize,
    /// All of them, where they are too many for `inline`.
    heap: Vec<*mut ffi::PyObject>,
    positional: usize,
    names: Option<Object<'a>>,
}

impl<'a> Arguments<'a> {
    #[inline]
    pub(super) fn none() -> Self {
        let mut inline = [const { MaybeUninit::uninit() }; INLINE];
        inline[0].write(std::ptr::null_mut());
        Arguments { inline, used: 1, heap: Vec::new(), positional: 0, names: None }
    }

    /// Makes the receiver the first of the positional values.
    #[inline]
    fn push_receiver(&mut self, receiver: Object<'a>) {
        self.push(receiver);
        self.positional += 1;
    }

    #[inline]
    fn push(&mut self, value: Object<'a>) {
        if self.heap.is_empty() && self.used < INLINE {
            self.inline[self.used].write(value.into_ptr());
            self.used += 1;
        } else {
            self.push_to_heap(value);
        }
    }

    #[cold]
    fn push_to_heap(&mut self, value: Object<'a>) {
        if self.heap.is_empty() {
            self.heap = self.all().to_vec();
        }
        self.heap.push(value.into_ptr());
    }

    #[inline]
    fn all(&self) -> &[*mut ffi::PyObject] {
        if !self.heap.is_empty() {
            return &self.heap;
        }
        // SAFETY: the first `used` places were written, and a written `MaybeUninit` has its value's layout.
        unsafe { std::slice::from_raw_parts(self.inline.as_ptr().cast(), self.used) }
    }

    /// Reads the arguments of a request.
    #[inline]
    pub(super) fn take(&mut self, context: Context<'a>, mut reader: Reader<'_>) -> Result<(), Failure> {
        let (positional, named) = (reader.count_of_values()?, reader.count_of_values()?);
        let mut decoder = Decoder::new(context, reader);
        for index in 0..positional {
            let value = decoder.take().map_err(|failure| failure.below(|| format!("argument {index}")))?;
            self.push(value);
        }
        self.positional += positional;
        if named > 0 {
            self.take_named(&mut decoder, named)?;
        }
        Ok(())
    }

    #[cold]
    fn take_named(&mut self, decoder: &mut Decoder<'a, '_>, named: usize) -> Result<(), Failure> {
        // SAFETY: attached; a tuple of `named` places, each filled below before Python sees it.
        let names = unsafe { ffi::PyTuple_New(named as ffi::Py_ssize_t).owned(decoder.context.at.py())? };
        for index in 0..named as ffi::Py_ssize_t {
            let name = take_text(decoder.context, &mut decoder.reader)?;
            // SAFETY: attached; SetItem takes the reference.
            checked(unsafe { ffi::PyTuple_SetItem(names.as_ptr(), index, name.clone().into_ptr()) })?;
            let value = decoder
                .take()
                .map_err(|failure| failure.below(|| format!("argument {}", crate::codec::lossy(&name))))?;
            self.push(value);
        }
        self.names = Some(names);
        Ok(())
    }

    /// Positional values, for a callee that takes nothing else.
    #[inline]
    pub(super) fn call(&self, callable: &Object<'a>) -> Result<Object<'a>, Failure> {
        let values = &self.all()[1..];
        // SAFETY: attached; the values are alive, and the place before the first is ours for the callee to use.
        let result = unsafe {
            PyObject_Vectorcall(
                callable.as_ptr(),
                values.as_ptr(),
                self.positional | ARGUMENTS_OFFSET,
                self.names_pointer(),
            )
            .owned(callable.py())?
        };
        Ok(result)
    }

    #[inline]
    fn call_method(&self, name: &Object<'a>) -> Result<Object<'a>, Failure> {
        let values = &self.all()[1..];
        // SAFETY: as in `call`; the first value is the receiver.
        let result = unsafe {
            PyObject_VectorcallMethod(
                name.as_ptr(),
                values.as_ptr(),
                self.positional | ARGUMENTS_OFFSET,
                self.names_pointer(),
            )
            .owned(name.py())?
        };
        Ok(result)
    }

    #[inline]
    fn names_pointer(&self) -> *mut ffi::PyObject {
        self.names.as_ref().map_or(std::ptr::null_mut(), Object::as_ptr)
    }
}

impl Drop for Arguments<'_> {
    #[inline]
    fn drop(&mut self) {
        for value in &self.all()[1..] {
            // SAFETY: attached; each was pushed as an owned reference.
            unsafe { ffi::Py_DecRef(*value) };
        }
    }
}

/// Calls an object with the arguments of the request.
#[inline]
pub(super) fn call_with_request<'a>(
    context: Context<'a>,
    callable: &Object<'a>,
    exchange: &Exchange,
) -> Result<Object<'a>, Failure> {
    let mut arguments = Arguments::none();
    arguments.take(context, exchange.reader())?;
    arguments.call(callable)
}
