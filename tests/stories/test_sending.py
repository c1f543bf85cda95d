"""An approved reply is sent from its thread: by a person, once, whatever the mail server or the machine does."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest

from cases.letters.compose import Mailbox
from cases.letters.letter import Letter, LetterState
from cases.model import Grade, Remedy, Status, Way
from handlers.letters import carry
from handlers.overdue import overdue
from sandbox.people.reading import buttons, plain
from store import letters
from tests.elapsing import PATIENCE, until
from tests.mail_server import DROP, DROP_AFTER_TAKING, MailServer
from tests.stories.stage import Actor, Stage, payload, policy
from tests.stories.test_drafting import TEXT, edit

CARE = Mailbox("Hearth & Ribbon", "care@shop.example")


@pytest.fixture
def server() -> Iterator[MailServer]:
    with MailServer() as server:
        yield server


@pytest.fixture
def ana(stage: Stage, server: MailServer) -> Actor:
    """Ana has claimed a case, and approved a reply to its customer."""
    stage.restart(smtp_url=server.url, mailbox=CARE)
    stage.hears_from("box-not-delivered")
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    approve(stage, ana)
    return ana


def approve(stage: Stage, who: Actor, body: str = TEXT) -> None:
    edit(stage, who, body)
    who.click(stage.draft(), "approve")


def words_of(sent: EmailMessage) -> str:
    return str(sent.get_content()).replace("\r\n", "\n").rstrip()


def letter(stage: Stage) -> Any:
    found = stage.world.store.read(lambda tx: letters.latest(tx, 1))
    assert found is not None
    return found


def letter_of(stage: Stage, version: int) -> Letter:
    facts = {"message_id": "<earlier@shop.example>", "token": "earlier", "sent_by": "U_ANA"}
    address = stage.case().customer.email or ""
    now = stage.now
    return Letter(case=1, version=version, address=address, asked_at=now, next_attempt_at=now, **facts)


def send(stage: Stage, who: Actor, **after: float) -> None:
    who.click(stage.draft(), "send")
    stage.pass_time(step=timedelta(seconds=30), **after or {"minutes": 2})


def test_approved_reply_can_be_sent_from_its_thread(stage: Stage, ana: Actor, server: MailServer) -> None:
    assert buttons(stage.draft())[:3] == ["send", "sent", "edit"]
    ana.click(stage.draft(), "send")
    assert buttons(stage.draft()) == ["take_back"]
    assert server.letters == []
    stage.pass_time(step=timedelta(seconds=30), minutes=2)
    (sent,) = server.letters
    assert words_of(sent) == TEXT
    assert (sent["To"], sent["Reply-To"].addresses[0].addr_spec) == (
        stage.case().customer.email,
        f"care+{letter(stage).token}@shop.example",
    )
    assert "Ana" in sent["From"]
    assert plain(stage.draft()).startswith("📬 Sent")
    assert "send" not in buttons(stage.draft())


def test_nobody_is_told_to_copy_what_can_be_sent(stage: Stage, ana: Actor) -> None:
    assert not any("Copy it from here" in said for said in ana.sees())


def test_nobody_says_sent_while_a_letter_waits(stage: Stage, ana: Actor) -> None:
    seen = stage.draft().blocks
    ana.click(stage.draft(), "send")
    stage.draft().blocks = seen
    ana.click(stage.draft(), "sent")
    assert stage.case().evidence is None
    assert "on their way" in ana.sees()[-1]


def test_letter_a_server_took_is_contact_seen(stage: Stage, ana: Actor) -> None:
    send(stage, ana)
    case = stage.case()
    assert (case.status, case.evidence, case.evidence_how) == (Status.CONTACTED, Grade.SEEN, Way.EMAIL)
    assert (case.evidence_by, case.contacted_by, case.owner) == (ana.id, ana.id, ana.id)
    assert "The mail server took an e-mail" in plain(stage.card())
    stage.pass_time(step=timedelta(hours=1), hours=2)  # before what is promised in it is due
    assert stage.nudges() == []


ASKS = TEXT.replace("I will", "What would make this right for you? I will", 1)


def test_letter_that_asks_what_makes_it_right_is_remembered(stage: Stage, ana: Actor) -> None:
    assert "?" in ASKS
    approve(stage, ana, ASKS)
    send(stage, ana)
    assert stage.case().remedy is Remedy.ASKED
    assert "what would make it right" in plain(stage.card())


def test_letter_that_asks_how_it_ended_answers_its_question(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 1 phone")
    for owed in stage.case().owed:
        ana.command("/case", f"kept 1 {owed.what}")
    stage.pass_time(step=timedelta(hours=1), days=4)
    asked = [each for each in stage.nudges("ana") if "Did it end well?" in plain(each)][-1]
    ana.click(asked, "write_after")
    approve(
        stage,
        ana,
        "Hello Priya,\n\nMay I ask whether all is well now? If anything is not, please tell me.\n\nAna Ortega",
    )
    send(stage, ana)
    assert (stage.case().asked_at, stage.standing()) == (None, [])
    assert stage.case().look_back_at is not None
    stage.pass_time(step=timedelta(hours=1), days=4)
    assert "Did it end well?" in plain(stage.nudges("ana")[-1])


def test_letter_taken_back_does_not_go(stage: Stage, ana: Actor, server: MailServer) -> None:
    ana.click(stage.draft(), "send")
    stage.person("ben").click(stage.draft(), "take_back")
    stage.pass_time(minutes=10)
    assert server.letters == []
    assert buttons(stage.draft())[0] == "send"
    send(stage, ana)
    assert len(server.letters) == 1


def test_worker_that_was_slow_has_no_part_in_what_is_sent_anew(stage: Stage, ana: Actor) -> None:
    """It took the letter up before somebody took it back and sent it once more, and another worker has it now."""

    def taken_up() -> Letter:
        stage.practice.clock.jump(timedelta(minutes=2))
        due = stage.world.store.write(lambda tx: letters.take_due(tx, stage.now, timedelta(minutes=5), 4))
        return due[0]

    ana.click(stage.draft(), "send")
    slow = taken_up()
    ana.click(stage.draft(), "take_back")
    ana.click(stage.draft(), "send")
    new = taken_up()
    begun = [
        stage.world.store.write(lambda tx, it=it: letters.begin(tx, it, it.attempts + 1, stage.now))
        for it in (slow, new)
    ]
    assert begun == [False, True]


def test_nothing_is_changed_while_a_letter_waits(stage: Stage, ana: Actor, server: MailServer) -> None:
    ben = stage.person("ben")
    ben.click(stage.draft(), "edit")
    ana.click(stage.draft(), "send")
    assert "Take back" in str(ben.submit({"body": "Other words"}))
    stage.pass_time(minutes=2)
    assert words_of(server.letters[0]) == TEXT


def test_who_neither_approved_nor_owns_sends_nothing(stage: Stage, ana: Actor, server: MailServer) -> None:
    ben = stage.person("ben")
    ben.click(stage.draft(), "send")
    stage.pass_time(minutes=2)
    assert server.letters == []
    assert "approved it or has the case" in ben.sees()[-1]


def test_second_click_sends_no_second_letter(stage: Stage, ana: Actor, server: MailServer) -> None:
    seen = stage.draft().blocks
    send(stage, ana)
    stage.draft().blocks = seen
    send(stage, ana)
    assert len(server.letters) == 1


def test_busy_server_gets_it_when_it_can(stage: Stage, ana: Actor, server: MailServer) -> None:
    server.goes_wrong("RCPT", *["451 busy just now"] * 6)
    send(stage, ana, minutes=5)
    assert "has not taken it yet: 451 busy just now" in plain(stage.draft())
    assert buttons(stage.draft()) == ["take_back"]
    assert stage.case().status is Status.CLAIMED
    assert any("a letter has waited for our mail server" in problem for problem in overdue(stage.world))
    stage.pass_time(hours=1)
    assert len(server.letters) == 1
    assert stage.case().evidence is Grade.SEEN
    assert not any("mail server" in problem for problem in overdue(stage.world))


def test_refused_address_is_no_contact_and_said(stage: Stage, ana: Actor, server: MailServer) -> None:
    server.goes_wrong("RCPT", "550 5.1.1 no such user", "550 5.1.1 no such user")
    send(stage, ana)
    case = stage.case()
    assert (case.status, case.evidence, [each.way for each in case.tries]) == (Status.CLAIMED, None, [Way.EMAIL])
    (told,) = [said for said in stage.in_thread() if "did not reach" in said]
    assert "550 5.1.1 no such user" in told
    assert ana.id in told
    assert buttons(stage.draft())[0] == "send"
    send(stage, ana)
    assert len([said for said in stage.in_thread() if "did not reach" in said]) == 2


def test_address_that_is_none_is_said_at_once(stage: Stage, server: MailServer) -> None:
    stage.restart(smtp_url=server.url, mailbox=CARE)
    stage.receives(customer={"name": "Priya Nair", "email": "priya..nair@docomo.example"})
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    approve(stage, ana)
    send(stage, ana)
    assert letter(stage).state is LetterState.REFUSED
    assert "none that mail servers know" in plain(stage.draft())


def test_letter_follows_the_latest_word_of_the_customer(stage: Stage, server: MailServer) -> None:
    stage.restart(smtp_url=server.url, mailbox=CARE)
    priya = {"name": "Priya Nair", "email": "priya@example.org"}
    stage.receives(external_id="<1@mail.example>", source="e-mail", customer=priya)
    stage.jump(timedelta(minutes=5))
    ours = replace(letter_of(stage, version=99), state=LetterState.SENT, ended_at=stage.now)
    stage.world.store.write(lambda tx: letters.send(tx, ours))
    stage.jump(timedelta(minutes=5))
    again = {"external_id": "<2@mail.example>", "source": "e-mail", "customer": priya}
    stage.receives(**again, comment="Broken again!", occurred_at=stage.now.isoformat())
    followed = stage.world.store.read(lambda tx: carry.followed_by(tx, stage.case()))
    assert followed == ["<1@mail.example>", "<earlier@shop.example>", "<2@mail.example>"]


@pytest.mark.parametrize(("fault", "went"), [(DROP, 0), (DROP_AFTER_TAKING, 1)])
def test_letter_of_unknown_fate_asks_a_person(
    stage: Stage, ana: Actor, server: MailServer, fault: str, went: int
) -> None:
    server.goes_wrong("END", fault)
    send(stage, ana, hours=3)
    assert len(server.letters) == went
    assert letter(stage).state is LetterState.UNKNOWN
    assert stage.case().evidence is None
    assert buttons(stage.draft())[:2] == ["sent", "send"]
    if went:
        ana.click(stage.draft(), "sent")
        assert stage.case().evidence is Grade.TOLD
        assert buttons(stage.draft())[0] == "edit"
    else:
        send(stage, ana)
        assert stage.case().evidence is Grade.SEEN
    assert len({sent["Message-ID"] for sent in server.letters}) == len(server.letters) == 1


def test_case_closed_meanwhile_stops_the_letter(stage: Stage, ana: Actor, server: MailServer) -> None:
    ana.click(stage.draft(), "send")
    ana.command("/case", "dismiss 1 it was a test order")
    stage.pass_time(minutes=10)
    assert server.letters == []
    assert any("has not been sent" in said for said in stage.in_thread())


def test_switch_in_policy_stops_every_letter(stage: Stage, ana: Actor, server: MailServer) -> None:
    ana.click(stage.draft(), "send")
    stage.restart(policy=policy(mail={"send": False}))
    stage.pass_time(hours=1)
    assert server.letters == []
    stage.restart(policy=policy())
    stage.pass_time(minutes=1)
    assert len(server.letters) == 1


def test_customer_gets_few_letters_a_day(stage: Stage, ana: Actor, server: MailServer) -> None:
    stage.restart(policy=policy(mail={"a_day": 1}))
    before = replace(letter_of(stage, version=99), state=LetterState.SENT)
    stage.world.store.write(lambda tx: letters.send(tx, before))
    send(stage, ana)
    assert server.letters == []
    assert "allows no more letters to one customer within a day (1," in ana.sees()[-1]


def test_without_a_mail_server_all_is_as_before(stage: Stage, ana: Actor) -> None:
    stage.restart(smtp_url=None)
    approve(stage, ana, TEXT.replace("15:00", "16:00"))
    assert buttons(stage.draft())[0] == "sent"


def test_slack_never_waits_for_a_mail_server(stage: Stage, ana: Actor, server: MailServer) -> None:
    """It has the letter in hand and says nothing; colleagues are answered, and what they do is written."""
    gate = threading.Event()
    server.at_step = lambda step: None if step != "RCPT" else gate.wait(PATIENCE) and None
    ana.click(stage.draft(), "send")
    stage.practice.clock.jump(timedelta(minutes=2))
    carrying = threading.Thread(target=carry.carry_letters, args=(stage.world,))
    carrying.start()
    until(lambda: "RCPT" in server.steps)
    ana.command("/case", "note 1 The carrier called back.")
    stage.hears_from("wrong-bill")
    assert carrying.is_alive()
    assert (stage.history(1)[-1], len(stage.practice.messages("card"))) == ("note", 2)
    gate.set()
    carrying.join(PATIENCE)
    assert len(server.letters) == 1


class _Killed(BaseException):
    """The process ends here."""


STEPS = ("take_due", "begin", "save", "before", "after")


@pytest.mark.parametrize("step", STEPS)
def test_letter_goes_once_whenever_the_process_is_killed(
    stage: Stage, ana: Actor, server: MailServer, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A kill at each step: what had not begun goes out later, once; what may have gone is asked about and never sent again by itself."""
    ana.click(stage.draft(), "send")
    stage.jump(timedelta(seconds=30))

    def killed(*_: Any, **__: Any) -> Any:
        raise _Killed

    with monkeypatch.context() as patched:
        if step in ("before", "after"):
            post = stage.world.post
            assert post is not None
            hand_over = post.carry

            def carried(envelope: Any, begin: Any) -> Any:
                if step == "after":
                    hand_over(envelope, begin)
                raise _Killed

            object.__setattr__(post, "carry", carried)
        else:
            patched.setattr(carry.letters, step, killed)
        stage.practice.clock.jump(timedelta(minutes=1))
        with pytest.raises(_Killed):
            carry.carry_letters(stage.world)
    stage.restart()
    stage.pass_time(minutes=20)
    asked = letter(stage).state is LetterState.UNKNOWN
    assert asked is (step in ("save", "after"))
    assert len(server.letters) == 1
    if not asked:
        assert stage.case().evidence is Grade.SEEN
    assert payload(stage.draft())["kind"] == "draft"


def test_letter_can_be_sent_by_command_too(stage: Stage, ana: Actor, server: MailServer) -> None:
    assert "goes to the customer in" in plain(ana.command("/case", "send 1"))
    stage.pass_time(minutes=2)
    assert len(server.letters) == 1
    assert "Nobody has approved" not in plain(ana.command("/case", "send 1"))


def test_letter_that_waits_can_be_taken_back_by_command(stage: Stage, ana: Actor, server: MailServer) -> None:
    ana.command("/case", "send 1")
    assert "The letter of case #1 stays here" in plain(ana.command("/case", "take back 1"))
    stage.pass_time(minutes=2)
    assert (server.letters, stage.case().owner) == ([], ana.id)


@pytest.mark.parametrize("said", ["take back 1", "takeback 1", "take the letter back 1"])
def test_taking_back_without_a_letter_claims_nothing(stage: Stage, ana: Actor, said: str) -> None:
    owner, told = stage.case().owner, stage.person("ben").command("/case", said)
    assert "No letter of case #1 is waiting" in plain(told)
    assert "`/case claim 1`" in plain(told)
    assert stage.case().owner == owner
