//! `io.gilgamesh.internal.UpcallNatives`, and the way from Python code to `io.gilgamesh.internal.Upcalls`.
//!
//! Java's entry takes numbers and catches all that is thrown in it. A thread that the JVM does not know, since Python made
//! it, is attached at its first call, as a daemon, and stays so until it ends.

use gilgamesh_core::{HostEntry, await_released, set_host_entry, set_host_thread};
use jni::errors::Error;
use jni::{Env, jni_sig, jni_str};
use jni_sys::{JNI_EDETACHED, JNI_OK, JNI_VERSION_1_8, JNIEnv, jclass, jint, jlong, jlongArray, jmethodID, jvalue};
use once_cell::sync::OnceCell;
use std::cell::Cell;
use std::ffi::c_void;

/// Java's entry.
struct Entry {
    vm: *mut jni_sys::JavaVM,
    class: jclass,
    method: jmethodID,
    thread: Thread,
}

/// How the running thread is asked for: `Thread.currentThread().getId()`.
struct Thread {
    class: jclass,
    current: jmethodID,
    id: jmethodID,
}

// SAFETY: the JVM, a global reference and a method's id, which any thread may use.
unsafe impl Send for Entry {}
// SAFETY: as above.
unsafe impl Sync for Entry {}

static ENTRY: OnceCell<Entry> = OnceCell::new();

/// Makes Java the host.
pub(crate) fn install(env: &mut Env<'_>) -> Result<(), Error> {
    let class = env.find_class(jni_str!("io/gilgamesh/internal/Upcalls"))?;
    let method = env.get_static_method_id(&class, jni_str!("enter"), jni_sig!("(IIJJI)J"))?;
    let entry = Entry {
        vm: env.get_java_vm()?.get_raw(),
        class: env.new_global_ref(&class)?.into_raw(),
        method: method.into_raw(),
        thread: find_thread(env)?,
    };
    // A second load of the library finds the entry there already.
    if ENTRY.set(entry).is_ok() {
        set_host_entry(enter);
        set_host_thread(thread_id);
    }
    Ok(())
}

fn find_thread(env: &mut Env<'_>) -> Result<Thread, Error> {
    let class = env.find_class(jni_str!("java/lang/Thread"))?;
    let current = env.get_static_method_id(&class, jni_str!("currentThread"), jni_sig!("()Ljava/lang/Thread;"))?;
    let id = env.get_method_id(&class, jni_str!("getId"), jni_sig!("()J"))?;
    let class = env.new_global_ref(&class)?.into_raw();
    Ok(Thread { class, current: current.into_raw(), id: id.into_raw() })
}

/// Java's id of the running thread; 0 for one that the JVM does not know.
fn thread_id() -> i64 {
    let Some(Entry { vm, thread, .. }) = ENTRY.get() else { return 0 };
    let mut environment: *mut c_void = std::ptr::null_mut();
    // SAFETY: the JVM lives as long as the process; its environment for this thread, a class and methods of it without
    // parameters; what they throw, as for a lack of stack, is cleared; the reference is given back.
    unsafe {
        if ((**(*vm)).v1_4.GetEnv)(*vm, &raw mut environment, JNI_VERSION_1_8) != JNI_OK {
            return 0;
        }
        let environment: *mut JNIEnv = environment.cast();
        let functions = &(**environment).v1_4;
        let current = (functions.CallStaticObjectMethodA)(environment, thread.class, thread.current, std::ptr::null());
        if (functions.ExceptionCheck)(environment) {
            (functions.ExceptionClear)(environment);
            return 0;
        }
        let id = (functions.CallLongMethodA)(environment, current, thread.id, std::ptr::null());
        if (functions.ExceptionCheck)(environment) {
            (functions.ExceptionClear)(environment);
        }
        (functions.DeleteLocalRef)(environment, current);
        id
    }
}

/// Calls Java.
unsafe extern "C" fn enter(operation: i32, member: i32, receiver: i64, context: i64, buffer: i32) -> i64 {
    let Some(entry) = ENTRY.get() else { return FAILED };
    let Some(environment) = environment(entry) else { return FAILED };
    let values = [
        jvalue { i: operation },
        jvalue { i: member },
        jvalue { j: receiver },
        jvalue { j: context },
        jvalue { i: buffer },
    ];
    // SAFETY: the environment of this thread; a class and a static method of it with these parameters. What the method
    // itself could not catch, as a lack of stack, is cleared: the buffer says nothing then.
    unsafe {
        let functions = &(**environment).v1_4;
        let result = (functions.CallStaticLongMethodA)(environment, entry.class, entry.method, values.as_ptr());
        if (functions.ExceptionCheck)(environment) {
            (functions.ExceptionClear)(environment);
            return FAILED;
        }
        result
    }
}

/// The mark of a failure, as the core has it.
const FAILED: i64 = i64::MIN;

fn environment(entry: &Entry) -> Option<*mut JNIEnv> {
    let mut environment: *mut c_void = std::ptr::null_mut();
    // SAFETY: the JVM lives as long as the process.
    let status = unsafe { ((**entry.vm).v1_4.GetEnv)(entry.vm, &raw mut environment, JNI_VERSION_1_8) };
    match status {
        JNI_OK => Some(environment.cast()),
        JNI_EDETACHED => attach(entry),
        _ => None,
    }
}

/// Attaches a thread that Python made, until it ends.
#[cold]
fn attach(entry: &Entry) -> Option<*mut JNIEnv> {
    let mut environment: *mut c_void = std::ptr::null_mut();
    // SAFETY: as above; without arguments the JVM chooses the thread's name.
    let status = unsafe {
        ((**entry.vm).v1_4.AttachCurrentThreadAsDaemon)(entry.vm, &raw mut environment, std::ptr::null_mut())
    };
    if status != JNI_OK {
        return None;
    }
    ATTACHED.with(|attached| attached.set(Some(Detach(entry.vm))));
    Some(environment.cast())
}

thread_local! {
    static ATTACHED: Cell<Option<Detach>> = const { Cell::new(None) };
}

/// Detaches the thread when it ends.
struct Detach(*mut jni_sys::JavaVM);

impl Drop for Detach {
    fn drop(&mut self) {
        // SAFETY: the thread was attached by `attach`, and runs no Java code when it ends.
        unsafe { ((**self.0).v1_4.DetachCurrentThread)(self.0) };
    }
}

// ---- natives

/// Waits for references that died in Python; how many there are.
pub(crate) extern "system" fn await_dead(environment: *mut JNIEnv, _class: jclass, into: jlongArray) -> jint {
    let mut references = [0_i64; 256];
    // SAFETY: the environment of this thread and an array of Java's.
    let room = unsafe { ((**environment).v1_4.GetArrayLength)(environment, into) };
    let room = usize::try_from(room).unwrap_or(0).min(references.len());
    let count = await_released(&mut references[..room]) as jint;
    // SAFETY: as above; no more than there is room for.
    unsafe { ((**environment).v1_4.SetLongArrayRegion)(environment, into, 0, count, references.as_ptr()) };
    count
}

/// How many references this thread's requests have handed over so far.
pub(crate) extern "system" fn adopted(_environment: *mut JNIEnv, _class: jclass) -> jlong {
    gilgamesh_core::adopted()
}

/// Puts a faster entry in the place of the first one.
pub(crate) extern "system" fn replace_entry(_environment: *mut JNIEnv, _class: jclass, address: jlong) {
    let address: *const c_void = std::ptr::with_exposed_provenance(address as usize);
    // SAFETY: Java passes the address of a stub of its entry, which lives as long as the process.
    set_host_entry(unsafe { std::mem::transmute::<*const c_void, HostEntry>(address) });
}
