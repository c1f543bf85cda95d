"""Settings from environment variables, read once; all that are missing or wrong are named together, each with its fix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from cases.letters.compose import Mailbox, read_mailbox
from cases.policy.faults import LARGEST, placed, too_large
from cases.policy.page import Policy, PolicyError, read_policy
from handlers import doors
from handlers.http.evidence import NAME, SECRET_ENV
from handlers.sources.signatures import standard_key
from prompts.calls import ModelSettings

_MODEL = "gpt-5-mini"


class SettingsError(ValueError):
    """Amends cannot start; the message lists every fault and its fix."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All that comes from outside the code. `secrets` are the sources' secrets by source name."""

    policy: Policy
    slack_bot_token: str = field(repr=False)
    slack_signing_secret: str | None = field(default=None, repr=False)
    slack_app_token: str | None = field(default=None, repr=False)
    slack_api_url: str | None = None
    slack_channel: str
    database_url: str = field(default="sqlite:///amends.db", repr=False)
    openai_api_key: str | None = field(default=None, repr=False)
    openai_base_url: str | None = None
    openai_model: str = _MODEL
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    mailbox: Mailbox | None = None
    imap_url: str | None = field(default=None, repr=False)
    metrics_token: str | None = field(default=None, repr=False)
    host: str = "127.0.0.1"
    port: int = 3000

    @property
    def model(self) -> ModelSettings | None:
        """The model to ask, None for none. A server of one's own needs no key: its address is enough."""
        if not (self.openai_api_key or self.openai_base_url):
            return None
        within = self.policy.drafts.model_within.total_seconds()
        return ModelSettings(self.openai_api_key, self.openai_base_url, self.openai_model, within)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Environment variables → Settings. Raises SettingsError that lists all faults."""
    return _or_raise(*examine(environment))


def _or_raise(settings: Settings, faults: list[str]) -> Settings:
    if faults:
        raise SettingsError("\n".join(f"  {fault}" for fault in faults))
    return settings


def examine(environment: Mapping[str, str]) -> tuple[Settings, list[str]]:
    """Settings as far as they can be read, and every fault; what is missing is empty, and a wrong policy the default one."""
    reader = _Reader(environment)
    return reader.read(), reader.faults


def has_readable_policy(environment: Mapping[str, str]) -> bool:
    """Whether the policy is the team's own, or the default one because there is no file, and not for its faults."""
    reader = _Reader(environment)
    reader.read_policy()
    return not reader.faults


def read_settings_beside_bot(environment: Mapping[str, str]) -> Settings:
    """Settings for commands that ask Slack nothing: its tokens are not read. Raises SettingsError that lists all faults."""
    reader = _Reader(environment)
    return _or_raise(reader.read_beside_bot(), reader.faults)


def read_database_url(environment: Mapping[str, str]) -> str:
    """Where cases are kept, for the command that needs nothing else. Raises SettingsError."""
    reader = _Reader(environment)
    url = reader.database()
    if reader.faults:
        raise SettingsError("\n".join(f"  {fault}" for fault in reader.faults))
    return url


def read_model_settings(environment: Mapping[str, str]) -> dict[str, Any]:
    """The fields of Settings that name a model, for the demo. Raises SettingsError where they name none."""
    reader = _Reader(environment)
    found = reader.read_model()
    if not (found["openai_api_key"] or found["openai_base_url"]):
        reader.faults.append("OPENAI_API_KEY is missing: set it, or OPENAI_BASE_URL for a server that needs no key")
    if reader.faults:
        raise SettingsError("\n".join(f"  {fault}" for fault in reader.faults))
    return found


def read_policy_file(path: str, *, required: bool) -> Policy:
    """The policy in that file. A missing file is a PolicyError if it was asked for by name, the defaults otherwise."""
    try:
        with Path(path).open("rb") as page:
            content = page.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise PolicyError(too_large(path))
        text = content.decode()
        policy = read_policy(text, path)
        if wrong := [*placed(text, path, [*doors.faults(policy)])]:
            raise PolicyError("\n".join(wrong))
        return policy
    except FileNotFoundError:
        if required:
            raise PolicyError(f"POLICY_FILE: there is no file {path}; correct the path or unset POLICY_FILE") from None
        return Policy()
    except (OSError, UnicodeDecodeError) as unreadable:
        raise PolicyError(f"POLICY_FILE: {path} cannot be read: {unreadable}") from None


class _Reader:
    """Reads one setting after the other and remembers what was wrong."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = {name: value.strip() for name, value in environment.items() if value.strip()}
        self.faults: list[str] = []

    def read(self) -> Settings:
        self._untangle_tokens()
        app_token = self._prefixed("SLACK_APP_TOKEN", "xapp-", "an app-level token with the scope connections:write")
        policy = self.read_policy()
        return Settings(
            policy=policy,
            slack_bot_token=self._bot_token(),
            slack_signing_secret=self._signing_secret(app_token),
            slack_app_token=app_token,
            slack_api_url=self._address("SLACK_API_URL"),
            slack_channel=self._needed("SLACK_CHANNEL", "the id or name of the channel for case cards, e.g. C0123ABCD"),
            database_url=self.database(),
            **self.read_model(),
            secrets=self._secrets(policy),
            smtp_url=self._mail_server("SMTP_URL", "smtp"),
            mailbox=self._mailbox(),
            imap_url=self._mail_server("IMAP_URL", "imap"),
            metrics_token=self.environment.get("METRICS_TOKEN"),
            host=self.environment.get("HOST", "0.0.0.0" if "PORT" in self.environment else "127.0.0.1"),  # noqa: S104  platforms route to PORT from outside
            port=self._port(),
        )

    def read_beside_bot(self) -> Settings:
        return Settings(
            policy=self.read_policy(),
            slack_bot_token="",
            slack_channel=self.environment.get("SLACK_CHANNEL", ""),
            database_url=self.database(),
            **self.read_model(),
        )

    def read_model(self) -> dict[str, Any]:
        return {
            "openai_api_key": self.environment.get("OPENAI_API_KEY"),
            "openai_base_url": self._address("OPENAI_BASE_URL"),
            "openai_model": self.environment.get("OPENAI_MODEL", _MODEL),
        }

    def read_policy(self) -> Policy:
        path = self.environment.get("POLICY_FILE")
        try:
            return read_policy_file(path or "policy.toml", required=path is not None)
        except PolicyError as wrong:
            self.faults.extend(str(wrong).splitlines())
            return Policy()

    def _needed(self, name: str, what: str) -> str:
        value = self.environment.get(name, "")
        if not value:
            self.faults.append(f"{name} is missing: set it to {what}")
        return value

    def _untangle_tokens(self) -> None:
        """Two tokens in each other's place are one slip, not two; the rest is read as it is meant."""
        bot, app = (self.environment.get(name, "") for name in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"))
        if (bot.startswith("xapp-") and not app.startswith("xapp-")) or (app.startswith("xoxb-") and not bot):
            self.faults.append(
                "SLACK_BOT_TOKEN and SLACK_APP_TOKEN are swapped: xoxb-… belongs in SLACK_BOT_TOKEN, xapp-… in SLACK_APP_TOKEN"
            )
            self.environment |= {"SLACK_BOT_TOKEN": app, "SLACK_APP_TOKEN": bot}

    def _bot_token(self) -> str:
        token = self._needed("SLACK_BOT_TOKEN", "the bot token (xoxb-…) of OAuth & Permissions in your Slack app")
        if token and not token.startswith("xoxb-"):
            self.faults.append("SLACK_BOT_TOKEN does not look like a bot token: it must begin with xoxb-")
        return token

    def _prefixed(self, name: str, prefix: str, what: str) -> str | None:
        value = self.environment.get(name)
        if value and not value.startswith(prefix):
            self.faults.append(f"{name} must begin with {prefix}: it is {what}")
        return value

    def _signing_secret(self, app_token: str | None) -> str | None:
        secret = self.environment.get("SLACK_SIGNING_SECRET")
        if not secret and not app_token:
            self.faults.append(
                "SLACK_SIGNING_SECRET is missing: set it to the Signing Secret of Basic Information in your Slack app, "
                "or set SLACK_APP_TOKEN (xapp-…) to use Socket Mode without a public address"
            )
        return secret

    def _address(self, name: str) -> str | None:
        value = self.environment.get(name)
        if value and not _is_address(value):
            self.faults.append(f"{name} must be an address that begins with http:// or https:// and names a host")
        return value

    def database(self) -> str:
        url = self.environment.get("DATABASE_URL", "sqlite:///amends.db")
        if not url.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://", "postgres://")):
            self.faults.append("DATABASE_URL must begin with sqlite:/// or postgresql://, e.g. sqlite:///amends.db")
        elif url.split("?")[0] in ("sqlite:///", "sqlite:///:memory:"):
            self.faults.append("DATABASE_URL must name a file, e.g. sqlite:///amends.db: what is in memory is lost")
        elif not _has_usable_port(url):
            self.faults.append(
                "DATABASE_URL names a port that is no number; write postgresql://USER:PASSWORD@HOST/NAME"
            )
        elif (
            url.partition("://")[2].partition("/")[0].count("@") > 1
        ):  # the driver would name the rest of it as the host
            self.faults.append("DATABASE_URL has an @ in its password; write %40 for it")
        return url

    def _mailbox(self) -> Mailbox | None:
        """From whom letters are: MAIL_FROM, or the login of a mail server where that is an address; None where none says."""
        urls = [
            (self.environment.get(name, ""), scheme) for name, scheme in (("SMTP_URL", "smtp"), ("IMAP_URL", "imap"))
        ]
        logins = [unquote(urlsplit(url).username or "") for url, scheme in urls if _is_mail_server(url, scheme)]
        written = self.environment.get("MAIL_FROM")
        login = next((each for each in logins if "@" in each), "")
        try:
            return read_mailbox(written or login)
        except ValueError as wrong:
            if written:
                self.faults.append(f"MAIL_FROM {wrong}")
            return None

    def _mail_server(self, name: str, scheme: str) -> str | None:
        url = self.environment.get(name)
        if url and not _is_mail_server(url, scheme):
            self.faults.append(
                f"{name} must be {scheme}:// or {scheme}s:// and a host, e.g. {scheme}://USER:PASSWORD@HOST, with / and @ in the "
                "password written as %2F and %40"
            )
        return url

    def _secrets(self, policy: Policy) -> dict[str, str]:
        """The sources' by name, those that are set; beside them what opens our own intake to programs that cannot sign."""
        envs = {name: doors.secret_env(name) for name in doors.names(policy)} | {doors.INTAKE_TOKEN: doors.INTAKE_TOKEN}
        secrets = {name: self.environment[env] for name, env in envs.items() if env in self.environment}
        for name in secrets:
            found = doors.door(name, policy)
            if found and found.is_standard and not standard_key(secrets[name]):
                self.faults.append(
                    f"{found.env} must be whsec_ and then base64 (Standard Webhooks), as `doctor` makes one"
                )
        if (evidence := self.environment.get(SECRET_ENV)) is not None:
            secrets[NAME] = evidence
            if not standard_key(evidence):
                self.faults.append(f"{SECRET_ENV} must be whsec_ and then base64, as `doctor` makes one")
        return secrets

    def _port(self) -> int:
        value = self.environment.get("PORT", "3000")
        if value.isdecimal() and int(value) < 65536:
            return int(value)
        self.faults.append("PORT must be a number from 0 to 65535")
        return 0


def _has_usable_port(url: str) -> bool:
    """False too where a "/" or "@" in a password, not written as %2F or %40, makes a part of it look like the port."""
    try:
        urlsplit(url).port  # noqa: B018  reading it is what raises
    except ValueError:
        return False
    return True


def _is_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:  # half a bracket
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and _has_usable_port(url)


def _is_mail_server(url: str, scheme: str = "smtp") -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in (scheme, f"{scheme}s") and bool(parts.hostname) and _has_usable_port(url)
