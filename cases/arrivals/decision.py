"""What becomes of arriving feedback: decided in one place from what is known already, whichever road it came by."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, TypeAlias

from cases.arrivals.before import Before, Forgotten, as_known, events_with, is_forgotten, said_at_last
from cases.arrivals.customers import Acquaintance, Known, acquaintance, looked_up_by, order_key
from cases.arrivals.feedback import Arriving, Fault
from cases.judgement import assess, awaits_score
from cases.judgement.heads import OPENS, words_of
from cases.judgement.settled import only_thanks, says_it_is_right
from cases.judgement.stand_in import stand_in
from cases.model import (
    Assessment,
    Feedback,
    Rating,
    Score,
    Severity,
    Status,
)


class Became(StrEnum):
    """The decision in one word, as an import reports it."""

    CASE = "case"
    JOINED = "joined"
    UPDATED = "updated"
    KNOWN = "known"
    RECORDED = "recorded"


class Says(StrEnum):
    """What the customer's word is to a case that is there already: the action in its timeline, and the note in its thread."""

    JOINED = "joined"
    WROTE_AGAIN = "wrote_again"
    RATING_CHANGED = "rating_changed"
    KIND_WORD = "kind_word"
    REPORTED = "reported"  # somebody else, or the same customer unnamed, tells of the same order
    WORDS_CAME = "words_came"  # to a rating whose card was held for them: nothing had been said yet
    DETAILS_CHANGED = "details_changed"  # nothing that a thread need hear of


LETTERS = "e-mail"  # the source of letters that came to the team's own mailbox
_PENDING = Assessment(negative=False, pending=True)


@dataclass(frozen=True, slots=True)
class Word:
    """What a case hears. `waits_anew`: the customer waits from now on again; otherwise the word is only noticed.

    `confirms`: they say that it is right now; `updates`: of feedback that we had.
    `before` is what we had of it, where it is said now that they spoke at another instant.
    """

    says: Says
    waits_anew: bool
    rating_before: Rating | None = None
    before: Before | None = None
    confirms: bool = False
    updates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """`feedback` is all that is known of it now, `case` where it belongs, `word` what that case hears of it.

    `keys` are what its customer is known by; `said_at`, `events` and `ignored` tell of the deliveries it came with. `score`
    is that of its words, or else owed since `unscored_since`; `decided` and `channel` are as `Before` has them.
    `hold` is as `Arriving` has it.
    """

    feedback: Feedback
    assessment: Assessment
    keys: frozenset[str] = frozenset()
    case: int | None = None
    word: Word | None = None
    said_at: datetime | None = None
    events: tuple[str, ...] = ()
    ignored: tuple[Fault, ...] = ()
    score: Score | None = None
    unscored_since: datetime | None = None
    decided: Before | None = None
    channel: str = ""
    hold: timedelta = timedelta()

    @property
    def waits_for_words(self) -> bool:
        """Whether it is a rating alone: some sources send the words after it."""
        return self.feedback.rating is not None and not words_of(self.feedback)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opens(_Decided):
    """A new case, which has no number yet; `earlier` are the customer's closed ones, newest first.

    `perhaps` are the cases of somebody who may be the same customer, newest first: a person can tell.
    """

    became: ClassVar = Became.CASE
    earlier: tuple[int, ...] = ()
    perhaps: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Joins(_Decided):
    """A part of the customer's open case, complaint or thanks."""

    became: ClassVar = Became.JOINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Updates(_Decided):
    """More about feedback we had; it has no case, where it is as harmless as it was."""

    became: ClassVar = Became.UPDATED


@dataclass(frozen=True, slots=True, kw_only=True)
class Records(_Decided):
    """A record and no more: nobody is unhappy, as far as is known yet."""

    became: ClassVar = Became.RECORDED


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeats(_Decided):
    """Nothing: it says what we knew."""

    became: ClassVar = Became.KNOWN


Changes: TypeAlias = Opens | Joins | Updates | Records
Decision: TypeAlias = Changes | Repeats


def what_becomes(
    arriving: Arriving,
    before: Before | Forgotten | None = None,
    known: Sequence[Known] = (),
    *,
    region: str | None = None,
    noted_down: bool = False,
    scored_later: bool = False,
    opens: float = OPENS,
    held: Collection[int] = (),
) -> Decision:
    """The decision. Without `before` and `known` it is what becomes of a stranger's feedback.

    `known` is what is there already under one of `asks_for`, newest first; `region` that of telephone numbers without a
    country. `noted_down`: a colleague took the trouble to write it down, so it is a complaint whatever triage says. Where
    words are `scored_later`, what hangs on their score is put off until then: `judged` decides it. `opens` is the team's own
    threshold, see `assess`. `held` are the cases whose cards wait for words: these are theirs, and no second complaint.
    """
    if isinstance(before, Forgotten):
        if is_forgotten(arriving, before):
            return Repeats(feedback=arriving.feedback, assessment=assess(arriving.feedback), case=before.case)
        before = None
    heard = as_known(arriving, before)
    if before and heard == before.feedback:
        owed = before.unscored_since is not None
        assessment = _PENDING if before.pending else _assessed(heard, noted_down, before.score, opens=opens, owed=owed)
        return Repeats(feedback=heard, assessment=assessment, case=before.case)
    score = before.score if before and words_of(before.feedback) == words_of(heard) else None
    about: dict[str, Any] = {
        "feedback": heard,
        "keys": looked_up_by(heard, region),
        "said_at": said_at_last(arriving, before),
        "events": events_with(arriving, before),
        "ignored": arriving.ignored,
        "score": score,
        "channel": arriving.channel or (before.channel if before else ""),
        "hold": arriving.hold,
    }
    if arriving.is_old and before is None:
        return Records(assessment=_assessed(heard, noted_down, score, opens=opens), **about)
    last = before and before.last
    if scored_later and score is None and words_of(heard):
        about["unscored_since"] = (before and before.unscored_since) or arriving.heard_at
        if awaits_score(heard) and not noted_down:
            return _put_off(last, about)
    met = acquaintance(heard, known, region, arriving.at or arriving.heard_at)
    return _decide(last, met, noted_down, opens, held, **about)


def judged(
    pending: Before,
    score: Score | None,
    known: Sequence[Known] = (),
    *,
    region: str | None = None,
    opens: float = OPENS,
    held: Collection[int] = (),
) -> Changes:
    """What becomes of feedback of which nothing was decided, now that its words have a score; None: they will have none.

    `known`, `opens` and `held` are as for `what_becomes`, under the keys of the customer. Where a quick score found no clause to quote,
    the whole score is owed still.
    """
    decision = _decide(
        pending.decided,
        acquaintance(pending.feedback, known, region, pending.said_at or pending.unscored_since),
        opens=opens,
        held=held,
        feedback=pending.feedback,
        keys=looked_up_by(pending.feedback, region),
        said_at=pending.said_at,
        events=pending.events,
        score=score,
        channel=pending.channel,
    )
    if score is None or score.clause or not decision.assessment.negative:
        return decision
    return replace(decision, unscored_since=pending.unscored_since)


def _put_off(last: Before | None, about: Mapping[str, Any]) -> Changes:
    """A record until there is a score, which says what to compare it with then."""
    if last is None:
        return Records(assessment=_PENDING, **about)
    return Updates(assessment=_PENDING, case=last.case, decided=last, **about)


def _decide(
    before: Before | None,
    met: Acquaintance,
    noted_down: bool = False,
    opens: float = OPENS,
    held: Collection[int] = (),
    **about: Any,
) -> Changes:
    heard: Feedback = about["feedback"]
    owed = about.get("unscored_since") is not None
    assessed = partial(_assessed, heard, noted_down, about["score"], opens=opens, owed=owed)
    if before and before.case is not None:
        assessment = assessed()
        word = replace(_word(before.feedback, heard, assessment.negative), updates=True)
        if before.case in held and heard.comment != before.feedback.comment:
            return Updates(assessment=assessment, case=before.case, word=_WORDS_CAME, **about)
        if not assessment.negative and word.says is not Says.DETAILS_CHANGED:
            word = replace(word, confirms=says_it_is_right(heard, before.feedback.rating))
        if heard.occurred_at != before.feedback.occurred_at:
            word = replace(word, before=before)
        return Updates(assessment=assessment, case=before.case, word=word, **about)
    current = next((case for case in met.own if case.status is not Status.CLOSED), None)
    if current is not None and current.number in held and words_of(heard) and not _of_other_orders(heard, current):
        return Joins(assessment=assessed(), case=current.number, word=_WORDS_CAME, **about)
    assessment = assessed(repeat=current is not None)
    if before and not assessment.negative:
        return Updates(assessment=assessment, **about)
    if current is not None:
        kind = Word(Says.KIND_WORD, waits_anew=False, confirms=says_it_is_right(heard))
        word = Word(Says.JOINED, waits_anew=True) if assessment.negative else kind
        if heard.source == LETTERS and (assessment.unsure or not assessment.negative):
            # Who answers a letter waits for the next one; it takes more than a doubt to call that a second complaint.
            word = kind if only_thanks(heard) else Word(Says.WROTE_AGAIN, waits_anew=True)
        return Joins(assessment=assessment, case=current.number, word=word, **about)
    told_of = next((case for case in met.same_event if case.status is not Status.CLOSED), None)
    if told_of is not None and assessment.negative:
        return Joins(assessment=assessment, case=told_of.number, word=_word_for(heard, told_of, held), **about)
    if assessment.negative:
        return Opens(assessment=assessment, earlier=_numbers(met.own), perhaps=_numbers(met.perhaps), **about)
    return Records(assessment=assessment, **about)


_WORDS_CAME = Word(Says.WORDS_CAME, waits_anew=False, updates=True)


def _word_for(heard: Feedback, case: Known, held: Collection[int]) -> Word:
    """What a case hears of another report of its event."""
    return _WORDS_CAME if case.number in held and words_of(heard) else Word(Says.REPORTED, waits_anew=True)


def _of_other_orders(heard: Feedback, known: Known) -> bool:
    """Whether both name orders, and no one in common."""
    orders = {order_key(each.order_ref) for each in known.feedback} - {""}
    return bool(orders) and order_key(heard.order_ref) not in {"", *orders}


def _numbers(known: Sequence[Known]) -> tuple[int, ...]:
    return tuple(case.number for case in known if case.number is not None)


def asks_for(arriving: Arriving, before: Before | Forgotten | None, region: str | None = None) -> frozenset[str]:
    """By which keys the customer is to be looked up before the decision; by none where nothing is new."""
    known = before if isinstance(before, Before) else None
    heard = as_known(arriving, known)
    return frozenset() if known and heard == known.feedback else looked_up_by(heard, region)


def _assessed(
    heard: Feedback,
    noted_down: bool,
    score: Score | None,
    *,
    opens: float,
    owed: bool = False,
    repeat: bool = False,
) -> Assessment:
    """Words without a score are scored by what stands in, unless the score is `owed`: that can only add to what is said now."""
    assessment = assess(heard, score if score or owed else stand_in(heard), repeat=repeat, opens=opens)
    if noted_down and not assessment.negative:
        return replace(assessment, negative=True, severity=Severity.NORMAL)
    return assessment


def _word(before: Feedback, heard: Feedback, negative: bool) -> Word:
    """Only new bad words or a lower rating make a customer who has a case wait anew."""
    if heard.comment != before.comment:
        return Word(Says.WROTE_AGAIN, True, before.rating) if negative else Word(Says.KIND_WORD, waits_anew=False)
    if heard.rating != before.rating:
        return Word(Says.RATING_CHANGED, negative and _rating_fell(before.rating, heard.rating), before.rating)
    return Word(Says.DETAILS_CHANGED, waits_anew=False)


def _rating_fell(before: Rating | None, after: Rating | None) -> bool:
    """A first rating counts as one that fell: nobody knew of it."""
    if before is None or after is None:
        return after is not None
    return before.share is None or after.share is None or after.share < before.share
