"""What the page asks for, done by the person who is looking: one function for each gesture, in one table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final, Protocol
from zoneinfo import ZoneInfo

from sandbox.clock import PracticeClock
from sandbox.lines.requests import Answer
from sandbox.mail.post import NoLetter, Post
from sandbox.page.screen import DIRECT
from sandbox.people.colleague import Colleague
from sandbox.people.forms import NotThere
from sandbox.workspace import App, Channel, Message, View, Workspace

Asked = Mapping[str, Any]
"""The JSON body: `do`, `as` (a user id), `in` (a place), and what the gesture needs besides."""

MORNING: Final = 9  # o'clock, in the zone of whoever jumps

_JUMPS: Final = {"5m": timedelta(minutes=5), "1h": timedelta(hours=1), "1d": timedelta(days=1)}


class Customer(Protocol):
    """Somebody outside who can be made to write to the bot."""

    @property
    def key(self) -> str:
        """How gestures name them."""

    @property
    def name(self) -> str:
        """What they are called."""

    @property
    def email(self) -> str | None:
        """Where letters reach them."""

    @property
    def line(self) -> str:
        """Who arrives, in a sentence."""

    @property
    def arrived(self) -> bool:
        """Whether the bot has heard of them."""

    @property
    def has_more(self) -> bool:
        """Whether there are later words still to come."""

    def send(self) -> Answer:
        """Write for the first time."""

    def send_again(self) -> Answer:
        """Write once more."""


class Practice(Protocol):
    """What the page needs of the practice workspace."""

    @property
    def workspace(self) -> Workspace:
        """What is remembered."""

    @property
    def clock(self) -> PracticeClock:
        """The practice clock."""

    @property
    def customers(self) -> Mapping[str, Customer]:
        """Those who can be made to write, by key, in the order in which the page shows them."""

    @property
    def post(self) -> Post:
        """The customers' mailboxes, where there is mail."""

    @property
    def restart(self) -> Callable[[], None] | None:
        """Begins everything anew, the bot's memory included, where somebody has taken care of that."""

    def person(self, name: str) -> Colleague:
        """A colleague by name or id. Raises NotThere."""


def perform(practice: Practice, asked: Asked) -> None:
    """Do what was asked, and return when the bot has answered. Raises NotThere, in words for the person."""
    gesture = GESTURES.get(str(asked.get("do")))
    if gesture is None:
        raise NotThere(f"The page knows no gesture {asked.get('do')!r}.")
    try:
        gesture(practice, practice.person(str(asked.get("as"))), asked)
    except NoLetter as none:
        raise NotThere(str(none)) from none


def _click(practice: Practice, person: Colleague, asked: Asked) -> None:
    person.click(_place(practice, person, asked), asked["action_id"], block_id=asked.get("block_id") or None)


def _choose(practice: Practice, person: Colleague, asked: Asked) -> None:
    place, block_id = _place(practice, person, asked), asked.get("block_id") or None
    person.choose(place, asked["action_id"], asked["value"], block_id=block_id)


def _select(practice: Practice, person: Colleague, asked: Asked) -> None:
    place, block_id = _place(practice, person, asked), asked.get("block_id") or None
    value = _value(person, str(asked.get("element")), asked.get("value"))
    person.select(place, asked["action_id"], value, block_id=block_id)


def _react(practice: Practice, person: Colleague, asked: Asked) -> None:
    person.react(_message(practice, asked), str(asked["emoji"]))


def _unreact(practice: Practice, person: Colleague, asked: Asked) -> None:
    person.unreact(_message(practice, asked), str(asked["emoji"]))


def _edit(practice: Practice, person: Colleague, asked: Asked) -> None:
    if text := str(asked.get("text", "")).strip():
        person.edit(_message(practice, asked), text)


def _delete(practice: Practice, person: Colleague, asked: Asked) -> None:
    person.delete(_message(practice, asked))


def _say(practice: Practice, person: Colleague, asked: Asked) -> None:
    """A message, a reply in a thread, or a slash command; like Slack's, those do not work in threads."""
    text, channel = str(asked.get("text", "")).strip(), _channel(practice, person, asked)
    reply_to = str(asked.get("reply_to") or "")
    if text.startswith("/"):
        _command(practice.workspace.app, person, text, channel, in_thread=bool(reply_to))
        return
    parent = practice.workspace.find(channel.id, reply_to) if reply_to else None
    person.say(parent or channel, text)


def _command(app: App, person: Colleague, text: str, channel: Channel, *, in_thread: bool) -> None:
    command, _, rest = text.partition(" ")
    if command not in app.commands:
        raise NotThere(f"{command} is not a valid command. Practise with {', '.join(app.commands)}.")
    if in_thread:
        raise NotThere(f"{command} does not work in threads. Write “@{app.name} {rest or 'help'}” there instead.")
    person.command(command, rest.strip(), channel=channel)


def _shortcut(practice: Practice, person: Colleague, asked: Asked) -> None:
    person.shortcut(str(asked["callback"]), _message(practice, asked) if asked.get("ts") else None)


def _submit(_: Practice, person: Colleague, asked: Asked) -> None:
    """What the person filled in; fields that the app or Slack itself refuses are marked in the view."""
    given: dict[str, Any] = {}
    for block_id, fields in asked.get("values", {}).items():
        for action_id, field in fields.items():
            # An input block holds one field, and its block_id is unique; action_ids may be repeated in a form.
            name = block_id if len(fields) == 1 else action_id
            given[name] = _value(person, str(field.get("type")), field.get("value"))
    person.submit(given)


def _close_modal(_: Practice, person: Colleague, __: Asked) -> None:
    person.close_modal()


def _open_home(_: Practice, person: Colleague, __: Asked) -> None:
    person.open_home()


def _speed(practice: Practice, _: Colleague, asked: Asked) -> None:
    practice.clock.set_speed(float(asked["value"]))
    practice.workspace.changed()


def _jump(practice: Practice, person: Colleague, asked: Asked) -> None:
    now, value = practice.clock.now(), str(asked["value"])
    practice.clock.play(_JUMPS.get(value) or until_morning(now, ZoneInfo(person.person.tz)))


def _restart(practice: Practice, _: Colleague, __: Asked) -> None:
    if practice.restart is None:
        raise NotThere("This workspace cannot start again by itself. End it and start it anew.")
    practice.restart()


def _quiet(practice: Practice, person: Colleague, asked: Asked) -> None:
    """From now until the morning, and so every day; or no more."""
    if asked["value"] == "off":
        person.disturbable()
        return
    now = practice.clock.now()
    person.do_not_disturb(now, now + until_morning(now, ZoneInfo(person.person.tz)))


def _customer(practice: Practice, _: Colleague, asked: Asked) -> None:
    _arrived(practice, practice.customers[str(asked["value"])].send())


def _again(practice: Practice, _: Colleague, asked: Asked) -> None:
    _arrived(practice, practice.customers[str(asked["value"])].send_again())


def _arrived(practice: Practice, answer: Answer) -> None:
    practice.workspace.changed()
    if not answer.ok:
        raise NotThere(f"The bot did not take the feedback in ({answer.status or 'no answer'}). Is it running?")


def _answer(practice: Practice, _: Colleague, asked: Asked) -> None:
    practice.post.answer(str(asked["value"]), str(asked["text"]).strip(), with_photo=bool(asked.get("photo")))


def _answers_now(practice: Practice, _: Colleague, asked: Asked) -> None:
    practice.post.answer_by_script(str(asked["value"]))


def _bounce(practice: Practice, _: Colleague, asked: Asked) -> None:
    practice.post.bounce(int(asked["value"]))


def _from_program(practice: Practice, person: Colleague, asked: Asked) -> None:
    """A colleague writes to a customer without Slack."""
    subject, text = str(asked.get("subject") or "").strip(), str(asked["text"]).strip()
    practice.post.from_program(person.person.real_name, str(asked["value"]), subject, text)


GESTURES: Final[dict[str, Callable[[Practice, Colleague, Asked], None]]] = {
    "click": _click,
    "choose": _choose,
    "select": _select,
    "react": _react,
    "unreact": _unreact,
    "say": _say,
    "edit": _edit,
    "delete": _delete,
    "shortcut": _shortcut,
    "submit": _submit,
    "close_modal": _close_modal,
    "open_home": _open_home,
    "speed": _speed,
    "jump": _jump,
    "quiet": _quiet,
    "customer": _customer,
    "again": _again,
    "answer": _answer,
    "answers_now": _answers_now,
    "bounce": _bounce,
    "from_program": _from_program,
    "restart": _restart,
}


def until_morning(now: datetime, zone: ZoneInfo) -> timedelta:
    """From `now` (aware) to the next nine o'clock in `zone`; a whole day at nine sharp."""
    local = now.astimezone(zone)
    morning = local.replace(hour=MORNING, minute=0, second=0, microsecond=0)
    if morning <= local:
        morning = (morning.replace(tzinfo=None) + timedelta(days=1)).replace(
            tzinfo=zone
        )  # by the calendar, not by 24 hours
    return morning.astimezone(now.tzinfo) - now


def _place(practice: Practice, person: Colleague, asked: Asked) -> Message | View:
    if not asked.get("view"):
        return _message(practice, asked)
    view = person.home() if asked["view"] == "home" else person.modal()
    if view is None:
        raise NotThere("That view is no longer open.")
    return view


def _message(practice: Practice, asked: Asked) -> Message:
    message = practice.workspace.find(str(asked.get("channel")), str(asked.get("ts")))
    if message is None:
        raise NotThere("That message is no longer there.")
    return message


def _channel(practice: Practice, person: Colleague, asked: Asked) -> Channel:
    if asked.get("in") == DIRECT:
        return practice.workspace.direct(person.id)
    channel = practice.workspace.channels.get(str(asked.get("in")))
    if channel is None:
        raise NotThere("That channel is no longer there.")
    return channel


def _value(person: Colleague, element: str, value: Any) -> Any:
    """A browser's value as Slack's client would have it: a local date with time becomes Unix seconds."""
    if element == "datetimepicker" and value:
        local = datetime.fromisoformat(str(value)).replace(tzinfo=ZoneInfo(person.person.tz))
        return int(local.timestamp())
    return value
