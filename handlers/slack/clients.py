"""The two Slack clients, and what Slack's refusals mean for a message that is owed."""

from __future__ import annotations

import errno
import http.client
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)

_SLACKS_WORD = re.compile(r"[a-z][a-z0-9_]*")
# No connection was made, so nothing was posted.
_NEVER_SENT = (ConnectionRefusedError, socket.gaierror, ssl.SSLCertVerificationError)
_NO_WAY_THERE = frozenset({errno.ENETUNREACH, errno.EHOSTUNREACH})
_TIMEOUT = 10  # seconds
_PROMPT = 1.4  # seconds: two such calls end before the three within which Slack wants a click answered


class Fate(Enum):
    """What a failed call says about the message."""

    REFUSED = "refused"  # never: bury it, with Slack's word
    GONE = "gone"  # what was to be changed stands there no more, or is out of the bot's reach
    NOBODY = "nobody"  # there is no such person, or none that a bot may speak to
    LATER = "later"  # certainly not shown: try again
    UNKNOWN = "unknown"  # it may stand in the channel: look before trying again


# What Slack's words mean: docs.slack.dev, errors of chat.postMessage, chat.update, views.publish and conversations.open.
# A word that is not here, known to us or not, is of a state that somebody ends: an admin's rule, a plan, a move to another
# workspace, a token, a channel that is archived or that the bot is not in yet. So it is tried again, and said to be overdue meanwhile.
_WORDS: Mapping[str, Fate] = {
    word: fate
    for fate, words in {
        # A fault of the message itself, which the same call meets whenever it is made.
        Fate.REFUSED: (
            *("invalid_blocks", "invalid_blocks_format", "invalid_attachments", "no_text", "msg_too_long"),
            *("msg_blocks_too_long", "too_many_attachments", "attachment_payload_limit_exceeded", "view_too_large"),
            *(
                "invalid_metadata_format",
                "invalid_metadata_schema",
                "metadata_too_large",
                "metadata_must_be_sent_from_app",
            ),
            *("invalid_arguments", "invalid_arg_name", "invalid_array_arg", "invalid_charset", "invalid_form_data"),
            *("invalid_post_type", "missing_post_type", "invalid_json", "json_not_object", "markdown_text_conflict"),
            *("cannot_reply_to_message", "duplicate_external_id", "not_enabled", "unknown_method", "method_deprecated"),
            "deprecated_endpoint",
        ),
        Fate.GONE: ("message_not_found", "cant_update_message", "edit_window_closed", "hash_conflict"),
        Fate.NOBODY: (
            *("user_not_found", "users_not_found", "user_disabled", "user_not_visible", "cannot_dm_bot"),
            "invalid_user_combination",
        ),
        # "Some aspect of the operation may have succeeded."
        Fate.UNKNOWN: ("internal_error", "fatal_error"),
    }.items()
    for word in words
}


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
    return Failure(Fate.UNKNOWN if status >= 500 else _WORDS.get(word, Fate.LATER), word)


def _seconds(headers: Any) -> float:
    for name, value in dict(headers).items():
        if name.lower() == "retry-after":
            text = str(value[0] if isinstance(value, list) else value)
            return float(text) if text.isdecimal() else 1.0
    return 1.0


NETWORK = (SlackClientError, OSError, http.client.HTTPException)
_UPLOAD_TIMEOUT = 30  # seconds, for a file of several megabytes


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

    def send_bytes(self, address: str, content: bytes) -> None:
        """The second step of an upload: the bytes go to the address that the first one was given. Raises what the network raises.

        Slack promises 200 for success alone (docs.slack.dev, files.getUploadURLExternal); urllib raises for all that is none.
        """
        if urlsplit(address).scheme not in ("https", urlsplit(self.base_url).scheme):
            raise OSError("Slack names no address for the bytes")
        with urlopen(Request(address, content, method="POST"), timeout=_UPLOAD_TIMEOUT) as answer:  # noqa: S310  checked above
            answer.read()
