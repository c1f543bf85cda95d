"""A colleague clicks: a button or an overflow choice on a card, a draft, a nudge or Home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from cases.actions import ACTIONS, Act, NotAllowed
from cases.model import Case, Via
from handlers.acting import Place, act, answer
from handlers.cards import modals, private, words
from handlers.cards.blocks import FORMAT
from handlers.cards.message import View, line
from handlers.changing import card_intent
from handlers.commanded import is_lead
from handlers.delivering import EVENT_TYPE
from handlers.revising import another_try, approved, dropped, revise
from handlers.world import World
from store import cases, drafts, messages

# Done at once; every other action opens its form first.
_AT_ONCE = frozenset({"claim", "release", "dismiss", "reopen"})


@dataclass(frozen=True, slots=True)
class Click:
    """One click. `place` is where a private answer goes; `trigger` opens a form within three seconds."""

    action: str
    number: int
    person: str
    trigger: str
    place: Place


def clicked(world: World, body: Mapping[str, Any]) -> None:
    """Does what the clicked button says, or answers privately why not."""
    element = body["actions"][0]
    click = _read(body, element)
    if click is None:
        if element.get("action_id") in ACTIONS or element.get("type") == "overflow":
            _say(world, _place(body, element), str(body["user"]["id"]), NotAllowed("outdated_card"))
        return
    _heal(world, body)
    _HANDLERS.get(click.action, _unknown)(world, click)


def _read(body: Mapping[str, Any], element: Mapping[str, Any]) -> Click | None:
    """The value of a button is FORMAT:NUMBER, of an overflow choice FORMAT:NUMBER:ACTION; anything else is not ours."""
    chosen = element.get("selected_option") or element
    version, _, rest = str(chosen.get("value") or "").partition(":")
    number, _, action = rest.partition(":")
    if version != FORMAT or not number.isdecimal():
        return None
    name = action or str(element["action_id"])
    return Click(name, int(number), str(body["user"]["id"]), str(body.get("trigger_id", "")), _place(body, element))


def _place(body: Mapping[str, Any], element: Mapping[str, Any]) -> Place:
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or body["user"]["id"]
    thread = (body.get("message") or {}).get("thread_ts") or container.get("thread_ts")
    name = str(body.get("trigger_id") or element.get("action_ts") or "")
    return Place(str(channel), thread if thread != container.get("message_ts") else None, name)


def _heal(world: World, body: Mapping[str, Any]) -> None:
    """A click on a message we have lost sight of tells us where it stands."""
    message = body.get("message") or {}
    channel, ts = str((body.get("channel") or {}).get("id", "")), str(message.get("ts", ""))
    metadata = message.get("metadata") or {}
    ours = (metadata.get("event_payload") or {}).get("message")
    if metadata.get("event_type") != EVENT_TYPE or not isinstance(ours, int):
        return
    if world.store.read(lambda tx: messages.standing_at(tx, channel, ts)) is None:
        world.store.write(lambda tx: messages.found_at(tx, ours, channel, ts, world.now()))


def _acts(world: World, click: Click) -> None:
    wanted = Act(click.action, click.person, Via.BUTTON, is_lead=is_lead(world, click.person))
    act(world, click.number, wanted, place=click.place)


def _opens_form(world: World, click: Click) -> None:
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if (refusal := _not_now(world, case, click)) is not None:
        _say(world, click.place, click.person, refusal, case)
    elif case is not None:
        open_view(world, click.trigger, modals.form(click.action, case))


def _not_now(world: World, case: Case | None, click: Click) -> NotAllowed | None:
    """A form is not opened for somebody, or for a case, whose answer would be refused anyway."""
    if world.directory.is_outside(click.person, world.policy):
        return NotAllowed("outside_team")
    if case is None:
        return NotAllowed("no_such_case", {"number": click.number})
    if case.status not in ACTIONS[click.action].allowed_in:
        refresh_card(world, case.number)
        return NotAllowed("wrong_status", {"action": click.action, "status": case.status})
    return None


def refresh_card(world: World, number: int) -> None:
    """Somebody saw a card that is out of date: show it anew."""
    world.store.write(lambda tx: messages.want_again(tx, card_intent(number), world.now()))


def open_view(world: World, trigger: str, view: View) -> None:
    """views.open, inline: a trigger lives three seconds. Raises what Slack or the network raises."""
    world.slack.writes.views_open(trigger_id=trigger, view=view)


def _decides(world: World, click: Click) -> None:
    """ "Draft a reply": where the customer asked for no contact, a form asks why all the same; else another version."""
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if case is None or case.held:
        _opens_form(world, click)
    else:
        _redraft(world, click)


def _redraft(world: World, click: Click) -> None:
    revise(world, click.number, click.person, "redraft", another_try(), click.place)


def _approve(world: World, click: Click) -> None:
    revise(world, click.number, click.person, "approve", approved, click.place)


def _drop(world: World, click: Click) -> None:
    revise(world, click.number, click.person, "drop_draft", dropped, click.place)


def _edit(world: World, click: Click) -> None:
    case, draft = world.store.read(lambda tx: (cases.load(tx, click.number), drafts.load(tx, click.number)))
    if world.directory.is_outside(click.person, world.policy):
        _say(world, click.place, click.person, NotAllowed("outside_team"))
    elif case is None or draft is None:
        _say(world, click.place, click.person, NotAllowed("no_such_case", {"number": click.number}))
    elif case.held:
        _say(world, click.place, click.person, NotAllowed("contact_held"), case)
    else:
        open_view(world, click.trigger, modals.edit_draft(case, draft))


def _unknown(world: World, click: Click) -> None:
    refresh_card(world, click.number)
    _say(world, click.place, click.person, NotAllowed("unknown_action"))


def _say(world: World, place: Place, person: str, refusal: NotAllowed, case: Case | None = None) -> None:
    message = private.refused(refusal, case) if case else line(words.refusal(refusal.reason, refusal.facts))
    world.store.write(lambda tx: answer(tx, person, place, message, world.now()))


_HANDLERS: dict[str, Callable[[World, Click], None]] = {
    **{name: _acts if name in _AT_ONCE else _opens_form for name in ACTIONS},
    "draft": _decides,
    "redraft": _redraft,
    "approve": _approve,
    "drop_draft": _drop,
    "edit": _edit,
}
