"""What Java's classes and objects look like in Python.

``_classes`` makes a Python class of a description that Java gives; ``_metaclass`` is how such classes behave,
``_members`` what they have of Java's, ``_behaviours`` what they have of Python's protocols, ``_throwables`` what
exceptions have, ``_arrays`` how arrays are made, ``_implementations`` the Python classes that derive from interfaces,
``_requirements`` what those need, ``_signatures`` what ``inspect`` and ``help`` show.
"""

from gilgamesh._java._classes import class_of, find
from gilgamesh._java._metaclass import JavaClass

__all__ = ["JavaClass", "class_of", "find"]
