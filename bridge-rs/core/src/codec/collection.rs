//! `list`, `tuple`, `set`, `frozenset` and `dict`.

use super::number::Leaf;
use super::{Decoder, Encoder, count};
use crate::codec::scalar::class_name;
use crate::failure::Failure;
use crate::hold::Held;
use crate::own::{FromRaw, Object, Raised, checked, forget, next};
use gilgamesh_table::wire::{Malformed, tag};
use pyo3::{Borrowed, ffi};

/// A key that a path shows is cut to this many characters.
const SHOWN_KEY: usize = 40;

impl<'a> Decoder<'a, '_> {
    pub(super) fn take_collection(&mut self, tag: u8) -> Result<Object<'a>, Failure> {
        let size = self.reader.count_of_values()?;
        match tag {
            tag::LIST => self.take_list(size),
            tag::TUPLE => self.take_tuple(size),
            tag::SET | tag::FROZEN_SET => self.take_set(size, tag == tag::FROZEN_SET),
            tag::DICT => self.take_dict(size),
            _ => Err(Malformed.into()),
        }
    }

    fn take_list(&mut self, size: usize) -> Result<Object<'a>, Failure> {
        // SAFETY: attached; a list of empty places, each filled before anybody sees it; SetItem takes the reference.
        unsafe {
            let list = ffi::PyList_New(size as ffi::Py_ssize_t).owned(self.context.at.py())?;
            for index in 0..size {
                let item = self.take().map_err(|failure| failure.below(|| format!("[{index}]")))?;
                ffi::PyList_SetItem(list.as_ptr(), index as ffi::Py_ssize_t, item.into_ptr());
            }
            Ok(list)
        }
    }

    fn take_tuple(&mut self, size: usize) -> Result<Object<'a>, Failure> {
        // SAFETY: as in `take_list`.
        unsafe {
            let tuple = ffi::PyTuple_New(size as ffi::Py_ssize_t).owned(self.context.at.py())?;
            for index in 0..size {
                let item = self.take().map_err(|failure| failure.below(|| format!("[{index}]")))?;
                ffi::PyTuple_SetItem(tuple.as_ptr(), index as ffi::Py_ssize_t, item.into_ptr());
            }
            Ok(tuple)
        }
    }

    fn take_set(&mut self, size: usize, frozen: bool) -> Result<Object<'a>, Failure> {
        // SAFETY: attached; a new set, to which elements are added before anybody sees it.
        unsafe {
            let empty = std::ptr::null_mut();
            let set = if frozen { ffi::PyFrozenSet_New(empty) } else { ffi::PySet_New(empty) };
            let set = set.owned(self.context.at.py())?;
            for index in 0..size {
                let item = self.take().map_err(|failure| failure.below(|| format!("{{{index}}}")))?;
                checked(ffi::PySet_Add(set.as_ptr(), item.as_ptr())).map_err(|raised| unhashable(&item, raised))?;
            }
            all_kept(size, ffi::PySet_Size(set.as_ptr()), "elements")?;
            Ok(set)
        }
    }

    fn take_dict(&mut self, size: usize) -> Result<Object<'a>, Failure> {
        // SAFETY: attached; a new dict.
        unsafe {
            let dict = ffi::PyDict_New().owned(self.context.at.py())?;
            for index in 0..size {
                let key = self.take().map_err(|failure| failure.below(|| format!("[key number {index}]")))?;
                let value = self.take().map_err(|failure| failure.below(|| step(&key)))?;
                checked(ffi::PyDict_SetItem(dict.as_ptr(), key.as_ptr(), value.as_ptr()))
                    .map_err(|raised| unhashable(&key, raised))?;
            }
            all_kept(size, ffi::PyDict_Size(dict.as_ptr()), "keys")?;
            Ok(dict)
        }
    }
}

/// Java tells apart what is equal in Python: such elements would be lost without a word.
fn all_kept(sent: usize, kept: ffi::Py_ssize_t, what: &str) -> Result<(), Failure> {
    let kept = kept.cast_unsigned();
    if kept == sent {
        return Ok(());
    }
    Err(Failure::conversion(format!(
        "of its {sent} {what} only {kept} differ in Python, where equal numbers such as 1, 1.0 and True are one"
    )))
}

/// Says which element cannot be hashed, where that is the trouble.
fn unhashable(element: &Object<'_>, raised: Raised) -> Failure {
    // SAFETY: attached; `TypeError` is an exception class.
    let type_error = unsafe { crate::own::forget_if(raised, element.py(), ffi::PyExc_TypeError) };
    if type_error { hash_refusal(element) } else { Failure::python() }
}

pub(crate) fn hash_refusal(element: &Object<'_>) -> Failure {
    Failure::conversion(format!(
        "a {} cannot be hashed, so it is no key of a dict or element of a set",
        class_name(element)
    ))
}

impl<'a> Encoder<'a, '_, '_> {
    pub(super) fn give_list(&mut self, list: &Object<'a>) -> Result<(), Failure> {
        // SAFETY: attached; a list or of a subclass.
        let size = unsafe { ffi::PyList_Size(list.as_ptr()) };
        // SAFETY: as above; an index out of range yields null and an exception.
        let item = |index| unsafe { ffi::PyList_GetItem(list.as_ptr(), index) };
        if self.give_number_block(size.cast_unsigned(), item)? {
            return Ok(());
        }
        self.out.u8(tag::LIST);
        self.give_items(size, item)
    }

    pub(super) fn give_tuple(&mut self, tuple: &Object<'a>) -> Result<(), Failure> {
        self.out.u8(tag::TUPLE);
        // SAFETY: attached; a tuple or of a subclass, which never changes.
        let size = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) };
        // SAFETY: as above.
        self.give_items(size, |index| unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), index) })
    }

    /// Writes the elements of a list or tuple.
    pub(super) fn give_items(
        &mut self,
        size: ffi::Py_ssize_t,
        item: impl Fn(ffi::Py_ssize_t) -> *mut ffi::PyObject,
    ) -> Result<(), Failure> {
        // SAFETY: attached; what `item` yields is lent, or null with an exception.
        self.give_each(size, |index| format!("[{index}]"), |encoder, index| unsafe { encoder.give_lent(item(index)) })
    }

    /// Writes `size` elements; a list that Python code shortens meanwhile (a conversion may run some) is an error.
    #[inline]
    pub(super) fn give_each(
        &mut self,
        size: ffi::Py_ssize_t,
        step: impl Fn(ffi::Py_ssize_t) -> String,
        mut give: impl FnMut(&mut Self, ffi::Py_ssize_t) -> Result<(), Failure>,
    ) -> Result<(), Failure> {
        count(self.out, size.cast_unsigned())?;
        for index in 0..size {
            give(self, index).map_err(|failure| failure.below(|| step(index)))?;
            self.check(|| step(index))?;
        }
        Ok(())
    }

    pub(super) fn give_set(&mut self, set: &Object<'a>, frozen: bool) -> Result<(), Failure> {
        self.out.u8(if frozen { tag::FROZEN_SET } else { tag::SET });
        let py = self.context.at.py();
        // SAFETY: attached; a set.
        let size = unsafe { ffi::PySet_Size(set.as_ptr()) };
        // SAFETY: attached; the iterator holds on to the set.
        let elements = unsafe { ffi::PyObject_GetIter(set.as_ptr()).owned(py)? };
        self.give_each(size, place_in_set, |encoder, _| {
            let element = next(&elements).ok().flatten().ok_or_else(|| changed("set", py))?;
            encoder.give_any(&element)
        })
    }

    pub(super) fn give_dict(&mut self, dict: &Object<'a>) -> Result<(), Failure> {
        self.out.u8(tag::DICT);
        let py = self.context.at.py();
        // SAFETY: attached; a dict or of a subclass.
        let size = unsafe { ffi::PyDict_Size(dict.as_ptr()) };
        count(self.out, size.cast_unsigned())?;
        let (mut position, mut key, mut value) = (0, std::ptr::null_mut(), std::ptr::null_mut());
        for _ in 0..size {
            // SAFETY: attached; the two are borrowed from the dict, and used before anything can change it.
            unsafe {
                if ffi::PyDict_Next(dict.as_ptr(), &raw mut position, &raw mut key, &raw mut value) == 0 {
                    return Err(changed("dict", py));
                }
                self.give_entry(key, value)?;
            }
        }
        Ok(())
    }

    /// Writes a key and its value.
    ///
    /// # Safety
    /// Both are alive now.
    unsafe fn give_entry(&mut self, key: *mut ffi::PyObject, value: *mut ffi::PyObject) -> Result<(), Failure> {
        let py = self.context.at.py();
        // SAFETY: attached; both are alive (contract above). The value is read, or held, before the key is given, which
        // may run code that changes the dict.
        unsafe {
            let key = Borrowed::from_ptr_or_opt(py, key).ok_or_else(Failure::python)?;
            let Some(leaf) = Leaf::of(value) else {
                let key = Held::new(key);
                let value = value.borrowed(py).ok_or_else(Failure::python)?;
                self.give_key(&key)?;
                self.give_any(&value).map_err(|failure| failure.below(|| step(&key)))?;
                return self.check(|| step(&key));
            };
            if ffi::PyUnicode_CheckExact(key.as_ptr()) != 0 {
                self.give_text(&key)?; // runs no code
                leaf.write(self.out);
                return self.check(|| step(&key));
            }
            let key = Held::new(key);
            self.give_key(&key)?;
            leaf.write(self.out);
            self.check(|| step(&key))
        }
    }

    /// Tells which element the reply has no room for.
    #[inline]
    pub(super) fn check(&self, step: impl FnOnce() -> String) -> Result<(), Failure> {
        if self.out.is_full() { self.tell_full(step()) } else { Ok(()) }
    }

    #[cold]
    fn tell_full(&self, step: String) -> Result<(), Failure> {
        self.out.check().map_err(|full| Failure::from(full).below(|| step))
    }

    fn give_key(&mut self, key: &Object<'a>) -> Result<(), Failure> {
        self.give_any(key).map_err(|failure| failure.below(|| key_step(key)))
    }
}

#[cold]
fn changed(kind: &str, py: pyo3::Python<'_>) -> Failure {
    forget(Raised, py);
    Failure::conversion(format!("the {kind} was changed while it was converted"))
}

/// The step of a path that leads to an element of a set, which is counted too.
pub(super) fn place_in_set(index: ffi::Py_ssize_t) -> String {
    format!("{{{index}}}")
}

/// The step of a path that leads to the value of a key.
pub(super) fn step(key: &Object<'_>) -> String {
    format!("[{}]", shown(key))
}

/// The step that leads to the key itself.
pub(super) fn key_step(key: &Object<'_>) -> String {
    format!("[key {}]", shown(key))
}

/// A key's `repr`, cut where it is long.
fn shown(key: &Object<'_>) -> String {
    // SAFETY: attached; yields a new reference or an exception, which is forgotten.
    let repr = unsafe { ffi::PyObject_Repr(key.as_ptr()).owned(key.py()) };
    let mut shown = match repr {
        Ok(repr) => super::text::lossy(&repr),
        Err(raised) => {
            forget(raised, key.py());
            format!("({})", class_name(key))
        }
    };
    if let Some((cut, _)) = shown.char_indices().nth(SHOWN_KEY) {
        shown.truncate(cut);
        shown.push_str("...");
    }
    shown
}
