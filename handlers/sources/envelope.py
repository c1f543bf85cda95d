"""What the vendors' envelopes share: the object in a body, its values by their path, and answers by what the vendor calls them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from cases.arrivals.answers import Answer, answer, of_json
from cases.arrivals.bodies import read_body
from cases.arrivals.dates import read_instant
from cases.arrivals.feedback import BadFeedback, Fault
from cases.arrivals.told import Means

Object = Mapping[str, Any]
Marks = tuple[tuple[str, ...], ...]
"""By which keys a vendor's body is known: all of one group are in it. A key is a dotted path."""


class Foreign(BadFeedback):
    """The body is an object, and not this vendor's; `value` is what it holds."""

    def __init__(self, vendor: str, value: Object) -> None:
        super().__init__(Fault("body", f"is not what {vendor} sends"))
        self.vendor, self.value = vendor, value


def bears(value: Object, marks: Marks) -> bool:
    """Whether a body is known by these marks."""
    return any(all(_has(value, path) for path in group) for group in marks)


def object_of(body: bytes, vendor: str, marks: Marks) -> Object:
    """The object in a body; a list of nothing but it is passed over. Raises Foreign where it lacks the vendor's marks, and BadFeedback."""
    value = read_body(body)
    if isinstance(value, list) and len(value) == 1:
        (value,) = value
    if not isinstance(value, Mapping):
        raise BadFeedback(Fault("body", f"must be an object as {vendor} sends it"))
    if not bears(value, marks):
        raise Foreign(vendor, value)
    return value


def at(value: Any, path: str) -> Any:
    """What stands at a dotted path, items of lists counted from 0; None where there is nothing."""
    for step in path.split("."):
        if isinstance(value, list):
            value = value[int(step)] if step.isdecimal() and int(step) < len(value) else None
        else:
            value = value.get(step) if isinstance(value, Mapping) else None
    return value


def _has(value: Object, path: str) -> bool:
    parent, _, last = path.rpartition(".")
    inner = at(value, parent) if parent else value
    return isinstance(inner, Mapping) and last in inner


def part(value: Any, path: str) -> Object:
    """The object at a path; an empty one where there is none."""
    inner = at(value, path)
    return inner if isinstance(inner, Mapping) else {}


def objects(value: Any) -> list[Object]:
    """The objects in a list; none where it is no list."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else []


def called(value: Object, names: Mapping[str, Means], best: float | None = None) -> Iterator[Answer]:
    """An answer for each meaning that a vendor's path has, from the first path that is filled; `best` is the best rating there is."""
    given: set[Means] = set()
    for path, means in names.items():
        if means not in given:
            found = [
                *answer(
                    path, path.rpartition(".")[2], at(value, path), means, steps=best if means is Means.RATING else None
                )
            ]
            given.update(each.means for each in found if each.means)
            yield from found


def beside(value: Object, paths: Iterable[str]) -> Iterator[Answer]:
    """An answer for all that stands at these paths, whose meaning nobody tells: fields of the team's own, and what is good to know."""
    for path in paths:
        if at(value, path) is not None:
            yield from of_json(at(value, path), path)


def instant_of(value: Any) -> datetime | None:
    """A date and time in whatever way of writing, as letters have them too; None for what is none."""
    try:
        return read_instant(value) if isinstance(value, str | int | float) and not isinstance(value, bool) else None
    except ValueError:
        return None
