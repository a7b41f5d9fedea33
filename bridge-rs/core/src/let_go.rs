//! Taking the GIL, at the process's end, from a thread that holds it while it runs the host's code.
//!
//! A transaction that is open when the process ends would keep Python's exit handlers from running: its thread may wait
//! in `System.exit`, sleep, or have returned from `main` with its OS thread alive. Only that thread can let go of what it
//! holds, so it is sent a signal. The handler does what `detach` does, and only where the thread is in the host's code:
//! `Thread::claim` and `Thread::save` take that mark away before they touch Python.

use crate::interpreter::Interpreter;

/// Asks the thread that is attached while it runs the host's code, if there is one, to let go.
#[cfg(target_os = "linux")]
pub(crate) fn ask(interpreter: &Interpreter) {
    if let (Some(thread), Some(signal)) = (interpreter.holder.os_thread_in_host(), linux::signal()) {
        tracing::debug!(thread, signal, "a thread is asked to let go of Python");
        linux::send(thread, signal);
    }
}

/// Elsewhere than on Linux no thread can be named safely that may end meanwhile: exit handlers do not run then.
#[cfg(not(target_os = "linux"))]
pub(crate) fn ask(_: &Interpreter) {}

#[cfg(target_os = "linux")]
mod linux {
    use crate::thread::with_thread;
    use once_cell::sync::OnceCell;
    use std::ffi::c_int;
    use std::mem::MaybeUninit;

    /// A real-time signal that nobody uses, with the handler in place from here on: the process is about to end.
    pub(super) fn signal() -> Option<c_int> {
        static SIGNAL: OnceCell<Option<c_int>> = OnceCell::new();
        *SIGNAL.get_or_init(|| (libc::SIGRTMIN()..=libc::SIGRTMAX()).rev().find(|&signal| install(signal)))
    }

    /// Installs the handler where the signal has none; whether it did.
    fn install(signal: c_int) -> bool {
        // SAFETY: reads and writes the action of a valid signal; zeroes are a valid `sigaction`.
        unsafe {
            let mut action = MaybeUninit::<libc::sigaction>::zeroed().assume_init();
            if libc::sigaction(signal, std::ptr::null(), &raw mut action) != 0 || action.sa_sigaction != libc::SIG_DFL {
                return false;
            }
            action.sa_sigaction = let_go as extern "C" fn(c_int) as libc::sighandler_t;
            action.sa_flags = libc::SA_RESTART | libc::SA_ONSTACK;
            libc::sigaction(signal, &raw const action, std::ptr::null_mut()) == 0
        }
    }

    /// Sends by number and not by `pthread_t`, which must not be used once its thread has ended.
    pub(super) fn send(thread: i32, signal: c_int) {
        // SAFETY: a system call on numbers; where the thread has ended, nothing happens.
        unsafe { libc::syscall(libc::SYS_tgkill, libc::getpid(), thread, signal) };
    }

    extern "C" fn let_go(_: c_int) {
        // Where the thread has no record any more it holds nothing.
        let _ = with_thread(|thread| {
            thread.save_in_host();
            Ok(())
        });
    }
}
