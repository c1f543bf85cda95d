"""What was said between a customer and us, read back from a case's timeline, with the letters they were sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from cases.acts.act import ActionName
from cases.acts.actions import UNDO
from cases.arrivals.decision import Says
from cases.arrivals.feedback import identity
from cases.messages.notes import Say
from cases.model import UNCONTACTED, Case, Grade, Way
from cases.replies.conversation import Conversation, Said, Talk
from store import replies, timeline
from store.engine import Tx
from store.timeline import OPENED, Entry

_THEIRS = frozenset({OPENED, Says.JOINED, Says.WROTE_AGAIN, Says.KIND_WORD, Says.REPORTED, Says.WORDS_CAME})
_OURS = frozenset({ActionName.CONTACTED, Say.SEEN})
_IN_VAIN = frozenset({f"{UNDO}{ActionName.CONTACTED}", Say.BOUNCED})
_ALOUD = frozenset({Way.PHONE, Way.IN_PERSON})  # an approved letter that lies there was not what was said


def talk_of(tx: Tx, case: Case) -> Talk:
    """All that the next letter to this customer has to know of what was said before."""
    history = timeline.history(tx, case.number)
    said = tuple(_with_words(tx, case, each) for each in spoken(case, history))
    last = max((each.at for each in said if each.is_ours), default=case.opened_at)
    kept = [entry for entry in history if entry.action == ActionName.KEPT and entry.at > last]
    return Talk(
        said=said, owed=case.owed, kept=tuple(str(entry.facts["text"]) for entry in kept if entry.facts.get("text"))
    )


def spoken(case: Case, history: Sequence[Entry]) -> Conversation:
    """Who spoke when, by a case's history, in the order in which we heard of it; without the words of our letters.

    What came with another case, and has no line here, was there from the start.
    """
    feedback = {identity(each): each for each in case.feedback}
    said: list[Said] = []
    approved: int | None = None
    for entry in history:
        name = (str(entry.facts.get("source")), str(entry.facts.get("external_id")))
        if entry.action in _THEIRS and name in feedback:
            said = [each for each in said if each.feedback is not feedback[name]]
            said.append(Said(at=entry.at, feedback=feedback[name]))
        elif entry.action == "approve":
            approved = entry.facts.get("version")
        elif entry.action in _OURS and not _is_mere_click(case, entry):
            said.append(_ours(entry, approved))
            approved = None if said[-1].version else approved
        elif entry.action in _IN_VAIN and (last := next((each for each in reversed(said) if each.is_ours), None)):
            said.remove(last)
    there = {identity(each.feedback) for each in said if each.feedback}
    brought = [
        Said(at=each.occurred_at or case.opened_at, feedback=each)
        for each in case.feedback
        if identity(each) not in there
    ]
    return (*brought, *said)


def _is_mere_click(case: Case, entry: Entry) -> bool:
    return entry.facts.get("grade") == Grade.CLICKED and case.status in UNCONTACTED


def _ours(entry: Entry, approved: int | None) -> Said:
    way = Way(entry.facts["way"]) if entry.facts.get("way") in set(Way) else None
    version = entry.facts.get("version") or (None if way in _ALOUD else approved)
    told = entry.facts.get("at")
    at = min(datetime.fromisoformat(told), entry.at) if told else entry.at
    return Said(at=at, version=version, way=way, by=entry.actor)


def _with_words(tx: Tx, case: Case, said: Said) -> Said:
    kept = replies.words(tx, case.number, said.version) if said.version else None
    return replace(said, words=kept[1]) if kept else said
