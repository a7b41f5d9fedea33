//! A Python that a floor's own program opens and starts, without linking to it.

use std::ffi::{CStr, CString, c_char, c_int, c_void};

type SetWide = unsafe extern "C" fn(*const libc::wchar_t);
type Initialize = unsafe extern "C" fn(c_int);
type Run = unsafe extern "C" fn(*const c_char) -> c_int;

/// An open libpython.
pub(crate) struct LibPython(*mut c_void);

impl LibPython {
    /// Opens and starts the one that the program's arguments name: the library, and the program's name for Python
    /// (empty: none) or its home.
    pub(crate) fn start() -> Result<Self, String> {
        let arguments: Vec<String> = std::env::args().skip(1).collect();
        let [library, program, home] = arguments.as_slice() else { return Err("usage: LIBRARY PROGRAM HOME".into()) };
        let path = CString::new(library.as_str()).map_err(|error| error.to_string())?;
        // SAFETY: a libpython, whose initialisers the process runs once.
        let opened = Self(unsafe { libc::dlopen(path.as_ptr(), libc::RTLD_NOW | libc::RTLD_GLOBAL) });
        if opened.0.is_null() {
            return Err(format!("cannot open {library}"));
        }
        opened.initialize(program, home)?;
        Ok(opened)
    }

    fn initialize(&self, program: &str, home: &str) -> Result<(), String> {
        // SAFETY: the functions of a libpython have these signatures (3.11 to 3.14), called in the order it asks for.
        unsafe {
            if let Ok(mode) = self.find(c"Py_UTF8Mode") {
                *mode.cast::<c_int>() = 1;
            }
            for (name, value) in [(c"Py_SetProgramName", program), (c"Py_SetPythonHome", home)] {
                if let Some(set) = self.find(name).ok().filter(|_| !value.is_empty()) {
                    std::mem::transmute::<*mut c_void, SetWide>(set)(wide(value).leak().as_ptr());
                }
            }
            std::mem::transmute::<*mut c_void, Initialize>(self.find(c"Py_InitializeEx")?)(0);
            let run = std::mem::transmute::<*mut c_void, Run>(self.find(c"PyRun_SimpleString")?);
            if run(c"assert 1 + 1 == 2".as_ptr()) == 0 { Ok(()) } else { Err("Python does not work".into()) }
        }
    }

    /// The address of what it exports.
    pub(crate) fn find(&self, name: &CStr) -> Result<*mut c_void, String> {
        // SAFETY: an open library and a terminated name.
        let found = unsafe { libc::dlsym(self.0, name.as_ptr()) };
        if found.is_null() { Err(format!("no {}", name.to_string_lossy())) } else { Ok(found) }
    }
}

fn wide(text: &str) -> Vec<libc::wchar_t> {
    text.chars().map(|c| c as libc::wchar_t).chain([0]).collect()
}
