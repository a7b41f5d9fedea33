//! Elements in the form that a batch wants, each as a tagged value.

use super::{Encoder, array::give_as_array};
use crate::failure::Failure;
use crate::handle::release;
use crate::own::Object;

/// In what form an element is wanted.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Handle,
    Value,
    Longs,
    Doubles,
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes objects one after the other. Nothing is left behind where one fails.
    pub(crate) fn give_parts<const N: usize>(mut self, parts: [(Form, &Object<'a>); N]) -> Result<(), Failure> {
        let start = self.out.position();
        let result = parts.into_iter().try_for_each(|(form, object)| self.give_part(form, object));
        if result.is_err() {
            self.out.rewind(start);
            for reference in std::mem::take(&mut self.made) {
                release(self.context.at, reference);
            }
        }
        result
    }

    #[inline]
    fn give_part(&mut self, form: Form, object: &Object<'a>) -> Result<(), Failure> {
        match form {
            Form::Handle => self.give_handle(object.clone()),
            Form::Value => self.give_any(object),
            Form::Longs => give_as_array(self.context, self.out, b'q', object),
            Form::Doubles => give_as_array(self.context, self.out, b'd', object),
        }
    }
}
