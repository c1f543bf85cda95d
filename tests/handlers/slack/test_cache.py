"""Answers that are kept: asked for seldom, outdated ones better than none, and no hurry to hear a refusal again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from handlers.slack.cache import BEFORE_TRYING_AGAIN, WHILE_TRUE, Kept

START = datetime(2026, 1, 5, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


class Desk:
    """Somebody who answers, or does not, and counts how often they were asked; with a clock turned by hand."""

    def __init__(self) -> None:
        self.at = START
        self.answers: dict[str, int] = {}
        self.asked: list[str] = []

    def ask(self, key: str) -> int | None:
        self.asked.append(key)
        return self.answers.get(key)

    def now(self) -> datetime:
        return self.at


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_answer_is_asked_for_again_when_its_time_is_over(desk: Desk) -> None:
    kept = Kept(desk.ask, desk.now)
    desk.answers["a"] = 0  # nothing that counts as nothing is mistaken for no answer
    for after, asked in [(0 * SECOND, 1), (WHILE_TRUE - SECOND, 1), (WHILE_TRUE, 2), (WHILE_TRUE + SECOND, 2)]:
        desk.at = START + after
        assert kept.get("a") == 0
        assert len(desk.asked) == asked


def test_each_key_has_an_answer_of_its_own(desk: Desk) -> None:
    kept = Kept(desk.ask, desk.now)
    desk.answers = {"a": 1, "b": 2}
    assert [kept.get(key) for key in "abab"] == [1, 2, 1, 2]
    assert desk.asked == ["a", "b"]


def test_outdated_answer_stands_in_for_a_failure(desk: Desk) -> None:
    kept = Kept(desk.ask, desk.now)
    desk.answers["a"] = 1
    kept.get("a")
    desk.answers.clear()
    desk.at += WHILE_TRUE
    assert [kept.get("a"), kept.get("a"), kept.known("a")] == [1, 1, 1]
    assert len(desk.asked) == 2
    desk.answers["a"] = 3
    desk.at += BEFORE_TRYING_AGAIN
    assert kept.get("a") == 3


@pytest.mark.parametrize("pause", [SECOND, WHILE_TRUE])
def test_failure_is_not_tried_again_before_its_pause(desk: Desk, pause: timedelta) -> None:
    kept = Kept(desk.ask, desk.now, pause)
    assert kept.get("a") is None
    desk.answers["a"] = 1
    desk.at = START + pause - timedelta(microseconds=1)
    assert kept.get("a") is None
    desk.at = START + pause
    assert kept.get("a") == 1


def test_what_is_known_is_told_without_asking(desk: Desk) -> None:
    kept = Kept(desk.ask, desk.now)
    desk.answers["a"] = 1
    assert kept.known("a") is None
    assert desk.asked == []


def test_age_of_an_answer_is_known_while_nobody_answers(desk: Desk) -> None:
    kept = Kept(desk.ask, desk.now)
    assert kept.is_older("a")
    desk.answers["a"] = 1
    kept.get("a")
    desk.answers.clear()
    for after, older in [(WHILE_TRUE - SECOND, False), (WHILE_TRUE, True)]:
        desk.at = START + after
        kept.get("a")
        assert kept.is_older("a") is older


def test_amended_answer_is_as_old_as_before(desk: Desk) -> None:
    kept = Kept(desk.ask, desk.now)
    desk.answers = {"a": 1, "b": 2}
    kept.get("a")
    desk.at += WHILE_TRUE - SECOND
    kept.get("b")
    kept.amend(lambda answer: answer * 10)
    desk.at += SECOND
    assert (kept.known("a"), kept.known("b")) == (10, 20)
    assert (kept.is_due("a"), kept.is_due("b")) == (True, False)


def test_outdated_answer_is_asked_for_when_it_is_wanted(desk: Desk) -> None:
    kept = Kept(desk.ask, desk.now)
    desk.answers["a"] = 1
    kept.get("a")
    desk.answers["a"] = 2
    kept.outdate("a")
    assert [kept.known("a"), kept.get("a"), kept.get("a")] == [1, 2, 2]
    assert desk.asked == ["a", "a"]
