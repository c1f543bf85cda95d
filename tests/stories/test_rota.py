"""The rota as the team sees it: a name on the card of a case that nobody has, and not a step further."""

from __future__ import annotations

import pytest

from sandbox.demo import cast
from tests.stories.stage import Stage, policy

ROTA = {day: ["@ana", "@ben"] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture(autouse=True)
def of_the_rota(stage: Stage) -> None:
    stage.restart(policy=policy(rota=ROTA))


def turn(stage: Stage, number: int = 1) -> list[str]:
    """The lines about the rota on a case's card."""
    return [line for line in stage.card(number).text.splitlines() if line.startswith("On the rota")]


@pytest.mark.long
def test_new_case_names_whose_turn_it_would_be(stage: Stage) -> None:
    stage.receives()
    stage.receives(external_id="f-2", comment="Cold soup, awful.")
    assert turn(stage, 1) == [f"On the rota: <@{cast.BEN}>"]
    assert turn(stage, 2) == [f"On the rota: <@{cast.ANA}>"]


def test_suggested_colleague_owns_nothing_until_they_claim(stage: Stage) -> None:
    stage.receives()
    assert stage.case().owner is None
    stage.person("ana").click(stage.card(), "claim")
    assert (stage.case().owner, turn(stage)) == (cast.ANA, [])


@pytest.mark.long
def test_suggestion_comes_back_with_the_case(stage: Stage) -> None:
    stage.receives()
    stage.person("lea").click(stage.card(), "claim")
    stage.person("lea").react(stage.card(), "wave")
    assert turn(stage) == [f"On the rota: <@{cast.BEN}>"]
