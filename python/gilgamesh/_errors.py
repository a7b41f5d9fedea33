"""Exceptions that cross."""

from __future__ import annotations

import _gilgamesh


class JavaAccessError(PermissionError):
    """Scripts are not allowed to use this Java class; the message says how to allow it."""

    __module__ = "gilgamesh"  # where it is imported from, as tracebacks and pickles say


class Interrupted(BaseException):
    """Somebody stops the code of this thread: whoever interrupted its context, or cancelled its task.

    Like ``KeyboardInterrupt`` it is no ``Exception``, so that handlers of errors let it pass; ``finally`` blocks and
    ``with`` statements see it. It is raised once: code that catches it and goes on is left alone, and reported.
    """

    __module__ = "gilgamesh"

    def __init__(self, *args: object) -> None:
        """Make one; without arguments it says why the running thread is interrupted."""
        if not args:
            reason = _gilgamesh.interruption()
            args = () if reason is None else (reason,)
        super().__init__(*args)


class DeadlineExceeded(Interrupted):
    """The time is up that was set for the code of this thread."""

    __module__ = "gilgamesh"


def format_exception(exception: BaseException) -> str:
    """Format an exception as Python prints it, without the bridge's own frames."""
    import traceback

    return "".join(traceback.format_exception(type(exception), exception, exception.__traceback__))
