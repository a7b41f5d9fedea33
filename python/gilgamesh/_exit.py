"""What is done when the process ends: Python itself is never finalized."""

from __future__ import annotations

import atexit
import contextlib
import sys
import threading
import time


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
        if isinstance(thread, threading._DummyThread):  # type: ignore[attr-defined]  # the JVM's own threads
            continue
        thread.join(max(0.0, deadline - time.monotonic()))
        if thread.is_alive():
            left.append(thread.name)
    return left


def run_exit_handlers(_seconds: float) -> list[str]:
    """Run what was registered with ``atexit``; errors are printed by it, as at any exit."""
    atexit._run_exitfuncs()
    return []


def flush(_seconds: float) -> list[str]:
    """Flush the standard streams."""
    for stream in (sys.stdout, sys.stderr):
        with contextlib.suppress(Exception):
            stream.flush()
    return []
