"""Who ends processes: at random moments, and right when Slack or the mail server has heard something and has not answered it yet."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Sequence

from sandbox.api.faults import ApiCall
from sandbox.server import PracticeWorkspace
from tests.torture.fleet import Berth, Fleet
from tests.torture.setting import Plan

_AIMED_AT = frozenset({"chat.postMessage", "chat.update", "chat.postEphemeral", "conversations.history"})
_AIMED = 0.05  # the share of such calls whose caller is killed at once
_AT_LETTERS = 0.25  # the share of letters at which the worker is killed, before they are taken and once more after
_EARLY = 0.15  # the share of processes that are struck while they begin
_BEGINNING = 2.0  # seconds
_GLANCE = 0.05  # seconds
_CRASHES = 3


class Saboteur:
    """Ends processes until there have been as many kills as planned."""

    def __init__(self, practice: PracticeWorkspace, plan: Plan) -> None:
        self._plan = plan
        self._chance = random.Random(plan.seed + 2)
        self._aiming = threading.Event()
        self._hours: dict[tuple[str, int], float] = {}  # (berth, how-manieth process) → time.monotonic()
        practice.faults.on_call.append(self._heard)
        taken = practice.post.taken

        def took(content: bytes, recipients: Sequence[str]) -> None:
            """Before the server has a letter, and when it has one; its answer reaches nobody."""
            self._perhaps(_AT_LETTERS)
            taken(content, recipients)
            self._perhaps(_AT_LETTERS)

        practice.post.taken = took  # type: ignore[method-assign]

    @property
    def done(self) -> bool:
        """Whether there were enough; processes that end by themselves need no more of it."""
        return self.fleet.counts["kills"] >= self._plan.kills or len(self.fleet.crashes) >= _CRASHES

    def work(self, fleet: Fleet, over: threading.Event) -> None:
        """Strikes at random moments, and lets `_heard` strike, until enough was done or it is `over`."""
        self.fleet = fleet
        self._life = self._plan.calm * len(fleet.berths)  # the longest; the more there are the longer each may work
        self._aiming.set()
        while not self.done and not over.wait(_GLANCE):
            for berth in self.fleet.berths:
                if time.monotonic() >= self._hour(berth):
                    self._strike(berth)
        self._aiming.clear()

    def _hour(self, berth: Berth) -> float:
        """When the process that is there is struck, drawn by lot once it is ready, or for a few as they begin."""
        who, chance = (berth.name, berth.starts), self._chance
        if who not in self._hours and chance.random() < _EARLY:
            self._hours[who] = time.monotonic() + chance.uniform(0, _BEGINNING)
        self._hours.setdefault(who, float("inf"))
        if self._hours[who] == float("inf") and berth.ready:
            self._hours[who] = time.monotonic() + chance.uniform(0, self._life)
        return self._hours[who]

    def _strike(self, berth: Berth) -> None:
        """Whoever only hangs, or takes its time to end, is struck again later."""
        chance, lease = self._chance, self._plan.lease
        del self._hours[berth.name, berth.starts]
        manner = chance.random()
        if manner < 0.5:
            self.fleet.kill(berth)
        elif manner < 0.65:
            self.fleet.kill(berth, back_in=chance.uniform(0, 2 * lease))
        elif manner < 0.75:
            self.fleet.terminate(berth)
        else:
            self.fleet.freeze(berth, chance.uniform(0.5, 2.5) * lease)

    def _heard(self, call: ApiCall) -> None:
        """In the thread of Slack's server: what was called for has happened, or not, and nobody is told."""
        if call.method in _AIMED_AT:
            self._perhaps(_AIMED)

    def _perhaps(self, share: float) -> None:
        if self._aiming.is_set() and self._chance.random() < share and not self.done:
            for berth in self.fleet.berths:
                if not berth.name.startswith("web"):  # whichever worker it was
                    self.fleet.kill(berth)
