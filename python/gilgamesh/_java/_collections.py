"""Java's lists, arrays, texts, sets and maps, with what Python's have beside Java's own methods."""

from __future__ import annotations

from collections.abc import ItemsView, Iterable, Mapping, Set
from operator import index as to_index

from _gilgamesh import JavaObject

from gilgamesh._java._iteration import elements

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Self, SupportsIndex

    from gilgamesh._java._steps import Java
else:
    Java = object

_NOTHING = object()


def _equals(one: Java, other: object) -> bool:
    # Among Java's objects equality is Java's.
    return True if isinstance(other, JavaObject) and one._java_eq_(one, other) else NotImplemented


def _parts(part: slice, length: int) -> tuple[int, int, int]:
    positions = range(*part.indices(length))
    return positions.start, positions.step, len(positions)


def _fitting(values: Iterable[object], step: int, count: int) -> list[object]:
    fitting = list(values)
    if len(fitting) != count:
        kind = "extended slice" if step != 1 else "slice of an array"
        raise ValueError(f"attempt to assign sequence of size {len(fitting)} to {kind} of size {count}")
    return fitting


class _Searched(Java):
    def index(self, value: object, start: int = 0, stop: int | None = None) -> int:
        """Give the first position of a value; ValueError where there is none."""
        length = len(self)
        first, last, _ = slice(start, stop).indices(length)
        for position, element in enumerate(self):
            if first <= position < last and (element is value or element == value):
                return position
        raise ValueError(f"{value!r} is not in the {type(self)._java_name_}")

    def count(self, value: object) -> int:
        """Count how often a value occurs."""
        return sum(1 for element in self if element is value or element == value)

    if TYPE_CHECKING:

        def __len__(self) -> int: ...
        def __iter__(self) -> Iterator[object]: ...


class ListLike(_Searched):
    """What Java's lists have."""

    def __getitem__(self, index: SupportsIndex | slice) -> object:
        element: object
        if isinstance(index, slice):
            return list(self._java_list_slice_(self, *_parts(index, len(self))))
        element = self._java_list_get_(self, to_index(index))
        return element

    def __setitem__(self, index: SupportsIndex | slice, value: Any) -> None:  # noqa: ANN401
        if not isinstance(index, slice):
            self._java_list_set_(self, to_index(index), value)
            return
        start, step, count = _parts(index, len(self))
        if step == 1:
            # A list of Java's goes as it is, so that its elements keep their classes.
            values = value if hasattr(value, "_java_list_get_") else list(value)
            self._java_list_replace_(self, start, count, values)
        else:
            self._java_list_set_slice_(self, start, step, _fitting(value, step, count))

    def __delitem__(self, index: SupportsIndex | slice) -> None:
        if not isinstance(index, slice):
            self._java_list_pop_(self, to_index(index))
            return
        start, step, count = _parts(index, len(self))
        if step < 0:
            start, step = start + (count - 1) * step, -step
        if count:
            self._java_list_delete_slice_(self, start, step, count)

    def __eq__(self, other: object) -> bool:
        return list(self) == other if isinstance(other, list) else _equals(self, other)

    def __iadd__(self, values: Iterable[object]) -> Self:
        self.extend(values)
        return self

    def append(self, value: object) -> None:
        """Add a value at the end."""
        self.add(value)

    def extend(self, values: Iterable[object]) -> None:
        """Add values at the end."""
        self.addAll(values if hasattr(values, "_java_discard_") else list(values))

    def insert(self, index: SupportsIndex, value: object) -> None:
        """Insert a value before an index."""
        self._java_list_insert_(self, to_index(index), value)

    def pop(self, index: SupportsIndex = -1) -> object:
        """Remove the element at an index and give it."""
        element: object = self._java_list_pop_(self, to_index(index))
        return element

    def reverse(self) -> None:
        """Reverse the elements in place."""
        self._java_list_reverse_(self)


def sort(self: Any, comparator: object = None, /, *, key: object = None, reverse: bool = False) -> None:  # noqa: ANN401
    """Sort in place, by a comparator as in Java, or by a key as in Python."""
    if key is None and not reverse:
        self._java_sort_(comparator)
    elif comparator is None:
        self[:] = sorted(self, key=key, reverse=reverse)  # type: ignore[call-overload]
    else:
        raise TypeError("sort takes a comparator, or key and reverse, and not both")


class ArrayLike(_Searched):
    """What Java's arrays have."""

    def __getitem__(self, index: SupportsIndex | slice) -> object:
        element: object
        if isinstance(index, slice):
            return list(self._java_array_slice_(self, *_parts(index, len(self))))
        element = self._java_array_get_(self, to_index(index))
        return element

    def __setitem__(self, index: SupportsIndex | slice, value: Any) -> None:  # noqa: ANN401
        if not isinstance(index, slice):
            self._java_array_set_(self, to_index(index), value)
            return
        start, step, count = _parts(index, len(self))
        self._java_array_set_slice_(self, start, step, _fitting(value, step, count))

    def __eq__(self, other: object) -> bool:
        return list(self) == other if isinstance(other, list) else _equals(self, other)

    @property
    def length(self) -> int:
        """The number of elements."""
        return len(self)


class TextLike(Java):
    """What texts have that are objects and no values, such as StringBuilder."""

    def __getitem__(self, index: SupportsIndex | slice) -> str:
        if isinstance(index, slice):
            return str(self._java_text_slice_(self, *_parts(index, len(self))))
        return str(self._java_text_get_(self, to_index(index)))

    if TYPE_CHECKING:

        def __len__(self) -> int: ...


class SetLike(Java):
    """What Java's sets have. What an operator makes is a set of Python's."""

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Set) and not isinstance(other, JavaObject):
            return set(self) == other
        return _equals(self, other)

    def __le__(self, other: object) -> bool:
        return set(self) <= set(other) if isinstance(other, Set) else NotImplemented

    def __lt__(self, other: object) -> bool:
        return set(self) < set(other) if isinstance(other, Set) else NotImplemented

    def __ge__(self, other: object) -> bool:
        return set(self) >= set(other) if isinstance(other, Set) else NotImplemented

    def __gt__(self, other: object) -> bool:
        return set(self) > set(other) if isinstance(other, Set) else NotImplemented

    def __and__(self, other: object) -> set[object]:
        return set(self) & set(other) if isinstance(other, Set) else NotImplemented

    def __or__(self, other: object) -> set[object]:
        return set(self) | set(other) if isinstance(other, Set) else NotImplemented

    def __sub__(self, other: object) -> set[object]:
        return set(self) - set(other) if isinstance(other, Set) else NotImplemented

    def __xor__(self, other: object) -> set[object]:
        return set(self) ^ set(other) if isinstance(other, Set) else NotImplemented

    __rand__ = __and__
    __ror__ = __or__
    __rxor__ = __xor__

    def __rsub__(self, other: object) -> set[object]:
        return set(other) - set(self) if isinstance(other, Set) else NotImplemented

    def __ior__(self, other: Set[object]) -> Self:  # type: ignore[misc]
        self.update(other)
        return self

    def __iand__(self, other: Set[object]) -> Self:  # type: ignore[misc]
        self._java_discard_all_(self, [value for value in self if value not in other])
        return self

    def __isub__(self, other: Set[object]) -> Self:  # type: ignore[misc]
        self._java_discard_all_(self, list(other))
        return self

    def __ixor__(self, other: Set[object]) -> Self:  # type: ignore[misc]
        common = [value for value in other if value in self]
        added = [value for value in other if value not in self]
        self._java_discard_all_(self, common)
        self.update(added)
        return self

    def isdisjoint(self, other: Iterable[object]) -> bool:
        """Tell whether nothing is in both."""
        return set(self).isdisjoint(other)

    def discard(self, value: object) -> None:
        """Remove a value if it is there."""
        self._java_discard_(self, value)

    def pop(self) -> object:
        """Remove some element and give it; KeyError where there is none."""
        element: object = self._java_set_pop_(self)
        return element

    def update(self, *others: Iterable[object]) -> None:
        """Add what others hold."""
        for other in others:
            self._java_add_all_(self, other if hasattr(other, "_java_discard_") else list(other))

    if TYPE_CHECKING:

        def __iter__(self) -> Iterator[object]: ...
        def __contains__(self, value: object) -> bool: ...


class _Items(ItemsView[object, object]):
    """The pairs of a map, as it is now and will be."""

    _mapping: MapLike

    def __iter__(self) -> Iterator[tuple[object, object]]:
        java = self._mapping
        pairs: Iterator[Any] = elements(java._java_open_items_cursor_(java), java._java_next_batch_)
        return pairs


class MapLike(Java):
    """What Java's maps have."""

    def __getitem__(self, key: object) -> object:
        value: object
        try:
            value = self._java_map_get_(self, key)
        except KeyError:
            raise KeyError(key) from None
        return value

    def __setitem__(self, key: object, value: object) -> None:
        self._java_map_put_(self, key, value)

    def __delitem__(self, key: object) -> None:
        self.pop(key)

    def __eq__(self, other: object) -> bool:
        if isinstance(other, Mapping) and not isinstance(other, JavaObject):
            return len(self) == len(other) and dict(self.items()) == other
        return _equals(self, other)

    def __or__(self, other: object) -> dict[object, object]:
        return dict(self.items()) | dict(other) if isinstance(other, Mapping) else NotImplemented

    def __ror__(self, other: object) -> dict[object, object]:
        return dict(other) | dict(self.items()) if isinstance(other, Mapping) else NotImplemented

    def __ior__(self, other: Mapping[object, object] | Iterable[tuple[object, object]]) -> Self:  # type: ignore[misc]
        self.update(other)
        return self

    def get(self, key: object, default: object = None) -> object:
        """Give the value of a key, or else the default."""
        value: object
        try:
            value = self._java_map_get_(self, key)
        except KeyError:
            return default
        return value

    def keys(self) -> object:
        """Give the keys: a set of Java's, which follows the map."""
        return self.keySet()

    def items(self) -> ItemsView[object, object]:
        """Give the pairs of keys and values: a view of Python's, which follows the map."""
        return _Items(self)  # type: ignore[arg-type]

    def pop(self, key: object, default: object = _NOTHING) -> object:
        """Remove a key and give its value, or else the default, or else raise KeyError."""
        value: object
        try:
            value = self._java_map_remove_(self, key)
        except KeyError:
            if default is _NOTHING:
                raise KeyError(key) from None
            return default
        return value

    def popitem(self) -> tuple[object, object]:
        """Remove the first pair and give it; KeyError where there is none."""
        key, value = self._java_map_pop_(self)
        return key, value

    def setdefault(self, key: object, default: object = None) -> object:
        """Give the value of a key, which is the default from now on if it had none."""
        if key not in self:
            self[key] = default
        return self[key]

    def update(self, other: Mapping[object, object] | Iterable[tuple[object, object]] = (), /, **named: object) -> None:
        """Put pairs: those of a mapping, or of an iterable, and then those that are named."""
        self._java_map_put_all_(self, other if hasattr(other, "_java_map_get_") else dict(other))
        if named:
            self._java_map_put_all_(self, named)

    if TYPE_CHECKING:

        def __len__(self) -> int: ...
        def __contains__(self, key: object) -> bool: ...
