"""Whatever happened to cases, the figures are those that anybody can count again from the export."""

from __future__ import annotations

import io
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from cases.acts.act import Act, ActionName, Change
from cases.acts.actions import decide
from cases.acts.contact import First, contact_before
from cases.acts.effects import reopened
from cases.figures.digest import Digest
from cases.figures.stats import Contacts, Lengths, Spread
from cases.model import Case, Grade, Outcome, Severity, Status, Via, Way
from cases.nudges.ladder import planned
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of
from handlers.digest.figures import digest_of, series_before, stats_of
from handlers.slack.clients import Slack
from handlers.slack.directory import Offline
from handlers.terminal.export import COLUMNS, export, export_timeline
from handlers.world import World
from store import cases, contacts, feedback, timeline
from store.engine import Store, Tx, connect
from tests import recount
from tests.store.rows import CARE, a_case, heard, said

POLICY = Policy()
HOURS = recount.Hours()
ANA, BEN = "UANA00001", "UBEN00001"
SOURCES = ("form", "survey", "by hand", "phone", "mail", "shop", "chat")
ACTS = (*ActionName, *(3 * [ActionName.CONTACTED]), *(2 * [ActionName.CLAIM]), *(2 * [ActionName.CLOSE]))
Line = tuple[datetime, str | None, str, dict[str, Any]]


class Chance(random.Random):
    """Instants and lengths as they fall, in whole seconds: more exact is no export."""

    def length(self, most: timedelta) -> timedelta:
        seconds = most.total_seconds()
        return timedelta(seconds=self.choice([0, self.randint(0, 90), self.randint(0, int(seconds))]))


def history(chance: Chance, number: int, now: datetime) -> tuple[Case, list[Line], list[First]]:
    """One case from its customer's word to now, as it is after all that befell it, what its timeline says, and its first
    contacts of before its customer waited anew."""
    at = now - chance.length(timedelta(days=50))
    spoke = at - chance.length(timedelta(days=3))
    case = replace(a_case(opened_at=at), number=number, waiting_since=spoke, severity=chance.choice(list(Severity)))
    case, lines, contacted = planned(case, POLICY), [(at, None, "opened", {})], list[First]()
    for _ in range(chance.randint(0, 8)):
        at += chance.length(timedelta(days=6))
        if at > now:
            break
        before = case
        case, line = _befalls(chance, case, at)
        lines += [line] if line else []
        contacted += filter(None, [line and contact_before(before, case, line[2])])
    if case.evidence is None and (case.contacted_at or chance.random() < 0.2):
        case = replace(case, evidence=chance.choice(list(Grade)) if case.contacted_at else Grade.CLICKED)
    return case, lines, contacted


def _befalls(chance: Chance, case: Case, at: datetime) -> tuple[Case, Line | None]:
    if case.status is Status.CLOSED and chance.random() < 0.5:
        again = reopened(case, at)
        return planned(replace(again, waiting_since=at - chance.length(timedelta(hours=9))), POLICY), (
            (at, None, "wrote_again", {})
        )
    act = Act(
        chance.choice(ACTS),
        chance.choice([ANA, BEN]),
        Via.SLASH,
        to=BEN,
        text=chance.choice([None, "a word"]),
        until=at + timedelta(hours=chance.randint(1, 200)),
        way=chance.choice([None, *Way]),
        at=chance.choice([None, at - chance.length(timedelta(hours=30))]),
        outcome=chance.choice(list(Outcome)),
    )
    decision = decide(case, act, at)
    if not isinstance(decision, Change):
        return case, None
    return planned(decision.case, POLICY), (at, act.actor, act.action, dict(decision.facts))


@pytest.fixture
def store(tmp_path: Any) -> Iterator[Store]:
    from store import schema

    engine = connect(f"sqlite:///{tmp_path}/histories.db")
    schema.migrate(engine)
    store = Store(engine)
    yield store
    store.close()


def lived(store: Store, chance: Chance, count: int, now: datetime) -> None:
    """So many histories have happened in this database."""

    def work(tx: Tx) -> None:
        numbers = cases.new_numbers(tx, count)
        told = [history(chance, number, now) for number in numbers]
        cases.open_together(tx, [case for case, _, _ in told])
        for case, lines, contacted in told:
            for again in range(chance.randint(1, 2)):
                words = said(f"f-{case.number}-{again}", source=chance.choice(SOURCES))
                feedback.record(tx, heard(words), case.number, now)
            for at, actor, action, facts in lines:
                timeline.note_down(tx, case.number, at, actor, action, Via.SLASH, facts)
            for first in contacted:
                contacts.remember(tx, case.number, first)

    store.write(work)


@pytest.mark.long
@pytest.mark.parametrize(
    ("rounds", "count"), [(2, 150), pytest.param(4, 2_500, marks=pytest.mark.long)], ids=["300", "10,000"]
)
def test_figures_are_those_that_anybody_can_recount(store: Store, rounds: int, count: int) -> None:
    chance = Chance(20260105)
    now = datetime(2026, 3, 2, 9, 30, tzinfo=UTC)
    for _ in range(rounds):
        now += chance.length(timedelta(days=9)) + timedelta(hours=5)
        lived(store, chance, count, now)
        told, recounted = told_and_recounted(store, now)
        assert told == recounted


def test_recount_shares_nothing_with_the_bot() -> None:
    ours = re.compile(r"^(?:from|import) (?:bot|cases|handlers|prompts|sandbox|store|tests)\b", re.MULTILINE)
    assert ours.findall(Path(recount.__file__).read_text()) == []


def test_every_column_of_the_export_is_explained() -> None:
    page = (Path(__file__).parents[2] / "docs" / "figures.md").read_text()
    assert [column for column in COLUMNS if f"`{column}`" not in page] == []


Figures = dict[str, Any]


def told_and_recounted(store: Store, now: datetime) -> tuple[list[Figures], list[Figures]]:
    """What statistics, digest and chart say, and the same as it is found in the export."""
    world = World(store=store, policy=POLICY, now=lambda: now, slack=Slack(""), directory=Offline(CARE, lambda: now))
    table, lines = io.StringIO(newline=""), io.StringIO()
    export(store, POLICY, table, now)
    export_timeline(store, lines)
    rows = recount.read(table.getvalue(), lines.getvalue())
    both = [_stats(world, rows, timedelta(days=days)) for days in (1, 7, 30)] + [_morning(world, rows)]
    return [told for told, _ in both], [again for _, again in both]


def _stats(world: World, rows: list[recount.Row], window: timedelta) -> tuple[Figures, Figures]:
    found = world.store.read(lambda tx: stats_of(world, tx, window))
    again = recount.of_time(rows, found.since, world.now() + timedelta(milliseconds=1), HOURS)
    so_now, series = recount.now(rows), found.series
    most_frequent = sorted(again["by_source"].items(), key=lambda each: (-each[1], each[0]))
    told = {
        "new": found.new,
        "of all sources": found.new,
        "by_source": list(found.by_source),
        "contacts": _plain(found.contacts),
        "by_severity": {severity: _plain(some) for severity, some in found.by_severity},
        "claims": _listed(found.claims),
        "closed": dict(found.closed),
        "waits": found.waits._asdict(),
        "clicked": found.clicked,
        "course": {"new": series.new, "contacted": series.contacted, "waiting": series.waiting},
    }
    recounted = {
        "new": again["new"],
        "of all sources": sum(again["by_source"].values()),
        "by_source": most_frequent[: len(found.by_source)],
        **{name: again[name] for name in ("contacts", "by_severity", "claims")},
        "closed": dict(again["closed"]),
        "waits": so_now["waits"],
        "clicked": so_now["clicked"],
        "course": recount.course(rows, series.days, HOURS, found.days_each),
    }
    return told, recounted


def _morning(world: World, rows: list[recount.Row]) -> tuple[Figures, Figures]:
    day = calendar_of(POLICY).local_date(world.now())
    digest: Digest = world.store.read(lambda tx: digest_of(world, tx, day))
    again, so_now = recount.of_time(rows, digest.since, digest.until, HOURS), recount.now(rows)
    series = world.store.read(lambda tx: series_before(world, tx, day))
    told = {
        "contacts": _plain(digest.contacts),
        "closed": digest.closed,
        "won_back": digest.won_back,
        "lost": digest.lost,
        "waiting": len(digest.waiting) + digest.more,
        "clicked": digest.clicked,
        "promises": len(digest.promises) + digest.more_promises,
        "in hand": sum(len(holding.cases) + holding.more for holding in digest.holds),
        "course": series.waiting,
    }
    due = [at for at in so_now["promised"].values() if at < HOURS.midnight(day + timedelta(days=1))]
    recounted = {
        "contacts": again["contacts"],
        "closed": sum(again["closed"].values()),
        "won_back": again["closed"].get("won_back", 0),
        "lost": again["closed"].get("lost", 0),
        "waiting": so_now["waiting"],
        "clicked": so_now["clicked"],
        "promises": len(due),
        "in hand": len(so_now["in_hand"]),
        "course": recount.course(rows, series.days, HOURS)["waiting"],
    }
    return told, recounted


def _plain(contacts: Contacts) -> dict[str, Any]:
    return {
        "count": contacts.count,
        "in_time": contacts.in_time,
        "felt": _listed(contacts.felt),
        "working": _listed(contacts.working),
        "by_grade": {str(grade): count for grade, count in contacts.by_grade},
    }


def _listed(lengths: Lengths) -> list[timedelta]:
    return [lengths.median, lengths.ninetieth] if isinstance(lengths, Spread) else list(lengths)
