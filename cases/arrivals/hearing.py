"""What arriving feedback makes of a case: a new one begins, one that is there hears the customer's word."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.acts.contact import answered, begun_anew
from cases.acts.effects import reopened
from cases.acts.hands import looked_after
from cases.arrivals.before import Before
from cases.arrivals.decision import Opens, Says, Word
from cases.judgement import assess
from cases.judgement.stand_in import stand_in
from cases.model import UNCONTACTED, Assessment, Case, Feedback, Grade, Reason, Score, Severity


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


def hears(
    case: Case,
    word: Word,
    assessment: Assessment,
    now: datetime,
    spoke: datetime | None = None,
    *,
    doubted: bool | None = False,
) -> Case:
    """The case once the customer's word has reached it, `spoke` when they said it: the first that nobody answered counts.

    Where it is `doubted` that the word is theirs, it is heard all the same, and proves nothing.
    """
    # A wish to be left alone counts from whichever word of the customer it is in.
    case = replace(case, asks_no_contact=case.asks_no_contact or assessment.asks_no_contact)
    if word.says is Says.WORDS_CAME:
        return seen_deeper(case, assessment)
    if not word.waits_anew:
        case = _waits_since(case, word.before, spoke) if word.before and spoke else case
        if word.says not in (Says.KIND_WORD, Says.WROTE_AGAIN) and not word.confirms:
            return case
        since = word.updates or spoke is None or case.contacted_at is None or spoke >= case.contacted_at
        grade = Grade.CONFIRMED if word.confirms and since else Grade.ANSWERED
        # Was that the end of it? Its owner is asked.
        return looked_after(case if doubted else answered(case, now, grade), now)
    severity = case.severity.raised() if word.says is Says.JOINED else case.severity
    spoke = spoke or now
    waits = case.waiting_since if case.status in UNCONTACTED else max(case.contacted_at or spoke, spoke)
    if case.contacted_at is not None and spoke >= case.contacted_at and not doubted:
        case = answered(case, now)
    return replace(
        begun_anew(case) if case.status in UNCONTACTED else reopened(case, now),
        waiting_since=min(waits, spoke) if case.status in UNCONTACTED else waits,
        severity=severity.at_least(assessment.severity or Severity.NORMAL),
        reasons=_together(case, assessment),
        unsure=case.unsure and assessment.unsure,
        snoozed_until=None,
        snooze_reason=None,
    )


NOT_SCORED = "not_scored"  # the reason of words that nobody could score yet


def known_better(said: Assessment, feedback: Feedback, score: Score | None) -> Assessment:
    """What `said` was of feedback at once, now that its words have their score: never that it was nothing after all."""
    anew = assess(feedback, score or stand_in(feedback), repeat=any(reason.code == "repeat" for reason in said.reasons))
    if anew.negative or not said.negative:
        return anew
    return replace(said, score=anew.score, asks_no_contact=said.asks_no_contact or anew.asks_no_contact)


def seen_deeper(case: Case, assessment: Assessment) -> Case:
    """The case once words that opened or joined it at once have their score: as grave as that says, and never milder."""
    known = {NOT_SCORED, *(reason.code for reason in assessment.reasons)}
    return replace(
        case,
        severity=case.severity.at_least(assessment.severity or Severity.NORMAL),
        reasons=assessment.reasons + tuple(reason for reason in case.reasons if reason.code not in known),
        unsure=case.unsure and assessment.unsure,
        asks_no_contact=case.asks_no_contact or assessment.asks_no_contact,
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
