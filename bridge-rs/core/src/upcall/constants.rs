//! Constants of the host's enums: one Python object each in an interpreter, whichever context they come through.
//!
//! A constant has no entry in the host's table. Its reference is negative and says which it is: the number of its class
//! and its place there, from which the host finds it. So nobody owns a reference and nobody gives one back: the
//! interpreter keeps the object, as it keeps its class, and the host's class may be unloaded all the same. Its members are
//! called in the interpreter's own context, as static ones are, so no context that is closed takes it along.

use super::objects::make;
use crate::attach::Attached;
use crate::context::Context;
use crate::failure::Failure;
use crate::own::{Object, keep, share, unkeep};

/// Whether a reference is that of a constant.
#[inline]
pub(crate) fn is_constant(reference: i64) -> bool {
    reference < 0
}

/// The one object of a constant.
pub(crate) fn constant(at: Attached<'_>, reference: i64, class: usize) -> Result<Object<'_>, Failure> {
    match at.home(|home| home.host_constants.get(&reference).copied()) {
        // SAFETY: kept for as long as the interpreter lives, to which this thread is attached.
        Some(known) => Ok(unsafe { share(at.py(), known) }),
        None => first_met(at, reference, class),
    }
}

/// Where two threads make it, or its class's code meets it, all get the one that came first.
#[cold]
fn first_met(at: Attached<'_>, reference: i64, class: usize) -> Result<Object<'_>, Failure> {
    let made = keep(make(Context::root(at)?, reference, class)?);
    let first = at.home(|home| *home.host_constants.entry(reference).or_insert(made));
    if first != made {
        // SAFETY: kept above, by this interpreter, and nobody else has it.
        drop(unsafe { unkeep(at.py(), made) });
    }
    // SAFETY: kept for as long as the interpreter lives, to which this thread is attached.
    Ok(unsafe { share(at.py(), first) })
}
