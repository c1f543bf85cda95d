"""The tone of a text: which cues are meant, how its clauses sound, and what the two weigh against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum
from typing import NamedTuple

from cases.cues import COMPLAINTS, HINTS, TELLS, Cue
from cases.gravity import GRAVITY
from cases.grievances import GRIEVANCES
from cases.idioms import masked, spoken
from cases.marks import Mark
from cases.model import Severity
from cases.mood import knows, mood
from cases.patterns import compiled
from cases.tongues import TONGUES, UNKNOWN, foreign_cues
from cases.verdicts import VERDICTS
from cases.wording import Wording

CUES = COMPLAINTS + GRIEVANCES + VERDICTS + GRAVITY
LARGE = 100  # in whatever currency the customer names
_SUM = re.compile(
    r"(?:(?:[£$€]|(?:charged|billed|paid|cost) (?:me |us )?)(\d+)(?![\d:])| (\d+)[.\d]*(?:[£$€]| (?:pounds?|euros?|dollars?|eur|usd|gbp|quid|bucks)\b))"
)


class Tone(Enum):
    """What the words say, taken by themselves."""

    UNHAPPY = "unhappy"
    MIXED = "mixed"
    NEUTRAL = "neutral"
    HAPPY = "happy"
    UNREAD = "unread"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Hit:
    """A cue met in a text: which, and the customer's words."""

    cue: Cue
    start: int
    words: str


class Clause(NamedTuple):
    """One clause: its mood from -1 to 1, its plain words, and the customer's own."""

    mood: float
    words: str
    quote: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a text gave: its tone, the cues that count, and the sorriest clause when mood alone decided."""

    tone: Tone
    hits: tuple[Hit, ...] = ()
    sorry: str = ""
    large_sum: bool = False


_AUTOMATIC = compiled(
    "(automatic|automated|auto) (reply|response|message|answer)",
    "out of (the )?office",
    "(on annual leave|on maternity leave|on vacation until|limited access to)",
    "(click here|followers|seo|backlinks|crypto|casino|viagra|guest post|earn money|make money|work from home|special offer|limited offer|boost your|increase your (sales|traffic|ranking))",
    "(delivery status notification|undeliverable|mailer daemon)",
)
_DENIED = re.compile(
    r" (?:not|no|never|without|nothing|nobody|neither|nor|hardly|zero|any|free of|isn t)(?! (?:only|just|so|such|been so|been more|been as))(?: [^ .,?]+){0,2}$"
)
_SUPPOSED = compiled(
    "(if|in case|what if|unless|in the event|should (the|it|my|i)|whether|worried|afraid|feared|expecting it to|thought it would|expected it to)"
)
_REQUEST = compiled(
    "(can|could|may|might|shall|should) (i|we|you|somebody|someone|one)",
    "how (do|can|could|would|should|much|many|long does|does) (i|we|you|one|a|the|it)?",
    "(do|does|are|is|will) (you|there|it|the)",
    "(what|which|when|where) (is|are|do|does|time|kind|happens|should|will|can)",
    "(i|we) (would|want|need|wish) (like )?to (know|ask|order|book|change|update|cancel|add|close|return|pause|report|request|reschedule|buy|upgrade|move)",
    "(like|want|need) to (return|exchange|swap)",
    "please (cancel|change|send|add|remind|remove|let me know|update|book|confirm|call)",
    "is it (possible|too)",
    "(writing|like) to ask",
    "(by mistake|by accident)",
)
_WHY = compiled("(why|still|again|already|never|explain|ever|twice|nobody|no one|your (mistake|fault))")
_TURNS = re.compile(r" (?:but|however|although|though|yet|except|whereas|still|until|then|unfortunately|sadly) ")
_CLAUSE = re.compile(r"[^.?]+[.?]?")
_RESOLVED = compiled(
    "(fixed|solved|sorted|sorting|resolved|replaced|refunded|found|corrected|exchanged|compensated|put right|made (it )?right|made up for|apologi[sz]ed|sorted out|rescued|dealt with|turned it around|recovered|no time|cleared up|same day|straight away|immediately|within)",
)
_MANNERS = re.compile(r" (?:many thanks|thanks|thank you|regards|best wishes|kind regards)(?= )")
_JOB = compiled(
    "(can|could|would) (you|someone|somebody|anyone) <2>(come|send|fix|repair|look|have a look|replace|visit)",
    "(do|can) you (repair|fix|replace|do|handle|service)",
    "how (soon|much|quickly) (can|could|would|do|is|does)",
    "(need|want|looking for|like|book) <2>(a|an|some|your) (plumber|electrician|engineer|technician|appointment|quote|repair|mechanic|dentist|locksmith)",
    "(can|could) (i|we) (book|get|have|make) <2>(appointment|quote|estimate|repair)",
)
_BEFORE = compiled(
    "(last time|previously|in the past|was worried|were worried|was nervous|was afraid|feared|was sceptical|was skeptical|had doubts|first time|at first|initially|before|elsewhere|other (places|companies|shops|providers)|previous|my old|i hate|i usually hate|unlike)"
)


def judged(text: Wording, tongue: str, mark: Mark) -> Judged:
    """The tone of a text, with the cues that carry it."""
    if not text.words:
        return Judged(Tone.EMPTY)
    if tongue in TONGUES:
        return _judged_abroad(text, tongue)
    plain = masked(text.plain)
    if _AUTOMATIC.search(text.plain):
        return Judged(Tone.HAPPY)
    found = _hits(text, plain, CUES)
    hits = tuple(hit for hit in found if _counts(hit, plain))
    moods = _moods(text, plain)
    if not hits and tongue == UNKNOWN and not (knows(text.words) or "p__" in plain):
        return Judged(Tone.UNREAD if any(word.isalpha() for word in text.words) else Tone.NEUTRAL)
    return replace(_weighed(plain, hits, moods, mark), large_sum=_large_sum(plain))


def _judged_abroad(text: Wording, tongue: str) -> Judged:
    hits = tuple(_hits(text, text.plain, foreign_cues(tongue)))
    praised = bool(TONGUES[tongue].praise.search(text.plain))
    if hits:
        telling = any(hit.cue.weight >= TELLS for hit in hits)
        return Judged(Tone.MIXED if praised or not telling else Tone.UNHAPPY, hits)
    if praised:
        return Judged(Tone.HAPPY)
    return Judged(Tone.NEUTRAL if "?" in text.plain else Tone.UNREAD)


def _hits(text: Wording, plain: str, cues: tuple[Cue, ...]) -> list[Hit]:
    """Every cue met, at its first place that is not denied."""
    hits = []
    for cue in cues:
        for match in cue.pattern.finditer(plain):
            if not (cue.bare and _DENIED.search(plain[max(0, match.start() - 60) : match.start()])):
                hits.append(Hit(cue, match.start(), text.quote(*match.span())))
                break
    return hits


def _counts(hit: Hit, plain: str) -> bool:
    """Whether a cue is meant: neither only supposed, nor a word within a plain request."""
    if hit.cue.threat:
        return True
    if hit.cue.weight <= HINTS and hit.cue.severity is Severity.NORMAL and _REQUEST.search(plain):
        return False
    start = max(
        plain.rfind(" . ", 0, hit.start + 2),
        plain.rfind(" ? ", 0, hit.start + 2),
        plain.rfind(" , ", 0, hit.start + 2),
        0,
    )
    before = plain[start : hit.start + 1]
    if _SUPPOSED.search(before):
        return False
    if not hit.cue.bare and hit.cue.code not in ("refund", "churn", "late"):
        return True
    ends = [end for end in (plain.find(" . ", hit.start), plain.find(" ? ", hit.start)) if end > 0]
    sentence = plain[start : min(ends, default=len(plain)) + 1]
    return not (_REQUEST.search(before) and not _WHY.search(sentence))


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    """Where each clause begins and ends: at the end of a sentence, or where it turns ("but", "although")."""
    for sentence in _CLAUSE.finditer(plain):
        start, end = sentence.span()
        for turn in _TURNS.finditer(plain, start, end):
            yield start, turn.start()
            start = turn.end() - 1
        yield start, end


def _moods(text: Wording, plain: str) -> list[Clause]:
    """The mood of every clause in order. A request is not heard: its words name a trouble without complaining of it."""
    clauses = []
    for start, end in _spans(plain):
        words = spoken(plain[start:end]).strip(" ,.?")
        if words:
            heard = max(0.0, mood(words)) if _REQUEST.search(f" {words} ") else mood(words)
            clauses.append(Clause(heard, words, text.quote(start, end)))
    return clauses


def _weighed(plain: str, hits: tuple[Hit, ...], moods: list[Clause], mark: Mark) -> Judged:
    """The tone from cues against moods."""
    glad = sum(max(0.0, value - 0.1) for value, _, _ in moods)
    sour = sum(max(0.0, -value - 0.1) for value, _, _ in moods)
    if glad > 0.3 and not any(hit.cue.weight >= TELLS for hit in hits):  # police or ambulance in a thankful story
        hits = tuple(hit for hit in hits if hit.cue.severity is not Severity.CRITICAL)
    weight = _weight(hits)
    sorriest = min(moods, default=Clause(0.0, "", ""))
    sorry = sorriest.quote if sorriest.mood < -0.2 else ""
    telling = any(hit.cue.weight >= TELLS for hit in hits)
    critical = any(hit.cue.severity is Severity.CRITICAL and hit.cue.weight >= TELLS for hit in hits)
    if not critical and (_made_good(plain, moods, mark) or _asks_for_repair(plain, hits)):
        return Judged(Tone.HAPPY)
    against = weight + 1.5 * sour
    if telling or against >= 1.0:
        mixed = glad > against if telling else glad > 0.7 * against
        if not telling and glad > (0.35 if mark is Mark.HIGH else 2) * against and mark is not Mark.MIDDLE:
            return Judged(Tone.HAPPY)
        return Judged(Tone.MIXED if mixed else Tone.UNHAPPY, hits, sorry)
    if against >= 0.45 and against > glad:
        return Judged(Tone.MIXED, hits, sorry)
    return Judged(Tone.HAPPY if glad > 0.25 else Tone.NEUTRAL)


def _large_sum(plain: str) -> bool:
    """Whether a sum of a hundred or more is named, in whatever money."""
    return any(float(digits[0] or digits[1]) >= LARGE for digits in _SUM.findall(plain.replace(",", "")))


def _weight(hits: tuple[Hit, ...]) -> float:
    heaviest: dict[str, float] = {}
    for hit in hits:
        heaviest[hit.cue.code] = max(heaviest.get(hit.cue.code, 0.0), hit.cue.weight)
    return sum(heaviest.values())


def _asks_for_repair(plain: str, hits: tuple[Hit, ...]) -> bool:
    """A job for us, not a complaint about us: the customer's own thing is broken and somebody is asked to come."""
    return (
        bool(hits)
        and all(hit.cue.code in ("broken", "not_working", "problem", "missing") for hit in hits)
        and bool(_JOB.search(plain))
    )


def _made_good(plain: str, moods: list[Clause], mark: Mark) -> bool:
    """A trouble told in praise of how it ended: it was put right, or it belongs to another time."""
    if not moods or " still " in plain or min(value for value, _, _ in moods) < -0.6:
        return False
    told = _BEFORE.search(plain) or any(
        not _DENIED.search(plain[max(0, match.start() - 60) : match.start()]) for match in _RESOLVED.finditer(plain)
    )
    return bool(told) and (_glad_end(moods[-1].words) or (mark is Mark.HIGH and moods[-1].mood > 0))


def _glad_end(words: str) -> bool:
    """Whether the last clause is glad of itself: a closing "thanks" is only manners when it stands alone."""
    bare = _MANNERS.sub(" ", f" {words} ").strip()
    return mood(words) > 0.3 and (
        mood(bare) > 0.2 or not bare or words.startswith(("thank you for", "thanks for")) or len(bare.split()) > 3
    )
