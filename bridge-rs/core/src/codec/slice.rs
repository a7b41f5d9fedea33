//! `slice`: three bounds, each an int of 64 bits or `None`. Slices of anything else stay objects.

use super::number::Leaf;
use super::{Decoder, Encoder};
use crate::failure::Failure;
use crate::own::{FromRaw, Object, Raised};
use gilgamesh_table::wire::tag;
use pyo3::ffi;
use std::ffi::CStr;

const BOUNDS: [&CStr; 3] = [c"start", c"stop", c"step"];

impl<'a> Decoder<'a, '_> {
    #[inline(never)] // as `take_time`
    pub(super) fn take_slice(&mut self) -> Result<Object<'a>, Failure> {
        let (start, stop, step) = (self.take()?, self.take()?, self.take()?);
        // SAFETY: attached; the three are alive, and the slice shares them.
        Ok(unsafe { ffi::PySlice_New(start.as_ptr(), stop.as_ptr(), step.as_ptr()).owned(self.context.at.py())? })
    }
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes the value; `false`, with nothing written, where it is no slice or has other bounds.
    #[inline(never)]
    pub(super) fn give_slice(&mut self, object: &Object<'a>) -> Result<bool, Failure> {
        // SAFETY: asks for a class, which has no subclasses.
        if unsafe { ffi::Py_TYPE(object.as_ptr()) } != &raw mut ffi::PySlice_Type {
            return Ok(false);
        }
        let bounds = [bound(object, BOUNDS[0])?, bound(object, BOUNDS[1])?, bound(object, BOUNDS[2])?];
        let [Some(start), Some(stop), Some(step)] = bounds else { return Ok(false) };
        self.out.u8(tag::SLICE);
        [start, stop, step].into_iter().for_each(|bound| bound.write(self.out));
        Ok(true)
    }
}

/// The bound, where it is `None` or an exact int of 64 bits.
fn bound(slice: &Object<'_>, name: &CStr) -> Result<Option<Leaf>, Raised> {
    // SAFETY: attached; a member of every slice; the bound is alive when it is read.
    unsafe {
        let bound = ffi::PyObject_GetAttrString(slice.as_ptr(), name.as_ptr()).owned(slice.py())?;
        Ok(Leaf::of(bound.as_ptr()).filter(|leaf| !matches!(leaf, Leaf::Double(_))))
    }
}
