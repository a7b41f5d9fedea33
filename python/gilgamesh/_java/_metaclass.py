"""How a Java class behaves in Python: constructing, static fields, nested classes, ``isinstance``, ``dir``."""

from __future__ import annotations

from _gilgamesh import JavaMethod, JavaType

from gilgamesh._java import _arrays
from gilgamesh._java._members import StaticField
from gilgamesh._java._missing import no_attribute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any


class JavaClass(JavaType, type):
    """The class of Java's classes.

    A class that is Java's own has ``__java_class__``, its number, in its own namespace; a Python class derived from a
    Java exception has not.
    """

    if TYPE_CHECKING:
        __java_class__: int
        _java_name_: str
        _java_new_: Callable[..., Any] | None
        _java_missing_static_: Callable[..., str | None]
        _java_supers_: frozenset[int]
        _java_description_: dict[str, Any]

    def __new__(cls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **named: object) -> JavaClass:
        """Make a class of a description, or one derived from a Java exception."""
        if "__java_class__" not in namespace and not any(issubclass(base, BaseException) for base in bases):
            java = next(base for base in bases if isinstance(base, JavaClass))
            raise TypeError(
                f"a Python class cannot derive from {java!r}: of Java's classes it can derive from interfaces and"
                f" exceptions; derive from the interfaces of {java.__name__}, and hold one"
            )
        # An object of a derived class is made by Python, not by the maker that the class would inherit.
        return super().__new__(cls, name, bases, {"_java_maker_": None, **namespace}, **named)

    def _java_construct_(cls, *args: object, **named: object) -> object:
        """Construct an object of a class that has no constructor of Java's: one that is derived from Java's."""
        if not _is_javas(cls):
            return type.__call__(cls, *args, **named)
        description = cls._java_description_
        if description["kind"] == "array" and cls._java_new_ is not None and not named:
            return _arrays.make(cls._java_name_, cls._java_new_, args)
        what = "is abstract" if description["abstract"] else "has no constructor that scripts can use"
        raise TypeError(f"{description['kind']} {cls._java_name_} {what}")

    def _java_find_(cls, name: str) -> object:
        """Find a nested class, of this class or of one of its superclasses: what has no attribute is asked for here."""
        for java in cls.__mro__:
            nested = vars(java).get("_java_description_", {}).get("nested", {}).get(name)
            found = None if nested is None else _find(nested)
            if found is not None:
                return found
        reflected = None if name.startswith("_") else _reflected(name)
        if reflected is not None:
            return reflected.__get__(cls) if isinstance(reflected, JavaMethod) else reflected
        raise cls._java_lacks_("static member or nested class", name)

    def _java_lacks_(cls, what: str, name: str) -> AttributeError:
        return no_attribute(
            cls, name, f"{cls!r} has no {what} {name!r}", lambda: cls._java_missing_static_(cls.__java_class__, name)
        )

    def __setattr__(cls, name: str, value: object) -> None:
        """Set a static field."""
        field = next((vars(base)[name] for base in cls.__mro__ if name in vars(base)), None)
        if isinstance(field, StaticField):
            field.assign(value)
        elif _is_javas(cls):
            raise cls._java_lacks_("static field", name)
        else:
            super().__setattr__(name, value)

    def __delattr__(cls, name: str) -> None:
        """Refuse: a Java class stays as it is."""
        if _is_javas(cls):
            raise AttributeError(f"{name!r} of {cls!r} cannot be deleted", name=name, obj=cls)
        super().__delattr__(name)

    def __instancecheck__(cls, instance: object) -> bool:
        """Tell whether an object is of this class or implements this interface."""
        return issubclass(type(instance), cls)

    def __subclasscheck__(cls, subclass: type) -> bool:
        """Tell whether a class derives from this one or implements this interface."""
        if type.__subclasscheck__(cls, subclass):
            return True
        return _is_javas(cls) and cls.__java_class__ in getattr(subclass, "_java_supers_", ())

    def __dir__(cls) -> list[str]:
        """Name the static members, the methods and the nested classes."""
        nested = (name for base in cls.__mro__ for name in vars(base).get("_java_description_", {}).get("nested", ()))
        return sorted({*shown(super().__dir__()), *nested})

    def __repr__(cls) -> str:
        return f"<java class {cls._java_name_}>" if _is_javas(cls) else super().__repr__()

    @property
    def __signature__(cls) -> object:
        """The signature of the constructor, where there is one."""
        from gilgamesh._java._signatures import signature_of

        signatures = cls._java_description_.get("constructor_signatures")
        return signature_of(signatures or [], bound=True) if _is_javas(cls) else None

    # An import goes through a class to its nested classes: "from java.util.Map import Entry".
    __path__ = property(lambda _cls: [])
    __spec__ = property(lambda _cls: None)


class JavaEnum(JavaClass):
    """The class of Java's enum classes, which are iterable."""

    @property
    def _java_constants_(cls) -> list[str]:
        constants: list[str] = cls._java_description_.get("constants") or []
        return constants

    def __iter__(cls) -> Iterator[object]:
        """Go through the constants, in their order."""
        return (getattr(cls, name) for name in cls._java_constants_)

    def __len__(cls) -> int:
        """Count the constants."""
        return len(cls._java_constants_)

    def __bool__(cls) -> bool:
        """Be true, as every class is."""
        return True

    def __contains__(cls, value: object) -> bool:
        """Tell whether an object is a constant of this class."""
        return isinstance(value, cls)

    def __getitem__(cls, name: str) -> object:
        """Give the constant of a name."""
        if name not in cls._java_constants_:
            raise KeyError(name)
        return getattr(cls, name)


def _find(name: str) -> type | None:
    from gilgamesh._java._classes import find  # which needs this module first

    return find(name)


def _reflected(name: str) -> object:
    """Find a member of ``java.lang.Class``, where scripts may use that: to Python its objects are the classes."""
    try:
        reflection = _find("java.lang.Class")
    except PermissionError:
        return None
    return None if reflection is None else vars(reflection).get(name)


def _is_javas(cls: type) -> bool:
    return "__java_class__" in vars(cls)


def shown(names: object) -> list[str]:
    """Leave out the names that are this package's own."""
    return [name for name in names if not name.startswith("_java_")]  # type: ignore[attr-defined]
