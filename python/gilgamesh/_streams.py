"""Which streams the code of a context reads and writes: those that Java gave for it, else the interpreter's own.

``sys.stdout``, ``sys.stderr`` and ``sys.stdin`` are replaced once Java gives a stream, by objects that ask each time
whose code it is. A thread that Python code starts belongs to the context, and to the block, of the code that starts it.
"""

from __future__ import annotations

import sys
import threading
from threading import get_ident

from _gilgamesh import current_context

from gilgamesh._input import java_input, text_input
from gilgamesh._output import JavaOutput, flush_partials
from gilgamesh._router import Router

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from gilgamesh._router import Stream

    # Java's number of the stream, and whether it takes bytes.
    Output = tuple[int, bool] | None

_OUTPUTS = ("stdout", "stderr")

# Each is read, and mostly changed, by single operations, which are whole: the streams of contexts, the innermost blocks
# of contexts and threads, and the contexts of threads that Python code started.
_contexts: dict[int, dict[str, Stream]] = {}
_blocks: dict[tuple[int, int], Block] = {}
_homes: dict[int, int] = {}
# Of two threads that give a context its streams, each gets those that it replaces. Nothing else is done meanwhile.
_replacing = threading.Lock()

# What sys and threading.Thread had before.
_own: dict[str, Any] = {}
_start_thread = threading.Thread.start
_run_thread: Callable[[threading.Thread], None] = threading.Thread._bootstrap_inner  # type: ignore[attr-defined]


class Block:
    """The streams of one block of Java code, for the calls of its thread and the threads that those start."""

    def __init__(self, streams: dict[str, Stream], outer: Block | None) -> None:
        self.streams = streams
        self.outer = outer
        self.is_open = True

    def find(self, name: str) -> Stream | None:
        """Look for a stream in this block and those around it."""
        block: Block | None = self
        while block is not None:
            if block.is_open and name in block.streams:
                return block.streams[name]
            block = block.outer
        return None


# ---- asked by Java, in the context that it is about
# An input is Java's number of the stream, or the text itself.


def set_streams(stdin: int | str | None, *outputs: Output) -> list[int]:
    """Give the running context its streams; the numbers of those that it had."""
    return _replace(_made(stdin, *outputs))


def forget() -> list[int]:
    """Leave nothing of the running context, which ends; the numbers of the streams that it had."""
    context = current_context()
    for key in [key for key in list(_blocks) if key[0] == context]:
        _blocks.pop(key, None)
    return _replace({})


def begin_block(stdin: int | str | None, *outputs: Output) -> Block:
    """Begin a block of this thread, inside the one that it is in."""
    key = (current_context(), get_ident())
    _blocks[key] = block = Block(_made(stdin, *outputs), _blocks.get(key))
    return block


def end_block(block: Block) -> None:
    """End the innermost block of this thread."""
    key = (current_context(), get_ident())
    if block.outer is None:
        _blocks.pop(key, None)
    else:
        _blocks[key] = block.outer
    block.is_open = False
    _send_rest(block.streams)


def _replace(streams: dict[str, Stream]) -> list[int]:
    context = current_context()
    with _replacing:
        before = _contexts.get(context, {})
        if streams:
            _contexts[context] = streams
        else:
            _contexts.pop(context, None)
    return _send_rest(before)


def _made(stdin: int | str | None, *outputs: Output) -> dict[str, Stream]:
    streams: dict[str, Stream] = {}
    if stdin is not None:
        streams["stdin"] = text_input(stdin) if isinstance(stdin, str) else java_input(stdin)
    for name, output in zip(_OUTPUTS, outputs, strict=True):
        if output is not None:
            streams[name] = JavaOutput(*output, name, _write_instead)
    if streams:
        _install()
    return streams


def _send_rest(streams: dict[str, Stream]) -> list[int]:
    for name in _OUTPUTS:
        if name in streams:
            streams[name].send_rest()
    return [stream.java_number for stream in streams.values() if hasattr(stream, "java_number")]


# ---- whose code it is


def find(name: str) -> Stream:
    """Find the stream that the running code has under this name."""
    ident = get_ident()
    context = current_context() or _homes.get(ident, 0)
    if _blocks:
        block = _blocks.get((context, ident))
        found = block.find(name) if block is not None else None
        if found is not None:
            return found
    streams = _contexts.get(context)
    found = streams.get(name) if streams is not None else None
    return own(name) if found is None else found


def own(name: str) -> Stream:
    """Give the interpreter's own stream."""
    return _own[name]


def _write_instead(refusing: JavaOutput, name: str, text: str) -> None:
    stream = find(name)
    # It refuses what the code behind it writes to it; another one has taken its place where it is closed.
    stream = own(name) if stream is refusing else stream
    if stream is not None:
        stream.write(text)


def flush_thread() -> None:
    """Send on the beginnings of lines that this thread wrote: what it ran has ended."""
    flush_partials(get_ident())


# ---- set up by the first stream


def _install() -> None:
    for name in ("stdin", *_OUTPUTS):
        stream = getattr(sys, name)
        # Whoever replaces a stream in Python has it; what is there again as at the start is nobody's.
        if not isinstance(stream, Router) and (name not in _own or stream is getattr(sys, f"__{name}__")):
            _own[name] = stream
            setattr(sys, name, Router(name, find))
    # Whoever wraps these after us calls what we put there.
    if threading.Thread.start is _start_thread:
        threading.Thread.start = _start  # type: ignore[method-assign]
    if threading.Thread._bootstrap_inner is _run_thread:  # type: ignore[attr-defined]
        threading.Thread._bootstrap_inner = _run  # type: ignore[attr-defined]


def _start(self: threading.Thread) -> None:
    ident = get_ident()
    context = current_context() or _homes.get(ident, 0)
    self._gilgamesh_home = (context, _blocks.get((context, ident)))  # type: ignore[attr-defined]
    _start_thread(self)


def _run(self: threading.Thread) -> None:
    context, block = self.__dict__.pop("_gilgamesh_home", (0, None))
    ident = get_ident()
    if context:
        _homes[ident] = context
    if block is not None:
        _blocks[context, ident] = block
    try:
        _run_thread(self)
    finally:
        flush_partials(ident)
        _homes.pop(ident, None)
        _blocks.pop((context, ident), None)
