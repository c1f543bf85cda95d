"""What the stories about owners begin with: complaints that have come in, and who holds which of them."""

from __future__ import annotations

from tests.stories.stage import Actor, Stage


def arrive(stage: Stage, *numbers: int) -> None:
    """Complaints of so many customers, one case each."""
    for number in numbers:
        stage.receives(external_id=f"f-{number}")


def ana_with_one(stage: Stage) -> Actor:
    """Ana, who has claimed case 1, the only one."""
    arrive(stage, 1)
    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    return ana


def ana_with_two(stage: Stage) -> Actor:
    """Ana, who holds case 1 and has contacted the customer of case 2; nobody holds case 3."""
    arrive(stage, 1, 2, 3)
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    ana.command("/case", "contacted 2 phone")
    return ana
