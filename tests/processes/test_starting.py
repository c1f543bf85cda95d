"""How a process starts, or says in one message why it does not."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from store.engine import connect
from store.schema import REVISION
from tests.processes.harness import House, about, until

REFUSED = 2  # the exit code for what a person must mend


@pytest.mark.long  # tests/test_bot.py says the same within its own process
def test_all_missing_settings_are_named_together(house: House) -> None:
    bot = house.starts("run", SLACK_BOT_TOKEN=None, SLACK_SIGNING_SECRET=None, SLACK_CHANNEL=None, PORT="many")
    assert bot.ended() == REFUSED
    assert bot.said.count("Amends cannot start") == 1
    for name in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CHANNEL", "PORT"):
        assert name in bot.said
    assert "Traceback" not in bot.said


@pytest.mark.long  # tests/test_bot.py says the same within its own process
def test_misspelt_policy_key_is_refused_by_name(house: House) -> None:
    Path(house.environment["POLICY_FILE"]).write_text('[clocks.normal]\nclame = "15m"\n')
    bot = house.starts("worker")
    assert bot.ended() == REFUSED
    assert "clocks.normal.clame: there is no such setting" in bot.said


@pytest.mark.long  # tests/test_bot.py says the same within its own process
def test_port_in_use_is_one_sentence(house: House) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", house.port))
        taken.listen()
        bot = house.starts("run")
        assert bot.ended() == REFUSED
    assert "ddress already in use" in bot.said
    assert len(bot.said.strip().splitlines()) == 1


@pytest.mark.long
def test_second_process_on_port_touches_nothing(house: House) -> None:
    house.runs("web")
    house.receives("order-1")
    assert house.starts("run").ended() == REFUSED
    assert house.practice.faults.count("chat.postMessage") == 0


def test_empty_database_is_filled_at_start(bare_house: House) -> None:
    bare_house.runs()
    assert bare_house.receives("order-1").status == 201


@pytest.mark.long
def test_migrated_database_is_run_on(bare_house: House) -> None:
    migration = bare_house.starts("migrate")
    assert migration.ended() == 0
    assert f"at revision {REVISION}, from empty" in migration.said
    again = bare_house.starts("migrate")
    assert again.ended() == 0
    assert f"at revision {REVISION} already" in again.said
    bare_house.runs()
    assert bare_house.receives("order-1").status == 201


@pytest.mark.long
def test_database_of_newer_amends_is_refused(house: House) -> None:
    engine = connect(house.database_url)
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    engine.dispose()
    for role in ("run", "worker", "migrate"):
        bot = house.starts(role)
        assert bot.ended() == REFUSED
        assert "newer than this Amends" in bot.said
        assert "Traceback" not in bot.said


@pytest.mark.long
def test_two_processes_start_on_empty_file_together(bare_house: House) -> None:
    web, worker = bare_house.starts("web"), bare_house.starts("worker")
    web.ready()
    worker.ready()
    assert bare_house.receives("order-1").status == 201
    assert about(bare_house.card())["case"] == 1


@pytest.mark.long  # every other test of this room asks a process as soon as it is ready
def test_ready_process_answers_at_once(house: House) -> None:
    house.runs("web")
    assert house.get("/healthz") == 200
    assert house.get("/readyz") == 200
    assert house.get("/intake/generic") == 200


def test_bot_starts_while_slack_is_away(house: House) -> None:
    house.practice.faults.away()
    house.environment["SLACK_CHANNEL"] = "care"  # a name, which only Slack can turn into an id
    house.runs()
    assert house.receives("order-1").status == 201
    house.practice.faults.back()
    card = until(house.cards, what="the card")[0]
    assert house.person("ana").click(card, "claim").ok
    house.card_says("has it")
