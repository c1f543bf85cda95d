"""Trigger ids: the short-lived keys that Slack hands out with each interaction, each good for opening one modal."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable
from dataclasses import dataclass

from sandbox.objects import Refusal

TRIGGER_SECONDS = 3.0


@dataclass
class _Trigger:
    user: str
    given_at: float  # wall-clock seconds: turning the practice clock must not expire it
    used: bool = False


class Triggers:
    """The ids given so far: three seconds of real time, one use. `wall` gives Unix seconds."""

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
