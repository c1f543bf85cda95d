"""The sets of replies as a whole: bad ones are found, good ones pass, and the marks name real rules."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from cases.replies.checks import RULES
from cases.replies.checks.evaluated import FILE
from cases.replies.checks.language import UNREAD
from tests.evaluation.embedded import KEPT
from tests.evaluation.replies import Judged, interval, judged, kept, report, show, table, wholly

BAD_FOUND, GOOD_BLOCKED = 0.65, 0.05  # by the rules alone; five sets by strangers are among them
BAD_LEARNT_FROM = (
    0.60  # fewer of the letters whose phrases had been written down one by one, until no stranger used them
)
WHOLLY_FOUND, WHOLLY_BLOCKED = 0.80, 0.04  # where letters are read as a whole, too


@pytest.fixture(scope="module")
def rows() -> list[Judged]:
    return list(judged("dev"))


@pytest.fixture(scope="module")
def learnt_from() -> list[Judged]:
    return list(judged("learn"))


def _share(rows: list[Judged], *, good: bool) -> float:
    blocked = [bool(row.right) is not good for row in rows if row.good is good]
    return sum(blocked) / len(blocked)


@pytest.mark.long
@pytest.mark.parametrize(
    ("some", "found"), [("rows", BAD_FOUND), pytest.param("learnt_from", BAD_LEARNT_FROM, marks=pytest.mark.long)]
)
def test_bad_replies_are_blocked_and_good_ones_pass(request: pytest.FixtureRequest, some: str, found: float) -> None:
    here = [row for row in request.getfixturevalue(some) if row.lang == "en"]
    assert _share(here, good=False) >= found
    assert _share(here, good=True) <= GOOD_BLOCKED


@pytest.mark.long
@pytest.mark.skipif(not KEPT.exists(), reason="minutes of embeddings: run `make weights` first, which keeps them")
@pytest.mark.parametrize("use", ["learn", "dev"])
def test_more_bad_replies_are_blocked_where_they_are_read_wholly(use: str) -> None:
    here = [row for row in judged(use, lines=wholly) if row.lang == "en"]
    assert _share(here, good=False) >= WHOLLY_FOUND
    assert _share(here, good=True) <= WHOLLY_BLOCKED


@pytest.mark.long
def test_the_sets_are_large_and_never_repeat_a_reply(rows: list[Judged], learnt_from: list[Judged]) -> None:
    together = [*rows, *learnt_from]
    assert Counter(row.good for row in together)[True] >= 300
    assert Counter(row.good for row in together)[False] >= 300
    assert len({row.reply for row in together}) == len(together)


def test_the_printed_table_has_a_line_for_every_rule(rows: list[Judged]) -> None:
    printed = "\n".join(report(rows))
    assert [line.split()[0] for line in printed.splitlines()[1 : len(RULES) + 1]] == list(RULES)
    assert "bad found" in printed.splitlines()[-2]


def test_letters_in_other_languages_say_they_were_not_judged(rows: list[Judged]) -> None:
    abroad = [row for row in rows if row.lang != "en" and "L6" not in row.tripped]  # L6: in English to an Italian
    assert len(abroad) > 100
    assert sum(UNREAD in row.tripped for row in abroad) == len(abroad)


def test_showing_prints_the_misjudged_ones_only() -> None:
    right = Judged("dev/x", good=True, rules=frozenset(), reply="Hm.", findings=())
    assert list(show([right])) == []
    assert len(list(show([Judged("dev/x", False, frozenset({"A1"}), "Hm.", ())]))) == 1
    assert "A1" in table([right])


def test_the_interval_of_a_share_is_wider_for_fewer() -> None:
    assert interval(5, 10) == pytest.approx((0.237, 0.763), abs=0.001)
    assert interval(50, 100) == pytest.approx((0.404, 0.596), abs=0.001)


def test_what_explain_tells_of_a_blocking_rule_is_measured(rows: list[Judged]) -> None:
    """Warnings hang on how grave triage takes a complaint to be, and M2 on an engine; both are measured elsewhere."""
    now = kept(rows)["rules"]
    told = json.loads(FILE.read_text("utf-8"))["rules"]
    blocking = [rule.id for rule in RULES.values() if rule.severity == "block" and rule.id != "M2"]
    assert {rule: told[rule] for rule in blocking} == {rule: now[rule] for rule in blocking}
    assert told.keys() == now.keys(), "run: python -m tests.evaluation.replies --write"
