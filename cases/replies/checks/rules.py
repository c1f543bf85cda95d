"""Every rule there is, in the order people read them."""

from __future__ import annotations

from cases.replies.checks import (
    apology,
    language,
    likeness,
    person,
    promises,
    repair,
    responsibility,
    safety,
    wording,
)
from cases.replies.checks.finding import Rule

_MODULES = (apology, responsibility, likeness, person, repair, promises, wording, language, safety)

RULES: dict[str, Rule] = {
    rule.id: rule
    for letter in "AEPRTLS"
    for module in _MODULES
    for rule in sorted(module.RULES, key=lambda each: each.id)
    if rule.id[0] == letter
}
