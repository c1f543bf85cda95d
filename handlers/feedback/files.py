"""What a file holds, seen from its content whatever it is called: a workbook, JSON, JSON Lines, or a table as text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any

from cases.arrivals.columns import Accepted, Row, UnusableHeader, read_objects, read_rows, read_table
from cases.arrivals.encodings import encoding_of, zeros
from cases.arrivals.feedback import BadFeedback, read_json
from cases.arrivals.tables import Cell, Line, titled
from cases.arrivals.told import Told
from handlers.sources.json_body import objects_in

LARGEST = 64_000_000  # bytes; while it is read, a table takes some thirty times as much memory
UNPACKED = 10 * LARGEST  # bytes of a workbook, which is a zip
_WORKBOOKS = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # Excel since 2007 and LibreOffice; Excel before
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")  # the part of a locked Excel file that holds all the others
_NO_TABLES = {
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"GIF8": "a picture",
    b"%PDF": "a PDF",
    b"\x1f\x8b": "a packed file (gzip): unpack it first",
    b"Rar!": "a packed file (RAR): unpack it first",
    b"7z\xbc\xaf": "a packed file (7-Zip): unpack it first",
    b"SQLite format 3": "a database",
    b"PAR1": "a Parquet file",
}


class UnusableFile(ValueError):
    """The file holds no table; the message says what it is, and what to do."""


def read_file(path: Path, told: Told | None = None) -> Iterator[Row]:
    """All rows of a file, usable or refused. Raises OSError, UnusableFile, and UnusableHeader where no column says anything."""
    content = content_of(path)
    if content.startswith(_WORKBOOKS):
        return _from_sheets(_sheets(path, content), told)
    return _read_text(decoded(content), told)


def content_of(path: Path) -> bytes:
    """All of a file. Raises OSError, and UnusableFile where it is too large; a device or a pipe does not say how large it is."""
    _check_size(path.stat().st_size, LARGEST)
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    _check_size(len(content), LARGEST)
    return content


def _check_size(size: int, most: int) -> None:
    if size > most:
        raise UnusableFile(
            f"is {ceil(size / 1e6):,} MB large, and {most / 1e6:,.0f} MB is the most that is read at once. "
            "Split it, or export a shorter time."
        )


def _read_text(text: str, told: Told | None) -> Iterator[Row]:
    # newline="": a line break within quotes belongs to the cell, and the csv module wants to see it as it is.
    lines = io.StringIO(text, newline="")
    if not text.lstrip("\ufeff \t\r\n").startswith(("{", "[")):
        return read_rows(lines, "csv", told)
    try:
        return read_objects(objects_in(read_json(text.encode("utf-8", "replace")), most=None), told)
    except BadFeedback as broken:
        if not any(map(_is_object, text.split("\n"))):
            raise UnusableFile(
                f"{broken}. JSON can be an object a line, a list of objects, or an object with one."
            ) from None
        return read_rows(lines, "jsonl", told)


def _is_object(line: str) -> bool:
    try:
        return line.lstrip("\ufeff").startswith("{") and isinstance(read_json(line.encode("utf-8", "replace")), dict)
    except BadFeedback:
        return False


# Text


def decoded(content: bytes) -> str:
    """Text as programs save it: UTF-8 or UTF-16, else the code page of which it looks like a language. Raises UnusableFile."""
    known = next((what for start, what in _NO_TABLES.items() if content.startswith(start)), None)
    if known:
        raise UnusableFile(f"is {known}. What can be read: CSV, Excel, OpenDocument (ods), JSON and JSON Lines.")
    encoding = encoding_of(content)
    if not encoding.startswith("utf-16") and any(zeros(content)):
        raise UnusableFile(
            "is neither text nor a workbook. What can be read: CSV, Excel, OpenDocument (ods), JSON and JSON Lines."
        )
    return content.decode(encoding, "replace")


# Workbooks


def _from_sheets(sheets: Sequence[list[Line]], told: Told | None) -> Iterator[Row]:
    """What the first sheet that holds feedback says, and all others with the same columns: one a month, say.

    Raises UnusableHeader for the first sheet, where none holds any.
    """
    unusable: UnusableHeader | None = None
    for sheet in sheets:
        titles, _ = titled(sheet)
        alike = [
            below
            for other in sheets
            if other is not sheet and (found := titled(other))[0] == titles
            for below in found[1]
        ]
        try:
            rows = list(read_table(chain(sheet, alike), told))
        except UnusableHeader as none:
            unusable = unusable or none
            continue
        if sheet is sheets[-1] or any(isinstance(row, Accepted) for row in rows):
            return iter(rows)
    raise unusable or UnusableFile("is an empty workbook: no sheet of it holds anything.")


def _sheets(path: Path, content: bytes) -> list[list[Line]]:
    """The rows of each sheet that people see and that holds any. Raises UnusableFile."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        if content.startswith(_WORKBOOKS[-1]) and _ENCRYPTED in content:
            raise PasswordError
        if zipfile.is_zipfile(path):
            with zipfile.ZipFile(path) as folder:
                _check_size(sum(each.file_size for each in folder.infolist()), UNPACKED)
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        seen = [sheet.name for sheet in book.sheets_metadata if sheet.visible is SheetVisibleEnum.Visible]
        sheets = (book.get_sheet_by_name(name) for name in seen or book.sheet_names)
        filled = [rows for sheet in sheets if (rows := sheet.to_python(skip_empty_area=False))]
    except PasswordError:
        raise UnusableFile("is locked with a password. Save it again without one, or as CSV.") from None
    except UnusableFile:
        raise
    except (CalamineError, zipfile.BadZipFile, NotImplementedError, OSError, ValueError):
        raise UnusableFile(
            "is no workbook that can be read. Open it and save it as .xlsx or CSV; if it is a zip, unpack it and import the file in it."
        ) from None
    if not filled:
        raise UnusableFile("is an empty workbook: no sheet of it holds anything.")
    return [
        [Line(number, [_cell(cell) for cell in row]) for number, row in enumerate(rows, start=1)] for rows in filled
    ]


def _cell(cell: Any) -> Cell:
    """What spreadsheets keep as a date is written as ISO 8601, to the second: they count in fractions of days."""
    if isinstance(cell, datetime):
        at = (cell + timedelta(microseconds=500_000)).replace(microsecond=0)
        return at.isoformat() if at.time() != datetime.min.time() else at.date().isoformat()
    if isinstance(cell, date):
        return cell.isoformat()
    return cell if isinstance(cell, str | bool | float | int) else str(cell)
