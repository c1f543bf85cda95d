"""Pages of settings that nobody can have meant are refused in a few steps and in one sentence (attacks 29).

The operator writes the page; but a page that a script has written should not keep the bot from saying what is wrong.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from cases.policy import page
from cases.policy.page import Policy, PolicyError, read_policy
from tests.cases.policy.test_page import OURS

_DOTTED = ".".join(["a"] * 20_000)
LONG_NAMES = {
    "a name of many parts": f"{_DOTTED} = 1",
    "a table of many parts": f"[{_DOTTED}]",
    "a name of many parts in quotes": ".".join(['"a b"'] * 20_000) + " = 1",
    "a name of many parts within a table": f"slack = {{ {_DOTTED} = 1 }}",
    "a name of many parts, apart": " . ".join(["a"] * 20_000) + " = 1",
}
BOMBS = LONG_NAMES | {
    "lists without end": "a = " + "[" * 100_000,
    "lists within lists": "a = " + "[" * 50_000 + "]" * 50_000,
    "tables within tables": "a = " + "{a = " * 30_000 + "1" + "}" * 30_000,
    "many tables": "\n".join(f"[t{number}]" for number in range(20_000)),
    "many settings": "\n".join(f"t{number} = 1" for number in range(20_000)),
    "many wrong rungs": "[[nudges]]\nwhen = 7\n" * 8000,
    "many wrong rungs on a small page": "[[nudges]]\nwhen = 7\n" * 400,
    "many wrong people": "slack.members = [" + "7, " * 60_000 + "]",
    "quotes that never close": 'a = "' + '\\"' * 100_000,
    "many quotes that never close": "\n".join(['"' + "x" * 100] * 2000),
    "a page too large": "# x\n" * 100_000,
}
# Calls of functions, Python's and its libraries': to look for the lines of faults in a page of 160 kB takes ten times as many.
_STEPS = 3_000_000


@contextmanager
def few_steps() -> Iterator[None]:
    """Raises AssertionError as soon as this thread has taken more steps than any page may cost."""
    left, before = _STEPS, sys.getprofile()

    def step(_frame: Any, event: str, _called: Any) -> None:
        nonlocal left
        left -= event in ("call", "c_call")
        assert left > 0, f"more than {_STEPS} steps"

    sys.setprofile(step)
    try:
        yield
    finally:
        sys.setprofile(before)


@pytest.mark.parametrize("name", BOMBS)
def test_bomb_is_refused_in_a_few_steps(name: str) -> None:
    with few_steps(), pytest.raises(PolicyError) as refused:
        read_policy(BOMBS[name])
    assert 1 <= len(str(refused.value).splitlines()) <= 21


@pytest.mark.parametrize("name", LONG_NAMES)
def test_name_of_many_parts_is_refused_unread(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """TOML's reader goes through all parts for each of them, in steps that are no calls."""
    monkeypatch.setattr(page, "tomllib", None)
    with pytest.raises(PolicyError, match="a name has more than 16 parts"):
        read_policy(LONG_NAMES[name])


def test_fault_of_a_long_name_names_its_line() -> None:
    with pytest.raises(PolicyError, match=r"policy\.toml, line 3: a name has more than 16 parts"):
        read_policy(f"team = 'x'\n\n{_DOTTED} = 1")


def test_first_faults_of_many_are_told_and_the_others_counted() -> None:
    with pytest.raises(PolicyError) as refused:
        read_policy("\n".join(f"t{number} = 1" for number in range(50)))
    first, *_, last = str(refused.value).splitlines()
    assert first.startswith("policy.toml, line 1: t0: there is no such setting")
    assert last == "policy.toml: and 30 more"


def test_dots_in_texts_and_comments_are_nobodys_name() -> None:
    text = "a.b.c.d.e.f.g.h.i.j.k.l.m.n.o.p.q.r.s"
    assert read_policy(f'team = "{text}"\n# and so on' + ". " * 100) == Policy(team=text)
    assert read_policy(f"team = '{text}'").team == text
    assert isinstance(read_policy(OURS), Policy)
