"""Durations as people write them in policy.toml: "90s", "15m", "1h", "2d", "2y", "-10m"."""

from __future__ import annotations

import re
from datetime import timedelta

# A year is 365 days: whoever says for how long something is kept counts no leap days.
_UNITS = {
    "s": timedelta(seconds=1),
    "m": timedelta(minutes=1),
    "h": timedelta(hours=1),
    "d": timedelta(days=1),
    "w": timedelta(weeks=1),
    "y": timedelta(days=365),
}
_PART = re.compile(rf"(\d+(?:\.\d+)?)\s*([{''.join(_UNITS)}])\s*", re.IGNORECASE | re.ASCII)
_WHOLE = re.compile(rf"([+-]?)((?:{_PART.pattern})+)", re.IGNORECASE | re.ASCII)


def parse_duration(text: str) -> timedelta:
    """ "1h30m" → 1 h 30 min. A leading minus makes it negative. Raises ValueError, whose message says what to write."""
    written = _WHOLE.fullmatch(text.strip())
    if written is None:
        raise ValueError(f'"{text}" is not a duration; write for instance "90s", "15m", "1h" or "2d"')
    parts = _PART.findall(written[2])
    try:
        length = sum((_UNITS[unit.lower()] * float(count) for count, unit in parts), timedelta())
    except OverflowError:
        raise ValueError(f'"{text}" is longer than a calendar can count') from None
    return -length if written[1] == "-" else length


def write_duration(length: timedelta) -> str:
    """A duration the way policy.toml writes it: "1h30m", "-15m", "0m"; what `parse_duration` reads back, to the second."""
    seconds = int(abs(length).total_seconds())
    parts = []
    for unit, size in (("d", 86400), ("h", 3600), ("m", 60), ("s", 1)):
        count, seconds = divmod(seconds, size)
        parts.append(f"{count}{unit}" if count else "")
    return ("-" if length < timedelta() else "") + ("".join(parts) or "0m")


def say_duration(length: timedelta) -> str:
    """The two largest units of a duration, for people: "2 h 5 min", "3 days"."""
    seconds = int(abs(length).total_seconds())
    days, rest = divmod(seconds, 86400)
    hours, rest = divmod(rest, 3600)
    minutes, seconds = divmod(rest, 60)
    named = [
        (days, "day" if days == 1 else "days"),
        (hours, "h"),
        (minutes, "min"),
        (seconds if not (days or hours or minutes) else 0, "s"),
    ]
    return " ".join(f"{n} {unit}" for n, unit in [part for part in named if part[0]][:2]) or "0 s"
