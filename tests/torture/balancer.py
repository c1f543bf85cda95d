"""One address before several web processes, as a platform has it; now and then the answer is lost on the way back."""

from __future__ import annotations

import random
import socket
import threading
from collections.abc import Sequence
from contextlib import suppress


class Balancer:
    """Passes each connection on to one of the ports, to another one where nobody answers. `lost` counts lost answers."""

    def __init__(self, ports: Sequence[int], chance: random.Random, losing: float) -> None:
        self.losing = losing  # the share of answers that get lost
        self.lost = 0
        self._ports = ports
        self._chance = chance
        self._socket = socket.create_server(("127.0.0.1", 0), backlog=256)
        self._thread = threading.Thread(target=self._accept, name="balancer", daemon=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> Balancer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _accept(self) -> None:
        with suppress(OSError):  # closed: the end
            while True:
                client, _ = self._socket.accept()
                threading.Thread(target=self._carry, args=(client,), daemon=True).start()

    def _carry(self, client: socket.socket) -> None:
        with client, suppress(OSError):
            server = self._reached()
            if server is None:
                return
            with server:
                threading.Thread(target=_pour, args=(client, server), daemon=True).start()
                if self._chance.random() < self.losing:
                    self.lost += bool(server.recv(1))
                else:
                    _pour(server, client)

    def _reached(self) -> socket.socket | None:
        for port in self._chance.sample(self._ports, len(self._ports)):
            with suppress(ConnectionRefusedError):
                return socket.create_connection(("127.0.0.1", port), timeout=None)
        return None


def _pour(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError):
        while some := source.recv(65536):
            sink.sendall(some)
        sink.shutdown(socket.SHUT_WR)
