"""Who looks at their Home tab: the views owed to them, and which of those who looked lately see an older state."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select, update

from cases.messages import intents
from cases.messages.kinds import Home
from store import facts, messages
from store import tables as t
from store.engine import Tx

_LOOKS = "home:"  # and a person's id: the name of the fact


@dataclass(frozen=True, slots=True)
class Look:
    """Somebody opened their Home tab at `at`; `upto` is the last line of the timeline that they have been shown."""

    person: str
    at: datetime
    upto: int


def looked(tx: Tx, person: str, now: datetime) -> None:
    """They opened it: owes them a fresh view, also where Slack would not show one before."""
    _remember(tx, Look(person, now, _latest(tx)))
    intent, fresh = intents.home(person), messages.anew(now) | {"dead": None}
    if not tx.execute(update(t.messages).where(t.messages.c.intent == intent).values(fresh)).rowcount:
        messages.owe(tx, Home(), intent=intent, channel=person, now=now)


def refresh(tx: Tx, person: str, now: datetime) -> None:
    """Owes a fresh view to somebody who has opened their Home tab before; nothing to others."""
    messages.want_again(tx, intents.home(person), now)


def behind(tx: Tx, since: datetime) -> list[str]:
    """Who has looked since then and has not been shown what has happened to cases meanwhile."""
    latest = _latest(tx)
    return [look.person for look in _looks(tx) if look.at >= since and look.upto < latest]


def catch_up(tx: Tx, people: Collection[str], now: datetime) -> None:
    """Owes these people a view of what has happened by now."""
    latest = _latest(tx)
    for look in _looks(tx):
        if look.person in people:
            _remember(tx, Look(look.person, look.at, latest))
            refresh(tx, look.person, now)


def _latest(tx: Tx) -> int:
    return tx.execute(select(func.max(t.timeline.c.id))).scalar_one() or 0


def _looks(tx: Tx) -> list[Look]:
    """In the order of names, so that two processes at the same rows do not wait for each other."""
    f = t.facts.c
    rows = tx.execute(select(f.name, f.content).where(f.name.startswith(_LOOKS)).order_by(f.name)).all()
    return [Look(name.removeprefix(_LOOKS), datetime.fromisoformat(c["at"]), c["upto"]) for name, c in rows]


def _remember(tx: Tx, look: Look) -> None:
    facts.remember(tx, f"{_LOOKS}{look.person}", {"at": look.at.isoformat(), "upto": look.upto})
