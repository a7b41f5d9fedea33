"""What an interpreter was like before its first context, and making it so again.

Modules of the standard library stay, since importing them again costs a hundred times more than the rest and loses
memory; what a context did to them is undone, name by name, in the module and in its classes. Its own modules go.
What CPython has no way to ask for or take back stays: among it error handlers of codecs, adapters of sqlite3, and
attributes of objects that modules hold. So this separates tasks that trust each other.
"""

from __future__ import annotations

import codecs
import gc
import sys
from _thread import get_ident
from importlib.machinery import ExtensionFileLoader
from types import ModuleType

from gilgamesh import _code, _libraries

TYPE_CHECKING = False
if TYPE_CHECKING:
    from codecs import CodecInfo
    from collections.abc import Callable, Sequence
    from importlib.abc import Loader
    from importlib.machinery import ModuleSpec
    from typing import Any

_IMMUTABLE = 1 << 8  # Py_TPFLAGS_IMMUTABLETYPE

# Attributes of classes that come and go by themselves.
_VOLATILE = frozenset(
    ("__annotations__", "__annotations_cache__", "__annotate_func__", "__abstractmethods__", "__dict__", "__weakref__")
)

_modules: dict[str, _Module] = {}
_undo: list[Callable[[], None]] = []
_searches: list[Any] = []
_missing = object()


def take() -> None:
    """Note what is there now."""
    codecs.register = _noting_searches(codecs.register)
    sys.meta_path.insert(0, _Recorder)
    for name, module in list(sys.modules.items()):
        _note_module(name, module)
    for shared in (sys.path, sys.meta_path, sys.path_hooks, sys.warnoptions, sys.argv, gc.callbacks):
        _undo.append(_put_back(shared))
    _undo.extend(_interpreter_settings())


def restore() -> None:
    """Undo what was done since."""
    _drop_modules()
    for name, noted in list(_modules.items()):
        sys.modules[name] = noted.restored()
    for undo in _undo:
        undo()
    while _searches:
        codecs.unregister(_searches.pop())
    _code.forget_sources()
    gc.garbage.clear()


# ---- modules


class _Module:
    """A module's names and those of its classes, as they were."""

    __slots__ = ("classes", "module", "names")

    def __init__(self, module: ModuleType) -> None:
        self.module = module
        self.names = dict(vars(module))
        own = module.__name__
        self.classes = [
            (value, dict(vars(value)))
            for value in self.names.values()
            if isinstance(value, type) and not value.__flags__ & _IMMUTABLE and value.__module__ == own
        ]

    def restored(self) -> ModuleType:
        names = vars(self.module)
        for name in [name for name in names if name not in self.names]:
            if not _is_submodule(self.module, name, names[name]):
                del names[name]
        for name, value in self.names.items():
            if names.get(name, _missing) is not value:
                names[name] = value
        for kind, attributes in self.classes:
            _restore_class(kind, attributes)
        return self.module


def _note_module(name: str, module: object) -> None:
    if isinstance(module, ModuleType) and not _is_own(name):
        _modules[name] = _Module(module)
        undo = _libraries.undo_of(name, module)
        if undo is not None:
            _undo.append(undo)


def _is_submodule(module: ModuleType, name: str, value: object) -> bool:
    return sys.modules.get(f"{module.__name__}.{name}", _missing) is value


def _restore_class(kind: type, attributes: dict[str, Any]) -> None:
    now = vars(kind)
    for name in [name for name in now if name not in attributes and name not in _VOLATILE]:
        type.__delattr__(kind, name)
    for name, value in attributes.items():
        if name not in _VOLATILE and now.get(name, _missing) is not value:
            type.__setattr__(kind, name, value)


def _drop_modules() -> None:
    # A module of the standard library can stand under two names.
    noted = {id(known.module) for known in _modules.values()}
    for name, module in list(sys.modules.items()):
        is_alias = id(module) in noted and name.partition(".")[0] in sys.stdlib_module_names
        if not (name in _modules or is_alias or _is_own(name) or _is_extension(module)):
            del sys.modules[name]


def _is_own(name: str) -> bool:
    return name.partition(".")[0] in ("gilgamesh", "_gilgamesh")


def _is_extension(module: ModuleType) -> bool:
    """Whether it is of C code, which can be loaded once."""
    return isinstance(getattr(getattr(module, "__spec__", None), "loader", None), ExtensionFileLoader)


class _Recorder:
    """A finder that finds modules of the standard library by the others, and notes what they are like once imported."""

    @classmethod
    def find_spec(
        cls, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if name.partition(".")[0] not in sys.stdlib_module_names:
            return None
        for finder in sys.meta_path:
            find = None if finder is cls else getattr(finder, "find_spec", None)
            spec: ModuleSpec | None = find(name, path, target) if find else None
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Loader(spec.loader)  # type: ignore[assignment]
                return spec
        return None


# Modules that a thread has imported inside an import of the standard library's that goes on: until its end they may
# set names of each other.
_importing: dict[int, list[str]] = {}


class _Loader:
    """Stands before a loader until the module is imported."""

    def __init__(self, loader: Loader) -> None:
        self._loader: Any = loader

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        create = getattr(self._loader, "create_module", None)
        return create(spec) if create else None

    def exec_module(self, module: ModuleType) -> None:
        module.__loader__ = self._loader
        if module.__spec__ is not None:
            module.__spec__.loader = self._loader
        thread = get_ident()
        is_outermost = thread not in _importing
        imported = _importing.setdefault(thread, [])
        try:
            self._loader.exec_module(module)
            imported.append(module.__name__)
        finally:
            if is_outermost:
                for name in _importing.pop(thread):
                    _note_module(name, sys.modules.get(name))

    def __getattr__(self, name: str) -> object:
        return getattr(self._loader, name)


# ---- what is no attribute of a module


def _put_back(shared: list[Any]) -> Callable[[], None]:
    content = shared[:]

    def undo() -> None:
        shared[:] = content

    return undo


def _interpreter_settings() -> list[Callable[[], None]]:
    recursion, interval = sys.getrecursionlimit(), sys.getswitchinterval()
    digits = sys.get_int_max_str_digits()
    thresholds, debug, collecting = gc.get_threshold(), gc.get_debug(), gc.isenabled()
    return [
        lambda: sys.setrecursionlimit(recursion),
        lambda: sys.setswitchinterval(interval),
        lambda: sys.set_int_max_str_digits(digits),
        lambda: gc.set_threshold(*thresholds),
        lambda: gc.set_debug(debug),
        gc.enable if collecting else gc.disable,
        gc.unfreeze,
        sys.path_importer_cache.clear,
    ]


def _noting_searches(register: Callable[[Any], Any]) -> Callable[[Any], Any]:
    def noting(search_function: Callable[[str], CodecInfo | None], /) -> object:
        """Register a codec search function, until the context closes."""
        result = register(search_function)
        _searches.append(search_function)
        return result

    return noting
