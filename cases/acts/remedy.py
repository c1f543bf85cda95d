"""What would make it right: whether the customer was asked, what they said, and what we give them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from cases.acts.act import Act, Change, Decision, NotAllowed, Unchanged
from cases.acts.hands import heard_from
from cases.acts.ways import SIGNS
from cases.model import Case, Remedy, Status
from cases.spoken.signs import PARTS, level


def remedy(case: Case, act: Act, now: datetime) -> Decision:
    """One or more of the three, as they become known; with no words at all the customer was asked, and has not answered yet."""
    news = _news(case, act)
    if "cost" in news and not (act.granted or case.remedy_granted):
        return NotAllowed("granted_what")
    if not news and (case.remedy_asked_at or case.remedy_granted):
        return Unchanged()
    told = replace(
        case,
        remedy_asked_at=case.remedy_asked_at or (now if "text" in news or not news else None),
        remedy_wanted=news.get("text", case.remedy_wanted),
        remedy_granted=news.get("granted", case.remedy_granted),
        remedy_by=act.actor if "granted" in news else case.remedy_by,
        remedy_cost=act.cost if "granted" in news else news.get("cost", case.remedy_cost),
    )
    if case.status is not Status.CONTACTED:  # whether it ended well is still asked
        told = heard_from(told, act, now)
    return Change(told, {"remedy": _furthest(news), **news})


def _news(case: Case, act: Act) -> dict[str, str]:
    """What is told besides what was known: a form sends all of it once more."""
    said = {
        "text": (act.text, case.remedy_wanted),
        "granted": (act.granted, case.remedy_granted),
        "cost": (act.cost, case.remedy_cost),
    }
    return {name: told for name, (told, before) in said.items() if told and told != before}


def _furthest(news: dict[str, str]) -> Remedy:
    if "granted" in news or "cost" in news:
        return Remedy.GRANTED
    return Remedy.ANSWERED if "text" in news else Remedy.ASKED


def asked(case: Case, at: datetime) -> Case:
    """A letter has asked them; that they were asked before counts."""
    return replace(case, remedy_asked_at=case.remedy_asked_at or at)


def with_remedy_of(case: Case, other: Case) -> Case:
    """What is known of the other one, where nothing is known of this."""
    if case.remedy is not None:
        return case
    known = {name: getattr(other, name) for name in _FIELDS}
    return replace(case, **known)


_FIELDS = ("remedy_asked_at", "remedy_wanted", "remedy_granted", "remedy_by", "remedy_cost")


_ORDER = ("text", "granted", "cost")
_ASKED = re.compile(r"(?:(?:i|we)\s+)?(?:have\s+)?asked(?:\s+(?:them|her|him))?[\s.!]*", re.IGNORECASE)
_LABELS = {
    "text": re.compile(r"(?:they (?:said|want\w*|ask\w* for)|wanted|answer(?:ed)?)\s*:\s*", re.IGNORECASE),
    "granted": re.compile(r"(?:we (?:give|gave|grant(?:ed)?)|granted|given)\s*:\s*", re.IGNORECASE),
    "cost": re.compile(r"(?:at )?(?:a |the )?costs?\s*:\s*", re.IGNORECASE),
}


def read_remedy(words: str) -> dict[str, str]:
    """What was said, given and spent, in this order, parted by " / ", "|" or a line end; or each behind its label. "asked" is none of these."""
    if _ASKED.fullmatch(level(words)):
        return {}
    told: dict[str, str] = {}
    for name, part in zip(_ORDER, _parts(words), strict=False):
        label = next(((of, found) for of, label in _LABELS.items() if (found := label.match(part))), None)
        of, text = (label[0], part[label[1].end() :]) if label else (name, part)
        if text := text.strip(SIGNS):
            told[of] = text
    return told


def _parts(words: str) -> list[str]:
    """At most three; what stands behind the last of them belongs to it."""
    cuts = [found.span() for found in PARTS.finditer(level(words))][: len(_ORDER) - 1]
    begins, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(words)]
    return [words[begin:end].strip() for begin, end in zip(begins, ends, strict=True)]
