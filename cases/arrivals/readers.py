"""Readers: an answer as one of our fields takes it; ValueError says what is wrong, None that it is something else.

`sure`: it is known to be this field, so that only what cannot be is refused; otherwise only a label speaks for it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from cases.arrivals.answers import Answer
from cases.arrivals.dates import Reading, read_day, read_instant
from cases.arrivals.feedback import LONGEST_FIELD, LONGEST_ID, LONGEST_URL, address, short_id
from cases.arrivals.json_fields import line, web_address
from cases.arrivals.labels import is_somebody, zone_told
from cases.arrivals.ratings import read_rating
from cases.arrivals.told import Means, Told
from cases.arrivals.yes_or_no import yes_or_no
from cases.model import Rating

_LONGEST_NAME, _LONGEST_REF = 100, 60
_PHONE = re.compile(r"[+(]?\d[\d\s()./+-]{4,24}\d(\s*(?:x|ext\.?)\s*\d{1,6})?")
_NO_NAME = re.compile(
    r"@|\S/\S+/|\A\w{3,}(?:\.\w{3,}){2,}\Z|\A\w+:\w+\Z"
)  # an address; the path of a resource; an event: "message:created"
_LETTER, _DIGIT = re.compile(r"[^\W\d_]"), re.compile(r"\d")
_LOCALE = re.compile(r"[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*|[^\W\d]{4,20}")
_field, _source, _address = line(LONGEST_FIELD), line(LONGEST_ID), web_address(LONGEST_URL)
Reader = Callable[[Answer, Told, bool], Any]


def _text(limit: int) -> Reader:
    def read(each: Answer, _: Told, sure: bool) -> str | None:
        if isinstance(each.said, bool):
            raise ValueError("must be text")
        text = _field(each.text)
        return text if sure or text is None or len(text) <= limit else None

    return read


def _a_name(each: Answer, _: Told, sure: bool) -> str | None:
    text = None if isinstance(each.said, bool) else _field(each.text)
    if sure or not text:
        return text
    return text if not _NO_NAME.search(text) and _LETTER.search(text) and len(text) <= _LONGEST_NAME else None


def as_name(parts: Iterable[str]) -> str | None:
    """Parts of a name put together, as long as a field may be."""
    return " ".join(parts)[:LONGEST_FIELD].strip() or None


def _an_email(each: Answer, _: Told, sure: bool) -> str | None:
    text = each.text
    found = address(text)
    if found and "@" in found and " " not in found:
        return found
    return found if sure else None


def _a_phone(each: Answer, _: Told, sure: bool) -> str | None:
    text = _field(each.text)
    return text if text and (sure or _PHONE.fullmatch(text)) else None


def _a_ref(each: Answer, _: Told, sure: bool) -> str | None:
    if isinstance(each.said, bool):
        return None
    text = _field(each.text)
    if sure or not text:
        return text
    return text if len(text) <= _LONGEST_REF and _DIGIT.search(text) and len(text.split()) <= 3 else None


def _an_id(each: Answer, _: Told, sure: bool) -> str | None:
    if isinstance(each.said, bool | tuple):
        raise ValueError("must be text or a number")
    steps = each.home.split(".")
    if not sure and (is_somebody(steps[-1]) or any(map(str.isdecimal, steps))):
        return None  # the customer's, who comes again; one of several things in a list, not the whole's
    return short_id(each.text) if each.text else None


def _flag(each: Answer, _: Told, sure: bool) -> bool | None:
    if isinstance(each.said, tuple):
        raise ValueError("must be yes or no")
    return yes_or_no(int(each.said) if isinstance(each.said, float) and each.said.is_integer() else each.said)


def _a_locale(each: Answer, _: Told, sure: bool) -> str | None:
    text = _field(each.text)
    if text and sure and not isinstance(each.said, str):
        raise ValueError('must be a language, for instance "en"')
    return text if text and (sure or _LOCALE.fullmatch(text)) else None


_HOST = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}(/\S*)?", re.IGNORECASE)


def _a_url(each: Answer, _: Told, sure: bool) -> str | None:
    """Some help desks leave out the scheme."""
    text = each.text.strip()
    return _address(f"https://{text}" if _HOST.fullmatch(text) else text)


def _dates(told: Told, each: Answer) -> Reading:
    return Reading(told.dates or told.orders.get(each.key), zone_told(each.label[:LONGEST_FIELD]) or told.zone)


def _an_instant(each: Answer, told: Told, sure: bool) -> datetime | None:
    if isinstance(each.said, bool) and not sure:
        return None
    if isinstance(each.said, bool | tuple):
        raise ValueError('must be a date and time such as "2026-01-05T09:40:00Z"')
    return read_instant(each.said, _dates(told, each))


def _a_day(each: Answer, told: Told, sure: bool) -> Any:
    if isinstance(each.said, bool | tuple):
        raise ValueError('must be a date such as "2026-01-07"')
    return read_day(each.said, _dates(told, each))


def _a_scale(each: Answer, _: Told, sure: bool) -> float | None:
    rating = None if isinstance(each.said, tuple) else read_rating(each.said)
    return rating.value if rating and rating.value > 0 else None


def _a_rating(each: Answer, _: Told, sure: bool) -> Rating | None:
    return None if isinstance(each.said, tuple) else read_rating(each.said, each.steps)


def _a_source(each: Answer, told: Told, sure: bool) -> str | None:
    return _source(each.text) if sure else None


READERS: dict[Means, Reader] = {
    Means.RATING: _a_rating,
    Means.SCALE: _a_scale,
    Means.NAME: _a_name,
    Means.FIRST_NAME: _a_name,
    Means.LAST_NAME: _a_name,
    Means.EMAIL: _an_email,
    Means.PHONE: _a_phone,
    Means.CUSTOMER_ID: _text(_LONGEST_REF),
    Means.ORDER_REF: _a_ref,
    Means.SUBJECT: _text(LONGEST_FIELD),
    Means.OCCASION: _text(LONGEST_FIELD),
    Means.OCCASION_AT: _a_day,
    Means.CONTACT_OK: _flag,
    Means.LOCALE: _a_locale,
    Means.PUBLIC_URL: _a_url,
    Means.EXTERNAL_ID: _an_id,
    Means.OCCURRED_AT: _an_instant,
    Means.SOURCE: _a_source,
    Means.HANDED_OVER: _flag,
    Means.DOUBTED: _flag,
}
