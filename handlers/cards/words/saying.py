"""How the catalogue says a fact: refusals with their facts filled in, enumerations by name, one and several."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention
from handlers.cards.words.draft import FAULT, QUOTE
from handlers.cards.words.names import BUTTONS, OUTCOMES, REASONS, SEVERITIES, STATUSES, WAYS
from handlers.cards.words.refusals import REFUSAL_UNKNOWN, REFUSALS

Key = TypeVar("Key")


def refusal(reason: str, facts: Mapping[str, Any]) -> Mrkdwn:
    """The sentence a person reads when something cannot be done: what is so, and what to do about it."""
    if reason == "unknown_verb" and facts.get("nearest"):
        reason = "unknown_verb_near"
    if reason in _ASKED_OF_SOMEBODY and not facts.get("to"):
        reason = f"{reason}_for_all"
    known = {key: said(key, value) for key, value in facts.items() if value is not None}
    return fill(REFUSALS.get(reason, REFUSAL_UNKNOWN), **_UNKNOWN | {"reason": reason} | known)


_ASKED_OF_SOMEBODY = frozenset({"reply_blocked", "beyond_policy"})


class _Sometime:
    """An instant we were not told: only its leading words are said."""

    def __format__(self, lead: str) -> str:
        return lead or "That time"


# What stands in for a fact that a refusal came without.
_UNKNOWN: dict[str, Any] = {
    "owner": "Somebody else",
    "by": "Somebody",
    "to": "That",
    "since": _Sometime(),
    "at": _Sometime(),
    "until": _Sometime(),
    "count": "several",
    "number": "12",
    "outcome": "closed",
    "outcomes": ", ".join(OUTCOMES.values()),
    "action": "That",
    "status": "in this state",
    "verb": "claim",
    "nearest": "help",
    "said": "that",
    "reference": "the time it happened",
    "faults": "Something in it has to be mended.",
}
_BY_NAME: Mapping[str, Mapping[Any, str]] = {
    "outcome": OUTCOMES,
    "status": STATUSES,
    "way": WAYS,
    "severity": SEVERITIES,
    "action": BUTTONS,
}
_PEOPLE = frozenset({"owner", "before", "by", "actor", "to"})
_INSTANTS = frozenset({"at", "since", "until"})


def said(name: str, value: Any) -> Any:
    """A fact as it is said. `value` may come from the timeline, where enumerations and instants are kept as text."""
    if name in _BY_NAME:
        return _BY_NAME[name].get(value, str(value))
    if name in _PEOPLE and isinstance(value, str):
        return mention(value)
    if name == "faults":
        return join(" ", (fill(FAULT, quote=quote(words), why=why) if words else why for words, why in value))
    return datetime.fromisoformat(value) if name in _INSTANTS and isinstance(value, str) else value


def quote(words: str) -> Mrkdwn:
    """Words of a reply between quotation marks; the stop at their end belongs to the reply's sentence, not to ours."""
    return fill(QUOTE, quote=words.rstrip(" .,;:") or words)


def reason(code: str) -> str:
    """Why triage judged as it did, in words."""
    return REASONS.get(code, code.replace("_", " "))


def choosable(names: Mapping[Key, str]) -> dict[Key, str]:
    """Names as the choices of a menu, each with a capital letter."""
    return {key: name[0].upper() + name[1:] for key, name in names.items()}


def plural(count: int, one: str, many: str) -> str:
    """The sentence for one, or the one for several."""
    return one if count == 1 else many
