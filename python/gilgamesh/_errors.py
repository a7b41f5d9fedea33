"""Exceptions that cross."""

from __future__ import annotations


class JavaError(Exception):
    """A Java exception, as Python code meets it: ``java_class`` is the name of its class."""

    def __init__(self, java_class: str, message: str | None = None) -> None:
        """Make the exception for a Java one of that class and message."""
        super().__init__(java_class if message is None else f"{java_class}: {message}")
        self.java_class = java_class
        self.message = message


class JavaAccessError(PermissionError):
    """Scripts are not allowed to use this Java class; the message says how to allow it."""


def format_exception(exception: BaseException) -> str:
    """Format an exception as Python prints it, without the bridge's own frames."""
    import traceback

    return "".join(traceback.format_exception(type(exception), exception, exception.__traceback__))
