"""Nothing is hidden from whoever must answer: every word of the customer, how to reach them, who heard them first."""

from __future__ import annotations

from copy import deepcopy

import pytest

from sandbox.people.reading import plain
from store.forgetting import forget
from tests.handlers.cards.test_whole import HARD, leafed_through, quotes
from tests.stories.stage import Actor, Stage, buttons, policy

HANNAH = {"name": "Hannah Moreau", "email": "hannah@example.org", "phone": "+33 1 99 00 12 34"}
LETTER = (
    "I ordered the anniversary hamper three weeks ago, and what came was a box of broken glass and somebody else's card. "
    * 9
    + "What I want is the hamper before Sunday 6 December. Call me between 9 and 10 only, because I am a teacher. "
    "The new order number is GB-6021."
)
THE_WISH = "The new order number is GB-6021."


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who holds the case of Hannah's long letter."""
    stage.receives(comment=LETTER, customer=HANNAH)
    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    return ana


# Every word


@pytest.mark.long
def test_end_of_a_long_letter_is_one_click_away(stage: Stage, ana: Actor) -> None:
    assert THE_WISH not in plain(stage.card())
    ana.click(stage.card(), "read_all")
    assert quotes(ana.modal().view["blocks"]) == LETTER


def test_show_has_the_whole_letter(stage: Stage, ana: Actor) -> None:
    assert THE_WISH in str(ana.command("/case", "show 1").blocks)
    ana.say(stage.card(), "@amends show")
    assert THE_WISH in str(ana.private_messages()[-1].blocks)


def test_letter_is_no_message_more_in_the_channel(stage: Stage, ana: Actor) -> None:
    before = len(stage.practice.messages())
    ana.click(stage.card(), "read_all")
    assert len(stage.practice.messages()) == before


def test_short_complaint_has_no_such_button(stage: Stage) -> None:
    stage.receives(comment="My order never arrived.")
    assert "read_all" not in buttons(stage.card())


@pytest.mark.long
def test_book_is_read_to_its_end_page_by_page(stage: Stage) -> None:
    book = HARD["a whole book"]
    stage.receives(comment=book)
    ben = stage.person("ben")
    ben.click(stage.card(), "read_all")
    read = [quotes(ben.modal().view["blocks"])]
    while "Read on" in str(ben.modal().view["blocks"]):
        row = [b["block_id"] for b in ben.modal().view["blocks"] if b["type"] == "actions"][-1]
        ben.click(ben.modal(), "read_on", block_id=row)
        read.append(quotes(ben.modal().view["blocks"]))
    assert len(read) > 2
    assert "".join(read) == stage.case().feedback[0].comment == book


@pytest.mark.long
def test_long_later_words_stand_whole_in_the_thread(stage: Stage, ana: Actor) -> None:
    stage.receives(external_id="f-2", comment=LETTER * 5, customer=HANNAH)
    note = stage.practice.thread(stage.card())[-1]
    assert quotes(note.blocks) == LETTER * 5


@pytest.mark.long
def test_letter_without_end_is_read_on_from_its_note(stage: Stage, ana: Actor) -> None:
    stage.receives(external_id="f-2", comment=LETTER * 20, customer=HANNAH)
    ana.click(stage.practice.thread(stage.card())[-1], "read_all")
    assert quotes(ana.modal().view["blocks"]) == LETTER + LETTER * 20


@pytest.mark.long
def test_correction_is_what_one_reads_then(stage: Stage, ana: Actor) -> None:
    stage.receives(comment="Never mind, my neighbour had it all the time.", customer=HANNAH)
    ana.command("/case", "show 1")
    assert THE_WISH not in str(ana.private_messages()[-1].blocks)
    assert "read_all" not in buttons(stage.card())


@pytest.mark.long
def test_forgotten_words_are_nowhere_to_be_read(stage: Stage, ana: Actor) -> None:
    stage.receives(external_id="f-2", comment=LETTER * 20, customer=HANNAH)
    old = stage.card()
    ana.say("@amends", "show 1")
    forget(stage.world.store, "hannah@example.org", stage.now)
    stage.settle()
    ana.say("@amends", "show 1")
    standing = [*stage.practice.messages(), *stage.practice.dms("ana")]
    assert not [m for m in standing if m.user != ana.id and ("GB-6021" in str(m.blocks) or "hannah@" in str(m.blocks))]
    assert "read_all" not in buttons(old)
    assert "GB-6021" not in str(leafed_through(stage.case()))


# How to reach them


def reached(message: object) -> bool:
    return "hannah@example.org" in str(getattr(message, "blocks", None))


def test_owner_asks_again_whenever_slack_has_forgotten(stage: Stage, ana: Actor) -> None:
    for _ in range(2):
        ana.reloads()
        assert not any(map(reached, ana.private_messages()))
        ana.choose(stage.card(), "about", "How to reach them")
        assert reached(ana.private_messages()[-1])
    looks = [entry for entry in looked(stage) if entry == ana.id]
    assert len(looks) == 3


def looked(stage: Stage) -> list[str | None]:
    from store import timeline

    history = stage.world.store.read(lambda tx: timeline.history(tx, 1, looks=True))
    return [entry.actor for entry in history if entry.action == timeline.SAW_DETAILS]


@pytest.mark.long
def test_show_tells_the_owner_and_nobody_else(stage: Stage, ana: Actor) -> None:
    assert reached(ana.command("/case", "show 1"))
    before = looked(stage)
    assert not reached(stage.person("ben").command("/case", "show 1"))
    assert not reached(stage.person("lea").command("/case", "show 1"))
    assert looked(stage) == before


@pytest.mark.few(1)
@pytest.mark.parametrize("how", ["command", "emoji", "mention"])
def test_claiming_again_tells_how_to_reach_them(stage: Stage, ana: Actor, how: str) -> None:
    ana.reloads()
    if how == "command":
        ana.command("/case", "claim 1")
    elif how == "mention":
        ana.say(stage.card(), "@amends claim")
    else:
        ana.unreact(stage.card(), "eyes")
        ana.command("/case", "claim 1")
        ana.reloads()
        ana.react(stage.card(), "eyes")
    assert any(map(reached, ana.private_messages()))


def test_double_click_on_claim_tells_it_once(stage: Stage) -> None:
    stage.receives(customer={"email": "hannah@example.org"})
    card, ben = deepcopy(stage.card()), stage.person("ben")
    ben.click(card, "claim")
    ben.click(card, "claim")
    assert sum(map(reached, ben.private_messages())) == 1


@pytest.mark.long
def test_reminder_has_the_way_to_the_details(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=50)
    ana.click(stage.nudges("ana")[-1], "reach")
    assert reached(stage.practice.dms("ana")[-1])


@pytest.mark.few(1)
@pytest.mark.parametrize("how", ["takeover 1 I know her", "form", "give"])
def test_whoever_goes_on_with_it_is_told(stage: Stage, ana: Actor, how: str) -> None:
    ben = stage.person("ben")
    if how == "form":
        ben.react(stage.card(), "eyes")
        ben.click(ben.private_messages()[-1], "takeover")
        ben.submit({"text": "I know her"})
    elif how == "give":
        ana.command("/case", "give 1 @ben")
    else:
        ben.command("/case", how)
    assert stage.case().owner == ben.id
    assert any(map(reached, ben.private_messages()))
    ana.reloads()
    ana.choose(stage.card(), "about", "How to reach them")
    assert not any(map(reached, ana.private_messages()))
    assert "takeover 1" in ana.sees()[-1]


def test_others_hear_from_whom_and_how_to_step_in(stage: Stage, ana: Actor) -> None:
    lea = stage.person("lea")
    lea.choose(stage.card(), "about", "How to reach them")
    assert f"<@{ana.id}>" in lea.sees()[-1]
    assert not any(map(reached, lea.private_messages()))
    lea.click(lea.private_messages()[-1], "takeover")
    lea.submit({"text": "She is a friend of the house"})
    assert reached(lea.private_messages()[-1])


@pytest.mark.long
def test_team_that_shows_details_to_all_does_so_here(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(slack={"contact_details": "channel"}))
    ben = stage.person("ben")
    ben.choose(stage.card(), "about", "How to reach them")
    assert reached(ben.private_messages()[-1])
    assert reached(ben.command("/case", "show 1"))


# Who heard them


@pytest.fixture
def noted(stage: Stage) -> Actor:
    """Ana, who has taken a call of Hannah's down."""
    ana = stage.person("ana")
    ana.command("/case", "new The soup was cold, and nobody came.")
    ana.submit({"name": "Hannah Moreau", "email": "hannah@example.org", "source": "phone"})
    return ana


def test_card_names_who_took_the_call(stage: Stage, noted: Actor) -> None:
    assert "by phone · taken down by Ana Ortega" in plain(stage.card())
    assert "taken down by Ana Ortega" in plain(stage.person("ben").command("/case", "show 1"))
    assert noted.id not in str(stage.card().blocks)  # named, and not called


@pytest.mark.long
def test_who_took_the_call_claims_it_from_the_thanks(stage: Stage, noted: Actor) -> None:
    noted.click(noted.private_messages()[-1], "claim")
    assert stage.case().owner == noted.id


@pytest.mark.long
def test_call_about_a_case_that_has_an_owner_says_so(stage: Stage, noted: Actor) -> None:
    stage.person("ben").react(stage.card(), "eyes")
    noted.command("/case", "new Still nobody came.")
    noted.submit({"name": "Hannah Moreau", "email": "hannah@example.org"})
    assert buttons(noted.private_messages()[-1]) == []
    assert f"<@{stage.person('ben').id}>" in noted.sees()[-1]
