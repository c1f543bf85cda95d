"""A file of feedback is imported: each usable row arrives as it would by webhook, and every refused one is named."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count, islice
from pathlib import Path
from typing import TypeAlias

from cases.arrivals.before import Before
from cases.arrivals.columns import Accepted, Refused, Row
from cases.arrivals.customers import Known, customer_keys, looked_up_by
from cases.arrivals.decision import (
    Became,
    Changes,
    Decision,
    Opens,
    Repeats,
    asks_for,
    judged,
    what_becomes,
)
from cases.arrivals.feedback import Arriving, Fault, identity
from cases.arrivals.on_paper import OnPaper, as_kept
from cases.arrivals.scales import SCALE_FAULT
from cases.arrivals.told import Told
from cases.judgement.heads import OPENS
from cases.model import Score, Status
from cases.spoken.durations import say_duration
from cases.text import one_line
from handlers.feedback.batch import arrived_or_put_off
from handlers.feedback.files import read_file
from handlers.feedback.intake import Arrival
from handlers.feedback.judge import judge, scores
from handlers.judging.threshold import opens_from
from handlers.judging.unscored import at_once
from handlers.world import World
from store import cases, customers, feedback
from store.engine import AWAY, Tx

log = logging.getLogger(__name__)
REFUSED_SHOWN = 20
_AT_ONCE = 200  # rows in one commit
_NEW = 1 << 62  # a rehearsed case has a number that no stored one reaches, since it is newer than all of them


Outcome: TypeAlias = Became | Refused


@dataclass(slots=True)
class Report:
    """What became of a whole file; `rehearsed` when nothing was stored."""

    rehearsed: bool = False
    counts: Counter[Became] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    left_out: Sequence[str] = ()
    unread: Sequence[str] = ()
    old: int = 0
    alarm_within: timedelta = timedelta(days=30)
    passed_over: int = 0

    @classmethod
    def of(cls, rows: Iterable[Row], *, rehearsed: bool, passed_over: int) -> Report:
        """Before anything became of the rows; `passed_over` are those that nobody wants."""
        rows = list(rows)
        return cls(rehearsed, left_out=left_out(rows), unread=unread(rows), passed_over=passed_over)

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
        if self.passed_over:
            yield f"{self.passed_over:>7}  passed over, since they were said before"
        if self.old:
            rows = "1 row is" if self.old == 1 else f"{self.old} rows are"
            yield f"{rows} older than {say_duration(self.alarm_within)}: kept, no case. [import] alarm_within says how old."
        yield from (refused_line(refused) for refused in self.refused[:REFUSED_SHOWN])
        if len(self.refused) > REFUSED_SHOWN:
            yield f"  … and {len(self.refused) - REFUSED_SHOWN} more; --refused FILE writes them all"
        if self.unread:
            more = f" and {len(self.unread) - REFUSED_SHOWN} more" if len(self.unread) > REFUSED_SHOWN else ""
            columns = ", ".join(self.unread[:REFUSED_SHOWN])
            yield f'Not read, but kept and shown: {columns}{more}. To say what a column is: --map "Column=comment"'
        if self.left_out:
            yield "Left out, because it could not be read; the rest of the row was taken:"
        yield from self.left_out[:REFUSED_SHOWN]
        if len(self.left_out) > REFUSED_SHOWN:
            yield f"  … and {len(self.left_out) - REFUSED_SHOWN} more"
        if self.rehearsed:
            yield "Nothing was stored: this was a dry run."
        elif self.counts[Became.CASE]:
            yield "The cards of new cases appear in Slack while the bot runs, at Slack's pace."


_SAID = {
    Became.CASE: "new cases",
    Became.JOINED: "joined a case of the same customer that is open",
    Became.UPDATED: "told us more about feedback we had",
    Became.KNOWN: "known already",
    Became.RECORDED: "recorded without a case",
}


def unread(rows: Iterable[Row]) -> list[str]:
    """The columns that no field took, in any row; of what was read elsewhere, a cell that was not is told with its line."""
    usable = [row.arriving for row in rows if isinstance(row, Accepted)]
    taken = {question for each in usable for _, question in each.taken_from}
    found = dict.fromkeys(question for each in usable for question in each.feedback.unread if question not in taken)
    return [one_line(question, 60) for question in found]


def left_out(rows: Iterable[Row]) -> list[str]:
    """What of the usable rows cannot be read, a line for each, as the report names it."""
    usable = (row for row in rows if isinstance(row, Accepted))
    return [*dict.fromkeys(_left_out(row.line, fault) for row in usable for fault in row.arriving.ignored)]


def _left_out(line: int, fault: Fault) -> str:
    """A scale that nobody knows is a whole column's, and told once."""
    return f"  {fault}" if fault.field == SCALE_FAULT else f"  line {line}: {fault}"


def refused_line(refused: Refused) -> str:
    """A refused row as the report names it."""
    return f"  line {refused.line}: {refused.why}"


def rows_of(path: Path, told: Told | None = None) -> list[Row]:
    """All rows of a file, usable or refused. Raises OSError, UnusableFile, and UnusableHeader where no column says anything."""
    return list(read_file(path, told))


def take_in(world: World, rows: Iterable[Row]) -> Iterator[Outcome]:
    """Takes the rows in, many with one durable step. A row that breaks is refused and stops no other.

    Raises what a database raises that is away; importing the file again then goes on where this ended.
    """
    since, rows = alarms_since(world), iter(rows)
    while together := list(islice(rows, _AT_ONCE)):
        came = [replace(row.arriving, alarms_since=since) for row in together if isinstance(row, Accepted)]
        became = iter(_taken(world, came))
        yield from _each(together, lambda _, became=became: _insisted(next(became)))  # type: ignore[misc]


def _taken(world: World, arriving: Sequence[Arriving]) -> list[Arrival | Exception]:
    """What became of them in the end: whoever imports wants to read it. What hangs on a score comes after it."""
    came = arrived_or_put_off(world, arriving)
    pending = {place: one.feedback for place, one in enumerate(came) if isinstance(one, Arrival) and _to_be_judged(one)}
    told = judge(world, [*pending.values()]) if pending else {}
    put_off = [one for one, became in zip(arriving, came, strict=True) if became is None]
    later = iter(_taken(world, put_off) if put_off else ())
    return [next(later) if one is None else told.get(pending.get(place, 0), one) for place, one in enumerate(came)]


def _insisted(arrival: Arrival | Exception) -> Became:
    if isinstance(arrival, Exception):
        raise arrival
    return arrival.became


def rehearse(world: World, rows: Iterable[Row]) -> Iterator[Outcome]:
    """What `take_in` would do with the rows now, found out by reading alone."""
    rehearsal, since = _Rehearsal(world), alarms_since(world)
    return _each(rows, lambda accepted: rehearsal.take(replace(accepted.arriving, alarms_since=since)))


def alarms_since(world: World) -> datetime:
    """What was said before then is recorded, and opens no case."""
    return world.now() - world.policy.imports.alarm_within


def old_ones(world: World, rows: Iterable[Row]) -> int:
    """How many of the usable rows were said too long ago to alarm anybody."""
    since = alarms_since(world)
    usable = (row.arriving for row in rows if isinstance(row, Accepted))
    return sum(replace(arriving, alarms_since=since).is_old for arriving in usable)


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


def _to_be_judged(taken: Arrival | Decision) -> bool:
    return taken.assessment.pending and taken.became is not Became.KNOWN


class _Rehearsal:
    """Carries the decisions out on paper: what this file's rows so far would have left, beside what is stored."""

    def __init__(self, world: World) -> None:
        self.store, self.policy, self.now = world.store, world.policy, world.now()
        self.region = self.policy.customers.region
        self.judge = world.judge
        self.paper = OnPaper(self.region)
        self.waiting: set[int] = set()  # cases that are open now, whatever is stored
        self.numbers = count(_NEW)

    def take(self, arriving: Arriving) -> Became:
        decision = self.store.read(lambda tx: self._decided(tx, replace(arriving, heard_at=self.now)))
        if not isinstance(decision, Repeats) and _to_be_judged(decision):
            pending = as_kept(decision, decision.case)
            (score,) = scores(self.judge, [pending.feedback], at_once)
            decision = self.store.read(lambda tx: self._judged(tx, pending, score))
        case = next(self.numbers) if isinstance(decision, Opens) else decision.case
        if not isinstance(decision, Repeats):
            self.paper.keep(decision, case, self.now)
        if case is not None and (isinstance(decision, Opens) or (decision.word and decision.word.waits_anew)):
            self.waiting.add(case)
        return decision.became

    def _decided(self, tx: Tx, arriving: Arriving) -> Decision:
        before = self.paper.had.get(identity(arriving.feedback)) or feedback.known(tx, arriving.feedback)[1]
        known = self._known(tx, asks_for(arriving, before, self.region))
        score, later = before.score if isinstance(before, Before) else None, self.judge is not None
        opens = opens_from(arriving.feedback, score, tx, self.policy, self.now) if score or not later else OPENS
        return what_becomes(arriving, before, known, region=self.region, scored_later=later, opens=opens)

    def _judged(self, tx: Tx, pending: Before, score: Score | None) -> Changes:
        keys = looked_up_by(pending.feedback, self.region)
        opens = opens_from(pending.feedback, score, tx, self.policy, self.now)
        return judged(pending, score, self._known(tx, keys), region=self.region, opens=opens)

    def _known(self, tx: Tx, keys: frozenset[str]) -> list[Known]:
        """As `customers.known_by` would answer once these rows were stored."""
        thanks, more, numbers = self.paper.met(keys)
        stored = customers.known_by(tx, more)
        alone = [each for each in stored if each.number is None and identity(each.feedback[0]) not in self.paper.had]
        added = frozenset().union(*(customer_keys(each.feedback[0], self.region) for each in alone)) - more
        numbers |= {each.number for each in stored if each.number is not None} | self.paper.cases_under(added)
        cases = [self._case(tx, number) for number in sorted(numbers, reverse=True)]
        return [*cases, *alone, *(Known(None, None, (each,)) for each in thanks)]

    def _case(self, tx: Tx, number: int) -> Known:
        stored = cases.load(tx, number)
        had = {identity(each): each for each in (stored.feedback if stored else ())}
        had |= {identity(each): each for each in self.paper.of_case(number)}
        status = Status.UNCLAIMED if stored is None or number in self.waiting else stored.status
        heard_at = self.paper.heard_at.get(number) or (stored.heard_at if stored else None)
        return Known(number, status, tuple(had.values()), heard_at)
