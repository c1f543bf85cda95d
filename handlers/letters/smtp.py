"""The team's mail server (RFC 5321): hands it one letter, and tells of every fault whether the letter may have gone out.

Up to the answer to DATA nothing has left, and whatever goes wrong may be tried again. From then on only an answer tells
what became of it: a line that is cut leaves the fate unknown.
"""

from __future__ import annotations

import re
import smtplib
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from urllib.parse import unquote, urlsplit

from cases.letters.compose import Mailbox, NoAddress, reachable
from cases.letters.letter import Answer, Envelope, Later, Post, Refused, Taken, Unknown
from cases.text import one_line

_PORTS = {"smtp": 587, "smtps": 465}
_LONGEST_WHY = 200
_AS_NOBODY = (530, 534, 535, 538)  # it wants a login, or another one: a matter of our settings, not of this letter
_DOT = re.compile(rb"(?m)^\.")


class _Says(Exception):
    """The answer is known, at whatever step."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer


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
        except _Says as said:
            return said.answer

    def trouble(self) -> str | None:
        """Why no letter would be taken at present, in half a sentence; None where the server lets us in."""
        try:
            with self._greeted():
                return None
        except _Says as said:
            return getattr(said.answer, "why", None)

    @contextmanager
    def _greeted(self) -> Iterator[smtplib.SMTP]:
        """The server, once it has let us in. What goes wrong before words have left is raised as `_Says`."""
        server: smtplib.SMTP | None = None
        watch = threading.Timer(self._at_most, lambda: _cut(server))
        watch.daemon = True
        watch.start()
        try:
            server = self._connected()
            self._let_in(server)
            yield server
        except smtplib.SMTPResponseException as refused:
            raise _Says(Later(_told(refused.smtp_code, refused.smtp_error))) from refused
        except (smtplib.SMTPException, OSError, ValueError, EOFError) as broken:
            raise _Says(Later(_in_words(broken))) from broken
        finally:
            watch.cancel()
            if server is not None:
                with suppress(smtplib.SMTPException, OSError, ValueError):
                    server.close()

    def _connected(self) -> smtplib.SMTP:
        if self._is_tls:
            return smtplib.SMTP_SSL(self._host, self._port, timeout=self._patience, context=_trust())
        return smtplib.SMTP(self._host, self._port, timeout=self._patience)

    def _let_in(self, server: smtplib.SMTP) -> None:
        """STARTTLS where it is offered: one that is offered and then refused sends no password after it."""
        server.ehlo_or_helo_if_needed()
        if not self._is_tls and server.has_extn("starttls"):
            server.starttls(context=_trust())
            server.ehlo_or_helo_if_needed()
        if self._login[0]:
            server.login(*self._login)


def post_of(smtp_url: str | None, mailbox: Mailbox | None) -> Post | None:
    """The way out for letters; None where no mail server is set."""
    return Post(mailbox, Smtp(smtp_url)) if smtp_url and mailbox else None


def _trust() -> ssl.SSLContext:
    return ssl.create_default_context()


def _cut(server: smtplib.SMTP | None) -> None:
    line = server.sock if server is not None else None
    if line is not None:
        with suppress(OSError):
            line.shutdown(2)


def _introduce(server: smtplib.SMTP, envelope: Envelope) -> None:
    """From whom to whom. What the server will never take is refused; all else may be tried another time."""
    for code, told in _steps(server, envelope):
        if code // 100 not in (2, 3):
            why = _told(code, told)
            raise _Says(Refused(why) if code // 100 == 5 and code not in _AS_NOBODY else Later(why))


def _steps(server: smtplib.SMTP, envelope: Envelope) -> Iterator[tuple[int, bytes]]:
    yield server.mail(envelope.sender)
    yield server.rcpt(_reachable(envelope.recipient))
    yield server.docmd("DATA")


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
        return Unknown(_in_words(cut))
    match code // 100:
        case 2:
            return Taken()
        case 4:
            return Later(_told(code, told))
        case 5:
            return Refused(_told(code, told))
        case _:
            return Unknown("our mail server answered what nobody understands")


def _told(code: int, told: bytes | str) -> str:
    if code < 100:
        return "our mail server answered what nobody understands"
    words = told.decode("utf-8", "replace") if isinstance(told, bytes) else told
    return one_line(f"{code} {words}", _LONGEST_WHY)


def _in_words(broken: BaseException) -> str:
    """What went wrong on the way, for somebody who reads no tracebacks."""
    if isinstance(broken, smtplib.SMTPServerDisconnected) and isinstance(broken.__context__, TimeoutError):
        broken = broken.__context__
    match broken:
        case ssl.SSLCertVerificationError():
            return f"its certificate cannot be trusted ({one_line(broken.verify_message, 80)})"
        case ssl.SSLError():
            return "it does not speak the encryption that SMTP_URL asks for"
        case TimeoutError():
            return "it did not answer in time"
        case ConnectionRefusedError():
            return "nobody answers at its address"
        case smtplib.SMTPServerDisconnected() | EOFError() | ConnectionError():
            return "the line was cut"
        case smtplib.SMTPNotSupportedError():
            return "it takes no login in a way that we know"
        case OSError():
            return one_line(broken.strerror or "it cannot be reached", 80)
        case _:
            return "our mail server answered what nobody understands"
