"""A colleague clicks on a reply: another version, an older one, approve, edit, drop, sent; or asks for a later letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from cases.acts.act import Act, ActionName, NotAllowed
from cases.may import What, may_reach
from cases.model import Case, Via, Way
from cases.replies.drafts import Draft, DraftState
from cases.replies.scaffold import asks_what_makes_it_right
from handlers.act import Place, act, answer
from handlers.cards import modals, private, words
from handlers.cards.draft_card import version_seen
from handlers.cards.thread_notes import due_seen
from handlers.letters.send import Send, may_send, take_back
from handlers.listeners import reply_forms
from handlers.listeners.click import Click, not_now, open_view, opens_form, say
from handlers.outbox.links import links
from handlers.reply.approve import approved
from handlers.reply.edit import Revision, another_try, brought_back, dropped, restored, revise
from handlers.reply.follow_up import asks_how_it_ended, comes_late, tells_the_result
from handlers.reply.shown import draft_shown
from handlers.rights import may
from handlers.world import World
from store import cases, drafts, letters, timeline
from store.engine import Tx


def _decides(world: World, click: Click) -> None:
    """ "Draft a reply": where the customer asked for no contact, a form asks why all the same; else another version."""
    case = world.store.read(lambda tx: cases.load(tx, click.number))
    if case is None or case.held:
        opens_form(ActionName.DRAFT, world, click)
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
        say(world, click.place, click.person, NotAllowed("nothing_approved"))
    elif click.person not in (draft.approved_by, case.owner):
        say(world, click.place, click.person, NotAllowed("sent_by_whom"))
    elif world.store.read(lambda tx: letters.is_on_its_way(tx, click.number)):
        say(world, click.place, click.person, NotAllowed("letter_waits", {"number": click.number}))
    elif (way := _way_of(case)) is None:
        opens_form(ActionName.CONTACTED, world, click)
    else:
        asks = draft.reply is not None and asks_what_makes_it_right(draft.reply.body)
        said = Act(ActionName.CONTACTED, click.person, Via.BUTTON, way=way, text=words.SENT_WORDS, asks=asks)
        act(world, click.number, said, place=click.place)


def _send(world: World, click: Click) -> None:
    revise(world, click.number, click.person, "send", Send(world), click.place)


def _take_back(world: World, click: Click) -> None:
    revise(world, click.number, click.person, "take_back", take_back, click.place)


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
        say(world, click.place, click.person, refusal)


def tell_approved(world: World, number: int, person: str, place: Place) -> None:
    """The approver gets the text where it can be copied; and the owner, in one click, a mail with the customer's address.

    Nothing where the draft itself can be sent: whoever copies it then sends it twice.
    """
    case, draft = world.store.read(lambda tx: (cases.load(tx, number), drafts.load(tx, number)))
    if case is None or draft is None or draft.reply is None or may_send(world, case):
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
    if (refusal := not_now(world, world.store.read(lambda tx: cases.load(tx, click.number)), click)) is not None:
        say(world, click.place, click.person, refusal)
    else:
        open_view(world, click.trigger, modals.differently(click.number))


def _proposes(letter: Callable[[World, Click], Revision]) -> Callable[[World, Click], None]:
    """A letter after the first answer; whoever asked for it, in a reminder, reads in which thread it stands."""

    def handler(world: World, click: Click) -> None:
        if revise(world, click.number, click.person, click.action, letter(world, click), click.place) is None:
            world.store.write(lambda tx: _tell_where(world, tx, click))

    return handler


def _due_of(click: Click) -> datetime | None:
    seen = due_seen(click.block)
    return seen and seen[0]


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
        return case, draft_shown(world, tx, case) if case else None

    case, draft = world.store.read(work)
    if case is None or draft is None:
        say(world, click.place, click.person, NotAllowed("no_such_case", {"number": click.number}))
    elif case.held:
        say(world, click.place, click.person, NotAllowed("contact_held"), case)
    else:
        open_view(world, click.trigger, reply_forms.editing(world, case, draft))


ON_REPLY: dict[str, Callable[[World, Click], None]] = {
    ActionName.DRAFT: _decides,
    "redraft": _redraft,
    "approve": _approve,
    "drop_draft": _drop,
    "bring_back": _brings_back,
    "versions": _versions,
    "sent": _sent,
    "send": _send,
    "take_back": _take_back,
    "edit": _edit,
    "shorter": _reworded("Shorter: half the words, and nothing that matters left out."),
    "warmer": _reworded("Warmer: more of what it meant for them, and no more words than now."),
    "differently": _differently,
}
LETTERS: dict[str, Callable[[World, Click], None]] = {
    "write_later": _proposes(lambda world, click: comes_late(world)),
    "write_kept": _proposes(lambda world, click: tells_the_result(world, _due_of(click))),
    "write_after": _proposes(lambda world, click: asks_how_it_ended(world)),
}
