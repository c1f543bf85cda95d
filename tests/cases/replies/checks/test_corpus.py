"""The corpus as a whole: bad replies are found, good ones pass, and the marks name real rules."""

from __future__ import annotations

import pytest

from cases.replies.checks import RULES
from tests.evaluate_replies import SPLITS, Judged, judged, main, show, table

BAD_FOUND, GOOD_BLOCKED = 0.85, 0.08


@pytest.fixture(scope="module")
def rows() -> list[Judged]:
    return list(judged())


def _share(rows: list[Judged], *, good: bool) -> float:
    blocked = [bool(row.right) is not good for row in rows if row.good is good]
    return sum(blocked) / len(blocked)


@pytest.mark.parametrize("split", SPLITS)
def test_bad_replies_are_blocked_and_good_ones_pass(rows: list[Judged], split: str) -> None:
    here = [row for row in rows if row.split == split]
    assert _share(here, good=False) >= BAD_FOUND
    assert _share(here, good=True) <= GOOD_BLOCKED


def test_the_corpus_is_large_and_never_repeats_itself(rows: list[Judged]) -> None:
    assert len(rows) >= 300
    assert sum(row.good for row in rows) >= 120
    assert len({row.reply for row in rows}) == len(rows)


def test_every_mark_in_the_corpus_names_a_rule(rows: list[Judged]) -> None:
    marked = set().union(*(row.rules for row in rows))
    assert marked <= set(RULES)
    assert marked >= {rule.id for rule in RULES.values() if rule.severity == "block"} - {
        "P2",
        "L4",
        "E6",
    }  # a past, another language, and a complaint with abuse in it


def test_most_bad_replies_are_blocked_for_the_marked_reason(rows: list[Judged]) -> None:
    bad = [row for row in rows if not row.good]
    assert sum(bool(row.rules & row.tripped) for row in bad) >= 0.85 * len(bad)


def test_the_printed_table_has_a_line_for_every_rule(capsys: pytest.CaptureFixture[str]) -> None:
    main(["tuning"])
    printed = capsys.readouterr().out
    assert [line.split()[0] for line in printed.splitlines()[1 : len(RULES) + 1]] == list(RULES)
    assert "bad found" in printed.splitlines()[-1]


def test_showing_prints_the_misjudged_ones_only() -> None:
    wrong = Judged(split="tuning", good=True, rules=frozenset(), reply="Hm.", findings=())
    assert list(show([wrong])) == []
    assert len(list(show([Judged("tuning", False, frozenset({"A1"}), "Hm.", ())]))) == 1
    assert "A1" in table([wrong])
