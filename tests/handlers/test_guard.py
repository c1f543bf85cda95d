"""What breaks is logged, waits its hour and hurts nothing else: alone, within a transaction, and in each loop of the workers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError

from handlers.guard import POISONED, unit_of_work
from handlers.outbox import deliver
from handlers.reminders import sweep
from handlers.reply import write
from handlers.world import World
from store import facts
from store.engine import Tx
from store.messages import Owed
from tests.stories.stage import Stage, payload

AWAY = OperationalError("UPDATE cases", {}, Exception("the line is cut"))


@pytest.fixture(autouse=True)
def _log(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.ERROR)


# Alone


def test_whole_unit_is_neither_logged_nor_put_off(caplog: pytest.LogCaptureFixture) -> None:
    off: list[str] = []
    with unit_of_work("case 1", lambda: off.append("case 1")):
        pass
    assert (off, caplog.messages) == ([], [])


def test_broken_unit_is_named_and_put_off(caplog: pytest.LogCaptureFixture) -> None:
    off: list[str] = []
    with unit_of_work("case 1", lambda: off.append("case 1")):
        raise KeyError("a fault of ours")
    assert off == ["case 1"]
    assert caplog.messages == ["case 1 broke, and all else goes on"]
    assert "a fault of ours" in caplog.text


def test_unit_that_nothing_puts_off_ends_quietly(caplog: pytest.LogCaptureFixture) -> None:
    with unit_of_work("the nudges tick"):
        raise ValueError
    assert caplog.messages == ["the nudges tick broke, and all else goes on"]


def test_absent_database_puts_nothing_off_for_long(caplog: pytest.LogCaptureFixture) -> None:
    off: list[str] = []
    with unit_of_work("message 1", lambda: off.append("message 1")):
        raise AWAY
    assert off == []
    assert [line.split(":")[0] for line in caplog.messages] == ["message 1 waits, the database does not answer"]
    assert "Traceback" not in caplog.text


def test_end_of_the_program_is_let_through() -> None:
    with pytest.raises(KeyboardInterrupt), unit_of_work("the drafts loop", lambda: pytest.fail("put off")):
        raise KeyboardInterrupt


# Inside a transaction


def test_broken_part_is_undone_and_others_stay(world: World) -> None:
    def work(tx: Tx) -> None:
        with unit_of_work("the first", inside=tx):
            facts.remember(tx, "first", {})
            raise ValueError
        with unit_of_work("the second", inside=tx):
            facts.remember(tx, "second", {})

    world.store.write(work)
    kept = world.store.read(lambda tx: [facts.recall(tx, name) is not None for name in ("first", "second")])
    assert kept == [False, True]


def test_absent_database_ends_the_whole_transaction(world: World) -> None:
    def work(tx: Tx) -> None:
        with unit_of_work("the first", lambda: pytest.fail("put off"), inside=tx):
            raise AWAY

    with pytest.raises(OperationalError):
        world.store.write(work)


# In the loops


def breaking(function: Callable[..., Any], breaks: Callable[..., bool]) -> Callable[..., Any]:
    """The function, but for some of its arguments broken."""

    def broken(*arguments: Any) -> Any:
        if breaks(*arguments):
            raise KeyError("a fault of ours")
        return function(*arguments)

    return broken


def two_cases(stage: Stage) -> None:
    stage.receives()
    stage.receives(external_id="f-2")


def test_poisoned_case_waits_while_others_are_nudged(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    two_cases(stage)
    with monkeypatch.context() as patch:
        patch.setattr(sweep, "looked_at", breaking(sweep.looked_at, lambda case, *_: case.number == 1))
        stage.pass_time(minutes=15)
        assert [payload(nudge)["case"] for nudge in stage.nudges()] == [2]
        assert stage.case(1).next_nudge_at == stage.now + POISONED
    stage.pass_time(minutes=60)
    assert 1 in [payload(nudge)["case"] for nudge in stage.nudges("thread")]


def test_poisoned_nudge_lets_its_case_rest_an_hour(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    two_cases(stage)
    monkeypatch.setattr(sweep, "owe", breaking(sweep.owe, lambda _tx, address, *_: address == "thread 1"))
    stage.pass_time(minutes=15)
    assert [payload(nudge)["case"] for nudge in stage.nudges()] == [2]
    assert stage.case(1).next_nudge_at == stage.now + POISONED


@pytest.mark.long
def test_poisoned_nudge_is_said_later_and_others_not_again(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    lead = stage.person("lea").id
    stage.receives()
    stage.pass_time(minutes=30)
    with monkeypatch.context() as patch:
        patch.setattr(sweep, "owe", breaking(sweep.owe, lambda _tx, address, *_: address == lead))
        stage.pass_time(
            minutes=15
        )  # half an hour after the clock to an owner the lead is told, by a rung that never repeats
        assert not stage.nudges("lea")
        said_in_thread = len(stage.nudges("thread"))
    stage.pass_time(minutes=59)
    assert not stage.nudges("lea")
    stage.pass_time(minutes=1)
    assert [payload(nudge)["case"] for nudge in stage.nudges("lea")] == [1]
    assert said_in_thread == 1
    assert len(stage.nudges("thread")) == 2


@pytest.mark.long
def test_poisoned_draft_becomes_a_scaffold_and_hurts_no_other(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(write, "proposed", breaking(write.proposed, lambda _world, case, _draft: case.number == 1))
        two_cases(stage)
        assert sorted(payload(draft)["case"] for draft in stage.practice.messages("draft")) == [1, 2]
    stage.pass_time(minutes=65)
    assert len(stage.practice.messages("draft")) == 2


def test_poisoned_message_waits_while_others_are_shown(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def is_poisoned(_world: World, _tx: Tx, owed: Owed, _hidden: object) -> bool:
        return (owed.kind, owed.case_number) == ("card", 1)

    with monkeypatch.context() as patch:
        patch.setattr(deliver, "render", breaking(deliver.render, is_poisoned))
        two_cases(stage)
        assert [payload(card)["case"] for card in stage.practice.messages("card")] == [2]
    stage.jump(timedelta(minutes=59))
    assert len(stage.practice.messages("card")) == 1
    stage.jump(timedelta(minutes=2))
    assert [payload(card)["case"] for card in stage.practice.messages("card")] == [2, 1]
