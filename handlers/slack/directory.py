"""Who and where things are in Slack: the bot itself, people and groups by name, channels; looked up once and kept."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from cases.nudges.routing import Colleague
from cases.people import Person
from cases.policy.page import Policy
from handlers.slack.cache import WHILE_TRUE, Kept
from handlers.slack.clients import NETWORK, Slack, failure_of
from handlers.slack.members import Member, Names, id_or_name, is_group, is_person, read_member, real_zone

log = logging.getLogger(__name__)
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}$")
_WHILE_SOMEBODY_WAITS = frozenset({"auth_test", "dnd_info", "usergroups_list", "usergroups_users_list", "users_info"})
_MOST_PAGES = 100
DEFAULT_CHANNEL = "default"  # of cases opened where nobody could ask for the channel, and none was named
_ALL = ""  # the key of what is asked for as a whole


@dataclass(frozen=True, slots=True)
class Myself:
    """The bot as Slack knows it. `url` is the workspace's address and ends in a slash."""

    user_id: str
    bot_id: str
    team_id: str
    url: str


class Directory:
    """Answers from memory where it can. Slack being away makes an answer None, never an exception."""

    def __init__(self, slack: Slack, channel: str, now: Callable[[], datetime]) -> None:
        self._slack = slack
        self.channel_setting = channel.lstrip("#")
        self._known_as: dict[str, str] = {}  # channels' ids by a name or id they had before
        self._now = now
        self._myself: Myself | None = None
        self._channel: str | None = None
        self._members = Kept(self._ask_for_member, now)
        self._names = Kept(self._ask_for_names, now)
        # What not every workspace has, or lets the bot see: somebody who refuses is left alone for as long as an answer holds.
        self._quiet = Kept(self._ask_for_quiet, now, pause=WHILE_TRUE)
        self._groups = Kept(self._ask_for_groups, now, pause=WHILE_TRUE)
        self._in_group = Kept(self._ask_who_is_in, now, pause=WHILE_TRUE)
        self._direct: dict[str, str] = {}
        self._troubles: dict[str, str] = {}

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
        return self._channel or self._known_as.get(self.channel_setting, self.channel_setting)

    def channel(self) -> str:
        """The default channel's id, or the configured name while Slack has not told the id."""
        if self._channel is None:
            known = self._known_as.get(self.channel_setting)
            if _CHANNEL_ID.match(self.channel_setting):
                self._channel = known or self.channel_setting
            else:
                self._channel = self._find_channel(self.channel_setting) or known
        return self.default_channel

    def told_of_channels(self, known_as: Mapping[str, str]) -> None:
        """What is known of channels from before: ids by the name or id they had then."""
        self._known_as = dict(known_as)
        if self._channel is not None:
            self._channel = self._known_as.get(self._channel, self._channel)

    def told_of_channel(self, old: str, new: str) -> None:
        """Slack has given a channel another id."""
        self.told_of_channels({**self._known_as, old: new})

    def is_remembered(self, channel: str) -> bool:
        """Whether the setting is known to mean this channel."""
        return self._known_as.get(self.channel_setting) == channel

    def is_gone(self, channel: str) -> bool | None:
        """Whether Slack knows no channel of this id, or none that the bot can see; None where it does not answer."""
        try:
            self._slack.reads.conversations_info(channel=channel)
        except NETWORK as error:
            return True if failure_of(error).word == "channel_not_found" else None
        return False

    def _find_channel(self, name: str) -> str | None:
        for page in self._pages(self._ask_for_channels):
            if page is None:
                return None
            for channel in page.get("channels", []):
                if channel.get("name") == name:
                    return str(channel["id"])
        log.warning(
            "no channel named #%s that the bot can see; invite the bot, or set SLACK_CHANNEL to the channel's id", name
        )
        return None

    def _ask_for_channels(self, cursor: str) -> dict[str, Any] | None:
        kinds = "public_channel,private_channel"
        return self._ask("conversations_list", limit=200, cursor=cursor, exclude_archived=True, types=kinds)

    # People

    def member(self, user_id: str) -> Member | None:
        """A person by id (users.info), kept for ten minutes."""
        return self._members.get(user_id)

    def known_name(self, user_id: str) -> str | None:
        """A person's name if it was looked up before; never asks Slack."""
        member = self._members.known(user_id)
        return member.name if member else None

    def name_of(self, user_id: str) -> str | None:
        """A person's name, asked for as the person is; None where Slack does not say."""
        member = self.member(user_id)
        return (member.name or None) if member else None

    def told_of(self, user: dict[str, Any]) -> None:
        """Slack tells of somebody who has changed (the event user_change): what was known of them is no longer so."""
        member = read_member(user)
        self._members.replace(member.id, member)

    def _ask_for_member(self, user_id: str) -> Member | None:
        answer = self._ask("users_info", user=user_id)
        return None if answer is None else read_member(answer.get("user") or {})

    def colleague(self, user_id: str) -> Colleague:
        """When somebody can be told directly (users.info, dnd.info), kept for ten minutes; what Slack does not say is None."""
        member, quiet = self.member(user_id), self._quiet.get(user_id)
        return Colleague(
            wishes=Person(id=user_id),
            zone=real_zone(member.tz) if member else None,
            do_not_disturb=(quiet[0], quiet[1]) if quiet else None,
            gone=member is not None and member.deleted,
        )

    def _ask_for_quiet(self, user_id: str) -> tuple[datetime, ...] | None:
        """The span, or () for somebody without. What somebody snoozed for the moment, Slack tells nobody else."""
        answer = self._ask("dnd_info", user=user_id)
        if answer is None:
            return None
        stamps = (answer.get("next_dnd_start_ts") or 0, answer.get("next_dnd_end_ts") or 0)
        if not answer.get("dnd_enabled") or stamps[0] >= stamps[1]:  # Slack says 1 and 1 where nothing is scheduled
            return ()
        return tuple(datetime.fromtimestamp(stamp, UTC) for stamp in stamps)

    def person(self, who: str) -> str | None:
        """A person's id from an id, an "@name" of policy.toml or a mention; None when nobody is called so.

        Somebody who merely calls themselves like a user group is not meant by its handle.
        """
        id_, name = id_or_name(who)
        if id_ is not None:
            return id_ if is_person(id_) else None
        names = self._names.get(_ALL) if name else None
        if names is None:
            return None
        found = names.called.get(name)
        if found is not None and name not in names.handles and self.group(f"@{name}"):
            return None
        return names.handles.get(name) or found

    def _ask_for_names(self, _: str) -> Names | None:
        names = Names()
        for page in self._pages(lambda cursor: self._ask("users_list", limit=200, cursor=cursor)):
            if page is None:
                return None
            for user in page.get("members", []):
                names.learn(user)
        return names

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

    # User groups

    def group(self, named: str) -> str | None:
        """A user group's id from an id, an "@handle" or a mention; None when there is none (usergroups.list).

        Where Slack does not tell which groups there are, an id is taken at its word, as it is enough for a mention.
        """
        id_, name = id_or_name(named)
        groups = self._groups.get(_ALL)
        if id_ is None:
            return groups.get(name) if groups else None
        return id_ if is_group(id_) and (groups is None or id_ in groups.values()) else None

    def group_members(self, group_id: str) -> tuple[str, ...]:
        """The ids of those in a user group (usergroups.users.list), kept for ten minutes; none where Slack does not say."""
        return self._in_group.get(group_id) or ()

    def _ask_for_groups(self, _: str) -> dict[str, str] | None:
        answer = self._ask("usergroups_list")
        groups = (answer or {}).get("usergroups", [])
        return None if answer is None else {str(g["handle"]).casefold(): str(g["id"]) for g in groups}

    def _ask_who_is_in(self, group_id: str) -> tuple[str, ...] | None:
        answer = self._ask("usergroups_users_list", usergroup=group_id)
        return None if answer is None else tuple(str(user) for user in answer.get("users", []))

    # Where to post

    def place(self, where: str) -> str:
        """Where to post: a channel's id as it is, a person's id as the direct conversation, a name as the default channel."""
        if is_person(where):
            return self.direct(where)
        return self._known_as.get(where, where) if _CHANNEL_ID.match(where) else self.channel()

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

    # Asking

    def _pages(self, ask: Callable[[str], dict[str, Any] | None]) -> Iterator[dict[str, Any] | None]:
        """The pages of a list in turn, asked for by cursor; None in place of one that Slack did not give."""
        cursor = ""
        for _ in range(_MOST_PAGES):
            page = ask(cursor)
            yield page
            cursor = ((page or {}).get("response_metadata") or {}).get("next_cursor") or ""
            if not cursor:
                return

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any] | None:
        """What Slack answers, or None. A trouble is logged when it begins, not each time it is met."""
        try:
            client = self._slack.prompt if method in _WHILE_SOMEBODY_WAITS else self._slack.reads
            answer = getattr(client, method)(**{k: v for k, v in arguments.items() if v != ""})
        except NETWORK as away:
            word = failure_of(away).word
            if self._troubles.get(method) != word:
                log.warning("Slack did not answer %s: %s", method.replace("_", "."), away)
            self._troubles[method] = word
            return None
        self._troubles.pop(method, None)
        return dict(answer.data)


class Offline(Directory):
    """A directory that asks Slack nothing, for commands that work beside the running bot and need no tokens.

    It knows nobody and no links. A channel's name stays a name, which the running bot takes for its default channel.

    Cases opened meanwhile carry the setting as it is, or DEFAULT_CHANNEL where it is not set: `Directory.place` resolves
    either when the card is sent.
    """

    def __init__(self, channel: str, now: Callable[[], datetime]) -> None:
        super().__init__(Slack(""), channel or DEFAULT_CHANNEL, now)

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any] | None:
        return None
