"""The five customers: what they send, and that their signatures hold."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import httpx2
import pytest
from standardwebhooks import Webhook, WebhookVerificationError

from sandbox.demo.cast import INTAKE_SECRET
from sandbox.server import PracticeWorkspace

KEYS = ["gift-shop", "lost-order", "box-not-delivered", "wrong-bill", "birthday-order"]


class ScriptedIntake:
    """Takes what comes, checks its signature, and says that a case was opened."""

    def __init__(self) -> None:
        self.taken: list[tuple[dict[str, str], dict[str, Any]]] = []

    def __call__(self, headers: dict[str, str], body: bytes) -> tuple[int, dict[str, str], bytes]:
        self.taken.append((headers, Webhook(INTAKE_SECRET).verify(body, headers)))
        return 201, {}, json.dumps({"feedback": len(self.taken), "case": 1}).encode()


@pytest.fixture
def intake(practice: PracticeWorkspace) -> ScriptedIntake:
    scripted = ScriptedIntake()
    practice.connect(None, scripted)
    return scripted


def test_the_five_come_in_the_order_of_the_stories(practice: PracticeWorkspace) -> None:
    assert list(practice.customers) == KEYS
    assert all(customer.line.endswith(".") for customer in practice.customers.values())


@pytest.mark.parametrize("key", KEYS)
def test_first_words_arrive_signed_and_complete(practice: PracticeWorkspace, intake: ScriptedIntake, key: str) -> None:
    answer = practice.customers[key].send()
    [(headers, payload)] = intake.taken
    assert (answer.status, answer.content()) == (201, {"feedback": 1, "case": 1})
    assert payload["type"] == "feedback.created"
    assert headers["webhook-id"] == f"msg_{payload['data']['external_id']}"
    assert payload["data"]["comment"] or payload["data"]["rating"]


@pytest.mark.parametrize("key", KEYS)
def test_nobody_real_can_be_reached(practice: PracticeWorkspace, intake: ScriptedIntake, key: str) -> None:
    customer = practice.customers[key]
    customer.send()
    reach = intake.taken[0][1]["data"]["customer"]
    assert reach["email"] is None or reach["email"].endswith("@example.org")
    # +44 20 7946 0… and +1 202 555 01… are set aside for fiction
    assert reach["phone"] is None or reach["phone"].startswith(("+44 20 7946 0", "+1 202 555 01"))


def test_time_of_writing_is_practice_time(practice: PracticeWorkspace, intake: ScriptedIntake) -> None:
    practice.clock.jump(timedelta(hours=1))
    practice.customers["gift-shop"].send()
    assert intake.taken[0][1]["timestamp"] == "2026-01-05T10:00:00Z"
    assert intake.taken[0][1]["data"]["occurred_at"] == "2026-01-05T09:55:00Z"


def test_second_sending_is_the_same_delivery_repeated(practice: PracticeWorkspace, intake: ScriptedIntake) -> None:
    customer = practice.customers["gift-shop"]
    customer.send()
    customer.send()
    (first, one), (second, two) = intake.taken
    assert first["webhook-id"] == second["webhook-id"]
    assert one == two


def test_later_words_come_in_turn_until_all_said(practice: PracticeWorkspace, intake: ScriptedIntake) -> None:
    customer = practice.customers["box-not-delivered"]
    assert (customer.arrived, customer.has_more) == (False, False)
    customer.send()
    assert (customer.arrived, customer.has_more) == (True, True)
    customer.send_again()
    assert not customer.has_more
    with pytest.raises(IndexError):
        customer.send_again()
    first, second = (payload["data"] for _, payload in intake.taken)
    assert first["external_id"] != second["external_id"]
    assert first["customer"] == second["customer"]


def test_grateful_second_words_are_no_complaint(practice: PracticeWorkspace, intake: ScriptedIntake) -> None:
    complaint, thanks = practice.customers["gift-shop"].words
    assert (complaint.negative, thanks.negative) == (True, False)
    assert "Thank you" in thanks.comment


def test_lost_order_can_be_entered_by_hand(practice: PracticeWorkspace) -> None:
    customer = practice.customers["lost-order"]
    assert customer.by_hand is not None
    assert customer.by_hand["phone"] == customer.phone
    assert customer.by_hand["comment"] == customer.words[0].comment


def test_wrong_bill_does_not_want_to_be_contacted(practice: PracticeWorkspace, intake: ScriptedIntake) -> None:
    practice.customers["wrong-bill"].send()
    told = intake.taken[0][1]["data"]
    assert told["contact_ok"] is False
    assert "Don't bother, you are idiots" in told["comment"]


def test_birthday_lies_two_days_ahead_of_the_clock(practice: PracticeWorkspace, intake: ScriptedIntake) -> None:
    customer = practice.customers["birthday-order"]
    customer.send()
    customer.send_again()
    first, second = (payload["data"] for _, payload in intake.taken)
    assert (first["occasion"], first["occasion_at"]) == ("birthday", "2026-01-07")
    assert "second time asking" in second["comment"]


def test_changed_body_fails_the_signature(practice: PracticeWorkspace) -> None:
    headers = practice.intake.signed(b'{"a": 1}', "msg_1")
    with pytest.raises(WebhookVerificationError):
        Webhook(INTAKE_SECRET).verify(b'{"a": 2}', headers)


def test_signature_is_of_real_time_not_practice_time(practice: PracticeWorkspace, intake: ScriptedIntake) -> None:
    practice.clock.jump(timedelta(days=30))
    practice.customers["gift-shop"].send()
    sent_at = datetime.fromtimestamp(int(intake.taken[0][0]["webhook-timestamp"]))
    assert abs(datetime.now() - sent_at) < timedelta(minutes=1)


def test_without_a_bot_nothing_is_answered(practice: PracticeWorkspace) -> None:
    assert practice.customers["gift-shop"].send().status == 0
    practice.connect_http("http://127.0.0.1:9")
    assert practice.customers["gift-shop"].send().status == 0


def test_feedback_goes_to_the_generic_intake_over_http(practice: PracticeWorkspace) -> None:
    # The practice workspace itself stands at the other end: it has no such path, and says so.
    answer = practice.customers["gift-shop"].send(practice.base_url)
    assert answer.status == 404
    assert httpx2.get(practice.base_url + "/intake/generic", trust_env=False).status_code == 404
