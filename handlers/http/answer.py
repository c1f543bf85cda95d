"""An HTTP answer before any server: what tests and the edge share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from cases.arrivals.json_fields import write_json

RETRY_AFTER = {"retry-after": "5"}  # seconds, while the database is away


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer. Header names are in small letters."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


def json_answer(status: int, content: Any, **headers: str) -> Answer:
    """An answer in JSON."""
    return Answer(status, write_json(content), {"content-type": "application/json", **headers})
