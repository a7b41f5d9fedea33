"""As what an object can be seen from Java: a list, a map, a set; and in which ways it can be changed."""

from __future__ import annotations

from collections.abc import Mapping, MutableSequence, Sequence, Set

# The bits of io.gilgamesh.internal.ViewForm.
_SEQUENCE = 1
_MAPPING = 2
_SET = 4
_ITERABLE = 8
_SETS = 16
_INSERTS = 32
_DELETES = 64
_EXTENDS = 128
_CLEARS = 256
_SLICES = 512
_APPENDS = 1024

_METHODS = {
    _SEQUENCE: {
        "__setitem__": _SETS,
        "insert": _INSERTS,
        "append": _APPENDS,
        "__delitem__": _DELETES,
        "extend": _EXTENDS,
    },
    _MAPPING: {"__setitem__": _SETS, "__delitem__": _DELETES, "update": _EXTENDS},
    _SET: {"add": _INSERTS, "discard": _DELETES, "update": _EXTENDS},
}
_MAPPING_METHODS = ("keys", "items", "__getitem__", "__len__", "__iter__", "__contains__")


def view_form(value: object) -> int:
    """Tell what the object is and what it can do, by its class."""
    kind = type(value)
    form = _kind(kind)
    methods = {"clear": _CLEARS, **_METHODS.get(form, {})}
    form += sum(bit for name, bit in methods.items() if _has(kind, name))
    if issubclass(kind, list | bytearray):
        form += _SLICES
    if _has(kind, "__iter__") or _has(kind, "__getitem__"):
        form += _ITERABLE
    return form


def _kind(kind: type) -> int:
    if issubclass(kind, Mapping):
        return _MAPPING
    if issubclass(kind, Set):
        return _SET
    if issubclass(kind, Sequence | MutableSequence):
        return _SEQUENCE
    if all(_has(kind, name) for name in _MAPPING_METHODS):
        return _MAPPING
    return _SEQUENCE if _has(kind, "__len__") and _has(kind, "__getitem__") else 0


def _has(kind: type, name: str) -> bool:
    # A class says by None that it has not what its base has.
    return getattr(kind, name, None) is not None
