"""Cases that share a card: which they are, since when one has a card of its own, and what is to be told of them together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, func, literal_column, select, update

from cases.messages.flood import Member
from cases.messages.kinds import KINDS, Kind
from cases.model import Severity, Status
from store import tables as t
from store.engine import Tx, in_turn
from store.inserts import insert_all
from store.open_cases import worst_first

_g, _c, _f, _m = t.gathered.c, t.cases.c, t.feedback.c, t.messages.c
_SINCE = bindparam("since", type_=t.Instant())
_OF_CHANNEL = _c.channel == bindparam("channel")
_OPENED_SINCE = select(func.count()).select_from(
    select(_c.number).where(_OF_CHANNEL, _c.opened_at > _SINCE).limit(bindparam("most")).subquery()
)
_GOING_ON = (
    select(_g.flood)
    .join(t.cases, _c.number == _g.case_number)
    .where(_OF_CHANNEL, _c.opened_at > _SINCE)
    .order_by(_c.opened_at.desc())
    .limit(1)
)
_CARD_NOT_BEGUN = (
    _m.priority == KINDS[Kind.CARD].priority,  # so few are owed that are not urgent, however many cases a flood has
    _m.kind == literal_column(f"'{Kind.CARD}'"),
    t.is_owed,
    _m.channel == bindparam("channel"),
    _m.ts.is_(None),
    _m.attempts == 0,
    _m.lease_until.is_(None),
    _m.posting_since.is_(None),
)
_GIVE_WAY = (
    select(_m.id, _m.case_number)
    .join(t.cases, _c.number == _m.case_number)
    .where(*_CARD_NOT_BEGUN, _c.severity == Severity.NORMAL, _c.status == Status.UNCLAIMED, _c.opened_at > _SINCE)
    .where(~exists().where(_g.case_number == _c.number), ~exists().where(t.nudges.c.case_number == _c.number))
    .where(~exists().where(t.timeline.c.case_number == _c.number, t.timeline.c.actor.is_not(None)))
    .order_by(_c.opened_at.desc(), _c.number.desc())
    .limit(bindparam("most"))
    .with_for_update(of=t.messages, skip_locked=True)
)
_OF_CASE = select(_g.flood).where(_g.case_number == bindparam("number"))
_LEFT = (
    select(func.count())
    .select_from(t.gathered)
    .join(t.cases, _c.number == _g.case_number)
    .where(_g.flood == _OF_CASE.correlate(None).scalar_subquery(), t.stands_together, t.is_open)
)
_STANDING = select(_g.case_number, _g.flood).where(
    _g.case_number.in_(bindparam("numbers", expanding=True)), t.stands_together
)
_STANDING_SINCE = (
    select(_g.case_number)
    .join(t.cases, _c.number == _g.case_number)
    .where(_g.case_number.in_(bindparam("numbers", expanding=True)), t.stands_together, _c.opened_at > _SINCE)
)
_COME_OUT = (
    update(t.gathered)
    .where(_g.case_number == bindparam("the_case"), t.stands_together)
    .values(own_card_at=bindparam("now", type_=t.Instant()))
)


@dataclass(frozen=True, slots=True)
class Extent:
    """When the first and the last case of a flood came."""

    since: datetime
    until: datetime


def opened_since(tx: Tx, channel: str, since: datetime, most: int) -> int:
    """How many cases of a channel were opened after that instant, counted up to `most`."""
    return int(tx.execute(_OPENED_SINCE, {"channel": channel, "since": since, "most": most}).scalar_one())


def going_on(tx: Tx, channel: str, since: datetime) -> int | None:
    """The flood that a channel's latest gathered case came with, if that was after this instant.

    Where there is none, nobody else begins one in this channel before the commit.
    """

    def found() -> int | None:
        return tx.execute(_GOING_ON, {"channel": channel, "since": since}).scalar_one_or_none()

    flood = found()
    if flood is None:
        in_turn(tx, [f"flood in {channel}"])
        flood = found()  # another process may have begun one meanwhile
    return flood


def give_way(tx: Tx, channel: str, since: datetime, most: int) -> list[int]:
    """Takes back the cards of so many cases that are not grave, the newest first, with their drafts; their numbers.

    None of those that Slack has begun to show, that nudges speak of, or that one of the team has touched.
    """
    rows = tx.execute(_GIVE_WAY, {"channel": channel, "since": since, "most": most}).all()
    cards, numbers = [row.id for row in rows], [row.case_number for row in rows]
    if rows:
        tx.execute(delete(t.messages).where(_m.thread_of.in_(cards)))
        tx.execute(delete(t.messages).where(_m.id.in_(cards)))
        for table in (t.draft_versions, t.drafts):
            tx.execute(delete(table).where(table.c.case_number.in_(numbers)))
    return numbers


def gather(tx: Tx, floods: Mapping[int, int]) -> None:
    """New cases share the card of a flood: case number → flood."""
    insert_all(
        tx,
        t.gathered,
        [{"case_number": number, "flood": flood, "own_card_at": None} for number, flood in floods.items()],
    )


def of_case(tx: Tx, number: int) -> int | None:
    """The flood that a case came with, whether it has a card of its own by now or not."""
    return tx.execute(_OF_CASE, {"number": number}).scalar_one_or_none()


def left(tx: Tx, number: int) -> int:
    """How many still wait without a card of their own, of those that came with a case."""
    return int(tx.execute(_LEFT, {"number": number}).scalar_one())


def standing_since(tx: Tx, numbers: Collection[int], since: datetime) -> set[int]:
    """Those of these cases that have no card of their own, and were opened after that instant."""
    return set(tx.scalars(_STANDING_SINCE, {"numbers": list(numbers), "since": since})) if numbers else set()


def standing(tx: Tx, numbers: Collection[int]) -> dict[int, int]:
    """Those of these cases that have no card of their own: case number → flood."""
    rows = tx.execute(_STANDING, {"numbers": list(numbers)})
    return {row.case_number: row.flood for row in rows}


def come_out(tx: Tx, number: int, now: datetime) -> bool:
    """The case has a card of its own from now on; False where it had one."""
    return tx.execute(_COME_OUT, {"the_case": number, "now": now}).rowcount == 1


def waiting(tx: Tx, flood: int, now: datetime, limit: int | None = None) -> list[int]:
    """The open cases without a card of their own, worst first."""
    query = select(_c.number).join(t.gathered, _g.case_number == _c.number)
    standing = query.where(_g.flood == flood, t.stands_together, t.is_open)
    return list(tx.scalars(standing.order_by(*worst_first(now)).limit(limit)))


def members(tx: Tx, flood: int) -> list[Member]:
    """All cases that came with a flood, in their order."""
    first = select(func.min(_f.id)).where(_f.case_number == _c.number).correlate(t.cases).scalar_subquery()
    query = (
        select(_c.number, _c.status, _c.reasons, t.stands_together.label("here"), _f.source)
        .add_columns(_f.content["order_ref"].as_string().label("order_ref"))
        .join(t.gathered, _g.case_number == _c.number)
        .outerjoin(t.feedback, _f.id == first)  # what was joined into another case has none any more
        .where(_g.flood == flood)
        .order_by(_c.number)
    )
    return [
        Member(
            number=row.number,
            status=Status(row.status),
            here=bool(row.here),
            source=row.source or "",
            order=row.order_ref,
            reasons=tuple(code for code, _ in row.reasons),
        )
        for row in tx.execute(query)
    ]


def extent(tx: Tx, flood: int) -> Extent | None:
    """When the cases of a flood came; None where there is no such flood."""
    query = select(func.min(_c.opened_at), func.max(_c.opened_at)).join(t.gathered, _g.case_number == _c.number)
    since, until = tx.execute(query.where(_g.flood == flood)).one()
    return None if since is None else Extent(since, until)


def beside(tx: Tx, channel: str, came: Extent, within: timedelta) -> tuple[int, datetime | None]:
    """The cases of a channel that came with a flood, or up to `within` before it, and had a card of their own at once.

    How many they are, and when the first came.
    """
    query = select(func.count(), func.min(_c.opened_at)).where(
        _c.channel == channel,
        _c.opened_at > came.since - within,
        _c.opened_at <= came.until,
        ~exists().where(_g.case_number == _c.number),
    )
    count, first = tx.execute(query).one()
    return int(count), first
