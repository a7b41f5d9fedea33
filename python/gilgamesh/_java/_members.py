"""What a class has of Java's: methods, fields and properties, made of the description."""

from __future__ import annotations

from keyword import iskeyword

from _gilgamesh import JavaMethod, JavaStaticMethod

from gilgamesh._java._signatures import lines_of

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_METHODS = (JavaMethod, JavaStaticMethod)


class StaticField:
    """A static field, read and set through the class or an object of it."""

    def __init__(self, owner: str, field: dict[str, Any], *, is_constant: bool) -> None:
        """Make the field of its entry in the description of ``owner``, or the constant of that enum."""
        self.__doc__ = f"static {'final ' if field['final'] else ''}{field['type']}"
        self._name = f"{owner}.{field['name']}"
        self._final = field["final"]
        self._is_constant = is_constant
        self._getter = JavaStaticMethod(field["getter"], field["name"])
        self._setter = None if field["setter"] is None else JavaStaticMethod(field["setter"], field["name"])
        self._known: list[object] = []

    def __get__(self, instance: object, owner: type | None = None) -> object:
        """Read the field. A constant that is a value or of an enum, and no object of a context, is read once."""
        if self._known:
            return self._known[0]
        value = self._getter()
        if self._is_constant or (self._final and isinstance(value, bool | int | float | str)):
            self._known = [value]
        return value

    def __set__(self, instance: object, value: object) -> None:
        """Set the field."""
        self.assign(value)

    def assign(self, value: object) -> None:
        """Set the field."""
        if self._setter is None:
            raise AttributeError(f"{self._name} is final")
        self._setter(value)


def methods_of(description: dict[str, Any]) -> dict[str, object]:
    """Make the methods; one whose name is a keyword of Python stands there as ``name_`` too."""
    members: dict[str, object] = {}
    for method in description["methods"]:
        _add(members, method["name"], _method(description, method))
    return members


def _method(description: dict[str, Any], method: dict[str, Any]) -> object:
    number, name, leaves = method["number"], method["name"], method.get("leaves")
    member: JavaMethod | JavaStaticMethod
    if method["static"]:
        member = static_method(number, name, leaves)
    else:
        member = JavaMethod(number, name) if leaves is None else JavaMethod(number, name, leaves)
    member.__qualname__ = f"{description['qualname']}.{method['name']}"
    member.__module__ = description["module"]
    member.__doc__ = "\n".join(lines_of(method["name"], method["signatures"]))
    return member


def static_method(number: int, name: str, leaves: list[int] | None) -> JavaStaticMethod:
    """Make a static method or a constructor, with the leaves that it has."""
    return JavaStaticMethod(number, name) if leaves is None else JavaStaticMethod(number, name, leaves)


def fields_of(description: dict[str, Any], is_taken: Callable[[str], bool]) -> dict[str, object]:
    """Make the fields; one that has the name of a method, its class's or a superclass's, is ``name_``."""
    members: dict[str, object] = {}
    for field in description["fields"]:
        name = field["name"]
        made = _static_field(description, field) if field["static"] else _property(field)
        _add(members, f"{name}_" if is_taken(name) else name, made)
    return members


def _static_field(description: dict[str, Any], field: dict[str, Any]) -> StaticField:
    return StaticField(description["name"], field, is_constant=field["name"] in (description["constants"] or ()))


def properties_of(description: dict[str, Any], inherited: Callable[[str], object]) -> dict[str, object]:
    """Make the properties of beans, where no superclass has something else of that name."""
    members: dict[str, object] = {}
    for bean in description["properties"]:
        if isinstance(inherited(bean["name"]), property | None):
            _add(members, bean["name"], _property(bean))
    return members


def _property(entry: dict[str, Any]) -> property:
    name, getter, setter = entry["name"], entry["getter"], entry["setter"]
    return property(
        None if getter is None else JavaMethod(getter, name),
        None if setter is None else JavaMethod(setter, name),
        doc=entry["type"],
    )


def _add(members: dict[str, object], name: str, member: object) -> None:
    members[name] = member
    if iskeyword(name):
        members[f"{name}_"] = member


def is_method(member: object) -> bool:
    """Tell whether it is a method of Java's."""
    return isinstance(member, _METHODS)
