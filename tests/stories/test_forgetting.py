"""A customer who wants to be forgotten is: in every table, in the file itself, and in what stands in Slack."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from cases.messages import intents
from cases.messages.kinds import Kind
from cases.model import Status
from sandbox.demo import cast
from store import cases, drafts, facts, forgetting
from store import tables as t
from store.forgetting import Receipt, SeveralPeople, receipts, traces_of
from tests.stories.stage import Stage

EMAIL = "quirina.zabel@example.org"
CUSTOMER = {"name": "Quirina Zabel", "email": EMAIL, "phone": "+49 30 5550199", "id": "cust-4711"}
COMPLAINT = "The trifle collapsed and nobody answered my zither call."
WORDS = ("quirina", "zabel", "5550199", "cust-4711", "trifle", "zither", "xylophone", "kumquat")


def complains(stage: Stage, external_id: str = "f-1", customer: Any = None, **data: Any) -> int:
    """The customer complains; the case's number comes back."""
    told = stage.receives(
        **{
            "external_id": external_id,
            "customer": customer or CUSTOMER,
            "comment": COMPLAINT,
            "rating": {"value": 1, "scale": 5},
        }
        | data
    )
    return int(told.content()["case"])


@pytest.fixture
def life(stage: Stage) -> Stage:
    """A case with all that can gather around one, and another customer's beside it."""
    number = complains(stage, order_ref="xylophone-order", occasion="birthday", occasion_at="2026-01-07")
    ana = stage.person("ana")
    ana.click(stage.card(number), "claim")
    ana.command("/case", f"note {number} Quirina likes kumquat jam")
    ana.say(stage.card(number), "I spoke to Ms Zabel about the trifle")
    ana.command("/case", f"contacted {number} by phone Quirina was glad of the kumquat idea")
    ana.command("/case", f"show {number}")
    complains(stage, "f-2", comment="And the zither again!")
    ana.command("/case", f"contacted {number} by phone")
    ana.command("/case", f"close {number} won back")
    other = complains(stage, "f-3", {"name": "Ben Other", "email": "other@example.org"}, comment="Never arrived.")
    assert other != number
    stage.pass_time(hours=2, step=timedelta(minutes=20))
    return stage


def forget(stage: Stage, who: str = EMAIL) -> Receipt | None:
    found = forgetting.forget(stage.world.store, who, stage.now)
    stage.settle()
    return found


def in_database(stage: Stage) -> str:
    """Everything every table holds, as text."""
    with stage.world.store.engine.connect() as connection:
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars().all()
        rows = [connection.exec_driver_sql(f'SELECT * FROM "{table}"').all() for table in tables]
    return str(rows).casefold()


def in_slack(stage: Stage) -> str:
    """What the bot says to everybody, and on Home."""
    said = [(m.text, m.blocks) for m in stage.practice.messages() if m.user == cast.BOT_USER]
    homes = [stage.practice.home(name) for name in ("ana", "ben", "lea")]
    return json.dumps([said, [home.view for home in homes if home]], ensure_ascii=False).casefold()


def found_in(text: str) -> list[str]:
    return [word for word in WORDS if word in text]


@pytest.mark.long
def test_before_forgetting_the_customer_is_everywhere(life: Stage) -> None:
    assert found_in(in_database(life)) == list(WORDS)
    assert {"quirina", "kumquat", "zither"} <= set(found_in(in_slack(life)))


def test_nothing_of_the_customer_stays_in_any_table(life: Stage) -> None:
    found = forget(life)
    assert found
    assert (found.feedback, found.cases) == (2, 1)
    assert found_in(in_database(life)) == []


@pytest.mark.long
def test_not_a_byte_stays_in_the_file(life: Stage) -> None:
    forget(life)
    database = Path(life.settings.database_url.removeprefix("sqlite:///"))
    content = b"".join(path.read_bytes() for path in database.parent.glob(database.name + "*")).lower()
    assert [word for word in WORDS if word.encode() in content] == []


@pytest.mark.long
def test_slack_shows_what_is_left(life: Stage) -> None:
    forget(life)
    assert found_in(in_slack(life)) == []
    assert "A customer" in str(life.card(1).blocks)


@pytest.mark.long
def test_numbers_times_and_outcome_stay_for_statistics(life: Stage) -> None:
    before = life.case(1)
    forget(life)
    after = life.case(1)
    for name in ("status", "severity", "owner", "opened_at", "contacted_at", "contacted_how", "closed_at", "outcome"):
        assert getattr(after, name) == getattr(before, name), name
    assert [given.rating for given in after.feedback] == [given.rating for given in before.feedback]
    assert [reason.code for reason in after.reasons] == [reason.code for reason in before.reasons]


@pytest.mark.long
def test_another_customer_is_left_alone(life: Stage) -> None:
    before, draft = life.case(2), life.world.store.read(lambda tx: drafts.load(tx, 2))
    forget(life)
    assert life.case(2) == before
    assert life.world.store.read(lambda tx: drafts.load(tx, 2)) == draft


@pytest.mark.long
def test_forgetting_twice_finds_nothing_more(life: Stage) -> None:
    forget(life)
    after = in_database(life)
    assert not forget(life)
    assert in_database(life) == after


@pytest.mark.long
def test_stranger_is_not_found_and_nothing_changes(life: Stage) -> None:
    before = in_database(life)
    assert not forget(life, "stranger@example.org")
    assert in_database(life) == before


@pytest.mark.few(3)
@pytest.mark.parametrize(
    "who", [EMAIL.upper(), f"  {EMAIL} ", "+49 30 5550199", "0049305550199", "cust-4711", "f-2", "#1", "case 1"]
)
def test_customer_is_found_by_address_number_id_or_case(life: Stage, who: str) -> None:
    assert forget(life, who)
    assert found_in(in_database(life)) == []


@pytest.mark.long
def test_neighbour_who_shares_a_number_stays(stage: Stage) -> None:
    complains(stage, "f-1", {"name": "Q Zabel", "email": EMAIL, "phone": "+493055501990"})
    stage.person("ana").command("/case", "dismiss 1")
    complains(stage, "f-2", {"name": "B Zabel", "email": "b@example.org", "phone": "+49 30 55501990"})
    found = stage.world.store.read(lambda tx: traces_of(tx, EMAIL))
    assert [(each.initials, each.through, each.cases) for each in found.beside] == [
        ("B. Z.", "the telephone number", frozenset({2}))
    ]
    assert forget(stage)
    assert "b@example.org" in in_database(stage)
    assert stage.case(2).feedback[0].comment == COMPLAINT


def test_what_means_several_people_erases_nobody(stage: Stage) -> None:
    for number, name in enumerate(("Ana Ruiz", "Bob Stone", "Cy Young"), start=1):
        complains(stage, f"f-{number}", {"name": name, "email": f"c{number}@example.org", "id": "till 3"})
    before = in_database(stage)
    with pytest.raises(SeveralPeople):
        forget(stage, "till 3")
    assert in_database(stage) == before
    assert forget(stage, "#2")
    assert [stage.case(number).feedback[0].customer.name for number in (1, 2, 3)] == ["Ana Ruiz", None, "Cy Young"]


def test_customer_of_a_joined_case_is_forgotten_in_both(stage: Stage) -> None:
    """What was said of them in the case that was closed for it goes as well, whichever they are in now."""
    complains(stage, "f-1", {"name": "Ana Ruiz", "email": "ana@example.org"}, comment="The driver was rude.")
    complains(stage, "f-2")
    ana = stage.person("ana")
    ana.command("/case", "note 2 Quirina likes kumquat jam")
    ana.command("/case", "join 1 2")
    stage.pass_time(minutes=5)
    assert forget(stage)
    assert found_in(in_database(stage)) == []
    assert found_in(in_slack(stage)) == []
    assert stage.case(1).feedback[0].comment == "The driver was rude."


def test_ids_of_two_sources_are_two_people(stage: Stage) -> None:
    complains(stage, "f-1", {"name": "Ana Ruiz", "id": "77"}, source="delivery-form")
    complains(stage, "f-1", {"name": "Bob Stone", "id": "77"}, source="app-reviews")
    with pytest.raises(SeveralPeople):
        forget(stage, "77")


def test_retry_does_not_bring_the_person_back(stage: Stage) -> None:
    """attacks 15: what was delivered before, byte for byte or under another id of the delivery, is known and dropped."""
    told = {"external_id": "f-1", "customer": CUSTOMER, "comment": COMPLAINT}
    sent = {"type": "feedback.created", "timestamp": stage.now.isoformat(), "data": told}
    stage.practice.intake.send(sent, "msg_1", None)
    stage.pass_time(minutes=1)
    forget(stage)
    for message_id in ("msg_1", "msg_2"):
        answer = stage.practice.intake.send(sent, message_id, None)
        stage.settle()
        assert (answer.status, answer.content()["case"]) == (200, 1)
    assert found_in(in_database(stage)) == []
    stage.pass_time(minutes=1)
    assert complains(stage, comment="And now the trifle again!") == 2
    assert stage.case(1).feedback[0].customer.name is None


def test_id_that_is_an_address_does_not_stay(stage: Stage) -> None:
    """attacks 28."""
    complains(stage, "quirina.zabel@example.org-7")
    forget(stage)
    assert found_in(in_database(stage)) == []


@pytest.mark.long
def test_receipt_tells_that_and_when_and_not_who(life: Stage) -> None:
    given = forget(life)
    assert life.world.store.read(lambda tx: receipts(tx, EMAIL.upper())) == [given]
    assert life.world.store.read(lambda tx: receipts(tx, "other@example.org")) == []


def test_feedback_that_opened_no_case_is_found_too(stage: Stage) -> None:
    told = stage.receives(
        external_id="f-9", customer=CUSTOMER, comment="Lovely zither!", rating={"value": 5, "scale": 5}
    )
    assert told.content()["case"] is None
    found = forget(stage)
    assert found
    assert (found.feedback, found.cases) == (1, 0)
    assert found_in(in_database(stage)) == []


@pytest.mark.long
def test_lessons_stay_without_the_customers_name(stage: Stage) -> None:
    complains(stage)
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    ana.command("/case", "contacted 1 by phone")
    ana.click(stage.card(), "close")
    ana.submit(
        {"outcome": "satisfied", "went_wrong": "Zabel's order had no slot", "learned": "Check slots for QUIRINA early"}
    )
    assert stage.case().status is Status.CLOSED
    forget(stage)
    assert stage.case().learned == "Check slots for the customer early"
    assert stage.case().went_wrong == "The customer's order had no slot"


@pytest.mark.long
def test_case_that_is_open_can_still_be_worked_on(stage: Stage) -> None:
    complains(stage)
    forget(stage)
    stage.person("ana").click(stage.card(), "claim")
    assert stage.case().owner == cast.ANA
    stage.pass_time(hours=2)
    assert found_in(in_slack(stage)) == []


@pytest.mark.long
def test_new_complaint_afterwards_is_a_stranger_s(life: Stage) -> None:
    forget(life)
    again = complains(life, "f-8")
    assert again == 3
    assert life.case(again).earlier == ()


def test_draft_under_way_is_not_written_after_all(stage: Stage) -> None:
    complains(stage)
    stage.world.store.write(lambda tx: drafts.want(tx, 1, stage.now))
    (taken,) = stage.world.store.write(lambda tx: drafts.take_wanted(tx, stage.now, stage.world.policy.delivery.lease))
    forgetting.forget(stage.world.store, EMAIL, stage.now)
    assert taken.reply is not None
    reply = taken.reply
    kept = stage.world.store.write(lambda tx: drafts.write(tx, taken, reply, taken.origin, stage.now))
    assert kept is False


def test_post_of_unknown_fate_loses_its_old_words(stage: Stage) -> None:
    stage.practice.faults.drop_after("chat.postMessage")
    complains(stage)
    forgetting.forget(stage.world.store, EMAIL, stage.now)
    stage.pass_time(minutes=10)
    assert found_in(in_slack(stage)) == []
    assert len(stage.practice.messages("card")) == 1


def test_message_that_nobody_can_read_keeps_nothing(stage: Stage) -> None:
    complains(stage)
    card = t.messages.c.intent == intents.card(1)
    strange = update(t.messages).where(card).values(kind=Kind.NOTE, facts={"say": "gossip", "told": "Quirina"})
    stage.world.store.write(lambda tx: tx.execute(strange))
    forgetting.forget(stage.world.store, EMAIL, stage.now)
    assert stage.world.store.read(lambda tx: tx.scalar(select(t.messages.c.facts).where(card))) == {}


@pytest.mark.long
def test_looking_alone_erases_nothing(life: Stage) -> None:
    before = in_database(life)
    assert life.world.store.read(lambda tx: traces_of(tx, EMAIL)).people[0].cases == {1}
    assert in_database(life) == before


@pytest.mark.long
def test_open_cases_of_others_and_facts_survive(life: Stage) -> None:
    forget(life)
    planned = life.world.store.read(lambda tx: cases.load_many(tx, cases.every_open_number(tx)))
    assert [case.number for case in planned if case.status is not Status.CLOSED] == [2]
    assert life.world.store.read(lambda tx: facts.recall(tx, "installed_at")) is not None
