"""What an assistant hands over is a case at once, before anybody has judged its words."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from cases.model import Severity
from handlers.sources import SOURCES
from tests.stories.stage import Stage

EXAMPLE = SOURCES["handover"].example


def test_conversation_handed_over_is_a_high_case_at_once(stage: Stage) -> None:
    stage.judges = False
    stage.bot.edge.secrets = {"handover": EXAMPLE.secret}
    headers = EXAMPLE.sign(EXAMPLE.body, EXAMPLE.secret, datetime.now(UTC))
    answer = stage.bot.edge.intake("handover", headers, EXAMPLE.body)
    stage.settle()
    assert (answer.status, json.loads(answer.body)["case"]) == (201, 1)
    assert stage.case(1).severity is Severity.HIGH
    card = str(stage.card().blocks)
    assert "I want to speak to somebody about my parcel" in card
    assert "an assistant hands over to you" in card
    assert stage.bot.edge.intake("handover", headers, EXAMPLE.body).status == 200
