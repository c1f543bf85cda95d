"""The two Slack clients, and what Slack's refusals mean for a message that is owed."""

from __future__ import annotations

import errno
import http.client
import re
import socket
import ssl
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.error import URLError

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
        "channel_not_found",  # also said of a private channel until somebody invites the bot
        "is_archived",
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
_SLACKS_WORD = re.compile(r"[a-z][a-z0-9_]*")
# No connection was made, so nothing was posted.
_NEVER_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
_NO_WAY_THERE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH})
_TIMEOUT = 10  # seconds
_PROMPT = 1.4  # seconds: two such calls end before the three within which Slack wants a click answered


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
    cause = error.reason if isinstance(error, URLError) else error
    never_sent = isinstance(cause, _NEVER_SENT) or getattr(cause, "errno", None) in _NO_WAY_THERE
    return Failure(Fate.LATER if never_sent else Fate.UNKNOWN, type(cause).__name__)


def _refusal(error: SlackApiError) -> Failure:
    answer: Any = error.response
    status, word = int(answer.status_code), str(answer.get("error"))
    if status == 429 or word in ("ratelimited", "rate_limited"):
        return Failure(Fate.LATER, "ratelimited", _seconds(answer.headers))
    if not _SLACKS_WORD.fullmatch(word):  # a proxy's page, or a gateway's: only Slack itself can refuse for good
        return Failure(Fate.LATER if 400 <= status < 500 else Fate.UNKNOWN, f"http_{status}")
    if status >= 500 or word in _AMBIGUOUS:
        return Failure(Fate.UNKNOWN, word)
    return Failure(Fate.LATER if word in _PASSING else Fate.REFUSED, word)


def _seconds(headers: Any) -> float:
    for name, value in dict(headers).items():
        if name.lower() == "retry-after":
            text = str(value[0] if isinstance(value, list) else value)
            return float(text) if text.isdecimal() else 1.0
    return 1.0


NETWORK = (SlackClientError, OSError, http.client.HTTPException)


class Slack:
    """`writes` never retries by itself: the default handler posts twice when an answer is lost. `reads` may.

    `prompt` is for calls that somebody who has just clicked is waiting for: it gives up early.
    """

    def __init__(self, token: str, base_url: str | None = None) -> None:
        base = base_url or WebClient.BASE_URL
        self.base_url = base if base.endswith("/") else base + "/"
        self.token = token
        self.writes = WebClient(token, base_url=self.base_url, timeout=_TIMEOUT, retry_handlers=[])
        self.prompt = WebClient(token, base_url=self.base_url, timeout=_PROMPT, retry_handlers=[])  # type: ignore[arg-type]
        retries = [
            ConnectionErrorRetryHandler(),
            RateLimitErrorRetryHandler(max_retry_count=2),
            ServerErrorRetryHandler(),
        ]
        self.reads = WebClient(token, base_url=self.base_url, timeout=_TIMEOUT, retry_handlers=retries)
