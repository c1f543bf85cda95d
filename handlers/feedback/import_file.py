"""A file of feedback is imported: each usable row arrives as it would by webhook, and every refused one is named."""

from __future__ import annotations

import codecs
import io
import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Literal, TypeAlias

from cases.arrivals.columns import DEFAULT_SOURCE, Accepted, Refused, Row, read_rows
from cases.arrivals.decision import Became, Before, Decision, Opens, asks_for, what_becomes
from cases.arrivals.feedback import identity
from cases.model import Feedback, Status
from handlers.feedback.intake import arrived
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
_NEW = 1 << 62  # a rehearsed case has a number that no stored one reaches, since it is newer than all of them


class UnknownKind(ValueError):
    """The file's name does not tell whether it is CSV or JSON Lines."""


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
        elif self.counts[Became.CASE]:
            yield "The cards of new cases appear in Slack while the bot runs, at Slack's pace."


_SAID = {
    Became.CASE: "new cases",
    Became.JOINED: "joined a case of the same customer that is open",
    Became.UPDATED: "told us more about feedback we had",
    Became.KNOWN: "known already",
    Became.RECORDED: "not negative; recorded without a case",
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
    return _each(rows, lambda accepted: arrived(world, accepted.feedback).became)


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


class _Rehearsal:
    """Carries the decisions out on paper: what this file's rows so far would have left, beside what is stored."""

    def __init__(self, world: World) -> None:
        self.store = world.store
        self.had: dict[tuple[str, str], Before] = {}
        self.known_under: dict[str, set[int]] = {}  # key → cases
        self.waiting: set[int] = set()  # cases that are open now, whatever is stored
        self.numbers = count(_NEW)

    def take(self, arriving: Feedback) -> Became:
        decision = self.store.read(lambda tx: self._decided(tx, arriving))
        case = next(self.numbers) if isinstance(decision, Opens) else decision.case
        self.had[identity(arriving)] = Before(decision.feedback, case)
        if (known_under := case or decision.known_under) is not None:
            for key in decision.keys:
                self.known_under.setdefault(key, set()).add(known_under)
        if case is not None and (isinstance(decision, Opens) or (decision.word and decision.word.waits_anew)):
            self.waiting.add(case)
        return decision.became

    def _decided(self, tx: Tx, arriving: Feedback) -> Decision:
        before = self.had.get(identity(arriving)) or self._stored(tx, arriving)
        return what_becomes(arriving, before, self._past(tx, asks_for(arriving, before)))

    def _stored(self, tx: Tx, arriving: Feedback) -> Before | None:
        known = feedback.known(tx, *identity(arriving))
        return None if known is None else Before(known[2], known[1])

    def _past(self, tx: Tx, keys: frozenset[str]) -> list[tuple[int, Status]]:
        """The customer's cases as `cases.of_customer` would answer, newest first."""
        past = dict(cases.of_customer(tx, keys))
        rehearsed = {number for key in keys for number in self.known_under.get(key, ())} - past.keys()
        past |= {case.number: case.status for case in cases.load_many(tx, rehearsed - self.waiting)}
        past |= dict.fromkeys(self.waiting & (rehearsed | past.keys()), Status.UNCLAIMED)
        return sorted(past.items(), reverse=True)
