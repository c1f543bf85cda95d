"""Tally: a finished form, each field with its label, what was chosen from a list by the ids of its options.

How it is known: signature and body from programs that receive them, and from Tally's own sample. A choice's value was one id
and is a list of ids since; a checkbox sends a field of its own for each option beside the list, which is passed over; the
number of steps of a rating is not sent. The rows of a matrix are from memory.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cases.arrivals.answers import Answer, Nature, answer, chosen, kind_of
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, called, object_of, objects, part
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "tally", "Tally"
SECRET_ENV = "TALLY_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
MARKS = (("eventType", "data"),)
SIGNATURE = HmacShape(header="Tally-Signature")


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The fields of a finished form; nothing for other events."""
    event = object_of(body, VENDOR, MARKS)
    if event["eventType"] != "FORM_RESPONSE":
        return []
    data = part(event, "data")
    own = called(data, {"responseId": Means.EXTERNAL_ID, "createdAt": Means.OCCURRED_AT})
    said_at = instant_if_any(event.get("createdAt"))
    answers = [*own, *(each for field in objects(data.get("fields")) for each in _answers(field))]
    return [Opened(answers=answers, path="data", said_at=said_at)]


def _answers(field: Object) -> Iterator[Answer]:
    key, label, value = str(field.get("key")), field.get("label"), field.get("value")
    means, nature, best = kind_of(str(field.get("type")))
    if isinstance(value, bool) and field.get("type") == "CHECKBOXES":  # once more what the list of choices says
        return
    if isinstance(value, Mapping):
        for row, columns in value.items():
            asked, picked = chosen(row, field.get("rows")), chosen(columns, field.get("columns"))
            yield from answer(f"{key}.{row}", f"{label} {asked}", picked, None, Nature.PICKED)
        return
    files = [file.get("name") for file in objects(value)]
    yield from answer(key, label, files or _chosen(value, field), means, nature, best)


def _chosen(value: Any, field: Object) -> Any:
    return value if isinstance(value, bool | float | int) else chosen(value, field.get("options"))


GUIDE = Guide(
    clicks=(
        "Publish the form, then **Integrations → Webhooks → Connect**, and put the address in.",
        "Switch the **signing secret** on and put the secret there: without one Tally signs nothing, and every answer is refused.",
        "Answer the form once.",
    ),
    sends="One POST for each submission, as JSON. Tally waits 10 seconds, and tries again when the answer is no 2xx.",
    unread="How many steps a rating has is not sent: tell it by `scale`. Files are named and never fetched; calculated fields are kept beside the answers.",
    site="https://tally.so/help/webhooks",
)

EXAMPLE = {
    "eventId": "e-1",
    "eventType": "FORM_RESPONSE",
    "createdAt": "2026-01-05T10:00:00.000Z",
    "data": {
        "responseId": "r-77",
        "formName": "After delivery",
        "createdAt": "2026-01-05T09:59:58.000Z",
        "fields": [
            {"key": "question_1", "label": "How was it?", "type": "RATING", "value": 2},
            {"key": "question_2", "label": "What went wrong?", "type": "TEXTAREA", "value": "Soup cold"},
            {"key": "question_3", "label": "E-mail", "type": "INPUT_EMAIL", "value": "ana@example.org"},
            {"key": "question_4", "label": "order_id", "type": "HIDDEN_FIELDS", "value": "8812"},
        ],
    },
}
