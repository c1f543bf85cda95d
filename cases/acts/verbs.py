"""The words commands are made of: verbs (every action by its name, and a few questions), ways of contact, outcomes."""

from __future__ import annotations

from dataclasses import dataclass

from cases.acts.actions import ACTIONS
from cases.model import Outcome, Way


@dataclass(frozen=True, slots=True)
class Verb:
    """One word of the grammar. `usage` is what follows the case number; `takes_words`: it may be free text."""

    name: str
    help: str
    usage: str = ""
    needs_number: bool = True
    takes_words: bool = False


_HELP = {
    "claim": "it is yours, and the others know",
    "release": "give it back, unclaimed",
    "give": "hand it to a colleague",
    "takeover": "go on with a case that a colleague holds; they are told",
    "still": "you have not forgotten it, and it stays yours",
    "snooze": "no nudges until then",
    "contacted": "the customer has been reached; nudges stop",
    "promise": "remember what was promised, and by when",
    "close": "say how it ended and what we learned",
    "reopen": "the customer waits again",
    "dismiss": "not a complaint after all",
    "note": "write something down for the team",
    "draft": "write another reply draft",
}
_NO_WORDS = frozenset({"give"})  # what follows is a person
_QUESTIONS = (
    Verb("show", "the case as it stands"),
    Verb("list", "every open case, longest wait first", needs_number=False),
    Verb("mine", "the cases you hold", needs_number=False),
    Verb("why", "when the next nudge comes, to whom, and why"),
    Verb("digest", "today's digest, for your eyes only", needs_number=False),
    Verb("stats", "how long customers waited, and how it ended", needs_number=False),
    Verb("new", "open a case by hand", "[WHAT HAPPENED]", needs_number=False, takes_words=True),
    Verb("help", "this list", needs_number=False),
)
_ABOUT_ONESELF = (
    Verb("away", "offer your cases to the team until you are back", "UNTIL [REASON]", False, True),
    Verb("back", "you are here again", needs_number=False),
    Verb("quiet", "keep your cases, but send reminders to the next", "UNTIL | off", False, True),
)
ABOUT_ONESELF = frozenset(verb.name for verb in _ABOUT_ONESELF)

# A new action is a verb without a line here; its help is then its label.
VERBS: dict[str, Verb] = {
    action.name: Verb(
        action.name,
        _HELP.get(action.name, action.label),
        action.usage,
        takes_words=bool(action.usage) and action.name not in _NO_WORDS,
    )
    for action in ACTIONS.values()
} | {verb.name: verb for verb in (*_QUESTIONS, *_ABOUT_ONESELF)}

ALIASES = {
    "not a complaint": "dismiss",
    "take over": "takeover",
    "take": "claim",
    "drop": "release",
    "assign": "give",
    "sleep": "snooze",
    "done": "contacted",
    "resolve": "close",
    "ls": "list",
}

# A noun only names the way. A verb is part of what was said, and stays there unless a sign sets it apart.
WAY_NOUNS = {
    **dict.fromkeys(("phone", "telephone", "tel", "call"), Way.PHONE),
    **dict.fromkeys(("email", "e-mail", "mail"), Way.EMAIL),
    **dict.fromkeys(("chat", "sms", "whatsapp"), Way.CHAT),
    **dict.fromkeys(("in person", "in_person", "face to face"), Way.IN_PERSON),
    **dict.fromkeys(("public reply", "public_reply", "public"), Way.PUBLIC_REPLY),
    **dict.fromkeys(("letter", "post"), Way.LETTER),
    "other": Way.OTHER,
}
WAY_VERBS = {
    **dict.fromkeys(("called", "rang", "phoned", "telephoned"), Way.PHONE),
    **dict.fromkeys(("emailed", "e-mailed", "mailed"), Way.EMAIL),
    **dict.fromkeys(("chatted", "texted", "messaged"), Way.CHAT),
    **dict.fromkeys(("met", "visited"), Way.IN_PERSON),
    "replied publicly": Way.PUBLIC_REPLY,
}
OUTCOMES = {
    **{outcome.value: outcome for outcome in Outcome},
    **{outcome.value.replace("_", " "): outcome for outcome in Outcome},
    **{outcome.value.replace("_", "-"): outcome for outcome in Outcome},
    "won": Outcome.WON_BACK,
    **dict.fromkeys(("happy", "resolved", "solved"), Outcome.SATISFIED),
    **dict.fromkeys(("no answer", "silent"), Outcome.NO_REPLY),
    **dict.fromkeys(("gone", "churned"), Outcome.LOST),
    "refused": Outcome.DECLINED,
}
