"""What the doctor finds in Slack: the tokens, the scopes granted, the channel, and whom policy names."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from handlers.rights import PINNED, named_in, titles, why_nobody
from handlers.slack.clients import NETWORK, Slack, failure_of
from handlers.slack.directory import Directory
from handlers.slack.manifest import SCOPES
from handlers.slack.members import Fitting
from handlers.terminal.doctor_machine import Check
from handlers.terminal.settings import Settings
from store.channels import KNOWN_AS
from store.condition import remembered

_REINSTALL = "OAuth & Permissions in the app's settings at https://api.slack.com/apps"
_FIXES = {
    "invalid_auth": f"copy the bot token (xoxb-…) again from {_REINSTALL}",
    "token_revoked": f"install the app again, and copy the new bot token from {_REINSTALL}",
    "account_inactive": f"install the app again, and copy the new bot token from {_REINSTALL}",
    "not_allowed_token_type": "swap the tokens: SLACK_BOT_TOKEN begins with xoxb-, SLACK_APP_TOKEN with xapp-",
    "missing_scope": f"add the scopes named below under {_REINSTALL}, then install the app again",
    "ratelimited": "wait a minute and run doctor again",
}
# What goes on without them, and what is then left out.
_WITHOUT = {
    "dnd:read": "quiet hours that people set in Slack are not known, and do not count",
    "files:read": "the digest has no chart, and what came with letters is not shown",
    "files:write": "the digest has no chart, and what came with letters is not shown",
    "usergroups:read": "@groups in policy.toml are not found, and a group can be no rota",
}
_NO_ANSWER = "look whether this machine may reach https://slack.com, and at SLACK_API_URL if you set it"


def slack_checks(settings: Settings, now: Callable[[], datetime]) -> Iterator[Check]:
    """All that can be asked of Slack with the tokens there are; what a missing token hides is passed over."""
    slack = Slack(settings.slack_bot_token, settings.slack_api_url)
    if settings.slack_bot_token:
        directory = Directory(slack, settings.slack_channel, now, settings.policy.named_channels)
        directory.told_of_channels(remembered(settings.database_url, KNOWN_AS).get("") or {})
        yield from _as_bot(settings, slack, directory)
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
    for named in filter(None, directory.named):
        yield from _channel(slack.writes, directory, named)
    yield from _people(settings, directory)


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


def _channel(client: WebClient, directory: Directory, configured: str) -> Iterator[Check]:
    """The default channel, or one that policy names, is there, is in use, is the team's own, and the bot is in it."""
    is_default = configured == directory.channel_setting
    other = "set SLACK_CHANNEL to another" if is_default else "name another in policy.toml"
    found = directory.id_of(configured)
    if found is None and directory.is_archived(configured):
        yield Check(False, f"channel: #{configured} is archived", f"bring it back, or {other}")
        return
    try:
        channel = (client.conversations_info(channel=found).get("channel") or {}) if found else None
    except NETWORK as wrong:
        if failure_of(wrong).word != "channel_not_found":
            yield _failed(f"channel {configured}", wrong)
            return
        channel = None
    if channel is None:
        unseen = f"channel: none named {configured} that the bot can see"
        mend = (
            "set SLACK_CHANNEL to the channel's id" if is_default else "write its name in policy.toml as Slack has it"
        )
        yield Check(False, unseen, f"{mend}; if it is private, /invite the bot there first")
        return
    name = f"#{channel.get('name') or configured}"
    if channel.get("is_archived"):
        yield Check(False, f"channel: {name} is archived", f"bring it back, or {other}")
    elif not channel.get("is_member"):
        yield Check(False, f"channel: the bot is not in {name}", f"in {name}, write: /invite @Amends")
    else:
        yield Check(True, f"channel: {name} ({found}), and the bot is in it")
    if channel.get("is_ext_shared") or channel.get("is_pending_ext_shared"):
        shared = f"sharing: {name} is shared with another organisation, whose people read every card there"
        yield Check(None, shared, "they may do nothing with the cards; to keep customers' words among us, use another")


def _people(settings: Settings, directory: Directory) -> Iterator[Check]:
    """Everybody whom policy.toml names is there, and is one of the team; groups are there, and not empty."""
    policy = settings.policy
    for name, role in named_in(policy).items():
        found = directory.fits(name)
        group = directory.group(name) if (found is None or found.person is None) and role in _FOR_GROUPS else None
        if group is not None:
            yield _group(role, name, directory.group_members(group))
        else:
            yield _person(role, name, found, directory)
    if policy.rota.group:
        yield _rota_group(policy.rota.group, directory)
    yield from _pinned(settings, directory)


def _person(role: str, name: str, found: Fitting | None, directory: Directory) -> Check:
    if found is None:
        return Check(None, f"{role}: Slack does not tell who {name} is", "run doctor again in a minute")
    if found.person is None:
        return Check(False, *why_nobody(role, name, found, " and no user group" if role in _FOR_GROUPS else ""))
    member = directory.member(found.person.id) or found.person
    by_id = "" if name == member.id else f'their id, which holds whatever their handle becomes: "{member.id}"'
    return Check(True, f"{role}: {name} is {member.name}", by_id)


def _pinned(settings: Settings, directory: Directory) -> Iterator[Check]:
    """Whom each title was found to mean when the bot last looked, and whether that is somebody else now."""
    for title, told in remembered(settings.database_url, PINNED).items():
        named = titles(settings.policy).get(title)
        found = directory.fits(named) if named else None
        now = found.person.id if found and found.person else None
        was, since = told["person"] or "nobody", str(told["at"])[:10]
        if (named and found is None) or told["person"] == now:
            yield Check(True, f"rights: {title} is {was} since {since}, by {told['named']}")
        else:
            moved = f"rights: {title} was {was} since {since}, by {told['named']}, and now is {now or 'nobody'}"
            yield Check(
                None, moved, "the bot tells both when it looks next; if it is not meant, write the id in policy.toml"
            )


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
