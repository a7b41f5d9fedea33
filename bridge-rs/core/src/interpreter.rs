//! One CPython interpreter and what the bridge keeps for it.
//!
//! Two kinds of state: what any thread may read or post to at any time (`queue`, `holder`, the counters), and the
//! [`Home`], which only a thread attached to this interpreter may touch: its GIL is the lock. No Python object is
//! kept anywhere else, so nothing of one interpreter can be found from another.

use crate::attach::Attached;
use crate::codec::Shape;
use crate::context::{ContextId, Contexts};
use crate::holder::Holder;
use crate::own::{Kept, Object, Raised, interned, keep, share, text};
use crate::upcall::{HostClass, HostTypes};
use gilgamesh_table::{Reference, ReleaseQueue, Ring, Table};
use once_cell::sync::OnceCell;
use pyo3::{Python, ffi};
use std::cell::{Cell, UnsafeCell};
use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU32, AtomicU64, Ordering};

/// What belongs to one interpreter; lives as long as the process, since an interpreter is recycled and never freed.
pub(crate) struct Interpreter {
    number: usize,
    /// How many contexts it has served before: thread states of another tenancy are not used any more.
    tenancy: AtomicU32,
    /// The isolated context that it serves now, 0 between two.
    tenant: AtomicI64,
    state: *mut ffi::PyInterpreterState,
    version: u32,
    home: HomeCell,
    names: Names,
    helpers: OnceCell<Helpers>,
    host_types: OnceCell<HostTypes>,
    /// Handles that the JVM's collector found dead.
    pub(crate) queue: ReleaseQueue<Reference>,
    /// Contexts that were closed by threads that would have had to wait for it.
    pub(crate) closings: ReleaseQueue<ContextId>,
    pub(crate) holder: Holder,
    /// A thread is on its way to interrupt others here.
    pub(crate) visited: AtomicBool,
    pub(crate) figures: Figures,
}

// SAFETY: `home`, `names` and `helpers` are touched by attached threads alone (`Attached` is the only way to them) and
// the GIL orders those; `state` is a constant; the rest is made of atomics and channels.
unsafe impl Sync for Interpreter {}
// SAFETY: as above; nothing in it depends on the thread that made it.
unsafe impl Send for Interpreter {}

/// The home, lent to one closure at a time.
#[derive(Default)]
struct HomeCell {
    home: UnsafeCell<Home>,
    /// Whether it is lent: looked at in debug builds alone, since each call lends it several times.
    lent: Cell<bool>,
}

impl HomeCell {
    /// Lends the home.
    ///
    /// # Safety
    /// The thread holds the GIL of the interpreter until `work` returns, and `work` calls nothing of CPython's, which
    /// could lead back here.
    #[inline]
    unsafe fn lend<R>(&self, work: impl FnOnce(&mut Home) -> R) -> R {
        debug_assert!(!self.lent.replace(true), "the home was entered from within");
        // SAFETY: the GIL keeps other threads away, and this one does not come back (contract above).
        let result = work(unsafe { &mut *self.home.get() });
        if cfg!(debug_assertions) {
            self.lent.set(false);
        }
        result
    }
}

/// What only attached threads touch.
#[derive(Default)]
pub(crate) struct Home {
    /// Every Python object that Java holds in this interpreter.
    pub(crate) table: Table<Kept>,
    /// The open contexts.
    pub(crate) contexts: Contexts,
    /// Handles of the interpreter's own: names and compiled code, which serve all its contexts.
    pub(crate) own: Option<Ring>,
    /// Classes of the standard library that the codec has met, by its numbers for them.
    pub(crate) classes: Vec<Option<Kept>>,
    /// The context of what belongs to none that the host opened.
    pub(crate) root: Option<ContextId>,
    /// Classes of the host's that were met, by their numbers.
    pub(crate) host_classes: Vec<Option<HostClass>>,
    /// Constants of the host's that were met, by their references.
    pub(crate) host_constants: HashMap<i64, Kept>,
    /// Shapes that were bound here, by their numbers.
    pub(crate) shapes: Vec<Option<&'static Shape>>,
}

/// Puts what was met for the first time into a list with a place for each number.
pub(crate) fn put<T: Copy>(places: &mut Vec<Option<T>>, number: usize, met: T) {
    let count = places.len().max(number + 1);
    places.resize(count, None);
    places[number] = Some(met);
}

/// Python functions of the package `gilgamesh` that the core calls.
pub(crate) struct Helpers {
    pub(crate) compile: Kept,
    pub(crate) make_globals: Kept,
    pub(crate) format_exception: Kept,
    pub(crate) interrupted: Kept,
    pub(crate) deadline_exceeded: Kept,
}

/// What can be read without being attached.
#[derive(Default)]
pub(crate) struct Figures {
    pub(crate) scoped: AtomicU64,
    pub(crate) managed: AtomicU64,
    pub(crate) made: AtomicU64,
    pub(crate) released: AtomicU64,
    pub(crate) reclaimed: AtomicU64,
    pub(crate) abandoned: AtomicU64,
    pub(crate) transactions: AtomicU64,
    pub(crate) contexts: AtomicU64,
    pub(crate) thread_states: AtomicU64,
    pub(crate) attaches: AtomicU64,
    /// Outermost attachments of this moment, those of threads that are in the host meanwhile too.
    pub(crate) visits: AtomicU64,
}

impl Figures {
    /// Adds one to a figure that only attached threads of this interpreter change: no atomic addition is needed.
    pub(crate) fn bump(figure: &AtomicU64) {
        figure.store(figure.load(Ordering::Relaxed).wrapping_add(1), Ordering::Relaxed);
    }

    /// Takes one from such a figure.
    pub(crate) fn drop_one(figure: &AtomicU64) {
        figure.store(figure.load(Ordering::Relaxed).wrapping_sub(1), Ordering::Relaxed);
    }
}

/// Makes the names and their texts out of one list.
macro_rules! names {
    ($($name:ident = $text:literal;)*) => {
        /// Names of attributes and modules that the core asks for, interned once.
        #[derive(Clone, Copy)]
        #[allow(missing_docs, reason = "each is the name of that text")]
        pub(crate) enum Name {
            $($name),*
        }

        const NAMES: &[&str] = &[$($text),*];
    };
}

names! {
    Module = "__module__";
    Qualname = "__qualname__";
    Notes = "__notes__";
    SuppressContext = "__suppress_context__";
    Exceptions = "exceptions";
    Code = "code";
    Filename = "filename";
    Lineno = "lineno";
    Offset = "offset";
    Text = "text";
    TbFrame = "tb_frame";
    TbLineno = "tb_lineno";
    TbNext = "tb_next";
    CoFilename = "co_filename";
    CoQualname = "co_qualname";
    Exit = "__exit__";
    Str = "__str__";
    Items = "items";
    Add = "add";
    Discard = "discard";
    Bytes = "bytes";
    Year = "year";
    Month = "month";
    Day = "day";
    Hour = "hour";
    Minute = "minute";
    Second = "second";
    Microsecond = "microsecond";
    Nanosecond = "nanosecond";
    Tzinfo = "tzinfo";
    Utcoffset = "utcoffset";
    Days = "days";
    Seconds = "seconds";
    Microseconds = "microseconds";
    Nanoseconds = "nanoseconds";
    Key = "key";
    Keys = "keys";
    Fold = "fold";
    Utc = "utc";
    Astimezone = "astimezone";
    Array = "array";
    Datetime = "datetime";
    Zoneinfo = "zoneinfo";
    Decimal = "decimal";
    Uuid = "uuid";
    Pathlib = "pathlib";
    Fields = "_fields";
    Tolist = "tolist";
    Java = "__java__";
    JavaFunction = "__java_function__";
    JavaClass = "__java_class__";
    JavaNotes = "_java_notes_";
    JavaMaker = "_java_maker_";
    JavaFind = "_java_find_";
    JavaConstruct = "_java_construct_";
    JavaImplementation = "_java_implementation_";
    Wrap = "_wrap_";
}

struct Names([Kept; NAMES.len()]);

impl Names {
    fn new(py: Python<'_>) -> Result<Self, Raised> {
        let mut kept = Vec::with_capacity(NAMES.len());
        for name in NAMES {
            kept.push(keep(interned(text(py, name)?)));
        }
        kept.try_into().map(Names).map_err(|_| Raised)
    }
}

impl Interpreter {
    /// The record of the interpreter that the thread is attached to.
    ///
    /// # Safety
    /// The thread is attached to it (`py`), and `state` is its state.
    pub(crate) unsafe fn new(
        py: Python<'_>,
        number: usize,
        state: *mut ffi::PyInterpreterState,
    ) -> Result<Self, Raised> {
        Ok(Interpreter {
            number,
            tenancy: AtomicU32::new(0),
            tenant: AtomicI64::new(0),
            state,
            version: crate::symbols::version(),
            home: HomeCell::default(),
            names: Names::new(py)?,
            helpers: OnceCell::new(),
            host_types: OnceCell::new(),
            queue: ReleaseQueue::default(),
            closings: ReleaseQueue::default(),
            holder: Holder::default(),
            visited: AtomicBool::new(false),
            figures: Figures::default(),
        })
    }

    /// Its place in the list; 0 is the main one.
    #[inline]
    pub(crate) fn number(&self) -> usize {
        self.number
    }

    #[inline]
    pub(crate) fn tenancy(&self) -> u32 {
        self.tenancy.load(Ordering::Relaxed)
    }

    /// It serves this context from here on.
    pub(crate) fn let_to(&self, context: ContextId) {
        self.tenant.store(context.to_java(), Ordering::Release);
    }

    /// Whether it serves a context.
    pub(crate) fn is_let(&self) -> bool {
        self.tenant.load(Ordering::Relaxed) != 0
    }

    /// It serves this context no more; whether it did until now.
    pub(crate) fn take_from(&self, context: ContextId) -> bool {
        self.tenant.compare_exchange(context.to_java(), 0, Ordering::AcqRel, Ordering::Relaxed).is_ok()
    }

    /// Whether no thread of the host's runs code in it; `own` attachments are those of whoever asks.
    pub(crate) fn is_quiet(&self, own: u64) -> bool {
        let figures = &self.figures;
        figures.visits.load(Ordering::Acquire) == own && figures.transactions.load(Ordering::Acquire) == 0
    }

    /// Another tenant comes: each thread makes itself a new state when it attaches next.
    pub(crate) fn begin_tenancy(&self) {
        self.tenancy.fetch_add(1, Ordering::Relaxed);
    }

    pub(crate) fn state(&self) -> *mut ffi::PyInterpreterState {
        self.state
    }

    /// `sys.hexversion`.
    pub(crate) fn version(&self) -> u32 {
        self.version
    }

    pub(crate) fn set_host_types(&self, types: HostTypes) -> Result<(), HostTypes> {
        self.host_types.set(types)
    }

    pub(crate) fn set_helpers(&self, helpers: Helpers) -> Result<(), Helpers> {
        self.helpers.set(helpers)
    }

    /// The same interpreter: records are compared by place, since none is ever moved or freed.
    pub(crate) fn is(&self, other: &Interpreter) -> bool {
        std::ptr::eq(self, other)
    }
}

impl<'a> Attached<'a> {
    /// The home, for a moment in which no Python code can run: `work` calls nothing of CPython's.
    #[inline]
    pub(crate) fn home<R>(self, work: impl FnOnce(&mut Home) -> R) -> R {
        // SAFETY: attached, which `self` proves. Every closure of this crate reads and writes tables and numbers only:
        // what takes or gives a Python reference stands outside of it.
        unsafe { self.interpreter().home.lend(work) }
    }

    /// An interned attribute name.
    pub(crate) fn name(self, name: Name) -> Object<'a> {
        // SAFETY: the names live as long as their interpreter, to which this thread is attached.
        unsafe { share(self.py(), self.interpreter().names.0[name as usize]) }
    }

    /// A function of the package's.
    pub(crate) fn helper(self, pick: impl FnOnce(&Helpers) -> Kept) -> Option<Object<'a>> {
        // SAFETY: the helpers live as long as their interpreter, to which this thread is attached.
        self.interpreter().helpers.get().map(|helpers| unsafe { share(self.py(), pick(helpers)) })
    }

    /// The types of the host's objects, once the module has them.
    #[inline]
    pub(crate) fn host_types(self) -> Option<HostTypes> {
        self.interpreter().host_types.get().copied()
    }

    /// Copies the table's figures to where everybody can read them.
    #[inline]
    pub(crate) fn publish_counts(self) {
        let counts = self.home(|home| home.table.counts());
        let figures = &self.interpreter().figures;
        figures.scoped.store(counts.scoped, Ordering::Relaxed);
        figures.managed.store(counts.managed, Ordering::Relaxed);
        figures.made.store(counts.made, Ordering::Relaxed);
        figures.released.store(counts.released, Ordering::Relaxed);
    }
}
