"""A play on paper: feedback arrives, people act as is assumed, and the clock says what it would have said."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases.acts.act import ActionName
from cases.arrivals.columns import Accepted, Refused
from cases.arrivals.feedback import Arriving
from cases.model import Customer, Feedback, Rating, Score, Severity
from cases.occasions import When
from cases.policy.page import Policy
from cases.policy.working_time import NeverOpen
from cases.replay.figures import Role, Share, figures_of
from cases.replay.people import SLOWEST, People, slowness
from cases.replay.play import CHANNEL, Play
from cases.replay.rows import in_order

M, H, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
MONDAY = datetime(2026, 1, 5, 9, tzinfo=UTC)  # 10:00 in Berlin
POLICY = Policy(lead="@lea", reminders={"lead_rounds": []})  # type: ignore[arg-type]
AT_ONCE = People(claims_after=timedelta(), contacts_after=timedelta())
NEVER = People(team=1, claims_after=30 * DAY, contacts_after=30 * DAY)


def said(at: datetime, name: str = "1", comment: str | None = "My order never arrived.", **more: Any) -> Arriving:
    feedback = Feedback(external_id=name, source="form", comment=comment, occurred_at=at, **more)
    return Arriving(feedback, heard_at=at)


def played(*arriving: Arriving, policy: Policy = POLICY, people: People = AT_ONCE) -> Play:
    play = Play(policy, people)
    for one in arriving:
        play.hears(one)
    play.until(None)
    return play


# People


def test_half_are_quicker_and_a_tenth_much_slower() -> None:
    times = [slowness(f"customer {number}") for number in range(10_000)]
    assert 0.48 < sum(each < 1 for each in times) / len(times) < 0.52
    assert 0.09 < sum(each > 3.32 for each in times) / len(times) < 0.11
    assert max(times) <= SLOWEST


def test_people_are_as_quick_under_any_policy() -> None:
    other = Policy(lead="@lea", nudges=())
    about = [said(MONDAY + n * H, str(n), customer=Customer(email=f"c{n}@example.org")) for n in range(5)]
    assert played(*about, people=People()).did[:6] == played(*about, people=People(), policy=other).did[:6]


def test_cases_are_taken_by_colleagues_in_turn() -> None:
    play = played(*(said(MONDAY + n * H, str(n)) for n in range(5)), people=replace(AT_ONCE, team=2))
    claims = [did.person for did in play.did if did.action is ActionName.CLAIM]
    assert claims == ["colleague 1", "colleague 2", "colleague 1", "colleague 2", "colleague 1"]


# Rows


def test_rows_are_heard_in_the_order_of_their_times() -> None:
    late, early, ahead = said(MONDAY + H, "late"), said(MONDAY, "early"), said(MONDAY + 9 * DAY, "ahead")
    undated = Arriving(Feedback(external_id="undated", source="form", comment="Cold."))
    rows = [Accepted(2, late), Refused(3, "is empty"), Accepted(4, undated), Accepted(5, ahead), Accepted(6, early)]
    found = in_order(rows, POLICY.zone, MONDAY + DAY)
    assert [(one.feedback.external_id, one.heard_at) for one in found.arriving] == [
        ("early", MONDAY),
        ("late", MONDAY + H),
        ("ahead", MONDAY + DAY),
    ]
    assert (found.rows, found.without_time, found.ahead, [row.line for row in found.refused]) == (5, 1, 1, [3])


def test_rows_that_name_only_a_day_are_counted() -> None:
    midnight = datetime(2026, 1, 4, 23, tzinfo=UTC)  # in Berlin
    assert in_order([Accepted(2, said(midnight)), Accepted(3, said(MONDAY))], POLICY.zone, MONDAY).by_day == 1


# What is said


def test_quick_team_is_asked_only_how_it_ended() -> None:
    play = played(said(MONDAY))
    assert [(told.when, told.address) for told in play.told] == [(When.LOOK_BACK, "colleague 1")]
    assert [did.action for did in play.did] == [ActionName.CLAIM, ActionName.CONTACTED, ActionName.CLOSE]


def test_happy_customers_open_nothing_and_remind_nobody() -> None:
    play = played(said(MONDAY, comment="Thank you, all is well!", rating=Rating(5, 5)))
    assert (dict(play.became), play.cases, play.told, play.did) == ({"recorded": 1}, {}, [], [])


def test_slow_team_hears_the_ladder_of_the_policy() -> None:
    play = Play(POLICY, NEVER)
    play.hears(said(MONDAY))
    play.until(MONDAY + H)
    assert [(told.at - MONDAY, told.when, told.address) for told in play.told] == [
        (15 * M, When.UNCLAIMED, "thread 1"),
        (45 * M, When.UNCLAIMED, "@lea"),
    ]


def test_reminders_due_together_are_one_message() -> None:
    play = Play(POLICY, replace(NEVER, claims_after=timedelta()))
    for number in range(3):
        play.hears(said(MONDAY + number * M, str(number)))
    play.until(MONDAY + 50 * M)
    assert {told.address for told in play.told} == {"colleague 1"}
    assert (len(play.told), len({told.in_message for told in play.told})) == (3, 1)


def test_who_has_heard_enough_today_is_spared() -> None:
    policy = POLICY.model_copy(update={"reminders": POLICY.reminders.model_copy(update={"per_person": 1})})
    play = Play(policy, replace(NEVER, claims_after=timedelta()))
    play.hears(said(MONDAY))
    play.until(MONDAY + H)
    assert [told.address for told in play.told] == ["colleague 1", "@lea"]


def test_too_many_at_once_share_one_card() -> None:
    policy = POLICY.model_copy(update={"flood": POLICY.flood.model_copy(update={"cards": 3})})
    play = Play(policy, NEVER)
    for number in range(7):
        play.hears(said(MONDAY + number * M, str(number)))
    play.hears(said(MONDAY + 8 * M, "grave", comment="I will sue you."))
    play.until(MONDAY + 30 * M)
    assert [case.flood for case in play.cases.values()] == [None, None, None, 4, 4, 4, 4, None]
    assert {told.address for told in play.told} == {"thread 1", "thread 2", "thread 3", "thread 8", "flood 4"}
    cards = [at - MONDAY for at in play.posts if at <= MONDAY + 8 * M]
    assert cards == [
        0 * M,
        1 * M,
        2 * M,
        3 * M,
        8 * M,
    ]  # three cards, a shared one, and one where very much is at stake


def test_words_that_follow_their_rating_are_no_second_complaint() -> None:
    policy = Policy.model_validate(POLICY.model_dump() | {"sources": {"form": {"hold": "5m"}}})
    rated = said(MONDAY, comment=None, rating=Rating(1, 5))
    for after, posts in ((2 * M, 1), (2 * DAY, 2)):
        later = said(MONDAY + after, rating=Rating(1, 5))
        play = played(rated, replace(later, feedback=replace(later.feedback, occurred_at=None)), policy=policy)
        assert (len(play.cases), len(play.posts)) == (1, posts)


def test_each_channel_hears_through_its_own_lead() -> None:
    written = {"sources": {"form": {"channel": "#berlin"}}, "channels": {"#berlin": {"lead": "@kim"}}}
    play = Play(Policy.model_validate(POLICY.model_dump() | written), NEVER)
    play.hears(said(MONDAY))
    play.until(MONDAY + H)
    assert play.told[-1].address == "@kim"


def test_customer_who_writes_again_after_the_end_opens_anew() -> None:
    ana = {"customer": Customer(email="ana@example.org")}
    play = played(said(MONDAY, "1", **ana), said(MONDAY + DAY, "2", **ana), said(MONDAY + 30 * DAY, "3", **ana))
    assert play.became == {"case": 2, "joined": 1}
    assert [len(case.feedback) for case in play.cases.values()] == [2, 1]
    assert play.cases[2].earlier == (1,)


@pytest.mark.long
def test_what_grows_graver_at_night_waits_for_the_morning() -> None:
    ana = {"customer": Customer(email="ana@example.org")}
    people = replace(NEVER, claims_after=timedelta())
    evening = datetime(2026, 1, 5, 16, tzinfo=UTC)  # 17:00 in Berlin
    play = played(
        said(evening, "1", **ana), said(evening + 3 * H, "2", comment="I will sue you.", **ana), people=people
    )
    times = [told.at for told in play.told]
    assert times == sorted(times)
    assert not any(evening + H < at < evening + 15 * H for at in times)


def test_play_ends_where_only_seen_contacts_count() -> None:
    policy = POLICY.model_copy(update={"contact": POLICY.contact.model_copy(update={"counts": "seen"})})
    assert [case.closed_at is not None for case in played(said(MONDAY), policy=policy).cases.values()] == [True]


def test_team_that_never_works_cannot_be_played() -> None:
    closed = Policy(hours={"mon": "09:00-18:00", "days_off": [date(2026, 1, 5) + n * 7 * DAY for n in range(520)]})  # type: ignore[arg-type]
    with pytest.raises(NeverOpen):
        played(said(MONDAY), policy=closed)


def test_learned_score_opens_what_the_stand_in_lets_pass() -> None:
    words = said(MONDAY, comment="Thank you, all is well!")
    learned = Play(POLICY, AT_ONCE)
    learned.hears(words, Score(0.95, danger=0.9), learned=True)
    assert (len(played(words).cases), [case.severity for case in learned.cases.values()]) == (0, [Severity.CRITICAL])


def test_learned_score_makes_graver_what_opened_at_once() -> None:
    play = Play(POLICY, AT_ONCE)
    play.hears(said(MONDAY, rating=Rating(1, 5)), Score(0.95, danger=0.9), learned=True)
    assert play.cases[1].severity is Severity.CRITICAL
    assert len(play.posts) == 2  # its card, and that it is graver


# Figures


def test_figures_say_who_was_told_of_what() -> None:
    friday = datetime(2026, 1, 9, 17, 30, tzinfo=UTC)
    play = played(said(MONDAY, "1"), said(friday, "2", comment="I will sue you."), people=replace(AT_ONCE, team=2))
    figures = figures_of(play, MONDAY)
    assert (figures.cases, figures.severities, figures.sources, figures.months) == (
        2,
        {Severity.NORMAL: 1, Severity.CRITICAL: 1},
        {"form": 2},
        {"2026-01": 2},
    )
    assert figures.reminders == {(When.LOOK_BACK, Role.OWNER): 2}
    assert figures.by_person == {"colleague 1": 1, "colleague 2": 1}
    assert figures.long_waits == 1  # from Friday evening to Monday
    assert figures.messages["colleague 1"].most == 1
    assert sum(figures.messages[CHANNEL].counts) == 2


def test_share_counts_quiet_days_and_names_the_most() -> None:
    share = Share((0, 0, 0, 0, 0, 0, 1, 2, 3, 9))
    assert (share.median, share.p95, share.most) == (0, 9, 9)
    assert (Share(()).median, Share(()).most) == (0, 0)


def test_each_reason_counts_once_for_a_case() -> None:
    figures = figures_of(played(said(MONDAY, rating=Rating(1, 5))), MONDAY)
    assert figures.reasons == Counter(dict.fromkeys(figures.reasons, 1))
    assert "rating_low" in figures.reasons
