"""Promises to a customer: one more, another date, kept, and what becomes of those that are open when a case is closed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from cases.acts.act import Act, Change, Decision, Fate, NotAllowed, Unchanged
from cases.acts.hands import heard_from, looked_after
from cases.model import Case, Outcome, Promise, Reason, Severity, Status

BROKEN = "promise_broken"  # the reason for which a case is critical, as its card gives it


def promise(case: Case, act: Act, now: datetime) -> Decision:
    """One more; the same words with another date move the one that is there, also a change that we promised ourselves."""
    if not act.text:
        return NotAllowed("promise_what")
    if act.until is None:
        return NotAllowed("promise_by_when")
    if act.until <= now:
        return NotAllowed("in_the_past", {"at": act.until})
    if any(_said(change.what) == _said(act.text) for change in case.changes):
        return _change_moved(case, act)
    same = next((each for each in case.promises if _said(each.what) == _said(act.text)), None)
    if same is not None and same.due_at == act.until:
        return Unchanged()
    others = tuple(each for each in case.promises if each is not same)
    promised = replace(case, promises=(*others, Promise(act.text, act.until, now, act.actor)))
    if case.status is Status.CONTACTED:  # how it ended is asked once it is kept
        promised = replace(promised, asked_at=None)
    facts = {"text": act.text, "until": act.until, "moved_from": same and same.due_at}
    return Change(heard_from(promised, act, now), facts)


def _change_moved(case: Case, act: Act) -> Decision:
    if case.change_due_at == act.until:
        return Unchanged()
    facts = {"text": case.learned, "until": act.until, "moved_from": case.change_due_at}
    return Change(replace(case, change_due_at=act.until), facts)


def still_owed(promise: Promise, case: Case) -> Promise | None:
    """The same promise as this case owes it now, perhaps by another date; None: it owes it no longer."""
    return next((each for each in case.promises if _said(each.what) == _said(promise.what)), None)


def _said(what: str) -> list[str]:
    return re.findall(r"\w+", what.casefold())


def kept(case: Case, act: Act, now: datetime) -> Decision:
    """The nearest is kept, or the one that the words choose. That one was broken before stays known."""
    wanted = set(_said(act.text or ""))
    owed = sorted((*case.owed, *case.changes), key=lambda each: each.due_at)
    found = [each for each in owed if wanted <= set(_said(each.what))]
    if not owed:
        return NotAllowed("nothing_promised")
    if not found or (wanted and len(found) > 1):
        return NotAllowed("which_promise", {"promises": "; ".join(each.what for each in owed)})
    if found[0] in case.changes:
        made = replace(case, change_by=None, change_due_at=None)
        return Change(made, {"text": found[0].what})  # without the date by which a letter would tell the customer
    rest = tuple(each for each in case.promises if each != found[0])
    after = looked_after(replace(case, promises=rest), now + act.limits.check_back)
    return Change(heard_from(after, act, now), {"text": found[0].what, "until": found[0].due_at})


def chosen_by(what: str, owed: Iterable[Promise]) -> str:
    """Words of a promise by which `kept` tells it from the others that are owed; from one comma to the next, as one would say them."""
    elsewhere = {word for each in owed if _said(each.what) != _said(what) for word in _said(each.what)}
    pieces = [_WORD.findall(piece) for piece in _PAUSE.split(what)]
    telling = (words[at:] for words in pieces for at, word in enumerate(words) if not elsewhere.issuperset(_said(word)))
    return " ".join(next(telling, pieces[0])[:_CHOOSING])


_WORD, _PAUSE = re.compile(r"\w+(?:['’-]\w+)*"), re.compile(r"[^\w\s'’-]+")
_CHOOSING = 4  # words


def taken_out(case: Case, act: Act, now: datetime) -> Decision:
    """What was read in words, due at `until`, was no promise: as if it had never entered; `at` is when it was due before it moved."""
    if case.joined_into is not None:
        return NotAllowed("joined_already", {"number": case.joined_into})
    wrong = next((each for each in case.promises if each.due_at == act.until), None)
    if wrong is None:
        return Unchanged()
    before = (replace(wrong, due_at=act.at),) if act.at else ()
    after = replace(case, promises=(*(each for each in case.promises if each is not wrong), *before))
    if case.promise_broken_at == wrong.due_at:
        after = _not_broken(after)
    eased = after.severity if after.severity is not case.severity else None
    return Change(heard_from(after, act, now), {"text": wrong.what, "until": wrong.due_at, "eased": eased})


def why_critical(case: Case) -> Reason:
    """The reason for which a case is critical from now on, with how grave it was and how many words of the customer had been heard.

    Where a promise that has been kept since was broken before, there is nothing to go back to.
    """
    before = next((reason for reason in case.reasons if reason.code == BROKEN), None)
    if before is None:
        return Reason(BROKEN, f"{case.severity} {len(case.feedback)}")
    return before if case.broken else Reason(BROKEN)


def _not_broken(case: Case) -> Case:
    """The case once what was known as broken never was a promise: as grave as before, if nothing else is late or was said since."""
    if case.broken:
        return replace(case, promise_broken_at=max(each.due_at for each in case.broken))
    was, _, heard = next((reason.detail for reason in case.reasons if reason.code == BROKEN), "").partition(" ")
    reasons = tuple(reason for reason in case.reasons if reason.code != BROKEN)
    is_alone = heard == str(len(case.feedback)) and case.reasons[-1].code == BROKEN
    severity = Severity(was) if is_alone else case.severity
    return replace(case, promise_broken_at=None, reasons=reasons, severity=severity)


def fate_missing(case: Case, act: Act, outcome: Outcome) -> NotAllowed | None:
    """Why a case may not be closed yet: nobody has said what becomes of what was promised, or why it is taken back."""
    missing = [each for each in case.owed if fate_of(each, act) is None]
    if missing:
        facts = {"what": "; ".join(each.what for each in missing), "at": missing[0].due_at, "count": len(missing)}
        return NotAllowed("promise_open", facts | {"ending": outcome.value.replace("_", " ")})
    taken_back = any(fate_of(each, act) is Fate.TAKEN_BACK for each in case.owed)
    return NotAllowed("taken_back_why") if taken_back and not act.text else None


def fate_of(promise: Promise, act: Act) -> Fate | None:
    """What is said of this one, or else of all."""
    return dict(act.fates).get(promise.key, act.fate)


def left_owed(case: Case, act: Act) -> tuple[Promise, ...]:
    """What is still to be kept once the case is closed."""
    return tuple(each for each in case.promises if fate_of(each, act) in (None, Fate.TO_DO))
