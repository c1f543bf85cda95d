"""Two years after a case was closed its card says that the customer's words are gone, and the figures are what they were."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from handlers.retention import retire
from sandbox.demo import cast
from store.erasing import ERASED
from tests.stories.stage import Stage, policy
from tests.stories.test_forgetting import CUSTOMER, complains, found_in, in_database, in_slack


def nights(stage: Stage, **length: float) -> None:
    """So much time passes at once, and then a night in which all is done that is to be done."""
    stage.jump(timedelta(**length))
    while retire(stage.world):
        stage.settle()
    stage.settle()


@pytest.fixture
def closed(stage: Stage) -> Stage:
    """A case from arrival to end, with a draft, notes and a private answer about it."""
    complains(stage, order_ref="xylophone-order")
    ana = stage.person("ana")
    ana.click(stage.card(), "claim")
    ana.command("/case", "note 1 Quirina likes kumquat jam")
    ana.command("/case", "show 1")
    ana.command("/case", "contacted 1 by phone glad of the kumquat idea")
    ana.command("/case", "close 1 won back")
    return stage


@pytest.mark.long
def test_closed_case_loses_its_words_after_two_years(closed: Stage) -> None:
    nights(closed, days=729)
    assert set(found_in(in_database(closed))) >= {"quirina", "trifle"}
    nights(closed, days=2)
    assert found_in(in_database(closed)) == []
    assert found_in(in_slack(closed)) == []
    assert "Closed: won back" in json.dumps(closed.card().blocks)


def test_card_of_a_mere_rating_says_so_too(stage: Stage) -> None:
    stage.receives(customer=CUSTOMER, comment=None, rating={"value": 1, "scale": 5})
    stage.person("ana").command("/case", "dismiss 1")
    nights(stage, days=740)
    stage.person("ana").command("/case", "reopen 1")
    assert ERASED in json.dumps(stage.card().blocks)


@pytest.mark.long
def test_open_case_keeps_its_words_however_old(stage: Stage) -> None:
    complains(stage)
    nights(stage, days=800)
    assert {"quirina", "trifle"} <= set(found_in(in_database(stage)))


def test_what_was_harmless_is_gone_after_a_month(stage: Stage) -> None:
    stage.receives(customer=CUSTOMER, comment="Lovely zither!", rating={"value": 5, "scale": 5})
    nights(stage, days=29)
    assert "zither" in in_database(stage)
    nights(stage, days=2)
    assert found_in(in_database(stage)) == []


@pytest.mark.long
def test_private_answer_is_gone_after_a_week_and_the_case_is_not(closed: Stage) -> None:
    closed.person("ana").command("/case", "list")
    nights(closed, days=8)
    assert "kumquat" in in_database(closed)
    with closed.world.store.engine.connect() as connection:
        kinds = connection.exec_driver_sql("SELECT kind FROM messages ORDER BY id").scalars().all()
    assert {"card", "draft", "note"} <= set(kinds)
    assert not {"answer", "contact"} & set(kinds[:-1])  # the newest of all stays for its number


@pytest.mark.long
def test_team_that_wants_words_for_a_month_has_them_for_a_month(closed: Stage) -> None:
    closed.restart(policy=policy(privacy={"keep_words": "30d"}))
    nights(closed, days=31)
    assert found_in(in_database(closed)) == []


def test_metrics_and_log_tell_what_went(closed: Stage, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    nights(closed, days=740)
    assert "retention: erased tonight: 1 closed case, " in caplog.text
    page = closed.bot.edge.measures().body.decode()
    assert 'amends_retention_erased{what="cases"} 1.0' in page
    assert found_in(caplog.text.casefold()) == []


@pytest.mark.long
def test_erased_case_can_still_be_shown_and_opened_again(closed: Stage) -> None:
    nights(closed, days=740)
    ana = closed.person("ana")
    ana.command("/case", "show 1")
    assert found_in(ana.sees()[-1].casefold()) == []
    ana.command("/case", "reopen 1")
    assert closed.case().owner in (None, cast.ANA)
    closed.pass_time(hours=2)


@pytest.mark.long
def test_details_in_a_direct_message_go_with_the_case(stage: Stage) -> None:
    """What was told in a direct conversation stands there for good, unless it is edited."""
    complains(stage)
    ana = stage.person("ana")
    ana.say("@amends", "claim 1")
    assert CUSTOMER["email"] in in_direct(stage)
    ana.command("/case", "contacted 1 by phone")
    ana.command("/case", "close 1 won back")
    nights(stage, days=30)
    assert CUSTOMER["email"] in in_direct(stage)
    nights(stage, days=702)
    assert CUSTOMER["email"] not in in_direct(stage)


def in_direct(stage: Stage) -> str:
    return json.dumps([m.blocks for m in stage.practice.dms("ana")])
