"""Who and where things are in Slack: the bot itself, people and groups by name, channels; looked up once and kept."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cases.may import Standing
from cases.nudges.routing import Colleague
from cases.people import Person
from handlers.slack.cache import WHILE_TRUE, Kept
from handlers.slack.channel_names import DEFAULT_CHANNEL, Channels, NotToldYet
from handlers.slack.clients import Slack
from handlers.slack.members import (
    Fitting,
    Home,
    Member,
    answers_to,
    fitting,
    id_or_name,
    is_group,
    is_person,
    read_member,
    real_zone,
)

_JUST_INVITED = timedelta(seconds=10)  # after so long we look again whether somebody has come to a channel
_PAGE = 1000  # the most that users.list and conversations.members give at once
_ALL = ""  # the key of what is asked for as a whole


@dataclass(frozen=True, slots=True)
class Myself:
    """The bot as Slack knows it. `url` is the workspace's address and ends in a slash."""

    user_id: str
    bot_id: str
    team_id: str
    url: str
    enterprise_id: str = ""

    @property
    def home(self) -> Home:
        """The workspace and the organisation that are ours."""
        return Home(self.team_id, self.enterprise_id)


@dataclass(frozen=True, slots=True)
class Seen:
    """What Slack says of somebody, and whether they are in a channel; None: it has never told. `lately`: of late."""

    member: Member | None
    lately: bool
    in_channel: bool | None = None
    channel_lately: bool = False


class Directory(Channels):
    """Answers from memory where it can. Slack being away makes an answer None, never an exception.

    `named` are the channels that policy names, besides the default `channel`.
    """

    def __init__(self, slack: Slack, channel: str, now: Callable[[], datetime], named: Collection[str] = ()) -> None:
        super().__init__(slack, channel, now, named)
        self._now = now
        self._myself: Myself | None = None
        self._members = Kept(self._ask_for_member, now)
        self._everybody = Kept(self._ask_for_everybody, now)
        self._inside = Kept(self._ask_who_is_inside, now)
        self._teams: dict[str, str] = {}  # whose team is which, as payloads say
        # What not every workspace has, or lets the bot see: somebody who refuses is left alone for as long as an answer holds.
        self._quiet = Kept(self._ask_for_quiet, now, pause=WHILE_TRUE)
        self._groups = Kept(self._ask_for_groups, now, pause=WHILE_TRUE)
        self._in_group = Kept(self._ask_who_is_in, now, pause=WHILE_TRUE)
        self._direct: dict[str, str] = {}

    def myself(self) -> Myself | None:
        """The bot's own identity (auth.test), asked for until Slack has answered once."""
        if self._myself is None:
            answer = self._ask("auth_test")
            if answer is not None:
                ids = (answer.get("user_id") or "", answer.get("bot_id") or "", answer.get("team_id") or "")
                self._myself = Myself(
                    *ids, answer.get("url") or "https://slack.com/", answer.get("enterprise_id") or ""
                )
        return self._myself

    # People

    def member(self, user_id: str) -> Member | None:
        """A person by id (users.info, else users.list), kept for ten minutes."""
        self._members.get(user_id)
        return self._last_known(user_id)[0]

    def known_name(self, user_id: str) -> str | None:
        """A person's name if it was looked up before; never asks Slack."""
        member = self._members.known(user_id)
        return member.name if member else None

    def name_of(self, user_id: str) -> str | None:
        """A person's name, asked for as the person is; None where Slack does not say."""
        member = self.member(user_id)
        return (member.name or None) if member else None

    def told_of(self, user: dict[str, Any]) -> Member:
        """Slack tells of somebody who has changed (the event user_change): what was known of them is no longer so."""
        myself = self.myself()
        # Slack tells of our own people; that somebody has left is true whether or not we know who we are.
        member = read_member(user, myself.home if myself else Home(str(user.get("team_id") or "")))
        self._members.keep(member.id, member)
        return member

    def told_team(self, user_id: str, team_id: str) -> None:
        """A payload names the team of whoever it comes from; of somebody in a shared channel that is not ours."""
        self._teams[user_id] = team_id

    def _last_known(self, user_id: str) -> tuple[Member | None, bool]:
        """Somebody as Slack told of them last, and whether that was of late."""
        alone, listed = self._members.known(user_id), (self._everybody.known(_ALL) or {}).get(user_id)
        if listed is not None and self._members.is_older(user_id):
            alone, lately = alone or listed, not self._everybody.is_older(_ALL)
            return self._by_payloads(listed if lately else alone), lately
        return self._by_payloads(alone), not self._members.is_older(user_id)

    def _by_payloads(self, member: Member | None) -> Member | None:
        team, myself = self._teams.get(member.id) if member else None, self._myself
        if member is None or team is None or myself is None or team == myself.team_id or member.organisation:
            return member
        return replace(member, standing=Standing.ELSEWHERE) if member.standing is Standing.MEMBER else member

    def _ask_for_member(self, user_id: str) -> Member | None:
        answer, myself = self._ask("users_info", user=user_id), self.myself()
        if answer is not None and "error" in answer:
            return Member(user_id, standing=Standing.NOBODY)
        return None if answer is None or myself is None else read_member(answer.get("user") or {}, myself.home)

    def look_into(self, channels: Collection[str]) -> None:
        """Asks side by side who is in several channels, where that is not known of late."""
        self._promptly(*((self._inside, channel) for channel in channels))

    def seen(self, user_id: str, where: str | None) -> Seen:
        """What is known of somebody who waits for an answer, and of them in a channel (None: of no matter).

        What is not known of late is asked side by side, and only for as long as somebody who has clicked can wait.
        """
        self._promptly((self._members, user_id), *([] if where is None else [(self._inside, where)]))
        if self._last_known(user_id)[0] is None:  # users.info may be out of order alone
            self._promptly((self._everybody, _ALL))
        member, lately = self._last_known(user_id)
        if where is None:
            return Seen(member, lately)
        inside = self._inside.known(where)
        if inside is not None and user_id not in inside[1] and self._inside.is_older(where, _JUST_INVITED):
            self._inside.outdate(where)
            self._promptly((self._inside, where))
            inside = self._inside.known(where)
        is_in = None if inside is None else user_id in inside[1]
        return Seen(member, lately, is_in, not self._inside.is_older(where))

    def came(self, user_id: str, channel: str) -> None:
        """Somebody has come to a channel (the event member_joined_channel); where it is the bot, it may see one more."""
        self.look_again()
        self._inside.amend(lambda known: (known[0], known[1] | {user_id}) if known[0] == channel else known)

    def went(self, user_id: str, channel: str) -> None:
        """Somebody has left a channel (the event member_left_channel)."""
        self._inside.amend(lambda known: (known[0], known[1] - {user_id}) if known[0] == channel else known)

    def _ask_who_is_inside(self, where: str) -> tuple[str, frozenset[str]] | None:
        """The channel's id and who is in it."""
        channel, inside = self.id_of(where), set[str]()
        if channel is None:
            return None
        for page in self._pages(lambda cursor: self._ask_for_inside(channel, cursor)):
            if page is None:
                return None
            inside.update(page.get("members", []))
        return channel, frozenset(inside)

    def _ask_for_inside(self, channel: str, cursor: str) -> dict[str, Any] | None:
        return self._ask("conversations_members", channel=channel, limit=_PAGE, cursor=cursor)

    def colleague(self, user_id: str) -> Colleague:
        """When somebody can be told directly (users.info, dnd.info), kept for ten minutes; what Slack does not say is None."""
        member, quiet = self.member(user_id), self._quiet.get(user_id)
        return Colleague(
            wishes=Person(id=user_id),
            zone=real_zone(member.tz) if member else None,
            do_not_disturb=(quiet[0], quiet[1]) if quiet else None,
            gone=member is not None and member.standing is not Standing.MEMBER,
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

    def fits(self, who: str) -> Fitting | None:
        """Whom an id, a mention, or an "@name" of policy.toml means; None while Slack does not tell.

        An id is taken at its word until Slack says that its person has no rights here.
        """
        id_, name = id_or_name(who)
        if id_ is None and not name:
            return Fitting(why="nobody")
        if id_ is None:
            self._promptly((self._everybody, _ALL))
            people = self._everybody.known(_ALL)
            return None if people is None else fitting(name, people.values())
        if not is_person(id_):
            return Fitting(why="nobody")
        self._promptly((self._members, id_))
        member = self._last_known(id_)[0] or Member(id_)
        if member.standing is Standing.MEMBER:
            return Fitting(person=member)
        return Fitting(why="no_member", instead=(member,))

    def called(self, name: str, where: str) -> tuple[Member, ...]:
        """The full members in a channel who answer to a lower-case name; nobody while Slack does not tell."""
        self._promptly((self._everybody, _ALL), (self._inside, where))
        people, inside = self._everybody.known(_ALL), self._inside.known(where)
        there = [people[each] for each in sorted(inside[1]) if each in people] if people and inside else []
        return tuple(each for each in there if each.standing is Standing.MEMBER and answers_to(each, name))

    def look_around(self, where: str | None) -> None:
        """Asks who there is, and who is in a channel, where that is not known of late."""
        self._promptly((self._everybody, _ALL), *([] if where is None else [(self._inside, where)]))

    def everybody(self, where: str | None) -> tuple[tuple[Member, ...], tuple[Member, ...]]:
        """The people in a channel and all others of the workspace, bots left out, as far as they are known; asks nobody."""
        people = [each for each in (self._everybody.known(_ALL) or {}).values() if each.standing is not Standing.BOT]
        _, inside = (where and self._inside.known(where)) or ("", frozenset[str]())
        return tuple(each for each in people if each.id in inside), tuple(
            each for each in people if each.id not in inside
        )

    def person(self, who: str) -> str | None:
        """The id of whom `fits` finds, or None."""
        found = self.fits(who)
        return found.person.id if found and found.person else None

    def _ask_for_everybody(self, _: str) -> dict[str, Member] | None:
        """All people there are (users.list), by id."""
        found: list[Member] = []
        for page in self._pages(lambda cursor: self._ask("users_list", limit=_PAGE, cursor=cursor)):
            myself = self.myself()
            if page is None or myself is None:
                return None
            found += [read_member(user, myself.home) for user in page.get("members", [])]
        return {member.id: member for member in found}

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
        """Where to post: in a channel by its id or by a name of policy's, or directly with a person; else in the default channel.

        Raises NotToldYet while Slack does not tell which channel a name of policy's means, and what `direct` raises.
        """
        if is_person(where):
            return self.direct(where)
        found = self.id_of(where)
        if found is None and where in self.named and where != self.channel_setting and not self.is_nowhere(where):
            raise NotToldYet(f"which channel is called #{where}")
        return found or self.channel()

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


class Offline(Directory):
    """A directory that asks Slack nothing, for commands that work beside the running bot and need no tokens.

    It knows nobody and no links. A channel's name stays a name, which the running bot takes for its default channel.

    Cases opened meanwhile carry the setting as it is, or DEFAULT_CHANNEL where it is not set: `Directory.place` resolves
    either when the card is sent.
    """

    def __init__(self, channel: str, now: Callable[[], datetime], named: Collection[str] = ()) -> None:
        super().__init__(Slack(""), channel or DEFAULT_CHANNEL, now, named)

    def _ask(self, method: str, **arguments: Any) -> dict[str, Any] | None:
        return None
