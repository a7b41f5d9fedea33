//! `io.gilgamesh.internal.ContextNatives`.

use crate::forward::forward;
use gilgamesh_core::verbs::contexts;
use jni_sys::jlong;

forward! {
    open(interpreter: jlong, exchange: jlong) = contexts::open;
    close(context: jlong, exchange: jlong) = contexts::close;
    globals(context: jlong, exchange: jlong) = contexts::globals;
}
