//! Keeps the host's signal handlers.
//!
//! The JVM uses SIGSEGV and its like for safepoints and null checks; a handler of Python's in their place turns those
//! into crashes. Start and `faulthandler.enable` are therefore put between a save and a restore of all handlers.

use std::mem::MaybeUninit;

const KEPT: [i32; 11] = [
    libc::SIGSEGV,
    libc::SIGBUS,
    libc::SIGFPE,
    libc::SIGILL,
    libc::SIGABRT,
    libc::SIGINT,
    libc::SIGTERM,
    libc::SIGHUP,
    libc::SIGPIPE,
    libc::SIGXFSZ,
    libc::SIGUSR2,
];

/// The handlers as they were.
pub(crate) struct Handlers([libc::sigaction; KEPT.len()]);

impl Handlers {
    /// Reads them.
    pub(crate) fn save() -> Self {
        Handlers(KEPT.map(|signal| {
            let mut action = MaybeUninit::zeroed();
            // SAFETY: asks for the action of a valid signal; zeroes are a valid `sigaction` where it fails.
            unsafe {
                libc::sigaction(signal, std::ptr::null(), action.as_mut_ptr());
                action.assume_init()
            }
        }))
    }

    /// Puts back each that has changed since.
    pub(crate) fn restore(&self) {
        let now = Handlers::save();
        for ((signal, was), is) in KEPT.iter().zip(&self.0).zip(&now.0) {
            if was.sa_sigaction != is.sa_sigaction {
                // SAFETY: puts back an action that was read from the system.
                unsafe { libc::sigaction(*signal, was, std::ptr::null_mut()) };
            }
        }
    }
}
