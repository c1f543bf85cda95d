"""What a feedback source owes: it can tell whether a request is its vendor's own, and read it into feedback."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from hashlib import blake2b
from typing import Any

from cases.arrivals.answers import Answer
from cases.arrivals.bodies import read_body
from cases.arrivals.feedback import Arriving, BadFeedback
from cases.arrivals.meaning import meant
from cases.arrivals.told import Told
from cases.arrivals.whole import told_by_all
from cases.letters.incoming import Automatic, Incoming
from cases.letters.returned import Bounce
from cases.letters.seen import written_at
from handlers.sources.envelope import Marks
from handlers.sources.signatures import Signature, header_if_any

EXAMPLE_SECRET = "whsec_ZXhhbXBsZSBzZWNyZXQgb2YgdGhlIHRlc3Rz"  # noqa: S105  of every example, fit for the standard too; it opens nothing

LARGEST = 1024 * 1024  # bytes of a body


class Known(StrEnum):
    """How a module knows what it says of its vendor; a test fails where one claims more than it can show."""

    DOCUMENTATION = "documentation"  # the vendor's pages, or other programs that do the same; its docstring says which
    VECTOR = "vector"  # and a signature that was computed apart from this code fits
    SEEN = "seen"  # and a body that the vendor itself has sent here


@dataclass(frozen=True, slots=True)
class Example:
    """A request as the vendor sends it, invented: contract tests sign, verify, alter and read it. `secret` is one of the vendor's shape."""

    body: bytes
    signature: Signature
    secret: str = EXAMPLE_SECRET

    @property
    def value(self) -> Any:
        """The body as one JSON value, which every source reads as well: form fields as an object, JSON in a text opened."""
        return _opened(read_body(self.body))

    def sign(self, body: bytes, secret: str, at: datetime) -> dict[str, str]:
        """The headers of a request with that body, sent at `at`."""
        return self.signature.sign(body, secret, at)

    @property
    def covers_body(self) -> bool:
        """Whether another body breaks the signature; what is no signature, but a token, does not cover it."""
        return self.signature.covers_body


@dataclass(frozen=True, slots=True, kw_only=True)
class Guide:
    """What a newcomer needs besides: where to click at the vendor, once the source's secret is made; what it sends, and when; and
    what of it is not read. `site` is the vendor's own page, `checked` how the clicks are known. Markdown, for the source's page
    in docs/sources/, which `python -m tests.write_source_pages` writes.
    """

    clicks: tuple[str, ...]
    sends: str
    unread: str
    site: str = ""
    checked: str = "read there in November 2026"


def _opened(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _opened(inner) for key, inner in value.items()}
    return read_body(value.encode()) if isinstance(value, str) and value.startswith(("{", "[")) else value


def delivery(body: bytes, event: str = "") -> str:
    """What names a delivery: the same each time the vendor tries it again. `event` is the vendor's own id of it."""
    return blake2b(event.encode("utf-8", "replace") + b"\0" + body, digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """One feedback in a request, not understood yet: its answers, id and time among them, as the vendor's body has them.

    `path` is where the answers stand in it, `said_at` when the vendor says that it was sent.
    """

    answers: Sequence[Answer]
    path: str = ""
    said_at: datetime | None = None


def opened_letter(letter: Incoming | Bounce | Automatic) -> list[Opened]:
    """What a letter says by itself, whoever's case it may answer; nothing where it is none of a person's."""
    if not isinstance(letter, Incoming):
        return []
    return [Opened(answers=list(letter.answers()), said_at=written_at(letter.date))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One module of this folder: `NAME` (its route is /intake/NAME), `VENDOR` (how people call it), `SECRET_ENV`, `KNOWN`, `MARKS`
    (by which its bodies are known from others'; none where they may be anything), `SIGNATURE`, `open_`, `GUIDE` and `EXAMPLE` (a body,
    as JSON or as the vendor's own bytes).

    `open_(body, headers)` raises BadFeedback, and answers an empty list to what the vendor sends along but is no feedback;
    what the answers mean it does not know. `FREE` where the team itself writes what is sent: what looks like nobody's body is then read as any object. Where what is posted are letters, `letter` gives them as those of a mailbox are, and
    `LARGEST` says how many bytes a body may have, if more than usual.
    """

    name: str
    vendor: str
    secret_env: str
    known: Known
    marks: Marks
    signature: Signature
    open_: Callable[[bytes, Mapping[str, str]], list[Opened]]
    guide: Guide
    example: Example
    letter: Callable[[bytes, Mapping[str, str]], Incoming | Bounce | Automatic] | None = None
    largest: int = LARGEST
    free: bool = False

    @property
    def passed_over(self) -> int:
        """The status that answers what is no feedback.

        Whoever posts letters takes 200 alone for done (Postmark, Understanding Inbound Webhook Retries; Mailgun, Receive HTTP), and sends
        what has any other answer again for hours. What became feedback is known by then, and answered 200; this is not kept.
        """
        return 202 if self.letter is None else 200

    def read(
        self,
        body: bytes,
        headers: Mapping[str, str],
        told: Told | None = None,
        unreadable: Callable[[BadFeedback], None] = lambda _: None,
    ) -> list[Arriving]:
        """All feedback of a request that can be understood; `told` is what policy says of the source.

        Raises BadFeedback where nothing of it can. One that cannot hurts no other: `unreadable` hears of it.
        """
        told = told or Told(self.name)
        read: list[Arriving] = []
        bad: list[BadFeedback] = []
        event = delivery(body, header_if_any(headers, "webhook-id"))
        opened = self.open_(body, headers)
        if len(opened) > 1:
            told = replace(told, asks=told_by_all((each.answers for each in opened), told).asks)
        for each in opened:
            try:
                read.append(meant(each.answers, told, path=each.path, said_at=each.said_at, event=event))
            except BadFeedback as unusable:
                bad.append(unusable)
        if bad and not read:
            raise bad[0]
        for each_bad in bad:
            unreadable(each_bad)
        return read
