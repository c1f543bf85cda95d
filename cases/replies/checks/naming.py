"""Whether the reply names what went wrong for this customer (P3)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span
from cases.replies.checks.plausible import concrete
from cases.replies.checks.reading import Reading
from cases.spoken.english import is_english, words

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:'[a-z]+)?")
_ENGLISH = re.compile(r"en\b", re.IGNORECASE)

# Words of one thing, so that "the courier came an hour late" and "we kept you waiting for the parcel" meet.
_CONCEPTS = {
    "noshow": "noshow",
    "late": (
        "late later delay delayed delays wait waits waited waiting hour hours minute minutes overdue slow slowly slower "
        "ages forever hold promptly overran slipped punctual"
    ),
    "absent": (
        "arrive arrived arrives never missing miss missed lost lose gone nowhere undelivered appear appeared show shown "
        "showed turn turned came come comes"
    ),
    "food": (
        "soup food meal meals dish dishes dinner lunch breakfast supper pizza burger plate eat eating menu salad curry "
        "starter dessert steak pasta"
    ),
    "cold": "cold lukewarm cool chilly freezing heat heating hot warm heater heaters boiler radiator",
    "parcel": "parcel package packet delivery deliver delivered delivering shipment box post courier shipped mail",
    "bill": (
        "bill bills billed billing charge charged charges charging invoice invoices invoiced price prices priced cost "
        "costs fee fees fine fined fines payment payments pay paid quote quoted debt overcharged sum amount"
    ),
    "refund": "refund refunds refunded money reimburse reimbursed repay payback",
    "rude": (
        "rude rudely rudeness tone unfriendly impolite curt abrupt short dismissive shrugged shrug brushed ignored "
        "nuisance manners spoke speak spoken attitude arrogant unhelpful snapped cold brusque unkind belittled "
        "condescending"
    ),
    "silent": (
        "answer answers answered answering reply replies replied replying respond responded response silent silence "
        "ignored ignore unanswered quiet word words told tell warn warning warned notice email emails e-mail ticket "
        "informed inform communicate"
    ),
    "phone": "phone telephone call calls called calling rang ring hung line hold",
    "wrong": "wrong incorrect mixed mix-up mistaken instead opposite incorrectly",
    "broken": (
        "broken broke break cracked crack damaged damage faulty defect defective scratched scratch snapped torn stopped "
        "leak leaks leaking fix fixed repair repaired outage failing fails works working crash crashed"
    ),
    "dirty": (
        "dirty filthy stain stained stains hair smell smelt smelled smells stank smoke smoky streaky streaks clean "
        "cleaned cleaning dust dusty mould reeked"
    ),
    "cancelled": "cancel cancelled canceled cancelling cancellation cancels called-off membership subscription",
    "staff": (
        "driver waiter waitress receptionist reception teacher engineer engineers plumber technician assistant clerk "
        "guide agent nurse doctor desk staff chef cashier"
    ),
    "bed": "room rooms bed hotel sleep slept floor suite lift",
    "flight": "stranded flight flights plane airport rebooked rebook fly flew gate terminal",
    "size": "size sizes small large big tight fit fits",
    "app": (
        "app login log password website site page bot chat robot export file video lesson play export csv report "
        "software crash"
    ),
    "vehicle": "car cab taxi van ride brake brakes door",
    "book": "book books title",
    "picture": "photo photos picture pictures album gallery",
    "baby": "family families baby child children son daughter kid kids boy girl little niece nephew",
    "birthday": "birthday party wedding anniversary funeral present gift gifts christmas",
    "clothes": "coat jumper shirt dress wool jacket trousers shoes shoe clothes sweater garment shrank shrunk shrink",
    "plant": "flower flowers roses rose bouquet wilted lilies plant plants garden",
    "hair": "hair haircut cut colour color orange dye bleach blonde fringe",
    "appointment": "appointment slot booking booked reservation",
    "tablets": "tablets tablet pills pill medicine medication prescription dose",
    "ticket": "ticket tickets",
    "seat": "seat seats user users licence licences license licenses",
    "stale": "stale old expired mouldy rotten sour spoiled roasted",
    "ill": "ill sick dizzy allergic allergy reaction poisoning unwell",
}
_CONCEPT: dict[str, set[str]] = {}
for _name, _members in _CONCEPTS.items():
    for _word in _members.split():
        _CONCEPT.setdefault(_word, set()).add(_name)

_NUMBERS = dict(
    pair.split("=", 1)
    for pair in words(
        "one=1 two=2 twice=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 fourteen=14 "
        "twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 hundred=100"
    )
)

# Too common to prove that somebody read the complaint.
_FUNCTION = words(
    "a about after again all also am an and another any anything are as at away back be because been before being "
    "both but by can can't cannot could day days did didn't do does doesn't "
    "don't done each either else even ever every few first for from get gets getting give given go goes going got "
    "had has have haven't he her here hers him his how i i'd i'll i'm i've if "
    "in into is isn't it it's its just know last least let like made make makes many may me might mine more most "
    "much must my myself need needs new next no nobody none nor not nothing now of off "
    "on once one only or other our ours out over own people per please put really right said same say says see sent "
    "send she should since so some somebody someone something still such take "
    "taken than thank thanks that that's the their them then there they thing things think this those three through "
    "to today together tomorrow too took two under until up us use used very want "
    "wanted was wasn't way we we're we've well went were weren't what when where which while who whole why will with "
    "within without won't would yes yesterday yet you you're you've your yours "
    "ask asked asks week weeks month months year years monday tuesday wednesday thursday friday saturday sunday "
    "against almost already always though enough several unbelievable "
    "mr mrs ms dr dear hi hello sorry apologise apologize apology apologies bad terrible awful worst poor "
    "unacceptable ridiculous disgrace disappointed disappointing disappointment unhappy angry upset"
)
_GENERIC = words(
    "order orders ordered ordering customer customers service services experience problem problems issue issues "
    "company shop store team product products item items buy bought business support help "
    "matter situation case complaint feedback happened mistake error visit provide expect expected expectations "
    "promise promised time times wrong refund money late absent silent phone staff bill appointment app work"
) - {"late", "bill"}
_GENERIC_CONCEPTS = frozenset({"absent", "wrong", "refund", "phone", "silent"})
_GENERIC_ENOUGH = 2  # common words that must come back when no telling one does
_NO_SHOW = re.compile(
    r"\b(?:(?:did(?: not|n't)|never|to|not) (?:come|show(?: up)?|turn(?: up)?|arrive)|never (?:came|arrived|turned up"
    r"|showed up|reached)|stood (?:you|me|us) up|no-?show)\b"
)
_TODAY = re.compile(r"\b(?:this|good) (?:morning|afternoon|evening)\b")


def not_named(reading: Reading) -> Iterator[Span]:
    """P3: not where there are no words to name, nor where an owner tells it in pictures of their own."""
    if not reading.absences_count or reading.apologised_before or not _comparable(reading):
        return
    theirs = _content(reading.complaint.lower().replace("\u2019", "'"))
    ours = _content(reading.letter.body)
    if theirs and not _meets(theirs, ours) and not (reading.owns and concrete(ours)):
        yield MISSING


def _comparable(reading: Reading) -> bool:
    feedback = reading.given.feedback
    if feedback is None or not reading.complaint.strip():
        return False
    return _ENGLISH.match(feedback.locale or "en") is not None and is_english(reading.complaint.lower())


def _meets(theirs: set[str], ours: set[str]) -> bool:
    shared = theirs & ours
    telling = {word for word in shared if word not in _GENERIC and word not in _GENERIC_CONCEPTS}
    if not (theirs - _GENERIC - _GENERIC_CONCEPTS):
        return bool(shared)
    return bool(telling) or len(shared) >= _GENERIC_ENOUGH


def _content(text: str) -> set[str]:
    """Stems and concepts of the words that carry meaning; numbers in figures."""
    found: set[str] = set()
    for word in _TOKEN.findall(_NO_SHOW.sub(" noshow ", _TODAY.sub(" ", text))):
        token = _NUMBERS.get(word, word)
        if token in _CONCEPT:
            found |= _CONCEPT[token]
        elif token[0].isdigit():
            found.add(token.rstrip(".,"))
        elif token not in _FUNCTION and len(token) > 2:
            found.add(_stem(token))
    return found


def _stem(word: str) -> str:
    word = word.removesuffix("'s")
    for ending, instead in (
        ("ies", "y"),
        ("ings", ""),
        ("ing", ""),
        ("ers", ""),
        ("er", ""),
        ("ed", ""),
        ("es", ""),
        ("s", ""),
        ("ly", ""),
        ("e", ""),
    ):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word.removesuffix(ending) + instead
    return word


RULES = (
    Rule(
        id="P3",
        name="Does not name the failure",
        severity="block",
        why="Nothing in it comes from the complaint, so it reads as if nobody had listened.",
        fix="Name the thing and what happened to it, in their words: the soup, cold, an hour late.",
        source="Packard & Berger 2021, JCR: concrete words; Min, Lim & Magnini 2015: paraphrase of the complaint",
        bad=("I'm sorry. We let you down and it was our fault. I have given you your money back.\nTom",),
        good=(
            "I'm sorry. We sent the soup out cold. I have refunded you.\nTom",
            "Sorry for keeping you waiting for dinner. Refunded.\nTom",
        ),
        find=not_named,
    ),
)
