"""Strategies of hypothesis for all values that have a Java form, and a strict comparison; no test by itself."""

import array
import datetime
import decimal
import pathlib
import re
import struct
from collections.abc import Callable
from typing import Any

import hypothesis
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Values = SearchStrategy[Any]

INTEGERS: Values = st.one_of(
    st.integers(), st.integers(0, 600).flatmap(lambda n: st.sampled_from([2**n, -(2**n), 2**n - 1, -(2**n) - 1]))
)
FLOATS: Values = st.floats() | st.integers(0, 2**64 - 1).map(lambda n: struct.unpack("<d", struct.pack("<Q", n))[0])
# The halves of a pair, as two characters, would be one in Java: such a str is refused.
TEXTS: Values = (st.text(st.characters()) | st.text(st.characters(categories=["Cs", "Lu"]))).filter(
    lambda text: not re.search("[\ud800-\udbff][\udc00-\udfff]", text)
)
BYTES: Values = st.binary()
ARRAYS: Values = st.one_of(
    st.lists(st.integers(-(2**15), 2**15 - 1)).map(lambda v: array.array("h", v)),
    st.lists(st.integers(-(2**31), 2**31 - 1)).map(lambda v: array.array("i", v)),
    st.lists(st.integers(-(2**63), 2**63 - 1)).map(lambda v: array.array("q", v)),
    st.lists(st.floats(width=32)).map(lambda v: array.array("f", v)),
    st.lists(st.floats()).map(lambda v: array.array("d", v)),
)
OFFSETS = st.integers(-64_800, 64_800).map(lambda s: datetime.timezone(datetime.timedelta(seconds=s)))
# The fold says nothing where no region's clocks go back, and is not kept.
CLOCKS = st.one_of(st.times(), st.times(timezones=OFFSETS), st.datetimes(), st.datetimes(timezones=OFFSETS))
TIMES: Values = st.one_of(st.dates(), st.timedeltas(), CLOCKS.map(lambda time: time.replace(fold=0)))
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False).filter(lambda d: d or not d.is_signed())
PARTS = st.text("abc. \xe9\u4e2d", min_size=1, max_size=6)
EXACT: Values = st.one_of(DECIMALS, st.uuids(), st.lists(PARTS, min_size=1).map(lambda p: pathlib.Path(*p)))
# Numbers that are equal are one key in Python, and NaN is its own: neither is what is tried here.
KEYS: Values = st.one_of(st.none(), st.integers(), st.text(), st.dates(), st.uuids())


def _containers(element: Values) -> Values:
    return st.one_of(
        st.lists(element, max_size=4),
        st.lists(element, max_size=4).map(tuple),
        st.dictionaries(KEYS | st.tuples(KEYS, KEYS), element, max_size=4),
        st.sets(KEYS | st.tuples(KEYS), max_size=4),
        st.lists(st.integers(-(2**63), 2**63 - 1)),
        st.lists(st.floats()),
    )


LEAVES = st.one_of(st.none(), st.booleans(), INTEGERS, FLOATS, TEXTS, BYTES, ARRAYS, TIMES, EXACT)

FAMILIES: dict[str, Values] = {
    "integers": INTEGERS,
    "floats": FLOATS,
    "texts": TEXTS,
    "bytes": BYTES,
    "arrays": ARRAYS,
    "times": TIMES,
    "exact": EXACT,
    "collections": st.recursive(LEAVES, _containers, max_leaves=12),
}


def examples(family: str, seed: int, count: int) -> list[Any]:
    """Values of the family: always the same ones for a seed."""
    made: list[Any] = []

    @hypothesis.seed(seed)
    @hypothesis.settings(
        database=None,
        deadline=None,
        max_examples=count,
        phases=[hypothesis.Phase.generate],
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    @hypothesis.given(FAMILIES[family])
    def collect(value: Any) -> None:
        made.append(value)

    collect()
    return made


def same(one: Any, other: Any) -> bool:
    """Equal and of the same types throughout; floats by their bits."""
    if type(one) is not type(other):
        return False
    strict: dict[type, Callable[[Any], Any]] = {
        float: lambda value: struct.pack("<d", value),
        array.array: lambda value: (value.typecode, value.tobytes()),
        decimal.Decimal: lambda value: value.as_tuple(),
        datetime.datetime: repr,
        datetime.time: repr,
    }
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, dict):
        return same(list(one.items()), list(other.items()))
    form = strict.get(type(one), lambda value: value)
    return bool(form(one) == form(other))


def compare(made: list[Any], index: int, back: Any) -> str:
    """What differs, the empty text where nothing does."""
    return "" if same(made[index], back) else f"{made[index]!r} came back as {back!r}"
