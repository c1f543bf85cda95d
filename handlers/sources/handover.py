"""Hand-over: an assistant or chat widget gives a conversation to a person, who is wanted at once; with a token.

It is posted from the step "hand over to a person" of whatever runs the assistant:
{"conversation_id": "c-1", "reason": "asked for a person twice", "urgency": "high", "customer": {"name": "Ana Ruiz",
"email": "ana@example.org"}, "order_ref": "8812", "url": "https://…", "at": "2026-01-05T10:00:00Z",
"transcript": [{"from": "customer", "text": "…"}, {"from": "assistant", "text": "…"}]}. A transcript may be one text as well,
a line for each turn that begins with who speaks; a turn may have role and content, as models have it. All but one of
transcript and reason may be missing.

How it is known: the shape is ours; names of roles are those that documentation of assistants has. What the customer wrote is
the comment, what the assistant wrote stands beside it, and whatever else was sent is read as in any object.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from cases.arrivals.answers import Answer, Nature, answer, of_data
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, called, instant_of, object_of, objects
from handlers.sources.signatures import BEARER

NAME, VENDOR = "handover", "an assistant that hands over"
SECRET_ENV = "HANDOVER_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.DOCUMENTATION
MARKS = (("transcript",), ("reason", "urgency"))
SIGNATURE = BEARER
_TAKEN = (*MARKS, ("messages",), ("reason",), ("summary",))
_MEANS = {
    "external_id": Means.EXTERNAL_ID,
    "conversation_id": Means.EXTERNAL_ID,
    "at": Means.OCCURRED_AT,
    "timestamp": Means.OCCURRED_AT,
    "reason": Means.SUBJECT,
    "summary": Means.SUBJECT,
}
_CUSTOMER = ("customer", "user", "visitor", "client", "guest", "contact", "end_user", "caller", "kunde", "kundin")
_SPEAKS = re.compile(r"(?m)^[ \t]*([^\W\d][\w ]{0,30}):[ \t]*")
_LONGEST = 4_000  # characters of a transcript; the end of it tells most
Turn = tuple[str, str]


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The conversation, for a person to take up."""
    told = object_of(body, VENDOR, _TAKEN)
    turns = list(_turns(told.get("transcript") or told.get("messages")))
    others = {key: value for key, value in told.items() if key not in (*_MEANS, "transcript", "messages", "url")}
    answers = [
        *answer("handed_over", "", True, Means.HANDED_OVER),
        *called(told, _MEANS),
        *_spoken(turns),
        *answer("conversation", "Conversation", told.get("url")),
        *of_data(others),
    ]
    said_at = instant_of(told.get("at") or told.get("timestamp"))
    return [Opened(answers=answers, said_at=said_at)]


def _spoken(turns: list[Turn]) -> Iterator[Answer]:
    """The customer's own words; all of it beside them, where somebody else spoke too."""
    own = [text for who, text in turns if who in _CUSTOMER]
    yield from answer("comment", "comment", "\n\n".join(own or [text for _, text in turns]), Means.COMMENT)
    if len(own) < len(turns):
        whole = "\n".join(f"{who.capitalize()}: {text}" if who else text for who, text in turns)
        yield from answer("transcript", "Transcript", whole[-_LONGEST:], None, Nature.COMPUTED)


def _turns(given: Any) -> Iterator[Turn]:
    """Who said what: from a list of turns, or a text that names who speaks."""
    if isinstance(given, str):
        before, *parts = _SPEAKS.split(given)
        if not any(who.strip().lower() in _CUSTOMER for who in parts[::2]):
            yield "", given
            return
        if before.strip():
            yield "", before.strip()
        for who, text in zip(parts[::2], parts[1::2], strict=True):
            yield who.strip().lower(), text.strip()
    for turn in objects(given):
        who, text = (
            _first(turn, ("from", "role", "author", "speaker", "sender")),
            _first(turn, ("text", "content", "message")),
        )
        if text:
            yield who.strip().lower(), text


def _first(turn: Object, names: tuple[str, ...]) -> str:
    return next((said for name in names if isinstance(said := turn.get(name), str) and said), "")


GUIDE = Guide(
    clicks=(
        'In whatever runs your assistant, let the step "hand over to a person" post to the address, with the secret as a bearer token.',
    ),
    sends="The conversation, and why it is handed over. `transcript` may be one text too, a line for each turn that begins with who speaks; a turn may have `role` and `content`. One of `transcript` and `reason` is enough.",
    unread="Nothing is thrown away: what no field takes stands on the card. Of a long transcript the end is kept.",
)

EXAMPLE = {
    "conversation_id": "c-1",
    "at": "2026-01-05T10:00:00Z",
    "reason": "Asked for a person twice",
    "urgency": "high",
    "customer": {"name": "Ana Ruiz", "email": "ana@example.org"},
    "order_ref": "8812",
    "url": "https://chat.example/c-1",
    "transcript": [
        {"from": "customer", "text": "I want to speak to somebody about my parcel"},
        {"from": "assistant", "text": "Have you looked at our help pages?"},
    ],
}
