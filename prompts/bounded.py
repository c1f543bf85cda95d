"""An answer over HTTP is read up to a bound, whatever a server sends."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from httpx2 import Response, SyncByteStream

MOST_BYTES = 1_000_000  # of an answer; a long one with all its thoughts has a tenth of it
MOST_PACKED = (
    64_000  # bytes of one that comes compressed, though we ask for plain text: they may be a thousand times that
)


class TooMuch(Exception):
    """The server sends more than any answer has."""


class Bounded(SyncByteStream):
    """The bytes of an answer. Raises TooMuch after `most`."""

    def __init__(self, stream: SyncByteStream, most: int) -> None:
        self._stream = stream
        self._left = most

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            self._left -= len(chunk)
            if self._left < 0:
                raise TooMuch
            yield chunk

    def close(self) -> None:
        """Lets the connection go."""
        self._stream.close()


def bound(response: Response) -> None:
    """A hook of the client, called when the head of an answer is there and before its body is read."""
    most = MOST_PACKED if "content-encoding" in response.headers else MOST_BYTES
    response.stream = Bounded(cast(SyncByteStream, response.stream), most)
