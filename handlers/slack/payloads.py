"""Slack's payloads at the door: read from a body that is Slack's own, and refused unless they have the shape we count on.

A shape names what Bolt and our listeners read, and no more: Slack adds fields and kinds without warning, and those pass.
Shapes are after Slack's own types (github.com/slackapi/node-slack-sdk, packages/types) and docs.slack.dev; what is optional
there, or is left empty by Slack, is optional here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any
from urllib.parse import parse_qsl

import orjson
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

_DEEPEST = 64  # objects and lists within each other; blocks within a view within a payload come to two dozen


class BadPayload(ValueError):
    """It is no payload of Slack's; the message says what is wrong in half a sentence, and repeats nothing of it."""


# Ids are what the tables hold (store/tables.py); Slack's have eleven letters or so, its trigger ids sixty.
_NO_NUL = r"^[^\x00]*$"  # which people may type, and the store takes out of texts
Id = Annotated[str, Field(min_length=1, max_length=50, pattern=_NO_NUL)]
Ts = Annotated[str, Field(max_length=40, pattern=_NO_NUL)]
Name = Annotated[str, Field(max_length=100, pattern=_NO_NUL)]
Address = Annotated[str, Field(max_length=2000, pattern=r"^[!-~]*$")]  # what no client can post to is none
Trigger = Annotated[str, Field(min_length=1, max_length=100, pattern=_NO_NUL)]
Instant = Annotated[int, Field(ge=0, lt=100_000_000_000)]  # seconds since 1970, to the year 5138


class Shape(BaseModel):
    """What a part of a payload must be; what it does not name is passed over, and null is as good as missing."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


class Person(Shape):
    id: Id
    team_id: Id | None = None
    deleted: bool | None = None
    name: str | None = None
    real_name: str | None = None
    tz: str | None = None
    profile: Profile | None = None


class Profile(Shape):
    display_name: str | None = None
    real_name: str | None = None


class Place(Shape):
    id: Id
    name: str | None = None


class Authorization(Shape):
    enterprise_id: str | None = None
    team_id: str | None = None
    user_id: str | None = None


class ResponseUrl(Shape):
    response_url: Address


class Payload(Shape):
    """Of whatever kind: what Bolt reads of each."""

    type: str | None = None
    enterprise: str | dict[str, Any] | None = None
    team: str | dict[str, Any] | None = None
    user: str | Person | None = None
    channel: str | Place | None = None
    authorizations: list[Authorization] | None = None
    response_url: Address | None = None
    response_urls: list[ResponseUrl] | None = None
    trigger_id: Name | None = None


class Unread(Payload):
    """Of a kind that nobody here reads: Bolt says so in its log, and looks into these."""

    event: dict[str, Any] = {}
    view: dict[str, Any] = {}


# Events


class Event(Shape):
    """Of whatever type."""

    type: Name
    enterprise: str | dict[str, Any] | None = None
    team: str | dict[str, Any] | None = None
    user: Id | Person | None = None
    channel: Id | Place | None = None
    event_ts: Ts | None = None


class Item(Shape):
    type: str | None = None
    channel: Id | None = None
    ts: Ts | None = None


class Reaction(Event):
    user: Id
    reaction: str
    item: Item | None = None
    item_user: Id | None = None


class Message(Shape):
    """Posted by somebody; in an event, or as the message that a button is in."""

    ts: Ts | None = None
    thread_ts: Ts | None = None
    text: str | None = None
    user: Id | None = None
    bot_id: str | None = None
    subtype: str | None = None
    parent_user_id: Id | None = None
    blocks: list[dict[str, Any]] | None = None
    attachments: list[dict[str, Any]] | None = None


class Said(Event, Message):
    """In a channel: a message, or one that is changed or deleted; or a mention of the bot."""

    user: Id | None = None
    channel: Id
    message: Message | None = None
    previous_message: Message | None = None


class OpenedHome(Event):
    user: Id
    tab: str | None = None


class ChangedUser(Event):
    user: Person


class Moved(Event):
    """In or out of a channel."""

    user: Id
    channel: Id


_EVENTS: Mapping[str, type[Event]] = {
    "reaction_added": Reaction,
    "reaction_removed": Reaction,
    "message": Said,
    "app_mention": Said,
    "app_home_opened": OpenedHome,
    "user_change": ChangedUser,
    "member_joined_channel": Moved,
    "member_left_channel": Moved,
}


class EventCallback(Payload):
    event_id: Name | None = None
    event: dict[str, Any]

    @model_validator(mode="after")
    def _has_its_shape(self) -> EventCallback:
        kind = self.event.get("type")
        (_EVENTS.get(kind, Event) if isinstance(kind, str) else Event).model_validate(self.event)
        return self


# Interactions


class Choice(Shape):
    value: str


class Chosen(Shape):
    """From a menu in a message; links in it have no value."""

    value: str | None = None


class Control(Shape):
    """A button, menu or choice that was used."""

    type: str | None = None
    action_id: Annotated[str, Field(max_length=255)]
    block_id: str | None = None
    value: str | None = None
    action_ts: Ts | None = None
    selected_option: Chosen | None = None


class Container(Shape):
    channel_id: Id | None = None
    message_ts: Ts | None = None
    thread_ts: Ts | None = None


class Answer(Shape):
    """What stands in one field of a form."""

    value: str | None = None
    selected_option: Choice | None = None
    selected_options: list[Choice] | None = None
    selected_user: Id | None = None
    selected_date: str | None = None
    selected_date_time: Instant | None = None

    def given(self) -> Iterator[tuple[str, list[str]]]:
        """Which of them are filled, each with the choices made."""
        for name in type(self).model_fields:
            found = getattr(self, name)
            if found not in (None, []):
                parts = found if isinstance(found, list) else [found]
                yield name, [one.value for one in parts if isinstance(one, Choice)]


class Element(Shape):
    type: str | None = None
    action_id: str | None = None
    options: list[Choice] | None = None


class Block(Shape):
    type: str | None = None
    block_id: str | None = None
    element: Element | None = None


# Where the answer to a field stands, by the kind of its element.
_ANSWERED_IN = {
    "plain_text_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "datepicker": "selected_date",
    "datetimepicker": "selected_date_time",
}


class State(Shape):
    values: dict[str, dict[str, Answer]] = {}


class View(Shape):
    id: Name
    type: str
    callback_id: str | None = None
    private_metadata: str | None = None
    app_installed_team_id: str | None = None
    blocks: list[Block] = []
    state: State = State()

    @model_validator(mode="after")
    def _holds_what_it_offers(self) -> View:
        """The form comes back with what was filled in: nothing is chosen that it does not offer, nor told in another way."""
        for block in self.blocks:
            element = block.element
            answer = self.state.values.get(block.block_id or "", {}).get((element and element.action_id) or "")
            if element is None or answer is None or element.type not in _ANSWERED_IN:
                continue
            offered = {option.value for option in element.options or ()}
            for told_in, choices in answer.given():
                if told_in != _ANSWERED_IN[element.type] or not offered.issuperset(choices):
                    raise ValueError(f"the field {block.block_id} holds what it does not offer")
        return self


class Click(Payload):
    user: Person
    trigger_id: Trigger
    channel: Place | None = None
    actions: Annotated[list[Control], Field(min_length=1)]
    container: Container | None = None
    message: Message | None = None
    view: View | None = None


class Submission(Payload):
    user: Person
    view: View


class Shortcut(Payload):
    user: Person
    trigger_id: Trigger
    callback_id: str
    message: Message | None = None


class Challenge(Payload):
    challenge: str


class Command(Payload):
    """A slash command: the fields of a form, all of them text."""

    command: Name
    user_id: Id
    channel_id: Id
    trigger_id: Trigger
    text: str | None = None


_KINDS: Mapping[str, type[Payload]] = {
    "event_callback": EventCallback,
    "block_actions": Click,
    "view_submission": Submission,
    "view_closed": Submission,
    "shortcut": Shortcut,
    "message_action": Shortcut,
    "url_verification": Challenge,
}


def read_payload(body: bytes, content_type: str) -> dict[str, Any]:
    """The payload in a body of Slack's: an object as JSON, or in a form's field `payload`, or a form. Raises BadPayload."""
    if content_type.partition(";")[0].strip() == "application/json" or body.startswith(b"{"):
        return checked(_object(body))
    try:
        fields = dict(parse_qsl(body.decode(), keep_blank_values=True, errors="strict"))
    except ValueError:
        raise BadPayload("it is no form in UTF-8") from None
    return checked(_object(fields["payload"].encode()) if "payload" in fields else fields)


def _object(text: bytes) -> dict[str, Any]:
    try:  # orjson knows no half surrogates, no NaN, no nesting beyond a thousand, and no other encoding than UTF-8
        found = orjson.loads(text)
    except orjson.JSONDecodeError:
        raise BadPayload("it is no JSON") from None
    if not isinstance(found, dict):
        raise BadPayload("it is no JSON object")
    return found


def checked(payload: dict[str, Any]) -> dict[str, Any]:
    """The payload, which has the shape of its kind. Raises BadPayload; a kind that nobody here reads is let through."""
    _look_through(payload)
    kind = payload.get("type")
    shape = Command if "command" in payload else _KINDS.get(kind, Unread) if isinstance(kind, str) else Unread
    try:
        shape.model_validate(payload)
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_context=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise BadPayload(f"{where or 'it'}: {first['msg'][0].lower()}{first['msg'][1:]}") from None
    return payload


def _look_through(payload: Any) -> None:
    """Nothing may be nested so deeply that a reader runs out of stack."""
    level, depth = [payload], 0
    while level:
        depth += 1
        if depth > _DEEPEST:
            raise BadPayload("it is nested too deeply")
        level = [part for value in level for part in _parts(value) if isinstance(part, dict | list)]


def _parts(value: dict[str, Any] | list[Any]) -> Iterable[Any]:
    return value.values() if isinstance(value, dict) else value
