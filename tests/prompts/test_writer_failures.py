"""The writer against a model server that misbehaves: every fault has a name and ends in time."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from prompts.writer import ModelSettings, Writer
from tests.elapsing import PATIENCE, until
from tests.prompts.conftest import TIMEOUT, failure
from tests.prompts.examples import ANSWER, GIFT_SHOP, GIFT_SHOP_BRIEF
from tests.prompts.stand_in import KEY, MODEL, StandIn, chat_completion, response

# Answers that cannot be used

INCOMPLETE = {"status": "incomplete", "incomplete_details": {"reason": "max_output_tokens"}}
ONLY_THOUGHTS = {"output": response("")["output"][:1]}
FAILED = {"status": "failed", "output": [], "error": {"code": "server_error", "message": "no"}}
DEEP = b'{"output": ' + b"[" * 200_000 + b"]" * 200_000 + b"}"

UNUSABLE: dict[str, tuple[Callable[[StandIn], None], str]] = {
    "refusal": (lambda server: server.refuses(), "refused"),
    "truncated": (lambda server: server.answers('{"subject": "Your bo', **INCOMPLETE), "malformed"),
    "whole yet incomplete": (lambda server: server.answers(ANSWER, **INCOMPLETE), "malformed"),
    "only thoughts": (lambda server: server.answers(ANSWER, **INCOMPLETE, **ONLY_THOUGHTS), "malformed"),
    "prose": (lambda server: server.answers("Dear Ana, I am sorry"), "malformed"),
    "other shape": (lambda server: server.answers({"text": "Ana, sorry"}), "malformed"),
    "the schema itself": (
        lambda server: server.answers({"properties": ANSWER | {"body": {"type": "string"}}}),
        "malformed",
    ),
    "no words": (lambda server: server.answers(ANSWER | {"body": " "}), "malformed"),
    "no output": (lambda server: server.answers(ANSWER, output=None), "malformed"),
    "output is prose": (lambda server: server.answers(ANSWER, output="Dear Ana"), "malformed"),
    "a list": (lambda server: server.sends(200, b"[1]"), "malformed"),
    "null": (lambda server: server.sends(200, b"null"), "malformed"),
    "half a JSON": (lambda server: server.sends(200, b'{"id": "resp_'), "malformed"),
    "not UTF-8": (lambda server: server.sends(200, b'{"id": "\xff"}'), "malformed"),
    "nothing": (lambda server: server.sends(200, b""), "malformed"),
    "deep": (lambda server: server.sends(200, DEEP), "malformed"),
    "a web page": (lambda server: server.sends(200, b"<h1>Welcome</h1>", "text/html"), "malformed"),
    "no content": (lambda server: server.sends(204, b""), "malformed"),
}


def cut_off(text: str | None) -> dict[str, Any]:
    return {"choices": [chat_completion(text)["choices"][0] | {"finish_reason": "length"}]}


def filtered() -> dict[str, Any]:
    return {"choices": [chat_completion("")["choices"][0] | {"finish_reason": "content_filter"}]}


CHAT_FAILURES: dict[str, tuple[Callable[[StandIn], None], str]] = {
    "refusal": (lambda server: server.refuses(), "refused"),
    "filtered": (lambda server: server.answers("", **filtered()), "refused"),
    "cut off": (lambda server: server.answers(ANSWER, **cut_off('{"subject": "Yo')), "malformed"),
    "no words": (lambda server: server.answers(""), "malformed"),
    "no choices": (lambda server: server.answers(ANSWER, choices=[]), "malformed"),
    "other shape": (lambda server: server.answers({"text": "Ana, sorry"}), "malformed"),
}


@pytest.mark.parametrize(("behave", "reason"), CHAT_FAILURES.values(), ids=CHAT_FAILURES)
def test_chat_fails_for_the_same_named_reasons(
    server: StandIn, by_chat: Writer, behave: Callable[[StandIn], None], reason: str
) -> None:
    behave(server)

    assert failure(by_chat).reason == reason


@pytest.mark.parametrize(("behave", "reason"), UNUSABLE.values(), ids=UNUSABLE)
def test_an_unusable_answer_is_named_not_raised(
    server: StandIn, at_openai: Writer, behave: Callable[[StandIn], None], reason: str
) -> None:
    behave(server)

    assert failure(at_openai).reason == reason
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("status", "code", "reason"),
    [
        (400, None, "bad_request"),
        (400, "content_filter", "refused"),
        (401, "invalid_api_key", "wrong_key"),
        (402, None, "rate_limited"),
        (307, None, "bad_request"),
        (403, None, "wrong_key"),
        (408, None, "timeout"),
        (409, None, "bad_request"),
        (413, None, "bad_request"),
        (422, None, "bad_request"),
        (429, "insufficient_quota", "rate_limited"),
    ],
)
def test_each_error_status_has_its_own_reason(
    server: StandIn, by_chat: Writer, status: int, code: str | None, reason: str
) -> None:
    server.fails(status, code)

    failed = failure(by_chat)

    assert (failed.reason, failed.retry_after, failed.detail) == (reason, None, code or str(status))
    assert len(server.requests) == 1


@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7.0), ("0.5", 0.5), ("0", 0.0), ("-1", None), ("nan", None), ("inf", None), ("Mon, 05 Jan 2026", None)],
)
def test_a_rate_limit_says_when_to_return(server: StandIn, writer: Writer, header: str, seconds: float | None) -> None:
    server.fails(429, "rate_limit_exceeded", retry_after=header)

    failed = failure(writer)

    assert (failed.reason, failed.retry_after) == ("rate_limited", seconds)


def test_a_servers_code_writes_no_line_into_the_log(server: StandIn, by_chat: Writer) -> None:
    server.fails(400, "bad\n2026-01-05 ERROR forged: line")

    assert str(failure(by_chat)) == "bad_request (bad2026-01-05ERRORforgedline)"


def test_a_failure_never_quotes_key_or_customer(server: StandIn, by_chat: Writer) -> None:
    server.answers({"text": GIFT_SHOP.comment})
    server.sends(401, json.dumps({"error": {"message": f"bad key {KEY}", "code": "invalid_api_key"}}).encode())

    for failed in (failure(by_chat), failure(by_chat)):
        assert KEY not in str(failed)
        assert "birthday" not in str(failed)
        assert failed.__cause__ is None
        assert failed.__suppress_context__


# Servers and networks that fall over


def test_a_dropped_connection_is_tried_once_more(server: StandIn, writer: Writer) -> None:
    server.hangs_up()
    server.answers(ANSWER)

    assert writer.draft(GIFT_SHOP_BRIEF).value.subject == ANSWER["subject"]


def test_a_connection_dropped_twice_counts_as_down(server: StandIn, writer: Writer) -> None:
    server.hangs_up()
    server.hangs_up()

    assert failure(writer).reason == "down"
    assert len(server.requests) == 2


@pytest.mark.parametrize("status", [500, 502, 503, 529])
def test_a_server_error_is_tried_once_more(server: StandIn, by_chat: Writer, status: int) -> None:
    server.fails(status)
    server.fails(status)

    assert failure(by_chat).reason == "down"
    assert len(server.requests) == 2


def test_a_failed_response_is_tried_once_more(server: StandIn, at_openai: Writer) -> None:
    server.answers(ANSWER, **FAILED)
    server.answers(ANSWER)

    assert at_openai.draft(GIFT_SHOP_BRIEF).value.subject == ANSWER["subject"]


def test_a_server_that_names_a_time_is_left_alone(server: StandIn, writer: Writer) -> None:
    server.fails(503, retry_after="30")

    failed = failure(writer)

    assert (failed.reason, failed.retry_after) == ("down", 30.0)
    assert len(server.requests) == 1


def test_nobody_listening_at_all_counts_as_down() -> None:
    assert failure(Writer(ModelSettings(KEY, "http://127.0.0.1:9/v1", MODEL, 5))).reason == "down"


SLOW: dict[str, Callable[[StandIn], None]] = {
    "silent": lambda server: server.is_slow(),
    "a body without end": lambda server: server.trickles(),
    "a header without end": lambda server: server.trickles(head=True),
}


@pytest.mark.parametrize("behave", SLOW.values(), ids=SLOW)
def test_a_slow_server_cannot_outlast_the_timeout(
    server: StandIn, hasty: Writer, behave: Callable[[StandIn], None]
) -> None:
    behave(server)
    started = time.perf_counter()

    assert failure(hasty).reason == "timeout"
    assert time.perf_counter() - started >= TIMEOUT  # a busy machine takes longer, and none less


MUCH: dict[str, Callable[[StandIn], None]] = {
    "50 MB": lambda server: server.sends(200, b" " * 50_000_000),
    "50 MB of an error": lambda server: server.sends(500, b" " * 50_000_000),
    "no end": lambda server: server.sends_for_ever(),
    "packed": lambda server: server.sends(200, b"\x1f\x8b" + b" " * 100_000, content_encoding="gzip"),
    "50 MB in the right shape": lambda server: server.answers(ANSWER | {"notes": "x" * 50_000_000}),
}


@pytest.mark.parametrize("behave", MUCH.values(), ids=MUCH)
def test_an_answer_without_measure_is_cut_off(
    server: StandIn, by_chat: Writer, behave: Callable[[StandIn], None]
) -> None:
    behave(server)
    server.fails(400)

    assert failure(by_chat).reason in ("malformed", "bad_request")  # "timeout", were it read to its end


def test_a_customers_words_follow_no_redirect(server: StandIn, by_chat: Writer) -> None:
    server.sends(307, b"", location=f"{server.base_url}/elsewhere")

    failure(by_chat)

    assert server.asked == ["/v1/chat/completions"]


# What this machine gets in the way with

SURROUNDINGS = {
    "a proxy of another kind": {"ALL_PROXY": "socks://127.0.0.1:7890/"},
    "a proxy that is no address": {"HTTPS_PROXY": "nonsense://"},
    "certificates that are not there": {"SSL_CERT_FILE": "/no/such.pem"},
}


@pytest.mark.parametrize("variables", SURROUNDINGS.values(), ids=SURROUNDINGS)
def test_a_client_that_cannot_be_made_is_named(
    writer: Writer, monkeypatch: pytest.MonkeyPatch, variables: dict[str, str]
) -> None:
    """reports F6: a proxy variable takes the draft away altogether."""
    for name, value in variables.items():
        monkeypatch.setenv(name, value)

    assert failure(writer).reason == "surroundings"


@pytest.mark.parametrize("address", ["http://[broken", "http://host:port/v1", "nonsense", "http://"])
def test_an_address_that_is_none_is_named(settings: ModelSettings, address: str) -> None:
    failed = failure(Writer(ModelSettings(KEY, address, MODEL, PATIENCE)))

    assert failed.reason in ("surroundings", "down")


def test_the_second_try_shares_the_first_timeout(server: StandIn, hasty: Writer) -> None:
    server.hangs_up()
    server.is_slow()

    assert failure(hasty).reason == "timeout"


@pytest.mark.parametrize("head", [False, True], ids=["in the body", "in the header"])
def test_a_call_out_of_time_leaves_nothing_running(server: StandIn, hasty: Writer, head: bool) -> None:
    server.trickles(head)

    failure(hasty)

    assert server.hung_up.wait(PATIENCE)
    assert until(lambda: not any(thread.name == "model call" for thread in threading.enumerate()))
