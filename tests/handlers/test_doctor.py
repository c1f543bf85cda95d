"""The doctor against a real Slack client and server: what is well, what is not, and how each thing is mended."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cases.policy import Policy
from handlers import policy_words
from handlers.checks import Check, fresh_secret
from handlers.doctor import examined
from handlers.settings import read_settings
from sandbox import cast
from sandbox.server import PracticeWorkspace
from store.engine import connect
from tests.prompts.stand_in import KEY, MODEL, StandIn, standing_in

FRIDAY = datetime(2026, 1, 9, 9, tzinfo=UTC)
Environment = dict[str, str]


@pytest.fixture
def practice(served: PracticeWorkspace) -> PracticeWorkspace:
    served.reset()
    served.workspace.scopes.add("im:history")
    return served


@pytest.fixture
def environment(
    practice: PracticeWorkspace, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Environment:
    """Settings with which all is well."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.toml").write_text('lead = "@lea"')
    (tmp_path / "amends.db").write_bytes(blank.read_bytes())
    return {
        "SLACK_BOT_TOKEN": cast.BOT_TOKEN,
        "SLACK_APP_TOKEN": cast.APP_TOKEN,
        "SLACK_CHANNEL": "care",
        "SLACK_API_URL": practice.slack_api_url,
        "INTAKE_SECRET": cast.INTAKE_SECRET,
    }


def checks(environment: Environment, *, model: bool = False) -> list[Check]:
    return list(examined(environment, lambda: FRIDAY, call_model=model))


def wrong(environment: Environment, *, model: bool = False) -> list[Check]:
    return [check for check in checks(environment, model=model) if check.ok is False]


def about(environment: Environment, what: str, *, model: bool = False) -> Check:
    (found,) = [check for check in checks(environment, model=model) if check.found.startswith(what)]
    return found


# All together


def test_where_all_is_well_nothing_is_to_mend(environment: Environment) -> None:
    found = checks(environment)
    assert [check.found for check in found if check.ok is False] == []
    assert [check.found.split(":")[0] for check in found] == [
        "settings",
        "policy",
        "database",
        "bot token",
        "scopes",
        "channel",
        "lead",
        "way in",
        "intake",
        "model",
    ]


def test_without_any_settings_everything_is_told_at_once(environment: Environment, tmp_path: Path) -> None:
    found = wrong({})
    assert [check.found.split()[0] for check in found] == ["SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_CHANNEL"]


def test_lines_carry_mark_finding_and_fix() -> None:
    assert list(Check(True, "database: reachable").lines()) == ["✓ database: reachable"]
    assert list(Check(False, "channel: none", "invite it").lines()) == ["✗ channel: none", "    → invite it"]
    assert list(Check(None, "model: none").lines()) == ["– model: none"]


def test_doctor_leaves_no_trace_in_the_workspace(environment: Environment, practice: PracticeWorkspace) -> None:
    checks(environment)
    called = {call.method for call in practice.faults.calls}
    assert called <= {
        "auth.test",
        "conversations.list",
        "conversations.info",
        "users.list",
        "users.info",
        "apps.connections.open",
    }


def test_doctor_never_shows_a_secret_it_was_given(environment: Environment) -> None:
    shown = "\n".join(line for check in checks(environment) for line in check.lines())
    assert not [name for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "INTAKE_SECRET") if environment[name] in shown]


# Slack


def test_wrong_bot_token_is_named_with_its_place(environment: Environment) -> None:
    found = about(environment | {"SLACK_BOT_TOKEN": "xoxb-other"}, "bot token")
    assert (found.ok, found.found) == (False, "bot token: Slack says invalid_auth")
    assert "OAuth & Permissions" in found.fix


def test_missing_scopes_are_named_with_their_use(environment: Environment, practice: PracticeWorkspace) -> None:
    practice.workspace.scopes -= {"reactions:read", "im:write"}
    found = about(environment, "scopes")
    assert (found.ok, found.found) == (False, "scopes: im:write, reactions:read missing")
    assert "nudges by direct message" in found.fix
    assert "install again" in found.fix


def test_scopes_beyond_the_needed_do_no_harm(environment: Environment, practice: PracticeWorkspace) -> None:
    practice.workspace.scopes.add("files:write")
    assert about(environment, "scopes").ok is True


def test_channel_without_the_bot_says_how_to_invite(environment: Environment) -> None:
    found = about(environment | {"SLACK_CHANNEL": "general"}, "channel")
    assert (found.ok, found.found) == (False, "channel: the bot is not in #general")
    assert "/invite" in found.fix


@pytest.mark.parametrize("channel", ["care", "#care", cast.CARE])
def test_channel_is_found_by_name_or_id(environment: Environment, channel: str) -> None:
    found = about(environment | {"SLACK_CHANNEL": channel}, "channel")
    assert (found.ok, found.found) == (True, f"channel: #care ({cast.CARE}), and the bot is in it")


@pytest.mark.parametrize("channel", ["nowhere", "CNOWHERE1"])
def test_channel_that_is_not_there_asks_for_its_id(environment: Environment, channel: str) -> None:
    found = about(environment | {"SLACK_CHANNEL": channel}, "channel")
    assert found.ok is False
    assert "SLACK_CHANNEL" in found.fix
    assert "/invite" in found.fix


def test_archived_channel_is_no_place_for_cards(environment: Environment, practice: PracticeWorkspace) -> None:
    practice.workspace.channels[cast.CARE].archived = True
    found = about(environment | {"SLACK_CHANNEL": cast.CARE}, "channel")
    assert (found.ok, found.found) == (False, "channel: #care is archived")


@pytest.mark.parametrize("lead", ["@lea", "lea", cast.LEA])
def test_lead_is_found_by_handle_or_id(environment: Environment, tmp_path: Path, lead: str) -> None:
    (tmp_path / "policy.toml").write_text(f'lead = "{lead}"')
    assert next(about(environment, "lead").lines()) == f"✓ lead: {lead} is Lea Brandt"


@pytest.mark.parametrize("lead", ["@nobody", "UNOBODY01"])
def test_lead_whom_nobody_knows_must_be_mended(environment: Environment, tmp_path: Path, lead: str) -> None:
    (tmp_path / "policy.toml").write_text(f'lead = "{lead}"')
    found = about(environment, "lead")
    assert (found.ok, found.found) == (False, f"lead: Slack knows nobody called {lead}")


def test_lead_from_outside_the_team_must_be_mended(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('lead = "@max"')
    assert "guest" in about(environment, "lead").found


def test_without_a_lead_the_thread_is_told(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text("")
    found = about(environment, "lead")
    assert found.ok is None
    assert "thread" in found.found


def test_everybody_the_policy_names_is_looked_up(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(
        'lead = "@lea"\nmanager = "@ana"\n[slack]\nmembers = ["@ben", "@gone"]\n'
        '[[nudges]]\nwhen = "unclaimed"\nafter = "1h"\ntell = "@nina"\n'
    )
    found = checks(environment)
    assert {"lead: @lea is Lea Brandt", "manager: @ana is Ana Ortega", "member: @ben is Ben Okafor"} <= {
        check.found for check in found
    }
    assert [check.found for check in found if check.ok is False] == [
        "ladder: Slack knows nobody called @nina",
        "member: Slack knows nobody called @gone",
    ]


def test_wrong_app_token_says_where_to_make_one(environment: Environment) -> None:
    found = about(environment | {"SLACK_APP_TOKEN": "xapp-other"}, "app token")
    assert (found.ok, found.found) == (False, "app token: Slack says invalid_auth")
    assert "connections:write" in found.fix


def test_over_http_the_signing_secret_is_the_way_in(environment: Environment) -> None:
    del environment["SLACK_APP_TOKEN"]
    found = about(environment | {"SLACK_SIGNING_SECRET": cast.SIGNING_SECRET}, "way in")
    assert (found.ok, found.found) == (True, "way in: HTTP, signed, at POST /slack/events")


def test_without_any_way_in_the_settings_say_so(environment: Environment) -> None:
    del environment["SLACK_APP_TOKEN"]
    (found,) = wrong(environment)
    assert found.found.startswith("SLACK_SIGNING_SECRET is missing")


def test_slack_being_away_is_told_not_raised(environment: Environment, practice: PracticeWorkspace) -> None:
    practice.faults.away()
    assert [check.found.split(" (")[0] for check in wrong(environment)] == [
        "bot token: Slack does not answer",
        "app token: Slack does not answer",
    ]


def test_slack_being_busy_asks_for_patience(environment: Environment, practice: PracticeWorkspace) -> None:
    practice.faults.rate_limit("auth.test", retry_after=30)
    assert "wait" in about(environment, "bot token").fix


# The database


def database(environment: Environment, url: str) -> Check:
    return about(environment | {"DATABASE_URL": url}, "database")


def test_database_of_this_version_is_well(environment: Environment) -> None:
    assert about(environment, "database").found == "database: reachable, writable, at revision 0001"


def test_database_yet_to_be_made_is_not_made(environment: Environment, tmp_path: Path) -> None:
    found = database(environment, f"sqlite:///{tmp_path / 'new.db'}")
    assert found.ok is True
    assert not (tmp_path / "new.db").exists()


def test_database_in_a_folder_that_is_missing(environment: Environment, tmp_path: Path) -> None:
    found = database(environment, f"sqlite:///{tmp_path / 'nowhere' / 'new.db'}")
    assert found.ok is False
    assert "no folder" in found.found


def test_file_that_is_no_database_is_told(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "letter.db").write_text("Dear all, this is a letter and not a database. " * 50)
    assert database(environment, f"sqlite:///{tmp_path / 'letter.db'}").ok is False


def revised(path: Path, revision: str) -> None:
    engine = connect(f"sqlite:///{path}")
    with engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE alembic_version SET version_num = '{revision}'")
    engine.dispose()


@pytest.mark.parametrize(("revision", "fix"), [("0000", "bot.py migrate"), ("9999", "newer Amends")])
def test_database_of_another_version_says_what_to_do(
    environment: Environment, tmp_path: Path, revision: str, fix: str
) -> None:
    revised(tmp_path / "amends.db", revision)
    found = about(environment, "database")
    assert found.ok is False
    assert fix in found.fix


def test_database_that_takes_no_writes_is_told(environment: Environment, tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'amends.db'}")
    with engine.begin() as connection:
        connection.exec_driver_sql(
            "CREATE TRIGGER full BEFORE INSERT ON facts BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        )
    engine.dispose()
    found = about(environment, "database")
    assert found.ok is False
    assert "disk full" in found.found


def test_looking_at_a_database_changes_nothing(environment: Environment, tmp_path: Path) -> None:
    about(environment, "database")
    engine = connect(f"sqlite:///{tmp_path / 'amends.db'}")
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM facts").scalar_one() == 0
    engine.dispose()


# The policy


def test_policy_is_told_in_times_of_day(environment: Environment) -> None:
    told = about(environment, "policy").found
    assert "a normal case that arrives on Monday at 09:00 (Europe/Berlin)" in told
    assert "owner by 09:15, contact by 10:00" in told
    assert "while nobody claims it: 09:15 thread; 09:45 lead @lea;" in told
    assert "claimed, nobody contacted: 09:45 owner; 10:00 owner; 10:30 thread; 11:00 owner and lead @lea;" in told
    assert "a critical case" in told


def test_policy_that_is_wrong_is_told_once(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('timezone = "Mars"')
    (found,) = wrong(environment)
    assert found.found.startswith("policy.toml: timezone")


def test_policy_without_working_days_says_so(environment: Environment, tmp_path: Path) -> None:
    mondays = ", ".join((date(2026, 1, 5) + timedelta(weeks=n)).isoformat() for n in range(260))
    (tmp_path / "policy.toml").write_text(f'[hours]\nmon = "09:00-18:00"\ndays_off = [{mondays}]')
    found = about(environment, "policy")
    assert (found.ok, found.fix) == (False, "correct [hours] in policy.toml")


def test_ladder_that_tells_nobody_is_said_plainly() -> None:
    lines = list(policy_words.in_words(Policy(nudges=()), FRIDAY))
    assert lines[2].strip() == "while nobody claims it: nobody is told"


def test_nudges_of_another_day_carry_its_name() -> None:
    late = Policy.model_validate({"nudges": [{"when": "unclaimed", "after": "9h", "tell": "thread"}]})
    assert list(policy_words.in_words(late, FRIDAY))[2].strip() == "while nobody claims it: Tue 09:15 thread"


# The intake


def test_missing_intake_secret_is_made_ready_to_paste(environment: Environment) -> None:
    del environment["INTAKE_SECRET"]
    found = about(environment, "intake")
    assert found.ok is None
    pasted = re.search(r"INTAKE_SECRET=(whsec_\S+)", found.fix)
    assert pasted is not None
    assert read_settings(environment | {"INTAKE_SECRET": pasted[1]}).secrets == {"generic": pasted[1]}


def test_short_intake_secret_is_better_replaced(environment: Environment) -> None:
    environment["INTAKE_SECRET"] = "whsec_" + base64.b64encode(b"short").decode()
    found = [check for check in checks(environment) if "shorter" in check.found]
    assert [check.ok for check in found] == [None]


def test_every_source_with_a_secret_is_listed(environment: Environment) -> None:
    found = [c.found for c in checks(environment | {"TYPEFORM_SECRET": "x"}) if c.found.startswith("intake")]
    assert found == ["intake: POST /intake/generic is open", "intake: POST /intake/typeform is open"]


def test_fresh_secrets_are_never_the_same() -> None:
    made = {fresh_secret() for _ in range(100)}
    assert len(made) == 100
    assert all(len(base64.b64decode(secret.removeprefix("whsec_"))) == 24 for secret in made)


# The model


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        yield stand_in


def with_model(environment: Environment, server: StandIn, **more: str) -> Environment:
    model = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url, "OPENAI_MODEL": MODEL}
    return environment | model | more


def test_without_a_key_there_is_no_model(environment: Environment) -> None:
    assert about(environment, "model", model=True).ok is None


def test_model_is_not_asked_unless_wanted(environment: Environment, server: StandIn) -> None:
    found = about(with_model(environment, server), "model")
    assert found.ok is None
    assert "--model" in found.fix
    assert server.asked == []


def test_model_answers_one_small_question_when_wanted(environment: Environment, server: StandIn) -> None:
    server.answers(
        {
            "negative": True,
            "unsure": False,
            "severity": "normal",
            "title": "Cold soup",
            "reasons": [],
            "why": "It was cold",
        }
    )
    found = about(with_model(environment, server), "model", model=True)
    assert found.ok is True, found.found
    assert server.asked == ["/v1/responses"]
    assert server.faults == []


@pytest.mark.parametrize(
    ("status", "code", "fix"),
    [(401, "invalid_api_key", "OPENAI_API_KEY"), (404, "model_not_found", "OPENAI_MODEL"), (429, None, "credit")],
)
def test_model_that_refuses_says_what_to_correct(
    environment: Environment, server: StandIn, status: int, code: str | None, fix: str
) -> None:
    server.fails(status, code)
    found = about(with_model(environment, server), "model", model=True)
    assert found.ok is False
    assert fix in found.fix
