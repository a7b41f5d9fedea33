"""Tuples with names: what records of Java become where they do not become dicts."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    class Named(tuple[object, ...]):
        """A tuple of a class that the core made."""

        _fields: tuple[str, ...]
        __match_args__: tuple[str, ...]


def complete(record: type[Named]) -> None:
    """Give a class of tuples that the core made what ``collections.namedtuple`` gives."""
    given = {
        "_fields": record.__match_args__,
        "_asdict": _as_dict,
        "_make": classmethod(_make),
        "_replace": _replace,
        "__reduce__": _reduce,
    }
    for name, value in given.items():
        setattr(record, name, value)


def _as_dict(self: Named) -> dict[str, object]:
    return dict(zip(self._fields, self, strict=True))


def _make(record: type[Named], values: Iterable[object]) -> Named:
    return record(values)


def _replace(self: Named, **changes: object) -> Named:
    unknown = changes.keys() - set(self._fields)
    if unknown:
        message = f"{type(self).__name__} has no field {sorted(unknown)}"
        raise ValueError(message)
    return type(self)({**_as_dict(self), **changes}.values())


def _reduce(self: Named) -> tuple[object, ...]:
    # The class is of this process: what unpickles it elsewhere gets a plain tuple.
    return (tuple, (tuple(self),))
