"""Exceptions that cross."""

from __future__ import annotations


class JavaAccessError(PermissionError):
    """Scripts are not allowed to use this Java class; the message says how to allow it."""

    __module__ = "gilgamesh"  # where it is imported from, as tracebacks and pickles say


def format_exception(exception: BaseException) -> str:
    """Format an exception as Python prints it, without the bridge's own frames."""
    import traceback

    return "".join(traceback.format_exception(type(exception), exception, exception.__traceback__))
