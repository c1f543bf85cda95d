"""Google Forms: a response, posted by the script in docs/sources/google-apps-script.md that a team pastes into its form, with a token.

How it is known: Google Forms posts nothing by itself; what the script sends is ours, and the kinds of questions are those of
Apps Script's documentation (FormApp.ItemType). A script bound to the sheet instead sends {title: [text]}, which is read too.
The script tells how many steps a scale or a rating has.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cases.arrivals.answers import Answer, Nature, answer
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, called, object_of, objects, part
from handlers.sources.signatures import BEARER

NAME, VENDOR = "google-forms", "the script for Google Forms"
SECRET_ENV = "GOOGLE_FORMS_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.DOCUMENTATION
MARKS = (("data.answers",),)
FREE = True
SIGNATURE = BEARER
_MEANS = {
    "external_id": Means.EXTERNAL_ID,
    "occurred_at": Means.OCCURRED_AT,
    "email": Means.EMAIL,
    "source": Means.SOURCE,
}
_NATURE = {
    "PARAGRAPH_TEXT": Nature.ESSAY,
    "TEXT": Nature.TYPED,
    **dict.fromkeys(("MULTIPLE_CHOICE", "CHECKBOX", "LIST", "GRID", "CHECKBOX_GRID", "SCALE", "RATING"), Nature.PICKED),
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The response: its answers as a list, or by their titles."""
    told = object_of(body, VENDOR, MARKS)
    data = part(told, "data")
    answers = [*called(data, _MEANS), *_answers(data)]
    said_at = instant_if_any(data.get("occurred_at") or told.get("timestamp"))
    return [Opened(answers=answers, path="data", said_at=said_at)]


def _answers(data: Object) -> Iterator[Answer]:
    given = data["answers"]
    if isinstance(given, Mapping):
        given = [{"title": title, "answer": said} for title, said in given.items()]
    for each in objects(given):
        kind, title = str(each.get("type")), str(each.get("title"))
        means = Means.RATING if kind in ("SCALE", "RATING") else None
        yield from answer(title, title, each.get("answer"), means, _NATURE.get(kind, Nature.NOTED), each.get("scale"))


GUIDE = Guide(
    clicks=(
        "Follow [Google Apps Script](google-apps-script.md): a script to paste into the form, which takes five minutes.",
    ),
    sends="What that script posts: one response, each answer with its question, its kind, and how many steps a scale has.",
    unread="Pictures and files that were uploaded; sections; scores of a quiz.",
    site="https://developers.google.com/apps-script/reference/forms/item-type",
)

EXAMPLE = {
    "type": "feedback.created",
    "timestamp": "2026-01-05T10:00:01Z",
    "data": {
        "external_id": "2_ABaOnue1",
        "occurred_at": "2026-01-05T10:00:00Z",
        "email": "ana@example.org",
        "answers": [
            {"title": "How was your order?", "type": "SCALE", "scale": 5, "answer": "2"},
            {"title": "What went wrong?", "type": "PARAGRAPH_TEXT", "answer": "Soup cold"},
            {"title": "Order number", "type": "TEXT", "answer": "8812"},
        ],
    },
}
