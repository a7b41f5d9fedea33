"""A stream of Java's that Python code writes to.

Text goes to Java by whole lines, so that lines of several threads do not mix: each thread's beginning of a line waits
here for its end, for a flush, or for the end of what the thread runs.
"""

from __future__ import annotations

import codecs
import io
from threading import get_ident

import _gilgamesh

from gilgamesh._services import FLUSH, WRITE, WRITE_AT_END

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

    from _typeshed import ReadableBuffer

# The beginnings of lines, by thread. A thread's own are touched by no other, but at the end of a stream.
_partials: dict[int, dict[JavaOutput, list[str]]] = {}
# A line that is longer, or in more pieces, does not wait for its end.
_LONGEST = 8192
_MOST_PIECES = 512


class JavaOutput(io.TextIOBase):
    """What ``print`` writes to."""

    encoding = "utf-8"
    # As Python's own stdout in UTF-8 mode; in the place of the base class's, which cannot be set.
    errors: str = "surrogateescape"
    newlines = None
    line_buffering = True
    write_through = False
    mode = "w"

    def __init__(
        self, number: int, is_binary: bool, name: str, instead: Callable[[JavaOutput, str, str], object]
    ) -> None:
        """Know Java's stream by its number, and what to write to once it is gone."""
        self.java_number = number
        self._is_binary = is_binary
        self._instead = instead
        self._standard = name
        self.name = f"<{name}>"
        if name == "stderr":
            self.errors = "backslashreplace"
        self.buffer = _Bytes(self)

    def write(self, text: str, /) -> int:
        """Write a text."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        size = len(text)
        end = size if size > _LONGEST else text.rfind("\n") + 1
        ident = get_ident()
        if end:
            begun = self._take(ident)
            self._send(begun + text[:end] if begun else text[:end])
        if end < size:
            self._keep(ident, text[end:])
        return size

    def _keep(self, ident: int, text: str) -> None:
        partials = _partials.get(ident)
        if partials is None:
            partials = _partials[ident] = {}
        pieces = partials.get(self)
        if pieces is None:
            partials[self] = [text]
            _gilgamesh.flush_at_end()
            return
        pieces.append(text)
        if len(pieces) > _MOST_PIECES:
            self._send(self._take(ident))

    def _take(self, ident: int) -> str:
        partials = _partials.get(ident)
        return "".join(partials.pop(self, ())) if partials else ""

    def flush(self) -> None:
        """Send this thread's beginning of a line, and flush Java's stream."""
        self._send_partial(get_ident(), WRITE)
        _gilgamesh.serve(FLUSH, self.java_number)

    def send_rest(self) -> None:
        """Send what all threads have begun: the stream ends."""
        for ident in list(_partials):
            self._send_partial(ident, WRITE_AT_END)

    def _send_partial(self, ident: int, service: int) -> None:
        begun = self._take(ident)
        if begun:
            self._send(begun, service)

    def _send(self, text: str, service: int = WRITE) -> None:
        data = text.encode("utf-8", self.errors) if self._is_binary else text
        if not _gilgamesh.serve(service, self.java_number, data):
            self._instead(self, self._standard, text)

    def send_bytes(self, data: bytes) -> None:
        """Write bytes, after what this thread has written as text."""
        if not self._is_binary:
            self.write(self._decoder.decode(data))
            return
        self._send_partial(get_ident(), WRITE)
        if not _gilgamesh.serve(WRITE, self.java_number, data):
            self._instead(self, self._standard, data.decode("utf-8", "replace"))

    @property
    def _decoder(self) -> codecs.IncrementalDecoder:
        known = self.__dict__.get("_known_decoder")
        if known is None:
            known = self.__dict__.setdefault("_known_decoder", codecs.getincrementaldecoder("utf-8")("replace"))
        return known  # type: ignore[no-any-return]

    def reconfigure(self, *, encoding: str | None = None, errors: str | None = None, **_rest: object) -> None:
        """Change how what UTF-8 cannot say is written; lines and line ends stay as they are."""
        if encoding is not None and codecs.lookup(encoding).name != "utf-8":
            raise io.UnsupportedOperation(f"a stream of Java's takes UTF-8, not {encoding}")
        self.errors = self.errors if errors is None else errors

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def close(self) -> None:
        """Flush: closing the stream is up to its owner, in Java."""
        self.flush()

    def __del__(self) -> None:
        """Leave it: a stream that is forgotten is not flushed."""


class _Bytes(io.BufferedIOBase):
    """What is below the text: takes bytes."""

    mode = "wb"

    def __init__(self, text: JavaOutput) -> None:
        self._text = text
        self.name = text.name

    def write(self, data: ReadableBuffer, /) -> int:
        if isinstance(data, str):
            raise TypeError("a bytes-like object is required, not 'str'")
        given = bytes(memoryview(data))
        self._text.send_bytes(given)
        return len(given)

    def flush(self) -> None:
        self._text.flush()

    def writable(self) -> bool:
        return True

    def close(self) -> None:
        self.flush()

    def __del__(self) -> None:
        """Leave it, as the text's."""


def flush_partials(ident: int) -> None:
    """Send the beginnings of lines of a thread that has come to its end, or that of a verb."""
    for output in list(_partials.get(ident, ())):
        output._send_partial(ident, WRITE_AT_END)
    if not _partials.get(ident):
        _partials.pop(ident, None)
