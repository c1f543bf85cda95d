"""The way from the workspace to the bot: what it may see, Slack's three seconds, and its three retries of events.

There are three ways: a callable in this process, an HTTP request URL, and Socket Mode, which wins while a socket is open.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol

from sandbox.events import needed_scope, subscription
from sandbox.lines.payloads import Payloads
from sandbox.lines.requests import EVENT, Answer, Bot, Parcel, http_client, in_process, over_http, request
from sandbox.objects import Json
from sandbox.workspace import Workspace

ANSWER_SECONDS = 3.0
RETRY_DELAYS = (timedelta(0), timedelta(minutes=1), timedelta(minutes=5))
GLANCE_SECONDS = 0.05  # how often retries are looked at while some are waiting


class Sockets(Protocol):
    """What delivery needs of Socket Mode."""

    def __bool__(self) -> bool:
        """Whether a socket is open."""

    def send(self, parcel: Parcel, seconds: float) -> Answer:
        """Send to any one socket and wait for its ack."""


@dataclass
class _Retry:
    parcel: Parcel
    due_at: datetime


class Delivery:
    """Sends parcels and keeps what must be sent again.

    `now` is the practice clock, `wall` gives real Unix seconds: signatures are checked against real time. Events the bot
    brings about itself wait in a queue: DeliveryThread takes them to a bot in another process, the next gesture to one in
    this process, so that nothing runs beside a test. `sent` keeps the last thousand parcels with their answers.
    """

    def __init__(
        self,
        workspace: Workspace,
        payloads: Payloads,
        sockets: Sockets,
        now: Callable[[], datetime],
        wall: Callable[[], float],
    ) -> None:
        self.workspace = workspace
        self.payloads = payloads
        self.sockets = sockets
        self.seconds = ANSWER_SECONDS
        self.delays = RETRY_DELAYS
        self.sent: deque[tuple[Parcel, Answer]] = deque(maxlen=1000)
        self._now = now
        self._wall = wall
        self._bot: Bot | None = None
        self._url: str | None = None
        self._http = http_client(follow_redirects=True, max_redirects=2)
        self._lock = threading.Lock()
        self._own: deque[Json] = deque()
        self._retries: list[_Retry] = []
        self._underway = 0
        self.woken = threading.Event()

    def connect(self, bot: Bot | None) -> None:
        """Talk to a callable in this process; None takes the line away."""
        self._bot, self._url = bot, None

    def connect_http(self, url: str) -> None:
        """Talk to an HTTP request URL."""
        self._bot, self._url = None, url

    @property
    def is_remote(self) -> bool:
        """Whether the bot is reached over a network, so that a thread of its own may talk to it."""
        return bool(self.sockets) or self._url is not None

    def clear(self) -> None:
        """Cut the line and forget what was waiting."""
        self.connect(None)
        self.seconds, self.delays = ANSWER_SECONDS, RETRY_DELAYS
        with self._lock:
            self._own.clear()
            self._retries.clear()
        self.sent.clear()

    def url_answers(self) -> bool:
        """Slack's check of a request URL: does it give the challenge back?"""
        answer = self.send(Parcel(EVENT, {"type": "url_verification", "token": "", "challenge": "practice"}))
        return answer.ok and b"practice" in answer.body

    def happened(self, event: Json) -> None:
        """Keep an event that the bot's own call brought about, to be told soon."""
        self._own.append(event)
        self.woken.set()

    def tell(self, event: Json) -> Answer | None:
        """Tell the bot now; None when it may not see this event. What it does not take is told again later."""
        self.settle()
        return self._tell(event)

    def ask(self, kind: str, payload: Json) -> Answer:
        """Send an interaction or a slash command, which Slack does not repeat."""
        self.settle()
        return self.send(Parcel(kind, payload))

    def settle(self) -> None:
        """Tell the bot of what its own calls brought about so far, unless a thread does so."""
        if self._bot is not None:
            self.tell_own()

    def tell_own(self) -> None:
        """Tell the bot of what its own calls brought about."""
        while True:
            with self._lock:
                if not self._own:
                    return
                event = self._own.popleft()
                self._underway += 1
            with self._until_told():
                self._tell(event)

    @contextmanager
    def _until_told(self) -> Iterator[None]:
        try:
            yield
        finally:
            with self._lock:
                self._underway -= 1

    @property
    def waiting(self) -> int:
        """How many events are still to be told, or told again; one that is being told counts until it has been answered."""
        with self._lock:
            return len(self._own) + len(self._retries) + self._underway

    def retry_due(self, *, at_once: bool = False) -> int:
        """Tell again what is due by the practice clock, or everything `at_once`; answers how many were told."""
        with self._lock:
            due = [retry for retry in self._retries if at_once or retry.due_at <= self._now()]
            self._retries = [retry for retry in self._retries if retry not in due]
            self._underway += len(due)
        for retry in due:
            with self._until_told():
                self._send_event(retry.parcel)
        return len(due)

    def send(self, parcel: Parcel) -> Answer:
        """Bring one parcel to the bot by whichever way is open, and wait for the answer."""
        if self.sockets:
            answer = self.sockets.send(parcel, self.seconds)
        elif self._bot is not None:
            answer = in_process(self._bot, *self._request(parcel))
        elif self._url is not None:
            answer = over_http(self._http, self._url, *self._request(parcel), self.seconds)
        else:
            answer = Answer(0, problem="connection_failed")
        self.sent.append((parcel, answer))
        return answer

    def _request(self, parcel: Parcel) -> tuple[dict[str, str], bytes]:
        return request(parcel, int(self._wall()), self.workspace.app.signing_secret)

    def _tell(self, event: Json) -> Answer | None:
        return self._send_event(Parcel(EVENT, self.payloads.event(event))) if self._may_see(event) else None

    def _send_event(self, parcel: Parcel) -> Answer:
        answer = self.send(parcel)
        if not answer.ok and not answer.final and parcel.retry < len(self.delays):
            again = replace(parcel, retry=parcel.retry + 1, reason=answer.problem)
            with self._lock:
                self._retries.append(_Retry(again, self._now() + self.delays[parcel.retry]))
            self.woken.set()
        return answer

    def _may_see(self, event: Json) -> bool:
        if subscription(event) not in self.workspace.app.subscriptions:
            return False
        if needed_scope(self.workspace, event) not in {"", *self.workspace.app.scopes}:
            return False
        where = event.get("channel") or event.get("item", {}).get("channel", "")
        channel = self.workspace.channels.get(where["id"] if isinstance(where, dict) else where)
        told_on_leaving = event["type"] in ("channel_left", "group_left")
        return channel is None or told_on_leaving or self.workspace.app.user in channel.members


class DeliveryThread:
    """Takes to a bot in another process what needs no gesture: its own events, and retries that are due.

    Runs between `start` and `stop`; leaves a bot in this process alone, whose tests want no second thread.
    """

    def __init__(self, delivery: Delivery) -> None:
        self._delivery = delivery
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="practice-delivery", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End, after what is under way."""
        self._stopping.set()
        self._delivery.woken.set()
        self._thread.join(timeout=5)

    def _run(self) -> None:
        delivery = self._delivery
        while not self._stopping.is_set():
            delivery.woken.wait(GLANCE_SECONDS if delivery.waiting else None)
            delivery.woken.clear()
            if delivery.is_remote and not self._stopping.is_set():
                delivery.tell_own()
                delivery.retry_due()
