"""Formbricks: a finished response, each answer under the id of its question, signed as Standard Webhooks.

How it is known: triggers, body and signature from Formbricks' documentation; an older page of it has the body in a list of
one. That a newer one has the answers under `response` is from one program. The words of questions are not sent: give them
telling ids, or name the ids in policy.toml.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import beside, called, object_of, part
from handlers.sources.signatures import STANDARD

NAME, VENDOR = "formbricks", "Formbricks"
SECRET_ENV = "FORMBRICKS_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.DOCUMENTATION
MARKS = (("webhookId", "event", "data"),)
SIGNATURE = STANDARD
_MEANS = {
    "id": Means.EXTERNAL_ID,
    "updatedAt": Means.OCCURRED_AT,
    "createdAt": Means.OCCURRED_AT,
    "language": Means.LOCALE,
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The answers of a finished response; nothing for one begun or under way, and for tests."""
    event = object_of(body, VENDOR, MARKS)
    if event["event"] != "responseFinished":
        return []
    response = part(event, "data.response") or part(event, "data")
    said_at = instant_if_any(response.get("updatedAt") or response.get("createdAt"))
    answers = [*called(response, _MEANS), *beside(response, ("data", "contactAttributes"))]
    return [Opened(answers=answers, path="data", said_at=said_at)]


GUIDE = Guide(
    clicks=(
        "**Configuration → Integrations → Manage Webhooks → Add Webhook**, and put the address in.",
        "Tick the trigger **Response Finished**, and the surveys it is for.",
        "Copy the signing secret that Formbricks shows (`whsec_…`): it is the secret of step 1, so set this one.",
        "Give the questions telling ids, such as `what_went_wrong`: their words are not sent.",
    ),
    sends="One POST for each finished response, as JSON, each answer under its question's id. A self-hosted Formbricks refuses addresses of its own network unless it is told to allow them.",
    unread="Responses that are begun or under way, the times each question took, variables, tags, and where the customer's browser was. How many steps a rating has is not sent: tell it by `scale`.",
    site="https://formbricks.com/docs/xm-and-surveys/core-features/integrations/webhooks",
)

EXAMPLE = {
    "webhookId": "wh1",
    "event": "responseFinished",
    "data": {
        "id": "r1",
        "surveyId": "s1",
        "finished": True,
        "createdAt": "2026-01-05T09:58:00.000Z",
        "updatedAt": "2026-01-05T10:00:00.000Z",
        "data": {"score": 2, "what_went_wrong": "Soup cold", "email": "ana@example.org", "order_id": "8812"},
        "contactAttributes": {"userId": "c-77"},
        "language": "en",
    },
}
