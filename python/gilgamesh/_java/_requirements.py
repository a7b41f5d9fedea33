"""Whether a Python class has the methods of the Java interfaces that it derives from, told when it is made."""

from __future__ import annotations

from inspect import getattr_static
from types import FunctionType
from typing import NamedTuple

from gilgamesh._facades import Member, signature_reason

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

_ANY = object()


class Requirement(NamedTuple):
    """What a method of an interface needs of a class."""

    member: Member
    special: str
    is_abstract: bool


def check(cls: type, needs: Iterable[Sequence[Any]], *, is_abstract: bool) -> set[str]:
    """Refuse a class that does not fit what Java tells of its interfaces; the methods that an abstract one lacks."""
    requirements = [Requirement(Member._make(need[:8]), need[8], need[9]) for need in needs]
    missing = [need.member for need in requirements if need.is_abstract and not _is_there(cls, need)]
    problems = [] if is_abstract else [f"{member.title} is missing" for member in missing]
    problems += _misfits(cls, requirements)
    if problems:
        separator = " " if len(problems) == 1 else "\n  "
        raise TypeError(separator.join([f"class {cls.__name__} does not implement", *problems]))
    return {member.name for member in missing}


def _misfits(cls: type, requirements: list[Requirement]) -> list[str]:
    names = [need.member.name for need in requirements]
    # A default method that shares its name with others may be meant for one of them.
    checked = (need.member for need in requirements if need.is_abstract or names.count(need.member.name) == 1)
    reasons = ((member.title, _reason(cls, member)) for member in checked)
    return [f"{title}: {reason}" for title, reason in reasons if reason]


def _is_there(cls: type, need: Requirement) -> bool:
    member = need.member
    instead = [member.name, member.accessor, need.special, "__call__" if member.is_function else ""]
    return any(name and _is_own(cls, name) for name in instead)


def _is_own(cls: type, name: str) -> bool:
    # Not by getattr: every class can be called itself. The __lt__ that object has compares nothing, and a default
    # method of Java's is no implementation of another one of its name.
    return any(name in vars(base) and "_java_interface_" not in vars(base) for base in cls.__mro__[:-1])


def _reason(cls: type, member: Member) -> str:
    found = getattr_static(cls, member.name, None)
    if isinstance(found, FunctionType):
        # It takes the instance first, which is any object to its signature.
        return signature_reason(found.__get__(_ANY), member.name, member)
    if isinstance(found, staticmethod | classmethod):
        return signature_reason(found.__get__(None, cls), member.name, member)
    return ""  # descriptors may do anything
