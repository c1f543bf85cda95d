"""Tables: the dialect of a text file, and which of a table's first rows are titles of its columns."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from statistics import median
from typing import TypeAlias

Cell: TypeAlias = str | float | bool
DELIMITERS = ",;\t|"
_SEP = re.compile(r"\"?sep=(.)\"?\s*", re.IGNORECASE)  # Excel's own way to name the delimiter, above the header
_EXPLAINS = re.compile(r"(open-ended )?response", re.IGNORECASE)  # below the titles of SurveyMonkey's exports
_FIRST = 30  # rows by which a table is known


@dataclass(frozen=True, slots=True)
class Line:
    """One row as it stands in the file, with the line it begins on, counted from 1; or why it cannot be read."""

    number: int
    cells: Sequence[Cell] = ()
    why: str = ""

    @property
    def filled(self) -> int:
        """How many of its cells say something."""
        return sum(not _is_blank(cell) for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Title:
    """What stands over a column: its question, and of a question with several columns the part that this one answers."""

    question: str
    part: str = ""
    code: str = ""  # by which a tool's own programs know it

    @property
    def name(self) -> str:
        """What the column is called."""
        return f"{self.question} / {self.part}" if self.part else self.question


def text_lines(text: Iterable[str]) -> Iterator[Line]:
    """The rows of a table that is text, split at the delimiter that its first rows show, or that "sep=" above them names."""
    feed = iter(text)
    first = list(islice(feed, _FIRST * 3))
    above = 0
    if first:
        first[0] = first[0].removeprefix("\ufeff")
    delimiter = _SEP.fullmatch(first[0]) if first else None
    if delimiter:
        above, first = 1, first[1:]
    sign = delimiter[1] if delimiter else max(DELIMITERS, key=lambda sign: _fits(list(_split(first, sign))))
    yield from _split(chain(first, feed), sign, above)


def _fits(lines: Sequence[Line]) -> tuple[int, int]:
    """How well a delimiter divides the first rows: how many are as wide as the header, and how wide it is."""
    header = lines[_header_at(lines)] if lines else Line(1)
    if header.filled < 2:
        return 0, 0
    return sum(len(line.cells) == len(header.cells) for line in lines if line is not header), header.filled


def _split(text: Iterable[str], delimiter: str, above: int = 0) -> Iterator[Line]:
    reader = csv.reader(text, delimiter=delimiter)
    while True:
        number = above + reader.line_num + 1
        try:
            yield Line(number, next(reader))
        except StopIteration:
            return
        except csv.Error as broken:
            yield Line(number, why=f"cannot be read as CSV: {broken}")


def titled(lines: Iterable[Line]) -> tuple[list[Title], Iterator[Line]]:
    """The titles of the columns, and the rows below them; what stands above is passed over, blank rows are too."""
    feed = (_without_blank_end(line) for line in lines)
    first = [*islice((line for line in feed if line.filled or line.why), _FIRST)]
    if not first:
        return [], iter(())
    at = _header_at(first)
    titles, below = [Title(_written(cell)) for cell in first[at].cells], first[at + 1 :]
    ids = next((place for place, line in enumerate(below[:2]) if _is_ids(line)), None)
    if ids is not None:
        titles, below = _coded(titles, below[: ids + 1]), below[ids + 1 :]
    elif below and any(_EXPLAINS.fullmatch(_written(cell)) for cell in below[0].cells):
        titles, below = _explained(titles, below[0].cells), below[1:]
    return titles, (line for line in chain(below, feed) if line.filled or line.why)


def _header_at(lines: Sequence[Line]) -> int:
    """The first row that fills more than half of a usual row's columns: a title fills one or two, and a blank row none."""
    widths = [len(_without_blank_end(line).cells) for line in lines if line.filled]
    usual = median(widths) if widths else 0
    likely = (place for place, line in enumerate(lines[:_FIRST]) if line.filled > usual / 2)
    return next(likely, 0)


_ID = '{"ImportId"'  # in the third row of headers of Qualtrics' exports, below a code and the question


def _is_ids(line: Line) -> bool:
    return any(str(cell).startswith(_ID) for cell in line.cells)


def _coded(titles: Sequence[Title], rows: Sequence[Line]) -> list[Title]:
    """Rows of headers of which the first has codes and the last ids; what stands between has the questions, and an id may tell a zone."""
    ids, questions = rows[-1], rows[0].cells if len(rows) > 1 else ()
    coded = []
    for place, title in enumerate(titles):
        question = _written(questions[place]) if place < len(questions) else ""
        zone = _TOLD_ZONE.search(str(ids.cells[place])) if place < len(ids.cells) else None
        told = f" ({'UTC' if zone[1] == 'Z' else zone[1]})" if zone else ""
        coded.append(Title((question or title.question) + told, code=title.question))
    return coded


_TOLD_ZONE = re.compile(r'"timeZone":\s*"([\w/+-]{1,40})"')


_SUM = re.compile(
    r"(?:(?:grand |sub ?)?totals?|sum|average|avg|mean|count|(?:gesamt)?summe|gesamt|durchschnitt|mittelwert|anzahl|somme|moyenne|promedio|suma|media|somma"
    r"|totale?s?|totaal|gemiddelde|soma|m[ée]dia|(?:average|overall) (?:rating|score)|note moyenne|durchschnitts?(?:note|bewertung))(?:[\s:=]*[\d.,%]*)?",
    re.IGNORECASE,
)


def is_beside(line: Line, usual: float, spoken: Collection[int]) -> str:
    """Why a row is none of the table's, though it stands in it: a total, or a line of text below; empty where it is one.

    `usual` is how many cells of a row say something, `spoken` the columns in which customers speak.
    """
    filled = [place for place, cell in enumerate(line.cells) if not _is_blank(cell)]
    if not filled or filled[0] in spoken:
        return ""
    if filled == [0] and usual > _FEW:
        return "holds a line of text and no more: it is not a row of the table"
    words = any(len(str(line.cells[place]).split()) > _FEW for place in filled if place in spoken)
    return "is a total" if _SUM.fullmatch(_written(line.cells[filled[0]])) and not words else ""


_FEW = 2  # filled cells, or words


def usually_filled(lines: Sequence[Line]) -> float:
    """How many cells of a row say something."""
    return median([line.filled for line in lines]) if lines else 0


def _explained(titles: Sequence[Title], cells: Sequence[Cell]) -> list[Title]:
    """Two rows of headers: a question that spans several columns has its title over the first of them only."""
    explained, last = [], ""
    for place in range(max(len(titles), len(cells))):
        part = _written(cells[place]) if place < len(cells) else ""
        last = (titles[place].question if place < len(titles) else "") or (last if part else "")
        explained.append(Title(last, "" if _EXPLAINS.fullmatch(part) else part))
    return explained


def _without_blank_end(line: Line) -> Line:
    end = len(line.cells)
    while end and _is_blank(line.cells[end - 1]):
        end -= 1
    return line if end == len(line.cells) else replace(line, cells=line.cells[:end])


def _is_blank(cell: Cell) -> bool:
    return isinstance(cell, str) and not cell.strip()


def _written(cell: Cell) -> str:
    """A title in one line: some tools break the lines of long questions."""
    return " ".join(str(cell).split())
