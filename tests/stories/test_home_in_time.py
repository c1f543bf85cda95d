"""A Home tab shows what is so: it follows what colleagues do, and an older view never takes the place of a newer one."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from handlers.outbox.deliver import _Delivery
from handlers.outbox.render import Rendered, render
from handlers.team.home import refresh_onlookers
from sandbox.people.reading import plain
from store import messages
from store.messages import Owed
from tests.stories.stage import Actor, Stage

LEASE = timedelta(seconds=60)  # as the stage's policy has it


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, before whom case 1 lies unclaimed."""
    stage.receives()
    return stage.person("ana")


@pytest.fixture
def ben(stage: Stage) -> Actor:
    return stage.person("ben")


def ticks(stage: Stage) -> int:
    """The clock looks whose tab is behind, and the outbox shows it."""
    count = refresh_onlookers(stage.world)
    stage.settle()
    return count


# What colleagues do


def test_tab_follows_what_a_colleague_does(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.open_home()
    ben.command("/case", "claim 1")
    assert ticks(stage) == 1
    assert f"<@{ben.id}>" in plain(ana.home())
    assert "'action_id': 'claim'" not in str(ana.home().view)


def test_tab_without_news_is_left_alone(stage: Stage, ana: Actor) -> None:
    ana.open_home()
    shown = stage.practice.faults.count("views.publish")
    assert ticks(stage) == 0
    assert stage.practice.faults.count("views.publish") == shown


@pytest.mark.long
def test_whoever_looked_long_ago_is_not_followed(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.open_home()
    stage.jump(timedelta(minutes=11))
    ben.command("/case", "claim 1")
    assert ticks(stage) == 0
    ana.open_home()
    assert f"<@{ben.id}>" in plain(ana.home())


@pytest.mark.long
def test_much_news_is_one_view(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.open_home()
    shown = stage.practice.faults.count("views.publish")
    for text in ("claim 1", "note 1 She rang", "snooze 1 1h", "contacted 1 phone"):
        ben.command("/case", text)
    ticks(stage)
    assert stage.practice.faults.count("views.publish") == shown + 1
    assert "*Contacted; nothing is late* · 1" in plain(ana.home())


# No older view after a newer one


def hung(stage: Stage) -> tuple[Owed, Rendered]:
    """A process takes the view that is owed, works out what it says, and then hangs for longer than its lease."""
    world = stage.world
    (owed,) = world.store.write(lambda tx: messages.take_due(tx, world.now(), LEASE, timedelta()))
    rendered = world.store.read(lambda tx: render(world, tx, owed))
    assert owed.kind == "home"
    assert rendered is not None
    return owed, rendered


def wakes(stage: Stage, owed: Owed, rendered: Rendered) -> None:
    """Its request, begun in time, reaches Slack only now."""
    _Delivery(stage.world)._send(replace(owed, begin_by=stage.now), rendered)


def opens(person: Actor) -> None:
    """Opens the tab while all workers are busy."""
    person._colleague.open_home()


def stands(person: Actor) -> str:
    """What the tab shows before the workers do anything more."""
    return plain(person._colleague.home())


@pytest.mark.parametrize("seen_before", [True, False])
def test_view_of_a_hung_process_does_not_stay(stage: Stage, ana: Actor, ben: Actor, seen_before: bool) -> None:
    if seen_before:
        ana.open_home()
    opens(ana)
    owed, older = hung(stage)
    stage.jump(timedelta(seconds=61))
    ben.command("/case", "claim 1")
    ana.open_home()
    assert f"<@{ben.id}>" in plain(ana.home())
    wakes(stage, owed, older)
    assert (f"<@{ben.id}>" in stands(ana)) is seen_before  # then Slack does not even take it
    stage.settle()
    assert f"<@{ben.id}>" in plain(ana.home())


@pytest.mark.long
def test_view_whose_answer_was_lost_is_followed_all_the_same(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.open_home()
    stage.practice.faults.drop_after("views.publish")
    ana.open_home()
    stage.pass_time(minutes=2, step=timedelta(seconds=30))
    ben.command("/case", "claim 1")
    ana.open_home()
    assert f"<@{ben.id}>" in plain(ana.home())


@pytest.mark.long
def test_choice_made_while_a_view_is_sent_is_shown_after_it(stage: Stage, ana: Actor) -> None:
    ana.open_home()
    opens(ana)
    owed, older = hung(stage)
    ana._colleague.click(ana.home(), "show_critical")
    wakes(stage, owed, older)
    assert "Nothing here just now" not in stands(ana)
    stage.settle()
    assert "Nothing here just now" in plain(ana.home())
