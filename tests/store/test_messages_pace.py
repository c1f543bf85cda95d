"""Slack's pace by method: as many calls a minute as its tier allows, whichever process makes them, and never more."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from store import messages
from store import tables as t
from store.engine import Store, Tx
from store.messages import CALLS_A_MINUTE
from tests.store.rows import CARE, LEASE, NOW, later, owe, post, write

SECOND, MINUTE = timedelta(seconds=1), timedelta(minutes=1)
METHODS = sorted(CALLS_A_MINUTE)
gaps = st.lists(st.integers(0, 400) | st.sampled_from([0, 59_999, 60_000, 60_001]), max_size=400)


def may_go(tx: Tx, at: datetime, method: str = "views.publish", channel: str = CARE) -> bool:
    return messages.may_go(tx, method, channel, at, SECOND)


@pytest.mark.few(1)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(gaps, st.sampled_from(["views.publish", "chat.postEphemeral"]))
def test_no_minute_has_more_calls_than_the_tier(tx: Tx, waits: list[int], method: str) -> None:
    tx.execute(delete(t.pauses))
    at, calls = NOW, []
    for wait in waits:
        at += timedelta(milliseconds=wait)
        calls += [at] if may_go(tx, at, method) else []
    assert all(sum(begin <= call < begin + MINUTE for call in calls) <= CALLS_A_MINUTE[method] for begin in calls)


@pytest.mark.few(2)
@pytest.mark.parametrize("method", METHODS)
def test_minute_asked_all_along_has_all_its_calls(tx: Tx, method: str) -> None:
    asked = [(later(milliseconds=ms), f"C{ms}") for ms in range(0, 60_000, 50)]
    assert sum(may_go(tx, at, method, channel) for at, channel in asked) == CALLS_A_MINUTE[method]


def test_first_calls_follow_one_another_at_once(tx: Tx) -> None:
    assert [may_go(tx, NOW) for _ in range(21)] == [True] * 20 + [False]
    assert not may_go(tx, later(milliseconds=740))
    assert may_go(tx, later(milliseconds=741))


def test_quiet_minute_gives_the_first_calls_back(tx: Tx) -> None:
    for _ in range(20):
        may_go(tx, NOW)
    messages.lift_pauses(tx, later(minutes=1))
    assert [may_go(tx, later(minutes=1)) for _ in range(21)] == [True] * 20 + [False]


def test_tidying_up_gives_no_calls_back(tx: Tx) -> None:
    for _ in range(20):
        may_go(tx, NOW)
    messages.lift_pauses(tx, later(seconds=2))
    assert [may_go(tx, later(seconds=2)) for _ in range(3)] == [True, True, False]


def test_edits_of_all_channels_are_counted_together(tx: Tx) -> None:
    assert [may_go(tx, NOW, "chat.update", f"C{n}") for n in range(11)] == [True] * 10 + [False]


def test_new_messages_are_counted_by_channel_only(tx: Tx) -> None:
    assert all(may_go(tx, NOW, "chat.postMessage", f"C{n}") for n in range(100))


def test_processes_share_the_calls_of_a_method(store: Store, another: Callable[[], Store]) -> None:
    stores = [store, another()]
    assert [write(stores[n % 2], may_go, NOW) for n in range(21)] == [True] * 20 + [False]


def test_pace_of_nothing_counts_no_calls(tx: Tx) -> None:
    assert all(messages.may_go(tx, "chat.update", CARE, NOW, timedelta()) for _ in range(200))


@pytest.mark.parametrize("method", METHODS)
def test_refused_call_pauses_the_method_everywhere(tx: Tx, method: str) -> None:
    messages.pause(tx, method, CARE, later(seconds=30))
    assert not may_go(tx, later(seconds=29), method, "CELSE0001")
    assert may_go(tx, later(seconds=30), method, "CELSE0001")


# Late, or only in the queue


def pass_seconds(tx: Tx, seconds: int, refused: int | None = None, still: str = "") -> timedelta:
    """Lets the senders work at Slack's pace for so long; one message is refused each time, one channel stands still.

    Returns how far the clock is then.
    """
    for second in range(seconds):
        for owed in messages.take_due(tx, later(seconds=second), LEASE, SECOND):
            if owed.id == refused:
                messages.put_off(tx, owed, later(seconds=second + 2))
            elif owed.channel != still:
                post(tx, owed)
    return timedelta(seconds=seconds)


def late(tx: Tx, passed: timedelta) -> bool:
    """Whether something is, once so much time has passed."""
    return messages.oldest_owed(tx, NOW + passed - 2 * MINUTE) is not None


@pytest.mark.few(1)
def test_message_whose_turn_has_not_come_is_not_late(tx: Tx) -> None:
    """attacks 25: 300 cards at once take five minutes, and nothing is wrong meanwhile."""
    for number in range(300):
        owe(tx, f"card:{number}")
    assert not late(tx, pass_seconds(tx, 200))
    assert messages.take_due(tx, later(seconds=200), LEASE, SECOND)
    assert not late(tx, timedelta(seconds=200))  # one of them is just being posted
    assert late(tx, timedelta(seconds=210) + 2 * MINUTE)  # nobody sends any more


@pytest.mark.few(1)
def test_moving_queue_hides_no_message_that_is_refused(tx: Tx) -> None:
    refused = owe(tx, "card:0")
    for number in range(300):
        owe(tx, f"card:{number + 1}")
    assert late(tx, pass_seconds(tx, 130, refused))


@pytest.mark.few(1)
def test_channel_that_moves_hides_none_that_stands_still(tx: Tx) -> None:
    for number in range(300):
        owe(tx, f"card:{number}", channel="CBUSY0001")
    owe(tx, "card:300", channel="CQUIET001")
    assert late(tx, pass_seconds(tx, 130, still="CQUIET001"))


def test_lane_that_slack_has_closed_for_a_while_is_not_late(tx: Tx) -> None:
    """A pause that Slack asked for is its pace too."""
    owe(tx)
    messages.pause(tx, "chat.postMessage", CARE, later(minutes=5))
    assert not late(tx, 5 * MINUTE)
    assert late(tx, 8 * MINUTE)
