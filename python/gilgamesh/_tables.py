"""Taking apart what has named columns of equal length: dicts of columns, rows that are dicts, arrays with fields."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence

from gilgamesh import _frames
from gilgamesh._columns import NoTableError, array_column, is_array

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from gilgamesh._columns import Array, Column

_ACCEPTED = (
    "a dict of columns, a list of dicts (rows), a pandas DataFrame or a NumPy array with named fields "
    "can become a table"
)


def take_apart(table: object) -> tuple[list[str], list[Column], int] | tuple[str, str]:
    """Give the columns' names, the columns and the number of rows; or where and why it is no table.

    A column is a list, or an object with a contiguous buffer of numbers.
    """
    try:
        columns = _columns(table)
        return list(columns), list(columns.values()), _rows(columns)
    except NoTableError as refusal:
        return refusal.path, refusal.message


def _columns(table: object) -> dict[str, Column]:
    if _frames.is_frame(table):
        return _frames.columns_of(table)
    if isinstance(table, Mapping):
        return {_name(name): _column(name, column) for name, column in table.items()}
    if isinstance(table, list | tuple):
        return _columns_of_rows(table)
    if is_array(table):
        return _columns_of_fields(table)
    raise NoTableError("", f"{_describe(table)} has no columns; {_ACCEPTED}")


def _rows(columns: dict[str, Column]) -> int:
    first, rows = "", 0
    for name, column in columns.items():
        if not first:
            first, rows = f"{name!r}", len(column)
        elif len(column) != rows:
            raise NoTableError(f"[{name!r}]", f"its length is {len(column)}, and that of {first} is {rows}")
    return rows


def _name(name: object) -> str:
    if not isinstance(name, str):
        raise NoTableError(f"[{name!r}]", f"a column is named by a str, not by {_describe(name)}")
    return name


def _describe(value: object) -> str:
    kind = type(value).__name__
    return f"an {kind}" if kind[0] in "aeiouAEIOU" else f"a {kind}"


# ---- dicts of columns


def _column(name: object, column: object) -> Column:
    path = f"[{name!r}]"
    if type(column) is list:
        return _plain(path, column)
    if isinstance(column, str | bytes | bytearray):
        raise NoTableError(path, f"{_describe(column)} is no column; put its values into a list")
    if _frames.is_series(column):
        return _frames.series_column(path, column)
    if hasattr(column, "__array__"):
        return array_column(path, column)
    if _is_block(column):
        return column
    if isinstance(column, Sequence):  # array.array is none before 3.14
        return _plain(path, list(column))
    raise NoTableError(path, f"{_describe(column)} is no column; pass a list, a tuple or an array")


def _is_block(column: object) -> bool:
    """Whether Java has an array of the same numbers; the other arrays of the standard library become lists."""
    array = sys.modules.get("array")
    return array is not None and isinstance(column, array.array) and column.typecode in "hiqfd"


def _plain(path: str, column: list[Any]) -> Column:
    """Scalars of NumPy, all of one type, become the array that they could have been."""
    if not column or type(column[0]).__module__ != "numpy" or len(set(map(type, column))) > 1:
        return column
    return array_column(path, sys.modules["numpy"].array(column))


# ---- rows


def _columns_of_rows(rows: Sequence[Any]) -> dict[str, Column]:
    names: dict[object, None] = {}
    for index, row in enumerate(rows):
        if not isinstance(row, dict):
            raise NoTableError(f"[{index}]", f"{_describe(row)} is no row of a table; {_ACCEPTED}")
        names.update(dict.fromkeys(row))
    return {_name(name): _plain(f"[{name!r}]", [row.get(name) for row in rows]) for name in names}


# ---- arrays with fields


def _columns_of_fields(table: Array) -> dict[str, Column]:
    if table.dtype.names is None or table.ndim != 1:
        raise NoTableError("", f"an array of {table.ndim} dimensions without named fields has no columns; {_ACCEPTED}")
    return {name: array_column(f"[{name!r}]", table[name]) for name in table.dtype.names}
