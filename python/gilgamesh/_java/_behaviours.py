"""Python's protocols for Java's objects: which class takes part in which, by the steps that Java gives."""

from __future__ import annotations

from collections.abc import Mapping

from _gilgamesh import JavaObject, JavaStaticMethod

from gilgamesh._java._collections import ArrayLike, ListLike, MapLike, SetLike, TextLike, sort
from gilgamesh._java._iteration import Iterated, Reversed, Stepped
from gilgamesh._java._missing import no_attribute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, NoReturn, Self, SupportsIndex

    from gilgamesh._java._steps import Java
else:
    Java = object


class Anything(Java):
    """What every object has."""

    def __eq__(self, other: object) -> bool:
        # Where Java says no, the other side may know better.
        if other is None or (isinstance(other, list | tuple | Mapping) and not isinstance(other, JavaObject)):
            return NotImplemented
        return True if self._java_eq_(self, other) else NotImplemented

    def __hash__(self) -> int:
        return int(self._java_hash_(self))

    def __str__(self) -> str:
        return str(self._java_str_(self))

    def __repr__(self) -> str:
        name = type(self)._java_name_
        text = str(self._java_repr_(self))
        return f"<{name} {text.removeprefix(name) if text.startswith(f'{name}@') else text}>"

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        # Asked for last of all.
        message = f"{type(self)._java_name_!r} object has no attribute {name!r}"
        raise no_attribute(self, name, message, lambda: self._java_missing_(self, name))

    def __dir__(self) -> list[str]:
        return sorted(name for name in object.__dir__(self) if not name.startswith("_java_"))

    def __reduce_ex__(self, protocol: SupportsIndex) -> NoReturn:
        raise TypeError(f"cannot pickle or copy a Java object ({type(self)._java_name_}): hand over what it holds")


class Ordered(Java):
    """What Java's Comparables have; ``==`` stays ``equals``."""

    def __lt__(self, other: object) -> bool:
        order = _compare(self, other)
        return NotImplemented if order is None else order < 0

    def __le__(self, other: object) -> bool:
        order = _compare(self, other)
        return NotImplemented if order is None else order <= 0

    def __gt__(self, other: object) -> bool:
        order = _compare(self, other)
        return NotImplemented if order is None else order > 0

    def __ge__(self, other: object) -> bool:
        order = _compare(self, other)
        return NotImplemented if order is None else order >= 0


def _compare(one: Ordered, other: object) -> int | None:
    order: int | None = None if other is None else one._java_compare_(one, other)
    return order


class Closeable(Java):
    """What AutoCloseables have: ``with``."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._java_exit_(self)


class Numeric(Java):
    """What Numbers have that are objects and no values, such as AtomicLong."""

    def __int__(self) -> int:
        return int(self._java_int_(self))

    def __float__(self) -> float:
        return float(self._java_float_(self))

    def __bool__(self) -> bool:
        return bool(self._java_bool_(self))


class Integral(Java):
    """What whole Numbers have."""

    def __index__(self) -> int:
        return int(self._java_index_(self))


class Sized(Java):
    """What has a length."""

    def __len__(self) -> int:
        return int(self._java_len_(self))


class Containing(Java):
    """What can be asked for a value."""

    def __contains__(self, value: object) -> bool:
        return bool(self._java_contains_(self, value))


# By the step that a class has if it takes part; what comes later overrides what comes first.
_BEHAVIOURS: tuple[tuple[str, type, str | None], ...] = (
    ("__eq__", Anything, None),
    ("compare", Ordered, None),
    ("__exit__", Closeable, None),
    ("__int__", Numeric, "numbers.Number"),
    ("__index__", Integral, None),
    ("__len__", Sized, None),
    ("__contains__", Containing, None),
    ("open_cursor", Iterated, None),
    ("open_reversed_cursor", Reversed, None),
    ("__next__", Stepped, None),
    ("text_get", TextLike, "collections.abc.Sequence"),
    ("set_pop", SetLike, "collections.abc.MutableSet"),
    ("map_get", MapLike, "collections.abc.MutableMapping"),
    ("array_get", ArrayLike, "collections.abc.Sequence"),
    ("list_get", ListLike, "collections.abc.MutableSequence"),
)

# What Python's compiler puts into each class.
_OF_THE_COMPILER = frozenset(vars(Closeable)) - {"__enter__", "__exit__"}

get_from_map = MapLike.get
sort_list = sort


def steps_of(protocols: dict[str, int]) -> dict[str, object]:
    """Make the steps of the description, static methods of Java with names that no Java class has."""
    return {f"_java_{name.strip('_')}_": JavaStaticMethod(number, name) for name, number in protocols.items()}


def behaviours_of(protocols: dict[str, int]) -> dict[str, object]:
    """Collect what a class gets that has these steps beside its superclass's."""
    given: dict[str, object] = {}
    for step, behaviour, _ in _BEHAVIOURS:
        if step in protocols:
            given |= taken_from(behaviour)
    if "__eq__" in given:
        given["__hash__"] = Anything.__hash__
    return given


def taken_from(behaviour: type) -> dict[str, object]:
    """Take what a behaviour's class defines, and what its bases in this package do."""
    bases = [base for base in reversed(behaviour.__mro__) if base.__module__ == behaviour.__module__]
    return {name: member for base in bases for name, member in vars(base).items() if name not in _OF_THE_COMPILER}


def register(made: type, protocols: dict[str, int]) -> None:
    """Register a class with the abstract classes of Python that it is one of and that cannot tell by themselves."""
    for step, _, name in _BEHAVIOURS:
        if name is not None and step in protocols:
            module, _, last = name.rpartition(".")
            getattr(__import__(module, fromlist=[last]), last).register(made)
