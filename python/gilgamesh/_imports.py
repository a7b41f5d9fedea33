"""Running something right after a module was first imported, without importing it for that."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from importlib.machinery import ModuleSpec
    from types import ModuleType

_actions: dict[str, Callable[[ModuleType], None]] = {}


def after_import(name: str, action: Callable[[ModuleType], None]) -> None:
    """Call ``action`` with the module: now if it is imported already, else once it is."""
    module = sys.modules.get(name)
    if module is not None:
        action(module)
        return
    if not _actions:
        sys.meta_path.insert(0, _Watch)
    _actions[name] = action


class _Watch:
    """A finder that finds nothing itself; it lets the others find, and adds the action to their loader."""

    @staticmethod
    def find_spec(fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        action = _actions.pop(fullname, None)
        if action is None:
            return None
        if not _actions:
            sys.meta_path.remove(_Watch)
        import importlib.util

        spec = importlib.util.find_spec(fullname)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def exec_module(module: ModuleType) -> None:
            execute(module)
            action(module)

        spec.loader.exec_module = exec_module  # type: ignore[method-assign]
        return spec
