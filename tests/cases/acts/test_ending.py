"""By what a good end is known: the customer said so, they ordered again, or it is a colleague's word."""

from __future__ import annotations

from typing import Any

import pytest

from cases.acts.act import Change, Unchanged
from cases.acts.actions import decide, take_back
from cases.acts.contact import begun_anew
from cases.acts.ending import likely_end, ordered, read_sign
from cases.model import Case, Grade, Outcome, Sign, Via
from tests.cases.acts.test_actions import (
    BEN,
    EARLIER,
    LATER,
    NOW,
    OPENED,
    TOMORROW,
    act,
    after,
    claimed,
    closed,
    contacted,
)

CONFIRMED = contacted(evidence=Grade.CONFIRMED)
BACK = contacted(ordered_at=NOW)


@pytest.mark.parametrize(
    ("case", "said", "sign"),
    [
        (contacted(), {}, Sign.OUR_WORD),
        (contacted(evidence=Grade.ANSWERED), {}, Sign.OUR_WORD),  # they wrote, and not that it is right
        (CONFIRMED, {}, Sign.SAID_SO),
        (BACK, {}, Sign.ORDERED),
        (contacted(ordered_at=OPENED), {}, Sign.OUR_WORD),  # before anybody spoke with them
        (contacted(evidence=Grade.CONFIRMED, ordered_at=NOW), {}, Sign.ORDERED),
        (CONFIRMED, {"sign": Sign.ORDERED}, Sign.ORDERED),
        (BACK, {"sign": Sign.OUR_WORD}, Sign.OUR_WORD),
    ],
)
@pytest.mark.parametrize("outcome", [Outcome.WON_BACK, Outcome.SATISFIED])
def test_evidence_says_by_what_a_good_end_is_known(
    case: Case, said: dict[str, Any], sign: Sign, outcome: Outcome
) -> None:
    decision = decide(case, act("close", outcome=outcome, **said), NOW)
    assert isinstance(decision, Change)
    assert (decision.case.sign, decision.facts["sign"]) == (sign, sign)


@pytest.mark.parametrize("outcome", [Outcome.LOST, Outcome.NO_REPLY])
def test_other_ends_need_no_sign(outcome: Outcome) -> None:
    assert after(CONFIRMED, act("close", outcome=outcome)).sign is None


@pytest.mark.parametrize(
    ("case", "end"),
    [
        (contacted(), None),
        (CONFIRMED, (Outcome.SATISFIED, Sign.SAID_SO)),
        (BACK, (Outcome.WON_BACK, Sign.ORDERED)),
        (claimed(ordered_at=NOW), None),
    ],
)
def test_what_is_known_speaks_for_an_end(case: Case, end: tuple[Outcome, Sign] | None) -> None:
    assert likely_end(case) == end


def test_order_after_contact_asks_once_whether_it_ended_well() -> None:
    back = ordered(contacted(look_back_at=TOMORROW, asked_at=EARLIER), NOW, NOW)
    assert (back.came_back_at, back.look_back_at, back.asked_at) == (NOW, NOW, None)
    again = ordered(contacted(ordered_at=NOW, look_back_at=TOMORROW), LATER, LATER)
    assert (again.came_back_at, again.look_back_at) == (LATER, TOMORROW)


@pytest.mark.parametrize("case", [claimed(), claimed(ordered_at=EARLIER)])
def test_order_is_no_contact_and_stops_no_clock(case: Case) -> None:
    known = ordered(case, NOW, NOW)
    assert (known.status, known.evidence, known.contacted_at, known.came_back_at) == (case.status, None, None, None)


def test_order_from_before_contact_tells_nothing_of_it() -> None:
    assert ordered(contacted(), OPENED, NOW).came_back_at is None
    assert begun_anew(BACK).ordered_at is None


def test_whoever_closed_says_later_by_what_it_is_known() -> None:
    tada = act("close", via=Via.REACTION)
    ended = after(contacted(), tada)
    said_so = decide(ended, act("close", outcome=Outcome.WON_BACK, sign=Sign.SAID_SO), LATER)
    assert isinstance(said_so, Change)
    assert (said_so.case.sign, said_so.case.closed_at) == (Sign.SAID_SO, NOW)
    assert decide(said_so.case, act("close", outcome=Outcome.WON_BACK, sign=Sign.SAID_SO), LATER) == Unchanged()
    assert decide(ended, act("close", outcome=Outcome.WON_BACK), LATER) == Unchanged()
    undone = take_back(said_so.case, tada, LATER)
    assert isinstance(undone, Change)
    assert undone.case.sign is None


def test_nobody_else_says_by_what_it_is_known() -> None:
    ended = after(contacted(), act("close", outcome=Outcome.WON_BACK))
    refused = decide(ended, act("close", BEN, outcome=Outcome.WON_BACK, sign=Sign.SAID_SO), LATER)
    assert refused.reason == "closed"  # type: ignore[union-attr]


def test_end_begun_anew_is_known_by_nothing() -> None:
    assert after(closed(sign=Sign.ORDERED), act("reopen")).sign is None


@pytest.mark.parametrize(
    ("told", "outcome", "sign", "rest"),
    [
        ("they said so / cold soup", Outcome.WON_BACK, Sign.SAID_SO, "cold soup"),
        ("because she told us so", Outcome.WON_BACK, Sign.SAID_SO, ""),
        ("ordered again", Outcome.WON_BACK, Sign.ORDERED, ""),
        ("she has ordered again: cold soup", Outcome.WON_BACK, Sign.ORDERED, "cold soup"),
        ("our own word", Outcome.SATISFIED, Sign.OUR_WORD, ""),
        ("she will order again", Outcome.WON_BACK, None, "she will order again"),
        ("they said sorry", Outcome.WON_BACK, None, "they said sorry"),
        ("ordered again elsewhere", Outcome.LOST, None, "ordered again elsewhere"),
    ],
)
def test_sign_is_read_behind_a_good_end(told: str, outcome: Outcome, sign: Sign | None, rest: str) -> None:
    assert read_sign(told, outcome) == (sign, rest)
