"""The same signed request to Slack's door, sent again by whoever has caught it, has no effect (attacks 22)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sandbox.lines.requests import Parcel
from tests.stories.conftest import blank, database_url, served, stage, staging
from tests.stories.stage import Stage

__all__ = ["blank", "database_url", "served", "stage", "staging"]


def caught(stage: Stage, gesture: Callable[[], Any]) -> Callable[[], int]:
    """Does this, and answers how to send again what Slack sent for it: the very same headers and bytes."""
    requests: list[tuple[dict[str, str], bytes]] = []
    delivery = stage.practice.delivery
    made = delivery._request

    def kept(parcel: Parcel) -> tuple[dict[str, str], bytes]:
        requests.append(made(parcel))
        return requests[-1]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(delivery, "_request", kept)
        gesture()

    def again() -> int:
        (status,) = {stage.bot.edge.slack(*request).status for request in requests}
        stage.settle()
        return status

    return again


@pytest.fixture
def case(stage: Stage) -> Stage:
    """A case that Ana has."""
    stage.receives()
    stage.person("ana").command("/case", "claim 1")
    return stage


@pytest.mark.long
def test_command_caught_and_sent_again_does_nothing(case: Stage) -> None:
    """attacks 22: the same note three times, and a case snoozed until it could not be snoozed any more."""
    ana = case.person("ana")
    note = caught(case, lambda: ana.command("/case", "note 1 She rang again"))
    snooze = caught(case, lambda: ana.command("/case", "snooze 1 10m"))
    before, thread = case.history(), case.in_thread()
    assert [again() for again in (note, snooze, note, snooze, snooze, snooze)] == [200] * 6
    assert (case.history(), case.in_thread()) == (before, thread)
    ana.command("/case", "note 1 She rang again")  # said again by Ana herself, it counts
    assert case.history() == [*before, "note"]


@pytest.mark.long
def test_click_caught_and_sent_again_does_nothing(case: Stage) -> None:
    ana = case.person("ana")
    release = caught(case, lambda: ana.choose(case.card(), "more", "Release"))
    ana.command("/case", "claim 1")
    before = case.history()
    assert release() == 200
    assert case.history() == before
    assert case.case().owner == ana.id


def test_form_caught_and_sent_again_does_nothing(case: Stage) -> None:
    ana = case.person("ana")
    ana.click(case.card(), "contacted")
    contacted = caught(case, lambda: ana.submit({"text": "Rang her"}))
    ana.command("/case", "close 1 won_back late / ring first")
    ana.command("/case", "reopen 1")
    before = case.history()
    assert contacted() == 200
    assert case.history() == before


def test_request_whose_effect_was_lost_may_come_again(case: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is remembered is in the transaction of the effect: it is undone with it."""
    ana = case.person("ana")

    def broken(*_: Any, **__: Any) -> None:
        raise LookupError("a fault of ours")

    with monkeypatch.context() as patch:
        patch.setattr("handlers.act._carry_out", broken)
        note = caught(case, lambda: ana.command("/case", "note 1 She rang again"))
    before = case.history()
    assert note() == 200
    assert case.history() == [*before, "note"]


def test_event_sent_again_by_slack_itself_is_still_heard_once(case: Stage) -> None:
    ana = case.person("ana")
    said = caught(case, lambda: ana.say(case.card(), "Two boxes were empty"))
    before = case.history()
    assert said() == 200
    assert case.history() == before
