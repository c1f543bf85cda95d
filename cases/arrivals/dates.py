"""Dates and times as forms and exports write them; what is day and what is month is told, or seen from a whole column."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

from cases.arrivals.json_fields import date_in
from cases.arrivals.told import Order
from cases.spoken.seen import unaccented

_MILLISECONDS = 1e11  # seconds since 1970 reach this number in the year 5138
_EARLIEST, _LATEST = 1e8, 1e13  # 1973 in seconds, and 2286 in milliseconds: what is less or more is no time
_FRACTION = re.compile(r"(?<=:\d\d)\.(\d+)")  # of a second; Python reads three digits or six
_NUMBERS = re.compile(r"(\d{1,4})([./-])(\d{1,2})\2(\d{2,4})(?!\d)[,T]?\s*(.*)", re.DOTALL)
_NAMED = re.compile(
    r"(?:[^\W\d]+\.?,?\s+)?(?:(?P<month>[^\W\d]{3,})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?|(?P<day2>\d{1,2})(?:\.|st|nd|rd|th)?(?:\s+de)?[\s-]+(?P<month2>[^\W\d]{3,})\.?,?(?:\s+de)?)"
    r"[\s-]+(?P<year>\d{4}),?(?:\s+(?:at|um|a|à))?\s*(?P<rest>.*)",
    re.DOTALL,
)
_TIME = re.compile(
    r"(?P<hour>\d{1,2})[:.h](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d+)?)?(?:\s*uhr)?\s*(?P<half>[ap]\.?\s?m\.?)?\s*"
    r"(?P<zone>[a-z]{1,4}|(?:utc|gmt)?\s*[+-]\d{1,2}(?::?\d{2})?)?(?:\s*\(.*\))?"
)
_HOURS = {  # from UTC, by the names that spreadsheets and forms write; those with two meanings, such as CST and IST, are not here
    "z": 0, "utc": 0, "gmt": 0, "wet": 0, "west": 1, "cet": 1, "mez": 1, "cest": 2, "mesz": 2, "eet": 2, "eest": 3,
    "est": -5, "edt": -4, "cdt": -5, "mst": -7, "mdt": -6, "pst": -8, "pdt": -7,
}  # fmt: skip
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan januar january janvier enero gennaio janeiro januari janv ene gen",
            "feb februar february fevrier febrero febbraio fevereiro februari fevr fev",
            "mar marz march mars marzo marco maart mrz mrt",
            "apr april avril abril aprile avr abr",
            "may mai mayo maggio maio mei mag",
            "jun juni june juin junio giugno junho giu",
            "jul juli july juillet julio luglio julho juil lug",
            "aug august aout agosto augustus ago",
            "sep sept september septembre septiembre settembre setembro set",
            "oct okt october oktober octobre octubre ottobre outubro ott out",
            "nov november novembre noviembre novembro",
            "dec dez december dezember decembre diciembre dicembre dezembro dic",
        ),
        start=1,
    )
    for name in names.split()
}


@dataclass(frozen=True, slots=True)
class Reading:
    """How a source's dates are to be read: in which order, None where nobody knows, and the zone of times without one."""

    order: Order | None = None
    zone: tzinfo = UTC


AS_WRITTEN = Reading()


def read_instant(said: str | float, reading: Reading = AS_WRITTEN) -> datetime | None:
    """A date and time → aware UTC; None for no words. Raises ValueError with what is wrong, also where day and month cannot be told."""
    try:
        if isinstance(said, float | int):
            return _since_1970(float(said))
        text = date_in(said)
        if not text:
            return None
        if re.fullmatch(r"\d{9,13}(\.\d+)?", text):
            return _since_1970(float(text))
        at = _iso(text) or _numbered(text, reading.order) or _named(text) or _by_mail(text)
        if at is None:
            raise ValueError('must be a date and time such as "2026-01-05T09:40:00Z"')
        return (at if at.tzinfo else at.replace(tzinfo=reading.zone)).astimezone(UTC)
    except (OverflowError, OSError):
        raise ValueError("must be a date and time that calendars know") from None


def read_day(said: str | float, reading: Reading = AS_WRITTEN) -> date | None:
    """A date; of a date and time, the date as it is written."""
    if isinstance(said, float | int):
        at = read_instant(said, reading)
        return at and at.date()
    text = date_in(said)
    found = _iso(text) or _numbered(text, reading.order) or _named(text) or _by_mail(text) if text else None
    if text and found is None:
        raise ValueError('must be a date such as "2026-01-07"')
    return found and found.date()


def order_of(column: Iterable[object]) -> Order | None:
    """The order that the dates of a whole column are written in, where one of them has a number that can be no month."""
    for cell in column:
        found = _NUMBERS.fullmatch(cell.strip()) if isinstance(cell, str) else None
        if found and len(found[1]) <= 2:
            if int(found[1]) > 12 >= int(found[3]):
                return "dmy"
            if int(found[3]) > 12 >= int(found[1]):
                return "mdy"
    return None


def _since_1970(number: float) -> datetime:
    if not _EARLIEST <= abs(number) <= _LATEST:
        raise ValueError("must be a date and time that calendars know")
    return datetime.fromtimestamp(number / 1000 if abs(number) >= _MILLISECONDS else number, UTC)


def _iso(text: str) -> datetime | None:
    """ISO 8601, and the same with a word for the zone behind it: "2026-01-05 10:00:00 UTC"."""
    if not re.match(r"\d{4}-?\d{2}-?\d{2}", text):
        return None
    text = _FRACTION.sub(lambda found: f".{found[1]:0<6.6}", text)
    try:
        return datetime.fromisoformat(re.sub(r"\s*(utc|gmt)\Z", "+00:00", text, flags=re.IGNORECASE))
    except ValueError:
        return None


def _numbered(text: str, order: Order | None) -> datetime | None:
    """1/15/2026 10:00, 05.01.26, 2026/01/05 10:00:12 AM GMT+1."""
    found = _NUMBERS.fullmatch(text)
    if found is None:
        return None
    first, sign, second, third, rest = found.groups()
    if len(first) > 2:
        year, month, day = int(first), int(second), int(third)
    else:
        order = order if order in ("dmy", "mdy") else order_of([text]) or ("dmy" if sign == "." else None)
        if order is None and first.lstrip("0") != second.lstrip("0"):
            raise ValueError(
                f'"{text}" can be read in two ways; write dates = "dmy" (day first) or "mdy" for this source in policy.toml'
            )
        day, month = (int(second), int(first)) if order == "mdy" else (int(first), int(second))
        year = int(third) + (2000 if len(third) == 2 else 0)
    return _at(year, month, day, rest)


def _named(text: str) -> datetime | None:
    """Jan 5, 2026; 5 January 2026 at 10:00; 5. Januar 2026."""
    found = _NAMED.fullmatch(unaccented(text))
    if found is None:
        return None
    month = _MONTHS.get(found["month"] or found["month2"])
    return (month and _at(int(found["year"]), month, int(found["day"] or found["day2"]), found["rest"])) or None


def _at(year: int, month: int, day: int, rest: str) -> datetime | None:
    time = _TIME.fullmatch(rest.strip().lower()) if rest.strip() else None
    named = time and time["zone"] and time["zone"].isalpha()
    if rest.strip() and (time is None or (named and time["zone"] not in _HOURS)):
        return None
    try:
        at = datetime(year, month, day)  # noqa: DTZ001  its zone is known below, or is the source's
        return at if time is None else _with_time(at, time)
    except ValueError:
        return None


def _with_time(at: datetime, time: re.Match[str]) -> datetime:
    hour = int(time["hour"])
    if time["half"]:
        hour = hour % 12 + (12 if time["half"].startswith("p") else 0)
    at = at.replace(hour=hour, minute=int(time["minute"]), second=int(time["second"] or 0))
    return at.replace(tzinfo=_zone(time["zone"])) if time["zone"] else at


def _zone(written: str) -> timezone:
    digits = re.sub(r"[^\d+-]", "", written)
    if not digits:
        return timezone(timedelta(hours=_HOURS[written]))
    sign, numbers = (-1 if digits[0] == "-" else 1), digits.lstrip("+-")
    hours, minutes = (int(numbers[:-2]), int(numbers[-2:])) if len(numbers) > 2 else (int(numbers), 0)
    return timezone(sign * timedelta(hours=hours, minutes=minutes))


def _by_mail(text: str) -> datetime | None:
    """RFC 5322, as mail and many programs write it: Mon, 05 Jan 2026 10:00:00 +0100."""
    try:
        return parsedate_to_datetime(text) if re.search(r"\d:\d\d", text) else None
    except (ValueError, TypeError, IndexError):
        return None
