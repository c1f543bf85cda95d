"""Letters that are broken, in every way: what is read of them in the thread all the same, and what is true afterwards. Nothing is lost."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from cases.letters.incoming import LARGEST
from handlers.feedback.letters import case_address
from handlers.terminal.doctor_machine import mailbox_checks
from tests.stories.mailbox import Read, letter, read, server
from tests.stories.stage import policy

__all__ = ["read", "server"]  # fixtures

# Letters: how they are broken, and what is read of them in the thread all the same.

WORDS = "Die Suppe war kälter als „versprochen“."


def typed(kind: str, content: bytes) -> bytes:
    return f"Content-Type: {kind}\r\n\r\n".encode() + content


LETTERS = {
    "cannot be parsed": (letter(typed("multipart/mixed", b"--x\r\nContent-Type: text/plain\r\n\r\nIt is still not here.")), "It is still not here."),
    "never begins": (letter(typed("multipart/mixed; boundary=never", b"It is still not here.")), "It is still not here."),
    "no charset": (letter(b"\r\n" + WORDS.encode()), WORDS),
    "no charset of this world": (letter(typed("text/plain; charset=klingon", WORDS.encode("cp1252"))), WORDS),
    "plain by its own account": (letter(typed("text/plain; charset=us-ascii", WORDS.encode())), WORDS),
    "wrong charset": (letter(typed("text/plain; charset=utf-8", WORDS.encode("cp1252"))), WORDS),
    "wrong western charset": (letter(typed("text/html; charset=iso-8859-1", f"<p>{WORDS}</p>".encode())), WORDS),
    "line break in From": (letter(From="Priya\r\nNair <priya@example.org>"), "It is still not here."),
    "encoded line break in From": (letter(From="=?utf-8?q?Priya=0D=0ABcc:_x@evil.example?= <priya@example.org>"), "It is still not here."),
    "mark in front of the head": (b"\xef\xbb\xbf" + letter(), "It is still not here."),
    "no Date": (letter(Date=""), "It is still not here."),
    "Date in 1970": (letter(Date="Thu, 01 Jan 1970 00:00:00 +0000"), "It is still not here."),
    "Date of last year": (letter(Date="Sun, 05 Jan 2025 09:00:00 +0000", Received="from a by b; Mon, 05 Jan 2026 09:00:00 +0000"), "It is still not here."),
    "Date of tomorrow": (letter(Date="Tue, 06 Jan 2026 09:00:00 +0000"), "It is still not here."),
    "no Message-ID": (letter(Message_ID=""), "It is still not here."),
    "encrypted": (
        letter(typed("multipart/encrypted; boundary=b", b"--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n--b--"), To="care+TOKEN@shop.example"),
        "The words of this letter cannot be shown here; it stands in the mailbox.",
    ),
}  # fmt: skip


@pytest.mark.few(6)
@pytest.mark.parametrize("name", LETTERS)
def test_broken_letter_is_heard_with_its_words(read: Read, name: str) -> None:
    broken, words = LETTERS[name]
    with_token = broken.replace(b"TOKEN", case_tag_of(read).encode())
    for _ in range(2):  # the second time as a server that numbers its letters anew has us read it
        read.comes(with_token)
        said = read.stage.case().feedback[1:]
        assert [each.comment for each in said] == [words]
        assert [each.customer.email for each in said] == ["priya@example.org"]
        assert read.stage.now - timedelta(days=1) < (said[0].occurred_at or read.stage.now) <= read.stage.now
    assert read.cards == 1
    assert words in read.thread


def case_tag_of(read: Read) -> str:
    read.stage.settings = replace(read.stage.settings, imap_url=read.server.url)
    read.stage.restart()
    address = case_address(read.stage.world, 1)
    assert address is not None
    return address.partition("+")[2].partition("@")[0]


def test_sealed_letter_of_a_stranger_is_told_to_the_lead(read: Read) -> None:
    sealed = typed("application/pkcs7-mime; name=smime.p7m", b"0")
    read.comes(letter(sealed, From="tom@example.org"))
    read.stage.settle()
    assert read.cards == 1
    (told,) = read.notices
    assert "A letter came to the mailbox that I cannot take as feedback" in told


@pytest.mark.long
def test_letter_of_thirty_megabytes_is_heard_with_its_words(read: Read) -> None:
    photo = b"Content-Type: image/jpeg\r\nContent-Disposition: attachment; filename=soup.jpg\r\n\r\n" + b"x" * 76 * (
        LARGEST // 100
    )
    content = typed(
        "multipart/mixed; boundary=b",
        b"--b\r\nContent-Type: text/plain\r\n\r\nIt is still not here.\r\n--b\r\n" + photo * 2,
    )
    read.comes(letter(content))
    assert "It is still not here." in read.thread
    (attached,) = (told for question, told in read.stage.case().feedback[1].also_answered if question == "Attached")
    assert "soup.jpg" in attached
    assert re.search(r"the rest is too large to be read \(the whole letter, 3\d,?\d{3} kB\)", attached)


def test_two_letters_of_one_message_id_are_two(read: Read) -> None:
    """Some programs give all their letters the same one."""
    read.comes(letter())
    read.comes(
        letter(
            b"\r\nMy cake was stale, I want my money back.\r\n",
            From="Tom <tom@example.org>",
            Date="Mon, 05 Jan 2026 09:02:00 +0000",
        )
    )
    assert read.cards == 2
    assert (read.stage.case(1).feedback[1].comment, read.stage.case(2).feedback[0].customer.email) == (
        "It is still not here.",
        "tom@example.org",
    )
    read.comes(letter(b"\r\nIt is still not here.\r\n-- \r\nThe list\r\n"))  # the same, as a list carried it
    assert len(read.stage.case(1).feedback) == 2


def test_folder_that_is_renamed_loses_no_letter(read: Read) -> None:
    read.comes(letter())
    read.server.rename(read.inbox, f"{read.inbox}-new")
    read.looks()
    (told,) = read.notices
    assert f"The mailbox has no folder {read.inbox}, so letters that come into it are not read." in told
    settings = replace(read.stage.settings, imap_url=read.server.url)
    assert f"inbox: there is no folder {read.inbox}" in [check.found for check in mailbox_checks(settings)]
    read.inbox = f"{read.inbox}-new"
    read.puts(letter(b"\r\nAre you there?\r\n", Message_ID="<two@mail.example>"))
    read.stage.restart(policy=policy(mail={"inbox": [read.inbox], "sent": ["none"]}))
    read.looks()
    assert [said.comment for said in read.stage.case().feedback[1:]] == ["It is still not here.", "Are you there?"]
    assert read.cards == 1


def test_full_mailbox_is_told_of_before_letters_come_back(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its own server only says how full it is; pymap does not, so what Dovecot says is put in its mouth."""
    monkeypatch.setattr("handlers.letters.imap.offers", lambda *_: True)
    told = ("OK", [[b"INBOX User"], [b"User (STORAGE 9500 10000 MESSAGE 3 1000)"]])
    monkeypatch.setattr("imaplib.IMAP4.getquotaroot", lambda *_: told)
    read.stage.jump(timedelta(days=1))
    read.looks()
    assert any("The mailbox is 95% full." in each for each in read.notices)
    found = list(mailbox_checks(replace(read.stage.settings, imap_url=read.server.url)))
    assert found[-1].found == "mailbox: 95% full; once it is quite full, customers' letters come back to them"
