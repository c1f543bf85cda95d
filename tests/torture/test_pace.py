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

pytestmark = pytest.mark.long

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
    running.rests().practice.faults.calls.clear()
    return running


def seconds_between(first: ApiCall, last: ApiCall) -> float:
    return (last.at - first.at).total_seconds()


def refusals(house: House, method: str) -> list[ApiCall]:
    return [call for call in house.calls(method, CARE) if not call.ok]


def test_all_processes_keep_one_pace_together(house: House) -> None:
    begun = house.practice.clock.now()
    for number in [house.receives(f"paced-{name}") for name in CASES]:
        house.shows("nudge", number)
    posts = house.rests().calls(POST, CARE)
    assert all(call.ok for call in posts)
    assert len(posts) >= 9
    # The first may go at once and each other a second after the one before. However late some come, none gains on that;
    # counted from the first call itself, which may be the late one, it would seem so.
    assert all((post.at - begun).total_seconds() >= number - 0.5 for number, post in enumerate(posts))


def test_what_people_wait_for_goes_first(house: House) -> None:
    """Slack asks for pauses, in which everything comes together that is owed."""
    with house.pauses(POST, 2):
        numbers = [house.receives(f"first-{name}") for name in CASES]
        for kind in ("card", "draft", "nudge"):
            house.until(lambda kind=kind: house.owes(kind) == len(CASES), f"all that is owed of {kind}")
        house.until(lambda: refusals(house, POST), "the pause")
    for number in numbers:
        house.shows("nudge", number)
    said = [call for call in house.rests().calls(POST, CARE) if call.ok]
    assert seconds_between(refusals(house, POST)[-1], said[0]) >= 2  # by whichever process
    kinds = [kind for kind, _ in itertools.groupby(map(kind_of, said))]
    assert kinds == ["card", "draft", "nudge"]


def test_answer_to_a_click_waits_for_nobody(house: House) -> None:
    card = house.shows("card", house.receives("clicked"))
    with house.pauses(POST, 2), house.pauses(EDIT, 2):
        house.receives("paused")
        house.until(lambda: refusals(house, POST), "the pause")
        assert house.practice.person("ana").click(card, "claim").ok
        house.until(lambda: refusals(house, EDIT), "the other pause")
        answered = house.until(lambda: house.calls(WHISPER, CARE), "how to reach the customer")[0]
        assert answered.ok
        assert about(card)["status"] == "unclaimed"
    shown = house.until(lambda: [call for call in house.calls(EDIT, CARE) if call.ok], "the claim on the card")[0]
    assert seconds_between(refusals(house, EDIT)[-1], shown) >= 2


def test_many_changes_of_a_card_become_one_edit(house: House) -> None:
    number = house.receives("changed")
    card = house.shows("card", number)
    ana = house.practice.person("ana")
    with house.pauses(EDIT, 2):
        assert ana.click(card, "claim").ok
        house.until(lambda: refusals(house, EDIT), "the edit that is refused")
        for verb in ("release", "claim", "release", "claim"):
            ana.command("/case", f"{verb} {number}")
        ana.command("/case", f"contacted {number} phone")
    house.until(lambda: about(card)["status"] == "contacted", "the card as it is now")
    edits = [call for call in house.rests().calls(EDIT, CARE) if call.arguments["ts"] == card.ts]
    assert [call.ok for call in edits if call.ok] == [True]
