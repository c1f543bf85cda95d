"""What has been kept long enough goes by night, whole and alone: no word of it is left, and all else is as it was."""

from __future__ import annotations

import itertools
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select, text

from cases.messages.kinds import Answer, Card, Contact, Notice
from cases.messages.notes import Heard, Say
from cases.model import Customer, Status, Via
from cases.policy.page import Policy
from cases.replies.drafts import Origin, Reply
from handlers import retention
from handlers.retention import retire
from handlers.slack.clients import Slack
from handlers.slack.directory import Offline
from handlers.world import World
from store import cases, drafts, feedback, opinions, replies, timeline
from store import tables as t
from store.engine import Store, Tx, connect
from store.retention import over
from tests.store.rows import CARE, heard, opened, owe, post, read, said, take, write

NIGHT = datetime(2026, 1, 5, 4, 0, tzinfo=UTC)  # five o'clock in Berlin
DAY = timedelta(days=1)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest) -> str:
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    return f"sqlite:///{request.getfixturevalue('database')}"


@pytest.fixture
def world(url: str) -> Iterator[World]:
    with_clock = Clock()
    world = World(
        store=Store(connect(url)),
        policy=Policy(),
        now=with_clock,
        slack=Slack(""),
        directory=Offline(CARE, with_clock),
    )
    yield world
    world.store.close()


class Clock:
    """Stands at night until somebody turns it."""

    now = NIGHT

    def __call__(self) -> datetime:
        return self.now


def deliver(world: World) -> None:
    """Slack is shown all that is owed."""
    while due := world.store.write(lambda tx: take(tx, world.now(), limit=500)):
        for owed in due:
            world.store.write(lambda tx, owed=owed: post(tx, owed))  # type: ignore[misc]


def sleep(world: World) -> None:
    """The night passes; what is owed to Slack is shown meanwhile."""
    for _ in range(50):
        deliver(world)
        if not retire(world) and world.store.read(retention.last)["done"]:  # type: ignore[index]
            return
    raise AssertionError("the night finds no end")


_ids = itertools.count(1)


class Life:
    """A customer with all that can gather around one; every text holds `word`, which nobody else's does."""

    def __init__(self, world: World, *, status: Status | None, age: timedelta) -> None:
        self.number, self.word = next(_ids), f"zzword{next(_ids)}q"
        at = world.now() - age
        self.case: int | None = None
        world.store.write(lambda tx: self._begins(tx, status, at))

    def _begins(self, tx: Tx, status: Status | None, at: datetime) -> None:
        word = self.word
        customer = Customer(f"{word} Zabel", f"{word}@example.org", None, f"{word}-id")
        if status is not None:
            closed = {"closed_at": at, "closed_by": "UANA"} if status is Status.CLOSED else {}
            case = opened(tx, status=status, opened_at=at, title=word, learned=f"call {word}", **closed)
            self.case = case.number
        told = said(
            f"f-{self.number}", customer=customer, comment=f"The {word} collapsed.", subject=word, order_ref=word
        )
        self.feedback = feedback.record(tx, heard(told), self.case, at)
        if self.case is not None:
            self._gathers(tx, self.case, at)

    def _gathers(self, tx: Tx, number: int, at: datetime) -> None:
        word = self.word
        letter = Reply(subject=word, body=f"Dear {word}")
        timeline.note_down(tx, number, at, "UANA", "note", Via.THREAD, {"text": f"{word} likes tea"})
        card = owe(tx, f"card:{number}", Card(), case_number=number, now=at)
        joined = Heard(say=Say.JOINED, source="form", external_id=f"f-{self.number}")
        owe(tx, f"note:{number}", joined, case_number=number, thread_of=card, now=at)
        drafts.begin(tx, number, "wanted", at)
        (taken,) = drafts.take_wanted(tx, at, timedelta(minutes=1))
        drafts.write(tx, taken, letter, Origin.MODEL, at)
        approved = replies.Approved(case=number, version=1, at=at, by="UANA", subject=word, body=f"Dear {word} " * 9)
        replies.keep(tx, approved)
        opinions.want(tx, number, at)
        opinions.give(tx, number, {"title": word})
        opinions.keep_reading(tx, number, "digest", [(f"Dear {word}", f"{word} hates that")])
        opinions.record_call(tx, number, at, prompt="p", prompt_hash="h", model="m")
        for kind, payload in (
            ("answer", Answer(f"#{number} {word}", ())),
            ("notice", Notice(word, ())),
            ("to", Contact()),
        ):
            owe(tx, f"{kind}:{number}", payload, only_for="UANA", now=at)


def everything(store: Store) -> str:
    """All that every table holds, as text."""
    return str([read(store, lambda tx, i=i: tx.execute(select(i)).all()) for i in t.metadata.sorted_tables])


def words_left(world: World, lives: list[Life]) -> list[bool]:
    there = everything(world.store)
    return [life.word in there for life in lives]


OVER = [
    (Status.CLOSED, timedelta(days=731), True),
    (Status.CLOSED, timedelta(days=729), False),
    (Status.CLOSED, timedelta(days=40), False),
    (Status.UNCLAIMED, timedelta(days=4000), False),
    (Status.CLAIMED, timedelta(days=731), False),
    (Status.CONTACTED, timedelta(days=731), False),
    (None, timedelta(days=31), True),
    (None, timedelta(days=29), False),
]


@pytest.mark.few(2)
@pytest.mark.parametrize(("status", "age", "goes"), OVER)
def test_words_go_when_their_time_is_over(world: World, status: Status | None, age: timedelta, goes: bool) -> None:
    life = Life(world, status=status, age=age)
    sleep(world)
    assert words_left(world, [life]) == [not goes]


def test_figures_of_an_erased_case_stay(world: World) -> None:
    life = Life(world, status=Status.CLOSED, age=800 * DAY)
    before = read(world.store, cases.load, life.case)
    sleep(world)
    after = read(world.store, cases.load, life.case)
    for name in ("status", "severity", "opened_at", "closed_at", "closed_by", "waiting_since", "channel"):
        assert getattr(after, name) == getattr(before, name), name
    assert after.feedback[0].rating == before.feedback[0].rating
    assert [line.action for line in read(world.store, timeline.history, life.case)] == ["note"]


def test_private_answers_go_after_a_week_whatever_became_of_the_case(world: World) -> None:
    old = write(world.store, owe, "answer:old", Answer("#7 zabaglione", ()), only_for="UANA", now=NIGHT - 8 * DAY)
    young = write(world.store, owe, "answer:young", Answer("#7 trifle", ()), only_for="UANA", now=NIGHT - 6 * DAY)
    sleep(world)
    left = read(world.store, lambda tx: tx.scalars(select(t.messages.c.id)).all())
    assert (old in left, young in left) == (False, True)
    assert "zabaglione" not in everything(world.store)


def test_young_answer_about_an_erased_case_keeps_none_of_its_words(world: World) -> None:
    life = Life(world, status=Status.CLOSED, age=800 * DAY)
    told = [Answer(f"#{life.case} {life.word}", ()), Answer(f"{life.word.upper()} Zabel", ()), Answer("#99 trifle", ())]
    for index, answer in enumerate(told):
        write(world.store, owe, f"told:{index}", answer, only_for="UANA", now=NIGHT - DAY)
    sleep(world)
    assert words_left(world, [life]) == [False]
    assert "#99 trifle" in everything(world.store)


def test_counts_and_pictures_do_not_grow_for_ever(world: World) -> None:
    for days in (800, 10):
        at = NIGHT - days * DAY
        write(world.store, opinions.record_call, None, at, prompt="p", prompt_hash="h", model="m")
        digest = write(world.store, owe, f"digest:{days}", "digest", now=at)
        row = {"message": digest, "state": "shown", "attempts": 0, "name": "four-weeks.png", "size": 0}
        write(world.store, lambda tx, row=row: tx.execute(insert(t.attached), row))
    sleep(world)
    for table in (t.model_calls, t.attached):
        assert len(read(world.store, lambda tx, table=table: tx.execute(select(table)).all())) == 1


def test_newest_message_stays_so_that_its_number_is_not_given_again(world: World) -> None:
    only = write(world.store, owe, "answer:old", Answer("hm", ()), only_for="UANA", now=NIGHT - 80 * DAY)
    sleep(world)
    assert read(world.store, lambda tx: tx.scalars(select(t.messages.c.id)).all()) == [only]


# By night, in small steps


def test_day_begins_nothing_and_night_is_done_once(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    Life(world, status=None, age=40 * DAY)
    sleep(world)
    assert caplog.text.count(" retention: ") == 1
    assert "erased tonight: 1 piece of feedback that opened none\n" in caplog.text
    world.now.now = NIGHT + timedelta(hours=20)  # type: ignore[attr-defined]
    late = Life(world, status=None, age=40 * DAY)
    assert not retire(world)
    assert words_left(world, [late]) == [True]
    world.now.now = NIGHT + timedelta(hours=22, minutes=1)  # type: ignore[attr-defined]  three o'clock in Berlin
    sleep(world)
    assert words_left(world, [late]) == [False]
    assert caplog.text.count(" retention: ") == 2


@pytest.mark.few(1)
def test_one_step_is_small_and_waits_for_slack(world: World) -> None:
    lives = [Life(world, status=Status.CLOSED, age=800 * DAY) for _ in range(12)]
    deliver(world)
    retire(world)
    assert words_left(world, lives).count(False) == 5
    retire(world)  # its edits are owed yet
    assert words_left(world, lives).count(False) == 5
    deliver(world)
    retire(world)
    assert words_left(world, lives).count(False) == 10


def test_edits_of_the_night_come_after_all_that_is_owed(world: World) -> None:
    Life(world, status=Status.CLOSED, age=800 * DAY)
    deliver(world)
    retire(world)
    new = write(world.store, owe, "card:new", Card(), now=NIGHT)
    assert write(world.store, take, NIGHT)[0].id == new


def test_two_workers_share_the_night(world: World, url: str) -> None:
    lives = [Life(world, status=None, age=40 * DAY) for _ in range(5)]
    other = World(
        store=Store(connect(url)), policy=world.policy, now=world.now, slack=world.slack, directory=world.directory
    )
    retire(other)
    sleep(world)
    assert not retire(other)
    other.store.close()
    assert words_left(world, lives) == [False] * 5
    assert read(world.store, retention.last)["gone"]["harmless"] == 5


def test_rehearsal_says_what_would_go_and_changes_nothing(world: World) -> None:
    Life(world, status=Status.CLOSED, age=800 * DAY)
    Life(world, status=None, age=40 * DAY)
    before = everything(world.store)
    since = retention.since(world.policy, NIGHT)
    tonight = read(world.store, over, since, NIGHT)
    assert (tonight.cases, tonight.harmless) == (1, 1)
    assert everything(world.store) == before


# Whatever there is

_lives = st.lists(st.tuples(st.sampled_from([None, *Status]), st.integers(0, 1500)), max_size=6)
_kept = st.tuples(st.integers(30, 900), st.integers(1, 900), st.integers(1, 300))


@pytest.mark.few(1)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lives=_lives, kept=_kept)
def test_no_word_of_the_erased_is_left_and_the_others_are_whole(
    world: World, lives: list[tuple[Status | None, int]], kept: tuple[int, int, int]
) -> None:
    words, harmless, answers = (f"{days}d" for days in kept)
    privacy = {"keep_words": words, "keep_harmless": harmless, "keep_answers": answers}
    world = replace(world, policy=Policy.model_validate({"privacy": privacy}))
    world.store.write(lambda tx: tx.execute(text("DELETE FROM facts")))
    told = [(Life(world, status=status, age=days * DAY), status, days) for status, days in lives]
    deliver(world)

    def rows(life: Life) -> Any:
        table = t.feedback if life.case is None else t.cases
        key = t.feedback.c.id == life.feedback if life.case is None else t.cases.c.number == life.case
        return read(world.store, lambda tx: tx.execute(select(table).where(key)).one())

    def goes(status: Status | None, days: int) -> bool:
        return days > kept[1] if status is None else status is Status.CLOSED and days > kept[0]

    before = {life: rows(life) for life, *_ in told}
    sleep(world)
    left = words_left(world, [life for life, *_ in told])
    assert left == [not goes(status, days) for _, status, days in told]
    assert [life for life, status, days in told if not goes(status, days) and rows(life) != before[life]] == []
