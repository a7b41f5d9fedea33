//! Calling: an object, a method, a class, a function.

use super::{give, target};
use crate::codec::{Decoder, take_text};
use crate::context::Context;
use crate::entry::enter;
use crate::failure::Failure;
use crate::own::{FromRaw, Object, checked};
use crate::symbols::{ARGUMENTS_OFFSET, PyObject_Vectorcall, PyObject_VectorcallMethod};
use gilgamesh_table::wire::{Exchange, Reader};
use pyo3::ffi;

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
        let arguments = Arguments::take(context, exchange.reader(), None)?;
        let result = arguments.call(&callable)?;
        drop(arguments);
        give(context, want, result, exchange)
    })
}

/// Calls a method of an object, without making the bound method first.
pub fn call_method(context: i64, receiver: i64, name: i64, want: i32, exchange: i64) -> i64 {
    enter(context, exchange, |context, exchange| {
        let receiver = target(context, receiver)?;
        let name = target(context, name)?;
        let arguments = Arguments::take(context, exchange.reader(), Some(receiver))?;
        let result = arguments.call_method(&name)?;
        drop(arguments);
        give(context, want, result, exchange)
    })
}

/// The values of a call: a place that the callee may use, the receiver if any, positional ones, keyword ones.
pub(super) struct Arguments<'a> {
    context: Context<'a>,
    /// Owned references, but for the first place.
    values: Values,
    positional: usize,
    names: Option<Object<'a>>,
}

/// A small array, or a heap one for long calls.
enum Values {
    Inline([*mut ffi::PyObject; INLINE], usize),
    Heap(Vec<*mut ffi::PyObject>),
}

impl Values {
    fn with_room(count: usize) -> Self {
        if count <= INLINE {
            Values::Inline([std::ptr::null_mut(); INLINE], 0)
        } else {
            Values::Heap(Vec::with_capacity(count))
        }
    }

    #[inline]
    fn push(&mut self, value: *mut ffi::PyObject) {
        match self {
            Values::Inline(places, used) => {
                places[*used] = value;
                *used += 1;
            }
            Values::Heap(places) => places.push(value),
        }
    }

    #[inline]
    fn as_slice(&self) -> &[*mut ffi::PyObject] {
        match self {
            Values::Inline(places, used) => &places[..*used],
            Values::Heap(places) => places,
        }
    }
}

impl<'a> Arguments<'a> {
    /// Reads the arguments of a request.
    #[inline]
    pub(super) fn take(
        context: Context<'a>,
        mut reader: Reader<'_>,
        receiver: Option<Object<'a>>,
    ) -> Result<Self, Failure> {
        let (positional, named) = (reader.count_of_values()?, reader.count_of_values()?);
        let mut values = Values::with_room(positional.saturating_add(named).saturating_add(2));
        values.push(std::ptr::null_mut());
        let own = usize::from(receiver.is_some());
        receiver.into_iter().for_each(|receiver| values.push(receiver.into_ptr()));
        let mut arguments = Arguments { context, values, positional: own + positional, names: None };
        let mut decoder = Decoder::new(context, reader);
        for index in 0..positional {
            let value = decoder.take().map_err(|failure| failure.below(|| format!("argument {index}")))?;
            arguments.values.push(value.into_ptr());
        }
        if named > 0 {
            arguments.take_named(&mut decoder, named)?;
        }
        Ok(arguments)
    }

    #[cold]
    fn take_named(&mut self, decoder: &mut Decoder<'a, '_>, named: usize) -> Result<(), Failure> {
        // SAFETY: attached; a tuple of `named` places, each filled below before Python sees it.
        let names = unsafe { ffi::PyTuple_New(named as ffi::Py_ssize_t).owned(self.context.at.py())? };
        for index in 0..named as ffi::Py_ssize_t {
            let name = take_text(self.context, &mut decoder.reader)?;
            // SAFETY: attached; SetItem takes the reference.
            checked(unsafe { ffi::PyTuple_SetItem(names.as_ptr(), index, name.clone().into_ptr()) })?;
            let value = decoder
                .take()
                .map_err(|failure| failure.below(|| format!("argument {}", crate::codec::lossy(&name))))?;
            self.values.push(value.into_ptr());
        }
        self.names = Some(names);
        Ok(())
    }

    /// Positional values, for a callee that takes nothing else.
    #[inline]
    pub(super) fn call(&self, callable: &Object<'a>) -> Result<Object<'a>, Failure> {
        let values = &self.values.as_slice()[1..];
        // SAFETY: attached; the values are alive, and the place before the first is ours for the callee to use.
        let result = unsafe {
            PyObject_Vectorcall(
                callable.as_ptr(),
                values.as_ptr(),
                self.positional | ARGUMENTS_OFFSET,
                self.names_pointer(),
            )
            .owned(self.context.at.py())?
        };
        Ok(result)
    }

    #[inline]
    fn call_method(&self, name: &Object<'a>) -> Result<Object<'a>, Failure> {
        let values = &self.values.as_slice()[1..];
        // SAFETY: as in `call`; the first value is the receiver.
        let result = unsafe {
            PyObject_VectorcallMethod(
                name.as_ptr(),
                values.as_ptr(),
                self.positional | ARGUMENTS_OFFSET,
                self.names_pointer(),
            )
            .owned(self.context.at.py())?
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
        for value in self.values.as_slice().iter().filter(|value| !value.is_null()) {
            // SAFETY: attached; each was pushed as an owned reference.
            unsafe { ffi::Py_DecRef(*value) };
        }
    }
}

/// Runs `call` for a request that holds positional values alone: the parameters of compiled code.
pub(super) fn call_with_request<'a>(
    context: Context<'a>,
    callable: &Object<'a>,
    exchange: &Exchange,
) -> Result<Object<'a>, Failure> {
    Arguments::take(context, exchange.reader(), None)?.call(callable)
}
