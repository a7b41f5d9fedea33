"""Making Java's arrays: of a length, or of elements."""

from __future__ import annotations

from collections.abc import Iterable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable

_BYTES = (bytes, bytearray, memoryview)


def make(name: str, maker: Callable[..., object], given: tuple[object, ...]) -> object:
    """Make an array of the class ``name``; ``maker`` takes an int, a list, or bytes for an array of bytes."""
    if len(given) != 1:
        raise TypeError(f"{name} is made of one argument, a length or an iterable of elements, not of {len(given)}")
    of = given[0]
    if isinstance(of, Iterable):
        return maker(_elements(name, of))
    length = None if isinstance(of, bool) else getattr(of, "__index__", None)
    if length is None:
        raise TypeError(f"{name} is made of a length or of an iterable of elements, not of {type(of).__name__} {of!r}")
    return maker(length())


def _elements(name: str, of: Iterable[object]) -> object:
    if name == "byte[]" and isinstance(of, _BYTES):
        return bytes(of)
    # Arrays of NumPy and their like give numbers of Python's by this, and objects of their own one by one.
    as_list = getattr(of, "tolist", None)
    return list(of) if as_list is None else as_list()
