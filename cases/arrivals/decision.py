"""What becomes of arriving feedback: decided in one place from what is known already, whichever road it came by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, ClassVar, TypeAlias

from cases.acts.contact import answered, begun_anew
from cases.acts.effects import reopened
from cases.acts.hands import looked_after
from cases.arrivals.customers import Acquaintance, Known, acquaintance, customer_keys
from cases.arrivals.feedback import Arriving, Fault
from cases.judgement import assess
from cases.judgement.settled import says_it_is_right
from cases.model import UNCONTACTED, Assessment, Case, Customer, Feedback, Grade, Rating, Reason, Severity, Status


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
    DETAILS_CHANGED = "details_changed"  # nothing that a thread need hear of


_EVENTS_KEPT = 20


@dataclass(frozen=True, slots=True)
class Before:
    """What we had of the same feedback, and the number of the case it belongs to; None: it was harmless.

    `said_at` is when the latest of what we have was said, as far as anybody told; `events` are the deliveries it came with.
    """

    feedback: Feedback
    case: int | None
    said_at: datetime | None = None
    events: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forgotten:
    """The same feedback was here and has been erased, at an instant. `words` tells whether these are the words that went."""

    case: int | None
    at: datetime
    words: bool


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

    `keys` are what its customer is known by; `said_at`, `events` and `ignored` tell of the deliveries it came with.
    """

    feedback: Feedback
    assessment: Assessment
    keys: frozenset[str] = frozenset()
    case: int | None = None
    word: Word | None = None
    said_at: datetime | None = None
    events: tuple[str, ...] = ()
    ignored: tuple[Fault, ...] = ()


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
    """A record and no more: nobody is unhappy."""

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
) -> Decision:
    """The decision. Without `before` and `known` it is what becomes of a stranger's feedback.

    `known` is what is there already under one of `asks_for`, newest first; `region` that of telephone numbers without a
    country. `noted_down`: a colleague took the trouble to write it down, so it is a complaint whatever triage says.
    """
    if isinstance(before, Forgotten):
        if _was_forgotten(arriving, before):
            return Repeats(feedback=arriving.feedback, assessment=assess(arriving.feedback), case=before.case)
        before = None
    heard = _heard(arriving, before)
    if before and heard == before.feedback:
        return Repeats(feedback=heard, assessment=_assessed(heard, noted_down), case=before.case)
    old = arriving.is_old and before is None
    decide = partial(_decide, heard, before, acquaintance(heard, known, region), noted_down, old)
    return decide(
        feedback=heard,
        keys=customer_keys(heard, region),
        said_at=_said_at(arriving, before),
        events=_events(arriving, before),
        ignored=arriving.ignored,
    )


def _decide(
    heard: Feedback, before: Before | None, met: Acquaintance, noted_down: bool, old: bool, **known: Any
) -> Changes:
    if old:
        return Records(assessment=_assessed(heard, noted_down), **known)
    if before and before.case is not None:
        assessment = _assessed(heard, noted_down)
        word = replace(_word(before.feedback, heard, assessment.negative), updates=True)
        if not assessment.negative and word.says is not Says.DETAILS_CHANGED:
            word = replace(word, confirms=says_it_is_right(heard, before.feedback.rating))
        if heard.occurred_at != before.feedback.occurred_at:
            word = replace(word, before=before)
        return Updates(assessment=assessment, case=before.case, word=word, **known)
    current = next((case.number for case in met.own if case.status is not Status.CLOSED), None)
    assessment = _assessed(heard, noted_down, repeat=current is not None)
    if before and not assessment.negative:
        return Updates(assessment=assessment, **known)
    if current is not None:
        kind = Word(Says.KIND_WORD, waits_anew=False, confirms=says_it_is_right(heard))
        word = Word(Says.JOINED, waits_anew=True) if assessment.negative else kind
        return Joins(assessment=assessment, case=current, word=word, **known)
    if assessment.negative:
        return Opens(assessment=assessment, earlier=_numbers(met.own), perhaps=_numbers(met.perhaps), **known)
    return Records(assessment=assessment, **known)


def _numbers(known: Sequence[Known]) -> tuple[int, ...]:
    return tuple(case.number for case in known if case.number is not None)


def asks_for(arriving: Arriving, before: Before | Forgotten | None, region: str | None = None) -> frozenset[str]:
    """By which keys the customer is to be looked up before the decision; by none where nothing is new."""
    known = before if isinstance(before, Before) else None
    heard = _heard(arriving, known)
    return frozenset() if known and heard == known.feedback else customer_keys(heard, region)


def _heard(arriving: Arriving, before: Before | None) -> Feedback:
    """All that is known of it now. What was said later is right; what was said earlier and comes late only fills gaps."""
    if before is None:
        return arriving.feedback
    if arriving.event in before.events:
        return before.feedback
    if arriving.is_later_than(before.said_at):
        return merge(before.feedback, arriving.feedback)
    return merge(arriving.feedback, before.feedback)


def _said_at(arriving: Arriving, before: Before | None) -> datetime | None:
    """When the latest of what is known was said."""
    known = before.said_at if before else None
    return (arriving.at or known) if arriving.is_later_than(known) else known


def _events(arriving: Arriving, before: Before | None) -> tuple[str, ...]:
    return (*(before.events if before else ()), *filter(None, [arriving.event]))[-_EVENTS_KEPT:]


def _was_forgotten(arriving: Arriving, forgotten: Forgotten) -> bool:
    """A vendor's retry does not bring back who wanted to be forgotten; what they say anew does."""
    return forgotten.words if arriving.at is None else arriving.at <= forgotten.at


def _assessed(heard: Feedback, noted_down: bool, repeat: bool = False) -> Assessment:
    assessment = assess(heard, repeat=repeat)
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
    return after.value / after.scale < before.value / before.scale


def merge(before: Feedback, after: Feedback) -> Feedback:
    """What is known once `after` has arrived: its values where it has any, the earlier ones where it is silent."""
    values = {f.name: _later(getattr(before, f.name), getattr(after, f.name)) for f in fields(Feedback)}
    values["customer"] = Customer(
        *(getattr(after.customer, f.name) or getattr(before.customer, f.name) for f in fields(Customer))
    )
    return Feedback(**values)


def _later(before: Any, after: Any) -> Any:
    return before if after is None else after


# What the decision makes of a case


def new_case(opens: Opens, number: int, channel: str, now: datetime) -> Case:
    """The case of that number, its clocks not planned yet."""
    return Case(
        number=number,
        channel=channel,
        severity=opens.assessment.severity or Severity.NORMAL,
        unsure=opens.assessment.unsure,
        reasons=opens.assessment.reasons,
        feedback=(opens.feedback,),
        earlier=opens.earlier,
        perhaps=opens.perhaps,
        asks_no_contact=opens.assessment.asks_no_contact,
        opened_at=now,
        unclaimed_since=now,
        waiting_since=spoke_at(opens.feedback, opens.said_at, now),
        heard_at=now,
        claim_due_at=now,
        contact_due_at=now,
    )


def spoke_at(heard: Feedback, said_at: datetime | None, now: datetime) -> datetime:
    """Since when this customer waits: when they spoke, as far as anybody told; a clock that runs ahead tells nothing."""
    at = heard.occurred_at or said_at
    return at if at is not None and at <= now else now


def hears(case: Case, word: Word, assessment: Assessment, now: datetime, spoke: datetime | None = None) -> Case:
    """The case once the customer's word has reached it, `spoke` when they said it: the first that nobody answered counts."""
    # A wish to be left alone counts from whichever word of the customer it is in.
    case = replace(case, asks_no_contact=case.asks_no_contact or assessment.asks_no_contact)
    if not word.waits_anew:
        case = _waits_since(case, word.before, spoke) if word.before and spoke else case
        if word.says not in (Says.KIND_WORD, Says.WROTE_AGAIN) and not word.confirms:
            return case
        since = word.updates or spoke is None or case.contacted_at is None or spoke >= case.contacted_at
        grade = Grade.CONFIRMED if word.confirms and since else Grade.ANSWERED
        return looked_after(answered(case, now, grade), now)  # was that the end of it? Its owner is asked
    severity = case.severity.raised() if word.says is Says.JOINED else case.severity
    spoke = spoke or now
    waits = case.waiting_since if case.status in UNCONTACTED else max(case.contacted_at or spoke, spoke)
    return replace(
        begun_anew(case) if case.status in UNCONTACTED else reopened(case, now),
        waiting_since=min(waits, spoke) if case.status in UNCONTACTED else waits,
        severity=severity.at_least(assessment.severity or Severity.NORMAL),
        reasons=_together(case, assessment),
        unsure=case.unsure and assessment.unsure,
        snoozed_until=None,
        snooze_reason=None,
    )


def _waits_since(case: Case, before: Before, spoke: datetime) -> Case:
    """The case once it is known when they really said what we had `before`: it counts if that is what they wait since."""
    known = before.feedback.occurred_at or before.said_at
    never_reopened = case.heard_at == case.opened_at
    waits_since_this = case.waiting_since == spoke_at(before.feedback, before.said_at, case.heard_at)
    if not waits_since_this or (known is None and not never_reopened) or spoke > (case.contacted_at or case.heard_at):
        return case
    others = (each.occurred_at for each in case.feedback if each.external_id != before.feedback.external_id)
    return replace(case, waiting_since=min((spoke, *(at for at in others if at and at >= case.waiting_since))))


def _together(case: Case, assessment: Assessment) -> tuple[Reason, ...]:
    """The reasons known before and those that are new, each code once."""
    codes = {reason.code for reason in case.reasons}
    return case.reasons + tuple(reason for reason in assessment.reasons if reason.code not in codes)
