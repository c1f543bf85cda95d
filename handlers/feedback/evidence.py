"""Another program tells of a contact: which open case it is about, what becomes of it, and what its thread hears."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from cases.acts.contact import Contact, bounced, known, tried
from cases.acts.ending import ordered
from cases.arrivals.customers import email_key, order_key, phone_key
from cases.arrivals.evidence import Outcome, Report, name_of
from cases.arrivals.json_fields import Fault
from cases.arrivals.search import looked_for
from cases.messages.notes import Reported, ReportedSay, Say
from cases.model import OPEN, UNCONTACTED, Case, Grade, Sign, Via
from cases.model import Outcome as End
from cases.policy.limits import limits_of
from cases.replies.drafts import DraftState
from cases.spoken.reaching import denies_contact
from cases.urgency import urgency
from handlers.aloud import tell
from handlers.change import changed
from handlers.world import World
from store import cases, customers, drafts, facts, timeline
from store.engine import Tx

_MOST = 50  # cases under one address that are looked through
_SOMEBODY = "another program"
_SAYS: Mapping[Outcome, ReportedSay] = {
    Outcome.REACHED: Say.SEEN,
    Outcome.TRIED: Say.SEEN_TRYING,
    Outcome.BOUNCED: Say.BOUNCED,
    Outcome.ORDERED: Say.ORDERED,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a report: the case and the grade of what is known of its contact, or why there is no case."""

    case: int | None = None
    evidence: Grade | None = None
    why: str | None = None
    ignored: tuple[Fault, ...] = ()

    @property
    def status(self) -> int:
        """The HTTP answer: 200 taken, 202 where no open case fits."""
        return 202 if self.case is None or self.why else 200

    def as_json(self) -> dict[str, Any]:
        """The body of the answer."""
        told: dict[str, Any] = {"case": self.case, "evidence": self.evidence and self.evidence.value}
        if self.why:
            told["why"] = self.why
        return told | ({"ignored": [str(fault) for fault in self.ignored]} if self.ignored else {})


def reported(world: World, report: Report) -> Taken:
    """Takes a report, durably, once for each reference."""
    return world.store.write(lambda tx: _taken(world, tx, report))


def _taken(world: World, tx: Tx, report: Report) -> Taken:
    now = world.now()
    before = _told_before(tx, report)
    case = before or _meant(world, tx, report, now)
    if case is None:
        return Taken(None, None, _why_none(tx, report), report.ignored)
    if before is None:
        held = cases.hold(tx, case.number)
        assert held is not None
        case = held
    if before is not None:
        return Taken(case.number, case.proof, None, report.ignored)
    if _is_the_same_order(report, case):
        return Taken(case.number, case.proof, "It is the order that they wrote about, and no new one.", report.ignored)
    if case.status not in OPEN:
        return _kept_with_closed(world, tx, case, report, now)
    report = _as_its_words_say(_in_its_time(report, case))
    after = _carry_out(world, tx, case, report, now)
    if report.name:
        facts.remember(tx, _named(report.name), after.number)
    return Taken(after.number, after.proof, None, report.ignored)


def _kept_with_closed(world: World, tx: Tx, case: Case, report: Report, now: datetime) -> Taken:
    """A case that is over stays as it is; that somebody was in touch all the same stands in its history.

    That a customer who was won back has ordered again is by what it is known from now on.
    """
    at, action = report.at or now, _SAYS[report.outcome].value
    told, since = _facts_of(report, at), at >= (case.contacted_at or at)
    if report.outcome is Outcome.ORDERED and case.outcome is End.WON_BACK and since:
        known = replace(case, sign=Sign.ORDERED)
        changed(tx, case, known, world.policy, now, actor=None, action=action, via=Via.ARRIVAL, facts=told)
        became = "the customer counts as won back by this order"
    else:
        became = "this stands in its history, and changed nothing else"
        timeline.note_down(tx, case.number, now, None, action, Via.ARRIVAL, told)
    if report.name:
        facts.remember(tx, _named(report.name), case.number)
    why = f"Case {case.number} is closed: {became}."
    return Taken(case.number, case.proof, why, report.ignored)


def _facts_of(report: Report, at: datetime) -> dict[str, Any]:
    return {"way": report.how, "program": report.by, "reference": report.reference, "text": report.words, "at": at}


def _named(name: str) -> str:
    return f"evidence:{name}"


def case_of_reference(tx: Tx, references: Sequence[str]) -> int | None:
    """The case of an earlier report under one of these references, for instance of a letter that was seen; None: of none."""
    told = (facts.recall(tx, _named(name_of(each))) for each in references)
    return next((number for number in told if number), None)


def _told_before(tx: Tx, report: Report) -> Case | None:
    """The case of a report that came before. Of two that come at once, the second waits for the first."""
    if not report.name:
        return None
    number = facts.first(tx, _named(report.name), 0)
    return cases.load(tx, number) if number else None


def _meant(world: World, tx: Tx, report: Report, now: datetime) -> Case | None:
    """The case it names; else, of the open ones its address or order fits, one that waits for contact before all others, worst first."""
    named = cases.load(tx, report.case) if report.case else None
    if named is not None and named.joined_into is not None:
        named = cases.load(tx, named.joined_into)
    if named is not None:
        return named
    for fitting in _fitting(world, tx, report):
        open_ones = [case for case in fitting if case.status in OPEN and _may_be_about(report, case)]
        won = [case for case in fitting if report.outcome is Outcome.ORDERED and case.outcome is End.WON_BACK]
        if won and not open_ones and _of_one_customer(won):
            return max(won, key=lambda case: case.number)
        if open_ones and _of_one_customer(open_ones):
            return min(open_ones, key=lambda case: (case.status not in UNCONTACTED, *urgency(case, now)))
    return None


def _is_the_same_order(report: Report, case: Case) -> bool:
    """Shops tell of every step of an order; the one that went wrong is nobody's return."""
    if report.outcome is not Outcome.ORDERED or not report.order_ref:
        return False
    return any(_order(said.order_ref) == _order(report.order_ref) for said in case.feedback if said.order_ref)


def _order(written: str) -> str:
    return order_key(written) or written.casefold().strip("# ")


def _may_be_about(report: Report, case: Case) -> bool:
    """A call from before the customer spoke is none about what they said."""
    return report.at is None or report.at >= case.waiting_since


def _of_one_customer(found: Sequence[Case]) -> bool:
    """Whether what these cases share is one customer's: nobody's clock is stopped by a guess at who was called."""
    people = [case.customer for case in found]
    addresses = {email_key(each.email) or each.email for each in people if each.email}
    names = {" ".join(each.name.casefold().split()) for each in people if each.name}
    return len(addresses) == 1 if len(addresses) > 0 else len(names) <= 1


def _fitting(world: World, tx: Tx, report: Report) -> Iterator[list[Case]]:
    region = world.policy.customers.region
    keys = {"email": email_key(report.email), "phone": phone_key(report.phone, region)}
    for kind, key in keys.items():
        if key:
            yield cases.in_order(tx, customers.found(tx, [{f"{kind}:{key}"}], _MOST))
    if report.order_ref and report.outcome is not Outcome.ORDERED:  # a new one tells of no case
        found = cases.in_order(tx, customers.found(tx, looked_for(report.order_ref), _MOST))
        wanted = report.order_ref.casefold().lstrip("#")
        yield [
            case
            for case in found
            if any((said.order_ref or "").casefold().lstrip("#") == wanted for said in case.feedback)
        ]


def _why_none(tx: Tx, report: Report) -> str:
    if not (report.case or report.email or report.phone or report.order_ref):
        return 'It names no case: send "case", or "email", "phone" or "order_ref" of the customer.'
    return "No open case fits, or the cases of several customers do; nothing was changed."


def _in_its_time(report: Report, case: Case) -> Report:
    """Who names the case means it: a time from before the customer spoke is a slip, and the time of the request stands in."""
    if report.at is None or report.at >= case.waiting_since:
        return report
    fault = Fault("at", "is from before the customer spoke, so the time of this request stands in")
    return replace(report, at=None, ignored=(*report.ignored, fault))


def _as_its_words_say(report: Report) -> Report:
    """A script that sends "voicemail, no answer" as a contact tells of an attempt, as a colleague would."""
    denied = report.outcome is Outcome.REACHED and denies_contact(report.words)
    return replace(report, outcome=Outcome.TRIED) if denied else report


def _carry_out(world: World, tx: Tx, before: Case, report: Report, now: datetime) -> Case:
    told = Contact(
        grade=Grade.SEEN,
        at=report.at or now,
        by=report.by or _SOMEBODY,
        way=report.how,
        reference=report.reference,
        colleague=False,
    )
    limits = limits_of(world.policy)
    after = {
        Outcome.REACHED: lambda: known(before, told, limits, now),
        Outcome.TRIED: lambda: tried(before, told),
        Outcome.BOUNCED: lambda: bounced(before, told, now),
        Outcome.ORDERED: lambda: ordered(before, told.at, now),
    }[report.outcome]()
    say = _SAYS[report.outcome]
    kept = _facts_of(report, told.at)
    grade = {"grade": Grade.SEEN} if report.outcome is Outcome.REACHED else {}
    action, policy = say.value, world.policy
    after = changed(tx, before, after, policy, now, actor=None, action=action, via=Via.ARRIVAL, facts=kept | grade)
    note = Reported(
        say=say, way=report.how, at=told.at, program=report.by, reference=report.reference, text=report.words
    )
    tell(world, tx, before, after, note)
    _mind_draft(tx, after)
    return after


def _mind_draft(tx: Tx, after: Case) -> None:
    """A draft nobody has seen yet is not needed once the customer has been reached."""
    draft = drafts.load(tx, after.number)
    if draft is not None and draft.state is DraftState.WANTED and after.status not in UNCONTACTED:
        drafts.drop(tx, after.number)
