"""A colleague clicks: a button or an overflow choice on a card, a draft, a nudge or Home."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from cases.acts.act import Act, ActionName, Change, NotAllowed
from cases.acts.actions import ACTIONS, named
from cases.may import What, may_reach
from cases.messages import intents
from cases.model import OPEN, Case, Status, Via, Way
from cases.replies.drafts import Draft, DraftState
from handlers.act import Acted, Place, act, answer
from handlers.cards import contact_lines, modals, private, words
from handlers.cards.blocks import FORMAT, is_number
from handlers.cards.draft_card import version_seen
from handlers.cards.message import View, line
from handlers.cards.thread_notes import due_seen
from handlers.listeners import looking, reply_forms
from handlers.outbox.render import links
from handlers.reply.approve import approved
from handlers.reply.edit import Revision, another_try, brought_back, dropped, restored, revise
from handlers.reply.follow_up import asks_how_it_ended, comes_late
from handlers.reply.standing import standing
from handlers.rights import is_lead, may
from handlers.team import home
from handlers.world import World
from store import cases, drafts, messages, timeline
from store.engine import Tx


@dataclass(frozen=True, slots=True)
class Click:
    """One click. `place` is where a private answer goes; `trigger` opens a form within three seconds.

    `block` is the id of the block that the button is in, `view` that of the view, if it is in one.
    """

    action: str
    number: int
    person: str
    trigger: str
    place: Place
    block: str = ""
    view: str = ""


def clicked(world: World, body: Mapping[str, Any]) -> None:
    """Does what the clicked button says, or answers privately why not."""
    element = body["actions"][0]
    click = _read(body, element)
    refusal = _refusal(world, str(body["user"]["id"]), click)
    if click is None:
        if named(str(element.get("action_id"))) or element.get("type") == "overflow":
            _say(world, _place(body, element), str(body["user"]["id"]), refusal or NotAllowed("outdated_card"))
    elif refusal is not None:
        _say(world, click.place, click.person, refusal)
    else:
        _heal(world, body, click)
        _handler(click.action)(world, click)


def _refusal(world: World, person: str, click: Click | None) -> NotAllowed | None:
    """Why they may not click this; a button that we do not know is nothing but looked at."""
    if click is None or _handler(click.action) is _unknown:
        return may(world, person, What.READ)
    return may(world, person, click.action, None if click.action in home.CHOICES else click.number)


def _handler(name: str) -> Callable[[World, Click], None]:
    """What a button does: an action is done at once, or opens its form first, unless it has a way of its own."""
    action = named(name)
    if name in _HANDLERS or action is None:
        return _HANDLERS.get(name, _unknown)
    return partial(_acts if ACTIONS[action].at_once else _opens_form, action)


def _read(body: Mapping[str, Any], element: Mapping[str, Any]) -> Click | None:
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
    return Click(name, int(number), person, trigger, _place(body, element), block, view)


def _place(body: Mapping[str, Any], element: Mapping[str, Any]) -> Place:
    container = body.get("container") or {}
    channel = (body.get("channel") or {}).get("id") or container.get("channel_id") or body["user"]["id"]
    thread = (body.get("message") or {}).get("thread_ts") or container.get("thread_ts")
    name = str(body.get("trigger_id") or element.get("action_ts") or "")
    return Place(str(channel), thread if thread != container.get("message_ts") else None, name)


def _heal(world: World, body: Mapping[str, Any], click: Click) -> None:
    """A click on a message we have lost sight of tells us where it stands.

    What a click brings along does not name our message (metadata comes only where it is asked for): a button of the
    card is on top of the channel, one of the draft is in a thread, and both name the case.
    """
    message = body.get("message") or {}
    channel, ts = str((body.get("channel") or {}).get("id", "")), str(message.get("ts", ""))
    in_thread = message.get("thread_ts") not in (None, ts)
    if not ts or (body.get("container") or {}).get("is_ephemeral") or (in_thread and click.action not in _ON_REPLY):
        return
    intent = intents.draft(click.number) if in_thread else intents.card(click.number)
    lost = world.store.read(
        lambda tx: None if messages.standing_at(tx, channel, ts) else messages.lost_sight_of(tx, intent)
    )
    if lost is not None and world.directory.place(lost.channel) == channel:
        world.store.write(lambda tx: messages.found_at(tx, lost.id, channel, ts, world.now()))


def _acts(action: ActionName, world: World, click: Click) -> None:
    wanted = Act(action, click.person, Via.BUTTON, is_lead=is_lead(world, click.person))
    act(world, click.number, wanted, place=click.place)


def _opens_form(action: ActionName, world: World, click: Click) -> None:
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if (refusal := _not_now(world, case, click, ACTIONS[action].allowed_in)) is not None:
        _say(world, click.place, click.person, refusal, case)
    elif case is not None and click.view:
        world.slack.prompt.views_update(view_id=click.view, view=modals.form(action, case))
    elif case is not None:
        open_view(world, click.trigger, modals.form(action, case))


def _not_now(world: World, case: Case | None, click: Click, allowed_in: frozenset[Status] = OPEN) -> NotAllowed | None:
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


def _decides(world: World, click: Click) -> None:
    """ "Draft a reply": where the customer asked for no contact, a form asks why all the same; else another version."""
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if case is None or case.held:
        _opens_form(ActionName.DRAFT, world, click)
    else:
        _redraft(world, click)


def _redraft(world: World, click: Click) -> None:
    """Another try; of what was put aside, its return."""
    draft = world.store.read(lambda tx: drafts.load(tx, click.number))
    if draft is not None and draft.state is DraftState.DROPPED:
        revise(world, click.number, click.person, "restore_draft", restored, click.place)
    else:
        revise(world, click.number, click.person, "redraft", another_try(world), click.place)


def _brings_back(world: World, click: Click) -> None:
    """A version is brought back: from the thread, or from the form that lists them, which then shows how things stand."""
    version = version_seen(click.block)
    revise(world, click.number, click.person, "bring_back", brought_back(version or 0), click.place)
    if click.view:
        world.slack.prompt.views_update(view_id=click.view, view=reply_forms.versions(world, click.number))


def _versions(world: World, click: Click) -> None:
    open_view(world, click.trigger, reply_forms.versions(world, click.number))


def _sent(world: World, click: Click) -> None:
    """ "I have sent it": the customer was contacted with the approved words; how, where that can be told from the case."""
    case, draft = world.store.read(lambda tx: (cases.load(tx, click.number), drafts.load(tx, click.number)))
    if case is None or draft is None or draft.approved_by is None:
        _say(world, click.place, click.person, NotAllowed("nothing_approved"))
    elif click.person not in (draft.approved_by, case.owner):
        _say(world, click.place, click.person, NotAllowed("sent_by_whom"))
    elif (way := _way_of(case)) is None:
        _opens_form(ActionName.CONTACTED, world, click)
    else:
        said = Act(ActionName.CONTACTED, click.person, Via.BUTTON, way=way, text=words.SENT_WORDS)
        act(world, click.number, said, place=click.place)


def _way_of(case: Case) -> Way | None:
    """How a reply to them must have gone out; None where we know neither an address nor a public place."""
    if case.feedback[-1].public_url:
        return Way.PUBLIC_REPLY
    return Way.EMAIL if case.customer.email else None


def _approve(world: World, click: Click) -> None:
    """Approves, or says why not; who may overrule the findings is asked for a reason."""
    this = approved(world, click.number, click.person, version_seen(click.block))
    refusal = revise(world, click.number, click.person, "approve", this)
    if refusal is None:
        tell_approved(world, click.number, click.person, click.place)
    elif refusal.reason in ("overrule_why", "read_language"):
        open_view(world, click.trigger, reply_forms.overruling(world, click.number, click.person))
    else:
        _say(world, click.place, click.person, refusal)


def tell_approved(world: World, number: int, person: str, place: Place) -> None:
    """The approver gets the text where it can be copied; and the owner, in one click, a mail with the customer's address."""
    case, draft = world.store.read(lambda tx: (cases.load(tx, number), drafts.load(tx, number)))
    if case is None or draft is None or draft.reply is None:
        return
    theirs = may_reach(person, case.owner, world.policy.slack.contact_details) is None
    shown = theirs and case.customer.email and may(world, person, What.DETAILS, number) is None
    message = private.approved(case, draft.reply, person, mailed=bool(shown))

    def work(tx: Tx) -> None:
        answer(tx, person, place, message, world.now(), number)
        if shown:
            timeline.note_look(tx, number, world.now(), person, Via.BUTTON)

    world.store.write(work)


def _reworded(instruction: str) -> Callable[[World, Click], None]:
    def handler(world: World, click: Click) -> None:
        revise(world, click.number, click.person, "redraft", another_try(world, instruction), click.place)

    return handler


def _differently(world: World, click: Click) -> None:
    if (refusal := _not_now(world, world.store.read(lambda tx: cases.load(tx, click.number)), click)) is not None:
        _say(world, click.place, click.person, refusal)
    else:
        open_view(world, click.trigger, modals.differently(click.number))


def _proposes(letter: Callable[[World], Revision]) -> Callable[[World, Click], None]:
    """A letter after the first answer; whoever asked for it, in a reminder, reads in which thread it stands."""

    def handler(world: World, click: Click) -> None:
        if revise(world, click.number, click.person, click.action, letter(world), click.place) is None:
            world.store.write(lambda tx: _tell_where(world, tx, click))

    return handler


def _tell_where(world: World, tx: Tx, click: Click) -> None:
    case, draft = cases.load(tx, click.number), drafts.load(tx, click.number)
    if case is not None and draft is not None:
        told = private.letter_ready(case, links(world, tx, {case.number}).get(case.number), beside=draft.is_a_persons)
        answer(tx, click.person, click.place, told, world.now(), click.number)


def _drop(world: World, click: Click) -> None:
    revise(world, click.number, click.person, "drop_draft", dropped, click.place)


def _edit(world: World, click: Click) -> None:
    def work(tx: Tx) -> tuple[Case | None, Draft | None]:
        case = cases.load(tx, click.number)
        return case, standing(world, tx, case) if case else None

    case, draft = world.store.read(work)
    if case is None or draft is None:
        _say(world, click.place, click.person, NotAllowed("no_such_case", {"number": click.number}))
    elif case.held:
        _say(world, click.place, click.person, NotAllowed("contact_held"), case)
    else:
        open_view(world, click.trigger, reply_forms.editing(world, case, draft))


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


def _there(world: World, click: Click) -> Case | None:
    """The case that is to be looked at; whoever clicked hears it where there is none."""
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if case is None:
        _say(world, click.place, click.person, NotAllowed("no_such_case", {"number": click.number}))
    return case


def _unknown(world: World, click: Click) -> None:
    refresh_card(world, click.number)
    _say(world, click.place, click.person, NotAllowed("unknown_action"))


def _say(world: World, place: Place, person: str, refusal: NotAllowed, case: Case | None = None) -> None:
    message = private.refused(refusal, case) if case else line(words.refusal(refusal.reason, refusal.facts))
    world.store.write(lambda tx: answer(tx, person, place, message, world.now()))


_ON_REPLY: dict[str, Callable[[World, Click], None]] = {
    ActionName.DRAFT: _decides,
    "redraft": _redraft,
    "approve": _approve,
    "drop_draft": _drop,
    "bring_back": _brings_back,
    "versions": _versions,
    "sent": _sent,
    "edit": _edit,
    "shorter": _reworded("Shorter: half the words, and nothing that matters left out."),
    "warmer": _reworded("Warmer: more of what it meant for them, and no more words than now."),
    "differently": _differently,
}


def _tells_how(way: Way) -> Callable[[World, Click], None]:
    """One of the ways, as the answer to how it went."""
    return lambda world, click: _thanked(world, click, Act(ActionName.CONTACTED, click.person, Via.BUTTON, way=way))


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
        _say(world, click.place, click.person, NotAllowed("outdated_card"))
        return
    read = Act(ActionName.PROMISE, click.person, Via.BUTTON, until=due[0], at=due[1])
    act(world, click.number, read, place=click.place, undo=True)


_LOOKS: dict[str, Callable[[World, Click], None]] = {
    "read_all": _reads_all,
    "read_on": _reads_on,
    "reach": _asks_for_details,
    "earlier": _asks_for_earlier,
}
_HOW: dict[str, Callable[[World, Click], None]] = {
    **{f"{contact_lines.HOW}{way.value}": _tells_how(way) for way in Way},
    contact_lines.NOT_REACHED: _not_reached,
}
_LETTERS: dict[str, Callable[[World, Click], None]] = {
    "write_later": _proposes(comes_late),
    "write_after": _proposes(asks_how_it_ended),
}
_HANDLERS = {
    **_LETTERS,
    **_HOW,
    "no_promise": _no_promise,
    **dict.fromkeys(home.CHOICES, _chooses),
    **_ON_REPLY,
    **_LOOKS,
}
