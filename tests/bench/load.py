"""Feedback sent by a crowd: signed requests made beforehand, and connections that are kept busy with very little effort."""

from __future__ import annotations

import json
import random
import selectors
import socket
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from standardwebhooks.webhooks import Webhook

from sandbox.demo.cast import INTAKE_SECRET

PATH = "/intake/generic"
CONNECTIONS = 32
COMMENTS = (
    "Soup cold, an hour late. Nobody called me back and the driver was rude.",
    "The order never arrived and I want my money back.",
    "Two of the four dishes were missing and the bag had leaked all over. We had guests. Very disappointed.",
    "Not what I ordered.",
    "I have been a customer for six years and this was the worst meal you ever sent us. The fish smelled, the rice was hard.",
    "Wrong address, wrong order, and a driver who shouted at my mother. I will not order again.",
)


GLAD = (
    "Everything was lovely, thank you so much.",
    "On time, still warm, and the children loved it. We will order again next week.",
    "Great service as always.",
)


def feedback(number: int, dice: random.Random, *, starred: bool = True) -> dict[str, object]:
    """The data object of one unhappy customer's feedback, unlike all others in what identifies it; without stars some are glad."""
    return {
        "external_id": f"order-{number}",
        "source": "delivery-form",
        "customer": {
            "name": f"Ana Ruiz {number}",
            "email": f"ana.{number}@example.org",
            "phone": f"+4930{number:08}",
            "id": f"c-{number}",
        },
        "rating": {"value": dice.choice((1, 2)), "scale": 5} if starred else None,
        "comment": f"{dice.choice(COMMENTS if starred else COMMENTS + GLAD)} Order {number}.",
        "order_ref": str(number),
        "occurred_at": "2026-01-05T09:40:00Z",
    }


def requests(count: int, first: int = 1, *, starred: bool = True) -> list[bytes]:
    """So many whole HTTP requests, signed now: they are good for five minutes."""
    webhook, dice, at = Webhook(INTAKE_SECRET), random.Random(first), datetime.now(UTC)
    return [_request(webhook, feedback(number, dice, starred=starred), at) for number in range(first, first + count)]


def _request(webhook: Webhook, data: dict[str, object], at: datetime) -> bytes:
    payload = {"type": "feedback.created", "timestamp": "2026-01-05T10:00:00Z", "data": data}
    body, name = json.dumps(payload), f"msg_{data['external_id']}"
    head = (
        f"POST {PATH} HTTP/1.1\r\nhost: bench\r\ncontent-type: application/json\r\ncontent-length: {len(body)}\r\n"
        f"webhook-id: {name}\r\nwebhook-timestamp: {int(at.timestamp())}\r\n"
        f"webhook-signature: {webhook.sign(name, at, body)}\r\n\r\n"
    )
    return (head + body).encode()


class Refused(RuntimeError):
    """An answer was no success: what is measured would be something else."""


def answered_per_second(port: int, todo: Sequence[bytes], connections: int = CONNECTIONS) -> float:
    """Sends all requests, one at a time on each of so many connections. Raises Refused unless every answer is 2xx."""
    crowd = selectors.DefaultSelector()
    waiting = iter(todo)
    for _ in range(connections):
        line = socket.create_connection(("127.0.0.1", port))
        line.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        crowd.register(line, selectors.EVENT_READ, bytearray())
    begun = time.perf_counter()
    busy = sum(_next(key.fileobj, waiting) for key in list(crowd.get_map().values()))  # type: ignore[arg-type]
    while busy:
        for key, _ in crowd.select(timeout=30):
            if _whole(key.fileobj, key.data):  # type: ignore[arg-type]
                busy -= not _next(key.fileobj, waiting)  # type: ignore[arg-type]
    seconds = time.perf_counter() - begun
    for key in list(crowd.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    return len(todo) / seconds


def _next(line: socket.socket, waiting: Iterator[bytes]) -> bool:
    request = next(waiting, None)
    if request is None:
        return False
    line.sendall(request)
    return True


def _whole(line: socket.socket, answer: bytearray) -> bool:
    """Reads what has come; True when it is one whole answer, which is then forgotten."""
    some = line.recv(65536)
    if not some:
        raise Refused("the connection was closed")
    answer += some
    head, found, body = bytes(answer).partition(b"\r\n\r\n")
    if not found:
        return False
    length = next(int(h.split(b":")[1]) for h in head.split(b"\r\n") if h.lower().startswith(b"content-length:"))
    if len(body) < length:
        return False
    if not head.startswith((b"HTTP/1.1 2", b"HTTP/1.0 2")):
        raise Refused(bytes(answer[:500]).decode(errors="replace"))
    answer.clear()
    return True
