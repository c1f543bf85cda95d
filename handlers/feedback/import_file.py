"""A file of feedback is imported: each usable row arrives as it would by webhook, and every refused one is named."""

from __future__ import annotations

import codecs
import io
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Literal, TypeAlias

from cases.arrivals.columns import DEFAULT_SOURCE, Accepted, Refused, Row, read_rows
from cases.arrivals.feedback import customer_keys, identity
from cases.judgement import assess
from cases.model import Feedback, Status
from handlers.feedback.intake import Arrival, arrived, merge
from handlers.world import World
from store import cases, feedback
from store.engine import AWAY, Tx

log = logging.getLogger(__name__)
Kind = Literal["csv", "jsonl"]
_KINDS: dict[str, Kind] = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "jsonl",
}
_BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
REFUSED_SHOWN = 20


class UnknownKind(ValueError):
    """The file's name does not tell whether it is CSV or JSON Lines."""


class Became(StrEnum):
    """What became of one usable row."""

    NEW = "new"
    JOINED = "joined"
    UPDATED = "updated"
    KNOWN = "known"
    HARMLESS = "harmless"


Outcome: TypeAlias = Became | Refused


@dataclass(slots=True)
class Report:
    """What became of a whole file; `rehearsed` when nothing was stored."""

    rehearsed: bool = False
    counts: Counter[Became] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)

    def add(self, outcome: Outcome) -> None:
        """Counts one row."""
        if isinstance(outcome, Refused):
            self.refused.append(outcome)
        else:
            self.counts[outcome] += 1

    @property
    def read(self) -> int:
        """How many rows could be used."""
        return self.counts.total()

    def lines(self) -> Iterator[str]:
        """The report for the screen: a line for each outcome, then the first refused rows and why."""
        yield from (f"{self.counts[became]:>7}  {words}" for became, words in _SAID.items())
        yield f"{len(self.refused):>7}  refused"
        yield from (refused_line(refused) for refused in self.refused[:REFUSED_SHOWN])
        if len(self.refused) > REFUSED_SHOWN:
            yield f"  … and {len(self.refused) - REFUSED_SHOWN} more; --refused FILE writes them all"
        if self.rehearsed:
            yield "Nothing was stored: this was a dry run."
        elif self.counts[Became.NEW]:
            yield "The cards of new cases appear in Slack while the bot runs, at Slack's pace."


_SAID = {
    Became.NEW: "new cases",
    Became.JOINED: "joined a case of the same customer that is open",
    Became.UPDATED: "told us more about feedback we had",
    Became.KNOWN: "known already",
    Became.HARMLESS: "not negative; recorded without a case",
}


def refused_line(refused: Refused) -> str:
    """A refused row as the report names it."""
    return f"  line {refused.line}: {refused.why}"


def kind_of(path: Path) -> Kind:
    """CSV or JSON Lines, by the file's ending. Raises UnknownKind."""
    kind = _KINDS.get(path.suffix.casefold())
    if kind is None:
        raise UnknownKind(f"{path.name} ends in neither .csv nor .jsonl; add --kind csv or --kind jsonl")
    return kind


def rows_of(path: Path, kind: Kind, source: str = DEFAULT_SOURCE) -> list[Row]:
    """All rows of a file, usable or refused. Raises OSError, and UnusableHeader where no column says anything."""
    # newline="": a line break within quotes belongs to the cell, and the csv module wants to see it as it is.
    return list(read_rows(io.StringIO(_decoded(path.read_bytes()), newline=""), kind, source))


def _decoded(content: bytes) -> str:
    """Text as spreadsheets save it: UTF-8, UTF-16 with its mark, or what Excel calls plain CSV (Windows-1252)."""
    marked = next((name for mark, name in _BYTE_ORDER_MARKS.items() if content.startswith(mark)), None)
    try:
        return content.decode(marked or "utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def take_in(world: World, rows: Iterable[Row]) -> Iterator[Outcome]:
    """Takes the rows in, one durable step each. A row that breaks is refused and stops no other.

    Raises what a database raises that is away; importing the file again then goes on where this ended.
    """
    return _each(rows, lambda accepted: _taken(world, accepted.feedback))


def rehearse(world: World, rows: Iterable[Row]) -> Iterator[Outcome]:
    """What `take_in` would do with the rows now, found out by reading alone."""
    rehearsal = _Rehearsal(world)
    return _each(rows, lambda accepted: rehearsal.take(accepted.feedback))


def _each(rows: Iterable[Row], take: Callable[[Accepted], Became]) -> Iterator[Outcome]:
    for row in rows:
        if isinstance(row, Refused):
            yield row
            continue
        try:
            yield take(row)
        except AWAY:
            raise
        except Exception:
            log.exception("the feedback of line %s could not be stored", row.line)
            yield Refused(row.line, "could not be stored; the log says why")


def _taken(world: World, arriving: Feedback) -> Became:
    known = world.store.read(lambda tx: feedback.known(tx, *identity(arriving)))
    return _became(arrived(world, arriving), known[2] if known else None, arriving)


def _became(arrival: Arrival, before: Feedback | None, arriving: Feedback) -> Became:
    if arrival.status == 201:
        return Became.NEW
    if before is not None:
        return Became.KNOWN if merge(before, arriving) == before else Became.UPDATED
    return Became.HARMLESS if arrival.status == 202 else Became.JOINED


class _Rehearsal:
    """The intake's decisions without its effects, the rows of this file that came before included."""

    def __init__(self, world: World) -> None:
        self.store = world.store
        self.seen: dict[tuple[str, str], tuple[Feedback, bool]] = {}  # the content, and whether it belongs to a case
        self.opened: set[str] = set()  # keys of customers whose case an earlier row opened

    def take(self, arriving: Feedback) -> Became:
        before, has_case = self.store.read(lambda tx: self._known(tx, arriving))
        merged = merge(before, arriving) if before else arriving
        if merged == before:
            return Became.KNOWN
        has_open_case = self.store.read(lambda tx: self._has_open_case(tx, merged))
        negative = assess(merged, repeat=has_open_case).negative
        self.seen[identity(merged)] = merged, has_case or negative or (before is None and has_open_case)
        if has_open_case or has_case or not negative:
            return self._among_known(before, has_open_case)
        self.opened |= customer_keys(merged.customer)
        return Became.NEW

    def _among_known(self, before: Feedback | None, has_open_case: bool) -> Became:
        if before is not None:
            return Became.UPDATED
        return Became.JOINED if has_open_case else Became.HARMLESS

    def _known(self, tx: Tx, arriving: Feedback) -> tuple[Feedback | None, bool]:
        if identity(arriving) in self.seen:
            return self.seen[identity(arriving)]
        known = feedback.known(tx, *identity(arriving))
        return (None, False) if known is None else (known[2], known[1] is not None)

    def _has_open_case(self, tx: Tx, arriving: Feedback) -> bool:
        keys = customer_keys(arriving.customer)
        past = cases.of_customer(tx, keys)
        return bool(keys & self.opened) or any(status is not Status.CLOSED for _, status in past)
