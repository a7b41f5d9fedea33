//! The native methods of `io.gilgamesh.internal`: one thin file for each Java class, no logic.
//!
//! Each entry hands its numbers to the core, which attaches, guards and answers; `list` names them all once.

mod forward;

mod buffers;
mod code;
mod contexts;
mod handles;
mod objects;
mod runtime;
#[cfg(feature = "testing")]
mod testing;
mod transactions;

mod list;

use jni::JavaVM;
use jni_sys::{JNI_ERR, JNI_VERSION_1_8, jint};
use std::ffi::c_void;

/// Registers the native methods when the JVM loads the library.
///
/// # Safety
/// Called by the JVM alone, with its own `vm`.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn JNI_OnLoad(vm: *mut jni_sys::JavaVM, _reserved: *mut c_void) -> jint {
    gilgamesh_core::keep_panics_quiet();
    // SAFETY: the JVM's own pointer, not null.
    let vm = unsafe { JavaVM::from_raw(vm) };
    match vm.attach_current_thread(list::register) {
        Ok(()) => JNI_VERSION_1_8,
        // The pending exception, if any, tells which class or method does not fit; the JVM throws it.
        Err(_) => JNI_ERR,
    }
}
