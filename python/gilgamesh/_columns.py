"""One column: NumPy arrays in the forms that cross as blocks, and lists where there is none."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, TypeAlias

    # Classes of libraries that need not be there: mypy knows them as little as the code does.
    Array: TypeAlias = Any
    Series: TypeAlias = Any
    Frame: TypeAlias = Any
    Pandas: TypeAlias = Any
    # A list, or an object with a contiguous buffer of one dimension.
    Column: TypeAlias = Any

# Numbers that Java has no array of, and the narrowest that hold them.
_WIDER = {"i1": "i2", "u1": "i2", "u2": "i4", "u4": "i8", "f2": "f4"}
_BLOCKS = {"b1", "i2", "i4", "i8", "f4", "f8"}
# Contiguous and aligned, which the fields of a record need not be.
_BLOCK = ("C", "A")
_LARGEST_LONG = 2**63 - 1


class NoTableError(Exception):
    """Why something is no table, and where in it."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(message)
        self.path = path
        self.message = message


def is_array(value: object) -> bool:
    """Tell whether it is an array of NumPy's, without importing that."""
    array = getattr(sys.modules.get("numpy"), "ndarray", None)
    return array is not None and isinstance(value, array)


def array_column(path: str, array: Array) -> Column:
    """Make a column of what NumPy can take as an array: the same memory where that is contiguous."""
    import numpy as np  # type: ignore[import-not-found]

    values = array if is_array(array) else np.asarray(array)
    if values.ndim != 1:
        raise NoTableError(path, f"an array of {values.ndim} dimensions is no column")
    if hasattr(values, "mask"):
        return values.tolist()  # with None for what is masked
    code = values.dtype.str[1:]
    form = _WIDER.get(code, code)
    if form in _BLOCKS:
        return np.require(values, form, _BLOCK)
    if code == "u8" and (len(values) == 0 or values.max() <= _LARGEST_LONG):
        return np.require(values, "i8", _BLOCK)
    if values.dtype.kind in "mM":
        return _times(path, values)
    if values.dtype.kind == "f":
        raise NoTableError(path, f"{values.dtype} is wider than a double; convert it by astype('float64')")
    return values.tolist()


def _times(path: str, values: Array) -> list[Any]:
    times = whole_micros(values)
    if times is None:
        raise NoTableError(path, f"{values.dtype} has parts of a microsecond, which datetime has not; round the values")
    if any(type(time) is int for time in times):
        raise NoTableError(path, f"{values.dtype} has values beyond what datetime has")
    return times


def whole_micros(values: Array) -> list[Any] | None:
    """Give dates, times or durations as Python has them, None for NaT; nothing where that would lose a part."""
    if values.dtype.str[1:] == "M8[D]":
        return values.tolist()  # type: ignore[no-any-return]
    micros = values.astype(values.dtype.kind + "8[us]")
    there = micros == micros  # noqa: PLR0124 (NaT is not equal to itself)
    if (micros[there].astype(values.dtype) != values[there]).any():
        return None
    return micros.tolist()  # type: ignore[no-any-return]
