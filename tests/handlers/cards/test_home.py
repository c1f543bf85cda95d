"""The Home tab: my cases with their next step, the team's by what they wait for, and what I can choose."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from cases.acts.act import NotAllowed
from cases.model import Case
from cases.people import Filter, Person
from cases.urgency import Count, rests
from handlers.cards import words
from handlers.cards.home import MINE_SHOWN, PAGE, Tab, for_others, home
from handlers.team.home import CHOICES
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines
from tests.owing import owing

LINKS = {12: ex.CARD}
NOW = ex.NOW + timedelta(minutes=10)
ANA = Person(id=ex.ANA)
THEIRS = replace(ex.CLAIMED, number=20, owner=ex.BEN)
SETTINGS = [
    "# Your settings",
    "Reminders come as a *direct message*.",
    "[Use the thread]",
    "Reminders ahead of a deadline: *on*.",
    "[Turn off]",
]


def tab(mine: Sequence[Case] = (), team: Sequence[Case] = (), **fields: Any) -> Tab:
    """A tab on which all the team's cases stand, unless told otherwise."""
    resting = sum(rests(case, NOW) for case in team)
    counted = Count(len(team) - resting, resting)
    usual: dict[str, Any] = {
        "person": ANA,
        "now": NOW,
        "held": len(mine),
        "wanted": Filter.ALL,
        "counts": {each: counted if each is Filter.ALL else Count() for each in Filter},
        "page": 0,
        "pages": 1,
    }
    return Tab(mine=mine, team=team, **usual | fields)


def read(shown: Tab) -> list[str]:
    return lines(home(shown, LINKS, ex.POLICY)["blocks"])


def own(shown: Tab) -> list[str]:
    said = read(shown)
    return said[: said.index("(divider)")]


def test_my_cases_come_first_each_with_its_next_step() -> None:
    contacted = replace(ex.CONTACTED, number=7)
    assert own(tab([ex.CLAIMED, contacted])) == [
        "# Your cases",
        "🟡 #12 · Soup cold, an hour late · Dora Quint",
        "First contact ▰▰▰▰▰ 50 min left",
        "[Contacted] […: Snooze, Give to someone, Add a promise, Release]",
        "🟢 #7 · Soup cold, an hour late · Dora Quint",
        "Contacted today at 09:30",
        "[Close] […: Add a promise, Give to someone, Add a note, Snooze]",
    ]


def test_the_teams_cases_that_wait_for_us_come_first() -> None:
    shown = read(tab([], [replace(ex.UNCLAIMED, number=31), THEIRS, replace(ex.CONTACTED, number=8, owner=ex.BEN)]))
    team = shown[shown.index("# The team's open cases") : shown.index("# Your settings")]
    assert team == [
        "# The team's open cases",
        "[*All 3*] [Unclaimed 0] [Overdue 0] [Contacted or promised 0] [Critical 0]",
        "*They wait for us, worst first* · 2",
        "🟡 #31 · Soup cold, an hour late · Dora Quint",
        "Owner ▰▰▱▱▱ 5 min left · First contact ▰▰▰▰▰ 50 min left",
        "[Claim]",
        "🟡 #20 · Soup cold, an hour late · Dora Quint",
        "@ben · First contact ▰▰▰▰▰ 50 min left",
        "*Contacted; nothing is late* · 1",
        "🟢 #8 · Soup cold, an hour late · Dora Quint",
        "@ben · Contacted today at 09:30",
        "  Clocks in working time, as of today at 09:10",
        "(divider)",
    ]


def test_a_contacted_case_without_owner_can_be_claimed() -> None:
    assert "[Claim]" in read(tab([], [ex.UNOWNED]))


def test_a_clock_that_has_run_out_stands_out() -> None:
    late = tab([], [ex.UNCLAIMED], now=ex.NOW + timedelta(minutes=70))
    assert "Owner ▱▱▱▱▱ ⚠️ *55 min over* · First contact ▱▱▱▱▱ ⚠️ *10 min over*" in read(late)


def test_a_promise_and_a_snooze_are_told_too() -> None:
    mine = tab(
        [
            replace(ex.PROMISED, promises=owing("send the refund", ex.PROMISED.promise_due_at, ex.NOW)),
            replace(ex.SNOOZED, number=13),
        ]
    )
    assert "Contacted today at 09:30 · Promise ▰▰▰▰▰ 8 h 50 min left" in own(mine)
    assert "First contact ▰▰▰▰▰ 50 min left · 💤 until today at 12:00" in own(mine)


def test_a_snooze_that_is_over_is_told_no_more() -> None:
    assert not [line for line in own(tab([ex.SNOOZED], now=ex.NOW + timedelta(hours=4))) if "💤" in line]


def test_an_owner_who_was_asked_can_answer_here() -> None:
    asked = replace(ex.CLAIMED, asked_at=ex.NOW)
    assert "[Contacted] [Still on it] […: Snooze, Give to someone, Add a promise, Release]" in own(tab([asked]))


def test_an_empty_home_says_how_a_case_becomes_mine() -> None:
    assert read(tab()) == [
        "# Your cases",
        "You hold no cases. When a customer is unhappy, a card comes to the channel; :eyes: on it makes it yours.",
        "(divider)",
        "# The team's open cases",
        "No open cases. Every customer who wrote has been looked after. ☕",
        "(divider)",
        *SETTINGS,
        "  Going away? `/case away until Monday` offers your cases to the team. "
        "An hour of quiet? `/case quiet 1h` sends your reminders to whoever is next.",
    ]


def test_when_all_open_cases_are_mine_it_says_so() -> None:
    assert "No other open cases." in read(tab([ex.CLAIMED]))


def test_a_filter_that_lets_nothing_through_says_so() -> None:
    counts = {each: Count(3, 0) if each is Filter.ALL else Count() for each in Filter}
    shown = read(tab([], [], wanted=Filter.CRITICAL, counts=counts))
    assert "[All 3] [Unclaimed 0] [Overdue 0] [Contacted or promised 0] [*Critical 0*]" in shown
    assert "Nothing here just now. ☕" in shown


def test_more_cases_of_mine_than_fit_are_counted() -> None:
    assert "  … and 5 more: `/case mine`" in own(tab([ex.CLAIMED], held=6))


@pytest.mark.parametrize(
    ("page", "buttons"), [(0, "[Next]"), (1, "[Back] [Next]"), (2, "[Back]")], ids=["first", "middle", "last"]
)
def test_pages_can_be_turned_as_far_as_there_are(page: int, buttons: str) -> None:
    shown = read(tab([], [THEIRS], page=page, pages=3))
    place = shown.index(f"  Page {page + 1} of 3 · Clocks in working time, as of today at 09:10")
    assert shown[place + 1] == buttons


def test_a_pages_button_names_the_page_it_leads_to() -> None:
    row = next(
        b for b in home(tab([], [THEIRS], page=4, pages=9), {}, ex.POLICY)["blocks"] if b.get("block_id") == "pages"
    )
    assert {e["action_id"]: e["value"] for e in row["elements"]} == {"page_back": "v1:3", "page_next": "v1:5"}


def test_being_away_and_quiet_stand_on_top() -> None:
    person = Person(id=ex.ANA, away_until=NOW + timedelta(days=2), quiet_until=NOW + timedelta(hours=1))
    assert own(tab(person=person))[1:5] == [
        "🌴 You are away until Wednesday, January 7th, 2026 at 09:10. Nobody can give you a case until then.",
        "[I am back]",
        "🔕 Quiet until today at 10:10: your reminders go to whoever is next.",
        "[End the quiet]",
    ]


def test_being_away_ends_by_itself_at_its_time() -> None:
    over = Person(id=ex.ANA, away_until=NOW, quiet_until=NOW)
    assert own(tab(person=over)) == own(tab())


def test_each_setting_offers_what_it_is_not() -> None:
    other = read(tab(person=Person(id=ex.ANA, in_thread=True, early=False)))
    assert other[other.index("# Your settings") : -1] == [
        "# Your settings",
        "Reminders come in the *case's thread*.",
        "[Use direct messages]",
        "Reminders ahead of a deadline: *off*.",
        "[Turn on]",
    ]


def elements(block: Any) -> list[Any]:
    return [*block.get("elements", []), *([block["accessory"]] if "accessory" in block else [])]


def test_every_button_about_oneself_is_one_that_works() -> None:
    person = Person(id=ex.ANA, away_until=NOW + timedelta(days=2), quiet_until=NOW + timedelta(hours=1))
    pages = [
        tab([], [THEIRS], person=person, page=1, pages=3),
        tab(person=Person(id="U1", in_thread=True, early=False)),
    ]
    found = {
        e["action_id"] for t in pages for b in home(t, {}, ex.POLICY)["blocks"] for e in elements(b) if "action_id" in e
    }
    assert found == CHOICES
    assert set(words.SETTING_BUTTONS) < CHOICES


def test_the_fullest_tab_there_is_stays_below_slacks_limit() -> None:
    mine = [replace(ex.CLAIMED, number=number) for number in range(MINE_SHOWN)]
    statuses = [ex.UNCLAIMED, THEIRS, ex.UNOWNED]
    team = [replace(statuses[number % 3], number=100 + number) for number in range(PAGE)]
    person = Person(id=ex.ANA, away_until=NOW + timedelta(days=2), quiet_until=NOW + timedelta(hours=1))
    blocks = home(tab(mine, team, person=person, held=500, page=1, pages=9), {}, ex.POLICY)["blocks"]
    assert len(blocks) < 80
    assert lines(blocks)[-5:-1] == SETTINGS[1:]
    names = [block["block_id"] for block in blocks if "block_id" in block]
    assert len(names) == len(set(names))


def test_people_outside_the_team_see_no_case() -> None:
    assert lines(for_others(NotAllowed("is_guest"))["blocks"]) == [
        "This is for the team that looks after unhappy customers. Ask the lead to add you: "
        "a guest is not shown customers' words, so an admin has to make you a full member first."
    ]
    (said,) = lines(for_others(NotAllowed("not_in_members"))["blocks"])
    assert "“members” under [slack]" in said  # the lead can do it
