"""Colleagues put right who is who: `join` makes one case of two, `move` gives a piece of feedback a case of its own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from cases.acts.act import ActionName, NotAllowed
from cases.arrivals.customers import looked_up_by
from cases.arrivals.decision import Opens
from cases.arrivals.regroup import joined, left_by, parted_again
from cases.judgement import assess
from cases.judgement.stand_in import stand_in
from cases.messages import intents
from cases.messages.notes import Acted, Regrouped, RegroupedSay, Say
from cases.model import UNCONTACTED, Assessment, Case, Feedback, Via
from cases.replies.drafts import DraftState
from handlers.aloud import tell
from handlers.change import changed
from handlers.feedback.opening import open_cases
from handlers.world import World
from store import cases, drafts, feedback, messages, timeline
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Joined:
    """`case` goes on with the words of `other`; the ids of those words take it back. `channel` is where, if not where `other` stood."""

    case: int
    other: int
    feedback: tuple[int, ...]
    channel: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A piece of feedback has gone from `case` to `to`."""

    case: int
    to: int


def join(
    world: World, number: int, other: int, actor: str, via: Via, event_id: str | None = None
) -> Joined | NotAllowed:
    """Lets one case go on with another one of the same customer; the other is closed, and says where it went."""
    return world.store.write(lambda tx: _Regroup(world, tx, actor, via).join(number, other, event_id))


def move(
    world: World, number: int, which: str, actor: str, via: Via, event_id: str | None = None
) -> Moved | NotAllowed:
    """Gives feedback of a case, named by its number or its own id, a case of its own: the one it came from, or a new one."""
    return world.store.write(lambda tx: _Regroup(world, tx, actor, via).move(number, which, event_id))


class _Regroup:
    """One such act within one transaction."""

    def __init__(self, world: World, tx: Tx, actor: str, via: Via) -> None:
        self.world, self.tx, self.actor, self.via = world, tx, actor, via
        self.now: datetime = world.now()

    def join(self, number: int, other: int, event_id: str | None) -> Joined | NotAllowed:
        if not timeline.first_time(self.tx, event_id, self.now):
            return Joined(number, other, ())
        held = {each: cases.hold(self.tx, each) for each in sorted({number, other})}
        one, two = held[number], held[other]
        if one is None or two is None:
            return NotAllowed("no_such_case", {"number": number if one is None else other})
        both = joined(one, two, self.actor, self.now)
        if isinstance(both, NotAllowed):
            return both
        ids = tuple(feedback.of_case(self.tx, other))
        feedback.move(self.tx, ids, number)
        if (draft := drafts.load(self.tx, other)) is not None:
            drafts.want_none(self.tx, draft)
        after = self._changed(one, both[0], "join", {"other": other, "feedback": list(ids)})
        gone = self._changed(two, both[1], "join_into", {"into": number, "feedback": list(ids)})
        self._note(one, after, Say.JOINED_CASE, two)
        loses = two.owner if two.owner not in (self.actor, after.owner) else None
        self._note(two, gone, Say.GONE_INTO, one, loses)
        self._redraft(after)
        return Joined(number, other, ids, one.channel if one.channel != two.channel else None)

    def move(self, number: int, which: str, event_id: str | None) -> Moved | NotAllowed:
        case = cases.hold(self.tx, number)
        if case is None:
            return NotAllowed("no_such_case", {"number": number})
        there = feedback.of_case(self.tx, number)
        leaving = _named(there, which)
        if len(there) < 2:
            return NotAllowed("nothing_to_part", {"number": number})
        if leaving is None:
            return NotAllowed("move_which", {"number": number, "choices": _choices(number, there)})
        if not timeline.first_time(self.tx, event_id, self.now):
            return Moved(number, number)
        scores, channels = feedback.scores_of_case(self.tx, number), feedback.channels_of_case(self.tx, number)
        found = {place: assess(said, scores.get(place) or stand_in(said)) for place, said in there.items()}
        to = self._home_of(case, leaving) or self._opened(there[leaving], found[leaving], channels[leaving])
        feedback.move(self.tx, [leaving], to.number)
        staying = [judged for place, judged in found.items() if place != leaving]
        after = self._changed(case, left_by(case, staying, to), "move", {"feedback": leaving, "to": to.number})
        self._note(case, after, Say.MOVED_AWAY, to)
        messages.show_notes_anew(self.tx, number, self.now)  # what the thread quotes of it goes with it
        self._redraft(after)
        return Moved(number, to.number)

    def _home_of(self, host: Case, leaving: int) -> Case | None:
        """The case that came with this feedback when it was joined into this one; it is on its own again."""
        for other in cases.joined_into(self.tx, host.number):
            brought = [
                line.facts["feedback"] for line in timeline.history(self.tx, other) if line.action == "join_into"
            ]
            case = cases.hold(self.tx, other)
            if case is not None and brought and leaving in brought[-1]:
                facts: dict[str, object] = {"feedback": leaving, "other": host.number}
                after = self._changed(case, parted_again(case, host, self.now), "move_back", facts)
                if (draft := drafts.load(self.tx, other)) is not None:
                    drafts.renew(self.tx, draft, self.now)
                tell(self.world, self.tx, case, after, Acted(say=ActionName.REOPEN, actor=self.actor))
                return after
        return None

    def _opened(self, said: Feedback, assessment: Assessment, channel: str) -> Case:
        """A new case, which has waited since we heard it, where it would stand had it come alone."""
        keys = looked_up_by(said, self.world.policy.customers.region)
        decision = Opens(feedback=said, assessment=assessment, keys=keys, channel=channel)
        (case,) = open_cases(self.world, self.tx, [decision], self.now, by_colleague=True)
        facts = {"source": said.source, "external_id": said.external_id, "severity": case.severity}
        timeline.note_down(self.tx, case.number, self.now, self.actor, "opened", self.via, facts)
        return case

    def _changed(self, before: Case, after: Case, action: str, facts: dict[str, object]) -> Case:
        policy, now = self.world.policy, self.now
        after = changed(self.tx, before, after, policy, now, actor=self.actor, action=action, via=self.via, facts=facts)
        messages.want_again(self.tx, intents.card(after.number), now)
        return after

    def _note(self, before: Case, after: Case, say: RegroupedSay, other: Case, loses: str | None = None) -> None:
        elsewhere = other.channel if other.channel != before.channel else None
        told = Regrouped(say=say, actor=self.actor, other=other.number, owner=loses, elsewhere=elsewhere)
        tell(self.world, self.tx, before, after, told)

    def _redraft(self, case: Case) -> None:
        """The proposed reply answers other words now; a person's own are left alone."""
        draft = drafts.load(self.tx, case.number)
        if draft and draft.state is DraftState.READY and case.status in UNCONTACTED:
            drafts.renew(self.tx, draft, self.now)


def _named(there: dict[int, Feedback], which: str) -> int | None:
    wanted = which.strip().strip("#\"'`")
    return next((place for place, said in there.items() if wanted in (str(place), said.external_id)), None)


def _choices(number: int, there: dict[int, Feedback]) -> list[tuple[str, str]]:
    return [(f"/case move {number} {place}", f"{said.customer.name or said.source}") for place, said in there.items()]
