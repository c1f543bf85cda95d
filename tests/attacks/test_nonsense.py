"""Signed nonsense on every door is refused, or is taken for what it still says, and breaks nothing (attacks 23).

`make test-long` sends ten times as much, and `make fuzz` four thousand times, of another seed each time.
"""

from __future__ import annotations

import json
import logging
import time
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode

import pytest

from handlers.sources import SOURCES
from sandbox.demo import cast
from sandbox.lines.requests import signed
from tests.attacks.fuzz import doors, fuzz
from tests.stories.conftest import blank, database_url, served, stage, staging
from tests.stories.stage import Stage

__all__ = ["blank", "database_url", "served", "stage", "staging"]

_SEED = 11  # the same bodies each time, so that nobody's change is red for a fault of another


@pytest.mark.parametrize("bodies", [12, pytest.param(250, marks=[pytest.mark.long, pytest.mark.bulk])])
def test_spoiled_bodies_break_nothing_on_any_door(stage: Stage, bodies: int) -> None:
    doors_tried = [fuzz(door, _SEED, range(bodies)) for door in doors(stage).values()]
    assert [fault for tried in doors_tried for fault in tried.faults] == []
    for tried in doors_tried:
        taken = sum(tried.became[status] for status in ("200", "201", "202"))
        refuses = tried.place in SOURCES or tried.became["400"] > bodies / 12  # what a source sends is kept instead
        assert (max(tried.became) < "500", taken > bodies / 12, refuses) == (True, True, True), tried


NONSENSE: dict[str, bytes] = {
    "deep lists": b"[" * 50_000,
    "deep objects": b'{"a":' * 100_000,
    "no object": b'"text"',
    "a text for an object": json.dumps({"type": "block_actions", "user": "U1", "actions": "claim"}).encode(),
    "nothing in it": json.dumps({"type": "view_submission"}).encode(),
    "half a letter": b'{"type": "block_actions", "trigger_id": "\\ud800"}',
    "NUL in an id": b'{"type": "event_callback", "event": {"type": "message", "channel": "C\\u0000"}}',
    "a huge number": b'{"type": "event_callback", "event": {"type": "message", "channel": ' + b"9" * 5000 + b"}}",
    "the same name twice": b'{"type": "block_actions", "actions": [{}], "actions": 7}',
}


@pytest.mark.few(2)
@pytest.mark.parametrize("name", NONSENSE)
@pytest.mark.parametrize("as_form", [False, True])
def test_nonsense_for_slack_is_one_sentence_and_one_line(
    stage: Stage, caplog: pytest.LogCaptureFixture, name: str, as_form: bool
) -> None:
    """attacks 23: 1,006 answers of 500 and 1,803 tracebacks in 12,000 bodies."""
    body = urlencode({"payload": NONSENSE[name]}).encode() if as_form else NONSENSE[name]
    kind = "application/x-www-form-urlencoded" if as_form else "application/json"
    answer = stage.bot.edge.slack({"content-type": kind, **signed(body, int(time.time()), cast.SIGNING_SECRET)}, body)
    assert answer.status == 400
    said: Any = json.loads(answer.body)["error"]
    assert said.startswith("The payload cannot be read: ")
    assert said.endswith(".")
    (line,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert line.exc_info is None
    assert "\n" not in line.getMessage()


UNREADABLE: dict[str, bytes] = {
    "nothing": b"",
    "null": b"null",
    "a text": b'"text"',
    "a number": b"7",
    "deep lists": b"[" * 200_000,
    "deep objects": b'{"a":' * 100_000,
    "a huge number": b'{"type": ' + b"9" * 5001 + b"}",
    "no number": b'{"type": NaN}',
    "half of it": b'{"type": "feedback.cre',
    "an object too many": b"{}{}",
    "another encoding": '{"type": "x"}'.encode("utf-16-le"),
}


# Whose signature is one of the body's fields: what cannot be read shows none.
_SIGNED_WITHIN = {"mailgun"}


@pytest.mark.few(5)
@pytest.mark.parametrize("name", UNREADABLE)
@pytest.mark.parametrize("source", [name for name in SOURCES if name not in _SIGNED_WITHIN])
def test_nonsense_for_a_source_is_one_sentence_and_one_line(
    stage: Stage, caplog: pytest.LogCaptureFixture, source: str, name: str
) -> None:
    example, body = SOURCES[source].example, UNREADABLE[name]
    stage.bot.edge.secrets = {source: example.secret}
    answer = stage.bot.edge.intake(source, example.sign(body, example.secret, datetime.now(UTC)), body)
    told = json.loads(answer.body)
    assert (answer.status, told["feedback"], bool(told["ignored"])) == (202, None, True)
    (line,) = [record for record in caplog.records if record.levelno >= logging.WARNING]
    assert line.exc_info is None
    assert line.getMessage().startswith(f"feedback from {source} cannot be read: ")
    assert "\n" not in line.getMessage()
