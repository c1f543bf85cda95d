"""Reminders: to one person or one thread, saying what is so, since when, and what makes them stop."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, TypeAlias

from cases.model import Case, Status
from cases.nudges import Nudge
from cases.policy import Policy
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.blocks import actions, button, context, section
from handlers.cards.message import Message, message
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention

TOGETHER = 10  # cases in one message; a longer list is in /case list
PROMISE_LIMIT = 200

# An unclaimed case is not contacted either: both parts of the ladder apply to it.
_FOLLOWS = {
    "unclaimed": ("unclaimed", "not_contacted"),
    "not_contacted": ("not_contacted",),
    "promised": ("promised",),
}

Item: TypeAlias = tuple[Case, Nudge, str | None]


def nudge(case: Case, nudge: Nudge, link: str | None, policy: Policy) -> Message:
    """One reminder. `link`: the address of the case's card."""
    ending = join(" ", [_what_ends_it(nudge, policy), _last_words(nudge, policy)])
    return message(
        section(_what_is_so(case, nudge, link), "so"),
        context(ending, "ends"),
        actions(_buttons(case, nudge), "buttons"),
    )


def nudges(items: Sequence[Item], policy: Policy) -> Message:
    """Several reminders for one person as one message, each with its own button; a single one as itself."""
    if len(items) == 1:
        return nudge(*items[0], policy)
    more = len(items) - TOGETHER
    endings = dict.fromkeys(_what_ends_it(told, policy) for _, told, _ in items)
    return message(
        section(fill(words.NUDGES_MANY, count=len(items)), "so"),
        *(
            section(_what_is_so(case, told, link), f"case-{case.number}", accessory=_buttons(case, told)[0])
            for case, told, link in items[:TOGETHER]
        ),
        context(fill(words.NUDGES_MORE, count=more), "more") if more > 0 else None,
        context(join(" ", endings), "ends"),
    )


def nudge_over(case: Case, link: str | None) -> Message:
    """What a reminder becomes once there is nothing left to remind of."""
    return message(section(fill(_over(case), **_facts(case, case.waiting_since, link)), "so"))


def _over(case: Case) -> str:
    if case.status is Status.CLOSED:
        return words.OVER_CLOSED
    if case.status is Status.CONTACTED:
        return words.OVER_CONTACTED
    if case.snoozed_until:
        return words.OVER_SNOOZED
    return words.OVER_CLAIMED if case.owner else words.OVER


def _what_is_so(case: Case, nudge: Nudge, link: str | None) -> Mrkdwn:
    return fill(_sentence(case, nudge), **_facts(case, _deadline(case, nudge), link))


def _sentence(case: Case, nudge: Nudge) -> str:
    if nudge.when == "unclaimed":
        return words.NUDGE_UNCLAIMED
    if nudge.when == "promised":
        return words.NUDGE_PROMISE_LATE if nudge.overdue else words.NUDGE_PROMISE_SOON
    if not nudge.overdue:
        return words.NUDGE_CONTACT_SOON
    return words.NUDGE_CONTACT_LATE_OWNED if case.owner and nudge.tell != "owner" else words.NUDGE_CONTACT_LATE


def _deadline(case: Case, nudge: Nudge) -> datetime:
    if nudge.when == "promised" and case.promise_due_at:
        return case.promise_due_at
    return case.claim_due_at if nudge.when == "unclaimed" else case.contact_due_at


def _facts(case: Case, due: datetime, link: str | None) -> dict[str, Any]:
    return {
        "case": phrases.named(case, link),
        "customer": phrases.customer(case, words.A_CUSTOMER),
        "waiting": case.waiting_since,
        "due": due,
        "owner": phrases.owner(case),
        "by": mention(case.contacted_by or case.owner or words.SOMEBODY),
        "promise": one_line(case.promise or "", PROMISE_LIMIT),
        "outcome": words.OUTCOMES[case.outcome] if case.outcome else words.STATUSES[Status.CLOSED],
        "until": case.snoozed_until or due,
    }


def _what_ends_it(nudge: Nudge, policy: Policy) -> Mrkdwn:
    if nudge.when == "promised":
        return Mrkdwn(words.ENDS_PROMISED)
    if nudge.when == "unclaimed":
        return fill(words.ENDS_UNCLAIMED, claim=phrases.emoji("claim", policy))
    return fill(words.ENDS_NOT_CONTACTED, contacted=phrases.emoji("contacted", policy))


def _last_words(nudge: Nudge, policy: Policy) -> Mrkdwn:
    """Said only when it is true: no later rung of the ladder will tell the same person."""
    to_come = [rung.tell for rung in policy.nudges[nudge.rung + 1 :] if rung.when in _FOLLOWS.get(nudge.when, ())]
    if not nudge.last or nudge.tell in to_come:
        return Mrkdwn()
    heir = next((tell for tell in to_come if tell != "thread"), None)
    return fill(words.LAST_THEN, then=told(heir, policy)) if heir else Mrkdwn(words.LAST)


def told(tell: str, policy: Policy) -> Mrkdwn:
    """Whom a rung of the ladder tells: the policy's person for a role where it names one, else the role."""
    named = {"lead": policy.lead, "manager": policy.manager}.get(tell, tell)
    return mention(named) if named and named not in words.ROLES else Mrkdwn(words.ROLES[tell])


def _buttons(case: Case, nudge: Nudge) -> list[dict[str, Any]]:
    if nudge.when == "promised":
        done = "close" if case.status is Status.CONTACTED else "contacted"
        return [button(done, case.number, style="primary"), button("promise", case.number, label=words.NEW_DATE)]
    if case.owner is None:
        return [button("claim", case.number, style="primary"), button("snooze", case.number)]
    # Whoever is told of a case that somebody else holds can help by passing it on, not by silencing it.
    other = "snooze" if nudge.tell == "owner" else "give"
    return [button("contacted", case.number, style="primary"), button(other, case.number)]
