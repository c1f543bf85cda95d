"""A reply with the customer's own facts set in and visible blanks where only a person knows: a scaffold, not a draft.

The order of its parts is the one the research on recovery replies supports: name, their words, an apology in the first
person, what was done or is offered, a question, one dated promise, a person's name. Two things it never does: fill a
blank with a guess, and soften the failure with a stock phrase. No address or telephone number goes in: the scaffold
stands in a thread that more people read than may see contact details.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from cases.judgement.gravity import CRITICAL
from cases.model import Case, Feedback, Severity
from cases.replies.drafts import Reply
from cases.text import one_line

LONGEST_QUOTE = 160
# Triage reasons after which no model is told of the case, a person calls, and nothing is admitted in writing: a doctor, a
# court or a newspaper may read it later.
GRAVE = frozenset(cue.code for cue in CRITICAL) | {"critical_stakes"}
BLANK = re.compile("⟨[^⟨⟩]*⟩")

# How an occasion is named decides how it is spoken of: "my wedding" and "husband's birthday" are the customer's,
# "Anna's birthday" and "Mother's Day" are names as they stand, and of a bare "birthday" nobody knows whose it is.
_OWN = re.compile(r"(?:my|our)\s+(.+)", re.IGNORECASE)
_SPOKEN_OF = re.compile(r"(?:the|an?|his|her|their|your)\b", re.IGNORECASE)
_FEAST = re.compile(
    r"(?:mother|father|valentine|new year)s?['’]?s?\s+(?:day|eve)|christmas.*|easter.*|eid.*|diwali|hanukkah|thanksgiving",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"(?:husband|wife|partner|fianc[ée]e?|boyfriend|girlfriend|son|daughter|child|baby|kid|mother|mum|mom|father|dad|parent"
    r"|sister|brother|twin|grand(?:mother|father|son|daughter|ma|pa)|gran|granny|nan|grandad|aunt|uncle|niece|nephew|cousin"
    r"|friend|neighbour|boss|colleague)(?:['’]s|s['’])\s.+",
    re.IGNORECASE,
)
_POSSESSIVE = re.compile(r"\w+(?:['’]s|s['’])\s.+")

WHAT_IT_MEANT = "⟨what this meant for them, in one line⟩"
WHAT_WE_DID = "⟨what we did wrong, plainly and without a reason⟩"
WHAT_IS_DONE = "⟨what you have done already, or what you offer⟩"
WHEN = "⟨weekday, date and time⟩"
WHAT_NEXT = "⟨what you will do⟩"
WHO_CALLS = "⟨who will call⟩"
YOUR_NAME = "⟨your name⟩"
MAKE_IT_RIGHT = "What would make this right for you?"
GOOD_TIME = "Is that a good time for you?"


def is_grave(case: Case) -> bool:
    """Whether safety, health or the law may be at stake: by what the rules found, or by a severity that they had not found.

    Who complained twice is critical too, and that alone endangers nobody.
    """
    found = {reason.code for reason in case.reasons}
    return bool(found & GRAVE) or (case.severity is Severity.CRITICAL and "repeat" not in found)


def blanks(text: str) -> tuple[str, ...]:
    """The blanks a person still has to fill, in order. A reply that has any cannot be sent."""
    return tuple(BLANK.findall(text))


def scaffold(case: Case, signed_by: str, team: str) -> Reply:
    """The reply to complete for `case`. `signed_by` is the owner's name, empty where nobody owns it yet."""
    if is_grave(case):
        parts, question = _holding(case), GOOD_TIME
    elif _latest(case).public_url:
        parts, question = _public(case), MAKE_IT_RIGHT
    else:
        parts, question = _private(case), MAKE_IT_RIGHT
    body = "\n\n".join([_greeting(case), *parts, _signature(signed_by, team)])
    return Reply(subject=_subject(case), body=body, questions=(question,))


def _private(case: Case) -> Iterable[str]:
    again = _asked_again(case)
    return (
        _paragraph(_their_words(case), _occasion(_latest(case)), WHAT_IT_MEANT),
        _paragraph(f"I am sorry that we {WHAT_WE_DID}.", again),
        _paragraph(f"I have {WHAT_IS_DONE}.", MAKE_IT_RIGHT),
        f"By {WHEN} I will {WHAT_NEXT}.",
    )


def _public(case: Case) -> Iterable[str]:
    """Strangers read along: short, nothing about the order or the occasion."""
    return (
        _paragraph(_their_words(case), f"I am sorry that we {WHAT_WE_DID}.", _asked_again(case)),
        _paragraph(f"I have {WHAT_IS_DONE}.", MAKE_IT_RIGHT),
        f"By {WHEN} I will {WHAT_NEXT}.",
    )


def _holding(case: Case) -> Iterable[str]:
    return (
        _paragraph(_their_words(case), "I am sorry that you are going through this."),
        _paragraph("I would rather speak with you than write.", f"{WHO_CALLS} will call you by {WHEN}.", GOOD_TIME),
    )


def _greeting(case: Case) -> str:
    """The name as the customer gave it: which part of it is the first name is not for us to guess.

    In public only the name the review was signed with: what we know from elsewhere would give the customer away.
    """
    customer = _latest(case).customer if _latest(case).public_url else case.customer
    name = _inert(customer.name or "", 80)
    return f"Hello {name}," if name else "Hello,"


def _their_words(case: Case) -> str:
    said = next((f for f in reversed(case.feedback) if f.comment), None)
    if said is not None and said.comment:
        quoted = _inert(_first_sentences(said.comment), LONGEST_QUOTE).rstrip(" .")
        return f"You told us: “{quoted}”" + ("" if quoted.endswith(("!", "?", "…")) else ".")
    rating = _latest(case).rating
    return f"You gave us {rating.value:g} out of {rating.scale:g}." if rating else ""


def _first_sentences(comment: str) -> str:
    """As many whole sentences as fit a line; the first of them in any case."""
    sentences = re.split(r"(?<=[.!?])\s+", one_line(comment, len(comment)))
    taken = sentences[0]
    for sentence in sentences[1:]:
        if len(taken) + 1 + len(sentence) > LONGEST_QUOTE:
            break
        taken += f" {sentence}"
    return taken


def _occasion(feedback: Feedback) -> str:
    what = _inert(feedback.occasion or "", 80)
    on = _day(feedback.occasion_at) if feedback.occasion_at else ""
    if not what:
        return f"It was for {on}." if on else ""
    return f"It was for {_spoken_of(what)}{f' on {on}' if on else ''}."


def _spoken_of(what: str) -> str:
    """An occasion as one speaks of it to the customer: "your husband's birthday", "Mother's Day", "the birthday"."""
    if own := _OWN.fullmatch(what):
        return f"your {own[1]}"
    if _SPOKEN_OF.match(what) or _FEAST.fullmatch(what):
        return what
    if _RELATIVE.fullmatch(what):
        return f"your {what[0].lower()}{what[1:]}"
    if _POSSESSIVE.fullmatch(what):
        return what if what[0].isupper() else f"your {what}"
    return f"the {what.lower() if what.istitle() and what.isalpha() else what}"


def _asked_again(case: Case) -> str:
    if len(case.feedback) > 1:
        return "You had to tell us more than once, and I am sorry for that too."
    if case.earlier:
        return "It is not the first time that you have had to turn to us, and I am sorry for that too."
    return ""


def _subject(case: Case) -> str:
    latest = _latest(case)
    if latest.subject:
        subject = re.sub(r"^(?:\s*re\s*:)+", "", latest.subject, flags=re.IGNORECASE)
        return f"Re: {_inert(subject, 120)}"
    order = next((f.order_ref for f in reversed(case.feedback) if f.order_ref), None)
    if order and not latest.public_url:
        return f"Your order {_inert(order, 60)}"
    told = latest.occurred_at
    return f"What you told us on {_day(told.date())}" if told else "What you told us"


def _signature(signed_by: str, team: str) -> str:
    return ", ".join(part for part in (_inert(signed_by, 80) or YOUR_NAME, team.strip()) if part)


def _latest(case: Case) -> Feedback:
    return case.feedback[-1]


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _inert(text: str, limit: int) -> str:
    """A customer's text on one line, unable to pass for a blank of ours."""
    return one_line(text.replace("⟨", "‹").replace("⟩", "›"), limit)


def _paragraph(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
