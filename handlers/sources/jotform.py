"""Jotform: a submission, as multipart with the answers as JSON in one of its fields; it signs nothing, and shows a token.

How it is known: that it is multipart, and `rawRequest` with keys such as q3_howWas, from programs that receive it; the other
fields of rawRequest from memory. Titles of questions stand in `pretty` alone, as "Title:answer, Title:answer", in the order of
rawRequest (a program's fixtures). There a title is what stands between two answers that are known. No time is sent.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

from cases.arrivals.answers import of_json
from cases.arrivals.feedback import BadFeedback, Fault, read_json
from cases.arrivals.told import Means
from handlers.sources.contract import Guide, Known, Opened
from handlers.sources.envelope import Object, called, object_of
from handlers.sources.signatures import BEARER

NAME, VENDOR = "jotform", "Jotform"
SECRET_ENV = "JOTFORM_SECRET"  # noqa: S105  the name of the variable
KNOWN = Known.DOCUMENTATION
MARKS = (("submissionID", "rawRequest"),)
SIGNATURE = BEARER
_QUESTION = re.compile(r"q\d+_")
_LONGEST_TITLE = 300


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The answers to the form's own questions."""
    submission = object_of(body, VENDOR, MARKS)
    raw = {key: value for key, value in _raw(submission).items() if _QUESTION.match(key)}
    titles = _titles(submission.get("pretty"), raw)
    answers = [
        each._replace(label=titles[each.key], also_called=(each.key,)) if each.key in titles else each
        for each in of_json(raw)
    ]
    return [Opened(answers=[*called(submission, {"submissionID": Means.EXTERNAL_ID}), *answers])]


def _titles(pretty: object, raw: Object) -> dict[str, str]:
    """The titles of the questions whose answers are found, one after the other; an answer that is written otherwise there is passed over."""
    titles: dict[str, str] = {}
    left, is_next = (pretty if isinstance(pretty, str) else ""), True
    for key, said in raw.items():
        answer = said.strip() if isinstance(said, str) else ""
        before, found, after = (
            left.partition(f":{answer}, ") if f":{answer}, " in left else left.partition(f":{answer}")
        )
        if not answer or not found or (not found.endswith(", ") and after):
            is_next = is_next and said in ("", None, [])
            continue
        title = before if is_next else before.rpartition(", ")[2]
        if title.strip() and len(title) <= _LONGEST_TITLE:
            titles[key] = title.strip()
        left, is_next = after, True
    return titles


def _raw(submission: Object) -> Object:
    raw = submission["rawRequest"]
    raw = read_json(raw.encode("utf-8", "replace")) if isinstance(raw, str) else raw
    if not isinstance(raw, Mapping):
        raise BadFeedback(Fault("rawRequest", "must be an object of answers"))
    return raw


def _multipart(fields: Mapping[str, str]) -> bytes:
    parts = [
        f'--example\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields.items()
    ]
    return "".join([*parts, "--example--\r\n"]).encode()


GUIDE = Guide(
    clicks=(
        "Open the form in the builder, then **Settings → Integrations → WebHooks**.",
        "Put in the address with the secret at its end, and choose **Complete Integration**.",
        "Submit the form once.",
    ),
    sends="One multipart POST for each submission; the answers are JSON in its field `rawRequest`, each under a key such as `q3_howWas`.",
    unread="How many steps a rating has, unless its title says so, and the time. The title of a question is not sent with its answer, but found in `pretty`; where it is not, its key is all there is (give it a telling unique name in its properties). Files are named and never fetched.",
    site="https://www.jotform.com/help/245-how-to-setup-a-webhook-with-jotform/",
    checked="the clicks are from programs that receive it, as that page could not be opened in November 2026",
)

EXAMPLE = _multipart(
    {
        "formID": "240011112222333",
        "submissionID": "5747236631235621087",
        "formTitle": "After delivery",
        "rawRequest": json.dumps(
            {
                "slug": "submit/240011112222333/",
                "q3_howWas": "2",
                "q4_whatWent": "Soup cold",
                "q5_email": "ana@example.org",
                "q6_name": {"first": "Ana", "last": "Ruiz"},
                "q8_orderNumber": "8812",
            }
        ),
        "pretty": "How was it?:2, What went wrong?:Soup cold",
    }
)
