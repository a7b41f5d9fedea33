"""Java's classes and objects are classes and objects of Python."""

import copy
import inspect
import numbers
import pickle
import unittest
import unittest.mock

from java.lang import Comparable, StringBuilder
from java.time import DayOfWeek
from java.util import ArrayList, HashMap, List, Map
from java.util.concurrent.atomic import AtomicInteger


class ClassTest(unittest.TestCase):
    def test_it_says_what_it_is(self):
        self.assertEqual(repr(ArrayList), "<java class java.util.ArrayList>")
        self.assertEqual((ArrayList.__module__, ArrayList.__qualname__), ("java.util", "ArrayList"))
        self.assertIn("java.util.ArrayList", ArrayList.__doc__)

    def test_its_instances_are_of_its_superclasses_and_interfaces(self):
        self.assertIsInstance(ArrayList(), List)
        self.assertNotIsInstance(ArrayList(), Map)
        self.assertTrue(issubclass(ArrayList, List))
        self.assertFalse(issubclass(List, ArrayList))
        self.assertIsInstance(DayOfWeek.MONDAY, Comparable)

    def test_an_interface_has_no_constructor(self):
        with self.assertRaisesRegex(TypeError, r"interface java\.util\.List is abstract"):
            List()

    def test_its_static_methods_are_called(self):
        self.assertEqual(List.of(1, 2), [1, 2])

    def test_nested_classes_are_its_attributes(self):
        self.assertEqual(repr(Map.Entry), "<java class java.util.Map$Entry>")
        self.assertEqual(Map.Entry.__qualname__, "Map.Entry")
        with self.assertRaisesRegex(AttributeError, "Nonsense"):
            _ = Map.Nonsense

    def test_nothing_can_be_added_to_it(self):
        with self.assertRaisesRegex(AttributeError, r"java\.util\.ArrayList.*no static field 'size_of_it'"):
            ArrayList.size_of_it = 1
        with self.assertRaises(AttributeError):
            ArrayList().size_of_it = 1
        with self.assertRaises(AttributeError):
            del ArrayList.add

    def test_a_static_name_that_it_has_not_is_an_attribute_error(self):
        with self.assertRaisesRegex(AttributeError, r"has no static member or nested class 'lst'$") as caught:
            _ = ArrayList.lst
        self.assertEqual((caught.exception.name, caught.exception.obj), ("lst", ArrayList))
        with self.assertRaisesRegex(AttributeError, r"ArrayList\.DEFAULT_CAPACITY is not public: make it public"):
            _ = ArrayList.DEFAULT_CAPACITY
        with self.assertRaisesRegex(AttributeError, r"no static field 'DEFAULT_CAPACITY': .* is not public"):
            ArrayList.DEFAULT_CAPACITY = 1
        with self.assertRaisesRegex(AttributeError, r"List\.of is static, and belongs to the interface: call it there"):
            ArrayList.of(1)
        with self.assertRaisesRegex(AttributeError, r"has no static member or nested class .of_entries.$"):
            _ = Map.of_entries
        self.assertFalse(hasattr(ArrayList, "lst"))

    def test_a_final_static_field_stays(self):
        with self.assertRaisesRegex(AttributeError, "final"):
            DayOfWeek.MONDAY = None

    def test_python_classes_do_not_derive_from_it(self):
        with self.assertRaisesRegex(TypeError, "cannot derive"):
            type("Derived", (ArrayList,), {})

    def test_completion_finds_its_members(self):
        self.assertLessEqual({"add", "append", "size", "__len__"}, set(dir(ArrayList())))
        self.assertIn("Entry", dir(Map))
        self.assertIn("MONDAY", dir(DayOfWeek))
        self.assertEqual([name for name in dir(ArrayList) + dir(ArrayList()) if name.startswith("_java")], [])

    def test_methods_have_signatures_and_documentation(self):
        self.assertEqual(len(inspect.signature(ArrayList.size).parameters), 1)
        self.assertEqual(str(inspect.signature(ArrayList.remove)), "(self, /, *args)")
        self.assertIn("remove(", ArrayList.remove.__doc__)

    def test_a_name_that_python_needs_ends_on_an_underscore(self):
        self.assertEqual(DayOfWeek.from_(DayOfWeek.MONDAY), DayOfWeek.MONDAY)
        self.assertEqual(getattr(DayOfWeek, "from")(DayOfWeek.MONDAY), DayOfWeek.MONDAY)


class EnumTest(unittest.TestCase):
    def test_its_constants_are_iterated_and_named(self):
        days = list(DayOfWeek)
        self.assertEqual((days[0], len(days)), (DayOfWeek.MONDAY, len(DayOfWeek)))
        self.assertEqual(DayOfWeek["MONDAY"], DayOfWeek.MONDAY)
        self.assertIn(DayOfWeek.MONDAY, DayOfWeek)
        with self.assertRaises(KeyError):
            DayOfWeek["NEVER"]

    def test_other_classes_are_not_iterable(self):
        with self.assertRaises(TypeError):
            iter(ArrayList)


class ObjectTest(unittest.TestCase):
    def test_its_text_is_that_of_java(self):
        values = List.of(1, 2)
        self.assertEqual(str(values), "[1, 2]")
        made = ArrayList()
        made.add(1)
        self.assertEqual(repr(made), "<java.util.ArrayList [1]>")

    def test_equality_and_hash_are_those_of_java(self):
        self.assertEqual(DayOfWeek.MONDAY, DayOfWeek.MONDAY)
        self.assertNotEqual(DayOfWeek.MONDAY, DayOfWeek.SUNDAY)
        self.assertEqual({DayOfWeek.MONDAY: 1}[DayOfWeek.MONDAY], 1)
        self.assertNotEqual(DayOfWeek.MONDAY, None)
        self.assertEqual(DayOfWeek.MONDAY, unittest.mock.ANY)

    def test_comparables_compare(self):
        self.assertLess(DayOfWeek.MONDAY, DayOfWeek.TUESDAY)
        self.assertGreaterEqual(DayOfWeek.SUNDAY, DayOfWeek.SUNDAY)
        self.assertEqual(max(DayOfWeek), DayOfWeek.SUNDAY)
        with self.assertRaises(TypeError):
            _ = DayOfWeek.MONDAY < None
        with self.assertRaises(TypeError):
            _ = HashMap() < HashMap()

    def test_numbers_that_are_objects_convert(self):
        number = AtomicInteger(3)
        self.assertEqual((int(number), float(number), [0, 1, 2, 3][number]), (3, 3.0, 3))
        self.assertFalse(AtomicInteger(0))
        self.assertIsInstance(number, numbers.Number)

    def test_beans_have_properties(self):
        number = AtomicInteger(3)
        number.plain = 5
        self.assertEqual(number.plain, 5)
        self.assertEqual(DayOfWeek.MONDAY.getValue(), DayOfWeek.MONDAY.value)
        with self.assertRaises(AttributeError):
            DayOfWeek.MONDAY.value = 1

    def test_texts_that_are_objects_are_sequences(self):
        text = StringBuilder("Gilgamesh")
        self.assertEqual((len(text), text[0], text[-1], text[3:6], text[::-1]), (9, "G", "h", "gam", "hsemagliG"))
        self.assertIn("game", text)
        self.assertEqual("".join(text), "Gilgamesh")

    def test_a_name_that_it_has_not_is_an_attribute_error(self):
        with self.assertRaisesRegex(AttributeError, r"'java\.util\.ArrayList' object has no attribute 'ad'$") as caught:
            _ = ArrayList().ad
        self.assertEqual(caught.exception.name, "ad")
        with self.assertRaisesRegex(AttributeError, r"elementData is not public"):
            _ = ArrayList().elementData
        self.assertFalse(hasattr(ArrayList(), "__array_interface__"))

    def test_it_is_neither_pickled_nor_copied(self):
        for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
            with self.assertRaisesRegex(TypeError, r"Java object.*java\.util\.ArrayList"):
                attempt(ArrayList())


if __name__ == "__main__":
    unittest.main()
