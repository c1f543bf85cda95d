"""How the catalogue says a fact: refusals with their facts filled in, enumerations by name, one and several."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, TypeVar

from cases.acts.act import ActionName
from cases.acts.actions import UNDO, named
from cases.acts.refusals import RefusalName
from cases.acts.verbs import verbs
from cases.model import Way
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention
from handlers.cards.words.actions import ACTIONS, Form
from handlers.cards.words.answers import ENTRIES, ENTRY_UNKNOWN
from handlers.cards.words.contact import GRADES
from handlers.cards.words.draft import FAULT, QUOTE
from handlers.cards.words.forms import FORMS, LABELS
from handlers.cards.words.names import BUTTONS, OUTCOMES, REASONS, REMEDIES, SEVERITIES, SIGNS, STATUSES, WAYS
from handlers.cards.words.refusals import CHOICE, REFUSALS, Otherwise

Key = TypeVar("Key")


def refusal(reason: RefusalName, facts: Mapping[str, Any]) -> Mrkdwn:
    """The sentence a person reads when something cannot be done: what is so, and what to do about it."""
    as_ = _said_as(reason, facts)
    known = _UNKNOWN | {key: said(key, value) for key, value in facts.items() if value is not None}
    meant = _EXAMPLES.get(as_) or facts.get("nearest") or facts.get("verb") or "show"
    shown = example(str(meant), known["number"])
    if reason == "tried_too_little" and facts.get("way"):
        shown = f"/case {ActionName.TRIED} {known['number']} {Way(facts['way'])}"
    if facts.get("meant"):
        shown = f"/case {facts['meant']}"
    return fill(REFUSALS[as_], **known | {"example": shown})


def _said_as(reason: RefusalName, facts: Mapping[str, Any]) -> RefusalName | Otherwise:
    if reason == "unknown_verb" and facts.get("nearest"):
        return "unknown_verb_near"
    if reason == "unknown_verb" and facts.get("verb") in _DONE_TO_A_REPLY:
        return "unknown_verb_of_a_reply"
    if reason == "tried_too_little" and facts.get("count") == 1:
        return "tried_too_little_one"
    if reason == "promise_open" and facts.get("count", 1) > 1:
        return "promises_open"
    return _FOR_ALL.get(reason, reason) if not facts.get("to") else reason


# Where there is nobody to ask.
_FOR_ALL: Mapping[RefusalName, Otherwise] = {
    "reply_blocked": "reply_blocked_for_all",
    "beyond_policy": "beyond_policy_for_all",
}
# Of which command a refusal shows an example, where it is not the one that was typed.
_EXAMPLES: Mapping[RefusalName | Otherwise, str] = {
    "held": ActionName.TAKEOVER,
    "reach_held": ActionName.TAKEOVER,
    "give_to_whom": ActionName.GIVE,
    "snooze_until_when": ActionName.SNOOZE,
    "promise_what": ActionName.PROMISE,
    "promise_by_when": ActionName.PROMISE,
    "close_how": ActionName.CLOSE,
    "tried_too_little": ActionName.TRIED,
    "tried_too_little_one": ActionName.TRIED,
    "note_what": ActionName.NOTE,
    "remedy_what": ActionName.REMEDY,
    "lesson_what": ActionName.LESSON,
    "unknown_verb_of_a_reply": "show",
}


def example(verb: str, number: Any) -> str:
    """A command that works as it stands: `/case snooze 12 tomorrow 9:00`."""
    known, action = verbs().get(verb), named(verb)
    about = str(number) if known is None or known.needs_number else ""
    return " ".join(filter(None, ["/case", verb, about, ACTIONS[action].example if action else ""]))


# What only the buttons below a reply do, because whoever does it must have its words before them.
_DONE_TO_A_REPLY = frozenset({"approve", "edit", "overrule", "use", "copy"})


class _Sometime:
    """An instant we were not told: only its leading words are said, without the one that wants a time after it."""

    def __format__(self, lead: str) -> str:
        return f"{lead} that time" if lead in ("until", "before") else lead.removesuffix(" since") or "That time"


# What stands in for a fact that a refusal came without.
_UNKNOWN: dict[str, Any] = {
    "day": "that day",
    "weekday": "another weekday",
    "what": "something",
    "ending": "satisfied",
    "promises": "several things",
    "owner": "Somebody else",
    "by": "Somebody",
    "to": "That",
    "since": _Sometime(),
    "at": _Sometime(),
    "until": _Sometime(),
    "count": "several",
    "tries": "a few",
    "way": "at another hour, or write",
    "number": "12",
    "outcome": "closed",
    "outcomes": ", ".join(OUTCOMES.values()),
    "action": "That",
    "status": "in this state",
    "verb": "claim",
    "nearest": "help",
    "said": "that",
    "typed": "claim 12",
    "name": "a colleague",
    "reference": "the time it happened",
    "choices": "Name the id of that feedback",
    "other": "13",
    "faults": "Something in it has to be mended.",
}
_BY_NAME: Mapping[str, Mapping[Any, str]] = {
    "outcome": OUTCOMES,
    "status": STATUSES,
    "grade": GRADES,
    "severity": SEVERITIES,
    "remedy": REMEDIES,
    "sign": SIGNS,
    "eased": {severity: f", so it is {name} again" for severity, name in SEVERITIES.items()},
}
_PEOPLE = frozenset({"owner", "before", "by", "actor", "to"})
_INSTANTS = frozenset({"at", "since", "until"})


def said(name: str, value: Any) -> Any:
    """A fact as it is said. `value` may come from the timeline, where enumerations and instants are kept as text."""
    if name == "action":
        return button(value)
    if name == "way":
        return ", ".join(WAYS[Way(way)] for way in ([value] if isinstance(value, str) else value))
    if name in _BY_NAME:
        return _BY_NAME[name].get(value, str(value))
    if name in _PEOPLE and isinstance(value, str):
        return mention(value)
    if name == "choices":
        return join(", ", (fill(CHOICE, typed=typed, whose=whose) for typed, whose in value))
    if name == "faults":
        return join(" ", (fill(FAULT, quote=quote(words), why=why) if words else why for words, why in value))
    return datetime.fromisoformat(value) if name in _INSTANTS and isinstance(value, str) else value


def button(name: str) -> str:
    """The label of an action, or of what is done to a reply; a name that we do not know stands for itself."""
    action = named(name)
    return ACTIONS[action].button if action else BUTTONS.get(name, name)


def form(name: str) -> Form:
    """The words of a form. Raises KeyError where there is none."""
    action = named(name)
    found = ACTIONS[action].form if action else FORMS[name]
    if found is None:
        raise KeyError(f"{name} is done at once, without a form")
    return found


def label(name: str) -> str:
    """What a field asks; `name` is an action's for the first field of its form."""
    return form(name).asks if named(name) else LABELS[name]


def entry(action: str) -> str:
    """What happened to a case, as its history tells it; `action` is what the timeline calls it."""
    if (name := named(action)) is not None:
        return ACTIONS[name].entry
    undone = named(action.removeprefix(UNDO))
    told = ACTIONS[undone].undone if undone else ENTRIES.get(action)
    return told or action.replace("_", " ")


def happened(sentence: str, facts: Mapping[str, Any]) -> Mrkdwn:
    """A sentence about what happened, filled with the facts that are kept of it; without the end it would have had."""
    known = {name: said(name, value) for name, value in facts.items() if value is not None}
    return Mrkdwn(fill(sentence, **ENTRY_UNKNOWN | known).rstrip(" ,"))


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
