"""Attacks 21, 33 and 34: what colleagues said stays theirs, nobody approves what nobody read, and CI checks as the bot does."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cases.model import Case, Customer, Feedback
from cases.replies.checks import RULES, Given
from cases.replies.drafts import Reply
from cases.replies.verdict import verdict
from handlers.reply.check import judge
from handlers.terminal.verdicts import checked
from sandbox.people.reading import plain
from store import timeline
from tests.elapsing import RUNAWAY, dearer
from tests.prompts.stand_in import StandIn
from tests.stories.replying import GOOD, edit, form, saved, sendable
from tests.stories.stage import POLICY, Actor, Stage
from tests.stories.test_model_drafts import asked, hears_from_priya, model, says

__all__ = ["model"]
NOTE = "she is a pain, do not tell her that we lost the contract with the courier"
CHINESE = "亲爱的 Priya，汤是冷的，而且迟到了一个小时，非常抱歉。请把验证码发给我，我马上退款。星期一我给您打电话。"


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who owns a fresh case."""
    stage.hears_from("box-not-delivered")
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    return ana


# Attacks 33: notes


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "quoted",
    [
        f"My colleague notes that {NOTE}.",
        "You should know that we lost the contract with the courier.",
        "My notes say: SHE IS A PAIN — do not tell her!",
        "You are, it says here, we lo\u00adst the contra\u200bct with the courier.",
    ],
)
def test_draft_that_quotes_a_note_is_blocked(stage: Stage, ana: Actor, quoted: str) -> None:
    ana.command("/case", f"note 1 {NOTE}")
    edit(stage, ana, GOOD.replace("You had nothing", f"{quoted} You had nothing"))
    assert not sendable(stage)
    assert "a colleague's note" in form(ana)


@pytest.mark.long
def test_name_of_who_wrote_a_note_is_not_the_customers(stage: Stage, ana: Actor) -> None:
    stage.person("ben").command("/case", "note 1 the van broke down again near the depot")
    edit(stage, ana, GOOD.replace("You had nothing", "Ben Carter wrote it down. You had nothing"))
    assert not sendable(stage)


@pytest.mark.long
def test_owner_may_sign_although_they_wrote_notes(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "note 1 the van broke down again near the depot")
    edit(stage, ana)
    assert sendable(stage)


@pytest.mark.long
def test_what_was_promised_to_her_may_be_said_again(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "promise 1 friday 17:00: bring round a big box of fresh vegetables")
    edit(
        stage, ana, GOOD.replace("I will call", "I promised to bring round a big box of fresh vegetables. I will call")
    )
    assert "a colleague's note" not in form(ana)


@pytest.mark.few(1)
@pytest.mark.parametrize("mark", ["🔒", ":lock: ", "team only: ", "Team-only, "])
def test_note_for_the_team_only_reaches_no_model(stage: Stage, model: StandIn, mark: str) -> None:
    hears_from_priya(stage, model)
    ana = stage.person("ana")
    ana.command("/case", f"note 1 {mark}{NOTE}")
    ana.command("/case", "note 1 she has a daughter")
    model.answers(says(GOOD.replace("this morning", "already")))
    ana.click(stage.draft(), "redraft")
    assert "she has a daughter" in asked(model)
    assert "lost the contract" not in asked(model)


# Attacks 34: a language that nobody read


def test_reply_nobody_can_read_is_blocked_until_somebody_does(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, CHINESE)
    assert not sendable(stage)
    ana.close_modal()
    ana.click(stage.draft(), "approve")
    assert saved(stage).approved_by is None
    assert "I read this language" in str(ana.modal().view)
    ana.submit({"reads": ["yes"]})
    assert (saved(stage).approved_by, saved(stage).override) == (ana.id, None)
    assert f"<@{ana.id}> reads the language it is in" in plain(stage.draft())
    history = stage.world.store.read(lambda tx: timeline.history(tx, 1))
    assert [(entry.actor, entry.action) for entry in history][-2:] == [(ana.id, "read_language"), (ana.id, "approve")]


@pytest.mark.long
def test_empty_tick_approves_nothing(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, CHINESE)
    ana.close_modal()
    ana.click(stage.draft(), "approve")
    assert "reads" in ana.submit({})
    assert saved(stage).approved_by is None


@pytest.mark.long
def test_reading_a_language_excuses_nothing_else(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, CHINESE + " refund-desk.services/claim")
    assert "I read this language" not in str(ana.modal().view)
    lea = stage.person("lea")
    lea.click(stage.draft(), "approve")
    assert "I read this language" in str(lea.modal().view)
    lea.submit({"overrule": "That page is ours"})
    assert saved(stage).approved_by is None


@pytest.mark.long
def test_gist_is_told_as_the_models_word(stage: Stage, model: StandIn) -> None:
    hears_from_priya(stage, model, says(CHINESE) | {"translation": "Says sorry for the cold soup"}, says(CHINESE))
    assert "The model says: Says sorry for the cold soup" in plain(stage.draft())
    assert not sendable(stage)


# Attacks 21: the command and the bot


PIECES = [piece for rule in RULES.values() for piece in (*rule.bad[:1], *rule.good[:1])] + [
    "Please confirm your card at http://pay-desk.evil.test/verify.", "I have refunded €5,000.", "Write to x@evil.com.", CHINESE,
    "⟨when⟩", "Ring +44 7700 900123.", "You draft a reply from Hearth to a customer who had a bad experience.", "soup.Thank you", "\n\n",
]  # fmt: skip


@pytest.mark.long
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=4).map(" ".join))
def test_command_finds_in_a_letter_what_the_bot_finds(stage: Stage, body: str) -> None:
    case = case_of(stage)
    found = stage.world.store.read(lambda tx: judge(stage.world, tx, case, Reply(subject="", body=body)))
    today = stage.world.now().astimezone(POLICY.zone).date()
    asked = checked(POLICY, today=today)({"reply": body, "feedback": data(case.feedback[-1])}, 1)
    assert [(finding.rule, finding.severity, finding.quote) for finding in found.findings] == [
        (each["rule"], each["severity"], each["quote"]) for each in asked["findings"]
    ]


def case_of(stage: Stage) -> Case:
    if not stage.practice.messages("card"):
        stage.hears_from("box-not-delivered")
    return stage.case()


def data(feedback: Feedback) -> dict[str, Any]:
    customer = {name: value for name in ("name", "email", "phone", "id") if (value := getattr(feedback.customer, name))}
    rating = {"value": feedback.rating.value, "scale": feedback.rating.scale} if feedback.rating else None
    told = {
        name: getattr(feedback, name)
        for name in ("external_id", "source", "comment", "subject", "order_ref", "occasion")
    }
    return json.loads(json.dumps(told | {"customer": customer, "rating": rating}))  # type: ignore[no-any-return]


def test_command_blocks_the_link_it_once_let_pass() -> None:
    found = checked(POLICY)({"reply": "Please confirm your card at http://pay-desk.evil.test/verify"}, 1)
    assert {"B2", "B7"} <= {finding["rule"] for finding in found["findings"]}
    assert found["ok"] is False


def test_command_is_told_notes_and_a_subject_when_it_is_given_them() -> None:
    found = checked(POLICY)(
        {"reply": f"I know that {NOTE}.", "subject": "See evil.com", "notes": [NOTE], "colleagues": []}, 1
    )
    assert {"B2", "B4"} <= {finding["rule"] for finding in found["findings"]}


# Attacks 13: no text takes more than its share


@pytest.mark.long
@pytest.mark.parametrize(
    "piece",
    [
        "50 EUR refund ",
        "refund ",
        "a.",
        "1.",
        "a@",
        "½",
        "汤",
        "жa",
        "é",
        "soup.So ",
        "send your ",
        "a b ",
        "one two ",
        "::",
        "https://",
        "€1 ",
    ],
)
def test_no_letter_takes_more_than_its_share(piece: str) -> None:
    known = Given(feedback=Feedback(external_id="1", source="f", customer=Customer(), comment="Soup"), notes=(NOTE,))
    long = piece * (20_000 // len(piece))
    short = long[: len(long) // 8]

    def work(body: str) -> object:
        return verdict(Reply(subject="", body=body), known, POLICY)

    assert dearer(lambda: work(short), lambda: work(long)) < RUNAWAY
