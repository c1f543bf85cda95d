"""What a replay comes to, in words and tables: one policy, or two side by side; nothing here knows how a table is drawn."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any, Literal

from cases.arrivals.decision import Became
from cases.model import Severity
from cases.policy.ladder import Rung
from cases.policy.page import Policy
from cases.policy.values import Section
from cases.replay.figures import Figures, Role
from cases.replay.people import People
from cases.replay.play import CHANNEL
from cases.replay.rows import Said
from cases.spoken.durations import say_duration, write_duration
from handlers.cards import words

Plot = Literal["bars", "columns", "spans"]
_MOST = 12  # rows of a table that could go on
_H, _D = timedelta(hours=1), timedelta(days=1)
_BUCKETS = (
    ("within an hour", _H),
    ("1 to 4 h", 4 * _H),
    ("4 to 8 h", 8 * _H),
    ("8 to 24 h", _D),
    ("1 to 2 days", 2 * _D),
    ("2 to 4 days", 4 * _D),
    ("longer", timedelta.max),
)
_ROLES = words.ROLES | {Role.OTHER: "somebody named in the ladder"}
_ROWS = {
    Became.CASE: "new cases",
    Became.JOINED: "joined a case of the same customer that was open",
    Became.UPDATED: "told more about feedback that was there",
    Became.KNOWN: "said what was known",
    Became.RECORDED: "opened no case",
}


@dataclass(frozen=True, slots=True)
class Table:
    """One thing that was counted: a row for each of its parts, a number in it for each of the `heads`.

    `said` is what it tells in a sentence or two; `plot` how it is drawn. Of "spans" the numbers are median, p95 and most.
    """

    title: str
    said: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, tuple[int, ...]], ...]
    plot: Plot | None = "bars"


@dataclass(frozen=True, slots=True)
class Replayed:
    """A replay of a file: what was `said` in it, and the figures under each policy by its name, the present one first."""

    file: str
    said: Said
    people: People
    policies: Mapping[str, Policy]
    figures: Mapping[str, Figures]
    learned: bool = False

    @property
    def first(self) -> Figures:
        """Those of the present policy."""
        return next(iter(self.figures.values()))

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day on which something was said."""
        zone = next(iter(self.policies.values())).zone
        return self.said.first_at.astimezone(zone).date(), self.said.last_at.astimezone(zone).date()


def headline(replayed: Replayed) -> Iterator[str]:
    """What it comes to, a sentence or two for each policy."""
    for name, figures in replayed.figures.items():
        begins = f"With {name}: " if len(replayed.figures) > 1 else ""
        played = len(replayed.said.arriving)
        share = round(100 * figures.cases / played)
        yield (
            f"{begins}{_many(figures.cases, 'case')} from {_many(played, 'piece')} of feedback ({share} in 100). "
            f"{_many(figures.long_waits, 'customer')} would have waited longer than a day. {_messages(figures)}"
        )


def _messages(figures: Figures) -> str:
    most = max((share.most for person, share in figures.messages.items() if person != CHANNEL), default=0)
    return (
        f"{_many(figures.reminded, 'reminder')} would have come, {_to(figures, Role.THREAD):,} of them in threads and the others in "
        f"{_many(_direct(figures), 'direct message')}, at most {most} to one person in a day."
    )


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" if count == 1 else f"{count:,} {what}s"


# What it is worth


def assumed(replayed: Replayed) -> Iterator[str]:
    """What it takes for granted, in plain words."""
    people = replayed.people
    yield (
        f"{_many(people.team, 'colleague')} take cases in turn, however many they have at once. Half of all cases are claimed within "
        f"{say_duration(people.claims_after)} of working time, nine in ten within {say_duration(_nine_in_ten(people.claims_after))}."
    )
    yield (
        f"Half of all customers are contacted within {say_duration(people.contacts_after)} of working time after that, nine in ten "
        f"within {say_duration(_nine_in_ten(people.contacts_after))}. Nobody is away, ill, or quicker because of a reminder."
    )
    yield (
        "Who is asked whether they are still on a case says so at once; who is asked how it ended closes it. Nothing is promised, "
        "put off or dismissed, so unsure cases are looked after like all others."
    )
    yield (
        "Every row is heard at the moment it names, and under both policies by the same people at the same pace."
        if len(replayed.figures) > 1
        else "Every row is heard at the moment it names."
    )
    yield _judged_by(replayed)
    yield (
        "Counted are new cards, reminders, and what is said aloud in the channel. The daily digest, and answers to what somebody "
        "does, come besides. A message that takes in another reminder counts once, since it rings once."
    )


def _nine_in_ten(half: timedelta) -> timedelta:
    minutes = max(1, round(half.total_seconds() * 3.32 / 60))
    return timedelta(minutes=minutes)


def _judged_by(replayed: Replayed) -> str:
    if replayed.learned:
        return "Words are read by the learned judge, as the bot itself does. What your team has taught it since is left out."
    if not any(policy.triage.learned for policy in replayed.policies.values()):
        return "Stars and grave words decide first; other words are read by the small judge, as policy says (learned = false)."
    return (
        "Stars and grave words decide first; other words are read by the small judge that stands in for the learned one, and finds "
        "less. --learned asks the learned one: some 25 to 50 ms for each comment."
    )


def left_over(replayed: Replayed) -> Iterator[str]:
    """What of the file was not played, or not as it stands there."""
    said = replayed.said
    if said.without_time:
        yield f"{_rows(said.without_time)} left out: nothing says when it was said."
    if said.refused:
        yield f"{_rows(len(said.refused))} left out: unreadable."
    if said.ahead:
        yield f"{_rows(said.ahead)} from the future, by {'its' if said.ahead == 1 else 'their'} own time: taken as said today."
    if said.by_day:
        yield (
            f"{_rows(said.by_day)} known by the day alone: heard at its midnight, so waits look some hours longer than they were."
        )


def _rows(count: int) -> str:
    return f"{count:,} row is" if count == 1 else f"{count:,} rows are"


# Tables


def tables(replayed: Replayed) -> Iterator[Table]:
    """All of them, in the order in which they are read."""
    names, all_figures = tuple(replayed.figures), tuple(replayed.figures.values())

    def counted(
        title: str,
        said: str,
        rows: Sequence[tuple[str, Any]],
        of: Callable[[Figures], Mapping[Any, int]],
        plot: Plot | None = "bars",
    ) -> Table:
        each = [of(figures) for figures in all_figures]
        numbers = tuple((label, tuple(counts.get(key, 0) for counts in each)) for label, key in rows)
        return Table(title, said, names, numbers, plot)

    yield counted(
        "What became of the feedback",
        "A piece of feedback opens a case, belongs to one that is open, or is harmless.",
        [(said, became) for became, said in _ROWS.items()],
        lambda figures: figures.became,
    )
    yield counted(
        "Cases by month",
        "In the month in which they would have been opened.",
        _keys(all_figures, lambda figures: figures.months, _month),
        lambda figures: figures.months,
        "columns",
    )
    yield counted(
        "How grave they were",
        "At the end, with all that the customer said. An unsure case opens with a question, and is one of the others too.",
        [*((str(each), each) for each in reversed(Severity)), ("of them unsure", "unsure")],
        lambda figures: {**figures.severities, "unsure": figures.unsure},
    )
    yield counted(
        "Why they would have been opened",
        "A case can have several reasons; the most frequent ones.",
        [(words.reason(code), code) for code in _frequent(all_figures, lambda figures: figures.reasons)],
        lambda figures: figures.reasons,
    )
    yield counted(
        "Where they came from",
        "The source of a case's first feedback.",
        [(source, source) for source in _frequent(all_figures, lambda figures: figures.sources)],
        lambda figures: figures.sources,
    )
    yield counted(
        "How long customers waited for contact",
        "By the calendar, nights and weekends included; once for each time that a customer waited.",
        [(label, label) for label, _ in _BUCKETS],
        lambda figures: _by_length(figures.waits),
    )
    yield counted(
        "Reminders: of what, and to whom",
        "Each case that a message names counts.",
        [
            (f"{words.NUDGES[when].was} · to {_ROLES[role]}", (when, role))
            for when, role in _frequent(all_figures, lambda figures: figures.reminders, most=30)
        ],
        lambda figures: figures.reminders,
    )
    yield counted(
        "Reminders: to which person",
        "Directly; each case that a message names counts.",
        [(person, person) for person in _people(all_figures)],
        lambda figures: figures.by_person,
    )
    yield counted(
        "Reminders: at which hour",
        "By the clock of the team's time zone.",
        _keys(all_figures, lambda figures: figures.hours, "{:02d}".format),
        lambda figures: figures.hours,
        "columns",
    )
    for name, figures in replayed.figures.items():
        yield _by_day(figures, f" with {name}" if len(replayed.figures) > 1 else "")


def _by_day(figures: Figures, under: str) -> Table:
    shares = {person: figures.messages[person] for person in [*_people([figures]), CHANNEL]}
    said = (
        f"On each of {_many(figures.working_days, 'working day')}, quiet ones included: half of the days stay within the median, "
        "95 in 100 within p95. The channel sees new cards, and what is said aloud."
    )
    rows = tuple((person, (share.median, share.p95, share.most)) for person, share in shares.items())
    return Table(f"Messages a day{under}", said, ("median", "p95", "most"), rows, "spans")


def _people(all_figures: Sequence[Figures]) -> list[str]:
    everybody = dict.fromkeys(person for figures in all_figures for person in figures.messages)
    return [person for person in everybody if person != CHANNEL]


def _keys(
    all_figures: Sequence[Figures],
    of: Callable[[Figures], Mapping[Any, int]],
    label: Callable[[Any], str] = str,
) -> list[tuple[str, Any]]:
    return [(label(key), key) for key in sorted({key for figures in all_figures for key in of(figures)})]


def _month(written: str) -> str:
    return f"{date.fromisoformat(f'{written}-01'):%b %y}"


def _frequent(
    all_figures: Sequence[Figures], of: Callable[[Figures], Mapping[Any, int]], most: int = _MOST
) -> list[Any]:
    """The most frequent under any policy."""
    keys = dict.fromkeys(key for figures in all_figures for key in of(figures))
    return sorted(keys, key=lambda key: -max(of(figures).get(key, 0) for figures in all_figures))[:most]


def _by_length(waits: Sequence[timedelta]) -> dict[str, int]:
    counts = dict.fromkeys((label for label, _ in _BUCKETS), 0)
    for wait in waits:
        counts[next(label for label, up_to in _BUCKETS if wait <= up_to)] += 1
    return counts


# Two policies


def differences(replayed: Replayed) -> Iterator[str]:
    """What the second policy would have changed, named in words; nothing where there is none."""
    if len(replayed.figures) < 2:
        return
    before, after = replayed.figures.values()
    yield _more_or_fewer("case", "cases", before.cases, after.cases)
    waited = "waited longer than a day"
    yield _more_or_fewer(f"customer {waited}", f"customers {waited}", before.long_waits, after.long_waits)
    yield _more_or_fewer("reminder", "reminders", before.reminded, after.reminded)
    yield _more_or_fewer("direct message", "direct messages", _direct(before), _direct(after))
    for role, whom in _WHOM.items():
        was, now = _to(before, role), _to(after, role)
        if was != now:
            yield _more_or_fewer(f"reminder {whom}", f"reminders {whom}", was, now)


_WHOM = {
    Role.OWNER: "to owners",
    Role.LEAD: "to the lead",
    Role.MANAGER: "to the manager",
    Role.OTHER: "to somebody named in the ladder",
    Role.THREAD: "in threads",
}


def _direct(figures: Figures) -> int:
    return sum(sum(share.counts) for person, share in figures.messages.items() if person != CHANNEL)


def _to(figures: Figures, role: Role) -> int:
    return sum(count for (_, told), count in figures.reminders.items() if told is role)


def _more_or_fewer(one: str, many: str, was: int, now: int) -> str:
    if was == now:
        return f"As many {many}: {now:,}."
    by = abs(now - was)
    return f"{by:,} {'more' if now > was else 'fewer'} {one if by == 1 else many}: {now:,} instead of {was:,}."


def settings_apart(replayed: Replayed) -> Iterator[str]:
    """In which settings the two policies differ: "clocks.normal.contact: 1h, and 2h"."""
    if len(replayed.policies) < 2:
        return
    here, there = replayed.policies
    one, other = (dict(_settings(policy)) for policy in replayed.policies.values())
    for name in sorted({*one, *other}):
        if one.get(name) != other.get(name):
            yield f"{name}: {one.get(name, 'not there')} in {here}, {other.get(name, 'not there')} in {there}"


def _settings(value: Any, name: str = "") -> Iterator[tuple[str, str]]:
    """Every setting by its dotted name; a step of the ladder is one."""
    if isinstance(value, Section) and not isinstance(value, Rung):
        for field in type(value).model_fields:
            yield from _settings(getattr(value, field), f"{name}.{field}".strip("."))
    elif isinstance(value, Mapping):
        for key, each in value.items():
            yield from _settings(each, f"{name}.{key}".strip("."))
    elif isinstance(value, tuple) and any(isinstance(each, Rung) for each in value):
        for place, each in enumerate(value, start=1):
            yield f"step {place} of the ladder", each.written()
    else:
        yield name, _written(value)


def _written(value: Any) -> str:
    if isinstance(value, timedelta):
        return write_duration(value)
    if isinstance(value, time):
        return f"{value:%H:%M}"
    if isinstance(value, tuple):
        return ", ".join(_written(each) for each in value) or "none"
    return "nobody" if value == "" else str(value)


# For the terminal


def as_text(replayed: Replayed) -> Iterator[str]:
    """All of it as lines."""
    first, last = replayed.days
    yield f"{replayed.file}, {first:%d %b %Y} to {last:%d %b %Y}, replayed."
    yield ""
    yield from headline(replayed)
    if len(replayed.policies) > 1:
        yield ""
        yield f"With {list(replayed.policies)[-1]}"
        yield from (f"  {each}" for each in (*differences(replayed), *settings_apart(replayed)))
    for table in tables(replayed):
        yield ""
        yield from _as_lines(table)
    yield ""
    yield "What this assumes"
    yield from (f"  {each}" for each in assumed(replayed))
    yield from left_over(replayed)


def _as_lines(table: Table) -> Iterator[str]:
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
