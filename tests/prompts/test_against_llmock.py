"""The writer against llmock, an OpenAI-compatible server that we did not write."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from prompts import dialects
from prompts.writer import ModelSettings, Writer
from tests.elapsing import PATIENCE
from tests.prompts.conftest import failure
from tests.prompts.examples import GIFT_SHOP, GIFT_SHOP_BRIEF, JUDGED

if TYPE_CHECKING:
    from llmock.testing import LLMockServer


@pytest.fixture
def server() -> Iterator[LLMockServer]:
    testing = pytest.importorskip("llmock.testing", reason="llmock is not installed")  # a large framework comes with it
    with testing.LLMockServer() as running:
        yield running


@pytest.fixture
def writer(server: LLMockServer) -> Writer:
    return Writer(ModelSettings("sk-practice", server.base_url("openai"), "gpt-4o-mini", timeout=PATIENCE))


@pytest.mark.long
def test_a_foreign_server_understands_our_draft_request(writer: Writer) -> None:
    written = writer.draft(GIFT_SHOP_BRIEF)

    assert written.value.body
    assert written.call.input_tokens > 0
    assert (written.call.response_id or "").startswith("chatcmpl")


@pytest.mark.long
def test_a_foreign_server_understands_the_responses_api(server: LLMockServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialects, "OPENAI", server.base_url("openai"))
    own = Writer(ModelSettings("sk-practice", None, "gpt-4o-mini", timeout=PATIENCE))

    assert (own.draft(GIFT_SHOP_BRIEF).call.response_id or "").startswith("resp")


def test_a_foreign_server_understands_our_opinion_request(writer: Writer) -> None:
    assert writer.second_opinion(GIFT_SHOP, JUDGED, "English").value.title


def test_a_foreign_rate_limit_says_when_to_return(server: LLMockServer, writer: Writer) -> None:
    from llmock.scenarios import Fail

    server.state.scenarios.add(Fail(429, retry_after=3))

    failed = failure(writer)

    assert (failed.reason, failed.retry_after) == ("rate_limited", 3.0)
