"""JSON: what somebody else wrote read field by field, so that all its faults are told at once, and what we write."""

from __future__ import annotations

import json
import re
from codecs import BOM_UTF8
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, TypeVar

import orjson

from cases.text import one_line, storable

_T = TypeVar("_T")
_LARGEST_NUMBER = 1e15
_NUMBER = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,15})?")


@dataclass(frozen=True, slots=True)
class Fault:
    """One wrong field: its dotted path, and what to write there."""

    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.field}: {self.message}" if self.field else self.message

    def under(self, path: str) -> Fault:
        """The same fault of a field that stands in the object at `path`."""
        return replace(self, field=".".join(part for part in (path, self.field) if part))


class BadFeedback(ValueError):
    """The feedback cannot be taken as it is; `faults` names every wrong field."""

    def __init__(self, *faults: Fault) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


def read_json(body: bytes) -> Any:
    """The JSON value in `body`. Raises BadFeedback with the place of the first mistake; NaN and Infinity are mistakes."""
    try:
        return _read_json(body.removeprefix(BOM_UTF8).decode())
    except BadFeedback:
        raise
    except UnicodeDecodeError as broken:
        raise _bad_body(f"is not UTF-8 text: see byte {broken.start + 1}") from None
    except json.JSONDecodeError as broken:
        raise _bad_body(f"is not JSON: {broken.msg} at line {broken.lineno}, column {broken.colno}") from None
    except RecursionError:
        raise _bad_body("is nested too deeply") from None
    except ValueError:  # Python reads no integer of more than 4,300 digits
        raise _bad_body("contains a number that is too long") from None


def write_json(value: Any) -> bytes:
    """JSON of our own, in UTF-8. Half a surrogate pair, for which UTF-8 has no bytes, is written as an escape.

    Raises TypeError for what is no JSON: instants too, so that nobody relies on how a library happens to write them.
    """
    try:
        return orjson.dumps(value, option=orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS)
    except orjson.JSONEncodeError:  # it knows no half surrogates and no large numbers; the slow way knows what is wrong
        return json.dumps(value).encode()


def _refuse_constant(name: str) -> None:
    raise _bad_body(f"contains {name}, which is not JSON; write a number or null")


_read_json = json.JSONDecoder(parse_constant=_refuse_constant).decode  # made once: each is made of several parts


def _bad_body(message: str) -> BadFeedback:
    return BadFeedback(Fault("body", message))


class Fields:
    """One JSON object. `take` reads a field or notes its fault; keys nobody asks for are passed over.

    Passing over is a choice: senders add fields without warning, and a complaint is worth more than a tidy object.
    """

    def __init__(self, values: Any, path: str, faults: list[Fault]) -> None:
        self.path, self.faults = path, faults
        self.values: Mapping[str, Any] = values if isinstance(values, Mapping) else {}
        if not isinstance(values, Mapping):
            self.fault("", "must be an object, that is {…}")

    def at(self, name: str) -> str:
        """The dotted path of a field."""
        return ".".join(part for part in (self.path, name) if part)

    def fault(self, name: str, message: str) -> None:
        """Notes what is wrong with a field."""
        self.faults.append(Fault(self.at(name), message))

    def faulty(self, *names: str) -> bool:
        """True when this object itself, or something in one of the named fields, is wrong already."""
        paths = [self.at(name) for name in names]
        return any(
            fault.field == self.path or fault.field in paths or fault.field.startswith(tuple(f"{p}." for p in paths))
            for fault in self.faults
        )

    def take(self, name: str, read: Callable[[Any], _T | None]) -> _T | None:
        """What `read` makes of the field; None where it is missing, null, or wrong (then the fault is noted)."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return read(value)
        except ValueError as wrong:
            self.fault(name, str(wrong))
            return None

    def part(self, name: str) -> Fields | None:
        """A nested object, or None where there is none."""
        value = self.values.get(name)
        return None if value is None else Fields(value, self.at(name), self.faults)


def line(limit: int) -> Callable[[Any], str | None]:
    """One line of text, controls removed; blank is None. Whole numbers are welcome, since many systems send ids so."""

    def read(value: Any) -> str | None:
        if not isinstance(value, str):
            is_whole = isinstance(value, int) and not isinstance(value, bool) and abs(value) < _LARGEST_NUMBER
            value = _text(str(value) if is_whole else value)
        text = one_line(value)
        if len(text) > limit:
            raise ValueError(f"must be at most {limit} characters long; this has {len(text)}")
        return text or None

    return read


def prose(value: Any) -> str | None:
    """Text of any length, as it was written save for controls that nobody can read; blank is None."""
    text = storable(_text(value))
    return text if text.strip() else None


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise ValueError("must be text in quotes, or null")
    return value


def number(value: Any) -> float:
    """A finite number; text that is plainly a number will do, since some vendors send nothing else."""
    if isinstance(value, str) and _NUMBER.fullmatch(value.strip()):
        value = float(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError("must be a number")
    if not abs(value) <= _LARGEST_NUMBER:  # so put, NaN is refused too
        raise ValueError("must be a number of ordinary size")
    return float(value)


_LONGEST_DATE = 100  # characters; what is longer is none, and no pattern of a date need be tried on it
_MILLISECONDS = 1e11  # seconds since 1970 reach this number in the year 5138


def date_in(text: str) -> str:
    """A text as far as it can be a date; ValueError where it is too long for one.

    Without the name of a zone in "2026-01-05T10:40+01:00[Europe/Berlin]": that is Java's way, and the offset says the same.
    """
    text = text.strip()
    if len(text) > _LONGEST_DATE:
        raise ValueError("is too long for a date")
    return text.rpartition("[")[0] if text.endswith("]") else text


def instant(value: Any) -> datetime | None:
    """ISO 8601, or seconds or milliseconds since 1970 → aware UTC; an instant without an offset is taken as UTC."""
    wanted = 'must be a date and time such as "2026-01-05T09:40:00Z", or null'
    try:
        if isinstance(value, int | float) and not isinstance(value, bool):
            return datetime.fromtimestamp(value / 1000 if abs(value) >= _MILLISECONDS else value, UTC)
        read = _iso(value, wanted)
        return read and (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (OverflowError, OSError):
        raise ValueError("must be a date and time that calendars know") from None


def instant_if_any(value: Any) -> datetime | None:
    """As `instant`; None for what is none."""
    try:
        return instant(value)
    except ValueError:
        return None


def day(value: Any) -> date | None:
    """An ISO 8601 date; of a date and time, the date."""
    read = _iso(value, 'must be a date such as "2026-01-07", or null')
    return read and read.date()


def _iso(value: Any, wanted: str) -> datetime | None:
    if isinstance(value, str) and not value.strip():
        return None
    try:
        return datetime.fromisoformat(date_in(value))
    except (AttributeError, ValueError):
        raise ValueError(wanted) from None


def web_address(limit: int) -> Callable[[Any], str | None]:
    """A link for people to follow, so nothing but http and https: other schemes can run something."""

    def read(value: Any) -> str | None:
        url = line(limit)(value)
        if url and not re.fullmatch(r"https?://[^\s<>|\"]+", url, re.IGNORECASE):
            raise ValueError("must be a web address that starts with https:// or http://, or null")
        return url

    return read
