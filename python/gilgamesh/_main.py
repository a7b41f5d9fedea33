"""A program run as ``python`` runs it, on Python's main thread: a file, code, a module, or the standard input."""

from __future__ import annotations

import os
import sys
import threading

from gilgamesh import _code, _interrupts

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import CodeType

_INTERRUPTED = 130


def run(kind: str, what: str, *arguments: str) -> int:
    """Run a program to the end of its threads; its exit code, of eight bits."""
    with _interrupts.listening():
        code = _exit_code(lambda: _PROGRAMS[kind](what, [*arguments]))
        return _exit_code(_join_threads) or code


def _exit_code(work: Callable[[], None]) -> int:
    try:
        work()
    except SystemExit as error:
        return _code_of(error)
    except BaseException as error:  # whatever it is, it ends the program
        _show(error)
        return _INTERRUPTED if isinstance(error, KeyboardInterrupt) else 1
    return 0


def _code_of(error: SystemExit) -> int:
    code = error.code
    if code is None:
        return 0
    if isinstance(code, int):
        return code & 0xFF
    print(code, file=sys.stderr)
    return 1


def _show(error: BaseException) -> None:
    """Show an exception that nothing caught, without the frames of this package that lead to the program."""
    trace = error.__traceback__
    while trace is not None and os.path.dirname(trace.tb_frame.f_code.co_filename) == os.path.dirname(__file__):
        trace = trace.tb_next
    sys.excepthook(type(error), error.with_traceback(trace), trace)


def _join_threads() -> None:
    """Wait for the threads that are no daemons, as the end of ``python`` does."""
    for thread in threading.enumerate():
        if not thread.daemon and thread is not threading.current_thread():
            thread.join()


# ---- programs


def _run_file(path: str, arguments: list[str]) -> None:
    sys.argv[:] = [path, *arguments]
    if os.path.isdir(path) or _is_zip(path):
        sys.path.insert(0, path)
        _run_as_main("__main__", alter_argv=False)
        return
    _put_first(os.path.dirname(os.path.realpath(path)))
    full = os.path.abspath(path)
    code = _file_code(path, full)
    from importlib.machinery import SourceFileLoader

    main = sys.modules["__main__"].__dict__
    main["__file__"] = full
    main["__loader__"] = SourceFileLoader("__main__", full)
    exec(code, main)


def _is_zip(path: str) -> bool:
    import zipimport

    try:
        zipimport.zipimporter(path)
    except zipimport.ZipImportError:
        return False
    return True


def _file_code(path: str, full: str) -> CodeType:
    try:
        if path.endswith(".pyc"):
            from importlib.machinery import SourcelessFileLoader

            return SourcelessFileLoader("__main__", full).get_code("__main__")  # type: ignore[return-value]
        with open(full, "rb") as file:
            source = file.read()
    except OSError as error:
        print(f"gilgamesh: can't open file {full!r}: [Errno {error.errno}] {error.strerror}", file=sys.stderr)
        raise SystemExit(2) from None
    return _code.compile_source(source, full, False, ())


def _run_code(text: str, arguments: list[str]) -> None:
    sys.argv[:] = ["-c", *arguments]
    _put_first("")
    exec(_code.compile_source(text, "<string>", False, ()), sys.modules["__main__"].__dict__)


def _run_module(name: str, arguments: list[str]) -> None:
    sys.argv[:] = ["-m", *arguments]
    _put_first(os.getcwd())
    _run_as_main(name, alter_argv=True)


def _run_as_main(name: str, *, alter_argv: bool) -> None:
    # What the C code of python calls for -m, folders and zip files.
    import runpy

    runpy._run_module_as_main(name, alter_argv)  # type: ignore[attr-defined]


def _run_input(name: str, arguments: list[str]) -> None:
    sys.argv[:] = [name, *arguments]
    _put_first("")
    if sys.stdin is not None and sys.stdin.isatty():
        from gilgamesh import _prompt

        _prompt.run()
    elif sys.stdin is not None:
        source = sys.stdin.buffer.read()
        exec(_code.compile_source(source, "<stdin>", False, ()), sys.modules["__main__"].__dict__)


def _put_first(entry: str) -> None:
    if not sys.flags.safe_path:
        sys.path.insert(0, entry)


_PROGRAMS = {"file": _run_file, "code": _run_code, "module": _run_module, "input": _run_input}
