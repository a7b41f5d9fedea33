"""Arrays of Java's are made in Python."""

import array
import unittest

import gilgamesh

from java.lang import Integer
from java.time import DayOfWeek
from java.util import ArrayList, Arrays, List

ints = gilgamesh.java_class("int[]")
texts = gilgamesh.java_class("java.lang.String[]")


class LengthTest(unittest.TestCase):
    def test_an_array_is_made_of_a_length(self):
        self.assertEqual(ints(3), [0, 0, 0])
        self.assertEqual(texts(2), [None, None])
        self.assertEqual(len(ints(0)), 0)
        self.assertEqual(gilgamesh.java_class("java.lang.String[][]")(2), [None, None])

    def test_the_array_is_one_of_javas(self):
        made = ints(3)
        self.assertIsInstance(made, ints)
        made[1] = 5
        Arrays.sort(made)
        self.assertEqual(list(made), [0, 0, 5])

    def test_a_length_that_no_array_has_is_a_value_error(self):
        for length in (-1, 2**31, 2**70):
            with self.assertRaisesRegex(ValueError, rf"int\[\] has from 0 to 2147483647 elements, not {length}"):
                ints(length)

    def test_a_length_without_memory_is_a_memory_error(self):
        with self.assertRaisesRegex(MemoryError, r"2147483647 elements of long\[\]"):
            gilgamesh.java_class("long[]")(2**31 - 1)

    def test_what_is_no_length_is_refused(self):
        for value in (True, 2.5, None, object()):
            with self.assertRaisesRegex(TypeError, r"int\[\] is made of a length or of an iterable .*not of"):
                ints(value)

    def test_other_counts_of_arguments_are_refused(self):
        for arguments in ((), (1, 2)):
            with self.assertRaisesRegex(TypeError, rf"one argument, .*not of {len(arguments)}"):
                ints(*arguments)
        with self.assertRaises(TypeError):
            ints(length=5)


class ElementsTest(unittest.TestCase):
    def test_an_array_is_made_of_a_list(self):
        self.assertEqual(ints([1, 2, 3]), [1, 2, 3])
        self.assertEqual(len(ints([])), 0)

    def test_any_iterable_has_the_elements(self):
        self.assertEqual(ints(range(3)), [0, 1, 2])
        self.assertEqual(ints(n * n for n in (1, 2)), [1, 4])
        self.assertEqual(ints({7: "a"}), [7])
        self.assertEqual(ints({7}), [7])
        self.assertEqual(ints(array.array("l", [1, 2])), [1, 2])
        self.assertEqual(gilgamesh.java_class("char[]")("ab"), ["a", "b"])
        self.assertEqual(texts("ab"), ["a", "b"])
        self.assertEqual(gilgamesh.java_class("java.time.DayOfWeek[]")(DayOfWeek)[6], DayOfWeek.SUNDAY)

    def test_collections_and_arrays_of_javas_have_too(self):
        self.assertEqual(ints(ArrayList([1, 2])), [1, 2])
        self.assertEqual(ints(List.of(1, 2).stream()), [1, 2])
        first = ints([1, 2])
        other = ints(first)
        other[0] = 5
        self.assertEqual(list(first), [1, 2])

    def test_bytes_are_signed_in_an_array_of_bytes(self):
        self.assertEqual(gilgamesh.java_class("byte[]")(b"a\xff"), [97, -1])
        self.assertEqual(gilgamesh.java_class("byte[]")(memoryview(b"a")), [97])
        self.assertEqual(ints(b"a\xff"), [97, 255])

    def test_elements_are_converted_as_arguments_are(self):
        self.assertEqual(gilgamesh.java_class("double[]")([1, 2.5]), [1.0, 2.5])
        self.assertEqual(gilgamesh.java_class("java.time.DayOfWeek[]")(["MONDAY"]), [DayOfWeek.MONDAY])
        self.assertEqual(texts(["a", None]), ["a", None])
        self.assertEqual(gilgamesh.java_class("java.lang.Runnable[]")([lambda: None])[0](), None)
        self.assertEqual(list(gilgamesh.java_class("java.lang.Object[]")([1, "a", [2]]))[:2], [1, "a"])
        self.assertEqual(Integer.valueOf(1), gilgamesh.java_class("java.lang.Integer[]")([1])[0])

    def test_arrays_of_arrays_are_made_of_lists_of_lists(self):
        made = gilgamesh.java_class("java.lang.String[][]")([["a"], [], None])
        self.assertEqual((list(made[0]), len(made[1]), made[2]), (["a"], 0, None))
        self.assertEqual(gilgamesh.java_class("int[][]")([[1], (2, 3), range(2)])[1], [2, 3])

    def test_an_element_that_does_not_fit_is_told_by_its_place(self):
        with self.assertRaisesRegex(TypeError, r"int\[\]: \[2\]: str 'x' cannot become int"):
            ints([1, 2, "x"])
        with self.assertRaisesRegex(TypeError, r"\[1\]: int 2147483648 does not fit exactly in int"):
            ints([1, 2**31])
        with self.assertRaisesRegex(TypeError, r"\[0\]: None cannot become int"):
            ints([None])
        with self.assertRaisesRegex(TypeError, r"\[1\]: int 5 cannot become java\.lang\.String"):
            texts(["a", 5])
        with self.assertRaisesRegex(TypeError, r"\[1\]\[0\]: int 5 cannot become java\.lang\.String"):
            gilgamesh.java_class("java.lang.String[][]")([["a"], [5]])
        with self.assertRaisesRegex(TypeError, r"\[1\]\[0\]: str 'x' cannot become int"):
            gilgamesh.java_class("int[][]")([[1], ["x"]])

    def test_what_an_iterable_raises_is_raised(self):
        with self.assertRaises(ZeroDivisionError):
            ints(1 // n for n in (1, 0))


class ClassOfArraysTest(unittest.TestCase):
    def test_help_tells_how_it_is_made(self):
        self.assertIn("int[](java.lang.Object lengthOrElements)", ints.__doc__)

    def test_an_array_of_what_scripts_may_not_use_is_refused(self):
        with self.assertRaisesRegex(gilgamesh.JavaAccessError, r"java\.lang\.Thread"):
            gilgamesh.java_class("java.lang.Thread[]")


if __name__ == "__main__":
    unittest.main()
