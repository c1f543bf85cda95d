"""Which of many new cases share a card, when one gets its own, and what the many have in common."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from cases.messages.flood import By, Group, Member, alike, comes_out, grouped, in_common, most_from, together
from cases.model import PRACTICE, Case, Feedback, Severity, Status

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
N, H, C = Severity


def a_case(number: int, severity: Severity = N) -> Case:
    at = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at"), NOW
    )
    return Case(number=number, severity=severity, **at)


# severities of the new ones, how many came before, how many may have a card → numbers of those that share one
@pytest.mark.parametrize(
    ("severities", "before", "cards", "gathered"),
    [
        ([N], 0, 1, []),
        ([N], 1, 1, [1]),
        ([N, N, N], 0, 2, [3]),
        ([N, H, N], 0, 1, [1, 3]),  # the high one before those that came before it
        ([H, H, H], 0, 2, [3]),
        ([N, C, N, N], 0, 2, [3, 4]),  # a critical one counts among those with a card
        ([C, C, C], 2, 2, []),  # and always has its own
        ([N, H, C], 5, 2, [1, 2]),
        ([N] * 5, 99, 0, []),  # 0 gathers nothing, ever
    ],
)
def test_gravest_stand_alone_as_far_as_there_is_room(
    severities: list[Severity], before: int, cards: int, gathered: list[int]
) -> None:
    new = [a_case(number, severity) for number, severity in enumerate(severities, 1)]
    assert [case.number for case in together(new, before, cards)] == gathered


def test_practice_stands_alone_in_the_midst_of_many() -> None:
    practised = replace(a_case(1), feedback=(Feedback(external_id="p", source=PRACTICE),))
    assert together([practised], 50, 2) == []


def test_of_equals_the_longest_wait_has_its_card() -> None:
    new = [a_case(1), replace(a_case(2), waiting_since=NOW - timedelta(hours=1))]
    assert [case.number for case in together(new, 0, 1)] == [1]


@pytest.mark.parametrize(
    ("after", "action", "by_colleague", "out"),
    [
        ({"status": Status.CLAIMED, "owner": "UANA"}, "claim", True, True),
        ({}, "note", True, True),
        ({"status": Status.CLOSED}, "dismiss", True, False),  # what is over needs no card any more
        ({"severity": H}, "joined", False, True),
        ({"severity": N}, "wrote_again", False, False),
        ({"severity": H}, "words_came", False, False),  # it had said nothing until then
        ({"severity": H}, "scored", False, False),  # it stands further up among the others
        ({"severity": C}, "scored", False, True),
        ({"severity": C, "status": Status.CLOSED}, "scored", False, False),
    ],
)
def test_case_gets_its_card_when_somebody_needs_it(
    after: dict[str, object], action: str, by_colleague: bool, out: bool
) -> None:
    before = a_case(1)
    assert comes_out(before, replace(before, **after), action, by_colleague=by_colleague) is out  # type: ignore[arg-type]


def member(number: int, source: str = "web", order: str | None = None, *reasons: str) -> Member:
    return Member(number, Status.UNCLAIMED, True, source, order, reasons)


def test_members_are_grouped_by_what_half_share() -> None:
    by_cause = [member(n, "web", None, "clause", "late" if n % 3 else "broken") for n in range(9)]
    assert in_common([*by_cause, *(member(n) for n in range(9, 18))]) is By.CAUSE  # although all are from one source
    assert grouped(by_cause, By.CAUSE) == (Group("late", 6, 1), Group("broken", 3, 0))
    by_order = [replace(each, order="8812") for each in by_cause]
    assert in_common(by_order) is By.ORDER
    by_source = [member(n, "web" if n % 2 else "mail") for n in range(9)]
    assert in_common(by_source) is By.SOURCE
    assert grouped(by_source, By.SOURCE) == (Group("mail", 5, 0), Group("web", 4, 1))


def test_alike_are_those_of_the_same_group() -> None:
    late, broken = (
        [member(n, "web", None, "late") for n in (1, 2, 3)],
        [member(n, "web", None, "broken") for n in (4, 5)],
    )
    assert alike([*late, *broken], 2) == {1, 2, 3}
    assert alike([*late, *broken], 5) == {4, 5}
    assert alike([*late, member(6)], 6) == frozenset()


def test_what_one_alone_has_is_no_group() -> None:
    assert grouped([member(1, "web", "1"), member(2, "mail", "2")], By.ORDER) == ()
    assert in_common([]) is By.ORDER


def test_only_more_than_half_are_most() -> None:
    assert most_from([member(1, "web"), member(2, "web"), member(3, "mail")]) == "web"
    assert most_from([member(1, "web"), member(2, "mail")]) is None
    assert most_from([]) is None
