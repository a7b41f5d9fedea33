"""The streams of Java's as Python code has them; Java's part is in its own tests."""

import contextlib
import io
import sys
import threading
import unittest
from unittest import mock

from gilgamesh import _input, _output, _router, _streams

# A number that Java has given to no stream: it refuses what is written to it.
CLOSED = 2**62


class ClosedStreamTest(unittest.TestCase):
    def setUp(self):
        self.instead = []
        self.output = _output.JavaOutput(CLOSED, False, "stdout", lambda *told: self.instead.append(told))

    def told(self):
        return [text for _, _, text in self.instead]

    def test_what_java_does_not_take_goes_elsewhere(self):
        self.output.write("a\n")
        self.assertEqual(self.instead, [(self.output, "stdout", "a\n")])

    def test_beginnings_of_lines_wait_for_their_end(self):
        for text in ("a", "", "b", "c\nd\ne", "f"):
            self.output.write(text)
        self.assertEqual(self.told(), ["abc\nd\n"])
        self.output.flush()
        self.assertEqual(self.told(), ["abc\nd\n", "ef"])
        self.assertNotIn(self.output, _output._partials.get(threading.get_ident(), {}))

    def test_each_thread_has_its_own_beginning(self):
        self.output.write("mine ")
        thread = threading.Thread(target=lambda: self.output.write("theirs\n"))
        thread.start()
        thread.join()
        self.output.write("too\n")
        self.assertEqual(self.told(), ["theirs\n", "mine too\n"])

    def test_many_pieces_and_long_ones_do_not_wait(self):
        for _ in range(_output._MOST_PIECES + 1):
            self.output.write("x")
        self.output.write("y" * (_output._LONGEST + 1))
        self.assertEqual(len("".join(self.told())), _output._MOST_PIECES + _output._LONGEST + 2)

    def test_printing_to_it_is_printing(self):
        print("a", 1, sep="-", end="!\n", file=self.output)
        self.output.writelines(["b\n", "c\n"])
        self.assertEqual("".join(self.told()), "a-1!\nb\nc\n")

    def test_reading_at_the_end_gives_nothing(self):
        self.assertEqual(_input.java_input(CLOSED).read(), "")


class RouterTest(unittest.TestCase):
    def test_it_is_the_stream_that_the_code_has(self):
        streams = {"a": io.StringIO("1\n2\n"), "b": None}
        router = _router.Router("a", streams.get)
        self.assertEqual(list(router), ["1\n", "2\n"])
        self.assertEqual(router.getvalue(), "1\n2\n")
        with self.assertRaises(io.UnsupportedOperation):
            router.fileno()
        with self.assertRaises(AttributeError):
            router.nothing  # noqa: B018
        router.close()
        self.assertFalse(router.closed)

    def test_where_the_process_has_no_stream_printing_is_silent(self):
        print("nothing", file=_router.Router("gone", lambda name: None), flush=True)

    def test_a_stream_that_is_forgotten_closes_nothing(self):
        text = io.StringIO()
        router = _router.Router("a", lambda name: text)
        router.write("x")
        del router
        self.assertFalse(text.closed)


class InstallTest(unittest.TestCase):
    def test_it_comes_back_once_somebody_restores_the_streams(self):
        with mock.patch.object(sys, "stdout", sys.__stdout__):
            _streams._install()
            self.assertIsInstance(sys.stdout, _router.Router)

    def test_a_stream_of_somebody_elses_stays(self):
        _streams._install()
        with contextlib.redirect_stdout(io.StringIO()) as other:
            _streams._install()
            self.assertIs(sys.stdout, other)


if __name__ == "__main__":
    unittest.main()
