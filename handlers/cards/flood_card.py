"""The card that many cases share: what happened, how they stand, what they are about, and a way to each of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cases.acts.act import ActionName
from cases.messages.flood import By, Group, Member, grouped, in_common, most_from
from cases.model import Case, Status
from cases.spoken.durations import say_duration
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.blocks import OPTION_LIMIT, SELECT_LIMIT, actions, button, context, section, select
from handlers.cards.message import Block, Message, message
from handlers.cards.mrkdwn import Mrkdwn, fill, join, unmarked

LINES_SHOWN = 8
CHOICES = SELECT_LIMIT
GROUP_LIMIT = 60
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A flood as its card tells of it: all of its `members`, and `beside` how many came with them and had a card at once.

    `waiting` are those without a card of their own, worst first, at most CHOICES of them, and `since` and `until` when the
    first and the last of all came.
    """

    number: int
    members: Sequence[Member]
    beside: int
    since: datetime
    until: datetime
    waiting: Sequence[Case]


def flood(told: Told) -> Message:
    """The shared card. Of a flood that is over only what became of it."""
    here = [member for member in told.members if member.waits]
    state = section(_state(told.members), "state")
    if not here:
        return message(section(_came(told), "came"), state)
    return message(
        section(join("\n", [_came(told), _where(told)]), "came"),
        state,
        _groups(here, in_common(told.members)),
        section(Mrkdwn(words.FLOOD_WORST), "worst"),
        *_lines(told.waiting),
        _more(len(here)),
        actions(_ways(told), "ways"),
        context(words.FLOOD_HOW, "how"),
    )


def _came(told: Told) -> Mrkdwn:
    count, source = len(told.members) + told.beside, most_from(told.members)
    span = say_duration(max(_MINUTE, told.until - told.since))
    sentence = words.FLOOD_CAME_FROM if source else words.FLOOD_CAME
    return Mrkdwn(fill(sentence, count=count, span=span, source=phrases.source_named(source or "")) + ".")


def _where(told: Told) -> Mrkdwn:
    """How many have a card each, those that have come out since among them, and how many stand here."""
    count = sum(member.here for member in told.members)
    alone = told.beside + len(told.members) - count
    return fill(words.plural(count, words.FLOOD_BESIDE_ONE, words.FLOOD_BESIDE), count=count, beside=alone)


def _state(members: Sequence[Member]) -> Mrkdwn:
    counted = Counter(member.status for member in members)
    if counted[Status.CLOSED] == len(members):
        return fill(words.FLOOD_OVER, count=len(members))
    states = join(
        " · ", (fill(words.plural(n, *words.FLOOD_STATES[of]), count=n) for of in Status if (n := counted[of]))
    )
    return states if counted[Status.UNCLAIMED] else fill(words.FLOOD_IN_HAND, states=states)


def _groups(here: Sequence[Member], by: By) -> Block | None:
    """What they have in common; those of one group can be answered one after another."""
    named = {
        group.first: fill(words.FLOOD_GROUP, name=_name(by, group), count=group.count) for group in grouped(here, by)
    }
    if not named:
        return None
    said = fill(words.FLOOD_GROUPS[by], groups=join(" · ", named.values()))
    labels = {first: unmarked(name) for first, name in named.items()}
    return section(said, "groups", select("flood_like", labels, words.FLOOD_LIKE))


def _name(by: By, group: Group) -> str:
    if by is By.CAUSE:
        return words.reason(group.name)
    name = one_line(group.name, GROUP_LIMIT)
    return phrases.source_named(name) if by is By.SOURCE else name


def _lines(waiting: Sequence[Case]) -> Iterator[Block]:
    for case in waiting[:LINES_SHOWN]:
        said = fill(words.FLOOD_LINE, case=phrases.listed(case), waiting=case.waiting_since)
        yield section(said, f"one-{case.number}", button(ActionName.CLAIM, case.number))


def _more(here: int) -> Block | None:
    more = here - LINES_SHOWN
    return context(fill(words.FLOOD_MORE, count=more), "more") if more > 0 else None


def _ways(told: Told) -> list[dict[str, Any]]:
    labels = {case.number: _label(case) for case in told.waiting[:CHOICES]}
    return [
        button("flood_take", told.number, style="primary"),
        button("flood_show", told.number),
        select("flood_open", labels, words.FLOOD_OPEN),
    ]


def _label(case: Case) -> str:
    return one_line(unmarked(phrases.listed(case)), OPTION_LIMIT)
