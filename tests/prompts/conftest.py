"""A stand-in model server for each test, and a writer that talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from prompts import dialects
from prompts.writer import ModelSettings, Writer, WriterFailed
from tests.elapsing import PATIENCE
from tests.prompts.examples import ANSWER, GIFT_SHOP_BRIEF
from tests.prompts.stand_in import KEY, MODEL, StandIn, standing_in

TIMEOUT = 0.5  # seconds; a call to this machine takes 5 ms


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in
    assert stand_in.faults == []


@pytest.fixture
def openais(server: StandIn, monkeypatch: pytest.MonkeyPatch) -> StandIn:
    """The stand-in as OpenAI's own server, which is asked by the Responses API first."""
    monkeypatch.setattr(dialects, "OPENAI", server.base_url)
    return server


@pytest.fixture
def settings(server: StandIn) -> ModelSettings:
    return ModelSettings(api_key=KEY, base_url=server.base_url, model=MODEL, timeout=PATIENCE)


@pytest.fixture
def writer(settings: ModelSettings) -> Writer:
    return Writer(settings)


def acquainted(server: StandIn, writer: Writer) -> Writer:
    """The writer once it knows how the server is spoken to; what was asked so far is forgotten."""
    server.answers(ANSWER)
    writer.draft(GIFT_SHOP_BRIEF)
    server.requests.clear()
    return writer


@pytest.fixture
def at_openai(openais: StandIn, settings: ModelSettings) -> Writer:
    """A writer that has drafted before, by the Responses API."""
    return acquainted(openais, Writer(settings))


@pytest.fixture
def by_chat(server: StandIn, settings: ModelSettings) -> Writer:
    """A writer that has drafted before, by chat completions."""
    return acquainted(server, Writer(settings))


@pytest.fixture
def hasty(settings: ModelSettings) -> Writer:
    """A writer with little time."""
    return Writer(ModelSettings(settings.api_key, settings.base_url, settings.model, TIMEOUT))


def failure(writer: Writer) -> WriterFailed:
    """How the writer fails at a draft."""
    with pytest.raises(WriterFailed) as raised:
        writer.draft(GIFT_SHOP_BRIEF)
    return raised.value
