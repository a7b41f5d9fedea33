"""The Python side of Gilgamesh, the bridge that runs CPython inside the JVM.

This package travels in the bridge's jar and is importable wherever Python runs inside a JVM.
"""

from __future__ import annotations

from gilgamesh._errors import DeadlineExceeded, Interrupted, JavaAccessError

__all__ = ["DeadlineExceeded", "Interrupted", "JavaAccessError", "context", "java_class"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilgamesh._contexts import Context


def context(name: str | None = None, *, isolated: bool = False) -> Context:
    """Open a context: a scope with variables of its own, to be closed, best by ``with``.

    Args:
        name: any name that is not in use in this Python of Java's; without one nobody else finds the context.
        isolated: whether it has an interpreter of its own, which CPython 3.12 and later can have.

    Raises:
        java.lang.IllegalStateException: if a context of that name is open.
        java.lang.UnsupportedOperationException: if it is to be isolated, and Python is older than 3.12.
    """
    from gilgamesh._contexts import Context

    return Context(name, isolated)


def java_class(name: str) -> type:
    """Find a Java class by its name, such as ``java.util.Map.Entry`` or ``com.acme.Foo$Bar``.

    Raises:
        JavaAccessError: if scripts are not allowed to use the class.
        ImportError: if there is no such class.
    """
    from gilgamesh import _java

    found = _java.find(name)
    if found is None:
        raise ImportError(f"there is no Java class {name}", name=name)
    return found
