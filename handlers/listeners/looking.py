"""A colleague looks: at all that a customer said and attached, at how to reach them, at what became of their earlier cases."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from cases.may import What, may_reach
from cases.messages import intents
from cases.messages.kinds import Contact
from cases.messages.notes import Attachments
from cases.model import Case, Via
from handlers.act import Place, answer, tell_details
from handlers.cards import answers, phrases, private, whole, words
from handlers.cards.message import Message, View, line
from handlers.cards.mrkdwn import fill
from handlers.change import brought_out, in_thread
from handlers.outbox.links import links
from handlers.rights import may, readable
from handlers.world import World
from store import attached, cases, messages, timeline
from store.engine import Tx


def page(case: Case, block: str = "") -> View:
    """A page of all that the customer said: the one that the row of a page's button names, else the first."""
    told = block.rpartition(" ")[2]
    return whole.view(case, int(told) if told.isdecimal() else 1)


def how_to_reach(world: World, case: Case, person: str, via: Via) -> Message | None:
    """How to reach the customer, for an answer to this person, which is noted as a look; None where it is not for them.

    While Slack does not tell who is on the team it says so, and comes by itself later.
    """
    if may_reach(person, case.owner, world.policy.slack.contact_details) is not None:
        return None
    waits, now = may(world, person, What.DETAILS, case.number), world.now()

    def work(tx: Tx) -> None:
        if waits is None:
            timeline.note_look(tx, case.number, now, person, via)
        else:
            intent = intents.reach(case.number, person, now.isoformat())
            messages.owe(tx, Contact(), intent=intent, channel=person, case_number=case.number, now=now)

    world.store.write(work)
    return line(words.refusal(waits.reason, waits.facts)) if waits else private.contact_details(case, world.policy)


def details(world: World, case: Case, person: str, place: Place) -> None:
    """Owes this person how to reach the customer, or says why it is not for them."""
    refusal, now = may_reach(person, case.owner, world.policy.slack.contact_details), world.now()

    def work(tx: Tx) -> None:
        if refusal is None:
            tell_details(tx, case.number, person, place, now)
        else:
            about_it = replace(refusal, facts={**refusal.facts, "number": case.number})
            answer(tx, person, place, private.refused(about_it), now)

    world.store.write(work)


def earlier(world: World, case: Case, person: str, place: Place) -> None:
    """Tells what became of the customer's earlier cases, as far as this person may read them."""
    numbers = readable(world, person, case.earlier)

    def work(tx: Tx) -> None:
        found = cases.load_many(tx, numbers)
        message = answers.earlier(case, found[::-1], links(world, tx, numbers))
        answer(tx, person, place, message, world.now(), case.number)

    world.store.write(work)


def attachments(world: World, case: Case, person: str, place: Place, *, on_card: bool) -> None:
    """Has the thread show what came with the customer's letters; a second click before that is done changes nothing.

    A case that shares a card comes out of it: only a card of its own has a thread. Who did not click `on_card` is told where to look.
    """
    now = world.now()

    def work(tx: Tx) -> None:
        wanted = attached.showable(tx, case.number)
        if wanted:
            brought_out(tx, case.number, person, now)
        for feedback in wanted:
            message = _shown_in(tx, case, person, feedback, now)
            if message is not None:
                attached.want(tx, case.number, feedback, message, now)
        messages.want_again(tx, intents.card(case.number), now)  # which offers it no more
        if not wanted:
            answer(tx, person, place, line(words.NO_ATTACHMENTS), now, case.number)
        elif not on_card:
            named = phrases.numbered(case.number, links(world, tx, {case.number}).get(case.number))
            answer(tx, person, place, line(fill(words.ATTACHMENTS_COME, case=named)), now, case.number)

    world.store.write(work)


def _shown_in(tx: Tx, case: Case, person: str, feedback: int, now: datetime) -> int | None:
    """The message for what came with this feedback: the one there is, if it was asked for before."""
    intent = intents.attachments(case.number, feedback)
    owed = in_thread(tx, case, Attachments(actor=person, feedback=feedback), intent, now)
    if owed is None and (owed := messages.replied_to(tx, intent, now)) is not None:
        messages.show_anew(tx, owed, now)
    return owed
