//! `io.gilgamesh.internal.RuntimeNatives`.

use crate::forward::forward;
use gilgamesh_core::life;
use gilgamesh_core::verbs::{handles, shapes};
use jni_sys::jlong;

forward! {
    start(exchange: jlong) = life::start;
    run_program(exchange: jlong) = life::run_program;
    shutdown(exchange: jlong, timeout_nanos: jlong) = life::shutdown;
    stats(exchange: jlong) = life::stats;
    drain(exchange: jlong) = handles::drain;
    define_shape(exchange: jlong) = shapes::define;
}
