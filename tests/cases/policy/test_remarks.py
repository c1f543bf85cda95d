"""Oddities of a policy: the usual one has none, and each is told with what would mend it."""

from __future__ import annotations

import pytest

from cases.policy.page import Policy, read_policy
from cases.policy.remarks import remarks

KEEPS_OWNERS = "[ownership]\nask = false\n"


def step(when: str, tell: str) -> str:
    return f'[[nudges]]\nwhen = "{when}"\nafter = "0m"\ntell = "{tell}"\n'


def found(page: str) -> list[str]:
    return [remark.found for remark in remarks(read_policy(page))]


def test_usual_policy_is_not_remarked_upon() -> None:
    assert list(remarks(Policy())) == []


@pytest.mark.parametrize("tell", ["thread", "lead", "manager", "@dana", "S012AB3CD"])
def test_one_step_to_anybody_else_is_enough(tell: str) -> None:
    assert found(KEEPS_OWNERS + step("not_contacted", tell)) == []


@pytest.mark.parametrize(
    ("page", "lost"),
    [
        ("nudges = []", ["nobody claims", "silent owner"]),
        (step("promised", "lead"), ["nobody claims", "silent owner"]),
        (step("not_contacted", "owner"), ["nobody claims", "silent owner"]),
        (KEEPS_OWNERS + step("unclaimed", "thread"), ["silent owner"]),
        (step("unclaimed", "thread"), []),  # a silent owner gives the case back
    ],
)
def test_case_that_would_reach_nobody_is_remarked(page: str, lost: list[str]) -> None:
    said = found(page)
    assert len(said) == len(lost)
    assert all(what in sentence for what, sentence in zip(lost, said, strict=True))


def test_remark_on_the_ladder_says_what_to_add() -> None:
    (first, *_) = remarks(read_policy("nudges = []"))
    assert first.fix == ('add a step to policy.toml: [[nudges]] with when = "unclaimed", after = "1h", tell = "lead"')


def test_unclaimed_case_has_no_owner_to_tell() -> None:
    page = step("not_contacted", "lead") + step("unclaimed", "owner")
    assert found(page) == ["ladder: step 2 tells the owner of a case that has none yet, so it tells nobody"]


def test_claim_after_contact_is_remarked_where_it_stands() -> None:
    page = '[clocks.high]\nclaim = "2h"\n[clocks.source.kiosk.normal]\ncontact = "5m"\n[clocks.source.web.normal]\nhold = "1m"'
    assert [sentence.split(":")[0] for sentence in found(page)] == ["clocks.source.kiosk.normal", "clocks.high"]


@pytest.mark.parametrize(("who", "said"), [("channel", 1), ("workspace", 1), ("members", 0)])
def test_list_that_nobody_is_asked_about_is_remarked(who: str, said: int) -> None:
    assert len(found(f'[slack]\nwho = "{who}"\nmembers = ["@ana"]')) == said
