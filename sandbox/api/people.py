"""The Web API's methods about people and about the bot itself: auth, users, groups, do-not-disturb, bots."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.api.call import Call, Method
from sandbox.api.conversations import paged
from sandbox.objects import Json, Refusal, user_json
from sandbox.workspace import Person, Usergroup

Span = tuple[datetime, datetime]


def auth_test(call: Call) -> Json:
    """Whose token it is."""
    workspace = call.workspace
    return {
        "url": f"{call.base_url}/",
        "team": "Practice",
        "team_id": workspace.team_id,
        "user": workspace.people[workspace.app.user].name,
        "user_id": workspace.app.user,
        "bot_id": workspace.app.bot_id,
        "is_enterprise_install": False,
    } | ({"enterprise_id": workspace.enterprise_id} if workspace.enterprise_id else {})


def user_info(call: Call) -> Json:
    """One member, with time zone."""
    person = call.person()
    if person.unseen:
        raise Refusal(person.unseen)
    return {"user": user_json(call.workspace, person)}


def user_list(call: Call) -> Json:
    """All people whom the bot may see: itself, deactivated ones, and those of other workspaces in shared channels too."""
    seen = [person for person in call.workspace.people.values() if not person.unseen]
    page, metadata = paged(call, seen, 1000)
    return {"members": [user_json(call.workspace, person) for person in page], "response_metadata": metadata}


def lookup_by_email(call: Call) -> Json:
    """The member with this e-mail address. Slack calls a missing one users_not_found, in the plural."""
    email = call.needed("email").casefold()
    for person in call.workspace.people.values():
        if person.email.casefold() == email and not person.deleted:
            return {"user": user_json(call.workspace, person)}
    raise Refusal("users_not_found")


def group_list(call: Call) -> Json:
    """The groups of people that can be mentioned."""
    return {"usergroups": [_group(call, group) for group in call.workspace.usergroups.values()]}


def _group(call: Call, group: Usergroup) -> Json:
    shown: Json = {
        "id": group.id,
        "team_id": call.workspace.team_id,
        "is_usergroup": True,
        "is_external": False,
        "name": group.name,
        "description": "",
        "handle": group.handle,
        "date_delete": 0,
    }
    shown |= {"users": list(group.users)} if call.flag("include_users") else {}
    return shown | ({"user_count": len(group.users)} if call.flag("include_count") else {})


def group_users(call: Call) -> Json:
    """Who is in a group."""
    group = call.workspace.usergroups.get(call.needed("usergroup"))
    if group is None:
        raise Refusal("no_such_subteam")
    return {"users": list(group.users)}


def dnd_info(call: Call) -> Json:
    """When a person, or else the bot, is next not to be disturbed; who is in such a span now is told that one.

    Snooze fields are for the caller alone and so never here.
    """
    person = call.person() if call.string("user") else call.workspace.people[call.workspace.app.user]
    span = next_span(person, call.workspace.now())
    start, end = (int(at.timestamp()) for at in span) if span else (1, 1)  # what Slack answers when there is none
    return {"dnd_enabled": span is not None, "next_dnd_start_ts": start, "next_dnd_end_ts": end}


def next_span(person: Person, now: datetime) -> Span | None:
    """The span this person is in, or else the next one, in their own hours; None without a schedule."""
    if person.dnd is None:
        return None
    start, end = (datetime.fromtimestamp(stamp, UTC) for stamp in person.dnd)
    zone = ZoneInfo(person.tz)
    first = max(0, (now - end).days)
    spans = ((_later(start, days, zone), _later(end, days, zone)) for days in itertools.count(first))
    return next(span for span in spans if span[1] > now)


def quiet_until(person: Person, now: datetime) -> datetime | None:
    """Until when this person is not to be disturbed; None for somebody who may be now."""
    span = next_span(person, now)
    return span[1] if span and span[0] <= now else None


def _later(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same hour by the clock on the wall, so many days on, whatever summer time does in between."""
    local = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=zone).astimezone(UTC)


def bot_info(call: Call) -> Json:
    """The bot itself; no other bot is known here."""
    workspace = call.workspace
    if call.string("bot") != workspace.app.bot_id:
        raise Refusal("bot_not_found")
    bot = workspace.people[workspace.app.user]
    return {
        "bot": {
            "id": workspace.app.bot_id,
            "app_id": workspace.app.id,
            "user_id": bot.id,
            "name": bot.real_name,
            "deleted": bot.deleted,
        }
    }


METHODS = {
    "auth.test": Method(auth_test),
    "users.info": Method(user_info, ("users:read",)),
    "users.list": Method(user_list, ("users:read",)),
    "users.lookupByEmail": Method(lookup_by_email, ("users:read.email",)),
    "usergroups.list": Method(group_list, ("usergroups:read",)),
    "usergroups.users.list": Method(group_users, ("usergroups:read",)),
    "dnd.info": Method(dnd_info, ("dnd:read",)),
    "bots.info": Method(bot_info, ("users:read",)),
}
