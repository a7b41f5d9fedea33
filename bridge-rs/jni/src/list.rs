//! Every native method, once: Java name, Rust twin, signature. A test compares this list with the Java classes.

use crate::{buffers, code, contexts, handles, objects, runtime, transactions};
use jni::strings::JNIStr;
use jni::{Env, NativeMethod, errors::Error, jni_str};
use std::ffi::c_void;

/// A native method before it is registered.
type Entry = (&'static JNIStr, &'static JNIStr, *mut c_void);

macro_rules! entries {
    ($($java:literal = $($twin:ident)::+: $signature:literal;)*) => {
        [$((jni_str!($java), jni_str!($signature), $($twin)::+ as *mut c_void)),*]
    };
}

/// Registers all of them.
pub(crate) fn register(env: &mut Env<'_>) -> Result<(), Error> {
    bind(env, jni_str!("io/gilgamesh/internal/BufferNatives"), &entries! {
        "view" = buffers::view: "(JJ)Ljava/nio/ByteBuffer;";
        "free" = buffers::free: "(JJ)V";
        "address" = buffers::address: "(Ljava/nio/ByteBuffer;)J";
    })?;
    bind(env, jni_str!("io/gilgamesh/internal/CodeNatives"), &entries! {
        "compile" = code::compile: "(JIJ)J";
        "run" = code::run: "(JJIJ)J";
        "runWith" = code::run_with: "(JJIJ)J";
        "importModule" = code::import_module: "(JIJ)J";
    })?;
    bind(env, jni_str!("io/gilgamesh/internal/ContextNatives"), &entries! {
        "open" = contexts::open: "(JJ)J";
        "close" = contexts::close: "(JJ)J";
        "globals" = contexts::globals: "(JJ)J";
    })?;
    bind(env, jni_str!("io/gilgamesh/internal/HandleNatives"), &entries! {
        "close" = handles::close: "(JJJ)J";
        "keep" = handles::keep: "(JJJ)J";
        "reclaim" = handles::reclaim: "(J[JI)V";
    })?;
    bind(env, jni_str!("io/gilgamesh/internal/ObjectNatives"), &entries! {
        "call0" = objects::call0: "(JJIJ)J";
        "call" = objects::call: "(JJIJ)J";
        "callMethod" = objects::call_method: "(JJJIJ)J";
        "attribute" = objects::attribute: "(JJJIJ)J";
        "findAttribute" = objects::find_attribute: "(JJJIJ)J";
        "setAttribute" = objects::set_attribute: "(JJJJ)J";
        "deleteAttribute" = objects::delete_attribute: "(JJJJ)J";
        "item" = objects::item: "(JJIJ)J";
        "setItem" = objects::set_item: "(JJJ)J";
        "deleteItem" = objects::delete_item: "(JJJ)J";
        "operate" = objects::operate: "(JJIIJ)J";
        "inspect" = objects::inspect: "(JJIIJ)J";
        "nextBatch" = objects::next_batch: "(JJIJ)J";
        "same" = objects::same: "(JJJJ)J";
        "isInstance" = objects::is_instance: "(JJJ)J";
        "exit" = objects::exit: "(JJJ)J";
        "make" = objects::make: "(JIJ)J";
        "intern" = objects::intern: "(JJ)J";
    })?;
    bind(env, jni_str!("io/gilgamesh/internal/RuntimeNatives"), &entries! {
        "start" = runtime::start: "(J)J";
        "shutdown" = runtime::shutdown: "(JJ)J";
        "stats" = runtime::stats: "(J)J";
        "drain" = runtime::drain: "(J)J";
    })?;
    bind(env, jni_str!("io/gilgamesh/internal/TransactionNatives"), &entries! {
        "begin" = transactions::begin: "(JJJJ)J";
        "end" = transactions::end: "(JJJ)J";
        "abandon" = transactions::abandon: "(JJJ)J";
        "detach" = transactions::detach: "(JJ)J";
        "reattach" = transactions::reattach: "(JJ)J";
        "pinned" = transactions::pinned: "(Ljava/lang/Runnable;)V";
    })
}

fn bind(env: &mut Env<'_>, class: &JNIStr, entries: &[Entry]) -> Result<(), Error> {
    let class = env.find_class(class)?;
    // SAFETY: each twin has the parameters that its signature says: the JVM checks names and signatures against the
    // class, and `tests/java` compares them with the Java declarations.
    let methods: Vec<_> = entries.iter().map(|(name, signature, twin)| unsafe { NativeMethod::from_raw_parts(name, signature, *twin) }).collect();
    // SAFETY: as above.
    unsafe { env.register_native_methods(&class, &methods) }
}
