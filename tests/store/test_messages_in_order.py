"""The outbox, many messages at once: who goes first, who waits for whom, and how fast Slack is spoken to."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pytest
from sqlalchemy import select

from cases.messages.intents import Intent
from cases.messages.kinds import Kind
from store import messages
from store import tables as t
from store.engine import Store, Tx
from tests.store.rows import CARE, LEASE, MINUTE, NOW, SECOND, later, opened, owe, post, take, take_one, write

ELSE = "CELSE0001"
LATER = later(hours=1)


def channels(taken: list[messages.Owed]) -> list[str]:
    return [owed.channel for owed in taken]


def kinds(taken: list[messages.Owed]) -> list[str]:
    return [owed.kind for owed in taken]


# Order


def test_what_people_wait_for_goes_first(tx: Tx) -> None:
    for kind in ("digest", "note", "card"):
        owe(tx, kind, kind)
    order = []
    while taken := take(tx):
        order += kinds(taken)
        post(tx, taken[0])
    assert order == ["card", "note", "digest"]


def test_equal_messages_keep_their_order(tx: Tx) -> None:
    numbers = [owe(tx, f"note:{n}", "note") for n in range(5)]
    order = []
    while taken := take(tx):
        order.append(taken[0].id)
        post(tx, taken[0])
    assert order == numbers


def test_one_new_message_and_one_edit_for_each_channel(tx: Tx) -> None:
    owe(tx, "card:1")
    post(tx, take_one(tx))
    messages.want_again(tx, "card:1", NOW)
    for n in range(2, 5):
        owe(tx, f"card:{n}")
    assert [owed.ts is None for owed in take(tx)] == [False, True]


def test_whispers_and_home_views_need_not_queue(tx: Tx) -> None:
    for n in range(4):
        owe(tx, f"answer:{n}", "answer", only_for="UANA")
        owe(tx, f"home:{n}", "home", f"UANA{n}")
    assert len(take(tx)) == 8


def test_no_more_is_taken_than_was_asked_for(tx: Tx) -> None:
    for n in range(200):
        owe(tx, f"card:{n}", channel=f"C{n:09}")
    assert len(take(tx, limit=20)) == 20


def test_two_hundred_channels_are_served_in_ten_rounds(tx: Tx) -> None:
    for n in range(200):
        owe(tx, f"card:{n}", channel=f"C{n:09}")
    served = []
    for _ in range(10):
        for owed in take(tx, limit=20):
            post(tx, owed)
            served.append(owed.channel)
    assert served == [f"C{n:09}" for n in range(200)]


@pytest.mark.parametrize("pace", [SECOND, 0 * SECOND], ids=["paced", "unpaced"])
def test_long_queue_of_one_channel_delays_no_other(tx: Tx, pace: object) -> None:
    for n in range(150):
        owe(tx, f"card:{n}")
    owe(tx, "digest", "digest", ELSE)
    assert channels(take(tx, pace=pace)) == [CARE, ELSE]  # type: ignore[arg-type]


# Pace


def test_channel_is_posted_to_once_in_its_pace(tx: Tx) -> None:
    owe(tx, "card:1")
    owe(tx, "card:2")
    post(tx, take(tx, pace=SECOND)[0])
    assert not messages.any_due(tx, later(milliseconds=999))
    assert take(tx, later(milliseconds=999), pace=SECOND) == []
    assert len(take(tx, later(seconds=1), pace=SECOND)) == 1


@pytest.mark.parametrize("paced_before", [True, False])
def test_two_processes_keep_one_pace_between_them(
    store: Store, another: Callable[[], Store], paced_before: bool
) -> None:
    """The second reads what is due before the first has committed, and writes after it."""
    if paced_before:
        write(store, messages.pause, "chat.postMessage", CARE, later(seconds=-1))
    for n in range(4):
        write(store, owe, f"card:{n}")
    other, second = another(), list[messages.Owed]()
    other.write(lambda tx: messages.any_due(tx, NOW))  # it is connected
    beside = threading.Thread(target=lambda: second.extend(write(other, take, limit=1, pace=SECOND)))
    with store.engine.begin() as tx:
        first = take(tx, limit=1, pace=SECOND)  # and holds no more rows than it reads
        beside.start()
        beside.join(0.05)  # it waits for us by now; later it would give up, and begin anew
    beside.join()
    assert len(first) == 1
    assert second == []


def test_pace_of_posts_and_edits_is_kept_apart(tx: Tx) -> None:
    owe(tx, "card:1")
    post(tx, take(tx, pace=SECOND)[0])
    messages.want_again(tx, "card:1", NOW)
    owe(tx, "card:2")
    assert [owed.ts is None for owed in take(tx, pace=SECOND)] == [False]


def test_pace_of_zero_leaves_no_pause_behind(tx: Tx) -> None:
    owe(tx)
    take_one(tx)
    assert tx.execute(select(t.pauses)).all() == []


def test_pause_holds_one_method_for_one_channel(tx: Tx) -> None:
    messages.pause(tx, "chat.postMessage", CARE, later(seconds=30))
    owe(tx, "card:1")
    owe(tx, "card:2", channel=ELSE)
    owe(tx, "answer:1", "answer", only_for="UANA")
    assert channels(take(tx)) == [CARE, ELSE]
    assert kinds(take(tx, later(seconds=30))) == ["card"]


def test_pause_without_a_channel_holds_them_all(tx: Tx) -> None:
    messages.pause(tx, "chat.postMessage", "", later(seconds=30))
    owe(tx, "card:1")
    owe(tx, "card:2", channel=ELSE)
    assert take(tx, later(seconds=29)) == []
    assert len(take(tx, later(seconds=30))) == 2


def test_shorter_pause_does_not_end_a_longer_one(tx: Tx) -> None:
    owe(tx)
    messages.pause(tx, "chat.postMessage", CARE, later(seconds=30))
    messages.pause(tx, "chat.postMessage", CARE, later(seconds=1))
    assert take(tx, later(seconds=29)) == []


def test_longer_pause_takes_the_place_of_a_shorter(tx: Tx) -> None:
    owe(tx)
    messages.pause(tx, "chat.postMessage", CARE, later(seconds=1))
    messages.pause(tx, "chat.postMessage", CARE, later(seconds=30))
    assert take(tx, later(seconds=29)) == []


def test_only_pauses_that_are_over_are_lifted(tx: Tx) -> None:
    messages.pause(tx, "chat.postMessage", CARE, later(seconds=1))
    messages.pause(tx, "chat.update", CARE, later(seconds=2))
    messages.lift_pauses(tx, later(seconds=61))
    assert tx.scalars(select(t.pauses.c.method)).all() == ["chat.update"]


@pytest.mark.few(2)
@pytest.mark.parametrize("kind", ["card", "home", "answer"])
@pytest.mark.parametrize("only_for", [None, "UANA"])
@pytest.mark.parametrize("ts", [None, "1.1"])
def test_database_and_code_agree_on_the_method(tx: Tx, kind: str, only_for: str | None, ts: str | None) -> None:
    number = owe(tx, carried=kind, only_for=only_for)
    tx.execute(t.messages.update().values(ts=ts, posted_in=CARE))
    messages.pause(tx, messages.method_of(Kind(kind), ts, only_for), CARE, later(seconds=30))
    assert take(tx) == []
    assert [owed.id for owed in take(tx, later(seconds=30))] == [number]


# Threads


def test_reply_waits_until_its_card_stands(tx: Tx) -> None:
    card = owe(tx)
    owe(tx, "draft:1", "draft", thread_of=card)
    posted = take_one(tx)
    assert not messages.any_due(tx, NOW)
    ts = post(tx, posted)
    assert take_one(tx).parent_ts == ts


def test_reply_goes_where_its_card_was_posted_anew(tx: Tx) -> None:
    card = owe(tx)
    post(tx, take_one(tx), "1.1")
    messages.want_again(tx, "card:1", NOW)
    messages.post_anew(tx, take_one(tx), NOW)
    owe(tx, "note:1", "note", thread_of=card)
    assert kinds(take(tx)) == ["card"]
    post(tx, take_one(tx, NOW + LEASE), "2.2")
    assert take_one(tx, NOW + LEASE).parent_ts == "2.2"


def test_reply_to_a_card_given_up_waits_for_it(tx: Tx) -> None:
    """Slack refuses the card for good, which is reported. Nothing of its case is said in the channel meanwhile."""
    card = owe(tx)
    owe(tx, "nudge:1", "nudge", thread_of=card)
    messages.bury(tx, take_one(tx), "invalid_blocks")
    assert take(tx) == []
    messages.want_again(tx, "card:1", NOW)
    ts = post(tx, take_one(tx))
    nudge = take_one(tx)
    assert (nudge.kind, nudge.parent, nudge.parent_ts) == ("nudge", card, ts)


def test_thread_follows_a_card_that_was_posted_anew(tx: Tx) -> None:
    number = opened(tx).number
    card = owe(tx, case_number=number)
    post(tx, take_one(tx), "1.1")
    for intent, kind in (("draft:1", "draft"), ("note:1", "note"), ("nudge:1", "nudge")):
        owe(tx, intent, kind, thread_of=card, case_number=number)
        assert messages.record_shown(tx, take_one(tx), CARE, f"1.{kind}", settled=kind == "nudge")
    assert messages.lost(tx, card, "1.1", LATER, missed=True)
    assert kinds(take(tx, LATER)) == ["card"]
    again = take_one(tx, LATER + LEASE)
    assert again.again
    post(tx, again, "2.2")
    messages.thread_follows(tx, card, "2.2", LATER)
    (draft,) = take(tx, LATER)
    assert (draft.kind, draft.misplaced) == ("draft", True)
    messages.post_anew(tx, draft, LATER)
    assert kinds(take(tx, LATER)) == ["draft", "note"]


def test_card_that_nobody_misses_comes_back_for_a_reply(tx: Tx) -> None:
    card = owe(tx)
    post(tx, take_one(tx), "1.1")
    assert messages.lost(tx, card, "1.1", NOW, missed=False)
    assert take(tx) == []
    assert messages.replied_to(tx, Intent("card:1"), LATER) == card
    assert take_one(tx, LATER).id == card


def test_message_that_stands_elsewhere_is_not_lost(tx: Tx) -> None:
    card = owe(tx)
    post(tx, take_one(tx), "1.1")
    assert not messages.lost(tx, card, "9.9", NOW, missed=True)
    assert take(tx) == []


def test_reply_to_a_dead_card_that_stands_joins_it(tx: Tx) -> None:
    card = owe(tx)
    ts = post(tx, take_one(tx))
    messages.want_again(tx, "card:1", NOW)
    messages.bury(tx, take_one(tx), "cant_update_message")
    owe(tx, "note:1", "note", thread_of=card)
    assert take_one(tx).parent_ts == ts


def test_reply_to_a_message_of_unknown_fate_waits(tx: Tx) -> None:
    card = owe(tx)
    owe(tx, "draft:1", "draft", thread_of=card)
    messages.put_off_unknown(tx, take_one(tx), later(minutes=1))
    assert take(tx) == []
    messages.adopt(tx, take_one(tx, NOW + MINUTE), CARE, "7.7")
    assert take_one(tx, NOW + MINUTE).parent_ts == "7.7"


# Several processes


@pytest.mark.few(1)
def test_processes_never_hold_the_same_message(store: Store, another: Callable[[], Store]) -> None:
    for n in range(120):
        write(store, owe, f"card:{n}", channel=f"C{n:09}")
    taken: list[int] = []

    def work(own: Store) -> None:
        while some := write(own, take, limit=7):
            taken.extend(owed.id for owed in some)

    threads = [threading.Thread(target=work, args=(another(),)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 120


def test_processes_keep_the_pace_of_a_channel_together(store: Store, another: Callable[[], Store]) -> None:
    for n in range(10):
        write(store, owe, f"card:{n}")
    taken = [write(own, take, pace=SECOND) for own in (store, another(), another())]
    assert [len(some) for some in taken] == [1, 0, 0]
