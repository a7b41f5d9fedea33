//! Upcalls: Python code calls the host.
//!
//! What the host's objects are in Python (`objects`), their classes (`classes`), what calls their members (`methods`), the call itself (`call`) and
//! what it goes through (`host`, `buffers`). A host object in Python owns one reference of the host's table; when it dies
//! the reference is posted (`released`), and the host frees it. It also names the context that it came through: handles
//! that a call of it makes belong there, and once that context is closed the object refuses to be called. Constants of
//! enums (`constants`) have neither: each is one object of the interpreter's.

mod buffers;
mod call;
mod classes;
mod constants;
mod host;
mod leaf;
mod methods;
mod objects;
mod released;
mod types;

pub(crate) use buffers::{Buffer, give_up};
pub(crate) use call::{describe, find_class, find_package, list_package, raise, serve};
pub(crate) use classes::{class, number_of_class};
pub(crate) use constants::{constant, is_constant};
pub use host::{HostEntry, set_host_entry};
pub use objects::adopted;
pub(crate) use objects::{HostClass, HostTypes, interfaces_of, make, reference_of};
pub use released::await_released;
