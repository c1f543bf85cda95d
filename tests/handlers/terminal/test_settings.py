"""Settings are read once, and whatever is wrong with them is said at once, by name, with the fix."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cases.policy.page import Policy, PolicyError
from handlers.doors import INTAKE_TOKEN
from handlers.http.evidence import SECRET_ENV
from handlers.sources import SOURCES
from handlers.terminal.settings import (
    Settings,
    SettingsError,
    examine,
    read_database_url,
    read_policy_file,
    read_settings,
    read_settings_beside_bot,
)

ROOT = Path(__file__).parents[3]
ENOUGH = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": "hush", "SLACK_CHANNEL": "care"}
SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder without a policy.toml."""
    monkeypatch.chdir(tmp_path)


def settings(**more: str) -> Settings:
    return read_settings(ENOUGH | more)


def faults(environment: dict[str, str]) -> list[str]:
    return examine(environment)[1]


def test_three_settings_are_enough_to_start_with() -> None:
    read = settings()
    assert (read.slack_bot_token, read.slack_signing_secret, read.slack_channel) == ("xoxb-1", "hush", "care")
    assert read.database_url == "sqlite:///amends.db"
    assert (read.host, read.port) == ("127.0.0.1", 3000)
    assert read.policy == Policy()
    assert read.openai_api_key is None


def test_everything_missing_is_named_in_one_message() -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings({})
    assert [line.split()[0] for line in str(raised.value).splitlines()] == [
        "SLACK_BOT_TOKEN",
        "SLACK_SIGNING_SECRET",
        "SLACK_CHANNEL",
    ]


SWAPPED = (
    "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: xoxb-… belongs in SLACK_BOT_TOKEN, xapp-… in SLACK_APP_TOKEN"
)


@pytest.mark.parametrize(
    ("bot", "app", "told"),
    [
        ("xapp-1", "xoxb-1", [SWAPPED]),
        ("xapp-1", "xoxb-1\n", [SWAPPED]),
        ("xapp-1", "", [SWAPPED, "SLACK_BOT_TOKEN is missing"]),
        ("", "xoxb-1", [SWAPPED, "SLACK_SIGNING_SECRET is missing"]),
        ("xapp-1", "xoxp-1", [SWAPPED, "SLACK_BOT_TOKEN does not look like a bot token"]),
        ("xapp-1", "xapp-2", ["SLACK_BOT_TOKEN does not look like a bot token"]),
    ],
)
def test_tokens_in_each_others_place_are_one_slip(bot: str, app: str, told: list[str]) -> None:
    found = faults({"SLACK_BOT_TOKEN": bot, "SLACK_APP_TOKEN": app, "SLACK_CHANNEL": "care"})
    assert [fault.startswith(words) for fault, words in zip(found, told, strict=True)] == [True] * len(told), found


def test_everything_wrong_is_named_with_its_fix() -> None:
    wrong = {
        "SLACK_BOT_TOKEN": "xoxp-1",
        "SLACK_APP_TOKEN": "xoxb-2",
        "SLACK_CHANNEL": "care",
        "SLACK_API_URL": "slack.com",
        "DATABASE_URL": "mysql://db",
        "OPENAI_BASE_URL": "localhost:8080",
        "INTAKE_SECRET": "whsec_no!",
        "SMTP_URL": "mail.example:587",
        "PORT": "http",
    }
    told = faults(wrong)
    assert {fault.split()[0] for fault in told} == wrong.keys() - {"SLACK_CHANNEL"}
    assert all("must begin with" in fault or "must be" in fault for fault in told)


def test_blank_settings_count_as_missing_ones() -> None:
    assert len(faults({"SLACK_BOT_TOKEN": "  ", "SLACK_CHANNEL": "", "SLACK_APP_TOKEN": "\t"})) == 3


def test_spaces_around_a_pasted_value_do_no_harm() -> None:
    assert settings(SLACK_BOT_TOKEN=" xoxb-1\n").slack_bot_token == "xoxb-1"


def test_app_token_makes_the_signing_secret_needless() -> None:
    read = read_settings({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1", "SLACK_CHANNEL": "care"})
    assert (read.slack_app_token, read.slack_signing_secret) == ("xapp-1", None)


def test_secrets_never_show_when_settings_are_printed() -> None:
    shown = repr(
        settings(
            SLACK_APP_TOKEN="xapp-hidden",
            INTAKE_SECRET=SECRET,
            OPENAI_API_KEY="sk-hidden",
            DATABASE_URL="postgresql://amends:hidden@db/amends",
            SMTP_URL="smtp://care:hidden@mail",
            METRICS_TOKEN="hidden-too",
        )
    )
    assert not [part for part in ("hidden", "xoxb-1", "hush", SECRET) if part in shown]


def test_faults_never_repeat_a_secret_back() -> None:
    wrong = {"SLACK_BOT_TOKEN": "leak-1", "SLACK_APP_TOKEN": "leak-2", "INTAKE_SECRET": "leak-3!", "SLACK_CHANNEL": "c"}
    assert "leak" not in "\n".join(faults(wrong))


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({}, ("127.0.0.1", 3000)),
        ({"PORT": "8080"}, ("0.0.0.0", 8080)),
        ({"PORT": "8080", "HOST": "10.0.0.7"}, ("10.0.0.7", 8080)),
        ({"HOST": "::1"}, ("::1", 3000)),
        ({"PORT": "0"}, ("0.0.0.0", 0)),
    ],
)
def test_platforms_set_a_port_and_reach_it(environment: dict[str, str], address: tuple[str, int]) -> None:
    read = settings(**environment)
    assert (read.host, read.port) == address


@pytest.mark.parametrize("port", ["65536", "-1", "3000.5", "http", "1e3"])
def test_port_that_is_none_is_refused(port: str) -> None:
    assert faults(ENOUGH | {"PORT": port}) == ["PORT must be a number from 0 to 65535"]


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:///amends.db",
        "sqlite:////var/lib/amends/amends.db",
        "postgresql://amends:secret@db:5432/amends",
        "postgres://amends@db/amends?sslmode=require",
        "postgresql+psycopg://db/amends",
    ],
)
def test_database_of_a_known_kind_is_taken(url: str) -> None:
    assert settings(DATABASE_URL=url).database_url == url


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///", "sqlite:///:memory:", "sqlite:///:memory:?cache=shared"])
def test_database_that_forgets_everything_is_refused(url: str) -> None:
    (fault,) = faults(ENOUGH | {"DATABASE_URL": url})
    assert fault.startswith("DATABASE_URL must")


@pytest.mark.parametrize("url", ["amends.db", "mysql://db/amends", "postgresql:amends", "sqlite:amends.db"])
def test_database_of_another_kind_is_refused(url: str) -> None:
    (fault,) = faults(ENOUGH | {"DATABASE_URL": url})
    assert "must begin with" in fault


@pytest.mark.parametrize("url", ["postgresql://amends:se@cret@db/amends", "postgresql://amends:s@se:cret/amends"])
def test_no_command_shows_a_piece_of_the_database_password(url: str) -> None:
    (fault,) = faults(ENOUGH | {"DATABASE_URL": url})
    with pytest.raises(SettingsError) as alone:
        read_database_url({"DATABASE_URL": url})
    assert "cret" not in f"{fault}{alone.value}"


def test_database_password_with_a_slash_is_explained() -> None:
    (fault,) = faults(ENOUGH | {"DATABASE_URL": "postgresql://amends:se/cret@db/amends"})
    assert "port" in fault
    assert "cret" not in fault


@pytest.mark.parametrize("secret", ["whsec_", "whsec_not base64", "whsec_abc", "whsec_é"])
def test_intake_secret_of_wrong_shape_is_refused(secret: str) -> None:
    (fault,) = faults(ENOUGH | {"INTAKE_SECRET": secret})
    assert "INTAKE_SECRET must be whsec_" in fault
    assert "doctor" in fault


@pytest.mark.parametrize(
    "url", ["smtp://mail.example", "smtp://care:hu%2Fsh@mail.example:587", "smtps://care:hush@[2001:db8::1]:465"]
)
def test_mail_server_of_a_known_kind_is_taken(url: str) -> None:
    assert settings(SMTP_URL=url).smtp_url == url


@pytest.mark.parametrize(
    "url",
    [
        "mail.example",
        "mail.example:587",
        "https://mail.example",
        "smtp:mail.example",
        "smtp://",
        "smtp://care:hush@",
        "smtp://mail.example:mail",
        "smtp://care:hu/sh@mail.example:587",
        "smtp://[mail",
    ],
)
def test_mail_server_that_is_none_is_refused(url: str) -> None:
    (fault,) = faults(ENOUGH | {"SMTP_URL": url})
    assert fault.startswith("SMTP_URL must be smtp:// or smtps:// and a host")
    assert "hu" not in fault


@pytest.mark.parametrize(
    ("environment", "address"),
    [
        ({"SMTP_URL": "smtp://care%40shop.example:hush@mail.example"}, "care@shop.example"),
        ({"SMTP_URL": "smtp://mail.example", "MAIL_FROM": "Hearth <care@shop.example>"}, "care@shop.example"),
        ({"SMTP_URL": "smtp://care:hush@mail.example"}, None),
        ({"IMAP_URL": "imaps://care%40shop.example:hush@mail.example"}, "care@shop.example"),
    ],
)
def test_letters_are_from_whom_the_settings_say(environment: dict[str, str], address: str | None) -> None:
    mailbox = settings(**environment).mailbox
    assert (mailbox and mailbox.address) == address


def test_sender_that_is_no_address_is_refused() -> None:
    (fault,) = faults(ENOUGH | {"MAIL_FROM": "Hearth & Ribbon"})
    assert fault.startswith("MAIL_FROM must be an address")


def test_each_source_has_its_own_secret() -> None:
    read = settings(INTAKE_SECRET=SECRET, TYPEFORM_SECRET="anything goes")
    assert read.secrets == {"generic": SECRET, "typeform": "anything goes"}


def test_policy_of_the_working_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('team = "Hearth & Ribbon"')
    assert settings().policy.team == "Hearth & Ribbon"


def test_policy_file_asked_for_must_be_there(tmp_path: Path) -> None:
    (fault,) = faults(ENOUGH | {"POLICY_FILE": "elsewhere.toml"})
    assert fault.startswith("POLICY_FILE: there is no file elsewhere.toml")


def test_faults_of_the_policy_stand_with_the_others(tmp_path: Path) -> None:
    (tmp_path / "team.toml").write_text('timezone = "Mars"\ncolour = "red"')
    told = faults({"POLICY_FILE": "team.toml", "SLACK_CHANNEL": "care", "SLACK_APP_TOKEN": "xapp-1"})
    assert [fault.split(":")[0] for fault in told] == [
        "team.toml, line 1",
        "team.toml, line 2",
        "SLACK_BOT_TOKEN is missing",
    ]
    assert "Mars" in told[0]
    assert "colour" in told[1]


@pytest.mark.parametrize("content", [b"team = ", b"\xff\xfe"])
def test_policy_that_cannot_be_read_is_one_fault(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "policy.toml").write_bytes(content)
    (fault,) = faults(ENOUGH)
    assert "policy.toml" in fault


def test_examining_reads_on_where_starting_would_stop() -> None:
    read, told = examine({"SLACK_CHANNEL": "care", "OPENAI_API_KEY": "sk-1"})
    assert (read.slack_bot_token, read.slack_channel, read.openai_api_key) == ("", "care", "sk-1")
    assert len(told) == 2


def test_commands_beside_the_bot_need_no_tokens() -> None:
    read = read_settings_beside_bot({"DATABASE_URL": "sqlite:///other.db", "SLACK_BOT_TOKEN": "wrong", "PORT": "wrong"})
    assert (read.database_url, read.slack_channel, read.slack_bot_token) == ("sqlite:///other.db", "", "")


def test_commands_beside_the_bot_still_need_a_database() -> None:
    with pytest.raises(SettingsError, match="DATABASE_URL"):
        read_settings_beside_bot({"DATABASE_URL": "mysql://db"})


def test_missing_policy_is_the_default_one(tmp_path: Path) -> None:
    assert read_policy_file(str(tmp_path / "policy.toml"), required=False) == Policy()


def test_example_file_names_every_setting_there_is() -> None:
    named = set(re.findall(r"^(?:# )?([A-Z_]+)=", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE))
    in_code = set(
        re.findall(
            r'"([A-Z]+_[A-Z_]+|HOST|PORT)"', (ROOT / "handlers/terminal/settings.py").read_text(encoding="utf-8")
        )
    )
    assert named == in_code | {SECRET_ENV, INTAKE_TOKEN} | {source.secret_env for source in SOURCES.values()}


def test_example_file_holds_no_secret_of_anybody() -> None:
    filled = re.findall(r"^[A-Z_]+=(.+)$", (ROOT / ".env.example").read_text(encoding="utf-8"), re.MULTILINE)
    assert filled == []


def test_policy_file_without_end_is_refused_and_not_read_whole(tmp_path: Path) -> None:
    """attacks 29. A larger file ends in the middle of a letter where it is cut."""
    page = tmp_path / "huge.toml"
    page.write_text("# " + "é" * 200_000, encoding="utf-8")
    for path in (str(page), "/dev/zero"):
        with pytest.raises(PolicyError, match="is larger than 256 kB"):
            read_policy_file(path, required=True)
