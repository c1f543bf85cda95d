"""Which channels are spoken of where: all that is kept under a channel's id, given another when Slack gives the channel one."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, func, select, update

from cases.messages.kinds import Kind
from store import facts
from store import tables as t
from store.engine import Tx

KNOWN_AS = "channels"
_DEFAULT = "default_channel"
_UNUSABLE = "unusable_channels"  # by id or name, why; until a card is shown there again
_c, _m = t.cases.c, t.messages.c


def known_as(tx: Tx) -> dict[str, str]:
    """Channels' ids by a name or an id they were known by before."""
    return dict(facts.recall(tx, KNOWN_AS) or {})


def remember(tx: Tx, known: str, id_: str) -> None:
    """A channel that is, or was, known by this name or id has this id."""
    all_ = {before: id_ if now == known else now for before, now in known_as(tx).items() if before != id_}
    facts.remember(tx, KNOWN_AS, all_ | {known: id_})


def default(tx: Tx) -> str | None:
    """The id of the default channel when it was last looked at."""
    return facts.recall(tx, _DEFAULT)


def remember_default(tx: Tx, id_: str) -> None:
    """The default channel is this one now."""
    facts.remember(tx, _DEFAULT, id_)


def open_in(tx: Tx, id_: str) -> int:
    """How many open cases have their cards in a channel."""
    count: int = tx.execute(select(func.count()).where(_c.channel == id_, t.is_open)).scalar_one()
    return count


def begins_unusable(tx: Tx, channel: str, why: str) -> bool:
    """Notes that nothing can be said in a channel; False where that was known."""
    known = dict(facts.recall(tx, _UNUSABLE) or {})
    if known.get(channel) == why:
        return False
    facts.remember(tx, _UNUSABLE, known | {channel: why})
    return True


def is_usable(tx: Tx, channel: str) -> None:
    """Something has just been said in a channel."""
    known = facts.recall(tx, _UNUSABLE) or {}
    if channel in known:
        facts.remember(tx, _UNUSABLE, {other: why for other, why in known.items() if other != channel})


def renumber(tx: Tx, old: str, new: str, now: datetime) -> None:
    """What was kept under a channel's old id is kept under its new one, which is what the old one means from now on."""
    carry_over(tx, old, new, now)
    remember(tx, old, new)
    if default(tx) == old:
        remember_default(tx, new)


def carry_over(tx: Tx, old: str, new: str, now: datetime) -> None:
    """What is kept under an id or name is kept under another id; messages stand in it at the same `ts` as before.

    Whoever is changing one of its cases at this moment begins again.
    """
    tx.execute(update(t.cases).where(_c.channel == old).values(channel=new, revision=_c.revision + 1))
    tx.execute(update(t.messages).where(_m.posted_in == old).values(posted_in=new))
    tx.execute(update(t.messages).where(_m.channel == old).values(channel=new, next_attempt_at=now))
    tx.execute(update(t.nudges).where(t.nudges.c.told == f"channel {old}").values(told=f"channel {new}"))
    tx.execute(delete(t.pauses).where(t.pauses.c.channel == old))
    _renumber_digests(tx, old, new)


def carry_cases(tx: Tx, numbers: Collection[int], old: str, new: str, now: datetime) -> None:
    """These cases of a channel stand in another, and all that is owed about them there is owed here."""
    of_them = (_c.number.in_(sorted(numbers)), _c.channel == old)
    tx.execute(update(t.cases).where(*of_them).values(channel=new, revision=_c.revision + 1))
    owed = (_m.case_number.in_(sorted(numbers)), _m.channel == old)
    tx.execute(update(t.messages).where(*owed).values(channel=new, next_attempt_at=now))


def _renumber_digests(tx: Tx, old: str, new: str) -> None:
    """A digest names channels in its intent, by which it is owed once, and in what it tells of."""
    for row in tx.execute(select(t.messages).where(_m.kind == Kind.DIGEST, _m.channel == new)).all():
        intent = row.intent.replace(f":{old}:", f":{new}:")
        taken = tx.execute(select(_m.id).where(_m.intent == intent)).first()
        values = {"facts": _renamed(row.facts, old, new)} | ({} if taken else {"intent": intent})
        tx.execute(update(t.messages).where(_m.id == row.id).values(values))


def _renamed(facts_: dict[str, Any], old: str, new: str) -> dict[str, Any]:
    only, but = facts_.get("only"), facts_.get("but")
    renamed = {"only": new} if only == old else {}
    return facts_ | renamed | ({"but": [new if each == old else each for each in but]} if but else {})


def wake(tx: Tx, id_: str, now: datetime) -> None:
    """What waits for this channel need wait no longer."""
    tx.execute(update(t.messages).where(t.is_owed, _m.channel == id_).values(next_attempt_at=now))
