//! The floor of the start: a program that opens libpython, starts it and evaluates an expression; it prints how many
//! nanoseconds that took. Arguments: the library, and the program's name for Python (empty: none) or its home.

use std::ffi::{CString, c_char, c_int, c_void};
use std::io::Write;
use std::time::Instant;

type SetWide = unsafe extern "C" fn(*const libc::wchar_t);
type Initialize = unsafe extern "C" fn(c_int);
type Run = unsafe extern "C" fn(*const c_char) -> c_int;

fn main() -> Result<(), String> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [library, program, home] = arguments.as_slice() else { return Err("usage: LIBRARY PROGRAM HOME".into()) };
    let began = Instant::now();
    start(library, program, home)?;
    let nanos = began.elapsed().as_nanos();
    writeln!(std::io::stdout(), "{nanos}").map_err(|error| error.to_string())
}

fn start(library: &str, program: &str, home: &str) -> Result<(), String> {
    let path = CString::new(library).map_err(|error| error.to_string())?;
    // SAFETY: a libpython, whose functions have these signatures (3.11 to 3.14), called in the order it asks for.
    unsafe {
        let opened = libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_GLOBAL);
        let find = |name: &std::ffi::CStr| Some(libc::dlsym(opened, name.as_ptr())).filter(|found| !found.is_null());
        if opened.is_null() {
            return Err(format!("cannot open {library}"));
        }
        if let Some(mode) = find(c"Py_UTF8Mode") {
            *mode.cast::<c_int>() = 1;
        }
        for (name, value) in [(c"Py_SetProgramName", program), (c"Py_SetPythonHome", home)] {
            if let Some(set) = find(name).filter(|_| !value.is_empty()) {
                std::mem::transmute::<*mut c_void, SetWide>(set)(wide(value).leak().as_ptr());
            }
        }
        let initialize = find(c"Py_InitializeEx").ok_or("no Py_InitializeEx")?;
        std::mem::transmute::<*mut c_void, Initialize>(initialize)(0);
        let run = find(c"PyRun_SimpleString").ok_or("no PyRun_SimpleString")?;
        match std::mem::transmute::<*mut c_void, Run>(run)(c"assert 1 + 1 == 2".as_ptr()) {
            0 => Ok(()),
            _ => Err("Python does not work".into()),
        }
    }
}

fn wide(text: &str) -> Vec<libc::wchar_t> {
    text.chars().map(|c| c as libc::wchar_t).chain([0]).collect()
}
