"""Jobs: code that was compiled once and is run many times, each run with variables of its own."""

from __future__ import annotations

import builtins
import threading
from types import ModuleType

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from types import CodeType
    from typing import Any

_ABSENT = object()


class Job:
    """Code with what it takes and gives. Called by many threads at once."""

    def __init__(
        self,
        name: str,
        code: CodeType,
        setup: CodeType | None,
        inputs: tuple[str, ...],
        outputs: tuple[str, ...],
        files: tuple[str | None, str | None],
    ) -> None:
        self._name = name
        self._code = code
        self._setup = setup
        self._inputs = inputs
        self._outputs = outputs
        self._file, self._setup_file = files
        # The variables that setup left, once it has run; runs copy them.
        self._base: dict[str, Any] | None = None
        self._setting_up = threading.Lock()
        self._owner = 0

    def __call__(self, everything: bool, *inputs: object) -> tuple[object, ...]:
        """Run the code: its outputs, and a dict of all it defined where ``everything`` is wanted."""
        base = self._base if self._base is not None else self._set_up()
        # A dict of its own, not a mapping that falls back to another: functions of the run see these globals alone.
        scope = base.copy()
        scope.update(zip(self._inputs, inputs, strict=True))
        if self._file is not None:
            scope["__file__"] = self._file
        exec(self._code, scope)
        try:
            outputs = tuple([scope[name] for name in self._outputs])
        except KeyError:
            raise self._undefined(scope) from None
        if not everything:
            return outputs
        before = {**base, **dict(zip(self._inputs, inputs, strict=True))}
        return (*outputs, self._defined(scope, before))

    # ---- setup

    def _set_up(self) -> dict[str, Any]:
        if self._owner == threading.get_ident():
            raise RuntimeError(f"the setup of job {self._name!r} runs the job itself")
        # Waiting for it lets go of the GIL, which the thread that runs setup needs.
        with self._setting_up:
            if self._base is None:
                self._owner = threading.get_ident()
                try:
                    self._base = self._run_setup()
                finally:
                    self._owner = 0
            return self._base

    def _run_setup(self) -> dict[str, Any]:
        scope = ModuleType("__main__", f"The job {self._name!r}.").__dict__
        scope["__builtins__"] = builtins
        if self._setup is None:
            return scope
        if self._setup_file is not None:
            scope["__file__"] = self._setup_file
        try:
            exec(self._setup, scope)
        except BaseException as error:
            error.add_note(f"raised by the setup of job {self._name!r}, which the next run tries again")
            raise
        return scope

    # ---- what a run defined

    def _defined(self, scope: dict[str, Any], before: Mapping[str, object]) -> dict[str, object]:
        """Give what the run defined, in order; the outputs among it as None, since they cross by themselves."""
        return {
            name: None if name in self._outputs else value
            for name, value in list(scope.items())
            if before.get(name, _ABSENT) is not value and _is_told(name, value)
        }

    def _undefined(self, scope: dict[str, Any]) -> NameError:
        missing = [name for name in self._outputs if name not in scope]
        told = "; ".join(f"{name!r}{self._where(name)}" for name in missing)
        plural = "s" if len(missing) > 1 else ""
        return NameError(f"job {self._name!r} ended without defining its output{plural} {told}", name=missing[0])

    def _where(self, name: str) -> str:
        """Tell where the code would define it."""
        import dis

        lines = {
            step.positions.lineno
            for step in dis.get_instructions(self._code)
            if step.opname.startswith("STORE_") and step.argval == name and step.positions is not None
        }
        places = " or ".join(str(line) for line in sorted(line for line in lines if line is not None))
        return f", which line {places} of {self._code.co_filename} sets" if places else ", which nothing in it sets"


def _is_told(name: str, value: object) -> bool:
    return isinstance(name, str) and not name.startswith("_") and not isinstance(value, ModuleType)
