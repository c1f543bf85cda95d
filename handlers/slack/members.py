"""What Slack's answers say of people, and how people and groups are named, read into values; asks nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from cases.may import Standing

_PERSON = re.compile(r"[UW][A-Z0-9]{2,}$")
_GROUP = re.compile(r"S[A-Z0-9]{2,}$")
_MENTION = re.compile(r"<(?:@|!subteam\^)([A-Z0-9]+)(?:\|[^<>]*)?>$")
_SLACKBOT = "USLACKBOT"  # of which users.info says that it is no bot
# docs.slack.dev, the user object. `is_app_user` is not here: it says that a person has authorised the app.
_FLAGS: Mapping[Standing, tuple[str, ...]] = {
    Standing.GONE: ("deleted",),
    Standing.BOT: ("is_bot", "is_workflow_bot", "is_connector_bot"),
    Standing.GUEST: ("is_restricted", "is_ultra_restricted"),
    Standing.ELSEWHERE: ("is_stranger",),  # false of somebody who shares a channel with us: their team tells
}


@dataclass(frozen=True, slots=True)
class Home:
    """The workspace that the bot is installed in, and the organisation that it belongs to, if any."""

    team_id: str
    enterprise_id: str = ""

    def organises(self, user: Mapping[str, Any]) -> bool:
        """Whether a user is of our organisation, whichever of its workspaces is theirs."""
        theirs = user.get("enterprise_id") or (user.get("enterprise_user") or {}).get("enterprise_id")
        return bool(self.enterprise_id) and theirs == self.enterprise_id


@dataclass(frozen=True, slots=True)
class Member:
    """A person in Slack. `handle` is theirs alone in their workspace; `called` is what they call themselves, as anybody may."""

    id: str
    name: str = ""
    standing: Standing = Standing.MEMBER
    tz: str | None = None
    handle: str = ""
    called: frozenset[str] = frozenset()
    organisation: bool = False  # Slack says that they are of our organisation, whichever workspace is theirs


@dataclass(frozen=True, slots=True)
class Fitting:
    """Whom a name in policy.toml fits: `person` if it is exactly one, by handle or id.

    Else `why` says what is in the way, and `instead` who may have been meant: no handle fits, or several do, or what
    fits is a guest, a bot or somebody else without rights.
    """

    person: Member | None = None
    why: str = ""
    instead: tuple[Member, ...] = ()


def read_member(user: Mapping[str, Any], home: Home) -> Member:
    """A user of users.info, users.list or user_change."""
    profile = user.get("profile") or {}
    # Letters to customers are signed with it: the full name, before what colleagues call each other.
    name = user.get("real_name") or profile.get("real_name") or profile.get("display_name") or user.get("name") or ""
    called = (profile.get("display_name"), user.get("real_name"), profile.get("real_name"))
    return Member(
        id=str(user.get("id") or ""),
        name=name,
        standing=_standing(user, home),
        tz=user.get("tz"),
        handle=str(user.get("name") or "").lower(),
        called=frozenset(str(each).lower().lstrip("@") for each in called if each),
        organisation=home.organises(user),
    )


def _standing(user: Mapping[str, Any], home: Home) -> Standing:
    flagged = (standing for standing, flags in _FLAGS.items() if any(user.get(flag) for flag in flags))
    if (standing := next(flagged, None)) is not None:
        return standing
    if user.get("id") == _SLACKBOT:
        return Standing.BOT
    ours = user.get("team_id") in (None, home.team_id) or home.organises(user)
    return Standing.MEMBER if ours else Standing.ELSEWHERE


def fitting(name: str, people: Collection[Member]) -> Fitting:
    """Whom a lower-case name without its "@" fits, of all there are. Only a full member's handle gives a right."""
    by_handle = tuple(each for each in people if each.handle == name)
    rightful = tuple(each for each in by_handle if each.standing is Standing.MEMBER)
    if len(rightful) == 1:
        return Fitting(person=rightful[0])
    if rightful:
        return Fitting(why="several", instead=rightful)
    if by_handle:
        return Fitting(why="no_member", instead=by_handle)
    called = tuple(each for each in people if name in each.called and each.standing is Standing.MEMBER)
    return Fitting(why="only_called" if called else "nobody", instead=called)


def answers_to(member: Member, name: str) -> bool:
    """Whether a lower-case name is somebody's handle, or what they are called, or the first word of it."""
    called = {*member.called, member.name.lower()}
    return name in {member.handle, *called, *(each.partition(" ")[0] for each in called)} - {""}


def real_zone(name: str | None) -> str | None:
    """A time zone's name if there is such a zone here."""
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError, OSError):  # unknown; malformed; a folder of zones
        return None


def is_person(id_: str) -> bool:
    """Whether it has the form of a person's id."""
    return _PERSON.match(id_) is not None


def is_group(id_: str) -> bool:
    """Whether it has the form of a user group's id."""
    return _GROUP.match(id_) is not None


def is_direct(channel: str) -> bool:
    """Whether a conversation's id is that of a direct one."""
    return channel.startswith("D")


def id_or_name(who: str) -> tuple[str | None, str]:
    """The id that is meant, or else a lower-case name: what begins with "@" is a name even if it looks like an id."""
    mentioned = _MENTION.match(who)
    if mentioned:
        return mentioned[1], ""
    if is_person(who) or is_group(who):
        return who, ""
    return None, who.lstrip("@").lower()
