"""What is set up once per interpreter, right after it started."""

from __future__ import annotations

import io
import os
import sys
import threading

import _gilgamesh

from gilgamesh import _code, _packages
from gilgamesh._imports import after_import

# Not imported from typing, which costs more than all the rest of a start.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType
    from typing import NoReturn

_FORK = (
    "os.{name}() is refused inside a JVM: the child would be a copy of the JVM with one of its threads. "
    "Use subprocess, or multiprocessing.get_context('spawn')"
)


def start(arguments: list[str], path: list[str]) -> None:
    """Set up the main interpreter: only this one can have fault and signal handlers."""
    prepare(arguments, path)
    _keep_handlers()
    _leave_interrupts_alone()


def prepare(arguments: list[str], path: list[str]) -> None:
    """Set up ``sys`` and guard what could harm the JVM, in any interpreter."""
    sys.argv[:] = arguments or [""]
    sys.path.extend(entry for entry in path if entry not in sys.path)
    _buffer_by_line()
    _refuse_fork()
    # CPython's touches the frames of threads of other interpreters, while these run: that kills the process.
    sys._current_frames = _gilgamesh.current_frames
    _code.install()
    _packages.install()
    after_import("multiprocessing.context", _start_no_copies)
    if sys.version_info < (3, 12):
        _fit_new_threads()


def facts() -> dict[str, str | int]:
    """Tell the host what Python this is."""
    return {
        "version": sys.version.split(maxsplit=1)[0],
        "build": sys.version,
        "hexversion": sys.hexversion,
        "implementation": sys.implementation.name,
        "executable": sys.executable or "",
        "prefix": sys.prefix,
        "base_prefix": sys.base_prefix,
        "encoding": sys.getfilesystemencoding(),
    }


def _buffer_by_line() -> None:
    # Whole blocks would come long after what Java prints to the same file.
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(line_buffering=True)


def _keep_handlers() -> None:
    # faulthandler replaces handlers that the JVM needs for its safepoints and null checks. It is built in and was
    # initialised with the interpreter, so importing it costs nothing.
    import faulthandler

    original = faulthandler.enable

    def enable(*args: object, **kwargs: object) -> None:
        """Enable the fault handler; fatal signals stay with the JVM, which writes its own report of a crash."""
        _gilgamesh.keep_signals(original, *args, **kwargs)

    faulthandler.enable = enable


def _leave_interrupts_alone() -> None:
    # The first import of signal takes SIGINT where nobody has: a JVM with -Xrs leaves it to the system, which ends the
    # process. Only this thread, the main one to Python, may give it back.
    import _signal  # type: ignore[import-not-found]

    if _signal.getsignal(_signal.SIGINT) is _signal.default_int_handler:
        _signal.signal(_signal.SIGINT, _signal.SIG_DFL)


def _refuse_fork() -> None:
    for name in ("fork", "forkpty"):
        if hasattr(os, name):
            setattr(os, name, _refusal(name))


def _start_no_copies(context: ModuleType) -> None:
    # Before 3.14 the default is fork, which is refused: what 3.14 has made the default instead works everywhere.
    contexts = getattr(context, "_concrete_contexts", {})
    default = getattr(context, "_default_context", None)
    if default is not None and default._default_context is contexts.get("fork"):
        default._default_context = contexts["forkserver"]


def _refusal(name: str) -> Callable[[], NoReturn]:
    def refuse() -> NoReturn:
        raise RuntimeError(_FORK.format(name=name))

    refuse.__name__ = refuse.__qualname__ = name
    return refuse


def _fit_new_threads() -> None:
    # 3.11 gives a new thread the limit that was set, whatever its stack; the core fits those that it knows of.
    original = threading.Thread._bootstrap_inner  # type: ignore[attr-defined]

    def _bootstrap_inner(self: threading.Thread) -> None:
        _gilgamesh.clamp_recursion()
        original(self)

    threading.Thread._bootstrap_inner = _bootstrap_inner  # type: ignore[attr-defined]
