"""A stream of Java's that Python code reads."""

from __future__ import annotations

import io

import _gilgamesh

from gilgamesh._services import READ

TYPE_CHECKING = False
if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Bytes that are read at once, however many are asked for.
_MOST = 65536


class _Bytes(io.RawIOBase):
    """The bytes of Java's stream; closing that is up to its owner."""

    def __init__(self, number: int) -> None:
        self._number = number

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        into = memoryview(buffer).cast("B")
        # Nothing is read from a stream that Java has closed, or at the end of the process.
        data = _gilgamesh.serve(READ, self._number, min(len(into), _MOST)) or b""
        into[: len(data)] = data
        return len(data)


def java_input(number: int) -> io.TextIOWrapper:
    """Make the text stream of a stream of Java's."""
    stream = io.TextIOWrapper(io.BufferedReader(_Bytes(number)), encoding="utf-8", errors="surrogateescape")
    stream.java_number = number  # type: ignore[attr-defined]
    return stream


def text_input(text: str) -> io.TextIOWrapper:
    """Make a text stream of a text."""
    data = text.encode("utf-8", "surrogatepass")
    return io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", errors="surrogatepass")
