"""What one rule for replies is about, for a person at a terminal: `check-reply --explain RULE`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cases.replies.checks import RULES, Rule, Weight
from cases.replies.checks.evaluated import LAST, Evaluated
from cases.replies.checks.rules import GONE
from cases.replies.limits import BOUNDS, Bound

_COMPLAINT = "Soup cold, an hour late"
_DOES: dict[Weight, str] = {"block": "blocks sending", "warn": "warns", "hint": "hints"}


def explained(asked: str) -> str:
    """The whole answer; KeyError with the list of all rules where there is none of that name."""
    name = asked.strip().upper()
    if name in GONE:
        return f"{name} is a part of {GONE[name]} now.\n\n{explained(GONE[name])}"
    if name in RULES:
        return "\n".join(_rule(RULES[name], LAST.get(name)))
    if name in BOUNDS:
        return "\n".join(_bound(BOUNDS[name]))
    raise KeyError(f"There is no rule {asked!r}. The rules are {', '.join((*RULES, *BOUNDS))}.")


def _rule(rule: Rule, last: Evaluated | None) -> Iterator[str]:
    yield f"{rule.id} {rule.name}: {_DOES[rule.severity]}{mildly(rule, _DOES)}."
    yield f"\n{rule.why} {rule.fix}"
    yield f"\nAs an answer to “{rule.given.get('comment', _COMPLAINT)}”, this trips it:\n{_indented(rule.bad[0])}"
    yield from (f"And this does not:\n{_indented(reply)}" for reply in rule.good[:1])
    yield f"\nBehind it: {rule.source}."
    yield f"\n{_how_often(last)}"


def mildly(rule: Rule, does: Mapping[Weight, str]) -> str:
    """Where the rule does less, and what, in words to go on with; empty where it is always the same."""
    milder = [f"{does[rule.mild.severity]} {rule.mild.where}"] if rule.mild else []
    if rule.tone and rule.severity == "block":
        milder.append(f"{does['warn']} where the letter as a whole reads like the best ones")
    return "".join(f", {each}" for each in milder)


def _how_often(last: Evaluated | None) -> str:
    if last is None or not last.bad + last.good:
        return "In the last evaluation no reply tripped it, so how often it is right is not known."
    share = round(100 * last.bad / (last.bad + last.good))
    return (
        f"In the last evaluation it fired on {last.bad} of {last.of_bad} bad replies and on {last.good} of {last.of_good} "
        f"good ones: when it fires, it is right {share} times in 100."
    )


def _bound(bound: Bound) -> Iterator[str]:
    yield f"{bound.id} {bound.name}: blocks sending, in every language and whoever wrote it."
    yield f"\n{bound.why}"
    yield "\nIt is a bound, not a judgement: it tells by shape, and by what policy.toml allows."


def _indented(reply: str) -> str:
    return "\n".join(f"    {line}" for line in reply.splitlines())
