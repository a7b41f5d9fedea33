"""Compiling sources that have no file, so that tracebacks still show their lines."""

from __future__ import annotations

import builtins
import sys
from types import CodeType, ModuleType

from gilgamesh._imports import after_import

# Not imported from typing: this runs at each start, and typing costs as much as all the rest of it. Nor is ast.
TYPE_CHECKING = False
if TYPE_CHECKING:
    import ast
    from collections.abc import Sequence
    from typing import Any

# Sources by name, oldest first; linecache has those that were compiled since it was imported.
_sources: dict[str, str] = {}
_MOST_SOURCES = 4096


def compile_source(source: str | bytes, name: str, expression: bool, parameters: Sequence[str]) -> CodeType:
    """Compile a script, or an expression as the body of a function of ``parameters``."""
    if isinstance(source, str):
        _remember(name, source)
    if not expression:
        return compile(source, name, "exec", dont_inherit=True)
    # Blanks before an expression are an indentation error to the compiler, and nothing to whoever wrote it.
    text = source.lstrip(" \t") if isinstance(source, str) else source
    if not parameters:
        return compile(text, name, "eval", dont_inherit=True)
    return _compile_function(text, name, parameters)


def _compile_function(text: str | bytes, name: str, parameters: Sequence[str]) -> CodeType:
    import ast

    tree = ast.parse(text, name, "eval")
    tree.body = ast.copy_location(ast.Lambda(_arguments(parameters), tree.body), tree.body)
    return compile(ast.fix_missing_locations(tree), name, "eval", dont_inherit=True)


def make_globals(name: str) -> dict[str, Any]:
    """Make the globals of a context: those of a module that is like ``__main__``."""
    module = ModuleType("__main__", f"The context {name!r}.")
    scope = module.__dict__
    scope["__builtins__"] = builtins
    return scope


def _arguments(parameters: Sequence[str]) -> ast.arguments:
    import ast

    for parameter in parameters:
        if not parameter.isidentifier():
            raise ValueError(f"{parameter!r} cannot be the name of a variable")
    named = [ast.arg(parameter) for parameter in parameters]
    return ast.arguments(posonlyargs=[], args=named, kwonlyargs=[], kw_defaults=[], defaults=[])


def _remember(name: str, source: str) -> None:
    # Other threads come here too, between any two lines of this: each line has to be right by itself.
    _sources.pop(name, None)
    if len(_sources) >= _MOST_SOURCES:
        _forget_oldest()
    _sources[name] = source
    _register(sys.modules.get("linecache"), name, source)


def _forget_oldest() -> None:
    try:
        oldest = next(iter(_sources))
    except (StopIteration, RuntimeError):
        return  # another thread was faster
    _sources.pop(oldest, None)
    getattr(sys.modules.get("linecache"), "cache", {}).pop(oldest, None)


def forget_sources() -> None:
    """Forget all sources."""
    cache = getattr(sys.modules.get("linecache"), "cache", {})
    for name in list(_sources):
        cache.pop(name, None)
    _sources.clear()


def _register(linecache: ModuleType | None, name: str, source: str) -> None:
    # While another thread imports linecache it has no cache yet; it gets all sources afterwards.
    cache = getattr(linecache, "cache", None)
    if cache is not None:
        # No time of change, so that linecache.checkcache leaves the entry alone.
        cache[name] = (len(source), None, source.splitlines(keepends=True), name)


def install() -> None:
    """Let linecache have the sources once somebody imports it; importing it at start would cost milliseconds."""
    after_import("linecache", _register_all)


def _register_all(linecache: ModuleType) -> None:
    for name, source in list(_sources.items()):
        _register(linecache, name, source)
