"""What becomes of calls to Slack on a bad day: 429, 500, answers lost before or after, late answers, and nobody there."""

from __future__ import annotations

import random
import threading
from collections import Counter

from sandbox.api.faults import ApiCall, Fault
from sandbox.server import PracticeWorkspace
from tests.torture.setting import Plan

_SAYING = ("chat.postMessage", "chat.postMessage", "chat.update", "chat.postEphemeral")
_ASKING = (
    "conversations.history",
    "conversations.replies",
    "conversations.open",
    "users.info",
    "users.list",
    "views.publish",
)
_KINDS = ("rate_limit", "http_error", "refuse", "drop_before", "drop_after", "drop_after", "delay")
_AWAY = 0.03  # the share of strokes after which nobody is there for a while


class Weather:
    """Bad weather from `blow` until it is `over`. `faults` counts the calls that were hit, by the kind of fault."""

    def __init__(self, practice: PracticeWorkspace, plan: Plan) -> None:
        self.faults: Counter[str] = Counter()
        self.calls: Counter[str] = Counter()
        self._practice = practice.faults
        self._plan = plan
        self._chance = random.Random(plan.seed + 1)
        self._armed: list[Fault] = []
        self._practice.on_call.append(self._count)

    def _count(self, call: ApiCall) -> None:
        self.calls[call.method] += 1
        if call.fault is not None:
            self.faults["away" if self._practice.is_away else call.fault.kind] += 1

    def blow(self, over: threading.Event) -> None:
        """Arms faults at random moments, and leaves a clear sky behind."""
        while not over.wait(self._chance.uniform(0.1, self._plan.calm)):
            if self._chance.random() < _AWAY:
                self._practice.away()
                over.wait(self._plan.away * self._chance.random() ** 2)
                self._practice.back()
            else:
                self._armed.append(self._fault())
        for fault in self._armed:
            fault.count = 0

    def _fault(self) -> Fault:
        chance, faults = self._chance, self._practice
        method = chance.choice(_SAYING if chance.random() < 0.7 else _ASKING)
        hold = chance.uniform(0, self._plan.lease / 3)  # an answer never comes later than a lease lasts
        count = chance.randint(1, 3)
        match chance.choice(_KINDS):
            case "rate_limit":
                return faults.rate_limit(method, retry_after=chance.randint(1, 2), count=count)
            case "http_error":
                return faults.http_error(method, chance.choice((500, 502, 503)), count)
            case "refuse":
                word = chance.choice(("internal_error", "fatal_error", "service_unavailable"))
                return faults.refuse(method, word, count)
            case "drop_before":
                return faults.drop_before(method, count, hold)
            case "drop_after":
                return faults.drop_after(method, count, hold)
            case _:
                return faults.delay(method, hold, count)
