"""What a feedback source owes: it can tell whether a request is its vendor's own, and read it into feedback."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from cases.model import Feedback


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One module of this folder: `NAME` (its route is /intake/NAME), `SECRET_ENV`, `verify`, `read` and `EXAMPLE`.

    `verify(headers, body, secret)` raises BadSignature, and NotSigned where no body could be right. `read(body, headers)` raises BadFeedback, and answers an empty
    list to what the vendor sends along but is no feedback. Header names are compared without regard to case.
    """

    name: str
    secret_env: str
    verify: Callable[[Mapping[str, str], bytes, str], None]
    read: Callable[[bytes, Mapping[str, str]], list[Feedback]]
    example: Example
