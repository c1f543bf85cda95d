"""The two Slack clients, and what Slack's refusals mean for a message that is owed."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from enum import Enum
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

# Slack's answers after which the same call may succeed later. Everything else Slack says with ok:false is final.
_PASSING = frozenset(
    {
        "ratelimited",
        "rate_limited",
        "message_limit_exceeded",
        "service_unavailable",
        "team_added_to_org",
        "request_timeout",
        "streaming_state_conflict",
        "not_in_channel",
        "account_inactive",
        "invalid_auth",
        "not_authed",
        "token_expired",
        "token_revoked",
        "missing_scope",
    }
)
# "Some aspect of the operation may have succeeded": docs.slack.dev, chat.postMessage errors.
_AMBIGUOUS = frozenset({"internal_error", "fatal_error"})
_TIMEOUT = 10


class Fate(Enum):
    """What a failed call says about the message."""

    REFUSED = "refused"  # never: bury it, with Slack's word
    LATER = "later"  # certainly not shown: try again
    UNKNOWN = "unknown"  # it may stand in the channel: look before trying again


@dataclass(frozen=True, slots=True)
class Failure:
    """A failed call: what it means, Slack's (or the network's) word for it, and how long Slack asked us to wait, in seconds."""

    fate: Fate
    word: str
    retry_after: float | None = None


def failure_of(error: Exception) -> Failure:
    """Reads an exception of slack_sdk or of the network below it."""
    if isinstance(error, SlackApiError):
        return _refusal(error)
    if isinstance(error, ConnectionRefusedError) or isinstance(
        getattr(error, "reason", None), ConnectionRefusedError | OSError
    ):
        refused = isinstance(error, ConnectionRefusedError) or isinstance(
            getattr(error, "reason", None), ConnectionRefusedError
        )
        return Failure(Fate.LATER if refused else Fate.UNKNOWN, type(error).__name__)
    return Failure(Fate.UNKNOWN, type(error).__name__)


def _refusal(error: SlackApiError) -> Failure:
    answer: Any = error.response
    word = str(answer.get("error") or f"http_{answer.status_code}") if hasattr(answer, "get") else str(answer)
    status = getattr(answer, "status_code", 200)
    if status == 429 or word in ("ratelimited", "rate_limited"):
        return Failure(Fate.LATER, "ratelimited", _seconds(getattr(answer, "headers", {})))
    if status >= 500 or word in _AMBIGUOUS:
        return Failure(Fate.UNKNOWN, word)
    return Failure(Fate.LATER if word in _PASSING else Fate.REFUSED, word)


def _seconds(headers: Any) -> float:
    for name, value in dict(headers).items():
        if name.lower() == "retry-after":
            return float(value[0] if isinstance(value, list) else value)
    return 1.0


NETWORK = (SlackClientError, OSError, http.client.HTTPException)


class Slack:
    """`writes` never retries by itself: the default handler posts twice when an answer is lost. `reads` may."""

    def __init__(self, token: str, base_url: str | None = None) -> None:
        base = base_url or WebClient.BASE_URL
        self.base_url = base if base.endswith("/") else base + "/"
        self.token = token
        self.writes = WebClient(token, base_url=self.base_url, timeout=_TIMEOUT, retry_handlers=[])
        retries = [
            ConnectionErrorRetryHandler(),
            RateLimitErrorRetryHandler(max_retry_count=2),
            ServerErrorRetryHandler(),
        ]
        self.reads = WebClient(token, base_url=self.base_url, timeout=_TIMEOUT, retry_handlers=retries)
