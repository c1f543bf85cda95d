"""A colleague copies a letter to the address of its case: that is contact seen, and nobody else can say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

import pytest

from cases.model import Grade, Status
from handlers.letters.imap import Imap
from handlers.letters.look import Mailbox
from sandbox.people.reading import plain
from tests.imap_server import ImapServer
from tests.stories.mailbox import composed, look, new_folder, read_from_now_on, server
from tests.stories.stage import Stage, policy

__all__ = ["server"]  # a fixture

PROVEN = "mx.shop.example; dmarc=pass header.from=shop.example"


@dataclass
class Box:
    """The team's mailbox, and a case that waits for its first contact."""

    stage: Stage
    server: ImapServer
    mailbox: Mailbox
    inbox: str

    def address(self, number: int = 1) -> str:
        """As `/case show` tells it."""
        said = plain(self.stage.person("ana").command("/case", f"show {number}"))
        (found,) = re.findall(r"\S+@shop\.example", said[said.index("in Bcc") - 80 :])
        return found.strip("`")

    def comes(self, *, results: str | None = PROVEN, **headers: str) -> None:
        self.stage.jump(timedelta(minutes=1))
        written = composed(self.stage.now, **headers)
        if results:
            written["Authentication-Results"] = results
        self.server.put(self.inbox, written, self.stage.now)
        look(self.stage, self.mailbox)


@pytest.fixture
def box(stage: Stage, server: ImapServer) -> Box:
    return opened(stage, server, authserv_id="mx.shop.example")


def opened(stage: Stage, server: ImapServer, **mail: object) -> Box:
    inbox, mailbox = read_from_now_on(stage, server, mail, imap_url=server.url)
    stage.receives(external_id="f-1", customer={"name": "Priya Nair", "email": "priya@example.org"})
    return Box(stage, server, mailbox, inbox)


ANA = "Ana Ortega <ana@shop.example>"


def test_copied_letter_of_a_colleague_ends_reminders(box: Box) -> None:
    box.comes(From=ANA, Delivered_To=box.address())
    case = box.stage.case()
    assert (case.status, case.evidence, case.evidence_by) == (Status.CONTACTED, Grade.SEEN, "Ana Ortega")
    assert "in Bcc" not in plain(box.stage.person("ana").command("/case", "show 1"))


@pytest.mark.long
def test_same_copy_twice_is_one_contact(box: Box) -> None:
    for _ in range(2):
        box.comes(
            From=ANA,
            Delivered_To=box.address() if box.stage.case().evidence is None else "x@y.example",
            message_id="<1@x>",
        )
    assert box.stage.history().count("seen") == 1


@pytest.mark.few(4)
@pytest.mark.parametrize(
    ("headers", "results"),
    [
        ({"From": ANA, "To": "ben@shop.example"}, PROVEN),  # an internal forward
        ({"From": ANA, "To": "ben@shop.example", "Subject": "Fwd: priya@example.org"}, PROVEN),
        ({"From": ANA, "Auto-Submitted": "auto-generated"}, PROVEN),
        ({"From": ANA, "message_id": " "}, PROVEN),
        ({"From": ANA}, "mx.shop.example; dmarc=fail header.from=shop.example"),
        ({"From": ANA}, "mx.evil.example; dmarc=pass header.from=shop.example"),
        ({"From": ANA}, "mx.shop.example; dmarc=pass header.from=evil.example"),
        ({"From": ANA}, None),
        ({"From": "Ana Ortega <ana@shop.example.evil.example>"}, PROVEN),
        ({"From": "ana@shop.example <tom@evil.example>"}, "mx.shop.example; dmarc=pass header.from=evil.example"),
    ],
)
def test_decoys_leave_the_customer_waiting(box: Box, headers: dict[str, str], results: str | None) -> None:
    box.comes(
        results=results, Delivered_To=box.address(), **{name.replace("-", "_"): it for name, it in headers.items()}
    )
    assert (box.stage.case().evidence, box.stage.case().status) == (None, Status.UNCLAIMED)


def test_older_letter_copied_again_is_no_contact(box: Box) -> None:
    before = box.stage.now - timedelta(hours=3)
    written = composed(before, From=ANA, Delivered_To=box.address())
    written["Authentication-Results"] = PROVEN
    box.stage.jump(timedelta(minutes=1))
    box.server.put(box.inbox, written, box.stage.now)
    look(box.stage, box.mailbox)
    assert box.stage.case().evidence is None


@pytest.mark.long
def test_customer_who_knows_the_address_only_answers(box: Box) -> None:
    box.comes(From="Priya <priya@example.org>", To="her@example.org", Delivered_To=box.address())
    case = box.stage.case()
    assert (case.evidence, len(case.feedback)) == (None, 2)


def test_copy_nobody_vouches_for_asks_once(box: Box) -> None:
    for _ in range(3):
        box.comes(results=None, From=ANA, Delivered_To=box.address())
    (told,) = [said for said in box.stage.in_thread() if "There is a letter to the customer" in said]
    assert "does not count yet" in told
    assert box.stage.case().evidence is None


@pytest.mark.long
def test_address_of_another_case_touches_only_that_one(box: Box) -> None:
    box.stage.receives(external_id="f-2", customer={"name": "Tom Hale", "email": "tom@example.org"})
    box.comes(From=ANA, Delivered_To=box.address(2))  # the letter goes to Priya, the copy to Tom's case
    assert (box.stage.case(1).evidence, box.stage.case(2).evidence) == (None, None)


def test_spoilt_address_of_a_case_is_nobodys(box: Box) -> None:
    local, _, host = box.address().partition("@")
    box.comes(From=ANA, Delivered_To=f"{local[:-1]}{'0' if local[-1] != '0' else '1'}@{host}")
    assert box.stage.case().evidence is None


@pytest.mark.long
def test_plain_copy_counts_where_colleagues_are_named(stage: Stage, server: ImapServer) -> None:
    named = opened(stage, server, authserv_id="mx.shop.example", colleagues=["ana@mail.example"])
    named.comes(From="ana@mail.example", Cc="care@shop.example", results="mx.shop.example; dmarc=pass")
    assert stage.case().evidence is Grade.SEEN


@pytest.mark.long
def test_server_on_top_of_all_letters_is_learnt(stage: Stage, server: ImapServer) -> None:
    inbox = new_folder()
    for number in range(12):
        written = composed(stage.now, From=f"{number}@example.org", To="care@shop.example")
        written["Authentication-Results"] = "mx.shop.example; dmarc=none"
        server.put(inbox, written, stage.now)
    learning = opened(stage, server)
    stage.restart(policy=policy(mail={"inbox": [inbox], "sent": ["none"]}))
    learning.inbox, learning.mailbox = inbox, Mailbox(Imap(server.url))
    stage.jump(timedelta(minutes=1))
    look(stage, learning.mailbox)
    assert learning.mailbox.server == "mx.shop.example"
    learning.comes(From=ANA, Delivered_To=learning.address())
    assert stage.case().evidence is Grade.SEEN
