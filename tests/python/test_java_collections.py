"""Java's collections take part in Python's protocols."""

import collections.abc
import unittest

from java.util import ArrayList, ConcurrentModificationException, HashMap, HashSet


def a_list(*values):
    made = ArrayList()
    for value in values:
        made.add(value)
    return made


def a_map(**pairs):
    made = HashMap()
    for key, value in pairs.items():
        made.put(key, value)
    return made


def a_set(*values):
    made = HashSet()
    for value in values:
        made.add(value)
    return made


class ListTest(unittest.TestCase):
    def test_it_has_a_length_and_elements(self):
        values = a_list("a", "b", "c")
        self.assertEqual(len(values), 3)
        self.assertEqual((values[0], values[-1]), ("a", "c"))
        self.assertIn("b", values)
        self.assertNotIn("d", values)

    def test_an_index_beyond_its_ends_is_an_index_error(self):
        for index in (3, -4):
            with self.assertRaises(IndexError):
                a_list(1, 2, 3)[index]

    def test_an_empty_one_is_false(self):
        self.assertFalse(a_list())
        self.assertTrue(a_list(0))

    def test_slices_are_lists_of_python(self):
        values = a_list(0, 1, 2, 3, 4, 5)
        for part in (
            slice(1, 3),
            slice(None),
            slice(None, None, 2),
            slice(None, None, -1),
            slice(-2, 0, -2),
            slice(4, 2),
        ):
            with self.subTest(part):
                self.assertEqual(values[part], [0, 1, 2, 3, 4, 5][part])
                self.assertIs(type(values[part]), list)

    def test_slices_are_assigned_as_lists_do(self):
        for part, new in (
            (slice(1, 3), ["x"]),
            (slice(1, 1), ["x", "y"]),
            (slice(4, 1), ["x"]),
            (slice(None), []),
            (slice(None, None, 2), ["x", "y", "z"]),
            (slice(None, None, -2), ["x", "y", "z"]),
        ):
            with self.subTest(part):
                java, python = a_list(0, 1, 2, 3, 4), [0, 1, 2, 3, 4]
                java[part] = new
                python[part] = new
                self.assertEqual(java, python)

    def test_an_extended_slice_takes_as_many_values_as_it_has(self):
        values = a_list(0, 1, 2, 3)
        with self.assertRaises(ValueError):
            values[::2] = [1]
        self.assertEqual(values, [0, 1, 2, 3])

    def test_elements_and_slices_are_deleted(self):
        for part in (0, -1, slice(1, 3), slice(None, None, 2), slice(None, None, -2), slice(3, 1), slice(None)):
            with self.subTest(part):
                java, python = a_list(0, 1, 2, 3, 4), [0, 1, 2, 3, 4]
                del java[part]
                del python[part]
                self.assertEqual(java, python)

    def test_it_equals_a_list_with_equal_elements(self):
        self.assertEqual(a_list(1, "b"), [1, "b"])
        self.assertEqual([1, "b"], a_list(1, "b"))
        self.assertNotEqual(a_list(1), [2])
        self.assertNotEqual(a_list(1), (1,))
        self.assertEqual(a_list(1), a_list(1))
        self.assertEqual(a_list(a_list(1)), [[1]])

    def test_what_lists_of_python_do_beside(self):
        values = a_list(1)
        values.append(2)
        values.extend([3, 4])
        values += (5,)
        values.insert(0, 0)
        self.assertEqual(values.pop(), 5)
        self.assertEqual(values.pop(0), 0)
        values.reverse()
        self.assertEqual(values, [4, 3, 2, 1])
        self.assertEqual((values.index(2), values.count(3)), (2, 1))
        with self.assertRaises(ValueError):
            values.index(9)
        with self.assertRaises(IndexError):
            a_list().pop()

    def test_it_is_sorted_by_keys_and_reversed(self):
        values = a_list("bb", "a", "ccc")
        values.sort()
        self.assertEqual(values, ["a", "bb", "ccc"])
        values.sort(key=len, reverse=True)
        self.assertEqual(values, ["ccc", "bb", "a"])
        values.sort(None)
        self.assertEqual(values, ["a", "bb", "ccc"])
        with self.assertRaises(TypeError):
            values.sort(lambda one, other: 0, key=len)

    def test_it_is_made_of_whatever_is_iterated(self):
        for iterable in (range(3), (i for i in range(3)), {0: "a", 1: "b", 2: "c"}.keys(), map(int, "012")):
            self.assertEqual(ArrayList(iterable), [0, 1, 2])
        values = a_list()
        values.extend(range(2))
        values.addAll(i for i in range(2))
        self.assertEqual(values, [0, 1, 0, 1])
        self.assertEqual(HashSet(range(2)), {0, 1})

    def test_it_is_iterated_both_ways(self):
        values = a_list(*range(3000))
        self.assertEqual(list(values), list(range(3000)))
        self.assertEqual(list(reversed(values)), list(reversed(range(3000))))

    def test_a_change_while_it_is_iterated_raises(self):
        values = a_list(1, 2, 3)
        with self.assertRaises(ConcurrentModificationException):
            for value in values:
                values.add(value)

    def test_an_iterator_of_java_goes_on_where_it_was_left(self):
        iterator = a_list(1, 2, 3).iterator()
        self.assertEqual(next(iterator), 1)
        self.assertEqual(list(iterator), [2, 3])
        with self.assertRaises(StopIteration):
            next(iterator)

    def test_it_is_a_mutable_sequence(self):
        self.assertIsInstance(a_list(), collections.abc.MutableSequence)
        self.assertNotIsInstance(a_list(), collections.abc.Mapping)

    def test_a_pattern_takes_it_apart(self):
        match a_list(1, 2, 3):
            case [first, *rest]:
                self.assertEqual((first, rest), (1, [2, 3]))
            case _:
                self.fail("a Java list is no sequence to match")


class MapTest(unittest.TestCase):
    def test_its_keys_have_values(self):
        ages = a_map(ann=30)
        self.assertEqual((ages["ann"], len(ages), "ann" in ages), (30, 1, True))
        with self.assertRaises(KeyError) as caught:
            ages["bob"]
        self.assertEqual(caught.exception.args, ("bob",))

    def test_keys_are_set_and_deleted(self):
        ages = a_map(ann=30)
        ages["bob"] = 40
        del ages["ann"]
        self.assertEqual(ages, {"bob": 40})
        with self.assertRaises(KeyError):
            del ages["ann"]

    def test_get_and_its_kin_take_defaults(self):
        ages = a_map(ann=30)
        self.assertEqual((ages.get("ann"), ages.get("bob"), ages.get("bob", 1)), (30, None, 1))
        self.assertEqual((ages.setdefault("ann", 1), ages.setdefault("cid", 2)), (30, 2))
        self.assertEqual((ages.pop("cid"), ages.pop("cid", 3)), (2, 3))
        with self.assertRaises(KeyError):
            ages.pop("cid")
        self.assertEqual(ages.popitem(), ("ann", 30))
        with self.assertRaises(KeyError):
            ages.popitem()

    def test_update_takes_what_dicts_take(self):
        ages = a_map()
        ages.update({"a": 1})
        ages.update([("b", 2)], c=3)
        ages.update(a_map(d=4))
        ages |= {"e": 5}
        self.assertEqual(dict(ages), {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5})

    def test_items_are_pairs_of_the_living_map(self):
        ages = a_map(ann=30)
        items = ages.items()
        ages["bob"] = 40
        self.assertEqual(set(items), {("ann", 30), ("bob", 40)})
        self.assertIn(("ann", 30), items)
        self.assertEqual(len(items), 2)

    def test_it_is_iterated_by_its_keys(self):
        self.assertEqual(sorted(a_map(a=1, b=2)), ["a", "b"])
        self.assertEqual(sorted(a_map(a=1, b=2).keys()), ["a", "b"])
        self.assertEqual(sorted(a_map(a=1, b=2).values()), [1, 2])

    def test_operators_make_dicts(self):
        self.assertEqual(a_map(a=1) | {"b": 2}, {"a": 1, "b": 2})
        self.assertEqual({"a": 0} | a_map(a=1), {"a": 1})

    def test_it_is_a_mutable_mapping(self):
        self.assertIsInstance(a_map(), collections.abc.MutableMapping)
        self.assertEqual({**a_map(a=1)}, {"a": 1})

    def test_a_change_while_it_is_iterated_raises(self):
        ages = a_map(a=1, b=2, c=3)
        with self.assertRaises(ConcurrentModificationException):
            for key in ages:
                ages[key * 2] = 0


class SetTest(unittest.TestCase):
    def test_operators_make_sets_of_python(self):
        values = a_set(1, 2, 3)
        self.assertEqual(values & {2, 9}, {2})
        self.assertEqual({2, 9} & values, {2})
        self.assertEqual(values | {9}, {1, 2, 3, 9})
        self.assertEqual(values - {1}, {2, 3})
        self.assertEqual({1, 9} - values, {9})
        self.assertEqual(values ^ {1, 9}, {2, 3, 9})
        self.assertTrue({1} < values <= {1, 2, 3})

    def test_operators_in_place_change_it(self):
        values = same = a_set(1, 2, 3)
        values |= {4}
        values &= {2, 3, 4}
        values -= {2}
        values ^= {3, 9}
        self.assertIs(values, same)
        self.assertEqual(values, {4, 9})

    def test_it_equals_a_set_with_equal_elements(self):
        self.assertEqual(a_set(1, 2), {1, 2})
        self.assertEqual({1, 2}, a_set(1, 2))
        self.assertEqual(a_set(1), frozenset([1]))
        self.assertNotEqual(a_set(1), {2})

    def test_elements_are_removed(self):
        values = a_set(1)
        values.discard(2)
        self.assertEqual(values.pop(), 1)
        with self.assertRaises(KeyError):
            values.pop()
        self.assertIsInstance(values, collections.abc.MutableSet)


if __name__ == "__main__":
    unittest.main()
