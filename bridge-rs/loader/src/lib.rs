//! Opens libpython with its symbols global, before the bridge is loaded.
//!
//! The bridge is linked against no libpython, so that one binary serves all versions: its symbols, and those of C
//! extensions such as NumPy's, are found in the library that is opened here.

use jni::objects::{JClass, JString};
use jni::{EnvUnowned, errors::Error};
use std::ffi::{CStr, CString};

/// `io.gilgamesh.internal.LoaderNatives.open`: null where all is well, else the system's message.
#[unsafe(no_mangle)]
pub extern "system" fn Java_io_gilgamesh_internal_LoaderNatives_open<'local>(
    mut environment: EnvUnowned<'local>,
    _class: JClass<'local>,
    library: JString<'local>,
) -> JString<'local> {
    let outcome = environment.with_env(|env| -> Result<JString<'local>, Error> {
        // The path was checked to exist; modified UTF-8 differs from UTF-8 for NUL and beyond the basic plane only.
        match open(&library.try_to_string(env)?) {
            Ok(()) => Ok(JString::null()),
            Err(message) => JString::from_str(env, message),
        }
    });
    outcome.resolve::<jni::errors::ThrowRuntimeExAndDefault>()
}

fn open(path: &str) -> Result<(), String> {
    let path = CString::new(path).map_err(|_| "the path holds a NUL character".to_owned())?;
    // SAFETY: a terminated path; the library's initialisers are libpython's, which do nothing before start.
    let library = unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_GLOBAL) };
    if !library.is_null() {
        return Ok(());
    }
    // SAFETY: the message of the failure above, on this thread, copied before the next call.
    let message = unsafe { libc::dlerror() };
    if message.is_null() {
        return Err("unknown reason".to_owned());
    }
    // SAFETY: a terminated string.
    Err(unsafe { CStr::from_ptr(message) }.to_string_lossy().into_owned())
}
