"""The command line as a person and a shell meet it: what is printed where, and with which exit code."""

from __future__ import annotations

import csv
import io
import json
import logging
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot import Bot, cli
from cases.policy.hours import Hours
from cases.policy.page import Policy
from handlers.terminal.settings import Settings
from sandbox.demo import cast
from sandbox.rehearsal import Rehearsal
from sandbox.server import PracticeWorkspace
from tests.elapsing import PATIENCE, until
from tests.stories.conftest import blank, database_url, served, stage, staging
from tests.stories.stage import Stage

__all__ = ["blank", "database_url", "served", "stage", "staging"]

ROOT = Path(__file__).parents[1]
COMMANDS = (
    *("run", "web", "worker", "demo", "migrate", "doctor"),
    *("import", "replay", "export", "forget", "backup", "triage", "digest", "manifest"),
)
SETTINGS = ("SLACK_", "OPENAI_", "INTAKE_", "TYPEFORM_", "DATABASE_", "SMTP_", "POLICY_", "HOST", "PORT")
TABLE = """id,rating,comment,name,email
1,2,Soup cold and an hour late,Ana Ruiz,ana@example.org
2,5,Lovely as always,Ben Roy,ben@example.org
3,purple,,Cleo Hart,cleo@example.org
4,1,The driver was rude and I want a refund,Dora Lim,dora@example.org
"""


@pytest.fixture(autouse=True)
def folder(blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an empty database and no policy, and an environment without settings."""
    for name in [name for name in os.environ if name.startswith(SETTINGS)]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    shutil.copy(blank, tmp_path / "amends.db")
    (tmp_path / "feedback.csv").write_text(TABLE)
    return tmp_path


def amends(*arguments: str, typed: str | None = None, **environment: str) -> Result:
    """Runs a command in this process, in a folder and with settings of the test's own."""
    return CliRunner().invoke(cli, arguments, input=typed, env=environment, catch_exceptions=False)


def process(*arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs a command as a shell does."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(SETTINGS)}
    return subprocess.run(
        [sys.executable, str(ROOT / "bot.py"), *arguments],
        input=typed,
        env=inherited | environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE,
    )


def counts(result: Result) -> dict[str, int]:
    """The figures of an import's report, by the first word behind them."""
    rows = [line.split() for line in result.stdout.splitlines() if line.strip()[:1].isdecimal()]
    return {row[1]: int(row[0]) for row in rows}


# All commands


def test_help_names_every_command_there_is() -> None:
    listed = amends("--help", COLUMNS="200").stdout
    assert [name for name in COMMANDS if f" {name} " not in listed] == []


@pytest.mark.few(2)
@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_when_asked(command: str) -> None:
    result = amends(command, "--help")
    assert result.exit_code == 0
    assert "Usage:" in result.stdout


@pytest.mark.parametrize("command", [(), ("run",), ("web",), ("worker",)])
def test_starting_without_settings_names_all_of_them(command: tuple[str, ...]) -> None:
    result = amends(*command)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert [n for n in ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CHANNEL") if n not in result.stderr] == []


@pytest.mark.long
def test_shell_sees_the_same_faults_and_code() -> None:
    ended = process("run", SLACK_BOT_TOKEN="xoxp-wrong", PORT="http")
    assert ended.returncode == 2
    assert [name for name in ("SLACK_BOT_TOKEN", "SLACK_CHANNEL", "PORT") if name not in ended.stderr] == []
    assert "Traceback" not in ended.stderr


@pytest.mark.long
def test_migrating_twice_changes_nothing_more(folder: Path) -> None:
    url = f"sqlite:///{folder / 'new.db'}"
    first, second = amends("migrate", DATABASE_URL=url), amends("migrate", DATABASE_URL=url)
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert "from empty" in first.stdout
    assert "already" in second.stdout


# starting


BARE = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_CHANNEL": "care"}


@pytest.mark.long
def test_command_goes_on_with_the_libraries_of_make() -> None:
    """As typed in a shell whose Python knows nothing of them."""
    if not (ROOT / ".venv" / "bin" / "python").exists():
        pytest.skip("there is no .venv here")
    ran = subprocess.run(
        [sys.executable, "-S", ROOT / "bot.py", "manifest"], env=BARE, capture_output=True, text=True, check=True
    )
    assert json.loads(ran.stdout)["display_information"]["name"] == "Amends"


def test_port_that_is_taken_is_named_with_its_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = amends(
            "run", **TOKENS, HOST="127.0.0.1", PORT=str(port), DATABASE_URL=f"sqlite:///{tmp_path / 'a.db'}"
        )
    assert (result.exit_code, f"127.0.0.1:{port} cannot be listened on" in result.stderr) == (2, True)
    assert f"PORT={port + 1}" in result.stderr


@pytest.mark.parametrize("command", [["migrate"], ["digest"], ["export"], ["run"]])
def test_file_that_is_no_database_is_one_good_line(tmp_path: Path, command: list[str]) -> None:
    wrong = tmp_path / "notadb.db"
    wrong.write_text("Dear diary, " * 500)
    result = amends(*command, **TOKENS, HOST="127.0.0.1", PORT="0", DATABASE_URL=f"sqlite:///{wrong}")
    assert result.exit_code == 2
    assert "is no SQLite database: correct DATABASE_URL" in result.stderr.splitlines()[-1]
    assert "Traceback" not in result.output
    assert wrong.read_text().startswith("Dear diary")


# demo


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Bot]]:
    """The bots that a demo would show: none of them begins to work."""
    bots: list[Bot] = []
    level = logging.getLogger().level

    def ends_at_once(rehearsal: Rehearsal, base: str) -> None:
        bots.append(rehearsal.new_bot())  # type: ignore[arg-type]
        bots[-1].stop()
        rehearsal.practice.stop()

    monkeypatch.setattr("bot._demo", ends_at_once)
    monkeypatch.setattr("bot.started_logging", lambda: None)
    yield bots
    logging.getLogger().setLevel(level)


def test_demo_asks_no_model_unless_told_to(shown: list[Bot]) -> None:
    """attacks 18: the demo is not offline."""
    model = {"OPENAI_API_KEY": "sk-1", "OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "OPENAI_MODEL": "small"}
    for more in ([], ["--model"]):
        assert amends("demo", "--port", "0", *more, **model).exit_code == 0
    assert [bot.world.writer is None for bot in shown] == [True, False]
    assert [bot.settings.openai_model for bot in shown][1] == "small"


def test_demo_delivers_while_the_practice_clock_stands_still(shown: list[Bot]) -> None:
    assert amends("demo", "--port", "0").exit_code == 0
    assert shown[0].world.policy.delivery.per_channel == timedelta()


def test_slip_in_policy_is_told_by_the_demo_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy.toml").write_text("[digest]\ncolour = 1\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    told = amends("demo", "--port", "0")
    assert (told.exit_code, "policy.toml, line 2: digest.colour: there is no such setting" in told.output) == (2, True)


@pytest.mark.long
def test_starting_again_brings_the_first_customer_anew(tmp_path: Path) -> None:
    practice = PracticeWorkspace()
    settings = Settings(
        policy=Policy(lead="@lea", delivery={"per_channel": "0s"}),  # type: ignore[arg-type]  # as in the demo: its clock stands
        slack_bot_token=cast.BOT_TOKEN,
        slack_signing_secret=cast.SIGNING_SECRET,
        slack_api_url=f"{practice.start()}/api/",
        slack_channel=cast.CARE,
        secrets={"generic": cast.INTAKE_SECRET},
    )
    rehearsal = Rehearsal(
        practice, lambda file: Bot(replace(settings, database_url=f"sqlite:///{file}"), practice.clock.now), tmp_path
    )

    def cases() -> list[str]:
        return [str(m.metadata["event_payload"]["case"]) for m in practice.messages("card") if m.metadata]

    try:
        for _ in range(2):
            rehearsal.begin()
            until(lambda: cases() == ["1"])
            practice.customers["lost-order"].send()
            until(lambda: cases() == ["1", "2"])
            practice.clock.play(timedelta(days=1))
            assert practice.messages("nudge")
            assert practice.messages("digest")
    finally:
        rehearsal.end()
        practice.stop()


def test_demo_with_a_model_that_is_none_says_so(shown: list[Bot]) -> None:
    result = amends("demo", "--port", "0", "--model")
    assert (result.exit_code, "OPENAI_BASE_URL" in result.stderr, shown) == (2, True, [])


# import


def test_import_reports_what_became_of_each_row() -> None:
    result = amends("import", "feedback.csv")
    assert result.exit_code == 0
    assert counts(result) == {"new": 2, "joined": 0, "told": 0, "known": 0, "recorded": 1, "refused": 1}
    assert "line 4: " in result.stdout
    assert "Importing" not in result.stderr  # nobody watches a bar in a log


def test_import_again_finds_everything_known() -> None:
    amends("import", "feedback.csv")
    result = amends("import", "feedback.csv")
    assert result.exit_code == 0
    assert counts(result) == {"new": 0, "joined": 0, "told": 0, "known": 3, "recorded": 0, "refused": 1}


@pytest.mark.long
def test_import_as_a_process_needs_no_tokens(folder: Path) -> None:
    ended = process("import", "feedback.csv", DATABASE_URL=f"sqlite:///{folder / 'other.db'}")
    assert (ended.returncode, ended.stderr) == (0, "")
    assert "2  new cases" in ended.stdout


def test_columns_can_be_told_and_the_unread_are_named(folder: Path) -> None:
    (folder / "odd.csv").write_text("mark,remarks of the guest,shelf\n4,Never arrived,B\n1,Never arrived again,C\n")
    unread = amends("import", "odd.csv", "--dry-run", "--map", "remarks of the guest=comment")
    assert "Not read, but kept and shown: mark, shelf." in unread.stdout
    told = amends("import", "odd.csv", "--map", "mark=rating", "--map", "remarks of the guest=comment", "--scale", "4")
    assert counts(told)["new"] + counts(told)["recorded"] + counts(told)["joined"] == 2
    assert {row["scale"] for row in csv.DictReader(io.StringIO(amends("export").stdout))} == {"4"}
    wrong = amends("import", "odd.csv", "--map", "mark=stars")
    assert (wrong.exit_code, "--map" in wrong.stderr) == (2, True)


def test_dry_run_leaves_the_database_as_it_was() -> None:
    result = amends("import", "feedback.csv", "--dry-run")
    assert counts(result)["new"] == 2
    assert "dry run" in result.stdout
    assert counts(amends("import", "feedback.csv"))["new"] == 2


def test_dry_run_shows_what_each_column_is_taken_for(folder: Path) -> None:
    rows = "2,The ribbon was missing,Ana,B\n,Cold,Ben,C\n5,,Lea,D\n4,,Ida,E\n1,,Bo,F\n"
    (folder / "form.csv").write_text(f"Stars,What went wrong?,Your name,Shelf\n{rows}")
    said = amends("import", "form.csv", "--dry-run").stdout
    assert "  Stars            → rating       2 of 5 · 5 of 5 · 4 of 5\n" in said
    assert "  What went wrong? → comment      The ribbon was missing · Cold\n" in said
    assert "  Shelf            → (not read)   B · C · D\n" in said
    assert '[sources.import]\nkind = "table"\nrating = "Stars"\ncomment = "What went wrong?"\nscale = 5\n' in said


def test_each_row_is_one_object_for_other_programs(folder: Path) -> None:
    foretold = amends("import", "feedback.csv", "--json", "--dry-run").stdout
    happened = amends("import", "feedback.csv", "--json").stdout
    assert foretold == happened
    rows = [json.loads(line) for line in happened.splitlines()]
    assert [(row["line"], row["outcome"]) for row in rows] == [
        (2, "case"),
        (3, "recorded"),
        (4, "refused"),
        (5, "case"),
    ]
    assert {frozenset(row) for row in rows} == {frozenset(rows[0])}
    assert (rows[2]["external_id"], rows[2]["customer"]["email"], "purple" in rows[2]["ignored"][0]) == (
        None,
        None,
        True,
    )
    again = amends("import", "feedback.csv", "--json").stdout.splitlines()
    assert [json.loads(line)["outcome"] for line in again] == ["known", "known", "refused", "known"]


def test_rows_said_before_a_day_are_passed_over(folder: Path) -> None:
    rows = "1,Never arrived,2026-01-04\n2,Broken,2026-01-05\n3,Late and cold,\n"
    (folder / "dated.csv").write_text(f"id,comment,date\n{rows}")
    lines = amends("import", "dated.csv", "--since", "2026-01-05", "--json").stdout.splitlines()
    assert [json.loads(line)["external_id"] for line in lines] == ["2", "3"]
    assert "1  passed over" in amends("import", "dated.csv", "--since", "2026-01-05").stdout
    wrong = amends("import", "dated.csv", "--since", "soon")
    assert (wrong.exit_code, "2026-01-31" in wrong.stderr) == (2, True)


@pytest.mark.long
def test_import_waits_for_a_bot_that_writes(folder: Path) -> None:
    """It gave up after some seconds, and left the rest of the file."""
    busy = sqlite3.connect(folder / "amends.db", isolation_level=None, check_same_thread=False)
    busy.execute("BEGIN IMMEDIATE")
    done = threading.Timer(4, busy.rollback)
    done.start()
    assert "new cases" in amends("import", "feedback.csv").stdout
    done.join()
    busy.close()


def test_refused_lines_are_written_to_a_file(folder: Path) -> None:
    amends("import", "feedback.csv", "--refused", "refused.txt")
    (line,) = (folder / "refused.txt").read_text().splitlines()
    assert line.startswith("line 4: ")
    assert "purple" in line


def test_source_can_be_named_for_the_file(folder: Path) -> None:
    amends("import", "feedback.csv", "--source", "shop")
    assert {row["source"] for row in csv.DictReader(io.StringIO(amends("export").stdout))} == {"shop"}


def test_kind_is_seen_from_content_not_from_name(folder: Path) -> None:
    (folder / "feedback.dat").write_text('{"id": "1", "comment": "Never arrived, I want a refund"}\n')
    assert counts(amends("import", "feedback.dat"))["new"] == 1


@pytest.mark.parametrize("content", ["", "id,rating,comment\n", "id,rating,comment\n1,purple,\n"])
def test_file_of_nothing_usable_ends_with_one(folder: Path, content: str) -> None:
    (folder / "feedback.csv").write_text(content)
    assert amends("import", "feedback.csv").exit_code == (1 if content else 2)


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("missing.csv", "No such file"),
        (".", "Is a directory"),
        ("colours.csv", "no column for a rating"),
        ("picture.csv", "picture.csv is a picture. What can be read: CSV, Excel"),
    ],
)
def test_file_that_is_none_ends_with_two(folder: Path, file: str, said: str) -> None:
    (folder / "colours.csv").write_text("colour,size\nred,3\n")
    (folder / "picture.csv").write_bytes(b"\x89PNG\r\n")
    result = amends("import", file)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_import_into_a_wrong_database_says_what_to_mend() -> None:
    for url, said in [("mysql://db", "DATABASE_URL"), ("sqlite:////nowhere/at/all.db", "cannot be used")]:
        result = amends("import", "feedback.csv", DATABASE_URL=url)
        assert result.exit_code == 2
        assert said in result.stderr


def test_import_with_a_wrong_policy_is_refused(folder: Path) -> None:
    (folder / "policy.toml").write_text('timezone = "Mars"')
    result = amends("import", "feedback.csv")
    assert result.exit_code == 2
    assert "policy.toml, line 1: timezone" in result.stderr


# doctor


@pytest.mark.long
def test_doctor_ends_well_where_all_is_well(served: PracticeWorkspace) -> None:
    served.reset()
    served.workspace.app.scopes.add("im:history")
    ended = amends(
        "doctor",
        SLACK_BOT_TOKEN=cast.BOT_TOKEN,
        SLACK_APP_TOKEN=cast.APP_TOKEN,
        SLACK_CHANNEL="care",
        SLACK_API_URL=served.slack_api_url,
        INTAKE_SECRET=cast.INTAKE_SECRET,
    )
    assert (ended.exit_code, ended.stderr) == (0, "")
    assert "✓ channel: #care" in ended.stdout
    assert "✗" not in ended.stdout


def test_doctor_ends_with_one_where_something_is_wrong() -> None:
    result = amends("doctor")
    assert result.exit_code == 1
    assert "✗ SLACK_CHANNEL is missing" in result.stdout
    assert "✓ database" in result.stdout


# manifest


def test_manifest_goes_to_a_file_and_link_to_eye() -> None:
    ended = amends("manifest")
    assert ended.stdout == (ROOT / "manifest.json").read_text(encoding="utf-8")
    assert "https://api.slack.com/apps?new_app=1&manifest_json=" in ended.stderr


def test_manifest_for_http_and_another_name() -> None:
    content = json.loads(amends("manifest", "--url", "https://amends.example.org", "--name", "Care").stdout)
    assert content["display_information"]["name"] == "Care"
    assert content["settings"]["interactivity"]["request_url"] == "https://amends.example.org/slack/events"


@pytest.mark.parametrize("wrong", [("--name", "x" * 36), ("--url", "amends.example.org")])
def test_manifest_that_slack_would_refuse_is_refused(wrong: tuple[str, str]) -> None:
    result = amends("manifest", *wrong)
    assert (result.exit_code, result.stdout) == (2, "")


# backup


def test_backup_refuses_with_one_sentence(folder: Path) -> None:
    existing = folder / "old.db"
    existing.write_text("last week's")
    ours = f"sqlite:///{folder / 'amends.db'}"
    amends("migrate", DATABASE_URL=ours)
    for result, said in [
        (amends("backup", str(existing), DATABASE_URL=ours), "exists already"),
        (amends("backup", "x.dump", DATABASE_URL="postgresql://ana:s3cret@db/amends"), "pg_dump --format=custom"),
    ]:
        assert result.exit_code == 2
        assert said in result.stderr
        assert "s3cret" not in result.output


# digest


def test_digest_of_nothing_is_one_friendly_line() -> None:
    result = amends("digest")
    assert result.exit_code == 0
    assert "Nobody is waiting and nothing happened" in result.stdout


def test_digest_reads_well_in_a_terminal() -> None:
    amends("import", "feedback.csv")
    told = amends("digest").stdout
    assert "2 customers wait for a word from us" in told
    assert "#1 · Ana Ruiz · since" in told
    assert "“Soup cold and an hour late”" in told
    assert not [mark for mark in ("<!", "<@", "&amp;", "*2") if mark in told]


# export


def test_export_prints_a_table_and_nothing_else() -> None:
    amends("import", "feedback.csv")
    result = amends("export")
    assert [row["case"] for row in csv.DictReader(io.StringIO(result.stdout))] == ["1", "2"]
    assert result.stderr == ""


def test_export_since_a_day_to_come_is_empty() -> None:
    amends("import", "feedback.csv")
    assert len(amends("export", "--since", "2100-01-01").stdout.splitlines()) == 1


def test_export_since_what_is_no_day_is_refused() -> None:
    assert amends("export", "--since", "yesterday").exit_code == 2


# forget


def forgotten() -> bool:
    """Whether the first customer is known no more."""
    return "Nothing is known" in amends("forget", "ana@example.org", typed="n\n").stdout


def test_forgetting_asks_first_and_can_be_declined() -> None:
    amends("import", "feedback.csv")
    result = amends("forget", "ana@example.org", typed="n\n")
    assert result.exit_code == 1
    assert "1 piece of feedback; cases: #1" in result.stdout
    assert not forgotten()


@pytest.mark.parametrize(("arguments", "typed"), [((), "y\n"), (("--yes",), None)])
def test_forgetting_says_what_is_gone_and_what_stays(arguments: tuple[str, ...], typed: str | None) -> None:
    amends("import", "feedback.csv")
    result = amends("forget", "ANA@example.org", *arguments, typed=typed)
    assert result.exit_code == 0
    assert "Erased:" in result.stdout
    assert "Kept:" in result.stdout
    assert forgotten()


def test_forgetting_a_stranger_asks_nothing() -> None:
    result = amends("forget", "nobody@example.org")
    assert result.exit_code == 0
    assert "Nothing is known" in result.stdout


def test_forgetting_works_beside_a_running_bot(stage: Stage) -> None:
    stage.receives(customer={"name": "Quirina Zabel", "email": "q@example.org"}, comment="The zither never came.")
    stage.restart(policy=stage.world.policy.model_copy(update={"hours": Hours(always=True)}))
    assert "zither" in str(stage.card().blocks)
    assert amends("forget", "q@example.org", "--yes", DATABASE_URL=stage.settings.database_url).exit_code == 0
    stage.jump(datetime.now(UTC) - stage.now)  # the command has the clock of the machine
    assert "zither" not in str(stage.card().blocks)


# triage


def test_triage_judges_lines_and_stores_nothing() -> None:
    typed = '{"external_id": "1", "comment": "Never arrived, I want a refund"}\n\n{"external_id": "2", "comment": "Lovely"}\n'
    result = amends("triage", typed=typed)
    verdicts = [json.loads(line) for line in result.stdout.splitlines()]
    assert [(verdict["external_id"], verdict["negative"]) for verdict in verdicts] == [("1", True), ("2", False)]
    assert len(amends("export").stdout.splitlines()) == 1


@pytest.mark.long
def test_triage_names_the_line_it_cannot_read() -> None:
    result = amends("triage", typed='{"external_id": "1", "comment": "Fine"}\n{"external_id": "2"}\n')
    assert result.exit_code == 2
    assert "line 2" in result.stderr
