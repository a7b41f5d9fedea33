"""What ``help`` and ``inspect.signature`` show of Java's methods."""

from __future__ import annotations

import sys
from keyword import iskeyword

from gilgamesh._imports import after_import

TYPE_CHECKING = False
if TYPE_CHECKING:
    from inspect import Parameter, Signature
    from typing import Any

# Methods that were made while inspect was not imported, as nobody could ask for their signatures.
_waiting: list[tuple[Any, list[dict[str, Any]]]] = []


def lines_of(name: str, signatures: list[dict[str, Any]]) -> list[str]:
    """Write the signatures as Java does, each a line."""
    return [_line(name, signature) for signature in signatures]


def _line(name: str, signature: dict[str, Any]) -> str:
    parameters = [f"{kind} {parameter}" for parameter, kind in signature["parameters"]]
    if signature["varargs"]:
        last, kind = signature["parameters"][-1]
        parameters[-1] = f"{kind.removesuffix('[]')}... {last}"
    words = ["static" if signature.get("static") else "", signature.get("returns") or "", name]
    return f"{' '.join(filter(None, words))}({', '.join(parameters)})"


def sign(members: list[tuple[Any, list[dict[str, Any]]]]) -> None:
    """Give methods their ``__signature__``: now, or once inspect is imported, which is not worth it before."""
    if "inspect" in sys.modules:
        _sign(members)
        return
    if not _waiting:
        after_import("inspect", lambda _inspect: _sign_waiting())
    _waiting.extend(members)


def _sign_waiting() -> None:
    members = _waiting[:]
    _waiting.clear()
    _sign(members)


def _sign(members: list[tuple[Any, list[dict[str, Any]]]]) -> None:
    for member, signatures in members:
        bound = all(signature.get("static") for signature in signatures)
        member.__signature__ = signature_of(signatures, bound=bound)


def signature_of(signatures: list[dict[str, Any]], *, bound: bool) -> Signature:
    """Make the signature of the one overload, or ``(*args)`` where there are several."""
    from inspect import Parameter, Signature

    first = [] if bound else [Parameter("self", Parameter.POSITIONAL_ONLY)]
    if len(signatures) != 1:
        return Signature([*first, Parameter("args", Parameter.VAR_POSITIONAL)])
    parameters = [*first, *_parameters(signatures[0])]
    return Signature(parameters, return_annotation=signatures[0].get("returns") or Signature.empty)


def _parameters(signature: dict[str, Any]) -> list[Parameter]:
    from inspect import Parameter

    parameters: list[Parameter] = []
    names = {"self"}
    for name, kind in signature["parameters"]:
        free = f"{name}_" if iskeyword(name) or name in names else name
        names.add(free)
        parameters.append(Parameter(free, Parameter.POSITIONAL_OR_KEYWORD, annotation=kind))
    if signature["varargs"]:
        last = parameters[-1]
        kind = str(last.annotation).removesuffix("[]")
        parameters[-1] = last.replace(kind=Parameter.VAR_POSITIONAL, annotation=kind)
    return parameters
