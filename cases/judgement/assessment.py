"""Triage: from one feedback to a judgement of whether its customer is unhappy, how grave it is, and why we think so.

Pure and deterministic. How the words sound is a learned score, read in four bands; a star and what is at stake move it. A
missed unhappy customer costs more than a look, so what lies between opens a case marked "unsure".
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import IntEnum
from itertools import islice

from cases.judgement.beyond import is_beyond
from cases.judgement.grave import CHURN, CRITICAL_STAKES, DANGER, OCCASION, STAKES, Stake, at_stake
from cases.judgement.heads import OPENS, SURE, words_of
from cases.judgement.marks import Mark, marked
from cases.judgement.settled import only_thanks
from cases.judgement.stand_in import stand_in
from cases.model import Assessment, Feedback, Reason, Score, Severity
from cases.spoken.matters import MATTERS, about
from cases.spoken.money import sums
from cases.spoken.plain import LONGEST, QUOTED, Sentence, read
from cases.text import one_line

HARMLESS = 0.2  # a score below it says that nothing is wrong, whatever grave words stand there
LARGE = 100  # in whatever currency the customer names
NEAR = timedelta(days=21)  # an occasion this close to the feedback, before or after, is at risk
MOST_REASONS, MOST_MATTERS = 6, 2
LONGEST_CLAUSE = 200  # characters of the clause that is quoted

REPEAT, PUBLIC, CLAUSE, NO_WORDS, NOT_SCORED = "repeat", "public", "clause", "no_words", "not_scored"
OTHER_LANGUAGE = "other_language"
HANDED_OVER, LARGE_SUM = "handed_over", "large_sum"
PROMISE_BROKEN, WAITED_BEFORE = "promise_broken", "waited_before"  # what becomes of a case, and not of its words
_RATED = {Mark.LOW: "rating_low", Mark.MIDDLE: "rating_middle", Mark.UNKNOWN: "scale_unknown"}
# A customer who will not come back is lost to a bad meal every day; these failings are ours to put right, and worth it.
_DRIVES_AWAY = frozenset({"rude", "no_answer", "billing", "refund", "asked_before"})
_OF_MONEY = frozenset({"billing", "refund", "fraud"})
_AT_STAKE = frozenset({DANGER, *(stake.code for stake in STAKES)})
RAISING: frozenset[str] = _AT_STAKE | {REPEAT, PUBLIC, HANDED_OVER, LARGE_SUM, PROMISE_BROKEN, WAITED_BEFORE}
"""Reasons that can make a case graver than others."""
REASONS: frozenset[str] = (
    RAISING
    | {matter.code for matter in MATTERS}
    | {CLAUSE, NO_WORDS, NOT_SCORED, OTHER_LANGUAGE, CRITICAL_STAKES, *_RATED.values()}
)


class Band(IntEnum):
    """What is to be made of a feedback; from UNSURE on it opens a case."""

    HARMLESS = 0
    NO = 1
    UNSURE = 2
    SURE = 3


# By how many bands a star moves what the words say; grave words and danger move it by one.
_STAR = {Mark.LOW: 2, Mark.MIDDLE: 1, Mark.UNKNOWN: 1, Mark.NONE: 0, Mark.HIGH: -1}


def assess(feedback: Feedback, score: Score | None = None, *, repeat: bool = False, opens: float = OPENS) -> Assessment:
    """Whether this customer is unhappy, how grave it is, and why.

    `score` is what a learned judge makes of the words; None: there are none, or nobody could score them. `repeat`: the same
    customer already has an open case, which raises severity one step. `opens` is the team's own threshold: from this score on
    words open a case that come without a star, a grave word or danger; what is sure stays so. Words in a language of which
    too little was learnt are unsure at the least, unless a star speaks for them. Never raises.
    """
    text, mark = read(words_of(feedback)), marked(feedback.rating)
    said = _said(score, mark)
    stakes = list(at_stake(text)) if said > Band.HARMLESS else []
    grave = any(stake.severity is Severity.CRITICAL for stake, _ in stakes)
    danger = score is not None and score.danger >= OPENS
    if mark is Mark.NONE and not stakes and not danger:
        said = _said(score, mark, opens)
    band = Band.SURE if feedback.handed_over else said + _STAR[mark] + (grave or danger)
    held = feedback.contact_ok is False or _refuses(feedback, score)
    told = score.unhappy if score else None
    if mark is Mark.UNKNOWN:  # four may be the best but one, or less than half
        band = max(band, Band.UNSURE)
    unread = band < Band.UNSURE and mark is not Mark.HIGH and is_beyond(words_of(feedback))
    if band < Band.UNSURE and not unread:
        return Assessment(negative=False, asks_no_contact=held, score=told)
    reasons = [
        *_circumstances(feedback, repeat),
        *([Reason(OTHER_LANGUAGE)] if unread else []),
        *([Reason(DANGER, _clause(score))] if danger else []),
        *(reason for _, reason in stakes),
        *([] if danger else _why(text, score, mark)),
        *_matters(text),
        *_of_the_rating(feedback, mark),
    ]
    codes = {reason.code for reason in reasons}
    if not _OF_MONEY.isdisjoint(codes) and (much := _large_sum(feedback)):
        reasons.insert(0, much)
        codes.add(LARGE_SUM)
    return Assessment(
        negative=True,
        unsure=unread or band == Band.UNSURE,
        severity=_severity(stakes, codes, repeat),
        reasons=_each_once(reasons),
        asks_no_contact=held,
        score=told,
    )


def awaits_score(feedback: Feedback) -> bool:
    """Whether it is for the score to say if a case opens: there are words, and no low star, grave words or hand-over decide at once.

    Where this is False, `assess` may be asked without a score; one that comes later can still tell of danger, of a wish to
    be left alone, and of the clause to quote, wherever there are words.
    """
    words, mark = words_of(feedback), marked(feedback.rating)
    if not words or mark is Mark.LOW or feedback.handed_over:
        return False
    return mark is Mark.HIGH or all(stake.severity is not Severity.CRITICAL for stake, _ in at_stake(read(words)))


def _said(score: Score | None, mark: Mark, opens: float = OPENS) -> Band:
    """What the words say by themselves. Where nobody knows, a star decides; without one, a person has to look."""
    if score is None:
        return Band.UNSURE if mark is Mark.NONE else Band.NO
    return Band(sum(score.unhappy >= edge for edge in (HARMLESS, opens, SURE)))


def _refuses(feedback: Feedback, score: Score | None) -> bool:
    """Whether the words ask that nobody contacts who wrote them. Before they are scored only what stands in can tell, and
    only what it is sure of counts: a wish once heard is not taken back by the score. Mere thanks ask for nothing."""
    at_once = score or stand_in(feedback)
    edge = SURE if score is None else OPENS
    return at_once is not None and at_once.no_contact >= edge and not only_thanks(feedback)


def _circumstances(feedback: Feedback, repeat: bool) -> Iterator[Reason]:
    """What makes any failing graver, known from the feedback's own fields."""
    if repeat:
        yield Reason(REPEAT)
    if feedback.handed_over:
        yield Reason(HANDED_OVER)
    if (feedback.occasion or feedback.occasion_at) and _is_near(feedback):
        yield Reason(OCCASION, one_line(feedback.occasion or "", QUOTED))
    if feedback.public_url:
        yield Reason(PUBLIC)


def _large_sum(feedback: Feedback) -> Reason | None:
    """The first large sum that is named."""
    words = words_of(feedback)[:LONGEST]
    span = next((span for money, span in sums(words) if money.amount >= LARGE), None)
    return Reason(LARGE_SUM, one_line(words[slice(*span)], QUOTED)) if span else None


def _is_near(feedback: Feedback) -> bool:
    at, said = feedback.occasion_at, feedback.occurred_at
    return at is None or said is None or abs(at - said.date()) <= NEAR


def _why(text: list[Sentence], score: Score | None, mark: Mark) -> Iterator[Reason]:
    """The clause that tells most of it; or that there is nothing to go by, where no star says enough."""
    if score is None and mark is not Mark.LOW:
        yield Reason(NOT_SCORED if text else NO_WORDS)
    if clause := _clause(score):
        yield Reason(CLAUSE, clause)


def _matters(text: list[Sentence]) -> Iterator[Reason]:
    """What it is about, where it is plain."""
    for matter, _, sentence, found in islice(about(text), MOST_MATTERS):
        yield Reason(matter.code, sentence.quote(found))


def _clause(score: Score | None) -> str:
    return one_line(score.clause, LONGEST_CLAUSE) if score else ""


def _of_the_rating(feedback: Feedback, mark: Mark) -> Iterator[Reason]:
    if feedback.rating and mark in _RATED:
        given = (feedback.rating.value, feedback.rating.scale)
        yield Reason(_RATED[mark], "/".join(f"{part:g}" for part in given if part is not None))


def _severity(stakes: list[tuple[Stake, Reason]], codes: set[str], repeat: bool) -> Severity:
    leaves = CHURN in codes and not codes.isdisjoint(_DRIVES_AWAY)
    severity = Severity.HIGH if leaves or codes & {OCCASION, PUBLIC, HANDED_OVER, LARGE_SUM} else Severity.NORMAL
    for stake, _ in stakes:
        severity = severity.at_least(stake.severity)
    if DANGER in codes:
        severity = Severity.CRITICAL
    return severity.raised() if repeat else severity


def _each_once(reasons: list[Reason]) -> tuple[Reason, ...]:
    first: dict[str, Reason] = {}
    for reason in reasons:
        first.setdefault(reason.code, reason)
    return tuple(first.values())[:MOST_REASONS]
