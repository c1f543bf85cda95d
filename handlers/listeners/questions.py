"""A colleague asks: the private answers to list, mine, show, why, digest, stats and help; they change nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from datetime import timedelta
from functools import partial

from cases.acts.commands import Command
from cases.acts.numbers import NUMBER
from cases.acts.verbs import MINE
from cases.arrivals.search import looked_for
from cases.lessons.lesson import about
from cases.lessons.nameless import Names
from cases.model import OPEN, UNCONTACTED, Case, Via
from cases.nudges.next_step import NextStep, next_step
from cases.nudges.why import explain
from cases.people import FILTERS, Filter
from cases.policy.page import Slack
from cases.replies.conversation import spoke_last
from cases.replies.drafts import Use
from cases.spoken.durations import parse_duration
from cases.spoken.signs import level
from cases.text import one_line
from cases.urgency import urgency
from handlers.cards import answers, stats_card, whole, why_card, words
from handlers.cards import lessons as lesson_card
from handlers.cards.message import Message, line
from handlers.digest.figures import stats_of
from handlers.feedback.letters import case_address
from handlers.judging.threshold import team_threshold
from handlers.listeners import looking
from handlers.nameless import known_colleagues, shown
from handlers.outbox.links import links
from handlers.outbox.render import reporter, todays_digest
from handlers.reminders.owe import rule
from handlers.reminders.plan import as_it_will_be
from handlers.reply.conversation import spoken
from handlers.rights import hidden_from, readable
from handlers.world import World
from store import attached, cases, customers, drafts, feedback, lessons, nudges, open_cases, replies, timeline
from store.engine import Tx
from store.scope import Scope

_LISTED = 50
_LESSONS_READ = 500  # the latest; what is older has been learned, or never will be
_FOUND = 200  # whoever has more has to be named more closely
_SHOWN = 60  # characters of what somebody looked for
_LONGEST_NUMBER = 6  # digits
_WINDOW = timedelta(days=30)
_LONGEST_WINDOW = timedelta(days=3660)  # ten years


def asked(world: World, command: Command, person: str, via: Via) -> Message:
    """The answer to a question, for this person alone."""
    return QUESTIONS[command.verb](world, command, person, via)


def _show(world: World, command: Command, person: str, via: Via) -> Message:
    """A case, with how to reach the customer where that is for this person."""
    case, history, link, comes, attachments = world.store.read(partial(_whole, world, command.number or 0))
    if case is None:
        return _no_such_case_but_perhaps_an_order(world, command, person)
    opener = next((entry.actor for entry in history if entry.action == timeline.OPENED), None)
    return answers.show(
        case,
        history,
        # How to reach the customer stands in `details` alone, wherever the team shows it besides.
        world.policy.model_copy(update={"slack": Slack()}),
        link,
        details=looking.how_to_reach(world, case, person, via),
        taken_down_by=reporter(world, opener),
        room=whole.ANSWER_ROOM if via is Via.SLASH else whole.MESSAGE_ROOM,
        comes=comes,
        last=spoke_last(spoken(case, history)),
        copy_to=case_address(world, case.number) if case.status in UNCONTACTED and case.customer.email else None,
        attached=attachments,
    )


def _whole(
    world: World, number: int, tx: Tx
) -> tuple[Case | None, list[timeline.Entry], str | None, NextStep | None, bool]:
    """A case, its history, the address of its card, what comes next, and whether something that came with it can be shown."""
    case = cases.load(tx, number)
    if case is None:
        return None, [], None, None, False
    comes = next_step(as_it_will_be(tx, case, world.policy, world.now()), world.policy, world.now())
    history, link = timeline.history(tx, number, looks=True), links(world, tx, {number}).get(number)
    return case, history, link, comes, attached.any_showable(tx, number)


def _list(world: World, command: Command, person: str, via: Via) -> Message:
    """The team's open cases, or those of one kind; what names no kind is looked for."""
    said = " ".join(level(command.words).casefold().strip(" .!?\"'`").split())
    if said in MINE:
        return _mine(world, command, person, via)
    if said and said not in FILTERS:
        return _find(world, command, person, via)
    wanted = FILTERS[said] if said else Filter.ALL
    return world.store.read(partial(_listed, world, wanted, _scope_of(world, person)))


def _scope_of(world: World, person: str) -> Scope:
    """The cases that somebody may read; looked up before a transaction, since Slack may have to be asked."""
    return Scope(but=hidden_from(world, person))


def _listed(world: World, wanted: Filter, scope: Scope, tx: Tx) -> Message:
    found = cases.in_order(tx, open_cases.of_team(tx, world.now(), _LISTED, wanted, scope))
    owing = cases.in_order(tx, open_cases.owing_though_closed(tx, world.now(), _LISTED, wanted, scope=scope))
    return answers.list_cases(found, links(world, tx, {case.number for case in (*found, *owing)}), wanted, owing)


def _find(world: World, command: Command, person: str, via: Via) -> Message:
    """Cases of whom somebody looks for, open or closed, as far as they may read them."""
    said = command.words.strip()
    numbers = world.store.read(partial(_fitting, world, said))
    if not said or not numbers:
        return line(words.refusal("found_none" if said else "find_what", {"said": one_line(said, _SHOWN)}))
    mine_to_read = readable(world, person, numbers)
    return world.store.read(partial(_found, world, said, mine_to_read))


def _fitting(world: World, said: str, tx: Tx) -> list[int]:
    """A number is a case's too, perhaps."""
    found = customers.found(tx, looked_for(said, world.policy.customers.region), _FOUND)
    number = NUMBER.fullmatch(level(said))
    is_case = number is not None and cases.channel(tx, int(number["number"])) is not None
    return list(dict.fromkeys([*([int(number["number"])] if number and is_case else []), *found]))


def _no_such_case_but_perhaps_an_order(world: World, command: Command, person: str) -> Message:
    said = str(command.number)
    numbers = readable(world, person, world.store.read(partial(_fitting, world, said)))
    return world.store.read(partial(_found, world, said, numbers)) if numbers else _no_such(command)


def _found(world: World, said: str, numbers: Collection[int], tx: Tx) -> Message:
    now = world.now()
    fitting = cases.load_many(tx, numbers)
    waiting = sorted((case for case in fitting if case.status in OPEN), key=lambda case: urgency(case, now))
    over = [case for case in reversed(fitting) if case.status not in OPEN]
    if not fitting:
        return line(words.refusal("found_none", {"said": one_line(said, _SHOWN)}))
    return answers.found([*waiting, *over], one_line(said, _SHOWN), links(world, tx, set(numbers)))


def _mine(world: World, command: Command, person: str, via: Via) -> Message:
    return world.store.read(partial(_held, world, person, _scope_of(world, person)))


def _held(world: World, person: str, scope: Scope, tx: Tx) -> Message:
    now = world.now()
    found = cases.in_order(tx, open_cases.of_owner(tx, person, now, scope=scope))
    owing = cases.in_order(tx, open_cases.owing_though_closed(tx, now, _LISTED, owner=person, scope=scope))
    return answers.mine(found, links(world, tx, {case.number for case in (*found, *owing)}), owing)


def _lessons(world: World, command: Command, person: str, via: Via) -> Message:
    """What was learned from the cases that somebody may read, of everything or of one topic: "late delivery page 2"."""
    said = " ".join(level(command.words).strip(" .!?\"'`").split())
    asked_page = _PAGE.search(said)
    topic, page = (said[: asked_page.start()].strip(), int(asked_page[1])) if asked_page else (said, 1)
    world.directory.look_around(None)
    scope, known = _scope_of(world, person), known_colleagues(world)
    return world.store.read(partial(_learned, world, topic, max(page, 1), scope, known))


_PAGE = re.compile(r"(?:^|\s)page\s+(\d{1,4})$", re.IGNORECASE)


def _learned(world: World, topic: str, page: int, scope: Scope, known: Names, tx: Tx) -> Message:
    found = about(lessons.latest(tx, _LESSONS_READ, scope), topic)
    first = (page - 1) * lesson_card.PAGE
    on_page = {lesson.case for lesson in found[first : first + lesson_card.PAGE]}
    of = {case.number: case for case in cases.load_many(tx, on_page)}
    told = [shown(each, of[each.case], known) if each.case in of else each for each in found]
    return lesson_card.lessons(told, topic, page, links(world, tx, on_page))


def _why(world: World, tx: Tx, command: Command, person: str) -> Message:
    case = cases.load(tx, command.number or 0)
    if case is None:
        return _no_such(command)
    explanation = explain(as_it_will_be(tx, case, world.policy, world.now()), world.policy, world.now())
    return why_card.why(
        case,
        explanation,
        links(world, tx, {case.number}).get(case.number),
        rule(explanation.nudge, world.policy) if explanation.nudge else None,
        nudges.given(tx, case.number),
        _like(tx, case.number),
    )


def _like(tx: Tx, number: int) -> str:
    """The example that the unhappiest words of a case are most like; empty where none of them were scored."""
    scores = feedback.scores_of_case(tx, number).values()
    return max(scores, key=lambda score: score.unhappy).like if scores else ""


def _no_such(command: Command) -> Message:
    return line(words.refusal("no_such_case", {"number": command.number}))


def _digest(world: World, command: Command, person: str, via: Via) -> Message:
    hidden = hidden_from(world, person)
    return world.store.read(lambda tx: todays_digest(world, tx, hidden)).message


def _stats(world: World, tx: Tx, command: Command, person: str) -> Message:
    window = _window(command.words)
    if window is None:
        return line(words.refusal("stats_window", {}))
    figures = stats_of(world, tx, window)
    ignored = [(prompt, Use.IGNORED.value, count) for prompt, count in drafts.untouched(tx, figures.since)]
    learnt = team_threshold(tx, world.policy, world.now())
    return stats_card.stats(figures, replies.uses(tx, figures.since) + ignored, learnt)


def _window(said: str) -> timedelta | None:
    """A length of time; a mere number is of days."""
    said = f"{said}d" if said.isdecimal() and len(said) < _LONGEST_NUMBER else said
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
    "find": _find,
    "list": _list,
    "mine": _mine,
    "lessons": _lessons,
    "why": _in_one_reading(_why),
    "digest": _digest,
    "stats": _in_one_reading(_stats),
    "help": _in_one_reading(_help),
}
