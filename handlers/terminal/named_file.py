"""A file that a person names at a terminal: what is said of it with the command, and its rows, read while they watch."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

import typer

from cases.arrivals.columns import Row, UnusableHeader
from cases.arrivals.told import Means, Told

_T = TypeVar("_T")


class DateOrder(StrEnum):
    """In which order the dates of a file are written."""

    DMY = "dmy"
    MDY = "mdy"
    YMD = "ymd"


def more_told(told: Told, mapped: list[str] | None, scale: float | None, dates: DateOrder | None) -> Told:
    """What policy says of the source, and above it what is said with the command."""
    named = []
    for each in mapped or ():
        column, _, field = each.rpartition("=")
        if not column.strip() or field.strip() not in set(Means):
            known = ", ".join(means for means in Means if means is not Means.NOTHING)
            raise refused(f'--map "{each}": write a column, = and one of {known}')
        named.append((Means(field.strip()), column.strip()))
    meant = {means for means, _ in named}
    kept = (pair for pair in told.named if pair[0] not in meant)
    orders = dates.value if dates else told.dates
    return replace(told, named=(*named, *kept), scale=scale or told.scale, dates=orders)


def rows_of_file(file: Path, told: Told) -> list[Row]:
    """All rows of a file, usable or not; where it is none that can be read, says so."""
    from handlers.feedback import import_file
    from handlers.feedback.files import UnusableFile

    if sys.stderr.isatty():
        typer.echo(f"Reading {file} …", err=True)
    try:
        with without_collecting():
            return import_file.rows_of(file, told)
    except UnusableFile as unusable:
        raise refused(f"{file} {unusable}") from None
    except UnusableHeader as unusable:
        raise refused(f"{file}: {unusable}") from None
    except OSError as wrong:
        raise refused(f"{file} cannot be read: {wrong.strerror}") from None


@contextmanager
def without_collecting() -> Iterator[None]:
    """What a file's rows become goes round in no circles; to look for some among all of them takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@contextmanager
def progress(things: Sequence[_T], label: str) -> Iterator[Iterator[_T]]:
    """A bar on standard error where a person watches, nothing in a log."""
    if not sys.stderr.isatty():
        yield iter(things)
        return
    with typer.progressbar(things, label=label, file=sys.stderr) as bar:
        yield iter(bar)


def write(file: Path, content: str) -> bool:
    """Writes it, or says why it cannot be: then False."""
    try:
        file.write_text(content, encoding="utf-8")
    except OSError as wrong:
        typer.echo(f"{file} cannot be written: {wrong.strerror}", err=True)
        return False
    return True


def refused(sentence: str) -> typer.Exit:
    """Says what a person can mend; the exit code is 2."""
    typer.echo(sentence, err=True)
    return typer.Exit(2)
