"""What is said of a name that a Java class or object does not have."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable


def no_attribute(owner: object, name: str, message: str, ask: Callable[[], str | None]) -> AttributeError:
    """Make the error, with the reason where Java has a member of that name, but not for scripts."""
    # Names of Python's own protocols are asked for all the time, and are not Java's.
    reason = None if name.startswith("_") else _asked(ask)
    return AttributeError(f"{message}: {reason}" if reason else message, name=name, obj=owner)


def _asked(ask: Callable[[], str | None]) -> str | None:
    try:
        return ask()
    except RuntimeError:
        return None  # Java cannot be asked any more
