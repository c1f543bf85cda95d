"""What a failed call to Slack says about the message: refused for good, gone, for nobody, not shown yet, or nobody knows."""

from __future__ import annotations

import errno
import http.client
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.error import URLError

import pytest
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from handlers.slack.clients import NETWORK, Failure, Fate, Slack, failure_of
from sandbox.server import PracticeWorkspace

REFUSED, GONE, NOBODY, LATER, UNKNOWN = Fate


def said(word: str | None, status: int = 200, **headers: Any) -> SlackApiError:
    """Slack's answer as slack_sdk raises it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response = SlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data={"ok": False, "error": word},
        headers=named, status_code=status,
    )  # fmt: skip
    return SlackApiError("refused", response)


@pytest.mark.parametrize(
    ("word", "fate"),
    [
        ("invalid_blocks", REFUSED),
        ("msg_too_long", REFUSED),
        ("msg_blocks_too_long", REFUSED),
        ("no_text", REFUSED),
        ("metadata_too_large", REFUSED),
        ("message_not_found", GONE),
        ("cant_update_message", GONE),  # after the app was installed anew
        ("hash_conflict", GONE),
        ("user_not_found", NOBODY),
        ("user_disabled", NOBODY),
        ("cannot_dm_bot", NOBODY),
        ("not_in_channel", LATER),  # until somebody invites the bot
        ("channel_not_found", LATER),  # so a private channel answers before the bot is invited
        ("is_archived", LATER),  # until somebody brings it back
        ("is_inactive", LATER),  # Slack's word for the same where something is to be edited
        ("invalid_auth", LATER),  # until somebody mends the token
        ("missing_scope", LATER),
        ("token_revoked", LATER),
        ("service_unavailable", LATER),
        ("org_login_required", LATER),  # while a workspace moves into an organisation
        ("restricted_action", LATER),  # until an admin lets the bot post there
        ("restricted_action_read_only_channel", LATER),
        ("ekm_access_denied", LATER),
        ("team_access_not_granted", LATER),
        ("two_factor_setup_required", LATER),
        ("enterprise_is_restricted", LATER),
        ("accesslimited", LATER),
        ("access_denied", LATER),
        ("no_permission", LATER),
        ("external_channel_migrating", LATER),
        ("channel_is_limited_access", LATER),
        ("a_word_slack_will_think_of_in_2031", LATER),
        ("internal_error", UNKNOWN),
        ("fatal_error", UNKNOWN),
    ],
)
def test_slacks_word_decides_what_becomes_of_it(word: str, fate: Fate) -> None:
    assert failure_of(said(word)) == Failure(fate, word)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"Retry_After": "30"}, 30.0),
        ({"retry_after": "7"}, 7.0),
        ({"Retry_After": ["12"]}, 12.0),
        ({}, 1.0),
        ({"Retry_After": "soon"}, 1.0),
    ],
)
def test_busy_slack_says_how_long_to_wait(headers: dict[str, Any], seconds: float) -> None:
    assert failure_of(said("ratelimited", 429, **headers)) == Failure(LATER, "ratelimited", seconds)


def test_busy_is_busy_whatever_the_status() -> None:
    assert failure_of(said("ratelimited", 200)).retry_after == 1.0
    assert failure_of(said(None, 429, Retry_After="3")) == Failure(LATER, "ratelimited", 3.0)


@pytest.mark.parametrize(
    ("status", "fate"), [(500, UNKNOWN), (502, UNKNOWN), (504, UNKNOWN), (200, UNKNOWN), (403, LATER), (407, LATER)]
)
def test_page_of_a_proxy_buries_no_message(status: int, fate: Fate) -> None:
    """slack_sdk puts the beginning of a page that is no JSON where Slack's word would be; only Slack refuses for good."""
    page = "Received a response in a non-JSON format: <html>Access denied"
    assert failure_of(said(page, status)) == Failure(fate, f"http_{status}")
    assert failure_of(said(None, status)) == Failure(fate, f"http_{status}")


def test_server_error_with_a_word_remains_unknown() -> None:
    assert failure_of(said("invalid_blocks", 503)).fate is UNKNOWN


@pytest.mark.parametrize(
    ("error", "fate"),
    [
        (ConnectionRefusedError(), LATER),
        (URLError(ConnectionRefusedError()), LATER),
        (URLError(socket.gaierror(-2, "Name or service not known")), LATER),
        (URLError(ssl.SSLCertVerificationError("self-signed")), LATER),
        (URLError(OSError(errno.ENETUNREACH, "Network is unreachable")), LATER),
        (URLError(TimeoutError()), UNKNOWN),
        (URLError(ConnectionResetError()), UNKNOWN),
        (TimeoutError(), UNKNOWN),
        (ConnectionResetError(), UNKNOWN),
        (http.client.RemoteDisconnected(), UNKNOWN),
        (http.client.IncompleteRead(b""), UNKNOWN),
        (SlackRequestError("odd"), UNKNOWN),
    ],
    ids=repr,
)
def test_network_tells_whether_anything_was_sent(error: Exception, fate: Fate) -> None:
    assert failure_of(error).fate is fate
    assert isinstance(error, NETWORK)


# As slack_sdk really raises them


def of_post(slack: Slack) -> Failure:
    with pytest.raises(NETWORK) as raised:
        slack.writes.chat_postMessage(channel="CCARE0001", text="hello")
    return failure_of(raised.value)


@pytest.mark.parametrize(
    ("fault", "failure"),
    [
        (lambda faults: faults.refuse("chat.postMessage", "invalid_blocks"), Failure(REFUSED, "invalid_blocks")),
        (lambda faults: faults.rate_limit("chat.postMessage", 9), Failure(LATER, "ratelimited", 9.0)),
        (lambda faults: faults.http_error("chat.postMessage", 502), Failure(UNKNOWN, "http_502")),
        (lambda faults: faults.drop_before("chat.postMessage"), Failure(UNKNOWN, "RemoteDisconnected")),
        (lambda faults: faults.drop_after("chat.postMessage"), Failure(UNKNOWN, "RemoteDisconnected")),
    ],
    ids=["refused", "busy", "broken", "dropped before", "dropped after"],
)
def test_real_client_meets_each_kind_of_failure(
    practice: PracticeWorkspace, slack: Slack, fault: Callable[[Any], Any], failure: Failure
) -> None:
    fault(practice.faults)
    assert of_post(slack) == failure
    assert practice.faults.count("chat.postMessage") == 1  # who writes never tries twice by itself


@contextmanager
def answering(raw: bytes) -> Iterator[str]:
    """A server that answers the first request with these bytes; its address."""
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def answer() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(raw)
                connection.shutdown(socket.SHUT_WR)
                while connection.recv(65536):  # closing with words unread would reset the connection
                    pass

        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/api/"
        thread.join()


@pytest.mark.parametrize(
    ("raw", "failure"),
    [
        (b"HTTP/1.1 503 Busy\r\nContent-Length: 6\r\n\r\n<html>", Failure(UNKNOWN, "http_503")),
        (b"HTTP/1.1 407 Who?\r\nContent-Length: 6\r\n\r\n<html>", Failure(LATER, "http_407")),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>", Failure(UNKNOWN, "http_200")),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{", Failure(UNKNOWN, "IncompleteRead")),
    ],
    ids=["gateway", "proxy", "login page", "cut off"],
)
def test_real_client_meets_what_is_not_slack(raw: bytes, failure: Failure) -> None:
    with answering(raw) as address:
        assert of_post(Slack("xoxb-any", address)) == failure


def test_nobody_listening_means_certainly_not_sent() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    assert of_post(Slack("xoxb-any", f"http://127.0.0.1:{port}/api")).fate is LATER
