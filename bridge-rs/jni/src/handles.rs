//! `io.gilgamesh.internal.HandleNatives`.

use crate::forward::forward;
use gilgamesh_core::verbs::handles;
use jni_sys::{JNIEnv, jclass, jint, jlong, jlongArray};

forward! {
    close(context: jlong, reference: jlong, exchange: jlong) = handles::close;
    keep(context: jlong, reference: jlong, exchange: jlong) = handles::keep;
}

/// References that one crossing of the reclaim thread carries at most; more come in further rounds.
const ROUND: usize = 512;

/// Posts dead references; copies them out of the Java array in rounds, without allocating.
pub(crate) extern "system" fn reclaim(
    environment: *mut JNIEnv,
    _class: jclass,
    interpreter: jlong,
    references: jlongArray,
    count: jint,
) {
    let mut round = [0; ROUND];
    let mut start = 0;
    while start < count {
        // At most ROUND, which fits a jint.
        let size = (count - start).min(ROUND as jint);
        // SAFETY: the JVM's environment and array; a range outside the array leaves an exception pending, checked below.
        unsafe {
            ((**environment).v1_1.GetLongArrayRegion)(environment, references, start, size, round.as_mut_ptr());
            if ((**environment).v1_2.ExceptionCheck)(environment) {
                return;
            }
        }
        // Positive: `start < count`.
        handles::reclaim(interpreter, &round[..size as usize]);
        start += size;
    }
}
