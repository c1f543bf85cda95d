"""One short story told to a bot in another process, whichever way in Slack takes: from a complaint to a closed case."""

from __future__ import annotations

from sandbox.people.reading import buttons, plain
from sandbox.workspace import Message
from tests.processes.harness import House, about, until


def settled(house: House, number: int) -> Message:
    """The card, once the bot knows where it stands: what it hears earlier it does not take, and Slack tells it again."""
    card = house.card_says("Claim", number)
    until(lambda: [m for m in house.practice.messages("draft") if about(m)["case"] == number], what="the draft")
    return card


def walk(house: House, number: int = 1) -> Message:
    """Feedback, card, claim by button, nudge to the owner, contact by form, nudge struck, closed by command.

    Returns the card as it stands at the end.
    """
    ana = house.person("ana")
    assert house.receives(f"order-{number}").status == 201
    card = settled(house, number)

    assert ana.click(card, "claim").ok
    house.card_says(f"<@{ana.id}> has it", number)
    nudge = until(lambda: [m for m in house.practice.dms("ana") if m.kind == "nudge"], what="the owner's nudge")[-1]
    assert buttons(nudge)

    assert ana.click(card, "contacted").ok
    assert ana.submit({"text": "Called, apologised, sent it again."}) == {}
    until(lambda: "Done: the customer has been contacted" in plain(nudge), what="the nudge struck")
    assert not buttons(nudge)
    said = ana.command("/case", f"close {number} won_back Courier was late / Call before they write")
    assert said is not None
    assert "closed" in plain(said)
    card = house.card_says("Closed", number)
    nudged = [m for m in house.practice.messages("nudge") if about(m)["case"] == number]
    assert len(nudged) == 1
    return card


def gestures(house: House, number: int) -> Message:
    """What colleagues do besides: emoji and back, a form of a new case, the Home tab, a mention in a thread.

    Returns the card of the new case.
    """
    ben = house.person("ben")
    house.receives(f"order-{number}", comment="The box was broken when it arrived, and nobody answers.")
    card = settled(house, number)

    ben.react(card, "eyes")
    house.card_says(f"<@{ben.id}> has it", number)
    ben.unreact(card, "eyes")
    house.card_says("Claim", number)
    ben.say(card, "@amends claim")
    house.card_says(f"<@{ben.id}> has it", number)

    ben.open_home()
    until(lambda: (home := ben.home()) and f"#{number}" in plain(home), what="the case on Home")
    ben.command("/case", "new Rang twice, still no parcel")
    assert ben.submit({"name": "Iris Holm"}) == {}
    return house.card_says("Rang twice, still no parcel", number + 1)
