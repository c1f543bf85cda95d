"""The writer against model servers as they are: the draft comes from each of them, and what was learnt costs nothing again."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from cases.model import Severity
from prompts.writer import ModelSettings, Writer
from tests.elapsing import PATIENCE
from tests.prompts.examples import ANSWER, GIFT_SHOP, GIFT_SHOP_BRIEF, JUDGED, OPINION
from tests.prompts.servers import SERVERS, Server
from tests.prompts.stand_in import MODEL, StandIn, standing_in


@pytest.fixture(params=SERVERS.values(), ids=SERVERS)
def server(request: pytest.FixtureRequest) -> Server:
    found: Server = request.param
    return found


@pytest.fixture
def stand_in(server: Server) -> Iterator[StandIn]:
    with standing_in() as stand_in:
        stand_in.manner, stand_in.wrap, stand_in.key = server.manner, server.wrap, server.key
        yield stand_in
    assert stand_in.faults == []


@pytest.fixture
def writer(stand_in: StandIn, server: Server) -> Writer:
    return Writer(ModelSettings(server.key, stand_in.base_url, MODEL, timeout=PATIENCE))


def test_the_draft_comes_whatever_the_server(stand_in: StandIn, server: Server, writer: Writer) -> None:
    stand_in.answers(ANSWER)

    assert writer.draft(GIFT_SHOP_BRIEF).value.subject == ANSWER["subject"]
    assert len(stand_in.requests) == server.asked


@pytest.mark.few(3)
def test_what_was_learnt_makes_each_case_one_call(stand_in: StandIn, server: Server, writer: Writer) -> None:
    for answer in (ANSWER, OPINION, ANSWER):
        stand_in.answers(answer)

    writer.draft(GIFT_SHOP_BRIEF)
    written = writer.second_opinion(GIFT_SHOP, JUDGED, "English")
    writer.draft(GIFT_SHOP_BRIEF)

    assert (written.value.severity, written.value.title) == (Severity.HIGH, OPINION["title"])
    assert len(stand_in.requests) == server.asked + 2


@pytest.mark.few(3)
def test_every_request_keeps_the_rules_and_the_case(stand_in: StandIn, server: Server, writer: Writer) -> None:
    stand_in.answers(ANSWER)

    writer.draft(GIFT_SHOP_BRIEF)

    for _, body in stand_in.requests:
        sent = "\n".join(message["content"] for message in body["messages"])
        assert "# Your task" in sent
        assert "birthday" in sent
        assert "600 123" not in sent
