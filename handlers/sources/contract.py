"""What a feedback source owes: it can tell whether a request is its vendor's own, and read it into feedback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b

from cases.arrivals.feedback import Arriving


class BadSignature(Exception):
    """The request is not the vendor's own, or too old to be believed; the message says what is wrong and no secret."""


class NotSigned(BadSignature):
    """The request carries no signature at all: whatever its body may be, it need not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A request as the vendor sends it, invented: contract tests sign, verify, alter and read it.

    `sign(body, secret, at)` gives the headers of a request sent at `at`; `secret` is one of the vendor's shape. `kinds` are
    the keys of the body that tell what kind of event it is: without them nothing is read at all.
    """

    body: bytes
    kinds: tuple[str, ...] = ()
    secret: str
    sign: Callable[[bytes, str, datetime], dict[str, str]]


def delivery(body: bytes, event: str = "") -> str:
    """What names a delivery: the same each time the vendor tries it again. `event` is the vendor's own id of it."""
    return blake2b(event.encode("utf-8", "replace") + b"\0" + body, digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One module of this folder: `NAME` (its route is /intake/NAME), `SECRET_ENV`, `verify`, `read` and `EXAMPLE`.

    `verify(headers, body, secret)` raises BadSignature, and NotSigned where no body could be right. `read(body, headers)`
    raises BadFeedback, and answers an empty list to what the vendor sends along but is no feedback; it says when the
    feedback was given, and the delivery's id. Header names are compared without regard to case.
    """

    name: str
    secret_env: str
    verify: Callable[[Mapping[str, str], bytes, str], None]
    read: Callable[[bytes, Mapping[str, str]], list[Arriving]]
    example: Example
