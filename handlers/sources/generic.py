"""Our own intake, for programs that can sign: Standard Webhooks headers around one feedback object.

Standard Webhooks: https://www.standardwebhooks.com; Svix and those who send through it call the same headers svix-id and so
on. How it is known: from its documentation, and a vector of its own test suite fits. The age of a request (five minutes either way) is measured by the
package against the machine's own clock, as it must be: it is a fact of the wire, not of a case.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from datetime import UTC, datetime

from standardwebhooks.webhooks import EmptyWebhookSecretError, Webhook, WebhookVerificationError

from cases.arrivals.answers import of_data
from cases.arrivals.bodies import read_body
from cases.arrivals.feedback import BadFeedback, Fault
from cases.arrivals.json_fields import instant_if_any
from handlers.sources.contract import BadSignature, Example, Guide, Known, Opened, delivery
from handlers.sources.signatures import header, header_if_any

NAME, VENDOR = "generic", "our own intake"
KNOWN, MARKS = Known.VECTOR, ()
SECRET_ENV = "INTAKE_SECRET"  # noqa: S105  the name of the variable
_HEADERS = ("webhook-id", "webhook-timestamp", "webhook-signature")
TYPES = ("feedback.created", "feedback.updated")


def verify(headers: Mapping[str, str], body: bytes, secret: str, env: str = SECRET_ENV) -> None:
    """Raises BadSignature unless webhook-id, webhook-timestamp and webhook-signature fit the body and are recent."""
    try:
        webhook = Webhook(secret)
    except (EmptyWebhookSecretError, ValueError):
        raise BadSignature(f"{env} is not usable: it must be whsec_ and base64") from None
    headers = _as_standard(headers)
    for name in _HEADERS:
        header(headers, name)
    try:
        webhook.verify(body, dict(headers), json_parse=False)
    except WebhookVerificationError as refused:
        raise BadSignature(str(refused)) from None
    except ValueError:  # the package takes well-formed headers and UTF-8 bodies for granted
        if not _are_signed(webhook, body, headers, secret):
            raise BadSignature("the signature headers or the body cannot be read") from None


def _as_standard(headers: Mapping[str, str]) -> dict[str, str]:
    """The headers by the names that the standard has for them."""
    low = {name.lower(): value for name, value in headers.items()}
    return {
        name.replace("svix-", "webhook-") if name.startswith("svix-") else name: value for name, value in low.items()
    }


def delivery_of(headers: Mapping[str, str], body: bytes) -> str:
    """What names a delivery, by the id in its headers."""
    return delivery(body, header_if_any(_as_standard(headers), "webhook-id"))


def _are_signed(webhook: Webhook, body: bytes, headers: Mapping[str, str], secret: str) -> bool:
    """Whether bytes that are no UTF-8 are the sender's own all the same: then what is wrong with them can be told.

    How old they may be the package says: of a text that is signed here, at the time they claim.
    """
    message, sent = header(headers, "webhook-id"), header(headers, "webhook-timestamp")
    try:
        key, at = base64.b64decode(secret.removeprefix("whsec_")), datetime.fromtimestamp(int(sent), UTC)
        own = {"webhook-id": message, "webhook-timestamp": sent, "webhook-signature": webhook.sign(message, at, "{}")}
        webhook.verify("{}", own, json_parse=False)
    except (WebhookVerificationError, ValueError, OverflowError, OSError):
        return False
    mac = hmac.new(key, f"{message}.{sent}.".encode() + body, hashlib.sha256).digest()
    wanted = b"v1," + base64.b64encode(mac)
    given = header(headers, "webhook-signature").encode("utf-8", "replace").split()
    return any(hmac.compare_digest(wanted, one) for one in given)


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The feedback of the request: in its `data`, or, where a program sends it bare, the body itself. Raises BadFeedback."""
    envelope = read_body(body)
    if isinstance(envelope, list) and len(envelope) == 1:
        (envelope,) = envelope
    if not isinstance(envelope, Mapping):
        raise BadFeedback(Fault("body", 'must be an object with "type" and "data"'))
    if "data" in envelope and envelope.get("type", TYPES[0]) not in TYPES:
        raise BadFeedback(Fault("type", f"must be {' or '.join(TYPES)}"))
    data = envelope.get("data", envelope)
    if not isinstance(data, Mapping):
        raise BadFeedback(Fault("data", "must be an object, that is {…}"))
    said_at = instant_if_any(envelope.get("timestamp"))
    event = delivery_of(headers, body)
    return [Opened(answers=of_data(data), path="data" if data is not envelope else "", said_at=said_at, event=event)]


def sign(body: bytes, secret: str, at: datetime, message_id: str = "msg_example") -> dict[str, str]:
    """The headers of a request sent at `at`, for whoever plays the sender."""
    signature = Webhook(secret).sign(message_id, at, body.decode())
    stamp = str(int(at.timestamp()))
    return {"webhook-id": message_id, "webhook-timestamp": stamp, "webhook-signature": signature}


GUIDE = Guide(
    clicks=(
        "Sign each request with it: [in curl, Node and Python](signing.md).",
        "A program that cannot sign shows a token instead: set `INTAKE_TOKEN`, and send `Authorization: Bearer` with it, or put it at the end of the address.",
    ),
    sends="What your own program posts. One of `rating` and `comment` is enough; an `external_id` is wanted, so that the same feedback sent twice is one. `type` may be `feedback.updated` for a correction.",
    unread='Keys that no field takes: they stand on the card as "also answered", and in the answer under `"unread"`.',
    site="https://www.standardwebhooks.com",
)

EXAMPLE = Example(
    kinds=("type",),
    secret="whsec_" + "ZXhhbXBsZSBzZWNyZXQgb2YgdGhlIHRlc3Rz",  # base64 of "example secret of the tests"
    sign=sign,
    body=json.dumps(
        {
            "type": "feedback.created",
            "timestamp": "2026-01-05T10:00:00Z",
            "data": {
                "external_id": "order-8812",
                "source": "delivery-form",
                "customer": {"name": "Ana Ruiz", "email": "ana@example.org", "phone": None, "id": "c-77"},
                "rating": {"value": 2, "scale": 5},
                "comment": "Soup cold, an hour late",
                "order_ref": "8812",
                "occasion": "birthday",
                "occasion_at": "2026-01-07",
                "contact_ok": True,
                "occurred_at": "2026-01-05T09:40:00Z",
            },
        }
    ).encode(),
)
