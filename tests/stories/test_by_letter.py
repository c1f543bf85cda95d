"""The five customers again, to the very end, by letters: a real mail server carries them, and the answers are read from a real mailbox."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes as read_letter

import pytest

from cases.model import Grade, Outcome, Status, Way
from sandbox.mail.letters import RECEIVER
from sandbox.mail.post import Letter
from sandbox.people.reading import plain
from tests.stories.replying import edit
from tests.stories.stage import Actor, Stage, buttons, by_mail, policy

HOUR = timedelta(hours=1)


@pytest.fixture
def stage(stage: Stage) -> Stage:
    """The stage, with the mail server of the practice workspace."""
    stage.restart(policy=policy(mail={"poll": "1s", "authserv_id": RECEIVER}), **by_mail(stage.practice))
    return stage


def send(stage: Stage, who: Actor, body: str, number: int = 1) -> None:
    """The reply is written, approved and sent, and has gone out."""
    assert edit(stage, who, body, number) == {}
    who.click(stage.draft(number), "approve")
    who.click(stage.draft(number), "send")
    stage.jump(timedelta(minutes=2))
    assert plain(stage.draft(number)).startswith("📬 Sent")


def letters(stage: Stage, key: str) -> list[Letter]:
    """What lies in the mailbox of a story's customer, oldest first."""
    mailbox = stage.practice.post.mailbox(stage.practice.customers[key].email or "")
    assert mailbox is not None
    return mailbox.letters


def confirmed(stage: Stage) -> bool:
    """Whether the customer has said that it is right now, and nobody waits for us."""
    return (stage.case().status, stage.case().evidence) == (Status.CONTACTED, Grade.CONFIRMED)


def exchange(stage: Stage, key: str) -> list[str]:
    """Who wrote, letter by letter: "us" and "them"."""
    return ["us" if letter.ours else "them" for letter in letters(stage, key)]


TO_CLARA = (
    "Dear Clara,\n\nI am sorry: you rang to ask how to order a box for your husband's birthday, and we were cold to you and sent you "
    "to the website. That was our fault. I have put one aside for you, and it can be with him before the day. May I ask "
    "whom you spoke with, and did you get what you needed?\n\nI will call you on Wednesday at 15:00.\n\nAna Ortega"
)
TO_CLARA_AGAIN = (
    "Dear Clara,\n\nthank you for telling me. I have shared with the whole team what happened on Thursday: whoever rings us is helped "
    "on the telephone from now on. There is nothing you need to do.\n\nAna Ortega"
)


def test_two_letters_win_the_gift_shops_buyer_back(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hears_from("gift-shop")
    ana.click(stage.card(), "claim")
    send(stage, ana, TO_CLARA)
    assert "The mail server took an e-mail" in plain(stage.card())
    stage.jump(timedelta(minutes=45))
    assert exchange(stage, "gift-shop") == ["us", "them"]
    (told,) = [said for said in stage.in_thread() if "It was a woman, on Thursday around four." in said]
    assert "you rang to ask" not in told  # what she quotes of ours
    assert "not verified" not in plain(stage.card())
    assert (stage.case().status, stage.nudged()) == (Status.CLAIMED, [])

    send(stage, ana, TO_CLARA_AGAIN)
    assert stage.case().status is Status.CONTACTED
    follows = read_letter(letters(stage, "gift-shop")[-1].content)
    assert letters(stage, "gift-shop")[1].written.name in follows["References"]
    stage.pass_time(days=1, step=6 * HOUR)
    assert exchange(stage, "gift-shop") == ["us", "them", "us", "them"]
    assert "The box for my husband's birthday is ordered." in plain(stage.card())
    ana.command("/case", "contacted 1 phone She rang us and ordered again")
    ana.command("/case", "close 1 won back promise kept / We sent callers to the website / Gifts have a date")
    assert stage.case().outcome is Outcome.WON_BACK


TO_DOUGLAS = (
    "Dear Douglas,\n\nI am sorry: we lost your sandwich order at the counter, you had to ask twice and wait twenty-five minutes, and nobody "
    "said sorry. That was our fault. I have refunded your order this morning.\n\nAna Ortega"
)


def test_lost_order_is_made_good_by_letter(stage: Stage) -> None:
    ana, ben = stage.person("ana"), stage.person("ben")
    ben.command("/case", "new")
    assert ben.submit(stage.practice.customers["lost-order"].by_hand) == {}
    ana.click(stage.card(), "claim")
    ana.command("/case", "contacted 1 phone Said sorry, and asked where a letter reaches him")
    send(stage, ana, TO_DOUGLAS)
    stage.jump(3 * HOUR)
    assert exchange(stage, "lost-order") == ["us", "them"]
    assert confirmed(stage)
    ana.command("/case", "close 1 satisfied Orders get lost in a rush / Say sorry at the counter")
    assert stage.case().outcome is Outcome.SATISFIED


TO_PRIYA = (
    "Dear Priya,\n\nI am sorry: your meal box did not arrive, and we told you that you never ordered it. That was our fault. I have "
    "refunded the box this morning. A new one will be with you on Wednesday by 12:00.\n\nAna Ortega"
)
TO_PRIYA_AGAIN = (
    "Dear Priya,\n\nI am sorry that I have to move the day: I said Wednesday, and the kitchen cannot make it. The new box will be with "
    "you on Friday by 12:00, and it costs you nothing.\n\nAna Ortega"
)


@pytest.mark.long
def test_new_date_reaches_her_before_the_old_one_passes(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hears_from("box-not-delivered")
    ana.click(stage.card(), "claim")
    send(stage, ana, TO_PRIYA)
    (promise,) = stage.case().promises
    stage.jump(timedelta(minutes=45))
    send(stage, ana, "Dear Priya,\n\nyes, it can be left at the back door.\n\nAna Ortega")
    stage.jump(promise.due_at - 2 * HOUR - stage.now)
    ana.click(stage.nudges("ana")[-1], "promise")
    friday = promise.due_at + timedelta(days=2)
    assert ana.submit({"text": promise.what, "until": int(friday.timestamp())}) == {}
    send(stage, ana, TO_PRIYA_AGAIN)
    told = letters(stage, "box-not-delivered")[-1]
    assert told.at < promise.due_at
    assert "Friday by 12:00" in told.written.text
    stage.jump(2 * HOUR)
    assert exchange(stage, "box-not-delivered") == ["us", "them"] * 3
    assert [each.due_at for each in stage.case().promises] == [friday]
    assert (stage.case().status, len(stage.nudged())) == (Status.CONTACTED, 1)


TO_WALTER = (
    "Dear Walter,\n\nas I said on the telephone: I am sorry. We billed you $400 when you owed $9. That was our fault. The wrong bill is "
    "cancelled, and the right one, for $9, is on its way.\n\nLea Brandt"
)


@pytest.mark.long
def test_lead_calls_who_said_dont_bother_and_writes(stage: Stage) -> None:
    lea = stage.person("lea")
    stage.hears_from("wrong-bill")
    lea.click(stage.card(), "claim")
    lea.click(stage.card(), "draft")
    lea.submit({"text": "He was billed forty times too much; we owe him the correction."})
    lea.command("/case", "contacted 1 phone Nine dollars it is, and an apology")
    send(stage, lea, TO_WALTER)
    stage.jump(2 * HOUR)
    assert exchange(stage, "wrong-bill") == ["us", "them"]
    assert confirmed(stage)
    lea.command("/case", "close 1 satisfied A decimal point / Check bills over ten times the usual")
    assert stage.case().outcome is Outcome.SATISFIED


TO_HANNAH = (
    "Dear Hannah,\n\nI am sorry: we promised you the cake toppers within 24 hours, and three days later they had not been sent. That was "
    "our fault. They are printed today, and a courier has them at your door tomorrow by 17:00, the evening before the birthday.\n\nAna Ortega"
)
TO_HANNAH_AGAIN = "Dear Hannah,\n\nthe courier rings, and hands them to you. He has just left with them.\n\nAna Ortega"


def test_birthday_is_saved_by_a_straight_answer(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hears_from("birthday-order")
    ana.click(stage.card(), "claim")
    send(stage, ana, TO_HANNAH)
    stage.jump(timedelta(minutes=30))
    assert stage.case().status is Status.CLAIMED  # she asks something
    send(stage, ana, TO_HANNAH_AGAIN)
    stage.pass_time(days=1, step=6 * HOUR)
    assert exchange(stage, "birthday-order") == ["us", "them", "us", "them"]
    assert confirmed(stage)


@pytest.mark.long
def test_colleague_answers_from_her_own_mail_program(stage: Stage) -> None:
    """She never touches Slack, and nobody there is reminded of a customer who has long been written to."""
    stage.hears_from("gift-shop")
    stage.jump(timedelta(minutes=5))
    stage.practice.post.from_program("Ana Ortega", "clara.nystroem@example.org", "Your call with us", TO_CLARA)
    stage.jump(timedelta(seconds=20))
    case = stage.case()
    assert (case.status, case.evidence, case.evidence_how, case.evidence_by) == (
        *(Status.CONTACTED, Grade.SEEN, Way.EMAIL, "Ana Ortega"),
    )
    assert "The mail server took an e-mail" in plain(stage.card())
    assert "hearth-and-ribbon.example" not in plain(stage.card()) + "\n".join(
        stage.in_thread()
    )  # a letter's name says nothing
    stage.pass_time(minutes=35)
    assert stage.nudged() == []
    stage.pass_time(minutes=10)
    assert exchange(stage, "gift-shop") == ["us", "them"]
    assert "It was a woman, on Thursday around four." in "\n".join(stage.in_thread())
    assert stage.case().status is Status.UNCLAIMED  # she wrote back, and nobody in Slack has her case


def test_letter_that_comes_back_starts_the_clock_again(stage: Stage) -> None:
    ana = stage.person("ana")
    stage.hears_from("gift-shop")
    ana.click(stage.card(), "claim")
    send(stage, ana, TO_CLARA)
    (letter,) = letters(stage, "gift-shop")
    stage.practice.post.bounce(letter.number)
    stage.jump(timedelta(seconds=5))
    case = stage.case()
    assert (case.status, case.evidence, [each.way for each in case.tries]) == (Status.CLAIMED, None, [Way.EMAIL])
    assert "It has not reached the customer: 550 5.1.1 no such mailbox here." in plain(stage.draft())
    assert buttons(stage.draft())[0] == "send"  # the address may have been mended
    ana.click(stage.draft(), "sent")
    assert "send" not in buttons(stage.draft())
    stage.pass_time(hours=1)
    assert exchange(stage, "gift-shop") == ["us"]  # she has nothing to answer
