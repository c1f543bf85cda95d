"""What a replay comes to, in words: one policy, or two side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, time, timedelta
from typing import Any

from cases.policy.ladder import Rung
from cases.policy.page import Policy
from cases.policy.values import Section
from cases.replay.figures import Figures, Role
from cases.replay.people import People
from cases.replay.play import CHANNEL
from cases.replay.rows import Said
from cases.spoken.durations import say_duration, write_duration
from handlers.terminal.replay_tables import as_lines, tables


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
    def days(self) -> tuple[date, date]:
        """The first and the last day on which something was said."""
        zone = next(iter(self.policies.values())).zone
        return self.said.first_at.astimezone(zone).date(), self.said.last_at.astimezone(zone).date()


def when(replayed: Replayed) -> str:
    """The days it is about: "3 March 2025 to 1 May 2025"."""
    return " to ".join(dict.fromkeys(f"{day.day} {day:%B %Y}" for day in replayed.days))


def headline(replayed: Replayed) -> Iterator[str]:
    """What it comes to, a sentence or two for each policy."""
    for name, figures in replayed.figures.items():
        begins = f"With {name}: " if len(replayed.figures) > 1 else ""
        played = len(replayed.said.arriving)
        share = round(100 * figures.cases / played)
        long = _many(figures.long_waits, "customer") if figures.long_waits else "No customer"
        yield (
            f"{begins}{_many(figures.cases, 'case')} from {_many(played, 'piece')} of feedback ({share} in 100). "
            f"{long} would have waited longer than a day. {_reminders(figures)}"
        )


def _reminders(figures: Figures) -> str:
    most = max((share.most for person, share in figures.messages.items() if person != CHANNEL), default=0)
    direct, threads = _direct(figures), _to(figures, Role.THREAD)
    ways = [
        f"in {_many(direct, 'direct message')} (at most {most} to one person in a day)" if direct else "",
        f"{threads:,} in threads" if threads else "",
    ]
    if not figures.reminded:
        return "Nobody would have been reminded."
    return f"{_many(figures.reminded, 'reminder')} would have come, {' and '.join(filter(None, ways))}."


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
        f"Every row is heard at the moment it names, under both policies by the same people at the same pace. What a row means is read "
        f"as {next(iter(replayed.policies))} says."
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
    yield f"{replayed.file}, {when(replayed)}, replayed."
    yield ""
    yield from headline(replayed)
    if len(replayed.policies) > 1:
        yield ""
        yield f"With {list(replayed.policies)[-1]}"
        yield from (f"  {each}" for each in (*differences(replayed), *settings_apart(replayed)))
    for table in tables(replayed.figures):
        yield ""
        yield from as_lines(table)
    yield ""
    yield "What this assumes"
    yield from (f"  {each}" for each in assumed(replayed))
    yield from left_over(replayed)
