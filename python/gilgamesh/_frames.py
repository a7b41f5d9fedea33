"""pandas: DataFrames taken apart into columns, and made of them. pandas is imported only to make one."""

from __future__ import annotations

import importlib
import sys
from datetime import datetime, timedelta

from gilgamesh._columns import NoTableError, array_column, whole_micros

TYPE_CHECKING = False
if TYPE_CHECKING:
    from gilgamesh._columns import Array, Column, Frame, Pandas, Series

_MISSING = (
    'pandas is not installed for this Python. PythonEnvironment.builder().requirements("pandas").create() installs it; '
    "start Python with the config() of that"
)
# Beyond so many, pandas warns of a fragmented frame at the next insertion.
_MOST_BLOCKS = 100
_LONGS = range(-(2**63), 2**63)


def is_frame(value: object) -> bool:
    """Tell whether it is a DataFrame, without importing pandas."""
    return _is(value, "DataFrame")


def is_series(value: object) -> bool:
    """Tell whether it is a Series or an Index, without importing pandas."""
    return _is(value, "Series") or _is(value, "Index")


def _is(value: object, name: str) -> bool:
    # Another thread may be half way through the import.
    kind = getattr(sys.modules.get("pandas"), name, None)
    return kind is not None and isinstance(value, kind)


# ---- from a DataFrame


def columns_of(frame: Frame) -> dict[str, Column]:
    """Give the named levels of the index, then the columns."""
    if frame.columns.nlevels > 1:
        raise NoTableError(
            "",
            f"the DataFrame's columns have {frame.columns.nlevels} levels; give them plain names first: "
            "frame.columns = ['_'.join(map(str, name)) for name in frame.columns]",
        )
    columns: dict[str, Column] = {}
    for name, values in [*_levels(frame.index), *frame.items()]:
        if not isinstance(name, str):
            raise NoTableError(
                f"[{name!r}]",
                f"a column is named by a str, not by a value of type {type(name).__name__}; rename it, "
                "such as by frame.columns = frame.columns.map(str)",
            )
        if name in columns:
            raise NoTableError(f"[{name!r}]", "two columns, or a column and the index, have this name; rename one")
        columns[name] = series_column(f"[{name!r}]", values)
    return columns


def _levels(index: Series) -> list[tuple[object, Series]]:
    """Give the levels of the index that have names; an index without one numbers the rows, and is left out."""
    if index.nlevels == 1:
        return [] if index.name is None else [(index.name, index)]
    if None in index.names:
        raise NoTableError(
            "", f"the DataFrame's index has {index.nlevels} levels, and not all have names; use reset_index()"
        )
    return [(name, index.get_level_values(level)) for level, name in enumerate(index.names)]


def series_column(path: str, series: Series) -> Column:
    """Make a column of a Series or an Index."""
    import numpy as np  # type: ignore[import-not-found]

    dtype = series.dtype
    if not isinstance(dtype, np.dtype):
        return _extension_column(path, series)
    if dtype.kind == "O":
        return _objects(series)
    values = series.to_numpy()
    if dtype.kind in "mM":
        times = whole_micros(values)
        # pandas' own classes have nanoseconds.
        return _objects(series) if times is None else times
    return array_column(path, values)


def _extension_column(path: str, series: Series) -> Column:
    dtype = series.dtype
    if dtype.name == "category":
        return _categories(path, series)
    plain = getattr(dtype, "numpy_dtype", None)
    if getattr(plain, "kind", "") in tuple("iufb") and not series.isna().any():
        return array_column(path, series.to_numpy(dtype=plain))
    return _objects(series)


def _categories(path: str, series: Series) -> list[object]:
    values = series_column(path, series.array.categories)
    known = values if isinstance(values, list) else values.tolist()
    return [None if code < 0 else known[code] for code in series.array.codes.tolist()]


def _objects(series: Series) -> list[object]:
    """Give the values, None for those that are missing. NaN is a missing value among texts, and a float elsewhere."""
    import numpy as np

    values = np.array(series.astype(object), dtype=object)
    missing = np.asarray(series.isna())
    if missing.any():
        if sys.modules["pandas"].api.types.infer_dtype(values, skipna=True) == "string":
            values[missing] = None
        for place in missing.nonzero()[0].tolist():
            if not isinstance(values[place], float):
                values[place] = None
    return values.tolist()  # type: ignore[no-any-return]


# ---- to a DataFrame


def to_pandas(columns: dict[str, Column], booleans: list[str], index: str | None) -> Frame:
    """Make a DataFrame. Columns of numbers lie over the memory of the arrays that crossed, which nobody else has."""
    pandas = _pandas()
    data = {name: _series(pandas, column, name in booleans) for name, column in columns.items()}
    frame = pandas.DataFrame(data, copy=len(data) > _MOST_BLOCKS)
    return frame if index is None else frame.set_index(index)


def _pandas() -> Pandas:
    try:
        return importlib.import_module("pandas")
    except ModuleNotFoundError as error:
        if error.name != "pandas":
            raise
        raise ModuleNotFoundError(_MISSING, name="pandas") from None


def _series(pandas: Pandas, column: Column, is_boolean: bool) -> Array:
    import numpy as np

    if is_boolean:
        return np.array(column, dtype=bool)
    if not isinstance(column, list):
        # By name, since 'q' is another type than int64 to NumPy, if an equal one.
        values = np.asarray(column)
        return values.view(f"{values.dtype.kind}{values.dtype.itemsize}")
    return _objects_series(pandas, column)


def _objects_series(pandas: Pandas, column: list[object]) -> Series | list[object]:
    """Let pandas choose where it loses nothing: of ints and None it would make floats."""
    kinds = set(map(type, column))
    has_none = type(None) in kinds
    kinds.discard(type(None))
    if has_none and kinds == {bool}:
        return pandas.array(column, dtype="boolean")
    if has_none and kinds == {int} and _are_longs(column):
        return pandas.array(column, dtype="Int64")
    if kinds in ({str}, {float}, {datetime}, {timedelta}) or (kinds == {int} and not has_none):
        return column
    return pandas.Series(column, dtype=object)


def _are_longs(column: list[object]) -> bool:
    return all(value in _LONGS for value in column if isinstance(value, int))
