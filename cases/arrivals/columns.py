"""An import file, CSV or JSON Lines, read row by row into feedback; what the columns mean is taken from their headers."""

from __future__ import annotations

import csv
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from cases.arrivals.feedback import Arriving, BadFeedback, Fault, read_arriving, read_json
from cases.arrivals.field_names import FIELD_NAMES, data_of, field_named, letters

DEFAULT_SOURCE = "import"
DELIMITERS = ",;\t"

_SCALE_OF_HEADER = {"nps": 10, "stars": 5}
_RATING = re.compile(
    r"(\d+(?:[.,]\d+)?)\s*(?:(?:/|of|out of)\s*(\d+(?:[.,]\d+)?))?\s*(?:stars?|points?|★)?", re.IGNORECASE
)
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})(.*)", re.DOTALL)


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
    """The file has neither a rating nor a comment column under any name we know."""

    def __init__(self, found: Iterable[str]) -> None:
        known = "; ".join(f"{field}: {', '.join(names)}" for field, names in FIELD_NAMES.items())
        there = ", ".join(name.strip() for name in found if name.strip()) or "nothing"
        super().__init__(f"no column for a rating or a comment (found: {there}). Headers that are understood: {known}")


@dataclass(frozen=True, slots=True)
class _Record:
    """One row as it stands in the file: by header, or the reason why there is none."""

    line: int
    cells: Mapping[str, Any]
    why: str = ""


def read_rows(lines: Iterable[str], kind: Literal["csv", "jsonl"], source: str = DEFAULT_SOURCE) -> Iterator[Row]:
    """Every row of the file in order, read or refused; blank ones are passed over. Raises UnusableHeader at once.

    A row without an id gets one made of its content, so that importing a file twice adds nothing. A rating without a
    scale ("2", not "2/5") is taken as out of 5, 10 or 100, whichever holds the largest rating of its column.
    """
    records = list(_csv_records(lines) if kind == "csv" else _json_records(lines))
    scales = _scales(records)
    return (_read(record, source, scales) for record in records)


def _csv_records(lines: Iterable[str]) -> Iterator[_Record]:
    feed = iter(lines)
    first = next(feed, "").removeprefix("\ufeff")
    delimiter = max(DELIMITERS, key=first.count)
    header = next(csv.reader([first], delimiter=delimiter), [])
    if not {"rating", "comment"} & {field_named(name) for name in header}:
        raise UnusableHeader(header)
    yield from _rows_below(header, csv.reader(feed, delimiter=delimiter))


def _rows_below(header: list[str], reader: Any) -> Iterator[_Record]:
    while True:
        line = reader.line_num + 2  # lines before this row, the header, and this one
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as broken:
            yield _Record(line, {}, f"cannot be read as CSV: {broken}")
            continue
        if len(cells) > len(header):
            yield _Record(line, {}, f"has {len(cells)} cells under {len(header)} headers; is a quote missing?")
        elif any(cell.strip() for cell in cells):
            yield _Record(line, dict(zip(header, cells, strict=False)))


def _json_records(lines: Iterable[str]) -> Iterator[_Record]:
    for line, text in enumerate(lines, start=1):
        text = text.removeprefix("\ufeff").strip()
        if not text:
            continue
        try:
            value = read_json(text.encode("utf-8", "replace"))
        except BadFeedback as broken:
            yield _Record(line, {}, str(broken))
        else:
            yield _Record(line, value, "") if isinstance(value, dict) else _Record(line, {}, "is not an object {…}")


def _scales(records: Iterable[_Record]) -> dict[str, int]:
    """For each rating column: what its plain numbers are out of."""
    largest: dict[str, float] = {}
    for record in records:
        for header, cell in record.cells.items():
            if field_named(header) == "rating" and (read := _RATING.fullmatch(_cell(cell))) and not read[2]:
                largest[header] = max(largest.get(header, 0), _float(read[1]))
    return {
        header: max(_SCALE_OF_HEADER.get(letters(header), 5), next((s for s in (5, 10, 100) if top <= s), 100))
        for header, top in largest.items()
    }


def _read(record: _Record, source: str, scales: Mapping[str, int]) -> Row:
    if record.why:
        return Refused(record.line, record.why)
    unread: list[Fault] = []
    try:
        data = dict(record.cells) if _is_data(record.cells) else _to_data(record.cells, scales, unread)
        data["external_id"] = data.get("external_id") or _fingerprint(record.cells)
        arriving = read_arriving(data, route=source, path="")
    except BadFeedback as unusable:
        return Refused(record.line, str(unread[0] if unread else unusable))
    return Accepted(record.line, replace(arriving, ignored=(*unread, *arriving.ignored)))


def _is_data(cells: Mapping[str, Any]) -> bool:
    """True for a line in the shape of the generic intake's `data`: one that nests what a table spreads over columns."""
    return any(isinstance(cells.get(name), Mapping) for name in ("customer", "rating"))


def _to_data(cells: Mapping[str, Any], scales: Mapping[str, int], unread: list[Fault]) -> dict[str, Any]:
    """The row as our data object; a rating that is none is noted in `unread`."""
    found: dict[str, tuple[str, str]] = {}
    for header, cell in cells.items():
        if (field := field_named(header)) and _cell(cell):
            found.setdefault(field, (header, _cell(cell)))
    data = data_of({field: cell for field, (_, cell) in found.items()})
    if "rating" in found:
        header, cell = found["rating"]
        data["rating"] = _rating(header, cell, data.pop("scale", ""), scales)
        if data["rating"] is None:
            unread.append(Fault(header, f'"{cell[:40]}" is not a rating; write for instance 2, or 2/5'))
    return data | {name: _iso(data[name]) for name in ("occurred_at", "occasion_at") if name in data}


def _cell(value: Any) -> str:
    return "" if value is None else json.dumps(value) if isinstance(value, bool | list | dict) else str(value).strip()


def _rating(header: str, cell: str, scale: str, scales: Mapping[str, int]) -> dict[str, float] | None:
    read, out_of = _RATING.fullmatch(cell), _RATING.fullmatch(scale)
    if read is None:
        return None
    return {"value": _float(read[1]), "scale": _float(read[2] or (out_of[1] if out_of else str(scales[header])))}


def _float(digits: str) -> float:
    return float(digits.replace(",", "."))


def _iso(cell: str) -> str:
    """Dates as written with dots, day first. With slashes nobody can tell the day from the month: those are refused."""
    dotted = _DOTTED.fullmatch(cell)
    return f"{dotted[3]}-{int(dotted[2]):02}-{int(dotted[1]):02}{dotted[4]}" if dotted else cell


def _fingerprint(cells: Mapping[str, Any]) -> str:
    """An id made of what the row says, whatever the order of its columns."""
    said = sorted((letters(header), _cell(cell)) for header, cell in cells.items() if _cell(cell))
    return "row-" + hashlib.sha256(json.dumps(said).encode()).hexdigest()[:24]
