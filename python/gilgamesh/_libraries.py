"""What contexts change in modules of the standard library that is no attribute of the module, and how it is undone."""

from __future__ import annotations

import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from logging import Logger
    from types import ModuleType


def undo_of(name: str, module: ModuleType) -> Callable[[], None] | None:
    """Give what makes the module's objects again what they are now, None where nothing is known of it."""
    note = _NOTES.get(name)
    return note(module) if note else None


def _os(os: ModuleType) -> Callable[[], None]:
    # The environment of an isolated context is this object alone, see _isolated.
    content, noted = os.environ._data, dict(os.environ._data)

    def undo() -> None:
        content.clear()
        content.update(noted)

    return undo


def _warnings(warnings: ModuleType) -> Callable[[], None]:
    filters = warnings.filters[:]

    def undo() -> None:
        warnings.resetwarnings()
        warnings.filters.extend(filters)

    return undo


def _copyreg(copyreg: ModuleType) -> Callable[[], None]:
    def undo() -> None:
        for kind in list(copyreg.dispatch_table):
            if getattr(kind, "__module__", None) not in sys.modules:
                del copyreg.dispatch_table[kind]

    return undo


def _logging(logging: ModuleType) -> Callable[[], None]:
    def undo() -> None:
        loggers = logging.root.manager.loggerDict
        for name, logger in list(loggers.items()):
            if isinstance(logger, logging.Logger):
                _reset_logger(logger, logging.NOTSET)
            if name.partition(".")[0] not in sys.stdlib_module_names:
                del loggers[name]
        _reset_logger(logging.root, logging.WARNING)
        logging.root.manager.disable = logging.NOTSET

    return undo


def _reset_logger(logger: Logger, level: int) -> None:
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()
    logger.filters.clear()
    logger.propagate, logger.disabled = True, False
    logger.setLevel(level)


def _decimal(decimal: ModuleType) -> Callable[[], None]:
    templates = (decimal.DefaultContext, decimal.BasicContext, decimal.ExtendedContext)
    noted = [template.copy() for template in templates]

    def undo() -> None:
        for template, original in zip(templates, noted, strict=True):
            for field in ("prec", "rounding", "Emin", "Emax", "capitals", "clamp"):
                setattr(template, field, getattr(original, field))
            for kind in original.traps:
                template.traps[kind] = original.traps[kind]

    return undo


def _socket(socket: ModuleType) -> Callable[[], None]:
    return lambda: socket.setdefaulttimeout(None)


_NOTES: dict[str, Callable[[ModuleType], Callable[[], None]]] = {
    "os": _os,
    "warnings": _warnings,
    "copyreg": _copyreg,
    "logging": _logging,
    "decimal": _decimal,
    "_socket": _socket,
}
