//! `datetime.date`, `time`, `datetime` and `timedelta`.
//!
//! A time crosses as nanoseconds of its day, then its zone: none, an offset from UTC, or an offset and a region's name.
//! Python has microseconds; pandas' subclasses have nanoseconds, which are read where they are.

use super::known::Known;
use super::number::long_of;
use super::{Decoder, Encoder, give_text, take_text};
use crate::attach::Attached;
use crate::failure::Failure;
use crate::handle::is_none;
use crate::interpreter::Name;
use crate::own::{FromRaw, Object, Raised, attribute, call, checked, forget, optional_attribute};
use gilgamesh_table::wire::{Malformed, Writer, tag};
use pyo3::ffi;

const MICRO: i64 = 1_000;
const SECOND: i64 = 1_000_000_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY_SECONDS: i64 = 86_400;

/// Java's largest offset from UTC, in seconds.
const LARGEST_OFFSET: i64 = 18 * 3600;

/// How a zone crosses.
mod zone {
    pub(super) const NONE: u8 = 0;
    pub(super) const OFFSET: u8 = 1;
    pub(super) const REGION: u8 = 2;
}

impl<'a> Decoder<'a, '_> {
    #[inline(never)] // keeps the path of numbers and texts short
    pub(super) fn take_time(&mut self, tag: u8) -> Result<Object<'a>, Failure> {
        match tag {
            tag::DATE => {
                let date = self.take_date()?;
                self.make(Known::Date, &date, None)
            }
            tag::TIME => {
                let time = clock(self.reader.i64()?);
                let (zone, _) = self.take_zone()?;
                self.make(Known::Time, &time, zone)
            }
            tag::DATE_TIME => self.take_date_time(),
            tag::DURATION => {
                let (seconds, nanos) = (self.reader.i64()?, i64::from(self.reader.i32()?));
                let parts = [seconds.div_euclid(DAY_SECONDS), seconds.rem_euclid(DAY_SECONDS), nanos / MICRO];
                self.make(Known::TimeDelta, &parts, None)
            }
            _ => Err(Malformed.into()),
        }
    }

    fn take_date(&mut self) -> Result<[i64; 3], Malformed> {
        Ok([self.reader.i32()?.into(), self.reader.u8()?.into(), self.reader.u8()?.into()])
    }

    fn take_date_time(&mut self) -> Result<Object<'a>, Failure> {
        let [year, month, day] = self.take_date()?;
        let [hour, minute, second, micros] = clock(self.reader.i64()?);
        let later = self.reader.u8()? != 0;
        let (zone, offset) = self.take_zone()?;
        let made = self.make(Known::DateTime, &[year, month, day, hour, minute, second, micros], zone)?;
        let made = if later { with_fold(&made)? } else { made };
        match offset {
            Some(offset) if utc_offset(self.context.at, &made)? != Offset::Seconds(offset) => {
                Err(Failure::conversion(format!(
                    "the zone rules of Java and of Python differ: to Python the offset is not {offset} seconds then"
                )))
            }
            _ => Ok(made),
        }
    }

    /// The zone, and for a region the offset that it must have.
    fn take_zone(&mut self) -> Result<(Option<Object<'a>>, Option<i64>), Failure> {
        let at = self.context.at;
        let kind = self.reader.u8()?;
        if kind == zone::NONE {
            return Ok((None, None));
        }
        let offset = i64::from(self.reader.i32()?);
        if kind == zone::OFFSET {
            let delta = self.make(Known::TimeDelta, &[0, offset], None)?;
            return Ok((Some(call(&Known::TimeZone.class(at)?, &[&delta])?), None));
        }
        let key = take_text(self.context, &mut self.reader)?;
        let region = call(&Known::ZoneInfo.class(at)?, &[&key]).map_err(|raised| unknown_zone(&key, raised))?;
        Ok((Some(region), Some(offset)))
    }

    /// Calls the class with numbers and a zone.
    fn make(&self, class: Known, parts: &[i64], zone: Option<Object<'a>>) -> Result<Object<'a>, Failure> {
        let at = self.context.at;
        let mut arguments = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            // SAFETY: attached; a new int.
            arguments.push(unsafe { ffi::PyLong_FromLongLong(*part).owned(at.py())? });
        }
        arguments.extend(zone);
        Ok(call(&class.class(at)?, &arguments.iter().collect::<Vec<_>>())?)
    }
}

fn clock(nanos: i64) -> [i64; 4] {
    [nanos / HOUR, nanos / MINUTE % 60, nanos / SECOND % 60, nanos % SECOND / MICRO]
}

/// `value.replace(fold=1)`: the second of two equal times when clocks go back.
fn with_fold<'a>(value: &Object<'a>) -> Result<Object<'a>, Raised> {
    let py = value.py();
    // SAFETY: attached; new references; the dict shares the int.
    unsafe {
        let replace = ffi::PyObject_GetAttrString(value.as_ptr(), c"replace".as_ptr()).owned(py)?;
        let keywords = ffi::PyDict_New().owned(py)?;
        let one = ffi::PyLong_FromLong(1).owned(py)?;
        checked(ffi::PyDict_SetItemString(keywords.as_ptr(), c"fold".as_ptr(), one.as_ptr()))?;
        let nothing = ffi::PyTuple_New(0).owned(py)?;
        ffi::PyObject_Call(replace.as_ptr(), nothing.as_ptr(), keywords.as_ptr()).owned(py)
    }
}

fn unknown_zone(key: &Object<'_>, raised: Raised) -> Failure {
    forget(raised, key.py());
    let key = super::lossy(key);
    Failure::conversion(format!(
        "Python knows no time zone '{key}'; install its package tzdata, or pass an OffsetDateTime"
    ))
}

impl<'a> Encoder<'a, '_, '_> {
    /// Writes a value of the class; `false`, with nothing written, where it has no Java form: whatever is no
    /// number where one belongs, as the parts of pandas' NaT.
    #[inline(never)]
    pub(super) fn give_time(&mut self, class: Known, object: &Object<'a>) -> Result<bool, Failure> {
        let parts = Parts { at: self.context.at, of: object.clone() };
        let start = self.out.position();
        let fits = match class {
            Known::DateTime => self.give_date_time(&parts)?,
            Known::Date => self.give_date(&parts)?,
            Known::Time => self.give_clock_time(&parts)?,
            Known::TimeDelta => self.give_duration(&parts)?,
            _ => false,
        };
        if !fits {
            self.out.rewind(start);
        }
        Ok(fits)
    }

    fn give_date(&mut self, parts: &Parts<'a>) -> Result<bool, Failure> {
        self.out.u8(tag::DATE);
        Ok(parts.write_date(self.out)?)
    }

    fn give_clock_time(&mut self, parts: &Parts<'a>) -> Result<bool, Failure> {
        self.out.u8(tag::TIME);
        Ok(parts.write_clock(self.out)? && self.give_zone(parts)?)
    }

    fn give_date_time(&mut self, parts: &Parts<'a>) -> Result<bool, Failure> {
        self.out.u8(tag::DATE_TIME);
        if !parts.write_date(self.out)? || !parts.write_clock(self.out)? {
            return Ok(false);
        }
        let Some(fold) = parts.number(Name::Fold)? else { return Ok(false) };
        self.out.u8(u8::from(fold != 0));
        self.give_zone(parts)
    }

    fn give_zone(&mut self, parts: &Parts<'a>) -> Result<bool, Failure> {
        let at = self.context.at;
        let offset = match utc_offset(at, &parts.of)? {
            Offset::None => {
                self.out.u8(zone::NONE);
                // A zone that has no offset without a date would be lost.
                return Ok(is_none(&attribute(&parts.of, &at.name(Name::Tzinfo))?));
            }
            Offset::Odd => return Ok(false),
            Offset::Seconds(offset) => i32::try_from(offset).unwrap_or_default(),
        };
        match region(at, &parts.of)? {
            None => {
                self.out.u8(zone::OFFSET);
                self.out.i32(offset);
            }
            Some(_) if !exists(at, &parts.of)? => return Ok(false),
            Some(key) => {
                self.out.u8(zone::REGION);
                self.out.i32(offset);
                give_text(self.out, &key)?;
            }
        }
        Ok(true)
    }

    fn give_duration(&mut self, parts: &Parts<'a>) -> Result<bool, Failure> {
        let days = parts.number(Name::Days)?;
        let seconds = parts.number(Name::Seconds)?;
        let nanos = parts.nanos(Name::Microseconds, Name::Nanoseconds)?;
        let (Some(days), Some(seconds), Some(Ok(nanos))) = (days, seconds, nanos.map(i32::try_from)) else {
            return Ok(false);
        };
        self.out.tagged(tag::DURATION, days * DAY_SECONDS + seconds);
        self.out.i32(nanos);
        Ok(true)
    }
}

/// The name of the value's zone, where that is a `ZoneInfo` with one.
fn region<'a>(at: Attached<'a>, value: &Object<'a>) -> Result<Option<Object<'a>>, Raised> {
    let zone = attribute(value, &at.name(Name::Tzinfo))?;
    if !Known::ZoneInfo.is(at, &zone) {
        return Ok(None);
    }
    attribute(&zone, &at.name(Name::Key)).map(|key| Some(key).filter(|key| !is_none(key)))
}

/// Whether the clocks of its zone ever showed this time: where they were put forward it has no `ZonedDateTime`.
fn exists<'a>(at: Attached<'a>, value: &Object<'a>) -> Result<bool, Raised> {
    let zone = attribute(value, &at.name(Name::Tzinfo))?;
    let utc = attribute(&Known::TimeZone.class(at)?, &at.name(Name::Utc))?;
    let in_zone = |time: &Object<'a>, zone: &Object<'a>| call(&attribute(time, &at.name(Name::Astimezone))?, &[zone]);
    let back = in_zone(&in_zone(value, &utc)?, &zone)?;
    Ok(utc_offset(at, &back)? == utc_offset(at, value)?)
}

/// An object whose attributes are numbers.
struct Parts<'a> {
    at: Attached<'a>,
    of: Object<'a>,
}

impl<'a> Parts<'a> {
    /// The attribute, where it is an int.
    fn number(&self, name: Name) -> Result<Option<i64>, Raised> {
        Ok(integer(&attribute(&self.of, &self.at.name(name))?))
    }

    /// Microseconds and, where the class has them, nanoseconds.
    fn nanos(&self, micros: Name, nanos: Name) -> Result<Option<i64>, Raised> {
        let (Some(micros), Some(nanos)) = (self.number(micros)?, self.optional(nanos)?) else { return Ok(None) };
        Ok(Some(micros * MICRO + nanos))
    }

    /// The attribute, 0 where there is none.
    fn optional(&self, name: Name) -> Result<Option<i64>, Raised> {
        let found = optional_attribute(&self.of, &self.at.name(name))?;
        Ok(found.map_or(Some(0), |found| integer(&found)))
    }

    fn write_date(&self, out: &mut Writer<'_>) -> Result<bool, Raised> {
        let (year, month, day) = (self.number(Name::Year)?, self.number(Name::Month)?, self.number(Name::Day)?);
        let (Some(Ok(year)), Some(Ok(month)), Some(Ok(day))) =
            (year.map(i32::try_from), month.map(u8::try_from), day.map(u8::try_from))
        else {
            return Ok(false);
        };
        out.i32(year);
        out.u8(month);
        out.u8(day);
        Ok(true)
    }

    fn write_clock(&self, out: &mut Writer<'_>) -> Result<bool, Raised> {
        let (hour, minute) = (self.number(Name::Hour)?, self.number(Name::Minute)?);
        let (second, nanos) = (self.number(Name::Second)?, self.nanos(Name::Microsecond, Name::Nanosecond)?);
        let (Some(hour), Some(minute), Some(second), Some(nanos)) = (hour, minute, second, nanos) else {
            return Ok(false);
        };
        out.i64(hour * HOUR + minute * MINUTE + second * SECOND + nanos);
        Ok(true)
    }
}

fn integer(value: &Object<'_>) -> Option<i64> {
    // SAFETY: attached; asks for a class.
    let is_int = unsafe { ffi::PyLong_Check(value.as_ptr()) != 0 };
    if is_int { long_of(value.as_ptr()) } else { None }
}

#[derive(PartialEq, Eq)]
enum Offset {
    None,
    Seconds(i64),
    /// With a part of a second, or beyond what Java has.
    Odd,
}

/// `value.utcoffset()`.
fn utc_offset<'a>(at: Attached<'a>, value: &Object<'a>) -> Result<Offset, Raised> {
    let offset = call(&attribute(value, &at.name(Name::Utcoffset))?, &[])?;
    if is_none(&offset) {
        return Ok(Offset::None);
    }
    let parts = Parts { at, of: offset };
    let seconds = (parts.number(Name::Days)?, parts.number(Name::Seconds)?, parts.number(Name::Microseconds)?);
    let (Some(days), Some(seconds), Some(0)) = seconds else { return Ok(Offset::Odd) };
    let seconds = days * DAY_SECONDS + seconds;
    Ok(if seconds.abs() <= LARGEST_OFFSET { Offset::Seconds(seconds) } else { Offset::Odd })
}
