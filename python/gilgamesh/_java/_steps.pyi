from typing import Any

class Java:
    """An object of Java's as the behaviours see it: with Java's methods, and with its steps of protocols."""
    def __getattr__(self, name: str, /) -> Any: ...
    _java_name_: str
