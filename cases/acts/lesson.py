"""What there is to learn from a case: its lesson as somebody tells it, and whether anybody is asked for the whole of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from cases.acts.act import Act, Change, Decision, NotAllowed, Unchanged
from cases.lessons.worth import is_worth_asking
from cases.model import Case, Outcome, Via

LINES = ("expected", "happened", "went_wrong", "learned")
"""What a lesson says in words, in the order in which one thinks it through."""
_TOLD = ("cause", *LINES)


def telling(act: Act) -> Mapping[str, str]:
    """What an act tells of the lesson, by name."""
    return {name: said for name in _TOLD if (said := getattr(act, name))}


def noted(case: Case, act: Act, now: datetime) -> Case:
    """The case with what an act tells of its lesson; what it does not speak of stays."""
    told = telling(act)
    return replace(case, **told, lesson_at=now) if told else case  # type: ignore[arg-type]


def lesson_due_at(case: Case, outcome: Outcome, act: Act, now: datetime) -> datetime | None:
    """When whoever closes a case is asked for the whole lesson: once, at an opening; None where it is not worth it."""
    wait = act.limits.ask_lesson
    if wait is None or case.lesson_asked_at is not None:
        return None
    told = bool((act.went_wrong or case.went_wrong) and (act.learned or case.learned))
    asks = is_worth_asking(case, outcome, repeated=act.is_repeated, told=told)
    return act.limits.opening(now + wait) if asks else None


def learn(case: Case, act: Act, now: datetime) -> Decision:
    """The lesson as it is told now. A form shows all of it: what is left empty there is taken out."""
    whole = act.via is Via.MODAL
    after = replace(case, **dict.fromkeys(_TOLD), change_by=None, change_due_at=None) if whole else case  # type: ignore[arg-type]
    after = noted(after, act, now)
    if (refusal := _unfit(after, act, now)) is not None:
        return refusal
    if act.until is not None:
        after = replace(after, change_by=act.to or case.change_by or act.actor, change_due_at=act.until)
    if replace(after, lesson_at=case.lesson_at) == case and case.lesson_due_at is None:
        return Unchanged()
    change = {"owner": after.change_by, "until": after.change_due_at} if after.changes else {}
    return Change(replace(after, lesson_due_at=None), {**telling(act), **change})


def _unfit(after: Case, act: Act, now: datetime) -> NotAllowed | None:
    """Why this is no lesson yet, or no change that somebody could be held to."""
    if not telling(act):
        return NotAllowed("lesson_what")
    if act.until is not None and not after.learned:
        return NotAllowed("change_what")
    if act.to and act.until is None:
        return NotAllowed("change_by_when")
    if act.until is not None and act.until <= now:
        return NotAllowed("in_the_past", {"at": act.until})
    return None
