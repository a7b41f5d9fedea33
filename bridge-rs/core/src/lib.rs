//! CPython inside another program: interpreters, attachment, transactions, handles, the codec and errors.
//!
//! Knows no JVM; the crate `gilgamesh-jni` is one host of it. The modules stand in the order in which they depend on
//! each other, so this page is the map: what a Python reference is and who owns it; which thread may touch it; what
//! names it outside; how values and errors cross; and the verbs that use all of these.

// ownership of Python references and what the stable ABI lacks
mod hold;
mod own;
mod signals;
mod symbols;

// who may run Python: interpreters, threads and their kept states
mod attach;
mod failure;
mod holder;
mod interpreter;
mod interpreters;
mod let_go;
mod pulse;
mod stack;
mod stop;
mod thread;

// what the outside holds: contexts, handles, transactions
mod context;
mod handle;
mod reclaim;
mod transaction;

// what crosses
mod codec;
mod entry;
mod exception;
mod frames;
#[cfg(feature = "testing")]
pub mod testing;

// life: start, the module that Python code sees, exit
mod bridge;
mod isolate;
pub mod life;
mod module;
mod upcall;
pub mod verbs;

pub use entry::keep_panics_quiet;
pub use gilgamesh_table::wire::release_block;
pub use thread::set_host_thread;
pub use upcall::{HostEntry, adopted, await_released, set_host_entry};
