//! The native methods of `io.gilgamesh.internal`: one thin file for each Java class, no logic.
//!
//! Each entry hands its numbers to the core, which attaches, guards and answers; `list` names them all once.

mod forward;

mod buffers;
mod code;
mod contexts;
mod handles;
mod host;
mod objects;
mod runtime;
mod stops;
#[cfg(feature = "testing")]
mod testing;
mod transactions;

mod list;
mod log;

use jni::errors::Error;
use jni::strings::JNIString;
use jni::vm::{AttachConfig, AttachmentExceptionPolicy};
use jni::{Env, JavaVM, jni_str};
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
    let bound = vm.attach_current_thread_with_config(leave_pending, None, |env| {
        list::register(env).or_else(|failure| refuse(env, &failure))?;
        log::install(env)?;
        host::install(env)
    });
    match bound {
        Ok(()) => JNI_VERSION_1_8,
        // The pending exception tells which class does not fit; the JVM throws it.
        Err(_) => JNI_ERR,
    }
}

fn leave_pending<'a>() -> AttachConfig<'a> {
    AttachConfig::new().exceptions_policy(AttachmentExceptionPolicy::Ignore)
}

fn refuse(env: &mut Env<'_>, failure: &list::Unfit) -> Result<(), Error> {
    env.exception_clear();
    env.throw_new(jni_str!("java/lang/UnsatisfiedLinkError"), JNIString::new(failure.to_string()))?;
    Err(Error::JavaException)
}
