//! `io.gilgamesh.internal.CodeNatives`.

use crate::forward::forward;
use gilgamesh_core::verbs::code;
use jni_sys::{jint, jlong};

forward! {
    compile(context: jlong, mode: jint, exchange: jlong) = code::compile;
    run(context: jlong, code: jlong, want: jint, exchange: jlong) = code::run;
    run_with(context: jlong, code: jlong, want: jint, exchange: jlong) = code::run_with;
    import_module(context: jlong, want: jint, exchange: jlong) = code::import_module;
}
