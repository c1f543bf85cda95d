"""The same with another IMAP server, whose folders are called and laid out otherwise, and which rings: Dovecot."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from email.message import EmailMessage

import pytest

from cases.letters.compose import Mailbox as From
from cases.letters.letter import LetterState
from cases.model import Grade
from handlers.letters.imap import ALL, INBOX, SENT, Imap, folders, offers
from handlers.letters.listen import listen
from handlers.letters.look import Mailbox
from store import letters
from tests.dovecot import Dovecot, NotHere
from tests.elapsing import PATIENCE, until
from tests.stories.mailbox import composed, look
from tests.stories.stage import Stage
from tests.stories.test_answered_elsewhere import falls_into_doubt

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def server() -> Iterator[Dovecot]:
    with ExitStack() as stack:
        try:
            dovecot = stack.enter_context(Dovecot())
        except NotHere as why:
            pytest.skip(f"Dovecot cannot be had here: {why}")
        yield dovecot


@pytest.fixture
def mailbox(stage: Stage, server: Dovecot) -> Mailbox:
    stage.restart(imap_url=server.url, mailbox=From("Hearth", "care@shop.example"))
    mailbox = Mailbox(Imap(server.url))
    look(stage, mailbox)
    stage.receives(external_id="f-1", customer={"name": "Priya Nair", "email": "priya@example.org"})
    stage.jump(timedelta(minutes=5))
    return mailbox


def test_its_folders_are_known_by_what_they_are_for(server: Dovecot) -> None:
    with Imap(server.url).opened() as box:
        found = [folders(box, (), flag) for flag in (SENT, ALL)]
        assert (found, folders(box, ["inbox"], INBOX)) == ([["Gesendet"], ["Alles"]], ["INBOX"])
        assert offers(box, "IDLE")


def test_letter_in_its_own_folder_of_sent_ones_is_contact(stage: Stage, server: Dovecot, mailbox: Mailbox) -> None:
    stage.receives(external_id="f-2", customer={"name": "Tom Hale", "email": "tom@example.org"})
    stage.jump(timedelta(minutes=5))
    server.put("Gesendet", composed(stage.now, To="tom@example.org"), stage.now)
    look(stage, mailbox)
    assert (stage.case(1).evidence, stage.case(2).evidence) == (None, Grade.SEEN)


def test_letter_in_doubt_is_found_among_all_letters(stage: Stage, server: Dovecot, mailbox: Mailbox) -> None:
    doubted = falls_into_doubt(stage, server.url)
    server.put("Alles", composed(stage.now, message_id=doubted.message_id), stage.now)
    stage.jump(timedelta(minutes=1))
    look(stage, mailbox)
    found = stage.world.store.read(lambda tx: letters.latest(tx, 1))
    assert found is not None
    assert found.state is LetterState.SENT


def test_it_rings_and_the_answer_is_read(stage: Stage, server: Dovecot, mailbox: Mailbox) -> None:
    rung: list[int] = []
    waits = threading.Thread(target=lambda: rung.append(listen(stage.world, mailbox, longest=PATIENCE)))
    waits.start()
    until(lambda: _comes_again(stage, server) or not waits.is_alive(), pause=0.2)
    waits.join(PATIENCE)
    look(stage, mailbox)
    assert rung == [1]
    assert len(stage.case().feedback) == 2


def _comes_again(stage: Stage, server: Dovecot) -> bool:
    """The same letter until it is heard: nobody sees from outside when the server begins to listen."""
    server.put("INBOX", _answer(stage), stage.now)
    return False


def _answer(stage: Stage) -> EmailMessage:
    written = composed(stage.now, From="priya@example.org", To="care@shop.example", message_id="<dovecot@mail.example>")
    written.set_content("It is still not here.")
    return written
