"""Python's prompt: its own from 3.13 on, before that the one of the module ``code``, with readline."""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_HELP = 'Type "help", "copyright", "credits" or "license" for more information.'


def run() -> None:
    """Read, evaluate and print until the input ends."""
    print(f"Python {sys.version} on {sys.platform}\n{_HELP}", file=sys.stderr)
    # History and completion: the module site has it, where it was not turned off.
    hook: Callable[[], None] | None = getattr(sys, "__interactivehook__", None)
    if hook is not None:
        hook()
    if sys.version_info >= (3, 13):
        from _pyrepl.main import interactive_console  # type: ignore[import-not-found,unused-ignore]

        interactive_console(pythonstartup=True)
    else:
        _simple_console()


def _simple_console() -> None:
    import code

    main = sys.modules["__main__"].__dict__
    console = code.InteractiveConsole(main, "<stdin>")
    startup = os.environ.get("PYTHONSTARTUP")
    if startup:
        with open(startup, "rb") as file:
            console.runcode(compile(file.read(), startup, "exec"))
    console.interact(banner="", exitmsg="")
