"""The package as a Python program inside the JVM sees it."""

import importlib.metadata
import pkgutil
import sys
import unittest

import gilgamesh


class PackageTest(unittest.TestCase):
    def test_every_public_name_exists(self):
        for name in gilgamesh.__all__:
            self.assertTrue(hasattr(gilgamesh, name), name)

    def test_every_module_can_be_imported(self):
        for module in pkgutil.iter_modules(gilgamesh.__path__):
            with self.subTest(module.name):
                __import__(f"gilgamesh.{module.name}")

    def test_the_package_is_last_on_the_path_and_shadows_nothing(self):
        folder = gilgamesh.__path__[0]
        self.assertEqual(sys.path[-1], folder.removesuffix("/gilgamesh"))

    def test_it_is_no_distribution_that_pip_could_change(self):
        with self.assertRaises(importlib.metadata.PackageNotFoundError):
            importlib.metadata.distribution("gilgamesh")


if __name__ == "__main__":
    unittest.main()
