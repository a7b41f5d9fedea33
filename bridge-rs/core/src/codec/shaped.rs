//! Values in the form of a shape: what is below records, containers of them, and families of records.

use super::collection::{key_step, place_in_set, step};
use super::record::is_same_text;
use super::shape::{Node, Shape, Variants, name};
use super::{Encoder, count, exact_double};
use crate::failure::{Failure, Reason};
use crate::interpreter::Name;
use crate::own::{FromRaw, Kept, Object, absent_by, call, checked, is_str, optional_attribute};
use gilgamesh_table::wire::tag;
use pyo3::ffi;

impl<'a> Encoder<'a, '_, '_> {
    /// Writes what a container lends, in the form of a node.
    ///
    /// # Safety
    /// `element` is null with an exception set, or alive now.
    #[inline]
    pub(super) unsafe fn give_lent_as(
        &mut self,
        shape: &'static Shape,
        node: usize,
        element: *mut ffi::PyObject,
    ) -> Result<(), Failure> {
        let node = &shape[node];
        if matches!(node, Node::Any | Node::Integer | Node::Real) {
            // SAFETY: the contract above.
            if let Some(leaf) = unsafe { super::number::Leaf::of(element) } {
                leaf.write(self.out);
                return Ok(());
            }
        }
        // SAFETY: as above; from here on the object is held.
        let element = unsafe { element.borrowed(self.context.at.py()) }.ok_or_else(Failure::python)?;
        self.give_node(shape, node, &element)
    }

    fn give_node(
        &mut self,
        shape: &'static Shape,
        node: &'static Node<Kept>,
        object: &Object<'a>,
    ) -> Result<(), Failure> {
        match node {
            Node::Any => self.give_any(object),
            _ if crate::handle::is_none(object) => self.give_any(object),
            Node::Handle => self.give_handle(object.clone()),
            Node::Interface if self.give_implementation(object)? => Ok(()),
            Node::Interface => self.give_handle(object.clone()),
            Node::Integer => self.give_integer(object),
            Node::Real => self.give_real(object),
            Node::Longs => self.give_numbers(b'q', object),
            Node::Doubles => self.give_numbers(b'd', object),
            Node::Table => self.give_table(object),
            Node::Sequence(element) => self.give_sequence(shape, *element, object),
            Node::Map(key, value) => self.give_map(shape, *key, *value, object),
            Node::Record(record) => self.give_record(shape, record, object),
            Node::Variants(variants) => self.give_variant(shape, variants, object),
        }
    }

    /// NumPy's integers are no `int`, but say that they are one.
    fn give_integer(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        // SAFETY: attached; asks for a slot of the class.
        let is_index = unsafe { ffi::PyIndex_Check(object.as_ptr()) != 0 };
        if self.give_exact(object)? {
            return Ok(());
        }
        if !is_index {
            return self.give_any(object);
        }
        // SAFETY: attached; has `__index__`; yields a new reference or an exception; `TypeError` is an exception class.
        let int = unsafe {
            let int = ffi::PyNumber_Index(object.as_ptr()).owned(object.py());
            absent_by(int, object.py(), ffi::PyExc_TypeError)?
        };
        self.give_any(int.as_ref().unwrap_or(object))
    }

    fn give_real(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        if self.give_exact(object)? || self.give_by_base(object)? {
            return Ok(());
        }
        match exact_double(self.context, object) {
            Ok(value) => {
                self.out.tagged(tag::DOUBLE, value.to_bits().cast_signed());
                Ok(())
            }
            Err(failure) => self.give_unfit(failure, object),
        }
    }

    fn give_numbers(&mut self, code: u8, object: &Object<'a>) -> Result<(), Failure> {
        let start = self.out.position();
        super::give_as_array(self.context, self.out, code, object).or_else(|failure| {
            self.out.rewind(start);
            self.give_unfit(failure, object)
        })
    }

    /// What does not fit is written naturally: Java refuses it, and goes on to tell what else is wrong.
    fn give_unfit(&mut self, failure: Failure, object: &Object<'a>) -> Result<(), Failure> {
        match failure.reason() {
            Reason::Conversion(_) => self.give_any(object),
            _ => Err(failure),
        }
    }

    // ---- containers

    fn give_sequence(&mut self, shape: &'static Shape, element: usize, object: &Object<'a>) -> Result<(), Failure> {
        // SAFETY: attached; asks for classes.
        let (list, tuple, set) = unsafe {
            let pointer = object.as_ptr();
            (ffi::PyList_Check(pointer) != 0, ffi::PyTuple_Check(pointer) != 0, ffi::PyAnySet_Check(pointer) != 0)
        };
        let is_any = matches!(shape[element], Node::Any);
        match () {
            () if is_any && (list || tuple || set) => self.give_any(object),
            () if list => self.nested(|encoder| encoder.give_list_as(shape, element, object)),
            () if tuple => self.nested(|encoder| encoder.give_tuple_as(shape, element, object)),
            () if set => self.nested(|encoder| encoder.give_set_as(shape, element, object)),
            () => match self.as_list(object)? {
                Some(list) => self.give_sequence(shape, element, &list),
                None => self.give_any(object),
            },
        }
    }

    /// What is no text and no dict, but can be iterated, as a list.
    fn as_list(&self, object: &Object<'a>) -> Result<Option<Object<'a>>, Failure> {
        let py = object.py();
        let at = self.context.at;
        // SAFETY: attached; asks for classes.
        let is_other = unsafe {
            let pointer = object.as_ptr();
            is_str(object)
                || ffi::PyBytes_Check(pointer) != 0
                || ffi::PyByteArray_Check(pointer) != 0
                || ffi::PyDict_Check(pointer) != 0
        };
        if is_other {
            return Ok(None);
        }
        // NumPy's own gives Python's numbers.
        if let Some(to_list) = optional_attribute(object, &at.name(Name::Tolist))? {
            let list = call(&to_list, &[])?;
            // SAFETY: attached; asks for a class. An array without dimensions gives its one number.
            return Ok(unsafe { ffi::PyList_Check(list.as_ptr()) != 0 }.then_some(list));
        }
        // SAFETY: attached; alive; yields a new reference or an exception; `TypeError` is an exception class.
        let iterator = unsafe {
            let iterator = ffi::PyObject_GetIter(object.as_ptr()).owned(py);
            absent_by(iterator, py, ffi::PyExc_TypeError)?
        };
        iterator.map(|iterator| super::listed(&iterator, 1)).transpose()
    }

    fn give_list_as(&mut self, shape: &'static Shape, element: usize, list: &Object<'a>) -> Result<(), Failure> {
        // SAFETY: attached; a list.
        let size = unsafe { ffi::PyList_Size(list.as_ptr()) };
        // SAFETY: as above; an index out of range yields null and an exception.
        let item = |index| unsafe { ffi::PyList_GetItem(list.as_ptr(), index) };
        let is_number = matches!(shape[element], Node::Integer | Node::Real);
        if is_number && self.give_number_block(size.cast_unsigned(), item)? {
            return Ok(());
        }
        self.out.u8(tag::LIST);
        self.give_items_as(shape, element, size, item)
    }

    fn give_tuple_as(&mut self, shape: &'static Shape, element: usize, tuple: &Object<'a>) -> Result<(), Failure> {
        self.out.u8(tag::TUPLE);
        // SAFETY: attached; a tuple, which never changes.
        let size = unsafe { ffi::PyTuple_Size(tuple.as_ptr()) };
        // SAFETY: as above.
        self.give_items_as(shape, element, size, |index| unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), index) })
    }

    fn give_items_as(
        &mut self,
        shape: &'static Shape,
        element: usize,
        size: ffi::Py_ssize_t,
        item: impl Fn(ffi::Py_ssize_t) -> *mut ffi::PyObject,
    ) -> Result<(), Failure> {
        let step = |index| format!("[{index}]");
        // SAFETY: attached; a borrowed reference, or null and an exception.
        self.give_each(size, step, |encoder, index| unsafe { encoder.give_lent_as(shape, element, item(index)) })
    }

    fn give_set_as(&mut self, shape: &'static Shape, element: usize, set: &Object<'a>) -> Result<(), Failure> {
        // A copy: the elements' conversion may run code that changes the set.
        // SAFETY: attached; yields a new list or an exception.
        let list = unsafe { ffi::PySequence_List(set.as_ptr()).owned(set.py())? };
        // SAFETY: attached; a list of ours.
        let size = unsafe { ffi::PyList_Size(list.as_ptr()) };
        self.out.u8(tag::SET);
        // SAFETY: as above.
        let item = |index| unsafe { ffi::PyList_GetItem(list.as_ptr(), index) };
        // SAFETY: attached; the list keeps its elements alive.
        self.give_each(size, place_in_set, |encoder, index| unsafe {
            encoder.give_lent_as(shape, element, item(index))
        })
    }

    fn give_map(&mut self, shape: &'static Shape, key: usize, value: usize, map: &Object<'a>) -> Result<(), Failure> {
        let is_any = |node: usize| matches!(shape[node], Node::Any);
        // SAFETY: attached; asks for a class.
        let is_dict = unsafe { ffi::PyDict_Check(map.as_ptr()) != 0 };
        match () {
            () if !is_dict => match self.as_dict(map)? {
                Some(dict) => self.give_map(shape, key, value, &dict),
                None => self.give_any(map),
            },
            () if is_any(key) && is_any(value) => self.give_any(map),
            () => self.nested(|encoder| encoder.give_entries_as(shape, (key, value), map)),
        }
    }

    /// What `dict()` takes for a mapping, as a dict: what has keys. A class has the methods of its instances only.
    fn as_dict(&self, object: &Object<'a>) -> Result<Option<Object<'a>>, Failure> {
        // SAFETY: attached; asks for a class.
        let is_class = unsafe { ffi::PyType_Check(object.as_ptr()) != 0 };
        if is_class || optional_attribute(object, &self.context.at.name(Name::Keys))?.is_none() {
            return Ok(None);
        }
        // SAFETY: attached; a new dict, and an object that is alive: its own code may run.
        unsafe {
            let dict = ffi::PyDict_New().owned(object.py())?;
            checked(ffi::PyDict_Update(dict.as_ptr(), object.as_ptr()))?;
            Ok(Some(dict))
        }
    }

    fn give_entries_as(
        &mut self,
        shape: &'static Shape,
        (key, value): (usize, usize),
        dict: &Object<'a>,
    ) -> Result<(), Failure> {
        // A copy: the conversion may run code that changes the dict.
        // SAFETY: attached; a dict; yields a new list of pairs.
        let pairs = unsafe { ffi::PyDict_Items(dict.as_ptr()).owned(dict.py())? };
        // SAFETY: attached; a list of ours.
        let size = unsafe { ffi::PyList_Size(pairs.as_ptr()) };
        self.out.u8(tag::DICT);
        count(self.out, size.cast_unsigned())?;
        for index in 0..size {
            // SAFETY: attached; a list of pairs that nobody else has, which keeps both alive.
            let (entry_key, entry_value) = unsafe {
                let pair = ffi::PyList_GetItem(pairs.as_ptr(), index);
                (ffi::PyTuple_GetItem(pair, 0), ffi::PyTuple_GetItem(pair, 1))
            };
            // SAFETY: as above.
            unsafe {
                let named = Object::from_borrowed_ptr(dict.py(), entry_key);
                self.give_lent_as(shape, key, entry_key).map_err(|failure| failure.below(|| key_step(&named)))?;
                self.give_lent_as(shape, value, entry_value).map_err(|failure| failure.below(|| step(&named)))?;
                self.check(|| step(&named))?;
            }
        }
        Ok(())
    }

    // ---- families of records

    fn give_variant(
        &mut self,
        shape: &'static Shape,
        variants: &'static Variants<Kept>,
        object: &Object<'a>,
    ) -> Result<(), Failure> {
        let label = self.label_of(variants, object)?;
        let case = label.as_ref().and_then(|label| {
            // SAFETY: attached; two `str`s: the label was checked, the cases are bound names.
            variants.cases.iter().position(|(case, _)| unsafe { is_same_text(label.as_ptr(), case.as_ptr()) })
        });
        match (case, label) {
            (Some(case), _) => {
                self.out.u8(tag::VARIANT);
                // As many as a type permits: far from 32 bits.
                self.out.u32(case as u32);
                self.give_node(shape, &shape[variants.cases[case].1], object)
            }
            (None, Some(label)) => {
                self.out.u8(tag::NO_VARIANT);
                self.give_any(&label)
            }
            (None, None) => self.give_unlabelled(object),
        }
    }

    fn give_unlabelled(&mut self, object: &Object<'a>) -> Result<(), Failure> {
        // SAFETY: attached; asks for a class.
        if unsafe { ffi::PyDict_Check(object.as_ptr()) } == 0 {
            return self.give_any(object);
        }
        self.out.u8(tag::NO_VARIANT);
        self.out.u8(tag::ABSENT);
        Ok(())
    }

    /// What tells which of a family an object is: what a dict has under the key, the name of an object's class.
    fn label_of(&self, variants: &Variants<Kept>, object: &Object<'a>) -> Result<Option<Object<'a>>, Failure> {
        let py = self.context.at.py();
        // SAFETY: attached; a dict and an interned name: no code runs; a borrowed value or null.
        unsafe {
            if ffi::PyDict_Check(object.as_ptr()) != 0 {
                let key = name(py, variants.key);
                return Ok(ffi::PyDict_GetItem(object.as_ptr(), key.as_ptr()).borrowed(py));
            }
            let class = ffi::PyType_GetName(ffi::Py_TYPE(object.as_ptr())).owned(py)?;
            let known = variants.cases.iter().any(|(case, _)| is_same_text(class.as_ptr(), case.as_ptr()));
            Ok(known.then_some(class))
        }
    }
}
