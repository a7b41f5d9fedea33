//! `io.gilgamesh.internal.BufferNatives`.

use gilgamesh_core::release_block;
use jni_sys::{JNIEnv, jclass, jlong, jobject};

/// Views native memory as a direct buffer, which does not own it.
pub(crate) extern "system" fn view(environment: *mut JNIEnv, _class: jclass, address: jlong, length: jlong) -> jobject {
    let start = std::ptr::with_exposed_provenance_mut(address as usize);
    // SAFETY: the JVM's environment; the memory is a block that Java gives back after use.
    unsafe { ((**environment).v1_4.NewDirectByteBuffer)(environment, start, length) }
}

/// Frees a block.
pub(crate) extern "system" fn free(_environment: *mut JNIEnv, _class: jclass, address: jlong, length: jlong) {
    // SAFETY: Java gives back what the core handed over, once, after the last read.
    unsafe { release_block(address, length) }
}

/// The address of a direct buffer.
pub(crate) extern "system" fn address(environment: *mut JNIEnv, _class: jclass, buffer: jobject) -> jlong {
    // SAFETY: the JVM's environment and a direct buffer of its own.
    let start = unsafe { ((**environment).v1_4.GetDirectBufferAddress)(environment, buffer) };
    start.expose_provenance() as jlong
}
