"""The policy in plain words: for one case of each severity what is due when and who would be told, then the house rules."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from itertools import islice

from cases.model import Case, Feedback, Severity, Status
from cases.nudges.ladder import planned, round_at
from cases.nudges.lease import asked_at
from cases.nudges.rota import on_rota
from cases.occasions import When
from cases.policy.hours import WEEKDAYS
from cases.policy.own_pages import filled, names_address
from cases.policy.page import Policy
from cases.policy.working_time import DAY, Calendar, calendar_of
from cases.spoken.durations import say_duration

SHOWN = 8  # of the instants in a case's life
_ASKED = "the owner is asked whether they are still on it"
_SOMEBODY = "somebody"  # who claims the example; no id of Slack's
_FULL_NAMES = dict(
    zip(WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True)
)


def in_words(policy: Policy, now: datetime) -> Iterator[str]:
    """Lines about cases that arrive when the next working day begins, then about people and digests. Raises NeverOpen."""
    calendar = calendar_of(policy)
    start = calendar.next_open(calendar.start_of_day(calendar.local_date(now) + DAY))
    for severity in Severity:
        yield from _example(severity, policy, start)
    yield from _house_rules(policy, now, calendar)


# One case of each severity


def _example(severity: Severity, policy: Policy, start: datetime) -> Iterator[str]:
    unclaimed, claimed = _arriving(severity, policy, start), _claimed(severity, policy, start)
    yield f"a {severity} case that arrives on {start.astimezone(policy.zone):%A at %H:%M} ({policy.timezone})"
    yield f"    {_clocks(claimed, policy)}"
    yield f"    while nobody claims it: {_life(unclaimed, policy)}"
    yield f"    claimed at once, nobody contacted: {_life(claimed, policy)}"
    for source, own in sorted(policy.clocks.source.items()):
        if severity in own:
            yield f"    from {source}: {_clocks(_claimed(severity, policy, start, source), policy)}"


def _arriving(severity: Severity, policy: Policy, at: datetime, source: str = "") -> Case:
    case = Case(
        number=0,
        severity=severity,
        feedback=(Feedback(external_id="example", source=source),),
        opened_at=at,
        unclaimed_since=at,
        waiting_since=at,
        heard_at=at,
        claim_due_at=at,
        contact_due_at=at,
    )
    return planned(case, policy)


def _claimed(severity: Severity, policy: Policy, at: datetime, source: str = "") -> Case:
    unclaimed = _arriving(severity, policy, at, source)
    return planned(replace(unclaimed, status=Status.CLAIMED, owner=_SOMEBODY, claimed_at=at, held_since=at), policy)


def _clocks(claimed: Case, policy: Policy) -> str:
    asked = asked_at(claimed, policy)
    by = [_clock(at, claimed, policy) for at in (claimed.claim_due_at, claimed.contact_due_at)]
    still = f", a silent owner asked at {_clock(asked, claimed, policy)}" if asked else ""
    return f"owner by {by[0]}, contact by {by[1]}{still}"


def _life(case: Case, policy: Policy) -> str:
    """What happens when to a case for which nobody does anything, until its owner loses it."""
    events = list(islice(_events(case, policy), SHOWN + 1))
    shown = [f"{_clock(at, case, policy)} {what}" for at, what in events[:SHOWN]]
    more = "; …" if len(events) > SHOWN else ""
    return "; ".join(shown) + more if shown else "nobody is told"


def _events(case: Case, policy: Policy) -> Iterator[tuple[datetime, str]]:
    while case.next_nudge_at is not None:
        at = case.next_nudge_at
        looked = round_at(case, policy, at)
        if looked.lost_by:
            yield at, "free for the team again, and the ladder starts anew"
            return
        told = [_whom(nudge.tell, policy) for nudge in looked.said if nudge.when is not When.HELD]
        told += [_ASKED for nudge in looked.said if nudge.when is When.HELD]
        if any(nudge.when is When.WAITING for nudge in looked.said):
            yield at, f"{told[0]}, and so each working day"
            return
        if told:
            yield at, " and ".join(dict.fromkeys(told))
        case = looked.case


def _whom(tell: str, policy: Policy) -> str:
    """A role with its name; where policy names nobody for it, the thread is told instead."""
    named = {"lead": policy.lead, "manager": policy.manager or policy.lead}
    if tell not in named:
        return tell
    return f"{tell} {named[tell]}" if named[tell] else "thread"


def _clock(at: datetime, case: Case, policy: Policy) -> str:
    """The time of day, with its weekday where that is not the one on which the case arrived."""
    local, first = at.astimezone(policy.zone), case.opened_at.astimezone(policy.zone)
    return f"{local:%H:%M}" if local.date() == first.date() else f"{local:%a %H:%M}"


# What holds for all of them


def _house_rules(policy: Policy, now: datetime, calendar: Calendar) -> Iterator[str]:
    if policy.hours.critical_any_time:
        yield "critical cases keep no hours: their clocks run and their reminders come at night and on holidays too"
    yield f"reminders: {_reminders(policy)}"
    if policy.somebody_leads:
        yield f"the lead's rounds, for what is not critical: {_rounds(policy)}"
    yield f"direct messages: {_directly(policy)}"
    yield f"snooze: {_snooze(policy)}"
    rota = on_rota(policy, now, lambda group: (f"the members of {group}",))
    if rota:
        day = calendar.next_open(now).astimezone(policy.zone)
        yield f"rota on {day:%A}: {', '.join(rota)}; suggested in turn, never assigned"
    yield f"digest: {_digest(policy)}"
    yield f"lessons: {_lessons(policy)}"
    yield f"many at once: {_many(policy)}"
    yield from _own_pages(policy)
    yield from (f"#{channel}: {_of_channel(policy, channel)}" for channel in policy.named_channels)


def _of_channel(policy: Policy, channel: str) -> str:
    sources = [name for name, source in policy.sources.items() if source.channel == channel]
    stands = f"cases from {', '.join(sources)}" if sources else "cases opened there by hand"
    lead = policy.in_channel(channel).lead
    return f"{stands}; {f'led by {lead}' if lead else 'nobody leads there'}"


def _own_pages(policy: Policy) -> Iterator[str]:
    """Where the links lead, with what a customer could be: whether the page opens is for a person to try."""
    example = {"order_ref": "8812", "customer_id": "c-77", "email": "hannah@example.org"}
    own = {"order 8812": policy.customers.order_url, "customer c-77": policy.customers.customer_url}
    for what, template in own.items():
        if address := filled(template, example):
            whom = ", for whoever may know how to reach them" if names_address(template) else ""
            yield f"{what} is a link to {address}{whom}"


def _many(policy: Policy) -> str:
    cards, within = policy.flood.cards, say_duration(policy.flood.within)
    if not cards:
        return "every case has a card of its own, however many come"
    return (
        f"more than {cards} new cases of a channel within {within} share one card; a critical case always has its own"
    )


def _reminders(policy: Policy) -> str:
    limits = policy.reminders
    together = f", those due within {say_duration(limits.together)} in one message" if limits.together else ""
    return f"at most {limits.per_case} a day for a case and {limits.per_person} for a person{together}"


def _rounds(policy: Policy) -> str:
    times = () if policy.hours.always else policy.reminders.lead_rounds
    return ", ".join(f"{each:%H:%M}" for each in times) or "none; what is for them comes at once"


def _directly(policy: Policy) -> str:
    rules = [
        f"{policy.reminders.own_hours} on each person's own clock" if policy.reminders.own_hours else "at any hour",
        "never in the quiet hours they set in Slack" if policy.reminders.do_not_disturb else "",
    ]
    return "; ".join(rule for rule in rules if rule)


def _snooze(policy: Policy) -> str:
    if not policy.snooze.at_most:
        return "never"
    times = "once" if policy.snooze.at_most == 1 else f"{policy.snooze.at_most} times"
    return f"{times} before contact, for {say_duration(policy.snooze.longest)} at the longest"


def _lessons(policy: Policy) -> str:
    told = policy.lessons
    causes = f"closing offers {len(told.causes)} causes" if told.causes else "closing asks for no cause"
    if not told.ask:
        return f"{causes}; nobody is asked for more"
    after = (
        "at the next opening" if not told.ask_after else f"{say_duration(told.ask_after)} after the end, at an opening"
    )
    return f"{causes}; {after}, whoever had the case is asked once for the whole, where a customer was lost or a promise broken"


def _digest(policy: Policy) -> str:
    when = policy.digest
    if not when.enabled:
        return "none"
    days = "on working days" if when.skip_days_off else "every day"
    week = f", on {_FULL_NAMES[when.weekly]} with the week" if when.weekly else ""
    return f"{days} at {when.at:%H:%M}{week}{', with a chart' if when.chart else ''}"
