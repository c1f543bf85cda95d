"""Chatwoot: a customer's answer to the survey at the end of a conversation, which comes as a changed message, and what customers write.

How it is known: event and place of the answers from Chatwoot's issues, where a maintainer says so, and from four programs; the
signature from programs; that an event csat_survey_response_created may come, from a proposal of it. Most changed messages are
no answers, and open nothing. New messages (`incoming` are the customer's) from its page of webhook events.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.answers import answer
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, at, beside, called, object_of, objects, part
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "chatwoot", "Chatwoot"
SECRET_ENV = "CHATWOOT_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
MARKS = (("event", "account"), ("event", "contact_inbox"))
SIGNATURE = HmacShape(
    header="X-Chatwoot-Signature", encoding="hex", prefix="sha256=", before=("X-Chatwoot-Timestamp",), separator="."
)
_ANSWERED = ("content_attributes.submitted_values.csat_survey_response", "csat_survey_response")
_SAID = {"rating": Means.RATING, "feedback_message": Means.COMMENT}
_MEANS = {
    "id": Means.EXTERNAL_ID,
    "created_at": Means.OCCURRED_AT,
    "conversation.meta.sender.name": Means.NAME,
    "conversation.meta.sender.email": Means.EMAIL,
    "conversation.meta.sender.phone_number": Means.PHONE,
    "conversation.meta.sender.id": Means.CUSTOMER_ID,
}
_INCOMING = ("incoming", 0)
_OWN = ("conversation.custom_attributes", "conversation.meta.sender.custom_attributes")


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The survey's answers with whose conversation it was, or what the customer wrote; nothing for any other message."""
    message = _first_of(object_of(body, VENDOR, MARKS))
    survey = next((found for path in _ANSWERED if (found := part(message, path))), None)
    if survey is not None:
        said = [*called(survey, _SAID, best=5)]
    elif (
        message["event"] == "message_created"
        and message.get("message_type") in _INCOMING
        and not message.get("private")
    ):
        said = [*called(message, {"content": Means.COMMENT})]
    else:
        return []
    if not said:  # a picture, without a word
        return []
    inbox = answer("inbox", "Inbox", at(message, "inbox.name"))
    answers = [*said, *called(message, _MEANS), *beside(message, _OWN), *inbox]
    said_at = instant_if_any(message.get("updated_at") or message.get("created_at"))
    return [Opened(answers=answers, said_at=said_at)]


def _first_of(told: Object) -> Object:
    """The message of an event; of a new conversation the first one, which comes by itself as well, and has the same id there."""
    if told["event"] != "conversation_created":
        return told
    first = next(iter(objects(told.get("messages"))), {})
    return {**first, "event": "message_created", "conversation": told}


GUIDE = Guide(
    clicks=(
        "**Settings → Integrations → Webhooks → Configure → Add new webhook**, and put the address in.",
        "Tick **Message updated**, and **Message created** too if what customers write is to be judged; then create it. The survey itself is switched on in the inbox's settings (*CSAT*).",
        'Copy the secret that Chatwoot shows beside the webhook: it is the secret of step 1, so set this one. Older servers show none and sign nothing: write `signed = "token"` under `[sources.chatwoot]` in policy.toml, and put the secret at the end of the address.',
    ),
    sends="One POST for each message that is new or changes, as JSON; the customer's answer to the survey is such a change. All others are answered 202 and open nothing.",
    unread="What agents and bots write, and notes; changed messages that hold no answer to the survey; attachments.",
    site="https://www.chatwoot.com/hc/user-guide/articles/1677693021-how-to-use-webhooks",
)


EXAMPLE = {
    "event": "message_updated",
    "id": 9911,
    "content_type": "input_csat",
    "content_attributes": {
        "submitted_values": {"csat_survey_response": {"rating": 1, "feedback_message": "Nobody answered for two days"}}
    },
    "created_at": "2026-01-05T10:00:00.000Z",
    "account": {"id": 1, "name": "Hearth"},
    "inbox": {"id": 3, "name": "Website"},
    "conversation": {
        "id": 55,
        "custom_attributes": {"order_id": "8812"},
        "meta": {"sender": {"id": 12, "name": "Ana Ruiz", "email": "ana@example.org"}},
    },
}
