"""Triage: from one feedback to a judgement of whether its customer is unhappy, how grave it is, and why we think so.

Pure and deterministic. A missed unhappy customer costs more than a look, so what is mixed or weak opens a case marked
"unsure"; praise, plain questions and requests open none.
"""

from __future__ import annotations

from datetime import timedelta

from cases.judgement.consent import asks_no_contact
from cases.judgement.cues import Hit
from cases.judgement.marks import Mark, marked
from cases.judgement.tone import CUES, Judged, Tone, judged
from cases.judgement.tongues import tongue_of
from cases.judgement.wording import read
from cases.model import Assessment, Feedback, Reason, Score, Severity

MOST_REASONS = 6
NEAR = timedelta(days=21)  # an occasion this close to the feedback, before or after, is at risk
_OWN_CODES = {
    "rating_low", "rating_middle", "scale_unknown", "sentiment", "mixed", "no_words", "language", "repeat", "occasion", "public",
    "complaint", "high_stakes", "critical_stakes", "promise_broken", "waited_before",
}  # fmt: skip
_VAGUE = frozenset({"sub_par", "problem", "denial", "contrast"})  # true of most complaints, so they tell nobody much
# A customer who will not come back is lost to a bad meal every day; these failings are ours to put right, and worth it.
_DRIVES_AWAY = frozenset({"rude", "no_answer", "asked_before", "billing", "refund", "money_lost", "manager"})
_RANK = {severity: rank for rank, severity in enumerate(Severity)}
REASONS: frozenset[str] = frozenset(_OWN_CODES | {cue.code for cue in CUES})
_ALWAYS_HIGH = frozenset({"occasion", "public"})
# Reasons that can make a complaint graver than others.
RAISING = frozenset(
    {
        "repeat",
        "churn",
        "promise_broken",
        "waited_before",
        *_ALWAYS_HIGH,
        *(cue.code for cue in CUES if cue.severity is not Severity.NORMAL),
    }
)


def assess(feedback: Feedback, score: Score | None = None, *, repeat: bool = False) -> Assessment:
    """Whether this customer is unhappy, how grave it is, and why.

    `score` is what the learned judge makes of the words, if it was asked. `repeat`: the same customer already has an open
    case, which raises severity one step. Never raises.
    """
    text = read(". ".join(part for part in (feedback.subject, feedback.comment) if part))
    tongue = tongue_of(text.words)
    mark = marked(feedback.rating)
    refusal = asks_no_contact(text.plain, tongue)
    said = judged(text, tongue, mark, refusal)
    negative, unsure = _verdict(mark, said.tone)
    held = feedback.contact_ok is False or refusal is not None
    if not negative:
        return Assessment(negative=False, asks_no_contact=held, score=score.unhappy if score else None)
    circumstances = _circumstances(feedback, repeat)
    reasons = [Reason(hit.cue.code, hit.words) for hit in _shown(said)]
    reasons = [*circumstances, *reasons, *_plain_reasons(feedback, mark, said)]
    return Assessment(
        negative=True,
        unsure=unsure,
        severity=_severity(said, circumstances, repeat),
        reasons=_distinct(reasons),
        asks_no_contact=held,
        score=score.unhappy if score else None,
    )


def awaits_score(feedback: Feedback) -> bool:
    """Whether it is for the score to say if a case opens: there are words, no low star, and nothing grave that decides at once.

    Where this is False, `assess` may be asked without a score; one that comes later can still tell of danger, of a wish to
    be left alone, and of the clause to quote, wherever there are words.
    """
    said = any(part and part.strip() for part in (feedback.subject, feedback.comment))
    return said and marked(feedback.rating) is not Mark.LOW and assess(feedback).severity is not Severity.CRITICAL


def _verdict(mark: Mark, tone: Tone) -> tuple[bool, bool]:
    """(negative, unsure) from the mark and the tone."""
    if mark is Mark.LOW:
        return True, tone is Tone.HAPPY
    if tone is Tone.UNHAPPY:
        return True, False
    if tone is Tone.MIXED:
        return True, True
    if mark in (Mark.MIDDLE, Mark.UNKNOWN):
        return tone is not Tone.HAPPY, tone is not Tone.HAPPY
    if mark is Mark.HIGH:
        return False, False
    unread = tone in (Tone.UNREAD, Tone.EMPTY, Tone.TOLD)
    return unread, unread


def _circumstances(feedback: Feedback, repeat: bool) -> list[Reason]:
    """What makes any failing graver, known from the feedback's own fields."""
    reasons = [Reason("repeat")] if repeat else []
    if feedback.occasion or feedback.occasion_at:
        near = (
            feedback.occasion_at is None
            or feedback.occurred_at is None
            or abs(feedback.occasion_at - feedback.occurred_at.date()) <= NEAR
        )
        if near:
            reasons.append(Reason("occasion", read(feedback.occasion or "").quote(0, 10_000)))
    if feedback.public_url:
        reasons.append(Reason("public"))
    return reasons


def _shown(said: Judged) -> list[Hit]:
    """The hits worth showing, the most telling first: no words are told twice, and nothing vague beside what is plain."""
    shown: list[Hit] = []
    for hit in sorted(said.hits, key=_telling):
        if not any(hit.told_by(other) for other in shown):
            shown.append(hit)
    plain = [hit for hit in shown if hit.cue.code not in _VAGUE]
    return plain if plain or said.tone is Tone.TOLD else shown


def _severity(said: Judged, circumstances: list[Reason], repeat: bool) -> Severity:
    codes = {hit.cue.code for hit in said.hits}
    high = (
        said.large_sum
        or any(reason.code in _ALWAYS_HIGH for reason in circumstances)
        or ("churn" in codes and not codes.isdisjoint(_DRIVES_AWAY))
    )
    grades = [Severity.HIGH if high else Severity.NORMAL, *(hit.cue.severity for hit in said.hits)]
    severity = max(grades, key=_RANK.__getitem__)
    return severity.raised() if repeat else severity


def _telling(hit: Hit) -> tuple[int, float, int]:
    return -_RANK[hit.cue.severity], -hit.cue.weight, hit.start


def _plain_reasons(feedback: Feedback, mark: Mark, said: Judged) -> list[Reason]:
    """The reasons that no cue names: the rating, the mood, the silence, the language."""
    given = (
        "/".join(f"{part:g}" for part in (feedback.rating.value, feedback.rating.scale) if part is not None)
        if feedback.rating
        else ""
    )
    reasons = []
    if mark is Mark.LOW:
        reasons.append(Reason("rating_low", given))
    if mark is Mark.MIDDLE:
        reasons.append(Reason("rating_middle", given))
    if mark is Mark.UNKNOWN:
        reasons.append(Reason("scale_unknown", given))
    if said.tone is Tone.TOLD and mark is not Mark.LOW:
        reasons.append(Reason("complaint", said.sorry))
    elif said.sorry:
        reasons.append(Reason("sentiment", said.sorry))
    if said.tone is Tone.MIXED:
        reasons.append(Reason("mixed"))
    if said.tone is Tone.UNREAD:
        reasons.append(Reason("language"))
    if said.tone is Tone.EMPTY:
        reasons.append(Reason("no_words"))
    return reasons


def _distinct(reasons: list[Reason]) -> tuple[Reason, ...]:
    first: dict[str, Reason] = {}
    for reason in reasons:
        first.setdefault(reason.code, reason)
    return tuple(first.values())[:MOST_REASONS]


__all__ = ["RAISING", "REASONS", "assess", "awaits_score"]
