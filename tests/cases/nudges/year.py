"""A year of one team: policies, customers who complain, colleagues who act or do not, and a clock that is sometimes late."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import cycle
from typing import Any

from hypothesis import strategies as st

from cases.acts.act import Act, Change, Limits
from cases.acts.actions import decide
from cases.acts.effects import reopened
from cases.model import UNCONTACTED, Case, Feedback, Outcome, Severity, Via, Way
from cases.nudges.ladder import Round, planned, round_at
from cases.policy.clocks import Clock, ClockOfSource, Clocks
from cases.policy.hours import Hours
from cases.policy.ladder import DEFAULT_LADDER, Rung
from cases.policy.page import Ownership, Policy, Reminders

M, H, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
LIFE = 12 * DAY  # how long each case is watched
ANA, BEN = "U_ANA", "U_BEN"

# -- policies --------------------------------------------------------------------------------------------------------

ZONES = ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata"]
HOURS = [
    Policy().hours,
    Hours(always=True),
    Hours(mon="08:00-12:00, 13:00-20:00", wed="10:00-11:30", sat="00:00-24:00", sun="01:00-03:30, 22:00-24:00"),
    Policy().hours.model_copy(
        update={"holidays": "DE-BY", "days_off": (date(2026, 12, 24), date(2028, 2, 29)), "critical_any_time": True}
    ),
]


def a_rung(every: timedelta | None, at_most: int | None, **fields: Any) -> Rung:
    return Rung(every=every, at_most=at_most if every else None, **fields)


def minutes(low: int, high: int) -> st.SearchStrategy[timedelta]:
    return st.integers(low, high).map(lambda count: count * M)


rungs = st.builds(
    a_rung,
    when=st.sampled_from(["unclaimed", "not_contacted", "promised"]),
    after=minutes(-300, 900),
    every=st.none() | minutes(150, 900),
    at_most=st.none() | st.integers(1, 5),
    tell=st.sampled_from(["thread", "owner", "lead", "@dana"]),
)
ladders = st.just(DEFAULT_LADDER) | st.lists(rungs, max_size=4).map(tuple)
PHONE = {Severity.NORMAL: ClockOfSource(hold=7 * M), Severity.HIGH: ClockOfSource(contact=10 * M)}
PHONE[Severity.CRITICAL] = PHONE[Severity.HIGH]


def graver_is_quicker(claim: list[timedelta], contact: list[timedelta], hold: list[timedelta]) -> Clocks:
    each = zip(Severity, sorted(claim, reverse=True), sorted(contact, reverse=True), hold, strict=True)
    clocks = {severity.value: Clock(claim=c, contact=f, hold=h) for severity, c, f, h in each}
    return Clocks(**clocks, source={"phone": PHONE})


def three(length: st.SearchStrategy[timedelta]) -> st.SearchStrategy[list[timedelta]]:
    return st.lists(length, min_size=3, max_size=3)


all_clocks = st.just(Clocks()) | st.builds(
    graver_is_quicker, claim=three(minutes(1, 60)), contact=three(minutes(10, 600)), hold=three(minutes(5, 600))
)
policies = st.builds(
    Policy,
    timezone=st.sampled_from(ZONES),
    hours=st.sampled_from(HOURS),
    nudges=ladders,
    clocks=all_clocks,
    reminders=st.just(Reminders(lead_rounds=())),
    ownership=st.builds(Ownership, ask=st.sampled_from([True, True, False]), answer_within=minutes(1, 200)),
)

# -- what happens in it ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """One customer: complains at `arrives`, then after each pause somebody does something, or the customer writes again.

    `late` is by how much the clock misses each planned instant, over and over.
    """

    arrives: datetime
    source: str = "web"
    severity: Severity = Severity.NORMAL
    happens: tuple[tuple[timedelta, str], ...] = ()
    late: tuple[timedelta, ...] = (timedelta(),)


@dataclass(frozen=True, slots=True)
class Year:
    """A policy, perhaps another one that comes into force during each story (after so long), and the stories."""

    policy: Policy
    stories: tuple[Story, ...]
    then: Policy | None = None
    then_after: timedelta = DAY


def _act(name: str, case: Case, now: datetime) -> Act:
    action, _, rest = name.partition(" ")
    actor = rest if rest in (ANA, BEN) else case.owner or ANA
    words: dict[str, Any] = {
        "snooze": lambda: {"until": now + int(rest) * H, "limits": Limits(7 * DAY, 3)},
        "promise": lambda: {"until": now + int(rest.split()[0]) * H, "text": rest},
        "give": lambda: {"to": actor},
        "contacted": lambda: {} if rest == "tick" else {"way": Way.PHONE},
        "tried": lambda: {"way": Way.EMAIL},
        "close": lambda: {"outcome": Outcome.DECLINED},
    }.get(action, dict)()
    return Act(action, actor, Via.BUTTON, **words)


ACTS = [
    *(f"{action} {who}" for action in ("claim", "takeover", "give") for who in (ANA, BEN)),
    *("still", "release", "contacted", "contacted tick", "tried", "close", "reopen", "note"),
    *(f"snooze {hours}" for hours in (1, 15, 160)),
    *(f"promise {hours}" for hours in (3, 30)),
]
IN_TIME, SECONDS, HOURS_LATE, TWO_DAYS = timedelta(), timedelta(seconds=5, microseconds=137), 3 * H + 11 * M, 2 * DAY
# Where clocks are changed, days are odd, or nothing is special; each in a common and in a leap year.
_SPECIAL = ["01-01", "02-27", "03-06", "03-27", "04-03", "07-01", "10-02", "10-23", "10-30", "12-22"]
arrivals = st.builds(
    lambda day, year, after: datetime.fromisoformat(f"{year}-{day}").replace(tzinfo=UTC) + after,
    st.sampled_from(_SPECIAL),
    st.sampled_from([2026, 2028]),
    minutes(0, 4 * 1440),
) | minutes(0, 365 * 1440).map(lambda after: datetime(2026, 1, 1, tzinfo=UTC) + after)


def stories(happenings: list[str], late: list[timedelta]) -> st.SearchStrategy[Story]:
    pauses = minutes(1, 200) | minutes(1, 3000)
    return st.builds(
        Story,
        arrives=arrivals,
        source=st.sampled_from(["web", "phone"]),
        severity=st.sampled_from(Severity),
        happens=st.lists(st.tuples(pauses, st.sampled_from(happenings)), max_size=8).map(tuple),
        late=st.lists(st.sampled_from(late), min_size=1, max_size=5).map(tuple),
    )


years = st.builds(
    Year,
    policy=policies,
    stories=st.lists(
        stories([*ACTS, "writes again"], [IN_TIME, IN_TIME, SECONDS, HOURS_LATE, TWO_DAYS]), min_size=1, max_size=3
    ).map(tuple),
    then=st.none() | policies,
    then_after=minutes(1, 5 * 1440),
)

# -- living it -------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Moment:
    """Something happened to a case at `at`: `name` is an act, "writes again", "policy", or "look" with what came of it."""

    at: datetime
    name: str
    before: Case
    case: Case
    policy: Policy
    round: Round | None = None


def lives(year: Year, watched: timedelta = LIFE) -> Iterator[Iterator[Moment]]:
    """Every story of the year, moment by moment, for so long after the customer complained."""
    return (_life(year, story, story.arrives + watched) for story in year.stories)


def _life(year: Year, story: Story, end: datetime) -> Iterator[Moment]:
    policy, at, late = year.policy, story.arrives, cycle(story.late)
    coming = _coming(year, story)
    case = _arrived(story, policy)
    yield Moment(at, "arrives", case, case, policy)
    while True:
        look = case.next_nudge_at and max(at, case.next_nudge_at + next(late))
        if coming and (look is None or coming[0][0] <= look):
            at, name = coming.pop(0)
            policy = year.then if name == "policy" and year.then else policy
            moment = Moment(at, name, case, _changed(case, name, at, policy), policy)
        elif look is None or look > end:
            return
        else:
            at, one = look, round_at(case, policy, look)
            moment = Moment(at, "look", case, one.case, policy, one)
        yield moment
        case = moment.case


def _coming(year: Year, story: Story) -> list[tuple[datetime, str]]:
    """Everything that will happen, in order; off the full minute, lest two things fall on one instant."""
    at, coming = story.arrives, []
    for number, (pause, name) in enumerate(story.happens, start=1):
        at += pause + timedelta(seconds=number)
        coming.append((at, name))
    if year.then is not None:
        coming.append((story.arrives + year.then_after + timedelta(milliseconds=1), "policy"))
    return sorted(coming)


def _arrived(story: Story, policy: Policy) -> Case:
    begun = ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at")
    feedback = Feedback(external_id="1", source=story.source)
    case = Case(number=7, severity=story.severity, feedback=(feedback,), **dict.fromkeys(begun, story.arrives))
    return planned(case, policy)


def _changed(case: Case, name: str, at: datetime, policy: Policy) -> Case:
    """What is not allowed changes nothing."""
    if name == "policy":
        return planned(case, policy)
    if name == "writes again":
        anew = case if case.status in UNCONTACTED else reopened(case, at)
        return planned(replace(anew, severity=case.severity.raised()), policy)
    decision = decide(case, _act(name, case, at), at)
    return planned(decision.case, policy) if isinstance(decision, Change) else case
