//! Every native method, once: Java name, Rust twin, signature. A test compares this list with the Java classes.

use crate::{buffers, code, contexts, handles, host, objects, runtime, stops, transactions};
use jni::strings::JNIStr;
use jni::{Env, NativeMethod, errors::Error, jni_str};
use std::ffi::c_void;
use std::fmt;

/// The native methods of one Java class.
struct Class {
    name: &'static JNIStr,
    entries: &'static [Entry],
}

/// A native method: its name, its signature, its twin.
type Entry = (&'static JNIStr, &'static JNIStr, *mut c_void);

macro_rules! class {
    ($name:literal, $($java:literal = $($twin:ident)::+: $signature:literal;)*) => {
        Class {
            name: jni_str!($name),
            entries: &[$((jni_str!($java), jni_str!($signature), $($twin)::+ as *mut c_void)),*],
        }
    };
}

const BUFFER: Class = class! { "io/gilgamesh/internal/BufferNatives",
    "view" = buffers::view: "(JJ)Ljava/nio/ByteBuffer;";
    "free" = buffers::free: "(JJ)V";
    "address" = buffers::address: "(Ljava/nio/ByteBuffer;)J";
};

const CODE: Class = class! { "io/gilgamesh/internal/CodeNatives",
    "compile" = code::compile: "(JIJ)J";
    "run" = code::run: "(JJIJ)J";
    "runWith" = code::run_with: "(JJIJ)J";
    "importModule" = code::import_module: "(JIJ)J";
};

const CONTEXT: Class = class! { "io/gilgamesh/internal/ContextNatives",
    "open" = contexts::open: "(J)J";
    "openIsolated" = contexts::open_isolated: "(J)J";
    "close" = contexts::close: "(JJ)J";
    "globals" = contexts::globals: "(JJ)J";
};

const HANDLE: Class = class! { "io/gilgamesh/internal/HandleNatives",
    "close" = handles::close: "(JJJ)J";
    "keep" = handles::keep: "(JJJ)J";
    "reclaim" = handles::reclaim: "(J[JI)V";
};

const OBJECT: Class = class! { "io/gilgamesh/internal/ObjectNatives",
    "call0" = objects::call0: "(JJIJ)J";
    "call" = objects::call: "(JJIJ)J";
    "callParts" = objects::call_parts: "(JJJ)J";
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
    "mapRows" = objects::map_rows: "(JJIJ)J";
    "iterate" = objects::iterate: "(JJIIIJ)J";
    "nextBatch" = objects::next_batch: "(JJIIIJ)J";
    "element" = objects::element: "(JJJIIJ)J";
    "entry" = objects::entry: "(JJIIJ)J";
    "same" = objects::same: "(JJJJ)J";
    "isInstance" = objects::is_instance: "(JJJ)J";
    "exit" = objects::exit: "(JJJ)J";
    "make" = objects::make: "(JIJ)J";
    "intern" = objects::intern: "(JJ)J";
};

const RUNTIME: Class = class! { "io/gilgamesh/internal/RuntimeNatives",
    "start" = runtime::start: "(J)J";
    "runProgram" = runtime::run_program: "(J)J";
    "shutdown" = runtime::shutdown: "(JJ)J";
    "stats" = runtime::stats: "(J)J";
    "drain" = runtime::drain: "(J)J";
    "defineShape" = runtime::define_shape: "(J)J";
};

const STOP: Class = class! { "io/gilgamesh/internal/StopNatives",
    "open" = stops::open: "(J)J";
    "fire" = stops::fire: "(JIJ)J";
    "close" = stops::close: "(JJ)J";
    "interrupt" = stops::interrupt: "(JJ)J";
    "running" = stops::running: "(JJ)J";
    "stacks" = stops::stacks: "(JJ)J";
};

const TRANSACTION: Class = class! { "io/gilgamesh/internal/TransactionNatives",
    "begin" = transactions::begin: "(JJJJ)J";
    "end" = transactions::end: "(JJJ)J";
    "abandon" = transactions::abandon: "(JJJ)J";
    "letGo" = transactions::let_go: "(JJJ)J";
    "detach" = transactions::detach: "(JJ)J";
    "reattach" = transactions::reattach: "(JJ)J";
    "pinned" = transactions::pinned: "(Ljava/lang/Runnable;)V";
};

const UPCALL: Class = class! { "io/gilgamesh/internal/UpcallNatives",
    "awaitDead" = host::await_dead: "([J)I";
    "adopted" = host::adopted: "()J";
    "replaceEntry" = host::replace_entry: "(J)V";
};

/// The native methods of test builds; the class is one of the tests'.
#[cfg(feature = "testing")]
const TESTING: Class = class! { "io/gilgamesh/internal/TestingNatives",
    "provoke" = crate::testing::provoke: "(J)J";
};

/// Registers all of them.
///
/// # Errors
/// Names the class that has not the methods listed here.
pub(crate) fn register(env: &mut Env<'_>) -> Result<(), Unfit> {
    [BUFFER, CODE, CONTEXT, HANDLE, OBJECT, RUNTIME, STOP, TRANSACTION, UPCALL]
        .iter()
        .try_for_each(|class| bind(env, class))?;
    #[cfg(feature = "testing")]
    bind(env, &TESTING)?;
    Ok(())
}

fn bind(env: &mut Env<'_>, class: &Class) -> Result<(), Unfit> {
    bind_methods(env, class).map_err(|error| Unfit { class: class.name.to_string(), error })
}

/// A class that is not of the same version as this library.
#[derive(Debug)]
pub(crate) struct Unfit {
    class: String,
    error: Error,
}

impl fmt::Display for Unfit {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Unfit { class, error } = self;
        write!(
            out,
            "the class {} has not the native methods of this library ({error}): most likely two versions of Gilgamesh are \
             on the class path; leave one",
            class.replace('/', ".")
        )
    }
}

fn bind_methods(env: &mut Env<'_>, class: &Class) -> Result<(), Error> {
    let java = env.find_class(class.name)?;
    let methods = class.entries.iter().map(|(name, signature, twin)| {
        // SAFETY: each twin has the parameters that its signature says: the JVM checks names and signatures against the
        // class, and a test compares them with the Java declarations.
        unsafe { NativeMethod::from_raw_parts(name, signature, *twin) }
    });
    // SAFETY: as above.
    unsafe { env.register_native_methods(&java, &methods.collect::<Vec<_>>()) }
}
