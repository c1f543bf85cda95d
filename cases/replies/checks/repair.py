"""Whether it is put right, freely and by us: something offered, nothing asked in return, nothing left to them (R1, R5, T4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.deeds import names_new_sum
from cases.replies.checks.finding import IN_PUBLIC, MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.replies.checks.thread import asks_what_was_told

_OF_VALUE = re.compile(
    r"(?<!no )\b(?:refund(?:ed|ing)|(?:full|your) refund|voucher|credit(?:ed)?|discount)\b|(?<!gluten )\bfree\b"
    r"|\b(?:reimburs\w+|compensat\w+|gift|waived?|repaid|paid|pay for|half price|extra|on (?:me|us|the house)|(?:money|price|half) back|back (?:on|in|to) your"
    r"|(?:no|not|n't|never) (?:be )?(?:charg\w+|bill|fee|rent)|nothing to pay|at (?:my|our) (?:own )?(?:cost|expense)|off (?:your|the) \w+)\b"
    r"|[£$€] ?\d|\b\d+ ?(?:euros?|pounds?|dollars?|[£$€%]|per ?cent)"
)
_FOR_A_REVIEW = re.compile(
    r"\b(?:change|update|remove|reconsider|delete|revise|amend|improve|edit|take down|leave|post|write|give)\b[^\n.]{0,20}\b(?:your|us|a|an?) (?:\w+ )?(?:review|rating|stars?)\b"
    r"|\b(?:if|once|when|provided|in return|in exchange|after) (?:you|for)\b[^\n.]{0,40}\b(?:review|rating|stars?|order again|recommend)\b"
)
_DESK = (
    r"customer|support|service|team|line|help ?(?:desk|line|cent(?:re|er))?|hotline|department|desk|office|carrier|courier|manufacturer|supplier|bank|insurer|branch|airline"
    r"|shop|store|reception|provider|website|faqs?|portal|app|page|account|form"
)
_GO_THERE = re.compile(
    rf"\b(?:contact|call|phone|ring|write to|e-?mail|message|reach out to|get in touch with|speak (?:to|with)|turn to|visit|go to|see|check|log ?in to)(?! (?:me|my)\b)"
    rf"(?: \w+){{0,3}}? (?:{_DESK})\b(?<!\bme)"
)
_PAPERWORK = re.compile(
    r"\b(?:fill (?:in|out)|complete|submit|use|open|raise|log|create|file|lodge|make)(?: \w+){0,4} (?:form|ticket|claim|questionnaire|survey|request|dispute|complaint)\b"
    r"|\b(?:with|send|provide|upload|needs?|keep|attach)(?: \w+){0,3} (?:the |your |original |a |an )*(?:receipts?|proof of \w+|cop(?:y|ies) of|photographs? of|photos of|estimates?)\b"
    r"|\b(?:get|obtain) (?:a|an|some|two|three|a couple of) (?:quotes?|estimates?)\b"
    r"|\b(?:order again|reorder|resubmit|start over|contact us again|call back later|place a new|send it back|return it|at your own (?:cost|expense)|once more)\b"
)
_IMPERATIVE = re.compile(
    r"(?:^|[,;:.]\s|\b(?:please|kindly|just|simply|to you,|and|then|ask you to|you (?:can|could|may|must|should|will need to|need to|have to|would need to|'ll need to))\b)\W*(?:also |then )?$"
)
_WE_DO = re.compile(r"(?:\band|[,:;]) (?:i|we)(?:'ll| will)\b")


def missing(reading: Reading) -> Iterator[Span]:
    """R1: a sum that the customer did not name counts as mending too."""
    if reading.absences_count and not reading.mends and not names_new_sum(reading.letter.body, reading.complaint):
        yield MISSING


def asks_of_them(reading: Reading) -> Iterator[Span]:
    """R5: sends them elsewhere, leaves the paperwork to them, asks for what they have told us, or for a better review."""
    yield from (match.span() for match in _FOR_A_REVIEW.finditer(reading.text))
    for pattern in (_GO_THERE, _PAPERWORK):
        for match in pattern.finditer(reading.text):
            start, end = reading.letter.span(reading.letter.sentence(match.start()))
            before, after = reading.text[start : match.start()], reading.text[match.end() : end]
            if _IMPERATIVE.search(before) and not _WE_DO.search(after):
                yield match.span()
    yield from asks_what_was_told(reading)


def broken_promise_unpaid(reading: Reading) -> Iterator[Span]:
    """T4: after a missed promise, an apology and something of value, both; neither is known in another language."""
    if not (reading.english and reading.given.promise_broken):
        return
    if not (reading.apology and _OF_VALUE.search(reading.text)):
        yield MISSING


_MENDED = "I'm sorry. I sent your soup out cold and an hour late. I have refunded it. Which evening may I cook you another?\nTom"

RULES = (
    Rule(
        id="R1",
        name="No repair",
        severity="block",
        mild=IN_PUBLIC,
        tone=True,
        why="Only words: nothing was done, offered or asked to put it right.",
        fix="Say what you have done, offer a choice, or ask what would make it right.",
        source="Lewicki, Polin & Lount 2016; Fehr & Gelfand 2010; Singh et al. 2018",
        bad=("I'm sorry. We sent your soup cold and late. We will do better.\nTom",),
        good=(_MENDED, "Sorry, I sent the soup cold. Your money is on its way back.\nTom"),
        find=missing,
    ),
    Rule(
        id="R5",
        name="Asks something of the customer",
        severity="block",
        why="It sends them to another desk or a form, asks for what you already know, or wants a better review in return.",
        fix="Do it for them, say that it is done, and ask for nothing.",
        source="The founders' rule; Davidow 2000: of all in a response, attentiveness moves people most",
        bad=(
            "I'm sorry, we sent the soup late. Please contact our support line for a refund.\nTom",
            "I'm sorry, we sent the soup late. Could you send me your order number? I'll refund it today.\nTom",
            "I'm sorry, I sent the soup late. If you change your review I'll refund you today.\nTom",
        ),
        good=(_MENDED, "I'm sorry, I sent the soup late. Call me on my own line, or reply here. Refunded.\nTom"),
        find=asks_of_them,
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
