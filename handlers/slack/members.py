"""What Slack's answers say of people, and how people and groups are named, read into values; asks nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

_PERSON = re.compile(r"[UW][A-Z0-9]{2,}$")
_GROUP = re.compile(r"S[A-Z0-9]{2,}$")
_MENTION = re.compile(r"<(?:@|!subteam\^)([A-Z0-9]+)(?:\|[^<>]*)?>$")
_STRANGERS = ("is_bot", "deleted", "is_restricted", "is_ultra_restricted", "is_stranger")


@dataclass(frozen=True, slots=True)
class Member:
    """A person in Slack. `outside` is a guest, a bot, a deactivated account or somebody of another workspace."""

    id: str
    name: str
    outside: bool
    tz: str | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """Ids by lower-case name: the handles, which are unique, and what people call themselves, which need not be."""

    handles: dict[str, str] = field(default_factory=dict)
    called: dict[str, str] = field(default_factory=dict)

    def learn(self, user: dict[str, Any]) -> None:
        """Adds a user of users.list, unless they have left."""
        if user.get("deleted"):
            return
        profile = user.get("profile") or {}
        for name in filter(None, (profile.get("display_name"), user.get("real_name"))):
            self.called[str(name).casefold()] = str(user["id"])
        if user.get("name"):
            self.handles[str(user["name"]).casefold()] = str(user["id"])


def read_member(user: dict[str, Any]) -> Member:
    """A user of users.info."""
    profile = user.get("profile") or {}
    # Letters to customers are signed with it: the full name, before what colleagues call each other.
    name = user.get("real_name") or profile.get("real_name") or profile.get("display_name") or user.get("name") or ""
    outside = any(user.get(flag) for flag in _STRANGERS)
    return Member(str(user.get("id") or ""), name, outside, user.get("tz"), bool(user.get("deleted")))


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
    return None, who.lstrip("@").casefold()
