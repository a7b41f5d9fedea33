//! The floor of the start: a program that opens libpython, starts it and evaluates an expression; it prints how many
//! nanoseconds that took.

#[path = "../libpython.rs"]
mod libpython;

use libpython::LibPython;
use std::io::Write;
use std::time::Instant;

fn main() -> Result<(), String> {
    let began = Instant::now();
    LibPython::start()?;
    let nanos = began.elapsed().as_nanos();
    writeln!(std::io::stdout(), "{nanos}").map_err(|error| error.to_string())
}
