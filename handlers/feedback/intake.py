"""Feedback arrives: it is judged and becomes a new case, part of an open one, an update of what we knew, or just a record."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import datetime
from typing import Any

from cases.acts.effects import reopened
from cases.arrivals.feedback import customer_keys
from cases.judgement import assess
from cases.model import UNCONTACTED, Assessment, Case, Customer, Feedback, Rating, Severity, Status, Via
from cases.replies.drafts import DraftState, Origin
from handlers.change import card_intent, changed, note, opened, show_draft
from handlers.world import World
from store import cases, drafts, feedback, messages, timeline
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one piece of feedback. `status` is the HTTP answer: 201 new case, 200 known or joined, 202 recorded."""

    status: int
    feedback: int
    case: int | None
    assessment: Assessment

    def as_json(self) -> dict[str, Any]:
        """The body of the intake's answer."""
        return {"feedback": self.feedback, "case": self.case, "assessment": feedback.as_json(self.assessment)}


def arrived(world: World, arriving: Feedback, via: Via = Via.ARRIVAL, actor: str | None = None) -> Arrival:
    """Takes feedback in, durably. `actor` is the colleague who noted it down, if one did: then it is a case whatever triage says."""
    return world.store.write(lambda tx: Intake(world, tx, via, actor).take(arriving))


class Intake:
    """One arrival within one transaction."""

    def __init__(self, world: World, tx: Tx, via: Via, actor: str | None) -> None:
        self.world, self.tx, self.via, self.actor = world, tx, via, actor
        self.now = world.now()

    def take(self, arriving: Feedback) -> Arrival:
        known = feedback.known(self.tx, arriving.source, arriving.external_id)
        if known is not None:
            return self._update(arriving, *known)
        past = cases.of_customer(self.tx, customer_keys(arriving.customer))
        current = next((number for number, status in past if status is not Status.CLOSED), None)
        assessment = self._assess(arriving, repeat=current is not None)
        if current is not None:
            return self._join(arriving, assessment, current)
        if not assessment.negative:
            return Arrival(202, feedback.record(self.tx, arriving, assessment, None, self.now), None, assessment)
        number, number_of_feedback = self._open(arriving, assessment, tuple(number for number, _ in past))
        return Arrival(201, number_of_feedback, number, assessment)

    def _assess(self, arriving: Feedback, repeat: bool = False) -> Assessment:
        assessment = assess(arriving, repeat=repeat)
        if self.actor is not None and not assessment.negative:  # a colleague took the trouble to note it down
            return replace(assessment, negative=True, severity=Severity.NORMAL)
        return assessment

    def _open(self, arriving: Feedback, assessment: Assessment, earlier: tuple[int, ...]) -> tuple[int, int]:
        case = self._new(arriving, assessment, earlier)
        recorded = feedback.record(self.tx, arriving, assessment, case.number, self.now)
        self._opened(case, arriving)
        return case.number, recorded

    def _new(self, arriving: Feedback, assessment: Assessment, earlier: tuple[int, ...]) -> Case:
        (number,) = cases.new_numbers(self.tx, 1)
        new = new_case(self.world, number, arriving, assessment, earlier, self.now)
        return opened(self.tx, new, self.world.policy, self.now, second_opinion=self.world.writer is not None)

    def _opened(self, case: Case, arriving: Feedback) -> None:
        cases.remember_keys(self.tx, case.number, customer_keys(arriving.customer))
        timeline.note_down(
            self.tx, case.number, self.now, self.actor, "opened", self.via, opening_facts(case, arriving)
        )

    def _join(self, arriving: Feedback, assessment: Assessment, number: int) -> Arrival:
        """The same customer again while a case is open: it belongs to that case, complaint or thanks."""
        case = self._hold(number)
        recorded = feedback.record(self.tx, arriving, assessment, number, self.now)
        cases.remember_keys(self.tx, number, customer_keys(arriving.customer))
        if assessment.negative:
            severity = case.severity.raised().at_least(assessment.severity or Severity.NORMAL)
            self._heard_again(case, assessment, severity, "joined", arriving)
        else:
            self._noticed(case, assessment, "kind_word", arriving)
        return Arrival(200, recorded, number, assessment)

    def _update(self, arriving: Feedback, feedback_id: int, number: int | None, before: Feedback) -> Arrival:
        merged = merge(before, arriving)
        assessment = self._assess(merged)
        if merged == before:
            return Arrival(200, feedback_id, number, assessment)
        if number is None and assessment.negative:
            return self._turned_bad(merged, feedback_id, assessment)
        feedback.amend(self.tx, feedback_id, merged, assessment, number)
        if number is not None:
            self._said_more(self._hold(number), before, merged, assessment)
        return Arrival(200, feedback_id, number, assessment)

    def _turned_bad(self, merged: Feedback, feedback_id: int, assessment: Assessment) -> Arrival:
        """What was recorded as harmless is a complaint now: a new case, or part of the customer's open one."""
        past = cases.of_customer(self.tx, customer_keys(merged.customer))
        current = next((number for number, status in past if status is not Status.CLOSED), None)
        if current is not None:
            feedback.amend(self.tx, feedback_id, merged, assessment, current)
            case = self._hold(current)
            self._heard_again(case, assessment, case.severity.raised(), "joined", merged)
            return Arrival(200, feedback_id, current, assessment)
        case = self._new(merged, assessment, tuple(n for n, _ in past))
        feedback.amend(self.tx, feedback_id, merged, assessment, case.number)
        self._opened(case, merged)
        return Arrival(201, feedback_id, case.number, assessment)

    def _said_more(self, case: Case, before: Feedback, merged: Feedback, assessment: Assessment) -> None:
        """An update of feedback that has a case. Only new bad words or a lower rating make the customer wait anew."""
        new_words = merged.comment != before.comment
        action = "wrote_again" if new_words else "rating_changed"
        if assessment.negative and (new_words or _rating_fell(before, merged)):
            severity = case.severity.at_least(assessment.severity or Severity.NORMAL)
            self._heard_again(case, assessment, severity, action, merged, before.rating)
        elif new_words:
            self._noticed(case, assessment, "kind_word", merged)
        elif merged.rating != before.rating:
            self._noticed(case, assessment, action, merged, before.rating)
        else:
            self._changed(case, _with_wish(case, assessment), "details_changed", merged)

    def _heard_again(
        self,
        case: Case,
        assessment: Assessment,
        severity: Severity,
        action: str,
        heard: Feedback,
        rating_before: Rating | None = None,
    ) -> None:
        waits_anew = case if case.status in UNCONTACTED else reopened(case, self.now)
        after = replace(
            _with_wish(waits_anew, assessment),
            severity=severity,
            reasons=_together(case, assessment),
            unsure=case.unsure and assessment.unsure,
            snoozed_until=None,
            snooze_reason=None,
        )
        after = self._changed(case, after, action, heard)
        self._note(after, action, heard, rating_before)
        self._redraft(after)

    def _redraft(self, case: Case) -> None:
        """The proposed reply no longer fits what the customer said; a person's own words are left alone."""
        draft = drafts.load(self.tx, case.number)
        if draft and not draft.approved_at and draft.origin is not Origin.PERSON and draft.state is DraftState.READY:
            drafts.want(self.tx, case.number, self.now)

    def _noticed(
        self, case: Case, assessment: Assessment, action: str, heard: Feedback, rating_before: Rating | None = None
    ) -> None:
        """A word that is no complaint: it stands in the thread, and nobody waits for anything new."""
        after = self._changed(case, _with_wish(case, assessment), action, heard)
        self._note(after, action, heard, rating_before)

    def _note(self, case: Case, action: str, heard: Feedback, rating_before: Rating | None) -> None:
        ratings = {"before": _pair(rating_before), "after": _pair(heard.rating)}
        note(self.tx, case, action, self.now, **_key(heard), **ratings)

    def _hold(self, number: int) -> Case:
        case = cases.hold(self.tx, number)
        if case is None:
            raise LookupError(f"feedback belongs to case {number}, which does not exist")
        return case

    def _changed(self, before: Case, after: Case, action: str, heard: Feedback) -> Case:
        after = changed(
            self.tx,
            before,
            after,
            self.world.policy,
            self.now,
            actor=self.actor,
            action=action,
            via=self.via,
            facts=_key(heard),
        )
        # What the customer said is not part of the case's own row: the card is out of date whatever else changed.
        messages.want_again(self.tx, card_intent(after.number), self.now)
        if after.held and not before.held:
            show_draft(self.tx, after, self.now)
        return after


def _key(heard: Feedback) -> dict[str, str]:
    return {"source": heard.source, "external_id": heard.external_id}


def opening_facts(case: Case, arriving: Feedback) -> dict[str, Any]:
    """What the timeline keeps of how a case began."""
    return _key(arriving) | {"severity": case.severity}


def new_case(
    world: World, number: int, arriving: Feedback, assessment: Assessment, earlier: tuple[int, ...], now: datetime
) -> Case:
    """The case that feedback of an unhappy customer becomes; `earlier` are the customer's others."""
    return Case(
        number=number,
        channel=world.directory.default_channel,
        severity=assessment.severity or Severity.NORMAL,
        unsure=assessment.unsure,
        reasons=assessment.reasons,
        feedback=(arriving,),
        earlier=earlier,
        asks_no_contact=assessment.asks_no_contact,
        opened_at=now,
        unclaimed_since=now,
        waiting_since=now,
        claim_due_at=now,
        contact_due_at=now,
    )


def _with_wish(case: Case, assessment: Assessment) -> Case:
    """A wish to be left alone counts from whichever word of the customer it is in."""
    return replace(case, asks_no_contact=case.asks_no_contact or assessment.asks_no_contact)


def _together(case: Case, assessment: Assessment) -> tuple[Any, ...]:
    """The reasons known before and those that are new, each code once."""
    codes = {reason.code for reason in case.reasons}
    return case.reasons + tuple(reason for reason in assessment.reasons if reason.code not in codes)


def _pair(rating: Rating | None) -> list[float] | None:
    return None if rating is None else [rating.value, rating.scale]


def _rating_fell(before: Feedback, after: Feedback) -> bool:
    if before.rating is None or after.rating is None:
        return after.rating is not None and before.rating is None
    return after.rating.value / after.rating.scale < before.rating.value / before.rating.scale


def merge(before: Feedback, after: Feedback) -> Feedback:
    """What is known once `after` has arrived: its values where it has any, the earlier ones where it is silent."""
    values = {f.name: _later(getattr(before, f.name), getattr(after, f.name)) for f in fields(Feedback)}
    values["customer"] = Customer(
        *(getattr(after.customer, f.name) or getattr(before.customer, f.name) for f in fields(Customer))
    )
    return Feedback(**values)


def _later(before: Any, after: Any) -> Any:
    return before if after is None else after
