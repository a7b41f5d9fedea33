//! The form of an entry that only hands its numbers on.

/// Makes native methods out of functions of the core with the same parameters.
///
/// They take no Java object and make none, so they need nothing of the JNI environment: the path of every call is
/// a jump. The core catches panics and reports all failures through the exchange.
macro_rules! forward {
    ($($name:ident($($parameter:ident: $kind:ty),*) = $($core:ident)::+;)*) => {
        $(
            pub(crate) extern "system" fn $name(
                _environment: *mut jni_sys::JNIEnv,
                _class: jni_sys::jclass,
                $($parameter: $kind),*
            ) -> jni_sys::jlong {
                $($core)::+($($parameter),*)
            }
        )*
    };
}

pub(crate) use forward;
