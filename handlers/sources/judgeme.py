"""Judge.me: a review of a product, new or changed.

How it is known: the header from Judge.me's documentation; that it is over the exact bytes, in hexadecimal, and the names of
fields from three programs each. Whether the review stands under `review` or bare is told nowhere: both are read.
"""

from __future__ import annotations

from collections.abc import Mapping

from cases.arrivals.answers import answer
from cases.arrivals.json_fields import instant_if_any
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import at, beside, called, object_of, objects, part
from handlers.sources.signatures import HmacShape

NAME, VENDOR = "judgeme", "Judge.me"
SECRET_ENV = "JUDGEME_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.VECTOR
MARKS = (("review.reviewer",), ("reviewer", "rating"))
SIGNATURE = HmacShape(header="JUDGEME-HMAC-SHA256", encoding="hex")
_MEANS = {
    "id": Means.EXTERNAL_ID,
    "rating": Means.RATING,
    "body": Means.COMMENT,
    "title": Means.SUBJECT,
    "reviewer.name": Means.NAME,
    "reviewer.email": Means.EMAIL,
    "reviewer.phone": Means.PHONE,
    "created_at": Means.OCCURRED_AT,
}


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The review."""
    told = object_of(body, VENDOR, MARKS)
    review = part(told, "review") or told
    pictures = [at(picture, "urls.original") for picture in objects(review.get("pictures"))]
    answers = [
        *called(review, _MEANS, best=5),
        *beside(review, ("product_title",)),
        *answer("pictures", "Pictures", pictures),
    ]
    said_at = instant_if_any(review.get("updated_at") or review.get("created_at"))
    return [Opened(answers=answers, path="review" if "review" in told else "", said_at=said_at)]


GUIDE = Guide(
    clicks=(
        "Make a webhook for **review/created** and one for **review/updated**, each with the address, by Judge.me's API: <https://judge.me/api/docs#tag/Webhooks>.",
        "The secret of step 1 is the one that belongs to what made them: the shop's **private API token**, or, where an OAuth app made them, that app's secret.",
    ),
    sends="One POST for each review of a product, new or changed, as JSON.",
    unread="Pictures are named and never fetched; replies to the review, and the reviewer's number at Judge.me.",
    site="https://help.judge.me/en/articles/8299679-verifying-webhooks-from-judge-me",
    checked="the signature and how the secret is made were read there in November 2026; nobody has tried the API's call here",
)

EXAMPLE = {
    "review": {
        "id": 912345,
        "title": "Broken",
        "body": "Arrived in two pieces",
        "rating": 1,
        "product_title": "Vase blue",
        "reviewer": {"id": 77, "name": "Ana Ruiz", "email": "ana@example.org", "phone": None},
        "created_at": "2026-01-05T10:00:00+00:00",
        "updated_at": "2026-01-05T10:00:00+00:00",
        "pictures": [],
    }
}
