"""The doctor looks at everything an installation needs, and says what is wrong with each part and how to mend it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from cases.policy.remarks import remarks
from cases.policy.working_time import NeverOpen
from handlers.terminal.doctor_machine import (
    Check,
    database_check,
    file_checks,
    intake_checks,
    judge_check,
    letters_checks,
    mailbox_checks,
    metrics_checks,
    model_check,
    settings_checks,
    stored_checks,
)
from handlers.terminal.doctor_slack import slack_checks
from handlers.terminal.first_feedback import send_first_feedback
from handlers.terminal.policy_in_words import in_words
from handlers.terminal.settings import Settings, examine, has_readable_policy


def examined(
    environment: Mapping[str, str], now: Callable[[], datetime], *, call_model: bool = True
) -> Iterator[Check]:
    """Every check in turn, as it is made: some ask Slack, a database or the model and take a moment. Raises nothing."""
    settings, faults = examine(environment)
    yield from settings_checks(faults)
    if faults and not Path(".env").exists():
        yield Check(None, "settings: there is no file .env here", "run: cp .env.example .env, and fill it in")
    if has_readable_policy(environment):
        yield from _policy_checks(settings, now())
    else:
        yield Check(None, "policy: not looked at, as it cannot be read", "correct the lines above, then run this again")
    if not any(fault.startswith("DATABASE_URL") for fault in faults):
        yield database_check(settings.database_url)
        yield from stored_checks(settings.database_url, settings.policy, now())
        yield from file_checks(settings.database_url, environment.get("POLICY_FILE") or "policy.toml")
    yield judge_check(settings.policy)
    yield from slack_checks(settings, now)
    yield from intake_checks(settings.secrets, settings.policy)
    yield from letters_checks(settings)
    yield from mailbox_checks(settings)
    yield from metrics_checks(settings.metrics_token, settings.host)
    yield model_check(settings, environment, now(), call=call_model)


def tried(environment: Mapping[str, str], now: Callable[[], datetime]) -> Iterator[Check]:
    """A first feedback sent to the running bot, where the settings let it be."""
    settings, faults = examine(environment)
    yield from settings_checks(faults)
    if not faults:
        yield send_first_feedback(settings, now())


def _policy_checks(settings: Settings, now: datetime) -> Iterator[Check]:
    yield _policy_check(settings, now)
    yield from (Check(None, remark.found, remark.fix) for remark in remarks(settings.policy))
    if not settings.policy.lead:
        yield Check(None, "lead: nobody, so the case's thread is told instead", "set lead in policy.toml")


def _policy_check(settings: Settings, now: datetime) -> Check:
    """What the policy means in practice, which is seen sooner in examples than in the file."""
    try:
        return Check(True, "\n    ".join(["policy:", *in_words(settings.policy, now)]))
    except NeverOpen as never:
        return Check(False, f"policy: {never}", "correct [hours] in policy.toml")
