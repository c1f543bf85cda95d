"""A colleague clicks: a button or an overflow choice on a card, a draft, a nudge or Home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from cases.acts.act import Act, ActionName, Change, NotAllowed
from cases.acts.actions import ACTIONS, named
from cases.may import What
from cases.messages import intents
from cases.model import Case, Outcome, Sign, Via, Way
from handlers.act import Acted, act, answer
from handlers.cards import contact_lines, private
from handlers.cards.case_card import BLOCKS
from handlers.cards.case_menus import asks_first
from handlers.cards.thread_notes import due_seen
from handlers.listeners import looking
from handlers.listeners.click import Click, click_of, open_view, opens_form, place_of, refresh_card, say
from handlers.listeners.flood_buttons import ON_FLOOD
from handlers.listeners.practice import practise
from handlers.listeners.reply_buttons import LETTERS, ON_REPLY
from handlers.rights import is_lead, may, may_open, opens_in
from handlers.team import home
from handlers.world import World
from store import cases, messages


def clicked(world: World, body: Mapping[str, Any]) -> None:
    """Does what the clicked button says, or answers privately why not."""
    element = body["actions"][0]
    click = click_of(body, element)
    refusal = _refusal(world, str(body["user"]["id"]), click)
    if click is None:
        if named(str(element.get("action_id"))) or element.get("type") == "overflow":
            say(world, place_of(body, element), str(body["user"]["id"]), refusal or NotAllowed("outdated_card"))
    elif refusal is not None:
        say(world, click.place, click.person, refusal)
    else:
        _heal(world, body, click)
        _handler(click.action)(world, click)


def _refusal(world: World, person: str, click: Click | None) -> NotAllowed | None:
    """Why they may not click this; a button that we do not know is nothing but looked at."""
    if click is None or _handler(click.action) is _unknown:
        return may(world, person, What.READ)
    if click.action == "practice":
        return may_open(world, person, opens_in(world, click.place.channel))
    return may(world, person, click.action, None if click.action in home.CHOICES else click.number)


def _handler(name: str) -> Callable[[World, Click], None]:
    """What a button does: an action is done at once, or opens its form first, unless it has a way of its own."""
    action = named(name)
    if name in _HANDLERS or action is None:
        return _HANDLERS.get(name, _unknown)
    return partial(_acts if ACTIONS[action].at_once else opens_form, action)


def _heal(world: World, body: Mapping[str, Any], click: Click) -> None:
    """A click on a message we have lost sight of tells us where it stands.

    What a click brings along does not name our message (metadata comes only where it is asked for): a button of the
    card, told by its block, is on top of the channel, one of the draft is in a thread, and both name the case.
    """
    message = body.get("message") or {}
    channel, ts = str((body.get("channel") or {}).get("id", "")), str(message.get("ts", ""))
    in_thread = message.get("thread_ts") not in (None, ts)
    elsewhere = click.action not in ON_REPLY if in_thread else click.block not in BLOCKS
    if not ts or (body.get("container") or {}).get("is_ephemeral") or elsewhere:
        return
    intent = intents.draft(click.number) if in_thread else intents.card(click.number)
    lost = world.store.read(
        lambda tx: None if messages.standing_at(tx, channel, ts) else messages.lost_sight_of(tx, intent)
    )
    if lost is not None and world.directory.known(lost.channel) == channel:
        world.store.write(lambda tx: messages.found_at(tx, lost.id, channel, ts, world.now()))


def _acts(action: ActionName, world: World, click: Click) -> None:
    case = _there(world, click) if click.in_menu and action is ActionName.DISMISS else None
    if case is not None and asks_first(action, case):
        asked, now = private.dismiss_asks(case), world.now()
        world.store.write(lambda tx: answer(tx, click.person, click.place, asked, now, case.number))
        return
    wanted = Act(action, click.person, Via.BUTTON, is_lead=is_lead(world, click.person, click.number))
    act(world, click.number, wanted, place=click.place)


def _chooses(world: World, click: Click) -> None:
    home.chosen(world, click.person, click.action, click.number)


def _reads_all(world: World, click: Click) -> None:
    if (case := _there(world, click)) is not None:
        open_view(world, click.trigger, looking.page(case))


def _reads_on(world: World, click: Click) -> None:
    """The page takes the place of the one whose button was clicked."""
    if (case := _there(world, click)) is not None:
        world.slack.prompt.views_update(view_id=click.view, view=looking.page(case, click.block))


def _asks_for_details(world: World, click: Click) -> None:
    if (case := _there(world, click)) is not None:
        looking.details(world, case, click.person, click.place)


def _asks_for_earlier(world: World, click: Click) -> None:
    if (case := _there(world, click)) is not None:
        looking.earlier(world, case, click.person, click.place)


def _asks_for_attachments(world: World, click: Click) -> None:
    if (case := _there(world, click)) is not None:
        looking.attachments(world, case, click.person, click.place, on_card=click.block in BLOCKS)


def _there(world: World, click: Click) -> Case | None:
    """The case that is to be looked at; whoever clicked hears it where there is none."""
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if case is None:
        say(world, click.place, click.person, NotAllowed("no_such_case", {"number": click.number}))
    return case


def _unknown(world: World, click: Click) -> None:
    refresh_card(world, click.number)
    say(world, click.place, click.person, NotAllowed("unknown_action"))


def _tells_how(way: Way) -> Callable[[World, Click], None]:
    """One of the ways, as the answer to how it went."""
    return lambda world, click: _thanked(world, click, Act(ActionName.CONTACTED, click.person, Via.BUTTON, way=way))


def _tells_sign(sign: Sign) -> Callable[[World, Click], None]:
    """By what it is known that a customer is won back, from who said so."""

    def handler(world: World, click: Click) -> None:
        said = Act(ActionName.CLOSE, click.person, Via.BUTTON, outcome=Outcome.WON_BACK, sign=sign)
        result = act(world, click.number, said, place=click.place)
        if isinstance(result, Acted) and isinstance(result.decision, Change) and result.case is not None:
            told, now = private.done(said, result.case), world.now()
            world.store.write(lambda tx: answer(tx, click.person, click.place, told, now, click.number))

    return handler


def _not_reached(world: World, click: Click) -> None:
    _thanked(world, click, Act(ActionName.TRIED, click.person, Via.BUTTON))


def _thanked(world: World, click: Click, said: Act) -> None:
    """Whoever was asked reads that their answer is kept: the question itself is whispered, and cannot be changed."""
    result = act(world, click.number, said, place=click.place)
    if isinstance(result, Acted) and isinstance(result.decision, Change) and result.case is not None:
        thanks, besides = (
            contact_lines.thanked(result.said, result.case),
            contact_lines.remarks(result.said, result.case),
        )
        thanks, now = private.taken(thanks, besides) if besides else thanks, world.now()
        world.store.write(lambda tx: answer(tx, click.person, click.place, thanks, now, click.number))


def _no_promise(world: World, click: Click) -> None:
    """What was read as a promise is none: its note shows how things stand, to whoever clicks twice too."""
    if (due := due_seen(click.block)) is None:
        say(world, click.place, click.person, NotAllowed("outdated_card"))
        return
    read = Act(ActionName.PROMISE, click.person, Via.BUTTON, until=due[0], at=due[1])
    act(world, click.number, read, place=click.place, undo=True)


def _practises(world: World, click: Click) -> None:
    said, now = practise(world, click.person, Via.BUTTON, opens_in(world, click.place.channel)), world.now()
    world.store.write(lambda tx: answer(tx, click.person, click.place, said, now))


_LOOKS: dict[str, Callable[[World, Click], None]] = {
    "read_all": _reads_all,
    "read_on": _reads_on,
    "reach": _asks_for_details,
    "earlier": _asks_for_earlier,
    "show_attachments": _asks_for_attachments,
}
_HOW: dict[str, Callable[[World, Click], None]] = {
    **{f"{contact_lines.HOW}{way.value}": _tells_how(way) for way in Way},
    contact_lines.NOT_REACHED: _not_reached,
}
_HANDLERS = {
    **LETTERS,
    **_HOW,
    "no_promise": _no_promise,
    **{f"{private.WON}{sign.value}": _tells_sign(sign) for sign in private.SIGNS},
    "practice": _practises,
    **dict.fromkeys(home.CHOICES, _chooses),
    **ON_REPLY,
    **ON_FLOOD,
    **_LOOKS,
}
