"""What is done when the process ends: Python itself is never finalized."""

from __future__ import annotations

import atexit
import sys
import threading
import time

import _gilgamesh

# Seconds that interrupted threads have to leave Python.
_PATIENCE = 0.1


def wait_for_threads(seconds: float) -> list[str]:
    """Wait for Python's non-daemon threads, at most that long; the names of those that still run."""
    deadline = time.monotonic() + seconds
    left = _waiting(deadline)
    if not left:
        # Ends the pools of concurrent.futures too; nothing is left that it would wait for but idle workers.
        shutdown = getattr(threading, "_shutdown", None)
        if shutdown is not None:
            shutdown()
    return [f"the Python thread {name!r} was still running" for name in left]


def _waiting(deadline: float) -> list[str]:
    left = []
    for thread in threading.enumerate():
        if thread.daemon or thread is threading.current_thread() or thread is threading.main_thread():
            continue
        if isinstance(thread, threading._DummyThread):  # one of the JVM's own
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    return left


def run_exit_handlers(_seconds: float) -> list[str]:
    """Run what was registered with ``atexit``; errors are printed by it, as at any exit."""
    atexit._run_exitfuncs()
    return []


def interrupt(_seconds: float) -> list[str]:
    """Raise SystemExit in what still runs Python code, and wait briefly for it to leave.

    A thread that goes on while the C library runs its own exit handlers can crash in what those have taken down.
    """
    own = threading.get_ident()
    running = [ident for ident in _gilgamesh.current_frames() if ident != own]
    for ident in running:
        _gilgamesh.interrupt(ident)
    deadline = time.monotonic() + _PATIENCE
    while any(ident in _gilgamesh.current_frames() for ident in running) and time.monotonic() < deadline:
        time.sleep(_PATIENCE / 50)
    return []


def flush(_seconds: float) -> list[str]:
    """Flush the standard streams."""
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - contextlib takes as long to import as all of the package
            stream.flush()
        except Exception:  # a stream that is gone has nothing to flush
            pass
    return []
