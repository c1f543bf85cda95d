"""Lengths of time in words and figures, "1h30m", "in an hour and a half", "within two days", counted from now on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from cases.spoken.hours import NUMBERS
from cases.spoken.signs import level

_COUNTS = {word: float(count) for count, word in enumerate(NUMBERS, start=1)}
_COUNTS |= {"a": 1, "an": 1, "half an": 0.5, "a quarter of an": 0.25, "three quarters of an": 0.75, "fifteen": 15}
_COUNTS |= {"twenty": 20, "thirty": 30, "forty": 40, "forty-five": 45, "sixty": 60, "ninety": 90}
_COUNTS |= {"twenty-four": 24, "forty-eight": 48}
_LENGTHS = {"w": timedelta(weeks=1), "f": timedelta(weeks=2), "d": timedelta(days=1), "h": timedelta(hours=1)}
_LENGTHS |= {"m": timedelta(minutes=1), "s": timedelta(seconds=1)}
# Figures, "a", "two": what may stand before a unit.
_COUNT = rf"(?:(?:{'|'.join(sorted(_COUNTS, key=len, reverse=True))})(?= )|\d{{1,4}}(?:\.\d{{1,2}})?)"
_UNIT = r"(?:weeks?|wks?|w|fortnights?|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)(?![^\W\d_])"
_LENGTH = re.compile(rf"({_COUNT})( and a half)? ?({_UNIT})( and a half)?")
_MORE = re.compile(rf" ?(?=\d)|,? and (?={_COUNT} ?{_UNIT})")
_SHORT = re.compile(r"(\d{1,2})h([0-5]\d)(?![\w.:])")
_WITHIN = re.compile(r"(?:within|in under|in less than|in no more than|inside|in|for) (?:the )?")
_THE_HOUR = re.compile(r"(?:next |coming )?hour\b(?!')|(?:next |coming )(?=\w)")
_LATER = re.compile(r" from now\b|(?:'s?)? time\b")
# "15h", "17h30", "17.30h" and "1730h" are times of day unless "in" or "for" leads them: nobody counts so long in minutes.
_OF_DAY = re.compile(
    r"(?:(?:1[3-9]|2[0-3])h(?!\w)|(?:[89]|1\d|2[0-3])(?:h[0-5]\d(?!\w)|[.:][0-5]\d ?h\b)|(?:[01]\d|2[0-3])[0-5]\d ?h(?:rs|ours)?\b)"
)
_LED_LAPSE = re.compile(
    rf"\b(?:within|in|inside)(?: under| less than| no more than)? |\b(?={_COUNT} ?{_UNIT} from now\b)"
)


@dataclass(frozen=True, slots=True)
class Lapse:
    """A length of time and where it stands: `calendar` are whole days that keep the time of the clock, `elapsed` is by the watch."""

    calendar: timedelta
    elapsed: timedelta
    start: int
    end: int

    def after(self, now: datetime) -> datetime:
        """The instant (aware UTC) so much later than `now`, which is local."""
        return (now + self.calendar).astimezone(UTC) + self.elapsed


def led_lapse(seen: str) -> Lapse | None:
    """The first length of time that "in" or "within" leads."""
    found = (lapse_from(seen, match.start()) for match in _LED_LAPSE.finditer(seen))
    return next((lapse for lapse in found if lapse and not seen.startswith((" of", " late"), lapse.end)), None)


def lapse_from(seen: str, start: int) -> Lapse | None:
    """ "1h30m", "in an hour and a half", "within the hour", "2 days and 3 hours" where it begins; None where none does."""
    within = _WITHIN.match(seen, start)
    at = within.end() if within else start
    if the := _THE_HOUR.match(seen, at):
        if "hour" in the[0]:
            return Lapse(timedelta(), timedelta(hours=1), start, the.end()) if within else None
        at = the.end()
    if not within and _OF_DAY.match(seen, at):
        return None
    if short := _SHORT.match(seen, at):
        return Lapse(timedelta(), timedelta(hours=int(short[1]), minutes=int(short[2])), start, short.end())
    calendar, elapsed, end = _counted(seen, at)
    if not calendar and not elapsed:
        return None
    later = _LATER.match(seen, end)
    return Lapse(calendar, elapsed, start, later.end() if later else end)


def ago(text: str, now: datetime) -> datetime | None:
    """When something was, of an account of it that begins with that: "an hour ago", "phoned her 20 minutes ago, she was glad".

    `now` is local. A length that is told of somebody else's doing ("she ordered two days ago") is none of ours.
    """
    seen = level(text).lower()
    begins = _AGO.match(seen)
    lapse = lapse_from(seen, begins.start("lapse")) if begins else None
    if lapse is None or not seen.startswith(" ago", lapse.end):
        return None
    return (now - lapse.calendar).astimezone(UTC) - lapse.elapsed


_AGO = re.compile(
    rf"\W*(?:(?!(?:she|he|they|it|who|which|that|order\w*|bought|wrote|complained|for|in|within)\b)[a-z'-]+ ){{0,4}}?(?:about |some )?(?P<lapse>{_COUNT} ?{_UNIT})"
)


def _counted(seen: str, start: int) -> tuple[timedelta, timedelta, int]:
    """Counts of units, the larger before the smaller."""
    calendar, elapsed, end, smallest = timedelta(), timedelta(), start, timedelta.max
    at = start
    while (match := _LENGTH.match(seen, at)) and (unit := _LENGTHS[match[3][0]]) < smallest:
        count = (_COUNTS.get(match[1]) or float(match[1])) + (0.5 if match[2] or match[4] else 0)
        calendar, elapsed = (
            (calendar + count * unit, elapsed) if match[3][0] in "wfd" else (calendar, elapsed + count * unit)
        )
        end, smallest = match.end(), unit
        more = _MORE.match(seen, end)
        at = more.end() if more else len(seen)
    return calendar, elapsed, end
