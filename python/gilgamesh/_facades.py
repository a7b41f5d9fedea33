"""Whether a Python object fits a Java interface, told before anything is called."""

from __future__ import annotations

import inspect
from typing import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Any

_ABSENT = object()


class Member(NamedTuple):
    """What a Java method needs, in the order in which Java tells it."""

    title: str
    name: str
    accessor: str
    is_function: bool
    may_read: bool
    positional: int
    keywords: list[str]
    is_open: bool


def misfits(target: object, members: Iterable[Iterable[Any]]) -> list[str]:
    """Tell which Java methods ``target`` cannot have, and why: a line each."""
    reasons = ((member.title, _reason(target, member)) for member in map(Member._make, members))
    return [f"{title}: {reason}" for title, reason in reasons if reason]


def _reason(target: object, member: Member) -> str:
    name, accessor = member.name, member.accessor
    # A property is not asked for its value: that may do anything.
    if isinstance(inspect.getattr_static(target, name, None), property) or (accessor and _has(target, accessor)):
        return ""
    attribute = getattr(target, name, _ABSENT)
    if attribute is _ABSENT:
        if not (member.is_function and callable(target)):
            return f"no attribute {name!r}" + (f", nor {accessor!r}" if accessor else "")
        attribute, name = target, getattr(target, "__name__", name)
    if not callable(attribute):
        fits = member.may_read
        return "" if fits else f"{name!r} is of type {type(attribute).__name__}, which cannot be called"
    return signature_reason(attribute, name, member)


def _has(target: object, name: str) -> bool:
    absent = inspect.getattr_static(target, name, _ABSENT) is _ABSENT
    return not absent or getattr(target, name, _ABSENT) is not _ABSENT


def signature_reason(function: Callable[..., object], name: str, member: Member) -> str:
    """Tell why a function cannot be called as ``member`` is; nothing where it can, or does not tell."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return ""  # many of those written in C have none
    bind = signature.bind_partial if member.is_open else signature.bind
    try:
        bind(*[None] * member.positional, **dict.fromkeys(member.keywords))
    except TypeError as error:
        return f"{name}{signature}: {error}"
    return ""
