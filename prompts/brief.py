"""What a model is told about a case, and what it is not told: no contact details, no surname; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo

from cases.model import Assessment, Case, Feedback, Promise, Severity
from cases.replies.conversation import Said, Talk
from cases.replies.drafts import Reply
from cases.replies.written_dates import Clock
from prompts.filled import Filled, fence, load, one_line
from prompts.masking import Masked, mask

# Longer apologies help more when the harm is graver (Fehr & Gelfand 2010); the numbers are ours, to be tuned.
LENGTHS = {Severity.NORMAL: "60 to 110", Severity.HIGH: "90 to 160", Severity.CRITICAL: "80 to 140"}
LATEST_SAID = 8
"""Words of the conversation, theirs and ours."""
MOST_SAID = 24_000
"""Characters of them all; the newest are told."""
LATEST_NOTES = 20
NOT_KNOWN = "not known"
TITLES = frozenset(
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "herr", "frau", "m", "mme", "mlle", "sr", "sra", "srta", "sig"]
)

REPLY_DRAFT = load(
    "reply_draft",
    frozenset(
        {
            *("team", "language", "signed_by", "voice", "may_offer", "length", "public"),
            *("today", "first_name", "locale", "severity", "decision", "promise", "remedy"),
            *("said", "notes", "examples", "previous", "instruction"),
        }
    ),
)
SECOND_OPINION = load("second_opinion", frozenset({"language", "rules_say", "feedback"}))
REPLY_JUDGEMENT = load(
    "reply_judgement",
    frozenset({"team", "language", "today", "public", "decision", "promise", "remedy", "said", "rules_found", "reply"}),
)
_PROMPTS = (REPLY_DRAFT, SECOND_OPINION, REPLY_JUDGEMENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """What a reply draft is written from.

    `now` is aware and in the time zone the reply speaks in, that of `clock`; promises are dated from it. `language` is the one to fall
    back on when the customer's cannot be told. `may_offer` is everything the reply may offer that costs money; empty
    means nothing. `talk` is what was said between the customer and us; left out: only what the customer told us. `thread` is
    what colleagues said so far, oldest first, `examples` are letters to others whose facts are taken out. `instruction` is a colleague's wish for this version, such as "shorter", and
    `previous` the version it is about.
    """

    case: Case
    now: datetime
    team: str
    language: str
    signed_by: str
    voice: str = ""
    may_offer: tuple[str, ...] = ()
    talk: Talk = field(default_factory=Talk)
    examples: tuple[str, ...] = ()
    thread: tuple[str, ...] = ()
    instruction: str = ""
    previous: Reply | None = None
    clock: Clock | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A filled prompt whose case is masked, with what is needed to read the answer."""

    prompt: Filled
    masked: Masked


def reply_draft(brief: Brief) -> Asked:
    """The filled, masked prompt for a reply draft."""
    case = brief.case
    filled = REPLY_DRAFT.fill(
        team=brief.team,
        language=brief.language,
        signed_by=one_line(brief.signed_by),
        voice=brief.voice or "warm, plain and direct",
        may_offer="; ".join(brief.may_offer) or "nothing",
        length=LENGTHS[case.severity],
        public=_readers(case),
        today=_now(brief),
        first_name=first_name(case.customer.name) or NOT_KNOWN,
        locale=_locale(case.feedback),
        severity=case.severity.value,
        decision=_decision(case),
        promise=_promise(case, brief),
        remedy=_remedy(case),
        said=_conversation(brief),
        notes=fence("\n".join(brief.thread[-LATEST_NOTES:]), "notes") if brief.thread else "none",
        examples="\n\n".join(fence(each, "example") for each in brief.examples) or "none",
        previous=_previous(brief.previous),
        instruction=fence(brief.instruction, "wish") if brief.instruction else "none",
    )
    return _masked(filled, case.feedback)


def prompt_texts() -> tuple[str, ...]:
    """Our own wording of every prompt, without any case: what a reply must never repeat."""
    return tuple(part.template for prompt in _PROMPTS for part in (prompt.rules, prompt.case))


def second_opinion(feedback: Feedback, assessment: Assessment, language: str) -> Asked:
    """The filled, masked prompt for a second look at what the rules made of one feedback."""
    filled = SECOND_OPINION.fill(
        language=language,
        rules_say=_verdict(assessment),
        feedback=_told(feedback, None),
    )
    return _masked(filled, (feedback,))


def reply_judgement(brief: Brief, reply: Reply, found: Sequence[str] = ()) -> Asked:
    """The filled, masked prompt for a second look at a reply to the case of `brief`; `found`: what the rules say of it."""
    case = brief.case
    filled = REPLY_JUDGEMENT.fill(
        team=brief.team,
        language=brief.language,
        today=_now(brief),
        public=_readers(case),
        decision=_decision(case),
        promise=_promise(case, brief),
        remedy=_remedy(case),
        said=_conversation(brief),
        rules_found=fence("\n".join(found), "rules") if found else "nothing",
        reply=fence(f"{reply.subject}\n\n{reply.body}", "reply"),
    )
    return _masked(filled, case.feedback)


def first_name(name: str | None) -> str:
    """The name to greet with: "Ana" of "Ana Ruiz" or "Ruiz, Ana"; a bare "Frau Kern" stays whole."""
    given = one_line(name or "")
    given = given.partition(",")[2].strip() or given.strip(", ")
    words = [word for word in given.split() if word.rstrip(".").lower() not in TITLES]
    titled = len(words) < len(given.split())
    return given if titled and len(words) < 2 else (words or [""])[0]


def _surnames(name: str | None) -> list[str]:
    """Every word of the name but the first name and titles: what is hidden wherever it stands."""
    words = one_line(name or "").replace(",", " ").split()
    greeted = first_name(name)
    return [word for word in words if word != greeted and word.rstrip(".").lower() not in TITLES]


def _masked(filled: Filled, feedback: Sequence[Feedback]) -> Asked:
    """Masked last and as a whole, so that no field can be forgotten."""
    surnames = {word for each in feedback for word in _surnames(each.customer.name)}
    orders = {each.order_ref for each in feedback if each.order_ref}
    return Asked(filled, mask(filled.case, names=sorted(surnames, key=len, reverse=True), keep=orders))


def _conversation(brief: Brief) -> str:
    """The newest words, oldest first, and how many before them are left out."""
    zone = brief.now.tzinfo
    said = [_one_said(each, zone) for each in brief.talk.said] or [_told(each, zone) for each in brief.case.feedback]
    told, room = list[str](), MOST_SAID
    for each in reversed(said[-LATEST_SAID:]):
        room -= len(each)
        if room < 0 and told:
            break
        told.insert(0, each)
    left_out = [f"({len(said) - len(told)} earlier ones are left out)"] if len(told) < len(said) else []
    return "\n\n".join((*left_out, *told))


def _one_said(said: Said, zone: tzinfo | None) -> str:
    if said.feedback is not None:
        return _told(said.feedback, zone)
    way = f" by {said.way.value.replace('_', ' ')}" if said.way else ""
    words = fence(said.words, "our letter") if said.words else "(no letter of ours; the notes may tell more)"
    return f"From us{way}, {_day(said.at.astimezone(zone))}:\n{words}"


def _told(feedback: Feedback, zone: tzinfo | None) -> str:
    return f"{_circumstances(feedback, zone)}\n{_words(feedback)}"


def _circumstances(feedback: Feedback, zone: tzinfo | None) -> str:
    known = [f"From {one_line(feedback.source)}"]
    if feedback.occurred_at:
        known.append(_day(feedback.occurred_at.astimezone(zone)) if zone else _day(feedback.occurred_at))
    if feedback.rating:
        scale = feedback.rating.scale
        known.append(f"rating {feedback.rating.value:g}" + (f" of {scale:g}" if scale else ", of an unknown scale"))
    if feedback.order_ref:
        known.append(f"order {one_line(feedback.order_ref)}")
    if feedback.occasion:
        known.append(f"occasion {one_line(feedback.occasion)}")
    if feedback.occasion_at:
        known.append(f"on {_day(feedback.occasion_at)}")
    return ", ".join(known) + ":"


def _words(feedback: Feedback) -> str:
    words = "\n".join(part for part in (feedback.subject, feedback.comment) if part)
    return fence(words, "customer") if words else "(no words, only the rating)"


def _locale(feedback: Sequence[Feedback]) -> str:
    return next((one_line(each.locale) for each in reversed(feedback) if each.locale), NOT_KNOWN)


def _readers(case: Case) -> str:
    """A public review is answered in public only when there is no other way to reach its author."""
    reachable = case.customer.email or case.customer.phone
    return "out in public" if case.feedback[-1].public_url and not reachable else "to the customer alone"


def _decision(case: Case) -> str:
    if not case.asks_no_contact:
        return "nothing against it"
    decided = f"; a colleague decided: {one_line(case.contact_decision)}" if case.contact_decision else ""
    return f"the customer asked not to be contacted{decided}"


def _promise(case: Case, brief: Brief) -> str:
    """Of what was promised, what is still owed, and what was kept since we wrote last."""
    owed = sorted(case.promises, key=lambda promise: promise.due_at)
    kept = (f"{one_line(what)} (kept since our last letter)" for what in brief.talk.kept)
    return "; ".join((*(_owed(promise, brief.now) for promise in owed), *kept)) or "none"


def _remedy(case: Case) -> str:
    """What would make it right: asked, answered, granted; what it costs us is nobody's business but ours."""
    if case.remedy is None:
        return "nobody has asked them yet"
    asked = "the customer has been asked" if case.remedy_asked_at else ""
    wanted = f"they said: {one_line(case.remedy_wanted)}" if case.remedy_wanted else ""
    granted = f"we give them: {one_line(case.remedy_granted)}" if case.remedy_granted else ""
    open_ = "" if granted else "nothing is granted yet" if wanted else "no answer yet"
    return "; ".join(filter(None, (asked, wanted, granted, open_)))


def _owed(promise: Promise, now: datetime) -> str:
    due = promise.due_at.astimezone(now.tzinfo)
    kept = "still to be kept" if due > now else "that time has passed: a promise broken"
    return f"{one_line(promise.what)}, by {_day(due)}, {due:%H:%M} ({kept})"


def _previous(reply: Reply | None) -> str:
    return fence(f"{reply.subject}\n\n{reply.body}", "earlier version") if reply else "none"


def _verdict(assessment: Assessment) -> str:
    judged = "negative" if assessment.negative else "not negative"
    severity = f", severity {assessment.severity}" if assessment.severity else ""
    unsure = ", but not sure" if assessment.unsure else ""
    reasons = ", ".join(reason.code for reason in assessment.reasons) or "none"
    return f"{judged}{severity}{unsure}; reasons: {reasons}"


def _now(brief: Brief) -> str:
    """By whose clock it is told, for the customer reads a time as their own."""
    at, clock = f"{_day(brief.now)}, {brief.now:%H:%M}", brief.clock
    if clock is None:
        return at
    return f"{at} ({'the customer’s clock' if clock.is_theirs else f'{clock.place} time; the customer’s clock is not known'})"


def _day(moment: date) -> str:
    """A date no model can misread: Monday 5 January 2026."""
    return f"{moment:%A} {moment.day} {moment:%B %Y}"
