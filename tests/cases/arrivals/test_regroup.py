"""What two cases owe, once they are one, and once they are two again."""

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.acts.promises import BROKEN
from cases.arrivals.regroup import joined, left_by, parted_again
from cases.judgement import assess
from cases.model import Case, Feedback, Promise, Reason, Severity
from tests.cases.acts.test_actions import ANA, LATER, NOW, claimed

CALL, SEND = (Promise(what, NOW + timedelta(days=1), NOW, ANA) for what in ("call him", "send a box"))
MOVED = replace(CALL, due_at=NOW + timedelta(days=2))
LATE = Feedback(external_id="f-1", source="survey", comment="My order never arrived.")
RUDE = replace(LATE, external_id="f-2", comment="Your driver was rude to me.")


def together(one: Case, two: Case) -> tuple[Case, Case]:
    both = joined(one, two, ANA, NOW)
    assert isinstance(both, tuple)
    return both


def two(**changes: object) -> Case:
    return replace(claimed(), number=2, feedback=(RUDE,), promises=(CALL,), **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("meanwhile", "back", "stays"),
    [
        ((SEND, CALL), (CALL,), (SEND,)),
        ((SEND,), (), (SEND,)),  # kept meanwhile
        ((SEND, MOVED), (MOVED,), (SEND,)),
        ((), (), ()),
    ],
)
def test_parted_case_owes_what_is_owed_still(
    meanwhile: tuple[Promise, ...], back: tuple[Promise, ...], stays: tuple[Promise, ...]
) -> None:
    host, gone = together(replace(claimed(), feedback=(LATE,), promises=(SEND,)), two())
    assert host.promises == (SEND, CALL)
    host = replace(host, promises=meanwhile)
    parted = parted_again(gone, host, LATER)
    assert (parted.promises, left_by(host, [assess(LATE)], parted).promises) == (back, stays)


@pytest.mark.parametrize(
    ("mine", "theirs", "left", "severity"),
    [
        (True, False, True, Severity.CRITICAL),
        (False, True, False, Severity.NORMAL),
        (False, False, False, Severity.NORMAL),
    ],
)
def test_broken_promise_goes_where_its_customer_is(mine: bool, theirs: bool, left: bool, severity: Severity) -> None:
    def broken(so: bool) -> dict[str, object]:
        return {"promise_broken_at": NOW, "reasons": (Reason(BROKEN),), "severity": Severity.CRITICAL} if so else {}

    host, gone = together(replace(claimed(), feedback=(LATE,), **broken(mine)), two(**broken(theirs)))  # type: ignore[arg-type]
    assert host.promise_broken_at == (NOW if mine or theirs else None)
    parted = parted_again(gone, host, LATER)
    rest = left_by(host, [assess(LATE)], parted)
    assert (rest.promise_broken_at is not None, rest.severity) == (left, severity)
    assert (Reason(BROKEN) in rest.reasons) == left
