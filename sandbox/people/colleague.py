"""What a colleague can do in the practice workspace: the gestures of a person in Slack, each done when the bot has answered."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from sandbox import events
from sandbox.api.response_urls import ResponseTicket, show_response
from sandbox.api.views import TROUBLE, close_modal, submitted
from sandbox.lines.requests import COMMAND, INTERACTION, Answer
from sandbox.objects import Json, message_json, view_json
from sandbox.people.forms import VALUES, NotThere, check_names, chosen, complaints, control, option, state_of
from sandbox.people.member import Member
from sandbox.people.reading import sees
from sandbox.workspace import SLACKBOT, Channel, Message, View, Workspace

Place = Message | View

IN_MESSAGES = "<@{id}>"
IN_COMMANDS = "<@{id}|{name}>"  # with should_escape in the manifest; without it Slack passes @name on as typed
KEPT = re.compile(r"(<[@#!][^<>]+>)")
NAMED = re.compile(r"(?<![\w<@])@([\w-]+)")


class Colleague(Member):
    """One person at work. Gestures at what they do not see raise NotThere."""

    # In messages, modals and on the Home tab

    def click(self, place: Place, action_id: str, *, block_id: str | None = None) -> Answer:
        """Press a button."""
        return self._use(place, action_id, block_id, {"button"}, None)

    def choose(self, place: Place, action_id: str, choice: str, *, block_id: str | None = None) -> Answer:
        """Choose from an overflow menu, by the option's value or its label."""
        return self._use(place, action_id, block_id, {"overflow"}, choice)

    def select(self, place: Place, action_id: str, value: Any, *, block_id: str | None = None) -> Answer:
        """Set a select, picker or choice outside a form; people by name or id."""
        return self._use(place, action_id, block_id, set(VALUES), value)

    def _use(self, place: Place, action_id: str, block_id: str | None, kinds: set[str], value: Any) -> Answer:
        blocks = self._blocks(place)
        at, element = control(blocks, action_id, block_id)
        if element["type"] not in kinds:
            raise NotThere(f"{action_id!r} is of type {element['type']}, which is not used that way")
        action = self._action(element, value) | {"block_id": at}
        given = {action_id: value} if element["type"] in VALUES else {}
        state = state_of(blocks, given, self._find_person)
        made = self.delivery.payloads
        if isinstance(place, Message):
            payload = made.message_action(self.person, place, [action], state)
        else:
            payload = made.view_action(self.person, place, [action], state)
        return self._ask(INTERACTION, payload, "That button", place)

    def _blocks(self, place: Place) -> list[Json]:
        if isinstance(place, Message):
            self._look_at(place)
            return place.blocks
        if place not in (*self.workspace.modals.get(self.id, []), self.home()):
            raise NotThere(f"{self.name} does not have this view open")
        return list(place.view["blocks"])

    def _action(self, element: Json, value: Any) -> Json:
        action = {"action_id": element["action_id"], "type": element["type"], "action_ts": self.workspace.new_ts()}
        if element["type"] == "button":
            kept = {key: element[key] for key in ("value", "url", "style", "confirm") if key in element}
            return action | {"text": element["text"]} | kept
        if element["type"] == "overflow":
            return action | {"selected_option": option(element, value)}
        return action | chosen(element, value, self._find_person)

    def _find_person(self, name: str) -> str | None:
        found = self.workspace.person_named(name)
        return found.id if found else None

    # Messages

    def react(self, message: Message, emoji: str) -> None:
        """Add a reaction ("eyes", "+1::skin-tone-2"); a second time changes nothing, as in Slack."""
        self._look_at(message)
        emoji = emoji.strip(":")
        if self.workspace.react(message, emoji, self.id):
            self.delivery.tell(events.reaction(self.workspace, "reaction_added", message, emoji, self.id))

    def unreact(self, message: Message, emoji: str) -> None:
        """Take a reaction back."""
        self._look_at(message)
        emoji = emoji.strip(":")
        if not self.workspace.unreact(message, emoji, self.id):
            raise NotThere(f"{self.name} has not reacted with :{emoji}:")
        self.delivery.tell(events.reaction(self.workspace, "reaction_removed", message, emoji, self.id))

    def say(self, where: str | Channel | Message, text: str) -> Message:
        """Write into a channel ("care"), to the bot by its name ("@amends"), or into a message's thread. @names become mentions."""
        channel = self._channel(where.channel if isinstance(where, Message) else where)
        thread = where.thread if isinstance(where, Message) else None
        message = self.workspace.post(channel.id, self.id, typed(self.workspace, text), thread_ts=thread)
        self.delivery.tell(events.message_posted(self.workspace, message))
        # "Messages sent to your app in direct message conversations are not dispatched via app_mention": docs.slack.dev.
        if f"<@{self.workspace.app.user}>" in message.text and not channel.im_with:
            self.delivery.tell(events.app_mentioned(self.workspace, message))
        return message

    def edit(self, message: Message, text: str) -> None:
        """Change one of one's own messages."""
        self._own(message)
        before = message_json(self.workspace, message)
        message.text, message.edited_at = typed(self.workspace, text), self.workspace.new_ts()
        self.workspace.changed()
        self.delivery.tell(events.message_changed(self.workspace, message, before))

    def delete(self, message: Message) -> None:
        """Take one of one's own messages back."""
        self._own(message)
        self.remove(message)

    def remove(self, message: Message) -> None:
        """Take anybody's message away, as an owner of the workspace may."""
        message.deleted = True
        self.workspace.changed()
        self.delivery.tell(events.deletion(self.workspace, message))

    def _own(self, message: Message) -> None:
        if message.user != self.id:
            raise NotThere(f"{self.name} did not write this message")

    def _look_at(self, message: Message) -> None:
        self._at_work()
        if not sees(self.workspace, self.id, message):
            raise NotThere(f"{self.name} does not see the message {message.ts} ({message.text[:40]!r})")

    # Slash commands and shortcuts

    def command(self, command: str, text: str = "", *, channel: str | Channel = "care") -> Message | None:
        """Run a slash command; the newest thing the bot then shows to this person only, or None."""
        at = self._channel(channel)
        before = self.workspace.new_ts()
        arguments = typed(self.workspace, text, IN_COMMANDS)
        answer = self._ask(COMMAND, self.delivery.payloads.slash(self.person, command, arguments, at), command, at)
        said = answer.content()
        if answer.ok and (said.get("text") or said.get("blocks")):
            show_response(self.workspace, ResponseTicket(self.id, at.id, None, self.workspace.now()), said)
        return next((message for message in reversed(self.private_messages()) if message.ts > before), None)

    def shortcut(self, callback_id: str, message: Message | None = None) -> Answer:
        """Choose a shortcut: from a message's menu when there is a message, else a global one."""
        made = self.delivery.payloads
        if message is None:
            return self._ask(INTERACTION, made.global_shortcut(self.person, callback_id), "That shortcut", None)
        self._look_at(message)
        chosen_on = made.message_shortcut(self.person, callback_id, message)
        return self._ask(INTERACTION, chosen_on, "That shortcut", message)

    def reloads(self) -> None:
        """Load Slack anew, or look at it on a telephone: private messages of before are gone."""
        self._at_work()
        self.workspace.reload(self.id)

    def private_messages(self) -> list[Message]:
        """What only this person sees ("Only visible to you"), in the order in which it came."""
        with self.workspace.lock:
            said = [m for c in self.workspace.channels.values() for m in c.messages]
        return sorted((m for m in said if m.ephemeral_to == self.id and not m.deleted), key=lambda m: m.ts)

    # Modals and the Home tab

    def modal(self) -> View | None:
        """The modal on top, if one is open."""
        stack = self.workspace.modals.get(self.id, [])
        return stack[-1] if stack else None

    def submit(self, values: Mapping[str, Any] | None = None) -> dict[str, str]:
        """Fill in the open modal and send it off; answers what was refused, block id -> words, or {} when it was taken.

        `values` go by action_id or block_id; what is left out keeps its initial value. What Slack's own client would
        not send (a required field left empty, a text too long) is refused without asking the bot.
        """
        view = self._open_modal()
        blocks = view.view["blocks"]
        check_names(blocks, values or {})
        state = state_of(blocks, values or {}, self._find_person)
        view.errors = complaints(blocks, state)
        if not view.errors:
            answer = self.delivery.ask(INTERACTION, self.delivery.payloads.view_submission(self.person, view, state))
            submitted(self.workspace, view, answer.content() if answer.ok else None)
        self.workspace.changed()
        return view.errors

    def close_modal(self) -> None:
        """Close the modal on top without sending it; the bot hears of it only if the view asked for that."""
        view = self._open_modal()
        told = view.view.get("notify_on_close")
        payload = self.delivery.payloads.view_closed(self.person, view, cleared=False) if told else None
        close_modal(self.workspace, view)
        if payload:
            self.delivery.ask(INTERACTION, payload)

    def _open_modal(self) -> View:
        view = self.modal()
        if view is None:
            raise NotThere(f"{self.name} has no modal open")
        return view

    def open_home(self) -> View | None:
        """Look at the bot's Home tab; what is published there then."""
        self._at_work()
        home = self.home()
        shown = view_json(self.workspace, home) if home else None
        self.delivery.tell(events.app_home_opened(self.workspace, self.id, shown))
        return self.home()

    def home(self) -> View | None:
        """What is published on this person's Home tab."""
        return self.workspace.homes.get(self.id)

    def _ask(self, kind: str, payload: Json, what: str, place: Place | Channel | None) -> Answer:
        self._at_work()
        answer = self.delivery.ask(kind, payload)
        if not answer.ok:
            self._not_answered(what, place)
        return answer

    def _not_answered(self, what: str, place: Place | Channel | None) -> None:
        """Slack does not try again: Slackbot tells the person, privately."""
        if isinstance(place, View):
            place.errors = {"": TROUBLE}
            self.workspace.changed()
            return
        at = place.id if isinstance(place, Channel) else place.channel if place else self.workspace.direct(self.id).id
        thread = place.thread_ts if isinstance(place, Message) else None
        text = f"{what} failed because {self.workspace.app.name} did not respond"
        self.workspace.post(at, SLACKBOT, text, thread_ts=thread, ephemeral_to=self.id)


def typed(workspace: Workspace, text: str, mention: str = IN_MESSAGES) -> str:
    """What a person types as an app reads it: escaped, @names as mentions; mentions already written out stay as they are."""

    def mentioned(match: re.Match[str]) -> str:
        found = workspace.person_named(match[1])
        return mention.format(id=found.id, name=found.name) if found else match[0]

    parts = KEPT.split(text)
    return "".join(part if KEPT.fullmatch(part) else NAMED.sub(mentioned, html.escape(part, False)) for part in parts)
