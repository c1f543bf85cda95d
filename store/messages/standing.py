"""Where messages stand in Slack, and which of them are late or given up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import and_, bindparam, case, exists, func, or_, select, update

from cases.messages import intents
from cases.messages.intents import Intent
from cases.messages.kinds import Kind
from store import tables as t
from store.engine import Tx
from store.messages.leasing import _FREE, _VIEWS, _method
from store.messages.outcome import NOWHERE
from store.messages.owing import _NOW, NOT_NEEDED, thread_follows

_m = t.messages.c
_UNSEEN = (*NOT_NEEDED, "fate unknown")  # dead, and Slack refused none of them
_HEARD_OF = timedelta(days=1)  # how long it is reported that a message about no case was given up


@dataclass(frozen=True, slots=True)
class Lost:
    """A message whose place in Slack is not known. `channel` is where it was owed."""

    id: int
    channel: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A message that stands in Slack."""

    id: int
    kind: Kind
    case_number: int | None
    channel: str
    ts: str


_LOST = select(_m.id, _m.channel).where(_m.intent == bindparam("intent"), _m.ts.is_(None))
_STANDING = select(_m.id, _m.kind, _m.case_number).where(_m.posted_in == bindparam("channel"), _m.ts == bindparam("ts"))
_ANY_UNKNOWN = select(exists().where(t.is_owed, _m.posting_since.is_not(None)))
_PLACES = select(_m.case_number, _m.posted_in, _m.ts).where(
    _m.kind == Kind.CARD, _m.case_number.in_(bindparam("numbers", expanding=True)), _m.ts.is_not(None)
)


def lost_sight_of(tx: Tx, intent: Intent) -> Lost | None:
    """The message of this intent, if we do not know where, or whether, it stands."""
    row = tx.execute(_LOST, {"intent": intent}).first()
    return None if row is None else Lost(row.id, row.channel)


def found_at(tx: Tx, message_id: int, channel: str, ts: str, now: datetime) -> bool:
    """A message we had lost sight of has turned up: remember where it stands and bring it up to date.

    Whoever is posting it meanwhile loses the lease, and takes back what is then a copy.
    """
    query = update(t.messages).where(
        _m.id == message_id, _m.ts.is_(None), _m.kind.not_in(_VIEWS), _m.only_for.is_(None)
    )
    values = {
        "posted_in": channel,
        "ts": ts,
        "shown": 0,
        "dead": None,
        "owed_since": now,
        "next_attempt_at": now,
        "fence": _m.fence + 1,
        **_FREE,
    }
    found = tx.execute(query.values(values)).rowcount == 1
    if found:
        thread_follows(tx, message_id, ts, now)
    return found


_LOSE = (
    update(t.messages)
    .where(_m.id == bindparam("the_message"), _m.ts == bindparam("its_ts"))
    .values(_FREE | NOWHERE | {"fence": _m.fence + 1, "dead": None, "owed_since": _NOW, "next_attempt_at": _NOW})
)
_LOSE_AND_MISS = _LOSE.values(shown=case((_m.settled.is_(True), _m.wanted), else_=NOWHERE["shown"]))
_LOSE_AND_LEAVE = _LOSE.values(wanted=NOWHERE["shown"])


def lost(tx: Tx, message_id: int, ts: str, now: datetime, *, missed: bool) -> bool:
    """It stands at `ts` no more: forget that. `missed`: it is owed again, unless it has said its last word.

    Whoever is editing it meanwhile loses the lease.
    """
    query = _LOSE_AND_MISS if missed else _LOSE_AND_LEAVE
    return tx.execute(query, {"the_message": message_id, "its_ts": ts, "now": now}).rowcount == 1


def standing_at(tx: Tx, channel: str, ts: str) -> Shown | None:
    """Which message of ours stands there."""
    row = tx.execute(_STANDING, {"channel": channel, "ts": ts}).first()
    return None if row is None else Shown(row.id, Kind(row.kind), row.case_number, channel, ts)


def any_in(tx: Tx, channel: str) -> bool:
    """Whether a message of ours stands, or stood, in a channel."""
    return tx.execute(select(_m.id).where(_m.posted_in == channel).limit(1)).first() is not None


def any_unknown(tx: Tx) -> bool:
    """True while a post has been begun whose place is not recorded yet. Rows name channels by other names than Slack."""
    return bool(tx.execute(_ANY_UNKNOWN).scalar_one())


def places(tx: Tx, numbers: Collection[int]) -> dict[int, tuple[str, str]]:
    """Where the cards of these cases stand: case number → (channel, ts)."""
    return {number: (channel, ts) for number, channel, ts in tx.execute(_PLACES, {"numbers": list(numbers)}).all()}


def shared_places(tx: Tx, floods: Mapping[int, int]) -> dict[int, tuple[str, str]]:
    """Where cases stand that share a card, from their floods: case number → (channel, ts)."""
    if not floods:
        return {}
    of = {intents.flood(flood): flood for flood in floods.values()}
    query = select(_m.intent, _m.posted_in, _m.ts).where(_m.intent.in_(list(of)), _m.ts.is_not(None))
    there = {of[intent]: (channel, ts) for intent, channel, ts in tx.execute(query).all()}
    return {number: there[flood] for number, flood in floods.items() if flood in there}


_BY = bindparam("by", type_=t.Instant())
# Every call moves its lane's pause, to a time that is past by a quarter of a minute at most (see pace.py).
_MOVES = exists().where(
    t.pauses.c.channel.in_([_m.channel, ""]), t.pauses.c.method == _method(), t.pauses.c.until > _BY
)
_OLDEST_OWED = select(func.min(_m.owed_since)).where(t.is_owed, _m.owed_since <= _BY, or_(_m.attempts > 1, ~_MOVES))


def oldest_owed(tx: Tx, by: datetime) -> datetime | None:
    """Since when the longest-waiting message has been owed, if since `by` or longer, and not for Slack's pace alone.

    Slack takes one new message a second in a channel, so that of many at once some are owed for long. While their lane
    moves, those that have had no more than one turn are in the queue; what was tried twice in vain waits for nothing else.
    """
    since: datetime | None = tx.execute(_OLDEST_OWED, {"by": by}).scalar_one()
    return since


def given_up(tx: Tx, now: datetime, most: int = 20) -> list[tuple[str, int | None, str]]:
    """Messages that Slack will not show, as (kind, case number, its word), the first of them first.

    Those about an open case, as long as it is open; those about none, or about several, for a day.
    """
    missed = or_(t.is_open, and_(_m.case_number.is_(None), _m.owed_since > now - _HEARD_OF))
    query = (
        select(_m.kind, _m.case_number, _m.dead)
        .outerjoin(t.cases, t.cases.c.number == _m.case_number)
        .where(_m.dead.is_not(None), _m.dead.not_in(_UNSEEN), missed)
        .order_by(_m.priority, _m.id)
        .limit(most)
    )
    return [(kind, number, why) for kind, number, why in tx.execute(query).all()]


def counts(tx: Tx) -> dict[str, int]:
    """How many messages are owed, and how many were given up although they were needed, for the metrics page."""
    owed = tx.execute(select(func.count()).where(t.is_owed)).scalar_one()
    given_up = _m.dead.is_not(None) & _m.dead.not_in(NOT_NEEDED)
    return {"owed": owed, "dead": tx.execute(select(func.count()).where(given_up)).scalar_one()}
