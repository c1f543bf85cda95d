"""Home tabs are owed: afresh when they are opened, and to those who are looking when something has happened."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cases.model import Via
from store import homes, messages, timeline
from store.engine import Tx
from tests.store.rows import HOUR, NOW, later, opened, post, take, take_one


def happens(tx: Tx, number: int) -> None:
    timeline.note_down(tx, number, NOW, None, "joined", Via.ARRIVAL)


def shown(tx: Tx, person: str = "UANA") -> None:
    """They opened their tab and see it."""
    homes.looked(tx, person, NOW)
    post(tx, take_one(tx))


def test_opening_a_tab_owes_its_view_to_that_person(tx: Tx) -> None:
    homes.looked(tx, "UANA", NOW)
    owed = take_one(tx)
    assert (owed.kind, owed.channel, owed.facts) == ("home", "UANA", {})


def test_opening_it_again_is_one_fresh_view(tx: Tx) -> None:
    shown(tx)
    homes.looked(tx, "UANA", NOW)
    homes.looked(tx, "UANA", NOW)
    assert take_one(tx).revision == 3


@pytest.mark.parametrize("again", [homes.looked, homes.refresh])
def test_a_tab_that_slack_refused_once_is_tried_again_when_wanted(tx: Tx, again: Callable[..., None]) -> None:
    homes.looked(tx, "UANA", NOW)
    messages.bury(tx, take_one(tx), "not_enabled")
    assert take(tx) == []
    again(tx, "UANA", NOW)
    assert take_one(tx).channel == "UANA"


def test_who_has_never_opened_it_is_owed_nothing(tx: Tx) -> None:
    homes.refresh(tx, "UANA", NOW)
    assert take(tx) == []


def test_who_is_looking_falls_behind_when_something_happens(tx: Tx) -> None:
    case = opened(tx)
    happens(tx, case.number)
    shown(tx)
    assert homes.behind(tx, NOW) == []
    happens(tx, case.number)
    assert homes.behind(tx, NOW) == ["UANA"]


def test_who_has_not_looked_lately_falls_behind_nothing(tx: Tx) -> None:
    case = opened(tx)
    shown(tx)
    happens(tx, case.number)
    assert homes.behind(tx, later(hours=1)) == []


def test_catching_up_is_one_view_however_much_happened(tx: Tx) -> None:
    case = opened(tx)
    shown(tx, "UANA")
    shown(tx, "UBEN")
    for _ in range(3):
        happens(tx, case.number)
    homes.catch_up(tx, homes.behind(tx, NOW), NOW)
    assert homes.behind(tx, NOW) == []
    assert sorted(owed.channel for owed in take(tx)) == ["UANA", "UBEN"]


def test_catching_up_is_no_look_of_their_own(tx: Tx) -> None:
    case = opened(tx)
    shown(tx)
    happens(tx, case.number)
    homes.catch_up(tx, ["UANA"], NOW + HOUR)
    happens(tx, case.number)
    assert homes.behind(tx, later(minutes=1)) == []
