"""Cases that share a card: who they are, how long one stands there, and what is counted of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cases.messages import intents
from cases.messages.flood import Member
from cases.model import Feedback, Reason, Severity, Status, Via
from cases.replies.drafts import DraftState
from store import cases, drafts, feedback, floods, messages, timeline
from store.engine import Tx
from tests.store.rows import CARE, MINUTE, NOW, ago, heard, later, opened, owe, take_one

TEN = 10 * MINUTE


def gathered(tx: Tx, count: int, flood: int | None = None, **fields: Any) -> list[int]:
    """The numbers of new cases that share a card."""
    numbers = [opened(tx, **fields).number for _ in range(count)]
    floods.gather(tx, dict.fromkeys(numbers, flood or numbers[0]))
    return numbers


def test_cases_are_counted_by_channel_and_time(tx: Tx) -> None:
    opened(tx, opened_at=ago(minutes=10))
    opened(tx, opened_at=ago(minutes=9))
    opened(tx, opened_at=NOW, channel="CELSE0001")
    opened(tx, opened_at=NOW)
    assert floods.opened_since(tx, CARE, ago(minutes=10), 20) == 2
    assert floods.opened_since(tx, CARE, ago(minutes=10), 1) == 1


def test_flood_goes_on_while_its_last_is_near(tx: Tx) -> None:
    first, _ = gathered(tx, 2, opened_at=ago(minutes=9))
    assert floods.going_on(tx, CARE, ago(minutes=10)) == first
    assert floods.going_on(tx, CARE, ago(minutes=9)) is None
    assert floods.going_on(tx, "CELSE0001", ago(minutes=10)) is None


def test_new_ones_that_stand_together_are_known_by_their_age(tx: Tx) -> None:
    old, new = gathered(tx, 1, opened_at=ago(minutes=2)), gathered(tx, 2, opened_at=NOW)
    floods.come_out(tx, new[1], NOW)
    alone = opened(tx, opened_at=NOW).number
    assert floods.standing_since(tx, [*old, *new, alone], ago(minutes=1)) == {new[0]}


def test_case_comes_out_only_once(tx: Tx) -> None:
    one, two = gathered(tx, 2)
    assert floods.come_out(tx, two, NOW)
    assert not floods.come_out(tx, two, later(minutes=1))
    assert not floods.come_out(tx, opened(tx).number, NOW)
    assert floods.standing(tx, [one, two]) == {one: one}


def test_case_knows_the_flood_whose_card_it_shares(tx: Tx) -> None:
    one, two = gathered(tx, 2)
    floods.come_out(tx, one, NOW)
    assert [case.flood for case in cases.load_many(tx, [one, two])] == [None, one]


def with_card(tx: Tx, **fields: Any) -> int:
    """The number of a new case whose card, draft and a note below it are owed."""
    number = opened(tx, opened_at=NOW, **fields).number
    card = owe(tx, f"card:{number}", case_number=number)
    owe(tx, f"draft:{number}", "draft", case_number=number, thread_of=card)
    drafts.begin(tx, number, DraftState.WANTED, NOW)
    return number


def test_only_cards_that_nobody_has_begun_give_way(tx: Tx) -> None:
    begun = with_card(tx)
    take_one(tx)
    high, touched, gives = with_card(tx, severity=Severity.HIGH), with_card(tx), with_card(tx)
    timeline.note_down(tx, touched, NOW, "UANA", "note", Via.THREAD)
    assert floods.give_way(tx, CARE, ago(minutes=1), 9) == [gives]
    assert messages.by_intent(tx, intents.card(gives)) is None
    assert drafts.load(tx, gives) is None
    assert all(messages.by_intent(tx, intents.card(number)) for number in (begun, high, touched))
    assert floods.give_way(tx, "CELSE0001", ago(minutes=1), 9) == []


def test_card_that_is_urgent_never_gives_way(tx: Tx) -> None:
    """Even of a case that has turned out milder since."""
    number = opened(tx, opened_at=NOW).number
    owe(tx, f"card:{number}", case_number=number, urgent=True)
    assert floods.give_way(tx, CARE, ago(minutes=1), 9) == []


def test_waiting_are_the_worst_first_and_open(tx: Tx) -> None:
    normal, closed, out = gathered(tx, 3)
    (high,) = gathered(tx, 1, normal, severity=Severity.HIGH)
    case = cases.load(tx, closed)
    assert case is not None
    cases.save(tx, replace(case, status=Status.CLOSED, revision=2), before=case)
    floods.come_out(tx, out, NOW)
    assert floods.waiting(tx, normal, NOW, 9) == [high, normal]
    assert floods.waiting(tx, normal, NOW, 1) == [high]


def test_members_are_told_with_what_they_first_said(tx: Tx) -> None:
    case = opened(tx, reasons=(Reason("late", "an hour late"),))
    said = Feedback(external_id="1", source="reviews", comment="Late", order_ref="8812")
    feedback.record(tx, heard(said), case.number, NOW)
    floods.gather(tx, {case.number: case.number})
    assert floods.members(tx, case.number) == [
        Member(case.number, Status.UNCLAIMED, True, "reviews", "8812", ("late",))
    ]


def test_those_beside_a_flood_never_shared_its_card(tx: Tx) -> None:
    opened(tx, opened_at=ago(minutes=30))
    opened(tx, opened_at=ago(minutes=5))
    flood, out = gathered(tx, 2, opened_at=NOW)
    floods.come_out(tx, out, NOW)
    came = floods.extent(tx, flood)
    assert came == floods.Extent(NOW, NOW)
    assert floods.beside(tx, CARE, came, TEN) == (1, ago(minutes=5))
    assert floods.extent(tx, 99) is None
