"""Every rule keeps its own examples, and the page about them is the committed one."""

from __future__ import annotations

from typing import Any

import pytest

from cases.model import Customer, Feedback
from cases.replies.checks import RULES, Finding, Rule, check_reply, ok
from tests.write_reply_checks_page import FAMILIES, PAGE, as_markdown

# What each rule does; H1 of the research is a workflow, E6 and L3 to L6 are our own, A7, A8, E4, E5, L2, P5, P7, R3, T3 and T5 told nothing.
WEIGHTS = {
    "block": "A1 A2 A3 A4 A5 A6 E1 E2 E6 P1 P2 P3 R1 R5 T1 T2 T4 L4 S1 S2",
    "warn": "P4 P6 R2 R4 T6 L1 L3 L5 L6",
    "hint": "E3",
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


def test_every_rule_has_the_severity_of_the_table() -> None:
    expected = {rule: weight for weight, rules in WEIGHTS.items() for rule in rules.split()}
    assert {rule.id: rule.severity for rule in RULES.values()} == expected


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
    warning = check_reply("Dear customer, I'm sorry I sent the soup late. I've refunded it.\nTom")
    assert warning
    assert ok(warning)
    assert not ok(check_reply("Your feedback is important to us."))


EMPTY = "Hi Ana, we hope to be better next time.\n\nTom"


@pytest.mark.parametrize(
    ("where", "reply", "weight"),
    [
        (None, EMPTY, "block"),
        ("https://reviews.example/7", EMPTY, "warn"),
        ("https://reviews.example/7", EMPTY.replace("next", "far and away, day by day, " * 10 + "next"), "block"),
    ],
    ids=["letter", "a few public lines", "a public letter"],
)
def test_a_few_public_lines_are_warned_where_letters_block(where: str | None, reply: str, weight: str) -> None:
    feedback = Feedback(
        external_id="1", source="form", customer=Customer(name="Ana Ruiz"), comment="Soup cold", public_url=where
    )
    found = {finding.rule: finding.severity for finding in check_reply(reply, feedback)}
    soft = {rule.id for rule in RULES.values() if rule.public_severity}
    assert {rule: found[rule] for rule in ("A5", "A6", "P3", "R1")} == dict.fromkeys(("A5", "A6", "P3", "R1"), weight)
    assert soft == {"A4", "A5", "A6", "P3", "R1"}


UNOWNED = "Hi Ana, I'm sorry about the soup. It is refunded. {more}I hope the evening was good all the same.\n\nTom"
AT_LENGTH = (
    "Ladles and thermometers hang by the pass from tonight, one for each pot and one to spare. I look at them at six. "
)


@pytest.mark.parametrize(
    ("more", "weight"),
    [("", "block"), (AT_LENGTH, "warn"), (AT_LENGTH.replace("I look", "Staff look"), "warn")],
    ids=["a line", "at length", "a hope that says I"],
)
def test_who_tells_of_it_at_length_is_only_warned(more: str, weight: str) -> None:
    found = {finding.rule: finding.severity for finding in check_reply(UNOWNED.format(more=more))}
    assert found["A5"] == weight
    house = UNOWNED.format(more=AT_LENGTH).replace("I'm sorry", "We're sorry").replace("I ", "we ")
    assert {finding.rule: finding.severity for finding in check_reply(house)}["A5"] == "block"


@pytest.mark.parametrize(
    ("sentence", "conditional"),
    [
        ("I'm sorry if the soup was cold.", True),
        ("If your soup was cold, we apologise.", True),
        ("Sorry if you had to wait.", True),
        ("We apologise in case anything was damaged.", True),
        ("I'm sorry, and if it cost you anything I'll pay it.", False),
        ("I am sorry; I can refund it if you prefer.", False),
        ("I would like to apologise to him in person, if he'd have me.", False),
        ("Sorry, if that helps I'll come today at six.", False),
        ("I'm sorry that you talked to a robot when you should've talked to me.", False),
    ],
)
def test_only_a_condition_about_what_happened_doubts_it(sentence: str, conditional: bool) -> None:
    assert ("A1" in {finding.rule for finding in check_reply(sentence)}) is conditional


def test_the_committed_page_equals_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), "run: python -m tests.write_reply_checks_page"
