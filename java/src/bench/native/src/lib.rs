//! The floors of the benchmarks: each native runs `n` times the bare C API calls that an operation of the bridge needs.
//!
//! Knows nothing of the bridge's core and is no part of the jar. Its natives attach for themselves, on a thread that
//! the bridge has attached or not, and return a checksum that must be that of the operation.

mod loops;
mod scopes;
mod subjects;
mod tables;
mod upcalls;

use jni_sys::{JNIEnv, jclass, jlong, jstring};
use pyo3::ffi;

/// Makes natives of `io.gilgamesh.bench.FloorNatives` out of loops.
macro_rules! natives {
    ($($native:ident = $work:path;)*) => {
        $(
            #[unsafe(no_mangle)]
            extern "system" fn $native(_environment: *mut JNIEnv, _class: jclass, times: jlong) -> jlong {
                // SAFETY: Python runs, since the benchmarks start it first; the pair encloses all that the loop does.
                unsafe {
                    let state = ffi::PyGILState_Ensure();
                    let sum = $work(times);
                    ffi::PyGILState_Release(state);
                    sum
                }
            }
        )*
    };
}

natives! {
    Java_io_gilgamesh_bench_FloorNatives_call0 = loops::call0;
    Java_io_gilgamesh_bench_FloorNatives_call0Attached = loops::call0_attached;
    Java_io_gilgamesh_bench_FloorNatives_call1Long = loops::call1_long;
    Java_io_gilgamesh_bench_FloorNatives_call1LongAttached = loops::call1_long_attached;
    Java_io_gilgamesh_bench_FloorNatives_attach = loops::attach;
    Java_io_gilgamesh_bench_FloorNatives_attribute = loops::attribute;
    Java_io_gilgamesh_bench_FloorNatives_text1000 = loops::text1000;
    Java_io_gilgamesh_bench_FloorNatives_buildList = loops::build_list;
    Java_io_gilgamesh_bench_FloorNatives_walkList = loops::walk_list;
    Java_io_gilgamesh_bench_FloorNatives_walkDict = loops::walk_dict;
    Java_io_gilgamesh_bench_FloorNatives_listGet = loops::list_get;
    Java_io_gilgamesh_bench_FloorNatives_mapGet = loops::map_get;
    Java_io_gilgamesh_bench_FloorNatives_buildTable = tables::build;
    Java_io_gilgamesh_bench_FloorNatives_buildRecords = tables::build_records;
    Java_io_gilgamesh_bench_FloorNatives_walkTable = tables::walk;
    Java_io_gilgamesh_bench_FloorNatives_exec = loops::exec;
    Java_io_gilgamesh_bench_FloorNatives_eval = loops::eval;
    Java_io_gilgamesh_bench_FloorNatives_namespace = scopes::namespace;
    Java_io_gilgamesh_bench_FloorNatives_job = scopes::job;
    Java_io_gilgamesh_bench_FloorNatives_raise = loops::raise;
    Java_io_gilgamesh_bench_FloorNatives_make = loops::make;
    Java_io_gilgamesh_bench_FloorNatives_makeAttached = loops::make_attached;
}

/// An empty native without arguments.
#[unsafe(no_mangle)]
extern "system" fn Java_io_gilgamesh_bench_FloorNatives_empty(_environment: *mut JNIEnv, _class: jclass) {}

/// An empty native with the parameters of most natives of the bridge.
#[unsafe(no_mangle)]
extern "system" fn Java_io_gilgamesh_bench_FloorNatives_empty4(
    _environment: *mut JNIEnv,
    _class: jclass,
    first: jlong,
    _second: jlong,
    _third: jlong,
    _fourth: jlong,
) -> jlong {
    first
}

/// The Python source of what the loops call, so that the operations call the same.
#[unsafe(no_mangle)]
extern "system" fn Java_io_gilgamesh_bench_FloorNatives_definitions(
    environment: *mut JNIEnv,
    _class: jclass,
) -> jstring {
    // SAFETY: the JVM's environment; a terminated text of ASCII.
    unsafe { ((**environment).v1_1.NewStringUTF)(environment, subjects::SOURCE.as_ptr()) }
}
