"""The outbox, one message at a time: owed once, leased, shown, and never forgotten."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from cases.acts.act import ActionName
from cases.messages import intents
from cases.messages.intents import Intent
from cases.messages.kinds import KINDS, Card, Kind, Letter
from cases.messages.notes import Acted
from cases.model import Status
from store import cases, floods, messages, nudges
from store import tables as t
from store.engine import Tx
from store.messages import Owed
from tests.store.rows import CARE, LEASE, MINUTE, NOW, SECOND, a_case, ago, later, opened, owe, post, take, take_one


def row(tx: Tx, number: int) -> dict[str, object]:
    return dict(tx.execute(select(t.messages).where(t.messages.c.id == number)).one()._mapping)


# Owing


def test_the_same_intent_is_owed_only_once(tx: Tx) -> None:
    first = owe(tx, "card:1")
    assert messages.owe(tx, Card(), intent=intents.card(1), channel="CELSE0001", now=NOW) is None
    assert messages.by_intent(tx, "card:1") == first
    assert take_one(tx).channel == CARE


def test_message_about_no_known_case_is_an_error(tx: Tx) -> None:
    with pytest.raises(IntegrityError):
        owe(tx, "card:99", case_number=99)


def test_card_that_is_held_back_waits_whatever_changes(tx: Tx) -> None:
    case = opened(tx)
    owe(tx, "card:1", case_number=case.number, not_before=later(minutes=1))
    messages.want_again(tx, intents.card(1), NOW)
    assert messages.held_back(tx, [case.number, 99], NOW) == {case.number}
    assert take(tx) == []
    assert take_one(tx, later(minutes=1)).case_number == case.number
    assert messages.held_back(tx, [case.number], later(minutes=1)) == set()


def test_card_that_is_released_is_shown_at_once(tx: Tx) -> None:
    case = opened(tx)
    number = owe(tx, "card:1", case_number=case.number, not_before=later(minutes=1))
    messages.release(tx, intents.card(1), NOW)
    assert row(tx, number)["owed_since"] == NOW
    assert take_one(tx).case_number == case.number


def test_what_was_tried_before_is_not_held_back(tx: Tx) -> None:
    case = opened(tx)
    owe(tx, "card:1", case_number=case.number)
    messages.put_off(tx, take_one(tx), later(minutes=1))
    assert messages.held_back(tx, [case.number], NOW) == set()
    messages.release(tx, intents.card(1), NOW)
    assert take(tx) == []


def test_what_a_newer_process_owes_is_left_to_it(tx: Tx) -> None:
    owe(tx)
    tx.execute(update(t.messages).values(kind="gossip"))
    assert not messages.any_due(tx, NOW)
    assert take(tx) == []


def test_leased_message_carries_all_that_was_owed(tx: Tx) -> None:
    case = opened(tx)
    number = owe(tx, "note:1", Acted(say=ActionName.REOPEN, text="again"), case_number=case.number, thread_ts="1.5")
    assert take_one(tx) == Owed(
        id=number,
        kind=Kind.NOTE,
        case_number=case.number,
        channel=CARE,
        parent_ts="1.5",
        only_for=None,
        facts={"say": "reopen", "broadcast": False, "text": "again"},
        revision=1,
        posted_in=None,
        ts=None,
        attempts=1,
        fence=1,
        unknown_since=None,
        begin_by=NOW + LEASE / 2,
        parent=None,
        again=False,
    )


def test_nothing_is_due_before_anything_is_owed(tx: Tx) -> None:
    assert not messages.any_due(tx, NOW)
    assert take(tx) == []
    assert not messages.want_again(tx, "card:1", NOW)


# Showing


def test_shown_message_is_owed_no_longer(tx: Tx) -> None:
    owe(tx)
    post(tx, take_one(tx))
    assert take(tx, later(hours=1)) == []
    assert messages.counts(tx) == {"owed": 0, "dead": 0}


def test_several_changes_in_a_row_become_one_edit(tx: Tx) -> None:
    owe(tx)
    ts = post(tx, take_one(tx))
    for second in range(3):
        assert messages.want_again(tx, "card:1", later(seconds=second))
    edit = take_one(tx, later(seconds=2))
    assert (edit.ts, edit.posted_in, edit.revision) == (ts, CARE, 4)
    post(tx, edit)
    assert take(tx, later(hours=1)) == []


def test_several_messages_are_wanted_anew_together(tx: Tx) -> None:
    owe(tx)
    owe(tx, "home:UANA", "home", "UANA")
    for owed in take(tx):
        messages.record_shown(tx, owed, CARE, f"{owed.id}.0")
    messages.want_of_case(tx, 1, ["card:1", "home:UANA", "home:UNOBODY"], NOW)
    assert sorted((owed.kind, owed.revision) for owed in take(tx)) == [("card", 2), ("home", 2)]


def test_case_wants_the_card_it_shares_too(tx: Tx) -> None:
    cases.open_together(tx, [a_case(number=9)])
    floods.gather(tx, {9: 9})
    owe(tx, "flood:9", "flood")
    (owed,) = take(tx)
    messages.record_shown(tx, owed, CARE, "9.0")
    messages.want_of_case(tx, 9, ["card:9"], NOW)
    assert [owed.kind for owed in take(tx)] == ["flood"]


def test_what_changes_often_is_shown_now_and_then(tx: Tx) -> None:
    owe(tx)
    post(tx, take_one(tx))
    for seconds in (1, 4):
        messages.want_soon(tx, "card:1", later(seconds=seconds), later(seconds=seconds + 5))
    assert take(tx, later(seconds=5)) == []
    assert take_one(tx, later(seconds=6)).revision == 3


def test_change_while_being_sent_is_shown_afterwards(tx: Tx) -> None:
    owe(tx)
    sending = take_one(tx)
    messages.want_again(tx, "card:1", later(seconds=1))
    assert take(tx, later(seconds=1)) == []
    post(tx, sending)
    assert take_one(tx, later(seconds=1)).revision == 2


def test_change_while_an_edit_is_sent_is_shown_too(tx: Tx) -> None:
    owe(tx)
    post(tx, take_one(tx))
    messages.want_again(tx, "card:1", NOW)
    edit = take_one(tx)
    messages.want_again(tx, "card:1", NOW)
    post(tx, edit)
    assert take_one(tx).revision == 3


def test_home_view_is_shown_without_a_place(tx: Tx) -> None:
    owe(tx, "home:UANA", "home", "UANA")
    assert messages.record_shown(tx, take_one(tx), None, None)
    assert take(tx) == []
    assert messages.want_again(tx, "home:UANA", NOW)
    assert take_one(tx).unknown_since is None


# Leases and fences


def test_leased_message_is_left_alone_until_the_lease_ends(tx: Tx) -> None:
    owe(tx)
    take_one(tx)
    assert take(tx, NOW + LEASE - SECOND) == []
    assert not messages.any_due(tx, NOW + LEASE - SECOND)
    again = take_one(tx, NOW + LEASE)
    assert (again.fence, again.attempts, again.unknown_since) == (2, 2, NOW)


def test_search_reaches_back_to_the_first_post(tx: Tx) -> None:
    owe(tx)
    for minutes in range(0, 6, 2):
        owed = take_one(tx, later(minutes=minutes))
    assert owed.unknown_since == NOW


def test_lost_lease_can_change_nothing_any_more(tx: Tx) -> None:
    number = owe(tx)
    late = take_one(tx)
    take_one(tx, NOW + LEASE)
    before = row(tx, number)
    assert not messages.record_shown(tx, late, CARE, "1.1")
    messages.adopt(tx, late, CARE, "1.1")
    messages.put_off(tx, late, later(hours=9))
    messages.put_off_unknown(tx, late, later(hours=9))
    messages.post_anew(tx, late, NOW)
    messages.redirect(tx, late, NOW)
    messages.bury(tx, late, "late")
    assert row(tx, number) == before


def test_shown_message_frees_its_lease_at_once(tx: Tx) -> None:
    number = owe(tx)
    post(tx, take_one(tx))
    after = row(tx, number)
    assert (after["lease_until"], after["posting_since"], after["attempts"]) == (None, None, 0)


# Trying again


def test_put_off_message_comes_back_as_not_posted(tx: Tx) -> None:
    owe(tx)
    messages.put_off(tx, take_one(tx), later(seconds=5))
    assert take(tx, later(seconds=4)) == []
    again = take_one(tx, later(seconds=5))
    assert (again.attempts, again.unknown_since) == (2, None)


def test_change_does_not_hurry_what_was_put_off(tx: Tx) -> None:
    owe(tx)
    messages.put_off(tx, take_one(tx), later(minutes=5))
    messages.want_again(tx, "card:1", later(seconds=1))
    assert take(tx, later(minutes=4)) == []
    assert take_one(tx, later(minutes=5)).revision == 2


def test_message_of_unknown_fate_is_looked_for_later(tx: Tx) -> None:
    owe(tx)
    messages.put_off_unknown(tx, take_one(tx), NOW + LEASE)
    assert take(tx, NOW + LEASE - SECOND) == []
    assert take_one(tx, NOW + LEASE).unknown_since == NOW


def test_adopted_message_that_is_current_is_done(tx: Tx) -> None:
    owe(tx)
    messages.put_off_unknown(tx, take_one(tx), later(minutes=1))
    messages.adopt(tx, take_one(tx, later(minutes=1)), CARE, "7.7")
    assert take(tx, later(hours=1)) == []
    assert messages.standing_at(tx, CARE, "7.7") is not None


def test_adopted_message_that_is_outdated_is_edited(tx: Tx) -> None:
    owe(tx)
    messages.put_off_unknown(tx, take_one(tx), later(minutes=1))
    messages.want_again(tx, "card:1", later(seconds=1))
    messages.adopt(tx, take_one(tx, later(minutes=1)), CARE, "7.7")
    edit = take_one(tx, later(minutes=1))
    assert (edit.ts, edit.revision) == ("7.7", 2)


def test_deleted_message_is_posted_anew_elsewhere(tx: Tx) -> None:
    owe(tx)
    post(tx, take_one(tx), "1.1")
    messages.want_again(tx, "card:1", NOW)
    messages.post_anew(tx, take_one(tx), NOW)
    again = take_one(tx)
    assert (again.ts, again.posted_in, again.unknown_since) == (None, None, None)
    post(tx, again, "2.2")
    assert messages.standing_at(tx, CARE, "1.1") is None
    assert take(tx) == []


def test_private_answer_turns_into_a_direct_message(tx: Tx) -> None:
    owe(tx, "answer:1", "answer", only_for="UANA", thread_ts="1.1")
    messages.redirect(tx, take_one(tx), NOW)
    direct = take_one(tx)
    assert (direct.channel, direct.only_for, direct.parent_ts, direct.unknown_since) == ("UANA", None, None, None)


# Given up


def test_buried_message_is_tried_no_more_by_itself(tx: Tx) -> None:
    owe(tx)
    messages.bury(tx, take_one(tx), "restricted_action")
    assert take(tx, later(days=9)) == []
    assert messages.counts(tx) == {"owed": 0, "dead": 1}


def test_buried_message_that_is_wanted_again_is_tried_again(tx: Tx) -> None:
    number = owe(tx)
    messages.bury(tx, take_one(tx), "restricted_action")
    assert messages.want_again(tx, "card:1", later(days=9))
    assert take_one(tx, later(days=9)).id == number
    assert messages.counts(tx) == {"owed": 1, "dead": 0}


@pytest.mark.parametrize("why", ["moot", "forgotten"])
def test_message_nobody_needs_is_not_woken(tx: Tx, why: str) -> None:
    owe(tx)
    messages.bury(tx, take_one(tx), why)
    assert not messages.want_again(tx, "card:1", NOW)
    assert take(tx, later(days=9)) == []


def test_message_given_up_is_told_of_while_its_case_is_open(tx: Tx) -> None:
    case = opened(tx)
    for kind in ("card", "nudge", "note", "draft"):
        owe(tx, f"{kind}:1", kind, case_number=case.number)
        messages.bury(tx, take_one(tx), "invalid_blocks")
    given_up = [(kind, case.number, "invalid_blocks") for kind in ("card", "note", "draft", "nudge")]
    assert messages.given_up(tx, later(days=9)) == given_up
    closed = replace(case, status=Status.CLOSED, revision=1)
    assert cases.save(tx, closed, before=case)
    assert messages.given_up(tx, later(days=9)) == []


def test_message_about_no_case_is_told_of_for_a_day(tx: Tx) -> None:
    owe(tx, "digest:1", "digest")
    messages.bury(tx, take_one(tx), "invalid_blocks")
    assert messages.given_up(tx, later(hours=23)) == [("digest", None, "invalid_blocks")]
    assert messages.given_up(tx, later(hours=25)) == []


@pytest.mark.parametrize("why", ["moot", "forgotten", "fate unknown"])
def test_message_that_slack_never_refused_is_not_told_of(tx: Tx, why: str) -> None:
    owe(tx, case_number=opened(tx).number)
    messages.bury(tx, take_one(tx), why)
    assert messages.given_up(tx, NOW) == []


def test_message_nobody_needs_does_not_count_as_lost(tx: Tx) -> None:
    owe(tx)
    messages.bury(tx, take_one(tx), "moot")
    assert messages.counts(tx) == {"owed": 0, "dead": 0}


def test_reason_of_any_length_can_be_kept(tx: Tx) -> None:
    number = owe(tx)
    messages.bury(tx, take_one(tx), "x" * 1000)
    assert row(tx, number)["dead"] == "x" * 200


# Lost and found


def test_message_found_by_a_click_is_ours_again(tx: Tx) -> None:
    number = owe(tx)
    messages.bury(tx, take_one(tx), "invalid_blocks")
    lost = messages.lost_sight_of(tx, "card:1")
    assert lost is not None
    assert messages.found_at(tx, lost.id, CARE, "3.3", NOW)
    edit = take_one(tx)
    assert (edit.id, edit.ts) == (number, "3.3")


def test_message_whose_place_is_known_is_not_moved(tx: Tx) -> None:
    number = owe(tx)
    post(tx, take_one(tx), "1.1")
    assert messages.lost_sight_of(tx, "card:1") is None
    assert not messages.found_at(tx, number, CARE, "9.9", NOW)
    assert messages.standing_at(tx, CARE, "9.9") is None


def test_click_before_the_answer_does_no_harm(tx: Tx) -> None:
    """Slack shows a message, somebody clicks, and only then does Slack's answer to the post arrive."""
    number = owe(tx)
    sending = take_one(tx)
    assert messages.found_at(tx, number, CARE, "3.3", NOW)
    assert not messages.record_shown(tx, sending, CARE, "3.3")  # that is known by now
    assert [owed.ts for owed in take(tx, later(hours=1))] == ["3.3"]


def test_message_found_elsewhere_makes_a_later_post_a_copy(tx: Tx) -> None:
    """Two processes post it, as one of them hung in between: whichever is known first stays."""
    number = owe(tx)
    hung = take_one(tx)
    second = take_one(tx, later(minutes=2))
    assert not messages.record_shown(tx, hung, CARE, "1.1")
    assert messages.found_at(tx, number, CARE, "1.1", NOW)
    assert not messages.record_shown(tx, second, CARE, "2.2")
    assert messages.standing_at(tx, CARE, "2.2") is None


def test_late_edit_makes_the_message_be_shown_anew(tx: Tx) -> None:
    number = owe(tx)
    post(tx, take_one(tx))
    messages.show_anew(tx, number, NOW)
    assert [owed.ts for owed in take(tx)] == ["1.000001"]


@pytest.mark.parametrize("fields", [{"carried": "home", "channel": "UANA"}, {"carried": "answer", "only_for": "UANA"}])
def test_views_and_whispers_cannot_be_found_anywhere(tx: Tx, fields: dict[str, str]) -> None:
    assert not messages.found_at(tx, owe(tx, **fields), CARE, "1.1", NOW)  # type: ignore[arg-type]


def test_where_a_message_stands_tells_which_it_is(tx: Tx) -> None:
    case = opened(tx)
    number = owe(tx, case_number=case.number)
    ts = post(tx, take_one(tx))
    standing = messages.standing_at(tx, CARE, ts)
    assert standing is not None
    assert (standing.id, standing.kind, standing.case_number) == (number, "card", case.number)
    assert messages.standing_at(tx, "CELSE0001", ts) is None
    assert messages.places(tx, [case.number, 99]) == {case.number: (CARE, ts)}


def test_post_under_way_is_known_until_it_stands(tx: Tx) -> None:
    owe(tx)
    assert not messages.any_unknown(tx)
    owed = take_one(tx)
    assert messages.any_unknown(tx)
    post(tx, owed)
    assert not messages.any_unknown(tx)


# Nudges that are over


def nudged(tx: Tx, number: int, message: int, seq: int = 1) -> None:
    nudges.record(tx, nudges.Given(number, seq, 0, 1, "thread", NOW, NOW), message)


def test_standing_nudge_is_shown_anew_at_every_change(tx: Tx) -> None:
    case = opened(tx)
    nudged(tx, case.number, owe(tx, "nudge:1", "nudge"))
    post(tx, take_one(tx))
    for _ in range(2):
        messages.outdate_nudges(tx, case.number, NOW)
        post(tx, take_one(tx))
    assert take(tx) == []


def test_nudge_that_says_it_is_over_stays_so(tx: Tx) -> None:
    case = opened(tx)
    nudged(tx, case.number, owe(tx, "nudge:1", "nudge"))
    ts = post(tx, take_one(tx))
    messages.outdate_nudges(tx, case.number, NOW)
    assert messages.record_shown(tx, take_one(tx), CARE, ts, settled=True)
    messages.outdate_nudges(tx, case.number, NOW)
    assert take(tx) == []


def test_nudge_being_posted_is_outdated_by_a_change(tx: Tx) -> None:
    """It was written before the change and lands after it: left alone, it would ask for ever for what has been done."""
    case = opened(tx)
    nudged(tx, case.number, owe(tx, "nudge:1", "nudge"))
    sending = take_one(tx)
    messages.outdate_nudges(tx, case.number, NOW)
    post(tx, sending)
    assert take_one(tx).ts is not None


def test_nudges_about_other_cases_stay_as_they_are(tx: Tx) -> None:
    case, other = opened(tx), opened(tx)
    nudged(tx, other.number, owe(tx, "nudge:2", "nudge"))
    post(tx, take_one(tx))
    messages.outdate_nudges(tx, case.number, NOW)
    assert take(tx) == []


# What the auditor asks


def test_message_tried_in_vain_is_owed_since_the_beginning(tx: Tx) -> None:
    """A retry time always lies ahead, so it cannot be what tells that Slack has been away all day."""
    owe(tx)
    for minutes in range(0, 60, 5):
        messages.put_off(tx, take_one(tx, later(minutes=minutes)), later(minutes=minutes + 5))
    assert messages.oldest_owed(tx, later(hours=1)) == NOW
    assert messages.oldest_owed(tx, ago(seconds=1)) is None


def test_edit_is_owed_since_the_first_change(tx: Tx) -> None:
    owe(tx)
    post(tx, take_one(tx))
    assert messages.oldest_owed(tx, later(hours=9)) is None
    for hours in (1, 2):
        messages.want_again(tx, "card:1", later(hours=hours))
    assert messages.oldest_owed(tx, later(hours=9)) == later(hours=1)


def test_every_kind_is_ranked_by_who_waits_for_it(tx: Tx) -> None:
    for kind in sorted(Kind):
        owe(tx, kind, kind, channel=f"C{kind.upper()}", only_for="UANA" if KINDS[kind].priority == 0 else None)
    ranks = [KINDS[owed.kind].priority for owed in take(tx)]
    assert ranks == sorted(ranks)
    assert len(ranks) == len(Kind)


def test_urgent_message_goes_before_others_of_its_kind_alone(tx: Tx) -> None:
    owe(tx, "card:1", channel="CWAITS")
    owe(tx, "note:1", Kind.NOTE, channel="CNOTES", urgent=True)
    owe(tx, "card:2", channel="CURGENT", urgent=True)
    owe(tx, "flood:1", Kind.FLOOD, channel="CFLOOD")
    assert [owed.channel for owed in take(tx)] == ["CFLOOD", "CURGENT", "CWAITS", "CNOTES"]


def test_attempts_begin_anew_after_each_success(tx: Tx) -> None:
    owe(tx)
    messages.put_off(tx, take_one(tx), later(seconds=1))
    post(tx, take_one(tx, later(seconds=1)))
    messages.want_again(tx, "card:1", later(seconds=2))
    assert take_one(tx, later(seconds=2)).attempts == 1


def test_clock_that_jumps_back_keeps_leases_whole(tx: Tx) -> None:
    owe(tx)
    take_one(tx)
    assert take(tx, NOW - timedelta(hours=1)) == []
    tx.execute(update(t.messages).values(next_attempt_at=NOW - MINUTE))
    assert take(tx, NOW - SECOND) == []


def test_message_becomes_another_where_it_stands(tx: Tx) -> None:
    owe(tx, "draft:1", "draft")
    post(tx, take_one(tx))
    messages.become(tx, Intent("draft:1"), Letter(3), Intent("letter:1:3"), NOW)
    shown = take_one(tx)
    assert (shown.kind, shown.facts, shown.ts is not None) == (Kind.LETTER, {"version": 3}, True)
    owe(tx, "draft:1", "draft")  # the next one has a message of its own
