"""Java's exceptions as Python's."""

from __future__ import annotations

from threading import get_ident
from weakref import WeakValueDictionary

from gilgamesh._java._behaviours import Anything, taken_from
from gilgamesh._java._missing import no_attribute

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, ClassVar

    from _gilgamesh import JavaObject

# The exceptions that live in Python, by Java's identity hash: one instance of Java's is one of Python's. Where two of
# Java's share a number, the later one has it.
_living: WeakValueDictionary[int, _Throwable] = WeakValueDictionary()

# The threads that are giving exceptions their causes: each cause that arrives meanwhile is given its own in that loop,
# since causes that were linked inside each other would use the stack up.
_linking: set[int] = set()
_MOST_CAUSES = 100


class _Throwable(Exception):  # noqa: N818 - Java's name
    """What the class of ``java.lang.Throwable`` has beside what Java gives it."""

    _java_message_: str | None = None
    _java_waits_for_cause_ = False
    _java_notes_: list[str] | tuple[()] = ()
    if TYPE_CHECKING:
        __java__: JavaObject
        _java_name_: ClassVar[str]
        _java_new_: ClassVar[Callable[..., _Throwable]]
        _java_throwable_facts_: ClassVar[Callable[..., Any]]
        _java_throwable_cause_: ClassVar[Callable[..., Any]]
        _java_throwable_same_: ClassVar[Callable[..., bool]]
        _java_throwable_frames_: ClassVar[Callable[..., str]]
        _java_missing_: ClassVar[Callable[..., str | None]]

    def __init__(self, *args: object, **named: object) -> None:
        """Make the Java object of an exception whose class derives from a Java one in Python."""
        Exception.__init__(self, *args)
        _adopt(self, type(self)._java_new_(*args, **named))

    def __getattr__(self, name: str) -> object:
        if name != "__java__":
            message = f"{type(self).__name__!r} object has no attribute {name!r}"
            raise no_attribute(self, name, message, lambda: _reason(self, name))
        # Of a class in Python whose __init__ does not call Java's.
        message = ", ".join(map(str, self.args))
        try:
            _adopt(self, type(self)._java_new_(message))
        except TypeError:
            _adopt(self, type(self)._java_new_())
        return self.__java__

    @classmethod
    def _wrap_(cls, java_object: JavaObject) -> _Throwable:
        message, identity, has_cause = cls._java_throwable_facts_(java_object)
        wrapped = _known(identity, java_object)
        if wrapped is None:
            wrapped = cls.__new__(cls)
            wrapped.__java__ = java_object
            wrapped._java_message_ = message
            wrapped.args = () if message is None else (message,)
            wrapped._java_waits_for_cause_ = has_cause
            _living[identity] = wrapped
        if wrapped._java_waits_for_cause_:
            _link(wrapped)
        return wrapped

    def __str__(self) -> str:
        # Kept, since tracebacks are printed when Java cannot be asked any more.
        return self._java_message_ or ""

    # Java's frames are made into text when somebody prints the traceback.

    @property
    def __notes__(self) -> list[str]:
        frames = _frames(self)
        return [frames, *self._java_notes_] if frames else [*self._java_notes_]

    @__notes__.setter
    def __notes__(self, notes: list[str]) -> None:
        frames = vars(self).get("_java_frames_")
        self._java_notes_ = [note for note in notes if note is not frames]

    def add_note(self, note: str, /) -> None:
        """Add a note, which tracebacks show below Java's frames."""
        if not isinstance(note, str):
            raise TypeError(f"note must be a str, not {type(note).__name__!r}")
        self._java_notes_ = [*self._java_notes_, note]


def _reason(error: _Throwable, name: str) -> str | None:
    return error._java_missing_(error, name) if "__java__" in vars(error) else None


def _adopt(error: _Throwable, made: _Throwable) -> None:
    error.__java__ = made.__java__
    error._java_message_ = made._java_message_
    if made.__cause__ is not None:
        error.__cause__ = made.__cause__
    _, identity, _ = error._java_throwable_facts_(made.__java__)
    _living[identity] = error


def _known(identity: int, java_object: JavaObject) -> _Throwable | None:
    living = _living.get(identity)
    if living is None:
        return None
    try:
        return living if living._java_throwable_same_(living.__java__, java_object) else None
    except RuntimeError:
        # The context that it came through is closed: it goes on in the one that it comes through now.
        if not living._java_throwable_same_(java_object, living.__java__):
            return None
        living.__java__ = java_object
        return living


def _link(error: _Throwable) -> None:
    thread = get_ident()
    if thread in _linking:
        return
    _linking.add(thread)
    try:
        _give_causes(error)
    finally:
        _linking.discard(thread)


def _give_causes(error: _Throwable) -> None:
    seen: list[BaseException] = [error]
    while error._java_waits_for_cause_ and len(seen) < _MOST_CAUSES:
        error._java_waits_for_cause_ = False
        cause = error._java_throwable_cause_(error.__java__)
        if not isinstance(cause, BaseException) or any(cause is one for one in seen):
            return
        error.__cause__ = cause
        if not hasattr(type(cause), "_java_waits_for_cause_"):
            return
        seen.append(cause)
        error = cause  # type: ignore[assignment]


def _frames(error: _Throwable) -> str:
    known = vars(error).get("_java_frames_")
    if known is None:
        try:
            known = error._java_throwable_frames_(error.__java__)
        except Exception:
            return ""  # Java cannot be asked any more
        vars(error)["_java_frames_"] = known
    return str(known)


_AS_OTHERS = ("__eq__", "__hash__", "__dir__", "__reduce_ex__")

BEHAVIOUR = taken_from(_Throwable) | {name: vars(Anything)[name] for name in _AS_OTHERS}
