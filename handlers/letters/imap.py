"""The team's mailbox by IMAP (RFC 9051): what has come in, and what was sent to customers who wait; changes nothing in it."""

from __future__ import annotations

import imaplib
import re
import socket
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from typing import Any
from urllib.parse import unquote, urlsplit

from imap_tools import AND, OR, BaseMailBox, H, U
from imap_tools.errors import ImapToolsError, UnexpectedCommandStatusError

from cases.letters.incoming import LARGEST, headers_of
from cases.letters.torn import head_lines
from handlers.letters.line import encrypted, in_words, line_to, trust

_SETTING = "IMAP_URL"
_PORTS = {"imap": 143, "imaps": 993}
_PLAIN = re.compile(r"[!#-\[\]-~]{1,64}@[!#-\[\]-~]{1,255}")  # an address that needs no quoting
_ROOM = re.compile(rb"(?:STORAGE|MESSAGE) (\d+) (\d+)")
_AT_ONCE = 40  # addresses asked for in one search: servers bound the length of a line
# LookupError and those after it are what imap-tools comes to over an answer that is none.
_FAULTS = (imaplib.IMAP4.error, ImapToolsError, OSError, EOFError, ValueError, LookupError, TypeError, AttributeError)
_MOST = 200  # letters whose headers are read at one look into one folder


class Away(Exception):
    """The mailbox cannot be read at present; the argument says why, in half a sentence."""


class Imap:
    """A mailbox by its address: imap:// with STARTTLS where it is offered, or imaps://.

    `patience`: seconds for each step; `at_most`: for all of them together, however slowly the server goes on talking.
    """

    def __init__(self, url: str, patience: float = 30.0, at_most: float = 300.0) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        self._is_tls = parts.scheme == "imaps"
        self._login = (unquote(parts.username or ""), unquote(parts.password or ""))
        self._patience, self._at_most = patience, at_most

    @contextmanager
    def opened(self, at_most: float | None = None) -> Iterator[BaseMailBox]:
        """The mailbox, while we are in it. Raises Away, also for what goes wrong meanwhile."""
        try:
            with line_to(self._host, self._port, self._patience, at_most or self._at_most) as line:
                box = _Box(self._host, self._port, encrypted(line, self._host) if self._is_tls else line)
                try:
                    if not self._is_tls and "STARTTLS" in box.client.capabilities:
                        box.client.starttls(trust())
                    box.login(*self._login, initial_folder=None)
                    yield box
                    with suppress(*_FAULTS):  # all that it had to say has been heard
                        box.logout()
                finally:
                    with suppress(OSError, ValueError):
                        box.client.shutdown()
        except _FAULTS as broken:
            raise Away(in_words(broken, _SETTING)) from broken


class _Server(imaplib.IMAP4):
    """A server at the other end of a line that is open already."""

    def __init__(self, host: str, port: int, line: socket.socket) -> None:
        self._line = line
        super().__init__(host, port)

    def _create_socket(self, timeout: float | None) -> socket.socket:
        return self._line


class _Box(BaseMailBox):
    """The mailbox of imap-tools on such a line."""

    def __init__(self, host: str, port: int, line: socket.socket) -> None:
        self._at = (host, port, line)
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return _Server(*self._at)


SENT, INBOX, ALL = "\\Sent", "\\Inbox", "\\All"


def folders(box: BaseMailBox, named: Sequence[str], otherwise: str = SENT) -> list[str]:
    """Those of the named folders that are there; else the one that the server itself calls so (RFC 6154)."""
    known = box.folder.list()
    if not known:  # there is always an INBOX: so the library passes a refusal over
        raise UnexpectedCommandStatusError(("NO", []), "OK")
    there = [each.name for name in named for each in known if _folder(each.name) == _folder(name)]
    return there or [each.name for each in known if otherwise.lower() in map(str.lower, each.flags)]


def missing_folders(box: BaseMailBox, named: Sequence[str], otherwise: str) -> list[str]:
    """Those of the named folders that are not there, unless the server's own stands in for all of them."""
    there = {_folder(name) for name in folders(box, named, otherwise)}
    return (
        []
        if there and there.isdisjoint(map(_folder, named))
        else [name for name in named if _folder(name) not in there]
    )


def offers(box: BaseMailBox, what: str) -> bool:
    """Whether the server says that it can do this; some say more once they know who asks."""
    _, told = box.client.capability()
    return what.encode() in b" ".join(each for each in told if each).upper().split()


def room_taken(box: BaseMailBox, folder: str) -> float | None:
    """Which share of the room that letters may take up is taken (RFC 9208), from 0 to 1; None where the server does not tell."""
    if not offers(box, "QUOTA"):
        return None
    _, (_, told) = box.client.getquotaroot(f'"{folder}"')
    line = b" ".join(each for each in told if isinstance(each, bytes))
    rooms = [(int(taken), int(room)) for taken, room in _ROOM.findall(line) if int(room)]
    return max((taken / room for taken, room in rooms), default=None)


def first_since(box: BaseMailBox, folder: str, day: date) -> int | None:
    """The number of the first letter that came into a folder on that day or later; None: there is none."""
    box.folder.set(folder, readonly=True)
    return min(map(int, box.uids(AND(date_gte=day), charset=None)), default=None)


def _folder(name: str) -> str:
    """INBOX may be written in letters of any size (RFC 9051), and is; no other name."""
    return name.upper() if name.upper() == "INBOX" else name


def heads(box: BaseMailBox, folder: str, to: Collection[str], since: date) -> Iterator[dict[str, str]]:
    """The headers of letters in a folder that went to any of these addresses since that day, the latest first, by their names in small letters."""
    box.folder.set(folder, readonly=True)
    plain = sorted(address for address in to if _PLAIN.fullmatch(address))
    for start in range(0, len(plain), _AT_ONCE):
        some = plain[start : start + _AT_ONCE]
        wanted = AND(OR(to=some, cc=some), date_gte=since, draft=False)
        for letter in box.fetch(wanted, charset=None, headers_only=True, mark_seen=False, reverse=True, limit=_MOST):
            yield {name.lower(): " ".join(" ".join(values).split()) for name, values in dict(letter.headers).items()}


def arrived_since(box: BaseMailBox, folder: str, first: int, most: int) -> Iterator[tuple[int, bytes, int]]:
    """The letters of a folder from that number on, at most so many: their numbers, what is in them, and how many bytes at the end are left out.

    Nothing is marked as read. Of a letter that is too large only its beginning is fetched, where its words are; of one that the
    server cannot hand over the head.
    """
    box.folder.set(folder, readonly=True)
    numbers = sorted(int(uid) for uid in box.uids(AND(uid=U(str(first), "*")), charset=None) if int(uid) >= first)
    for number in numbers[:most]:
        told = b" ".join(each for each in _fetched(box, number, "RFC822.SIZE") if isinstance(each, bytes))
        size = int(found[1]) if (found := re.search(rb"RFC822\.SIZE (\d+)", told)) else 0
        part = f"BODY.PEEK[]<0.{LARGEST}>" if size > LARGEST else "BODY.PEEK[]"
        if content := _literal(_fetched(box, number, part, or_nothing=True)):
            yield number, content, max(size - LARGEST, 0)
        else:
            yield number, _literal(_fetched(box, number, "BODY.PEEK[HEADER]")), max(size, 1)


def _fetched(box: BaseMailBox, number: int, what: str, or_nothing: bool = False) -> Sequence[Any]:
    """The pieces of the server's answer, just as they came: the parser of letters is ours to call, for some break it.

    What it refuses raises ImapToolsError: a letter that cannot be had at present is none that can be passed over.
    """
    answer = box.client.uid("FETCH", str(number), f"({what})")
    if answer[0] != "OK" and not or_nothing:
        raise UnexpectedCommandStatusError(answer, "OK")
    return answer[1] or () if answer[0] == "OK" else ()


def _literal(pieces: Sequence[Any]) -> bytes:
    """The letter itself: imaplib sets it apart from what the server says around it. None is there once it was deleted."""
    return next((bytes(piece[1]) for piece in pieces if isinstance(piece, tuple)), b"")


def signed_on_top(box: BaseMailBox, folder: str, most: int) -> list[tuple[str, str | None]]:
    """Of the latest letters of a folder, at most so many: from whom each is, and its topmost Authentication-Results."""
    _, told = box.folder.set(folder, readonly=True)
    there = int(told[0])
    if there == 0:
        return []
    what = "(BODY.PEEK[HEADER.FIELDS (FROM AUTHENTICATION-RESULTS)])"
    answer = box.client.fetch(f"{max(there - most + 1, 1)}:{there}", what)
    heads = [headers_of(head_lines(piece[1])) for piece in answer[1] or () if isinstance(piece, tuple)]
    return [(head.get("from", ""), head.get("authentication-results")) for head in heads]


def state_of(box: BaseMailBox, folder: str) -> tuple[int, int]:
    """By which numbering its letters have their numbers (UIDVALIDITY), and the number that the next one gets."""
    told = box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT"])
    if "UIDNEXT" not in told:  # some leave it out
        box.folder.set(folder, readonly=True)
        told["UIDNEXT"] = max(map(int, box.uids(AND(uid=U("*")), charset=None)), default=0) + 1
    return told["UIDVALIDITY"], told["UIDNEXT"]


def has(box: BaseMailBox, folder: str, message_id: str) -> bool:
    """Whether a letter of that Message-ID stands in a folder."""
    box.folder.set(folder, readonly=True)
    return bool(box.uids(AND(header=[H("Message-ID", message_id)]), charset=None))
