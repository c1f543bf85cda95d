"""What can go wrong with a call, as a real slack_sdk client lives through it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from http.client import HTTPException
from urllib.error import URLError

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry import ConnectionErrorRetryHandler, FixedValueRetryIntervalCalculator

from sandbox.api.faults import ApiCall
from sandbox.demo.cast import ANA, BOT_TOKEN, CARE
from sandbox.server import PracticeWorkspace
from tests.elapsing import PATIENCE, until

BROKEN = (URLError, HTTPException, ConnectionError, TimeoutError)


def said(practice: PracticeWorkspace) -> list[str]:
    return [message.text for message in practice.channel("care").messages()]


def test_rate_limit_answers_429_with_retry_after(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.rate_limit("chat.postMessage", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel=CARE, text="x")
    response = caught.value.response
    assert (response.status_code, response.headers["Retry-After"], response["error"]) == (429, "7", "ratelimited")
    assert said(practice) == []


def test_fault_hits_only_as_often_as_armed(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.refuse("chat.postMessage", "internal_error", count=2)
    for _ in range(2):
        with pytest.raises(SlackApiError, match="internal_error"):
            slack.chat_postMessage(channel=CARE, text="lost")
    slack.chat_postMessage(channel=CARE, text="landed")
    assert said(practice) == ["landed"]


def test_fault_hits_only_the_method_it_names(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.http_error("chat.update")
    assert slack.auth_test()["ok"]
    assert slack.chat_postMessage(channel=CARE, text="x")["ok"]


def test_fault_may_be_narrowed_to_one_channel(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.rate_limit("chat.postMessage", channel=CARE)
    assert slack.chat_postMessage(channel=ANA, text="x")["ok"]
    with pytest.raises(SlackApiError, match="ratelimited"):
        slack.chat_postMessage(channel=CARE, text="x")


def test_fault_without_a_method_hits_any_call(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.http_error(status=503)
    with pytest.raises(SlackApiError) as caught:
        slack.users_info(user=ANA)
    assert caught.value.response.status_code == 503


def test_dropped_before_means_nothing_has_happened(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.drop_before("chat.postMessage")
    with pytest.raises(BROKEN):
        slack.chat_postMessage(channel=CARE, text="x")
    assert said(practice) == []


def test_dropped_after_means_the_message_is_there(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.drop_after("chat.postMessage")
    with pytest.raises(BROKEN):
        slack.chat_postMessage(channel=CARE, text="x")
    assert said(practice) == ["x"]


def test_client_that_retries_by_itself_posts_twice(practice: PracticeWorkspace) -> None:
    practice.faults.drop_after("chat.postMessage")
    at_once = ConnectionErrorRetryHandler(interval_calculator=FixedValueRetryIntervalCalculator(fixed_internal=0.01))
    eager = WebClient(token=BOT_TOKEN, base_url=practice.slack_api_url, retry_handlers=[at_once])
    eager.chat_postMessage(channel=CARE, text="x")
    assert said(practice) == ["x", "x"]


def test_held_connection_runs_into_the_clients_timeout(practice: PracticeWorkspace) -> None:
    practice.faults.drop_after("chat.postMessage", hold=0.3)
    impatient = WebClient(token=BOT_TOKEN, base_url=practice.slack_api_url, timeout=0.1, retry_handlers=[])
    with pytest.raises(BROKEN):
        impatient.chat_postMessage(channel=CARE, text="x")
    assert until(lambda: said(practice) == ["x"])


def test_delayed_answer_comes_late_but_well(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.delay("auth.test", seconds=0.05)
    began = time.perf_counter()
    assert slack.auth_test()["ok"]
    assert time.perf_counter() - began >= 0.05


def test_workspace_that_is_away_comes_back(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.away()
    for _ in range(3):
        with pytest.raises(BROKEN):
            slack.chat_postMessage(channel=CARE, text="x")
    practice.faults.back()
    assert slack.chat_postMessage(channel=CARE, text="x")["ok"]
    assert said(practice) == ["x"]


def test_server_lives_on_after_dropped_connections(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.drop_before(count=5)
    for _ in range(5):
        with pytest.raises(BROKEN):
            slack.auth_test()
    assert slack.auth_test()["ok"]


def test_every_call_is_in_the_log(practice: PracticeWorkspace, slack: WebClient) -> None:
    ts = slack.chat_postMessage(channel=CARE, text="x")["ts"]
    practice.faults.drop_after("chat.update")
    with pytest.raises(BROKEN):
        slack.chat_update(channel=CARE, ts=ts, text="y")
    post, update = practice.faults.calls
    assert (post.method, post.arguments["text"], post.status, post.ok) == ("chat.postMessage", "x", 200, True)
    assert (update.method, update.status, update.ok) == ("chat.update", 0, True)
    assert post.at == practice.clock.now()
    assert practice.faults.count("chat.update") == 1


def test_log_never_holds_the_token(practice: PracticeWorkspace, slack: WebClient) -> None:
    slack.api_call("auth.test", data={"token": BOT_TOKEN})
    assert "token" not in practice.faults.calls[0].arguments


def test_listener_hears_of_a_call_before_its_answer(practice: PracticeWorkspace, slack: WebClient) -> None:
    seen: list[tuple[str, list[str]]] = []

    def listen(call: ApiCall) -> None:
        seen.append((call.method, said(practice)))

    practice.faults.on_call.append(listen)
    slack.chat_postMessage(channel=CARE, text="x")
    assert seen == [("chat.postMessage", ["x"])]


@pytest.mark.long
def test_process_killed_before_its_answer_leaves_one_message(practice: PracticeWorkspace) -> None:
    script = "import sys, slack_sdk; slack_sdk.WebClient(sys.argv[1], base_url=sys.argv[2]).chat_postMessage(channel=sys.argv[3], text='x')"
    started: list[subprocess.Popen[bytes]] = []
    practice.faults.on_call.append(lambda call: started[0].kill())
    started.append(subprocess.Popen([sys.executable, "-c", script, BOT_TOKEN, practice.slack_api_url, CARE]))
    assert started[0].wait(PATIENCE) == -signal.SIGKILL
    assert said(practice) == ["x"]


def test_reset_lifts_faults_and_empties_the_log(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.away()
    practice.faults.refuse("auth.test", "fatal_error")
    practice.reset()
    assert slack.auth_test()["ok"]
    assert practice.faults.count("auth.test") == 1
