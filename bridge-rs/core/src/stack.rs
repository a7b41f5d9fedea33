//! placeholder until the recursion author delivers
use crate::failure::Failure;
use pyo3::ffi;
pub(crate) fn check() -> Result<(), Failure> {
    Ok(())
}
pub(crate) unsafe fn prepare(_: *mut ffi::PyThreadState, _: u32) {}
pub(crate) fn clamp_all() {}
