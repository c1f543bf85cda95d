"""What a message carries, as a frozen value, and the same as facts: the JSON that its row keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, get_args, get_type_hints

from pydantic import TypeAdapter, ValidationError

from cases.text import FREE_TEXT


@dataclass(frozen=True, slots=True)
class Payload:
    """What a message carries with it. Whatever is its case's own is read from the case at the moment it is shown."""


P = TypeVar("P")


def as_facts(payload: Payload) -> dict[str, Any]:
    """The payload as JSON: instants in ISO 8601, enumerations by value, None left out."""
    if not payload.__dataclass_fields__:  # a card's: every case that is opened has one
        return {}
    facts: dict[str, Any] = _reader(type(payload)).dump_python(payload, mode="json", exclude_none=True)
    return facts


def from_facts(of: type[P], facts: Mapping[str, Any]) -> P:
    """The payload as it was owed. Facts it does not know are left aside; one that is missing or odd raises ValueError."""
    try:
        return _reader(of).validate_python(facts)
    except ValidationError as wrong:  # it quotes what it was given, and whatever is raised may be logged
        odd = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in wrong.errors(include_input=False))
        raise ValueError(f"no {of.__name__}: {odd}") from None


_READERS: dict[type[Any], TypeAdapter[Any]] = {}  # building one takes a thousand times as long as using it


def _reader(of: type[P]) -> TypeAdapter[P]:
    known = _READERS.get(of)
    return known or _READERS.setdefault(of, TypeAdapter(of))


def free_text(of: type[Any]) -> tuple[str, ...]:
    """Which fields of a dataclass hold words in which a customer may be spoken of."""
    hints = get_type_hints(of, include_extras=True)
    return tuple(name for name, hint in hints.items() if _is_free_text(hint))


def _is_free_text(hint: Any) -> bool:
    return FREE_TEXT in getattr(hint, "__metadata__", ()) or any(_is_free_text(part) for part in get_args(hint))


PayloadT = TypeVar("PayloadT", bound=Payload)


def without_words(payload: PayloadT, instead: str) -> PayloadT:
    """The payload with `instead` in place of every word in which a customer may be spoken of; what is drawn is gone."""
    words = {name: value for name in free_text(type(payload)) if (value := getattr(payload, name))}
    return replace(payload, **{name: instead if isinstance(value, str) else () for name, value in words.items()})
