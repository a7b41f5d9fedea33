//! `io.gilgamesh.internal.TestingNatives`, a class of the tests.

use crate::forward::forward;
use gilgamesh_core::testing;
use jni_sys::jlong;

forward! {
    provoke(how: jlong) = testing::provoke;
}
