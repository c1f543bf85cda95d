"""Owing a reminder: one message for each address, joined by what else is due there within the same quarter of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cases.messages import intents
from cases.messages.kinds import Nudges, Reminder
from cases.model import Case, Severity
from cases.nudges.ladder import HELD, Nudge
from cases.nudges.routing import Route
from cases.policy.page import Policy
from cases.spoken.durations import write_duration
from store import messages, nudges
from store.engine import Tx

OFFERED, PASSED_ON = -2, -3  # rungs of what is said when somebody goes away; no ladder has them


@dataclass(frozen=True, slots=True)
class Told:
    """One nudge about one case on its way to somebody; `seq` names the case's round for ever."""

    case: Case
    nudge: Nudge
    route: Route
    seq: int


def owe(tx: Tx, address: str, told: Sequence[Told], policy: Policy, now: datetime) -> None:
    """Owes what one address is to be told; where it was told something a moment ago, that message takes it in.

    `address` is a person's id, "thread NUMBER" or "channel ID".
    """
    told = _once_for_each_case(told)
    message = _joined(tx, address, told, policy, now) or _new(tx, address, told, now)
    if message is None:
        return
    for one in told:
        nudge = one.nudge
        given = nudges.Given(
            one.case.number, one.seq, nudge.rung, nudge.count, address, nudge.due_at, now, rule(nudge, policy)
        )
        nudges.record(tx, given, message)


def _once_for_each_case(told: Sequence[Told]) -> list[Told]:
    """Who is owner and lead at once hears of a case once, and a thread too.

    Of two rungs the later says it all, save for the question to an owner: it must be asked.
    """
    in_order = sorted(told, key=lambda one: one.nudge.rung == HELD)
    return list({one.case.number: one for one in in_order}.values())


def _joined(tx: Tx, address: str, told: Sequence[Told], policy: Policy, now: datetime) -> int | None:
    """The message that stands there since less than a quarter of an hour, with these cases added; None if none does.

    An edit rings no bell, so what is critical, and what is said of a case again, is a message of its own.
    """
    if address.startswith("thread ") or any(one.case.severity is Severity.CRITICAL for one in told):
        return None
    message = nudges.latest_message(tx, address, now - policy.reminders.together)
    if message is None or {given.case_number for given in nudges.of_message(tx, message)} & {
        one.case.number for one in told
    }:
        return None
    joins = messages.take_in(tx, message, _reminders(told), now)
    return message if joins else None


def _new(tx: Tx, address: str, told: Sequence[Told], now: datetime) -> int | None:
    first = told[0]
    where, _, what = address.rpartition(" ")
    in_thread = where == "thread"
    return messages.owe(
        tx,
        Nudges(_reminders(told)),
        intent=intents.nudge(first.case.number, first.seq, address),
        channel=first.case.channel if in_thread else what,
        case_number=first.case.number if len(told) == 1 else None,
        thread_of=messages.by_intent(tx, intents.card(first.case.number)) if in_thread else None,
        now=now,
    )


def _reminders(told: Sequence[Told]) -> tuple[Reminder, ...]:
    return tuple(Reminder.of(one.nudge, one.route) for one in told)


def rule(nudge: Nudge, policy: Policy) -> str:
    """The rung behind a nudge, as the policy writes it: kept with it, since the policy may change."""
    if not 0 <= nudge.rung < len(policy.nudges):
        return nudge.when
    rung = policy.nudges[nudge.rung]
    often = f', every = "{write_duration(rung.every)}"' if rung.every else ""
    most = f", at_most = {rung.at_most}" if rung.at_most else ""
    return f'when = "{rung.when}", after = "{write_duration(rung.after)}"{often}{most}, tell = "{rung.tell}"'
