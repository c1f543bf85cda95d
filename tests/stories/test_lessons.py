"""What is learned from a case, without blame: told while closing or asked once a day later, kept without names, and read again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from cases.model import Status
from sandbox.people.reading import menu, plain
from sandbox.workspace import Message
from store import forgetting
from tests.stories.stage import Actor, Stage, buttons, payload, policy

HOUR = timedelta(hours=1)
DORA = {"name": "Dora Quint", "email": "dora@example.org"}
WHOLE = {
    "cause": "Delivery",
    "expected": "The cake before the party at three.",
    "happened": "It came at six.",
    "went_wrong": "The courier was booked by hand, when somebody thought of it.",
    "learned": "Book the courier when the order comes in.",
}


def closes(stage: Stage, outcome: str = "lost", number: int = 1, **told: Any) -> Actor:
    """Ana has reached the customer, and closes the case by its form."""
    ana = stage.person("ana")
    ana.command("/case", f"contacted {number} phone spoke")
    ana.click(stage.card(number), "close")
    assert ana.submit({"outcome": outcome, **told}) == {}
    return ana


def asked(stage: Stage) -> list[Message]:
    return [m for m in stage.nudges() if "What can we learn from it" in plain(m)]


def is_told(stage: Stage, number: int = 1, **told: Any) -> Actor:
    """A day later Ana presses the button of the question, and fills in the form."""
    stage.pass_time(days=1, hours=1, step=HOUR)
    ana = stage.person("ana")
    ana.click(asked(stage)[-1], "lesson")
    assert ana.submit({**WHOLE, **told}) == {}
    return ana


# Asked once, and only where it is worth it


@pytest.mark.long
def test_lost_customer_is_learned_from_a_day_later(stage: Stage) -> None:
    stage.receives(customer=DORA)
    ana = closes(stage, cause="Delivery")
    stage.pass_time(hours=23, step=HOUR)
    assert asked(stage) == []
    assert payload(stage.card())["next_step_at"] is None
    stage.pass_time(hours=2, step=HOUR)
    (question,) = asked(stage)
    assert (stage.told(question), buttons(question)) == ("ana", ["lesson"])
    assert "Closed" not in plain(question)
    ana.click(question, "lesson")
    assert ana.submit(WHOLE) == {}
    case = stage.case()
    assert (case.expected, case.learned, case.lesson_due_at) == (WHOLE["expected"], WHOLE["learned"], None)
    told = stage.in_thread(kind="note")[-1]
    assert told.startswith("💡 Ana Ortega told what there is to learn:")
    assert "What was expected: The cake before the party at three." in told
    assert "Thank you: whoever meets the like will read it." in plain(stage.nudges("ana")[-1])
    assert stage.standing() == []


@pytest.mark.long
def test_question_is_asked_once_and_never_again(stage: Stage) -> None:
    stage.receives()
    closes(stage)
    stage.pass_time(days=21, step=6 * HOUR)
    assert len(asked(stage)) == 1
    stage.restart()
    stage.pass_time(days=3, step=6 * HOUR)
    assert len(asked(stage)) == 1


@pytest.mark.long
def test_case_that_went_well_is_not_asked_about(stage: Stage) -> None:
    stage.receives()
    closes(stage, "satisfied", cause="Delivery")
    stage.receives(external_id="f-2", comment="The wine was corked.")
    stage.person("ana").command("/case", "dismiss 2 our own test")
    stage.pass_time(days=4, step=6 * HOUR)
    assert asked(stage) == []


@pytest.mark.long
def test_cause_that_comes_again_is_asked_about(stage: Stage) -> None:
    for number in (1, 2):
        stage.receives(external_id=f"f-{number}", rating={"value": 1, "scale": 5}, comment=f"Box {number} was broken.")
        closes(stage, "satisfied", number, cause="Delivery")
    stage.pass_time(days=1, hours=2, step=HOUR)
    assert [("#2" in plain(m), "#1" in plain(m)) for m in asked(stage)] == [(True, False)]


@pytest.mark.long
def test_case_that_is_open_again_is_not_asked_about(stage: Stage) -> None:
    stage.receives()
    ana = closes(stage)
    ana.command("/case", "reopen 1")
    ana.command("/case", "contacted 1 phone spoke again")
    stage.pass_time(days=1, hours=2, step=HOUR)
    assert asked(stage) == []


@pytest.mark.long
def test_team_that_wants_no_question_gets_none(stage: Stage) -> None:
    stage.restart(policy=policy(lessons={"ask": False}))
    stage.receives()
    closes(stage)
    stage.pass_time(days=3, step=6 * HOUR)
    assert asked(stage) == []


@pytest.mark.long
def test_team_without_causes_is_asked_for_none(stage: Stage) -> None:
    stage.restart(policy=policy(lessons={"causes": []}))
    stage.receives()
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone spoke")
    ana.click(stage.card(), "close")
    with pytest.raises(LookupError):
        ana.submit({"outcome": "lost", "cause": "Delivery"})


# Without names


@pytest.mark.long
def test_nobody_is_named_in_what_was_learned(stage: Stage) -> None:
    stage.receives(customer=DORA, order_ref="8812")
    closes(
        stage,
        went_wrong="Ben forgot order #8812 of Mrs Quint; ask ana, or <@UBEN00001>.",
        learned="Dora is to be rung on +49 30 1234567 before Lea Brandt leaves.",
    )
    case = stage.case()
    assert case.went_wrong == "A colleague forgot the order of the customer; ask a colleague, or a colleague."
    assert case.learned == "The customer is to be rung on [number] before a colleague leaves."
    noted = stage.in_thread(kind="note")[-1]
    assert not any(name in noted for name in ("Ben", "Quint", "8812", "1234567"))


def test_lesson_outlives_the_words_of_its_customer(stage: Stage) -> None:
    stage.receives(
        customer=DORA, rating={"value": 1, "scale": 5}, comment="The cake was late and my mother cried all afternoon."
    )
    closes(stage, went_wrong="She said the cake was late and my mother cried, and nobody rang.", learned="Ring.")
    stage.receives(external_id="f-2", rating={"value": 1, "scale": 5}, comment="Again the cake was late, for a party.")
    assert "Ring." in stage.in_thread(2)[-1]
    forgetting.forget(stage.world.store, DORA["email"], stage.now)
    stage.settle()
    case = stage.case()
    assert (case.went_wrong, case.learned) == ("She said (erased), and nobody rang.", "Ring.")
    assert "Learned: Ring." in plain(stage.person("ana").command("/case", "lessons"))


# One change, which is a promise to ourselves


@pytest.fixture
def changing(stage: Stage) -> Stage:
    """Ben is to make the change by Friday at noon."""
    stage.receives(customer=DORA)
    closes(stage)
    stage.pass_time(days=1, hours=1, step=HOUR)
    ana = stage.person("ana")
    ana.click(asked(stage)[-1], "lesson")
    friday = stage.now.replace(hour=11, minute=0, second=0) + timedelta(days=3)
    assert ana.submit({**WHOLE, "to": "UBEN00001", "until": int(friday.timestamp())}) == {}
    return stage


@pytest.mark.long
def test_change_has_somebody_who_makes_it_by_a_date(changing: Stage) -> None:
    assert "<@UBEN00001> makes that change" in changing.in_thread(kind="note")[-1]
    assert "To change" in plain(changing.card())
    assert payload(changing.card())["next_step_at"] is not None
    assert "Kept" in menu(changing.card())


@pytest.mark.long
def test_change_is_reminded_of_like_a_promise(changing: Stage) -> None:
    changing.pass_time(days=4, step=HOUR / 2)
    told = [each for each in changing.nudged() if each.startswith("Fri")]
    assert told == ["Fri 10:00 ben", "Fri 12:00 ben", "Fri 12:30 lea"]
    assert "do otherwise" in plain(changing.nudges("ben")[-1])
    case = changing.case()
    assert (case.severity.value, case.promise_broken_at) == ("normal", None)  # no customer waits for it
    ben = changing.person("ben")
    ben.click(changing.nudges("ben")[-1], "kept")
    assert changing.case().changes == ()
    assert changing.standing() == []
    assert payload(changing.card())["next_step_at"] is None
    assert "Learned: Book the courier when the order comes in." in plain(changing.card())


@pytest.mark.long
def test_change_gets_another_date_by_its_form(changing: Stage) -> None:
    changing.pass_time(days=3, hours=2, step=HOUR / 2)
    ben = changing.person("ben")
    ben.click(changing.nudges("ben")[-1], "lesson")
    later = int((changing.now + timedelta(days=5)).timestamp())
    assert ben.submit({"until": later}) == {}
    case = changing.case()
    assert (case.change_by, case.change_due_at, case.learned) == (
        "UBEN00001",
        changing.now + timedelta(days=5),
        WHOLE["learned"],
    )
    assert changing.standing() == []


def test_change_stands_among_what_somebody_has_to_do(changing: Stage) -> None:
    ben, ana = changing.person("ben"), changing.person("ana")
    assert "🌱 to change" in plain(ben.command("/case", "mine"))
    assert "🌱 to change" in plain(ana.command("/case", "list"))
    assert "🌱 to change" not in plain(ana.command("/case", "mine"))


@pytest.mark.long
def test_change_is_told_to_no_customer(changing: Stage) -> None:
    case = changing.case()
    assert (case.owed, case.promised, len(case.changes)) == ((), None, 1)


@pytest.mark.long
def test_change_without_its_words_or_date_is_refused(stage: Stage) -> None:
    stage.receives()
    ana = closes(stage)
    ana.command("/case", "lesson 1")
    assert "until" in ana.submit({"learned": "Book early", "to": "UBEN00001"})
    late = int((stage.now - HOUR).timestamp())
    assert "passed" in ana.submit({"learned": "Book early", "until": late})["until"]
    assert "learned" in ana.submit({"expected": "Cake", "learned": None, "to": None, "until": late + 90_000})
    assert "expected" in ana.submit({"expected": None, "until": None})
    assert stage.case().lesson_at is None


LONG = ("Book the courier, " * 200)[:3000]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("told", "kept"),
    [
        ({"went_wrong": LONG, "learned": LONG}, {"went_wrong": LONG.strip(), "learned": LONG.strip()}),
        ({"went_wrong": " \n\u00a0 ", "learned": "\u200b"}, {"went_wrong": None, "learned": None}),
        (
            {"learned": "<!channel> & <https://evil.example|ring>"},
            {"learned": "<!channel> & <https://evil.example|ring>"},
        ),
        ({"learned": "🎂"}, {"learned": "🎂"}),
    ],
)
def test_whatever_is_typed_into_the_form_of_closing_is_kept_and_shown(
    stage: Stage, told: dict[str, str], kept: dict[str, str | None]
) -> None:
    """The practice workspace refuses what Slack would: what is too long for a block, and a field that is not there."""
    stage.receives(customer=DORA)
    ana = closes(stage, **told)
    case = stage.case()
    assert (case.status, {name: getattr(case, name) for name in kept}) == (Status.CLOSED, kept)
    for shown in (stage.card(), ana.command("/case", "show 1"), ana.command("/case", "lessons")):
        assert shown is not None
        assert "<!channel>" not in str(shown.blocks)
    ana.command("/case", "lesson 1")
    assert ana.submit({name: said for name, said in told.items() if kept[name]} or {"expected": "Cake"}) == {}
    stage.pass_time(days=7, step=6 * HOUR)  # the weekly page tells of it, too


@pytest.mark.long
def test_long_lesson_by_command_closes_the_case(stage: Stage) -> None:
    stage.receives(customer=DORA)
    ana = stage.person("ana")
    ana.command("/case", "contacted 1 phone spoke")
    ana.command("/case", f"close 1 lost {LONG} / {LONG}")
    assert (stage.case().status, len(stage.case().learned or "") > 2000) == (Status.CLOSED, True)
    assert "Learned" in plain(stage.card())


# Read again


@pytest.mark.long
def test_similar_case_shows_the_two_nearest_lessons(stage: Stage) -> None:
    for number, (said, learned) in enumerate(
        [
            ("The cake arrived two hours late.", "Book the courier early."),
            ("I was billed twice for one cake.", "Check the bills at night."),
            ("My cake arrived late, at night.", "Tell the customer before it is late."),
            ("The cake arrived late again.", "Keep a second courier."),
        ],
        1,
    ):
        rated = {"rating": {"value": 1, "scale": 5}, "customer": {"email": f"c{number}@example.org"}}
        stage.receives(external_id=f"f-{number}", comment=said, **rated)
        closes(stage, "satisfied", number, learned=learned)
    before = len(stage.nudges())
    stage.receives(external_id="f-9", comment="The cake arrived very late.", customer=DORA)
    (near,) = [said for said in stage.in_thread(5) if "Learned before" in said]
    assert ("Keep a second courier." in near, "Check the bills" in near, near.count("•")) == (True, False, 2)
    assert "<@" not in near
    ana = stage.person("ana")
    ana.click(stage.card(5), "claim")
    ana.command("/case", "draft 5")
    stage.pass_time(minutes=10)
    assert len([said for said in stage.in_thread(5) if "Learned before" in said]) == 1
    assert len(stage.nudges()) == before


@pytest.mark.long
def test_case_about_something_else_shows_no_lessons(stage: Stage) -> None:
    stage.receives(comment="The cake arrived two hours late.")
    closes(stage, learned="Book the courier early.")
    stage.receives(external_id="f-2", comment="Your colleague shouted at my son.", customer=DORA)
    assert not any("Learned before" in said for said in stage.in_thread(2))


@pytest.mark.long
def test_lessons_are_found_by_topic_and_page(stage: Stage) -> None:
    ana = stage.person("ana")
    assert "No lessons yet" in plain(ana.command("/case", "lessons"))
    for number in range(1, 8):
        stage.receives(
            external_id=f"f-{number}",
            comment=f"Thing {number} broke.",
            rating={"value": 1, "scale": 5},
            customer={"email": f"c{number}@example.org"},
        )
        ana.command("/case", f"contacted {number} phone spoke")
        ana.command("/case", f"close {number} satisfied / Pack thing {number} better, with labels")
    stage.jump(timedelta(minutes=1))
    ana.command("/case", "lesson 3 the bill came late / Print bills at night")
    first = plain(ana.command("/case", "lessons"))
    assert first.startswith("*7 lessons, the latest first*")
    assert first.index("Print bills") < first.index("thing 7") < first.index("thing 4")
    assert "… and 2 more: `/case lessons page 2`" in first
    assert "thing 1" in plain(ana.command("/case", "lessons page 2"))
    assert "only 2 pages" in plain(ana.command("/case", "lessons page 3"))
    assert "*One lesson about “bill”*" in plain(ana.command("/case", "lessons bill"))
    assert "`/case lessons label page 2`" in plain(ana.command("/case", "lessons label"))
    assert "No lesson speaks of “zebra”" in plain(ana.command("/case", "lessons “zebra”"))


def test_week_tells_its_lessons_causes_and_changes(changing: Stage) -> None:
    changing.receives(external_id="f-2", comment="Box 2 was broken.")
    closes(changing, "satisfied", 2, cause="Delivery", learned="Pack better.")
    changing.pass_time(days=6, step=HOUR)
    (told,) = [plain(m) for m in changing.digests() if "The week to" in plain(m)]
    assert "*What we learned:* “Pack better.”" in told
    assert "*Most often it came from:* Delivery (2 of 2)" in told
    assert "🌱 “Book the courier when the order comes in.”" in told
