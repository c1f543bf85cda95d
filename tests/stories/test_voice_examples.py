"""A model that drafts is shown how the team writes: approved letters to others, nearest in meaning, with every fact taken out."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from handlers.judging import engine
from handlers.reply.voice import examples
from handlers.world import World
from store import forgetting, replies
from tests.prompts.stand_in import KEY, MODEL, standing_in
from tests.scoring import QuickJudge
from tests.stories.replying import GOOD
from tests.stories.stage import Stage, policy
from tests.stories.test_model_drafts import OPINION, asked, says

LETTER = (
    "Dear {name},\n\nI am sorry: your meal box did not arrive, and you had nothing to cook. I forgot to put order {order} on the "
    "van to {street}. I have refunded {sum}. {own} I will call you today at 15:00.\n\nAna Ortega"
)
CUSTOMERS = [
    ("Mia Lindqvist", "8812", "Lindenallee 4", "€31", "You told Freja that there would be dinner tonight, and there was none."),
    ("Tom Hall", "9013", "12 Baker Street", "£54", "It should have been there at noon, and nobody told you why it was not."),
    ("Li Wei", "7761", "Rue du Bac 9", "$77", "You rang three times before anybody picked up the telephone here."),
    ("Eva Kern", "6650", "Via Roma 2", "90 EUR", "It was for me to make that good, and you had to call."),
]  # fmt: skip


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """Ana has written to four customers whose box never came; a fifth has just complained of the same."""
    for number, (name, order, street, sum_, own) in enumerate(CUSTOMERS, 1):
        complains(stage, number, name)
        written(stage, number, LETTER.format(name=name.split()[0], order=order, street=street, sum=sum_, own=own))
    return stage


def complains(
    stage: Stage, number: int, name: str, comment: str = "My meal box has not arrived, and nobody answers."
) -> None:
    customer = {"name": name, "email": f"{number}@example.org"}
    stage.receives(external_id=f"f-{number}", comment=comment, customer=customer)


def written(stage: Stage, number: int, body: str) -> None:
    """Ana's approved letter, by which the customer was contacted."""
    ana = stage.person("ana")
    ana.command("/case", f"contacted {number} email wrote to them")
    kept = replies.Approved(case=number, version=7, at=stage.now, by=ana.id, subject="Your box", body=body)
    stage.world.store.write(lambda tx: replies.keep(tx, kept))


def shown(stage: Stage, number: int = 5, world: World | None = None, **drafts: Any) -> tuple[str, ...]:
    """What goes along with a draft for this case, by another policy perhaps."""
    return examples(replace(world or stage.world, policy=policy(drafts=drafts)), stage.case(number))


@pytest.mark.long
def test_letters_go_along_without_their_facts(stage: Stage) -> None:
    with standing_in() as model:
        quiet = policy(drafts={"second_reader": False})
        stage.restart(openai_api_key=KEY, openai_base_url=model.base_url, openai_model=MODEL, policy=quiet)
        model.answers(says(GOOD))
        model.answers(OPINION)
        complains(stage, 5, "Priya Raman")
        told = asked(model, 0)
    voice = told.partition("## How this team writes")[2].partition("## The earlier version")[0]
    assert voice.count("[example: begin ") == 3
    assert "I am sorry: your meal box did not arrive, and you had nothing to cook." in voice
    for fact in ("Mia", "Freja", "8812", "Lindenallee", "Baker", "54", "Wei", "Rue", "Roma", "90", "15:00"):
        assert fact not in voice


def test_letters_that_must_not_go_along_do_not(stage: Stage) -> None:
    """None where policy says so, none about a source that no model is told of, none of a grave case, none that was erased."""
    complains(stage, 5, "Priya Raman")
    assert len(shown(stage)) == 3
    assert shown(stage, examples=0) == ()
    assert shown(stage, model_off_for=["generic"]) == ()
    for number in (1, 2):
        forgetting.forget(stage.world.store, f"{number}@example.org", stage.now)
    assert len(shown(stage)) == 2
    complains(
        stage,
        6,
        "Ola Berg",
        "My meal box has not arrived, and there was glass in the last one; my child is in hospital.",
    )
    written(stage, 6, LETTER.format(name="Ola", order="1", street="x", sum="€1", own="And so it is."))
    assert len(shown(stage)) == 2


def test_with_the_engine_the_nearest_in_meaning_go_along(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    """Eva's letter, which no word of the complaint leads to."""

    def embed(texts: list[str]) -> list[list[float]]:
        return [[1.0, 0.0] if "make that good" in text or "quite alone" in text else [0.0, 1.0] for text in texts]

    complains(stage, 5, "Priya Raman", "My meal box has not arrived. I sat there quite alone with a spoon.")
    monkeypatch.setattr(engine, "embed", embed)
    monkeypatch.setattr(engine, "is_here", lambda: True)
    (nearest,) = shown(stage, world=replace(stage.world, judge=QuickJudge()), examples=1)
    assert "It was for me to make that good" in nearest
