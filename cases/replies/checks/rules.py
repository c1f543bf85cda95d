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
    sound,
    thread,
    wording,
)
from cases.replies.checks.finding import Rule

_MODULES = (apology, responsibility, likeness, person, repair, promises, thread, wording, language, safety, sound)

_FAMILIES = (
    "AEPRTLSM"  # as people read a letter: apology, excuses, person, repair, time; then language, safety, the whole
)

RULES: dict[str, Rule] = {
    rule.id: rule
    for rule in sorted(
        (rule for module in _MODULES for rule in module.RULES), key=lambda each: (_FAMILIES.index(each.id[0]), each.id)
    )
}

GONE: dict[str, str] = {"A6": "A1", "E2": "E1", "E6": "S1", "L3": "L4", "L5": "L1", "R4": "R5"}
"""Names of old that are a part of another rule now."""
