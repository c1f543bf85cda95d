"""Who and where things are in Slack: the bot itself, people by name, the channel's id; looked up once and kept."""

from __future__ import annotations

import logging
import re
import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cases.policy import Policy
from handlers.slack import NETWORK, Slack

log = logging.getLogger(__name__)
_KEEP = timedelta(minutes=10)
_ID = re.compile(r"[UW][A-Z0-9]{2,}$")
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}$")
_WHILE_SOMEBODY_WAITS = frozenset({"auth_test", "users_info"})


@dataclass(frozen=True, slots=True)
class Myself:
    """The bot as Slack knows it. `url` is the workspace's address and ends in a slash."""

    user_id: str
    bot_id: str
    team_id: str
    url: str


@dataclass(frozen=True, slots=True)
class Member:
    """A person in Slack. `outside` is a guest, a bot, a deactivated account or somebody of another workspace."""

    id: str
    name: str
    outside: bool
    tz: str | None = None


class Directory:
    """Answers from memory where it can. Slack being away makes an answer None, never an exception."""

    def __init__(self, slack: Slack, channel: str, now: Callable[[], datetime]) -> None:
        self._slack = slack
        self._channel_setting = channel.lstrip("#")
        self._now = now
        self._lock = threading.Lock()
        self._myself: Myself | None = None
        self._channel: str | None = None
        self._members: dict[str, tuple[datetime, Member]] = {}
        self._names: tuple[datetime, dict[str, str]] | None = None
        self._direct: dict[str, str] = {}

    def myself(self) -> Myself | None:
        """The bot's own identity (auth.test), asked for until Slack has answered once."""
        if self._myself is None:
            answer = self._ask("auth_test")
            if answer is not None:
                ids = (answer.get("user_id") or "", answer.get("bot_id") or "", answer.get("team_id") or "")
                self._myself = Myself(*ids, answer.get("url") or "https://slack.com/")
        return self._myself

    def channel_id(self) -> str | None:
        """The default channel's id, None while Slack has not told it."""
        self.channel()
        return self._channel

    @property
    def default_channel(self) -> str:
        """The default channel as far as it is known without asking Slack: its id, or its name."""
        return self._channel or self._channel_setting

    def channel(self) -> str:
        """The default channel's id, or the configured name while Slack has not told the id."""
        if self._channel is None:
            if _CHANNEL_ID.match(self._channel_setting):
                self._channel = self._channel_setting
            else:
                self._channel = self._find_channel(self._channel_setting)
        return self.default_channel

    def _find_channel(self, name: str) -> str | None:
        cursor = ""
        for _ in range(50):
            answer = self._ask(
                "conversations_list",
                limit=200,
                cursor=cursor,
                exclude_archived=True,
                types="public_channel,private_channel",
            )
            if answer is None:
                return None
            for channel in answer.get("channels", []):
                if channel.get("name") == name:
                    return str(channel["id"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        log.warning(
            "no channel named #%s that the bot can see; invite the bot, or set SLACK_CHANNEL to the channel's id", name
        )
        return None

    def member(self, user_id: str) -> Member | None:
        """A person by id (users.info), kept for ten minutes."""
        with self._lock:
            kept = self._members.get(user_id)
        if kept is not None and self._now() - kept[0] < _KEEP:
            return kept[1]
        answer = self._ask("users_info", user=user_id)
        if answer is None:
            return kept[1] if kept else None
        member = self._read(answer.get("user") or {})
        with self._lock:
            self._members[user_id] = (self._now(), member)
        return member

    def known_name(self, user_id: str) -> str | None:
        """A person's name if it was looked up before; never asks Slack."""
        with self._lock:
            kept = self._members.get(user_id)
        return kept[1].name if kept else None

    def _read(self, user: dict[str, Any]) -> Member:
        profile = user.get("profile") or {}
        # Letters to customers are signed with it: the full name, before what colleagues call each other.
        name = (
            user.get("real_name") or profile.get("real_name") or profile.get("display_name") or user.get("name") or ""
        )
        strangers = ("is_bot", "deleted", "is_restricted", "is_ultra_restricted", "is_stranger")
        return Member(str(user.get("id") or ""), name, any(user.get(flag) for flag in strangers), user.get("tz"))

    def person(self, who: str) -> str | None:
        """A person's id from an id, an "@name" of policy.toml or a mention; None when nobody is called so."""
        name = who.strip("<>").lstrip("@").split("|")[0]
        if _ID.match(name):
            return name
        return self._by_name().get(name.casefold()) if name else None

    def is_outside(self, user_id: str, policy: Policy) -> bool:
        """True for somebody who may not act: never one of the team, or not named by a policy that names who may.

        While Slack does not answer, nobody is turned away: Slack itself vouched for who clicked.
        """
        member = self.member(user_id)
        if member is not None and member.outside:
            return True
        if policy.slack.everyone_may:
            return False
        named = (policy.lead, policy.manager, *policy.slack.members)
        return user_id not in {self.person(name) for name in named if name}

    def _by_name(self) -> dict[str, str]:
        with self._lock:
            kept = self._names
        if kept is not None and self._now() - kept[0] < _KEEP:
            return kept[1]
        names = self._all_names()
        if names is None:
            return kept[1] if kept else {}
        with self._lock:
            self._names = (self._now(), names)
        return names

    def _all_names(self) -> dict[str, str] | None:
        names: dict[str, str] = {}
        cursor = ""
        for _ in range(100):
            answer = self._ask("users_list", limit=200, cursor=cursor)
            if answer is None:
                return None
            for user in answer.get("members", []):
                profile = user.get("profile") or {}
                for name in (profile.get("display_name"), user.get("real_name"), user.get("name")):  # the handle wins
                    if name and not user.get("deleted"):
                        names[str(name).casefold()] = str(user["id"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                break
        return names

    def place(self, where: str) -> str:
        """Where to post: a channel's id as it is, a person's id as the direct conversation, a name as the default channel."""
        if _ID.match(where):
            return self.direct(where)
        return where if _CHANNEL_ID.match(where) else self.channel()

    def direct(self, user_id: str) -> str:
        """The id of the direct conversation with a person (conversations.open). Raises what Slack or the network raises."""
        known = self._direct.get(user_id)
        if known is None:
            known = str(self._slack.writes.conversations_open(users=[user_id])["channel"]["id"])
            self._direct[user_id] = known
        return known

    def link(self, channel: str, ts: str) -> str | None:
        """The address of a message, built without asking Slack: WORKSPACE/archives/CHANNEL/pTS."""
        myself = self.myself()
        return None if myself is None else f"{myself.url}archives/{channel}/p{ts.replace('.', '')}"

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any] | None:
        try:
            client = self._slack.prompt if method in _WHILE_SOMEBODY_WAITS else self._slack.reads
            answer = getattr(client, method)(**{k: v for k, v in arguments.items() if v != ""})
        except NETWORK as away:
            log.warning("Slack did not answer %s: %s", method.replace("_", "."), away)
            return None
        return dict(answer.data)
