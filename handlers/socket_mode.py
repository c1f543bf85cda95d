"""Socket Mode: Slack's payloads over a WebSocket that we open, acknowledged only after they are durable."""

from __future__ import annotations

import logging
import threading

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk import WebClient

from handlers.slack import NETWORK, Slack

log = logging.getLogger(__name__)
_AGAIN = 5.0  # seconds between attempts while Slack is away


class SocketLine:
    """One line to Slack; the client below it reconnects by itself once it has been connected."""

    def __init__(self, app: App, app_token: str, slack: Slack) -> None:
        client = WebClient(base_url=slack.base_url, timeout=10)
        self._handler = SocketModeHandler(app, app_token, web_client=client)
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._connect, name="socket", daemon=True)

    def start(self) -> None:
        """Connects in the background: the intake works before Slack does."""
        self._thread.start()

    def _connect(self) -> None:
        while not self._stopping.is_set():
            try:
                self._handler.connect()
            except NETWORK as away:
                log.warning("Socket Mode cannot connect, trying again: %s", away)
                self._stopping.wait(_AGAIN)
            else:
                log.info("Socket Mode connected")
                return

    @property
    def connected(self) -> bool:
        """Whether Slack can reach us."""
        return bool(self._handler.client.is_connected())

    def stop(self) -> None:
        """Hangs up."""
        self._stopping.set()
        self._handler.close()
