"""Instants as a reader in Slack sees them: the date tokens of `<!date^…>` and the practice clock's own face."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

# The tokens of Slack's "date formatting" page; Slack writes 9:00 AM or 09:00 by preference, we always write 09:00.
_TOKEN: Final = re.compile(r"\{(\w+)\}")
_UNITS: Final = (("day", 86_400), ("hour", 3_600), ("minute", 60))


def slack_date(at: datetime, pattern: str, now: datetime, zone: ZoneInfo) -> str:
    """`pattern` with its tokens filled in, in `zone`; a token nobody knows stays as written. `at`, `now` are aware."""
    local, today = at.astimezone(zone), now.astimezone(zone)

    def fill(token: re.Match[str]) -> str:
        name = token[1]
        if name == "ago":
            return ago(now - at)
        base = name.removesuffix("_pretty")
        near = _near(local, today) if base != name else None
        if near and token.start() == 0:
            near = near.capitalize()  # Slack writes "Today at 09:00" but "due today at 09:00"
        return near or _plain_token(local, base) or token[0]

    return _TOKEN.sub(fill, pattern)


def ago(passed: timedelta) -> str:
    """`3 hours ago`, or `in 3 hours` where `passed` is negative; under a minute it is `just now`."""
    seconds = abs(passed.total_seconds())
    for unit, size in _UNITS:
        if seconds >= size:
            count = int(seconds // size)
            words = f"{count} {unit}{'s' if count > 1 else ''}"
            return f"{words} ago" if passed > timedelta(0) else f"in {words}"
    return "just now"


def day_heading(at: datetime, now: datetime, zone: ZoneInfo) -> str:
    """The line between two days in a channel: Today, Yesterday, or Monday, January 5th."""
    local = at.astimezone(zone)
    heading = _near(local, now.astimezone(zone)) or f"{local:%A, %B} {_ordinal(local.day)}"
    return heading.capitalize() if heading.islower() else heading


def _near(local: datetime, today: datetime) -> str | None:
    days = (local.date() - today.date()).days
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get(days)


def _plain_token(local: datetime, name: str) -> str | None:
    day = _ordinal(local.day)
    return {
        "date_num": f"{local:%Y-%m-%d}",
        "date_slash": f"{local:%d/%m/%Y}",
        "date": f"{local:%B} {day}, {local:%Y}",
        "date_short": f"{local:%b} {local.day}, {local:%Y}",
        "date_long": f"{local:%A, %B} {day}, {local:%Y}",
        "date_long_full": f"{local:%B} {local.day}, {local:%Y}",
        "day_divider": f"{local:%A, %B} {day}",
        "time": f"{local:%H:%M}",
        "time_secs": f"{local:%H:%M:%S}",
    }.get(name)


def _ordinal(day: int) -> str:
    suffix = "th" if day in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{suffix}"
