"""Whom the rota suggests: in turn, by name or group, never somebody away or gone, and never at the cost of the card."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.model import Case, Status
from cases.policy.page import read_policy
from handlers.team.rota import suggestion
from handlers.world import World
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from store import people

Suggest = Callable[..., str | None]
THREE = '[rota]\nmon = ["@ana", "@ben", "ULEA00001"]'
GROUP = '[rota]\ngroup = "@care-team"'


@pytest.fixture
def suggest(world: World) -> Suggest:
    """Whom a page suggests for a case, by its number; the practice clock stands on a Monday morning."""

    def ask(page: str, number: int, status: Status = Status.UNCLAIMED) -> str | None:
        at = world.now()
        case = Case(
            number=number,
            status=status,
            opened_at=at,
            unclaimed_since=at,
            waiting_since=at,
            heard_at=at,
            claim_due_at=at,
            contact_due_at=at,
        )
        rota = replace(world, policy=read_policy(page))
        return world.store.read(lambda tx: suggestion(rota, tx, case))

    return ask


def away(world: World, *absent: str) -> None:
    for person in absent:
        until = world.now() + timedelta(days=2)
        world.store.write(lambda tx, person=person, until=until: people.change(tx, person, away_until=until))  # type: ignore[misc]


@pytest.mark.parametrize("page", [THREE, GROUP, '[rota]\ngroup = "SCARE0001"'])
def test_cases_go_round_the_rota_by_their_number(suggest: Suggest, page: str) -> None:
    assert [suggest(page, number) for number in (3, 4, 5, 6)] == [cast.ANA, cast.BEN, cast.LEA, cast.ANA]


@pytest.mark.parametrize("status", [Status.CLAIMED, Status.CONTACTED, Status.CLOSED])
def test_nobody_is_suggested_for_a_case_once_claimed(suggest: Suggest, status: Status) -> None:
    assert suggest(THREE, 3, status) is None


def test_without_a_rota_slack_is_asked_nothing(suggest: Suggest, practice: PracticeWorkspace) -> None:
    assert suggest("", 3) is None
    assert suggest('[rota]\nsun = ["@ana"]', 3) is None
    assert not practice.faults.calls


def test_who_is_away_is_passed_over_for_now(suggest: Suggest, world: World) -> None:
    away(world, cast.ANA)
    assert [suggest(THREE, number) for number in (3, 4)] == [cast.BEN, cast.BEN]
    away(world, cast.BEN, cast.LEA)
    assert suggest(THREE, 3) is None


def test_who_has_left_slack_is_passed_over(suggest: Suggest, practice: PracticeWorkspace) -> None:
    practice.person("lea").deactivated()
    assert [suggest(THREE, number) for number in (3, 4, 5)] == [cast.ANA, cast.BEN, cast.ANA]


def test_name_that_nobody_has_is_passed_over(suggest: Suggest) -> None:
    assert [suggest('[rota]\nmon = ["@gone", "@ben"]', number) for number in (2, 3)] == [cast.BEN, cast.BEN]


def test_names_stand_as_written_while_slack_is_silent(suggest: Suggest, practice: PracticeWorkspace) -> None:
    practice.faults.away()
    assert suggest('[rota]\nmon = ["@ana", "@ben"]', 3) == "@ben"
    assert suggest('[rota]\nmon = ["UANA00001"]', 3) == cast.ANA
    assert suggest(GROUP, 3) is None


def test_many_cards_ask_slack_only_once(suggest: Suggest, practice: PracticeWorkspace) -> None:
    for number in range(1, 30):
        suggest(THREE, number)
        suggest(GROUP, number)
    counts = {method: practice.faults.count(method) for method in ("users.list", "usergroups.list", "users.info")}
    assert counts == {"users.list": 1, "usergroups.list": 1, "users.info": 3}
    assert practice.faults.count("usergroups.users.list") == 1
