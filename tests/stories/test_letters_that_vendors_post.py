"""Letters that Postmark and Mailgun post take the road of those in a mailbox: matched, known as automatic, or come back."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from cases.letters.compose import Mailbox as From
from cases.letters.letter import Letter, LetterState
from cases.model import Status
from handlers.sources.mailgun import Within
from sandbox.people.reading import plain
from store import letters
from tests.mail_server import MailServer
from tests.stories.stage import Stage
from tests.stories.test_answered_elsewhere import TO_PRIYA
from tests.stories.test_sending import approve

SECRET = "a-long-secret-of-the-vendors"


@dataclass
class Post:
    """A case of Priya's whose reply was sent, and a vendor who posts what comes back."""

    stage: Stage
    vendor: str

    @property
    def ours(self) -> Letter:
        sent = self.stage.world.store.read(lambda tx: letters.latest(tx, 1))
        assert sent is not None
        return sent

    def comes(self, words: str, *, by: str = "priya@example.org", to: str = "care@in.example", **headers: str) -> Any:
        self.stage.jump(timedelta(minutes=1))
        heads = {"Message-ID": f"<{self.stage.now.timestamp()}@mail.example>"}
        heads |= {name.replace("_", "-"): value for name, value in headers.items()}
        answer = self.stage.bot.edge.intake(self.vendor, *_BODIES[self.vendor](words, by, to, heads))
        self.stage.settle()
        return answer


def _postmark(words: str, by: str, to: str, heads: dict[str, str]) -> tuple[dict[str, str], bytes]:
    body = {"From": by, "FromFull": {"Email": by, "Name": ""}, "To": to, "OriginalRecipient": to, "MessageID": "m-1"}
    body |= {"Subject": "Re: Your box", "TextBody": words, "Date": "Mon, 5 Jan 2026 09:30:00 +0000"}
    body |= {"Headers": [{"Name": name, "Value": value} for name, value in heads.items()], "Attachments": []}  # type: ignore[dict-item]
    return {"authorization": f"Bearer {SECRET}"}, json.dumps(body).encode()


def _mailgun(words: str, by: str, to: str, heads: dict[str, str]) -> tuple[dict[str, str], bytes]:
    stamp, token = "1767607200", "tok"
    pairs = [["From", by], ["To", to], ["Date", "Mon, 5 Jan 2026 09:30:00 +0000"], *map(list, heads.items())]
    fields = {"sender": by, "from": by, "recipient": to, "subject": "Re: Your box", "body-plain": words}
    signed = {"timestamp": stamp, "token": token, "signature": Within.of(stamp, token, SECRET)}
    return {}, urlencode(fields | signed | {"message-headers": json.dumps(pairs)}).encode()


_BODIES = {"postmark": _postmark, "mailgun": _mailgun}


@pytest.fixture(params=list(_BODIES))
def post(stage: Stage, request: pytest.FixtureRequest) -> Iterator[Post]:
    with sent(stage, request.param) as post:
        yield post


@contextmanager
def sent(stage: Stage, vendor: str) -> Iterator[Post]:
    with MailServer() as smtp:
        secrets = {**stage.settings.secrets, vendor: SECRET}
        stage.restart(smtp_url=smtp.url, mailbox=From("Hearth", "care@shop.example"), secrets=secrets)
        stage.receives(external_id="f-1", customer={"name": "Priya Nair", "email": "priya@example.org"})
        ana = stage.person("ana")
        ana.click(stage.card(), "claim")
        approve(stage, ana, TO_PRIYA)
        ana.click(stage.draft(), "send")
        stage.pass_time(step=timedelta(seconds=30), minutes=2)
        yield Post(stage, vendor)


def count(stage: Stage) -> int:
    return len(stage.practice.messages("card"))


@pytest.mark.few(1)
def test_posted_answer_joins_its_case(post: Post) -> None:
    post.comes("It is still not here.", to=f"care+{post.ours.token}@in.example")
    case = post.stage.case()
    assert (count(post.stage), case.status, len(case.feedback)) == (1, Status.CLAIMED, 2)
    post.comes("Thank you so much, Ana!", to=f"care+{post.ours.token}@in.example")
    assert post.stage.case().feedback[-1].comment == "Thank you so much, Ana!"


@pytest.mark.few(1)
def test_posted_answer_of_another_address_is_known_by_token_or_reference(post: Post) -> None:
    post.comes("It is still not here.", by="bro@example.org", to=f"care+{post.ours.token}@in.example")
    post.comes("Nobody came today.", by="sis@example.org", In_Reply_To=post.ours.message_id)
    assert (count(post.stage), len(post.stage.case().feedback)) == (1, 3)
    assert "another address than the one we wrote to; not verified" in plain(post.stage.card())


@pytest.mark.few(1)
def test_posted_words_known_by_the_address_alone_are_unverified(post: Post) -> None:
    """What the vendor's own header says of the sender is nobody's word that we know."""
    post.comes("It is still not here.", Authentication_Results="mx.evil.example; dmarc=pass")
    assert "not verified: known by the address alone" in plain(post.stage.card())


@pytest.mark.few(1)
def test_posted_answer_that_a_strange_list_carried_is_an_answer(post: Post) -> None:
    """Who answers to the address of our letter was written to, whatever their own group put on it."""
    post.comes("It is still not here.", to=f"care+{post.ours.token}@in.example", List_Id="<n.example>")
    assert (count(post.stage), len(post.stage.case().feedback)) == (1, 2)


@pytest.mark.few(1)
@pytest.mark.parametrize("headers", [{"Auto_Submitted": "auto-replied"}, {"Precedence": "bulk"}])
def test_posted_letters_of_machines_open_nothing(post: Post, headers: dict[str, str]) -> None:
    post.comes("I am away. This is terrible.", to=f"care+{post.ours.token}@in.example", **headers)
    assert (len(post.stage.case().feedback), post.stage.case().status) == (1, Status.CONTACTED)


def test_our_own_letter_posted_back_is_no_feedback(post: Post) -> None:
    post.comes("I am so sorry, this was terrible.", by="care@shop.example", Message_ID=post.ours.message_id)
    assert (count(post.stage), len(post.stage.case().feedback)) == (1, 1)


def test_posted_bounce_starts_the_clock_again(stage: Stage) -> None:
    """Postmark hands the parts of a report over as what was attached."""
    with sent(stage, "postmark") as post:
        pass
    headers, body = _postmark(
        "It did not arrive.", "MAILER-DAEMON@mail.example", "care@in.example", {"Return-Path": "<>"}
    )
    status = "Final-Recipient: rfc822; priya@example.org\nAction: failed\nDiagnostic-Code: smtp; 550 no such user\n"
    origin = f"Message-ID: {post.ours.message_id}\nSubject: Your box\n"
    pieces = (("message/delivery-status", status), ("text/rfc822-headers", origin))
    attached = [{"Name": "", "ContentType": kind, "Content": _base64(text)} for kind, text in pieces]
    answer = stage.bot.edge.intake(
        "postmark", headers, json.dumps(json.loads(body) | {"Attachments": attached}).encode()
    )
    stage.settle()
    assert answer.status == 200  # they take no other for done
    case = stage.case()
    assert (case.status, case.evidence, post.ours.state) == (Status.CLAIMED, None, LetterState.REFUSED)
    assert any("came back" in said for said in stage.in_thread())


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()
