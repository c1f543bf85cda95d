"""What happened to a case, line by line, and which Slack events have had their effect."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from cases.model import Outcome, Via
from store import timeline
from store.engine import Store, Tx
from store.timeline import Entry
from tests.store.rows import NOW, ago, later, opened, write


def test_history_is_told_in_the_order_it_happened(tx: Tx) -> None:
    case, other = opened(tx), opened(tx)
    timeline.note_down(tx, case.number, later(hours=1), "UANA", "claim", Via.REACTION)
    timeline.note_down(tx, other.number, NOW, None, "opened", Via.ARRIVAL)
    timeline.note_down(tx, case.number, NOW, None, "joined", Via.ARRIVAL, {"source": "form", "gone": None})
    assert timeline.history(tx, case.number) == [
        Entry(later(hours=1), "UANA", "claim", Via.REACTION, {}),
        Entry(NOW, None, "joined", Via.ARRIVAL, {"source": "form"}),
    ]


def test_looks_are_lines_that_history_tells_of_when_asked(tx: Tx) -> None:
    case = opened(tx)
    timeline.note_down(tx, case.number, NOW, "UANA", "claim", Via.SLASH, {"owner": "UANA"}, shown=True)
    timeline.note_look(tx, case.number, later(hours=1), "UBEN", Via.CLOCK)
    claimed = Entry(NOW, "UANA", "claim", Via.SLASH, {"owner": "UANA"})
    assert timeline.history(tx, case.number) == [claimed]
    assert timeline.history(tx, case.number, looks=True) == [
        claimed,
        Entry(NOW, "UANA", timeline.SAW_DETAILS, Via.SLASH, {}),
        Entry(later(hours=1), "UBEN", timeline.SAW_DETAILS, Via.CLOCK, {}),
    ]


def test_who_has_acted_stands_in_the_record(tx: Tx) -> None:
    case = opened(tx)
    timeline.note_down(tx, case.number, NOW, "UANA", "claim", Via.REACTION)
    assert [timeline.acted_lately(tx, person) for person in ("UANA", "UBEN")] == [True, False]


@pytest.mark.parametrize(
    ("fact", "plain"),
    [
        (datetime(2026, 1, 5, 9, 0, tzinfo=UTC), "2026-01-05T09:00:00+00:00"),
        (Outcome.WON_BACK, "won_back"),
        ("words", "words"),
        (0, 0),
        (False, False),
    ],
)
def test_facts_are_kept_as_json_keeps_them(tx: Tx, fact: Any, plain: Any) -> None:
    case = opened(tx)
    timeline.note_down(tx, case.number, NOW, "UANA", "close", Via.MODAL, {"fact": fact})
    assert timeline.history(tx, case.number)[0].facts == {"fact": plain}


def test_event_has_its_effect_only_once(tx: Tx) -> None:
    assert timeline.first_time(tx, "Ev1", NOW)
    assert not timeline.first_time(tx, "Ev1", later(minutes=5))
    assert timeline.first_time(tx, "Ev2", NOW)


def test_event_without_an_id_is_always_new(tx: Tx) -> None:
    assert all(timeline.first_time(tx, None, NOW) for _ in range(2))


def test_event_whose_effect_failed_may_come_again(store: Store, another: Callable[[], Store]) -> None:
    def cut_off(tx: Tx) -> None:
        timeline.first_time(tx, "Ev1", NOW)
        raise LookupError

    with pytest.raises(LookupError):
        store.write(cut_off)
    assert write(another(), timeline.first_time, "Ev1", NOW)
    assert not write(store, timeline.first_time, "Ev1", NOW)


def test_old_events_are_forgotten_and_new_kept(tx: Tx) -> None:
    timeline.first_time(tx, "old", ago(days=4))
    timeline.first_time(tx, "new", NOW)
    assert timeline.forget_events(tx, ago(days=3)) == 1
    assert timeline.first_time(tx, "old", NOW)
    assert not timeline.first_time(tx, "new", NOW)
