"""Whether what is offered fits the loss and is given freely (R2, R4, T4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading

_NOT = r"(?<!not )(?<!n't )(?<!cannot )(?<!unable to )(?<!no )(?<!never )(?<!without )(?<!refuse to )"
_COMPENSATION = re.compile(
    r"(?:not|n't|never) (?:be )?charg\w+|\d+ ?(?:euros?|eur|pounds?|dollars?)\b|[$€£] ?\d"
    rf"|{_NOT}\b(?:refund(?:ed|ing)|(?:will|'ll|to|can) refund|(?:full|your|the) refund (?:is|was|went|has|left)"
    r"|a full refund|reimburs\w+|credit(?:ed|ing|s)?|compensat\w+|voucher|gift|free\b|waive[ds]?|discount\w*|on (?:me"
    r"|us|the house)\b|money back|paid (?:you|it)?|repaid|pay (?:for|you|it|the|back)|\d+ ?(?:%|percent|per cent)"
    r"|no (?:charge|bill|fee)|nothing to pay|at (?:my|our) (?:own )?(?:cost|expense)|complimentary|extra|on top"
    r"|half price|back (?:on|in|to) your|rent is off|off (?:your|the) (?:\w+ )?(?:bill|rent|invoice|price|fee))"
)
_CONDITIONAL_GOODWILL = re.compile(
    r"\b(?:if|once|when|provided|in return|in exchange|after) (?:you|for)[^\n.]{0,50}\b(?:review|rating|stars?"
    r"|order again|next order|come back|recommend|change your|remove your|update your|delete your|post)\b"
    r"|\b(?:change|update|remove|reconsider|delete|revise|amend|improve|edit|take down) your (?:\w+ )?(?:review|rating"
    r"|score|feedback|comment)"
    r"|\b(?:off|discount on|voucher for) (?:your )?next (?:order|purchase|visit|booking|stay)"
)
_MONEY = re.compile(r"\b(?:bill(?:ed)?|charg\w+|refund|invoice|paid|pay|fine|money|overcharged|price)\b")
_NEGLECT = re.compile(
    r"\b(?:rude|ignored|cold and|unfriendly|no (?:answer|reply)|nobody|shrugged|short with|impolite|arrogant|hung up)\b"
)
_FLAWED = re.compile(
    r"\b(?:wrong (?:size|item|colour|color|one)|broken|cracked|missing|damaged|faulty|defective|instead of)\b"
)
_TOKEN = re.compile(r"\b(?:voucher|coupon|discount code|gift card|\d+ ?% off|off your next|discount on)\b")
_REAL = re.compile(
    r"\b(?:refund\w*|credit\w*|pa(?:y|id)|return(?:ed)?|cancelled|corrected|replac\w+|new|exchange\w*|call|ring|phone"
    r"|meet|money back|repair\w*|fix\w*|speak|talk)\b"
)


def misfits(reading: Reading) -> Iterator[Span]:
    """R2: a voucher where money, attention or the right thing is owed."""
    complaint = reading.complaint.lower()
    owed = _MONEY.search(complaint) or _NEGLECT.search(complaint) or _FLAWED.search(complaint)
    token = _TOKEN.search(reading.text)
    if owed and token and not _REAL.search(reading.text):
        yield token.span()


def conditional_goodwill(reading: Reading) -> Iterator[Span]:
    """R4."""
    return (match.span() for match in _CONDITIONAL_GOODWILL.finditer(reading.text))


def broken_promise_unpaid(reading: Reading) -> Iterator[Span]:
    """T4: after a missed promise, an apology and compensation, both; neither is known in another language."""
    if (
        reading.english
        and reading.given.promise_broken
        and not (reading.apology and _COMPENSATION.search(reading.text))
    ):
        yield MISSING


_MENDED = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. Which evening may I cook you another?\nTom"

RULES = (
    Rule(
        id="R2",
        name="Remedy does not fit",
        severity="warn",
        why="A voucher does not make up for money lost, a wrong item or being ignored.",
        fix="Match the loss: money for money at once, exchange for a flaw, time and attention for neglect.",
        source="Roschk & Gelbrich 2014, Journal of Service Research: meta-analysis and experiment",
        bad=("I'm sorry, we billed you twice. Here is a voucher.\nTom",),
        good=("I'm sorry, we billed you twice. I have refunded one of them.\nTom",),
        given={"comment": "You billed me twice"},
        find=misfits,
    ),
    Rule(
        id="R4",
        name="Conditional goodwill",
        severity="warn",
        why="It makes amends depend on a new order or a better rating.",
        fix="Give it without a condition and ask for nothing.",
        source="The founders' rule: ask for nothing in return",
        bad=("I'm sorry, I sent the soup late. If you change your review I'll refund you today.\nTom",),
        good=(_MENDED,),
        find=conditional_goodwill,
    ),
    Rule(
        id="T4",
        name="Broken promise not made up for",
        severity="block",
        why="After a broken promise only an apology and compensation together restore trust.",
        fix="Say sorry for the broken promise, and give something of value at once.",
        source="Joireman, Grégoire, Devezer & Tripp 2013, Journal of Retailing",
        bad=("I'm sorry, I did not bring the soup on Friday as I said. May I come tonight at 7?\nTom",),
        good=("I'm sorry, I did not bring the soup on Friday as I said. I have refunded it.\nTom",),
        given={"promise_broken": True},
        find=broken_promise_unpaid,
    ),
)
