"""When a colleague is not to be disturbed: a span of hours that comes again every day, as Slack's schedule does."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.workspace import Person

Span = tuple[datetime, datetime]


def next_span(person: Person, now: datetime) -> Span | None:
    """The span this person is in, or else the next one, in their own hours; None without a schedule."""
    if person.dnd is None:
        return None
    start, end = (datetime.fromtimestamp(stamp, UTC) for stamp in person.dnd)
    zone = ZoneInfo(person.tz)
    first = max(0, (now - end).days)
    spans = ((_later(start, days, zone), _later(end, days, zone)) for days in itertools.count(first))
    return next(span for span in spans if span[1] > now)


def quiet_until(person: Person, now: datetime) -> datetime | None:
    """Until when this person is not to be disturbed; None for somebody who may be now."""
    span = next_span(person, now)
    return span[1] if span and span[0] <= now else None


def _later(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same hour by the clock on the wall, so many days on, whatever summer time does in between."""
    local = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=zone).astimezone(UTC)
