"""An import as a person at a terminal or another program sees it: what each column is taken for, and each row by itself."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from cases.arrivals.columns import Accepted, Refused, Row
from cases.arrivals.dates import read_day
from cases.arrivals.feedback import Arriving
from cases.arrivals.told import Told
from cases.model import Feedback
from cases.policy.page import Policy
from handlers.feedback.import_file import Outcome
from handlers.terminal.sources_desk import as_data, fields, in_brief, to_paste

_SHOWN = 3  # values of a column
_WIDEST = 40  # letters of a column's name or of a value
_OF_PARTS = {"first_name": "name", "last_name": "name", "scale": "rating"}  # fields that stand in another one


class NoDay(ValueError):
    """What was written after --since is no day."""


def since(written: str, told: Told) -> datetime:
    """The first moment of a day, where the source is. Raises NoDay."""
    try:
        day = read_day(written)
    except ValueError:
        day = None
    if day is None:
        raise NoDay(f'--since "{written}": write a day, for instance 2026-01-31')
    return datetime(day.year, day.month, day.day, tzinfo=told.zone)


def said_since(rows: Iterable[Row], first: datetime) -> list[Row]:
    """The rows but those that were surely said before."""
    return [row for row in rows if not (isinstance(row, Accepted) and _is_before(row, first))]


def _is_before(row: Accepted, first: datetime) -> bool:
    at = row.arriving.feedback.occurred_at
    return at is not None and at < first


def as_json(row: Row, outcome: Outcome, source: str) -> str:
    """One line for other programs: what was read of a row, the line it stands in, and what became of it."""
    nothing = Arriving(Feedback(external_id="", source=source))
    data = as_data(row.arriving) if isinstance(row, Accepted) else as_data(nothing) | {"external_id": None}
    why = [outcome.why] if isinstance(outcome, Refused) else []
    told = {"line": row.line, "outcome": "refused" if why else outcome, "ignored": [*data["ignored"], *why]}
    return json.dumps(data | told, ensure_ascii=False)


def table(rows: Iterable[Row], source: str, policy: Policy) -> Iterator[str]:
    """What each column is taken for, with its first values as they were read; those that nobody read; a table for policy."""
    read = [row.arriving for row in rows if isinstance(row, Accepted)]
    taken: dict[tuple[str, str], list[str]] = {}
    for each in read:
        values = fields(each.feedback)
        for field, question in each.taken_from:
            _add(taken, (question, _OF_PARTS.get(field, field)), values.get(_OF_PARTS.get(field, field)))
        for question, said in each.feedback.also_answered:
            _add(taken, (question, ""), said)
    width = max((len(_short(question)) for question, _ in taken), default=0)
    for (question, field), seen in sorted(taken.items(), key=lambda each: not each[0][1]):
        yield f"  {_short(question):<{width}} → {field or '(not read)':<12} {' · '.join(seen)}"
    if read and source not in policy.sources:
        yield from to_paste(source, read)
    yield ""


def _add(taken: dict[tuple[str, str], list[str]], column: tuple[str, str], value: Any) -> None:
    seen = taken.setdefault(column, [])
    if value is not None and len(seen) < _SHOWN:
        seen.append(_short(in_brief(value)))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _WIDEST else f"{line[: _WIDEST - 1]}…"
