"""What becomes of arriving feedback, as tables: what we had and whose cases there are, what arrives, what is decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from cases.arrivals.before import Before, Forgotten, merge
from cases.arrivals.customers import Known
from cases.arrivals.decision import (
    LETTERS,
    Became,
    Decision,
    Joins,
    Opens,
    Records,
    Repeats,
    Says,
    Updates,
    Word,
    asks_for,
    judged,
    what_becomes,
)
from cases.arrivals.feedback import Arriving, Fault
from cases.arrivals.hearing import hears, new_case, spoke_at
from cases.model import Assessment, Case, Customer, Feedback, Grade, Rating, Reason, Score, Severity, Status

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
COLD, RUDE, KIND = (
    "Cold soup and an hour late",
    "Your driver was rude and nobody answered the phone",
    "Lovely as always, thank you",
)
OPEN, OVER = Status.CLAIMED, Status.CLOSED


def said(comment: str | None = COLD, rating: Rating | None = None, **fields: Any) -> Feedback:
    words = {"external_id": "f-1", "source": "shop", "customer": Customer(email="ana@example.org")}
    return Feedback(**words | {"comment": comment, "rating": rating} | fields)


def decided(arriving: Feedback, before: Before | None = None, past: Any = (), **given: Any) -> Decision:
    """What becomes of it, if these are number and status of the cases of the same customer."""
    known = [Known(number, status, (said(),)) for number, status in past]
    return what_becomes(Arriving(arriving), before, known, **given)


def stars(value: float, comment: str | None = COLD) -> Feedback:
    return said(comment, Rating(value, 5))


# (what we had, the customer's cases, what arrives) → (the decision, its case, what the case hears, whether they wait anew)
TABLE = [
    # A stranger.
    ((None, [], said(COLD)), (Became.CASE, None, None, None)),
    ((None, [], said(KIND)), (Became.RECORDED, None, None, None)),
    # A customer who was here before: the newest open case counts, and closed ones open no more.
    ((None, [(7, OVER)], said(COLD)), (Became.CASE, None, None, None)),
    ((None, [(7, OVER)], said(KIND)), (Became.RECORDED, None, None, None)),
    ((None, [(7, OPEN)], said(COLD)), (Became.JOINED, 7, Says.JOINED, True)),
    ((None, [(7, OPEN)], said(KIND)), (Became.JOINED, 7, Says.KIND_WORD, False)),
    ((None, [(9, OVER), (8, OPEN), (7, OPEN)], said(COLD)), (Became.JOINED, 8, Says.JOINED, True)),
    # The same again.
    ((Before(said(COLD), 7), [(7, OPEN)], said(COLD)), (Became.KNOWN, 7, None, None)),
    ((Before(said(KIND), None), [], said(KIND)), (Became.KNOWN, None, None, None)),
    ((Before(stars(2), 7), [], said(None)), (Became.KNOWN, 7, None, None)),  # silence takes nothing back
    # More about a complaint: its own case hears it, open or closed, whichever others there are.
    ((Before(said(COLD), 7), [(8, OPEN), (7, OVER)], said(RUDE)), (Became.UPDATED, 7, Says.WROTE_AGAIN, True)),
    ((Before(said(COLD), 7), [(7, OPEN)], said(KIND)), (Became.UPDATED, 7, Says.KIND_WORD, False)),
    ((Before(stars(3), 7), [(7, OPEN)], stars(1)), (Became.UPDATED, 7, Says.RATING_CHANGED, True)),
    ((Before(stars(1), 7), [(7, OPEN)], stars(4)), (Became.UPDATED, 7, Says.RATING_CHANGED, False)),
    ((Before(said(COLD), 7), [(7, OPEN)], stars(1)), (Became.UPDATED, 7, Says.RATING_CHANGED, True)),
    ((Before(stars(2), 7), [], said(None, Rating(3, 10))), (Became.UPDATED, 7, Says.RATING_CHANGED, True)),  # 4 > 3
    ((Before(stars(2), 7), [], said(None, Rating(5, 10))), (Became.UPDATED, 7, Says.RATING_CHANGED, False)),
    ((Before(said(COLD), 7), [], said(COLD, order_ref="8812")), (Became.UPDATED, 7, Says.DETAILS_CHANGED, False)),
    # More about what was harmless.
    ((Before(said(KIND), None), [], said(KIND, order_ref="8812")), (Became.UPDATED, None, None, None)),
    ((Before(said(KIND), None), [(7, OPEN)], said(KIND, order_ref="8812")), (Became.UPDATED, None, None, None)),
    ((Before(said(KIND), None), [(7, OVER)], said(COLD)), (Became.CASE, None, None, None)),
    ((Before(said(KIND), None), [(7, OPEN)], said(COLD)), (Became.JOINED, 7, Says.JOINED, True)),
]  # fmt: skip


@pytest.mark.parametrize(("given", "becomes"), TABLE)
def test_each_arrival_becomes_what_the_table_says(given: Any, becomes: Any) -> None:
    before, past, arriving = given
    decision = decided(arriving, before, past)
    word = decision.word
    assert (decision.became, decision.case, word and word.says, word and word.waits_anew) == becomes


KINDS = [
    (Opens, None, []),
    (Joins, None, [(7, OPEN)]),
    (Updates, Before(said(RUDE), 7), []),
    (Repeats, Before(said(), 7), []),
]


@pytest.mark.parametrize(("kind", "before", "past"), KINDS)
def test_each_way_has_a_value_of_its_own(kind: type, before: Before | None, past: list[tuple[int, Status]]) -> None:
    assert type(decided(said(), before, past)) is kind


def test_new_case_links_all_that_are_over() -> None:
    decision = decided(said(), None, [(9, OVER), (4, OVER)])
    assert isinstance(decision, Opens)
    case = new_case(decision, 12, "CCARE0001", NOW)
    assert (case.number, case.channel, case.earlier, case.feedback) == (12, "CCARE0001", (9, 4), (said(),))
    assert (case.severity, case.waiting_since) == (decision.assessment.severity, NOW)


def test_complaint_beside_an_open_case_is_a_repeat() -> None:
    for before in (None, Before(said(KIND), None)):
        assert "repeat" in {reason.code for reason in decided(said(), before, [(7, OPEN)]).assessment.reasons}
        assert "repeat" not in {reason.code for reason in decided(said(), before, [(7, OVER)]).assessment.reasons}


@pytest.mark.parametrize(
    ("words", "score", "source", "word"),
    [
        ("That date is fine for me.", 0.6, LETTERS, Word(Says.WROTE_AGAIN, waits_anew=True)),
        ("That date is fine for me.", 0.1, LETTERS, Word(Says.WROTE_AGAIN, waits_anew=True)),
        ("That date is fine for me.", 0.95, LETTERS, Word(Says.JOINED, waits_anew=True)),
        ("That date is fine for me.", 0.6, "survey", Word(Says.JOINED, waits_anew=True)),
        ("Thank you very much!", 0.6, LETTERS, Word(Says.KIND_WORD, waits_anew=False)),
    ],
)
def test_doubt_makes_no_answer_a_second_complaint(words: str, score: float, source: str, word: Word) -> None:
    past = [Known(7, OPEN, (said(),))]
    decision = judged(Before(said(words, source=source), None, pending=True), Score(score), past)
    assert isinstance(decision, Joins)
    assert decision.word == word


def test_what_a_colleague_notes_down_is_a_complaint() -> None:
    assert type(decided(said(KIND))) is Records
    noted = decided(said(KIND), noted_down=True)
    assert isinstance(noted, Opens)
    assert noted.assessment.severity is Severity.NORMAL


def test_update_keeps_what_it_is_silent_about() -> None:
    before = said(COLD, Rating(2, 5), customer=Customer("Ana Ruiz", "ana@example.org"), contact_ok=False)
    after = said(None, customer=Customer(None, "ana@example.com", "+4930555010"), order_ref="8812")
    merged = Customer("Ana Ruiz", "ana@example.com", "+4930555010")
    assert merge(before, after) == replace(before, customer=merged, order_ref="8812")


# What the customer is known by

BOTH = Customer(email="ana@example.org", phone="+49 30 7654321")
KEYS = frozenset({"email:ana@example.org", "phone:+49307654321"})


@pytest.mark.parametrize("before", [None, Before(said(COLD), 7), Before(said(KIND), None)])
def test_new_number_is_a_key_of_the_feedback_it_came_with(before: Any) -> None:
    arriving = said(before.feedback.comment if before else COLD, customer=BOTH)
    assert decided(arriving, before).keys == KEYS


def test_thanks_vouch_for_a_number() -> None:
    """They opened no case, but tell that address and number are one customer's."""
    thanks = Known(None, None, (said(KIND, customer=BOTH),))
    by_phone = Arriving(said(RUDE, external_id="f-2", customer=Customer(phone="+49 30 7654321")))
    assert what_becomes(by_phone, None, [Known(7, OPEN, (said(),)), thanks]).case == 7
    assert isinstance(what_becomes(by_phone, None, [Known(7, OPEN, (said(),))]), Opens)


def test_who_may_be_the_same_is_told_and_not_joined() -> None:
    ben = said(external_id="f-2", customer=Customer("Ben Other", "ben@example.org", id="77"))
    decision = what_becomes(
        Arriving(said(customer=Customer("Ana", "ana@example.org", id="77"))), None, [Known(7, OPEN, (ben,))]
    )
    assert isinstance(decision, Opens)
    assert (decision.perhaps, decision.earlier) == ((7,), ())
    assert new_case(decision, 12, "CCARE0001", NOW).perhaps == (7,)


def test_cases_are_looked_up_by_old_keys_and_new() -> None:
    phone = Arriving(said(customer=Customer(phone="+49 30 7654321")))
    assert asks_for(phone, Before(said(), None)) == KEYS
    assert asks_for(phone, None) == frozenset({"phone:+49307654321"})
    assert asks_for(Arriving(said()), Before(said(), 7)) == frozenset()  # it says nothing new


# Of two deliveries the one that happened later wins

TEN = datetime(2026, 1, 5, 10, tzinfo=UTC)
ELEVEN = TEN + timedelta(hours=1)
FIXED = replace(said("All sorted now, thank you", Rating(5, 5)), order_ref=None)


def had(feedback: Feedback = FIXED, said_at: datetime | None = ELEVEN, *events: str) -> Before:
    return Before(feedback, 7, said_at, events)


LATE = [
    (Arriving(stars(1), said_at=TEN), had(), Became.KNOWN, "the older one comes once more"),
    (Arriving(stars(1), said_at=ELEVEN), had(), Became.UPDATED, "at the same instant the later arrival wins"),
    (Arriving(stars(1), said_at=ELEVEN), had(FIXED, TEN), Became.UPDATED, "the newer one"),
    (Arriving(stars(1)), had(), Became.UPDATED, "nobody tells when"),
    (Arriving(replace(stars(1), occurred_at=TEN)), had(), Became.UPDATED, "a time we did not have fills a gap"),
    (
        Arriving(replace(stars(1), occurred_at=TEN)),
        had(replace(FIXED, occurred_at=TEN)),
        Became.KNOWN,
        "told by itself",
    ),
    (Arriving(stars(1), said_at=ELEVEN, event="m-1"), had(FIXED, ELEVEN, "m-1", "m-2"), Became.KNOWN, "a retry"),
    (
        Arriving(stars(1), said_at=ELEVEN, event="m-3"),
        had(FIXED, ELEVEN, "m-1", "m-2"),
        Became.UPDATED,
        "another event",
    ),
]


@pytest.mark.parametrize(("arriving", "before", "becomes", "why"), LATE, ids=[why for *_, why in LATE])
def test_what_happened_later_wins(arriving: Arriving, before: Before, becomes: Became, why: str) -> None:
    assert what_becomes(arriving, before).became is becomes


def test_late_older_word_fills_gaps_and_replaces_nothing() -> None:
    late = Arriving(replace(stars(1), order_ref="8812"), said_at=TEN, event="m-1")
    decision = what_becomes(late, had(FIXED, ELEVEN, "m-2"))
    assert decision.feedback == replace(FIXED, order_ref="8812")
    assert isinstance(decision, Updates)
    assert (decision.said_at, decision.events) == (ELEVEN, ("m-2", "m-1"))


def test_what_could_not_be_read_goes_along() -> None:
    fault = Fault("occurred_at", "must be a date")
    decision = what_becomes(Arriving(said(), ignored=(fault,)))
    assert isinstance(decision, Opens)
    assert decision.ignored == (fault,)


FORGOTTEN = [
    (Arriving(said(), said_at=TEN), False, Became.KNOWN, "said before"),
    (Arriving(said(), said_at=ELEVEN + timedelta(seconds=1)), True, Became.CASE, "said since"),
    (Arriving(said()), True, Became.KNOWN, "the same words, nobody tells when"),
    (Arriving(said()), False, Became.CASE, "other words, nobody tells when"),
]


@pytest.mark.parametrize(("arriving", "words", "becomes", "why"), FORGOTTEN, ids=[why for *_, why in FORGOTTEN])
def test_retry_does_not_bring_back_who_was_forgotten(
    arriving: Arriving, words: bool, becomes: Became, why: str
) -> None:
    assert what_becomes(arriving, Forgotten(7, ELEVEN, words)).became is becomes


# What a case makes of a word


def case(**fields: Any) -> Case:
    then = NOW - timedelta(days=1)
    clocks = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at"), then
    )
    return Case(**{"number": 7, "reasons": (Reason("late"),), **clocks, **fields})


GRAVE = Assessment(negative=True, severity=Severity.HIGH, reasons=(Reason("late", "an hour"), Reason("rude")))
MILD = replace(GRAVE, severity=Severity.NORMAL)
ANEW, NOTICED = Word(Says.WROTE_AGAIN, waits_anew=True), Word(Says.KIND_WORD, waits_anew=False)
JOINED = Word(Says.JOINED, waits_anew=True)
SEVERITIES = [
    (Severity.NORMAL, JOINED, MILD, Severity.HIGH),  # complaining twice is graver than once
    (Severity.NORMAL, ANEW, MILD, Severity.NORMAL),
    (Severity.NORMAL, ANEW, GRAVE, Severity.HIGH),
    (Severity.CRITICAL, ANEW, MILD, Severity.CRITICAL),
    (Severity.NORMAL, JOINED, replace(GRAVE, severity=Severity.CRITICAL), Severity.CRITICAL),
    (Severity.NORMAL, NOTICED, GRAVE, Severity.NORMAL),
]


@pytest.mark.parametrize(("was", "word", "assessment", "becomes"), SEVERITIES)
def test_word_raises_severity_and_never_lowers_it(
    was: Severity, word: Word, assessment: Assessment, becomes: Severity
) -> None:
    assert hears(case(severity=was), word, assessment, NOW).severity is becomes


@pytest.mark.parametrize("status", Status)
def test_customer_who_was_reached_waits_anew(status: Status) -> None:
    after = hears(case(status=status), ANEW, GRAVE, NOW)
    was_reached = status in (Status.CONTACTED, Status.CLOSED)
    assert after.status is (Status.UNCLAIMED if was_reached else status)
    assert (after.waiting_since == NOW) is was_reached


@pytest.mark.parametrize(("spoke", "proof"), [(NOW, Grade.ANSWERED), (NOW - timedelta(hours=2), None)])
def test_who_answered_once_has_been_reached_for_good(spoke: datetime, proof: Grade | None) -> None:
    written_to = case(status=Status.CONTACTED, contacted_at=NOW - timedelta(hours=1), evidence=Grade.SEEN)
    after = hears(written_to, ANEW, GRAVE, NOW, spoke)
    assert (after.status, after.evidence, after.proof) == (Status.UNCLAIMED, None, proof)
    again = hears(after, ANEW, GRAVE, NOW, NOW)
    assert again.proof is proof


@pytest.mark.parametrize("word", [ANEW, JOINED, NOTICED, Word(Says.KIND_WORD, waits_anew=False, confirms=True)])
def test_word_of_a_doubted_sender_is_heard_and_proves_nothing(word: Word) -> None:
    written_to = case(status=Status.CONTACTED, contacted_at=NOW - timedelta(hours=1), evidence=Grade.SEEN)
    after = hears(written_to, word, GRAVE, NOW, NOW, doubted=True)
    assert (after.wrote_back, after.proof) == (False, None if word.waits_anew else Grade.SEEN)
    assert after != written_to


def test_complaint_ends_the_snooze_and_adds_reasons() -> None:
    snoozed = case(snoozed_until=NOW + timedelta(hours=1), snooze_reason="they sleep", unsure=True)
    after = hears(snoozed, ANEW, GRAVE, NOW)
    assert (after.snoozed_until, after.snooze_reason, after.unsure) == (None, None, False)
    assert after.reasons == (Reason("late"), Reason("rude"))


@pytest.mark.parametrize("word", [ANEW, NOTICED])
def test_wish_to_be_left_alone_counts_from_any_word(word: Word) -> None:
    assert hears(case(), word, replace(GRAVE, asks_no_contact=True), NOW).asks_no_contact
    assert hears(case(asks_no_contact=True), word, GRAVE, NOW).asks_no_contact


def test_noticed_word_is_an_answer_and_asks_how_it_ended() -> None:
    snoozed = case(status=Status.CONTACTED, snoozed_until=NOW, asked_at=NOW - timedelta(days=1))
    answered = replace(
        snoozed, evidence=Grade.ANSWERED, evidence_at=NOW, wrote_back=True, look_back_at=NOW, asked_at=None
    )
    assert hears(snoozed, NOTICED, GRAVE, NOW) == answered
    assert hears(answered, NOTICED, GRAVE, NOW) == answered
    waiting = case(snoozed_until=NOW)
    assert hears(waiting, NOTICED, GRAVE, NOW) == waiting


TEN, NOON, HEARD = (NOW - timedelta(hours=ago) for ago in (6, 4, 1))


@pytest.mark.parametrize(
    ("known", "now_said", "fields", "since"),
    [
        (NOON, TEN, {}, TEN),
        (TEN, NOON, {}, NOON),
        (TEN, NOON, {"other": NOON - timedelta(hours=1)}, NOON - timedelta(hours=1)),  # the other word is older then
        (NOON, TEN, {"waiting_since": TEN - timedelta(hours=1)}, TEN - timedelta(hours=1)),  # they wait since another
        (None, TEN, {"waiting_since": HEARD}, TEN),
        (None, TEN, {"waiting_since": HEARD, "opened_at": TEN}, HEARD),  # reopened since: that is what they wait from
        (TEN, NOON, {"status": Status.CONTACTED, "contacted_at": TEN}, TEN),  # later than contact it cannot be
        (NOON, NOW + timedelta(hours=1), {}, NOON),  # nor in the future
    ],
)
def test_corrected_time_moves_the_wait_that_hangs_on_it(
    known: datetime | None, now_said: datetime, fields: dict[str, Any], since: datetime
) -> None:
    other = [said(external_id="f-2", occurred_at=at) for at in (fields.pop("other", None),) if at]
    before = said(occurred_at=known)
    began = {"opened_at": HEARD, "heard_at": HEARD, "waiting_since": known or HEARD}
    waiting = case(**{**began, "feedback": (before, *other), **fields})
    update = decided(said(occurred_at=now_said), Before(before, 7))
    assert isinstance(update, Updates)
    assert update.word is not None
    after = hears(waiting, update.word, update.assessment, NOW, spoke_at(update.feedback, update.said_at, NOW))
    assert after == replace(waiting, waiting_since=since)


def test_later_delivery_alone_says_nothing_of_a_wait() -> None:
    before = Before(said(), 7, said_at=TEN)
    update = what_becomes(Arriving(said(order_ref="A-1"), said_at=NOON), before, [])
    assert isinstance(update, Updates)
    assert update.word is not None
    waiting = case(opened_at=NOW, heard_at=NOW, waiting_since=TEN, feedback=(said(),))
    assert hears(waiting, update.word, update.assessment, NOW, NOON) == waiting


RIGHT = Word(Says.KIND_WORD, waits_anew=False, confirms=True)
BETTER = Word(Says.RATING_CHANGED, waits_anew=False, confirms=True, updates=True)


@pytest.mark.parametrize(
    ("word", "spoke", "evidence", "becomes"),
    [
        (RIGHT, NOW, Grade.TOLD, Grade.CONFIRMED),
        (RIGHT, NOW, Grade.ANSWERED, Grade.CONFIRMED),
        (NOTICED, NOW, Grade.TOLD, Grade.ANSWERED),
        (NOTICED, NOW, Grade.CONFIRMED, Grade.CONFIRMED),
        (RIGHT, TEN, Grade.TOLD, Grade.ANSWERED),  # said before we were in touch
        (BETTER, TEN, Grade.SEEN, Grade.CONFIRMED),
    ],
)
def test_word_that_it_is_right_now_confirms_the_contact(
    word: Word, spoke: datetime, evidence: Grade, becomes: Grade
) -> None:
    reached = case(status=Status.CONTACTED, contacted_at=NOON, evidence=evidence)
    assert hears(reached, word, MILD, NOW, spoke).evidence is becomes
    assert hears(case(), word, MILD, NOW, spoke).evidence is None


def test_what_is_sent_again_is_not_judged_anew_meanwhile() -> None:
    """While its words owe their score, a repeat says what its stars said: the stand-in may call it a danger, and is asked by nobody."""
    feedback = stars(1, "The zip broke on the second day and nobody picks up the phone.")
    told = decided(feedback, Before(feedback, 7, unscored_since=datetime(2026, 1, 5, tzinfo=UTC)), [(7, OPEN)])
    assert told.became is Became.KNOWN
    assert (told.assessment.negative, told.assessment.score) == (True, None)
    assert decided(feedback, Before(feedback, 7), [(7, OPEN)]).assessment.score is not None
