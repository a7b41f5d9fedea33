//! CPython 3.11 counts C and Python calls in one counter, which `sys.setrecursionlimit` rewrites in every thread.
//!
//! The counter runs from the thread's copy of the limit to 0. When it is used up CPython looks whether the thread is
//! as deep as the interpreter's limit, and raises the thread's copy where not: to lower the copy is of no use. So the
//! counter alone is lowered, which makes the thread look deeper than it is by as much: by its *feint*. Before
//! `sys.setrecursionlimit` every feint is taken back, since CPython works out each new count from the depth that it sees
//! and refuses limits below it; afterwards all counters are fitted again. Feints are kept by the states' numbers, which
//! are never used twice, as their addresses are.

use super::bounds::usual_stack;
use super::guards::layout_in_use;
use super::{Counters, Layout};
use pyo3::ffi;
use std::collections::HashMap;
use std::ffi::c_int;
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

/// How a state's counter was fitted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Fit {
    /// True depth at which the stack is used up.
    deepest: c_int,
    /// By how much the thread looks deeper than it is.
    feint: c_int,
}

type Fits = HashMap<i64, Fit>;

/// The fit of each state, by its number. Held for moments in which no Python code runs.
static FITS: LazyLock<Mutex<Fits>> = LazyLock::new(Mutex::default);

fn fits() -> MutexGuard<'static, Fits> {
    FITS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Fits the counter of the current state, which has no frames, to a stack of so many levels.
pub(super) fn fit_outermost(counters: &Counters, levels: c_int) {
    counters.set(counters.limit().unwrap_or_default());
    // SAFETY: attached, with the state that the counters are of (`Budget::refresh`).
    let number = unsafe { ffi::PyThreadState_GetID(ffi::PyThreadState_Get()) };
    fits().insert(number, fit(counters, levels));
}

/// Lowers a counter, which stands for the true depth, so that it ends at `deepest`.
fn fit(counters: &Counters, deepest: c_int) -> Fit {
    let limit = counters.limit().unwrap_or_default();
    let feint = (limit - deepest).max(0);
    counters.set(counters.get() - feint);
    Fit { deepest, feint }
}

fn take_back(counters: &Counters, fit: Option<&Fit>) {
    counters.set(counters.get() + fit.map_or(0, |fit| fit.feint));
}

/// Fits all counters again where the limit was changed, and for the first time that of a thread which Python code
/// started. Nothing on versions other than 3.11. The thread is attached.
pub(crate) fn clamp_all() {
    around_set_limit(|| ());
}

/// Does `work`, which may set the limit but runs no Python code, on true depths, and fits the counters afterwards.
pub(super) fn around_set_limit<R>(work: impl FnOnce() -> R) -> R {
    let Some(layout) = layout_in_use().filter(|layout| !layout.separate) else { return work() };
    let states = live_states(layout);
    let mut fits = fits();
    states.iter().for_each(|(number, counters)| take_back(counters, fits.get(number)));
    let result = work();
    // A new map: the numbers of states that are gone are forgotten with the old one.
    *fits = states.iter().map(|(number, counters)| (*number, refit(counters, fits.get(number)))).collect();
    result
}

/// A state that the bridge has not seen is of a thread that Python code started, with the stack that is usual.
fn refit(counters: &Counters, known: Option<&Fit>) -> Fit {
    fit(counters, known.map_or_else(|| counters.levels(usual_stack()), |fit| fit.deepest))
}

unsafe extern "C" {
    // 3.11 to 3.14; not in the limited API.
    fn PyInterpreterState_ThreadHead(interpreter: *mut ffi::PyInterpreterState) -> *mut ffi::PyThreadState;
    fn PyThreadState_Next(state: *mut ffi::PyThreadState) -> *mut ffi::PyThreadState;
}

/// The states of the current interpreter, by number. The thread is attached, and stays so while this is used.
fn live_states(layout: Layout) -> Vec<(i64, Counters)> {
    let present = |state: *mut ffi::PyThreadState| (!state.is_null()).then_some(state);
    // SAFETY: attached (see above): the current interpreter's list, from which only attached threads take states; each
    // has the layout that was recognized.
    unsafe {
        let first = present(PyInterpreterState_ThreadHead(ffi::PyInterpreterState_Get()));
        std::iter::successors(first, |state| present(PyThreadState_Next(*state)))
            .map(|state| (ffi::PyThreadState_GetID(state), Counters::at(state, layout)))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// CPython's words, and what `sys.setrecursionlimit` of 3.11 does with them.
    struct Words([c_int; 2]);

    impl Words {
        fn counters(&mut self) -> Counters {
            let first = self.0.as_mut_ptr();
            Counters { remaining: first, limit: Some(first.wrapping_add(1)), level: 896 }
        }

        fn set_limit(&mut self, limit: c_int) {
            let depth = self.0[1] - self.0[0];
            self.0 = [limit - depth, limit];
        }
    }

    fn change(words: &mut Words, known: Fit, limit: c_int) -> Fit {
        take_back(&words.counters(), Some(&known));
        words.set_limit(limit);
        refit(&words.counters(), Some(&known))
    }

    #[test]
    fn a_small_stack_ends_the_count_earlier() {
        let mut words = Words([1000, 1000]);
        assert_eq!(fit(&words.counters(), 215), Fit { deepest: 215, feint: 785 });
        assert_eq!(words.0[0], 215);
    }

    #[test]
    fn a_large_stack_leaves_the_limit_as_it_is() {
        let mut words = Words([1000, 1000]);
        assert_eq!(fit(&words.counters(), 9_000), Fit { deepest: 9_000, feint: 0 });
        assert_eq!(words.0[0], 1000);
    }

    #[test]
    fn a_limit_that_was_raised_and_restored_leaves_the_count_as_it_was() {
        for deepest in [215, 9_000] {
            let mut words = Words([1000, 1000]);
            let first = fit(&words.counters(), deepest);
            words.0[0] -= 40; // 40 levels deep
            let before = words.0[0];
            let raised = change(&mut words, first, 100_000);
            assert_eq!(words.0[0], deepest - 40);
            let restored = change(&mut words, raised, 1000);
            assert_eq!((words.0[0], restored), (before, first));
        }
    }
}
