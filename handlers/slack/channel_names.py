"""Channels by the names that settings and policy give them: looked up once; an id that was found holds whatever it is called later."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.errors import SlackClientError

from handlers.slack.asking import Asking
from handlers.slack.cache import Kept
from handlers.slack.clients import NETWORK, Slack, failure_of

log = logging.getLogger(__name__)
DEFAULT_CHANNEL = "default"  # of cases opened where nobody could ask for the channel, and none was named
_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,}$")
_LOOKS_AGAIN = timedelta(minutes=2)  # after so long we look again for a channel that was not there
_ALL = ""


class NotToldYet(SlackClientError):
    """Slack has not told yet which channel a name means."""


class Channels(Asking):
    """The default channel and those that policy names. Slack being away makes an answer None, never an exception."""

    def __init__(self, slack: Slack, channel: str, now: Callable[[], datetime], named: Collection[str] = ()) -> None:
        super().__init__(slack)
        self.channel_setting = channel.lstrip("#")
        self.named = tuple(dict.fromkeys([self.channel_setting, *named]))
        self._known_as: dict[str, str] = {}  # channels' ids by a name or id they had before
        self._found: dict[str, str] = {}  # likewise, as this process has found them
        self._listed = Kept(self._ask_for_named, now, pause=timedelta())
        self._missing: frozenset[str] = frozenset()  # names that were told already to be no channel's

    # The default channel

    def channel_id(self) -> str | None:
        """The default channel's id, None while Slack has not told it."""
        return self.id_of(self.channel_setting)

    @property
    def default_channel(self) -> str:
        """The default channel as far as it is known without asking Slack: its id, or its name."""
        return self.known(self.channel_setting)

    def channel(self) -> str:
        """The default channel's id, or the configured name while Slack has not told the id."""
        return self.channel_id() or self.default_channel

    # Any of them

    def known(self, where: str) -> str:
        """A channel's id as far as it is known without asking Slack, else its name. What nobody names means the default one."""
        name = self._meant(where)
        found = self._known_as.get(name) or self._found.get(name, name)
        return self._known_as.get(found, found)

    def id_of(self, where: str) -> str | None:
        """A channel's id, asked for until Slack has told it once; None while it has not, and where there is no such channel."""
        known, name = self.known(where), self._meant(where)
        if is_channel(known):
            return known
        listed = self._listed.get(_ALL)
        if listed is not None and name not in listed and self._listed.is_older(_ALL, _LOOKS_AGAIN):
            self.look_again()
            listed = self._listed.get(_ALL)
        if listed is None or name not in listed:
            return None
        self._found[name] = listed[name]
        return self.known(name)

    def is_nowhere(self, where: str) -> bool:
        """Whether this is a name of policy's under which Slack has just shown no channel that the bot can see."""
        return self.id_of(where) is None and self._listed.known(_ALL) is not None

    def look_again(self) -> None:
        """There may be other channels now, or the bot may see others."""
        self._listed.outdate(_ALL)

    def _meant(self, where: str) -> str:
        return where if is_channel(where) or where in self.named else self.channel_setting

    def _ask_for_named(self, _: str) -> dict[str, str] | None:
        """Ids of those channels that are given by their names. They are few, and the lists of channels long."""
        wanted = {name for name in self.named if not is_channel(self.known(name))}
        found: dict[str, str] = {}
        for page in self._pages(self._ask_for_channels):
            if page is None:
                return None
            listed = {str(channel.get("name")): str(channel["id"]) for channel in page.get("channels", [])}
            found |= {name: id_ for name, id_ in listed.items() if name in wanted}
            if len(found) == len(wanted):
                break
        self._tell_missing(frozenset(wanted - found.keys()))
        return found

    def _tell_missing(self, missing: frozenset[str]) -> None:
        for name in sorted(missing - self._missing):
            fix = (
                "set SLACK_CHANNEL to the channel's id"
                if name == self.channel_setting
                else "mend its name in policy.toml"
            )
            log.warning("no channel named #%s that the bot can see; invite the bot, or %s", name, fix)
        self._missing = missing

    def _ask_for_channels(self, cursor: str, archived: bool = False) -> dict[str, Any] | None:
        kinds = "public_channel,private_channel"
        return self._ask("conversations_list", limit=200, cursor=cursor, exclude_archived=not archived, types=kinds)

    def is_archived(self, name: str) -> bool:
        """Whether there was a channel of this name; asks for all there ever were."""
        listed = self._pages(lambda cursor: self._ask_for_channels(cursor, archived=True))
        every = (channel for page in listed for channel in (page or {}).get("channels", []))
        return any(channel.get("name") == name and channel.get("is_archived") for channel in every)

    # What changes

    def told_of_channels(self, known_as: Mapping[str, str]) -> None:
        """What is known of channels from before: ids by the name or id they had then."""
        self._known_as = dict(known_as)

    def told_of_channel(self, old: str, new: str) -> None:
        """Slack has given a channel another id."""
        self.told_of_channels({**self._known_as, old: new})

    def is_remembered(self, named: str, channel: str) -> bool:
        """Whether a name is known from before to mean this channel."""
        return self._known_as.get(named) == channel

    def is_gone(self, channel: str) -> bool | None:
        """Whether Slack knows no channel of this id, or none that the bot can see; None where it does not answer."""
        try:
            self._slack.reads.conversations_info(channel=channel)
        except NETWORK as error:
            return True if failure_of(error).word == "channel_not_found" else None
        return False


def is_channel(id_: str) -> bool:
    """Whether it has the form of a conversation's id."""
    return _CHANNEL_ID.match(id_) is not None
