"""A colleague asks: the private answers to list, mine, show, why, digest, stats and help; they change nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from cases.acts.commands import Command
from cases.may import What
from cases.model import Case, Via
from cases.nudges.ladder import put_off
from cases.nudges.why import explain
from cases.policy.working_time import calendar_of
from cases.replies.drafts import Use
from cases.spoken.durations import parse_duration
from handlers.cards import answers, stats_card, why_card, words
from handlers.cards.message import Message, line
from handlers.digest.figures import stats_of
from handlers.outbox.render import links, todays_digest
from handlers.reminders.owe import rule
from handlers.rights import may
from handlers.world import World
from store import cases, drafts, nudges, open_cases, replies, timeline
from store.engine import Tx

_LISTED = 50
_WINDOW = timedelta(days=30)
_LONGEST_WINDOW = timedelta(days=3660)  # ten years


def asked(world: World, command: Command, person: str) -> Message:
    """The answer to a question, for this person alone."""
    if command.verb == "show" and world.policy.slack.contact_details == "channel":
        world = _with_details(world, person, command.number or 0)
    return world.store.read(lambda tx: QUESTIONS[command.verb](world, tx, command, person))


def _with_details(world: World, person: str, number: int) -> World:
    """Where the team shows contact details to everybody on the card, who asks for one sees them too, and that is noted."""
    if may(world, person, What.DETAILS, number) is not None:
        slack = world.policy.slack.model_copy(update={"contact_details": "owner"})
        return replace(world, policy=world.policy.model_copy(update={"slack": slack}))

    def work(tx: Tx) -> None:
        if cases.channel(tx, number) is not None:
            timeline.note_look(tx, number, world.now(), person, Via.SLASH)

    world.store.write(work)
    return world


def _list(world: World, tx: Tx, command: Command, person: str) -> Message:
    found = cases.in_order(tx, open_cases.of_team(tx, world.now(), _LISTED))
    return answers.list_cases(found, links(world, tx, {case.number for case in found}))


def _mine(world: World, tx: Tx, command: Command, person: str) -> Message:
    found = cases.in_order(tx, open_cases.of_owner(tx, person, world.now()))
    return answers.mine(found, links(world, tx, {case.number for case in found}))


def _show(world: World, tx: Tx, command: Command, person: str) -> Message:
    case = cases.load(tx, command.number or 0)
    if case is None:
        return _no_such(command)
    history = timeline.history(tx, case.number, looks=True)
    return answers.show(case, history, world.policy, links(world, tx, {case.number}).get(case.number))


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


QUESTIONS: dict[str, Callable[[World, Tx, Command, str], Message]] = {
    "list": _list,
    "mine": _mine,
    "show": _show,
    "why": _why,
    "digest": _digest,
    "stats": _stats,
    "help": _help,
}
