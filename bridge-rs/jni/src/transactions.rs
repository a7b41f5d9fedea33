//! `io.gilgamesh.internal.TransactionNatives`.

use crate::forward::forward;
use gilgamesh_core::verbs::transactions;
use jni::objects::{JClass, JObject};
use jni::{EnvUnowned, jni_sig, jni_str};
use jni_sys::jlong;

forward! {
    begin(context: jlong, thread: jlong, limit: jlong, exchange: jlong) = transactions::begin;
    end(context: jlong, scope: jlong, exchange: jlong) = transactions::end;
    abandon(context: jlong, scope: jlong, exchange: jlong) = transactions::abandon;
    let_go(context: jlong, thread: jlong, exchange: jlong) = transactions::let_go;
    detach(context: jlong, exchange: jlong) = transactions::detach;
    reattach(context: jlong, exchange: jlong) = transactions::reattach;
}

/// Runs a body below a native frame, which keeps a virtual thread on its carrier.
pub(crate) extern "system" fn pinned<'local>(
    mut environment: EnvUnowned<'local>,
    _class: JClass<'local>,
    body: JObject<'local>,
) {
    let outcome = environment.with_env(|env| env.call_method(&body, jni_str!("run"), jni_sig!("()V"), &[]).map(drop));
    // What the body threw stays pending and is thrown where the native method returns; nothing else can fail here.
    outcome.resolve::<LeavePending>()
}

/// An error policy: the Java exception that is pending says it all.
struct LeavePending;

impl jni::errors::ErrorPolicy<(), jni::errors::Error> for LeavePending {
    type Captures<'env: 'method, 'method> = ();

    fn on_error<'env: 'method, 'method>(
        _: &mut jni::Env<'env>,
        (): &mut Self::Captures<'env, 'method>,
        _: jni::errors::Error,
    ) -> jni::errors::Result<()> {
        Ok(())
    }

    fn on_panic<'env: 'method, 'method>(
        env: &mut jni::Env<'env>,
        (): &mut Self::Captures<'env, 'method>,
        _: Box<dyn std::any::Any + Send + 'static>,
    ) -> jni::errors::Result<()> {
        env.throw_new(jni_str!("io/gilgamesh/PythonInternalError"), jni_str!("the bridge panicked"))
    }
}
