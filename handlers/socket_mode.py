"""Socket Mode: Slack's payloads over a WebSocket that we open, acknowledged only after they are durable."""

from __future__ import annotations

import logging
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from handlers.slack import NETWORK, Slack

log = logging.getLogger(__name__)
_LOOK = 1.0  # seconds between looks at the line
_LONGEST_PAUSE = (
    30.0  # seconds between attempts while Slack is away; apps.connections.open is one of the scarcest calls
)


class SocketLine:
    """One line to Slack, opened again whenever it is not open.

    The client below reconnects by itself too, but when a socket is cut without a word it notices only at its next ping,
    and while Slack is away at the start not at all.
    """

    def __init__(self, app: App, app_token: str, slack: Slack) -> None:
        client = WebClient(base_url=slack.base_url, timeout=10)
        self._handler = SocketModeHandler(app, app_token, web_client=client)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="socket", daemon=True)

    def start(self) -> None:
        """Connects in the background: the intake works before Slack does."""
        self._thread.start()

    def _watch(self) -> None:
        pause = 0.0
        while not self._stopping.wait(pause):
            open_now = self.connected or self._connects()
            pause = _LOOK if open_now else min(max(pause, _LOOK) * 2, _LONGEST_PAUSE)

    def _connects(self) -> bool:
        try:
            self._handler.client.connect_to_new_endpoint()
        except NETWORK as away:
            log.warning("Socket Mode cannot connect, trying again: %s", away)
        return self.connected

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us."""
        return bool(self._handler.client.is_connected())

    def stop(self) -> None:
        """Hangs up."""
        self._stopping.set()
        self._handler.close()
