"""What an interpreter of an isolated context has that the main one has not, and how it is cleaned for the next one."""

from __future__ import annotations

import _imp
import _posixsubprocess
import _thread
import atexit
import gc
import importlib.util  # noqa: F401 - before the note is taken: importing these changes other modules
import os
import posix
import sys
import threading
import time
import warnings  # noqa: F401 - as importlib.util

import _gilgamesh

from gilgamesh import _baseline, _exit, _start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import ModuleType
    from typing import Any

# Seconds that a closed context's own threads have to end: those that are no daemons, then all once interrupted.
_PATIENCE = 1.0
_GRACE = 0.2

_REFUSED = "does not support loading in subinterpreters"


def start(arguments: list[str], path: list[str]) -> None:
    """Set up a new interpreter, and note what it is like, so that it can be made so again."""
    _start.prepare(arguments, path)
    _keep_environment()
    _explain_refusals()
    _baseline.take()


def leave(seconds: float) -> list[str]:
    """Do what is done when the process ends: wait for threads at most that long; the names of those that still run."""
    _await_threads(seconds)
    left = [thread.name for thread in threading.enumerate() if not thread.daemon and _is_pythons(thread)]
    atexit._run_exitfuncs()
    _interrupt()
    _exit.flush(seconds)
    return [f"the Python thread {name!r} of an isolated context was still running" for name in left]


def end_work() -> bool:
    """End what a context's code still does: its threads, then its exit handlers; whether threads are left."""
    if _thread._count():
        _await_threads(_PATIENCE)
        _interrupt()
        if _thread._count():
            return True
    atexit._run_exitfuncs()
    return bool(_thread._count())


def clean() -> bool:
    """Take away what a context has left, once its variables are gone; whether that has begun threads."""
    _baseline.restore()
    gc.collect()
    # What was collected can have finalizers that left something, and the registry of exit handlers is one place for it.
    atexit._clear()
    return bool(_thread._count())


# ---- threads


def _await_threads(seconds: float) -> None:
    deadline = time.monotonic() + seconds
    # Threads that a thread of the JVM's starts are daemons by default, workers of pools too.
    waited_for = [thread for thread in threading.enumerate() if not thread.daemon and _is_pythons(thread)]
    for thread in _woken_workers() + waited_for:
        thread.join(max(0.0, deadline - time.monotonic()))


def _is_pythons(thread: threading.Thread) -> bool:
    # The JVM's own threads are dummies here; the one that made this interpreter is the main one and never ends.
    return thread is not threading.main_thread() and not isinstance(thread, threading._DummyThread)


def _woken_workers() -> list[threading.Thread]:
    # Idle workers of a pool that nobody has shut down wait for ever; this is what their own exit handler does.
    pools: Any = sys.modules.get("concurrent.futures.thread")
    if pools is None:
        return []
    pools._shutdown = True
    workers = list(pools._threads_queues.items())
    for _, queue in workers:
        queue.put(None)
    return [thread for thread, _ in workers]


def _interrupt() -> None:
    for ident in [ident for ident in _gilgamesh.current_frames() if ident != threading.get_ident()]:
        _gilgamesh.interrupt(ident)
    deadline = time.monotonic() + _GRACE
    while _thread._count() and time.monotonic() < deadline:
        time.sleep(_GRACE / 100)


# ---- environment


def _keep_environment() -> None:
    # os.environ is this interpreter's own copy; the C library's is the process's, which the JVM and others read.
    for name in ("putenv", "unsetenv"):
        ignored = _ignore(name)
        setattr(os, name, ignored)
        setattr(posix, name, ignored)
    for module, name, place, environment in _STARTERS:
        setattr(module, name, _with_environment(getattr(module, name), place, environment))


def _ignore(name: str) -> Callable[..., None]:
    def ignore(*_: object) -> None:
        """Do nothing: the environment of an isolated context is its ``os.environ``, not the process's."""

    ignore.__name__ = ignore.__qualname__ = name
    return ignore


def _as_bytes() -> list[bytes]:
    return [key + b"=" + value for key, value in os.environb.items()]


def _as_mapping() -> object:
    return os.environ


# The functions that start a process, where they take its environment, None for the process's own, and in which form.
_STARTERS: tuple[tuple[Any, str, int, Callable[[], object]], ...] = (
    (_posixsubprocess, "fork_exec", 5, _as_bytes),
    (os, "posix_spawn", 2, _as_mapping),
    (os, "posix_spawnp", 2, _as_mapping),
)


def _with_environment(start: Callable[..., Any], place: int, environment: Callable[[], object]) -> Callable[..., Any]:
    def start_process(*args: object, **kwargs: object) -> object:
        if args[place] is None:
            args = (*args[:place], environment(), *args[place + 1 :])
        return start(*args, **kwargs)

    return start_process


# ---- extension modules


def _explain_refusals() -> None:
    create = _imp.create_dynamic
    if sys.version_info < (3, 13):
        create = _refusing_unchecked(create)
    _imp.create_dynamic = _explaining(create)
    _imp.create_builtin = _explaining(_imp.create_builtin)
    _imp.exec_dynamic = _explaining(_imp.exec_dynamic)


def _refusing_unchecked(create: Callable[..., ModuleType]) -> Callable[..., ModuleType]:
    # 3.12 lets a module that knows of one interpreter only set itself up in this one before it is refused: its static
    # objects, which the main interpreter may use, are this one's then, and the process crashes. Modules that can be
    # in several call PyModuleDef_Init. The C form of datetime is none of these, so neither is what needs its C API.
    def create_dynamic(spec: ModuleSpec, file: object = None) -> ModuleType:
        library = _content(spec.origin) if spec.origin else b"PyModuleDef_Init"
        if b"PyModuleDef_Init" not in library or b"datetime.datetime_CAPI" in library:
            raise ImportError(f"module {spec.name} {_REFUSED}", name=spec.name, path=spec.origin)
        return create(spec, file)

    return create_dynamic


def _content(path: str) -> bytes:
    with open(path, "rb") as library:  # noqa: PTH123 - pathlib takes ten times as long to import as all of this
        return library.read()


def _explaining(load: Callable[..., Any]) -> Callable[..., Any]:
    def explaining(module_or_spec: ModuleSpec | ModuleType, *rest: object) -> object:
        try:
            return load(module_or_spec, *rest)
        except ImportError as error:
            raise _explained(error) from error

    return explaining


def _explained(error: ImportError) -> ImportError:
    name, refused, _ = str(error).removeprefix("module ").partition(f" {_REFUSED}")
    if not refused:
        return error
    return ImportError(
        f"the extension module {name} does not support isolated contexts, which have an interpreter of their own: "
        "open the context with Isolation.NAMESPACE",
        name=name,
        path=error.path,
    )
