"""Feedback arrives by itself: what has been decided of it is carried out, each in a transaction of its caller's.

Webhooks come this way only where a crowd cannot take them all at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from cases.arrivals.before import Before, Forgotten
from cases.arrivals.customers import Known, looked_up_by
from cases.arrivals.decision import (
    Became,
    Changes,
    Decision,
    Opens,
    Repeats,
    Says,
    Word,
    asks_for,
    judged,
    what_becomes,
)
from cases.arrivals.feedback import Arriving, Fault
from cases.judgement.heads import OPENS, words_of
from cases.messages import intents
from cases.messages.notes import Heard, HeardSay, Note, RatingChanged, Say
from cases.model import Assessment, Case, Feedback, Score, Via
from cases.nudges.waits import once_heard
from cases.replies.drafts import DraftState
from handlers.aloud import tell
from handlers.change import changed, next_letter
from handlers.feedback.opening import open_cases
from handlers.judging.threshold import opens_from
from handlers.world import World
from store import attached, cases, customers, drafts, feedback, floods, messages, replies, timeline
from store.engine import Tx

_STATUS = {Became.CASE: 201, Became.RECORDED: 202}


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of one piece of feedback, and the numbers of it and of its case.

    `verdict` is told what really became of it, where that is soon known and hangs on the score of its words.
    """

    became: Became
    feedback: int
    case: int | None
    assessment: Assessment
    ignored: tuple[Fault, ...] = ()
    owes_score: bool = False
    verdict: Future[Arrival] | None = field(default=None, compare=False)
    unread: tuple[str, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP answer: 201 new case, 200 known, updated or joined, 202 recorded."""
        return _STATUS.get(self.became, 200)

    def as_json(self) -> dict[str, Any]:
        """The body of the intake's answer."""
        told = {"feedback": self.feedback, "case": self.case, "assessment": feedback.as_json(self.assessment)}
        left_out = {"ignored": [str(fault) for fault in self.ignored], "unread": list(self.unread)}
        return told | {name: each for name, each in left_out.items() if each}


def arrived(world: World, arriving: Arriving, via: Via = Via.ARRIVAL, actor: str | None = None) -> Arrival:
    """Takes feedback in, durably. `actor` is the colleague who noted it down, if one did: then it is a case whatever triage says."""
    return queued(world, world.store.write(lambda tx: Intake(world, tx, via, actor).take(arriving)))


def queued(world: World, arrival: Arrival) -> Arrival:
    """Has the words judged by this process, where they owe a score: another one would find out later."""
    if not arrival.owes_score:
        return arrival
    verdict = world.unscored.add(arrival.feedback, pending=arrival.assessment.pending)
    return replace(arrival, verdict=verdict)


class Intake:
    """One arrival within one transaction; clocks and waits run from when it was heard, where that is not now."""

    def __init__(
        self, world: World, tx: Tx, via: Via, actor: str | None = None, heard_at: datetime | None = None
    ) -> None:
        self.world, self.tx, self.via, self.actor = world, tx, via, actor
        self.now = world.now()
        self.heard_at = heard_at or self.now

    def take(self, arriving: Arriving, known: Sequence[Known] | None = None) -> Arrival:
        """What has just come. `known`: it is new, and this is there already of its customer; without it both are looked up."""
        region, arriving = self.world.policy.customers.region, replace(arriving, heard_at=self.heard_at)
        known_as, before = (0, None) if known is not None else feedback.known(self.tx, arriving.feedback)
        if known is None:
            known = customers.known_by(self.tx, asks_for(arriving, before, region))
        noted_down, later = self.actor is not None, self.world.judge is not None
        score = before.score if isinstance(before, Before) else None
        opens = self._opens(arriving.feedback, score) if score or not later else OPENS
        decision = what_becomes(
            arriving,
            before,
            known,
            region=region,
            noted_down=noted_down,
            scored_later=later,
            opens=opens,
            held=self._held(known, before, arriving.hold or self.world.policy.hold_of(arriving.feedback.source)),
        )
        number = decision.case
        if not isinstance(decision, Repeats):
            known_as, number = self._carry_out(decision, known_as if isinstance(before, Before) else 0)
            if number is not None or decision.assessment.pending:
                attached.keep(self.tx, known_as, number, arriving.pictures)
        return arrival_of(decision, known_as, number)

    def judge(self, known_as: int, pending: Before, score: Score | None) -> Arrival:
        """What came before, and was not decided until now."""
        region = self.world.policy.customers.region
        known = customers.known_by(self.tx, looked_up_by(pending.feedback, region))
        opens = self._opens(pending.feedback, score)
        held = self._held(known, pending, self.world.policy.hold_of(pending.feedback.source))
        decision = judged(pending, score, known, region=region, opens=opens, held=held)
        known_as, number = self._carry_out(decision, known_as)
        if number is None:  # nobody will look at what came with kind words
            attached.drop(self.tx, known_as)
        return arrival_of(decision, known_as, number)

    def _held(self, known: Sequence[Known], before: Before | Forgotten | None, hold: timedelta) -> set[int]:
        """The cases whose words may be still to come: their cards wait for them, or would, had they one of their own."""
        said = {each.number: list(each.feedback) for each in known}
        if isinstance(before, Before) and before.last is not None:  # what waits for its score was not told of yet
            others = [each for each in said.get(before.case, ()) if each != before.feedback]
            said[before.case] = [*others, before.last.feedback]
        silent = {number for number, words in said.items() if number is not None and not any(map(words_of, words))}
        return messages.held_back(self.tx, silent, self.now) | floods.standing_since(self.tx, silent, self.now - hold)

    def _opens(self, said: Feedback, score: Score | None) -> float:
        return opens_from(said, score, self.tx, self.world.policy, self.now)

    def _carry_out(self, decision: Changes, known_as: int) -> tuple[int, int | None]:
        """The ids of the feedback and of its case."""
        case = self._open(decision) if isinstance(decision, Opens) else self._hold(decision.case)
        number = None if case is None else case.number
        known_as = self._keep(decision, known_as, number)
        if case is not None and decision.word is not None:
            self._hear(case, decision, decision.word)
        return known_as, number

    def _keep(self, decision: Changes, known_as: int, number: int | None) -> int:
        if not known_as:
            return feedback.record(self.tx, decision, number, self.now)
        feedback.amend(self.tx, known_as, decision, number)
        return known_as

    def _open(self, opens: Opens) -> Case:
        (case,) = open_cases(self.world, self.tx, [opens], self.heard_at, by_colleague=self.actor is not None)
        facts = opening_facts(case, opens)
        timeline.note_down(self.tx, case.number, self.now, self.actor, "opened", self.via, facts)
        return case

    def _hold(self, number: int | None) -> Case | None:
        if number is None:
            return None
        case = cases.hold(self.tx, number)
        if case is None:
            raise LookupError(f"feedback belongs to case {number}, which does not exist")
        return case

    def _hear(self, case: Case, decision: Changes, word: Word) -> None:
        after = once_heard(case, decision, word, self.world.policy, self.heard_at)
        after = self._changed(case, after, word.says, decision)
        if word.says is Says.WORDS_CAME:
            messages.release(self.tx, intents.card(case.number), self.now)
        if (told := _told(word, decision.feedback)) is not None:
            tell(self.world, self.tx, case, after, told)
        if word.waits_anew or word.says is Says.WORDS_CAME:
            self._redraft(after)

    def _redraft(self, case: Case) -> None:
        """The proposed reply no longer fits what the customer said; a person's own words are left alone until they have gone out."""
        draft = drafts.load(self.tx, case.number)
        if draft is None or draft.state is not DraftState.READY:
            return
        if draft.approved_by is not None and replies.is_sent(self.tx, case.number, draft.version):
            next_letter(self.tx, case.number, draft.version, self.now)
        else:
            drafts.renew(self.tx, draft, self.now)

    def _changed(self, before: Case, after: Case, action: str, decision: Changes) -> Case:
        after = changed(
            self.tx,
            before,
            after,
            self.world.policy,
            self.now,
            actor=self.actor,
            action=action,
            via=self.via,
            facts=_key(decision),
        )
        # What the customer said is not part of the case's own row: the card is out of date whatever else changed.
        messages.want_of_case(self.tx, after.number, [intents.card(after.number)], self.now)
        return after


def arrival_of(decision: Decision, known_as: int, number: int | None) -> Arrival:
    """What is told of a decision, once it is carried out."""
    owes = decision.unscored_since is not None or decision.assessment.pending
    unread = decision.feedback.unread
    return Arrival(decision.became, known_as, number, decision.assessment, decision.ignored, owes, unread=unread)


def _key(decision: Changes) -> dict[str, Any]:
    """Which feedback it was, and what of it could not be read."""
    unread = {"ignored": [fault.field for fault in decision.ignored]} if decision.ignored else {}
    return {"source": decision.feedback.source, "external_id": decision.feedback.external_id} | unread


def opening_facts(case: Case, opens: Changes) -> dict[str, Any]:
    """What the timeline keeps of how a case began."""
    return _key(opens) | {"severity": case.severity}


_IN_WORDS: Mapping[Says, HeardSay] = {
    Says.JOINED: Say.JOINED,
    Says.REPORTED: Say.REPORTED,
    Says.WROTE_AGAIN: Say.WROTE_AGAIN,
    Says.KIND_WORD: Say.KIND_WORD,
}


def _told(word: Word, heard: Feedback) -> Note | None:
    """What the thread hears of it, if anything."""
    if word.says is Says.RATING_CHANGED and heard.rating is not None:
        return RatingChanged.of(word.rating_before, heard.rating)
    say = _IN_WORDS.get(word.says)
    return None if say is None else Heard(say=say, source=heard.source, external_id=heard.external_id)
