"""Other programs tell of contacts: a telephone system, a help desk or a script, with a secret, by one address."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest

from cases.model import Grade, Sign, Status, Way
from handlers.http.answer import Answer
from handlers.sources.signatures import STANDARD
from sandbox.people.reading import plain
from store import cases, timeline
from store.erasing import erase
from tests.stories.stage import Stage, payload

SECRET = "whsec_" + base64.b64encode(b"the secret of the telephone system").decode()
TOKEN = {"authorization": f"Bearer {SECRET}"}
REACHED = {"outcome": "reached", "how": "phone", "by": "Ana", "reference": "call-881"}
WHY_CLOSED = "Case 1 is closed: this stands in its history, and changed nothing else."
Tell = Callable[..., Answer]


@pytest.fixture
def tell(stage: Stage) -> Tell:
    """Posts evidence with the token; the answer comes back once all that it calls for is done."""
    stage.restart(secrets={**stage.settings.secrets, "evidence": SECRET})
    stage.receives(
        customer={"name": "Dora Quint", "email": "dora@example.org", "phone": "+49 30 5550123"}, order_ref="88-12"
    )

    def told(headers: dict[str, str] = TOKEN, body: bytes | None = None, **report: Any) -> Answer:
        answer = stage.bot.edge.evidence.take(headers, json.dumps(report).encode() if body is None else body)
        stage.settle()
        return answer

    return told


def content(answer: Answer) -> dict[str, Any]:
    read = json.loads(answer.body)
    assert isinstance(read, dict)
    return read


@pytest.mark.parametrize(
    "who",
    [
        {"case": 1},
        {"case": "#12x", "email": "DORA@example.org "},
        {"case": " #1 "},
        {"case": 1.0},
        {"phone": "0049 30 5550123"},
        {"order_ref": "88-12"},
        {"case": "", "email": "", "order_ref": "#88-12", "words": ""},
    ],
)
def test_call_that_was_seen_is_contact(stage: Stage, tell: Tell, who: dict[str, Any]) -> None:
    at = stage.now - timedelta(seconds=0)
    answer = tell(**REACHED, **who, at=at.isoformat())
    assert (answer.status, content(answer)["case"], content(answer)["evidence"]) == (200, 1, "seen")
    case = stage.case()
    assert (case.status, case.owner, case.contacted_at, case.contacted_how) == (Status.CONTACTED, None, at, Way.PHONE)
    assert "The telephone system saw a call" in plain(stage.card())
    assert "(call-881)" in plain(stage.card())
    assert payload(stage.card())["evidence"] == "seen"
    assert "(Ana, call-881)" in stage.in_thread(kind="note")[-1]


def test_form_fields_are_taken_like_json(stage: Stage, tell: Tell) -> None:
    form = urlencode({"case": "1", "outcome": " Reached ", "how": "e-mail", "at": "", "by": ""}).encode()
    answer = tell({**TOKEN, "content-type": "application/x-www-form-urlencoded; charset=utf-8"}, form)
    assert (answer.status, stage.case().contacted_how) == (200, Way.EMAIL)


@pytest.mark.parametrize("headers", [{"content-type": "multipart/form-data; boundary=xX"}, {}])
def test_multipart_form_is_taken_like_any_other(stage: Stage, tell: Tell, headers: dict[str, str]) -> None:
    fields = {"case": "1", "outcome": "reached", "how": "phone", "words": "Sie ist froh, für heute"}
    parts = [
        f'--xX\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{said}\r\n' for name, said in fields.items()
    ]
    answer = tell({**TOKEN, **headers}, "".join([*parts, "--xX--\r\n"]).encode())
    assert (answer.status, content(answer)["evidence"]) == (200, "seen")
    assert "Sie ist froh, für heute" in " ".join(stage.in_thread(kind="note"))


def test_json_that_curl_calls_a_form_is_json(stage: Stage, tell: Tell) -> None:
    body = json.dumps([{"case": 1, **REACHED}]).encode()
    assert tell({**TOKEN, "content-type": "application/x-www-form-urlencoded"}, body).status == 200
    assert stage.case().status is Status.CONTACTED


ORDERED = {"outcome": "ordered", "email": "dora@example.org", "order_ref": "99-40", "reference": "order-99-40"}


def test_new_order_after_contact_asks_its_owner_once(stage: Stage, tell: Tell) -> None:
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    assert tell(**ORDERED).status == 200
    assert "The customer has ordered again" in stage.in_thread(kind="note")[-1]
    (asked,) = stage.nudges("ana")
    assert "Dora Quint has ordered again. Did it end well?" in plain(asked)
    assert (tell(**ORDERED).status, tell(**{**ORDERED, "reference": "order-99-41"}).status) == (200, 200)
    assert len(stage.nudges()) == 1
    ana.click(asked, "close")
    outcome = next(block for block in ana.modal().view["blocks"] if block.get("block_id") == "outcome")
    assert outcome["element"]["initial_option"]["value"] == "won_back ordered"
    assert ana.submit({"outcome": "won_back ordered"}) == {}
    assert "Closed: won back (they ordered again)" in plain(stage.card())


def test_order_proves_later_that_they_were_won_back(stage: Stage, tell: Tell) -> None:
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "close 1 won back")
    before = (stage.now - timedelta(seconds=1)).isoformat()
    assert (tell(**{**ORDERED, "reference": "order-0"}, case=1, at=before).status, stage.case().sign) == (
        202,
        Sign.OUR_WORD,
    )
    answer = tell(**ORDERED)
    assert (answer.status, content(answer)["case"], stage.case().sign) == (202, 1, Sign.ORDERED)
    assert "won back by this order" in content(answer)["why"]
    assert "Closed: won back (they ordered again)" in plain(stage.card())
    assert stage.history()[-1] == "ordered"
    ana.command("/case", "reopen 1 cold again")
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "close 1 lost")
    assert (tell(**{**ORDERED, "reference": "order-2"}).status, stage.case().sign) == (202, None)


@pytest.mark.parametrize("told", [{"outcome": "ordered"}, {"outcome": "order"}, {"outcome": "reached", "how": "order"}])
def test_new_order_is_no_contact_however_it_is_told(stage: Stage, tell: Tell, told: dict[str, str]) -> None:
    answer = tell(case=1, **told)
    assert (answer.status, content(answer)["evidence"], stage.case().status) == (200, None, Status.UNCLAIMED)
    assert "ordered" in stage.history()


@pytest.mark.parametrize(
    ("report", "case"),
    [
        ({**ORDERED, "order_ref": "#88-12"}, 1),  # a shop tells of every step of the order that went wrong
        ({"outcome": "ordered", "order_ref": "88-12"}, None),  # an order's number names no customer
        ({**ORDERED, "email": "nobody@example.org"}, None),
    ],
)
def test_order_that_tells_of_no_return_changes_nothing(
    stage: Stage, tell: Tell, report: dict[str, str], case: int | None
) -> None:
    answer = tell(**report)
    assert (answer.status, content(answer)["case"], stage.case().ordered_at) == (202, case, None)


def test_one_reference_is_taken_once(stage: Stage, tell: Tell) -> None:
    first = tell(case=1, **{**REACHED, "outcome": "tried"})
    again = tell(case=1, **{**REACHED, "outcome": "tried"})
    assert (first.status, again.status, content(again)) == (200, 200, {"case": 1, "evidence": None})
    assert len(stage.case().tries) == 1
    assert stage.history().count("seen_trying") == 1


def test_one_reference_at_once_is_taken_once(stage: Stage, tell: Tell) -> None:
    body = json.dumps({"case": 1, "outcome": "tried", "how": "phone", "reference": "call-5"}).encode()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: stage.bot.edge.evidence.take(TOKEN, body), range(8)))
    assert {answer.status for answer in answers} == {200}
    assert len(stage.case().tries) == 1


@pytest.mark.long
def test_attempt_runs_the_clock_on(stage: Stage, tell: Tell) -> None:
    answer = tell(case=1, outcome="tried", how="phone", words="Rang six times")
    assert content(answer) == {"case": 1, "evidence": None}
    assert (stage.case().status, [each.way for each in stage.case().tries]) == (Status.UNCLAIMED, [Way.PHONE])
    assert "Rang six times" in stage.in_thread(kind="note")[-1]
    stage.pass_time(hours=1)
    assert stage.nudges()


@pytest.mark.long
def test_letter_that_bounced_starts_the_clock_again(stage: Stage, tell: Tell) -> None:
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 email I wrote and apologised")
    stage.pass_time(minutes=50)
    tell(email="dora@example.org", outcome="bounced", how="email", words="550 no such user")
    case = stage.case()
    assert (case.status, case.owner, case.evidence, case.heard_at) == (Status.CLAIMED, ana.id, None, stage.now)
    assert "came back" in " ".join(stage.in_thread(kind="note"))
    stage.pass_time(hours=2)
    assert stage.nudges("ana")


@pytest.mark.long
def test_bounce_takes_nothing_from_a_call(stage: Stage, tell: Tell) -> None:
    stage.person("ana").command("/case", "contacted 1 phone she was glad")
    tell(case=1, outcome="bounced", how="email")
    assert (stage.case().status, stage.case().evidence) == (Status.CONTACTED, Grade.TOLD)


@pytest.mark.long
def test_number_that_two_customers_share_stops_nobodys_clock(stage: Stage, tell: Tell) -> None:
    """Who of them was called nobody can know."""
    stage.receives(
        external_id="f-2",
        comment="My daughter had to go to hospital after eating it.",
        customer={"name": "Kim Doe", "email": "kim@example.org", "phone": "+49 30 5550123"},
    )
    answer = tell(phone="+49 30 5550123", **REACHED)
    assert (answer.status, content(answer)["case"]) == (202, None)
    assert [stage.case(number).evidence for number in (1, 2)] == [None, None]
    assert content(tell(email="kim@example.org", **REACHED))["case"] == 2


def test_call_from_before_the_complaint_is_none_about_it(stage: Stage, tell: Tell) -> None:
    """A call log that is sent whole closes no complaint."""
    before = (stage.case().waiting_since - timedelta(hours=2)).isoformat()
    answer = tell(phone="+49 30 5550123", at=before, **REACHED)
    assert (answer.status, stage.case().evidence) == (202, None)


@pytest.mark.parametrize(
    ("report", "ignored"),
    [
        ({"at": "2030-01-01T00:00:00Z"}, "at: is still to come"),
        ({"at": "2020-01-01T00:00:00Z"}, "at: is from before the customer spoke"),
        ({"at": "yesterday-ish"}, "at: must be a date and time"),
        ({"how": "pigeon"}, "how: “pigeon” is taken as other"),
        ({"by": ["Ana"]}, "by: must be text"),
    ],
)
def test_what_cannot_be_read_is_left_out_by_name(
    stage: Stage, tell: Tell, report: dict[str, Any], ignored: str
) -> None:
    answer = tell(**{"case": 1, "outcome": "reached", **report})
    assert answer.status == 200
    assert ignored in content(answer)["ignored"][0]
    assert (stage.case().status, stage.case().contacted_at) == (Status.CONTACTED, stage.now)


@pytest.mark.parametrize(
    ("who", "case", "why"),
    [({"case": 99}, None, "No open case"), ({"email": "x@example.org"}, None, "No open"), ({}, None, "names no case")],
)
def test_no_open_case_is_said_and_changes_nothing(
    stage: Stage, tell: Tell, who: dict[str, Any], case: int | None, why: str
) -> None:
    answer = tell(**REACHED, **who)
    assert (answer.status, content(answer)["case"]) == (202, case)
    assert why in content(answer)["why"]
    assert stage.history() == ["opened"]


def test_closed_case_is_said_to_be_closed(stage: Stage, tell: Tell) -> None:
    stage.person("ana").command("/case", "dismiss 1")
    answer = tell(case=1, **REACHED)
    assert (answer.status, content(answer)["why"]) == (202, WHY_CLOSED)
    assert "saw a contact by phone" in plain(stage.person("ana").command("/case", "show 1"))


@pytest.mark.parametrize(
    "body", [b"", b"[1, 2]", b'"reached"', b"{", b'{"case": 1}', b'{"case": 1, "outcome": "maybe"}']
)
def test_body_without_an_outcome_is_refused_in_words(stage: Stage, tell: Tell, body: bytes) -> None:
    answer = tell(TOKEN, body)
    assert answer.status == 400
    assert content(answer)["faults"][0]["message"]
    assert stage.history() == ["opened"]


def test_only_who_has_the_secret_may_tell(stage: Stage, tell: Tell) -> None:
    body = json.dumps({"case": 1, **REACHED}).encode()
    door = stage.bot.edge.evidence
    for headers in ({}, {"authorization": "Bearer whsec_x"}, {"authorization": f"Basic {SECRET}"}):
        assert door.take(headers, body).status == 401
    assert door.take({}, body, "whsec_x").status == 401
    signed = STANDARD.sign(body, SECRET, datetime.now(UTC))
    assert door.take(signed, body + b" ").status == 401
    assert stage.case().status is Status.UNCLAIMED
    assert door.take(signed, body).status == 200
    assert door.take({}, body, SECRET).status == 200


def test_door_without_a_secret_is_closed_for_now(stage: Stage) -> None:
    answer = stage.bot.edge.evidence.take(TOKEN, b"{}")
    assert (answer.status, answer.headers["retry-after"]) == (503, "5")
    assert "EVIDENCE_SECRET" in content(answer)["error"]


def test_what_a_program_named_is_erased_with_the_customer(stage: Stage, tell: Tell) -> None:
    tell(case=1, **{**REACHED, "reference": "+49 30 5550123 at 9", "words": "Dora was glad"})
    row = stage.world.store.read(lambda tx: cases.load(tx, 1))
    assert row is not None
    assert row.evidence_from == "+49 30 5550123 at 9"
    stage.world.store.write(lambda tx: erase(tx, {1}, stage.now))
    stage.settle()
    kept = json.dumps([dict(each.facts) for each in stage.world.store.read(lambda tx: timeline.history(tx, 1))])
    assert (stage.case().evidence, stage.case().evidence_from) == (Grade.SEEN, None)
    assert "5550123" not in kept + " ".join(stage.in_thread()) + plain(stage.card())
    assert "Dora was glad" not in kept


def test_machine_that_answered_is_an_attempt_whoever_says_reached(stage: Stage, tell: Tell) -> None:
    assert content(tell(case=1, words="voicemail, no answer", **REACHED)) == {"case": 1, "evidence": None}
    assert len(stage.case().tries) == 1
