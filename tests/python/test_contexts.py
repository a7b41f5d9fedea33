"""Contexts that scripts open."""

import sys
import unittest

import gilgamesh


class NamespaceTest(unittest.TestCase):
    def test_it_has_variables_of_its_own_and_is_closed_by_with(self):
        global shared
        shared = "outer"
        with gilgamesh.context("scripts") as context:
            context.exec("shared = 'inner'\ndef f(): return shared")
            self.assertEqual(context.eval("f()"), "inner")
            self.assertEqual(shared, "outer")
            self.assertEqual((context.name, context.isolated, context.closed), ("scripts", False, False))
            self.assertEqual(repr(context), "<context 'scripts'>")
        self.assertTrue(context.closed)
        self.assertEqual(repr(context), "<context 'scripts', closed>")
        with self.assertRaisesRegex(ValueError, "'scripts', closed"):
            context.eval("1")
        context.close()

    def test_objects_cross_as_they_are(self):
        with gilgamesh.context() as context:
            items = [1, (2, 3)]
            context["items"] = items
            self.assertIs(context["items"], items)
            context.exec("items.append(4)")
            self.assertEqual(items, [1, (2, 3), 4])
            self.assertEqual(context.eval("(1, {2}, None)"), (1, {2}, None))
            self.assertIsNone(context.eval("None"))

    def test_variables_are_items(self):
        with gilgamesh.context() as context:
            context["x"] = 1
            self.assertIn("x", context)
            self.assertNotIn("y", context)
            self.assertNotIn(1, context)
            del context["x"]
            with self.assertRaisesRegex(KeyError, "x"):
                context["x"]
            with self.assertRaisesRegex(KeyError, "x"):
                del context["x"]

    def test_a_name_in_use_is_refused(self):
        with gilgamesh.context("twice"):
            with self.assertRaisesRegex(Exception, "'twice' is open already"):
                gilgamesh.context("twice")
        gilgamesh.context("twice").close()
        with self.assertRaisesRegex(Exception, "blank"):
            gilgamesh.context(" ")

    def test_exceptions_are_the_same_ones(self):
        with gilgamesh.context() as context:
            context.exec("class Own(Exception): pass\ndef fail(): raise Own('why')")
            own = context["Own"]
            with self.assertRaisesRegex(own, "why"):
                context.eval("fail()")
            with self.assertRaises(SyntaxError):
                context.exec("if")

    def test_reset_takes_its_variables(self):
        with gilgamesh.context("again") as context:
            context["x"] = 1
            context.reset()
            self.assertNotIn("x", context)
            context["x"] = 2
            self.assertEqual(context["x"], 2)

    def test_contexts_nest(self):
        with gilgamesh.context() as outer:
            outer.exec(
                "import gilgamesh\nwith gilgamesh.context() as inner:\n    inner['x'] = 5\n    result = inner.eval('x + 1')"
            )
            self.assertEqual(outer["result"], 6)


@unittest.skipIf(sys.version_info < (3, 12), "needs CPython 3.12")
class IsolatedTest(unittest.TestCase):
    def test_values_and_objects_are_copied(self):
        with gilgamesh.context(isolated=True) as context:
            value = {"a": [1, 2.5, "three"], "b": (4, {5}, frozenset({6}))}
            context["value"] = value
            copy = context["value"]
            self.assertEqual(copy, value)
            self.assertIsNot(copy, value)
            context["pair"] = (1, 2)
            self.assertEqual(context.eval("value['a'][0] + 1"), 2)
            self.assertEqual(context.eval("type(value['b']).__name__"), "tuple")
            self.assertEqual(repr(context), "<isolated context None>")

    def test_modules_are_its_own(self):
        import json

        with gilgamesh.context(isolated=True) as context:
            context.exec("import json\njson.dumps = len")
            self.assertEqual(context.eval("json.dumps([1, 2, 3])"), 3)
            self.assertEqual(json.dumps([1]), "[1]")
            context.reset()
            self.assertEqual(context.eval("__import__('json').dumps([1])"), "[1]")

    def test_exceptions_arrive_with_what_they_said(self):
        with gilgamesh.context(isolated=True) as context:
            with self.assertRaisesRegex(Exception, "ValueError: why"):
                context.exec("raise ValueError('why')")
            with self.assertRaisesRegex(Exception, "pickle"):
                context.eval("(i for i in [])")


class OldPythonTest(unittest.TestCase):
    @unittest.skipUnless(sys.version_info < (3, 12), "only CPython 3.11 has none")
    def test_isolated_contexts_are_refused(self):
        with self.assertRaisesRegex(Exception, "3.12 or later"):
            gilgamesh.context(isolated=True)
