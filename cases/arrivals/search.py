"""How a customer is found again by what somebody types: words of a name, an order's number, an id, an address, a number.

Unlike the keys by which customers are known, these prove nothing: two people may be called alike.
"""

from __future__ import annotations

import re
import unicodedata

from cases.arrivals.customers import email_key, phone_key, short
from cases.model import Feedback

WORD = "word:"  # what keys by which one is found, and no more, begin with
_MOST_WORDS = 20  # of one feedback, and of what is typed
_APOSTROPHES = re.compile(r"['’ʼ`´]")
_RUN = re.compile(r"[^\W_]+")
_DIGIT, _DIGITS = re.compile(r"\d"), re.compile(r"\d{3,}")


def search_keys(feedback: Feedback) -> frozenset[str]:
    """By what this feedback is found: "word:…" for each word of the name, and for order and id whole and in parts."""
    customer = feedback.customer
    numbers = [number for written in (feedback.order_ref, customer.id) for number in _numbers(written or "")]
    return frozenset(_key(word) for word in [*_words(customer.name or "")[:_MOST_WORDS], *numbers])


def looked_for(typed: str, region: str | None = None) -> list[frozenset[str]]:
    """What somebody may mean, each way as the keys that all have to be there; none where nothing can be looked for."""
    words = _words(typed)[:_MOST_WORDS]
    ways = [
        {_key(word) for word in words},
        {_key(_joined(typed))} if _has_digit(typed) else set(),
        {f"email:{address}"} if (address := email_key(typed)) else set(),
        {f"phone:{number}"} if (number := phone_key(typed, region)) else set(),
    ]
    return [frozenset(short(key) for key in way) for way in ways if way]


def _numbers(written: str) -> list[str]:
    """ "Order GB-6021" is found as gb6021 and as 6021, and with what stands around it; "order" alone finds nothing."""
    runs = _RUN.findall(_plain(written))
    parts = [word for word in _telling(runs) if _has_digit(word)]
    digits = [run for part in parts for run in _DIGITS.findall(part)]
    whole = "".join(runs)
    return list(dict.fromkeys([*([whole] if _has_digit(whole) else []), *parts, *digits]))[:_MOST_WORDS]


def _words(text: str) -> list[str]:
    """Words without accents and capitals; a single letter of ours is an initial, and tells nothing."""
    return _telling(_RUN.findall(_plain(text)))


def _telling(runs: list[str]) -> list[str]:
    return [run for run in runs if len(run) > 1 or not run.isascii() or run.isdecimal()]


def _joined(text: str) -> str:
    return "".join(_RUN.findall(_plain(text)))


def _plain(text: str) -> str:
    small = _APOSTROPHES.sub("", text).casefold()
    if small.isascii():
        return small
    decomposed = unicodedata.normalize("NFKD", small)
    return "".join(char for char in decomposed if unicodedata.category(char) != "Mn")


def _has_digit(text: str) -> bool:
    return _DIGIT.search(text) is not None


def _key(word: str) -> str:
    return short(f"{WORD}{word}")
