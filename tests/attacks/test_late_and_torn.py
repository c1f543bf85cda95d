"""What comes late, twice or torn: the later word wins, a retry changes nothing, and no field that is wrong costs a complaint."""

from __future__ import annotations

from itertools import count
from typing import Any

import pytest

from tests.stories.stage import Stage

_ids = count()
BAD = {
    "customer": {"email": "ana@example.org"},
    "rating": {"value": 1, "scale": 5},
    "comment": "Soup cold, an hour late.",
}
GLAD = BAD | {"rating": {"value": 5, "scale": 5}, "comment": "All sorted now, thank you for calling!"}
TEN, PAST_TEN = "2026-01-05T10:00:00Z", "2026-01-05T10:05:00Z"


def hook(stage: Stage, kind: str, at: str | None, message_id: str | None = None, **data: Any) -> Any:
    body = {"type": f"feedback.{kind}", "data": {"external_id": "r-77", "source": "delivery-form", **data}}
    answer = stage.practice.intake.send(
        body | ({"timestamp": at} if at else {}), message_id or f"msg_{next(_ids)}", None
    )
    stage.settle()
    return answer


def contacted(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.react(stage.card(), "eyes")
    ana.command("/case", "contacted 1 phone she was glad")


@pytest.mark.long
def test_older_delivery_that_comes_later_changes_nothing(stage: Stage) -> None:
    """F5, attacks 14."""
    hook(stage, "created", TEN, **BAD)
    contacted(stage)
    hook(stage, "updated", PAST_TEN, **GLAD)
    thread = stage.in_thread()
    for _ in range(3):
        assert hook(stage, "created", TEN, **BAD).status == 200
    assert (stage.case().status, stage.case().feedback[0].rating.value) == ("contacted", 5)
    assert stage.in_thread() == thread


def test_update_that_comes_first_is_not_taken_back(stage: Stage) -> None:
    hook(stage, "updated", PAST_TEN, **BAD | {"customer": {"email": "ana@example.org"}})
    hook(stage, "created", TEN, **BAD | {"customer": {"email": "ana@exmaple.org", "name": "Ana"}, "order_ref": "8812"})
    said = stage.case().feedback[0]
    assert (said.customer.email, said.customer.name, said.order_ref) == ("ana@example.org", "Ana", "8812")


@pytest.mark.long
def test_retry_of_a_delivery_without_times_changes_nothing(stage: Stage) -> None:
    hook(stage, "created", None, "msg_a", **BAD)
    hook(stage, "updated", None, "msg_b", **BAD | {"comment": "Soup cold, and nobody answers."})
    thread = stage.in_thread()
    for message_id, data in (("msg_a", BAD), ("msg_b", BAD | {"comment": "Soup cold, and nobody answers."})) * 3:
        hook(stage, "created" if message_id == "msg_a" else "updated", None, message_id, **data)
    assert stage.case().feedback[0].comment == "Soup cold, and nobody answers."
    assert stage.in_thread() == thread


TORN = [
    ({"rating": {"value": None, "scale": 5}}, []),
    ({"rating": {}}, []),
    ({"rating": None}, []),
    ({"rating": 2}, ["rating.scale"]),
    ({"rating": "2 of 5"}, []),
    ({"contact_ok": "true"}, []),
    ({"contact_ok": "perhaps"}, ["contact_ok"]),
    ({"occurred_at": 1767602400}, []),
    ({"occurred_at": "2026-01-05T10:40:00+01:00[Europe/Berlin]"}, []),
    ({"occurred_at": "5 Jan 2026, about ten"}, ["occurred_at"]),
    ({"occasion_at": "soon"}, ["occasion_at"]),
    ({"customer": "Ana"}, []),
    ({"customer": {"name": ["Ana"], "email": "ana@example.org"}}, []),
    ({"public_url": "javascript:alert(1)"}, ["public_url"]),
    ({"external_id": None}, []),
    ({"external_id": {"a": 1}}, []),
    ({"locale": 5.5, "order_ref": {}}, ["locale"]),
]


@pytest.mark.few(2)
@pytest.mark.parametrize(("torn", "left_out"), TORN, ids=str)
def test_field_that_cannot_be_read_costs_no_complaint(stage: Stage, torn: dict[str, Any], left_out: list[str]) -> None:
    """F14: webhook senders do not repeat a 400, so the customer would be lost."""
    answer = hook(stage, "created", TEN, **{"comment": "The soup was cold."} | torn)
    assert answer.status == 201
    assert [told.partition(":")[0] for told in answer.content().get("ignored", [])] == left_out
    assert stage.case().feedback[0].comment == "The soup was cold."


def test_wish_not_to_be_contacted_is_heard_in_plain_words(stage: Stage) -> None:
    hook(stage, "created", TEN, comment="The soup was cold.", contact_ok="no")
    assert stage.case().asks_no_contact


@pytest.mark.few(1)
@pytest.mark.parametrize("ahead", ["2099-01-01T00:00:00Z", "2026-01-05T23:00:00Z", "2026-01-06T10:00:00Z"])
@pytest.mark.parametrize("field", ["timestamp", "occurred_at"])
def test_clock_ahead_of_ours_silences_nobody(stage: Stage, ahead: str, field: str) -> None:
    """A stamp after now counts as now: what comes later is later."""
    first = GLAD | ({"occurred_at": ahead} if field == "occurred_at" else {})
    assert hook(stage, "created", ahead if field == "timestamp" else None, **first).content()["case"] is None
    stage.pass_time(minutes=10)
    told = hook(
        stage, "updated", stage.now.isoformat(), **BAD | {"comment": "The lamp burnt my hand, I call a lawyer!"}
    )
    assert (told.status, told.content()["case"]) == (201, 1)
