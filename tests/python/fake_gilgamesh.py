"""A stand-in for the core and for Java, as far as the tests of what Java looks like in Python need them.

    python tests/python/fake_gilgamesh.py [NAME...]

runs those tests in a plain Python. Inside the bridge the same tests meet Java itself.
"""

import functools
import inspect
import itertools
import pathlib
import sys
import types
import unittest

GROUPS = [None]
CLASSES = [None]
NUMBERS = {}


class JavaObject:
    __slots__ = ("__weakref__", "_value")


class JavaFunction(JavaObject):
    __slots__ = ()

    def __call__(self, *args):
        return _call(type(self).__java_function__, (self, *args))


class JavaStaticMethod:
    def __init__(self, number, name, /):
        self.number = number
        self.__name__ = name

    def __call__(self, *args, **named):
        return _call(self.number, args, named)


class JavaMethod(JavaStaticMethod):
    def __get__(self, instance, owner=None):
        return self if instance is None else functools.partial(self, instance)


class Thrown(Exception):  # noqa: N818
    """Carries a throwable of this Java through Python code that is Java here."""


def _call(number, args, named=None):
    try:
        return _to_python(GROUPS[number](*map(_to_java, args), **(named or {})))
    except Thrown as thrown:
        raise _to_python(thrown.args[0]) from None


def _to_java(value):
    java = getattr(value, "__java__", value)
    return java._value if isinstance(java, JavaObject) else value


def _to_python(value):
    if isinstance(value, tuple):
        return tuple(map(_to_python, value))
    number = NUMBERS.get(type(value))
    if number is None:
        return value
    cls = sys.modules["gilgamesh._java"].class_of(number)
    if not isinstance(value, Throwable):
        return _object(cls, value)
    carrier = _object(sys.modules["gilgamesh._java"].class_of(1), value)
    return cls._wrap_(carrier)


def _object(cls, value):
    made = JavaObject.__new__(cls)
    made._value = value
    return made


def find_class(name):
    for number, cls in enumerate(CLASSES):
        if cls is not None and name in (cls.java, cls.java.replace("$", ".")):
            return number
    if name == "java.lang.Runtime":
        raise sys.modules["gilgamesh"].JavaAccessError("java.lang.Runtime is not allowed: HostAccess...")
    return None


def find_package(name):
    return any(cls is not None and cls.java.startswith(f"{name}.") for cls in CLASSES)


# ---- descriptions


def group(function):
    GROUPS.append(function)
    return len(GROUPS) - 1


def java(name, *interfaces, kind="class", function=None, **nested):
    def define(cls):
        cls.java, cls.interfaces, cls.kind, cls.nested = name, interfaces, kind, nested
        cls.function = None if function is None else group(lambda target, *args: getattr(target, function)(*args))
        NUMBERS[cls] = len(CLASSES)
        CLASSES.append(cls)
        return cls

    return define


def describe(number):
    cls = CLASSES[number]
    parent = next((base for base in cls.__mro__[1:] if base in NUMBERS), None)
    package, _, qualname = cls.java.rpartition(".")
    own = {name: member for name, member in vars(cls).items() if not name.startswith("_") and name not in FACTS}
    makes = cls.kind not in ("interface", "enum", "array")
    signatures = [_signature(cls.__init__, False)] if "__init__" in vars(cls) else []
    return {
        "name": cls.java,
        "module": package,
        "qualname": qualname.replace("$", "."),
        "number": number,
        "super": None if cls is Object else NUMBERS[parent] if parent else 1,
        "interfaces": [NUMBERS[interface] for interface in cls.interfaces],
        "kind": cls.kind,
        "abstract": cls.kind == "interface",
        "doc": f"public class {cls.java}",
        "constructor": group(cls) if makes else None,
        "constructor_signatures": signatures,
        "methods": [_method(cls, name, member) for name, member in own.items() if callable(member)],
        "fields": [_field(cls, name) for name in own if name.isupper() or name == "counter"],
        "properties": [_bean(cls, name) for name in own if name.startswith("get") and name[3:4].isupper()],
        "function": cls.function,
        "nested": cls.nested,
        "constants": [name for name in own if name.isupper()] if cls.kind == "enum" else None,
        "protocols": {name: group(step) for name, step in STEPS.get(cls, {}).items()},
    }


FACTS = ("java", "interfaces", "kind", "nested", "function")


def _signature(function, static):
    names = [name for name in inspect.signature(function).parameters if name not in ("self", "cls")]
    kinds = [[name, "java.lang.Object[]" if name == "values" else "java.lang.Object"] for name in names]
    return {"parameters": kinds, "returns": "java.lang.Object", "varargs": "values" in names, "static": static}


def _method(cls, name, member):
    static = isinstance(member, staticmethod)
    number = group(member.__func__ if static else lambda target, *args: getattr(target, name)(*args))
    signature = _signature(member, static)
    twice = [signature, signature] if name == "remove" else [signature]
    return {"name": name.removesuffix("_"), "number": number, "static": static, "signatures": twice}


def _field(cls, name):
    final = name.isupper()
    setter = None if final else group(lambda value: setattr(cls, name, value))
    getter = group(lambda: getattr(cls, name))
    return {"name": name, "static": True, "final": final, "type": "int", "getter": getter, "setter": setter}


def _bean(cls, name):
    getter = group(lambda target: getattr(target, name)())
    setter = group(lambda target, value: getattr(target, f"set{name[3:]}")(value))
    has_setter = hasattr(cls, f"set{name[3:]}")
    return {"name": name[3:].lower(), "type": "int", "getter": getter, "setter": setter if has_setter else None}


# ---- a little Java


@java("java.lang.Object")
class Object:
    def toString(self):  # noqa: N802
        return f"{self.java}@1"

    def equals(self, other):
        return self is other

    def hashCode(self):  # noqa: N802
        return id(self) >> 4 & 0xFFFF

    def __eq__(self, other):
        return self.equals(other)

    def __hash__(self):
        return self.hashCode()

    def __str__(self):
        return self.toString()


def interface(name, **named):
    return java(name, kind="interface", **named)(type(name, (), {}))


Iterable = interface("java.lang.Iterable")
Collection = interface("java.util.Collection")
ListType = interface("java.util.List")
SetType = interface("java.util.Set")
MapType = interface("java.util.Map", Entry="java.util.Map$Entry")
Entry = interface("java.util.Map$Entry")
Comparable = interface("java.lang.Comparable")
AutoCloseable = interface("java.lang.AutoCloseable")
CharSequence = interface("java.lang.CharSequence")
ListType.of = staticmethod(lambda *values: ArrayList(values))
MapType.of = staticmethod(lambda *values: HashMap(dict(zip(values[::2], values[1::2], strict=True))))


@java("java.lang.Throwable", kind="throwable")
class Throwable(Object):
    def __init__(self, message=None, cause=None):
        self._message, self._cause = message, cause

    def getMessage(self):  # noqa: N802
        return self._message


@java("java.lang.Exception", kind="throwable")
class JavaException(Throwable):
    pass


@java("java.lang.RuntimeException", kind="throwable")
class RuntimeException(JavaException):
    pass


@java("java.lang.IllegalStateException", kind="throwable")
class IllegalStateException(RuntimeException):
    pass


@java("java.util.ConcurrentModificationException", kind="throwable")
class ConcurrentModificationException(RuntimeException):
    pass


class Cursor(Object):
    def __init__(self, values, owner=None):
        self._values, self._owner, self._size = iter(values), owner, owner and len(owner._values)


NUMBERS[Cursor] = 1


@java("java.util.Iterator", kind="class")
class Iterator(Object):
    def __init__(self, values):
        self._values = iter(values)


@java("java.util.AbstractList", Iterable, Collection, ListType)
class AbstractList(Object):
    def __init__(self, values=()):
        self._values = list(values)

    def add(self, value):
        self._values.append(value)
        return True

    def addAll(self, values):  # noqa: N802
        self._values.extend(getattr(values, "_values", values))

    def size(self):
        return len(self._values)

    def get(self, index):
        return self._values[index]

    def iterator(self):
        return Iterator(self._values)

    def remove(self, index):
        return self._values.pop(index)

    def clear(self):
        self._values.clear()

    def toString(self):  # noqa: N802
        return f"[{', '.join(map(str, self._values))}]"

    def equals(self, other):
        return isinstance(other, AbstractList) and self._values == other._values


@java("java.util.ArrayList", Iterable, Collection, ListType)
class ArrayList(AbstractList):
    pass


@java("java.util.HashSet", Iterable, Collection, SetType)
class HashSet(Object):
    def __init__(self, values=()):
        self._values = set(values)

    def add(self, value):
        self._values.add(value)

    def size(self):
        return len(self._values)


@java("java.util.HashMap", MapType)
class HashMap(Object):
    def __init__(self, values=()):
        self._values = dict(values)

    def put(self, key, value):
        self._values[key] = value

    def get(self, key):
        return self._values.get(key)

    def keySet(self):  # noqa: N802
        return HashSet(self._values)

    def values_(self):
        return ArrayList(self._values.values())


@java("java.util.concurrent.atomic.AtomicInteger")
class AtomicInteger(Object):
    def __init__(self, value=0):
        self._value = value

    def set(self, value):
        self._value = value

    def getPlain(self):  # noqa: N802
        return self._value

    def setPlain(self, value):  # noqa: N802
        self._value = value


@java("java.lang.StringBuilder", CharSequence)
class StringBuilder(Object):
    def __init__(self, text):
        self._values = text

    def toString(self):  # noqa: N802
        return self._values


@java("java.time.DayOfWeek", Comparable, kind="enum")
class DayOfWeek(Object):
    def __init__(self, number):
        self._number = number

    def getValue(self):  # noqa: N802
        return self._number

    def toString(self):  # noqa: N802
        return DAYS[self._number]

    @staticmethod
    def from_(day):
        return day


DAYS = ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
for position, day in enumerate(DAYS):
    setattr(DayOfWeek, day, DayOfWeek(position))


# ---- steps of protocols


def throw(throwable):
    raise Thrown(throwable)


def next_batch(cursor, most):
    if cursor._owner is not None and len(cursor._owner._values) != cursor._size:
        throw(ConcurrentModificationException())
    return tuple(itertools.islice(cursor._values, most))


def picked(target, start, step, count):
    return tuple(target._values[start + i * step] for i in range(count))


def replace(target, start, count, values):
    target._values[start : start + count] = getattr(values, "_values", values)


def set_slice(target, start, step, values):
    for i, value in enumerate(values):
        target._values[start + i * step] = value


def delete_slice(target, start, step, count):
    del target._values[start : start + step * (count - 1) + 1 : step]


ITERABLE = {"open_cursor": lambda target: Cursor(target._values, target)}
COLLECTION = {
    **ITERABLE,
    "__len__": lambda target: len(target._values),
    "__contains__": lambda target, value: value in target._values,
    "discard": lambda target, value: target._values.discard(value),
}
LIST = {
    **COLLECTION,
    "open_reversed_cursor": lambda target: Cursor(reversed(target._values)),
    "list_get": lambda target, index: target._values[index],
    "list_set": lambda target, index, value: target._values.__setitem__(index, value),
    "list_pop": lambda target, index: target._values.pop(index),
    "list_insert": lambda target, index, value: target._values.insert(index, value),
    "list_reverse": lambda target: target._values.reverse(),
    "list_slice": picked,
    "list_replace": replace,
    "list_set_slice": set_slice,
    "list_delete_slice": delete_slice,
}
SET = {
    **COLLECTION,
    "set_pop": lambda target: target._values.pop(),
    "discard_all": lambda target, values: target._values.difference_update(values),
    "add_all": lambda target, values: target._values.update(getattr(values, "_values", values)),
}
MAP = {
    "__len__": lambda target: len(target._values),
    "__contains__": lambda target, key: key in target._values,
    "open_cursor": lambda target: Cursor(target._values, target),
    "open_items_cursor": lambda target: Cursor(target._values.items(), target),
    "map_get": lambda target, key: target._values[key],
    "map_put": lambda target, key, value: target._values.__setitem__(key, value),
    "map_put_all": lambda target, pairs: target._values.update(getattr(pairs, "_values", pairs)),
    "map_remove": lambda target, key: target._values.pop(key),
    "map_pop": lambda target: target._values.popitem(),
}
STEPS = {
    Object: {
        "__eq__": lambda target, other: target.equals(other),
        "__hash__": lambda target: target.hashCode(),
        "__str__": lambda target: target.toString(),
        "__repr__": lambda target: target.toString(),
        "next_batch": next_batch,
    },
    Throwable: {"throwable_facts": lambda target: (target._message, target._cause)},
    Iterable: ITERABLE,
    Collection: COLLECTION,
    ListType: LIST,
    AbstractList: LIST,
    SetType: SET,
    HashSet: SET,
    MapType: MAP,
    HashMap: MAP,
    Iterator: {"__next__": lambda target: next(target._values)},
    DayOfWeek: {"compare": lambda target, other: target._number - other._number},
    AtomicInteger: {
        "__int__": lambda target: target._value,
        "__float__": lambda target: float(target._value),
        "__bool__": lambda target: target._value != 0,
        "__index__": lambda target: target._value,
    },
    StringBuilder: {
        "__len__": lambda target: len(target._values),
        "__contains__": lambda target, part: part in target._values,
        "open_cursor": lambda target: Cursor(target._values),
        "text_get": lambda target, index: target._values[index],
        "text_slice": lambda target, *part: "".join(picked(target, *part)),
    },
}


def main(names):
    here = pathlib.Path(__file__).parent
    sys.path[:0] = [str(here.parent.parent / "python")]
    core = types.ModuleType("_gilgamesh")
    vars(core).update(globals())
    sys.modules["_gilgamesh"] = core
    from gilgamesh import _packages

    _packages.install()
    loader = unittest.TestLoader()
    loader.testNamePatterns = [f"*{name}*" for name in names] or None
    tests = loader.discover(str(here), pattern="test_java_*.py")
    return unittest.TextTestRunner(verbosity=1).run(tests).wasSuccessful()


if __name__ == "__main__":
    sys.exit(not main(sys.argv[1:]))
