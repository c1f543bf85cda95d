"""Feedback arrives: known, changed, repeated, kind, uncertain, nasty or malformed; nobody unhappy is lost."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import httpx2
import pytest
from starlette.testclient import TestClient

from cases.model import Outcome, Rating, Severity, Status
from handlers.http.routes import LARGEST, Application
from sandbox.people.reading import plain
from tests.stories.stage import Stage, buttons

LATE = {"external_id": "f-1", "comment": "My order never arrived.", "customer": {"email": "kim@example.org"}}
THANKS = {"external_id": "f-2", "comment": "Thank you, that was kind.", "customer": {"email": "Kim@Example.org "}}
AGAIN = {"external_id": "f-3", "comment": "It still has not arrived!", "customer": {"email": "kim@example.org"}}


def answered(answer: Any) -> tuple[int, int | None]:
    return answer.status, answer.content()["case"]


# The same feedback once more


def test_same_feedback_sent_again_adds_nothing(stage: Stage) -> None:
    assert answered(stage.receives(**LATE)) == (201, 1)
    before, said = stage.case(), len(stage.practice.messages())
    assert answered(stage.receives(**LATE)) == (200, 1)
    assert stage.case() == before
    assert len(stage.practice.messages()) == said


def test_lower_rating_later_is_shown_and_said(stage: Stage) -> None:
    stage.receives(**LATE, rating={"value": 3, "scale": 5})
    assert answered(stage.receives(**LATE, rating={"value": 1, "scale": 5})) == (200, 1)
    assert "rated 1 of 5" in plain(stage.card())
    assert "changed the rating from 3 of 5 to 1 of 5" in stage.in_thread(kind="note")[-1]


def test_better_rating_later_is_no_new_complaint(stage: Stage) -> None:
    stage.receives(**LATE, rating={"value": 1, "scale": 5})
    waiting_since = stage.case().waiting_since
    stage.jump(timedelta(minutes=5))
    stage.receives(**LATE, rating={"value": 4, "scale": 5})
    assert "changed the rating from 1 of 5 to 4 of 5" in stage.in_thread(kind="note")[-1]
    assert "rated 4 of 5" in plain(stage.card())
    assert stage.case().waiting_since == waiting_since


def test_comment_that_follows_rating_joins_it(stage: Stage) -> None:
    stage.receives(external_id="f-1", comment=None, rating={"value": 1, "scale": 5})
    stage.receives(**LATE)
    assert "My order never arrived." in plain(stage.card())
    assert stage.case().feedback[0].rating == Rating(1, 5)
    assert len(stage.case().feedback) == 1
    assert "wrote again" in stage.in_thread(kind="note")[-1]


def test_harmless_feedback_that_turns_bad_opens_case(stage: Stage) -> None:
    assert answered(stage.receives(external_id="f-1", comment="Lovely, thank you!")) == (202, None)
    assert answered(stage.receives(**LATE)) == (201, 1)


# The same customer once more


def test_second_complaint_joins_and_raises_severity(stage: Stage) -> None:
    stage.receives(**LATE)
    assert answered(stage.receives(**AGAIN)) == (200, 1)
    assert stage.case().severity.at_least(Severity.HIGH) is stage.case().severity
    assert len(stage.case().feedback) == 2
    assert "It still has not arrived!" in stage.in_thread(kind="note")[-1]
    assert len(stage.practice.messages("card")) == 1


@pytest.mark.parametrize("same", [{"phone": "+49 30 901820"}, {"id": "c-9"}])
def test_phone_or_customer_id_tells_the_same(stage: Stage, same: dict[str, str]) -> None:
    stage.receives(**LATE | {"customer": same})
    assert answered(stage.receives(**AGAIN | {"customer": same})) == (200, 1)


def test_complaint_after_closing_links_earlier_cases(stage: Stage) -> None:
    stage.receives(**LATE)
    stage.person("ana").command("/case", "dismiss 1")
    assert answered(stage.receives(**AGAIN)) == (201, 2)
    assert "earlier case #1" in plain(stage.card(2))
    assert stage.case(1).status is Status.CLOSED


def test_wish_voiced_later_holds_the_draft_too(stage: Stage) -> None:
    stage.receives(**LATE)
    stage.receives(**THANKS, contact_ok=False)
    assert "Asked not to be contacted" in plain(stage.card())
    assert "the draft is held back" in plain(stage.draft())


def test_kind_word_joins_an_open_case_quietly(stage: Stage) -> None:
    stage.receives(**LATE)
    before = stage.case()
    assert answered(stage.receives(**THANKS)) == (200, 1)
    after = stage.case()
    assert (after.severity, after.status, after.waiting_since) == (before.severity, before.status, before.waiting_since)
    assert "reads kindly" in stage.in_thread(kind="note")[-1]


def test_kind_word_alone_is_recorded_without_card(stage: Stage) -> None:
    assert answered(stage.receives(**THANKS)) == (202, None)
    assert stage.practice.messages() == []


# When in doubt, and when it is better not to call


def test_doubtful_case_is_dismissed_by_one_click(stage: Stage) -> None:
    stage.receives(external_id="f-1", comment=None, rating={"value": 3, "scale": 5})
    assert "Not sure this is a complaint" in plain(stage.card())
    assert buttons(stage.card()) == ["claim", "dismiss", "more"]
    stage.person("ana").click(stage.card(), "dismiss")
    assert stage.case().outcome is Outcome.NOT_A_COMPLAINT


@pytest.mark.parametrize("words", [{"contact_ok": False}, {"comment": "Soup was cold. Do not call me."}])
def test_wish_for_no_contact_holds_the_draft(stage: Stage, words: dict[str, Any]) -> None:
    stage.receives(**LATE | words)
    assert "Asked not to be contacted" in plain(stage.card())
    assert "there is no draft yet" in plain(stage.draft())
    ana = stage.person("ana")
    ana.click(stage.draft(), "draft")
    assert ana.submit({"text": "He left a child's toy with us"}) == {}
    assert stage.case().contact_decision == "He left a child's toy with us"
    assert "⟨" in plain(stage.draft())


# Nasty words


NASTY = {
    "a whole novel": "Cold soup! " * 1818 + "Really",  # 20,000 characters and four
    "text turned round": "Cold soup \u202egnp.exe\u202c never again",
    "a call to everybody": "Cold soup <!channel> <!here> @everyone <@UANA00001>",
    "backticks and stars": "Cold `soup` ```rm -rf``` *bold* _it_ ~no~ > quote",
    "a link that hides": "Cold soup <https://evil.example|your bank> never again",
    "null bytes": "Cold soup\x00\x00 never again",
}


@pytest.mark.parametrize("name", NASTY)
def test_nasty_words_are_harmless_and_kept_whole(stage: Stage, name: str) -> None:
    nasty = NASTY[name]
    assert answered(stage.receives(comment=nasty, rating={"value": 1, "scale": 5})) == (201, 1)
    assert stage.case().feedback[0].comment == nasty.replace("\x00", "")
    for message in stage.practice.messages():
        parsed = json.dumps([b for b in message.blocks if b["type"] != "rich_text"]) + message.text
        assert not [mark for mark in ("<!channel>", "<!here>", "<@UANA00001>", "<https://evil") if mark in parsed]
        assert not [char for char in "\x00\u202e" if char in plain(message)]
        assert len(plain(message)) < 4000
    assert "Cold" in plain(stage.card())


# What is refused, through the whole edge


def posted(stage: Stage, path: str, body: bytes, **changes: str) -> httpx2.Response:
    headers = stage.practice.intake.signed(body, "msg_1") | {k.replace("_", "-"): v for k, v in changes.items()}
    with TestClient(Application(stage.bot.edge)) as client:
        return client.post(path, headers=headers, content=body)


def feedback(**data: Any) -> bytes:
    return json.dumps({"type": "feedback.created", "timestamp": "2026-01-05T10:00:00Z", "data": data}).encode()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (feedback(external_id="f-1"), "comment"),
        (feedback(external_id="f-1", rating={"value": "many", "scale": 5}), "rating"),
        (feedback(external_id="f-1", rating={"value": 7, "scale": 5}, occasion_at="soon"), "occasion_at"),
        (b"Cold soup", "body"),
    ],
)
def test_body_nobody_can_read_reaches_the_lead_once(stage: Stage, body: bytes, field: str) -> None:
    answers = [posted(stage, "/intake/generic", body), posted(stage, "/intake/generic", body + b" ")]
    assert [(answer.status_code, answer.json()["feedback"]) for answer in answers] == [(202, None)] * 2
    assert any(field in told.partition(":")[0] for told in answers[0].json()["ignored"])
    stage.settle()
    (notice,) = stage.practice.messages()
    assert (field in notice.text, "[sources.generic]" in notice.text) == (True, True)


def test_good_feedback_through_the_edge_opens_case(stage: Stage) -> None:
    answer = posted(stage, "/intake/generic", feedback(**LATE))
    assert (answer.status_code, answer.json()["case"]) == (201, 1)


def test_wrong_signature_is_turned_away_at_once(stage: Stage) -> None:
    assert posted(stage, "/intake/generic", feedback(**LATE), webhook_signature="v1,bm8=").status_code == 401


def test_source_nobody_knows_is_not_found(stage: Stage) -> None:
    assert posted(stage, "/intake/carrier-pigeon", feedback(**LATE)).status_code == 404


def test_body_over_a_mebibyte_is_too_large(stage: Stage) -> None:
    assert posted(stage, "/intake/generic", b" " * (LARGEST + 1)).status_code == 413


def test_refused_feedback_leaves_no_trace_behind(stage: Stage) -> None:
    posted(stage, "/intake/generic", feedback(**LATE), webhook_signature="v1,bm8=")
    stage.settle()
    assert stage.practice.messages() == []
