"""The page Prometheus reads: gauges as the database has them at that moment, and counters of this process."""

from __future__ import annotations

import pytest
from prometheus_client.parser import text_string_to_metric_families

from cases.model import Status
from handlers.http import metrics
from handlers.world import World
from store import messages
from tests.store.rows import LEASE, NO_PACE, NOW, opened, owe, write


def figures(world: World, name: str) -> dict[str, float]:
    """The samples of one metric, by the value of their first label."""
    families = text_string_to_metric_families(metrics.page(world).decode())
    family = next(family for family in families if family.name == name)
    return {next(iter(sample.labels.values())): sample.value for sample in family.samples}


@pytest.mark.long
def test_empty_installation_shows_every_figure_as_nought(world: World) -> None:
    assert figures(world, "amends_cases") == {"unclaimed": 0, "claimed": 0, "contacted": 0}
    assert figures(world, "amends_messages") == {"owed": 0, "dead": 0}


def test_cases_are_shown_by_what_they_wait_for(world: World) -> None:
    for status in (Status.UNCLAIMED, Status.UNCLAIMED, Status.CONTACTED, Status.CLOSED):
        write(world.store, opened, status=status)
    assert figures(world, "amends_cases") == {"unclaimed": 2, "claimed": 0, "contacted": 1}


def test_figure_goes_down_again_when_cases_end(world: World) -> None:
    write(world.store, opened)
    assert figures(world, "amends_cases")["unclaimed"] == 1
    world.store.write(lambda tx: tx.exec_driver_sql("UPDATE cases SET status = 'closed'"))
    assert figures(world, "amends_cases")["unclaimed"] == 0


@pytest.mark.parametrize(("why", "dead"), [("is_archived", 1), ("moot", 0)])
def test_messages_given_up_are_told_from_unneeded(world: World, why: str, dead: int) -> None:
    write(world.store, owe, "card:1")
    write(world.store, owe, "card:2", channel="CELSE0001")
    first, _ = world.store.write(lambda tx: messages.take_due(tx, NOW, LEASE, NO_PACE))
    write(world.store, messages.bury, first, why)
    assert figures(world, "amends_messages") == {"owed": 1, "dead": dead}
