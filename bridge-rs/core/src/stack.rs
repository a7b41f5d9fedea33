//! Deep recursion is an exception: what CPython counts is fitted to the stack of the thread that counts.
//!
//! CPython 3.14 looks at the stack itself; it is told where the host's guard zone ends. 3.12 and 3.13 count C calls,
//! 3.11 counts C and Python calls together, each from a constant made for the 8 MB of a main thread; here the count
//! is set from what the stack has left. The stable ABI has no way to it, so the counters are written at their offsets,
//! and only after the words around them were found to be what they should be: an unknown build is left alone.
//!
//! What a level costs, measured: stacks painted before and read after some 60 recursions (`repr`, `__getattr__`,
//! operators, metaclasses, generators, `reduce`, `json`, `pickle`, `deepcopy`, `exec`, imports, `ast` objects ...) at
//! two budgets, on release builds of 3.11.2 (LTO), 3.11.7, 3.12.1 and 3.13.0 for x86-64. The costliest on 3.11 is
//! `__getattr__` through `getattr` (736 to 768 bytes a level, 864 in a debug build), on 3.12 a recursive import (440),
//! on 3.13 the same (464). Two kinds do not fit a count and have a guard of their own: `list.sort` (1.7 to
//! 2.5 kB a level) and the parser, which counts nothing but its own 4 000 to 6 000 levels (`guards`).
//!
//! Knows the stack and the counters; must not know handles, contexts or the host.

mod bounds;
mod guards;
mod limit;
mod source;

pub(crate) use limit::clamp_all;

use crate::failure::{Failure, Reason};
use bounds::{Stack, stack_pointer};
use pyo3::ffi;
use std::ffi::{c_int, c_void};

/// The smallest stack that Python may run on.
const LEAST_STACK: usize = 256 * KB;
/// Kept free below the deepest level that is counted: C code between two checks, raising the error, a short call into
/// the host.
const MARGIN: usize = 64 * KB;
/// What a call into the host needs above the guard zone: HotSpot looks that far ahead, measured with JDK 17 and 25.
const HOST_ROOM: usize = 112 * KB;
/// At a first attach there must be some room, or the first import fails.
const LEAST_ROOM: usize = 32 * KB;
const KB: usize = 1024;

/// Bytes that this thread's stack has left for Python.
fn room() -> usize {
    Stack::current().room(stack_pointer())
}

/// How far the stack may stand from where a budget was fitted before it is fitted again.
pub(crate) const FIT_STEP: usize = 8 * KB;

/// Where this thread's stack stands.
#[inline]
pub(crate) fn pointer() -> usize {
    stack_pointer()
}

/// Whether the stack has room for one more level of a recursion of ours.
pub(crate) fn has_room() -> bool {
    room() > 0
}

/// Refuses a call into the host where the stack has no room for it: HotSpot touches the pages that it may need.
pub(crate) fn check_host_room() -> Result<(), Failure> {
    if Stack::current().room(stack_pointer()) + MARGIN < HOST_ROOM { Err(Reason::NoStack.into()) } else { Ok(()) }
}

/// Refuses threads whose stack is too small for Python, or too full; asked before a thread's first attach.
pub(crate) fn check() -> Result<(), Failure> {
    let stack = Stack::current();
    refuse_small(stack.size)?;
    refuse_full(stack.room(stack_pointer()))
}

fn refuse_small(size: usize) -> Result<(), Failure> {
    too_small(size).map_or(Ok(()), |text| Err(Failure::state(text)))
}

fn too_small(size: usize) -> Option<String> {
    (size < LEAST_STACK).then(|| {
        format!(
            "this thread's stack of {} KB is too small for Python, which needs {} KB: give it more with the stackSize \
         argument of the Thread constructor, or all threads with -Xss",
            size / KB,
            LEAST_STACK / KB
        )
    })
}

fn refuse_full(room: usize) -> Result<(), Failure> {
    if room >= LEAST_ROOM {
        return Ok(());
    }
    Err(Failure::state(
        "this thread's stack is nearly full: Python cannot be entered for the first time so deep in a recursion",
    ))
}

/// Where a minor version counts, and what a level costs there.
#[derive(Clone, Copy, Debug)]
struct Layout {
    /// Offset of what is left of Python's own limit; the limit itself follows, and then the C counter where it is apart.
    python_remaining: usize,
    /// Whether C calls have a counter of their own (3.12 and later).
    separate: bool,
    /// Bytes of stack that a level may take.
    level: usize,
}

/// `offsetof(PyThreadState, ...)`, printed by a C program with each version's headers:
/// 3.11.2, 3.11.7 and a 3.11.2 debug build: `recursion_remaining` 32, `recursion_limit` 36, `recursion_headroom` 40;
/// 3.12.1: `py_recursion_remaining` 28, `py_recursion_limit` 32, `c_recursion_remaining` 36, `recursion_headroom` 40;
/// 3.13.0: the same at 44, 48, 52 and 56.
fn layout(version: u32) -> Option<Layout> {
    match version >> 16 {
        0x030b => Some(Layout { python_remaining: 32, separate: false, level: 896 }),
        0x030c => Some(Layout { python_remaining: 28, separate: true, level: 640 }),
        0x030d => Some(Layout { python_remaining: 44, separate: true, level: 640 }),
        _ => None,
    }
}

/// The largest count of C calls that a build starts with: 500 to 10 000 are known.
const MOST_LEVELS: c_int = 20_000;

/// The counters of one thread state.
#[derive(Clone, Copy, Debug)]
struct Counters {
    /// What is left before the error.
    remaining: *mut c_int,
    /// 3.11: the limit from which `remaining` counts down.
    limit: Option<*mut c_int>,
    level: usize,
}

impl Counters {
    /// # Safety
    /// `state` is a live thread state of CPython's with this layout.
    unsafe fn at(state: *mut ffi::PyThreadState, layout: Layout) -> Counters {
        // SAFETY: the offsets are inside the structure (contract above).
        let first = unsafe { state.cast::<u8>().add(layout.python_remaining) }.cast::<c_int>();
        // SAFETY: as above: the words follow each other.
        let (second, third) = unsafe { (first.add(1), first.add(2)) };
        match layout.separate {
            true => Counters { remaining: third, limit: None, level: layout.level },
            false => Counters { remaining: first, limit: Some(second), level: layout.level },
        }
    }

    fn levels(&self, room: usize) -> c_int {
        c_int::try_from(room / self.level).unwrap_or(c_int::MAX)
    }

    fn get(&self) -> c_int {
        // SAFETY: a counter of a live state; the caller is attached, which orders all accesses to it.
        unsafe { *self.remaining }
    }

    fn set(&self, value: c_int) {
        // SAFETY: as in `get`.
        unsafe { *self.remaining = value }
    }

    /// 3.11: the limit from which `remaining` counts down.
    fn limit(&self) -> Option<c_int> {
        // SAFETY: as in `get`.
        self.limit.map(|limit| unsafe { *limit })
    }
}

/// A state found as expected: its counters may be written.
///
/// The words are `{what is left, limit, [C calls left,] headroom}`. In a state without frames the first equals the
/// second, which equals what the API says; the headroom is 0.
///
/// # Safety
/// `state` is a live, fresh thread state and the thread is attached with it.
unsafe fn recognized(state: *mut ffi::PyThreadState, layout: Layout) -> bool {
    // SAFETY: four words inside a structure that is much larger (288 bytes and more).
    let words = unsafe { state.cast::<u8>().add(layout.python_remaining).cast::<[c_int; 4]>().read_unaligned() };
    // SAFETY: attached.
    is_fresh(words, unsafe { ffi::Py_GetRecursionLimit() }, layout.separate)
}

fn is_fresh(words: [c_int; 4], limit: c_int, separate: bool) -> bool {
    let [remaining, own_limit, third, fourth] = words;
    let headroom = if separate { fourth } else { third };
    let counts_c = !separate || (100..=MOST_LEVELS).contains(&third);
    own_limit == limit && remaining == limit && headroom == 0 && counts_c
}

/// What the bridge knows of one thread state: how to fit its counter to its stack.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Budget {
    counters: Option<Counters>,
    stack: Stack,
    /// 3.12, 3.13: what the build starts with; never exceeded.
    most: c_int,
}

impl Budget {
    /// Fits the count to the stack as it is now. For the start of an outermost attachment, with no Python frame of
    /// this state below: the thread may be deeper in the host's code than last time, or less deep.
    ///
    /// The thread is attached with the state that this budget is for.
    #[inline]
    pub(crate) fn refresh(&self) {
        let Some(counters) = self.counters else { return };
        let levels = counters.levels(self.stack.room(stack_pointer()));
        match counters.limit() {
            None => counters.set(levels.min(self.most)),
            Some(_) => limit::fit_outermost(&counters, levels),
        }
    }
}

/// Fits a thread state that was made just now to the stack of the running thread.
///
/// The result can be kept, for [`Budget::refresh`].
///
/// # Safety
/// The thread is attached with `state`, no Python runs on it, and `version` is the hexversion of the loaded libpython.
pub(crate) unsafe fn prepare(state: *mut ffi::PyThreadState, version: u32) -> Budget {
    let stack = Stack::current();
    // SAFETY: the contract above.
    let counters = layout(version).filter(|layout| unsafe { recognized(state, *layout) }).map(|layout| {
        guards::install(layout);
        // SAFETY: recognized just now.
        unsafe { Counters::at(state, layout) }
    });
    if version >> 16 == 0x030e {
        // SAFETY: attached with `state`, which is this thread's.
        unsafe { protect(state, stack) };
    }
    let budget = Budget { most: counters.map_or(0, |counters| counters.get()), counters, stack };
    budget.refresh();
    budget
}

/// Tells CPython 3.14 where the stack ends that it may use: it knows of no guard zone, and keeps 32 KB itself.
///
/// Absent from 3.14.0, which is left as it is: its 16 KB of hard margin cover the zone.
///
/// # Safety
/// The thread is attached with `state`, on `stack`.
unsafe fn protect(state: *mut ffi::PyThreadState, stack: Stack) {
    type Protect = unsafe extern "C" fn(*mut ffi::PyThreadState, *mut c_void, usize) -> c_int;
    // SAFETY: dlsym with a terminated name.
    let function = unsafe { libc::dlsym(libc::RTLD_DEFAULT, c"PyUnstable_ThreadState_SetStackProtection".as_ptr()) };
    if function.is_null() {
        return;
    }
    let start = stack.low + MARGIN / 2;
    // SAFETY: the signature of that function since it came (3.14.1); it can only fail for tiny stacks.
    unsafe {
        let function = std::mem::transmute::<*mut c_void, Protect>(function);
        if function(state, start as *mut c_void, stack.high - start) != 0 {
            ffi::PyErr_Clear();
        }
    }
}

/// A count that is lowered for a while to what the stack has, because less is left of it than was counted.
#[derive(Debug)]
struct Lowered {
    counters: Counters,
    by: c_int,
}

impl Lowered {
    /// # Safety
    /// The thread is attached, until this is dropped too, and the layout is the running version's.
    unsafe fn now(layout: Layout) -> Lowered {
        // SAFETY: attached, so there is a current state; the layout fits it (contract above).
        let counters = unsafe { Counters::at(ffi::PyThreadState_Get(), layout) };
        let by = (counters.get() - counters.levels(room())).max(0);
        counters.set(counters.get() - by);
        Lowered { counters, by }
    }
}

impl Drop for Lowered {
    fn drop(&mut self) {
        self.counters.set(self.counters.get() + self.by);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_stack_is_refused_with_its_size_and_the_remedy() {
        let text = too_small(200 * KB).expect("too small");
        assert!(text.contains("200 KB") && text.contains("256 KB") && text.contains("-Xss"));
        assert!(too_small(256 * KB).is_none());
        assert!(refuse_full(KB).is_err());
    }

    #[test]
    fn only_a_state_with_the_expected_words_is_written() {
        assert!(is_fresh([1000, 1000, 1500, 0], 1000, true));
        assert!(is_fresh([1000, 1000, 10_000, 0], 1000, true));
        assert!(!is_fresh([1000, 1000, 0, 0], 1000, true));
        assert!(!is_fresh([1000, 1000, 1500, 7], 1000, true));
        assert!(!is_fresh([999, 1000, 1500, 0], 1000, true));
        assert!(is_fresh([1000, 1000, 0, 99], 1000, false));
        assert!(!is_fresh([1000, 900, 0, 0], 1000, false));
    }

    #[test]
    fn a_count_that_was_lowered_is_given_back() {
        let mut count = 200;
        let counters = Counters { remaining: &raw mut count, limit: None, level: 640 };
        assert_eq!(counters.levels(64 * KB), 102);
        drop(Lowered { counters, by: 50 });
        assert_eq!(count, 250);
    }

    #[test]
    fn versions_without_a_counter_have_no_layout() {
        assert!(layout(0x030b_07f0).is_some_and(|layout| !layout.separate));
        assert!(layout(0x030d_00f0).is_some_and(|layout| layout.separate));
        assert!(layout(0x030e_03f0).is_none());
    }
}
