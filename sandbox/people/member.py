"""Where a colleague stands in the workspace: channels, time zone, hours without disturbance, and leaving for good."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox import events
from sandbox.lines.delivery import Delivery
from sandbox.objects import Json
from sandbox.people.forms import NotThere
from sandbox.workspace import Channel, Person, Workspace


class Member:
    """One person as the workspace knows them. The bot hears of a change as far as Slack would tell it."""

    def __init__(self, workspace: Workspace, delivery: Delivery, person: Person) -> None:
        self.workspace = workspace
        self.delivery = delivery
        self.person = person
        self.id = person.id
        self.name = person.name

    def do_not_disturb(self, start: datetime, end: datetime) -> None:
        """Schedule quiet hours from `start` to `end` (aware, at most a day), and the same hours every day after.

        Apps read them with dnd.info. Raises ValueError for a span that is empty or longer than a day.
        """
        if not start < end <= start + timedelta(days=1):
            raise ValueError("quiet hours begin before they end, within a day")
        self.person.dnd = int(start.timestamp()), int(end.timestamp())
        self.workspace.changed()

    def disturbable(self) -> None:
        """Have no quiet hours any more."""
        self.person.dnd = None
        self.workspace.changed()

    def lives_in(self, zone: str) -> None:
        """Move to another time zone ("America/New_York"). Raises ZoneInfoNotFoundError for one that is none."""
        self.person.tz = ZoneInfo(zone).key
        self._changed()

    def leaves_channel(self, name: str) -> None:
        """Leave a channel. Raises NotThere for one this person is not in."""
        channel = self._channel(name)
        channel.members.discard(self.id)
        self._moved("member_left_channel", channel)

    def joins_channel(self, name: str) -> None:
        """Join a channel, or be invited to it. Raises NotThere where there is none."""
        channel = self.workspace.channel_named(name)
        if channel is None or self.person.deleted:
            raise NotThere(f"{self.name} cannot join {name!r}")
        if self.id not in channel.members:
            channel.members.add(self.id)
            self._moved("member_joined_channel", channel)

    # What somebody who may does to a channel

    def archives(self, name: str) -> None:
        """Archive a channel: it can be read, and nobody can say anything in it."""
        channel = self._channel(name)
        channel.archived = True
        self._told(events.channel_changed(self.workspace, "archive", channel, self.id))

    def unarchives(self, name: str) -> None:
        """Bring a channel back."""
        channel = self._channel(name)
        channel.archived = False
        self._told(events.channel_changed(self.workspace, "unarchive", channel, self.id))

    def renames(self, name: str, new: str) -> None:
        """Give a channel another name; its id stays."""
        channel = self._channel(name)
        channel.name = new
        self._told(events.channel_changed(self.workspace, "rename", channel, self.id))

    def shares(self, name: str, new: str) -> None:
        """Share a channel with another organisation: it gets the id `new`."""
        old = self.workspace.renumber(self._channel(name), new)
        self._told(events.channel_id_changed(self.workspace, old, new))

    def removes_the_bot(self, name: str) -> None:
        """Take the app out of a channel."""
        channel = self._channel(name)
        channel.members.discard(self.workspace.app.user)
        self._told(events.channel_changed(self.workspace, "left", channel, self.id))

    def deactivated(self) -> None:
        """Lose the account: out of every channel at once, with one user_change and no member_left_channel.

        Direct conversations and mentions in groups stay, as in Slack, where the history stays too.
        """
        with self.workspace.lock:
            self.person.deleted = True
            self.workspace.modals.pop(self.id, None)
            for channel in self.workspace.channels.values():
                if not channel.im_with:
                    channel.members.discard(self.id)
        self._changed()

    def _changed(self) -> None:
        self.person.updated = int(self.workspace.now().timestamp())
        self._told(events.user_changed(self.workspace, self.person))

    def _moved(self, kind: str, channel: Channel) -> None:
        self._told(events.membership(self.workspace, kind, self.id, channel))

    def _told(self, event: Json) -> None:
        self.workspace.changed()
        self.delivery.tell(event)

    def _at_work(self) -> None:
        if self.person.deleted:
            raise NotThere(f"{self.name} has no account any more")

    def _channel(self, where: str | Channel) -> Channel:
        self._at_work()
        channel = where if isinstance(where, Channel) else self._named(where)
        if channel is None or self.id not in channel.members:
            raise NotThere(f"{self.name} is in no channel {where!r}")
        return channel

    def _named(self, where: str) -> Channel | None:
        person = self.workspace.person_named(where) if where.startswith("@") else None
        if person is not None and person.id == self.workspace.app.user:
            return self.workspace.direct(self.id)
        return self.workspace.channel_named(where)
