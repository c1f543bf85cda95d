"""The short-lived keys Slack hands out with each interaction: trigger ids for modals, and response URLs."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.answers import Refusal
from sandbox.workspace import Message

TRIGGER_SECONDS = 3.0
RESPONSE_USES = 5
RESPONSE_LIFE = timedelta(minutes=30)


@dataclass
class _Trigger:
    user: str
    given_at: float  # wall-clock seconds: turning the practice clock must not expire it
    used: bool = False


class Triggers:
    """Trigger ids: three seconds of real time, one use. `wall` gives Unix seconds."""

    def __init__(self, wall: Callable[[], float]) -> None:
        self._wall = wall
        self._lock = threading.Lock()
        self._given: dict[str, _Trigger] = {}

    def issue(self, user: str) -> str:
        """A fresh trigger id for an interaction of this person."""
        with self._lock:
            trigger_id = f"{len(self._given) + 1}.1052026.{secrets.token_hex(12)}"
            self._given[trigger_id] = _Trigger(user, self._wall())
            return trigger_id

    def exchange(self, trigger_id: str) -> str:
        """The person whose interaction it was. Refuses ids that are unknown, too old or already used."""
        with self._lock:
            trigger = self._given.get(trigger_id)
            if trigger is None:
                raise Refusal("invalid_trigger_id")
            if trigger.used:
                raise Refusal("exchanged_trigger_id")
            if self._wall() - trigger.given_at > TRIGGER_SECONDS:
                raise Refusal("expired_trigger_id")
            trigger.used = True
            return trigger.user

    def expire(self) -> None:
        """Let all trigger ids given so far be too old."""
        with self._lock:
            for trigger in self._given.values():
                trigger.given_at = float("-inf")

    def clear(self) -> None:
        """Forget all trigger ids."""
        with self._lock:
            self._given.clear()


@dataclass
class ResponseTicket:
    """What a response URL stands for: whose gesture, in which conversation, on which message if any."""

    user: str
    channel: str
    message: Message | None
    given_at: datetime
    uses_left: int = RESPONSE_USES


class ResponseUrls:
    """Response URLs: five uses within thirty minutes of practice time. `now` is the practice clock."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._lock = threading.Lock()
        self._given: dict[str, ResponseTicket] = {}
        self.base_url = "http://practice.invalid"

    def issue(self, user: str, channel: str, message: Message | None = None) -> str:
        """A fresh response URL."""
        with self._lock:
            key = secrets.token_hex(12)
            self._given[key] = ResponseTicket(user, channel, message, self._now())
            return f"{self.base_url}/response/{key}"

    def use(self, key: str) -> ResponseTicket:
        """The ticket behind a URL, one use less. Refuses what is unknown, used up (`used_url`) or old (`expired_url`)."""
        with self._lock:
            ticket = self._given.get(key)
            if ticket is None:
                raise Refusal("invalid_url")
            if self._now() - ticket.given_at > RESPONSE_LIFE:
                raise Refusal("expired_url")
            if ticket.uses_left <= 0:
                raise Refusal("used_url")
            ticket.uses_left -= 1
            return ticket

    def clear(self) -> None:
        """Forget all response URLs."""
        with self._lock:
            self._given.clear()
