//! `io.gilgamesh.internal.ContextNatives`.

use crate::forward::forward;
use gilgamesh_core::verbs::contexts;
use jni_sys::jlong;

forward! {
    open(exchange: jlong) = contexts::open;
    open_isolated(exchange: jlong) = contexts::open_isolated;
    close(context: jlong, exchange: jlong) = contexts::close;
    globals(context: jlong, exchange: jlong) = contexts::globals;
}
