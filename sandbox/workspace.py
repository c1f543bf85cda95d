"""What the practice workspace remembers: the app, people, channels, messages, views and files, as plain records behind one lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sandbox.clock import MONDAY_MORNING
from sandbox.files import File

Blocks = list[dict[str, Any]]

SLACKBOT = "USLACKBOT"  # Slack itself, when it has something to say


@dataclass
class App:
    """The app that is installed here: who it is, its keys, what it was granted, wants to be told of and offers people.

    `user` is the user id of its bot; `message_shortcuts` go from callback id to the words in a message's menu.
    """

    name: str = ""
    id: str = ""
    user: str = ""
    bot_id: str = ""
    bot_token: str = ""
    app_token: str = ""
    signing_secret: str = ""
    verification_token: str = ""
    scopes: set[str] = field(default_factory=set)
    subscriptions: set[str] = field(default_factory=set)  # event types
    commands: tuple[str, ...] = ()
    message_shortcuts: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Person:
    """Somebody in Slack. `dnd` is the first span of the daily quiet hours and `updated` the last change, both in Unix seconds.

    `team_id` is theirs where it is another than ours, as of people in a shared channel; `enterprise_id` the organisation
    that theirs belongs to. `is_stranger` is said of people of another workspace who share no channel with the bot.
    `unseen` is the word with which users.info refuses to tell of them; users.list leaves them out.
    """

    id: str
    name: str
    real_name: str
    tz: str = "Europe/Berlin"
    is_bot: bool = False
    deleted: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    team_id: str = ""
    enterprise_id: str = ""
    unseen: str = ""
    display_name: str = ""  # what they call themselves, as anybody may; without one, their handle
    role: str = ""  # shown in the page's switch: "owns cases", "takes over", "leads"
    email: str = ""
    dnd: tuple[int, int] | None = None
    updated: int = 0


@dataclass
class Message:
    """One message. `ts` is Slack's id within a channel; `thread_ts` is the parent's ts, or None for a top-level message."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: Blocks = field(default_factory=list)
    thread_ts: str | None = None
    metadata: dict[str, Any] | None = None
    reactions: dict[str, list[str]] = field(default_factory=dict)  # emoji name -> user ids, in order
    edited_at: str | None = None
    ephemeral_to: str | None = None  # only this person sees it
    deleted: bool = False
    files: list[str] = field(default_factory=list)
    broadcast: bool = False

    @property
    def kind(self) -> str | None:
        """The `kind` in the message's metadata ("card", "draft", "nudge" …); None for a message without one."""
        payload = (self.metadata or {}).get("event_payload") or {}
        kind = payload.get("kind")
        return kind if isinstance(kind, str) else None

    @property
    def thread(self) -> str:
        """The ts of the thread this message belongs to or would start."""
        return self.thread_ts or self.ts


@dataclass
class Channel:
    """A channel or a direct conversation (`im_with` names the person the bot talks to)."""

    id: str
    name: str
    members: set[str]
    is_private: bool = False
    im_with: str | None = None
    archived: bool = False
    messages: list[Message] = field(default_factory=list)  # in ts order, thread replies and ephemerals included


@dataclass
class View:
    """An open modal (or a person's Home tab when `type` is "home"). `errors`: block id -> what the app refused."""

    id: str
    user: str
    type: str
    view: dict[str, Any]
    hash: str
    previous: str | None = None
    errors: dict[str, str] = field(default_factory=dict)


@dataclass
class Usergroup:
    """A group of people that can be mentioned together, such as @care-team."""

    id: str
    handle: str
    name: str
    users: list[str]


class Workspace:
    """The whole state. Every change happens under `lock` and ends in `changed()`, which raises `version` and wakes watchers.

    `now` gives the practice instant (aware UTC), from which message timestamps are made.
    """

    def __init__(self, now: Callable[[], datetime] = lambda: MONDAY_MORNING) -> None:
        self.lock = threading.RLock()
        self.condition = threading.Condition(self.lock)
        self.version = 0
        self.team_id, self.team_domain = "T0PRACTICE", "practice"
        self.now = now
        self.clear()

    def clear(self) -> None:
        """Forget everybody and everything; the version goes on rising so that watchers notice."""
        with self.lock:
            self.people: dict[str, Person] = {}
            self.channels: dict[str, Channel] = {}
            self.modals: dict[str, list[View]] = {}  # user id -> stack, the last is on top
            self.homes: dict[str, View] = {}
            self.files: dict[str, File] = {}
            self.processing_calls = 1  # how many answers of files.info show a fresh file unprocessed
            self.usergroups: dict[str, Usergroup] = {}
            self.app = App()
            self.enterprise_id = ""  # the organisation that the workspace belongs to, if any
            self._last_ts = 0
            self._ids = 0
            self.changed()

    def changed(self) -> None:
        """Say that something changed."""
        with self.condition:
            self.version += 1
            self.condition.notify_all()

    def wait(self, version: int, timeout: float) -> int:
        """Block until the version is above `version` or `timeout` seconds are over; answers the version."""
        with self.condition:
            self.condition.wait_for(lambda: self.version > version, timeout)
            return self.version

    def new_ts(self) -> str:
        """A timestamp in Slack's form ("1767607200.000100"): the practice instant, unique and increasing."""
        with self.lock:
            now = self.now()
            micros = int(now.timestamp()) * 1_000_000 + now.microsecond
            self._last_ts = max(micros, self._last_ts) + 100
            return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_id(self, prefix: str) -> str:
        """An id in Slack's form: a letter or two, then eight capitals and digits."""
        with self.lock:
            self._ids += 1
            return f"{prefix}{self._ids:08X}"

    def find(self, channel: str, ts: str) -> Message | None:
        """The message with this ts, ephemerals and deleted ones included; None when there is none."""
        known = self.channels.get(channel)
        if known is None:
            return None
        return next((message for message in reversed(known.messages) if message.ts == ts), None)

    def replies(self, parent: Message) -> list[Message]:
        """What everybody in the channel reads in the thread below `parent`, oldest first."""
        return [
            message
            for message in self.channels[parent.channel].messages
            if message.thread_ts == parent.ts and not message.deleted and message.ephemeral_to is None
        ]

    def person_named(self, name: str) -> Person | None:
        """Look a person up by id, name, real name or e-mail address."""
        wanted = name.removeprefix("@").casefold()
        if not wanted:
            return None
        return next(
            (p for p in self.people.values() if wanted in {p.id.casefold(), p.name, p.real_name.casefold(), p.email}),
            None,
        )

    def channel_named(self, name: str) -> Channel | None:
        """Look a channel up by id or by name, with or without its #."""
        return self.channels.get(name) or next(
            (c for c in self.channels.values() if c.name == name.removeprefix("#") and not c.im_with), None
        )

    def team_of(self, user: str) -> str:
        """The id of the workspace that somebody belongs to: ours, unless it is said otherwise."""
        person = self.people.get(user)
        return person.team_id if person and person.team_id else self.team_id

    def direct(self, user: str) -> Channel:
        """The direct conversation between the bot and this person, opened when it is not yet there."""
        with self.lock:
            known = next((c for c in self.channels.values() if c.im_with == user), None)
            if known is None:
                known = Channel("D" + user[1:], "", {user, self.app.user}, is_private=True, im_with=user)
                self.channels[known.id] = known
                self.changed()
            return known

    def renumber(self, channel: Channel, new: str) -> str:
        """Give a channel another id; the old one is none from now on. Its messages keep their ts. Answers the old id."""
        with self.lock:
            old = channel.id
            self.channels = {new if id_ == old else id_: each for id_, each in self.channels.items()}
            channel.id = new
            for message in channel.messages:
                message.channel = new
            self.changed()
            return old

    def post(self, channel: str, user: str, text: str, **more: Any) -> Message:
        """Add a message with the next ts; `more` are other fields of Message."""
        with self.lock:
            message = Message(self.new_ts(), channel, user, text, **more)
            message.blocks = self.with_ids(message.blocks)
            self.channels[channel].messages.append(message)
            self.changed()
            return message

    def reload(self, user: str) -> None:
        """This person's client begins anew: what only they could see is in no history, and gone.

        docs.slack.dev/messaging: "Ephemeral messages do not persist across reloads, between desktop and mobile apps".
        """
        with self.lock:
            whispers = [
                m for c in self.channels.values() for m in c.messages if m.ephemeral_to == user and not m.deleted
            ]
            for message in whispers:
                message.deleted = True
            if whispers:
                self.changed()

    def react(self, message: Message, emoji: str, user: str) -> bool:
        """Add a reaction; False when this person had already reacted so."""
        with self.lock:
            users = message.reactions.setdefault(emoji, [])
            if user in users:
                return False
            users.append(user)
            self.changed()
            return True

    def unreact(self, message: Message, emoji: str, user: str) -> bool:
        """Take a reaction back; False when there was none by this person."""
        with self.lock:
            users = message.reactions.get(emoji, [])
            if user not in users:
                return False
            users.remove(user)
            if not users:
                del message.reactions[emoji]
            self.changed()
            return True

    def with_ids(self, blocks: Blocks) -> Blocks:
        """The blocks as Slack keeps them: a block_id, and an action_id on every element that acts, filled in where absent."""
        return [self._with_ids(block) for block in blocks]

    def _with_ids(self, block: dict[str, Any]) -> dict[str, Any]:
        kept = {**block, "block_id": block.get("block_id") or self.new_id("b")}
        for place in ("accessory", "element"):
            if isinstance(kept.get(place), dict):
                kept[place] = self._named(kept[place])
        if kept["type"] == "actions":
            kept["elements"] = [self._named(element) for element in kept["elements"]]
        return kept

    def _named(self, element: dict[str, Any]) -> dict[str, Any]:
        if element.get("type") == "image" or element.get("action_id"):
            return element
        return {**element, "action_id": self.new_id("a")}
