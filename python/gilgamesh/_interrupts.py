"""Ctrl-C for a program on Python's main thread: a KeyboardInterrupt, as with ``python``.

The system gives a signal of the process to any of its threads, and in a JVM hardly ever to Python's main one: its
handler notes it, and a main thread that waits in C does not wake. So a thread of our own reads from the descriptor that
each signal writes to, and sends the main thread a signal that means nothing, which ends the wait.
"""

from __future__ import annotations

import contextlib
import os
import threading

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


@contextlib.contextmanager
def listening() -> Iterator[None]:
    """Let Ctrl-C interrupt the main thread, unless it was ignored when the process began."""
    import signal

    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        yield
        return
    reading, writing = os.pipe()
    os.set_blocking(writing, False)
    signal.signal(signal.SIGURG, _nothing)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    before = signal.set_wakeup_fd(writing, warn_on_full_buffer=False)
    waking = threading.get_ident()
    # Not a threading.Thread: programs see those.
    import _thread

    _thread.start_new_thread(_wake, (reading, waking))
    try:
        yield
    finally:
        signal.set_wakeup_fd(before)
        os.close(writing)  # ends the thread


def _nothing(_signal: int, _frame: object) -> None:
    """Do nothing: the wait has ended."""


def _wake(reading: int, main: int) -> None:
    import signal

    while signals := os.read(reading, 64):
        if any(number != signal.SIGURG for number in signals):
            signal.pthread_kill(main, signal.SIGURG)
    os.close(reading)
