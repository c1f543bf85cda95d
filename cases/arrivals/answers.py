"""Answers: what somebody told us in a form, a body of JSON or a row of a table, each with its question; no field of ours yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, TypeAlias

from cases.arrivals.labels import letters
from cases.arrivals.told import Means
from cases.text import storable

Said: TypeAlias = str | float | bool | tuple[str, ...]
"""A text, a number, yes or no, or what was chosen from a list."""

_DEEPEST, _MOST = 12, 2_000  # steps into a body, and answers out of it


class Nature(StrEnum):
    """Where an answer comes from: how far a text may be taken for what the customer wanted to say."""

    ESSAY = "essay"  # typed into a large field
    TYPED = "typed"
    PICKED = "picked"
    NOTED = "noted"  # a cell, a key of an object, a hidden field
    COMPUTED = "computed"  # a quiz's score: nobody said it


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer. `key` is the vendor's name of the question, a column or a dotted path, `label` what the customer read.

    `means` is what the vendor says it is, where there is a kind of question for it; `steps` the best answer there is, where
    the vendor tells; `also_called` are further names of the question, such as its ref.
    """

    key: str
    label: str
    said: Said
    means: Means | None = None
    nature: Nature = Nature.NOTED
    steps: float | None = None
    also_called: tuple[str, ...] = ()

    @property
    def question(self) -> str:
        """What is shown of it."""
        return self.label or self.key

    @property
    def text(self) -> str:
        """The answer in words."""
        if isinstance(self.said, bool):
            return "yes" if self.said else "no"
        if isinstance(self.said, tuple):
            return "; ".join(self.said)
        return f"{self.said:g}" if isinstance(self.said, float) and abs(self.said) < 1e6 else f"{self.said}"

    def is_called(self, name: str) -> bool:
        """Whether somebody who says `name` means this question: its title, ref or id, its dotted path, or the end of that."""
        wanted = letters(name)
        names = (self.label, self.key, *self.also_called)
        return wanted != "" and (wanted in map(letters, names) or _ends_with(self.key, name))


def _ends_with(path: str, end: str) -> bool:
    steps, wanted = path.casefold().split("."), end.strip().casefold().split(".")
    return steps[-len(wanted) :] == wanted


def answer(
    key: str,
    label: Any,
    said: Any,
    means: Means | None = None,
    nature: Nature = Nature.NOTED,
    steps: Any = None,
    also_called: Sequence[Any] = (),
) -> Iterator[Answer]:
    """The answer to a question, or none where nothing was said. Whatever is no text, number or list of them is none."""
    if (value := _said(said)) is not None:
        best = float(steps) if isinstance(steps, int | float) and not isinstance(steps, bool) and steps > 0 else None
        names = tuple(_text(name) for name in also_called if isinstance(name, str | int))
        yield Answer(_text(key), _text(label), value, means, nature, best, names)


def _said(value: Any) -> Said | None:
    if isinstance(value, bool):
        return value
    if isinstance(value, int | float):
        return float(value) if abs(value) < 2**53 else _text(value)
    if isinstance(value, list | tuple):
        chosen = tuple(text for each in value if isinstance(each, str | int | float) and (text := _text(each)))
        return chosen[0] if len(chosen) == 1 else chosen or None
    return storable(value) if isinstance(value, str) and _text(value) else None


def _text(value: Any) -> str:
    return storable(str(value)).strip() if value is not None and value is not False else ""


def of_json(value: Any, root: str = "") -> list[Answer]:
    """Any JSON object, flat or nested → an answer for each text and number in it, by dotted path; list items from 0."""
    found: list[Answer] = []
    for path, said in _leaves(value, (root,) if root else (), 0):
        found.extend(answer(".".join(path), _label(path), said))
        if len(found) == _MOST:
            break
    return found


def _leaves(value: Any, path: tuple[str, ...], depth: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(value, Mapping):
        for key, inner in value.items():
            yield from _leaves(inner, (*path, str(key)), depth + 1)
    elif isinstance(value, list) and any(isinstance(each, Mapping | list) for each in value):
        for place, inner in enumerate(value):
            yield from _leaves(inner, (*path, str(place)), depth + 1)
    else:
        yield path, value


_SAYS_LITTLE = frozenset(
    {"value", "text", "name", "id", "label", "answer", "number", "email", "phone", "at", "url", "scale"}
)


def _label(path: tuple[str, ...]) -> str:
    """The last step of the path; where that alone says little, with what it belongs to: "customer id", "rating value"."""
    words = [step for step in path if not step.isdecimal()]
    if len(words) > 1 and words[-1].casefold() in _SAYS_LITTLE:
        return f"{words[-2]} {words[-1]}"
    return words[-1] if words else ""


_OF_DATA = {
    **{
        field: Means(field)
        for field in ("external_id", "source", "comment", "subject", "order_ref", "occasion", "occasion_at")
    },
    **{field: Means(field) for field in ("locale", "contact_ok", "public_url", "occurred_at", "rating")},
    "rating.value": Means.RATING,
    "rating.scale": Means.SCALE,
    "customer": Means.NAME,
    "customer.name": Means.NAME,
    "customer.email": Means.EMAIL,
    "customer.phone": Means.PHONE,
    "customer.id": Means.CUSTOMER_ID,
}


def of_data(data: Any) -> list[Answer]:
    """The `data` object of the generic intake, as far as it has our shape; whatever else is in it, as in any object."""
    return [replace(each, means=_OF_DATA.get(each.key)) for each in of_json(data)]


def of_row(cells: Mapping[str, Any]) -> list[Answer]:
    """A row of a table → an answer for each cell that is filled, its header the question."""
    return [
        each
        for header, cell in cells.items()
        for each in answer(header, header, cell.strip() if isinstance(cell, str) else cell)
    ]
