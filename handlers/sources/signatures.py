"""How a request proves whose it is: a vendor's HMAC over the exact bytes of its body, the standard's, or the secret itself shown.

Each way verifies, and signs for whoever plays the sender. How old a request is, is measured against the machine's own clock,
as it must be: it is a fact of the wire, not of a case.
"""

from __future__ import annotations

import base64
import hmac
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Literal, Protocol

from cases.arrivals.deliveries import Outcome

WINDOW = 300  # seconds either way, as the reference library of Standard Webhooks has it
_MARK = "whsec_"  # before the base64 of a key


class BadSignature(Exception):
    """The request is not the vendor's own, or too old to be believed; the message says what is wrong and no secret."""

    def __init__(self, message: str, outcome: Outcome = Outcome.FORGED) -> None:
        super().__init__(message)
        self.outcome = outcome


class NotSigned(BadSignature):
    """Whatever the request's body may be, it need not be read: there is no signature, or a token that is not ours."""

    def __init__(self, message: str, outcome: Outcome = Outcome.UNSIGNED) -> None:
        super().__init__(message, outcome)


class Signature(Protocol):
    """One way to prove whose a request is. `headers` are those that show it, `covers_body` whether another body breaks it."""

    @property
    def headers(self) -> tuple[str, ...]: ...

    @property
    def covers_body(self) -> bool: ...

    def verify(self, headers: Mapping[str, str], body: bytes, secret: str) -> None:
        """Raises BadSignature, and NotSigned where no body could be right."""

    def sign(self, body: bytes, secret: str, at: datetime) -> dict[str, str]:
        """The headers of a request sent at `at`."""


def look(way: Signature, headers: Mapping[str, str], secret: str) -> None:
    """Raises NotSigned where no body could be right: of what is signed with it only whether there is a signature shows."""
    if way.covers_body:
        for name in way.headers:
            header(headers, name)
        return
    try:
        way.verify(headers, b"", secret)
    except NotSigned:
        raise
    except BadSignature:  # it stands in the body
        pass


@dataclass(frozen=True, slots=True, kw_only=True)
class HmacShape:
    """An HMAC in a header: of which digest, how written, after which prefix. Several may stand in it, with spaces between.

    What is signed are the texts of the headers `before`, of which the last is the time of sending, and the body, with
    `separator` between them. The key is the secret's UTF-8 bytes or, where `key` says so, what it is the base64 of.
    """

    header: str
    digest: Literal["sha1", "sha256"] = "sha256"
    encoding: Literal["base64", "hex"] = "base64"
    prefix: str = ""
    before: tuple[str, ...] = ()
    separator: str = ""
    stamp: Literal["unix", "iso"] = "unix"
    key: Literal["text", "whsec"] = "text"

    @property
    def headers(self) -> tuple[str, ...]:
        return (*self.before, self.header)

    @property
    def covers_body(self) -> bool:
        return True

    def verify(self, headers: Mapping[str, str], body: bytes, secret: str) -> None:
        """Raises BadSignature unless a signature fits and is recent, where its time is signed too."""
        before = [header(headers, name) for name in self.before]
        given = header(headers, self.header).encode("utf-8", "replace").split()
        wanted = self.of(body, secret, *before).encode()
        if not any(hmac.compare_digest(wanted, each) for each in given):
            raise BadSignature(f"the signature in {self.header} does not fit the body")
        if before and (away := abs(time.time() - _seconds(before[-1]))) > WINDOW:
            raise BadSignature(
                f"the request was signed {away:.0f} seconds from now, which is too far", Outcome.UNTIMELY
            )

    def sign(self, body: bytes, secret: str, at: datetime, message_id: str = "msg_example") -> dict[str, str]:
        """As Signature has it; `message_id` stands in whatever is signed beside the time."""
        sent = str(int(at.timestamp())) if self.stamp == "unix" else at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        told = [message_id, sent][-len(self.before) :] if self.before else []
        return {**dict(zip(self.before, told, strict=True)), self.header: self.of(body, secret, *told)}

    def of(self, body: bytes, secret: str, *before: str) -> str:
        """The header's value. Raises BadSignature where the secret is none."""
        signed = b"".join(f"{each}{self.separator}".encode("utf-8", "replace") for each in before) + body
        mac = hmac.digest(self._key(secret), signed, self.digest)
        return self.prefix + (mac.hex() if self.encoding == "hex" else base64.b64encode(mac).decode())

    def _key(self, secret: str) -> bytes:
        key = secret.encode() if self.key == "text" else standard_key(secret)
        if not key:  # an empty key can be guessed by anybody
            raise BadSignature("the secret that is set for this source is none; run: python bot.py doctor")
        return key


@lru_cache(maxsize=64)
def standard_key(secret: str) -> bytes:
    """The key in a secret of Standard Webhooks: whsec_ and base64. Nothing where it is no such secret."""
    try:
        return base64.b64decode(secret.removeprefix(_MARK), validate=True)
    except ValueError:
        return b""


def _seconds(written: str) -> float:
    """A time of sending, in seconds since the epoch. Raises BadSignature."""
    try:
        if written.isascii() and written.isdecimal():
            return float(written)
        at = datetime.fromisoformat(written)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
    except (ValueError, OverflowError):
        raise BadSignature("the time of sending cannot be read", Outcome.UNTIMELY) from None


IN_ADDRESS = "x-token"  # the header that the edge makes of a token in the address behind its question mark
# Where tools put a secret that they are given without a word of where it goes: after one of these, or in one of these headers.
_SCHEMES = ("bearer", "token", "apikey", "api-key", "key")
_OWN_HEADERS = (
    "x-api-key", "api-key", "apikey", "x-auth-token", "x-access-token", "x-secret", "x-webhook-secret", "x-webhook-token",
    IN_ADDRESS,
)  # fmt: skip


def shown_in(headers: Mapping[str, str]) -> str:
    """The secret that a request shows, in whichever header; empty where it shows none."""
    whole = header_if_any(headers, "authorization").strip()
    scheme, _, rest = whole.partition(" ")
    if scheme.lower() == "basic":
        return _password(rest.strip())
    if whole:
        return rest.strip() if scheme.lower() in _SCHEMES else whole
    return next(filter(None, (header_if_any(headers, name).strip() for name in _OWN_HEADERS)), "")


def shows_one(headers: Mapping[str, str], way: Signature) -> bool:
    """Whether a request comes with a secret rather than signed that way: what is signed may carry others' keys in its headers."""
    is_signed = any(header_if_any(headers, name) for name in way.headers)
    return bool(header_if_any(headers, "authorization") or (not is_signed and shown_in(headers)))


def _password(written: str) -> str:
    """Of a name and a password the password, or the name where that is all."""
    try:
        name, _, password = base64.b64decode(written, validate=True).decode().partition(":")
    except ValueError:
        return ""
    return password or name


@dataclass(frozen=True, slots=True)
class Shown:
    """The whole secret, shown by programs that cannot sign: as a bearer token, or wherever else they can put one."""

    @property
    def headers(self) -> tuple[str, ...]:
        return ("Authorization",)

    @property
    def covers_body(self) -> bool:
        return False

    def verify(self, headers: Mapping[str, str], body: bytes, secret: str) -> None:
        """Raises NotSigned unless the token is the secret."""
        shown = shown_in(headers)
        if not secret or not shown:
            raise NotSigned("show the source's secret: Authorization: Bearer …, or at the end of the address")
        if not hmac.compare_digest(shown.encode("utf-8", "replace"), secret.encode("utf-8", "replace")):
            raise NotSigned("the token is not this source's secret", Outcome.UNKNOWN)

    def sign(self, body: bytes, secret: str, at: datetime) -> dict[str, str]:
        """The token in its header."""
        return {"Authorization": f"Bearer {secret}"}


BEARER = Shown()
# https://www.standardwebhooks.com
STANDARD = HmacShape(
    header="webhook-signature",
    prefix="v1,",
    before=("webhook-id", "webhook-timestamp"),
    separator=".",
    key="whsec",
)


def header(headers: Mapping[str, str], name: str) -> str:
    """The value of a header, whatever the case of its name. Raises NotSigned where it is missing."""
    value = header_if_any(headers, name)
    if not value:
        raise NotSigned(f"the header {name} is missing")
    return value


def header_if_any(headers: Mapping[str, str], name: str) -> str:
    """As `header`; nothing where it is missing. Svix, and who sends through it, has names of its own for the standard's."""
    names = _names(name)
    for each in names:  # in small letters, as our server hands them on
        if value := headers.get(each):
            return value
    return next((value for key, value in headers.items() if key.lower() in names), "")


@lru_cache(maxsize=64)
def _names(name: str) -> tuple[str, ...]:
    small = name.lower()
    return tuple(dict.fromkeys((small, small.replace("webhook-", "svix-", 1))))
