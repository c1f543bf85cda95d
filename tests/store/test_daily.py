"""New, contacted and waiting customers day by day, against what a plain count of every case gives."""

from __future__ import annotations

import itertools
import random
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import insert

from cases.figures.series import bounds, days_before
from cases.model import Outcome, Status
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of
from store import cases, daily
from store import tables as t
from store.engine import Tx
from store.scope import Scope
from tests.store.rows import a_case, opened

KATHMANDU = "Asia/Kathmandu"  # 5 h 45 min from UTC
DAY = timedelta(days=1)
LAST = date(2026, 4, 1)


def days_in(zone: str, count: int = 5) -> tuple[datetime, ...]:
    return bounds(days_before(LAST, count), calendar_of(Policy(timezone=zone)))


def local(text: str, zone: str = "Europe/Berlin") -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def case(tx: Tx, since: str, contacted: str | None = None, closed: str | None = None, **fields: Any) -> None:
    begun = local(since)
    ends = {"contacted_at": contacted and local(contacted), "closed_at": closed and local(closed)}
    status = Status.CLOSED if closed else Status.CONTACTED if contacted else Status.UNCLAIMED
    opened(tx, opened_at=begun, waiting_since=begun, status=status, **ends, **fields)


@pytest.mark.parametrize("zone", ["Europe/Berlin", KATHMANDU, "America/New_York", "Pacific/Auckland"])
def test_midnight_belongs_to_the_day_it_begins(tx: Tx, zone: str) -> None:
    at = days_in(zone)
    for moment in (at[0] - timedelta(seconds=1), at[0], at[1] - timedelta(seconds=1), at[1], at[5]):
        opened(tx, opened_at=moment)
    assert daily.opened(tx, at) == (2, 1, 0, 0, 0)


def test_somebody_waits_until_contact_or_the_end(tx: Tx) -> None:
    case(tx, "2026-03-20T10:00")  # for days, and still
    case(tx, "2026-03-28T10:00", contacted="2026-03-30T09:00")
    case(tx, "2026-03-28T10:00", closed="2026-03-29T09:00")  # unreachable
    case(tx, "2026-03-30T10:00", contacted="2026-03-30T11:00", closed="2026-03-31T11:00")
    case(tx, "2026-04-01T10:00")  # after the last day
    assert daily.waiting(tx, days_in("Europe/Berlin")) == (1, 3, 2, 1, 1)
    assert daily.contacted(tx, days_in("Europe/Berlin")) == (0, 0, 0, 2, 0)


def test_contact_told_of_after_the_fact_ends_no_wait(tx: Tx) -> None:
    case(tx, "2026-03-29T10:00", contacted="2026-03-28T10:00")
    assert daily.waiting(tx, days_in("Europe/Berlin")) == (0, 0, 0, 0, 0)


def test_one_channel_has_its_own_days(tx: Tx) -> None:
    case(tx, "2026-03-31T10:00", channel="CONE00001")
    case(tx, "2026-03-31T11:00", channel="CTWO00001", contacted="2026-03-31T12:00")
    scope = Scope(only="CTWO00001")
    at = days_in("Europe/Berlin", 1)
    assert (daily.opened(tx, at, scope), daily.contacted(tx, at, scope), daily.waiting(tx, at, scope)) == (
        (1,),
        (1,),
        (0,),
    )


def lives(count: int) -> list[dict[str, Any]]:
    """Cases of all kinds around the change of clocks at the end of March."""
    dice, rows = random.Random(11), []
    begin = local("2026-03-01T00:00")
    for _ in range(count):
        since = begin + timedelta(minutes=dice.randrange(40 * 1440))
        reached = since + timedelta(minutes=dice.randrange(6000)) if dice.random() < 0.7 else None
        ended = (reached or since) + timedelta(minutes=dice.randrange(9000)) if dice.random() < 0.5 else None
        status = Status.CLOSED if ended else Status.CONTACTED if reached else Status.CLAIMED
        rows.append(
            cases.row_of(a_case(opened_at=since, waiting_since=since))
            | {"status": status, "contacted_at": reached, "closed_at": ended, "outcome": ended and Outcome.NO_REPLY}
        )
    return rows


@pytest.mark.few(1)
@pytest.mark.parametrize("zone", ["Europe/Berlin", KATHMANDU])
def test_counting_by_quarters_agrees_with_counting_cases(tx: Tx, zone: str) -> None:
    rows = lives(400)
    tx.execute(insert(t.cases), rows)
    at = days_in(zone, 28)

    def waits(row: dict[str, Any], end: datetime) -> bool:
        stopped = row["contacted_at"] or row["closed_at"]
        return row["waiting_since"] < end and (stopped is None or stopped >= end)

    assert daily.waiting(tx, at) == tuple(sum(waits(row, end) for row in rows) for end in at[1:])
    assert daily.opened(tx, at) == tuple(
        sum(start <= row["opened_at"] < start_of_next for row in rows)
        for start, start_of_next in itertools.pairwise(at)
    )
