"""Whether the customer is greeted by name, and every blank is filled in (P4)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.finding import Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.replies.greeting import greeted as named
from cases.spoken.english import words
from cases.spoken.seen import unaccented

_WORD = re.compile(r"[^\W\d_]+")
_NAMELESS = words("customer guest sir madam client member patient passenger user parent friend all team")
_TITLE = words("mr mrs ms miss dr prof dear hi hello hey good morning afternoon evening oh to and the there")
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr|prof)\b")
_SHORT_NAME = 2  # letters: "Rob" is Robert, Mueller Müller, and the Hallorans are Mr and Mrs Halloran
_BLANK = re.compile(
    r"\[[a-z][a-z _'/-]{1,30}\]|\{\{|\{[a-z_]+\}|<(?:name|first|last|order|date|customer|insert|amount)[^>\n]{0,20}>"
    r"|%[a-z_]{3,20}%|_{4,}|\bx{3,}\b"
)


def unnamed(reading: Reading) -> Iterator[Span]:
    """P4: "Dear customer" though their name is known, somebody else's name, or a template's blank where it should stand.

    Of "Mrs Shah" a first name tells nothing, and "Seun" is Oluwaseun.
    """
    yield from (match.span() for match in _BLANK.finditer(reading.text))
    start, end = reading.letter.greeting
    greeting = reading.text[start:end]
    theirs, greeted = _names(reading.customer), _names(greeting)
    by_surname = len(theirs) == 1 and _TITLED.search(greeting)
    if by_surname or not (reading.english and theirs and greeted and named(reading.customer)):
        return
    known = {name[:_SHORT_NAME] for name in theirs | _names(reading.complaint)}
    short = any(name in full for name in greeted for full in theirs)
    is_another = (
        "".join(theirs).isascii() and not short and not known.intersection(name[:_SHORT_NAME] for name in greeted)
    )
    if is_another or greeted <= _NAMELESS - theirs:  # 李明 may be greeted as Li Ming, which nobody here can tell
        yield start, end


def _names(text: str) -> set[str]:
    return {word for word in _WORD.findall(unaccented(text)) if len(word) > 1} - _TITLE


_WARM = "Hi Ana, I'm sorry. You waited an hour and then the soup was cold, because I forgot to send it. I have refunded it.\nTom"

RULES = (
    Rule(
        id="P4",
        name="No name, the wrong one, or a blank",
        severity="block",
        why="A greeting without their name, or with a template's blank, says that they are one of many.",
        fix="Greet them by the name they gave, and fill in every blank.",
        source="Kapeš et al. 2022: personalisation raises trust",
        bad=(
            "Dear customer, I'm sorry I sent the soup late. Refunded.\nTom",
            "Dear Eva, I'm sorry I sent the soup late. Refunded.\nTom",
            "Dear [Name], I'm sorry I sent the soup late.\nTom",
        ),
        good=(_WARM,),
        find=unnamed,
    ),
)
