"""What the stories about replies share: letters to Priya, good and bad, and the gestures that write them."""

from __future__ import annotations

from cases.replies.drafts import Draft
from sandbox.people.reading import plain
from store import drafts
from tests.stories.stage import Actor, Stage, payload

GOOD = (
    "Dear Priya,\n\nI am sorry: your meal box did not arrive, and we told you that you never ordered it. You had nothing to "
    "cook tonight. I have refunded the box this morning. Would you like a new one on Wednesday, or dinner tonight?\n\n"
    "I will call you today at 15:00.\n\nAna Ortega"
)
EXCUSE = GOOD.replace(", and we told you that you never ordered it", "").replace(
    "I have refunded", "The courier was late again, which is outside our control. I have refunded"
)
GENEROUS = GOOD.replace("I have refunded the box this morning.", "I have refunded €5,000 to you this morning.")


def saved(stage: Stage, number: int = 1) -> Draft:
    """The draft as the database has it."""
    draft = stage.world.store.read(lambda tx: drafts.load(tx, number))
    assert draft is not None
    return draft


def sendable(stage: Stage, number: int = 1) -> bool:
    """What the draft's message says to other programs."""
    told = payload(stage.draft(number))["sendable"]
    assert isinstance(told, bool)
    return told


def edit(stage: Stage, who: Actor, body: str = GOOD, number: int = 1) -> dict[str, str]:
    """Opens the form of a draft and saves it with this text; answers with the errors beside its fields."""
    who.click(stage.draft(number), "edit")
    refused: dict[str, str] = who.submit({"body": body})
    return refused


def form(who: Actor) -> str:
    """The words of the form that is open before this person; empty when none is."""
    view = who.modal()
    return plain(view) if view else ""
