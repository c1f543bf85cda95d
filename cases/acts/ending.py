"""How a case is likely to end, and by what a good end is known: the customer said so, they ordered again, or it is our word."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from cases.acts.hands import looked_after
from cases.model import GOOD_ENDS, Case, Grade, Outcome, Sign, Status
from cases.spoken.signs import level


def sign_of(case: Case) -> Sign:
    """By what a good end is known, as far as there is evidence of one; without any it is the word of whoever says it."""
    if case.came_back_at is not None:
        return Sign.ORDERED
    return Sign.SAID_SO if case.evidence is Grade.CONFIRMED else Sign.OUR_WORD


def likely_end(case: Case) -> tuple[Outcome, Sign] | None:
    """The end that what is known of the customer speaks for; None where nothing does."""
    sign = sign_of(case)
    if case.status is not Status.CONTACTED or sign is Sign.OUR_WORD:
        return None
    return (Outcome.WON_BACK if sign is Sign.ORDERED else Outcome.SATISFIED), sign


def ordered(case: Case, at: datetime, now: datetime) -> Case:
    """The customer ordered again. That is no contact; but after one, its owner is asked whether it ended well, once."""
    known = replace(case, ordered_at=max(at, case.ordered_at or at))
    first = known.came_back_at is not None and case.came_back_at is None
    return looked_after(known, now) if first else known


_WHO = r"(?:(?:because|since|and)\s+)?(?:(?:they|she|he|the customer)\s+)?(?:ha(?:s|ve)\s+)?"
_SIGNS = re.compile(
    rf"{_WHO}(?:(?P<said_so>(?:said|told us)\s+so)|(?P<ordered>ordered\s+again)|(?P<our_word>(?:our|my)\s+(?:own\s+)?word))\b[\s:,;.-]*(?:[/|]\s*)?",
    re.IGNORECASE,
)


def read_sign(told: str, outcome: Outcome | None) -> tuple[Sign | None, str]:
    """ "they said so", "she has ordered again", what follows a good end in a command; with the rest."""
    found = _SIGNS.match(level(told)) if outcome in GOOD_ENDS else None
    if found is None or found.lastgroup is None:
        return None, told
    return Sign(found.lastgroup), told[found.end() :]
