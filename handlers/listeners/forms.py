"""A colleague submits a form, or opens the one for a new case from a message or from the shortcuts menu."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from cases.acts.act import Act, ActionName, Fate, NotAllowed, Unchanged, Wants
from cases.acts.actions import ACTIONS, named
from cases.acts.contact import is_tick
from cases.acts.lesson import LINES
from cases.acts.refusals import RefusalName
from cases.arrivals.feedback import BY_HAND, BadFeedback, read_arriving
from cases.model import Outcome, Sign, Via, Way
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of
from cases.replies.drafts import Reply
from handlers.act import Acted, Place, act, answer
from handlers.cards import modals, private, words
from handlers.cards.inputs import fields_of, read_view
from handlers.cards.message import View
from handlers.cards.plain_text import plain
from handlers.feedback.intake import arrived
from handlers.listeners import reply_forms
from handlers.listeners.click import open_view
from handlers.listeners.commands import refuse
from handlers.listeners.reply_buttons import tell_approved
from handlers.reply.approve import approved
from handlers.reply.edit import another_try, edited, revise, same_words
from handlers.rights import is_lead, may, may_open, opens_in
from handlers.slack.reading import words_of
from handlers.world import World
from store import cases, drafts, messages

Errors = dict[str, str]
_AFTERNOON = time(14)


@dataclass(frozen=True, slots=True)
class Response:
    """What a submitted form is answered with: errors by field, a `view` in its place, or neither: it may close."""

    errors: Errors = field(default_factory=dict)
    view: View | None = None


Handler = Callable[[World, Mapping[str, Any], Mapping[str, Any], str], Errors | Response]
"""What becomes of a form: its view, the values by field name, and who submitted it."""


def submitted(world: World, body: Mapping[str, Any]) -> Response:
    """Does what a form asks for, if whoever sent it may."""
    view, person = body["view"], str(body["user"]["id"])
    handler = _handler(str(view.get("callback_id")))
    if handler is None:
        return Response()
    name = str(view["callback_id"])
    opens = handler is _new_case
    refusal = (
        may_open(world, person, modals.channel_of(view)) if opens else may(world, person, name, modals.case_of(view))
    )
    if refusal is not None:
        return Response(errors=refused(world, view, refusal))
    result = handler(world, view, read_view(view), person)
    return result if isinstance(result, Response) else Response(errors=result)


def _handler(name: str) -> Handler | None:
    action = named(name)
    return _FORMS.get(name) if action is None else partial(_act, action)


def shortcut_used(world: World, body: Mapping[str, Any]) -> None:
    """ "Open a case", from a message or from the menu."""
    message, person = body.get("message") or {}, str(body["user"]["id"])
    typed_in = str((body.get("channel") or {}).get("id") or "")
    here = opens_in(world, typed_in)
    if (refusal := may_open(world, person, here)) is not None:
        where = Place(typed_in or person, None, str(body["trigger_id"]))
        refuse(world, person, where, refusal)
        return
    open_view(world, str(body["trigger_id"]), modals.new_case(words_of(message, world.directory.name_of), here))


def _act(action: ActionName, world: World, view: Mapping[str, Any], values: Mapping[str, Any], person: str) -> Errors:
    number = modals.case_of(view)
    if number is None:
        return refused(world, view, NotAllowed("outdated_card"))
    wanted = Act(action, person, Via.MODAL, is_lead=is_lead(world, person, number), **_own(action, values, world))
    result = act(world, number, wanted, place=_at_card(world, number, str(view.get("id", ""))))
    if isinstance(result, Acted) and isinstance(result.decision, NotAllowed):
        return refused(world, view, result.decision)
    if isinstance(result, Acted) and isinstance(result.decision, Unchanged) and is_tick(result.said):
        return refused(world, view, NotAllowed("ticked_already", {"number": number}))
    return {}


def _at_card(world: World, number: int, name: str) -> Place | None:
    """A form belongs to no channel; what must be said privately is said where the case's card stands."""
    where = world.store.read(lambda tx: messages.places(tx, {number})).get(number)
    return Place(where[0], None, name, refusals=False) if where else None


def refused(world: World, view: Mapping[str, Any], refusal: NotAllowed) -> Errors:
    """A refusal as Slack shows it in a form: plain text, and only beside a field.

    The first field carries what concerns the whole form; a form without any shows nothing.
    """
    fields = fields_of(view)
    field = _FIELD_OF.get(refusal.reason)
    if not fields:
        return {}
    return {field if field is not None and field in fields else fields[0]: _in_plain_text(world, refusal)}


def _in_plain_text(world: World, refusal: NotAllowed) -> str:
    def name_of(person: str) -> str | None:
        member = world.directory.member(person)
        return member.name if member else None

    said = words.refusal(refusal.reason, refusal.facts)
    return plain(said, world.policy.zone, world.now(), name_of)


# Which field of its form a refusal is about, by the field's name in handlers/cards/modals.py.
_FIELD_OF: Mapping[RefusalName, str] = {
    "in_the_past": "until",
    "snooze_past_promise": "until",
    "snooze_until_when": "until",
    "snooze_too_long": "until",
    "snoozed_too_often": "until",
    "away": "to",
    "ticked_already": "way",
    "not_yet_happened": "at",
    "tried_not_yet": "at",
    "tried_too_little": "outcome",
    "granted_what": "granted",
    "promise_by_when": "until",
    "change_by_when": "until",
    "change_what": "learned",
    "lesson_what": "expected",
    "taken_back_why": "text",
    "close_how": "outcome",
    "not_contacted_yet": "outcome",
    "waits_for_answer": "outcome",
    "contact_why": "text",
    "reply_what": "body",
    "reply_too_long": "body",
    "overrule_why": "overrule",
    "draft_outdated": "body",
    "contact_held": "body",
    "nothing_to_open": "comment",
}


def _own(action: ActionName, values: Mapping[str, Any], world: World) -> dict[str, Any]:
    """A form's values as the fields of Act that it is about; most forms ask only for a text."""
    reader = _READERS.get(ACTIONS[action].wants)
    return reader(values, world) if reader else {"text": values.get("text")}


def _instant(value: Any) -> datetime | None:
    return None if value is None else datetime.fromtimestamp(int(value), UTC)


def _way(values: Mapping[str, Any], world: World) -> dict[str, Any]:
    way = values.get("way")
    return {"way": Way(way) if way else None, "at": _instant(values.get("at")), "text": values.get("text")}


def _outcome(values: Mapping[str, Any], world: World) -> dict[str, Any]:
    outcome, _, sign = str(values.get("outcome") or "").partition(" ")
    told: dict[str, Any] = _of_lesson(values)
    fate = values.get("fate")
    told |= {"fate": Fate(fate) if fate else None, "text": values.get("text")}
    told["fates"] = tuple(
        (name.removeprefix(modals.FATE), Fate(str(chosen)))
        for name, chosen in values.items()
        if name.startswith(modals.FATE) and chosen
    )
    return {"outcome": Outcome(outcome) if outcome else None, "sign": _sign(outcome, sign), **told}


def _sign(outcome: str, sign: str) -> Sign | None:
    """Who chose to say no more than that they are won back gives their word for it."""
    return Sign(sign) if sign else Sign.OUR_WORD if outcome == Outcome.WON_BACK else None


def _remedy(values: Mapping[str, Any], world: World) -> dict[str, Any]:
    return {name: values.get(name) for name in ("text", "granted", "cost")}


def _lesson(values: Mapping[str, Any], world: World) -> dict[str, Any]:
    return {**_of_lesson(values), "to": values.get("to"), "until": _instant(values.get("until"))}


def _of_lesson(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: values.get(name) for name in ("cause", *LINES)}


def _time(values: Mapping[str, Any], world: World) -> dict[str, Any]:
    chosen = values.get("length")
    until = _instant(values.get("until"))
    if until is None and chosen not in (None, "other"):
        until = snooze_until(str(chosen), world.now(), world.policy)
    return {"until": until, "text": values.get("text")}


def snooze_until(choice: str, now: datetime, policy: Policy) -> datetime:
    """One of the form's choices as an instant: an hour from now, this afternoon, or the next working morning."""
    calendar = calendar_of(policy)
    if choice == "next_morning":
        return calendar.next_open(calendar.start_of_day(calendar.local_date(now) + timedelta(days=1)))
    if choice == "afternoon":
        afternoon = calendar.at_local(calendar.local_date(now), _AFTERNOON)
        return afternoon if afternoon > now else now + timedelta(hours=2)
    return now + timedelta(hours=1)


def _promise(values: Mapping[str, Any], world: World) -> dict[str, Any]:
    return {"text": values.get("text"), "until": _instant(values.get("until"))}


_READERS: Mapping[Wants, Callable[[Mapping[str, Any], World], dict[str, Any]]] = {
    Wants.WAY: _way,
    Wants.WAYS: _way,
    Wants.REMEDY: _remedy,
    Wants.OUTCOME: _outcome,
    Wants.LESSON: _lesson,
    Wants.TIME: _time,
    Wants.PROMISE: _promise,
    Wants.PERSON: lambda values, world: {"to": values.get("to")},
}


def _edit(world: World, view: Mapping[str, Any], values: Mapping[str, Any], person: str) -> Errors | Response:
    """The text is saved as a version whatever is wrong with it; the form stays open while there is something to look at."""
    number, version = modals.case_of(view), modals.draft_version(view)
    if number is None or version is None:
        return refused(world, view, NotAllowed("outdated_card"))
    reply = Reply(subject=str(values.get("subject") or ""), body=str(values.get("body") or ""))
    refusal = revise(world, number, person, "edit", edited(reply, version))
    if refusal is not None:
        theirs = reply_forms.overtaken(world, number, reply) if refusal.reason == "draft_outdated" else None
        return Response(view=theirs) if theirs else refused(world, view, refusal)
    if not any(values.get(given) for given in ("anyway", "overrule", "reads")):
        return Response(view=reply_forms.after_saving(world, number, person))
    refusal = _approved(world, view, person, _version_of(world, number, reply), values)
    # The form has to know the version that was saved: an error beside a field would leave it with the old one.
    return Response(view=reply_forms.after_saving(world, number, person, refusal)) if refusal else Response()


def _version_of(world: World, number: int, reply: Reply) -> int:
    """The version with these words; one that no draft has where others came in between."""
    draft = world.store.read(lambda tx: drafts.load(tx, number))
    return draft.version if draft and same_words(draft.reply, reply) else _NO_VERSION


_NO_VERSION = -1


def _approve(world: World, view: Mapping[str, Any], values: Mapping[str, Any], person: str) -> Errors:
    """A reply is approved as it stands, with what that takes: a reason, the word of somebody who reads its language."""
    refusal = _approved(world, view, person, modals.draft_version(view), values)
    return refused(world, view, refusal) if refusal else {}


def _approved(
    world: World, view: Mapping[str, Any], person: str, version: int | None, values: Mapping[str, Any]
) -> NotAllowed | None:
    number = modals.case_of(view) or 0
    given = approved(world, number, person, version, values.get("overrule"), reads=bool(values.get("reads")))
    refusal = revise(world, number, person, "approve", given)
    where = world.store.read(lambda tx: messages.places(tx, {number})).get(number)
    if refusal is None and where is not None:
        tell_approved(world, number, person, Place(*where, str(view.get("id", ""))))
    return refusal


def _differently(world: World, view: Mapping[str, Any], values: Mapping[str, Any], person: str) -> Errors:
    wish = str(values.get("instruction") or "")
    refusal = revise(world, modals.case_of(view) or 0, person, "redraft", another_try(world, wish or None))
    return refused(world, view, refusal) if refusal else {}


def _new_case(world: World, view: Mapping[str, Any], values: Mapping[str, Any], person: str) -> Errors:
    """Feedback that a colleague heard: always a case, since somebody thought it worth noting down."""
    if not values.get("comment") and not values.get("rating"):
        return refused(world, view, NotAllowed("nothing_to_open"))
    try:
        heard = read_arriving(_as_data(view, values), route=BY_HAND)
        if heard.ignored:  # whoever typed it is still here and can mend it
            raise BadFeedback(*(fault.under("data") for fault in heard.ignored))
    except BadFeedback as bad:
        return _faults(view, bad)
    heard = replace(heard, channel=modals.channel_of(view) or "")
    arrival = arrived(world, heard, via=Via.MODAL, actor=person)
    _confirm(world, arrival.case, person, str(view.get("id", "")))
    return {}


def _confirm(world: World, number: int | None, person: str, name: str) -> None:
    case = world.store.read(lambda tx: cases.load(tx, number or 0))
    if case is not None:
        message, place = private.opened(case, None), Place(case.channel, None, name)
        world.store.write(lambda tx: answer(tx, person, place, message, world.now()))


def _as_data(view: Mapping[str, Any], values: Mapping[str, Any]) -> dict[str, Any]:
    """The form in the shape every source is read into; the form's own id keeps a double submit from being two cases."""
    rating = values.get("rating")
    own = {name: values.get(name) for name in ("comment", "order_ref", "occasion", "occasion_at")}
    return own | {
        "external_id": str(view["id"]),
        "source": str(values.get("source") or BY_HAND),
        "customer": {name: values.get(name) for name in ("name", "email", "phone")},
        "rating": {"value": int(rating), "scale": 5} if rating else None,
    }


def _faults(view: Mapping[str, Any], bad: BadFeedback) -> Errors:
    fields = fields_of(view)
    named = {fault.field.rpartition(".")[2]: fault.message for fault in bad.faults}
    return {name: said for name, said in named.items() if name in fields} or dict.fromkeys(
        fields[:1], "; ".join(named.values())
    )


_FORMS: dict[str, Handler] = {
    "edit": _edit,
    "approve": _approve,
    "differently": _differently,
    "new_case": _new_case,
}
