//! Contexts: scopes in which scripts run, each with globals of its own and the handles made through it.
//!
//! A context's number holds the interpreter, a slot and the slot's generation, so that it is refused once the context
//! is closed. The record is owned by its interpreter's home; its globals are an owned reference, and its managed handles
//! form a ring of the handle table, so that closing releases them together.

use crate::attach::Attached;
use crate::failure::Failure;
use crate::interpreter::{Figures, Interpreter};
use crate::own::{FromRaw, Kept, Object, keep, share, unkeep};
use gilgamesh_table::Ring;
use pyo3::ffi;

const SLOT_BITS: u32 = 24;
const GENERATION_BITS: u32 = 24;

/// A context's number, as the host holds it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct ContextId(u64);

impl ContextId {
    fn new(interpreter: usize, slot: usize, generation: u32) -> Self {
        ContextId(
            (interpreter as u64) << (SLOT_BITS + GENERATION_BITS) | u64::from(generation) << SLOT_BITS | slot as u64,
        )
    }

    pub(crate) fn from_java(bits: i64) -> Self {
        ContextId(bits.cast_unsigned())
    }

    pub(crate) fn to_java(self) -> i64 {
        self.0.cast_signed()
    }

    fn slot(self) -> usize {
        (self.0 & ((1 << SLOT_BITS) - 1)) as usize
    }

    fn generation(self) -> u32 {
        ((self.0 >> SLOT_BITS) & ((1 << GENERATION_BITS) - 1)) as u32
    }

    /// The interpreter that the context lives in, open or not.
    #[inline]
    pub(crate) fn interpreter(self) -> Result<&'static Interpreter, Failure> {
        let index = (self.0 >> (SLOT_BITS + GENERATION_BITS)) as usize;
        crate::interpreters::interpreter(index).ok_or_else(Failure::context_closed)
    }
}

#[derive(Debug)]
struct Slot {
    generation: u32,
    open: Option<Record>,
}

#[derive(Debug)]
struct Record {
    globals: Kept,
    ring: Ring,
    /// The host uses it no more; exit handlers and threads that it has left may still call the host through it.
    closing: bool,
}

/// The contexts of one interpreter.
#[derive(Debug, Default)]
pub(crate) struct Contexts {
    slots: Vec<Slot>,
    free: Vec<usize>,
}

impl Contexts {
    fn add(&mut self, record: Record) -> Option<(usize, u32)> {
        if let Some(index) = self.free.pop() {
            let slot = &mut self.slots[index];
            slot.open = Some(record);
            return Some((index, slot.generation));
        }
        let index = self.slots.len();
        if index >= 1 << SLOT_BITS {
            return None;
        }
        self.slots.push(Slot { generation: 1, open: Some(record) });
        Some((index, 1))
    }

    #[inline]
    fn get(&self, id: ContextId) -> Option<&Record> {
        self.slots.get(id.slot()).filter(|slot| slot.generation == id.generation())?.open.as_ref()
    }

    fn get_mut(&mut self, id: ContextId) -> Option<&mut Record> {
        self.slots.get_mut(id.slot()).filter(|slot| slot.generation == id.generation())?.open.as_mut()
    }

    /// The numbers of those that are there.
    fn open(&self, interpreter: usize) -> Vec<ContextId> {
        let open = self.slots.iter().enumerate().filter(|(_, slot)| slot.open.is_some());
        open.map(|(index, slot)| ContextId::new(interpreter, index, slot.generation)).collect()
    }

    fn remove(&mut self, id: ContextId) -> Option<Record> {
        let slot = self.slots.get_mut(id.slot()).filter(|slot| slot.generation == id.generation())?;
        let record = slot.open.take()?;
        slot.generation += 1;
        // A slot whose generations are used up is not used again.
        if slot.generation < 1 << GENERATION_BITS {
            self.free.push(id.slot());
        }
        Some(record)
    }
}

/// An open context, seen from an attached thread.
#[derive(Clone, Copy)]
pub(crate) struct Context<'a> {
    pub(crate) at: Attached<'a>,
    id: ContextId,
}

impl<'a> Context<'a> {
    /// The context of that number, if it is open.
    #[inline]
    pub(crate) fn find(at: Attached<'a>, id: ContextId) -> Result<Self, Failure> {
        match at.home(|home| home.contexts.get(id).is_some_and(|record| !record.closing)) {
            true => Ok(Context { at, id }),
            false => Err(Failure::context_closed()),
        }
    }

    /// The context of that number, for a call of Python code that was begun in it: until its record is gone.
    pub(crate) fn find_for_python(at: Attached<'a>, id: ContextId) -> Result<Self, Failure> {
        match at.home(|home| home.contexts.get(id).is_some()) {
            true => Ok(Context { at, id }),
            false => Err(Failure::context_closed()),
        }
    }

    /// The interpreter's own context, for what belongs to none that the host opened: calls of static members.
    pub(crate) fn root(at: Attached<'a>) -> Result<Self, Failure> {
        if let Some(id) = at.home(|home| home.root) {
            return Ok(Context { at, id });
        }
        // SAFETY: attached; a new dict.
        let globals = unsafe { ffi::PyDict_New().owned(at.py())? };
        let id = Context::open(at, globals)?;
        Figures::drop_one(&at.interpreter().figures.contexts);
        at.home(|home| home.root = Some(id));
        Ok(Context { at, id })
    }

    /// Its number.
    #[inline]
    pub(crate) fn id(self) -> ContextId {
        self.id
    }

    /// No context: for values that never need a handle.
    pub(crate) fn nowhere(at: Attached<'a>) -> Self {
        Context { at, id: ContextId(0) }
    }

    /// Those of the interpreter that the host has opened.
    pub(crate) fn all(at: Attached<'a>) -> Vec<Self> {
        let number = at.interpreter().number();
        let (open, root) = at.home(|home| (home.contexts.open(number), home.root));
        open.into_iter().filter(|id| Some(*id) != root).map(|id| Context { at, id }).collect()
    }

    /// Opens a context whose globals are `globals`.
    pub(crate) fn open(at: Attached<'a>, globals: Object<'a>) -> Result<ContextId, Failure> {
        let globals = keep(globals);
        let slot = at.home(|home| {
            let ring = home.table.ring()?;
            home.contexts.add(Record { globals, ring, closing: false })
        });
        let (slot, generation) = slot.ok_or_else(|| Failure::state("too many contexts are open"))?;
        Figures::bump(&at.interpreter().figures.contexts);
        Ok(ContextId::new(at.interpreter().number(), slot, generation))
    }

    /// Closes it for the host. Python code that it has left, such as exit handlers, can end what it does.
    pub(crate) fn begin_close(self) {
        let begun = self.at.home(|home| {
            home.contexts.get_mut(self.id).is_some_and(|record| !std::mem::replace(&mut record.closing, true))
        });
        if begun {
            Figures::drop_one(&self.at.interpreter().figures.contexts);
        }
    }

    /// Closes it: its number is refused from here on, its handles and its globals are released. How many handles.
    pub(crate) fn close(self) -> u64 {
        let at = self.at;
        let Some(record) = at.home(|home| home.contexts.remove(self.id)) else { return 0 };
        let released = release_ring(at, record.ring);
        at.home(|home| home.table.end(record.ring));
        // SAFETY: the globals were kept in `open`, in this interpreter, and the record is gone.
        drop(unsafe { unkeep(at.py(), record.globals) });
        if !record.closing {
            Figures::drop_one(&at.interpreter().figures.contexts);
        }
        at.publish_counts();
        released
    }

    /// Its globals.
    pub(crate) fn globals(self) -> Result<Object<'a>, Failure> {
        let globals = self.at.home(|home| home.contexts.get(self.id).map(|record| record.globals));
        // SAFETY: kept by the record, which is still there; attached to its interpreter.
        globals.map(|kept| unsafe { share(self.at.py(), kept) }).ok_or_else(Failure::context_closed)
    }

    /// The ring of its managed handles.
    #[inline]
    pub(crate) fn ring(self) -> Result<Ring, Failure> {
        self.at.home(|home| home.contexts.get(self.id).map(|record| record.ring)).ok_or_else(Failure::context_closed)
    }
}

/// Releases the handles that belong to no context: names and compiled code of the host's caches.
pub(crate) fn release_own(at: Attached<'_>) {
    if let Some(ring) = at.home(|home| home.own.take()) {
        release_ring(at, ring);
        at.home(|home| home.table.end(ring));
    }
}

/// Releases all entries of a ring, one by one: each is out of the table before its reference goes, since a reference
/// that goes can run `__del__`, and that can come back here. How many.
pub(crate) fn release_ring(at: Attached<'_>, ring: Ring) -> u64 {
    let mut released = 0;
    while let Some(kept) = at.home(|home| home.table.pop(ring)) {
        // SAFETY: taken out of the table of the interpreter that this thread is attached to.
        drop(unsafe { unkeep(at.py(), kept) });
        released += 1;
    }
    released
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_closed_contexts_number_is_refused_when_its_slot_is_used_again() {
        let mut contexts = Contexts::default();
        let mut table = gilgamesh_table::Table::<Kept>::default();
        let mut record = || Record { globals: Kept::dangling(), ring: table.ring().expect("room"), closing: false };
        let (slot, generation) = contexts.add(record()).expect("room");
        let id = ContextId::new(3, slot, generation);
        assert!(contexts.remove(id).is_some());
        let (again, newer) = contexts.add(record()).expect("room");
        assert_eq!((again, newer), (slot, generation + 1));
        assert!(contexts.get(id).is_none() && contexts.remove(id).is_none());
        assert!(contexts.get(ContextId::new(3, again, newer)).is_some());
    }
}
