"""Python's ``logging`` on its way to Java's ``System.Logger``: a handler on the root logger while somebody wants it."""

from __future__ import annotations

import logging
import time
from threading import get_ident

import _gilgamesh

from gilgamesh._services import IS_LOGGABLE, LOG

# Severities of System.Logger.Level, for records from this number up.
_SEVERITIES = ((logging.ERROR, 1000), (logging.WARNING, 900), (logging.INFO, 800), (logging.DEBUG, 500))
_TRACE = 400
# Seconds for which an answer of a Java logger holds, and how many are kept.
_FRESH = 1.0
_MOST_ANSWERS = 4096


class JavaHandler(logging.Handler):
    """Hands each record over, without a lock: a logger of Java's may wait for a thread that logs."""

    def __init__(self) -> None:
        """Know no Java logger yet."""
        super().__init__()
        self._answers: dict[tuple[str, int], tuple[bool, float]] = {}
        self._handing_over: set[int] = set()
        # Who wants records, by numbers of Java's: the level that each wants the root logger to have.
        self._wanted: dict[int, int | None] = {}
        self._level_before: int | None = None

    def want(self, number: int, level: int | None) -> None:
        """Hand records over, until they are not wanted under that number."""
        self._wanted[number] = level
        self._adapt(logging.getLogger())

    def unwant(self, number: int) -> None:
        """Do so no longer."""
        self._wanted.pop(number, None)
        self._adapt(logging.getLogger())

    def _adapt(self, root: logging.Logger) -> None:
        if self._wanted:
            root.addHandler(self)
        else:
            root.removeHandler(self)
        levels = [level for level in self._wanted.values() if level is not None]
        if levels:
            self._level_before = root.level if self._level_before is None else self._level_before
            root.setLevel(min(levels))
        elif self._level_before is not None:
            root.setLevel(self._level_before)
            self._level_before = None

    def createLock(self) -> None:  # noqa: N802 - logging's name
        """Have no lock."""
        self.lock = None

    def handle(self, record: logging.LogRecord) -> bool:
        """Filter and emit."""
        passed = self.filter(record)
        if passed:
            self.emit(passed if isinstance(passed, logging.LogRecord) else record)
        return bool(passed)

    def emit(self, record: logging.LogRecord) -> None:
        """Log it in Java, unless Java's logger is what logs it."""
        ident = get_ident()
        if ident in self._handing_over:
            return
        self._handing_over.add(ident)
        try:
            severity = _severity(record.levelno)
            if self._is_loggable(record.name, severity):
                exception = record.exc_info[1] if record.exc_info else None
                _gilgamesh.serve(LOG, record.name, severity, _message(record), exception)
        except Exception:  # as every handler does
            self.handleError(record)
        finally:
            self._handing_over.discard(ident)

    def _is_loggable(self, name: str, severity: int) -> bool:
        now = time.monotonic()
        answer, until = self._answers.get((name, severity), (False, 0.0))
        if now < until:
            return answer
        answer = bool(_gilgamesh.serve(IS_LOGGABLE, name, severity))
        if len(self._answers) >= _MOST_ANSWERS:
            self._answers.clear()
        self._answers[name, severity] = (answer, now + _FRESH)
        return answer


def _severity(level: int) -> int:
    return next((severity for least, severity in _SEVERITIES if level >= least), _TRACE)


def _message(record: logging.LogRecord) -> str:
    parts = [record.getMessage()]
    # Of a record that came from elsewhere there is the text alone.
    if record.exc_text and not record.exc_info:
        parts.append(record.exc_text)
    if record.stack_info:
        parts.append(record.stack_info)
    return "\n".join(parts)


_handler = JavaHandler()
begin = _handler.want
end = _handler.unwant
