"""The private answer to `/case why`: the next reminder and the rule behind it, the clocks, the reminders so far, and why it is a case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from cases.model import Case
from cases.nudges.why import Explanation, Reading
from cases.occasions import When
from cases.spoken.durations import say_duration
from cases.text import one_line
from handlers.cards import contact_lines, phrases, words
from handlers.cards.blocks import context, section
from handlers.cards.message import Message, message
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention
from handlers.cards.nudge_card import whom

PAST_SHOWN = 6
REASONS_SHOWN = 6
LIKE_SHOWN = 200


class Past(Protocol):
    """A reminder that was given: `told` is a Slack id, "thread NUMBER" or "channel ID"; `when` its occasion, if known."""

    @property
    def at(self) -> datetime: ...
    @property
    def told(self) -> str: ...
    @property
    def when(self) -> When | None: ...


def why(
    case: Case,
    explanation: Explanation,
    link: str | None,
    rule: str | None = None,
    past: Sequence[Past] = (),
    like: str = "",
) -> Message:
    """Why the bot reminds, or why it is silent, and why it is a case at all.

    `rule`: the rung of the next nudge as the policy writes it; `like`: the example of the learned judge nearest to its words.
    """
    return message(
        section(join(" ", _next(case, explanation, link)), "next"),
        context(join(" · ", [contact_lines.known(case), contact_lines.tried(case)]), "known"),
        section(join("\n", _past(past)), "past") if past else None,
        context(join("\n", [*_clocks(case, explanation), *_rule(explanation, rule)]), "clocks"),
        context(join("\n", _judged(case, like)), "judged"),
    )


def _next(case: Case, explanation: Explanation, link: str | None) -> Iterator[Mrkdwn]:
    if explanation.back_at is not None:
        yield fill(words.WHY_BACK, owner=phrases.owner(case), back=explanation.back_at)
    nudge, numbered = explanation.nudge, phrases.numbered(case.number, link)
    if nudge is None or explanation.at is None:
        if explanation.back_at is None:
            yield fill(words.WHY_PRACTICE if case.is_practice else words.WHY_NONE, case=numbered)
        return
    tell = mention(case.owner) if nudge.tell == "owner" and case.owner else whom(nudge.tell)
    yield fill(words.WHY_NEXT, case=numbered, at=explanation.at, tell=tell)
    yield fill(words.NUDGES[nudge.when].because, awaited=words.AWAITED[case.awaited].because)
    if explanation.deferred:
        yield Mrkdwn(words.WHY_DEFERRED[explanation.deferred])


def _judged(case: Case, like: str) -> Iterator[Mrkdwn]:
    if because := phrases.reasons(case.reasons, most=REASONS_SHOWN):
        yield fill(words.WHY_A_CASE, reasons=because)
    if like:
        yield fill(words.WHY_LIKE, like=one_line(like, LIKE_SHOWN))


def _past(past: Sequence[Past]) -> Iterator[Mrkdwn]:
    yield Mrkdwn(words.WHY_PAST)
    earlier = len(past) - PAST_SHOWN
    if earlier > 0:
        yield fill(words.WHY_PAST_MORE, count=earlier)
    for given in past[-PAST_SHOWN:]:
        yield fill(words.WHY_PAST_LINE, at=given.at, tell=_to(given.told), why=_was(given.when))


def _to(told: str) -> Mrkdwn:
    where, _, _ = told.partition(" ")
    return Mrkdwn(words.PLACES[where]) if where in words.PLACES else mention(told)


def _was(when: When | None) -> str:
    """Of older reminders nothing is known but that they came."""
    return words.NUDGES[when].was if when else words.WHY_PAST_UNKNOWN


def _clocks(case: Case, explanation: Explanation) -> Iterator[Mrkdwn]:
    yield _clock(words.WHY_CLOCK_OWNER, explanation.claim)
    yield _clock(words.AWAITED[case.awaited].clock, explanation.contact)
    if explanation.hold is not None:
        yield _clock(words.WHY_CLOCK_HOLD, explanation.hold)


def _clock(name: str, reading: Reading) -> Mrkdwn:
    late = reading.left < timedelta()
    if reading.stopped_at:
        state = words.STOPPED_LATE if late else words.STOPPED_IN_TIME
    else:
        state = words.TIME_OVER if late else words.TIME_LEFT
    left = fill(state, at=reading.stopped_at, length=say_duration(reading.left))
    return fill(words.WHY_CLOCK, clock=name, due=reading.due_at, left=left)


def _rule(explanation: Explanation, rule: str | None) -> Iterator[Mrkdwn]:
    if explanation.nudge is not None and (beside := words.NUDGES[explanation.nudge.when].rule):
        yield Mrkdwn(beside)
    elif rule:
        yield fill(words.WHY_RULE, rule=rule)
