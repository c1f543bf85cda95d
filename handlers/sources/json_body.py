"""Any other object: whatever a tool without code posts, with a token, flat or nested, as JSON or as form fields.

How it is known: the shape is nobody's; what its keys mean is told by policy, by their names and by their values.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from cases.arrivals.answers import of_data, pair
from cases.arrivals.bodies import read_body
from cases.arrivals.feedback import BadFeedback, Fault
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.labels import meanings
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.signatures import BEARER

NAME, VENDOR = "json", "any program"
KNOWN, MARKS = Known.DOCUMENTATION, ()
SECRET_ENV = "JSON_SECRET"  # noqa: S105  the name of the variable
SIGNATURE = BEARER
_WANTED = frozenset({Means.RATING, Means.COMMENT})
_MOST = 500  # objects in one body


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The object of the body, or each object of the one list that it holds. Raises BadFeedback."""
    found = objects_in(read_body(body))
    said_at = [instant_if_any(each.get("timestamp")) for each in found]
    return [Opened(answers=of_data(each), said_at=at) for each, at in zip(found, said_at, strict=True)]


def objects_in(value: Any, most: int | None = _MOST) -> list[Mapping[str, Any]]:
    """The records of a body: itself, the items of a list, or of a list within an object that says nothing by itself."""
    if isinstance(value, list):
        objects = [each for each in value if isinstance(each, Mapping)]
        if not objects:
            raise BadFeedback(Fault("body", "must hold an object, that is {…}"))
        return objects_in(objects[0], most) if len(objects) == 1 else objects[:most]
    if not isinstance(value, Mapping):
        raise BadFeedback(Fault("body", "must be an object, that is {…}"))
    lists = [inner for inner in value.values() if _is_list_of_objects(inner)]
    beside = {key: each for key, each in value.items() if not isinstance(each, list)}
    if len(lists) == 1 and not any(map(_is_answer, lists[0])) and _are_records(lists[0], beside):
        return [each for each in lists[0] if isinstance(each, Mapping)][:most]
    return [value]


def _are_records(items: Sequence[Any], beside: Mapping[str, Any]) -> bool:
    """Whether what says something are the items, and not the object around them: that may tell the average of their ratings."""
    if not _speaks(beside):
        return any(map(_speaks, items))
    whole = [each for each in items if _speaks(each, {Means.RATING}) and _speaks(each, {Means.COMMENT})]
    return bool(whole) and not _speaks(beside, {Means.COMMENT})


def _is_list_of_objects(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(each, Mapping) for each in value)


def _speaks(value: Any, wanted: Collection[Means] = _WANTED, deeper: int = 3) -> bool:
    """Whether a key of this object, or of one in it, asks for what is wanted, or it holds questions with answers."""
    if not isinstance(value, Mapping) or not deeper:
        return False
    said = {key: inner for key, inner in value.items() if inner is not None and not isinstance(inner, list)}
    if any(isinstance(inner, list) and any(map(_is_answer, inner)) for inner in value.values()):
        return True
    return any(
        _speaks(inner, wanted, deeper - 1) or not set(wanted).isdisjoint(meanings(str(key)))
        for key, inner in said.items()
    )


def _is_answer(value: Any) -> bool:
    """Whether this is a question with its answer, and so only a part of a feedback."""
    return isinstance(value, Mapping) and pair(value, ("",)) is not None


GUIDE = Guide(
    clicks=(
        "Nothing to click: post any object, flat or nested, as JSON, form fields or multipart. [Zapier](zapier.md), [Make](make.md), [n8n](n8n.md) and [PHP](php-and-wordpress.md) have pages of their own.",
        "What is read wrongly is said in policy.toml: [any other source](any-other.md).",
    ),
    sends="Whatever your tool posts. Texts may stand for numbers, empty means absent, `true`, `yes`, `ja` and `1` are yes. A list of objects is as many feedbacks.",
    unread='Keys that no field takes: they stand on the card as "also answered", and in the answer under `"unread"`.',
)

EXAMPLE = {
    "timestamp": "2026-01-05T10:00:00Z",
    "external_id": "k-12",
    "name": "Ana Ruiz",
    "email": "ana@example.org",
    "rating": "2/5",
    "comment": "Soup cold",
    "order_ref": "8812",
}
