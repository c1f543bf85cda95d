"""A stand-in model server for each test, and a writer that talks to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from prompts.writer import ModelSettings, Writer, WriterFailed
from tests.elapsing import PATIENCE
from tests.prompts.examples import GIFT_SHOP_BRIEF
from tests.prompts.stand_in import KEY, MODEL, StandIn, standing_in

TIMEOUT = 0.5  # seconds; a call to this machine takes 5 ms


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in
    assert stand_in.faults == []


@pytest.fixture
def chatting(server: StandIn) -> Iterator[StandIn]:
    """A server without the Responses API."""
    server.speaks_responses = False
    yield server
    assert "/v1/chat/completions" in server.asked


@pytest.fixture
def settings(server: StandIn) -> ModelSettings:
    return ModelSettings(api_key=KEY, base_url=server.base_url, model=MODEL, timeout=PATIENCE)


@pytest.fixture
def writer(settings: ModelSettings) -> Writer:
    return Writer(settings)


@pytest.fixture
def hasty(settings: ModelSettings) -> Writer:
    """A writer with little time."""
    return Writer(ModelSettings(settings.api_key, settings.base_url, settings.model, TIMEOUT))


def failure(writer: Writer) -> WriterFailed:
    """How the writer fails at a draft."""
    with pytest.raises(WriterFailed) as raised:
        writer.draft(GIFT_SHOP_BRIEF)
    return raised.value
