"""Evidence as another program sends it: a contact, an attempt or a bounce, read into a report, with what could not be read."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from cases.arrivals.bodies import read_body
from cases.arrivals.json_fields import BadFeedback, Fault, Fields, instant, line, prose
from cases.model import Way
from cases.text import Words, one_line

_AHEAD = timedelta(minutes=5)  # clocks differ
_LONGEST = 200  # of a name, an address, a reference
_NUMBER = re.compile(r"\s*(?:#|no\.?\s*|case\s*#?)?\s*([0-9]{1,15})\s*", re.IGNORECASE)


class Outcome(StrEnum):
    """What a program can tell of."""

    REACHED = "reached"
    TRIED = "tried"
    BOUNCED = "bounced"
    ORDERED = "ordered"  # again, which is no contact


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a program tells: of which case or customer, what came of it, how, when, by whom. `ignored` is what was left out."""

    outcome: Outcome
    case: int | None = None
    email: str | None = None
    phone: str | None = None
    order_ref: str | None = None
    how: Way | None = None
    at: datetime | None = None
    by: str | None = None
    words: Words | None = None
    reference: str | None = None
    ignored: tuple[Fault, ...] = ()

    @property
    def name(self) -> str | None:
        """What names it for ever, so that it is taken once: a digest of its reference."""
        return self.reference and name_of(self.reference)


def name_of(reference: str) -> str:
    """A digest of a reference, which may be an address or a name."""
    return hashlib.blake2b(reference.encode("utf-8", "replace"), digest_size=16).hexdigest()


def read_report(body: bytes, now: datetime) -> Report:
    """The report in a body: JSON, or a form's fields. Raises BadFeedback where it is no object, or names no outcome."""
    faults: list[Fault] = []
    fields = Fields(_without_blanks(_values(body)), "", faults)
    if faults:
        raise BadFeedback(Fault("body", "must be an object, that is {…}, with an outcome"))
    says = fields.take("how", lambda value: _is_order(value) or None)
    outcome = Outcome.ORDERED if says else fields.take("outcome", _outcome)
    if outcome is None:
        raise BadFeedback(*(faults or [Fault("outcome", f"is missing; write {_known(Outcome)}")]))
    told = {name: fields.take(name, line(_LONGEST)) for name in ("email", "phone", "order_ref", "by", "reference")}
    return Report(
        outcome=outcome,
        case=fields.take("case", _case),
        how=None if outcome is Outcome.ORDERED else fields.take("how", lambda value: _way(value, fields)),
        at=fields.take("at", lambda value: _past(value, now)),
        words=fields.take("words", prose),
        **told,
        ignored=tuple(faults),
    )


def _values(body: bytes) -> Any:
    value = read_body(body)
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def _without_blanks(values: Any) -> Any:
    """An empty text says that there is nothing."""
    if not isinstance(values, Mapping):
        return values
    return {name: value for name, value in values.items() if not (isinstance(value, str) and not value.strip())}


def _known(names: type[StrEnum]) -> str:
    *most, last = (f'"{name.value}"' for name in names)
    return f"{', '.join(most)} or {last}"


def _outcome(value: Any) -> Outcome:
    said = value.strip().casefold() if isinstance(value, str) else None
    found = Outcome.ORDERED if _is_order(value) else next((each for each in Outcome if each.value == said), None)
    if found is None:
        raise ValueError(f"must be {_known(Outcome)}")
    return found


def _is_order(value: Any) -> bool:
    """A shop that tells of an order in the place of a way tells of no contact."""
    return isinstance(value, str) and value.strip().casefold() in ("order", Outcome.ORDERED.value)


def _case(value: Any) -> int:
    if isinstance(value, float) and value.is_integer():  # some programs know no whole numbers
        value = int(value)
    found = _NUMBER.fullmatch(str(value)) if not isinstance(value, bool) else None
    if found is None:
        raise ValueError('must be the number of a case, for instance 12 or "#12"')
    return int(found[1])


def _way(value: Any, fields: Fields) -> Way:
    said = re.sub(r"[\s-]+", "_", value.strip().casefold()) if isinstance(value, str) else None
    found = next((way for way in Way if way.value in (said, "email" if said == "e_mail" else said)), None)
    if found is None:
        fields.fault("how", f"“{one_line(str(value), 40)}” is taken as other; known are {_known(Way)}")
    return found or Way.OTHER


def _past(value: Any, now: datetime) -> datetime | None:
    at = instant(value)
    if at is not None and at > now + _AHEAD:
        raise ValueError("is still to come")
    return min(at, now) if at else None
