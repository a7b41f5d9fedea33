"""What an interpreter of an isolated context has that the main one has not, and how it is cleaned for the next one."""

from __future__ import annotations

import _posixsubprocess
import _thread
import atexit
import gc
import importlib.machinery
import os
import posix
import sys
import threading
import time

import _gilgamesh

from gilgamesh import _baseline, _exit, _start

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ExtensionFileLoader, ModuleSpec
    from types import ModuleType
    from typing import Any

# Seconds that a closed context's own threads have to end: those that are no daemons, then all once interrupted.
_PATIENCE = 1.0
_GRACE = 0.2

# Where subprocess passes the environment to the function that starts a process.
_ENVIRONMENT = 5

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


def clean() -> bool:
    """Take away what a context has left; whether threads of it still run, and nothing was done."""
    if _thread._count():
        _await_threads(_PATIENCE)
        _interrupt()
        if _thread._count():
            return True
    atexit._run_exitfuncs()
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
    for ident in [ident for ident in sys._current_frames() if ident != threading.get_ident()]:
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
    _posixsubprocess.fork_exec = _with_environment(_posixsubprocess.fork_exec)


def _ignore(name: str) -> Callable[..., None]:
    def ignore(*_: object) -> None:
        """Do nothing: the environment of an isolated context is its ``os.environ``, not the process's."""

    ignore.__name__ = ignore.__qualname__ = name
    return ignore


def _with_environment(fork_exec: Callable[..., int]) -> Callable[..., int]:
    def start_process(*args: object) -> int:
        if args[_ENVIRONMENT] is None:
            own = [key + b"=" + value for key, value in os.environb.items()]
            args = (*args[:_ENVIRONMENT], own, *args[_ENVIRONMENT + 1 :])
        return fork_exec(*args)

    return start_process


# ---- extension modules


def _explain_refusals() -> None:
    loader: Any = importlib.machinery.ExtensionFileLoader
    create, execute = loader.create_module, loader.exec_module

    def create_module(self: ExtensionFileLoader, spec: ModuleSpec) -> ModuleType:
        try:
            return create(self, spec)  # type: ignore[no-any-return]
        except ImportError as error:
            raise _explained(error, spec.name) from error

    def exec_module(self: ExtensionFileLoader, module: ModuleType) -> None:
        try:
            execute(self, module)
        except ImportError as error:
            raise _explained(error, module.__name__) from error

    loader.create_module, loader.exec_module = create_module, exec_module


def _explained(error: ImportError, name: str) -> ImportError:
    if _REFUSED not in str(error):
        return error
    return ImportError(
        f"the extension module {name} does not support isolated contexts, which have an interpreter of their own: "
        "open the context with Isolation.NAMESPACE",
        name=name,
        path=error.path,
    )
