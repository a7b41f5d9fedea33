//! `io.gilgamesh.internal.StopNatives`.

use crate::forward::forward;
use gilgamesh_core::verbs::stops;
use jni_sys::{jint, jlong};

forward! {
    open(exchange: jlong) = stops::open;
    fire(scope: jlong, kind: jint, exchange: jlong) = stops::fire;
    close(scope: jlong, exchange: jlong) = stops::close;
    interrupt(context: jlong, exchange: jlong) = stops::interrupt;
    running(context: jlong, exchange: jlong) = stops::running;
    stacks(context: jlong, exchange: jlong) = stops::stacks;
}
