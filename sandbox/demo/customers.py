"""A customer who writes to us: their words, one after another, in the form of the generic intake."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sandbox.demo.intake import Intake
from sandbox.lines.requests import Answer, Bot
from sandbox.mail.letters import Said


@dataclass(frozen=True)
class Words:
    """One piece of feedback. `negative` says whether it should open or join a case; the rest follows the intake's format.

    `occasion_in` counts from the moment it is sent: the occasion is given as a date.
    """

    external_id: str
    comment: str
    negative: bool = True
    rating: int | None = None
    source: str = "delivery-form"
    subject: str | None = None
    order_ref: str | None = None
    occasion: str | None = None
    occasion_in: timedelta | None = None
    contact_ok: bool | None = True
    public_url: str | None = None


@dataclass
class Customer:
    """One customer. `line` says in a sentence who arrives; `words` come one after another, the first opens the story.

    `by_hand` holds what a colleague types into `/case new` when the customer telephoned instead of writing; `answers` what
    they write back, letter by letter.
    """

    key: str
    line: str
    name: str
    words: tuple[Words, ...]
    now: Callable[[], datetime]
    intake: Intake
    email: str | None = None
    phone: str | None = None
    customer_id: str | None = None
    by_hand: dict[str, Any] | None = None
    answers: tuple[Said, ...] = ()
    said: int = field(default=0)

    @property
    def arrived(self) -> bool:
        """Whether the bot has heard of this customer."""
        return self.said > 0

    @property
    def has_more(self) -> bool:
        """Whether there are later words still to come."""
        return 0 < self.said < len(self.words)

    def send(self, to: Bot | str | None = None) -> Answer:
        """Send the first words; again and again is the same delivery repeated."""
        self.said = max(self.said, 1)
        return self._send(self.words[0], to)

    def send_again(self, to: Bot | str | None = None) -> Answer:
        """Send the next words. Raises IndexError when everything has been said."""
        words = self.words[max(self.said, 1)]
        self.said = max(self.said, 1) + 1
        return self._send(words, to)

    def payload(self, words: Words) -> dict[str, Any]:
        """These words as the generic intake takes them, written at this moment of the practice clock."""
        at = self.now()
        occasion_at = (at + words.occasion_in).date().isoformat() if words.occasion_in else None
        return {
            "type": "feedback.created",
            "timestamp": _iso(at),
            "data": {
                "external_id": words.external_id,
                "source": words.source,
                "customer": {"name": self.name, "email": self.email, "phone": self.phone, "id": self.customer_id},
                "rating": None if words.rating is None else {"value": words.rating, "scale": 5},
                "comment": words.comment,
                "subject": words.subject,
                "order_ref": words.order_ref,
                "occasion": words.occasion,
                "occasion_at": occasion_at,
                "locale": "en",
                "contact_ok": words.contact_ok,
                "public_url": words.public_url,
                "occurred_at": _iso(at - timedelta(minutes=5)),
            },
        }

    def _send(self, words: Words, to: Bot | str | None) -> Answer:
        return self.intake.send(self.payload(words), f"msg_{words.external_id}", to)


def _iso(at: datetime) -> str:
    return at.isoformat(timespec="seconds").replace("+00:00", "Z")
