"""Somebody looks at their Home tab: what it shows them, what its buttons choose, and when it is shown anew."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from cases.people import Filter
from handlers.cards.home import MINE_SHOWN, OWING_SHOWN, PAGE, Tab
from handlers.world import World
from store import cases, homes, open_cases, people
from store.engine import Tx
from store.scope import ALL, Scope

# Slack does not say when a tab is closed. Whoever has opened it lately is taken to be looking still; with a look every
# ten seconds even a dozen of them stay below the hundred views a minute that Slack takes from us.
_STILL_LOOKING = timedelta(minutes=10)

# What each button of the tab chooses; the pages' buttons bring the page's number along.
_CHOICES: Mapping[str, Mapping[str, Any]] = {
    **{f"show_{each}": {"home_filter": each.value, "home_page": 0} for each in Filter},
    "remind_in_thread": {"in_thread": True},
    "remind_directly": {"in_thread": False},
    "early_on": {"early": True},
    "early_off": {"early": False},
    "back": {"away_until": None},
    "quiet_off": {"quiet_until": None},
}
_PAGES = frozenset({"page_back", "page_next"})
_LAST_PAGE = 1_000_000  # a forged one must still be a number that the table can hold
CHOICES = frozenset({*_CHOICES, *_PAGES})


def opened(world: World, person: str) -> None:
    """They opened the tab: a fresh view is owed."""
    world.store.write(lambda tx: homes.looked(tx, person, world.now()))


def chosen(world: World, person: str, choice: str, number: int) -> None:
    """A button of the tab: the choice is kept, and the tab shown anew, in one transaction."""
    wishes = {"home_page": min(number, _LAST_PAGE)} if choice in _PAGES else _CHOICES[choice]

    def keep(tx: Tx) -> None:
        people.change(tx, person, **wishes)
        homes.refresh(tx, person, world.now())

    world.store.write(keep)


def refresh_onlookers(world: World) -> int:
    """What colleagues do shows on the tabs of those who are looking; returns how many are shown anew."""
    since = world.now() - _STILL_LOOKING
    behind = world.store.read(lambda tx: homes.behind(tx, since))
    if behind:
        world.store.write(lambda tx: homes.catch_up(tx, behind, world.now()))
    return len(behind)


def tab_of(world: World, tx: Tx, person: str, scope: Scope = ALL) -> Tab:
    """What a person's tab shows now, of cases in the `scope` of what they may read. Those that stand on it are loaded, the rest is counted."""
    now, wishes = world.now(), people.load(tx, person)
    wanted = _wanted(wishes.home_filter)
    counts = open_cases.counts(tx, person, now, scope)
    pages = max(1, -(-sum(counts[wanted]) // PAGE))
    page = min(wishes.home_page, pages - 1)
    owing = {  # one's own first: of the others' only as many as find room
        number: None
        for owner in (person, None)
        for number in open_cases.owing_though_closed(tx, now, OWING_SHOWN, owner=owner, scope=scope)
    }
    return Tab(
        person=wishes,
        now=now,
        mine=cases.in_order(tx, open_cases.of_owner(tx, person, now, MINE_SHOWN, scope)),
        held=open_cases.owned(tx, person, scope),
        wanted=wanted,
        counts=counts,
        team=cases.in_order(tx, open_cases.page(tx, person, wanted, page * PAGE, PAGE, now, scope)),
        page=page,
        pages=pages,
        owing=cases.in_order(tx, list(owing)[:OWING_SHOWN]),
    )


def _wanted(name: str) -> Filter:
    """A filter that an earlier version knew may be gone."""
    return Filter(name) if name in set(Filter) else Filter.ALL
