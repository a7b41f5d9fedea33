//! Tables, from Python: columns of equal length, each a block where it holds numbers.
//!
//! To Python a table is a dict of its columns, which Java writes in the forms that are there. What can become one is
//! known to `gilgamesh._tables`, which takes it apart. The reply: `NULL` for `None`; else `DICT`, the count of columns,
//! and for each its name and an `ARRAY` or a `LIST`. An `ARRAY` of code `?` holds bools, a byte each.

use super::array::Buffer;
use super::number::{Item, Leaf, give_longs, long_of};
use super::text::give_text;
use super::{Encoder, count, lossy};
use crate::failure::Failure;
use crate::handle::is_none;
use crate::own::{FromRaw, Object, call, import_from, is_str};
use gilgamesh_table::wire::{Writer, tag};
use pyo3::ffi;

/// What the names, tags and counts of a column take, about.
const HEAD: usize = 64;

/// A table, taken apart.
struct Parts<'a> {
    names: Vec<Object<'a>>,
    columns: Vec<Object<'a>>,
    rows: usize,
}

impl<'a> Parts<'a> {
    fn of(table: &Object<'a>) -> Result<Self, Failure> {
        let take_apart = import_from(table.py(), "gilgamesh._tables", "take_apart")?;
        let parts = call(&take_apart, &[table])?;
        let (first, second) = (item(&parts, 0)?, item(&parts, 1)?);
        if is_str(&first) {
            return Err(Failure::conversion(lossy(&second)).below(|| lossy(&first)));
        }
        let rows = long_of(item(&parts, 2)?.as_ptr()).and_then(|rows| usize::try_from(rows).ok());
        Ok(Parts { names: items(&first)?, columns: items(&second)?, rows: rows.unwrap_or_default() })
    }

    /// Refuses what is too much to cross before any of it is copied, and spares a large reply its growth by steps.
    fn make_room(&self, out: &mut Writer<'_>) -> Result<(), Failure> {
        let sizes =
            self.columns.iter().map(|column| Buffer::of(column).map_or(self.rows, |buffer| buffer.bytes().len()));
        let bytes = sizes.map(|size| size + HEAD).sum::<usize>();
        if i32::try_from(bytes).is_err() {
            return Err(Failure::conversion(format!(
                "the table takes {bytes} bytes; at most 2147483647 cross in one call: take its rows in parts"
            )));
        }
        out.reserve_more(bytes);
        Ok(())
    }
}

fn item<'a>(tuple: &Object<'a>, index: isize) -> Result<Object<'a>, Failure> {
    // SAFETY: attached; the tuple keeps the element alive until a reference of our own is taken.
    unsafe { ffi::PyTuple_GetItem(tuple.as_ptr(), index).borrowed(tuple.py()) }.ok_or_else(Failure::python)
}

fn items<'a>(list: &Object<'a>) -> Result<Vec<Object<'a>>, Failure> {
    // SAFETY: attached; a list of the package's own, of which nobody else knows.
    let item = |index| unsafe { ffi::PyList_GetItem(list.as_ptr(), index).borrowed(list.py()) };
    // SAFETY: as above.
    let size = unsafe { ffi::PyList_Size(list.as_ptr()) };
    (0..size).map(|index| item(index).ok_or_else(Failure::python)).collect()
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes what has columns as a table.
    pub(super) fn give_table(&mut self, table: &Object<'a>) -> Result<(), Failure> {
        if is_none(table) {
            self.out.u8(tag::NULL);
            return Ok(());
        }
        let parts = Parts::of(table)?;
        parts.make_room(self.out)?;
        self.out.u8(tag::DICT);
        count(self.out, parts.columns.len())?;
        (0..parts.columns.len()).try_for_each(|index| self.give_column(&parts, index))
    }

    fn give_column(&mut self, parts: &Parts<'a>, index: usize) -> Result<(), Failure> {
        let (name, column) = (&parts.names[index], &parts.columns[index]);
        give_text(self.out, name)?;
        self.give_block_column(column, parts.rows)
            .and_then(|done| if done { Ok(()) } else { self.give_list_column(column, parts.rows) })
            .map_err(|failure| failure.below(|| format!("['{}']", lossy(name))))
    }

    /// Writes a column that has a buffer; `false`, with nothing written, where it has none.
    fn give_block_column(&mut self, column: &Object<'a>, rows: usize) -> Result<bool, Failure> {
        let Some(buffer) = Buffer::of(column) else { return Ok(false) };
        let code = if buffer.is_of_bools() { b'?' } else { buffer.java_code().ok_or_else(no_form)? };
        if buffer.rows() != rows {
            return Err(changed());
        }
        self.give_block_of(code, buffer.bytes())?;
        Ok(true)
    }

    /// Writes a list as a block where all its elements are ints, floats or bools, else element by element.
    fn give_list_column(&mut self, list: &Object<'a>, rows: usize) -> Result<(), Failure> {
        // SAFETY: attached; what is no list yields -1 and an exception.
        let size = unsafe { ffi::PyList_Size(list.as_ptr()) };
        if size < 0 {
            return Err(Failure::python());
        }
        if size.cast_unsigned() != rows {
            return Err(changed());
        }
        // SAFETY: as above; an index out of range yields null and an exception.
        let item = |index| unsafe { ffi::PyList_GetItem(list.as_ptr(), index) };
        let fits = rows > 0
            && (self.give_as(b'q', rows, |out| give_longs(out, rows, item))?
                || self.give_as(b'd', rows, |out| give_reals(out, rows, item))?
                || self.give_as(b'?', rows, |out| give_bools(out, rows, item))?);
        if fits {
            return Ok(());
        }
        self.out.u8(tag::LIST);
        self.give_items(size, item)
    }

    /// Writes a list in one form; `false`, with nothing written, where an element is of another class.
    fn give_as(&mut self, code: u8, rows: usize, give: impl FnOnce(&mut Writer<'_>) -> bool) -> Result<bool, Failure> {
        let start = self.out.position();
        self.out.u8(tag::ARRAY);
        self.out.u8(code);
        count(self.out, rows)?;
        let fits = give(self.out);
        if !fits {
            self.out.rewind(start);
        }
        Ok(fits)
    }
}

/// Writes exact floats, and ints among them that a double holds; `false` where an element is anything else, or none is
/// a float.
fn give_reals(out: &mut Writer<'_>, rows: usize, item: impl Fn(ffi::Py_ssize_t) -> Item) -> bool {
    let mut has_float = false;
    let all = (0..rows.cast_signed()).all(|index| {
        // SAFETY: attached; the list keeps the element alive while no code runs.
        let real = match unsafe { Leaf::of(item(index)) } {
            Some(Leaf::Double(real)) => {
                has_float = true;
                Some(real)
            }
            Some(Leaf::Long(int)) => exact(int),
            _ => None,
        };
        real.map(|real| out.f64(real)).is_some()
    });
    all && has_float
}

/// The double that is equal to the int.
fn exact(int: i64) -> Option<f64> {
    let real = int as f64;
    // The largest longs are rounded up to 2^63, which no long is.
    (real < 9_223_372_036_854_775_808.0 && real as i64 == int).then_some(real)
}

/// Writes bools as bytes; `false` where an element is anything else.
fn give_bools(out: &mut Writer<'_>, rows: usize, item: impl Fn(ffi::Py_ssize_t) -> Item) -> bool {
    // SAFETY: attached; addresses of what lives as long as Python.
    let (yes, no) = unsafe { (ffi::Py_True(), ffi::Py_False()) };
    (0..rows.cast_signed()).all(|index| {
        let element = item(index);
        out.u8((element == yes).into());
        element == yes || element == no
    })
}

fn no_form() -> Failure {
    Failure::internal("a column of a table has a buffer that Java has no array of")
}

#[cold]
fn changed() -> Failure {
    Failure::conversion("the table was changed while it was converted")
}
