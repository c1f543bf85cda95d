"""A line to a real server with a fault in the middle: at one command of ours it hangs, is cut, is refused, or is answered with nonsense."""

from __future__ import annotations

import socket
import socketserver
import threading
from contextlib import suppress
from types import TracebackType

HANG, DROP, NONSENSE, REFUSE, DRIP = "hang", "drop", "nonsense", "refuse", "drip"
_SAID = {
    REFUSE: (b"", b" NO [UNAVAILABLE] not now\r\n"),
    NONSENSE: (b"\x00 ] ) {99 gibberish\r\n", b" OK done\r\n"),
}


class FaultyLine:
    """Leads to an IMAP server; at `step` ("greeting", or how a command begins: "UID FETCH") it goes wrong until it is `mended`."""

    def __init__(self, port: int, step: str, fault: str) -> None:
        self._to, self.step, self.fault = port, step, fault
        self._over = threading.Event()
        self.commands: list[str] = []
        line = self

        class Between(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                with suppress(OSError):
                    line.led(self.request)

        self._server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Between)
        self._server.daemon_threads = True

    @property
    def url(self) -> str:
        return f"imap://care:secret@127.0.0.1:{self._server.server_address[1]}"

    def mended(self) -> None:
        """From now on nothing goes wrong."""
        self.step = ""
        self._over.set()

    def led(self, ours: socket.socket) -> None:
        """One connection, from its first byte to its end."""
        with socket.create_connection(("127.0.0.1", self._to)) as theirs:
            if self.step == "greeting":
                self._goes_wrong(ours, b"*")
                return
            back = threading.Thread(target=self._back, args=(theirs, ours), daemon=True)
            back.start()
            for said in ours.makefile("rb"):
                tag, _, command = said.partition(b" ")
                self.commands.append(command.decode("latin-1").strip())
                if self.step and command.startswith(self.step.encode()):
                    if not self._goes_wrong(ours, tag):
                        return
                else:
                    theirs.sendall(said)

    def _goes_wrong(self, ours: socket.socket, tag: bytes) -> bool:
        """Whether the line goes on after it."""
        if self.fault == HANG:
            self._over.wait(20)
        while self.fault == DRIP and not self._over.wait(0.05):
            ours.sendall(b"*")
        if self.fault in _SAID:
            before, after = _SAID[self.fault]
            ours.sendall(before + tag + after)
            return True
        return False

    @staticmethod
    def _back(theirs: socket.socket, ours: socket.socket) -> None:
        with suppress(OSError):
            while said := theirs.recv(65536):
                ours.sendall(said)

    def __enter__(self) -> FaultyLine:
        threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._server.shutdown()
        self._server.server_close()
