"""The Home tab: my cases with their next step, then the team's by what they wait for."""

from __future__ import annotations

from dataclasses import replace

from cases.model import Case
from handlers.cards.home import MOST_SHOWN, home
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

LINKS = {12: ex.CARD}


def read(mine: list[Case], team: list[Case], open_count: int | None = None) -> list[str]:
    count = len({case.number for case in (*mine, *team)}) if open_count is None else open_count
    return lines(home(mine, team, count, LINKS, ex.POLICY)["blocks"])


def test_my_cases_come_first_each_with_its_next_step() -> None:
    theirs = replace(ex.CLAIMED, number=20, owner=ex.BEN)
    contacted = replace(ex.CONTACTED, number=7)
    assert read([ex.CLAIMED, contacted], [ex.CLAIMED, replace(ex.UNCLAIMED, number=31), theirs, contacted]) == [
        "# Your cases",
        "🟡 #12 · Soup cold, an hour late · first contact due today at 10:00 (in 1 h)",
        "[Contacted]",
        "🟢 #7 · Soup cold, an hour late · contacted today at 09:30",
        "[Close]",
        "(divider)",
        "# The team's open cases",
        "*Waiting for an owner*",
        "🟡 #31 · Soup cold, an hour late · first contact due today at 10:00 (in 1 h)",
        "[Claim]",
        "*Waiting for first contact*",
        "🟡 #20 · Soup cold, an hour late · first contact due today at 10:00 (in 1 h) · @ben",
    ]


def test_of_mine_the_uncontacted_ones_come_first() -> None:
    said = read([replace(ex.CONTACTED, number=7), ex.CLAIMED], [])
    assert [line.split(" ·")[0] for line in said if "#" in line][1:3] == ["🟡 #12", "🟢 #7"]


def test_an_empty_home_says_how_a_case_becomes_mine() -> None:
    assert read([], []) == [
        "# Your cases",
        "You hold no cases. When a customer is unhappy, a card comes to the channel; :eyes: on it makes it yours.",
        "(divider)",
        "# The team's open cases",
        "No open cases. Every customer who wrote has been looked after. ☕",
    ]


def test_when_all_open_cases_are_mine_it_says_so() -> None:
    assert read([ex.CLAIMED], [ex.CLAIMED])[-1] == "No other open cases."


def test_what_does_not_fit_is_counted() -> None:
    team = [replace(ex.UNCLAIMED, number=number) for number in range(100, 100 + MOST_SHOWN)]
    assert read([ex.CLAIMED], team, open_count=500)[-1] == f"  … and {499 - MOST_SHOWN} more: `/case list`"


def test_more_cases_of_mine_than_fit_are_counted() -> None:
    mine = [replace(ex.CLAIMED, number=number) for number in range(30)]
    assert "  … and 5 more: `/case list`" in read(mine, [])


def test_every_block_keeps_its_own_name() -> None:
    team = [replace(ex.UNCLAIMED, number=number) for number in range(100, 150)]
    names = [
        block["block_id"] for block in home([ex.CLAIMED], team, 51, {}, ex.POLICY)["blocks"] if "block_id" in block
    ]
    assert len(names) == len(set(names))
