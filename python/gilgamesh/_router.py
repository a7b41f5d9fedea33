"""What stands in ``sys.stdout``, ``sys.stderr`` and ``sys.stdin``: each use is of the stream of the running code."""

from __future__ import annotations

import io

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, TypeAlias

    # A text stream: one of Python's own, or of Java's. What replaces those of sys need not be of any class.
    Stream: TypeAlias = Any


class Router(io.TextIOBase):
    """One of the three. It has no state of its own, so nothing has to be flushed or closed with it."""

    def __init__(self, name: str, find: Callable[[str], Stream]) -> None:
        """Route by a function that finds the stream of that name."""
        self._name = name
        self._find = find

    def write(self, text: str, /) -> int:
        """Write to the stream of the running code."""
        stream = self._find(self._name)
        # None is what a process without such a stream has; print() is silent then, too.
        return len(text) if stream is None else stream.write(text)

    def flush(self) -> None:
        """Flush the stream of the running code."""
        stream = self._find(self._name)
        if stream is not None:
            stream.flush()

    def close(self) -> None:
        """Flush: it stands for streams of others, which stay open."""
        self.flush()

    def __del__(self) -> None:
        """Leave the streams as they are."""

    def __iter__(self) -> Any:  # noqa: ANN401
        """Iterate over the lines of the stream of the running code."""
        return iter(self._find(self._name))

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        """Give what only some streams have."""
        return getattr(self._find(self._name), name)

    def __repr__(self) -> str:
        """Say what it stands for."""
        return f"<gilgamesh sys.{self._name}: {self._find(self._name)!r}>"


def _routed(name: str) -> property:
    """Make an attribute of the base class the stream's."""
    return property(lambda self: getattr(self._find(self._name), name), doc=f"The stream's own {name}.")


# What the base class has: everything else comes to __getattr__.
for _name in (
    *("encoding", "errors", "newlines", "closed", "fileno", "isatty", "readable", "writable", "seekable"),
    *("read", "readline", "readlines", "writelines", "seek", "tell", "truncate", "detach", "__next__"),
):
    setattr(Router, _name, _routed(_name))
