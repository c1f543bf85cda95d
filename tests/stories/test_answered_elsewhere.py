"""A colleague answers from her own mail program and never touches Slack: the team's mailbox is the evidence."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.letters.compose import Mailbox as From
from cases.letters.letter import Letter, LetterState
from cases.model import Grade, Status, Way
from handlers.letters.imap import Imap
from handlers.letters.look import Mailbox
from sandbox.people.reading import buttons, plain
from store import letters
from tests.imap_server import ImapServer
from tests.mail_server import DROP_AFTER_TAKING, MailServer
from tests.stories.mailbox import composed, look, new_folder, server
from tests.stories.stage import Stage, policy
from tests.stories.test_sending import approve

__all__ = ["server"]  # a fixture


@pytest.fixture
def folder(server: ImapServer, stage: Stage) -> str:
    """A folder of sent letters of this story's own."""
    name = new_folder("Gesendet")
    stage.restart(policy=policy(mail={"sent": [name]}))
    stage.receives(external_id="f-1", customer={"name": "Priya Nair", "email": "priya@example.org"})
    return name


@pytest.fixture
def mailbox(server: ImapServer) -> Mailbox:
    return Mailbox(Imap(server.url))


@pytest.mark.long
def test_letter_from_a_mail_program_ends_reminders(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox
) -> None:
    stage.jump(timedelta(minutes=5))
    server.put(folder, composed(stage.now), stage.now)
    assert look(stage, mailbox) == 1
    case = stage.case()
    assert (case.status, case.evidence, case.evidence_how, case.evidence_by) == (
        Status.CONTACTED,
        Grade.SEEN,
        Way.EMAIL,
        "Ana",
    )
    assert "The mail server took an e-mail" in plain(stage.card())
    before = len(stage.nudges())
    stage.pass_time(step=timedelta(hours=1), hours=8)
    assert len(stage.nudges()) == before
    assert look(stage, mailbox) == 0


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("earlier", "headers"),
    [
        (timedelta(hours=2), {}),
        (timedelta(), {"To": "boss@shop.example", "Subject": "Fwd: priya@example.org wrote"}),
        (timedelta(), {"Auto_Submitted": "auto-replied"}),
        (timedelta(), {"To": "priya@example.org.evil.example"}),
    ],
)
def test_decoys_leave_the_customer_waiting(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox, earlier: timedelta, headers: dict[str, str]
) -> None:
    stage.jump(timedelta(minutes=5))
    server.put(folder, composed(stage.now - earlier, **headers), stage.now - earlier)
    assert look(stage, mailbox) == 0
    assert stage.case().evidence is None


def test_letter_of_somebody_else_among_the_sent_ones_asks_a_person_once(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox
) -> None:
    """Moved there by hand, or from an address of ours that nobody has named."""
    stage.restart(smtp_url="smtp://127.0.0.1:1", mailbox=From("Hearth", "care@shop.example"))
    stage.jump(timedelta(minutes=5))
    for _ in range(2):
        server.put(folder, composed(stage.now, From="Maria <maria@example.com>"), stage.now)
        look(stage, mailbox)
        stage.jump(timedelta(minutes=5))
    (told,) = [said for said in stage.in_thread() if "There is a letter to the customer" in said]
    assert "says that a colleague wrote it" in told
    assert stage.case().evidence is None


@pytest.mark.long
def test_letter_older_than_its_case_counts_too(stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox) -> None:
    """The survey told us late: the customer spoke, a colleague answered, and then came the webhook."""
    spoke, wrote = stage.now, stage.now + timedelta(minutes=20)
    stage.jump(timedelta(hours=1))
    server.put(folder, composed(wrote, To="tom@example.org"), wrote)
    assert look(stage, mailbox) == 0
    tom = {"name": "Tom Hale", "email": "tom@example.org"}
    stage.receives(external_id="f-2", customer=tom, occurred_at=spoke.isoformat())
    stage.jump(timedelta(seconds=20))
    assert look(stage, mailbox) == 1
    assert stage.case(2).contacted_at == wrote


def test_unreadable_mailbox_is_told_of_and_hurts_nothing(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox
) -> None:
    mailbox.imap = Imap(server.url.replace("secret", "wrong"))
    assert look(stage, mailbox) == 0
    assert mailbox.trouble(stage.now) is None
    stage.jump(timedelta(minutes=3))
    assert look(stage, mailbox) == 0
    told = mailbox.trouble(stage.now)
    assert told is not None
    assert "it refuses the login in IMAP_URL" in told
    assert "wrong" not in told
    mailbox.imap = Imap(server.url)
    stage.jump(timedelta(minutes=1))
    look(stage, mailbox)
    assert mailbox.trouble(stage.now) is None


def test_mailbox_is_looked_into_as_often_as_policy_says(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox
) -> None:
    look(stage, mailbox)
    at = mailbox.looked_at
    stage.jump(timedelta(seconds=10))
    look(stage, mailbox)
    assert mailbox.looked_at == at
    stage.jump(timedelta(seconds=10))
    look(stage, mailbox)
    assert mailbox.looked_at == stage.now


def test_letter_in_doubt_is_found_among_the_sent(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox
) -> None:
    doubted = falls_into_doubt(stage, server.url)
    assert (doubted.state, look(stage, mailbox)) == (LetterState.SOUGHT, 0)
    assert "I look for it among the sent letters" in plain(stage.draft())
    assert not {"send", "sent"} & set(buttons(stage.draft()))
    server.put(folder, composed(stage.now, message_id=doubted.message_id), stage.now)
    stage.jump(timedelta(minutes=1))
    look(stage, mailbox)
    stage.pass_time(hours=1)
    found = stage.world.store.read(lambda tx: letters.latest(tx, 1))
    assert found is not None
    assert (found.state, stage.case().evidence) == (LetterState.SENT, Grade.SEEN)
    assert plain(stage.draft()).startswith("📬 Sent")
    assert stage.history().count("contacted") == 1
    assert not any("I send nothing twice" in said for said in stage.in_thread())


def test_letter_that_is_found_opens_no_case_again(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox
) -> None:
    """It was closed while nobody knew whether the letter had gone out, and the customer has written again since."""
    doubted = falls_into_doubt(stage, server.url)
    for typed in ("contacted 1 phone", "close 1 satisfied promise kept"):
        stage.person("ana").command("/case", typed)
    stage.receives(external_id="f-2", customer={"name": "Priya Nair", "email": "priya@example.org"})
    server.put(folder, composed(stage.now, message_id=doubted.message_id), stage.now)
    stage.jump(timedelta(minutes=1))
    look(stage, mailbox)
    assert (stage.case(1).status, stage.case(2).status) == (Status.CLOSED, Status.UNCLAIMED)
    assert plain(stage.draft()).startswith("📬 Sent")
    assert stage.history()[-1] == "contacted"


@pytest.mark.parametrize(("is_readable", "asks_after"), [(True, 2), (False, 10)])
def test_person_is_asked_of_a_letter_that_is_not_found(
    stage: Stage, server: ImapServer, folder: str, mailbox: Mailbox, is_readable: bool, asks_after: int
) -> None:
    """Two minutes of looking tell; a mailbox that cannot be read tells nothing, and is waited for a little longer."""
    url = server.url if is_readable else server.url.replace("secret", "wrong")
    falls_into_doubt(stage, url)
    mailbox.imap = Imap(url)
    asked = []
    for _ in range(asks_after):
        asked.append(any("I send nothing twice" in said for said in stage.in_thread()))
        stage.jump(timedelta(minutes=1))
        look(stage, mailbox)
    assert asked == [False] * asks_after
    assert sum("I send nothing twice" in said for said in stage.in_thread()) == 1
    assert buttons(stage.draft())[:2] == ["sent", "send"]


def falls_into_doubt(stage: Stage, imap_url: str) -> Letter:
    """The mail server takes a reply, and its answer is lost on the way."""
    with MailServer() as smtp:
        stage.restart(smtp_url=smtp.url, imap_url=imap_url, mailbox=From("Hearth", "care@shop.example"))
        ana = stage.person("ana")
        ana.click(stage.card(), "claim")
        approve(stage, ana, TO_PRIYA)
        smtp.goes_wrong("END", DROP_AFTER_TAKING)
        ana.click(stage.draft(), "send")
        stage.pass_time(step=timedelta(seconds=30), seconds=90)
    doubted = stage.world.store.read(lambda tx: letters.latest(tx, 1))
    assert doubted is not None
    return doubted


TO_PRIYA = (
    "Dear Priya,\n\nI am sorry: your order never arrived, and I sent it to the wrong door. I have refunded all of it this morning. "
    "I will call you today at 17:00 to hear whether it is there.\n\nAna Ortega"
)
