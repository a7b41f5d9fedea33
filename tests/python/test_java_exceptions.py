"""Java's exceptions are exceptions of Python."""

import pickle
import traceback
import unittest

import _gilgamesh

import java.lang
from java.lang import IllegalStateException, RuntimeException
from java.util import ArrayList, ConcurrentModificationException


class ExceptionTest(unittest.TestCase):
    def test_one_that_java_throws_is_caught_by_its_class(self):
        values = ArrayList()
        values.add(1)
        with self.assertRaises(java.lang.RuntimeException) as caught:
            for value in values:
                values.add(value)
        self.assertIs(type(caught.exception), ConcurrentModificationException)
        self.assertIsInstance(caught.exception, Exception)

    def test_one_is_made_and_raised_in_python(self):
        with self.assertRaises(RuntimeException) as caught:
            raise IllegalStateException("closed")
        error = caught.exception
        self.assertEqual((str(error), error.args, error.getMessage()), ("closed", ("closed",), "closed"))
        self.assertIsInstance(error.__java__, _gilgamesh.JavaObject)

    def test_one_without_a_message_has_no_text_beside_its_class(self):
        self.assertEqual(str(IllegalStateException()), "")
        self.assertEqual(IllegalStateException().args, ())

    def test_a_cause_of_java_is_a_cause_in_python(self):
        cause = IllegalStateException("first")
        error = RuntimeException("second", cause)
        self.assertIs(type(error.__cause__), IllegalStateException)
        self.assertEqual(str(error.__cause__), "first")

    def test_a_traceback_shows_it_by_its_full_name(self):
        lines = traceback.format_exception_only(IllegalStateException("closed"))
        self.assertEqual(lines, ["java.lang.IllegalStateException: closed\n"])

    def test_a_python_class_derives_from_one(self):
        class TooLate(IllegalStateException):
            def __init__(self, minutes):
                super().__init__(f"{minutes} minutes late")
                self.minutes = minutes

        with self.assertRaises(IllegalStateException) as caught:
            raise TooLate(5)
        error = caught.exception
        self.assertEqual((error.minutes, str(error), error.getMessage()), (5, "5 minutes late", "5 minutes late"))
        self.assertIsInstance(error.__java__, _gilgamesh.JavaObject)
        self.assertFalse(issubclass(IllegalStateException, TooLate))
        TooLate.limit = 3
        self.assertEqual(TooLate.limit, 3)

    def test_it_is_raised_by_its_class(self):
        with self.assertRaises(IllegalStateException) as caught:
            raise IllegalStateException
        self.assertEqual((str(caught.exception), caught.exception.args), ("", ()))

    def test_notes_are_added(self):
        error = IllegalStateException("x")
        self.assertEqual(error.__notes__, [])
        error.add_note("one")
        error.add_note("two")
        self.assertEqual(error.__notes__, ["one", "two"])
        self.assertEqual(traceback.format_exception_only(error)[1:], ["one\n", "two\n"])
        with self.assertRaises(TypeError):
            error.add_note(1)

    def test_a_cause_and_a_context_of_python_are_kept(self):
        with self.assertRaises(IllegalStateException) as caught:
            try:
                {}["k"]
            except KeyError as error:
                raise IllegalStateException("x") from error
        self.assertIsInstance(caught.exception.__cause__, KeyError)
        self.assertIs(caught.exception.__cause__, caught.exception.__context__)

    def test_a_class_may_derive_from_one_of_java_and_one_of_python(self):
        class BothError(IllegalStateException, ValueError):
            pass

        for kind in (IllegalStateException, ValueError, Exception):
            with self.subTest(kind=kind), self.assertRaises(kind):
                raise BothError("x")

    def test_members_of_a_group_are_split_by_their_class(self):
        caught = []
        try:
            raise ExceptionGroup("both", [IllegalStateException("x"), KeyError("k")])
        except* RuntimeException as group:
            caught += group.exceptions
        except* KeyError as group:
            caught += group.exceptions
        self.assertEqual([type(error) for error in caught], [IllegalStateException, KeyError])

    def test_a_name_that_it_has_not_is_an_attribute_error_that_says_why(self):
        with self.assertRaisesRegex(AttributeError, r"'IllegalStateException' object has no attribute 'nothing'$"):
            _ = IllegalStateException("x").nothing
        with self.assertRaisesRegex(AttributeError, r"Throwable\.detailMessage is not public"):
            _ = IllegalStateException("x").detailMessage
        with self.assertRaisesRegex(AttributeError, r"Throwable\.detailMessage is not public"):
            _ = IllegalStateException.detailMessage

    def test_a_name_is_asked_for_before_java_is_initialized(self):
        class Late(IllegalStateException):
            def __init__(self):
                self.early = hasattr(self, "detailMessage")
                super().__init__("late")

        self.assertFalse(Late().early)
        with self.assertRaisesRegex(AttributeError, r"'Late' object has no attribute 'detailMessage': .*not public"):
            _ = Late().detailMessage

    def test_it_is_not_pickled(self):
        with self.assertRaisesRegex(TypeError, "Java object"):
            pickle.dumps(IllegalStateException("x"))


if __name__ == "__main__":
    unittest.main()
