"""A simulated year: what nudging promises, whatever happens, and every instant of it held against a slow reckoning."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.model import UNCONTACTED, Status
from cases.nudges.ladder import Round, planned, round_at
from cases.nudges.steps import HELD, Nudge
from cases.policy.ladder import Rung
from tests.cases.nudges.reckoning import DAILY, Reckoning, Reminder, broken, freed, open_at
from tests.cases.nudges.year import (
    ACTS,
    DAY,
    IN_TIME,
    SECONDS,
    H,
    Moment,
    Year,
    ladders,
    lives,
    minutes,
    policies,
    stories,
    years,
)

thousands = settings(
    max_examples=8 * settings().max_examples, derandomize=False, suppress_health_check=list(HealthCheck)
)

Life = list[Moment]
Breaches = Iterable[object]


# -- what is promised: each answers with what breaks it ---------------------------------------------------------------


def nothing_is_said_outside_the_allowed_hours(life: Life) -> Breaches:
    return (moment for moment, _ in said(life) if not open_at(moment.policy, moment.case.severity, moment.at))


def nothing_is_said_before_it_is_due(life: Life) -> Breaches:
    return (moment for moment, nudge in said(life) if nudge.due_at > moment.at)


def only_promises_and_the_end_are_spoken_of_after_contact(life: Life) -> Breaches:
    waits = (moment for moment, nudge in said(life) if nudge.when not in ("promised", "look_back"))
    return (moment for moment in waits if moment.case.status not in UNCONTACTED)


def nothing_is_said_of_a_snoozed_case(life: Life) -> Breaches:
    return (moment for moment, _ in said(life) if (moment.before.snoozed_until or moment.at) > moment.at)


def no_reminder_is_given_twice(life: Life) -> Breaches:
    named = Counter(name(moment, nudge) for moment, nudge in said(life))
    return (each for each, count in named.items() if count > 1)


def one_look_says_one_thing_to_each(life: Life) -> Breaches:
    for moment in looks(life):
        tells = [nudge.tell for nudge in moment.round.said]
        if len(tells) > len(set(tells)):
            yield moment


def looking_again_at_once_says_nothing(life: Life) -> Breaches:
    for moment in looks(life):
        again = round_at(moment.case, moment.policy, moment.at)
        if (again.said, again.lost_by, again.case) != ((), None, moment.case):
            yield moment, again


def clock_never_spins(life: Life) -> Breaches:
    return (moment for moment in looks(life) if moment.case.next_nudge_at and moment.case.next_nudge_at <= moment.at)


def clock_set_back_an_hour_repeats_nothing(life: Life) -> Breaches:
    told: set[object] = set()
    for moment in looks(life):
        told |= {name(moment, nudge) for nudge in moment.round.said}
        case = moment.case
        for at in (moment.at - H, moment.at):
            back = round_at(case, moment.policy, at)
            yield from told & {name(replace(moment, case=back.case), nudge) for nudge in back.said}
            case = back.case


def planning_twice_is_planning_once(life: Life) -> Breaches:
    for moment in life:
        once = planned(moment.case, moment.policy)
        if planned(once, moment.policy) != once:
            yield moment


def case_let_go_keeps_its_deadline(life: Life) -> Breaches:
    for moment in looks(life):
        if moment.round.lost_by and not moment.round.broke:  # a broken promise makes it graver, and the deadline nearer
            case, before = moment.case, moment.before
            kept = (moment.round.lost_by, case.contact_due_at) == (before.owner, before.contact_due_at)
            if not kept or (case.status, case.owner, case.claimed_at) != (Status.UNCLAIMED, None, None):
                yield moment


def only_owners_who_were_asked_lose_a_case(life: Life) -> Breaches:
    asked_at = None
    for moment in looks(life):
        if moment.round.lost_by:
            if asked_at is None or moment.at <= asked_at:
                yield moment
            asked_at = None
        if any(nudge.rung == HELD for nudge in moment.round.said):
            asked_at = moment.at


PROMISES = [
    nothing_is_said_outside_the_allowed_hours,
    nothing_is_said_before_it_is_due,
    only_promises_and_the_end_are_spoken_of_after_contact,
    nothing_is_said_of_a_snoozed_case,
    no_reminder_is_given_twice,
    one_look_says_one_thing_to_each,
    looking_again_at_once_says_nothing,
    clock_never_spins,
    clock_set_back_an_hour_repeats_nothing,
    planning_twice_is_planning_once,
    case_let_go_keeps_its_deadline,
    only_owners_who_were_asked_lose_a_case,
]


def looks(life: Life) -> Iterable[Moment]:
    return (moment for moment in life if moment.round is not None)


def said(life: Life) -> list[tuple[Moment, Nudge]]:
    return [(moment, nudge) for moment in looks(life) for nudge in moment.round.said]


def name(moment: Moment, nudge: Nudge) -> object:
    """What makes a reminder this one: a deadline that was brought forward is another deadline."""
    whose = moment.case.claimed_at if nudge.tell == "owner" else None
    return id(moment.policy), moment.case.severity, nudge.rung, nudge.due_at, nudge.count, whose


@pytest.mark.long
@given(years)
def test_every_case_of_a_year_keeps_every_promise(year: Year) -> None:
    for moments in lives(year):
        assert broken_promises(list(moments)) == []


def broken_promises(life: Life) -> list[tuple[str, object]]:
    return [(promise.__name__, breach) for promise in PROMISES for breach in promise(life)]


@pytest.mark.long
@pytest.mark.timeout(0)
@thousands
@given(years)
def test_thousands_of_years_keep_every_promise(year: Year) -> None:
    for moments in lives(year):
        life = list(moments)
        assert list(disagreements(life)) == []
        assert broken_promises(life) == []


# -- nothing is lost -------------------------------------------------------------------------------------------------


@given(years)
def test_year_agrees_with_counting_one_by_one(year: Year) -> None:
    for life in lives(year):
        assert list(disagreements(list(life))) == []


def disagreements(life: Life) -> Iterator[tuple[Moment, str]]:
    """Where a look does not say exactly what the reckoning owes, or is not planned for the very instant when something is."""
    reckoning = Reckoning(life[0].policy, life[0].at.year)
    for moment in life:
        if moment.name == "policy":
            reckoning.change(moment.policy, moment.case, moment.at)
        elif moment.round is None and moment.case.severity is not moment.before.severity:
            reckoning.change_severity(moment.case, moment.at)
        elif moment.round is not None and not _look_agrees(reckoning, moment, moment.round):
            yield moment, "says something else"
        if (moment.round is not None or moment.case != moment.before) and not _plan_agrees(reckoning, moment):
            yield moment, "is planned for another time"


def _look_agrees(reckoning: Reckoning, moment: Moment, look: Round) -> bool:
    before = broken(moment.before, moment.at)
    if look.broke is not (before != moment.before):
        return False
    if before.severity is not moment.before.severity:
        reckoning.change_severity(before, moment.at)
    lost = reckoning.lost(before, moment.at)
    case = freed(before, moment.at) if lost else before
    owed = {tell: _facts(reminder) for tell, reminder in reckoning.owed(case, moment.at).items()}
    told = {nudge.tell: _facts(nudge) for nudge in look.said}
    agrees = told == owed
    if reckoning.moved:
        due = {_facts(each) for each in reckoning.due(case, moment.at)}
        agrees = {said for said in told.values() if said[1] not in DAILY} <= due and all(
            owed[tell][1] in DAILY or (tell in told and told[tell] >= owed[tell]) for tell in owed
        )  # which morning it is hangs on when something was said last, and on whether a rung is still to be said
    if told:
        reckoning.told(case, moment.at)
    return agrees and look.lost_by == (moment.before.owner if lost else None)


def _facts(said: Nudge | Reminder) -> tuple[datetime, int, int]:
    return said.due_at, said.rung, said.count


def _plan_agrees(reckoning: Reckoning, moment: Moment) -> bool:
    at, planned_at = reckoning.next_at(moment.case, but=DAILY if reckoning.moved else ()), moment.case.next_nudge_at
    if at is not None and moment.round is not None and at <= moment.at:  # overdue, while we are closed
        at = min(reckoning.wall(moment.case).next_open(moment.at), reckoning.breaks_at(moment.case))
    if reckoning.moved:
        return at is None or (planned_at is not None and planned_at <= at)
    return planned_at == at


# -- the lead hears of it --------------------------------------------------------------------------------------------

ending = ("contacted", "close")
to_lead = st.builds(
    Rung, when=st.just("not_contacted"), after=minutes(0, 300), every=st.none() | minutes(60, 600), tell=st.just("lead")
)
never_contacted = st.builds(
    Year,
    policy=st.builds(
        lambda policy, ladder, rung: policy.model_copy(update={"nudges": (*ladder, rung)}), policies, ladders, to_lead
    ),
    stories=stories([act for act in [*ACTS, "writes again"] if act not in ending], late=[IN_TIME, SECONDS]).map(
        lambda story: (story,)
    ),
)


@pytest.mark.long
@given(never_contacted)
def test_uncontacted_case_reaches_the_lead_in_time(year: Year) -> None:
    assert _lead_hears_in_time(year)


@pytest.mark.long
@pytest.mark.timeout(0)
@thousands
@given(never_contacted)
def test_thousands_of_uncontacted_cases_reach_the_lead(year: Year) -> None:
    assert _lead_hears_in_time(year)


def _lead_hears_in_time(year: Year) -> bool:
    """By the instant of the last rung, of the last rest or snooze, or of its growing graver, in the next working hour."""
    (life,) = lives(year, watched=60 * DAY)
    latest = year.stories[0].arrives
    reckoning = Reckoning(year.policy, latest.year)
    for moment in life:
        if moment.case.severity is not moment.before.severity:
            latest = max(latest, moment.at)  # critical, it may be told of at hours that were closed to it before
        _, end = reckoning.clock(moment.case, "not_contacted")
        latest = max(latest, reckoning.wall(moment.case).add(end, year.policy.nudges[-1].after))
        if moment.round and any(nudge.tell == "lead" for nudge in moment.round.said):
            return moment.at <= reckoning.wall(moment.case).next_open(latest + SECONDS) + SECONDS
        latest = max(latest, moment.case.put_off_until or latest)
    return False
