"""Whether somebody owns the failure in the active voice (A4, A5)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.blame import shifts_blame
from cases.replies.checks.doubt import doubts_customer
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.plausible import may_own
from cases.replies.checks.reading import Reading

_SLIP = (
    r"mistakes?|errors?|oversights?|mix-?ups?|mis-?communications?|misunderstandings?|confusion|problems?|issues?"
    r"|glitch|delays?|failures?|slip-ups?"
)
_HARMED = (
    r"delayed|lost|misplaced|damaged|sent|charged|billed|cancelled|canceled|forgotten|missed|mixed up|misrouted"
    r"|overlooked|overcharged|handled|"
    r"delivered|broken|served|packed|treated|blocked|not (?:\w+)"
)
PASSIVE = re.compile(
    rf"\b(?:{_SLIP}) (?:was|were|has been|have been|had been|got|has|have)?(?: \w+ly)? ?(?:made|committed|occurred"
    r"|happened|arose|arisen|crept in|took place|taken place)\b"
    r"|\bthere (?:was|has been|were|have been|had been|seems to have been|appears to have been) (?:a|an|some"
    rf"|several)(?: \w+){{0,2}} (?:{_SLIP})\b"
    r"|\b(?:something|things|it|this) (?:has |have )?(?:went|gone|go) wrong\b"
    r"|\bthings (?:got|were) (?:lost|missed|mixed|overlooked)"
    rf"|\b(?:your|the|an?|it|this|they)(?: [\w-]+){{0,3}} (?:was|were|got|has been|have been"
    rf"|had been)(?: \w+ly)? (?:{_HARMED})\b"
)


def agentless(reading: Reading) -> Iterator[Span]:
    """A4: only where nobody owns it elsewhere in the reply; beside an "I sent it late" a passive is harmless."""
    if reading.owns or reading.apologised_before or not reading.absences_count:
        return
    match = PASSIVE.search(reading.text)
    if match:
        yield match.span()


def not_owned(reading: Reading) -> Iterator[Span]:
    """A5: certain only where not even an idiom may be owning it; beside an excuse or a hidden doer none is believed."""
    if not reading.absences_count or reading.owns or reading.apologised_before:
        return
    evasive = PASSIVE.search(reading.text) or any(shifts_blame(reading)) or any(doubts_customer(reading))
    if evasive or not may_own(reading.letter.body):
        yield MISSING


_OWNED = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it.\nTom"

RULES = (
    Rule(
        id="A4",
        name="Agentless passive",
        severity="block",
        why="“Mistakes were made” hides who made them.",
        fix="Name the doer in the first person: “I forgot”, “we sent the wrong one”.",
        source="Lewicki, Polin & Lount 2016: acknowledging responsibility weighs most",
        bad=("I'm sorry. Mistakes were made with your soup. It has been refunded.\nTom",),
        good=(_OWNED, "I'm sorry, your soup was delayed because I forgot to send it. Refunded.\nTom"),
        find=agentless,
    ),
    Rule(
        id="A5",
        name="Nobody owns it",
        severity="block",
        why="No sentence says in the first person what you did wrong, the part of an apology that counts most.",
        fix="Add one: “I sent it late”, “we forgot you”, “that was my mistake”.",
        source="Lewicki, Polin & Lount 2016, two studies, 755 people; Kapeš et al. 2022, n = 435",
        bad=("I'm sorry about your cold soup. You have a refund.\nTom",),
        good=(
            _OWNED,
            "Sorry about the cold soup, that's on me. Refunded.\nTom",
            "I'm sorry for keeping you waiting an hour for soup.\nTom",
        ),
        find=not_owned,
    ),
)
