"""The case's card: what happened, the customer's own words, who it is, what the case waits for, and what to do now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from cases.arrivals.feedback import BY_HAND
from cases.model import UNCONTACTED, Case, Feedback, Promise, Severity, Status
from cases.nudges.next_step import NextStep, StepKind
from cases.policy.page import Policy
from cases.replies.conversation import Said
from cases.spoken.durations import say_duration
from cases.text import clean, one_line
from handlers.cards import contact_lines, phrases, words
from handlers.cards.blocks import actions, context, quoted, rich, rich_line, section
from handlers.cards.case_menus import about, buttons, menu_of
from handlers.cards.message import Block, Message, message
from handlers.cards.mrkdwn import Mrkdwn, escape, fill, join, link_naming_host, mention

WORDS_SHOWN = 600
LATEST_SHOWN = 300
FACT_LIMIT = 80
ANSWERS_SHOWN, ANSWER_LIMIT = 4, 60
BLOCKS = ("waits", "buttons")
"""The blocks in which a card has its buttons and menus."""


def card(
    case: Case,
    policy: Policy,
    suggested: str | None = None,
    *,
    checked_before: bool = False,
    taken_down_by: str | None = None,
    comes: NextStep | None = None,
    last: Said | None = None,
    attached: bool = False,
) -> Message:
    """The whole card, rendered from the case alone; `suggested` is whose turn on the rota it would be, an id or a name.

    `checked_before`: a ✅ that was put on it before the case opened again still stands there. `taken_down_by` is the
    name of the colleague who heard the customer, if one did. `comes` is the next step, `last` the last word of the conversation.
    `attached`: something came with the customer's letters that the thread does not show yet, and could.

    The first block is rich text in every status: chat.update may refuse to turn it into another block [S].
    """
    if case.status is Status.CLOSED:
        return _folded(case, attached)
    return message(
        _what_happened(case),
        context(_who_and_where_from(case, policy, taken_down_by, last), "facts"),
        section(
            join("\n", [_waits_for(case, suggested, comes), _of_before(case) if checked_before else None]),
            "waits",
            about(case),
        ),
        actions(buttons(case, more_to_read=_leaves_out(case), attached=attached), "buttons"),
    )


def _folded(case: Case, attached: bool) -> Message:
    """What is over takes two lines, so that the channel shows who still waits; the menu leads to all the rest."""
    customer = escape(phrases.customer(case, words.A_CUSTOMER)) if case.joined_into is None else None
    said = join("\n", [join(" · ", [_ended(case), customer, _lesson(case)]), _promised(case)])
    return message(
        rich([rich_line(phrases.headline(case), bold=True)], "words"),
        section(said, "waits", menu_of(case, attached=attached)),
    )


def told_of(
    case: Case,
    policy: Policy,
    taken_down_by: str | None = None,
    comes: NextStep | None = None,
    last: Said | None = None,
) -> list[Block]:
    """What its card says besides the customer's words, for an answer that has no room for a folded one, nor for buttons."""
    facts = context(_who_and_where_from(case, policy, taken_down_by, last), "facts")
    return [block for block in (facts, section(_so_far(case, comes), "waits")) if block]


def _so_far(case: Case, comes: NextStep | None) -> Mrkdwn:
    if case.status is Status.CLOSED:
        return join("\n", [_ended(case), _remedy(case), _lesson(case), _promised(case)])
    return _waits_for(case, None, comes)


def _what_happened(case: Case) -> Block:
    return rich([rich_line(phrases.headline(case), bold=True), *_words(case)], "words")


def _words(case: Case) -> Iterator[dict[str, Any]]:
    first, latest = _first_and_latest(case)
    yield quoted(first, WORDS_SHOWN) if first else rich_line(phrases.wordless(next(iter(case.feedback), None)))
    if latest:
        count = len(case.feedback) - 1
        yield rich_line(words.plural(count, words.WROTE_AGAIN_SINCE, words.WROTE_AGAIN_TIMES).format(count=count))
        yield quoted(latest, LATEST_SHOWN)


def _first_and_latest(case: Case) -> tuple[str, str]:
    """What the customer said first and, if they said more, last; between them stands in the thread."""
    headline = phrases.headline(case)
    first, *later = [phrases.said_by_customer(feedback, headline) for feedback in case.feedback] or [""]
    return clean(first), clean(next(filter(None, reversed(later)), ""))


def _leaves_out(case: Case) -> bool:
    """Whether the customer said more than stands on the card."""
    first, latest = _first_and_latest(case)
    answers = sum(len(phrases.also_answered(said)) for said in case.feedback)
    return len(first) > WORDS_SHOWN or len(latest) > LATEST_SHOWN or answers > ANSWERS_SHOWN


def _who_and_where_from(case: Case, policy: Policy, taken_down_by: str | None, last: Said | None) -> Mrkdwn:
    name = phrases.customer(case, words.A_CUSTOMER)
    parts = [phrases.customer_link(case, name, policy), *_details(case, policy)]
    if case.feedback:
        parts += _origin(case, policy, taken_down_by)
    return join(
        "\n",
        [join(" · ", [*parts, _earlier(case), _perhaps(case), _spoke_last(last)]), _also_answered(case), *_why(case)],
    )


def _spoke_last(last: Said | None) -> Mrkdwn:
    if last is None:
        return Mrkdwn()
    return fill(words.LAST_WORD_OURS if last.is_ours else words.LAST_WORD_THEIRS, at=last.spoke_at)


def _also_answered(case: Case) -> Mrkdwn:
    """What the customer was asked besides; the rest of it is one click away. How to reach them is not for the channel."""
    answered = [pair for said in case.feedback for pair in phrases.also_answered(said)]
    shown = [
        fill(words.AN_ANSWER, question=one_line(question, ANSWER_LIMIT), answer=one_line(answer, ANSWER_LIMIT))
        for question, answer in answered[-ANSWERS_SHOWN:]
    ]
    left = len(answered) - len(shown)
    more = [fill(words.ANSWERS_LEFT, count=left)] if left else []
    return fill(words.ALSO_ANSWERED, answers=join(" · ", [*shown, *more])) if shown else Mrkdwn()


def _why(case: Case) -> Iterator[Mrkdwn]:
    """Why it is more than a complaint like any other, or may be none: what the headline and the quotation do not say."""
    waited_for = case.status in UNCONTACTED or case.promise_broken_at is not None
    grave = case.severity is not Severity.NORMAL and waited_for
    if grave and (because := phrases.reasons(phrases.raising(case), beside=phrases.headline(case))):
        yield fill(words.WHY_GRAVE, severity=words.SEVERITIES[case.severity].capitalize(), reasons=because)
    elif (
        not case.unsure
        and waited_for
        and (clause := phrases.clause(case))
        and not phrases.says(phrases.headline(case), clause)
    ):
        yield fill(words.WHY_SURE, clause=clause)
    if case.unsure:
        told = list(phrases.raising(case)) if grave else []
        others = [reason for reason in case.reasons if reason not in told]
        because = phrases.reasons(others, beside=phrases.headline(case))
        yield fill(words.WHY_UNSURE, reasons=because) if because else Mrkdwn(words.UNSURE)


def _details(case: Case, policy: Policy) -> list[Mrkdwn]:
    """How to reach the customer; in the channel only where the team's policy says so."""
    if policy.slack.contact_details != "channel":
        return []
    return [_fact(value) for value in (case.customer.email, case.customer.phone) if value]


def _origin(case: Case, policy: Policy, taken_down_by: str | None) -> list[Mrkdwn]:
    """Where it came from first, and of everything else what the customer told us last."""
    said = case.feedback
    latest = said[::-1]
    rating = next((feedback.rating for feedback in latest if feedback.rating), None)
    order = next((feedback.order_ref for feedback in latest if feedback.order_ref), None)
    return [
        Mrkdwn() if taken_down_by and said[0].source == BY_HAND else phrases.source(said[0]),
        fill(words.TAKEN_DOWN, person=taken_down_by) if taken_down_by else Mrkdwn(),
        fill(words.RATED_FACT, rating=phrases.rating(rating)) if rating else Mrkdwn(),
        fill(words.ORDER, order=phrases.order(case, order, policy, FACT_LIMIT)) if order else Mrkdwn(),
        _occasion(next((feedback for feedback in latest if feedback.occasion or feedback.occasion_at), said[0])),
        _public(next((feedback for feedback in latest if feedback.public_url), said[0])),
    ]


def _occasion(feedback: Feedback) -> Mrkdwn:
    if not feedback.occasion and not feedback.occasion_at:
        return Mrkdwn()
    occasion = _fact(feedback.occasion or words.AN_OCCASION)
    if feedback.occasion_at:
        return fill(words.OCCASION_ON, occasion=occasion, on=feedback.occasion_at)
    return fill(words.OCCASION, occasion=occasion)


def _public(feedback: Feedback) -> Mrkdwn:
    if not feedback.public_url:
        return Mrkdwn()
    return link_naming_host(feedback.public_url, words.PUBLIC_LINK) or Mrkdwn(words.PUBLIC)


def _perhaps(case: Case) -> Mrkdwn:
    """A person can tell, and join them."""
    numbers = ", ".join(f"#{number}" for number in case.perhaps[:3])
    return fill(words.PERHAPS, numbers=numbers) if numbers else Mrkdwn()


def _earlier(case: Case) -> Mrkdwn:
    if not case.earlier:
        return Mrkdwn()
    numbers = ", ".join(f"#{number}" for number in case.earlier[-5:])
    return fill(words.plural(len(case.earlier), words.EARLIER_ONE, words.EARLIER), numbers=numbers)


def _fact(text: str) -> Mrkdwn:
    return escape(one_line(text, FACT_LIMIT))


def _waits_for(case: Case, suggested: str | None, comes: NextStep | None) -> Mrkdwn:
    step = join("\n", [_STEP[case.status](case), _turn(case, suggested)])
    return join(
        "\n",
        [
            _waited_before(case),
            _wish(case),
            step,
            *_of_contact(case),
            _quiet(case),
            _promised(case),
            _remedy(case),
            _comes_next(case, comes),
        ],
    )


def _of_contact(case: Case) -> Iterator[Mrkdwn]:
    """What is known, and does not count yet, and what was only tried."""
    if case.status in UNCONTACTED:
        yield contact_lines.known(case)
        yield contact_lines.tried(case)


def _waited_before(case: Case) -> Mrkdwn:
    """Where we heard late, since when they have waited: the clocks run from when we heard."""
    if case.status not in UNCONTACTED or all(reason.code != "waited_before" for reason in case.reasons):
        return Mrkdwn()
    late = say_duration(case.heard_at - case.waiting_since)
    return fill(words.WAITED_BEFORE, since=case.waiting_since, late=late)


def _comes_next(case: Case, comes: NextStep | None) -> Mrkdwn:
    """The next step, unless a line above names it: a promise, or a deadline that is still ahead."""
    if comes is not None and comes.kind is StepKind.PRACTICE_ENDS:
        return fill(words.PRACTICE_ENDS, at=comes.at)
    if comes is None or comes.kind is StepKind.PROMISE or (case.status in UNCONTACTED and comes.at <= _deadline(case)):
        return Mrkdwn()
    return fill(words.NEXT_LOOK_BACK if comes.kind is StepKind.LOOK_BACK else words.NEXT_REMINDER, at=comes.at)


def _deadline(case: Case) -> datetime:
    return case.claim_due_at if case.status is Status.UNCLAIMED else case.contact_due_at


def _of_before(case: Case) -> Mrkdwn:
    return fill(words.CHECKED_BEFORE, at=case.waiting_since)


def _wish(case: Case) -> Mrkdwn:
    if not case.asks_no_contact:
        return Mrkdwn()
    if case.contact_decision is None:
        return Mrkdwn(words.ASKED_NO_CONTACT)
    return fill(words.CONTACT_DECIDED, why=_line_of(case.contact_decision))


def _for_owner(case: Case) -> Mrkdwn:
    return _with_deadlines(words.WAITS_FOR_OWNER, case)


def _with_deadlines(sentence: str, case: Case) -> Mrkdwn:
    return fill(
        sentence,
        owner=phrases.owner(case),
        to_do=words.AWAITED[case.awaited].to_do,
        claim_due=case.claim_due_at,
        contact_due=case.contact_due_at,
    )


def _turn(case: Case, suggested: str | None) -> Mrkdwn:
    """Somebody to ask first, and no more: whoever likes may claim it."""
    if suggested is None or case.status is not Status.UNCLAIMED:
        return Mrkdwn()
    return fill(words.ON_ROTA, person=mention(suggested))


def _for_contact(case: Case) -> Mrkdwn:
    return _with_deadlines(words.WAITS_FOR_CONTACT, case)


def _for_customer(case: Case) -> Mrkdwn:
    reached_by = case.contacted_by or case.owner
    reached = contact_lines.known(case) or fill(
        words.SOMEBODY_REACHED,
        by=contact_lines.person(reached_by),
        at=case.contacted_at or case.waiting_since,
        how=f" {words.WAYS[case.contacted_how]}" if case.contacted_how else "",
    )
    waits = fill(_after_contact(case), reached=reached)
    if case.owner is None:
        return Mrkdwn(waits + words.WAITS_UNOWNED)
    return waits if case.owner == reached_by else Mrkdwn(waits + fill(words.NOW_HELD_BY, owner=phrases.owner(case)))


def _after_contact(case: Case) -> str:
    """What was promised is ours to do first: only then is it the customer's turn, or over."""
    if case.owed:
        return words.WAITS_FOR_PROMISE
    return words.CUSTOMER_ANSWERED if case.answered_at else words.WAITS_FOR_CUSTOMER


def _ended(case: Case) -> Mrkdwn:
    if case.joined_into is not None:
        return fill(words.JOINED_INTO, number=case.joined_into)
    if case.is_practice:
        return Mrkdwn(words.PRACTICE_OVER)
    sentence = words.CLOSED_BY if case.owner else words.CLOSED
    return fill(sentence, outcome=phrases.outcome(case), at=case.closed_at or case.opened_at, owner=phrases.owner(case))


_STEP = {
    Status.UNCLAIMED: _for_owner,
    Status.CLAIMED: _for_contact,
    Status.CONTACTED: _for_customer,
}


def _quiet(case: Case) -> Mrkdwn:
    if case.snoozed_until is None:
        return Mrkdwn()
    sentence = words.SNOOZED_BECAUSE if case.snooze_reason else words.SNOOZED
    return fill(sentence, until=case.snoozed_until, reason=_line_of(case.snooze_reason))


def _promised(case: Case) -> Mrkdwn:
    return join("\n", (_one_promised(each, case) for each in case.owed))


def _one_promised(promise: Promise, case: Case) -> Mrkdwn:
    sentence = words.PROMISE_LATE if promise in case.broken else words.PROMISED
    return fill(sentence, due=promise.due_at, promise=_line_of(promise.what))


def _remedy(case: Case) -> Mrkdwn:
    """What would make it right, and what we give."""
    asked = fill(words.REMEDY_ASKED, at=case.remedy_asked_at) if case.remedy_asked_at else Mrkdwn()
    wanted = fill(words.REMEDY_WANTED, wanted=_line_of(case.remedy_wanted)) if case.remedy_wanted else asked
    told = join(" · ", [wanted, _granted(case)])
    return fill(words.REMEDY, told=told) if told else Mrkdwn()


def _granted(case: Case) -> Mrkdwn:
    if not case.remedy_granted:
        return Mrkdwn()
    sentence = words.REMEDY_GRANTED_AT_COST if case.remedy_cost else words.REMEDY_GRANTED
    by, cost = contact_lines.person(case.remedy_by), one_line(case.remedy_cost or "", FACT_LIMIT)
    return fill(sentence, granted=_line_of(case.remedy_granted), by=by, cost=cost)


def _lesson(case: Case) -> Mrkdwn:
    learned = _line_of(case.learned)
    for change in case.changes:
        return fill(words.CHANGE_DUE, learned=learned, due=change.due_at, maker=mention(change.by or words.SOMEBODY))
    return fill(words.LEARNED, learned=learned) if learned else Mrkdwn()


def _line_of(text: str | None) -> str:
    return one_line(text or "", 200)
