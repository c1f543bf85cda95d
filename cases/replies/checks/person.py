"""Whether one person writes to another, about what happened to them, and has filled in every blank (P3, P4, P6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.reading import Reading
from cases.replies.greeting import greeted as named
from cases.spoken.english import COMMON, is_english, words
from cases.spoken.seen import unaccented

_WORD = re.compile(r"[^\W\d_]+")
_NAMELESS = words("customer guest sir madam client member patient passenger user parent friend all team")
_TITLE = words("mr mrs ms miss dr prof dear hi hello hey good morning afternoon evening oh to and the there")
_TITLED = re.compile(r"\b(?:mr|mrs|ms|miss|dr|prof)\b")
_SHORT_NAME = 2  # letters: "Rob" is Robert, Mueller Müller, and the Hallorans are Mr and Mrs Halloran
_WE = re.compile(r"\b(?:we|us|our|ours|we're|we've|we'll)\b")
_I = re.compile(r"\b(?:i|me|my|mine|myself|i'm|i've|i'll)\b")

_BLANK = re.compile(
    r"\[[a-z][a-z _'/-]{1,30}\]|\{\{|\{[a-z_]+\}|<(?:name|first|last|order|date|customer|insert|amount)[^>\n]{0,20}>"
    r"|%[a-z_]{3,20}%|_{4,}|\bx{3,}\b"
)

_CONTENT = re.compile(r"\d+|[^\W\d_]{3,}")
_STEM = 4  # letters by which "waited" and "waiting" are one word
_OWN_PICTURES = 6  # words of its own, past any letter's, with which a reply may name the failure in other terms
_SAYS_NOTHING = frozenset(
    word[:_STEM]
    for word in COMMON
    | words(
        "about after again always another anything because been before being both call cannot come could customer did does dont down each even ever every first "
        "from gave get getting give given going gone good got great has have hear her here him his how into just know last like made make many more most "
        "much must myself need never new next nobody nothing now off once only order other out over own people please put really right said same "
        "say see send sent she should since some someone something still such take than thank thanks that their them then there these they thing think "
        "those through time today told too took two under until use very want wasnt way well went were what when where which while who why without wont "
        "work would yet "
        # and what every apology says
        "sorry apologise apology apologies regret refund return credit compensation full fault blame fail failure mistake error wrong let responsibility complete deep "
        "sincere true real honest fell short deserve better expect experience service disappoint upset frustrate happen issue problem matter case "
        "concern complaint feedback understand feel mend repair week day money amount paid pay card bank replace offer discount voucher free phone "
        "mail write contact talk speak question reply answer read message letter personal team staff manager colleague improve learn ensure future "
        "forward hope welcome serve trust value kind regards best wish faithfully yours quite excuse reason cause simple plain bad poor high standard "
        "usual level sort fix resolve change look care hand process part bring word inconvenience dear hello monday tuesday wednesday thursday friday "
        "saturday sunday morning afternoon evening tomorrow soon account visit stay long back hour later"
    )
)


def not_named(reading: Reading) -> Iterator[Span]:
    """P3: no telling word or number of the complaint comes again, nor does the reply paint the matter in words of its own."""
    if not reading.absences_count or reading.apologised_before or not _comparable(reading):
        return
    theirs, ours = _content(reading.complaint.lower()), _content(" ".join(reading.sentences))
    if theirs and not theirs & ours and len(ours) < _OWN_PICTURES:
        yield MISSING


def _comparable(reading: Reading) -> bool:
    feedback = reading.given.feedback
    locale = (feedback.locale or "en") if feedback else ""
    return locale.lower().startswith("en") and bool(reading.complaint.strip()) and is_english(reading.complaint.lower())


def _content(text: str) -> set[str]:
    return {word[:_STEM] for word in _CONTENT.findall(text)} - _SAYS_NOTHING


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


def speaks_as_we(reading: Reading) -> Iterator[Span]:
    """P6: "we" and not a single "I"."""
    body = reading.letter.body
    if _WE.search(body) and not _I.search(body) and reading.absences_count and not reading.in_public:
        yield MISSING


_WARM = "Hi Ana, I'm sorry. You waited an hour and then the soup was cold, because I forgot to send it. I have refunded it.\nTom"

RULES = (
    Rule(
        id="P3",
        name="Does not name the failure",
        severity="warn",
        tone=True,
        why="Nothing in it comes from the complaint, so it reads as if nobody had listened.",
        fix="Name the thing and what happened to it, in their words: the soup, cold, an hour late.",
        source="Packard & Berger 2021, JCR: concrete words; Min, Lim & Magnini 2015: paraphrase of the complaint",
        bad=("I'm sorry. We let you down and it was our fault. I have given you your money back.\nTom",),
        good=("I'm sorry. We sent the soup out cold. I have refunded you.\nTom",),
        find=not_named,
    ),
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
)
