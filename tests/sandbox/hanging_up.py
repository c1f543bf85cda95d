"""Closing a socket's client for good, without the seconds that its own `close` takes."""

from __future__ import annotations

from slack_sdk.socket_mode import SocketModeClient

from sandbox.server import PracticeWorkspace
from tests.elapsing import until


def hang_up(client: SocketModeClient, practice: PracticeWorkspace) -> None:
    """The client's own close() would wait for each of its threads to finish a poll."""
    client.default_auto_reconnect_enabled = client.auto_reconnect_enabled = False
    practice.sockets.close()
    for thread in (client.current_session_runner, client.current_app_monitor, client.message_processor):
        thread.event.set()
    client.message_workers.shutdown(wait=False)
    assert until(lambda: not client.is_connected())
