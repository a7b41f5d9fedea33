"""Java's packages and classes are imported as modules are, and never in the place of one."""

import pathlib
import sys
import tempfile
import traceback
import unittest
from types import ModuleType

import gilgamesh
from gilgamesh._packages import JavaPackage


class ImportTest(unittest.TestCase):
    def test_classes_are_imported_from_packages(self):
        from java.util import ArrayList, HashMap

        self.assertEqual(len(ArrayList()) + len(HashMap()), 0)

    def test_packages_are_imported_under_names(self):
        import java.time as jt

        self.assertEqual(str(jt.DayOfWeek.MONDAY), "MONDAY")

    def test_packages_lead_to_packages(self):
        import java

        self.assertEqual(repr(java.util.concurrent), "<java package java.util.concurrent>")
        self.assertEqual(int(java.util.concurrent.atomic.AtomicInteger(1)), 1)

    def test_a_class_and_its_nested_classes_are_imported_by_their_full_names(self):
        import java.util.ArrayList
        import java.util.Map.Entry
        from java.util.Map import Entry

        self.assertEqual(java.util.ArrayList(), [])
        self.assertIs(java.util.Map.Entry, Entry)

    def test_one_class_is_one_object(self):
        from java.util import ArrayList

        self.assertIs(ArrayList, gilgamesh.java_class("java.util.ArrayList"))
        self.assertIs(gilgamesh.java_class("java.util.Map$Entry"), gilgamesh.java_class("java.util.Map.Entry"))

    def test_all_classes_of_a_package_are_imported_that_scripts_may_use(self):
        names = {}
        exec("from java.util import *", names)
        self.assertEqual(names["ArrayList"]([1]), [1])
        self.assertNotIn("ServiceLoader", names)
        self.assertNotIn("concurrent", names)
        exec("from java import *", names)

    def test_a_package_names_its_classes(self):
        import java.lang
        import java.util

        self.assertIn("ArrayList", dir(java.util))
        self.assertIn("__name__", dir(java.util))
        self.assertIn("StringBuilder", java.lang.__all__)
        self.assertNotIn("Runtime", java.lang.__all__)
        self.assertEqual(java.util.__all__, sorted(java.util.__all__))

    def test_a_package_that_cannot_be_listed_says_so(self):
        package = JavaPackage("of.nobody")
        with self.assertRaisesRegex(ImportError, r"of\.nobody cannot be listed.*import them by name"):
            _ = package.__all__
        self.assertEqual(dir(package), dir(ModuleType("of.nobody")))

    def test_what_is_not_there_is_named(self):
        import java.util

        with self.assertRaisesRegex(ImportError, "Nonsense"):
            from java.util import Nonsense  # noqa: F401
        with self.assertRaisesRegex(ImportError, r"java\.nonsense"):
            import java.nonsense
        with self.assertRaisesRegex(AttributeError, r"java\.util has no class or package Nonsense"):
            java.util.Nonsense  # noqa: B018
        with self.assertRaisesRegex(ImportError, r"no Java class java\.util\.Nonsense"):
            gilgamesh.java_class("java.util.Nonsense")

    def test_what_is_not_allowed_is_refused_by_name(self):
        with self.assertRaisesRegex(gilgamesh.JavaAccessError, r"java\.lang\.Runtime"):
            from java.lang import Runtime  # noqa: F401
        with self.assertRaisesRegex(PermissionError, r"java\.lang\.Runtime"):
            gilgamesh.java_class("java.lang.Runtime")

    def test_the_refusal_is_known_by_its_public_name(self):
        with self.assertRaises(gilgamesh.JavaAccessError) as caught:
            gilgamesh.java_class("java.lang.Runtime")
        line = traceback.format_exception_only(caught.exception)[-1]
        self.assertTrue(line.startswith("gilgamesh.JavaAccessError: scripts may not use java.lang.Runtime"), line)

    def test_modules_of_python_win(self):
        for name in ("io", "profile", "test"):
            self.assertNotIn("java", repr(__import__(name)))
        self.assertEqual([type(finder) for finder in sys.meta_path[-1:]], [type])

    def test_a_folder_that_is_named_as_a_package_is_not_in_its_way(self):
        known = {name: sys.modules.pop(name) for name in list(sys.modules) if name.split(".")[0] == "java"}
        with tempfile.TemporaryDirectory() as folder:
            pathlib.Path(folder, "java").mkdir()
            sys.path.insert(0, folder)
            try:
                from java.util import ArrayList

                self.assertEqual(ArrayList(), [])
                self.assertIn(folder, sys.modules["java"].__path__[0])
            finally:
                sys.path.remove(folder)
                sys.modules.update(known)

    def test_other_names_are_not_found_as_before(self):
        for name in ("nonsense", "nonsense.of.Java", "json.Nonsense"):
            with self.assertRaises(ModuleNotFoundError):
                __import__(name)


if __name__ == "__main__":
    unittest.main()
