"""The Python side of Gilgamesh, the bridge that runs CPython inside the JVM.

This package travels in the bridge's jar and is importable wherever Python runs inside a JVM.
"""

from gilgamesh._errors import JavaError

__all__ = ["JavaError"]
