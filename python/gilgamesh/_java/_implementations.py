"""Python classes that derive from Java's interfaces.

Such a class is an ordinary one of Python's: in the place of each interface it has a base with the interface's default
methods. Its instances cross as objects of these interfaces; the number that its class keeps tells Java which.
"""

from __future__ import annotations

from abc import ABC, ABCMeta

from _gilgamesh import ImplementationType, JavaStaticMethod

from gilgamesh._java._metaclass import JavaClass

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any, Never

_bases: dict[JavaInterface, type] = {}
# By the numbers of the interfaces: the number of their list, and what their methods need.
_known: dict[tuple[int, ...], tuple[int, tuple[Any, ...]]] = {}


class JavaImplementation(ImplementationType, ABCMeta):
    """The class of Python classes that derive from Java's interfaces."""

    if TYPE_CHECKING:
        _java_supers_: frozenset[int]
        _java_implementation_: int

    def __new__(
        cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **named: object
    ) -> JavaImplementation:
        """Make a class, if it has all that its interfaces need."""
        from gilgamesh._java._requirements import check  # which needs much of the library: only where classes derive

        made = super().__new__(cls, name, _without_interfaces(bases), namespace, **named)
        interfaces = _interfaces(made)
        made._java_supers_ = frozenset(number for java in interfaces for number in java._java_supers_)
        made._java_implementation_, needs = _implement(_narrowest(interfaces))
        made.__abstractmethods__ |= check(made, needs, is_abstract=ABC in bases or bool(made.__abstractmethods__))
        return made


class JavaInterface(JavaClass, JavaImplementation):
    """The class of Java's interfaces. Python classes that derive from them are of the other class."""

    if TYPE_CHECKING:
        _java_implement_: Callable[[tuple[int, ...]], tuple[int, tuple[Any, ...]]]
        _java_defaults_: Callable[[int], tuple[tuple[str, int], ...]]

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **named: object) -> Any:  # noqa: ANN401 - one of two classes
        """Make an interface of a description, or a class that derives from one."""
        if "__java_class__" in namespace:
            return type.__new__(cls, name, bases, namespace)
        return JavaImplementation(name, bases, namespace, **named)

    def register(cls, subclass: type) -> Never:
        """Refuse: unlike abstract classes of Python's, Java's interfaces have to be derived from."""
        raise TypeError(f"{subclass!r} cannot be registered: derive it from {cls!r}")


def _without_interfaces(bases: Iterable[type]) -> tuple[type, ...]:
    interfaces = [base for base in bases if isinstance(base, JavaInterface)]
    narrowest = _narrowest(interfaces)
    kept = [base for base in bases if base not in interfaces or base in narrowest]
    for base in kept:
        if isinstance(base, JavaClass) and not isinstance(base, JavaInterface):
            raise TypeError(f"a Python class cannot derive from both {base!r} and the interface {interfaces[0]!r}")
    return tuple(_base_of(base) if isinstance(base, JavaInterface) else base for base in kept)


def _narrowest(interfaces: list[JavaInterface]) -> list[JavaInterface]:
    """Leave out those that another one extends."""
    return [one for one in interfaces if not any(one is not other and issubclass(other, one) for other in interfaces)]


def _interfaces(made: type) -> list[JavaInterface]:
    return [vars(base)["_java_interface_"] for base in made.__mro__ if "_java_interface_" in vars(base)]


# ---- the bases in the place of interfaces


def _base_of(interface: JavaInterface) -> type:
    known = _bases.get(interface)
    # Where two threads make it, both get the one that came first.
    return known if known is not None else _bases.setdefault(interface, _make_base(interface))


def _make_base(interface: JavaInterface) -> type:
    from gilgamesh._java._classes import class_of  # which needs this module first

    above = map(class_of, interface._java_description_["interfaces"])
    bases = tuple(map(_base_of, _narrowest([java for java in above if isinstance(java, JavaInterface)])))
    defaults = {name: _default(name, number) for name, number in interface._java_defaults_(interface.__java_class__)}
    facts = {"__module__": interface.__module__, "__qualname__": interface.__qualname__, "__doc__": interface.__doc__}
    return type(interface.__name__, bases, {**facts, **defaults, "__slots__": (), "_java_interface_": interface})


def _default(name: str, number: int) -> Callable[..., object]:
    body = JavaStaticMethod(number, name)

    def default(self: object, /, *args: object, **named: object) -> object:
        return body(self, *args, **named)

    default.__name__ = name
    default._java_default_ = True  # type: ignore[attr-defined]  # by which Java knows its own
    return default


# ---- what Java knows of the interfaces


def _implement(interfaces: list[JavaInterface]) -> tuple[int, tuple[Any, ...]]:
    numbers = tuple(java.__java_class__ for java in interfaces)
    known = _known.get(numbers)
    if known is None:
        known = _known[numbers] = interfaces[0]._java_implement_(numbers)
    return known
