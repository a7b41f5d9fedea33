//! How to start Python, as the host asks for it.

use crate::codec::set_largest_value;
use crate::failure::Failure;
use gilgamesh_table::wire::{Reader, tag};

/// How to start Python: the request of [`super::start`].
#[derive(Debug, Default)]
pub(crate) struct Settings {
    pub(super) program: Option<String>,
    pub(super) home: Option<String>,
    pub(super) package: Option<String>,
    pub(super) path: Vec<String>,
    pub(super) arguments: Vec<String>,
}

impl Settings {
    pub(super) fn read(reader: &mut Reader<'_>) -> Result<Self, Failure> {
        let mut settings = Settings::default();
        expect(reader, tag::DICT)?;
        for _ in 0..reader.count()? {
            match read_text(reader)?.as_deref() {
                Some("program") => settings.program = read_text(reader)?,
                Some("home") => settings.home = read_text(reader)?,
                Some("package") => settings.package = read_text(reader)?,
                Some("path") => settings.path = read_texts(reader)?,
                Some("arguments") => settings.arguments = read_texts(reader)?,
                Some("maxValueBytes") => set_largest_value(read_number(reader)?),
                // The loader has opened it already.
                Some("library") => drop(read_text(reader)?),
                other => return Err(Failure::internal(format!("no setting {other:?} is known"))),
            }
        }
        Ok(settings)
    }
}

fn expect(reader: &mut Reader<'_>, wanted: u8) -> Result<(), Failure> {
    if reader.u8()? == wanted { Ok(()) } else { Err(Failure::internal("the start request is malformed")) }
}

pub(super) fn read_texts(reader: &mut Reader<'_>) -> Result<Vec<String>, Failure> {
    expect(reader, tag::LIST)?;
    let count = reader.count()?;
    (0..count).filter_map(|_| read_text(reader).transpose()).collect()
}

fn read_number(reader: &mut Reader<'_>) -> Result<i64, Failure> {
    expect(reader, tag::LONG)?;
    Ok(reader.i64()?)
}

/// A text of ours, before there is a Python to make a `str` of it.
fn read_text(reader: &mut Reader<'_>) -> Result<Option<String>, Failure> {
    match reader.u8()? {
        tag::NULL => Ok(None),
        tag::ASCII | tag::UTF8 => Ok(Some(String::from_utf8_lossy(reader.counted()?).into_owned())),
        _ => Err(Failure::start("a path or argument holds a lone surrogate")),
    }
}
