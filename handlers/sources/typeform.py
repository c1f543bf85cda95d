"""Typeform: a finished response, its answers matched to feedback by the `ref` of each question.

Refs are understood as the headers of a table are (cases.arrivals.field_names), and hidden fields of the same names count
too, where no answer says otherwise. Without such refs the kinds of the questions decide: the first rating, opinion
scale or NPS is the rating, every long text the comment, e-mail and telephone questions the contact.

Signature and the outer payload are Typeform's documentation (typeform.com/developers/webhooks). That ratings arrive as
`number`, and that a question's definition may tell `properties.steps` and `properties.start_at_one`, is unconfirmed:
both are optional here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from cases.arrivals.feedback import Arriving, BadFeedback, Fault, read_arriving, read_json
from cases.arrivals.field_names import FIELD_NAMES, data_of, field_named
from cases.arrivals.json_fields import instant_if_any, number
from handlers.sources.contract import Example, delivery
from handlers.sources.signatures import HmacShape

NAME = "typeform"
SECRET_ENV = "TYPEFORM_SECRET"  # noqa: S105  the name of the variable
SIGNATURE = HmacShape(header="Typeform-Signature", prefix="sha256=")
verify = SIGNATURE.verify

# What a question or a hidden field may tell. Id, source and time are the response's own, a scale is its question's.
_ASKED = frozenset(FIELD_NAMES) - {"external_id", "source", "scale", "public_url", "occurred_at"}
_FIELD_OF_KIND = {
    **dict.fromkeys(("rating", "opinion_scale", "nps"), "rating"),
    "long_text": "comment",
    "email": "email",
    "phone_number": "phone",
}
_SCALES = {"nps": 10, "opinion_scale": 10, "rating": 5}  # where the definition tells no number of steps


def read(body: bytes, headers: Mapping[str, str]) -> list[Arriving]:
    """The feedback of a finished response; nothing for partial responses and whatever else Typeform may send."""
    event = read_json(body)
    if not isinstance(event, Mapping):
        raise BadFeedback(Fault("body", "must be an object as Typeform sends it"))
    if event.get("event_type") != "form_response":
        return []
    response = event.get("form_response")
    if not isinstance(response, Mapping):
        raise BadFeedback(Fault("form_response", "must be an object"))
    said_at, data = instant_if_any(response.get("submitted_at")), _to_data(response)
    return [read_arriving(data, route=NAME, path="form_response", said_at=said_at, event=delivery(body))]


def _to_data(response: Mapping[str, Any]) -> dict[str, Any]:
    found = _hidden(response) | _by_kind(response) | _by_ref(response)
    if "rating" not in found and "comment" not in found:
        wanted = "give the rating question the ref score, or the text question the ref comment"
        raise BadFeedback(Fault("form_response.answers", f"hold neither rating nor comment; {wanted}"))
    return data_of(found) | {"external_id": response.get("token"), "occurred_at": response.get("submitted_at")}


def _hidden(response: Mapping[str, Any]) -> dict[str, Any]:
    hidden = response.get("hidden")
    named = hidden.items() if isinstance(hidden, Mapping) else ()
    return {
        field: value
        for key, value in named
        if value and (field := _field_of_ref(key)) and field not in ("rating", "comment", "contact_ok")
    }


def _by_ref(response: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for answer, question in _answers(response):
        field = _field_of_ref(question.get("ref"))
        if field and (value := _meaning(field, answer, question)) is not None:
            found.setdefault(field, value)
    return found


def _by_kind(response: Mapping[str, Any]) -> dict[str, Any]:
    """What the kinds of the questions tell, questions with a ref of ours left out."""
    found: dict[str, Any] = {}
    for answer, question in _answers(response):
        field = None if _field_of_ref(question.get("ref")) else _FIELD_OF_KIND.get(str(question.get("type")))
        value = _meaning(field, answer, question) if field else None
        if field == "comment" and "comment" in found and value:
            found["comment"] += f"\n\n{value}"
        elif field and value is not None:
            found.setdefault(field, value)
    return found


def _field_of_ref(ref: Any) -> str | None:
    field = field_named(str(ref or ""))
    return field if field in _ASKED else None


def _answers(response: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each answer with its question: the answer's own `field`, completed by the form's definition."""
    definition = response.get("definition")
    defined = {
        str(question.get("id")): question
        for question in _objects(definition.get("fields") if isinstance(definition, Mapping) else None)
    }
    for answer in _objects(response.get("answers")):
        field = answer.get("field")
        field = field if isinstance(field, Mapping) else {}
        yield answer, {**defined.get(str(field.get("id")), {}), **field}


def _objects(values: Any) -> list[Mapping[str, Any]]:
    return [value for value in values if isinstance(value, Mapping)] if isinstance(values, list) else []


def _value(answer: Mapping[str, Any]) -> Any:
    """What was answered: it stands under the name of the answer's own type; of choices, the labels."""
    value = answer.get(str(answer.get("type")))
    if not isinstance(value, Mapping):
        return value
    labels = value.get("labels") or [value.get("label") or value.get("other")]
    return ", ".join(str(label) for label in labels if label) or None


def _meaning(field: str, answer: Mapping[str, Any], question: Mapping[str, Any]) -> Any:
    """The answer as our field takes it; None where it cannot ("Great" is no rating, "maybe" no permission)."""
    value = _value(answer)
    if field == "contact_ok":
        return value if isinstance(value, bool) else None
    if field != "rating":
        return None if value is None or isinstance(value, bool) else str(value)
    try:
        rated = number(value)
    except ValueError:
        return None
    return {"value": rated, "scale": _steps(question) or _least_scale(rated, _SCALES.get(str(question.get("type")), 5))}


def _steps(question: Mapping[str, Any]) -> int | None:
    """The highest rating the definition allows: with five steps from nought it is 4."""
    properties = question.get("properties")
    properties = properties if isinstance(properties, Mapping) else {}
    steps = properties.get("steps")
    if not isinstance(steps, int) or isinstance(steps, bool) or steps < 2:
        return None
    return steps - 1 if properties.get("start_at_one") is False else steps


def _least_scale(value: float, usual: int) -> int:
    """The usual scale, or the next one that holds the value: a complaint is not to be lost over an unknown scale."""
    return next((scale for scale in (usual, 10) if value <= scale), 100)


EXAMPLE = Example(
    kinds=("event_type",),
    secret="example-typeform-secret",  # noqa: S106  opens nothing
    sign=lambda body, secret, at: {SIGNATURE.header: SIGNATURE.sign(body, secret)},
    body=json.dumps(
        {
            "event_id": "01KX",
            "event_type": "form_response",
            "form_response": {
                "form_id": "aB3",
                "token": "t-77",
                "landed_at": "2026-01-05T09:58:00Z",
                "submitted_at": "2026-01-05T10:00:00Z",
                "hidden": {"order_id": "8812"},
                "definition": {
                    "id": "aB3",
                    "title": "After delivery",
                    "fields": [
                        {"id": "f1", "title": "How was it?", "type": "rating", "ref": "score"},
                        {"id": "f2", "title": "What went wrong?", "type": "long_text", "ref": "why"},
                        {"id": "f3", "title": "E-mail", "type": "email", "ref": "mail"},
                    ],
                },
                "answers": [
                    {"type": "number", "number": 2, "field": {"id": "f1", "type": "rating", "ref": "score"}},
                    {"type": "text", "text": "Soup cold", "field": {"id": "f2", "type": "long_text", "ref": "why"}},
                    {
                        "type": "email",
                        "email": "ana@example.org",
                        "field": {"id": "f3", "type": "email", "ref": "mail"},
                    },
                ],
            },
        }
    ).encode(),
)
