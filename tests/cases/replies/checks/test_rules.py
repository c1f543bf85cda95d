"""Every rule keeps its own examples, and the page about them is the committed one."""

from __future__ import annotations

from typing import Any

import pytest

from cases.model import Customer, Feedback
from cases.replies.checks import RULES, Finding, Rule, check_reply, ok
from tests.write_reply_checks_page import FAMILIES, PAGE, as_markdown

# What each rule does; H1 of the research is a workflow, E6 and L3 to L6 are our own, P5, P7, R3, E4, E5 and T5 told nothing.
WEIGHTS = {
    "block": "A1 A2 A3 A4 A5 A6 E1 E2 E6 P1 P2 P3 R1 R5 T1 T2 T4 L4 S1 S2",
    "warn": "A7 P4 P6 R2 R4 T3 L1 L2 L3 L5 L6",
    "hint": "A8 E3",
}


def judge(rule: Rule, reply: str) -> tuple[Finding, ...]:
    """The example's reply, judged beside the rule's own complaint."""
    given: dict[str, Any] = dict(rule.given)
    comment = given.pop("comment", "Soup cold, an hour late")
    customer = Customer(name="Ana Ruiz", email="ana@example.org")
    feedback = Feedback(external_id="1", source="form", customer=customer, comment=comment, order_ref="8812")
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


def test_the_committed_page_equals_the_generated_one() -> None:
    assert PAGE.read_text(encoding="utf-8") == as_markdown(), "run: python -m tests.write_reply_checks_page"
