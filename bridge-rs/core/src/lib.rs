//! CPython inside another program: interpreters, attachment, transactions, handles, the codec and errors.
//!
//! Knows no JVM; the crate `gilgamesh-jni` is one host of it. The modules stand in the order in which they depend on
//! each other, so this page is the map: what a Python reference is and who owns it; which thread may touch it; what
//! names it outside; how values and errors cross; and the verbs that use all of these.

// ownership of Python references and what the stable ABI lacks
mod own;
mod symbols;
mod signals;

// who may run Python: interpreters, threads and their kept states
mod failure;
mod stack;
mod interpreter;
mod thread;
mod holder;
mod attach;

// what the outside holds: contexts, handles, transactions
mod context;
mod handle;
mod transaction;
mod reclaim;

// what crosses
mod codec;
mod exception;
mod entry;

// life: start, the module that Python code sees, exit
mod module;
mod bridge;
pub mod life;
pub mod verbs;

pub use failure::Failure;
pub use gilgamesh_table::wire::release_block;
