"""Whether a letter knows what was said before: asks for nothing that was told (for R5), and forgets no promise (T7)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time
from zoneinfo import ZoneInfo

from cases.arrivals.labels import meanings
from cases.arrivals.told import Means
from cases.model import Feedback, Promise
from cases.replies import asking
from cases.replies.asks import plain, requests
from cases.replies.checks.dates import looks_ahead
from cases.replies.checks.finding import MISSING, Rule
from cases.replies.checks.letter import Span, letter
from cases.replies.checks.reading import Reading
from cases.spoken.english import COMMON
from cases.spoken.instants import deadline

# What stands behind one of these words of its language is named as a form would name it.
_NAMED = tuple(
    (tongue, re.compile(rf"(?<= )(?:{theirs}) (?=((?:[^ ,.:?]+ ?){{1,4}}))"))
    for tongue, theirs in (
        (asking.ENGLISH, "your|the"),
        (asking.GERMAN, "ihre?[mnrs]?|deine?[mnrs]?"),
        (asking.FRENCH, "votre|vos|ton|ta"),
        (asking.SPANISH, "sus?|tus?"),
        (asking.ITALIAN, "sua|suo|tua|tuo"),
        (asking.DUTCH, "uw|je|jouw"),
        (asking.PORTUGUESE, "seu|sua|teu|tua"),
    )
)
# "Your order" and "your e-mail" may be anything of them; a number, a code or an address is what one gives.
_GIVEN = re.compile(r"numm?[eb]|\bn[or]\b|\bid\b|code\b|refer|addr|adres|direcc|indiri|endere")
_OF_AN_ORDER = re.compile(r"^(?:reference|claim) (?:number|code|id)\b")
_NUMBERED = re.compile(r"\b(?:order|booking|ref\w*|claim)\W{1,3}(?:no\W{0,2}|number )?[a-z-]{0,4}\d", re.IGNORECASE)
_TOLD: Mapping[Means | None, Callable[[Feedback], bool]] = {
    Means.EMAIL: lambda said: said.customer.email is not None,
    Means.PHONE: lambda said: said.customer.phone is not None,
    Means.ORDER_REF: lambda said: said.order_ref is not None or _NUMBERED.search(said.comment or "") is not None,
}
_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 4  # letters: "bring", "brings" and "bringing" are one deed
_MANY, _MOST = 2, 0.6  # so many words in common, and such a share of all, make two questions one


def asks_what_was_told(reading: Reading) -> Iterator[Span]:
    """For R5: a request, in seven languages, for what one of their messages holds; or a question that they have answered."""
    asked = [_words(each) for each in _asked_before(reading)]
    for number in range(len(reading.letter.starts)):
        span = reading.letter.span(number)
        sentence = reading.letter.quote(span)
        again = sentence.endswith("?") and any(_alike(_words(sentence), each) for each in asked)
        if again or any(map(reading.was_told, _wanted(plain(sentence)))):
            yield span


def _wanted(sentence: str) -> Iterator[Callable[[Feedback], bool]]:
    """What of a customer's data the sentence asks for: how each is known of a message that holds it."""
    for tongue, named in _NAMED:
        told = [holds for label in named.findall(sentence) if (holds := _told(label))]
        if told and requests(sentence, tongue):
            yield from told


def _told(label: str) -> Callable[[Feedback], bool] | None:
    if not _GIVEN.search(label):
        return None
    return _TOLD.get(Means.ORDER_REF if _OF_AN_ORDER.search(label) else next(iter(meanings(label)), None))


def _asked_before(reading: Reading) -> Iterator[str]:
    """The questions of our letters, where the customer has written since."""
    for earlier in () if reading.given.reached else reading.given.earlier_replies:
        read = letter(earlier)
        spans = map(read.span, range(len(read.starts)))
        yield from (quote for quote in map(read.quote, spans) if quote.endswith("?"))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    both = len(one & other)
    return both >= _MANY and both >= _MOST * len(one | other)


def _words(text: str) -> frozenset[str]:
    """By their stems, without the commonest English ones."""
    return frozenset(word[:_STEM] for word in _WORD.findall(text.lower()) if word not in COMMON)


def forgets_a_promise(reading: Reading) -> Iterator[Span]:
    """T7: a promise that is still open, of which the letter says nothing, or which it gives another date as if it had none."""
    if reading.english:
        for promise in reading.given.promises:
            yield from _forgotten(reading, promise)


def _forgotten(reading: Reading, promise: Promise) -> Iterator[Span]:
    dues = [_due(sentence, reading, promise) for sentence in reading.sentences]
    if any(due and due.date() == promise.due_at.date() for due in dues):
        return
    what = _words(promise.what)
    about = [number for number, sentence in enumerate(reading.sentences) if what & _words(sentence)]
    if what and not about:
        yield MISSING
    yield from (
        reading.letter.span(number) for number in about if dues[number] and looks_ahead(reading.sentences[number])
    )


def _due(sentence: str, reading: Reading, promise: Promise) -> datetime | None:
    """The instant that a sentence names, on the customer's clock as the promise has it."""
    zone = promise.due_at.tzinfo if isinstance(promise.due_at.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    today = reading.given.today or promise.made_at.astimezone(zone).date()
    found = deadline(sentence, datetime.combine(today, time(), zone), zone)
    return found.due_at.astimezone(zone) if found else None


_SORRY = "I'm sorry. I sent your soup out cold and an hour late. "
_MON = datetime(2026, 11, 23, 10, tzinfo=ZoneInfo("Europe/Berlin"))
_OPEN = Promise("bring you a new box", _MON.replace(day=26, hour=17), _MON)

RULES = (
    Rule(
        id="T7",
        name="A promise forgotten",
        severity="warn",
        why="Something that we promised is still open, and the letter says nothing of it, or gives it another date without a word about the first.",
        fix="Say that it stands, with its date, or own that it does not, and name both dates.",
        source="Our own: who was promised something reads every letter for it",
        bad=(
            _SORRY + "I have refunded it.\nTom",
            _SORRY + "I'll bring the box on Saturday at noon.\nTom",
        ),
        good=(
            _SORRY + "The box comes on Thursday by 5 pm, as I said. Refunded.\nTom",
            _SORRY
            + "I said Thursday for the box. It will be Saturday at noon, and I'm sorry for that too. Refunded.\nTom",
            _SORRY + "I have brought the new box to your door. Refunded.\nTom",
        ),
        given={"promises": (_OPEN,), "today": _MON.date()},
        find=forgets_a_promise,
    ),
)
