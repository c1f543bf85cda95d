"""What the doctor finds in Slack: the tokens, the scopes granted, the channel, and whom policy names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from cases.policy.hours import WEEKDAYS
from cases.policy.page import Policy
from cases.policy.values import ROLES
from handlers.slack.clients import NETWORK, Slack
from handlers.slack.directory import Directory
from handlers.slack.manifest import SCOPES
from handlers.slack.members import Member
from handlers.terminal.doctor_machine import Check
from handlers.terminal.settings import Settings

_REINSTALL = "OAuth & Permissions in the app's settings at https://api.slack.com/apps"
_FIXES = {
    "invalid_auth": f"copy the bot token (xoxb-…) again from {_REINSTALL}",
    "token_revoked": f"install the app again, and copy the new bot token from {_REINSTALL}",
    "account_inactive": f"install the app again, and copy the new bot token from {_REINSTALL}",
    "not_allowed_token_type": "swap the tokens: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-",
    "missing_scope": f"add the scopes named below under {_REINSTALL}, then install the app again",
    "channel_not_found": "set SLACK_CHANNEL to a channel's id (C…); if it is private, /invite the bot there first",
    "ratelimited": "wait a minute and run doctor again",
}
# What goes on without them, and what is then left out.
_WITHOUT = {
    "dnd:read": "quiet hours that people set in Slack are not known, and do not count",
    "files:read": "the digest has no chart",
    "files:write": "the digest has no chart",
    "usergroups:read": "@groups in policy.toml are not found, and a group can be no rota",
}
_NO_ANSWER = "look whether this machine may reach https://slack.com, and at SLACK_API_URL if you set it"


def slack_checks(settings: Settings, now: Callable[[], datetime]) -> Iterator[Check]:
    """All that can be asked of Slack with the tokens there are; what a missing token hides is passed over."""
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    if settings.slack_bot_token:
        yield from _as_bot(settings, slack, Directory(slack, settings.slack_channel, now))
    if settings.slack_app_token is not None:
        yield _socket(slack, settings.slack_app_token)
    elif settings.slack_signing_secret is not None:
        yield Check(True, "way in: HTTP, signed, at POST /slack/events")


def _as_bot(settings: Settings, slack: Slack, directory: Directory) -> Iterator[Check]:
    # `writes` tries nothing twice: who runs the doctor is waiting for it.
    try:
        answer = slack.writes.auth_test()
    except NETWORK as wrong:
        yield _failed("bot token", wrong)
        return
    yield Check(True, f"bot token: {answer.get('user')} in the workspace {answer.get('team')}")
    yield from _scopes(answer.headers)
    if settings.slack_channel:
        yield _channel(slack.writes, directory, settings.slack_channel)
    yield from _people(settings.policy, directory)


def _failed(what: str, wrong: Exception) -> Check:
    """Slack's own word for what is wrong, or the network's."""
    if isinstance(wrong, SlackApiError):
        word = str(wrong.response.get("error") or "no reason given")
        return Check(False, f"{what}: Slack says {word}", _FIXES.get(word, _REINSTALL))
    return Check(False, f"{what}: Slack does not answer ({wrong})", _NO_ANSWER)


def _scopes(headers: Mapping[str, Any]) -> Iterator[Check]:
    """Slack lists what it granted in a header of every answer; where it does not, nothing can be said."""
    listed = next((value for name, value in headers.items() if name.lower() == "x-oauth-scopes"), None)
    if listed is None:
        yield Check(None, "scopes: Slack did not list them")
        return
    missing = sorted(SCOPES.keys() - {scope.strip() for scope in str(listed).split(",")})
    if not missing:
        yield Check(True, f"scopes: all {len(SCOPES)} granted")
    needed = [scope for scope in missing if scope not in _WITHOUT]
    if needed:
        uses = "; ".join(f"{scope} ({SCOPES[scope]})" for scope in needed)
        yield Check(False, f"scopes: {', '.join(needed)} missing", f"add under {_REINSTALL}, install again: {uses}")
    for scope in missing:
        if scope in _WITHOUT:
            yield Check(
                None, f"scopes: {scope} missing, so {_WITHOUT[scope]}", f"add under {_REINSTALL}, install again"
            )


def _channel(client: WebClient, directory: Directory, configured: str) -> Check:
    """The channel is there, is in use, and the bot is in it."""
    found = directory.channel_id()
    if found is None:
        unseen = f"channel: none named {configured} that the bot can see"
        return Check(
            False, unseen, "set SLACK_CHANNEL to the channel's id; if it is private, /invite the bot there first"
        )
    try:
        channel = client.conversations_info(channel=found).get("channel") or {}
    except NETWORK as wrong:
        return _failed(f"channel {configured}", wrong)
    name = f"#{channel.get('name') or configured}"
    if channel.get("is_archived"):
        return Check(False, f"channel: {name} is archived", "bring it back, or set SLACK_CHANNEL to another")
    if not channel.get("is_member"):
        return Check(False, f"channel: the bot is not in {name}", f"in {name}, write: /invite @Amends")
    return Check(True, f"channel: {name} ({found}), and the bot is in it")


def _people(policy: Policy, directory: Directory) -> Iterator[Check]:
    """Everybody whom policy.toml names is there, and is one of the team; groups are there, and not empty."""
    for name, role in _named(policy).items():
        person = directory.person(name)
        group = directory.group(name) if person is None and role in _FOR_GROUPS else None
        if group is not None:
            yield _group(role, name, directory.group_members(group))
        else:
            yield _person(role, name, directory.member(person) if person else None)
    if policy.rota.group:
        yield _rota_group(policy.rota.group, directory)


def _person(role: str, name: str, member: Member | None) -> Check:
    if member is None:
        nobody = f"{role}: Slack knows nobody{' and no user group' if role in _FOR_GROUPS else ''} called {name}"
        return Check(False, nobody, "write the handle or the id (U…) in policy.toml as Slack's profile shows it")
    if member.outside:
        outside = f"{role}: {name} is a guest, a bot or deactivated"
        return Check(False, outside, "name somebody of the team in policy.toml")
    return Check(True, f"{role}: {name} is {member.name}")


def _rota_group(name: str, directory: Directory) -> Check:
    group = directory.group(name)
    if group is None:
        unknown = f"rota: Slack knows no user group called {name}"
        return Check(False, unknown, "write its @handle or its id (S…) in policy.toml; the bot needs usergroups:read")
    return _group("rota", name, directory.group_members(group))


def _group(role: str, name: str, members: Sequence[str]) -> Check:
    if not members:
        return Check(None, f"{role}: {name} is a user group of nobody", "add somebody to it in Slack")
    return Check(True, f"{role}: {name} is a user group of {len(members)}")


_FOR_GROUPS = ("ladder",)


def _named(policy: Policy) -> dict[str, str]:
    """Names and ids in policy.toml of persons, or in the ladder of groups, each with the first place it stands in."""
    places = [
        (policy.lead, "lead"),
        (policy.manager, "manager"),
        *((rung.tell, "ladder") for rung in policy.nudges if rung.tell not in ROLES),
        *((name, "rota") for weekday in range(len(WEEKDAYS)) for name in policy.rota.on(weekday)),
        *((name, "member") for name in policy.slack.members),
        (policy.remedies.beyond, "remedies"),
        (policy.drafts.may_override, "drafts"),
    ]
    first: dict[str, str] = {}
    for name, role in places:
        if name:
            first.setdefault(name, role)
    return first


def _socket(slack: Slack, app_token: str) -> Check:
    """Whether Slack lets the bot open a socket; the one it would give is not used."""
    try:
        slack.writes.apps_connections_open(app_token=app_token)
    except SlackApiError as wrong:
        fix = "make one with connections:write under Basic Information, App-Level Tokens, and turn Socket Mode on"
        return Check(False, _failed("app token", wrong).found, fix)
    except NETWORK as away:
        return _failed("app token", away)
    return Check(True, "way in: Socket Mode")
