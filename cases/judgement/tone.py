"""The tone of a text: which cues are meant, how its clauses sound, and what the two weigh against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from cases.judgement.clauses import Clause, clauses
from cases.judgement.cues import COMPLAINTS, HINTS, LEANS, TELLS, Cue, Hit
from cases.judgement.gravity import GRAVITY
from cases.judgement.grievances import GRIEVANCES
from cases.judgement.idioms import masked
from cases.judgement.index import Index
from cases.judgement.marks import Mark
from cases.judgement.mood import knows, mood
from cases.judgement.patterns import Phrase, matches
from cases.judgement.speech import (
    AUTOMATIC,
    BEFORE,
    FACTUAL,
    HAPPENED,
    JOB,
    MANNERS,
    PURPOSE,
    REQUEST,
    RESOLVED,
    SOLICITING,
    SOMEBODY,
    SUPPOSED,
    WHY,
)
from cases.judgement.tongues import DENIED_ABROAD, TONGUES, UNKNOWN, foreign_cues
from cases.judgement.verdicts import VERDICTS
from cases.judgement.wording import Wording
from cases.model import Severity

CUES = COMPLAINTS + GRIEVANCES + VERDICTS + GRAVITY
_INDEX = Index((cue, cue.phrases) for cue in CUES)
SHORTEST_ACCOUNT = 6  # words
MONEY = frozenset({"billing", "refund", "money_lost"})
LARGE = 100  # in whatever currency the customer names
_SUM = re.compile(
    r"(?:(?:[£$€]|(?:charged|billed|paid|cost) (?:me |us )?)(\d+)(?![\d:])| (\d+)[.\d]*(?:[£$€]| (?:pounds?|euros?|dollars?|eur|usd|gbp|quid|bucks)\b))"
)


class Tone(Enum):
    """What the words say, taken by themselves."""

    UNHAPPY = "unhappy"
    MIXED = "mixed"
    TOLD = "told"  # an account of what happened, without a word of how it felt
    NEUTRAL = "neutral"
    HAPPY = "happy"
    UNREAD = "unread"
    EMPTY = "empty"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a text gave: its tone, the cues that count, the sorriest clause when mood alone decided.

    `large_sum`: the complaint is of money, and of much.
    """

    tone: Tone
    hits: tuple[Hit, ...] = ()
    sorry: str = ""
    large_sum: bool = False


_DENIED = re.compile(
    r" (?:not|no|never|without|nothing|nobody|neither|nor|hardly|zero|any|free of|isn t)(?! (?:only|just|so|such|been so|been more|been as))(?: [^ .,?]+){0,2}$"
)


def judged(text: Wording, tongue: str, mark: Mark, refusal: tuple[int, int] | None = None) -> Judged:
    """The tone of a text, with the cues that carry it. `refusal`: where in its plain form it asks for no contact, if it does."""
    if not text.words:
        return Judged(Tone.EMPTY)
    if tongue in TONGUES:
        return _judged_abroad(text, tongue)
    plain = masked(text.plain)
    if AUTOMATIC.search(" ." + text.plain):
        return Judged(Tone.HAPPY)
    found = _hits(text, plain, _INDEX.candidates(plain))
    hits = tuple(hit for hit in found if _counts(hit, plain) and not _within(hit, refusal))
    if SOLICITING.search(text.plain) and not any(hit.cue.weight >= LEANS for hit in hits):
        return Judged(Tone.HAPPY)
    moods = clauses(text, plain)
    if not hits and tongue == UNKNOWN and not (knows(text.words) or "p__" in plain):
        return Judged(Tone.UNREAD if any(word.isalpha() for word in text.words) else Tone.NEUTRAL)
    said = _weighed(plain, hits, moods, mark)
    if refusal and said.tone is Tone.NEUTRAL and plain[slice(*refusal)] == text.plain[slice(*refusal)]:
        return Judged(Tone.TOLD, sorry=text.quote(*refusal))
    return replace(said, large_sum=True) if _large_sum(plain, said.hits) else said


def _judged_abroad(text: Wording, tongue: str) -> Judged:
    hits = tuple(_hits(text, text.plain, [(cue, cue.phrases) for cue in foreign_cues(tongue)]))
    praised = any(
        not DENIED_ABROAD.search(text.plain[: said.start()])
        for said in TONGUES[tongue].praise.pattern.finditer(text.plain)
    )
    if hits:
        telling = any(hit.cue.weight >= TELLS for hit in hits)
        return Judged(Tone.MIXED if praised or not telling else Tone.UNHAPPY, hits)
    if praised:
        return Judged(Tone.HAPPY)
    return Judged(Tone.NEUTRAL if "?" in text.plain else Tone.UNREAD)


def _hits(text: Wording, plain: str, candidates: Iterable[tuple[Cue, Sequence[Phrase]]]) -> list[Hit]:
    """Every cue met, at its first place that is not denied."""
    hits = []
    for cue, phrases in candidates:
        for match in matches(phrases, plain):
            if not (cue.bare and _DENIED.search(plain[max(0, match.start() - 60) : match.start()])):
                hits.append(Hit(cue, *match.span(), text))
                break
    return hits


def _counts(hit: Hit, plain: str) -> bool:
    """Whether a cue is meant: neither only supposed, nor a word within a plain request."""
    if hit.cue.threat:
        return True
    if hit.cue.weight <= HINTS and hit.cue.severity is Severity.NORMAL and REQUEST.search(plain):
        return False
    start = max(
        plain.rfind(" . ", 0, hit.start + 2),
        plain.rfind(" ? ", 0, hit.start + 2),
        plain.rfind(" , ", 0, hit.start + 2),
        0,
    )
    before = plain[start : hit.start + 1]
    if SUPPOSED.search(before) and not FACTUAL.search(before):
        return False
    if not hit.cue.bare and hit.cue.code not in ("refund", "churn", "late"):
        return True
    ends = [end for end in (plain.find(" . ", hit.start), plain.find(" ? ", hit.start)) if end > 0]
    sentence = plain[start : min(ends, default=len(plain)) + 1]
    return not (REQUEST.search(before) and not WHY.search(sentence))


def _within(hit: Hit, refusal: tuple[int, int] | None) -> bool:
    """Whether a hint lies in the wish to be left alone: its "don't" speaks of us, not of what went wrong."""
    return refusal is not None and hit.cue.weight <= HINTS and hit.start < refusal[1] and hit.end > refusal[0]


def _weighed(plain: str, hits: tuple[Hit, ...], moods: list[Clause], mark: Mark) -> Judged:
    """The tone from cues against moods."""
    glad = sum(max(0.0, said.mood - 0.1) for said in moods)
    sour = sum(max(0.0, -said.mood - 0.1) for said in moods)
    if glad > 0.3 and not any(hit.cue.weight >= TELLS for hit in hits):  # police or ambulance in a thankful story
        hits = tuple(hit for hit in hits if hit.cue.severity is not Severity.CRITICAL)
    weight = _weight(hits)
    sorriest = min(moods, key=lambda said: (said.mood, said.words), default=None)
    sorry = sorriest.quote if sorriest and sorriest.mood < -0.2 else ""
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
        torn = glad > 0 or mark is Mark.HIGH
        return Judged(Tone.MIXED, hits, sorry) if torn else Judged(Tone.TOLD, hits, sorry or _told_in(moods, hits))
    if glad > 0.25:
        return Judged(Tone.HAPPY)
    told = _account(plain, moods)
    return Judged(Tone.TOLD, hits, told) if told else Judged(Tone.NEUTRAL)


def _account(plain: str, moods: list[Clause]) -> str:
    """The clause that tells what happened, where the text asks for nothing, praises nothing and states no other purpose."""
    if "?" in plain or " p__" in plain or REQUEST.search(plain) or PURPOSE.search(plain):
        return ""
    told = (
        said
        for said in moods
        if len(said.words.split()) >= SHORTEST_ACCOUNT
        and HAPPENED.search(f" {said.words} ")
        and SOMEBODY.search(f" {said.words} ")
    )
    return next((said.quote for said in told), "")


def _told_in(moods: list[Clause], hits: tuple[Hit, ...]) -> str:
    """The clause in which the first hit stands; the first clause when its quote was cut before that."""
    return next((said.quote for said in moods if hits and hits[0].words in said.quote), moods[0].quote if moods else "")


def _large_sum(plain: str, hits: tuple[Hit, ...]) -> bool:
    """Whether money is what went wrong, and a sum of a hundred or more is named, of whatever currency."""
    return any(hit.cue.code in MONEY for hit in hits) and any(
        float(digits[0] or digits[1]) >= LARGE for digits in _SUM.findall(plain.replace(",", ""))
    )


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
        and bool(JOB.search(plain))
    )


def _made_good(plain: str, moods: list[Clause], mark: Mark) -> bool:
    """A trouble told in praise of how it ended: it was put right, or it belongs to another time."""
    if not moods or " still " in plain or min(said.mood for said in moods) < -0.6:
        return False
    told = BEFORE.search(plain) or any(
        not _DENIED.search(plain[max(0, match.start() - 60) : match.start()]) for match in RESOLVED.finditer(plain)
    )
    return bool(told) and (_glad_end(moods[-1]) or (mark is Mark.HIGH and moods[-1].mood > 0))


def _glad_end(last: Clause) -> bool:
    """Whether the last clause is glad of itself: a closing "thanks" is only manners when it stands alone."""
    if last.mood <= 0.3:
        return False
    bare = MANNERS.sub(" ", f" {last.words} ").strip()
    return (
        bare in (last.words, "")
        or last.words.startswith(("thank you for", "thanks for"))
        or len(bare.split()) > 3
        or mood(bare) > 0.2
    )
