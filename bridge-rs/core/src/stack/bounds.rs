//! Where the running thread's stack begins and ends, and how much of it is left.
//!
//! Knows the system's threads and the guard zone of HotSpot; must not know Python.

use super::{KB, LEAST_STACK, MARGIN};
use std::cell::Cell;
use std::ffi::c_void;
use std::mem::MaybeUninit;

/// The stack of an OS thread, from its lowest address to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stack {
    /// The lowest address that native code may touch: above the guards of the system's thread library and of the host.
    pub(super) low: usize,
    pub(super) high: usize,
    /// What was asked for when the thread was made.
    pub(super) size: usize,
}

thread_local! {
    static STACK: Cell<Option<Stack>> = const { Cell::new(None) };
}

/// The guard zone that HotSpot keeps at the low end of a Java thread's stack, inside what pthreads report: a red, two
/// yellow and a reserved page of 4 KB, each zone rounded up to the system's pages (read from the maps of JDK 17 and
/// 25: 16 KB, and no guard page of glibc's). Other threads are charged for it too.
fn guard_zone(page: usize) -> usize {
    [4 * KB, 8 * KB, 4 * KB].iter().map(|zone| zone.next_multiple_of(page)).sum()
}

impl Stack {
    /// The running thread's; asked for once a thread.
    #[inline]
    pub(super) fn current() -> Stack {
        match STACK.get() {
            Some(stack) => stack,
            None => Stack::ask(),
        }
    }

    #[cold]
    fn ask() -> Stack {
        let stack = Stack::from_pthread().unwrap_or_else(Stack::guess);
        STACK.set(Some(stack));
        stack
    }

    fn from_pthread() -> Option<Stack> {
        let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
        let (mut low, mut size, mut guard) = (std::ptr::null_mut::<c_void>(), 0, 0);
        // SAFETY: asks about the running thread; the attributes are read only where they were filled, and destroyed.
        unsafe {
            if libc::pthread_getattr_np(libc::pthread_self(), attributes.as_mut_ptr()) != 0 {
                return None;
            }
            let failed = libc::pthread_attr_getstack(attributes.as_ptr(), &raw mut low, &raw mut size)
                | libc::pthread_attr_getguardsize(attributes.as_ptr(), &raw mut guard);
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
            (failed == 0).then_some(Stack {
                low: low as usize + guard + guard_zone(page_size()),
                high: low as usize + size,
                size,
            })
        }
    }

    /// Where the system does not tell: the least stack, counted from here.
    fn guess() -> Stack {
        let here = stack_pointer();
        Stack { low: here.saturating_sub(LEAST_STACK - 16 * KB), high: here + 16 * KB, size: LEAST_STACK }
    }

    /// Bytes between the stack pointer and the margin.
    pub(super) fn room(self, pointer: usize) -> usize {
        pointer.saturating_sub(self.low + MARGIN)
    }
}

fn page_size() -> usize {
    // SAFETY: asks for a constant.
    usize::try_from(unsafe { libc::sysconf(libc::_SC_PAGESIZE) }).unwrap_or(4 * KB)
}

/// Stack of a thread for which nobody asked for a size, without the margins.
pub(super) fn usual_stack() -> usize {
    let mut attributes = MaybeUninit::<libc::pthread_attr_t>::uninit();
    let mut size = 0;
    // SAFETY: fresh attributes, read and destroyed.
    unsafe {
        if libc::pthread_attr_init(attributes.as_mut_ptr()) == 0 {
            libc::pthread_attr_getstacksize(attributes.as_ptr(), &raw mut size);
            libc::pthread_attr_destroy(attributes.as_mut_ptr());
        }
    }
    size.saturating_sub(MARGIN)
}

/// An address in the caller's frame, or in one that it called.
#[inline]
pub(super) fn stack_pointer() -> usize {
    let here = 0_u8;
    std::hint::black_box(&raw const here) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_guard_zone_is_rounded_up_to_pages() {
        assert_eq!(guard_zone(4 * KB), 16 * KB);
        assert_eq!(guard_zone(64 * KB), 192 * KB);
    }

    #[test]
    fn this_threads_stack_has_at_least_the_size_that_was_asked_for() {
        let seen = std::thread::Builder::new().stack_size(512 * KB).spawn(|| (Stack::current(), stack_pointer()));
        let (stack, pointer) = seen.expect("a thread starts").join().expect("it ends");
        // glibc gives a new thread the stack of one that ended, where that is at most four times as large.
        assert!((512 * KB..=4 * 512 * KB).contains(&stack.size), "{} bytes", stack.size);
        assert!(stack.low < pointer && pointer < stack.high);
    }
}
