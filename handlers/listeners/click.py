"""One click as the handlers of buttons see it, and what most of them do: open a form, or say privately why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cases.acts.act import ActionName, NotAllowed
from cases.acts.actions import ACTIONS
from cases.messages import intents
from cases.model import OPEN, Case, Status
from handlers.act import Place, answer
from handlers.cards import modals, private, words
from handlers.cards.blocks import FORMAT, is_number
from handlers.cards.message import View, line
from handlers.world import World
from store import cases, messages


@dataclass(frozen=True, slots=True)
class Click:
    """One click. `place` is where a private answer goes; `trigger` opens a form within three seconds.

    `block` is the id of the block that the button is in, `view` that of the view, if it is in one;
    `in_menu`: it was chosen among others, where Slack asks nothing back.
    """

    action: str
    number: int
    person: str
    trigger: str
    place: Place
    block: str = ""
    view: str = ""
    in_menu: bool = False


def click_of(body: Mapping[str, Any], element: Mapping[str, Any]) -> Click | None:
    """The value of a button is FORMAT:NUMBER, of an overflow choice FORMAT:NUMBER:ACTION; anything else is not ours."""
    chosen = element.get("selected_option") or element
    version, _, rest = str(chosen.get("value") or "").partition(":")
    number, _, action = rest.partition(":")
    if version != FORMAT or not is_number(number):
        return None
    name = action or str(element["action_id"])
    person, trigger, block = str(body["user"]["id"]), str(body.get("trigger_id", "")), str(element.get("block_id", ""))
    form = body.get("view") or {}
    view = str(form.get("id", "")) if form.get("type") == "modal" else ""
    return Click(name, int(number), person, trigger, place_of(body, element), block, view, in_menu=bool(action))


def place_of(body: Mapping[str, Any], element: Mapping[str, Any]) -> Place:
    """Where whoever clicked reads a private answer."""
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or body["user"]["id"]
    thread = (body.get("message") or {}).get("thread_ts") or container.get("thread_ts")
    name = str(body.get("trigger_id") or element.get("action_ts") or "")
    return Place(str(channel), thread if thread != container.get("message_ts") else None, name)


def opens_form(action: ActionName, world: World, click: Click) -> None:
    """The form of an action, or why it would be refused; in a form the new one takes its place."""
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if (refusal := not_now(world, case, click, ACTIONS[action].allowed_in)) is not None:
        say(world, click.place, click.person, refusal, case)
    elif case is not None and click.view:
        world.slack.prompt.views_update(view_id=click.view, view=modals.form(action, case, world.policy.lessons.causes))
    elif case is not None:
        open_view(world, click.trigger, modals.form(action, case, world.policy.lessons.causes))


def not_now(world: World, case: Case | None, click: Click, allowed_in: frozenset[Status] = OPEN) -> NotAllowed | None:
    """A form is not opened for a case whose answer would be refused anyway."""
    if case is None:
        return NotAllowed("no_such_case", {"number": click.number})
    if case.status not in allowed_in:
        refresh_card(world, case.number)
        return NotAllowed("wrong_status", {"action": click.action, "status": case.status})
    return None


def refresh_card(world: World, number: int) -> None:
    """Somebody saw a card that is out of date: show it anew."""
    world.store.write(lambda tx: messages.want_again(tx, intents.card(number), world.now()))


def open_view(world: World, trigger: str, view: View) -> None:
    """views.open, inline: a trigger lives three seconds. Raises what Slack or the network raises."""
    world.slack.prompt.views_open(trigger_id=trigger, view=view)


def say(world: World, place: Place, person: str, refusal: NotAllowed, case: Case | None = None) -> None:
    """Says privately why not."""
    message = private.refused(refusal, case) if case else line(words.refusal(refusal.reason, refusal.facts))
    world.store.write(lambda tx: answer(tx, person, place, message, world.now()))
