//! What the bridge needs that knows neither CPython nor the JVM: the names of Python objects that Java holds, the
//! queue on which dead ones travel, and the framing of values that cross.
//!
//! The modules stand in the order in which they depend on each other.

pub mod queue;
pub mod reference;
pub mod table;
pub mod wire;

pub use queue::ReleaseQueue;
pub use reference::Reference;
pub use table::{Life, Ring, Table};
