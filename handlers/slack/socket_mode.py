"""Socket Mode: Slack's payloads over a WebSocket that we open, acknowledged only after they are durable."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterator

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from handlers.slack.clients import NETWORK, Slack

log = logging.getLogger(__name__)
_LOOK = 1.0  # seconds between looks at the line
_LONGEST_PAUSE = (
    30.0  # seconds between attempts while Slack is away; apps.connections.open is one of the scarcest calls
)
_SELDOM = 60.0  # seconds between two lines about the same trouble
_DEAF = 45.0  # seconds without an answer to our pings, which go out every ten


class SocketLine:
    """One line to Slack, opened again whenever it is not open.

    The client below reconnects by itself too, but when a socket is cut without a word it notices only at its next ping,
    and while Slack is away at the start not at all. A socket that is open and deaf (no hello at its beginning, or no answer to
    pings) is replaced as well.
    """

    def __init__(self, app: App, app_token: str, slack: Slack, monotonic: Callable[[], float] = time.monotonic) -> None:
        client = WebClient(base_url=slack.base_url, timeout=10)
        self._handler = SocketModeHandler(app, app_token, web_client=client)
        self._handler.client.on_message_listeners.append(self._hears)
        self._monotonic = monotonic
        self.well_at = self._opened_at = monotonic()  # when Slack was last heard, on the monotonic clock
        self._said_at: float | None = None  # when it was last logged that Slack is away
        self._greeted: str | None = None  # the session that Slack has said hello in
        self._pong: float | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="socket", daemon=True)

    def start(self) -> None:
        """Connects in the background: the intake works before Slack does."""
        self._thread.start()

    def _watch(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            self._look()
            is_deaf = self._monotonic() - max(self.well_at, self._opened_at) > _DEAF
            open_now = (self.connected and not is_deaf) or self._connects()
            pause = _LOOK if open_now else min(max(pause, _LOOK) * 2, _LONGEST_PAUSE)

    def _connects(self) -> bool:
        try:
            self._handler.client.connect_to_new_endpoint(force=self.connected)  # an open one is deaf: replace it
            self._opened_at = self._monotonic()
            self._said_at = None
        except NETWORK as away:
            self._say_away(away)
        return self.connected

    def _say_away(self, away: Exception) -> None:
        """Once when it begins, then once a minute: whoever reads the log knows by then."""
        now = self._monotonic()
        if self._said_at is None or now - self._said_at >= _SELDOM:
            self._said_at = now
            log.warning("Slack cannot be reached over Socket Mode (%s). I keep trying; what is to be said waits.", away)

    def _hears(self, message: str) -> None:
        if '"hello"' in message:
            self._greeted = self._handler.client.session_id()

    def _look(self) -> None:
        """All is well at the moment when Slack, having said hello on this socket, answers another ping."""
        session = self._handler.client.current_session
        pong = None if session is None else session.last_ping_pong_time
        if pong != self._pong and self.connected and self._greeted == self._handler.client.session_id():
            self.well_at = self._monotonic()
            self._pong = pong

    def troubles(self) -> Iterator[str]:
        """A sentence when Slack has not been heard for too long, whether the socket is closed or only deaf."""
        quiet = self._monotonic() - self.well_at
        if quiet > _DEAF:
            yield f"Slack has not been heard on the socket for {quiet:.0f} s; it is being opened anew"

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us."""
        return bool(self._handler.client.is_connected())

    def stop(self) -> None:
        """Hangs up."""
        self._stopping.set()
        self._handler.close()
