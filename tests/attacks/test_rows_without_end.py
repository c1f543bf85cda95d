"""A stranger's letter or words of one sign, again and again: reading them takes no longer than they are long.

Each of these took from ten seconds to hours of the processor. What is allowed is far above what they take now.
"""

from __future__ import annotations

import time

import pytest

from cases.letters.incoming import Incoming, read_letter
from cases.spoken.sentences import sentences

_LONG = 200_000
_ALLOWED = 3.0  # seconds of the processor
_MULTIPART = b"Content-Type: multipart/mixed; boundary=B"


def _letter(head: bytes, body: bytes = b"It never arrived.") -> bytes:
    return b"From: Ana <ana@example.org>\r\nTo: care@shop.example\r\n" + head + b"\r\n\r\n" + body


def _pieces(of: bytes) -> bytes:
    """A parameter in as many pieces as there is room for (RFC 2231)."""
    return b"".join(b"; %s*%d*=a" % (of, piece) for piece in range(_LONG // 12))


def _within(head: bytes) -> bytes:
    """The header, in a letter that is attached to a letter."""
    return _letter(
        _MULTIPART, b"--B\r\n\r\nIt never arrived.\r\n--B\r\nContent-Type: message/rfc822\r\n\r\n" + _letter(head)
    )


def _bounce(head: bytes, body: bytes) -> bytes:
    return (
        b"From: MAILER-DAEMON@x.example\r\nSubject: Undelivered\r\nAuto-Submitted: auto-replied\r\n"
        + head
        + b"\r\n"
        + body
    )


_LETTERS = {
    "nobody named, again and again": _letter(b"Cc: " + b"," * _LONG),
    "nobody named, in a letter within": _within(b"Cc: " + b"," * _LONG),
    "dots of a name": _letter(b"Cc: " + b"a." * (_LONG // 2)),
    "half of many addresses": _letter(b"Cc: " + b"a@[" * (_LONG // 3)),
    "very many addresses": _letter(b"Cc: " + b", ".join(b"a%d@b.example" % one for one in range(_LONG // 15))),
    "many lines of addresses": _letter(b"\r\n".join([b"Cc: " + b"a." * 200] * (_LONG // 400))),
    "a subject in pieces": _letter(b"Subject: " + b"=?utf-8?q?a?= " * (_LONG // 14)),
    "a name in pieces": _letter(b"Content-Type: text/plain" + _pieces(b"name")),
    "a name in pieces, of a part": _letter(
        _MULTIPART, b"--B\r\nContent-Disposition: attachment" + _pieces(b"filename") + b"\r\n\r\nx\r\n--B--"
    ),
    "a name of the letter without end": _letter(b"Message-ID: <" + b"a." * (_LONG // 2) + b"@b>"),
    "letters that went before": _letter(b"References: " + b"<a@b> " * (_LONG // 6)),
    "stations": _letter(b"Received: from a by b; Mon, 05 Jan 2026 09:00:00 +0000\r\n" * (_LONG // 60) + b"X: y"),
    "verdicts": _letter(b"Authentication-Results: mx; dmarc=pass\r\n" * (_LONG // 40) + b"X: y"),
    "headers": _letter(b"X: y\r\n" * (_LONG // 6) + b"X: y"),
}
_RETURNED = {
    "signs": _bounce(b"", b"@" * _LONG),
    "words without room": _bounce(b"", b"a" * _LONG),
    "addresses within each other": _bounce(b"", b"a@" * (_LONG // 2)),
    "recipients": _bounce(b"X-Failed-Recipients: " + b"@" * _LONG + b"\r\n", b"550 no such user"),
}


@pytest.mark.parametrize("letter", _LETTERS.values(), ids=_LETTERS)
def test_letter_with_a_head_without_end_is_soon_read(letter: bytes) -> None:
    began = time.process_time()
    read = read_letter(letter)
    assert time.process_time() - began < _ALLOWED
    assert isinstance(read, Incoming)
    assert (read.address, read.text.strip() or "It never arrived.") == ("ana@example.org", "It never arrived.")


@pytest.mark.parametrize("letter", _RETURNED.values(), ids=_RETURNED)
def test_letter_that_came_back_is_soon_read_whatever_it_says(letter: bytes) -> None:
    began = time.process_time()
    read_letter(letter)
    assert time.process_time() - began < _ALLOWED


@pytest.mark.parametrize("room", [" ", "\t", "\n", " \n", "\u3000", "\x0b"])
def test_room_between_words_is_soon_parted_into_sentences(room: str) -> None:
    began = time.process_time()
    assert sentences("It never arrived." + room * _LONG + "I want my money") == ("It never arrived.", "I want my money")
    assert len(sentences("It never arrived" + room * _LONG + "I want my money")) == (2 if "\n" in room else 1)
    assert time.process_time() - began < _ALLOWED
