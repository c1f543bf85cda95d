"""A table or a list of objects, read row by row into feedback; what its columns mean is told by their headers and cells."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from cases.arrivals.answers import Answer, Nature, answer, of_data, of_json, said_in
from cases.arrivals.feedback import Arriving, BadFeedback, read_json
from cases.arrivals.homes import asked_for
from cases.arrivals.labels import meanings
from cases.arrivals.meaning import meant
from cases.arrivals.tables import Line, Title, is_beside, text_lines, titled, usually_filled
from cases.arrivals.told import Means, Told
from cases.arrivals.voices import is_ours
from cases.arrivals.whole import told_by_all

DEFAULT_SOURCE = "import"


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
class Record:
    """One row as it stands in the file: its answers, or the reason why there are none."""

    line: int
    answers: list[Answer]
    why: str = ""


def read_rows(lines: Iterable[str], kind: Literal["csv", "jsonl"], told: Told | None = None) -> Iterator[Row]:
    """Every row of a text file in order, read or refused; see `read_table` and `read_objects`."""
    return read_table(text_lines(lines), told) if kind == "csv" else read_records(_json_records(lines), told)


def read_table(lines: Iterable[Line], told: Told | None = None) -> Iterator[Row]:
    """Every row of a table in order, read or refused; blank ones are passed over. Raises UnusableHeader at once."""
    told = told or Told(DEFAULT_SOURCE)
    titles, below = titled(lines)
    lines = list(below)
    usual = usually_filled(lines)
    wordy = _wordy(titles, [line for line in lines if line.filled > 1] or lines)
    spoken = wordy | _asking_for_words(titles, told)
    columns_ = [_column(title, Nature.ESSAY if place in wordy else Nature.NOTED) for place, title in enumerate(titles)]
    records = (_record(columns_, line, is_beside(line, usual, spoken)) for line in lines)
    rows = list(read_records(records, told))
    if not any(isinstance(row, Accepted) for row in rows) and not _told_by(titles, told):
        raise UnusableHeader([title.name for title in titles], told.name)
    return iter(rows)


def read_objects(values: Iterable[Any], told: Told | None = None) -> Iterator[Row]:
    """Every object of a list, read or refused, each with its place in the list for its line."""
    return read_records(itertools.starmap(_json_record, enumerate(values, start=1)), told)


def read_records(records: Iterable[Record], told: Told | None = None) -> Iterator[Row]:
    """Every record in order, read or refused.

    One without an id gets one made of what was read, so that importing a file twice adds nothing. The scale of ratings and
    the order of dates are seen from the whole column, where neither the cell nor the source tells.
    """
    kept = deque(records)
    told = told_by_all((record.answers for record in kept), told or Told(DEFAULT_SOURCE))
    # Each goes as soon as it is read: a large file fills the memory once, not twice.
    return (_read(kept.popleft(), told) for _ in range(len(kept)))


def _asking_for_words(titles: Sequence[Title], told: Told) -> frozenset[int]:
    """The columns that are asked for words or a rating, by policy or by their headers."""
    named = [name for means, name in told.named if means in _SPOKEN]
    return frozenset(
        place
        for place, title in enumerate(titles)
        if _SPOKEN.intersection(asked_for(_column(title, Nature.NOTED)) if title.name else ())
        or any(_column(title, Nature.NOTED).is_called(name) for name in named)
    )


_SPOKEN = frozenset([Means.RATING, Means.COMMENT])


def _told_by(titles: Iterable[Title], told: Told) -> bool:
    """Whether the headers alone tell of a rating or words: then it is for the rows to say what is wrong."""
    wanted, names = {Means.RATING, Means.COMMENT}, [title.name for title in titles]
    named = [name for means, name in told.named if means in wanted]
    return any(wanted.intersection(meanings(name)) for name in names) or any(
        Answer(title, title, "").is_called(name) for name in named for title in names
    )


_SENTENCE, _USUAL = (
    5,
    2,
)  # words in a cell at the most, and on the average: there people wrote, though no header says so


def _wordy(titles: Sequence[Title], lines: Sequence[Line]) -> frozenset[int]:
    """The columns in which people wrote, where no header is known to ask for words: in whatever language it is."""
    asks = [meanings(title.name) for title in titles]
    if any(Means.COMMENT in each for each in asks):
        return frozenset()
    columns = ([line.cells[place] for line in lines if place < len(line.cells)] for place in range(len(titles)))
    words = ([len(cell.split()) for cell in cells if isinstance(cell, str) and cell.strip()] for cells in columns)
    return frozenset(
        place
        for place, each in enumerate(words)
        if each and not asks[place] and max(each) >= _SENTENCE and sum(each) / len(each) >= _USUAL
    )


def _column(title: Title, nature: Nature) -> Answer:
    """What all answers in a column have in common; a header is read once, not once for each row."""
    (column,) = answer(title.name, title.name, True, nature=nature, also_called=filter(None, [title.part, title.code]))
    return column


def _record(columns_: Sequence[Answer], line: Line, beside: str = "") -> Record:
    if beside:
        return Record(line.number, [], why=beside)
    if line.why or len(line.cells) > len(columns_):
        too_many = f"has {len(line.cells)} cells under {len(columns_)} headers; is a quote missing?"
        return Record(line.number, [], why=line.why or too_many)
    return Record(
        line.number,
        [
            Answer(column.key, column.label, said, nature=column.nature, also_called=column.also_called)
            for column, cell in zip(columns_, line.cells, strict=False)
            if (said := said_in(_unguarded(cell.strip()) if isinstance(cell, str) else cell)) is not None
        ],
    )


def _unguarded(cell: str) -> str:
    """Without the apostrophe that some tools put before what a spreadsheet would take for a formula: "'+44 20 …"."""
    return cell[1:] if cell[:1] == "'" and cell[1:2] in ("=", "+", "-", "@") else cell


def _json_records(lines: Iterable[str]) -> Iterator[Record]:
    for line, text in enumerate(lines, start=1):
        text = text.removeprefix("\ufeff").strip()
        if not text:
            continue
        try:
            yield _json_record(line, read_json(text.encode("utf-8", "replace")))
        except BadFeedback as broken:
            yield Record(line, [], why=str(broken))


def _json_record(line: int, value: Any) -> Record:
    if not isinstance(value, dict):
        return Record(line, [], why="is not an object {…}")
    return Record(line, of_data(value) if _is_data(value) else of_json(value))


def _is_data(value: Mapping[str, Any]) -> bool:
    """True for a line in the shape of the generic intake's `data`: one that nests what a table spreads over columns."""
    return any(isinstance(value.get(name), Mapping) for name in ("customer", "rating"))


def _read(record: Record, told: Told) -> Row:
    if record.why:
        return Refused(record.line, record.why)
    if is_ours({each.label: each.said for each in record.answers}):
        return Refused(record.line, "is a message of ours, not of a customer")
    try:
        return Accepted(record.line, meant(record.answers, told))
    except BadFeedback as unusable:
        return Refused(record.line, str(unusable))
