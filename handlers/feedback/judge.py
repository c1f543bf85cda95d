"""A score is owed: words are scored outside any transaction, then what hangs on them is carried out as if they had just come."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import timedelta

from cases.arrivals.before import Before
from cases.arrivals.decision import Became
from cases.arrivals.hearing import known_better, seen_deeper
from cases.judgement.heads import words_of
from cases.messages.notes import SecondOpinion
from cases.model import OPEN, Assessment, Case, Feedback, Score, Via
from handlers.aloud import seen_again
from handlers.change import changed
from handlers.feedback.intake import Arrival, Intake
from handlers.guard import POISONED, unit_of_work
from handlers.judging.unscored import Judge, at_leisure, at_once
from handlers.world import World
from store import cases, feedback
from store.engine import Tx

log = logging.getLogger(__name__)
_MOST = 8  # at once: a fifth of a second, which nobody waits for behind them
_TICK = 1.0  # seconds
LEFT_BEHIND = timedelta(seconds=10)  # after so long whoever took it in has ended, or needs help


def judge_owed(world: World) -> int:
    """Judges some of what owes a score, this process's own before what others left behind; how many there were."""
    awaited = world.unscored.take(_MOST)
    ids = [each.id for each in awaited] or _left_behind(world)
    told = judge(world, ids) if ids else {}
    for arrival in told.values():
        if arrival.owes_score:
            world.unscored.add(arrival.feedback, pending=False)
    for each in awaited:
        if each.verdict is not None and each.verdict.set_running_or_notify_cancel():
            each.verdict.set_result(told[each.id])
    return len(ids)


def _left_behind(world: World) -> list[int]:
    """At the first look all that there is: whoever has just begun may have been killed at it."""
    unscored, now = world.unscored, world.now()
    unscored.put_off = {each: until for each, until in unscored.put_off.items() if until > now}
    until = now - LEFT_BEHIND if unscored.looked_back else now
    found = world.store.read(lambda tx: feedback.owing_score(tx, until, _MOST, unscored.put_off))
    unscored.looked_back = unscored.looked_back or not found
    return found


def judge(world: World, ids: Collection[int]) -> dict[int, Arrival]:
    """Scores what owes it of these, and carries out what follows; what became of each, by id, but for what broke."""
    owing = world.store.read(lambda tx: feedback.unscored(tx, ids))
    given = _scored(world, owing)
    return world.store.write(lambda tx: _carry_out(world, tx, ids, owing, given))


def _scored(world: World, owing: Mapping[int, Before]) -> dict[int, Score | None]:
    """What is pending as far as a verdict needs it, all else to its end, unless somebody comes meanwhile who waits."""
    pending = {each: known.feedback for each, known in owing.items() if known.pending}
    others = {each: known.feedback for each, known in owing.items() if not known.pending}
    given = dict(zip(pending, scores(world.judge, [*pending.values()], at_once), strict=True))
    read = dict(zip(others, scores(world.judge, [*others.values()], world.unscored.is_awaited), strict=True))
    if world.unscored.is_awaited():
        read = {each: score for each, score in read.items() if score is None or score.clause}
    return given | read


def scores(
    judge: Judge | None, said: Sequence[Feedback], hurry: Callable[[], bool] = at_leisure
) -> Sequence[Score | None]:
    """What the judge makes of these. A text that breaks it is judged without a score, as where there is no judge; it hurts no other."""
    if judge is None or not said:
        return [None] * len(said)
    try:
        return judge(said, hurry=hurry)
    except Exception as wrong:  # noqa: BLE001  told without its own words, which might quote the customer
        if len(said) > 1:
            return [score for each in said for score in scores(judge, [each], hurry)]
        why = type(wrong).__name__
        log.error("feedback from %s cannot be scored (%s); its star and plain words judge it", said[0].source, why)
        return [None]


def _carry_out(
    world: World, tx: Tx, ids: Collection[int], scored: Mapping[int, Before], scores: Mapping[int, Score | None]
) -> dict[int, Arrival]:
    told = {}
    for each, now_known in feedback.unscored(tx, scored).items():
        if each not in scores or words_of(now_known.feedback) != words_of(scored[each].feedback):
            # It was put off, or new words came meanwhile, which owe a score of their own.
            world.unscored.add(each, pending=now_known.pending)
            continue

        def put_off(each: int = each) -> None:
            world.unscored.put_off[each] = world.now() + POISONED

        with unit_of_work(f"judging the feedback of id {each}", put_off, inside=tx):
            told[each] = _settle(world, tx, each, now_known, scores[each])
    return {each: told.get(each) or _as_it_stands(tx, each) for each in ids}


def _settle(world: World, tx: Tx, feedback_id: int, known: Before, score: Score | None) -> Arrival:
    if known.pending:
        return Intake(world, tx, Via.ARRIVAL, heard_at=known.unscored_since).judge(feedback_id, known, score)
    _, said = feedback.assessed(tx, feedback_id)
    better = known_better(said, known.feedback, score)
    feedback.keep_score(tx, feedback_id, score, better)
    case = cases.hold(tx, known.case) if known.case is not None else None
    if case is not None and case.status in OPEN:
        _look_again(world, tx, case, seen_deeper(case, better), score)
    return _told(feedback_id, known.case, better)


def _look_again(world: World, tx: Tx, before: Case, after: Case, score: Score | None) -> None:
    """A case that is graver than it looked says so aloud; one that is only better known has another card."""
    if after.severity is not before.severity:
        why = score.clause if score else ""
        seen_again(world, tx, before, after, SecondOpinion(before=before.severity, severity=after.severity, why=why))
    elif after != before:
        changed(tx, before, after, world.policy, world.now(), actor=None, action="scored", via=Via.ARRIVAL)


def _as_it_stands(tx: Tx, feedback_id: int) -> Arrival:
    """What another process has made of it, or what it is as long as it could not be judged."""
    return _told(feedback_id, *feedback.assessed(tx, feedback_id))


def _told(feedback_id: int, case: int | None, assessment: Assessment) -> Arrival:
    became = Became.RECORDED if case is None else Became.CASE
    return Arrival(became, feedback_id, case, assessment)


class Judging:
    """A thread that judges what owes a score, beside all else that this process does."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="judging", daemon=True)

    def start(self) -> None:
        """Begins, unless it has."""
        if not self._thread.is_alive():
            self._thread.start()

    def _run(self) -> None:
        bell = self._world.unscored.bell
        while not self._stopping.is_set():
            judged = 0
            with unit_of_work("the judging loop"):
                judged = judge_owed(self._world)
            if not judged:
                bell.wait(_TICK)
                bell.clear()

    def stop(self, patience: float = 5.0) -> bool:
        """Lets what is under way finish, for so many seconds. False when it has not; then it is judged after the next start."""
        self._stopping.set()
        self._world.unscored.bell.set()
        if self._thread.is_alive():
            self._thread.join(patience)
        return not self._thread.is_alive()
