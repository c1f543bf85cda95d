"""Whether a customer says that it is right now: what makes a contact a good end, and more than a kind answer."""

from __future__ import annotations

import re

from cases.judgement.speech import NOT_YET, SET_RIGHT
from cases.judgement.tongues import TONGUES, tongue_of
from cases.judgement.wording import read
from cases.model import Feedback, Rating

_PHRASE_ENDS = re.compile(r"[.,?]")


def says_it_is_right(feedback: Feedback, rated_before: Rating | None = None) -> bool:
    """Whether the words say so, in English, or else the best rating there is, given anew; of no unhappy word."""
    text = read(feedback.comment or "")
    if text.words and tongue_of(text.words) not in TONGUES and _said(text.plain):
        return True
    rating = feedback.rating
    return rating is not None and rating != rated_before and rating.share == 1


def _said(plain: str) -> bool:
    """What is hoped for, awaited or denied in the same phrase is not so yet."""
    return any(not NOT_YET.search(_phrase(plain, found)) for found in SET_RIGHT.finditer(plain))


def _phrase(plain: str, found: re.Match[str]) -> str:
    ends = _PHRASE_ENDS.search(plain, found.end())
    begins = max((stop.end() for stop in _PHRASE_ENDS.finditer(plain, 0, found.start())), default=0)
    return f" {plain[begins : ends.start() if ends else len(plain)]} "
