"""Iteration over Java's collections: they cross in batches, which grow."""

from __future__ import annotations

from itertools import chain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from typing import Self

    from gilgamesh._java._steps import Java
else:
    Java = object

_FIRST_BATCH = 16
_LAST_BATCH = 1024


def elements(cursor: object, next_batch: Callable[[object, int], Sequence[object]]) -> Iterator[object]:
    """Go through what a cursor of Java's has, until it has nothing more."""
    # A generator of the elements would be resumed for each of them, which takes as long as all the rest.
    return chain.from_iterable(_batches(cursor, next_batch))


def _batches(cursor: object, next_batch: Callable[[object, int], Sequence[object]]) -> Iterator[Sequence[object]]:
    most = _FIRST_BATCH
    while batch := next_batch(cursor, most):
        yield batch
        most = min(most * 4, _LAST_BATCH)


class Iterated(Java):
    """What has a cursor: collections, maps by their keys, streams, arrays, texts."""

    def __iter__(self) -> Iterator[object]:
        # The cursor is opened here and not with the first element: changes count from now on.
        return elements(self._java_open_cursor_(self), self._java_next_batch_)


class Reversed(Java):
    """What has a cursor from its end."""

    def __reversed__(self) -> Iterator[object]:
        return elements(self._java_open_reversed_cursor_(self), self._java_next_batch_)


class Stepped(Java):
    """What is an iterator itself. Nothing is taken ahead: others may go on with it."""

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> object:
        element: object = self._java_next_(self)
        return element
