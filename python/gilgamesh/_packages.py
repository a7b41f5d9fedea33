"""Importing Java packages and classes where Python has no module of that name."""

from __future__ import annotations

import sys
from types import ModuleType

import _gilgamesh

TYPE_CHECKING = False
if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

# Every Java has these; whether there are others, Java is asked.
_ALWAYS = frozenset(("java", "javax", "jdk"))


def install() -> None:
    """Let imports find Java's packages, after all else was asked: Python's modules win."""
    sys.meta_path.append(_Finder)


class JavaPackage(ModuleType):
    """A Java package. It finds its classes and packages as they are asked for, and keeps none of the classes.

    What one context may use another may not, and both see this module.
    """

    def __getattr__(self, name: str) -> object:
        """Find a class, or a package within this one."""
        if name == "__all__":
            return _listed(self.__name__)
        found = None if name.startswith("__") else _member(f"{self.__name__}.{name}")
        if found is None:
            raise AttributeError(f"Java package {self.__name__} has no class or package {name}", name=name, obj=self)
        return found

    def __setattr__(self, name: str, value: object) -> None:
        """Set an attribute, unless it is a class that an import has found here."""
        if not _is_java_class(value):
            super().__setattr__(name, value)

    def __dir__(self) -> list[str]:
        """Name the classes as well, where they can be listed."""
        return sorted({*super().__dir__(), *(_gilgamesh.list_package(self.__name__) or ())})

    def __repr__(self) -> str:
        return f"<java package {self.__name__}>"


class _Finder:
    """Finds Java's packages, and classes in them; it is its own loader."""

    @classmethod
    def find_spec(cls, name: str, path: object = None, target: object = None) -> ModuleSpec | None:
        parent = name.rpartition(".")[0]
        if parent and not _has_java(parent, sys.modules.get(parent)):
            return None
        if _find_class(name) is None and not _is_package(name):
            return None
        from importlib.machinery import ModuleSpec

        return ModuleSpec(name, cls, origin="Java", is_package=True)  # type: ignore[arg-type]

    @staticmethod
    def create_module(spec: ModuleSpec) -> ModuleType:
        return JavaPackage(spec.name)

    @staticmethod
    def exec_module(module: ModuleType) -> None:
        found = _find_class(module.__name__)
        if found is not None:
            # An import takes what stands here afterwards, whatever it is.
            sys.modules[module.__name__] = found  # type: ignore[assignment]


def _has_java(name: str, parent: object) -> bool:
    if isinstance(parent, JavaPackage) or _is_java_class(parent):
        return True
    # A folder on the path that happens to be named "java" is a package without a file to Python.
    return isinstance(parent, ModuleType) and getattr(parent, "__file__", None) is None and _is_package(name)


def _is_java_class(value: object) -> bool:
    return isinstance(value, type) and "__java_class__" in vars(value)


def _find_class(name: str) -> type | None:
    package, _, last = name.rpartition(".")
    if not package:
        return None
    # The names of packages are small by custom, and Java need not be asked twice for each.
    if last[:1].islower() and _is_package(name):
        return None
    from gilgamesh import _java

    return _java.find(name)


def _member(name: str) -> object:
    found = _find_class(name)
    if found is None and _is_package(name):
        __import__(name)
        return sys.modules[name]
    return found


def _listed(package: str) -> list[str]:
    names = _gilgamesh.list_package(package)
    if names is None:
        raise ImportError(
            f"the classes of Java package {package} cannot be listed: only those of modules, folders and jars with "
            "entries for their folders can; import them by name",
            name=package,
        )
    return names


def _is_package(name: str) -> bool:
    if name in _ALWAYS:
        return True
    return bool(_gilgamesh.find_package(name))
