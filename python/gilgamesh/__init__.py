"""The Python side of Gilgamesh, the bridge that runs CPython inside the JVM.

This package travels in the bridge's jar and is importable wherever Python runs inside a JVM.
"""

from gilgamesh._errors import DeadlineExceeded, Interrupted, JavaAccessError

__all__ = ["DeadlineExceeded", "Interrupted", "JavaAccessError", "java_class"]


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
