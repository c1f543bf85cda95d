"""A letter whose pieces do not fit together: each header for itself, its head as it was meant, and its words where no parser finds them."""

from __future__ import annotations

import codecs
import email
import re
from collections.abc import Iterator
from email.header import decode_header, make_header
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage, MIMEPart
from email.policy import EmailPolicy
from functools import lru_cache
from itertools import count
from typing import Any

from cases.arrivals.encodings import in_its_own
from cases.arrivals.mail import of_html
from cases.spoken.mailboxes import are_several, mailbox

_LONGEST_HEAD = 100_000
_LONGEST = 20_000
_SENDERS = ("from", "reply-to", "x-original-from")
_ENCODED = re.compile(r"=\?[^?\s]+\?[bq]\?[^?\s]*\?=", re.IGNORECASE)  # RFC 2047
_MASKED = re.compile("\ue000(\\d+)\ue001")
_HEADER = re.compile(rb"[!-9;-~]+:")
_USUAL = re.compile(rb"(?i)(?:from|to|cc|date|subject|message-id|received|reply-to|content-type|mime-version):")
_TEXT_PART = re.compile(rb"(?im)^content-type:[ \t]*text/(?:plain|html)\b")
_BOUNDARY = re.compile(rb"(?m)^--\S")
# What Python's parser of headers reads: it takes up to a tenth of a millisecond for a character, and for a parameter in ten
# thousand pieces (RFC 2231) minutes. A file's name of 255 letters, each written as nine, is the longest that has a meaning.
_LONGEST_PARSED, _PARSED_OF_A_LETTER = 4_000, 20_000
_EMPTY_PLACES = re.compile(r",(?:[ \t]*,)+")


def _bounded(name: str, value: str) -> Any:
    return _header(name, value[:_LONGEST_PARSED])


@lru_cache(maxsize=256)  # the library asks for a part's type again and again
def _header(name: str, value: str) -> Any:
    return _REGISTRY(name, _EMPTY_PLACES.sub(",", value))


_REGISTRY = HeaderRegistry()
READING = EmailPolicy(header_factory=_bounded)
"""How letters are read: of a header, whosever part it is in, no more than can mean something."""


def with_whole_head(content: bytes) -> bytes:
    """The letter, its head as it was meant: for parsers a mark of UTF-8 in front of it ends it, and so does a line break within a header."""
    content = content.removeprefix(codecs.BOM_UTF8)
    first = content[:_LONGEST_HEAD]
    head, blank, body = first.partition(b"\r\n\r\n" if b"\r\n\r\n" in first else b"\n\n")
    lines = (re.sub(rb"\r(?!\n)", b" ", head) if b"\n" in head else head).split(b"\n")
    last = max((place for place, line in enumerate(lines) if _USUAL.match(line)), default=0)
    for place in range(1, last):
        if not _HEADER.match(lines[place]) and not lines[place].startswith((b" ", b"\t")):
            lines[place] = b" " + lines[place]
    return b"\n".join(lines) + blank + body + content[_LONGEST_HEAD:]


def headers_in(letter: EmailMessage) -> Iterator[tuple[str, str]]:
    """The headers of a letter, in order; one that breaks its parser costs none of the others, and neither does one without end."""
    left, charset = _PARSED_OF_A_LETTER, letter.get_content_charset()
    for name, source in letter.raw_items():
        raw = str(source)[:_LONGEST_HEAD].encode("utf-8", "surrogateescape")  # some write what they like, unencoded
        written = " ".join(in_its_own(raw, charset).split())
        left -= len(written)
        yield name, _sender(written) if name.lower() in _SENDERS else _said(name, written, within=left)


def _said(name: str, written: str, within: int) -> str:
    if within < 0 or len(written) > _LONGEST_PARSED:
        return _decoded(written)
    try:
        return str(_bounded(name, written))
    except Exception:  # noqa: BLE001  an address with a line break in it, and what nobody thought of
        return _decoded(written)


def _decoded(written: str) -> str:
    try:
        return str(make_header(decode_header(written)))
    except (ValueError, LookupError):
        return written


def _sender(written: str) -> str:
    """A sender, parsed before what is encoded in the name is read: a name may hold what looks like an address.

    The library's own parser drops the second of two addresses that no comma parts, which is the one that counts.
    """
    encoded, numbers = _ENCODED.findall(written), count()
    name, address = mailbox(_ENCODED.sub(lambda _: f"\ue000{next(numbers)}\ue001", written))
    if not address or are_several(written):
        return written
    name = _MASKED.sub(lambda found: encoded[int(found[1])] if int(found[1]) < len(encoded) else "", name)
    said = _decoded(name).replace('"', "").replace("\\", "")
    if not said:
        return address
    return f'"{said}" <{address}>' if re.search(r"[(),:;<>@\[\]]", said) else f"{said} <{address}>"


def head_lines(head: bytes) -> Iterator[tuple[str, str]]:
    """The headers of a letter as they stand in it, with no regard to what their words mean."""
    lines = re.sub(r"\r?\n[ \t]+", " ", in_its_own(head)).splitlines()
    return ((name, value) for name, sign, value in (line.partition(":") for line in lines) if sign)


def head_of(content: bytes) -> list[tuple[str, str]]:
    """The headers of a letter that breaks its parser."""
    head = content[:_LONGEST_HEAD].replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    try:
        return list(headers_in(_parsed(head)))
    except Exception:  # noqa: BLE001  as above
        return list(head_lines(head))


def text_of(part: MIMEPart) -> str:
    """The words of a part that holds some."""
    raw = part.get_payload(decode=True)
    content = in_its_own(raw if isinstance(raw, bytes) else b"", part.get_content_charset())
    return of_html(content) if part.get_content_subtype() == "html" else content


def words_within(content: bytes) -> str:
    """The words of a letter in no part that a parser finds: of the first that says it is text, else all below the head."""
    content = content.replace(b"\r\n", b"\n")
    found = _TEXT_PART.search(content)
    if found is None or found.start() < content.find(b"\n\n"):
        return in_its_own(content.partition(b"\n\n")[2][:_LONGEST]).strip()
    begins = max(content.rfind(b"\n\n", 0, found.start()) + 2, content.rfind(b"\n--", 0, found.start()) + 1)
    begins = content.find(b"\n", begins) + 1 if content[begins:].startswith(b"--") else begins
    words_at = content.find(b"\n\n", found.start())
    ends = _BOUNDARY.search(content, words_at) if words_at >= 0 else None
    return text_of(_parsed(content[begins : ends.start() if ends else len(content)])).strip()[:_LONGEST]


def _parsed(content: bytes) -> EmailMessage:
    letter = email.message_from_bytes(content, policy=READING)
    assert isinstance(letter, EmailMessage)
    return letter
