"""The model's second opinion on each case, and what every call to a model cost."""

from __future__ import annotations

import pytest
from sqlalchemy import select, update

from store import opinions
from store import tables as t
from store.engine import Tx
from tests.store.rows import LEASE, NOW, SECOND, later, opened


@pytest.fixture
def number(tx: Tx) -> int:
    """A case on which an opinion is owed."""
    number = opened(tx).number
    opinions.want(tx, number, NOW)
    return number


def test_owed_opinion_is_taken_with_its_attempt(tx: Tx, number: int) -> None:
    assert opinions.take_wanted(tx, NOW, LEASE) == [(number, 1)]
    assert not opinions.any_wanted(tx, NOW + LEASE - SECOND)
    assert opinions.take_wanted(tx, NOW + LEASE, LEASE) == [(number, 2)]


def test_opinion_put_off_is_asked_for_later(tx: Tx, number: int) -> None:
    opinions.take_wanted(tx, NOW, LEASE)
    opinions.put_off(tx, number, later(seconds=5))
    assert not opinions.any_wanted(tx, later(seconds=4))
    assert opinions.take_wanted(tx, later(seconds=5), LEASE) == [(number, 2)]


@pytest.mark.parametrize("opinion", [{"title": "Cold soup"}, None], ids=["given", "given up"])
def test_opinion_is_given_once_and_owed_no_more(tx: Tx, number: int, opinion: dict[str, str] | None) -> None:
    assert opinions.give(tx, number, opinion)
    assert not opinions.give(tx, number, {"title": "later"})
    assert not opinions.any_wanted(tx, later(days=1))
    assert tx.execute(select(t.opinions.c.opinion)).scalar_one()["title"] == (opinion or {}).get("title")


REMARK = ("it was late", "She asked why.")


def test_reading_of_a_reply_is_owed_beside_the_opinion(tx: Tx, number: int) -> None:
    opinions.want_again(tx, number, NOW)
    opinions.keep_reading(tx, number, "ab", [REMARK])
    assert not opinions.is_given(tx, number)
    assert opinions.take_wanted(tx, NOW, LEASE) == [(number, 1)]
    assert opinions.give(tx, number, {"title": "Cold soup"})
    assert not opinions.is_wanted(tx, number)
    assert opinions.readings(tx, number) == {"ab": (REMARK,)}


def test_reply_of_an_older_case_asks_for_no_opinion(tx: Tx) -> None:
    number = opened(tx).number
    opinions.want_again(tx, number, NOW)
    assert opinions.is_given(tx, number)
    assert opinions.take_wanted(tx, NOW, LEASE) == [(number, 1)]
    opinions.keep_reading(tx, number, "ab", None)
    assert not opinions.is_wanted(tx, number)
    assert opinions.readings(tx, number) == {"ab": ()}


def test_opinion_given_up_before_is_not_asked_again(tx: Tx, number: int) -> None:
    tx.execute(update(t.opinions).values(done=True, opinion=None))  # as earlier versions kept it
    opinions.want_again(tx, number, NOW)
    assert opinions.is_given(tx, number)


def test_what_is_asked_already_is_not_taken_twice(tx: Tx, number: int) -> None:
    opinions.take_wanted(tx, NOW, LEASE)
    opinions.want_again(tx, number, NOW)
    assert opinions.take_wanted(tx, NOW, LEASE) == []


def test_only_the_latest_readings_are_kept(tx: Tx, number: int) -> None:
    for place in range(30):
        opinions.keep_reading(tx, number, f"{place}", [])
    assert list(opinions.readings(tx, number)) == [f"{place}" for place in range(10, 30)]


def test_reading_of_an_erased_case_goes_nowhere(tx: Tx) -> None:
    number = opened(tx).number
    opinions.keep_reading(tx, number, "ab", [REMARK])
    assert opinions.readings(tx, number) == {}


def test_few_opinions_are_taken_oldest_first(tx: Tx) -> None:
    numbers = [opened(tx).number for _ in range(6)]
    for place, number in enumerate(numbers):
        opinions.want(tx, number, later(seconds=-place))
    assert [number for number, _ in opinions.take_wanted(tx, NOW, LEASE)] == numbers[:1:-1]


def test_every_call_to_a_model_is_kept(tx: Tx, number: int) -> None:
    cost = {"input_tokens": 900, "output_tokens": 120, "latency_ms": 800}
    opinions.record_call(tx, number, NOW, prompt="reply_draft", prompt_hash="ab", model="small", **cost)
    opinions.record_call(tx, None, NOW, prompt="reply_draft", prompt_hash="ab", model="small", failure="timeout")
    rows = [row._mapping for row in tx.execute(select(t.model_calls).order_by(t.model_calls.c.id))]
    assert [(row["case_number"], row["input_tokens"], row["failure"]) for row in rows] == [
        (number, 900, None),
        (None, 0, "timeout"),
    ]
