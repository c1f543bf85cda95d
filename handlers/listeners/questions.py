"""A colleague asks: the private answers to list, mine, show, why, digest, stats and help; they change nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from cases.acts.commands import Command
from cases.model import Case, Via
from cases.nudges.ladder import put_off
from cases.nudges.why import explain
from cases.policy.page import Policy, Slack
from cases.policy.working_time import calendar_of
from cases.replies.drafts import Use
from cases.spoken.durations import parse_duration
from handlers.cards import answers, stats_card, whole, why_card, words
from handlers.cards.message import Message, line
from handlers.digest.figures import stats_of
from handlers.listeners import looking
from handlers.outbox.render import links, reporter, todays_digest
from handlers.reminders.owe import rule
from handlers.world import World
from store import cases, drafts, nudges, open_cases, replies, timeline
from store.engine import Tx

_LISTED = 50
_WINDOW = timedelta(days=30)
_LONGEST_WINDOW = timedelta(days=3660)  # ten years


def asked(world: World, command: Command, person: str, via: Via) -> Message:
    """The answer to a question, for this person alone."""
    return QUESTIONS[command.verb](world, command, person, via)


def _show(world: World, command: Command, person: str, via: Via) -> Message:
    """A case, with how to reach the customer where that is for this person."""
    case = world.store.read(lambda tx: cases.load(tx, command.number or 0))
    if case is None:
        return _no_such(command)
    details = looking.how_to_reach(world, case, person, via)
    room = whole.ANSWER_ROOM if via is Via.SLASH else whole.MESSAGE_ROOM
    # How to reach the customer stands in `details` alone, wherever the team shows it besides.
    policy = world.policy.model_copy(update={"slack": Slack()})
    return world.store.read(lambda tx: _whole(world, tx, case, policy, details, room))


def _whole(world: World, tx: Tx, case: Case, policy: Policy, details: Message | None, room: int) -> Message:
    history, link = timeline.history(tx, case.number, looks=True), links(world, tx, {case.number}).get(case.number)
    reported = reporter(world, tx, case.number)
    return answers.show(case, history, policy, link, details=details, taken_down_by=reported, room=room)


def _list(world: World, tx: Tx, command: Command, person: str) -> Message:
    found = cases.in_order(tx, open_cases.of_team(tx, world.now(), _LISTED))
    return answers.list_cases(found, links(world, tx, {case.number for case in found}))


def _mine(world: World, tx: Tx, command: Command, person: str) -> Message:
    found = cases.in_order(tx, open_cases.of_owner(tx, person, world.now()))
    return answers.mine(found, links(world, tx, {case.number for case in found}))


def _why(world: World, tx: Tx, command: Command, person: str) -> Message:
    case = cases.load(tx, command.number or 0)
    if case is None:
        return _no_such(command)
    explanation = explain(_kept_for_tomorrow(world, tx, case), world.policy, world.now())
    return why_card.why(
        case,
        explanation,
        world.policy,
        links(world, tx, {case.number}).get(case.number),
        rule(explanation.nudge, world.policy) if explanation.nudge else None,
        nudges.given(tx, case.number),
    )


def _kept_for_tomorrow(world: World, tx: Tx, case: Case) -> Case:
    """The case as the clock will plan it once it looks: of a case that was spoken of enough today nothing more is said."""
    calendar = calendar_of(world.policy)
    today = calendar.start_of_day(calendar.local_date(world.now()))
    enough = nudges.count_since(tx, case.number, today) >= world.policy.reminders.per_case
    return put_off(case, world.policy, world.now()) if enough and case.next_nudge_at else case


def _no_such(command: Command) -> Message:
    return line(words.refusal("no_such_case", {"number": command.number}))


def _digest(world: World, tx: Tx, command: Command, person: str) -> Message:
    return todays_digest(world, tx).message


def _stats(world: World, tx: Tx, command: Command, person: str) -> Message:
    window = _window(command.words)
    if window is None:
        return line(words.refusal("stats_window", {}))
    figures = stats_of(world, tx, window)
    ignored = [(prompt, Use.IGNORED.value, count) for prompt, count in drafts.untouched(tx, figures.since)]
    return stats_card.stats(figures, replies.uses(tx, figures.since) + ignored)


def _window(said: str) -> timedelta | None:
    try:
        window = parse_duration(said) if said else _WINDOW
    except ValueError:
        return None
    return window if timedelta() < window <= _LONGEST_WINDOW else None


def _help(world: World, tx: Tx, command: Command, person: str) -> Message:
    return answers.help_(world.policy)


Answer = Callable[[World, Command, str, Via], Message]


def _in_one_reading(answer: Callable[[World, Tx, Command, str], Message]) -> Answer:
    return lambda world, command, person, via: world.store.read(lambda tx: answer(world, tx, command, person))


QUESTIONS: dict[str, Answer] = {
    "show": _show,
    "list": _in_one_reading(_list),
    "mine": _in_one_reading(_mine),
    "why": _in_one_reading(_why),
    "digest": _in_one_reading(_digest),
    "stats": _in_one_reading(_stats),
    "help": _in_one_reading(_help),
}
