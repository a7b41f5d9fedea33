"""Java's exceptions as Python's."""

from __future__ import annotations

from gilgamesh._java._behaviours import Anything, taken_from

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Self

    from _gilgamesh import JavaObject


class _Throwable(Exception):  # noqa: N818 - Java's name
    """What the class of ``java.lang.Throwable`` has beside what Java gives it."""

    def __init__(self, *args: object, **named: object) -> None:
        """Make the Java object of an exception whose class derives from a Java one in Python."""
        Exception.__init__(self, *args)
        made = type(self)._java_new_(*args, **named)  # type: ignore[attr-defined]
        self.__java__: JavaObject = made.__java__
        self._java_message_: str | None = made._java_message_

    @classmethod
    def _wrap_(cls, java_object: JavaObject) -> Self:
        wrapped = cls.__new__(cls)
        wrapped.__java__ = java_object
        # Where scripts may see nothing of Java's exceptions, they still see which one it is.
        facts = getattr(cls, "_java_throwable_facts_", None)
        message, cause = (None, None) if facts is None else facts(java_object)
        wrapped._java_message_ = message
        wrapped.args = () if message is None else (message,)
        wrapped.__cause__ = cause
        return wrapped

    def __str__(self) -> str:
        # Kept, since tracebacks are printed when Java cannot be asked any more.
        message = getattr(self, "_java_message_", None)
        name: str = type(self)._java_name_  # type: ignore[attr-defined]
        return name if message is None else message


_AS_OTHERS = ("__eq__", "__hash__", "__dir__", "__reduce_ex__")

BEHAVIOUR = taken_from(_Throwable) | {name: vars(Anything)[name] for name in _AS_OTHERS}
