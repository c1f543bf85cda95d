"""The writer against a model server: what it sends and what it makes of good answers."""

from __future__ import annotations

import json
import subprocess
import sys
import threading

import pytest

from cases.model import Severity
from cases.replies.drafts import Reply
from prompts.brief import REPLY_DRAFT, reply_draft
from prompts.writer import Call, ModelSettings, Opinion, Writer
from tests.prompts.conftest import failure
from tests.prompts.examples import ANSWER, GIFT_SHOP, GIFT_SHOP_BRIEF, JUDGED
from tests.prompts.stand_in import MODEL, StandIn

OPINION = {"negative": True, "severity": "high", "title": "Caller sent to the website", "why": "Never again."}


# What a model writes


def test_a_draft_comes_back_with_details_restored(server: StandIn, writer: Writer) -> None:
    server.answers(ANSWER)

    assert writer.draft(GIFT_SHOP_BRIEF).value == Reply(
        subject="Your call about the birthday box",
        body=ANSWER["body"].replace("⟦number 1⟧", "+34 600 123 456"),
        questions=("Whom did you speak with?",),
        promises=("I will call +34 600 123 456 on Tuesday 6 January 2026, 10:00.",),
    )


def test_an_opinion_comes_back_as_a_value(server: StandIn, writer: Writer) -> None:
    server.answers(OPINION)

    written = writer.second_opinion(GIFT_SHOP, JUDGED, "English")

    assert written.value == Opinion(True, Severity.HIGH, "Caller sent to the website", "Never again.")
    assert written.call.prompt == "second_opinion"


def test_the_call_is_described_for_the_record(server: StandIn, settings: ModelSettings) -> None:
    server.answers(ANSWER)
    ticks = iter([10.0, 10.25])

    call = Writer(settings, clock=lambda: next(ticks)).draft(GIFT_SHOP_BRIEF).call

    assert call == Call(
        prompt="reply_draft",
        prompt_hash=REPLY_DRAFT.hash,
        model=f"{MODEL}-2026-01-01",
        input_tokens=900,
        output_tokens=120,
        latency_ms=250,
        response_id="resp_1",
    )


def test_exactly_the_masked_prompt_leaves_the_house(server: StandIn, writer: Writer) -> None:
    server.answers(ANSWER)
    asked = reply_draft(GIFT_SHOP_BRIEF)

    writer.draft(GIFT_SHOP_BRIEF)

    [(_, sent)] = server.requests
    assert (sent["instructions"], sent["input"]) == (asked.prompt.rules, asked.masked.text)
    assert "600 123" not in json.dumps(sent)


def test_token_counts_left_out_are_recorded_as_zero(server: StandIn, writer: Writer) -> None:
    server.answers(ANSWER, usage=None)

    call = writer.draft(GIFT_SHOP_BRIEF).call

    assert (call.input_tokens, call.output_tokens) == (0, 0)


def test_several_threads_may_use_one_writer(server: StandIn, writer: Writer) -> None:
    calls: list[Call] = []
    threads = [threading.Thread(target=lambda: calls.append(writer.draft(GIFT_SHOP_BRIEF).call)) for _ in range(4)]
    for _ in threads:
        server.answers(ANSWER)

    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(calls) == 4


def test_openai_is_not_imported_before_a_call() -> None:
    told = "import sys, prompts.writer as w; w.Writer(w.ModelSettings('k', None, 'm')); print('openai' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"


# Servers without the Responses API


def test_a_server_without_responses_is_asked_by_chat(chatting: StandIn, writer: Writer) -> None:
    chatting.answers(ANSWER)

    written = writer.draft(GIFT_SHOP_BRIEF)

    assert written.value.subject == ANSWER["subject"]
    assert (written.call.input_tokens, written.call.output_tokens) == (800, 110)
    assert written.call.response_id == "chatcmpl_1"


def test_which_way_a_server_speaks_is_remembered(chatting: StandIn, writer: Writer) -> None:
    chatting.answers(ANSWER)
    chatting.answers(OPINION)

    writer.draft(GIFT_SHOP_BRIEF)
    writer.second_opinion(GIFT_SHOP, JUDGED, "English")

    assert chatting.asked == ["/v1/responses", "/v1/chat/completions", "/v1/chat/completions"]


@pytest.mark.parametrize("status", [404, 405, 501])
def test_every_way_to_lack_responses_is_understood(server: StandIn, writer: Writer, status: int) -> None:
    server.sends(status, b"not here", "text/plain")
    server.answers(ANSWER)

    assert writer.draft(GIFT_SHOP_BRIEF).call.response_id == "chatcmpl_1"


def test_an_unknown_model_is_no_missing_responses(server: StandIn, writer: Writer) -> None:
    server.fails(404, "model_not_found")

    assert failure(writer).reason == "bad_request"
    assert server.asked == ["/v1/responses"]


def test_a_server_without_either_is_not_remembered(server: StandIn, writer: Writer) -> None:
    server.sends(404, b"{}")
    server.sends(404, b"{}")
    server.answers(ANSWER)

    assert failure(writer).reason == "bad_request"
    assert writer.draft(GIFT_SHOP_BRIEF).call.response_id == "resp_1"
