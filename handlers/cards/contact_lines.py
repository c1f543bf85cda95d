"""What is known of a contact, in words: who did what and when, what a program saw, and what was only tried."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cases.acts.act import Act, ActionName
from cases.acts.contact import ways_known
from cases.letters.compose import is_message_id
from cases.model import Case, Grade, Status, Way
from handlers.cards import phrases, private, words
from handlers.cards.blocks import actions, button, section
from handlers.cards.message import Message, line, message
from handlers.cards.mrkdwn import Mrkdwn, escape, fill, join, mention

HOW = "how_"  # before a way: the name of the button that says it
NOT_REACHED = "not_reached"
_SLACK_ID = re.compile(r"[UW][A-Z0-9_]{2,}")
_REFERENCE_LIMIT = 60
_WRITTEN = frozenset({Way.EMAIL, Way.LETTER, Way.PUBLIC_REPLY})  # an address is as dead or alive at every hour


def known(case: Case) -> Mrkdwn:
    """The best that is known of a contact: "Ana called today at 10:40"; nothing where nothing is."""
    if case.evidence is None or case.evidence_at is None:
        return Mrkdwn()
    way, told_by = case.evidence_how, case.evidence_by
    called = looked_up(case.evidence_from)
    reference = fill(words.SEEN_AS, reference=called[:_REFERENCE_LIMIT]) if called else Mrkdwn()
    return fill(
        words.EVIDENCE[case.evidence],
        by=person(told_by),
        at=case.evidence_at,
        did=words.DID[way] if way else words.REACHED,
        saw=words.SAW[way or Way.OTHER],
        reference=reference,
    )


def looked_up(reference: str | None) -> str | None:
    """What another program calls a contact, where a person could look it up by that; nobody does so by the name of a letter."""
    return None if reference is None or is_message_id(reference) else reference


def person(by: str | None) -> Mrkdwn:
    """A colleague by their id, or whoever another program names."""
    if not by:
        return Mrkdwn(words.SOMEBODY)
    return mention(by) if _SLACK_ID.fullmatch(by) else escape(by)


def tried(case: Case) -> Mrkdwn:
    """How often, and by which ways, somebody has tried since the customer began to wait."""
    if not case.tries:
        return Mrkdwn()
    ways = dict.fromkeys(words.WAYS[each.way] for each in case.tries if each.way) or {words.SOME_WAY: None}
    sentence = words.plural(len(case.tries), words.TRIED_ONCE, words.TRIED_OFTEN)
    return fill(sentence, count=len(case.tries), ways=", ".join(ways), at=case.tries[-1].at)


def another_way(case: Case) -> str:
    """What nobody has tried, of the ways we know; else another hour, where it is not only writing that was in vain."""
    used = {each.way for each in case.tries}
    way = next((way for way in ways_known(case) if way not in used), None)
    if way:
        return fill(words.PERHAPS_BY, way=words.WAYS[way])
    return words.PERHAPS_ELSEWHERE if used and used <= _WRITTEN else words.PERHAPS_LATER


def ask_how(case: Case) -> Message:
    """To whom says that the customer was contacted, and no more: how, in one click; or that nobody was reached."""
    waits = case.rests_until is not None and case.status is not Status.CONTACTED
    asked = fill(
        words.ASK_HOW if waits else words.ASK_HOW_ALL_THE_SAME,
        customer=phrases.customer(case),
        number=case.number,
        at=case.rests_until or case.opened_at,
    )
    unknown = not any(feedback.customer.email or feedback.customer.phone for feedback in case.feedback)
    return message(
        section(join(" ", [asked, words.ASK_HOW_NO_ADDRESS if unknown else None]), "ask"), actions(_ways(case), "how")
    )


def _ways(case: Case) -> Iterator[dict[str, object]]:
    for way, label in words.HOW.items():
        yield button(f"{HOW}{way.value}", case.number, label=label)
    yield button(NOT_REACHED, case.number, label=words.NOT_REACHED)
    yield button(ActionName.CONTACTED, case.number, label=words.SAY_HOW)


def ticked_by_other(case: Case, by: str) -> Message:
    """To the owner of a case: a colleague says that its customer was contacted, and it can be denied here."""
    told = fill(words.TICKED_BY_OTHER, by=mention(by), case=phrases.named(case))
    return message(
        section(told, "told"), actions([button(NOT_REACHED, case.number, label=words.NOT_REACHED)], "buttons")
    )


def which(case: Case, asker: str) -> Message:
    """ "Done" may mean three things, and only a person knows which."""
    asked = fill(words.DONE_WHICH, number=case.number)
    held = case.owner not in (None, asker)
    whose = fill(words.DONE_WHICH_HELD, owner=phrases.owner(case)) if held else None
    names = (ActionName.CONTACTED, ActionName.TRIED, ActionName.CLOSE)
    return message(
        section(join(" ", [whose, asked]), "which"), actions([button(name, case.number) for name in names], "buttons")
    )


def remarks(act: Act, case: Case) -> Message | None:
    """What whoever told of a contact, or of an attempt, should know besides; None where all is said."""
    said = [fill(each, number=case.number) for each in _remarks(act, case)]
    return line(join(" ", said)) if said else None


def _remarks(act: Act, case: Case) -> Iterator[str]:
    if act.denied:
        yield words.DENIED
    elif act.action == ActionName.TRIED and not act.way:
        yield words.TRIED_HOW
    if act.action == ActionName.CONTACTED:
        if case.status is not Status.CONTACTED and case.evidence is Grade.TOLD:
            yield words.CONTACT_NOT_SEEN
        if act.way in words.NO_SUCH_ADDRESS and act.way not in ways_known(case):
            yield words.NO_SUCH_ADDRESS[act.way]


def thanked(act: Act, case: Case) -> Message:
    """What a click on one of the answers is answered with: what is known now, or that an attempt is noted."""
    if act.action == ActionName.TRIED:
        return private.done(act, case)
    return line(join(" ", [fill(words.CONTACT_NOTED, number=case.number), known(case) or None]))
