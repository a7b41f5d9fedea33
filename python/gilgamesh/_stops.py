"""Where a thread is that does not stop."""

from __future__ import annotations

import sys

# Frames that are told.
_MOST = 64


def stack(ident: int) -> list[str | int]:
    """Tell the Python frames of a thread, innermost last: file, function and line of each; none where it runs none."""
    frame = sys._current_frames().get(ident)
    told: list[tuple[str, str, int]] = []
    while frame is not None and len(told) < _MOST:
        told.append((frame.f_code.co_filename, frame.f_code.co_qualname, frame.f_lineno))
        frame = frame.f_back
    return [part for frame in reversed(told) for part in frame]
