//! The floor of isolated contexts: a program that makes interpreters with a GIL of their own and ends them; it prints
//! how many nanoseconds the making and the ending of one took, medians of several. All are there at once, since one that
//! is made out of the memory of another costs less.

#[path = "../libpython.rs"]
mod libpython;

use libpython::LibPython;
use std::ffi::{c_char, c_int, c_void};
use std::io::Write;
use std::time::Instant;

/// The first ones fill caches and are not counted.
const FIRST: usize = 2;
const ROUNDS: usize = 7;

/// `PyInterpreterConfig`, 3.12 to 3.14, with the settings of the bridge's.
#[repr(C)]
struct Config {
    use_main_obmalloc: c_int,
    allow_fork: c_int,
    allow_exec: c_int,
    allow_threads: c_int,
    allow_daemon_threads: c_int,
    check_multi_interp_extensions: c_int,
    gil: c_int,
}

const CONFIG: Config = Config {
    use_main_obmalloc: 0,
    allow_fork: 0,
    allow_exec: 0,
    allow_threads: 1,
    allow_daemon_threads: 1,
    check_multi_interp_extensions: 1,
    gil: 2, // PyInterpreterConfig_OWN_GIL
};

/// `PyStatus`.
#[repr(C)]
struct Status {
    kind: c_int,
    function: *const c_char,
    message: *const c_char,
    exit_code: c_int,
}

type Make = unsafe extern "C" fn(*mut *mut c_void, *const Config) -> Status;
type End = unsafe extern "C" fn(*mut c_void);
type Swap = unsafe extern "C" fn(*mut c_void) -> *mut c_void;

fn main() -> Result<(), String> {
    let python = LibPython::start()?;
    // SAFETY: these functions have these signatures (3.12 to 3.14).
    let (make, end, swap) = unsafe {
        (
            std::mem::transmute::<*mut c_void, Make>(python.find(c"Py_NewInterpreterFromConfig")?),
            std::mem::transmute::<*mut c_void, End>(python.find(c"Py_EndInterpreter")?),
            std::mem::transmute::<*mut c_void, Swap>(python.find(c"PyThreadState_Swap")?),
        )
    };
    // SAFETY: this thread started Python, and is attached to its main interpreter.
    let main = unsafe { swap(std::ptr::null_mut()) };
    let (mut made, mut ended) = (Vec::new(), Vec::new());
    let mut states = Vec::new();
    for _ in 0..FIRST + ROUNDS {
        let mut state = std::ptr::null_mut();
        // SAFETY: the main interpreter's state is current while an interpreter is made.
        unsafe { swap(main) };
        let began = Instant::now();
        // SAFETY: as above; both pointers are to locals and constants of the right form.
        let status = unsafe { make(&raw mut state, &CONFIG) };
        made.push(began.elapsed().as_nanos());
        if status.kind != 0 {
            return Err("CPython could not make an interpreter".into());
        }
        states.push(state);
    }
    for state in states {
        // SAFETY: made above; it has no other state and no thread, and none is current after its end.
        unsafe {
            swap(state);
            let began = Instant::now();
            end(state);
            ended.push(began.elapsed().as_nanos());
        }
    }
    let (made, ended) = (median(&mut made), median(&mut ended));
    writeln!(std::io::stdout(), "{made} {ended}").map_err(|error| error.to_string())
}

fn median(nanos: &mut Vec<u128>) -> u128 {
    nanos.drain(..FIRST);
    nanos.sort_unstable();
    nanos[nanos.len() / 2]
}
