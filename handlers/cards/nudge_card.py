"""Reminders: to one person or one thread, saying what is so, since when, and what makes them stop."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from cases.acts.act import ActionName
from cases.messages.kinds import Heading
from cases.model import Case, Remedy, Status
from cases.nudges.lease import released_at
from cases.nudges.routing import Route
from cases.nudges.steps import Nudge
from cases.occasions import OCCASIONS, When, end_of_clock
from cases.policy.page import Policy
from cases.text import one_line
from handlers.cards import contact_lines, phrases, words
from handlers.cards.blocks import actions, button, context, section
from handlers.cards.message import Block, Message, message
from handlers.cards.mrkdwn import Mrkdwn, fill, join, link, mention

TOGETHER = 5  # cases in one message; a longer list is a wall, and stands on the Home tab
PROMISE_LIMIT = 200

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Item:
    """One nudge about one case, and the way it went. `link`: the address of the case's card."""

    case: Case
    nudge: Nudge
    route: Route = field(default_factory=Route)
    link: str | None = None


def nudges(items: Sequence[Item], policy: Policy, heading: Heading | None = None, home: str | None = None) -> Message:
    """What one person or place is reminded of, in the order given: one case as itself, several with buttons for each.

    `heading` says why it comes besides the ladder; `home` is the address of the Home tab, where those stand that find no room.
    """
    if len(items) == 1 and heading is None:
        return _single(items[0], policy)
    more = len(items) - TOGETHER
    return message(
        section(_heading(len(items), heading), "so"),
        *(block for item in items[:TOGETHER] for block in _one_of_many(item, policy)),
        context(fill(words.NUDGES_MORE, count=more, home=link(home, words.NUDGES_HOME)), "more") if more > 0 else None,
        context(join(" ", _ending_of_all(items, policy)), "ends"),
    )


def _ending_of_all(items: Sequence[Item], policy: Policy) -> list[Mrkdwn]:
    """What is true of each of them; where they end by different things, that each is struck by itself."""
    endings = [list(_ending(item, policy)) for item in items]
    ends = {_what_ends_it(item, policy) for item in items}
    shared = [part for part in endings[0] if all(part in ending for ending in endings)]
    return shared if len(ends) == 1 else [Mrkdwn(words.NUDGES_END), *shared]


def _single(item: Item, policy: Policy) -> Message:
    return message(
        section(_what_is_so(item, policy), "so"),
        context(join(" ", _ending(item, policy)), "ends"),
        actions(_buttons(item), "buttons"),
    )


def _heading(count: int, heading: Heading | None) -> Mrkdwn:
    if heading is None:
        return fill(words.NUDGES_MANY, count=count)
    sentence = words.plural(count, *words.NUDGES_BECAUSE[heading.say])
    return fill(sentence, count=count, person=mention(heading.person), until=heading.until)


def _one_of_many(item: Item, policy: Policy) -> Iterator[Block]:
    number = item.case.number
    yield section(_what_is_so(item, policy), f"so-{number}")
    buttons = actions(_buttons(item), f"case-{number}")
    if buttons:
        yield buttons


def nudges_over(items: Sequence[Item], replaced: Collection[int] = ()) -> Message:
    """What reminders become once there is nothing left to remind of; of `replaced` cases a newer one stands elsewhere."""
    latest = {item.case.number: item for item in items}
    lines = [
        fill(_over(item.case, item.nudge, replaced), **_facts(item.case, item.case.waiting_since, item.link))
        for item in latest.values()
    ]
    more = len(lines) - TOGETHER
    shown = [*lines[:TOGETHER], fill(words.NUDGES_MORE_OVER, count=more) if more > 0 else None]
    return message(section(join("\n", shown), "so"))


def _over(case: Case, nudge: Nudge, replaced: Collection[int]) -> str:
    if not OCCASIONS[nudge.when].of_customer:
        return words.OVER_REPLACED if case.number in replaced else _over_for_us(case, nudge)
    if case.status is Status.CLOSED:
        return words.OVER_CLOSED
    if case.status is Status.CONTACTED and case.number not in replaced and nudge.when in _ABOUT_CONTACTED:
        return words.NUDGES[nudge.when].over or words.OVER
    if case.status is Status.CONTACTED and nudge.when not in _ABOUT_CONTACTED:
        return words.OVER_CONTACTED
    if case.number in replaced:
        return words.OVER_REPLACED
    if case.owner is None and nudge.owner is not None:
        return words.OVER_FREE
    if over := words.NUDGES[nudge.when].over:
        return over
    if case.snoozed_until:
        return words.OVER_SNOOZED
    return words.OVER_CLAIMED if case.owner else words.OVER


def _over_for_us(case: Case, nudge: Nudge) -> str:
    """A case that is open again is asked about when it ends."""
    return words.NUDGES[nudge.when].over or words.OVER if case.status is Status.CLOSED else words.OVER


def _what_is_so(item: Item, policy: Policy) -> Mrkdwn:
    case, nudge, route = item.case, item.nudge, item.route
    back = released_at(case, policy) or nudge.due_at
    facts = {**_facts(case, _deadline(case, nudge), item.link), "back": back}
    said = fill(_chosen(words.NUDGES[nudge.when].so, item), **facts)
    return join(" ", [mention(route.call), said]) if route.call else said


def _to_owner(item: Item) -> bool:
    """Whether who reads it holds the case, as owner or as a lead who has taken it."""
    nudge, route = item.nudge, item.route
    holder = OCCASIONS[nudge.when].whose(item.case)
    if holder is None:
        return False
    meant = nudge.tell == "owner" and route.instead_of is None
    return meant or holder in (route.person, route.call)


def _chosen(choice: words.Choice[T], item: Item) -> T:
    """What is said of this case as it stands, to whoever reads it."""
    case = item.case
    reached = case.status is Status.CONTACTED
    instead = (
        (choice.came_back, case.came_back_at is not None),
        (choice.answered, case.answered_at is not None),
        (choice.to_keep, reached and case.promise_due_at is not None),
        (choice.reached, reached),
        (choice.undecided, case.held),
        (choice.tried_free, bool(case.tries) and case.owner is None),
        (choice.tried, bool(case.tries) and _to_owner(item)),
        (choice.soon, not item.nudge.overdue),
        (choice.free, case.owner is None),
        (choice.to_others, OCCASIONS[item.nudge.when].whose(case) is not None and not _to_owner(item)),
    )
    return next((said for said, so in instead if so and said is not None), choice.late)


def _deadline(case: Case, nudge: Nudge) -> datetime:
    return nudge.promised_at or end_of_clock(nudge.when, case) or case.contact_due_at


def _facts(case: Case, due: datetime, address: str | None) -> dict[str, Any]:
    awaited = words.AWAITED[case.awaited]
    return {
        "case": phrases.named(case, address),
        "listed": phrases.listed(case, address),
        "customer": phrases.customer(case, words.A_CUSTOMER),
        "waiting": case.waiting_since,
        "due": due,
        "waits_for": awaited.late,
        "please": fill(awaited.please, customer=phrases.customer(case, words.A_CUSTOMER)),
        "still": awaited.still,
        "owner": phrases.owner(case),
        "by": mention(case.contacted_by or case.owner or words.SOMEBODY),
        "promise": _promises(case, due),
        "contacted": case.contacted_at or case.opened_at,
        "look_back": case.look_back_at or due,
        "tried": contact_lines.tried(case),
        "another": contact_lines.another_way(case),
        "outcome": phrases.outcome(case),
        "wanted": _wanted(case),
        "until": case.snoozed_until or due,
        "closed": case.closed_at or due,
        "change": one_line(case.learned or "", PROMISE_LIMIT),
        "maker": mention(case.change_by or words.SOMEBODY),
    }


def _wanted(case: Case) -> Mrkdwn:
    """What would make it right, as long as nobody has said that they are given it."""
    if case.remedy is not Remedy.ANSWERED:
        return Mrkdwn()
    return fill(words.LOOK_BACK_WANTED, wanted=one_line(case.remedy_wanted or "", PROMISE_LIMIT))


def _promises(case: Case, due: datetime) -> str:
    """What was to be kept by then, and is still owed."""
    return one_line("; ".join(promise.what for promise in case.owed if promise.due_at <= due), PROMISE_LIMIT)


_ABOUT_CONTACTED = frozenset({When.LOOK_BACK, When.PROMISED})


def _ending(item: Item, policy: Policy) -> Iterator[Mrkdwn]:
    """What stops it, why it comes to this person, and whether it is the last."""
    yield from (part for part in (_what_ends_it(item, policy), _why_you(item.route), _last(item, policy)) if part)


def _what_ends_it(item: Item, policy: Policy) -> Mrkdwn:
    return fill(
        _chosen(words.NUDGES[item.nudge.when].ends, item),
        claim=phrases.emoji(ActionName.CLAIM, policy),
        contacted=phrases.emoji(ActionName.CONTACTED, policy),
    )


def _why_you(route: Route) -> Mrkdwn:
    if route.instead_of is None or route.because is None or route.person is None:
        return Mrkdwn()  # what stands in the thread comes to nobody in particular
    return fill(words.INSTEAD[route.because], person=mention(route.instead_of))


def _last(item: Item, policy: Policy) -> Mrkdwn:
    """Said only when it is true: the last of the day, or of its rung where no later one will tell the same person."""
    heir, nudge = item.route.heir, item.nudge
    if heir is not None:
        return fill(words.LAST_TODAY, then=mention(heir)) if heir not in words.HEIRS else Mrkdwn(words.HEIRS[heir])
    if not nudge.last or nudge.rung < 0:
        return Mrkdwn()
    still_so = (nudge.when, *OCCASIONS[nudge.when].also)
    to_come = [rung.tell for rung in policy.nudges[nudge.rung + 1 :] if rung.when in still_so]
    if nudge.tell in to_come:
        return Mrkdwn()
    then = next((tell for tell in to_come if tell != "thread"), None)
    return fill(words.LAST_THEN, then=whom(then)) if then else Mrkdwn(words.LAST)


def whom(tell: str) -> Mrkdwn:
    """Whom a rung of the ladder tells. A role by its name: who has it knows, and nobody else is pinged for it."""
    return Mrkdwn(words.ROLES[tell]) if tell in words.ROLES else mention(tell)


def _buttons(item: Item) -> list[dict[str, Any]]:
    said = words.NUDGES[item.nudge.when]
    first, *others = _chosen(said.buttons, item) if said.buttons else _usual_buttons(item)
    if item.case.status is Status.CLOSED or item.case.held:
        others = [each for each in others if each not in _LETTERS]
    number, labels = item.case.number, said.labels
    main = button(first, number, style="primary", label=labels.get(first))
    shown = [main, *(button(each, number, label=labels.get(each)) for each in others)]
    reaches = OCCASIONS[item.nudge.when].of_customer and _to_owner(item)
    return [*shown, button("reach", number)] if reaches else shown


_LETTERS = frozenset({"write_later", "write_after"})
"""What no reply is written for: a closed case, and one whose customer asked not to be contacted."""


def _usual_buttons(item: Item) -> tuple[str, ...]:
    case = item.case
    if case.owner is None:
        # Who leads is told so that somebody gets it, not so that it is quiet.
        return (ActionName.CLAIM, ActionName.GIVE if item.route.person else ActionName.SNOOZE)
    step = (
        ActionName.CLOSE if case.status is Status.CONTACTED else ActionName.DRAFT if case.held else ActionName.CONTACTED
    )
    # Whoever is told of a case that somebody else holds can help by taking it or passing it on, not by silencing it.
    return (
        (step, ActionName.CLOSE if case.held else ActionName.SNOOZE)
        if _to_owner(item)
        else (step, ActionName.TAKEOVER, ActionName.GIVE)
    )
