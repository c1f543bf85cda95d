"""Several processes talk to one Slack: they keep its pace together, and obey together when it asks for a pause."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import pytest

from sandbox.api.faults import ApiCall
from sandbox.demo.cast import CARE
from tests import postgres
from tests.torture.evidence import about
from tests.torture.house import House, furnished, kind_of
from tests.torture.setting import SHORT

pytestmark = pytest.mark.timeout(120)
POST, EDIT, WHISPER = "chat.postMessage", "chat.update", "chat.postEphemeral"
PLAN = replace(SHORT, lease=5.0, claim=2.0, contact=3600.0, every=3600.0)
CASES = ("one", "two", "three")


@pytest.fixture(scope="module")
def running(postgres_server: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Two that answer and two that work."""
    url = postgres.new_database()
    with furnished(PLAN, url, tmp_path_factory.mktemp("pace"), pace="1s") as house:
        house.shows("digest")
        yield house
    postgres.drop(url)


@pytest.fixture
def house(running: House) -> House:
    return running.is_quiet()


def seconds_between(first: ApiCall, last: ApiCall) -> float:
    return (last.at - first.at).total_seconds()


def test_all_processes_keep_one_pace_together(house: House) -> None:
    for number in [house.receives(f"paced-{name}") for name in CASES]:
        house.shows("nudge", number)
    posts = house.calls(POST, CARE)
    assert all(call.ok for call in posts)
    # The pace is taken with the lease, and each call is a little late by its own measure: over all, none is gained.
    assert seconds_between(posts[0], posts[-1]) >= (len(posts) - 1) * 1.0 - 0.5


def test_what_people_wait_for_goes_first(house: House) -> None:
    """Slack asks for a pause, in which everything comes together that is owed."""
    house.practice.faults.rate_limit(POST, retry_after=4, channel=CARE)
    for number in [house.receives(f"first-{name}") for name in CASES]:
        house.shows("nudge", number)
    refused, *said = house.calls(POST, CARE)
    assert not refused.ok
    assert seconds_between(refused, said[0]) >= 4  # by whichever process
    kinds = [kind for kind, _ in itertools.groupby(map(kind_of, said))]
    assert kinds == ["card", "draft", "nudge"]


def test_answer_to_a_click_waits_for_nobody(house: House) -> None:
    card = house.shows("card", house.receives("clicked"))
    for method in (POST, EDIT):
        house.practice.faults.rate_limit(method, retry_after=5, channel=CARE)
    house.receives("paused")
    house.until(lambda: [call for call in house.calls(POST, CARE) if not call.ok], "the pause")
    assert house.practice.person("ana").click(card, "claim").ok
    refused = house.until(lambda: [call for call in house.calls(EDIT, CARE) if not call.ok], "the other pause")[0]
    answered = house.until(lambda: house.calls(WHISPER, CARE), "how to reach the customer")[0]
    assert answered.ok
    shown = house.until(lambda: [call for call in house.calls(EDIT, CARE) if call.ok], "the claim on the card")[0]
    assert answered.number < shown.number
    assert seconds_between(refused, shown) >= 5


def test_many_changes_of_a_card_become_one_edit(house: House) -> None:
    number = house.receives("changed")
    card = house.shows("card", number)
    ana = house.practice.person("ana")
    house.practice.faults.rate_limit(EDIT, retry_after=5, channel=CARE)
    assert ana.click(card, "claim").ok
    house.until(lambda: house.calls(EDIT, CARE), "the edit that is refused")
    for verb in ("release", "claim", "release", "claim", "contacted"):
        ana.command("/case", f"{verb} {number}")
    house.until(lambda: about(card)["status"] == "contacted", "the card as it is now")
    edits = [call for call in house.calls(EDIT, CARE) if call.arguments["ts"] == card.ts]
    assert [call.ok for call in edits] == [False, True]
