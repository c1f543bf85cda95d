"""Owing reminders: one message for each address, joined by what else is due there within the same quarter of an hour.

What is said when cases change hands because somebody goes is a message of its own, besides the ladder.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from cases.messages import intents
from cases.messages.kinds import Heading, Nudges, Reminder
from cases.model import Case
from cases.nudges.steps import Nudge
from cases.nudges.sweep import Due, may_join, once_for_each_case
from cases.occasions import Beside, When
from cases.policy.page import Policy
from store import messages, nudges
from store.engine import Tx

_RUNGS = {When.OFFERED: Beside.OFFERED, When.PASSED_ON: Beside.PASSED_ON}  # of what is said when somebody goes


def owe(tx: Tx, address: str, due: Sequence[Due], policy: Policy, now: datetime) -> None:
    """Owes what one address is to be told; where it was told something a moment ago, that message takes it in.

    `address` is a person's id, "thread NUMBER" of a case, "flood NUMBER" for the thread of a shared card, or "channel ID".
    """
    due = once_for_each_case(due)
    message = _joined(tx, address, due, policy, now) or _new(tx, address, due, now)
    if message is None:
        return
    for one in due:
        nudge = one.nudge
        given = nudges.Given(
            case_number=one.case.number,
            seq=one.seq,
            rung=nudge.rung,
            occurrence=nudge.count,
            told=address,
            due_at=nudge.due_at,
            at=now,
            rule=rule(nudge, policy),
            when=nudge.when,
        )
        nudges.record(tx, given, message)
    _replace(tx, address, {one.case.number for one in due}, message, now)


def _replace(tx: Tx, address: str, about: Collection[int], message: int, now: datetime) -> None:
    """What stands there already about these cases is over: there is one reminder of a case for each person or place."""
    messages.outdate(tx, nudges.earlier_about(tx, address, about, message), now)


def _joined(tx: Tx, address: str, due: Sequence[Due], policy: Policy, now: datetime) -> int | None:
    """The message that stands there since a quarter of an hour at most, with what is due; None if none does."""
    if not may_join(address, due):
        return None
    message = nudges.latest_message(tx, address, now - policy.reminders.together)
    if message is None:
        return None
    joins = messages.take_in(tx, message, _reminders(due), now)
    return message if joins else None


def _new(tx: Tx, address: str, due: Sequence[Due], now: datetime) -> int | None:
    first = due[0]
    where, _, what = address.rpartition(" ")
    card = _CARDS[where](int(what)) if where in _CARDS else None
    return messages.owe(
        tx,
        Nudges(_reminders(due)),
        intent=intents.nudge(first.case.number, first.seq, address),
        channel=first.case.channel if card else what,
        case_number=first.case.number if len(due) == 1 else None,
        thread_of=messages.replied_to(tx, card, now) if card else None,
        now=now,
    )


_CARDS = {"thread": intents.card, "flood": intents.flood}


def _reminders(due: Sequence[Due]) -> tuple[Reminder, ...]:
    return tuple(Reminder.of(one.nudge, one.route) for one in due)


def offer(tx: Tx, released: Sequence[Case], *, person: str, until: datetime | None, now: datetime) -> None:
    """Offers cases to the team in one message: `person`, who held them, is away `until` then, or for good (None)."""
    if released:
        heading = Heading("offered" if until else "left", person, until)
        _bundle(tx, released, released[0].channel, When.OFFERED, heading, now)


def pass_on(tx: Tx, inherited: Sequence[Case], *, person: str, lead: str, now: datetime) -> None:
    """Tells the lead, in one direct message, of the cases that are now theirs because `person` has gone."""
    if inherited:
        _bundle(tx, inherited, lead, When.PASSED_ON, Heading("passed_on", person), now)


def _bundle(tx: Tx, about: Sequence[Case], address: str, when: When, heading: Heading, now: datetime) -> None:
    rung = _RUNGS[when]
    said = [
        Nudge(case.number, rung, when, tell=when, due_at=now, count=1, last=True, overdue=True, owner=case.owner)
        for case in about
    ]
    intent = intents.bundle(when, about[0].number, about[0].revision, address)
    bundle = Nudges(tuple(Reminder.of(nudge) for nudge in said), heading)
    message = messages.owe(tx, bundle, intent=intent, channel=address, now=now)
    if message is None:
        return
    for case in about:
        # Kept so that the message is struck when the cases move on; a round of its own, since it is none of the ladder's.
        given = nudges.Given(case.number, -case.revision, rung, 1, address, now, now, when=when)
        nudges.record(tx, given, message)
    _replace(tx, address, {case.number for case in about}, message, now)


def rule(nudge: Nudge, policy: Policy) -> str | None:
    """The rung behind a nudge, as the policy writes it: kept with it, since the policy may change. None: no rung is."""
    return policy.nudges[nudge.rung].written() if 0 <= nudge.rung < len(policy.nudges) else None
