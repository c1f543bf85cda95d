"""What one person sees of the workspace: places, messages, a thread and a modal, as values ready to be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from sandbox.api.people import quiet_until
from sandbox.files import File
from sandbox.page.dates import day_heading
from sandbox.page.emoji import emoji
from sandbox.page.mrkdwn import Reader
from sandbox.workspace import SLACKBOT, Channel, Message, Person, View, Workspace

HOME: Final = "home"
DIRECT: Final = "direct"
"""Places that are not channels: the app's Home tab, and a direct conversation the bot has not opened yet."""

_TOGETHER: Final = timedelta(minutes=5)  # neighbouring messages of one author are drawn under one name
_SHOWN_AT_MOST: Final = 200

Seen = Mapping[tuple[str, str, str], str]  # (person, channel, thread ts or "") -> ts of the last message seen


@dataclass(frozen=True)
class Looking:
    """Who looks, and at what: a channel id, HOME or DIRECT, the ts of an open thread or "", and what of the mail or ""."""

    user: str
    place: str
    thread: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Entry:
    """A line of the sidebar."""

    id: str
    label: str
    kind: str  # channel | direct | home
    unread: int
    current: bool


@dataclass(frozen=True)
class Chip:
    """A reaction under a message. `names` says who, for the tooltip."""

    name: str
    character: str
    count: int
    mine: bool
    names: str


@dataclass(frozen=True)
class Replies:
    """The line under a parent: how many answers, the latest, and how many of them are new to the reader."""

    count: int
    last_at: datetime
    unread: int
    authors: tuple[Person, ...]


@dataclass(frozen=True)
class Post:
    """One message as drawn. `follows` means it stands under the name of the one before."""

    message: Message
    author: Person
    at: datetime
    follows: bool
    day: str  # heading above it, or "" where the day goes on
    chips: tuple[Chip, ...]
    replies: Replies | None

    @property
    def case(self) -> str:
        """The number of the case this message is about, as the bot says in its metadata; "" without one."""
        payload = (self.message.metadata or {}).get("event_payload") or {}
        return str(payload.get("case") or "")


@dataclass(frozen=True)
class Screen:
    """Everything the page draws for one person."""

    looking: Looking
    me: Person
    app: Person
    reader: Reader
    colleagues: tuple[Person, ...]
    quiet: Mapping[str, datetime]  # who is not to be disturbed now, and until when
    entries: tuple[Entry, ...]
    channel: Channel | None
    posts: tuple[Post, ...]
    thread: tuple[Post, ...]
    home: View | None
    modal: View | None
    files: Mapping[str, File]

    @property
    def title(self) -> str:
        return next((entry.label for entry in self.entries if entry.current), "")


def look(workspace: Workspace, looking: Looking, now: datetime, seen: Seen) -> Screen:
    """The screen of one person. Call it under the workspace's lock; KeyError where the person is unknown."""
    me = workspace.people[looking.user]
    reader = _reader(workspace, me, now)
    channel = workspace.channels.get(looking.place)
    messages = visible(channel, me.id) if channel else []
    modals = workspace.modals.get(me.id)
    people = colleagues(workspace)
    return Screen(
        looking=looking,
        me=me,
        app=_app(workspace),
        reader=reader,
        colleagues=people,
        quiet={person.id: until for person in people if (until := quiet_until(person, now))},
        entries=tuple(_entries(workspace, looking, seen)),
        channel=channel,
        posts=tuple(_posts(workspace, _top_level(messages), messages, reader, seen)),
        thread=tuple(_posts(workspace, thread_of(messages, looking.thread), [], reader, seen)),
        home=workspace.homes.get(me.id) if looking.place == HOME else None,
        modal=modals[-1] if modals else None,
        files=workspace.files,
    )


def colleagues(workspace: Workspace) -> tuple[Person, ...]:
    """Those whose place somebody at the page can take."""
    return tuple(p for p in workspace.people.values() if not (p.is_bot or p.deleted or p.id == SLACKBOT))


def visible(channel: Channel, user: str) -> list[Message]:
    """The messages of a channel this person may see, oldest first."""
    return [m for m in channel.messages if not m.deleted and m.ephemeral_to in (None, user)]


def thread_of(messages: Iterable[Message], ts: str) -> list[Message]:
    """A parent and its replies; empty where `ts` is ""."""
    return [m for m in messages if ts and ts in (m.ts, m.thread_ts)]


def sent_at(ts: str) -> datetime:
    """The instant in a message's ts (seconds since 1970, then a counter)."""
    return datetime.fromtimestamp(int(ts.partition(".")[0]), UTC)


def _top_level(messages: list[Message]) -> list[Message]:
    return [m for m in messages if m.thread_ts in (None, m.ts) or m.broadcast][-_SHOWN_AT_MOST:]


def _app(workspace: Workspace) -> Person:
    return workspace.people.get(workspace.app.user) or Person(workspace.app.user, "app", "App", is_bot=True)


def _reader(workspace: Workspace, me: Person, now: datetime) -> Reader:
    return Reader(
        now=now,
        zone=ZoneInfo(me.tz),
        user=me.id,
        people={person.id: person.real_name for person in workspace.people.values()},
        channels={channel.id: channel.name for channel in workspace.channels.values()},
        groups={group.id: group.handle for group in workspace.usergroups.values()},
    )


def _entries(workspace: Workspace, looking: Looking, seen: Seen) -> Iterable[Entry]:
    me, app = looking.user, _app(workspace)
    direct = None
    for channel in workspace.channels.values():
        if channel.im_with is None and me in channel.members and not channel.archived:
            yield _entry(channel, channel.name, "channel", looking, seen)
        elif channel.im_with == me:
            direct = channel
    if direct:
        yield _entry(direct, app.real_name, "direct", looking, seen)
    else:
        yield Entry(DIRECT, app.real_name, "direct", 0, looking.place == DIRECT)
    yield Entry(HOME, f"{app.real_name} Home", "home", 0, looking.place == HOME)


def _entry(channel: Channel, label: str, kind: str, looking: Looking, seen: Seen) -> Entry:
    last = seen.get((looking.user, channel.id, ""), "")
    fresh = [m for m in _top_level(visible(channel, looking.user)) if m.ts > last and m.user != looking.user]
    return Entry(channel.id, label, kind, len(fresh), channel.id == looking.place)


def _posts(
    workspace: Workspace, shown: list[Message], all_messages: list[Message], reader: Reader, seen: Seen
) -> Iterable[Post]:
    before: Message | None = None
    heading = ""
    for message in shown:
        at = sent_at(message.ts)
        day = day_heading(at, reader.now, reader.zone)
        yield Post(
            message=message,
            author=workspace.people.get(message.user) or Person(message.user, message.user, message.user),
            at=at,
            follows=before is not None and day == heading and _belongs(message, before),
            day=day if day != heading else "",
            chips=tuple(_chips(message, reader)),
            replies=_replies(workspace, message, all_messages, reader, seen),
        )
        before, heading = message, day


def _belongs(message: Message, before: Message) -> bool:
    same = (message.user, message.ephemeral_to) == (before.user, before.ephemeral_to)
    return same and sent_at(message.ts) - sent_at(before.ts) < _TOGETHER and not message.metadata


def _chips(message: Message, reader: Reader) -> Iterable[Chip]:
    for name, users in message.reactions.items():
        if users:
            names = ", ".join("you" if user == reader.user else reader.people.get(user, user) for user in users)
            yield Chip(name, emoji(name) or f":{name}:", len(users), reader.user in users, names)


def _replies(
    workspace: Workspace, parent: Message, messages: list[Message], reader: Reader, seen: Seen
) -> Replies | None:
    replies = [m for m in messages if m.thread_ts == parent.ts and m.ts != parent.ts and not m.ephemeral_to]
    if not replies:
        return None
    last = seen.get((reader.user, parent.channel, parent.ts), "")
    authors = dict.fromkeys(m.user for m in replies)
    return Replies(
        count=len(replies),
        last_at=sent_at(replies[-1].ts),
        unread=sum(m.ts > last and m.user != reader.user for m in replies),
        authors=tuple(workspace.people[user] for user in list(authors)[:3] if user in workspace.people),
    )
