"""Tuples with names: what records of Java become where they do not become dicts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def complete(record: Any, fields: tuple[str, ...]) -> None:
    """Give a class of tuples that the core made what ``collections.namedtuple`` gives."""
    record._fields = fields
    record._asdict = _as_dict
    record._make = classmethod(_make)
    record._replace = _replace
    record.__reduce__ = _reduce


def _as_dict(self: Any) -> dict[str, Any]:
    return dict(zip(self._fields, self, strict=True))


def _make(record: Callable[[Any], Any], values: Any) -> Any:
    return record(values)


def _replace(self: Any, **changes: Any) -> Any:
    unknown = changes.keys() - set(self._fields)
    if unknown:
        message = f"{type(self).__name__} has no field {sorted(unknown)}"
        raise ValueError(message)
    return type(self)({**_as_dict(self), **changes}.values())


def _reduce(self: Any) -> Any:
    # The class is of this process: what unpickles it elsewhere gets a plain tuple.
    return (tuple, (tuple(self),))
