"""What colleagues can do to a case: who may, when, what becomes of it, and what taking an emoji back undoes."""

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.acts.act import Act, ActionName, Change, Fate, Limits, NotAllowed, Unchanged
from cases.acts.actions import ACTIONS, decide, edges, named, take_back
from cases.acts.effects import reopened
from cases.model import OPEN, Attempt, Case, Grade, Outcome, Promise, Sign, Status, Via, Way
from tests.owing import owing

ANA, BEN, DANA = "U_ANA", "U_BEN", "U_DANA"  # one owns, one takes over, one leads
OPENED = datetime(2026, 1, 5, 9, tzinfo=UTC)
NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
EARLIER, LATER, TOMORROW = NOW - timedelta(hours=1), NOW + timedelta(hours=1), NOW + timedelta(days=1)
TRIED = (Attempt(EARLIER, ANA, Way.PHONE), Attempt(EARLIER, ANA, Way.EMAIL), Attempt(NOW, BEN))


def unclaimed(**fields: Any) -> Case:
    begun = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at"), OPENED
    )
    return Case(**{"number": 7, "revision": 4, **begun, **fields})


def claimed(**fields: Any) -> Case:
    return unclaimed(**{"status": Status.CLAIMED, "owner": ANA, "claimed_at": EARLIER, **fields})


def contacted(**fields: Any) -> Case:
    reached = {"status": Status.CONTACTED, "contacted_at": EARLIER, "contacted_by": ANA, "contacted_how": Way.PHONE}
    reached |= {"evidence": Grade.TOLD, "evidence_at": EARLIER, "evidence_by": ANA, "evidence_how": Way.PHONE}
    return claimed(**{**reached, **fields})


def closed(**fields: Any) -> Case:
    ended = {"status": Status.CLOSED, "outcome": Outcome.WON_BACK, "closed_at": EARLIER}
    return contacted(**{**ended, **fields})


def act(action: str, actor: str = ANA, via: Via = Via.BUTTON, **words: Any) -> Act:
    return Act(action, actor, via, **words)


def after(case: Case, *acts: Act, now: datetime = NOW) -> Case:
    """The case once all acts are done; each of them must be allowed and change something."""
    for one in acts:
        decision = decide(case, one, now)
        assert isinstance(decision, Change), decision
        case = decision.case
    return case


def refusal(case: Case, one: Act) -> NotAllowed:
    decision = decide(case, one, NOW)
    assert isinstance(decision, NotAllowed), decision
    return decision


# -- what each action makes of a case --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "one", "expected"),
    [
        (unclaimed(), act("claim"), {"status": Status.CLAIMED, "owner": ANA, "claimed_at": NOW}),
        (contacted(owner=None), act("claim", BEN), {"status": Status.CONTACTED, "owner": BEN}),
        (claimed(), act("release"), {"status": Status.UNCLAIMED, "owner": None, "unclaimed_since": NOW}),
        (claimed(), act("release", DANA, is_lead=True), {"status": Status.UNCLAIMED, "claimed_at": None}),
        (contacted(), act("release"), {"status": Status.CONTACTED, "owner": None, "contacted_at": EARLIER}),
        (unclaimed(), act("give", to=BEN), {"status": Status.CLAIMED, "owner": BEN, "claimed_at": NOW}),
        (claimed(), act("give", DANA, to=BEN), {"status": Status.CLAIMED, "owner": BEN, "claimed_at": NOW}),
        (contacted(), act("give", to=BEN), {"status": Status.CONTACTED, "owner": BEN}),
        (claimed(asked_at=EARLIER), act("give", to=BEN), {"held_since": NOW, "asked_at": None}),
        (claimed(asked_at=EARLIER), act("still"), {"owner": ANA, "held_since": NOW, "asked_at": None, "claimed_at": EARLIER}),
        (claimed(asked_at=EARLIER), act("takeover", BEN), {"owner": BEN, "claimed_at": NOW, "held_since": NOW, "asked_at": None}),
        (contacted(), act("takeover", BEN), {"status": Status.CONTACTED, "owner": BEN}),
        (unclaimed(), act("takeover", BEN), {"status": Status.CLAIMED, "owner": BEN}),
        (claimed(asked_at=EARLIER), act("release"), {"held_since": None, "asked_at": None}),
        (claimed(asked_at=EARLIER, snoozes=2), act("contacted", way=Way.CHAT), {"asked_at": None, "snoozes": 0}),
        (unclaimed(), act("snooze", until=LATER, text="calls back"), {"snoozed_until": LATER, "snooze_reason": "calls back"}),
        (unclaimed(snoozes=1), act("snooze", until=LATER), {"snoozes": 2, "held_since": None}),
        (claimed(asked_at=EARLIER), act("snooze", until=LATER), {"held_since": NOW, "asked_at": None}),
        (claimed(asked_at=EARLIER), act("snooze", DANA, until=LATER, is_lead=True), {"held_since": None, "asked_at": EARLIER}),
        (claimed(asked_at=EARLIER), act("promise", text="a box", until=LATER), {"held_since": NOW, "asked_at": None}),
        (claimed(asked_at=EARLIER), act("promise", BEN, text="a box", until=LATER), {"asked_at": EARLIER}),
        (claimed(asked_at=EARLIER), act("note", text="no answer yet"), {"asked_at": EARLIER}),
        (claimed(asked_at=EARLIER), act("contacted", BEN, text="glad"), {"asked_at": None, "owner": ANA}),
        (closed(held_since=EARLIER, snoozes=3), act("reopen"), {"held_since": NOW, "asked_at": None, "snoozes": 0}),
        (closed(owner=None, claimed_at=None), act("reopen"), {"held_since": None}),
        (claimed(), act("snooze", until=NOW + timedelta(days=14)), {"snoozed_until": NOW + timedelta(days=14)}),
        (claimed(), act("contacted", way=Way.EMAIL), {"status": Status.CONTACTED, "contacted_at": NOW, "owner": ANA}),
        (claimed(), act("contacted", BEN, way=Way.PHONE), {"owner": ANA, "contacted_by": BEN}),  # a colleague reached the customer
        (unclaimed(), act("contacted", BEN, text="calm now"), {"status": Status.CONTACTED, "owner": BEN, "claimed_at": NOW}),
        (claimed(), act("contacted", at=EARLIER, way=Way.PHONE), {"contacted_at": EARLIER}),
        (claimed(snoozed_until=LATER), act("contacted", way=Way.LETTER), {"snoozed_until": None}),
        (contacted(), act("contacted", way=Way.EMAIL), {"contacted_how": Way.EMAIL, "contacted_at": EARLIER}),
        (contacted(), act("promise", text="a box", until=LATER), {"promises": (Promise("a box", LATER, NOW, ANA),)}),
        (contacted(), act("close", outcome=Outcome.LOST), {"status": Status.CLOSED, "closed_at": NOW}),
        (contacted(), act("close", via=Via.REACTION), {"outcome": Outcome.WON_BACK}),
        (claimed(tries=TRIED), act("close", outcome=Outcome.UNREACHABLE), {"outcome": Outcome.UNREACHABLE}),
        (contacted(went_wrong="late"), act("close", outcome=Outcome.SATISFIED, learned="call"), {"went_wrong": "late", "learned": "call"}),
        (unclaimed(), act("dismiss"), {"status": Status.CLOSED, "outcome": Outcome.NOT_A_COMPLAINT}),
        (closed(), act("reopen", BEN), {"status": Status.CLAIMED, "owner": ANA, "waiting_since": NOW}),
        (closed(owner=None), act("reopen"), {"status": Status.UNCLAIMED, "outcome": None, "contacted_at": None}),
        (claimed(asks_no_contact=True), act("draft", text="our fault"), {"contact_decision": "our fault", "held": False}),
    ],
)  # fmt: skip
def test_action_makes_of_a_case_what_it_says(case: Case, one: Act, expected: dict[str, Any]) -> None:
    changed = after(case, one)
    assert {name: getattr(changed, name) for name in expected} == expected
    assert changed.revision == case.revision + 1


@pytest.mark.parametrize(
    ("case", "one", "facts"),
    [
        (claimed(), act("release", DANA, is_lead=True), {"owner": ANA}),
        (claimed(), act("give", to=BEN, text="hers"), {"owner": BEN, "before": ANA, "text": "hers"}),
        (claimed(), act("takeover", BEN, text="I know them"), {"owner": BEN, "before": ANA, "text": "I know them"}),
        (claimed(), act("contacted", way=Way.PHONE, text="so sorry"), {"grade": Grade.TOLD, "way": Way.PHONE, "text": "so sorry", "at": NOW}),
        (contacted(promises=owing("a call", LATER)), act("promise", text="x", until=TOMORROW), {"text": "x", "until": TOMORROW, "moved_from": None}),
        (closed(), act("note", text="thanked us"), {"text": "thanked us"}),
        (claimed(), act("dismiss", text="spam"), {"outcome": Outcome.NOT_A_COMPLAINT, "text": "spam"}),
    ],
)  # fmt: skip
def test_timeline_keeps_the_facts_of_an_act(case: Case, one: Act, facts: dict[str, Any]) -> None:
    decision = decide(case, one, NOW)
    assert isinstance(decision, Change)
    assert decision.facts == facts


# -- what is no change -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "one"),
    [
        (claimed(), act("claim")),
        (contacted(), act("claim")),
        (unclaimed(), act("release")),
        (claimed(), act("give", to=ANA)),
        (claimed(), act("takeover")),
        (claimed(snoozed_until=LATER, snooze_reason="x"), act("snooze", until=LATER, text="x")),
        (contacted(), act("contacted")),
        (contacted(), act("contacted", way=Way.PHONE)),
        (contacted(promises=owing("a box", LATER)), act("promise", text="a box", until=LATER)),
    ],
)
def test_doing_it_twice_changes_nothing(case: Case, one: Act) -> None:
    assert decide(case, one, NOW) == Unchanged()


# -- what is refused, and why ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "one", "reason", "facts"),
    [
        (claimed(), act("claim", BEN), "held", {"owner": ANA, "since": EARLIER, "number": 7}),
        (claimed(), act("release", BEN), "not_owner", {"owner": ANA, "since": EARLIER}),
        (claimed(), act("give"), "give_to_whom", {}),
        (claimed(), act("snooze", BEN, until=LATER), "not_owner", {"owner": ANA, "since": EARLIER}),
        (claimed(), act("snooze"), "snooze_until_when", {}),
        (
            claimed(),
            act("snooze", until=NOW + timedelta(days=14, seconds=1)),
            "snooze_too_long",
            {"at": NOW + timedelta(days=14), "number": 7},
        ),
        (
            claimed(snoozes=3),
            act("snooze", until=LATER, limits=Limits(snoozes=3)),
            "snoozed_too_often",
            {"count": 3, "number": 7},
        ),
        (claimed(), act("still", BEN), "not_owner", {"owner": ANA, "since": EARLIER}),
        (claimed(), act("snooze", until=NOW), "in_the_past", {"at": NOW}),
        (
            contacted(promises=owing("a call", LATER)),
            act("snooze", until=TOMORROW),
            "snooze_past_promise",
            {"at": LATER},
        ),
        (claimed(), act("contacted", at=LATER), "not_yet_happened", {"at": LATER}),
        (contacted(), act("promise", until=LATER), "promise_what", {}),
        (contacted(), act("promise", text="a box"), "promise_by_when", {}),
        (contacted(), act("promise", text="a box", until=EARLIER), "in_the_past", {"at": EARLIER}),
        (contacted(), act("close"), "close_how", {}),
        (claimed(), act("close", outcome=Outcome.SATISFIED), "not_contacted_yet", {"outcome": Outcome.SATISFIED}),
        (claimed(), act("close", via=Via.REACTION), "not_contacted_yet", {"outcome": Outcome.WON_BACK}),
        (
            claimed(wrote_back=True),
            act("close", outcome=Outcome.WON_BACK),
            "waits_for_answer",
            {"outcome": Outcome.WON_BACK},
        ),
        (
            claimed(),
            act("close", outcome=Outcome.WON_BACK, sign=Sign.SAID_SO),
            "not_contacted_yet",
            {"outcome": Outcome.WON_BACK},
        ),
        (claimed(), act("note", text="  "), "note_what", {}),
        (claimed(asks_no_contact=True), act("draft"), "contact_why", {}),
        (claimed(), act("reopen"), "wrong_status", {"action": "reopen", "status": Status.CLAIMED}),
        (closed(), act("claim", BEN), "closed", {"outcome": Outcome.WON_BACK, "at": EARLIER}),
        (closed(), act("dismiss"), "closed", {"outcome": Outcome.WON_BACK, "at": EARLIER}),
    ],
)
def test_refusal_carries_its_reason_and_facts(case: Case, one: Act, reason: str, facts: dict[str, Any]) -> None:
    assert refusal(case, one) == NotAllowed(reason, facts)


def test_who_wrote_back_that_it_is_right_needs_no_answer_first() -> None:
    said_so = act("close", outcome=Outcome.WON_BACK, sign=Sign.SAID_SO)
    closed_case = after(claimed(wrote_back=True), said_so)
    assert (closed_case.status, closed_case.sign) == (Status.CLOSED, Sign.SAID_SO)


def test_loser_of_a_race_learns_who_holds_it() -> None:
    won = after(unclaimed(), act("claim", ANA))
    assert refusal(won, act("claim", BEN)).facts == {"owner": ANA, "since": NOW, "number": 7}


def test_contact_told_a_moment_ahead_is_believed() -> None:
    assert (
        after(claimed(), act("contacted", way=Way.PHONE, at=NOW + timedelta(seconds=30))).status is Status.CONTACTED
    )  # clocks differ


@pytest.mark.parametrize("outcome", [Outcome.UNREACHABLE, Outcome.DECLINED, Outcome.NOT_A_COMPLAINT])
def test_some_outcomes_need_no_contact_first(outcome: Outcome) -> None:
    assert after(unclaimed(tries=TRIED), act("close", outcome=outcome)).outcome is outcome


def test_still_is_said_only_of_what_waits_for_contact() -> None:
    assert refusal(contacted(), act("still")).reason == "wrong_status"
    assert refusal(unclaimed(), act("still")).reason == "wrong_status"


def test_contact_gives_all_snoozes_back() -> None:
    tired = claimed(snoozes=3)
    limits = Limits(snoozes=3)
    again = reopened(after(tired, act("contacted", way=Way.PHONE)), NOW)
    assert isinstance(decide(again, act("snooze", until=LATER, limits=limits), NOW), Change)


def test_question_answered_too_late_names_who_holds_it() -> None:
    taken = after(claimed(asked_at=EARLIER), act("takeover", BEN))
    assert refusal(taken, act("still", ANA)) == NotAllowed("not_owner", {"owner": BEN, "since": NOW})


def test_lead_may_snooze_what_another_owns() -> None:
    assert after(claimed(), act("snooze", DANA, until=LATER, is_lead=True)).snoozed_until == LATER


def test_every_action_refuses_or_allows_a_closed_case() -> None:
    refused = [name for name, action in ACTIONS.items() if Status.CLOSED not in action.allowed_in]
    assert {refusal(closed(), act(name)).reason for name in refused} == {"closed"}


# -- reopening -------------------------------------------------------------------------------------------------------


def test_reopened_case_waits_anew_and_forgets_its_end() -> None:
    again = reopened(closed(promises=owing("a box", EARLIER), snooze_reason="x"), NOW)
    assert (again.status, again.owner, again.waiting_since, again.unclaimed_since) == (Status.CLAIMED, ANA, NOW, NOW)
    assert (again.contacted_at, again.closed_at, again.outcome) == (None, None, None)
    assert (again.promises, again.snooze_reason) == (owing("a box", EARLIER), None)


def test_new_word_from_the_customer_breaks_no_promise() -> None:
    again = reopened(contacted(promises=owing("a box", LATER)), NOW)
    assert (again.status, again.promises) == (Status.CLAIMED, owing("a box", LATER))


# -- promises --------------------------------------------------------------------------------------------------------

TWO = (*owing("call her", LATER), *owing("send a new box", TOMORROW))


def test_several_promises_stand_side_by_side() -> None:
    case = after(contacted(promises=owing("call her", LATER)), act("promise", text="send a new box", until=TOMORROW))
    assert [each.what for each in case.owed] == ["call her", "send a new box"]


def test_same_words_with_another_date_move_a_promise() -> None:
    moved = decide(contacted(promises=TWO), act("promise", text="Call her!", until=TOMORROW), NOW)
    assert isinstance(moved, Change)
    assert [(each.what, each.due_at) for each in moved.case.promises] == [
        ("send a new box", TOMORROW),
        ("Call her!", TOMORROW),
    ]
    assert moved.facts["moved_from"] == LATER


@pytest.mark.parametrize(
    ("said", "left"), [(None, ["send a new box"]), ("box", ["call her"]), ("new, BOX", ["call her"])]
)
def test_kept_is_the_nearest_or_what_words_choose(said: str | None, left: list[str]) -> None:
    kept = after(contacted(promises=TWO), act("kept", text=said))
    assert [each.what for each in kept.promises] == left
    assert kept.look_back_at == NOW + Limits().check_back


@pytest.mark.parametrize(
    ("promises", "said", "reason"),
    [
        (TWO, "voucher", "which_promise"),
        ((*TWO, *owing("call the shop", TOMORROW)), "call", "which_promise"),
        ((), None, "nothing_promised"),
    ],
)
def test_kept_says_which_promises_there_are(promises: Any, said: str | None, reason: str) -> None:
    refused = decide(contacted(promises=promises), act("kept", text=said), NOW)
    assert isinstance(refused, NotAllowed)
    assert refused.reason == reason


@pytest.mark.parametrize(
    ("words", "left", "refused"),
    [
        ({}, None, "promise_open"),
        ({"fate": Fate.KEPT}, (), None),
        ({"fate": Fate.TO_DO}, TWO, None),
        ({"fate": Fate.TAKEN_BACK}, None, "taken_back_why"),
        ({"fate": Fate.TAKEN_BACK, "text": "she wants no call"}, (), None),
        ({"fates": ((TWO[0].key, Fate.KEPT),)}, None, "promise_open"),
        ({"fates": ((TWO[0].key, Fate.KEPT), (TWO[1].key, Fate.TO_DO))}, TWO[1:], None),
        ({"fates": ((TWO[1].key, Fate.KEPT),), "fate": Fate.TO_DO}, TWO[:1], None),
        ({"fates": ((TWO[1].key, Fate.TAKEN_BACK),), "fate": Fate.TO_DO}, None, "taken_back_why"),
    ],
)
def test_closing_asks_what_becomes_of_a_promise(words: dict[str, Any], left: Any, refused: str | None) -> None:
    decision = decide(contacted(promises=TWO), act("close", outcome=Outcome.SATISFIED, **words), NOW)
    if isinstance(decision, Change):
        assert (decision.case.promises, refused) == (left, None)
    else:
        assert isinstance(decision, NotAllowed)
        assert decision.reason == refused


# -- taking an emoji back --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("case", "action", "words"),
    [
        (unclaimed(), "claim", {}),
        (claimed(), "contacted", {}),
        (contacted(), "close", {}),
        (claimed(), "dismiss", {}),
        (unclaimed(), "dismiss", {}),
        (unclaimed(), "snooze", {"until": LATER}),
    ],
)
def test_emoji_taken_back_leaves_the_case_as_before(case: Case, action: str, words: dict[str, Any]) -> None:
    reaction = act(action, via=Via.REACTION, **words)
    undone = take_back(after(case, reaction), reaction, LATER)
    assert isinstance(undone, Change)
    assert replace(undone.case, revision=case.revision) == case
    assert undone.case.revision == case.revision + 2


def test_snooze_taken_back_was_a_sign_of_life() -> None:
    reaction = act("snooze", via=Via.REACTION, until=LATER)
    undone = take_back(after(claimed(asked_at=EARLIER, snoozes=1), reaction), reaction, LATER)
    assert isinstance(undone, Change)
    assert (undone.case.snoozed_until, undone.case.snoozes) == (None, 1)
    assert (undone.case.held_since, undone.case.asked_at) == (NOW, None)


def test_clocks_run_on_under_a_claim_taken_back() -> None:
    reaction = act("claim", via=Via.REACTION)
    undone = take_back(after(unclaimed(), reaction), reaction, LATER)
    assert isinstance(undone, Change)
    assert undone.case.unclaimed_since == OPENED


@pytest.mark.parametrize(
    ("case", "one"),
    [
        (unclaimed(), act("claim", via=Via.REACTION)),  # never made
        (after(unclaimed(), act("claim")), act("claim", via=Via.REACTION)),  # made by button
        (after(unclaimed(), act("claim", via=Via.REACTION)), act("claim", BEN, via=Via.REACTION)),  # somebody else's
        (after(unclaimed(), act("claim", via=Via.REACTION), act("contacted")), act("claim", via=Via.REACTION)),  # overtaken
        (after(claimed(), act("release", via=Via.REACTION)), act("release", via=Via.REACTION)),  # has no undo
    ],
)  # fmt: skip
def test_emoji_taken_back_too_late_does_nothing(case: Case, one: Act) -> None:
    assert take_back(case, one, NOW) == Unchanged()


def test_note_in_between_leaves_the_emoji_undoable() -> None:
    reaction = act("claim", via=Via.REACTION)
    noted = after(unclaimed(), reaction, act("note", BEN, text="she called"))
    assert isinstance(take_back(noted, reaction, NOW), Change)


def test_emoji_is_taken_back_only_once() -> None:
    reaction = act("claim", via=Via.REACTION)
    undone = take_back(after(unclaimed(), reaction), reaction, NOW)
    assert isinstance(undone, Change)
    assert take_back(undone.case, reaction, NOW) == Unchanged()


# -- the table itself ------------------------------------------------------------------------------------------------


def test_each_emoji_means_one_action_only() -> None:
    emoji = Counter(name for action in ACTIONS.values() for name in action.emoji)
    assert [name for name, times in emoji.items() if times > 1] == []


def test_default_emoji_are_the_documented_ones() -> None:
    first = {action.emoji[0]: name for name, action in ACTIONS.items() if action.emoji}
    documented = {
        "eyes": "claim",
        "white_check_mark": "contacted",
        "zzz": "snooze",
        "wave": "release",
        "tada": "close",
        "no_entry_sign": "dismiss",
    }
    assert documented.items() <= first.items()  # more may join them


def test_only_names_in_the_table_name_an_action() -> None:
    assert named("claim") is ActionName.CLAIM
    assert named("clam") is None


def test_state_diagram_has_exactly_these_edges() -> None:
    pairs: dict[tuple[str, str], set[str]] = {}
    for before, then, name in edges():
        pairs.setdefault((before.value, then.value), set()).add(name)
    assert pairs == {
        ("unclaimed", "claimed"): {"claim", "give", "takeover", "contacted", "tried"},
        ("claimed", "unclaimed"): {"release"},
        ("unclaimed", "contacted"): {"contacted"},
        ("claimed", "contacted"): {"contacted"},
        ("unclaimed", "closed"): {"close", "dismiss"},
        ("claimed", "closed"): {"close", "dismiss"},
        ("contacted", "closed"): {"close", "dismiss"},
        ("contacted", "claimed"): {"tried", "reopen"},
        ("contacted", "unclaimed"): {"reopen"},
        ("closed", "claimed"): {"reopen"},
        ("closed", "unclaimed"): {"reopen"},
    }


# -- whatever the order ----------------------------------------------------------------------------------------------

acts = st.builds(
    Act,
    action=st.sampled_from(sorted(ACTIONS)),
    actor=st.sampled_from([ANA, BEN, DANA]),
    via=st.sampled_from([Via.REACTION, Via.BUTTON]),
    to=st.sampled_from([None, ANA, BEN]),
    text=st.sampled_from([None, "words"]),
    until=st.sampled_from([None, EARLIER, LATER, TOMORROW]),
    way=st.sampled_from([None, Way.PHONE]),
    at=st.sampled_from([None, EARLIER]),
    outcome=st.sampled_from([None, *Outcome]),
    is_lead=st.booleans(),
)
histories = st.lists(st.tuples(st.booleans(), acts), max_size=15)


@given(histories)
def test_no_history_leaves_a_case_contradicting_itself(history: list[tuple[bool, Act]]) -> None:
    case, drawn = unclaimed(), edges()
    for taken_back, one in history:
        decision = (take_back if taken_back else decide)(case, one, NOW)
        if not isinstance(decision, Change):
            continue
        before, case = case, decision.case
        assert case.revision == before.revision + 1
        assert taken_back or before.status is case.status or (before.status, case.status, one.action) in drawn
        assert (case.owner is None) == (case.claimed_at is None)
        assert case.status is not Status.CLAIMED or case.owner is not None
        assert case.status is not Status.UNCLAIMED or case.owner is None
        assert case.status is not Status.CONTACTED or case.contacted_at is not None
        assert (case.status is Status.CLOSED) == (case.outcome is not None) == (case.closed_at is not None)
        assert case.status not in OPEN or case.status is Status.CONTACTED or case.contacted_at is None
        assert case.status is not Status.CONTACTED or (case.evidence or Grade.CLICKED).counts_as(Grade.TOLD)
        assert case.rests_until is None or case.evidence is Grade.CLICKED


@pytest.mark.parametrize("text", ["She had rung us herself", None])
@pytest.mark.parametrize("case", [claimed(asks_no_contact=True), contacted(asks_no_contact=True)])
def test_contact_decides_nothing_against_the_customers_wish(case: Case, text: str | None) -> None:
    told = decide(case, act("contacted", text=text), NOW)
    left = told.case if isinstance(told, Change) else case
    assert (left.contact_decision, left.held) == (None, True)
