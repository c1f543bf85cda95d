"""What stands in a case's menus and on its buttons: which acts are likely now, what one looks at, what one puts down."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cases.acts.act import ActionName
from cases.acts.actions import ACTIONS
from cases.judgement.grave import DANGER
from cases.model import Case, Status
from handlers.cards import words
from handlers.cards.blocks import OVERFLOW_LIMIT, button, confirmed, overflow

# What a colleague most likely does next stands in front; what else is likely, and has no button of its own, in the menu
# beside it. The menu beside what the case waits for has what one looks at, and what one puts down about it.
_NEXT = {
    Status.UNCLAIMED: ActionName.CLAIM,
    Status.CLAIMED: ActionName.CONTACTED,
    Status.CONTACTED: ActionName.CLOSE,
    Status.CLOSED: ActionName.REOPEN,
}
_LIKELY = {
    Status.UNCLAIMED: (
        ActionName.CONTACTED,
        ActionName.GIVE,
        ActionName.SNOOZE,
        ActionName.NOTE,
        ActionName.DISMISS,
    ),
    # Nothing for others than its owner: whoever takes over does so by the refusal of a claim, or by the command.
    Status.CLAIMED: (ActionName.TRIED, ActionName.SNOOZE, ActionName.GIVE, ActionName.RELEASE, ActionName.CLOSE),
    Status.CONTACTED: (
        ActionName.PROMISE,
        ActionName.CONTACTED,
        ActionName.NOTE,
        ActionName.GIVE,
        ActionName.SNOOZE,
    ),
    Status.CLOSED: (ActionName.LESSON, ActionName.NOTE),
}
# Where the customer asked not to be contacted, the honest end may be to leave it at that.
_LIKELY_WHEN_HELD = (ActionName.CLOSE, ActionName.GIVE, ActionName.SNOOZE, ActionName.NOTE, ActionName.DISMISS)
# Where it may be no complaint, saying so has a button of its own, and its place in the menu is free.
_LIKELY_WHEN_UNSURE = (ActionName.CONTACTED, ActionName.GIVE, ActionName.SNOOZE, ActionName.NOTE, ActionName.CLOSE)
# What can always be put down about a case, beside it where it is not among what is likely.
_PUT_DOWN = (ActionName.NOTE, ActionName.DISMISS)


def menu_of(case: Case, *, attached: bool = False) -> dict[str, Any]:
    """What can still be done, in one place beside the words."""
    # What came with letters takes a place only until somebody has had it shown.
    reads = ["read_all", *(["show_attachments"] if attached else [])]
    # Of a case that goes on in another, what is to be done is done there.
    names = (*([] if case.joined_into else [_NEXT[case.status], *reads, *_looks(case)]), *_likely(case))
    if case.owed or case.changes:
        names = (ActionName.KEPT, *names)
    names = names[:OVERFLOW_LIMIT]  # a note can always be written in the thread
    if len(names) == 1:
        return button(names[0], case.number)
    return overflow({name: _label(name, case) for name in names}, case.number)


def buttons(case: Case, *, more_to_read: bool, attached: bool = False) -> list[dict[str, Any]]:
    """The next step in front, what this one case needs besides, and the three dots for the rest."""
    plain = [_NEXT[case.status], *_besides(case)]
    if case.held and case.status is Status.CLAIMED:
        plain.sort(key=lambda name: name is not ActionName.DRAFT)  # before anybody writes, it is decided whether to
    rest = [name for name in _likely(case) if name not in plain]
    shown = [_asking(case, _plain(name, case, plain[0])) for name in plain]
    if more_to_read:
        shown.append(button("read_all", case.number))
    if attached:
        shown.append(button("show_attachments", case.number))
    return [*shown, overflow({name: _label(name, case) for name in rest}, case.number)]


def _plain(name: ActionName, case: Case, first: ActionName) -> dict[str, Any]:
    label = _label(name, case) if name is ActionName.DISMISS else None
    return button(name, case.number, label=label, style="primary" if name == first else None)


def _asking(case: Case, shown: dict[str, Any]) -> dict[str, Any]:
    if shown["action_id"] == ActionName.DISMISS and asks_first(ActionName.DISMISS, case):
        return confirmed(shown, words.DISMISS_ASKS, words.DISMISS_YES)
    return shown


def asks_first(action: ActionName, case: Case) -> bool:
    """Where somebody may be in danger, one click or one word alone does not put the case aside."""
    return (
        action is ActionName.DISMISS
        and case.status in ACTIONS[action].allowed_in
        and any(reason.code == DANGER for reason in case.reasons)
    )


def about(case: Case) -> dict[str, Any] | None:
    """What one may want to look at besides, and put down; a menu of one entry is a button."""
    elsewhere = {_NEXT[case.status], *_besides(case), *_likely(case)}
    told = (ActionName.REMEDY, *_PUT_DOWN) if case.owner is not None else _PUT_DOWN
    names = [*_looks(case), *(name for name in told if name not in elsewhere)]
    if len(names) < 2:
        return button(names[0], case.number) if names else None
    return overflow({name: words.button(name) for name in names}, case.number, "about")


def _looks(case: Case) -> Iterator[str]:
    if case.owner is not None:
        yield "reach"
    if case.earlier:
        yield "earlier"


def _besides(case: Case) -> Iterator[ActionName]:
    if case.held and case.status in ACTIONS[ActionName.DRAFT].allowed_in:
        yield ActionName.DRAFT
    elif case.status is Status.CLAIMED:  # whoever cannot solve it at once tells the customer by when
        yield ActionName.PROMISE
    if case.owed:
        yield ActionName.KEPT
    if (case.unsure or case.is_practice) and case.status in ACTIONS[ActionName.DISMISS].allowed_in:
        yield ActionName.DISMISS


def _likely(case: Case) -> tuple[ActionName, ...]:
    if case.status is Status.UNCLAIMED and case.held:
        return _LIKELY_WHEN_HELD
    if case.status is Status.UNCLAIMED and case.unsure:
        return _LIKELY_WHEN_UNSURE
    if case.joined_into is not None:
        return (ActionName.NOTE,)
    return _LIKELY[case.status]


def _label(name: str, case: Case) -> str:
    """Once the customer has been contacted, the same action only tells more about it."""
    if name == ActionName.DISMISS and case.is_practice:
        return words.PRACTICE_END_BUTTON
    told_more = name == ActionName.CONTACTED and case.status is Status.CONTACTED
    return words.SAY_HOW if told_more else words.button(name)
