"""A line to a mail server, for SMTP and IMAP alike: cut off in time, its faults told in half a sentence to who reads no tracebacks."""

from __future__ import annotations

import imaplib
import re
import smtplib
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from imap_tools.errors import ImapToolsError, MailboxLoginError, UnexpectedCommandStatusError

from cases.text import one_line

NONSENSE = "the answer makes no sense"
_LONGEST = 200
_LONGEST_WHY = 80


@contextmanager
def line_to(host: str, port: int, patience: float, at_most: float) -> Iterator[socket.socket]:
    """An open line, cut after `at_most` seconds whatever is said on it: `patience` counts anew for each byte.

    Raises OSError; TimeoutError in place of whatever is raised once it is cut.
    """
    line, over = socket.create_connection((host, port), patience), threading.Event()
    with line, line.dup() as same:  # encryption takes the line itself out of our hands

        def end() -> None:
            over.set()
            _cut(same)

        watch = threading.Timer(at_most, end)
        watch.daemon = True
        watch.start()
        try:
            yield line
        except Exception as broken:
            if over.is_set():
                raise TimeoutError from broken
            raise
        finally:
            watch.cancel()
            _cut(same)


def _cut(line: socket.socket) -> None:
    with suppress(OSError):
        line.shutdown(socket.SHUT_RDWR)


def encrypted(line: socket.socket, host: str) -> socket.socket:
    """The same line, encrypted from its first byte on. Raises OSError."""
    return trust().wrap_socket(line, server_hostname=host)


def trust() -> ssl.SSLContext:
    """Whom we believe to be who they say: what this machine believes."""
    return ssl.create_default_context()


def in_words(broken: BaseException, setting: str) -> str:
    """`setting` names the variable that holds the server's address, where that is what somebody has to look at."""
    if isinstance(broken, smtplib.SMTPServerDisconnected) and isinstance(broken.__context__, TimeoutError):
        broken = broken.__context__
    match broken:
        case ssl.SSLCertVerificationError():
            return f"its certificate cannot be trusted ({one_line(broken.verify_message, _LONGEST_WHY)})"
        case ssl.SSLError():
            return f"it does not speak the encryption that {setting} asks for"
        case socket.gaierror():
            return f"no server of the name in {setting} is known"
        case TimeoutError():
            return "no answer came in time"
        case ConnectionRefusedError():
            return "nobody answers at its address"
        case MailboxLoginError():
            return f"it refuses the login in {setting}{_its_word(broken)}"
        case UnexpectedCommandStatusError():
            return f"it refuses what we ask for{_its_word(broken)}"
        case smtplib.SMTPNotSupportedError():
            return f"it takes no login in a way that we know, and {setting} has one"
        case imaplib.IMAP4.abort() if "socket error" not in str(broken):
            words = str(broken).rpartition(" => ")[2]
            return NONSENSE if words.startswith("unexpected") else f"it hangs up: {said(words)}"
        case smtplib.SMTPServerDisconnected() | imaplib.IMAP4.abort() | EOFError() | ConnectionError():
            return "the line was cut"
        case imaplib.IMAP4.error() | ImapToolsError() | smtplib.SMTPException():
            return NONSENSE
        case UnicodeEncodeError():
            return (
                f"the login in {setting} has letters that mail servers do not agree on: choose a password of plain ones"
            )
        case OSError():
            return one_line(broken.strerror or "it cannot be reached", _LONGEST_WHY)
        case _:
            return NONSENSE


def said(words: bytes | str) -> str:
    """What a server said, on one line and not too long."""
    return one_line(words.decode("utf-8", "replace") if isinstance(words, bytes) else words, _LONGEST)


def _its_word(refused: UnexpectedCommandStatusError) -> str:
    """Servers say why, and some where to click: "[ALERT] Application-specific password required"."""
    told = refused.command_result[1] or () if len(refused.command_result) > 1 else ()
    words = next((said(each) for each in told if isinstance(each, bytes) and re.search(rb"\w", each)), "")
    return f": {words}" if words else ""
