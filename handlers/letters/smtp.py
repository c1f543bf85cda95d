"""The team's mail server (RFC 5321): hands it one letter, and tells of every fault whether the letter may have gone out.

Up to the answer to DATA nothing has left, and whatever goes wrong may be tried again. From then on only an answer tells
what became of it: a line that is cut leaves the fate unknown.
"""

from __future__ import annotations

import re
import smtplib
import socket
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from urllib.parse import unquote, urlsplit

from cases.letters.compose import Mailbox, NoAddress, reachable
from cases.letters.letter import Answer, Envelope, Later, Post, Refused, Taken, Unknown
from handlers.letters.line import NONSENSE, encrypted, in_words, line_to, said, trust

_SETTING = "SMTP_URL"
_PORTS = {"smtp": 587, "smtps": 465}
_AS_NOBODY = (530, 534, 535, 538)  # it wants a login, or another one: a matter of our settings, not of this letter
_DOT = re.compile(rb"(?m)^\.")


class _Says(Exception):
    """The answer is known, at whatever step."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


class _Server(smtplib.SMTP):
    """A mail server at the other end of a line that is open already."""

    def __init__(self, host: str, port: int, line: socket.socket) -> None:
        self._line = line
        super().__init__(host, port)

    def _get_socket(self, host: str, port: int, timeout: float | None) -> socket.socket:
        return self._line


class Smtp:
    """A mail server by its address: smtp:// with STARTTLS where it is offered, or smtps://.

    `patience`: seconds for each step; `at_most`: for all of them together, however slowly the server goes on talking.
    """

    def __init__(self, url: str, patience: float = 30.0, at_most: float = 120.0) -> None:
        parts = urlsplit(url)
        self._host, self._port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        self._is_tls = parts.scheme == "smtps"
        self._login = (unquote(parts.username or ""), unquote(parts.password or ""))
        self._patience, self._at_most = patience, at_most

    def __call__(self, envelope: Envelope, begin: Callable[[], bool]) -> Answer:
        """Hands the letter over. `begin` is asked before its first word leaves, and must be durable then."""
        try:
            with self._greeted() as server:
                _introduce(server, envelope)
                if not begin():
                    return Later("somebody else has taken it up")
                return _hand_over(server, envelope.content)
        except _Says as known:
            return known.answer

    def trouble(self) -> str | None:
        """Why no letter would be taken at present, in half a sentence; None where the server lets us in."""
        try:
            with self._greeted():
                return None
        except _Says as known:
            return getattr(known.answer, "why", None)

    @contextmanager
    def _greeted(self) -> Iterator[smtplib.SMTP]:
        """The server, once it has let us in. What goes wrong before words have left is raised as `_Says`."""
        try:
            with line_to(self._host, self._port, self._patience, self._at_most) as line:
                spoken = encrypted(line, self._host) if self._is_tls else line
                with closing(_Server(self._host, self._port, spoken)) as server:
                    self._let_in(server)
                    yield server
                    with suppress(smtplib.SMTPException, OSError):  # its answer would tell nothing, and take time
                        server.putcmd("QUIT")
        except smtplib.SMTPResponseException as refused:
            raise _Says(Later(_told(refused.smtp_code, refused.smtp_error))) from refused
        except (smtplib.SMTPException, OSError, ValueError, EOFError) as broken:
            raise _Says(Later(in_words(broken, _SETTING))) from broken

    def _let_in(self, server: smtplib.SMTP) -> None:
        """STARTTLS where it is offered: one that is offered and then refused sends no password after it."""
        server.ehlo_or_helo_if_needed()
        if not self._is_tls and server.has_extn("starttls"):
            server.starttls(context=trust())
            server.ehlo_or_helo_if_needed()
        if self._login[0]:
            server.login(*self._login)


def post_of(smtp_url: str | None, mailbox: Mailbox | None) -> Post | None:
    """The way out for letters; None where no mail server is set."""
    return Post(mailbox, Smtp(smtp_url)) if smtp_url and mailbox else None


def _introduce(server: smtplib.SMTP, envelope: Envelope) -> None:
    """From whom to whom. What the server will never take is refused; all else may be tried another time."""
    for wanted, (code, told) in _steps(server, envelope):
        if code // 100 != wanted:
            why = _told(code, told)
            raise _Says(Refused(why) if code // 100 == 5 and code not in _AS_NOBODY else Later(why))


def _steps(server: smtplib.SMTP, envelope: Envelope) -> Iterator[tuple[int, tuple[int, bytes]]]:
    """Each with the first digit of the answer that lets us go on."""
    yield 2, server.mail(envelope.sender)
    yield 2, server.rcpt(_reachable(envelope.recipient))
    yield 3, server.docmd("DATA")


def _reachable(address: str) -> str:
    try:
        return reachable(address)
    except NoAddress as none:
        raise _Says(Refused(str(none))) from none


def _hand_over(server: smtplib.SMTP, content: bytes) -> Answer:
    """The words themselves: only an answer tells what has become of them."""
    body = _DOT.sub(b"..", content)
    ending = b".\r\n" if body.endswith(b"\r\n") else b"\r\n.\r\n"
    try:
        server.send(body + ending)
        code, told = server.getreply()
    except (smtplib.SMTPException, OSError, ValueError, EOFError) as cut:
        return Unknown(in_words(cut, _SETTING))
    match code // 100:
        case 2:
            return Taken()
        case 4:
            return Later(_told(code, told))
        case 5:
            return Refused(_told(code, told))
        case _:
            return Unknown(NONSENSE)


def _told(code: int, told: bytes | str) -> str:
    if not 400 <= code < 600 or (code == 500 and told == "Line too long."):  # so smtplib calls what has no end
        return NONSENSE
    words = f"{code} {said(told)}"
    return f"it does not take the login in {_SETTING}: {words}" if code in _AS_NOBODY else words
