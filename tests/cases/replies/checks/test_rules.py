"""Every rule keeps its own examples, and the page about them is the committed one."""

from __future__ import annotations

from typing import Any

import pytest

from cases.model import Customer, Feedback
from cases.replies.checks import RULES, Finding, Rule, check_reply, ok
from tests.write_reply_checks_page import FAMILIES, PAGE, as_markdown

# What research and experience have settled; H1 of the research is a workflow, L1, L4, L6 and T6 are our own. A rule that is new
# need not stand here.
WEIGHTS = {
    "block": "A1 E1 P1 P2 P4 R1 R5 T1 T4 L4 S1 S2 M2",
    "warn": "A5 T6 T7 L1 L6",
}


def judge(rule: Rule, reply: str) -> tuple[Finding, ...]:
    """The example's reply, judged beside the rule's own complaint."""
    given: dict[str, Any] = dict(rule.given)
    comment, source = given.pop("comment", "Soup cold, an hour late"), given.pop("source", "form")
    customer = Customer(name="Ana Ruiz", email="ana@example.org")
    feedback = Feedback(external_id="1", source=source, customer=customer, comment=comment, order_ref="8812")
    return check_reply(reply, feedback, **given)


@pytest.mark.parametrize(("rule", "reply"), [(rule, reply) for rule in RULES.values() for reply in rule.bad])
def test_each_bad_example_trips_its_own_rule(rule: Rule, reply: str) -> None:
    assert rule.id in {finding.rule for finding in judge(rule, reply)}


@pytest.mark.parametrize(("rule", "reply"), [(rule, reply) for rule in RULES.values() for reply in rule.good])
def test_each_good_example_leaves_its_rule_silent(rule: Rule, reply: str) -> None:
    assert rule.id not in {finding.rule for finding in judge(rule, reply)}


def test_every_settled_rule_has_the_severity_of_the_table() -> None:
    expected = {rule: weight for weight, rules in WEIGHTS.items() for rule in rules.split()}
    assert expected.items() <= {rule.id: str(rule.severity) for rule in RULES.values()}.items()


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_a_finding_says_why_and_how_to_mend_it(rule: Rule) -> None:
    finding = next(each for each in judge(rule, rule.bad[0]) if each.rule == rule.id)
    assert finding.why == rule.why
    assert finding.fix == rule.fix
    assert finding.quote in rule.bad[0]


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.id)
def test_why_and_fix_are_one_whole_sentence_each(rule: Rule) -> None:
    for words in (rule.why, rule.fix):
        assert words[0].isupper() or words[0] == "“"
        assert words.rstrip("”").endswith((".", "?"))
    assert rule.id[0] in FAMILIES
    assert rule.source


def test_only_a_blocking_finding_makes_a_reply_not_ok() -> None:
    warning = check_reply("Hi Ana, I'm sorry about the soup. It is refunded.\nTom")
    assert warning
    assert ok(warning)
    assert not ok(check_reply("Your feedback is important to us."))


NO_SORRY = "We sent your soup out cold. It is refunded. {more}Tom"
NO_DEED = "Hi Ana, we're sorry. We sent your soup out cold. {more}Tom"
UNOWNED = "I'm sorry about the cold soup. It is refunded. {more}Tom"
EMPTY = "Hi Ana, we hope to be better next time. {more}Tom"
LONG = "Far and away, day by day, " * 10


@pytest.mark.parametrize(
    ("reply", "letter", "public"),
    [
        (NO_SORRY, {"A1": "block"}, {"A1": "warn"}),
        (NO_DEED, {"R1": "block"}, {"R1": "warn"}),
        (UNOWNED, {"A5": "warn"}, {}),
        (EMPTY, {"A1": "block", "A5": "warn", "R1": "block"}, dict.fromkeys(("A1", "A5", "R1"), "block")),
    ],
    ids=["no sorry", "no deed", "unowned", "empty"],
)
def test_a_few_public_lines_may_lack_one_part_of_a_letter(
    reply: str, letter: dict[str, str], public: dict[str, str]
) -> None:
    def missing(where: str | None, more: str) -> dict[str, str]:
        feedback = Feedback(
            external_id="1", source="form", customer=Customer(name="Ana Ruiz"), comment="Soup cold", public_url=where
        )
        found = check_reply(reply.format(more=more), feedback, line=0.0)
        return {each.rule: each.severity for each in found if each.rule in ("A1", "A5", "R1")}

    assert missing(None, "") == letter
    assert missing("https://reviews.example/7", "") == public
    assert missing("https://reviews.example/7", LONG) == letter


STOCK = "Hi Ana, I'm sorry, I sent your soup late. It is refunded. Your feedback is important to us.\nTom"
UNDATED = "Hi Ana, I'm sorry, I sent your soup late. I'll call you and refund it soon.\nTom"
NOT_OWNED = "Hi Ana, I'm sorry about the soup. It is refunded. Your feedback is important to us.\nTom"
WRONG_NAME = "Dear Eva, I'm sorry, I sent your soup late. It is refunded.\nTom"


@pytest.mark.parametrize(
    ("reply", "line", "weights"),
    [
        (STOCK, None, {"P1": "block"}),
        (STOCK, -5.9, {"P1": "block"}),
        (STOCK, -6.1, {"P1": "warn"}),
        (UNDATED, -5.9, {"T1": "block"}),
        (UNDATED, -6.1, {"T1": "warn"}),
        (NOT_OWNED, -6.1, {"A5": "block", "P1": "block"}),
        (WRONG_NAME, -6.1, {"P4": "block"}),
    ],
    ids=["unread", "not so well", "well", "no date", "no date but well", "two faults", "no fault of tone"],
)
def test_one_fault_of_tone_holds_back_no_letter_that_reads_well(
    reply: str, line: float | None, weights: dict[str, str]
) -> None:
    feedback = Feedback(external_id="1", source="form", customer=Customer(name="Ana Ruiz"), comment="Soup cold, late")
    assert {finding.rule: finding.severity for finding in check_reply(reply, feedback, line=line)} == weights


OWNED = "Hi Ana, I'm sorry. I sent your soup late. It is refunded.\nTom"
LONGER = "Hi Ana, I'm sorry. I sent your soup late, and you waited a whole hour for it at home. It is refunded since this morning.\nTom"
POLISH = "Droga Ano, przykro nam z powodu zupy. Uwagi przekazaliśmy dalej. Z poważaniem, Tom"


@pytest.mark.parametrize(
    ("reply", "given", "line", "weight"),
    [
        (LONGER, {}, 1.1, "block"),
        (LONGER, {}, 0.9, None),
        (OWNED, {}, 1.1, None),
        (OWNED, {"public_url": "https://reviews.example/7"}, 1.1, None),
        ("Thank you, Ana, I'm glad it is right now.\nTom", {"comment": "Thank you, all good now"}, 1.1, None),
        (POLISH, {}, 0.1, "hint"),
        (POLISH, {}, 0.6, "hint"),
        (POLISH, {}, -0.1, None),
        (POLISH, {}, None, None),
    ],
    ids=[
        "like bad ones",
        "hardly",
        "terse and whole",
        "in public",
        "after thanks",
        "abroad a little",
        "abroad",
        "abroad not",
        "not asked",
    ],
)
def test_letter_that_reads_like_bad_ones_is_stopped_or_hinted_at(
    reply: str, given: dict[str, str], line: float | None, weight: str | None
) -> None:
    feedback = Feedback(external_id="1", source="form", **{"comment": "Soup cold, an hour late"} | given)  # type: ignore[arg-type]
    assert {f.rule: f.severity for f in check_reply(reply, feedback, line=line)}.get("M2") == weight


@pytest.mark.parametrize(
    ("sentence", "conditional"),
    [
        ("I'm sorry if the soup was cold.", True),
        ("If your soup was cold, we apologise.", True),
        ("Sorry if you had to wait.", True),
        ("Should it have upset you, we are sorry.", True),
        ("I'm sorry: we should have thought of the butter.", False),
        ("He should never have heard those words, and I am sorry that he did.", False),
        ("We apologise in case anything was damaged.", True),
        ("I'm sorry, and if it cost you anything I'll pay it.", False),
        ("I am sorry; I can refund it if you prefer.", False),
        ("I would like to apologise to him in person, if he'd have me.", False),
        ("Sorry, if that helps I'll come today at six.", False),
        ("I'm sorry that you talked to a robot when you should've talked to me.", False),
    ],
)
def test_only_a_condition_about_what_happened_doubts_it(sentence: str, conditional: bool) -> None:
    assert any(finding.rule == "A1" and finding.quote for finding in check_reply(sentence)) is conditional


def test_the_committed_page_equals_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), "run: python -m tests.write_reply_checks_page"
