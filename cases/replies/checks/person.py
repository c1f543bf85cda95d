"""Whether one person writes to another (P4-P7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.spoken.english import words

_NAMELESS = re.compile(
    r"\b(?:customer|guest|sir|madam|client|member|patient|passenger|user|parent|friend|all|there|team)\b"
)
_WORD = re.compile(r"[^\W\d_]+")
_TITLE = words("mr mrs ms miss dr prof dear hi hello hey good morning afternoon evening oh to")
_ROLE = re.compile(
    r"\b(?:team|care|support|service|services|department|crew|relations|customer|management|help ?desk|office|bot"
    r"|admin|staff|the .*)\b"
)
_WE = re.compile(r"\b(?:we|us|our|ours|we're|we've|we'll)\b")
_I = re.compile(r"\b(?:i|me|my|mine|myself|i'm|i've|i'll)\b")
_EMPATHY = re.compile(
    r"\byou(?:r \w+)? (?:were|had|planned|waited|needed|wanted|trusted|paid|counted|relied|took|stood|lost|missed"
    r"|asked|sat|slept|wrote|told|ordered|expected|deserve|deserved|must|have|only|couldn't|could not|got"
    r"|went without)\b"
    r"|\b(?:that|this|it) (?:must|is|was|sounds|would)(?: \w+){0,3} (?:be|been|awful|horrible|frightening|hard"
    r"|upsetting|worrying|maddening|long|sad|frustrating|stressful|annoying|embarrassing|no way)"
    r"|\b(?:no (?:dinner|family|one|way)|(?:last|only) thing (?:you|anyone)|understand|imagine|know how"
    r"|in your place)\b|\bleft you\b|\bkept you\b"
)
WE_SHARE = 0.6


def unnamed(reading: Reading) -> Iterator[Span]:
    """P4: "Dear customer", no name though it is known, or somebody else's."""
    start, end = reading.letter.greeting
    greeting = reading.text[start:end]
    names = {name for name in _WORD.findall(reading.customer.lower()) if name not in _TITLE and len(name) > 1}
    if _NAMELESS.search(greeting):
        yield start, end
    elif names and reading.absences_count and not names.intersection(_WORD.findall(reading.text)):
        yield (start, end) if set(_WORD.findall(greeting)) - _TITLE else MISSING


def unsigned(reading: Reading) -> Iterator[Span]:
    """P5."""
    start, end = reading.letter.signature
    if not reading.text[start:end].strip():
        yield MISSING
    elif _ROLE.search(reading.text[start:end]) and not _person_signs(reading, start, end):
        yield start, end


def _person_signs(reading: Reading, start: int, end: int) -> bool:
    """ "Kim Sato, Head of Support": a name stands before the role."""
    lines = [line.strip() for line in re.split(r"[\n,]", reading.text[start:end]) if line.strip()]
    return any(not _ROLE.search(line) for line in lines)


def speaks_as_we(reading: Reading) -> Iterator[Span]:
    """P6: mostly "we" and not a single "I"."""
    body = reading.letter.body
    ours, mine = len(_WE.findall(body)), len(_I.findall(body))
    if ours and not mine and ours > WE_SHARE * (ours + mine) and reading.absences_count:
        yield MISSING


def without_empathy(reading: Reading) -> Iterator[Span]:
    """P7: a guess by grammar, hence only a hint; a model may judge better."""
    if reading.absences_count and not _EMPATHY.search(reading.letter.body):
        yield MISSING


_WARM = "Hi Ana, I'm sorry. You waited an hour and then the soup was cold, because I forgot to send it. I have refunded it.\nTom"

RULES = (
    Rule(
        id="P4",
        name="No name, or the wrong one",
        severity="warn",
        why="A greeting without their name says that they are one of many.",
        fix="Greet them by the name they gave.",
        source="Kapeš et al. 2022: personalisation raises trust",
        bad=(
            "Dear customer, I'm sorry I sent the soup late. Refunded.\nTom",
            "Dear Eva, I'm sorry I sent the soup late. Refunded.\nTom",
        ),
        good=(_WARM,),
        find=unnamed,
    ),
    Rule(
        id="P5",
        name="Nobody signs",
        severity="warn",
        why="A reply from “the team” comes from nobody.",
        fix="End with the name of the person who will answer the next message.",
        source="Packard, Moore & McFerran 2018; the founders' rule: a person signs",
        bad=("Hi Ana, I'm sorry I sent the soup late. I have refunded it.\nThe Customer Care Team",),
        good=(_WARM,),
        find=unsigned,
    ),
    Rule(
        id="P6",
        name="“We” instead of “I”",
        severity="warn",
        why="“I” is felt as warmer and as somebody who acts.",
        fix="Say “I” where you mean yourself.",
        source="Packard, Moore & McFerran 2018, JMR 55(4): five studies, field data among them",
        bad=("Hi Ana, we are sorry. We sent your soup late and we have refunded it.\nTom",),
        good=(_WARM,),
        find=speaks_as_we,
    ),
    Rule(
        id="P7",
        name="No word on what it meant for them",
        severity="hint",
        why="Empathy moves people more than the intensity or the speed of an apology.",
        fix="Add a sentence about their side: “you planned dinner and had none”.",
        source="Roschk & Kaiser 2013; Min, Lim & Magnini 2015",
        bad=("Hi Ana, I'm sorry about the soup, I sent it late. Refunded.\nTom",),
        good=(_WARM,),
        find=without_empathy,
    ),
)
