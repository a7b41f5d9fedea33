//! Transactions: begin, end, let go of the GIL for a while.

use crate::bridge::is_exiting;
use crate::context::ContextId;
use crate::entry::{exiting, guarded};
use crate::let_go;
use crate::transaction;
use std::time::Duration;

/// Begins a transaction of the calling thread; its token. A negative limit means none.
pub fn begin(context: i64, host_thread: i64, limit_nanos: i64, exchange: i64) -> i64 {
    guarded(exchange, |_| {
        if is_exiting() {
            return Err(exiting());
        }
        let limit = u64::try_from(limit_nanos).ok().map(Duration::from_nanos);
        transaction::begin(ContextId::from_java(context), host_thread, limit)
    })
}

/// Ends it; how many handles were released.
pub fn end(_context: i64, token: i64, exchange: i64) -> i64 {
    guarded(exchange, |_| transaction::end(token))
}

/// Whether a transaction whose thread ended has been repaired.
pub fn abandon(_context: i64, token: i64, exchange: i64) -> i64 {
    guarded(exchange, |_| Ok(transaction::is_repaired(token).into()))
}

/// Takes the GIL from a thread of that number that holds it in a transaction while the host says that it has ended: the
/// OS thread under it lives on. Its handles live as long as that.
pub fn let_go(context: i64, host_thread: i64, exchange: i64) -> i64 {
    guarded(exchange, |_| {
        let interpreter = ContextId::from_java(context).interpreter()?;
        if interpreter.holder.is_in_host(host_thread) {
            let_go::ask(interpreter);
        }
        Ok(0)
    })
}

/// Lets others in while the transaction does something else.
pub fn detach(context: i64, exchange: i64) -> i64 {
    guarded(exchange, |_| transaction::detach(ContextId::from_java(context)).map(|()| 0))
}

/// Attaches again.
pub fn reattach(context: i64, exchange: i64) -> i64 {
    guarded(exchange, |_| transaction::reattach(ContextId::from_java(context)).map(|()| 0))
}
