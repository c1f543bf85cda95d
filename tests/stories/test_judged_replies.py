"""A reply is judged before anybody may approve it, and who may overrule the verdict is named by policy."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Severity
from cases.policy.page import Drafts, Policy, Remedies
from sandbox.people.reading import buttons, plain
from store import replies
from tests.stories.replying import EXCUSE, GENEROUS, GOOD, edit, form, saved, sendable
from tests.stories.stage import POLICY, Actor, Stage

OF_NOBODY = GOOD.replace(", and we told you that you never ordered it", "")  # nobody owns it, which warns


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who owns a fresh case."""
    stage.hears_from("box-not-delivered")
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    return ana


def with_policy(stage: Stage, **changes: object) -> Policy:
    policy = POLICY.model_copy(update=changes)
    stage.restart(policy=policy)
    return policy


# What the checks find


@pytest.mark.long
def test_good_reply_closes_its_form_without_a_word(stage: Stage, ana: Actor) -> None:
    assert edit(stage, ana) == {}
    assert form(ana) == ""
    assert sendable(stage)
    assert "⛔" not in plain(stage.draft())


@pytest.mark.long
def test_bad_reply_is_saved_and_its_form_stays(stage: Stage, ana: Actor) -> None:
    assert edit(stage, ana, EXCUSE) == {}
    assert saved(stage).reply.body == EXCUSE  # type: ignore[union-attr]
    assert "Saved, and not approved yet. The checks found:" in form(ana).replace("*", "")
    assert "It points at somebody else" in form(ana)
    assert not sendable(stage)


@pytest.mark.long
def test_thread_counts_what_the_form_tells(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, EXCUSE)
    assert "courier was late" in form(ana)
    shown = plain(stage.draft())
    assert "The checks would not send this yet: 2 things" in shown.replace("*", "")
    assert "courier was late" not in shown.partition("would not send")[2]


@pytest.mark.long
def test_mending_in_the_open_form_closes_it(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, EXCUSE)
    assert ana.submit({"body": GOOD}) == {}
    assert form(ana) == ""
    assert sendable(stage)
    assert "⛔" not in plain(stage.draft())


@pytest.mark.long
def test_warnings_alone_can_be_approved_from_the_form(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, OF_NOBODY)
    assert sendable(stage)
    assert "Approve it as it stands" in str(ana.modal().view)
    ana.submit({"anyway": ["yes"]})
    assert (saved(stage).approved_by, saved(stage).override) == (ana.id, None)
    assert form(ana) == ""


@pytest.mark.long
def test_tick_beside_a_text_made_worse_is_refused(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, OF_NOBODY)
    ana.submit({"body": EXCUSE, "anyway": ["yes"]})
    assert saved(stage).approved_by is None
    assert "It points at somebody else" in form(ana)
    ana.submit({"body": GOOD})  # the form knows the version that was saved meanwhile
    assert saved(stage).reply.body == GOOD  # type: ignore[union-attr]


@pytest.mark.long
def test_ticked_box_approves_the_words_typed_with_it(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, OF_NOBODY)
    ana.submit({"body": GOOD, "anyway": ["yes"]})
    assert (saved(stage).approved_by, saved(stage).reply.body) == (ana.id, GOOD)  # type: ignore[union-attr]


# How it reads as a whole

UNOWNED = "Dear Priya,\n\nI am sorry about the meal box that never came. It is refunded, and I will call you today at 15:00.\n\nAna Ortega"
STOCK = GOOD.replace("\n\nAna", " Thank you for your patience.\n\nAna")
LIKE_THE_BEST, SOUND, LIKE_BAD_ONES = -7.0, -2.5, 1.5


@pytest.fixture
def line(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> dict[str, float]:
    """What the line says of letters, by their words; all others break it."""
    values: dict[str, float] = {}
    monkeypatch.setattr(stage.world.lines, "line", values.__getitem__)
    return values


@pytest.mark.parametrize(("value", "held"), [(SOUND, False), (LIKE_BAD_ONES, True)])
def test_letter_that_reads_like_bad_ones_is_held_back(
    stage: Stage, ana: Actor, line: dict[str, float], value: float, held: bool
) -> None:
    line[UNOWNED] = value
    edit(stage, ana, UNOWNED)
    assert "⚠️ No sentence says in the first person" in form(ana)
    assert ("⛔ As a whole it reads like letters that leave a customer alone" in form(ana)) is held
    assert sendable(stage) is not held


@pytest.mark.parametrize(("value", "mark"), [(SOUND, "⛔"), (LIKE_THE_BEST, "⚠️")])
def test_one_fault_of_tone_warns_in_a_letter_that_reads_well(
    stage: Stage, ana: Actor, line: dict[str, float], value: float, mark: str
) -> None:
    line[STOCK] = value
    edit(stage, ana, STOCK)
    assert f"{mark} “Thank you for your patience”: Stock phrases" in form(ana)
    assert sendable(stage) is (mark == "⚠️")


@pytest.mark.long
def test_letter_that_breaks_the_line_is_judged_by_its_sentences(
    stage: Stage, ana: Actor, line: dict[str, float], caplog: pytest.LogCaptureFixture
) -> None:
    edit(stage, ana, UNOWNED)
    assert "⚠️ No sentence says in the first person" in form(ana)
    assert "cannot be read as a whole (KeyError)" in caplog.text
    assert "Priya" not in caplog.text


@pytest.mark.long
def test_bot_that_begins_anew_still_knows_how_it_reads(
    stage: Stage, ana: Actor, line: dict[str, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    line[UNOWNED] = LIKE_BAD_ONES
    edit(stage, ana, UNOWNED)
    stage.restart()
    monkeypatch.setattr(stage.world.lines, "line", line.__getitem__)
    ana.click(stage.draft(), "approve")
    assert saved(stage).approved_by is None
    assert "As a whole it reads like letters" in ana.sees()[-1]


@pytest.mark.long
def test_letter_that_no_rule_reads_gets_a_hint(stage: Stage, ana: Actor, line: dict[str, float]) -> None:
    polish = (
        "Droga Pani Priyo,\n\nprzykro nam, jeśli czuje się Pani zawiedziona. Uwagi przekazaliśmy dalej.\n\nAna Ortega"
    )
    line[polish] = LIKE_BAD_ONES
    edit(stage, ana, polish)
    ana.click(stage.draft(), "edit")
    assert "💡 As a whole it reads like letters that leave a customer alone" in form(ana)


# Who may overrule


def test_blocked_reply_is_refused_with_reason_and_help(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, EXCUSE)
    ana.click(stage.draft(), "approve")
    assert saved(stage).approved_by is None
    assert "It points at somebody else" in ana.sees()[-1]
    assert f"ask <@{stage.person('lea').id}> to overrule them" in ana.sees()[-1]


def test_form_tells_whom_one_can_ask(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, EXCUSE)
    assert f"ask <@{stage.person('lea').id}> to approve it as it stands." in form(ana)
    assert "anyway" not in str(ana.modal().view)


@pytest.mark.long
def test_lead_overrules_with_a_reason_that_stays(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, EXCUSE)
    lea = stage.person("lea")
    lea.click(stage.draft(), "approve")
    assert "Why should it go out all the same?" in form(lea)
    lea.submit({"overrule": "She asked us who had brought it"})
    assert (saved(stage).approved_by, saved(stage).override) == (lea.id, "She asked us who had brought it")
    assert f"<@{lea.id}> overruled the checks: She asked us who had brought it" in plain(stage.draft())
    assert sendable(stage)


def test_lead_overrules_from_the_edit_form_too(stage: Stage, ana: Actor) -> None:
    lea = stage.person("lea")
    edit(stage, lea, EXCUSE)
    lea.submit({"overrule": "True, and she asked"})
    assert (saved(stage).approved_by, saved(stage).override) == (lea.id, "True, and she asked")


def test_reason_from_anybody_else_overrules_nothing(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, EXCUSE)
    lea = stage.person("lea")
    lea.click(stage.draft(), "approve")
    asked = lea.modal()
    ana.close_modal()
    stage.practice.workspace.modals[ana.id] = [asked]  # a form of the lead's, sent by somebody else
    asked.user = ana.id
    assert "overrule" in ana.submit({"overrule": "I think it is fine"})
    assert saved(stage).approved_by is None


@pytest.mark.long
def test_overruling_holds_for_the_words_the_lead_saw(stage: Stage, ana: Actor) -> None:
    edit(stage, ana, EXCUSE)
    lea = stage.person("lea")
    lea.click(stage.draft(), "approve")
    edit(stage, stage.person("ben"), EXCUSE.replace("late again", "drunk"))
    assert "overrule" in lea.submit({"overrule": "She asked"})
    assert saved(stage).approved_by is None


@pytest.mark.long
def test_policy_may_name_another_to_overrule(stage: Stage, ana: Actor) -> None:
    with_policy(stage, drafts=Drafts(may_override="@ben"))
    edit(stage, ana, EXCUSE)
    lea, ben = stage.person("lea"), stage.person("ben")
    lea.click(stage.draft(), "approve")
    assert f"<@{ben.id}>" in lea.sees()[-1]
    ben.click(stage.draft(), "approve")
    assert form(ben) != ""


@pytest.mark.long
def test_offer_beyond_policy_names_who_may_give_it(stage: Stage, ana: Actor) -> None:
    with_policy(stage, remedies=Remedies(beyond="@ben"))
    edit(stage, ana, GENEROUS)
    assert not sendable(stage)
    ana.click(stage.draft(), "approve")
    assert "5,000" in ana.sees()[-1]
    assert f"ask <@{stage.person('ben').id}> to approve it" in ana.sees()[-1]


@pytest.mark.long
def test_person_named_approves_more_without_a_reason(stage: Stage, ana: Actor) -> None:
    with_policy(stage, remedies=Remedies(beyond="@ben"))
    edit(stage, ana, GENEROUS)
    ben = stage.person("ben")
    ben.click(stage.draft(), "approve")
    assert saved(stage).approved_by == ben.id
    assert sendable(stage)


@pytest.mark.long
def test_who_may_give_more_may_not_excuse_more(stage: Stage, ana: Actor) -> None:
    with_policy(stage, remedies=Remedies(beyond="@ben"))
    edit(stage, ana, EXCUSE.replace("I have refunded the box", "I have refunded €5,000"))
    ben = stage.person("ben")
    ben.click(stage.draft(), "approve")
    assert saved(stage).approved_by is None
    assert f"<@{stage.person('lea').id}>" in ben.sees()[-1]


@pytest.mark.long
def test_not_even_the_lead_approves_open_blanks(stage: Stage, ana: Actor) -> None:
    lea = stage.person("lea")
    edit(stage, lea, EXCUSE.replace("15:00", "⟨time⟩"))
    assert "Why should it go out" not in form(lea)
    lea.close_modal()
    assert "approve" not in buttons(stage.draft())


@pytest.mark.long
def test_strict_team_lets_no_explanation_pass(stage: Stage, ana: Actor) -> None:
    explained = GOOD.replace("You had nothing", "That happened because I mixed up two lists. You had nothing")
    edit(stage, ana, explained)
    assert sendable(stage)
    with_policy(stage, drafts=Drafts(strict=True))
    edit(stage, ana, explained.replace("two", "our"))
    assert not sendable(stage)


# Not the same words twice


def approve(stage: Stage, who: Actor, body: str, number: int = 1) -> None:
    edit(stage, who, body, number)
    who.click(stage.draft(number), "approve")
    assert saved(stage, number).approved_by == who.id


@pytest.mark.long
def test_same_words_to_the_same_customer_are_blocked(stage: Stage, ana: Actor) -> None:
    approve(stage, ana, GOOD)
    ana.command("/case", "contacted 1 email")
    stage.hears_from("box-not-delivered")
    edit(stage, ana, GOOD.replace("today", "tomorrow"))
    assert not sendable(stage)
    assert "This customer has had these words before" in form(ana)


@pytest.mark.long
def test_copy_of_a_letter_to_another_is_blocked(stage: Stage, ana: Actor) -> None:
    approve(stage, ana, GOOD)
    stage.receives(comment="My meal box did not arrive.", customer={"name": "Tom Berg", "email": "tom@example.org"})
    edit(stage, ana, GOOD.replace("Priya", "Tom").replace("Wednesday", "Friday"), number=2)
    assert not sendable(stage, 2)
    assert "Nearly these words were sent in case #1" in form(ana)


@pytest.mark.long
def test_own_words_for_each_customer_are_welcome(stage: Stage, ana: Actor) -> None:
    approve(stage, ana, GOOD)
    stage.receives(comment="My meal box did not arrive.", customer={"name": "Tom Berg", "email": "tom@example.org"})
    own = (
        "Dear Tom,\n\nI am sorry, I forgot to put your meal box on the van. That left you without the week's dinners. Your "
        "17 euros are back on your card. Shall I bring one round myself on Thursday?\n\nAna Ortega"
    )
    edit(stage, ana, own, number=2)
    assert sendable(stage, 2)


@pytest.mark.long
def test_promise_is_kept_with_the_approved_reply(stage: Stage, ana: Actor) -> None:
    approve(stage, ana, GOOD)
    kept = stage.world.store.read(lambda tx: replies.promises(tx, 1, saved(stage).version))
    assert [(p.what, p.due_at) for p in kept] == [("call you", stage.now.replace(hour=14, minute=0, second=0))]


@pytest.mark.long
def test_reply_after_a_broken_promise_makes_amends(stage: Stage, ana: Actor) -> None:
    """replies T4: an apology and amends, both; a letter that only says sorry again is held back."""
    ana.command("/case", "claim 1")
    ana.command("/case", "promise 1 today 12:00: call her")
    stage.jump(timedelta(hours=6))
    sorry = "Dear Priya,\n\nI am sorry: I broke my promise and did not call, and your box is still missing.{} I will call you tomorrow at 9:00.\n\nAna Ortega"
    edit(stage, ana, sorry.format(""))
    assert "apology and compensation together" in form(ana)
    assert not sendable(stage)
    ana.submit({"body": sorry.format(" I have refunded the box in full.")})
    assert sendable(stage)


SORRY = (
    "Dear Priya,\n\nI am sorry: I broke my promise and did not call, and your box is still missing.{} "
    "I will call you tomorrow at {}:00.\n\nAna Ortega"
)
AMENDS = " I have refunded the box in full."


def test_amends_are_asked_for_until_a_reply_made_them(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "promise 1 today 12:00: call her")
    stage.jump(timedelta(hours=6))
    ana.command("/case", "kept 1")  # late
    edit(stage, ana, SORRY.format("", 9))
    lea = stage.person("lea")
    lea.click(stage.draft(), "approve")
    lea.submit({"overrule": "She wants words, no money"})
    assert saved(stage).approved_by == lea.id
    edit(stage, ana, SORRY.format("", 10))
    assert not sendable(stage)
    edit(stage, ana, SORRY.format(AMENDS, 10))
    ana.click(stage.draft(), "approve")
    assert saved(stage).approved_by == ana.id
    edit(stage, ana, SORRY.format("", 11))
    assert sendable(stage)


def test_promise_broken_after_its_case_closed_asks_for_amends(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted 1 phone")
    ana.command("/case", "promise 1 tomorrow 12:00: call her")
    ana.command("/case", "close 1 satisfied promise to do")
    stage.jump(timedelta(days=1, hours=6))
    stage.hears_from("box-not-delivered")
    assert stage.case(2).earlier == (1,)
    ana.command("/case", "claim 2")
    edit(stage, ana, SORRY.format("", 9), number=2)
    assert not sendable(stage, 2)
    edit(stage, ana, SORRY.format(AMENDS, 9), number=2)
    assert sendable(stage, 2)


# Safety and the law


def test_lead_is_called_once_where_safety_is_at_stake(stage: Stage) -> None:
    stage.receives(comment="There was glass in my salad and I had to go to hospital.", rating={"value": 1, "scale": 5})
    assert stage.case().severity is Severity.CRITICAL
    assert "Safety or law may be at stake" in plain(stage.draft())
    lea = stage.person("lea")
    called = [m for m in stage.practice.messages("notice") if "somebody's safety or the law" in plain(m)]
    assert len(called) == 1
    assert "redraft" not in buttons(stage.draft())  # no model may write another one
    lea.command("/case", "draft 1 shorter")
    assert "no model writes another version" in lea.sees()[-1]
    called = [m for m in stage.practice.messages("notice") if "somebody's safety or the law" in plain(m)]
    assert len(called) == 1


@pytest.mark.long
def test_only_the_lead_approves_where_safety_is_at_stake(stage: Stage, ana: Actor) -> None:
    stage.receives(
        comment="There was glass in my salad and I had to go to hospital.",
        customer={"name": "Tom Berg", "email": "tom@example.org"},
    )
    body = (
        "Dear Tom,\n\nI am sorry: we served you a salad with glass in it, and you had to go to hospital. I have refunded the "
        "meal, and I have thrown the whole batch away. What would help you now?\n\nLea Brandt"
    )
    edit(stage, ana, body, number=2)
    assert not sendable(stage, 2)
    lea = stage.person("lea")
    lea.click(stage.draft(2), "approve")
    assert (saved(stage, 2).approved_by, saved(stage, 2).override) == (lea.id, None)


# What nobody can talk the bot into


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "planted",
    [
        "Please confirm at https://evil.example/pay first.",
        "I have refunded €5,000 to you.",
        "Write to refunds@evil.example and they will pay you.",
        "Our instructions say: You draft a reply from Hearth and Ribbon to a customer who had a bad experience.",
        "Your card 4111 1111 1111 1111 is credited.",
    ],
)
def test_planted_words_cannot_be_approved_by_anybody_else(stage: Stage, ana: Actor, planted: str) -> None:
    edit(stage, ana, GOOD.replace("You had nothing", f"{planted} You had nothing"))
    assert not sendable(stage)
    ana.click(stage.draft(), "approve")
    assert saved(stage).approved_by is None
    assert "approve" in buttons(stage.draft())
