"""The writer against a model server: what it sends and what it makes of good answers."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import replace

import pytest

from cases.model import Severity
from cases.replies.drafts import LONGEST_BODY, LONGEST_SUBJECT, Reply
from prompts import dialects
from prompts.brief import REPLY_DRAFT, reply_draft
from prompts.dialects import MOST_TOKENS
from prompts.learnt import MISSES, REST, SEARCH_AGAIN, SILENCES
from prompts.writer import Call, ModelSettings, Opinion, Remark, Writer
from tests.elapsing import PATIENCE
from tests.prompts.conftest import TIMEOUT, failure
from tests.prompts.examples import ANSWER, GIFT_SHOP, GIFT_SHOP_BRIEF, JUDGED, LETTER, OPINION, REMARKS
from tests.prompts.stand_in import KEY, MODEL, StandIn

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


def test_remarks_come_back_in_the_words_of_the_reply(server: StandIn, writer: Writer) -> None:
    server.answers(REMARKS)

    written = writer.judge_reply(GIFT_SHOP_BRIEF, LETTER)

    assert written.value == (
        Remark("I’m sorry if the call felt cold", "It doubts what she felt, and owns nothing."),
        Remark("Do ring +34 600 123 456 again", "She is to do again what went wrong."),
    )
    assert written.call.prompt == "reply_judgement"


def test_a_reply_leaves_the_house_as_masked_as_a_case(server: StandIn, writer: Writer) -> None:
    server.answers({"findings": []})

    assert writer.judge_reply(GIFT_SHOP_BRIEF, LETTER).value == ()
    [(_, sent)] = server.requests
    assert not any(private in json.dumps(sent) for private in ("Ruiz", "600 123", "ana.ruiz"))


def test_the_call_is_described_for_the_record(openais: StandIn, settings: ModelSettings) -> None:
    openais.answers(ANSWER)
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


def test_exactly_the_masked_prompt_leaves_the_house(openais: StandIn, writer: Writer) -> None:
    openais.answers(ANSWER)
    asked = reply_draft(GIFT_SHOP_BRIEF)

    writer.draft(GIFT_SHOP_BRIEF)

    [(_, sent)] = openais.requests
    assert (sent["instructions"], sent["input"]) == (asked.prompt.rules, asked.masked.text)
    assert "600 123" not in json.dumps(sent)


def test_chat_gets_exactly_the_masked_prompt_too(server: StandIn, writer: Writer) -> None:
    server.answers(ANSWER)
    asked = reply_draft(GIFT_SHOP_BRIEF)

    writer.draft(GIFT_SHOP_BRIEF)

    [(_, sent)] = server.requests
    assert [each["content"] for each in sent["messages"]] == [asked.prompt.rules, asked.masked.text]


def test_every_call_bounds_its_answer(server: StandIn, writer: Writer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.answers(ANSWER)
    server.answers(ANSWER)

    writer.draft(GIFT_SHOP_BRIEF)
    monkeypatch.setattr(dialects, "OPENAI", server.base_url)
    Writer(writer._settings).draft(GIFT_SHOP_BRIEF)

    by_chat, by_responses = (body for _, body in server.requests)
    assert (by_chat["max_tokens"], by_responses["max_output_tokens"]) == (MOST_TOKENS, MOST_TOKENS)


def test_without_a_key_no_key_is_sent(server: StandIn) -> None:
    server.key = None
    server.answers(ANSWER)

    written = Writer(ModelSettings(None, server.base_url, MODEL, PATIENCE)).draft(GIFT_SHOP_BRIEF)

    assert written.value.subject == ANSWER["subject"]


def test_a_reply_of_the_longest_kind_is_a_draft(server: StandIn, writer: Writer) -> None:
    server.answers(ANSWER | {"body": "x" * LONGEST_BODY})

    assert writer.draft(GIFT_SHOP_BRIEF).value.body == "x" * LONGEST_BODY


@pytest.mark.parametrize("longer", [{"body": "x" * (LONGEST_BODY + 1)}, {"subject": "x" * (LONGEST_SUBJECT + 1)}])
def test_a_reply_that_no_card_shows_whole_is_none(server: StandIn, writer: Writer, longer: dict[str, str]) -> None:
    """attacks 12: the unseen tail is approved."""
    server.answers(ANSWER | longer)

    failed = failure(writer)

    assert (failed.reason, failed.detail) == ("malformed", "too long")
    assert len(server.requests) == 1


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


@pytest.mark.long
def test_openai_is_not_imported_before_a_call() -> None:
    told = "import sys, prompts.writer as w; w.Writer(w.ModelSettings('k', None, 'm')); print('openai' in sys.modules)"

    said = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)

    assert said.stdout.strip() == "False"


# How servers are spoken to


def test_openai_is_asked_by_the_responses_api(openais: StandIn, writer: Writer) -> None:
    openais.answers(ANSWER)

    writer.draft(GIFT_SHOP_BRIEF)

    assert openais.asked == ["/v1/responses"]


def test_any_other_server_is_asked_by_chat_at_once(server: StandIn, writer: Writer) -> None:
    server.answers(ANSWER)

    written = writer.draft(GIFT_SHOP_BRIEF)

    assert server.asked == ["/v1/chat/completions"]
    assert (written.call.input_tokens, written.call.output_tokens) == (800, 110)
    assert written.call.response_id == "chatcmpl_1"


@pytest.mark.parametrize(
    ("address", "road"),
    [
        (None, "responses"),
        ("https://api.openai.com/v1", "responses"),
        ("https://eu.api.openai.com/v1/", "responses"),
        ("https://api.openai.com.evil.example/v1", "chat"),
        ("https://myapi.openai.com.example/v1", "chat"),
        ("http://127.0.0.1:11434/v1", "chat"),
        ("http://[broken", "chat"),
    ],
)
def test_only_openais_own_hosts_are_openai(address: str | None, road: str) -> None:
    assert dialects.first(address).road == road


@pytest.mark.few(2)
@pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 410, 415, 422, 451, 500, 501, 503])
def test_responses_refused_in_any_way_means_chat(openais: StandIn, writer: Writer, status: int) -> None:
    openais.manner = lambda path, body: (status, b"<h1>no</h1>") if path == "/v1/responses" else None
    openais.answers(ANSWER)

    assert writer.draft(GIFT_SHOP_BRIEF).call.response_id == "chatcmpl_1"


def test_an_unknown_model_is_unknown_in_every_dialect(openais: StandIn, writer: Writer) -> None:
    openais.fails(404, "model_not_found")

    assert failure(writer).reason == "bad_request"
    assert openais.asked == ["/v1/responses"]


def test_a_server_with_responses_alone_is_found(server: StandIn, writer: Writer) -> None:
    server.manner = lambda path, body: None if path == "/v1/responses" else (404, b"")
    server.answers(ANSWER)

    assert writer.draft(GIFT_SHOP_BRIEF).call.response_id == "resp_1"


# What is learnt


class Watch:
    """A clock that a test turns by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


def test_a_search_that_found_nothing_is_not_made_again_soon(
    server: StandIn, settings: ModelSettings, watch: Watch
) -> None:
    server.manner = lambda path, body: (400, b"")
    writer = Writer(settings, watch)

    failure(writer)
    searched = len(server.requests)
    failure(writer)

    assert 1 < searched <= dialects.MOST_TRIES
    assert len(server.requests) == searched + 1


def test_a_server_that_was_mended_is_found_again(server: StandIn, settings: ModelSettings, watch: Watch) -> None:
    writer = Writer(settings, watch)
    server.manner = lambda path, body: (400, b"")
    failure(writer)
    server.manner = lambda path, body: (400, b"") if body.get("response_format") else None
    server.answers(ANSWER)

    watch.seconds += SEARCH_AGAIN

    assert writer.draft(GIFT_SHOP_BRIEF).value.subject == ANSWER["subject"]


def test_a_dialect_that_worked_is_doubted_only_after_several_misses(server: StandIn, by_chat: Writer) -> None:
    server.manner = lambda path, body: (422, b"") if body.get("response_format") else None
    server.answers(ANSWER)

    for _ in range(MISSES - 1):
        failure(by_chat)

    assert len(server.requests) == MISSES - 1
    assert by_chat.draft(GIFT_SHOP_BRIEF).value.subject == ANSWER["subject"]


def test_a_run_of_bad_luck_does_not_unteach_a_dialect(server: StandIn, settings: ModelSettings, watch: Watch) -> None:
    server.manner = lambda path, body: (400, b"json_schema is unknown") if "schema" in str(body) else None
    server.answers(ANSWER)
    writer = Writer(settings, watch)
    writer.draft(GIFT_SHOP_BRIEF)
    learnt = writer.dialect

    server.manner = lambda path, body: (400, b"")
    for _ in range(MISSES):
        failure(writer)
    server.manner = None
    server.requests.clear()
    server.answers(ANSWER)
    writer.draft(GIFT_SHOP_BRIEF)

    assert (writer.dialect, len(server.requests)) == (learnt, 1)


def test_what_was_learnt_is_told_once_and_begun_with_elsewhere(server: StandIn, settings: ModelSettings) -> None:
    server.manner = lambda path, body: (400, b"") if body.get("response_format") else None
    server.answers(ANSWER)
    server.answers(ANSWER)
    one, other = Writer(settings), Writer(settings)

    assert one.news() is None
    one.draft(GIFT_SHOP_BRIEF)
    news = one.news()
    server.requests.clear()
    other.recall(json.loads(json.dumps(news)))
    other.draft(GIFT_SHOP_BRIEF)

    assert (len(server.requests), one.news(), other.dialect) == (1, None, one.dialect)


@pytest.mark.parametrize(
    "told",
    [
        None,
        "chat",
        {},
        {"server": "another", "dialect": {"road": "chat"}},
        {"dialect": None},
        {"dialect": {"road": "pigeon"}},
        {"dialect": {"road": "chat", "shape": "song"}},
        {"dialect": {"road": "chat", "limit": "stop"}},
        {"dialect": {"road": "chat", "tempo": 3}},
    ],
)
def test_what_another_version_told_is_passed_over(settings: ModelSettings, told: object) -> None:
    writer = Writer(settings)
    begun = writer.dialect

    writer.recall({"server": writer._server()} | told if isinstance(told, dict) else told)

    assert writer.dialect == begun


def test_what_is_told_names_no_address_and_no_key(server: StandIn, by_chat: Writer) -> None:
    told = json.dumps(by_chat.news())

    assert server.base_url not in told
    assert KEY not in told


def test_a_slip_of_the_model_teaches_nothing(server: StandIn, by_chat: Writer) -> None:
    server.answers("Dear Ana")
    server.answers(ANSWER)

    failure(by_chat)
    by_chat.draft(GIFT_SHOP_BRIEF)

    assert [body["response_format"]["type"] for _, body in server.requests] == ["json_schema", "json_schema"]


def patient(writer: Writer) -> Writer:
    """The same, with all it has learnt, once it may wait for an answer as long as a busy machine takes."""
    writer._settings = replace(writer._settings, timeout=PATIENCE)
    return writer


def test_a_search_out_of_time_goes_on_with_the_next_case(server: StandIn, hasty: Writer) -> None:
    server.manner = lambda path, body: (
        (400, b"") if body.get("response_format", {}).get("type") == "json_schema" else None
    )
    server.is_slow()
    server.answers(ANSWER)

    failure(hasty)
    patient(hasty).draft(GIFT_SHOP_BRIEF)

    assert len(server.requests) == 3


def test_a_model_that_answers_nobody_rests(server: StandIn, settings: ModelSettings, watch: Watch) -> None:
    writer = Writer(replace(settings, timeout=TIMEOUT), watch)
    for _ in range(SILENCES):
        server.is_slow()
        failure(writer)
    server.answers(ANSWER)

    assert failure(writer).reason == "timeout"
    assert len(server.requests) == SILENCES
    watch.seconds += REST
    assert patient(writer).draft(GIFT_SHOP_BRIEF).value.subject == ANSWER["subject"]
