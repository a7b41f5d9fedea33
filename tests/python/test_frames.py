"""The frames of an interpreter's own threads."""

import sys
import threading
import unittest

import _gilgamesh


class FramesTest(unittest.TestCase):
    def test_each_thread_has_its_innermost_frame(self):
        begun, leave = threading.Event(), threading.Event()

        def waiting():
            begun.set()
            leave.wait()

        thread = threading.Thread(target=waiting)
        thread.start()
        try:
            self.assertTrue(begun.wait(20))
            frames = _gilgamesh.current_frames()
            own = frames[threading.get_ident()]
            self.assertIs(own, sys._getframe())
            frame, names = frames[thread.ident], []
            while frame is not None:
                names.append(frame.f_code.co_name)
                frame = frame.f_back
            self.assertIn("waiting", names)
        finally:
            leave.set()
            thread.join()
        self.assertNotIn(thread.ident, _gilgamesh.current_frames())

    @unittest.skipIf(sys.version_info < (3, 12), "one interpreter alone")
    def test_those_of_sys_are_these(self):
        self.assertIs(sys._current_frames, _gilgamesh.current_frames)
        try:
            raise ValueError("told")  # noqa: TRY301
        except ValueError as error:
            self.assertIs(sys._current_exceptions()[threading.get_ident()], error)
