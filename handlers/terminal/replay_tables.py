"""The tables of a replay: what is counted, and how its rows are called; nothing here knows how a table is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any, Literal, TypeAlias

from cases.arrivals.decision import Became
from cases.model import Severity
from cases.occasions import When
from cases.replay.figures import Figures, Role
from cases.replay.play import CHANNEL
from handlers.cards import words

Plot = Literal["bars", "columns", "spans"]
Counts: TypeAlias = Mapping[Any, int]
_MOST = 12  # rows of a table that could go on
_H, _D = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Table:
    """One thing that was counted: a row for each of its parts, a number in it for each of the `heads`.

    `said` is what it tells in a sentence or two; `plot` how it is drawn. Of "spans" the numbers are median, p95 and most.
    """

    title: str
    said: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    plot: Plot


@dataclass(frozen=True, slots=True, kw_only=True)
class _Count:
    """What is counted `of` figures, by which `keys` (chosen from what was counted under each policy), each by its `label`."""

    title: str
    said: str
    of: Callable[[Figures], Counts]
    keys: Callable[[Sequence[Counts]], Sequence[Any]]
    label: Callable[[Any], str] = str
    plot: Plot = "bars"

    def table(self, by_policy: Mapping[str, Figures]) -> Table:
        counts = [self.of(figures) for figures in by_policy.values()]
        rows = ((self.label(key), tuple(each.get(key, 0) for each in counts)) for key in self.keys(counts))
        return Table(self.title, self.said, tuple(by_policy), tuple(rows), self.plot)


def _in_order(counts: Sequence[Counts]) -> list[Any]:
    return sorted(set().union(*counts))


def _as_found(counts: Sequence[Counts]) -> list[Any]:
    return list(dict.fromkeys(key for each in counts for key in each))


def _frequent(counts: Sequence[Counts], most: int = _MOST) -> list[Any]:
    """The most frequent under any policy."""
    return sorted(_as_found(counts), key=lambda key: -max(each.get(key, 0) for each in counts))[:most]


_ROWS = {
    Became.CASE: "new cases",
    Became.JOINED: "joined a case of the same customer that was open",
    Became.UPDATED: "told more about feedback that was there",
    Became.KNOWN: "said what was known",
    Became.RECORDED: "opened no case",
}
_UNSURE = "of them unsure"
_BUCKETS = {
    "within an hour": _H,
    "1 to 4 h": 4 * _H,
    "4 to 8 h": 8 * _H,
    "8 to 24 h": _D,
    "1 to 2 days": 2 * _D,
    "2 to 4 days": 4 * _D,
    "longer": timedelta.max,
}
_TO = {
    Role.OWNER: "to its owner",
    Role.LEAD: "to the lead",
    Role.MANAGER: "to the manager",
    Role.OTHER: "to somebody named in the ladder",
    Role.THREAD: "in its thread",
}


def _month(written: str) -> str:
    return f"{date.fromisoformat(f'{written}-01'):%b %y}"


def _of_what(reminded: tuple[When, Role]) -> str:
    when, role = reminded
    return f"{words.NUDGES[when].was} · {_TO[role]}"


def _by_length(figures: Figures) -> Counts:
    counts = dict.fromkeys(_BUCKETS, 0)
    for wait in figures.waits:
        counts[next(label for label, up_to in _BUCKETS.items() if wait <= up_to)] += 1
    return counts


def _by_person(figures: Figures) -> Counts:
    return {person: figures.by_person.get(person, 0) for person in figures.messages if person != CHANNEL}


_COUNTS = (
    _Count(
        title="What became of the feedback",
        said="A piece of feedback opens a case, belongs to one that is open, or is harmless.",
        of=lambda figures: figures.became,
        keys=lambda counts: list(_ROWS),
        label=lambda became: _ROWS[became],
    ),
    _Count(
        title="Cases by month",
        said="In the month in which they would have been opened.",
        of=lambda figures: figures.months,
        keys=_in_order,
        label=_month,
        plot="columns",
    ),
    _Count(
        title="How grave they were",
        said="At the end, with all that the customer said. An unsure case opens with a question, and is one of the others too.",
        of=lambda figures: {**figures.severities, _UNSURE: figures.unsure},
        keys=lambda counts: [*reversed(Severity), _UNSURE],
    ),
    _Count(
        title="Why they would have been opened",
        said="A case can have several reasons; the most frequent ones.",
        of=lambda figures: figures.reasons,
        keys=_frequent,
        label=words.reason,
    ),
    _Count(
        title="Where they came from",
        said="The source of a case's first feedback.",
        of=lambda figures: figures.sources,
        keys=_frequent,
    ),
    _Count(
        title="How long customers waited for contact",
        said="By the calendar, nights and weekends included; once for each time that a customer waited.",
        of=_by_length,
        keys=_as_found,
    ),
    _Count(
        title="Reminders: of what, and to whom",
        said="Each case that a message names counts.",
        of=lambda figures: figures.reminders,
        keys=partial(_frequent, most=30),
        label=_of_what,
    ),
    _Count(
        title="Reminders: to which person",
        said="Directly; each case that a message names counts.",
        of=_by_person,
        keys=_as_found,
    ),
    _Count(
        title="Reminders: at which hour",
        said="By the clock of the team's time zone.",
        of=lambda figures: figures.hours,
        keys=_in_order,
        label="{:02d}".format,
        plot="columns",
    ),
)


def tables(by_policy: Mapping[str, Figures]) -> Iterator[Table]:
    """All of them, in the order in which they are read: the figures are of each policy by its name."""
    yield from (count.table(by_policy) for count in _COUNTS)
    for name, figures in by_policy.items():
        yield _by_day(figures, f" with {name}" if len(by_policy) > 1 else "")


def _by_day(figures: Figures, under: str) -> Table:
    said = (
        f"On each of {figures.working_days:,} working days, quiet ones included: half of the days stay within the median, "
        "95 in 100 within p95. The channel sees new cards, and what is said aloud."
    )
    rows = tuple((whom, (share.median, share.p95, share.most)) for whom, share in figures.messages.items())
    return Table(f"Messages a day{under}", said, ("median", "p95", "most"), rows, "spans")


def as_lines(table: Table) -> Iterator[str]:
    """A table as it stands on a terminal."""
    heads = ["", *table.heads] if len(table.heads) > 1 else [""]
    lines = [[label, *(f"{number:,}" for number in numbers)] for label, numbers in table.rows]
    label = max((len(line[0]) for line in lines), default=0)
    width = max((len(cell) for line in [heads, *lines] for cell in line[1:]), default=1)
    yield table.title
    if len(table.heads) > 1:
        yield f"  {'':<{label}}  " + "  ".join(f"{head:>{width}}" for head in heads[1:])
    for first, *numbers in lines:
        yield f"  {first:<{label}}  " + "  ".join(f"{number:>{width}}" for number in numbers)
