"""The outbox under any order of events: whatever happens, Slack shows each message once, and in the end its newest form.

The rules play a sender against a Slack that answers, refuses, loses answers, or outlives the sender's process.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule, run_state_machine_as_test

from cases.messages.intents import Intent
from cases.messages.kinds import Card
from store import messages
from store.engine import Store
from store.messages import Owed
from tests.store.rows import CARE, LEASE, NO_PACE, NOW, SECOND

CHANNELS = (CARE, "CELSE0001")
FATES = ("shown", "refused_for_now", "answer_lost", "killed_after", "killed_before")


@dataclass
class Stand:
    """A message as it stands in Slack, and what of it is shown."""

    id: int
    channel: str
    ts: str
    shows: int


@dataclass
class PretendSlack:
    """What a channel holds; looking for a message finds it by the id in its metadata."""

    standing: list[Stand] = field(default_factory=list)

    def show(self, owed: Owed, shows: int) -> str:
        """Edits the message, or posts it where it does not stand yet."""
        if owed.ts is not None:
            next(m for m in self.standing if m.ts == owed.ts).shows = shows
            return owed.ts
        self.standing.append(Stand(owed.id, owed.channel, f"{len(self.standing) + 1}.0", shows))
        return self.standing[-1].ts

    def found(self, owed: Owed) -> Stand | None:
        return next((m for m in self.standing if m.id == owed.id), None)


class Outbox(RuleBasedStateMachine):
    """Senders lease, send and die; cases change; clicks tell of lost messages; the clock goes on."""

    store: Store
    shown = 0  # messages that stand as they should, over all examples

    def __init__(self) -> None:
        super().__init__()
        self._connection = self.store.engine.connect()  # one transaction for each example, undone at its end
        self._tx = self._connection.begin()
        self.slack = PretendSlack()
        self.now: datetime = NOW
        self.wanted: dict[int, int] = {}  # by id: the newest form
        self.intents: dict[int, str] = {}
        self.held: list[tuple[Owed, int]] = []  # leases of senders that live, and the form each read after leasing
        self.late: list[tuple[Any, ...]] = []  # what senders are slow to note down

    def write(self, work: Any, *arguments: Any) -> Any:
        return work(self._connection, *arguments)

    @rule(channel=st.sampled_from(CHANNELS), threaded=st.booleans())
    def owe(self, channel: str, threaded: bool) -> None:
        parent = next((id for id, intent in self.intents.items() if intent.endswith(channel)), None)
        intent = f"card:{len(self.wanted)}:{channel}"
        thread_of = parent if threaded else None
        id = messages.owe(
            self._connection, Card(), intent=Intent(intent), channel=channel, now=self.now, thread_of=thread_of
        )
        assert id is not None
        self.wanted[id], self.intents[id] = 1, intent

    @precondition(lambda self: self.wanted)
    @rule(data=st.data())
    def the_case_changes(self, data: st.DataObject) -> None:
        id = data.draw(st.sampled_from(sorted(self.wanted)))
        assert self.write(messages.want_again, self.intents[id], self.now)
        self.wanted[id] += 1

    @rule(seconds=st.sampled_from([1, 20, 61]))
    def time_passes(self, seconds: int) -> None:
        """No sender outlives its lease: its calls time out long before."""
        self.now += timedelta(seconds=seconds)
        self.held = [(owed, shows) for owed, shows in self.held if self.now < owed.begin_by + LEASE / 2]

    @rule()
    def a_sender_leases(self) -> None:
        for owed in self.write(messages.take_due, self.now, LEASE, NO_PACE, 3):
            self.held.append((owed, self.wanted[owed.id]))

    @precondition(lambda self: self.held)
    @rule(data=st.data(), fate=st.sampled_from(FATES), slow=st.booleans())
    def a_sender_sends(self, data: st.DataObject, fate: str, slow: bool) -> None:
        """Its call ends within its lease, but it may be slow to note down what became of it."""
        owed, shows = self.held.pop(data.draw(st.integers(0, len(self.held) - 1)))
        note = self.send(owed, shows, fate)
        if note and slow:
            self.late.append(note)
        elif note:
            self.write(*note)

    @precondition(lambda self: self.late)
    @rule()
    def a_slow_sender_notes_it_down(self) -> None:
        self.write(*self.late.pop(0))

    def send(self, owed: Owed, shows: int, fate: str) -> tuple[Any, ...] | None:
        """Calls Slack, and returns what to note down: a function of the store and its arguments."""
        if fate == "killed_before":
            return None
        if owed.ts is None and owed.unknown_since is not None and (stand := self.slack.found(owed)):
            return messages.adopt, owed, stand.channel, stand.ts
        if fate == "refused_for_now":
            put_off = messages.put_off if owed.unknown_since is None else messages.put_off_unknown
            return put_off, owed, self.now + SECOND
        ts = self.slack.show(owed, shows)
        if fate == "answer_lost":
            return messages.put_off_unknown, owed, self.now + LEASE
        return None if fate == "killed_after" else (messages.record_shown, owed, owed.channel, ts)

    @precondition(lambda self: self.slack.standing)
    @rule(data=st.data())
    def somebody_clicks(self, data: st.DataObject) -> None:
        stand = data.draw(st.sampled_from(self.slack.standing))
        self.write(messages.found_at, stand.id, stand.channel, stand.ts, self.now)

    @invariant()
    def nothing_stands_twice(self) -> None:
        ids = [m.id for m in self.slack.standing]
        assert len(ids) == len(set(ids))

    @rule()
    def asking_and_taking_agree(self) -> None:
        """`any_due` that promises in vain would make the sender ask for ever."""
        promised = messages.any_due(self._connection, self.now)
        with self._connection.begin_nested() as savepoint:
            taken = messages.take_due(self._connection, self.now, LEASE, NO_PACE, 1)
            savepoint.rollback()
        assert promised == bool(taken)

    def teardown(self) -> None:
        """All senders die; whoever comes next finishes everything."""
        self.held.clear()
        for _ in range(200):
            self.now += LEASE
            self.a_sender_leases()
            while self.held:
                if note := self.send(*self.held.pop(), "shown"):
                    self.write(*note)
            if not messages.counts(self._connection)["owed"]:
                break
        self._tx.rollback()
        self._connection.close()
        self.nothing_stands_twice()
        assert {m.id: m.shows for m in self.slack.standing} == self.wanted
        type(self).shown += len(self.wanted)


def test_nothing_is_shown_twice_and_nothing_forgotten(store: Store) -> None:
    class OutboxHere(Outbox):
        pass

    OutboxHere.store = store
    many = (
        settings().max_examples if store.engine.dialect.name == "sqlite" else 25
    )  # the same queries; on a server each takes longer
    run_state_machine_as_test(
        OutboxHere,
        settings=settings(max_examples=many, stateful_step_count=40, suppress_health_check=list(HealthCheck)),
    )
    assert OutboxHere.shown > many
