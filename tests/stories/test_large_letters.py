"""Letters with photos that vendors post: several megabytes over a real line, of which no word is lost and nobody else is pushed out."""

from __future__ import annotations

import json
import os
import socket
from base64 import b64encode
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from sqlalchemy import select

from handlers.http import large
from handlers.http.answer import Answer
from handlers.sources.contract import LARGEST
from handlers.sources.mailgun import Within
from handlers.sources.postmark import LARGEST as LARGEST_OF_POSTMARK
from store import tables as t
from tests.elapsing import PATIENCE
from tests.handlers.http.served import Served, answered, rest_of
from tests.stories.stage import Stage

SECRET = "a-long-secret-of-the-vendors"
MB = 1_000_000
WORDS = "It is still not here, and I am furious."


@pytest.fixture
def web(stage: Stage) -> Iterator[Served]:
    stage.restart(secrets={**stage.settings.secrets, "postmark": SECRET, "mailgun": SECRET})
    server = Served(stage.bot.edge)
    assert server.ready.wait(PATIENCE)
    yield server
    server.close()


def photo(size: int) -> bytes:
    return b"\xff\xd8\xff" + os.urandom(size - 3)


def postmark(*photos: bytes, words: str = WORDS) -> bytes:
    told = {
        "From": "tom@example.org",
        "To": "care@in.example",
        "MessageID": "m-1",
        "Subject": "My order",
        "TextBody": words,
    }
    told |= {"Headers": [{"Name": "Message-ID", "Value": "<one@mail.example>"}]}  # type: ignore[dict-item]
    pieces = [
        {
            "Name": f"{number}.jpg",
            "Content": b64encode(each).decode(),
            "ContentType": "image/jpeg",
            "ContentLength": len(each),
        }
        for number, each in enumerate(photos, 1)
    ]
    return json.dumps(told | {"Attachments": pieces}).encode()


def mailgun(*photos: bytes, secret: str = SECRET) -> bytes:
    stamp, token = "1767607200", "tok"
    fields = {
        "sender": "tom@example.org",
        "from": "tom@example.org",
        "recipient": "care@in.example",
        "subject": "My order",
    }
    fields |= {"body-plain": WORDS, "timestamp": stamp, "token": token, "signature": Within.of(stamp, token, secret)}
    fields |= {"message-headers": json.dumps([["Message-Id", "<one@mail.example>"]])}
    parts = [
        f'Content-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()
    ]
    for number, each in enumerate(photos, 1):
        head = f'Content-Disposition: form-data; name="attachment-{number}"; filename="{number}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(head.encode() + each + b"\r\n")
    return b"".join(b"--xyz\r\n" + part for part in parts) + b"--xyz--\r\n"


BODIES = {"postmark": postmark, "mailgun": mailgun}


def posted(web: Served, vendor: str, body: bytes, secret: str = SECRET) -> Answer:
    path = f"/intake/{vendor}" + (f"/{secret}" if vendor == "postmark" else "")
    return web.asks(
        "POST", path, body, **{"content-type": "multipart/form-data; boundary=xyz"} if vendor == "mailgun" else {}
    )


def kept(stage: Stage) -> list[int]:
    """The bytes of each picture that can be shown."""
    return list(
        stage.world.store.read(lambda tx: tx.scalars(select(t.attached.c.size).order_by(t.attached.c.id)).all())
    )


def attached(stage: Stage) -> str:
    return next((told for question, told in stage.case().feedback[0].also_answered if question == "Attached"), "")


@pytest.mark.few(1)
@pytest.mark.parametrize("vendor", BODIES)
def test_letter_with_two_photos_of_a_telephone_is_a_case(stage: Stage, web: Served, vendor: str) -> None:
    answer = posted(web, vendor, BODIES[vendor](photo(5 * MB), photo(3 * MB)))
    stage.settle()
    assert (answer.status, stage.case().feedback[0].comment) == (201, WORDS)
    assert attached(stage) == "1.jpg (image/jpeg, 5000 kB); 2.jpg (image/jpeg, 3000 kB)"
    assert kept(stage) == [5 * MB, 3 * MB]
    assert posted(web, vendor, BODIES[vendor](photo(5 * MB), photo(3 * MB))).status == 200  # the same letter


@pytest.mark.parametrize("vendor", BODIES)
def test_of_a_letter_that_is_too_large_the_words_are_kept(stage: Stage, web: Served, vendor: str) -> None:
    body = BODIES[vendor](photo(2 * MB), photo(26 * MB))
    answer = posted(web, vendor, body)
    stage.settle()
    assert (answer.status, stage.case().feedback[0].comment) == (201, WORDS)
    assert attached(stage).startswith("1.jpg (image/jpeg, 2000 kB); 2.jpg (")
    assert attached(stage).endswith(f"the rest is too large to be read (the whole letter, {len(body) // 1000} kB)")
    assert kept(stage) == [2 * MB]


@pytest.mark.parametrize("vendor", BODIES)
def test_large_letter_of_a_stranger_is_refused_unread(web: Served, vendor: str) -> None:
    if vendor == "postmark":
        assert posted(web, vendor, postmark(photo(2 * MB)), secret="guessed").status == 401
    else:
        assert posted(web, vendor, mailgun(photo(5 * MB), secret="guessed")).status == 413
        assert posted(web, vendor, mailgun(photo(MB // 2), secret="guessed")).status == 401


def test_body_larger_than_any_letter_is_refused_at_once(web: Served) -> None:
    head = f"POST /intake/postmark/{SECRET} HTTP/1.1\r\nHost: a\r\ncontent-length: {LARGEST_OF_POSTMARK + 1}\r\n"
    assert rest_of(web.line(head.encode() + b"connection: close\r\n\r\n")).startswith(b"HTTP/1.1 413")


def test_other_sources_take_no_more_than_before(web: Served) -> None:
    assert web.asks("POST", "/intake/generic", b" " * (LARGEST + 1)).status == 413


def test_slow_large_letters_push_out_nobody(stage: Stage, web: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    """As many as are read at a time come in and dawdle: the next large one is told to come again, all others are answered."""
    monkeypatch.setattr(large, "PATIENCE", 0.2)
    body = postmark(photo(5 * MB))
    slow = [half_said(web, body) for _ in range(large.AT_ONCE)]
    told = posted(web, "postmark", body)
    assert (told.status, told.headers["retry-after"]) == (503, "5")
    assert posted(web, "postmark", postmark(words="Nobody came.").replace(b"one@", b"two@")).status in (200, 201)
    for line in slow:
        line.sendall(body[-MB:])
        assert answered(line) in (200, 201)
        line.close()


def half_said(web: Served, body: bytes) -> socket.socket:
    head = f"POST /intake/postmark/{SECRET} HTTP/1.1\r\nHost: a\r\ncontent-length: {len(body)}\r\n\r\n".encode()
    return web.line(head + body[:-MB])


def test_letter_of_form_fields_alone_is_read_too(stage: Stage, web: Served) -> None:
    """Mailgun sends so where nothing is attached; the words may be long."""
    stamp, token = "1767607200", "tok"
    fields = {
        "timestamp": stamp,
        "token": token,
        "signature": Within.of(stamp, token, SECRET),
        "sender": "tom@example.org",
    }
    fields |= {
        "recipient": "care@in.example",
        "subject": "My order",
        "stripped-text": WORDS,
        "body-plain": "x" * (2 * MB),
    }
    assert posted(web, "mailgun", urlencode(fields).encode()).status == 201
