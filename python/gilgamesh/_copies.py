"""Copying objects from one interpreter to another: by pickle, with Java objects handed over as they are."""

from __future__ import annotations

import io
import pickle

import _gilgamesh

_WAYS = (
    "copyTo() copies by pickle. Classes and functions must be importable in both contexts, not defined in one of them; "
    "what stands for something of the process, such as an open file or a generator, is made anew in the other context"
)


# Modules in Python that an interpreter has in place of C ones which refuse to be in several (CPython 3.12): what they
# pickle is the same.
_MODULES = {"_pydatetime": "datetime", "_pydecimal": "decimal"}


def dump(value: object) -> tuple[bytes, list[object], list[bool]]:
    """Pickle it; the Java objects that it holds, and which of them cross as themselves without being told to."""
    into = io.BytesIO()
    pickler = _Pickler(into)
    try:
        pickler.dump(value)
    except Exception as error:
        _advise(error)
        raise
    return into.getvalue(), pickler.held, [isinstance(held, type | _gilgamesh.JavaFunction) for held in pickler.held]


def load(pickled: bytes, held: list[object]) -> object:
    """Make the object of its pickle and of the Java objects that it holds."""
    try:
        return _Unpickler(io.BytesIO(pickled), held).load()
    except Exception as error:
        _advise(error)
        raise


def _advise(error: Exception) -> None:
    error.add_note(_WAYS)


class _Pickler(pickle.Pickler):
    def __init__(self, file: io.BytesIO) -> None:
        super().__init__(file, protocol=pickle.HIGHEST_PROTOCOL)
        self.held: list[object] = []

    def persistent_id(self, obj: object) -> int | None:
        if not _is_java(obj):
            return None
        self.held.append(obj)
        return len(self.held) - 1


class _Unpickler(pickle.Unpickler):
    def __init__(self, file: io.BytesIO, held: list[object]) -> None:
        super().__init__(file)
        self._held = held

    def find_class(self, module_name: str, global_name: str, /) -> object:
        return super().find_class(_MODULES.get(module_name, module_name), global_name)

    def persistent_load(self, pid: object) -> object:
        return self._held[int(str(pid))]


def _is_java(value: object) -> bool:
    if isinstance(value, type):
        return "__java_class__" in vars(value)
    return isinstance(value, _gilgamesh.JavaObject)
