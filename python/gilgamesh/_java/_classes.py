"""Making Python classes of Java's, each once an interpreter, when it is first met."""

from __future__ import annotations

import _gilgamesh
from _gilgamesh import JavaFunction, JavaObject

from gilgamesh._java import _behaviours, _members, _signatures, _throwables
from gilgamesh._java._implementations import JavaInterface
from gilgamesh._java._metaclass import JavaClass, JavaEnum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_classes: dict[int, type] = {}
_ROOT_OF_THROWABLES = "java.lang.Throwable"


def class_of(number: int) -> type:
    """Give the Python class of the Java class that has this number."""
    found = _classes.get(number)
    # Where two threads make the class, all get the one that came first.
    return found if found is not None else _classes.setdefault(number, _make(_gilgamesh.describe(number)))


def find(name: str) -> type | None:
    """Give the Python class of a Java class by name, None where there is no such class."""
    number = _gilgamesh.find_class(name)
    return None if number is None else class_of(number)


def _make(description: dict[str, Any]) -> type:
    parent = JavaObject if description["super"] is None else class_of(description["super"])
    bases = _bases(description, parent)
    namespace = _facts(description, parent)
    methods = _members.methods_of(description)
    fields = _members.fields_of(
        description, lambda name: name in methods or _members.is_method(_inherited(bases, name))
    )
    steps = _behaviours.steps_of(description["protocols"])
    if description["name"] == _ROOT_OF_THROWABLES:
        steps = {**_inherited_from_object(parent), **steps}
    namespace |= {**steps, **methods, **fields}
    _add_behaviours(namespace, description, bases)
    properties = _members.properties_of(description, lambda name: _inherited(bases, name))
    namespace |= {name: member for name, member in properties.items() if name not in namespace}
    made = _metaclass(bases, description)(description["qualname"].rpartition(".")[2], bases, namespace)
    _behaviours.register(made, description["protocols"])
    _signatures.sign([(methods[method["name"]], method["signatures"]) for method in description["methods"]])
    return made


def _bases(description: dict[str, Any], parent: type) -> tuple[type, ...]:
    if description["name"] == _ROOT_OF_THROWABLES:
        return (Exception,)
    is_function = description["function"] is not None and description["kind"] != "throwable"
    if is_function and not issubclass(parent, JavaFunction):
        return (JavaFunction,) if parent is JavaObject else (parent, JavaFunction)
    return (parent,)


def _metaclass(bases: tuple[type, ...], description: dict[str, Any]) -> type[JavaClass]:
    if description["kind"] == "interface":
        return JavaInterface
    is_enum = description["kind"] == "enum" or isinstance(bases[0], JavaEnum)
    return JavaEnum if is_enum else JavaClass


def _facts(description: dict[str, Any], parent: type) -> dict[str, Any]:
    number = description["number"]
    constructor = description["constructor"]
    leaves = description.get("constructor_leaves")
    maker = None if constructor is None else _members.static_method(constructor, description["name"], leaves)
    facts: dict[str, Any] = {
        "__module__": description["module"],
        "__qualname__": description["qualname"],
        "__doc__": _documentation(description),
        "__java_class__": number,
        "_java_name_": description["name"],
        "_java_description_": description,
        "_java_supers_": frozenset(getattr(parent, "_java_supers_", ())) | {number, *description["interfaces"]},
        "_java_new_": maker,
        # Arrays are made by way of Python, which knows what can be iterated.
        "_java_maker_": None if description["kind"] == "array" else maker,
    }
    if description["kind"] != "throwable":
        facts["__slots__"] = ()
    if description["function"] is not None:
        facts["__java_function__"] = description["function"]
    return facts


def _documentation(description: dict[str, Any]) -> str:
    constructors = description.get("constructor_signatures") or []
    lines = _signatures.lines_of(description["qualname"], constructors)
    return "\n".join([description["doc"], "", *lines] if lines else [description["doc"]])


def _add_behaviours(namespace: dict[str, Any], description: dict[str, Any], bases: tuple[type, ...]) -> None:
    # Java's own names win; only Map.get takes a default beside, and List.sort a key, as Python's do.
    given = _behaviours.behaviours_of(description["protocols"])
    if description["name"] == _ROOT_OF_THROWABLES:
        given |= {**_throwables.BEHAVIOUR}
    for name, member in given.items():
        if name not in namespace and not _members.is_method(_inherited(bases, name)):
            namespace[name] = member
    if _is_getter_of_map(namespace, description, bases):
        namespace["get"] = _behaviours.get_from_map
    if "_java_list_set_" in namespace or _inherited(bases, "_java_list_set_") is not None:
        _let_sort_by_keys(namespace)


def _let_sort_by_keys(namespace: dict[str, Any]) -> None:
    if _members.is_method(namespace.get("sort")):
        namespace["_java_sort_"] = namespace["sort"]
        namespace["sort"] = _behaviours.sort_list


def _is_getter_of_map(namespace: dict[str, Any], description: dict[str, Any], bases: tuple[type, ...]) -> bool:
    if "_java_map_get_" not in namespace and _inherited(bases, "_java_map_get_") is None:
        return False
    getters = [method for method in description["methods"] if method["name"] == "get"]
    return any(all(len(one["parameters"]) == 1 for one in getter["signatures"]) for getter in getters)


def _inherited(bases: tuple[type, ...], name: str) -> object:
    for base in bases:
        for java in base.__mro__:
            if name in vars(java) and java not in (JavaObject, object):
                return vars(java)[name]
    return None


def _inherited_from_object(root: type) -> dict[str, Any]:
    # Python's exceptions derive from Exception, so that they have not what Java's root has.
    own = {"_java_new_", "_java_maker_", "_java_name_", "_java_description_", "_java_supers_"}
    return {name: member for name, member in vars(root).items() if _members.is_method(member) and name not in own}
