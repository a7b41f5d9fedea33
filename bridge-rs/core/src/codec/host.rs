//! Objects of the host's: in Python an object that owns a reference of the host's table, there what the reference names.
//! And Python's objects that implement the host's interfaces: there an object of these that has a handle.
//!
//! Its constants and its classes are owned by neither side's value: the interpreter keeps what it has made of them, and
//! the host finds them by number.

use super::{Decoder, Encoder};
use crate::failure::Failure;
use crate::own::Object;
use crate::upcall;
use gilgamesh_table::wire::tag;

impl<'a> Decoder<'a, '_> {
    /// Takes a reference over: it is Python's from here on, whatever comes of the rest. That of a constant is nobody's.
    #[inline(never)] // as `take_time`
    pub(super) fn take_host_object(&mut self) -> Result<Object<'a>, Failure> {
        let reference = self.reader.i64()?;
        let class = self.reader.count()?;
        if upcall::is_constant(reference) {
            return upcall::constant(self.context.at, reference, class);
        }
        self.context.at.thread().count_adopted();
        upcall::make(self.context, reference, class)
    }

    pub(super) fn take_host_class(&mut self) -> Result<Object<'a>, Failure> {
        let class = self.reader.count()?;
        upcall::class(self.context.at, class)
    }
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes the reference; `false`, with nothing written, where the object is none of the host's.
    ///
    /// The object must live until the host has read its reference: the caller of an upcall keeps it, a reply has a
    /// handle on it.
    #[inline(never)]
    pub(super) fn give_host_object(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        let Some(reference) = upcall::reference_of(self.context.at, object)? else { return Ok(false) };
        if upcall::is_constant(reference) || self.pin(object) {
            self.out.tagged(tag::HOST_OBJECT, reference);
            return Ok(true);
        }
        let handle = self.context.make(object.clone())?;
        self.made.push(handle);
        self.out.tagged(tag::HELD_HOST_OBJECT, reference);
        self.out.i64(handle.to_java());
        Ok(true)
    }

    /// Keeps the object for as long as the request, where this is one.
    fn pin(&mut self, object: &Object<'a>) -> bool {
        self.pinned.as_mut().map(|pinned| pinned.push(object.clone())).is_some()
    }

    /// Writes the number of a class of the host's; `false`, with nothing written, where the object is none.
    pub(super) fn give_host_class(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        let Some(number) = upcall::number_of_class(self.context.at, object)? else { return Ok(false) };
        self.out.u8(tag::HOST_CLASS);
        self.out.i32(number);
        Ok(true)
    }

    /// Writes a handle and the number of the interfaces; `false`, with nothing written, where the class implements none.
    ///
    /// The handle is a managed one: what the host makes of it is used after the transaction too.
    #[inline(never)]
    pub(super) fn give_implementation(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        let Some(interfaces) = upcall::interfaces_of(self.context.at, object)? else { return Ok(false) };
        let handle = self.context.make_managed(object.clone())?;
        self.made.push(handle);
        self.out.tagged(tag::IMPLEMENTATION, handle.to_java());
        self.out.i32(interfaces);
        Ok(true)
    }
}
