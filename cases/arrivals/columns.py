"""An import file, CSV or JSON Lines, read row by row into feedback; what its columns mean is told by their headers and cells."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from cases.arrivals.answers import Answer, answer, of_data, of_json
from cases.arrivals.feedback import Arriving, BadFeedback, read_json
from cases.arrivals.labels import meanings
from cases.arrivals.meaning import columns, meant
from cases.arrivals.told import Means, Told

DEFAULT_SOURCE = "import"
DELIMITERS = ",;\t"
_EXPLAINS = re.compile(r"(open-ended )?response", re.IGNORECASE)  # below the titles of SurveyMonkey's exports


@dataclass(frozen=True, slots=True)
class Accepted:
    """A usable row and the line it begins on, counted from 1."""

    line: int
    arriving: Arriving


@dataclass(frozen=True, slots=True)
class Refused:
    """A row that cannot be used, and why, in words for the person who holds the file."""

    line: int
    why: str


Row = Accepted | Refused


class UnusableHeader(ValueError):
    """No row of the file holds a rating or words that can be read."""

    def __init__(self, found: Iterable[str], source: str) -> None:
        there = ", ".join(name.strip() for name in found if name.strip()) or "nothing"
        super().__init__(
            f'no column for a rating or a comment (found: {there}). Say which column is which: --map "Remarks=comment", or under '
            f'[sources.{source}] in policy.toml, for instance comment = "Remarks"'
        )


@dataclass(frozen=True, slots=True)
class _Record:
    """One row as it stands in the file: its answers, or the reason why there are none."""

    line: int
    answers: list[Answer]
    why: str = ""


def read_rows(lines: Iterable[str], kind: Literal["csv", "jsonl"], told: Told | None = None) -> Iterator[Row]:
    """Every row of the file in order, read or refused; blank ones are passed over. Raises UnusableHeader at once.

    A row without an id gets one made of what was read, so that importing a file twice adds nothing. The scale of ratings and
    the order of dates are seen from the whole column, where neither the cell nor the source tells.
    """
    told = told or Told(DEFAULT_SOURCE)
    header: list[str] = []
    records = list(_csv_records(lines, header) if kind == "csv" else _json_records(lines))
    told = columns([record.answers for record in records], told)
    rows = [_read(record, told) for record in records]
    if kind == "csv" and not any(isinstance(row, Accepted) for row in rows) and not _told_by(header, told):
        raise UnusableHeader(header, told.name)
    return iter(rows)


def _told_by(header: list[str], told: Told) -> bool:
    """Whether the headers alone tell of a rating or words: then it is for the rows to say what is wrong."""
    wanted = {Means.RATING, Means.COMMENT}
    named = (name for means, name in told.named if means in wanted)
    return any(wanted.intersection(meanings(name)) for name in header) or any(
        Answer(title, title, "").is_called(name) for name in named for title in header
    )


def _csv_records(lines: Iterable[str], header: list[str]) -> Iterator[_Record]:
    feed = iter(lines)
    first = next(feed, "").removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=first.count)
    header.extend(next(csv.reader([first], delimiter=delimiter), []))
    yield from _rows_below([(name, "") for name in header], csv.reader(feed, delimiter=delimiter))


def _rows_below(titles: list[tuple[str, str]], reader: Any) -> Iterator[_Record]:
    """The rows; `titles` are the columns', each with what a second row of headers says of it."""
    begun = False
    while True:
        line = reader.line_num + 2  # lines before this row, the header, and this one
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            yield _Record(line, [], why=f"cannot be read as CSV: {broken}")
            continue
        if not begun and any(_EXPLAINS.fullmatch(cell.strip()) for cell in cells):
            titles = _explained([title for title, _ in titles], cells)
        elif len(cells) > len(titles):
            yield _Record(line, [], why=f"has {len(cells)} cells under {len(titles)} headers; is a quote missing?")
        elif any(cell.strip() for cell in cells):
            yield _Record(
                line, [each for title, cell in zip(titles, cells, strict=False) for each in _answer(title, cell)]
            )
        begun = True


def _explained(titles: list[str], cells: list[str]) -> list[tuple[str, str]]:
    """Two rows of headers: a question that spans several columns has its title over the first of them only."""
    explained, last = [], ""
    for place, title in enumerate(titles):
        part = cells[place].strip() if place < len(cells) else ""
        last = title.strip() or (last if part else "")
        explained.append((last, "" if _EXPLAINS.fullmatch(part) else part))
    return explained


def _answer(title: tuple[str, str], cell: str) -> Iterator[Answer]:
    question, part = title
    name = f"{question} / {part}" if part else question
    return answer(name, name, cell.strip(), also_called=(part,) if part else ())


def _json_records(lines: Iterable[str]) -> Iterator[_Record]:
    for line, text in enumerate(lines, start=1):
        text = text.removeprefix("\ufeff").strip()
        if not text:
            continue
        try:
            value = read_json(text.encode("utf-8", "replace"))
        except BadFeedback as broken:
            yield _Record(line, [], why=str(broken))
            continue
        if not isinstance(value, dict):
            yield _Record(line, [], why="is not an object {…}")
        else:
            yield _Record(line, of_data(value) if _is_data(value) else of_json(value))


def _is_data(value: Mapping[str, Any]) -> bool:
    """True for a line in the shape of the generic intake's `data`: one that nests what a table spreads over columns."""
    return any(isinstance(value.get(name), Mapping) for name in ("customer", "rating"))


def _read(record: _Record, told: Told) -> Row:
    if record.why:
        return Refused(record.line, record.why)
    try:
        return Accepted(record.line, meant(record.answers, told))
    except BadFeedback as unusable:
        return Refused(record.line, str(unusable))
