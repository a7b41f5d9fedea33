//! Shapes: what Java wants a value to be taken apart as, told once and then named by a number.
//!
//! A shape is a graph of nodes, since a record may contain itself; the first node is the whole value. Java defines it
//! once a process, as texts. An interpreter that first uses it binds it: the texts become interned `str`s of its own.
//! Neither is ever freed: equal definitions share a number, and there are as many as a program has types.

use crate::attach::Attached;
use crate::failure::{Failure, Reason};
use crate::interpreter::put;
use crate::own::{Kept, Object, Raised, interned, keep, share, text};
use gilgamesh_table::wire::{Malformed, Reader, tag};
use once_cell::sync::Lazy;
use pyo3::Python;
use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// A part of a shape; `N` is a text in a definition, an interned `str` in what an interpreter bound.
pub(crate) enum Node<N> {
    /// The natural form.
    Any,
    /// A handle, also where there is a natural form.
    Handle,
    /// What implements the host's interfaces as such, anything else as a handle.
    Interface,
    /// An int, or what has `__index__`.
    Integer,
    /// A float, or a number that is equal to its `float()`.
    Real,
    /// A block of longs.
    Longs,
    /// A block of doubles.
    Doubles,
    /// What has columns.
    Table,
    /// What can be iterated, and the node of its elements.
    Sequence(usize),
    /// A dict, and the nodes of its keys and values.
    Map(usize, usize),
    Record(Record<N>),
    Variants(Variants<N>),
}

/// A record: the names of its parts, and their nodes.
pub(crate) struct Record<N> {
    /// The class of the tuples that records become (its name in a definition), where they do not become dicts.
    pub(super) tuple: Option<N>,
    /// What a dict holds besides the parts: names and texts that tell the record from others of its family.
    pub(super) constants: Vec<(N, N)>,
    pub(super) parts: Vec<(N, usize)>,
}

/// A family of records, told apart by the text under a key or by the names of their classes.
pub(crate) struct Variants<N> {
    pub(super) key: N,
    pub(super) cases: Vec<(N, usize)>,
}

pub(crate) type Definition = Vec<Node<String>>;
pub(crate) type Shape = Vec<Node<Kept>>;

#[derive(Default)]
struct Definitions {
    numbers: HashMap<Vec<u8>, usize>,
    all: Vec<&'static Definition>,
}

static DEFINITIONS: Lazy<Mutex<Definitions>> = Lazy::new(Mutex::default);

fn definitions() -> MutexGuard<'static, Definitions> {
    DEFINITIONS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Takes the definition of a request; its number, the same for the same definition.
pub(crate) fn define(bytes: &[u8]) -> Result<usize, Failure> {
    let mut definitions = definitions();
    if let Some(number) = definitions.numbers.get(bytes) {
        return Ok(*number);
    }
    let definition = read(&mut Reader::new(bytes))?;
    let number = definitions.all.len();
    definitions.all.push(Box::leak(Box::new(definition)));
    definitions.numbers.insert(bytes.to_vec(), number);
    Ok(number)
}

/// The shape of that number, bound to this interpreter now if it never was.
pub(crate) fn bound(at: Attached<'_>, number: usize) -> Result<&'static Shape, Failure> {
    if let Some(shape) = known(at, number) {
        return Ok(shape);
    }
    let definition = definitions().all.get(number).copied();
    let definition = definition.ok_or_else(|| Failure::internal(format!("no shape {number} is known")))?;
    let shape = definition.iter().map(|node| node.bind(at)).collect::<Result<Shape, Raised>>()?;
    // Binding may run Python code, which may let another thread bind the same shape.
    Ok(known(at, number).unwrap_or_else(|| set_known(at, number, Box::leak(Box::new(shape)))))
}

#[inline]
fn known(at: Attached<'_>, number: usize) -> Option<&'static Shape> {
    at.home(|home| home.shapes.get(number).copied().flatten())
}

fn set_known(at: Attached<'_>, number: usize, shape: &'static Shape) -> &'static Shape {
    at.home(|home| put(&mut home.shapes, number, shape));
    shape
}

/// A name of a bound shape.
#[inline]
pub(super) fn name(py: Python<'_>, kept: Kept) -> Object<'_> {
    // SAFETY: bound names live as long as their interpreter, to which this thread is attached.
    unsafe { share(py, kept) }
}

// ---- binding

fn bind_name(py: Python<'_>, name: &str) -> Result<Kept, Raised> {
    Ok(keep(interned(text(py, name)?)))
}

fn bind_links(py: Python<'_>, links: &[(String, usize)]) -> Result<Vec<(Kept, usize)>, Raised> {
    links.iter().map(|(name, node)| Ok((bind_name(py, name)?, *node))).collect()
}

impl Node<String> {
    fn bind(&self, at: Attached<'_>) -> Result<Node<Kept>, Raised> {
        Ok(match self {
            Node::Any => Node::Any,
            Node::Handle => Node::Handle,
            Node::Interface => Node::Interface,
            Node::Integer => Node::Integer,
            Node::Real => Node::Real,
            Node::Longs => Node::Longs,
            Node::Doubles => Node::Doubles,
            Node::Table => Node::Table,
            Node::Sequence(element) => Node::Sequence(*element),
            Node::Map(key, value) => Node::Map(*key, *value),
            Node::Record(record) => Node::Record(record.bind(at)?),
            Node::Variants(variants) => Node::Variants(Variants {
                key: bind_name(at.py(), &variants.key)?,
                cases: bind_links(at.py(), &variants.cases)?,
            }),
        })
    }
}

impl Record<String> {
    fn bind(&self, at: Attached<'_>) -> Result<Record<Kept>, Raised> {
        let py = at.py();
        let names: Vec<&str> = self.parts.iter().map(|(name, _)| name.as_str()).collect();
        Ok(Record {
            tuple: self.tuple.as_ref().map(|title| super::record::tuple_class(py, title, &names)).transpose()?,
            constants: self
                .constants
                .iter()
                .map(|(key, value)| Ok((bind_name(py, key)?, bind_name(py, value)?)))
                .collect::<Result<_, Raised>>()?,
            parts: bind_links(py, &self.parts)?,
        })
    }
}

// ---- reading a definition

fn read(reader: &mut Reader<'_>) -> Result<Definition, Failure> {
    let count = reader.count_of_values()?;
    let nodes: Definition = (0..count).map(|_| read_node(reader, count)).collect::<Result<_, Failure>>()?;
    if nodes.is_empty() { Err(Malformed.into()) } else { Ok(nodes) }
}

fn read_node(reader: &mut Reader<'_>, nodes: usize) -> Result<Node<String>, Failure> {
    Ok(match reader.u8()? {
        0 => Node::Any,
        1 => Node::Handle,
        2 => Node::Integer,
        3 => Node::Real,
        4 => Node::Longs,
        5 => Node::Doubles,
        6 => Node::Sequence(read_link(reader, nodes)?),
        7 => Node::Map(read_link(reader, nodes)?, read_link(reader, nodes)?),
        8 => Node::Record(read_record(reader, nodes)?),
        9 => Node::Variants(Variants { key: read_name(reader)?, cases: read_links(reader, nodes)? }),
        10 => Node::Table,
        11 => Node::Interface,
        _ => return Err(Malformed.into()),
    })
}

fn read_record(reader: &mut Reader<'_>, nodes: usize) -> Result<Record<String>, Failure> {
    let is_tuple = reader.u8()? != 0;
    let title = read_name(reader)?;
    let constants = reader.count_of_values()?;
    Ok(Record {
        tuple: is_tuple.then_some(title),
        constants: (0..constants)
            .map(|_| Ok((read_name(reader)?, read_name(reader)?)))
            .collect::<Result<_, Failure>>()?,
        parts: read_links(reader, nodes)?,
    })
}

fn read_links(reader: &mut Reader<'_>, nodes: usize) -> Result<Vec<(String, usize)>, Failure> {
    let count = reader.count_of_values()?;
    (0..count).map(|_| Ok((read_name(reader)?, read_link(reader, nodes)?))).collect()
}

fn read_link(reader: &mut Reader<'_>, nodes: usize) -> Result<usize, Malformed> {
    reader.count().and_then(|node| if node < nodes { Ok(node) } else { Err(Malformed) })
}

fn read_name(reader: &mut Reader<'_>) -> Result<String, Failure> {
    let is_utf8 = matches!(reader.u8()?, tag::ASCII | tag::UTF8);
    let bytes = reader.counted()?.to_vec();
    String::from_utf8(bytes)
        .ok()
        .filter(|name| is_utf8 && !name.contains('\0'))
        .ok_or_else(|| Reason::Argument("a name holds a NUL or a lone surrogate".into()).into())
}
