"""A reply with what we know set in and visible blanks where only a person knows: a scaffold, not a draft.

The order of its parts is the one the research on recovery replies supports: name, the matter, an apology in the first
person, what was done or is offered, a question, one dated promise, a person's name. Three things it never does: fill a
blank with a guess, soften the failure with a stock phrase, and say a customer's own words back, which may be an insult. No
address or telephone number goes in: the scaffold stands in a thread that more people read than may see contact details.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from cases.judgement.grave import GRAVE
from cases.model import Case, Feedback, Promise, Remedy
from cases.replies.conversation import Talk, questions
from cases.replies.drafts import Reply
from cases.replies.greeting import greeted
from cases.replies.matters import matter
from cases.replies.skeletons import SKELETONS, Language, Skeleton
from cases.replies.tongue import spoken_by
from cases.replies.written_dates import Clock, instant_by
from cases.text import one_line

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

_SHOWN = 80  # characters of a promise or a question, in a blank
_ANSWERS = 4  # blanks for what was asked
_YOUR_NAMES = frozenset(skeleton.your_name for skeleton in SKELETONS.values())
_WRITE_IN = "⟨please write this in {language}, the customer's language⟩"


def is_grave(case: Case) -> bool:
    """Whether safety, health or the law may be at stake: by what the rules or a model found in the customer's words.

    Severity does not tell: who complains again, was heard late or was let down over a promise is critical too, and that
    endangers nobody.
    """
    return any(reason.code in GRAVE for reason in case.reasons)


def blanks(text: str) -> tuple[str, ...]:
    """The blanks a person still has to fill, in order. A reply that has any cannot be sent."""
    return tuple(BLANK.findall(text))


def asks_what_makes_it_right(body: str) -> bool:
    """Whether a letter asks the customer that, in the words of an outline or in plain English ones."""
    said = " ".join(body.split())
    return any(each.question in said for each in SKELETONS.values()) or _MAKES_RIGHT.search(said) is not None


_MAKES_RIGHT = re.compile(r"\b(?:mak|put)\w* (?:this|it|things|that) (?:right|good)\b[^.!?]*\?", re.IGNORECASE)


def scaffold(case: Case, team: str) -> Reply:
    """The first reply to complete for `case`; who signs it is a blank, see `signed`."""
    spoken, _ = _language(case)
    skeleton = SKELETONS[spoken]
    if is_grave(case):
        return _letter(case, team, _holding(case, skeleton), skeleton.holding_question)
    parts = _public if _latest(case).public_url else _private
    return _letter(case, team, parts(case, skeleton, spoken), "" if case.remedy else skeleton.question)


def following(case: Case, talk: Talk, team: str, clock: Clock, now: datetime) -> Reply:
    """The letter after others of ours: it answers what was asked, and keeps, moves or reports what was promised.

    It has no sentence of the first one. What they asked stands in blanks, which no customer reads; `clock` is the one by which it tells times.
    """
    spoken, _ = _language(case)
    skeleton = SKELETONS[spoken]
    asked = [_inert(each, _SHOWN) for each in questions(talk.unanswered)][-_ANSWERS:]
    answers = [skeleton.asked.format(question=each) for each in asked] or [skeleton.all_else]
    promises = [_promised(each, skeleton, spoken, clock, now) for each in talk.owed]
    kept = [skeleton.kept.format(what=_inert(each, _SHOWN)) for each in talk.kept]
    thanks = skeleton.thanks if talk.unanswered else ""
    settled = "" if talk.has_told(case.remedy_granted or "") else _settled(case, skeleton)
    parts = (thanks, *answers, settled, *kept, *(promises or ("" if kept else skeleton.promise,)))
    return _letter(case, team, parts)


def _promised(promise: Promise, skeleton: Skeleton, spoken: Language, clock: Clock, now: datetime) -> str:
    if promise.due_at <= now:
        return _paragraph(_not_kept(promise, skeleton, spoken, clock, now), skeleton.amends, skeleton.new_date)
    return _said_of(promise, skeleton.stands, skeleton, spoken, clock)


def _not_kept(promise: Promise, skeleton: Skeleton, spoken: Language, clock: Clock, now: datetime) -> str:
    return _said_of(promise, skeleton.missed if promise.due_at <= now else skeleton.late, skeleton, spoken, clock)


def _said_of(promise: Promise, sentence: str, skeleton: Skeleton, spoken: Language, clock: Clock) -> str:
    """What was promised stands in a blank: colleagues put it down for each other, in their own words and language."""
    promised = skeleton.promised.format(what=_inert(promise.what, _SHOWN))
    return sentence.format(promised=promised, due=instant_by(clock, promise.due_at, spoken))


def later(case: Case, promise: Promise, team: str, clock: Clock, now: datetime) -> Reply:
    """The letter which admits that a promise is not kept in time, and sets a new date; `clock` as above."""
    spoken, _ = _language(case)
    skeleton = SKELETONS[spoken]
    said = _not_kept(promise, skeleton, spoken, clock, now)
    amends = skeleton.amends if promise.due_at <= now else ""
    parts = (_about(case, skeleton, spoken), said, _paragraph(amends, skeleton.new_date))
    return _letter(case, team, parts)


def result(case: Case, promised: str, team: str) -> Reply:
    """The letter which tells what came of something that was promised, and has been kept; what came of it is a blank."""
    spoken, _ = _language(case)
    skeleton = SKELETONS[spoken]
    said = skeleton.kept.format(what=_inert(promised, 80))
    parts = (_about(case, skeleton, spoken), said, _paragraph(skeleton.ended, skeleton.ended_else))
    return _letter(case, team, parts, skeleton.ended)


def look_back(case: Case, team: str) -> Reply:
    """The short letter that asks, some time after contact, whether all is well now: no second apology, nothing offered."""
    spoken, _ = _language(case)
    skeleton = SKELETONS[spoken]
    parts = (_paragraph(_about(case, skeleton, spoken), skeleton.ended, skeleton.ended_else),)
    return _letter(case, team, parts, skeleton.ended)


def _letter(case: Case, team: str, parts: Iterable[str], question: str = "") -> Reply:
    """These paragraphs in a letter to the customer: greeted, in their language or honestly not, with a blank to sign in."""
    spoken, named = _language(case)
    skeleton = SKELETONS[spoken]
    honest = _WRITE_IN.format(language=named) if named else ""
    signature = ", ".join(part for part in (skeleton.your_name, team.strip()) if part)
    body = "\n\n".join(part for part in (honest, _greeting(case, skeleton), *parts, signature) if part)
    return Reply(subject=_subject(case, skeleton, spoken), body=body, questions=(question,) if question else ())


def signed(reply: Reply, name: str) -> Reply:
    """The scaffold with this name under it; nobody's leaves the blank."""
    by = _inert(name, 80)
    blank = next((each for each in _YOUR_NAMES if each in reply.body), None)
    return replace(reply, body=reply.body.replace(blank, by)) if by and blank else reply


def _language(case: Case) -> tuple[Language, str]:
    """The skeleton to begin with, and the name of the customer's language where there is none in it."""
    said = next((f for f in reversed(case.feedback) if f.comment or f.subject), _latest(case))
    locale = next((f.locale for f in reversed(case.feedback) if f.locale), None)
    spoken, named = spoken_by(said.comment or said.subject or "", locale)
    known: Language | None = next((code for code in SKELETONS if code == spoken), None)
    return (known, "") if known else ("en", named)


def _private(case: Case, skeleton: Skeleton, spoken: Language) -> Iterable[str]:
    occasion = _occasion(_latest(case)) if spoken == "en" else ""
    return (
        _paragraph(_matter(case, skeleton, spoken), occasion, _meant(case, skeleton, spoken)),
        _paragraph(skeleton.sorry, _asked_again(case, skeleton)),
        _made_right(case, skeleton),
        skeleton.promise,
    )


def _public(case: Case, skeleton: Skeleton, spoken: Language) -> Iterable[str]:
    """Strangers read along: short, nothing about the order or the occasion."""
    return (
        _paragraph(_matter(case, skeleton, spoken), skeleton.sorry, _asked_again(case, skeleton)),
        _made_right(case, skeleton),
        skeleton.promise,
    )


def _made_right(case: Case, skeleton: Skeleton) -> str:
    """What they get, where that is settled; else what they wished, or the question, unless they have been asked."""
    settled = _settled(case, skeleton)
    return settled or _paragraph(skeleton.done, "" if case.remedy else skeleton.question)


def _settled(case: Case, skeleton: Skeleton) -> str:
    """What would make it right stands in blanks: colleagues put it down for each other."""
    if case.remedy is Remedy.GRANTED:
        return skeleton.given.format(what=_inert(case.remedy_granted or "", _SHOWN))
    if case.remedy is Remedy.ANSWERED:
        return skeleton.wished.format(what=_inert(case.remedy_wanted or "", _SHOWN))
    return ""


def _holding(case: Case, skeleton: Skeleton) -> Iterable[str]:
    """Names nothing and admits nothing: that is said on the telephone."""
    return (skeleton.holding_sorry, _paragraph(skeleton.holding, skeleton.holding_question))


def _greeting(case: Case, skeleton: Skeleton) -> str:
    """In public only by the name the review was signed with: what we know from elsewhere would give the customer away."""
    customer = _latest(case).customer if _latest(case).public_url else case.customer
    name = greeted(customer.name)
    return skeleton.hello.format(name=name) if name else skeleton.hello_nameless


def _about(case: Case, skeleton: Skeleton, spoken: Language) -> str:
    """Of which matter a later letter speaks; of a grave one nothing is said in writing."""
    return "" if is_grave(case) else _matter(case, skeleton, spoken)


def _matter(case: Case, skeleton: Skeleton, spoken: Language) -> str:
    said = next((f for f in reversed(case.feedback) if f.comment), None)
    if said is not None and said.comment:
        return skeleton.about.format(matter=matter(said.comment, spoken) or skeleton.about_what)
    rating = _latest(case).rating
    if rating is None or rating.scale is None:
        return skeleton.about.format(matter=skeleton.about_what)
    return skeleton.rated.format(value=f"{rating.value:g}", scale=f"{rating.scale:g}")


def _meant(case: Case, skeleton: Skeleton, spoken: Language) -> str:
    """How an occasion is spoken of is grammar that we know in English only; elsewhere the blank tells the writer of it."""
    latest = _latest(case)
    known = [_inert(latest.occasion or "", 80), latest.occasion_at.isoformat() if latest.occasion_at else ""]
    told = ", ".join(filter(None, known))
    return skeleton.meant if spoken == "en" or not told else f"{skeleton.meant[:-1]}: {told}⟩"


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


def _asked_again(case: Case, skeleton: Skeleton) -> str:
    if len(case.feedback) > 1:
        return skeleton.told_twice
    return skeleton.not_the_first if case.earlier else ""


def _subject(case: Case, skeleton: Skeleton, spoken: Language) -> str:
    latest = _latest(case)
    if latest.subject:
        subject = re.sub(r"^(?:\s*(?:re|aw|antw|sv|rif|res)\s*:)+", "", latest.subject, flags=re.IGNORECASE)
        return f"Re: {_inert(subject, 120)}"
    order = next((f.order_ref for f in reversed(case.feedback) if f.order_ref), None)
    if order and not latest.public_url:
        return skeleton.order.format(order=_inert(order, 60))
    about = "" if is_grave(case) or spoken != "en" else matter(latest.comment or "", spoken, most=1)
    if about:
        return about[0].upper() + about[1:]
    day = f" of {_day(latest.occurred_at.date())}" if spoken == "en" and latest.occurred_at else ""
    return f"{skeleton.message}{day}"


def _latest(case: Case) -> Feedback:
    return case.feedback[-1]


def _day(day: date) -> str:
    return f"{day.day} {day:%B}"


def _inert(text: str, limit: int) -> str:
    """A customer's text on one line, unable to pass for a blank of ours."""
    return one_line(text.replace("⟨", "‹").replace("⟩", "›"), limit)


def _paragraph(*sentences: str) -> str:
    return " ".join(sentence for sentence in sentences if sentence)
