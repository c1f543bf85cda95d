"""A crowd at the door, in a process of its own: connections that never finish a head or a body, opened anew when closed.

`python -m tests.attacks.crowd PORT HALF_OPEN TRICKLING`, on the loopback address only; it says `ready` when all are open, and
`again` each time when every one of them has been looked at, and is open anew where it was closed.
"""

from __future__ import annotations

import resource
import socket
import sys
import time

HEAD = b"POST /intake/generic HTTP/1.1\r\nHost: a\r\nX: "
SIGNED = b"webhook-id: a\r\nwebhook-timestamp: 1\r\nwebhook-signature: v1,AAAA\r\n"
BODY = b"POST /intake/generic HTTP/1.1\r\nHost: a\r\n" + SIGNED + b"Content-Length: 1048576\r\n\r\n"
_PAUSE = 1.0  # seconds between a trickling connection's bytes, or between looks at whether a connection is still open
_SLICES = 20


class Dawdler:
    """One connection that says its words, then a byte now and then (`trickles`) or nothing any more."""

    def __init__(self, port: int, words: bytes, *, trickles: bool) -> None:
        self._port, self._words, self._trickles = port, words, trickles
        self._line = self._opened()

    def _opened(self) -> socket.socket:
        line = socket.create_connection(("127.0.0.1", self._port), timeout=60)
        line.sendall(self._words)
        line.setblocking(False)
        return line

    def goes_on(self) -> None:
        """Another byte; or everything anew where the other side has hung up."""
        try:
            if self._trickles:
                self._line.send(b" ")
            if self._line.recv(65536):
                return
        except BlockingIOError:  # nothing is said to it, as it should be
            return
        except OSError:
            pass
        self._line.close()
        self._line = self._opened()


def main() -> None:
    """Goes on until it is killed."""
    port, half_open, trickling = map(int, sys.argv[1:])
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, half_open + trickling + 100), hard))
    crowd = [Dawdler(port, HEAD, trickles=False) for _ in range(half_open)]
    crowd += [Dawdler(port, BODY, trickles=True) for _ in range(trickling)]
    print("ready", flush=True)
    slices = [crowd[number::_SLICES] for number in range(_SLICES)]  # nobody's bytes come all at the same moment
    while True:
        for some in slices:
            begun = time.monotonic()
            for one in some:
                one.goes_on()
            time.sleep(max(0.0, _PAUSE / _SLICES - (time.monotonic() - begun)))
        print("again", flush=True)


if __name__ == "__main__":
    main()
