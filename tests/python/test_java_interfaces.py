"""Python classes derive from Java's interfaces."""

# ruff: noqa: N802 - methods have Java's names

import abc
import copy
import dataclasses
import enum
import pickle
import threading
import unittest

from java.lang import AutoCloseable, CharSequence, Comparable, Iterable, Object, Runnable
from java.util import ArrayList, Collections, Comparator, HashMap, HashSet, Iterator, List, Map, Optional, TreeSet
from java.util.function import BiFunction, Function, Supplier, UnaryOperator


class Task(Runnable, Comparable):
    """A class as one writes it: with state, and two interfaces."""

    done = 0

    def __init__(self, priority):
        self.priority = priority

    @property
    def urgent(self):
        return self.priority > 1

    def run(self):
        self.done += 1

    def compareTo(self, other):
        return self.priority - other.priority


class Point(Comparable):
    """A class with slots that is equal by its value."""

    __slots__ = ("x",)

    def __init__(self, x):
        self.x = x

    def __eq__(self, other):
        return isinstance(other, Point) and other.x == self.x

    def __hash__(self):
        return hash(self.x)

    def __str__(self):
        return f"at {self.x}"

    def compareTo(self, other):
        return self.x - other.x


class Plus(Function):
    def __init__(self, summand):
        self.summand = summand

    def apply(self, value):
        return value + self.summand


class ClassTest(unittest.TestCase):
    def test_it_is_an_ordinary_class_of_python(self):
        task = Task(2)
        self.assertEqual((task.priority, task.urgent, vars(task)), (2, True, {"priority": 2}))
        self.assertEqual((Task.__name__, Task.__doc__[:7]), ("Task", "A class"))
        self.assertFalse(hasattr(Point(1), "__dict__"))
        Task.added = "later"
        self.assertEqual(task.added, "later")
        del Task.added

    def test_its_instances_are_of_the_interfaces_and_of_those_that_they_extend(self):
        self.assertIsInstance(Task(1), Runnable)
        self.assertIsInstance(Task(1), Comparable)
        self.assertIsInstance(Task(1), Object)
        self.assertNotIsInstance(Task(1), Function)
        self.assertTrue(issubclass(Task, Runnable))
        self.assertFalse(issubclass(Runnable, Task))

        class Upper(UnaryOperator):
            def apply(self, text):
                return text.upper()

        self.assertTrue(issubclass(Upper, Function))

    def test_its_instances_are_pickled_and_copied(self):
        self.assertEqual(pickle.loads(pickle.dumps(Task(7))).priority, 7)
        self.assertEqual(copy.deepcopy(Task(7)).priority, 7)

    def test_it_may_be_a_dataclass(self):
        @dataclasses.dataclass(order=True)
        class Version(Comparable):
            number: int

            def compareTo(self, other):
                return self.number - other.number

        self.assertEqual(Collections.max([Version(1), Version(3)]), Version(3))
        slotted = dataclasses.dataclass(slots=True)(type("Slotted", (Runnable,), {"run": lambda self: None}))
        self.assertIsInstance(slotted(), Runnable)

    def test_it_may_have_bases_of_python_and_abstract_ones(self):
        class Named:
            def __init__(self, name):
                self.name = name

        class Sized(abc.ABC):
            @abc.abstractmethod
            def __len__(self): ...

        class Both(Named, Sized, Supplier):
            def __len__(self):
                return len(self.name)

            def get(self):
                return self.name

        both = Both("Enkidu")
        self.assertEqual((len(both), isinstance(both, Sized)), (6, True))
        self.assertEqual(ArrayList([both])[0], both)

    def test_a_subclass_adds_interfaces_and_overrides_methods(self):
        class Later(Task, Supplier):
            def get(self):
                return "later"

            def run(self):
                super().run()
                super().run()

        later = Later(1)
        Optional.empty().ifPresentOrElse(print, later)
        self.assertEqual(later.done, 2)
        self.assertIsInstance(later, Supplier)
        self.assertTrue(issubclass(Later, Runnable))

    def test_an_interface_beside_one_that_extends_it_is_the_same_interface(self):
        class Twice(Function, UnaryOperator):
            def apply(self, value):
                return value * 2

        self.assertEqual(Twice().andThen(Twice())(1), 4)

    def test_a_value_of_python_that_implements_an_interface_is_an_object(self):
        class Number(int, Supplier):
            def get(self):
                return int(self) + 1

        self.assertIs(ArrayList([Number(4)])[0].__class__, Number)


class MisfitTest(unittest.TestCase):
    def test_a_missing_method_is_told_when_the_class_is_made(self):
        message = r"^class Bare does not implement java\.lang\.Comparable: compareTo\(T\) is missing$"
        with self.assertRaisesRegex(TypeError, message):
            type(Task)("Bare", (Comparable,), {})

    def test_all_missing_methods_are_told_at_once(self):
        with self.assertRaises(TypeError) as raised:

            class Bare(Iterator, Runnable):
                pass

        lines = str(raised.exception).split("\n  ")
        self.assertEqual(lines[0], "class Bare does not implement")
        self.assertIn("java.util.Iterator: hasNext() is missing", lines)
        self.assertIn("java.lang.Runnable: run() is missing", lines)

    def test_a_default_method_does_not_stand_for_an_abstract_one_of_its_name(self):
        with self.assertRaisesRegex(TypeError, r"java\.util\.Map: remove\(Object\) is missing"):

            class Bare(Map):
                pass

    def test_a_method_of_another_number_of_parameters_is_refused(self):
        with self.assertRaisesRegex(TypeError, r"compareTo\(T\): compareTo\(\): too many positional arguments"):

            class Alone(Comparable):
                def compareTo(self): ...

        with self.assertRaisesRegex(TypeError, r"java.util.function.Function: andThen\(Function\): andThen\(\)"):

            class Overriding(Plus):
                def andThen(self): ...

        with self.assertRaisesRegex(TypeError, r"Runnable: run\(\): run\(task\): missing a required argument"):

            class Static(Runnable):
                @staticmethod
                def run(task): ...

    def test_static_methods_class_methods_and_any_number_of_parameters_fit(self):
        class Static(Runnable, Supplier, BiFunction):
            @staticmethod
            def run(): ...

            @classmethod
            def get(cls):
                return cls.__name__

            def apply(self, *values):
                return values

        self.assertIsInstance(Static(), Supplier)

    def test_special_methods_of_python_do_where_java_has_a_protocol(self):
        class Words(Iterable, Comparable, AutoCloseable):
            def __iter__(self):
                return iter("ab")

            def __lt__(self, other):
                return id(self) < id(other)

            def __exit__(self, *reason): ...

        self.assertEqual(list(ArrayList([Words()])[0]), ["a", "b"])

        class Called(Function):
            def __call__(self, value):
                return value * 2

        self.assertEqual(Plus(1).andThen(Called())(3), 8)

    def test_an_abstract_class_may_lack_methods_which_become_abstract(self):
        class Base(Runnable, Supplier, abc.ABC):
            def get(self):
                return 1

        with self.assertRaisesRegex(TypeError, "abstract.*run"):
            Base()

        class Whole(Base):
            def run(self): ...

        self.assertIsInstance(Whole(), Runnable)
        with self.assertRaisesRegex(TypeError, r"run\(\) is missing"):

            class Half(Base):
                pass

    def test_a_java_class_that_is_no_interface_says_what_is_possible(self):
        with self.assertRaisesRegex(TypeError, r"ArrayList'?>: .* derive from interfaces and exceptions"):

            class Mine(ArrayList):
                pass

        with self.assertRaisesRegex(TypeError, "both .*IllegalStateException> and the interface .*Runnable"):
            from java.lang import IllegalStateException

            class Failing(IllegalStateException, Runnable):
                def run(self): ...

    def test_a_base_with_another_class_of_classes_is_pythons_conflict(self):
        with self.assertRaisesRegex(TypeError, "metaclass conflict"):

            class Colour(Runnable, enum.Enum):
                RED = 1

    def test_interfaces_are_derived_from_and_not_registered_with(self):
        with self.assertRaisesRegex(TypeError, "derive it from <java class java.lang.Runnable>"):
            Runnable.register(int)

    def test_no_instance_of_an_interface_itself_is_made(self):
        with self.assertRaisesRegex(TypeError, "is abstract"):
            Runnable()


class CallTest(unittest.TestCase):
    def test_java_calls_its_methods(self):
        tasks = ArrayList([Task(3), Task(1), Task(2)])
        Collections.sort(tasks)
        self.assertEqual([task.priority for task in tasks], [1, 2, 3])

    def test_it_comes_back_as_the_very_object(self):
        task = Task(1)
        many = ArrayList()
        many.add(task)
        many.append(task)
        self.assertIs(many[0], task)
        self.assertIs(many.get(1), task)
        self.assertIs(List.of(task)[0], task)
        self.assertIs(Function.identity()(task), task)

    def test_it_is_found_again_by_its_own_equality_and_hash(self):
        points = HashMap()
        points.put(Point(1), "one")
        self.assertEqual(points.get(Point(1)), "one")
        self.assertIsNone(points.get(Point(2)))
        self.assertEqual(HashSet([Point(1), Point(1)]).size(), 1)
        self.assertTrue(ArrayList([Point(1)]).contains(Point(1)))
        self.assertEqual(ArrayList([Point(1)]).toString(), "[at 1]")
        task = Task(1)
        self.assertIn(task, ArrayList([task]))
        self.assertNotIn(Task(1), ArrayList([task]))

    def test_what_has_no_hash_is_no_key_in_java_either(self):
        class Loose(Runnable):
            __hash__ = None

            def run(self): ...

        with self.assertRaisesRegex(TypeError, "unhashable"):
            HashMap().put(Loose(), 1)

    def test_default_methods_are_javas_in_java_and_in_python(self):
        class ByLength(Comparator):
            def compare(self, one, other):
                return len(one) - len(other)

        names = ArrayList(["Enkidu", "Ur", "Ishtar"])
        names.sort(ByLength().reversed())
        self.assertEqual(names, ["Enkidu", "Ishtar", "Ur"])
        names.sort(ByLength().thenComparing(Comparator.naturalOrder()))
        self.assertEqual(names, ["Ur", "Enkidu", "Ishtar"])
        self.assertEqual(Plus(1).andThen(Plus(2)).andThen(lambda x: x * 10)(3), 60)
        self.assertEqual(Plus(1).compose(lambda x: x * 10)(3), 31)

    def test_default_methods_that_give_nothing_or_take_numbers_are_called_too(self):
        class Words(Iterable, CharSequence):
            def iterator(self):
                return List.of("a", "b").iterator()

            def charAt(self, index):
                return "ab"[index]

            def length(self):
                return 2

            def subSequence(self, start, end):
                return "ab"[start:end]

        seen = []
        self.assertIsNone(Words().forEach(seen.append))
        self.assertEqual(seen, ["a", "b"])
        self.assertEqual(Words().chars().sum(), 97 + 98)
        with self.assertRaisesRegex(TypeError, r"Iterable\.forEach"):
            Words().forEach()
        with self.assertRaisesRegex(TypeError, "forEach"):
            Words.forEach("no object of the class", print)

    def test_an_overridden_default_method_is_called_and_reaches_javas_by_super(self):
        class Loud(Plus):
            def andThen(self, after):
                self.asked = True
                return super().andThen(after)

        loud = Loud(1)
        self.assertEqual(loud.andThen(Plus(1))(0), 2)
        self.assertTrue(loud.asked)
        set_of = TreeSet(type("Backwards", (Comparator,), {"compare": lambda self, a, b: b - a})())
        set_of.addAll([1, 3, 2])
        self.assertEqual(list(set_of), [3, 2, 1])

    def test_what_it_raises_comes_through_java(self):
        class Failing(Comparator):
            def compare(self, one, other):
                raise KeyError("mine")

        with self.assertRaisesRegex(KeyError, "mine"):
            ArrayList([2, 1]).sort(Failing())

    def test_texts_for_a_char_sequence(self):
        class Repeated(CharSequence):
            def charAt(self, index):
                return "x"

            def length(self):
                return 3

            def subSequence(self, start, end):
                return "x" * (end - start)

            def __str__(self):
                return "xxx"

        from java.lang import StringBuilder

        self.assertEqual(str(StringBuilder().append(Repeated())), "xxx")
        self.assertTrue(Repeated().isEmpty() is False)

    def test_threads_derive_and_call_at_once(self):
        def work():
            for number in range(50):
                made = type(Task)(f"Made{number}", (Function,), {"apply": lambda self, x: x + 1})
                results.append(made().andThen(made())(number) == number + 2)

        results = []
        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(results, [True] * 200)
