"""Contexts that scripts open: Java's contexts, seen from Python."""

from __future__ import annotations

import _gilgamesh

from gilgamesh import _services

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any


class _Held:
    """Holds a value that would cross as a copy, so that it crosses as it is."""

    __slots__ = ("value",)

    def __init__(self, value: object) -> None:
        self.value = value


class Context:
    """A scope with variables of its own, until it is closed; :func:`gilgamesh.context` opens one.

    What crosses between two contexts of one interpreter crosses as it is; between interpreters values are copied, and
    other objects by pickle.
    """

    def __init__(self, name: str | None, isolated: bool) -> None:
        self._name = name
        self._isolated = isolated
        self._number: int | None = _gilgamesh.serve(_services.OPEN_CONTEXT, name, isolated)

    @property
    def name(self) -> str | None:
        """The name that it was opened by, ``None`` for one without."""
        return self._name

    @property
    def isolated(self) -> bool:
        """Whether it has an interpreter of its own."""
        return self._isolated

    @property
    def closed(self) -> bool:
        """Whether it was closed by this object."""
        return self._number is None

    def exec(self, code: str) -> None:
        """Run statements in its variables.

        Raises:
            ValueError: if the context is closed.
        """
        _gilgamesh.serve(_services.RUN, self._open(), code)

    def eval(self, expression: str) -> Any:  # noqa: ANN401 - whatever the expression yields
        """Evaluate an expression in its variables.

        Raises:
            ValueError: if the context is closed.
        """
        return _gilgamesh.serve(_services.EVALUATE, self._open(), expression)

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 - whatever the variable holds
        """Get a variable.

        Raises:
            KeyError: if it has none of this name.
        """
        value, found = self.eval(f"(globals().get({name!r}), {name!r} in globals())")
        if not found:
            raise KeyError(name)
        return value

    def __setitem__(self, name: str, value: object) -> None:
        """Set a variable."""
        _gilgamesh.serve(_services.SET_VARIABLE, self._open(), name, _Held(value))

    def __delitem__(self, name: str) -> None:
        """Delete a variable.

        Raises:
            KeyError: if it has none of this name.
        """
        if not self.eval(f"globals().pop({name!r}, globals) is not globals"):
            raise KeyError(name)

    def __contains__(self, name: object) -> bool:
        """Tell whether it has a variable of this name."""
        return isinstance(name, str) and bool(self.eval(f"{name!r} in globals()"))

    def reset(self) -> None:
        """Make it as it was when it was opened."""
        self._number = _gilgamesh.serve(_services.RESET_CONTEXT, self._open())

    def close(self) -> None:
        """Close it: its variables are gone and its name is free again. Closing again does nothing."""
        number, self._number = self._number, None
        if number is not None:
            _gilgamesh.serve(_services.CLOSE_CONTEXT, number)

    def _open(self) -> int:
        if self._number is None:
            raise ValueError(f"{self!r} is closed")
        return self._number

    def __enter__(self) -> Context:
        """Give the context itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def __repr__(self) -> str:
        """Tell its name, and what kind of context it is."""
        kind = "isolated context" if self._isolated else "context"
        return f"<{kind} {self._name!r}{'' if self._number is not None else ', closed'}>"
