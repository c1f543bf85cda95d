"""What contact is: of which grade somebody's word is, when it stops the clock, and what an attempt is instead.

A contact has a grade (`cases.model.Grade`), whoever tells of it: a colleague, or another program. One that policy lets count
makes the case contacted; below that the case is in somebody's hands, reminders rest for a while, and that person is asked how it went.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

from cases.acts.act import TOOK_IT, Act, ActionName, Change, Decision, Limits, NotAllowed, Unchanged
from cases.acts.hands import heard_from, held_by, unowned
from cases.acts.remedy import asked
from cases.acts.ways import several, ways_in
from cases.model import UNCONTACTED, Attempt, Case, Grade, Outcome, Severity, Status, Way
from cases.spoken.reaching import denies_contact, tells_of_contact

WAYS_NEEDED = 2  # a customer whom nobody answers on the phone may well read a letter
_MOST_KEPT = 100  # attempts; a program that dials by itself makes many
_JUST_NOW = timedelta(minutes=1)
_A_MOMENT = timedelta(minutes=15)
# "I will call you on Friday" is what was written to the customer; "will call her on Friday" is said of them.
_TO_CUSTOMER = re.compile(r"\b(?:i|we)(?:['\u2019]ll| will)\b[^.!?\n]*\byou\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A contact as somebody tells of it: `by` is a colleague's id, or, where it is no `colleague`, whom another program names."""

    grade: Grade
    at: datetime
    by: str
    way: Way | None = None
    reference: str | None = None
    colleague: bool = True


def as_said(act: Act) -> Act:
    """What somebody who says "contacted" means: an attempt, where their own words deny that anybody was reached."""
    written = act.way is not None and _TO_CUSTOMER.search(act.text or "") is not None
    if act.action != ActionName.CONTACTED or written or not denies_contact(act.text):
        return act
    ways = ways_in(act.text or "")
    return replace(
        act,
        action=ActionName.TRIED,
        way=act.way or next(iter(ways), None),
        ways=() if act.way else several(ways),
        denied=True,
    )


def contact(case: Case, act: Act, now: datetime) -> Decision:
    """A colleague says that the customer was contacted: with a way or an account it is told, without it was only clicked."""
    if act.at is not None and act.at > now + _JUST_NOW:
        return NotAllowed("not_yet_happened", {"at": act.at})
    grade = Grade.CLICKED if is_tick(act) else Grade.TOLD
    told = Contact(grade=grade, at=act.at or _when(case, act, now), by=act.actor, way=act.way)
    after = known(case, told, act.limits, now)
    after = asked(after, now) if act.asks else after
    if after == case and not _is_news(case, act):
        return Unchanged()
    if after.owner is None or after.asked_at:
        after = _by_colleague(after, act, now)
    first = case.contacted_at is None and after.contacted_at is not None
    return Change(after, {"grade": grade, "way": act.way, "text": act.text, "at": told.at if first or act.at else None})


def is_tick(act: Act) -> bool:
    """Whether all that is said is "contacted": by a click, or by words that say nothing of it either ("ok", "on it")."""
    return act.action == ActionName.CONTACTED and act.way is None and not tells_of_contact(act.text)


def _when(case: Case, act: Act, now: datetime) -> datetime:
    """Who clicked, and says a little later how it went, speaks of the contact they clicked for."""
    answers = case.evidence is Grade.CLICKED and case.evidence_by == act.actor and now <= (case.rests_until or now)
    return case.evidence_at if answers and case.evidence_at else now


def _is_news(case: Case, act: Act) -> bool:
    """Words are, and a colleague who says the same while nobody has told enough; saying the same way once more is none."""
    said_by_other = case.status in UNCONTACTED and act.actor != case.evidence_by
    return bool(act.text) or said_by_other or act.way not in (None, case.evidence_how, case.contacted_how)


def _by_colleague(case: Case, act: Act, now: datetime) -> Case:
    """Who says that they spoke with the customer, or tried to, has the case, if nobody had it."""
    return held_by(case, act.actor, now) if case.owner is None else heard_from(case, act, now)


def known(case: Case, told: Contact, limits: Limits, now: datetime) -> Case:
    """The case once this is known of a contact: what is better replaces what was weaker, and evidence never falls."""
    better = case.evidence is None or (told.grade is not case.evidence and told.grade.counts_as(case.evidence))
    if better:
        case = replace(
            case,
            evidence=told.grade,
            evidence_at=told.at,
            evidence_by=told.by,
            evidence_how=told.way or case.evidence_how,
            evidence_from=told.reference,
            rests_until=None,
        )
    elif told.way and told.grade is case.evidence and told.by == case.evidence_by:
        case = replace(case, evidence_how=told.way)
    if case.status is Status.CONTACTED:
        corrected = told.way if told.by == case.contacted_by or case.contacted_how is None else case.contacted_how
        return replace(case, contacted_how=corrected or case.contacted_how)
    if told.grade.counts_as(limits.counts):
        return replace(_contacted(case, told), look_back_at=now + limits.check_back)
    return replace(case, rests_until=now + limits.ask_within) if better else case


def _contacted(case: Case, told: Contact) -> Case:
    return replace(
        case,
        status=Status.CONTACTED,
        contacted_at=told.at,
        contacted_by=told.by if told.colleague else None,
        contacted_how=told.way,
        asked_at=None,
        rests_until=None,
        snoozed_until=None,
        snooze_reason=None,
        snoozes=0,
    )


class First(NamedTuple):
    """The first contact of a time in which a customer waited: since when they did and we knew, how grave it was, and what is known of it."""

    severity: Severity
    waiting_since: datetime
    heard_at: datetime
    contact_due_at: datetime
    contacted_at: datetime
    contacted_by: str | None
    evidence: Grade


def contact_before(before: Case, after: Case, action: str) -> First | None:
    """Of a case whose customer waits anew, the first contact of the time before; None where there was none, or is still the same time.

    A colleague who opens a case again that was contacted, and not closed, says that it was not so, unless the customer has answered.
    """
    grade = before.evidence or Grade.TOLD
    denied = action == ActionName.REOPEN and before.status is Status.CONTACTED and not grade.counts_as(Grade.ANSWERED)
    if before.contacted_at is None or after.contacted_at is not None or after.heard_at == before.heard_at or denied:
        return None
    if after.wrote_back and not before.wrote_back and not grade.counts_as(Grade.ANSWERED):
        grade = Grade.ANSWERED
    return First(
        before.severity,
        before.waiting_since,
        before.heard_at,
        before.contact_due_at,
        before.contacted_at,
        before.contacted_by,
        grade,
    )


def answered(case: Case, at: datetime, grade: Grade = Grade.ANSWERED) -> Case:
    """The customer wrote back after a contact, perhaps that it is right now: that is known from then on."""
    if case.status is not Status.CONTACTED:
        return case
    case = replace(case, wrote_back=True)
    if case.evidence and case.evidence.counts_as(grade):
        return case
    return replace(case, evidence=grade, evidence_at=at)


def uncontact(case: Case, act: Act, now: datetime) -> Decision:
    """It waits for first contact again, with the owner it had: none, where the emoji had made somebody the owner."""
    waits = _withdrawn(case)
    if (case.by_reaction or "").endswith(TOOK_IT):
        return Change(unowned(waits, since=case.unclaimed_since), {"owner": case.owner})
    return Change(waits)


def _withdrawn(case: Case) -> Case:
    """The case without what was known of a contact; who has it keeps it."""
    contacted = case.status is Status.CONTACTED
    status = (Status.CLAIMED if case.owner else Status.UNCLAIMED) if contacted else case.status
    first = dict.fromkeys(("contacted_at", "contacted_by", "contacted_how", "asked_at") if contacted else ())
    return replace(case, status=status, **first, **_NOTHING)  # type: ignore[arg-type]


_NOTHING = dict.fromkeys(
    ("evidence", "evidence_at", "evidence_by", "evidence_how", "evidence_from", "rests_until", "look_back_at"), None
)


def begun_anew(case: Case) -> Case:
    """The customer waits anew: what was known of a contact, and what was tried, belongs to the time before.

    That they have answered us stays known.
    """
    return replace(case, **_NOTHING, tries=(), ordered_at=None)  # type: ignore[arg-type]


def attempt(case: Case, act: Act, now: datetime) -> Decision:
    """Somebody tried, and did not reach the customer: it is kept, and the clocks run on.

    What only was clicked, by whoever says so now or to the owner of the case, is taken back by it.
    """
    at = act.at or now
    if at > now + _JUST_NOW:
        return NotAllowed("tried_not_yet", {"at": at})
    new = tuple(Attempt(at, act.actor, way) for way in act.ways or (act.way,))
    if not act.text and all(_stands_there(each, case.tries) for each in new):
        return Unchanged()
    before = case.tries[:-1] if _tells_how(act, case.tries, now) else case.tries
    tried = replace(case, tries=(*before, *new)[-_MOST_KEPT:])
    if case.evidence is Grade.CLICKED and act.actor in (case.evidence_by, case.owner):
        tried = _withdrawn(tried)
    facts = {"way": act.ways or act.way, "text": act.text, "at": act.at, "denied": act.denied or None}
    return Change(_by_colleague(tried, act, now), facts)


def tried(case: Case, told: Contact) -> Case:
    """The case once another program has told of an attempt."""
    return replace(case, tries=(*case.tries, Attempt(told.at, told.by, told.way))[-_MOST_KEPT:])


def _tells_how(act: Act, before: Sequence[Attempt], now: datetime) -> bool:
    """Whether the way is told of the attempt that was noted without one a moment ago."""
    last = before[-1] if before else None
    return bool(act.way and last and last.way is None and last.by == act.actor and now - last.at < _A_MOMENT)


def _stands_there(attempt: Attempt, before: Sequence[Attempt]) -> bool:
    return any((each.by, each.way) == (attempt.by, attempt.way) and attempt.at - each.at < _JUST_NOW for each in before)


def bounced(case: Case, told: Contact, now: datetime) -> Case:
    """The letter by which the customer was contacted never reached them: an attempt, and the clock to contact starts again."""
    by_letter = case.evidence in (Grade.CLICKED, Grade.TOLD, Grade.SEEN) and case.evidence_how in (None, told.way)
    failed = tried(case, told)
    if not by_letter:
        return failed
    after = _withdrawn(failed)
    return replace(after, heard_at=now) if case.status is Status.CONTACTED else after


def _apart(tries: Sequence[Attempt]) -> int:
    """How many attempts there were: what was tried again the same way within a moment is one."""
    counted: list[Attempt] = []
    for each in sorted(tries, key=lambda attempt: attempt.at):
        if not any(each.way is other.way and each.at - other.at < _A_MOMENT for other in counted):
            counted.append(each)
    return len(counted)


def too_few(case: Case, limits: Limits) -> NotAllowed | None:
    """Why a customer may not be given up as unreachable yet: how many attempts, or ways of trying, are missing.

    `way` is a known one that was not tried. Where none is left, another is found (a letter, a number from a colleague), or a
    colleague says why it ends all the same.
    """
    if case.status not in UNCONTACTED:
        return None
    ways, wanted = {each.way for each in case.tries if each.way}, min(WAYS_NEEDED, limits.tries)
    missing = max(limits.tries - _apart(case.tries), wanted - len(ways), 0)
    if not missing:
        return None
    untried = next((way for way in ways_known(case) if way not in ways), None) if len(ways) < wanted else None
    facts = {"count": missing, "tries": _apart(case.tries), "way": untried, "outcome": Outcome.UNREACHABLE}
    return NotAllowed("tried_too_little", facts)


def ways_known(case: Case) -> tuple[Way, ...]:
    """The ways by which a customer could be reached, as far as anybody has told us."""
    customers = [feedback.customer for feedback in case.feedback]
    there = {
        Way.PHONE: any(customer.phone for customer in customers),
        Way.EMAIL: any(customer.email for customer in customers),
        Way.PUBLIC_REPLY: bool(case.feedback and case.feedback[-1].public_url),
    }
    return tuple(way for way, known in there.items() if known)
