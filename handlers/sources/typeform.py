"""Typeform: a finished response, each answer with its question.

How it is known: signature and outer payload from Typeform's documentation (typeform.com/developers/webhooks); that ratings
come as `number`, that a question's definition tells no steps, and that of choices `labels` and `other` may stand together,
from bodies of real forms. `properties.steps` and `start_at_one`, which the API has, are read where they are there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cases.arrivals.answers import Answer, Nature, answer
from cases.arrivals.feedback import BadFeedback, Fault
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import at, object_of, objects, part
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "typeform", "Typeform"
KNOWN = Known.VECTOR
MARKS = (("event_type", "form_response"),)
SECRET_ENV = "TYPEFORM_SECRET"  # noqa: S105  the name of the variable
SIGNATURE = HmacShape(header="Typeform-Signature", prefix="sha256=")

# What a kind of question means to us, where it does, and how its answer is given.
_MEANS = {
    **dict.fromkeys(("rating", "opinion_scale", "nps"), Means.RATING),
    "email": Means.EMAIL,
    "phone_number": Means.PHONE,
}
_NATURE = {
    "long_text": Nature.ESSAY,
    "short_text": Nature.TYPED,
    **dict.fromkeys(
        ("multiple_choice", "picture_choice", "dropdown", "yes_no", "legal", "matrix", "ranking"), Nature.PICKED
    ),
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The answers of a finished response; nothing for partial responses and whatever else Typeform may send."""
    event = object_of(body, VENDOR, MARKS)
    if event["event_type"] != "form_response":
        return []
    response = event["form_response"]
    if not isinstance(response, Mapping):
        raise BadFeedback(Fault("form_response", "must be an object"))
    said_at = instant_if_any(response.get("submitted_at"))
    return [Opened(answers=[*_answers(response)], path="form_response", said_at=said_at)]


def _answers(response: Mapping[str, Any]) -> Iterator[Answer]:
    """The response's own id and time, each answer with its question, then the hidden fields; a quiz's score is nobody's answer."""
    yield from answer("token", "", response.get("token"), Means.EXTERNAL_ID)
    yield from answer("submitted_at", "", response.get("submitted_at"), Means.OCCURRED_AT)
    for given, question in _asked(response):
        kind, key = str(question.get("type")), question.get("id") or question.get("ref")
        yield from answer(
            f"answers.{key}",
            question.get("title"),
            _value(given),
            _MEANS.get(kind),
            _NATURE.get(kind, Nature.NOTED),
            10 if kind == "nps" else _steps(question),
            [question.get("ref"), given.get("subfield_key"), key],
        )
    for name, value in part(response, "hidden").items():
        yield from answer(f"hidden.{name}", name, value)


def _asked(response: Mapping[str, Any]) -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any]]]:
    """Each answer with its question: the answer's own `field`, completed by the form's definition."""
    defined = {str(question.get("id")): question for question in objects(at(response, "definition.fields"))}
    for given in objects(response.get("answers")):
        field = part(given, "field")
        yield given, {**defined.get(str(field.get("id")), {}), **field}


def _value(given: Mapping[str, Any]) -> Any:
    """What was answered: it stands under the name of the answer's own type; of choices, the labels and what was typed beside them."""
    value = given.get(str(given.get("type")))
    if not isinstance(value, Mapping):
        return value
    labels = value.get("labels")
    chosen = labels if isinstance(labels, list) else [value.get("label")]
    return [each for each in (*chosen, value.get("other")) if each]


def _steps(question: Mapping[str, Any]) -> int | None:
    """The highest rating the definition allows: with five steps from nought it is 4."""
    properties = part(question, "properties")
    steps = properties.get("steps")
    if not isinstance(steps, int) or isinstance(steps, bool) or steps < 2:
        return None
    return steps - 1 if properties.get("start_at_one") is False else steps


GUIDE = Guide(
    clicks=(
        "Open the form, then **Connect → Webhooks → Add a webhook**, and put the address in.",
        "Edit that webhook, put the secret into **Secret**, leave SSL verification on, and switch the webhook on.",
        "**Send test request** answers 202: its invented words are no complaint. Then answer the form yourself, unhappily.",
    ),
    sends="One POST for each finished response, with the form's questions beside the answers. Typeform waits 30 seconds, and tries again for hours after 408, 423, 429 and 503; after 404 or 410 it switches the webhook off for good.",
    unread="Responses that were begun and not finished, scores of a quiz, endings and payments. Files are named and never fetched. Typeform tells neither the language nor how many steps a rating has.",
    site="https://www.typeform.com/developers/webhooks/",
)

EXAMPLE = {
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
