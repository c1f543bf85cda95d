"""A channel's id changes: whatever was kept under the old one is kept under the new one, on both databases."""

from __future__ import annotations

from sqlalchemy import select

from cases.messages import intents
from cases.messages.intents import Intent
from cases.messages.kinds import Digest
from store import cases, channels, messages, nudges
from store import tables as t
from store.engine import Tx
from tests.store.rows import CARE, NOW, later, opened, owe, post, take, take_one

NEW = "CSHARED01"


def test_cards_and_cases_are_found_under_the_new_id(tx: Tx) -> None:
    case = opened(tx)
    owe(tx, "card:1", case_number=case.number)
    ts = post(tx, take_one(tx))
    channels.renumber(tx, CARE, NEW, NOW)
    moved = cases.load(tx, case.number)
    assert moved is not None
    assert (moved.channel, moved.revision) == (NEW, case.revision + 1)
    assert messages.standing_at(tx, CARE, ts) is None
    assert messages.standing_at(tx, NEW, ts) is not None
    assert (channels.open_in(tx, CARE), channels.open_in(tx, NEW)) == (0, 1)


def test_what_waited_for_the_old_id_is_due_at_once(tx: Tx) -> None:
    owe(tx)
    messages.put_off(tx, take_one(tx), later(hours=1))
    messages.pause(tx, "chat.postMessage", CARE, later(hours=1))
    assert take(tx) == []
    channels.renumber(tx, CARE, NEW, NOW)
    assert take_one(tx).channel == NEW


def test_digest_of_the_day_is_known_by_the_new_id(tx: Tx) -> None:
    day = NOW.date()
    owe(tx, intents.digest(CARE, day), Digest(day=day, but=("CELSE0001", CARE)))
    channels.renumber(tx, CARE, NEW, NOW)
    assert messages.by_intent(tx, intents.digest(NEW, day)) is not None
    assert take_one(tx).facts["but"] == ["CELSE0001", NEW]


def test_digest_that_both_ids_have_had_stays_two(tx: Tx) -> None:
    day = NOW.date()
    owe(tx, intents.digest(CARE, day), Digest(day=day))
    owe(tx, intents.digest(NEW, day), Digest(day=day), channel=NEW)
    channels.renumber(tx, CARE, NEW, NOW)
    kept = tx.scalars(select(t.messages.c.intent).order_by(t.messages.c.id)).all()
    assert kept == [intents.digest(CARE, day), intents.digest(NEW, day)]


def test_former_ids_and_names_lead_to_the_newest(tx: Tx) -> None:
    channels.remember(tx, "care", CARE)
    channels.remember_default(tx, CARE)
    channels.renumber(tx, CARE, NEW, NOW)
    channels.renumber(tx, NEW, "CTHIRD001", NOW)
    assert channels.known_as(tx) == dict.fromkeys(("care", CARE, NEW), "CTHIRD001")
    assert channels.default(tx) == "CTHIRD001"


def test_channel_that_gets_its_old_id_back_leads_nowhere_else(tx: Tx) -> None:
    channels.renumber(tx, CARE, NEW, NOW)
    channels.renumber(tx, NEW, CARE, NOW)
    assert channels.known_as(tx) == {NEW: CARE}


def test_other_channels_stay_as_they_are(tx: Tx) -> None:
    owe(tx, Intent("card:9"), channel="CELSE0001")
    channels.renumber(tx, CARE, NEW, NOW)
    assert take_one(tx).channel == "CELSE0001"
    assert nudges.given(tx, 9) == []


def test_cases_that_come_home_bring_what_is_owed_there(tx: Tx) -> None:
    one, other = opened(tx), opened(tx)
    for case in (one, other):
        owe(tx, intents.card(case.number), case_number=case.number)
    channels.carry_cases(tx, [one.number], CARE, NEW, NOW)
    assert [cases.channel(tx, case.number) for case in (one, other)] == [NEW, CARE]
    assert {owed.case_number: owed.channel for owed in take(tx)} == {one.number: NEW, other.number: CARE}


def test_channel_that_fails_is_told_of_once_until_it_is_used(tx: Tx) -> None:
    assert [channels.begins_unusable(tx, NEW, why) for why in ("left", "left", "archived")] == [True, False, True]
    channels.is_usable(tx, NEW)
    channels.is_usable(tx, CARE)
    assert channels.begins_unusable(tx, NEW, "archived")
