"""Jotform: a submission, as multipart with the answers as JSON in one of its fields; it signs nothing, and shows a token.

How it is known: that it is multipart, and `rawRequest` with keys such as q3_howWas, from programs that receive it; the other
fields of rawRequest from memory. Titles of questions stand in `pretty` alone, where a comma in an answer cannot be told from
the one between answers: the key of a question is its name. No time is sent.
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


def open_(body: bytes, headers: Mapping[str, str]) -> list[Opened]:
    """The answers to the form's own questions."""
    submission = object_of(body, VENDOR, MARKS)
    raw = {key: value for key, value in _raw(submission).items() if _QUESTION.match(key)}
    answers = [*called(submission, {"submissionID": Means.EXTERNAL_ID}), *of_json(raw)]
    return [Opened(answers=answers)]


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
    unread="The titles of the questions (a key is all there is; give a question a telling unique name in its properties), how many steps a rating has, the time, and `pretty`. Files are named and never fetched.",
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
