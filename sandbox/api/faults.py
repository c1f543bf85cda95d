"""What can go wrong with a call to the Web API, armed by tests and the demo; with a log of every call."""

from __future__ import annotations

import itertools
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

EVERY_METHOD = "*"


@dataclass
class Fault:
    """One armed fault. `kind` is rate_limit, http_error, refuse, drop_before, drop_after or delay.

    `seconds` is Retry-After for rate_limit, how long the connection is held open before it drops or answers otherwise.
    `count` is how many calls it still hits; `channel` narrows it to calls that name this channel.
    """

    kind: str
    method: str = EVERY_METHOD
    count: int = 1
    seconds: float = 0.0
    status: int = 500
    error: str = ""
    channel: str | None = None

    def hits(self, method: str, arguments: dict[str, Any]) -> bool:
        """Whether this call is one of those meant."""
        named = self.method in (EVERY_METHOD, method)
        return self.count > 0 and named and self.channel in (None, arguments.get("channel"))


@dataclass(frozen=True)
class ApiCall:
    """One call as it came in. `status` is the HTTP status, 0 when the connection was dropped; `answer` what was or would have been said."""

    number: int
    method: str
    arguments: dict[str, Any]
    answer: dict[str, Any]
    status: int
    at: datetime
    fault: Fault | None = None

    @property
    def ok(self) -> bool:
        """Whether Slack did what was asked, whether or not the caller heard of it."""
        return bool(self.answer.get("ok"))


@dataclass
class Faults:
    """The armed faults, the log (the last 10,000 calls) and those who listen to it.

    Listeners are called in the server's thread after the call took effect and before it is answered, so a test can end
    the calling process between the two. They must not call the Web API themselves: nobody would be there to answer.
    """

    calls: deque[ApiCall] = field(default_factory=lambda: deque(maxlen=10_000))
    on_call: list[Callable[[ApiCall], None]] = field(default_factory=list)
    is_away: bool = False
    _armed: list[Fault] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def arm(self, fault: Fault) -> Fault:
        """Add a fault; the first armed one that fits a call hits it."""
        with self._lock:
            self._armed.append(fault)
        return fault

    def rate_limit(
        self, method: str = EVERY_METHOD, retry_after: int = 1, count: int = 1, channel: str | None = None
    ) -> Fault:
        """Answer 429 with Retry-After in whole seconds."""
        return self.arm(Fault("rate_limit", method, count, seconds=retry_after, status=429, channel=channel))

    def http_error(self, method: str = EVERY_METHOD, status: int = 500, count: int = 1) -> Fault:
        """Answer with a bare HTTP error; nothing has happened."""
        return self.arm(Fault("http_error", method, count, status=status))

    def refuse(self, method: str, error: str, count: int = 1, channel: str | None = None) -> Fault:
        """Answer ok: false with this error name; nothing has happened."""
        return self.arm(Fault("refuse", method, count, error=error, status=200, channel=channel))

    def drop_before(self, method: str = EVERY_METHOD, count: int = 1, hold: float = 0.0) -> Fault:
        """Close the connection without an answer, after `hold` seconds; nothing has happened."""
        return self.arm(Fault("drop_before", method, count, seconds=hold, status=0))

    def drop_after(self, method: str = EVERY_METHOD, count: int = 1, hold: float = 0.0) -> Fault:
        """Do what was asked, then close the connection without an answer, after `hold` seconds."""
        return self.arm(Fault("drop_after", method, count, seconds=hold, status=0))

    def delay(self, method: str = EVERY_METHOD, seconds: float = 0.0, count: int = 1) -> Fault:
        """Do what was asked and answer late."""
        return self.arm(Fault("delay", method, count, seconds=seconds, status=200))

    def away(self) -> None:
        """Drop every call until `back()`."""
        self.is_away = True

    def back(self) -> None:
        """Be there again."""
        self.is_away = False

    def strike(self, method: str, arguments: dict[str, Any]) -> Fault | None:
        """The fault that hits this call, with its count lowered; None when all is well."""
        with self._lock:
            if self.is_away:
                return Fault("drop_before", status=0)
            hit = next((fault for fault in self._armed if fault.hits(method, arguments)), None)
            if hit is not None:
                hit.count -= 1
                self._armed = [fault for fault in self._armed if fault.count > 0]
            return hit

    def record(
        self,
        method: str,
        arguments: dict[str, Any],
        answer: dict[str, Any],
        status: int,
        at: datetime,
        fault: Fault | None,
    ) -> None:
        """Write a call into the log and tell the listeners."""
        call = ApiCall(next(self._numbers), method, arguments, answer, status, at, fault)
        self.calls.append(call)
        for listener in list(self.on_call):
            listener(call)

    def count(self, method: str) -> int:
        """How many calls of this method are in the log."""
        return len(self.made(method))

    def made(self, method: str) -> list[ApiCall]:
        """The calls of this method, oldest first."""
        return [call for call in self.calls if call.method == method]

    def clear(self) -> None:
        """Lift all faults, empty the log, send the listeners home."""
        with self._lock:
            self._armed.clear()
            self.is_away = False
        self.calls.clear()
        self._numbers = itertools.count(1)
        self.on_call.clear()
