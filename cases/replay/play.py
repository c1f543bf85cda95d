"""A play: feedback arrives, time passes, and people act, by the functions that the bot itself asks; nothing is stored or sent."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from itertools import count

from cases.acts.act import Act, ActionName, Change
from cases.acts.actions import decide
from cases.acts.contact import Contact, known
from cases.arrivals.customers import looked_up_by
from cases.arrivals.decision import Changes, Decision, Opens, Repeats, asks_for, judged, what_becomes
from cases.arrivals.feedback import Arriving, identity
from cases.arrivals.hearing import known_better, new_case, seen_deeper
from cases.arrivals.on_paper import OnPaper, as_kept
from cases.messages.flood import comes_out, together
from cases.model import UNCONTACTED, Case, Grade, Outcome, Score, Status, Via, Way
from cases.nudges.aloud import rings
from cases.nudges.ladder import applies, planned
from cases.nudges.routing import Colleague
from cases.nudges.steps import Nudge
from cases.nudges.sweep import AT_ONCE, Due, Team, by_address, looked_at, may_join, on_its_way, once_for_each_case
from cases.nudges.waits import graver_for_its_wait, held_for_words, once_heard
from cases.occasions import OCCASIONS, When
from cases.people import Person
from cases.policy.limits import limits_of
from cases.policy.page import Policy
from cases.policy.values import ROLES
from cases.policy.working_time import calendar_for, calendar_of
from cases.replay.people import People
from cases.replay.rows import heard

CHANNEL = "the channel"
THREADS = ("thread ", "flood ")  # how the addresses begin that are no person's
_AT_ONCE = frozenset({When.HELD, When.LOOK_BACK})  # what an owner is asked, and answers


@dataclass(frozen=True, slots=True)
class Told:
    """One reminder of one case: when, to which address, and in which message, as several may stand in one."""

    at: datetime
    address: str
    case: int
    when: When
    count: int
    in_message: int


@dataclass(frozen=True, slots=True)
class Did:
    """What a colleague did to a case, and when."""

    at: datetime
    person: str
    action: ActionName
    case: int


@dataclass(slots=True)
class _Message:
    """A message to one address; `settled` once nothing of it is to be done any more."""

    number: int
    last_at: datetime
    nudges: dict[int, Nudge] = field(default_factory=dict)
    settled: bool = False


class Play:
    """`hears` what arrives, in the order of its time, and plays `until` the end what is left then; `told`, `did` and the like say what
    happened.

    Lead and manager are called by what policy calls them. `waits` are how long customers waited for each contact, by their case;
    `posts` the times at which something was posted that the channel sees; `became` what the feedback became.
    """

    def __init__(self, policy: Policy, people: People) -> None:
        self.policy, self.people = policy, people
        self.names = people.named()
        self.teams: dict[str, Team] = {CHANNEL: _team(policy)}  # by channel
        self.limits = limits_of(policy)
        self.paper = OnPaper(policy.customers.region)
        self.cases: dict[int, Case] = {}
        self.told: list[Told] = []
        self.did: list[Did] = []
        self.waits: list[tuple[int, datetime, datetime]] = []
        self.posts: list[datetime] = []
        self.became: Counter[str] = Counter()
        self._looks: list[tuple[datetime, int]] = []
        self._acts: list[tuple[datetime, int, ActionName, int]] = []
        self._expected: dict[
            int, tuple[ActionName, int]
        ] = {}  # what people will do to a case, and the place of that among acts
        self._often: Counter[tuple[int, ActionName]] = Counter()
        self._turn, self._order, self._messages = count(), count(), count(1)
        self._latest: dict[str, _Message] = {}
        self._about: dict[int, list[_Message]] = defaultdict(list)
        self._told_on: Counter[tuple[str, date]] = Counter()  # messages to a person on a local day
        self._named_on: Counter[tuple[int, date]] = Counter()  # reminders of a case on a local day
        self._opened: dict[str, deque[datetime]] = defaultdict(deque)  # lately, by channel
        self._flood: dict[str, tuple[datetime, int]] = {}  # the latest case that shares a card: when, and which card
        self._held: dict[int, datetime] = {}  # until when cards wait for words
        self._calendar = calendar_of(policy)
        self._now: datetime | None = None

    # Time

    def until(self, at: datetime | None) -> None:
        """Plays on to an instant, all of it included (None: to the end): the clock looks first, then people act."""
        while True:
            look, act = self._next_look(), self._acts[0][0] if self._acts else None
            first = min((each for each in (look, act) if each is not None), default=None)
            if first is None or (at is not None and first > at):
                self._now = at or self._now
                return
            # What has grown graver may be due since before now.
            self._now = now = max(first, self._now or first)
            if look is not None and look <= now:
                self._sweep(now)
            else:
                _, place, action, number = heapq.heappop(self._acts)
                if action not in _WANTED.values() or self._expected.get(number) == (action, place):
                    self._act(number, action, now)

    def _next_look(self) -> datetime | None:
        """When the clock is next to look at some case; what was planned for another time meanwhile is passed over."""
        while self._looks and self.cases[self._looks[0][1]].next_nudge_at != self._looks[0][0]:
            heapq.heappop(self._looks)
        return self._looks[0][0] if self._looks else None

    def _today(self, now: datetime) -> date:
        return self._calendar.local_date(now)

    # Feedback

    def hears(self, arriving: Arriving, score: Score | None = None, *, learned: bool = False) -> None:
        """Feedback arrives at its `heard_at`, once all until then has been played.

        `learned`: a judge has read the words, and gave them this score; without it the one that stands in reads them.
        """
        now = heard(arriving)
        self.until(now)
        decision = self._decided(arriving, score, learned=learned)
        self.became[decision.became] += 1
        if isinstance(decision, Repeats):
            return
        number = len(self.cases) + 1 if isinstance(decision, Opens) else decision.case
        self.paper.keep(decision, number, now)
        if number is not None:
            case = self._as_heard(number, decision, now)
            deeper = self._come_out(case, _seen_deeper(case, decision, score), "scored", now) if learned else case
            if deeper.severity is not case.severity:
                self.posts.append(now)
            self._put(replace(deeper, feedback=tuple(self.paper.of_case(number))), now)

    def _as_heard(self, number: int, decision: Changes, now: datetime) -> Case:
        if isinstance(decision, Opens):
            channel = decision.channel or self.policy.channel_of(decision.feedback.source) or CHANNEL
            case = graver_for_its_wait(new_case(decision, number, channel, now), self.policy)
            if hold := held_for_words(decision, self.policy):
                self._held = {held: until for held, until in self._held.items() if until > now} | {number: now + hold}
            return replace(case, flood=self._gathered(case, now))
        before = self.cases[number]
        if decision.word is None:
            return before
        after = once_heard(before, decision, decision.word, self.policy, now)
        if rings(before, after):
            self.posts.append(now)
        return self._come_out(before, after, decision.word.says, now)

    def _gathered(self, case: Case, now: datetime) -> int | None:
        """The flood whose card it shares, and None where it has one of its own."""
        flood, since, channel = self.policy.flood, now - self.policy.flood.within, case.channel
        lately = self._opened[channel]
        while lately and lately[0] <= since:
            lately.popleft()
        shares = together([case], min(len(lately), flood.cards), flood.cards)
        lately.append(now)
        at, number = self._flood.get(channel, (since, case.number))
        if not shares or at <= since:
            self.posts.append(now)
        if not shares:
            return None
        number = number if at > since else case.number
        self._flood[channel] = (now, number)
        return number

    def _come_out(self, before: Case, after: Case, action: str, now: datetime, *, by_colleague: bool = False) -> Case:
        """A case that shared a card has its own from some changes on."""
        if before.flood is None or not comes_out(before, after, action, by_colleague=by_colleague):
            return after
        self.posts.append(now)
        return replace(after, flood=None)

    def _decided(self, arriving: Arriving, score: Score | None, *, learned: bool) -> Decision:
        region = self.paper.region
        before = self.paper.had.get(identity(arriving.feedback))
        known_ones = self.paper.known(asks_for(arriving, before, region), self._status)
        held = {number for number, until in self._held.items() if until > heard(arriving)}
        decision = what_becomes(arriving, before, known_ones, region=region, scored_later=learned, held=held)
        if isinstance(decision, Repeats) or not decision.assessment.pending:
            return decision
        pending = as_kept(decision, decision.case)
        known_ones = self.paper.known(looked_up_by(pending.feedback, region), self._status)
        return judged(pending, score, known_ones, region=region, held=held)

    def _status(self, number: int) -> Status:
        return self.cases[number].status

    # The clock

    def _sweep(self, now: datetime) -> None:
        known_ones = self._colleagues(now)
        all_due: list[Due] = []
        for number in self._due(now):
            before = self.cases[number]
            room = self.policy.reminders.per_case - self._named_on[number, self._today(now)]
            looked = looked_at(before, self.policy, now, room)
            if looked.lost_by is not None:
                self.posts.append(now)
            self._stands(looked.case, now)  # it is planned
            all_due += on_its_way(looked, before, room, self.team_of(before), known_ones, self.policy, now)
        for address, due in by_address(all_due, self.policy, now).items():
            self._say(address, once_for_each_case(due), now)

    def team_of(self, case: Case) -> Team:
        """Whom the policy means where a case stands."""
        if case.channel not in self.teams:
            self.teams[case.channel] = _team(self.policy.in_channel(case.channel))
        return self.teams[case.channel]

    def _due(self, now: datetime) -> list[int]:
        due: list[int] = []
        while len(due) < AT_ONCE and (look := self._next_look()) is not None and look <= now:
            number = heapq.heappop(self._looks)[1]
            if number not in due:
                due.append(number)
        return due

    def _colleagues(self, now: datetime) -> dict[str, Colleague]:
        today = self._today(now)
        everybody = {
            *self.names,
            *(person for team in self.teams.values() for person in team.people.values() if person),
        }
        return {
            person: Colleague(wishes=Person(id=person), told_today=self._told_on[person, today]) for person in everybody
        }

    def _say(self, address: str, due: Sequence[Due], now: datetime) -> None:
        message = self._joined(address, due, now) or self._new(address, due, now)
        today, message.last_at = self._today(now), now
        for one in due:
            number = one.case.number
            message.nudges[number] = one.nudge
            self._about[number] = [each for each in self._about[number] if not each.settled]
            self._about[number].append(message)
            self._named_on[number, today] += 1
            self.told.append(Told(now, address, number, one.nudge.when, one.nudge.count, message.number))
            if one.nudge.when in _AT_ONCE:
                answer = ActionName.STILL if one.nudge.when is When.HELD else ActionName.CLOSE
                heapq.heappush(self._acts, (now, next(self._order), answer, number))

    def _joined(self, address: str, due: Sequence[Due], now: datetime) -> _Message | None:
        latest = self._latest.get(address)
        if latest is None or latest.settled or not may_join(address, due):
            return None
        return latest if latest.last_at >= now - self.policy.reminders.together else None

    def _new(self, address: str, due: Sequence[Due], now: datetime) -> _Message:
        message = self._latest[address] = _Message(next(self._messages), now)
        self._told_on[address, self._today(now)] += 1
        if address.startswith("channel") or _is_for_channel(address, due[0].nudge):
            self.posts.append(now)
        return message

    def _settle(self, case: Case, now: datetime) -> None:
        """What speaks of this case may have said its last word."""
        for message in self._about.get(case.number, ()):
            message.settled = message.settled or not any(
                applies(nudge, self.cases[number], now, to="", posted=True) for number, nudge in message.nudges.items()
            )

    # People

    def _put(self, case: Case, now: datetime) -> None:
        """The case as it is from now on, once it is planned."""
        self._stands(planned(case, self.policy), now)

    def _stands(self, case: Case, now: datetime) -> None:
        """The case as it is from now on; and what people will do about it."""
        before = self.cases.get(case.number)
        self.cases[case.number] = case
        if case.next_nudge_at is not None and (before is None or before.next_nudge_at != case.next_nudge_at):
            heapq.heappush(self._looks, (case.next_nudge_at, case.number))
        if before is not None and (before.status, before.owner, before.asked_at) != (
            case.status,
            case.owner,
            case.asked_at,
        ):
            self._settle(case, now)
        self._expect(case, now)

    def _expect(self, case: Case, now: datetime) -> None:
        """Somebody takes what nobody has, and reaches who has not heard from us."""
        number, wanted = case.number, _WANTED.get(case.status)
        if wanted is None:
            self._expected.pop(number, None)
        if wanted is None or (number in self._expected and self._expected[number][0] is wanted):
            return
        place = next(self._order)
        self._expected[number] = (wanted, place)
        self._often[number, wanted] += 1
        takes = self.people.takes(wanted, case.feedback[0], self._often[number, wanted])
        calendar = calendar_for(case.severity, self.policy)
        heapq.heappush(self._acts, (calendar.add(calendar.next_open(now), takes), place, wanted, number))

    def _act(self, number: int, action: ActionName, now: datetime) -> None:
        case = self.cases[number]
        person = case.owner or self.names[next(self._turn) % len(self.names)]
        after = self._done(case, action, person, now)
        if after is None:
            return
        after = self._come_out(case, after, action, now, by_colleague=True)
        self.did.append(Did(now, person, action, number))
        if case.status in UNCONTACTED and after.status is Status.CONTACTED:
            self.waits.append((number, case.waiting_since, now))
        self._put(after, now)

    def _done(self, case: Case, action: ActionName, person: str, now: datetime) -> Case | None:
        """None where it is no longer to be done."""
        if action is ActionName.CONTACTED and self.limits.counts is Grade.SEEN:
            seen = Contact(grade=Grade.SEEN, at=now, by=person, way=Way.PHONE, colleague=False)
            return known(case, seen, self.limits, now)
        act = Act(
            action,
            person,
            Via.BUTTON,
            way=Way.PHONE if action is ActionName.CONTACTED else None,
            text=_SPOKE if action is ActionName.CONTACTED else None,
            outcome=Outcome.SATISFIED if action is ActionName.CLOSE else None,
            limits=self.limits,
        )
        decision = decide(case, act, now)
        return decision.case if isinstance(decision, Change) else None


_SPOKE = "spoke with them"
_WANTED = {Status.UNCLAIMED: ActionName.CLAIM, Status.CLAIMED: ActionName.CONTACTED}


def _team(policy: Policy) -> Team:
    """Whom the policy means, by the names it has for them; an id that begins with S is a group's."""
    lead, manager = policy.lead or None, policy.manager or policy.lead or None
    others = sorted({rung.tell for rung in policy.nudges} - {*ROLES})
    groups = {tell: tell for tell in others if tell.startswith("S")}
    named = {tell: None if tell in groups else tell for tell in others}
    then = tuple(dict.fromkeys(person for person in (lead, manager) if person))
    return Team({"lead": lead, "manager": manager, **named}, groups, then)


def _is_for_channel(address: str, nudge: Nudge) -> bool:
    return address.startswith(THREADS) and OCCASIONS[nudge.when].in_channel and nudge.count == 1


def _seen_deeper(case: Case, decision: Changes, score: Score | None) -> Case:
    """What opened or joined at once is read to its end: it can only turn out graver."""
    if score is None or decision.score is not None:
        return case
    return seen_deeper(case, known_better(decision.assessment, decision.feedback, score))
