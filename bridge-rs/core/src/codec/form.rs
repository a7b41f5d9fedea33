//! The forms in which values are written, each as a tagged value, alone or among others.

use super::shape::{Shape, bound};
use super::{Encoder, array::give_as_array, give_text};
use crate::context::Context;
use crate::failure::Failure;
use crate::handle::release;
use crate::own::{FromRaw, Object};
use gilgamesh_table::wire::Writer;
use pyo3::ffi;

/// In what form a value is wanted.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Handle,
    /// What the value is by itself.
    Natural,
    Longs,
    Doubles,
    Table,
    /// What the host wants it to be.
    Shaped(&'static Shape),
}

impl Form {
    /// The shape of that number.
    pub(crate) fn shaped(context: Context<'_>, number: usize) -> Result<Self, Failure> {
        bound(context.at, number).map(Form::Shaped)
    }

    /// Writes a whole value. Nothing is left behind where it fails.
    #[inline]
    pub(crate) fn give(self, context: Context<'_>, out: &mut Writer<'_>, object: &Object<'_>) -> Result<(), Failure> {
        Encoder::new(context, out).give_parts([(self, object)])
    }
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes objects one after the other. Nothing is left behind where one fails.
    pub(crate) fn give_parts<const N: usize>(self, parts: [(Form, &Object<'a>); N]) -> Result<(), Failure> {
        self.give_all(|encoder| parts.into_iter().try_for_each(|(form, object)| encoder.give_form(form, object)))
    }

    /// Writes objects one after the other, each with the step that leads to it where it cannot cross. Nothing is left
    /// behind where one fails.
    pub(crate) fn give_steps<'s>(
        self,
        mut parts: impl Iterator<Item = (Form, Object<'a>, &'s str)>,
    ) -> Result<(), Failure> {
        self.give_all(|encoder| {
            parts.try_for_each(|(form, object, step)| {
                encoder.give_form(form, &object).map_err(|failure| failure.below(|| step.to_owned()))
            })
        })
    }

    #[inline]
    fn give_all(mut self, give: impl FnOnce(&mut Self) -> Result<(), Failure>) -> Result<(), Failure> {
        let start = self.out.position();
        let result = give(&mut self);
        if result.is_err() {
            self.out.rewind(start);
            self.release_made();
        }
        result
    }

    /// Keeps the host's objects that are written, for as long as the caller does.
    pub(crate) fn pinning(mut self) -> Self {
        self.pinned = Some(Vec::new());
        self
    }

    /// Writes the values of a call, the named ones after their names; gives what was pinned. Nothing is left behind
    /// where one fails.
    pub(crate) fn give_arguments(
        mut self,
        values: &[*mut ffi::PyObject],
        positional: usize,
        names: *mut ffi::PyObject,
    ) -> Result<Vec<Object<'a>>, Failure> {
        let result = values.iter().enumerate().try_for_each(|(index, value)| {
            if index >= positional {
                self.give_name(names, index - positional)?;
            }
            // SAFETY: attached; the caller's values live as long as the call.
            unsafe { self.give_lent(*value) }.map_err(|failure| failure.below(|| format!("argument {index}")))
        });
        match result {
            Ok(()) => Ok(self.pinned.take().unwrap_or_default()),
            Err(failure) => {
                self.release_made();
                Err(failure)
            }
        }
    }

    fn give_name(&mut self, names: *mut ffi::PyObject, index: usize) -> Result<(), Failure> {
        // SAFETY: attached; a tuple of texts with a place for each named value, which keeps them alive.
        let name = unsafe {
            let name = ffi::PyTuple_GetItem(names, index.cast_signed());
            name.borrowed(self.context.at.py()).ok_or_else(Failure::python)?
        };
        give_text(self.out, &name)
    }

    fn release_made(&mut self) {
        for reference in std::mem::take(&mut self.made) {
            release(self.context.at, reference);
        }
    }

    #[inline]
    fn give_form(&mut self, form: Form, object: &Object<'a>) -> Result<(), Failure> {
        match form {
            Form::Handle => self.give_handle(object.clone()),
            Form::Natural => self.give_any(object),
            Form::Table => self.give_table(object),
            // SAFETY: attached; the caller holds the object.
            Form::Shaped(shape) => unsafe { self.give_lent_as(shape, 0, object.as_ptr()) },
            Form::Longs => give_as_array(self.context, self.out, b'q', object),
            Form::Doubles => give_as_array(self.context, self.out, b'd', object),
        }
    }
}
