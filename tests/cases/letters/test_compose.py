"""The letter as mail programs read it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.letters.compose import Mailbox, NoAddress, composed, read_mailbox
from cases.replies.drafts import Reply, as_shown

CARE = Mailbox("Hearth & Ribbon", "care@shop.example")
NOW = datetime(2026, 1, 5, 10, tzinfo=UTC)


FACTS: dict[str, Any] = {
    "to": "priya@example.org",
    "sender": CARE,
    "colleague": "Ana Ortega",
    "team": "The team",
    "message_id": "<1a@shop.example>",
    "token": "f00d",
    "at": NOW,
}


def letter(body: str = "Dear Priya,\n\nI am sorry.\n", **other: Any) -> EmailMessage:
    raw = composed(other.pop("subject", "Your box"), body, **FACTS | other)
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    read = message_from_bytes(raw, policy=policy.default)
    assert isinstance(read, EmailMessage)
    return read


def test_headers_say_who_wrote_and_where_answers_go() -> None:
    read = letter(references=["<theirs@mail.example>", "<ours@shop.example>"])
    assert {name: str(value) for name, value in read.items() if not name.startswith(("Content", "MIME"))} == {
        "From": "Ana at Hearth & Ribbon <care@shop.example>",
        "To": "priya@example.org",
        "Reply-To": "Ana at Hearth & Ribbon <care+f00d@shop.example>",
        "Subject": "Your box",
        "Date": "Mon, 05 Jan 2026 10:00:00 +0000",
        "Message-ID": "<1a@shop.example>",
        "In-Reply-To": "<ours@shop.example>",
        "References": "<theirs@mail.example> <ours@shop.example>",
    }


def test_long_names_of_letters_are_written_as_they_are() -> None:
    """Outlook's are longer than a line; as encoded words no mail program would know them again."""
    names = [f"<{'AM0PR04MB' * 9}{number}@am0pr04.eurprd04.prod.outlook.com>" for number in range(40)]
    raw = composed("S", "B", **FACTS, references=names)
    assert f"In-Reply-To: {names[-1]}\r\n".encode() in raw
    assert b"?=" not in raw
    followed = str(message_from_bytes(raw, policy=policy.default)["References"]).split()
    assert (followed[0], followed[-1], len(followed)) == (names[0], names[-1], 21)


def test_host_of_other_letters_is_written_as_servers_know_it() -> None:
    assert letter(to="priya@bücher.example")["To"] == "priya@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "to", ["", "priya", "prïya@example.org", "a b@c.example", "a@b\r\nBcc: c@d.example", "a..b@docomo.example", "a@b."]
)
def test_address_that_is_none_is_refused(to: str) -> None:
    with pytest.raises(NoAddress):
        letter(to=to)


@pytest.mark.parametrize(
    ("mailbox", "colleague", "shown"),
    [
        (CARE, None, "Hearth & Ribbon"),
        (Mailbox("", "care@shop.example"), "Ana Ortega", "Ana at The team"),
        (CARE, "Zoë\r\nBcc: all@example.org", "Zoë at Hearth & Ribbon"),
        (Mailbox("Brot & Söhne, „gut“", "care@shop.example"), "Łukasz", "Łukasz at Brot & Söhne, „gut“"),
    ],
)
def test_name_in_front_is_a_colleagues_own(mailbox: Mailbox, colleague: str | None, shown: str) -> None:
    read = letter(sender=mailbox, colleague=colleague)
    assert read["From"].addresses[0].display_name == shown
    assert read["Bcc"] is None


@pytest.mark.long
@given(st.text(max_size=300), st.text(max_size=3000))
def test_words_arrive_exactly_as_they_were_approved(subject: str, body: str) -> None:
    shown = as_shown(Reply(subject=subject, body=body))
    read = letter(shown.body, subject=shown.subject)
    assert read.get_content().replace("\r\n", "\n").rstrip("\n") == shown.body.rstrip("\n")
    assert set(read.keys()) >= {"From", "To", "Subject", "Message-ID"}
    assert len(read.keys()) <= 12


def test_answer_to_a_tagged_mailbox_keeps_one_tag() -> None:
    assert Mailbox("", "care+shop@shop.example").with_token("f00d") == "care+f00d@shop.example"


@pytest.mark.parametrize("wrong", ["", "care", "care@", "@shop.example", "a b@shop.example", "cäre@shop.example"])
def test_mailbox_that_is_none_is_said(wrong: str) -> None:
    with pytest.raises(ValueError, match="must be an address"):
        read_mailbox(wrong)


def test_mailbox_is_read_with_its_name() -> None:
    assert read_mailbox("Hearth & Ribbon <care@shop.example>") == CARE
