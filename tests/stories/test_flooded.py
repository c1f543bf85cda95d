"""Too much comes at once: most of the many share one card, and each of them is a case like any other all the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from cases.arrivals.feedback import Arriving
from cases.model import Customer, Feedback, Severity, Status
from handlers.feedback.batch import arrived_together
from handlers.overdue import overdue
from handlers.reply.write import write_drafts
from sandbox.demo import cast
from sandbox.people.reading import plain
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Channel, Message
from store.forgetting import forget
from tests.stories.replying import edit, form, sendable
from tests.stories.stage import Stage, payload, policy

CARDS = 3
FEW = policy(flood={"cards": CARDS, "within": "10m"})
DANGER = "I ate it and had an allergic reaction, I am in hospital now."


@pytest.fixture
def stage(served: PracticeWorkspace, database_url: str) -> Iterator[Stage]:
    served.reset()
    stage = Stage(served, database_url, FEW)
    yield stage
    stage.close()


def comes(stage: Stage, *numbers: int, comment: str = "My order never arrived.", **data: Any) -> None:
    """So many customers complain by webhook, before anything is said in Slack of any of them."""
    for number in numbers:
        content = {"external_id": f"f-{number}", "comment": comment, "customer": {"name": f"Customer {number}"}} | data
        sent = {"type": "feedback.created", "timestamp": stage.now.isoformat(), "data": content}
        assert stage.practice.intake.send(sent, f"msg_{number}_{stage.now.timestamp()}").status in (200, 201)


def waited_long(stage: Stage) -> dict[str, str]:
    """What makes a case graver: its customer had spoken long before we heard."""
    return {"occurred_at": (stage.now - timedelta(hours=5)).isoformat()}


def shared(stage: Stage) -> Message:
    """The one card that many share, as it is once it has been brought up to date."""
    stage.jump(timedelta(seconds=5))
    (card,) = stage.practice.messages("flood")
    return card


def own_cards(stage: Stage) -> list[int]:
    return sorted(payload(card)["case"] for card in stage.practice.messages("card"))


@pytest.mark.long
def test_sixty_in_a_minute_share_one_card(stage: Stage) -> None:
    for number in range(60):
        comes(stage, number)
        stage.jump(timedelta(seconds=1))
    said = plain(shared(stage))
    assert own_cards(stage) == [1, 2, 3]
    assert "60 new cases within 1 min*" in said
    assert "3 of them have a card each" in said
    assert "The other 57 stand together here" in said
    assert "57 wait for an owner*" in said
    assert overdue(stage.world) == []


@pytest.mark.long
def test_few_in_each_ten_minutes_share_nothing(stage: Stage) -> None:
    for number in range(9):
        comes(stage, number)
        stage.jump(timedelta(minutes=4))
    assert own_cards(stage) == list(range(1, 10))
    assert stage.practice.messages("flood") == []


@pytest.mark.long
def test_critical_one_among_many_has_its_card(stage: Stage) -> None:
    comes(stage, *range(10))
    comes(stage, 10, comment=DANGER)
    comes(stage, *range(11, 20))
    stage.settle()
    assert stage.case(11).severity is Severity.CRITICAL
    assert own_cards(stage) == [1, 2, 3, 11]


def test_high_one_goes_before_those_not_shown_yet(stage: Stage) -> None:
    comes(stage, *range(10))
    comes(stage, 10, 11, **waited_long(stage))
    write_drafts(stage.world)  # before Slack shows any of it
    comes(stage, 12, 13)
    stage.settle()
    assert {stage.case(number).severity for number in (11, 12)} == {Severity.HIGH}
    assert own_cards(stage) == [1, 11, 12]
    assert "11 wait for an owner*" in plain(shared(stage))
    stage.person("ana").click(shared(stage), "flood_take")
    assert stage.case(2).owner == stage.person("ana").id
    assert stage.draft(2)


def test_high_one_takes_no_card_that_stands(stage: Stage) -> None:
    comes(stage, *range(4))
    stage.settle()
    comes(stage, 4, **waited_long(stage))
    stage.settle()
    assert own_cards(stage) == [1, 2, 3]


@pytest.mark.long
def test_import_shows_the_gravest_by_themselves(stage: Stage) -> None:
    said = ["The cup was broken when it came." for _ in range(500)]
    said[400] = DANGER
    arriving = [
        Arriving(Feedback(external_id=f"r-{n}", source="reviews", comment=words, customer=Customer(id=f"c-{n}")))
        for n, words in enumerate(said)
    ]
    for start in range(0, 500, 100):
        arrived_together(stage.world, arriving[start : start + 100])
    card = shared(stage)
    assert len(own_cards(stage)) == CARDS + 1
    assert Severity.CRITICAL in {stage.case(number).severity for number in own_cards(stage)}
    assert "500 new cases within 1 min*, most of them from reviews" in plain(card)
    assert "*What they are about:* broken (496)" in plain(card)
    assert len(card.blocks) <= 50
    assert len(card.text) <= 3000
    assert overdue(stage.world) == []


@pytest.mark.long
def test_claim_from_the_shared_card_opens_another(stage: Stage) -> None:
    comes(stage, *range(6))
    stage.person("ana").click(shared(stage), "claim", block_id="one-5")
    assert stage.case(5).owner == stage.person("ana").id
    assert own_cards(stage) == [1, 2, 3, 5]
    assert "has it" in plain(stage.card(5))
    assert "Dear" in plain(stage.draft(5)) or "Hello" in plain(stage.draft(5))
    assert "4 of them have a card each" in plain(shared(stage))
    assert "The other 2 stand together here" in plain(shared(stage))
    assert "2 wait for an owner* · 1 in hand" in plain(shared(stage))
    assert "#5" not in plain(shared(stage))


@pytest.mark.long
def test_two_who_take_the_next_get_two(stage: Stage) -> None:
    comes(stage, *range(6))
    card = shared(stage)
    stage.person("ana").click(card, "flood_take")
    stage.person("ben").click(card, "flood_take")
    assert [stage.case(4).owner, stage.case(5).owner] == [stage.person("ana").id, stage.person("ben").id]


def test_card_is_shown_before_anybody_takes_it(stage: Stage) -> None:
    comes(stage, *range(6))
    ana = stage.person("ana")
    ana.select(shared(stage), "flood_open", "v1:6")
    assert own_cards(stage) == [1, 2, 3, 6]
    assert stage.case(6).status is Status.UNCLAIMED
    assert "The card of #6 comes at the end of this channel." in ana.sees()
    ana.click(shared(stage), "flood_show")
    ana.click(shared(stage), "flood_show")
    ana.click(shared(stage), "flood_show") if "flood_show" in json.dumps(shared(stage).blocks) else None
    assert own_cards(stage) == [1, 2, 3, 4, 5, 6]


def test_who_writes_below_the_shared_card_hears_that_nothing_is_kept(stage: Stage) -> None:
    comes(stage, *range(6))
    card, ana = shared(stage), stage.person("ana")
    for said in ("I have rung her, all is well.", "And him."):
        ana.say(card, said)
    assert [said for said in ana.sees() if "Which case?" in said] == [ana.sees()[-1]]
    ana.say(card, "@Amends note 5 I have rung her")
    assert any("I have rung her" in said for said in stage.in_thread(5))


def test_command_on_a_gathered_case_works(stage: Stage) -> None:
    comes(stage, *range(6))
    stage.settle()
    ben = stage.person("ben")
    assert "My order never arrived" in plain(ben.command("/case", "show 5"))
    assert own_cards(stage) == [1, 2, 3]
    ben.command("/case", "note 6 she called as well")
    assert own_cards(stage) == [1, 2, 3, 6]
    assert any("she called as well" in said for said in stage.in_thread(6))


@pytest.mark.long
def test_graver_repeat_gets_its_own_card(stage: Stage) -> None:
    ana = {"email": "ana@example.org"}
    comes(stage, *range(5))
    comes(stage, 5, customer=ana)
    stage.settle()
    assert own_cards(stage) == [1, 2, 3]
    stage.receives(external_id="again", comment="It still has not arrived!", customer=ana)
    assert own_cards(stage) == [1, 2, 3, 6]
    assert stage.case(6).severity is Severity.HIGH


@pytest.mark.long
def test_more_words_of_the_same_join_silently(stage: Stage) -> None:
    comes(stage, *range(6))
    stage.settle()
    stage.receives(
        external_id="f-5", comment="My order never arrived. The box neither.", customer={"name": "Customer 5"}
    )
    assert own_cards(stage) == [1, 2, 3]
    assert "The box neither" in (stage.case(6).feedback[0].comment or "")


@pytest.mark.long
def test_reminders_of_the_many_are_one_message(stage: Stage) -> None:
    comes(stage, *range(43))
    stage.settle()
    stage.pass_time(minutes=20)
    (told,) = [m for m in stage.practice.thread(shared(stage)) if m.kind == "nudge"]
    assert "40 cases" in plain(told)
    stage.pass_time(hours=2)
    assert stage.standing().count("lea") == 1
    assert "43 cases" in plain(stage.nudges("lea")[-1])


@pytest.mark.long
def test_digest_counts_those_that_stand_together(stage: Stage) -> None:
    comes(stage, *range(9))
    stage.pass_time(hours=23, step=timedelta(hours=1))
    (digest,) = stage.digests()
    assert "9 customers wait for a word from us" in plain(digest)


@pytest.mark.long
def test_shared_card_says_when_all_are_looked_after(stage: Stage) -> None:
    comes(stage, *range(6))
    ana = stage.person("ana")
    for number in (4, 5, 6):
        ana.command("/case", f"claim {number}")
    assert "Somebody looks after every one that stood here.* 3 in hand" in plain(shared(stage))
    for number in (4, 5, 6):
        ana.command("/case", f"dismiss {number}")
    assert "All 3 that stood here are closed" in plain(shared(stage))


def test_closing_gathered_cases_posts_no_cards(stage: Stage) -> None:
    comes(stage, *range(8))
    stage.settle()
    stage.person("ana").command("/case", "dismiss 4-8")
    assert own_cards(stage) == [1, 2, 3]
    assert "All 5 that stood here are closed" in plain(shared(stage))


def test_shared_card_comes_for_who_comes_after_all_were_taken(stage: Stage) -> None:
    comes(stage, *range(4))
    stage.person("ana").command("/case", "claim 4")  # before the shared card was ever shown
    assert stage.practice.messages("flood") == []
    comes(stage, 4)
    assert "#5" in plain(shared(stage))


def test_shared_card_forgets_who_wants_to_be_forgotten(stage: Stage) -> None:
    comes(stage, *range(6))
    assert "Customer 5" in plain(shared(stage))
    forget(stage.world.store, "#6", stage.now)
    assert "Customer 5" not in plain(shared(stage))


@pytest.mark.parametrize("same_id", [True, False])
def test_words_after_their_ratings_bring_no_cards_of_their_own(stage: Stage, same_id: bool) -> None:
    stage.restart(policy=policy(flood={"cards": CARDS}, sources={"form": {"hold": "60s"}}))
    for number in range(6):
        who = {"source": "form", "customer": {"email": f"c{number}@example.org"}}
        rating = {"value": 1, "scale": 5}
        stage.receives(external_id=f"r-{number}", comment=None, rating=rating, **who)
    stage.jump(timedelta(seconds=20))
    for number in range(6):
        who = {"source": "form", "customer": {"email": f"c{number}@example.org"}}
        written = f"r-{number}" if same_id else f"w-{number}"
        stage.receives(external_id=written, comment="The cup was broken when it came.", **who)
    assert "The cup was broken" in plain(shared(stage))
    assert own_cards(stage) == [1, 2, 3]
    assert {stage.case(number).severity for number in range(1, 7)} == {Severity.NORMAL}


@pytest.mark.long
def test_quiet_ends_a_flood_and_another_begins(stage: Stage) -> None:
    comes(stage, *range(6))
    stage.jump(timedelta(minutes=11))
    comes(stage, *range(6, 12))
    stage.jump(timedelta(seconds=5))
    assert len(stage.practice.messages("flood")) == 2
    assert own_cards(stage) == [1, 2, 3, 7, 8, 9]


@pytest.mark.long
def test_case_noted_down_by_hand_has_its_card(stage: Stage) -> None:
    comes(stage, *range(6))
    stage.settle()
    stage.person("ana").command("/case", "new Kim rang: the soup was cold")
    assert 7 in own_cards(stage) or stage.person("ana").modal() is not None


@pytest.mark.long
def test_zero_means_that_every_case_has_a_card(stage: Stage) -> None:
    stage.restart(policy=policy(flood={"cards": 0}))
    comes(stage, *range(30))
    stage.settle()
    assert len(own_cards(stage)) == 30


def test_killed_between_any_two_steps_nothing_is_lost(stage: Stage) -> None:
    for number in range(8):
        comes(stage, number)
        if number % 2:
            stage.restart()
    stage.person("ana").click(shared(stage), "flood_take")
    stage.restart()
    assert own_cards(stage) == [1, 2, 3, 4]
    assert "4 wait for an owner* · 1 in hand" in plain(shared(stage))


BERLIN = "CBERLIN01"


@pytest.mark.long
def test_channels_have_floods_of_their_own(stage: Stage) -> None:
    stage.practice.workspace.channels[BERLIN] = Channel(BERLIN, "care-berlin", {cast.ANA, cast.BOT_USER})
    stage.restart(policy=policy(flood={"cards": CARDS}, sources={"berlin": {"channel": "#care-berlin"}}))
    comes(stage, *range(3), source="berlin")
    comes(stage, *range(3, 9))
    assert shared(stage).channel == cast.CARE
    assert own_cards(stage) == [1, 2, 3, 4, 5, 6]


# Fifty about one thing, each with words of its own


LETTERS = {
    4: "I am sorry: your vase came broken, because I packed it badly. A new one leaves today, and I check the box myself.",
    6: "My apologies. You opened your parcel and found the vase in pieces; that was my doing. I have refunded you in full.",
    8: "The vase you were looking forward to was broken, and I am sorry that I let it go out so. Would you like another?",
}


def answers(stage: Stage, number: int, words: str) -> None:
    """Ana takes these words for the letter to this customer, and approves it."""
    ana = stage.person("ana")
    edit(stage, ana, f"Dear Customer {number - 1},\n\n{words}\n\nAna Ortega", number)
    if ana.modal() is not None:
        ana.close_modal()
    ana.click(stage.draft(number), "approve")


@pytest.mark.long
def test_group_is_answered_one_after_another(stage: Stage) -> None:
    comes(stage, *range(3))
    for number in (3, 5, 7):
        comes(stage, number, comment="The vase was broken when it came.")
        comes(stage, number + 1)
    ana, card = stage.person("ana"), shared(stage)
    assert "broken (3) · did not arrive (3)" in plain(card)
    ana.select(card, "flood_like", "v1:4")
    assert "#4 is yours. Its card comes at the end of this channel; the draft stands in its thread." in ana.sees()
    assert "Answer the next" not in plain(stage.draft(4))
    for number, left in ((4, 5), (6, 4), (8, 3)):
        assert stage.case(number).owner == ana.id
        answers(stage, number, LETTERS[number])
        assert f"Answer the next ({left} left)" in plain(stage.draft(number))
        ana.click(stage.draft(number), "flood_like")
    assert [stage.case(number).owner for number in (5, 7, 9)] == [None] * 3
    assert "That was the last of these. What else stands together is on the card that they share." in ana.sees()


def test_same_words_to_another_of_the_many_are_noticed(stage: Stage) -> None:
    for number in range(6):
        comes(stage, number, comment="The vase was broken when it came.")
    ana = stage.person("ana")
    ana.click(shared(stage), "flood_take")
    answers(stage, 4, LETTERS[4])
    ana.click(stage.draft(4), "flood_like")
    edit(stage, ana, f"Dear Customer 4,\n\n{LETTERS[4]}\n\nAna Ortega", 5)
    assert "Nearly these words were sent in case #4" in form(ana)
    assert not sendable(stage, 5)


def falls_due_unseen(stage: Stage, *shares: dict[str, str]) -> None:
    """These share a card. Slack shows neither that nor what falls due below it; then they write again, and each gets a card of their own."""
    comes(stage, *range(CARDS))
    for number, customer in enumerate(shares, CARDS):
        comes(stage, number, customer=customer)
    stage.practice.faults.refuse("chat.postMessage", "service_unavailable", count=10_000)
    stage.pass_time(minutes=40)
    for number, customer in enumerate(shares, 90):
        comes(stage, number, customer=customer)
    stage.practice.faults.clear()
    stage.pass_time(minutes=20)


PRIYA = {"name": "Priya Nair", "email": "priya@example.org"}
TOM = {"name": "Tom Hale", "email": "tom@example.org"}


def test_reminder_follows_its_case_to_a_card_of_its_own(stage: Stage) -> None:
    falls_due_unseen(stage, PRIYA)
    assert stage.practice.messages("flood") == []
    assert own_cards(stage) == [1, 2, 3, 4]
    assert stage.in_thread(4, "nudge")
    assert overdue(stage.world) == []


def test_reminder_of_several_goes_with_the_card_that_nobody_needs(stage: Stage) -> None:
    falls_due_unseen(stage, PRIYA, TOM)
    assert stage.practice.messages("flood") == []
    assert own_cards(stage) == [1, 2, 3, 4, 5]
    assert overdue(stage.world) == []
