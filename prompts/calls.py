"""What a call to a model is made with, what it leaves behind, and how it fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, Literal, TypeAlias, TypeVar

T = TypeVar("T")
FailureReason: TypeAlias = Literal[
    "timeout", "rate_limited", "refused", "malformed", "down", "wrong_key", "bad_request", "surroundings"
]


class WriterFailed(Exception):
    """The model gave nothing usable. `retry_after` is in seconds, if the server named a time; `detail` is for the log.

    The library's own exceptions are not chained: their messages quote the prompt, the answer, even parts of the key.
    """

    def __init__(self, reason: FailureReason, retry_after: float | None = None, detail: str = "") -> None:
        super().__init__(f"{reason} ({detail})" if detail else reason)
        self.reason: FailureReason = reason
        self.retry_after = retry_after
        self.detail = detail


@dataclass(frozen=True, slots=True)
class ModelSettings:
    """Which model, where. `timeout` is in seconds and bounds a whole call, whatever the server does.

    Without an `api_key` none is sent: servers on one's own machine need none.
    """

    api_key: str | None
    base_url: str | None
    model: str
    timeout: float = 12.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """What is kept of a model call. `prompt_hash` names the wording of the prompt file, the same for every case."""

    prompt: str
    prompt_hash: str
    model: str
    input_tokens: int
    output_tokens: int
    latency_ms: int
    response_id: str | None


@dataclass(frozen=True, slots=True)
class Written(Generic[T]):
    """What a model wrote, with the call to be stored beside it."""

    value: T
    call: Call
