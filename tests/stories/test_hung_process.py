"""A process hangs in the middle of telling Slack something, longer than its lease, while another one goes on working."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot import build_world
from handlers.world import World
from sandbox.people.reading import plain
from tests.elapsing import PATIENCE
from tests.stories.stage import POLICY, Stage, payload, work_of

POST, EDIT, HISTORY = "chat.postMessage", "chat.update", "conversations.history"
LONGER = 2 * POLICY.delivery.lease


class Hanging:
    """What the bot says with a client, until it is about to call `method`: then `meanwhile` happens first."""

    def __init__(self, client: Any, method: str, meanwhile: Callable[[], object]) -> None:
        self._method, self._meanwhile = method, meanwhile
        self._call, client.api_call = client.api_call, self

    def __call__(self, method: str, **arguments: Any) -> Any:
        if method == self._method:
            self._method = ""
            self._meanwhile()
        return self._call(method, **arguments)


def hangs(stage: Stage, method: str, meanwhile: Callable[[], object]) -> None:
    Hanging(stage.world.slack.writes, method, meanwhile)
    Hanging(stage.world.slack.reads, method, meanwhile)


def another(stage: Stage) -> World:
    """The world of a second process."""
    return build_world(stage.settings, stage.practice.clock.now)


def works_on(stage: Stage, world: World, length: timedelta = LONGER) -> None:
    """Time passes, in which the second process does what it finds to do."""
    stage.practice.clock.jump(length)
    while work_of(world):
        pass


@pytest.mark.long
def test_post_that_comes_late_is_taken_back(stage: Stage) -> None:
    second = another(stage)
    hangs(stage, POST, lambda: works_on(stage, second))
    stage.receives()
    stage.jump(LONGER)
    assert stage.practice.faults.count("chat.delete") == 1
    assert "Claim" in plain(stage.card())  # and there is but one

    stage.person("ana").click(stage.card(), "claim")
    assert payload(stage.card())["owner"] == stage.person("ana").id
    second.store.close()


def test_post_that_was_found_meanwhile_is_kept(stage: Stage) -> None:
    """It hangs after Slack has shown the message: the other process finds it, and nobody takes it back."""
    second = another(stage)
    record = stage.world.store.write
    waits = [lambda: works_on(stage, second)]

    def answered(call: Any) -> None:
        if call.method == POST and waits:
            stage.world.store.write = late  # type: ignore[method-assign]

    def late(work: Any) -> Any:
        stage.world.store.write = record  # type: ignore[method-assign]
        waits.pop()()
        return record(work)

    stage.practice.faults.on_call.append(answered)
    stage.receives()
    assert "Claim" in plain(stage.card())
    assert stage.practice.faults.count("chat.delete") == 0
    second.store.close()


def test_two_late_posts_leave_one_card(stage: Stage) -> None:
    """The second process hangs in its own post, and the first comes to before it: then the second one's is the copy."""
    second = another(stage)
    posting, done = threading.Event(), threading.Event()

    def and_waits() -> None:
        posting.set()
        assert done.wait(PATIENCE)

    def meanwhile() -> None:
        stage.practice.clock.jump(LONGER)
        beside.start()
        assert posting.wait(PATIENCE)

    beside = threading.Thread(target=work_of, args=(second,))
    Hanging(second.slack.writes, POST, and_waits)
    hangs(stage, POST, meanwhile)
    stage.receives()
    first = stage.card().ts
    done.set()
    beside.join()
    stage.jump(LONGER)
    assert stage.card().ts == first
    second.store.close()


def test_edit_that_comes_late_is_put_right(stage: Stage) -> None:
    """It was written before Ana's claim and comes after it: the card must not say for ever that nobody has the case."""
    stage.receives()
    second = another(stage)
    ana = stage.person("ana").id

    def meanwhile() -> None:
        stage.practice.person("ana").click(stage.card(), "claim")
        works_on(stage, second)
        assert payload(stage.card())["owner"] == ana

    hangs(stage, EDIT, meanwhile)
    stage.receives(external_id="f-1", comment="And nobody answers the telephone.")
    stage.jump(LONGER)
    assert payload(stage.card())["owner"] == ana
    second.store.close()


@pytest.mark.parametrize("length", [POLICY.delivery.lease * 0.6, LONGER], ids=["half a lease", "two leases"])
def test_what_was_not_begun_in_time_is_not_begun(stage: Stage, length: timedelta) -> None:
    """It hangs before it posts, while it looks whether an earlier post has landed: others may be looking by now."""
    faults = stage.practice.faults
    faults.drop_before(POST)
    stage.receives()
    hangs(stage, HISTORY, lambda: stage.practice.clock.jump(length))
    stage.practice.clock.jump(POLICY.delivery.lease)
    assert stage.work()
    assert faults.count(POST) == 1
    stage.jump(LONGER)
    assert len(stage.practice.messages("card")) == 1


def test_private_answer_is_not_lost_by_hanging(stage: Stage) -> None:
    """What was certainly not begun is begun later, though its fate could not be looked up."""
    stage.receives()
    stage.person("ana").react(stage.card(), "eyes")
    render = stage.world.directory.place

    def slowly(where: str) -> str:
        stage.world.directory.place = render  # type: ignore[method-assign]
        stage.practice.clock.jump(LONGER)
        return render(where)

    stage.world.directory.place = slowly  # type: ignore[method-assign]
    stage.person("ben").react(stage.card(), "eyes")
    stage.jump(LONGER)
    assert any("Ana" in said or stage.person("ana").id in said for said in stage.person("ben").sees())
