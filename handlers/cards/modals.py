"""The forms the bot opens: one for every action that wants a word more, one to edit a reply, one to open a case."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

from cases.acts.act import ActionName, NotAllowed, Wants
from cases.acts.actions import ACTIONS
from cases.acts.ending import likely_end
from cases.model import ENDS_WITHOUT_CONTACT, UNCONTACTED, Case, Outcome, Promise, Status
from cases.replies.checks import Finding
from cases.replies.drafts import LONGEST_BODY, LONGEST_SUBJECT, Draft, Reply, Versions
from cases.text import one_line
from handlers.cards import inputs, words
from handlers.cards.blocks import FORMAT, actions, button, is_number, plain, section
from handlers.cards.draft_card import back_to, reply_of, written_by
from handlers.cards.findings import by_model, by_rules, found
from handlers.cards.inputs import read_view
from handlers.cards.message import VIEW_BLOCK_LIMIT, Block, View
from handlers.cards.mrkdwn import Mrkdwn, fill, mention

__all__ = ["Saved", "case_of", "channel_of", "draft_version", "edit_draft", "form", "new_case", "read_view"]

TITLE_LIMIT = 24
SHORT = 200


def form(action: ActionName, case: Case, causes: Sequence[str] = ()) -> View:
    """The form of one action on one case; its fields are called like those of Act, that of a time apart.

    `causes` are those that policy offers. Raises KeyError for an action that is done at once.
    """
    wants = ACTIONS[action].wants
    return _modal(action, [*_FIELDS[wants](action, case), *_OF_LESSON.get(wants, _nothing)(case, causes)], case.number)


def _a_word(action: ActionName, case: Case) -> Iterable[Block]:
    yield inputs.text("text", action, most=SHORT)


def _text(action: ActionName, case: Case) -> Iterable[Block]:
    yield inputs.text("text", action, long=True, optional=False)


def _reason(action: ActionName, case: Case) -> Iterable[Block]:
    yield section(Mrkdwn(words.ASKED_NO_CONTACT))
    yield inputs.text("text", action, long=True, optional=False, most=SHORT)


def _person(action: ActionName, case: Case) -> Iterable[Block]:
    yield inputs.person("to", action)


def _time(action: ActionName, case: Case) -> Iterable[Block]:
    """`length` is a key of words.SNOOZES; with "other", `until` holds."""
    yield inputs.select("length", action, words.SNOOZES, initial="1h", optional=False)
    yield inputs.instant("until", "snooze_until")
    yield inputs.text("text", "snooze_reason", most=SHORT)


def _way(action: ActionName, case: Case) -> Iterable[Block]:
    yield inputs.select("way", action, words.choosable(words.WAYS), initial=case.contacted_how)
    # The first contact's time stands once it is known.
    if case.status is not Status.CONTACTED:
        yield inputs.instant("at", "contacted_at")
    yield inputs.text("text", "said", long=True)
    if case.status is not Status.CONTACTED:
        yield from filter(None, [actions([button(ActionName.TRIED, case.number)], "not_reached")])


def _ways(action: ActionName, case: Case) -> Iterable[Block]:
    yield inputs.select("way", action, words.choosable(words.WAYS))
    yield inputs.instant("at", "tried_at")
    yield inputs.text("text", "came_of_it", long=True)


def _promise(action: ActionName, case: Case) -> Iterable[Block]:
    before = case.promised.what if case.promised else None
    yield inputs.text("text", action, initial=before, optional=False, most=SHORT)
    yield inputs.instant("until", "promise_until", optional=False)


def _remedy(action: ActionName, case: Case) -> Iterable[Block]:
    yield inputs.text("text", action, initial=case.remedy_wanted, long=True)
    yield inputs.text("granted", "granted", initial=case.remedy_granted, long=True)
    yield inputs.text("cost", "cost", initial=case.remedy_cost, most=SHORT)


def _outcome(action: ActionName, case: Case) -> Iterable[Block]:
    ended = inputs.select("outcome", action, _ends(case), initial=_likely_end(case), optional=False)
    if case.status is not Status.CONTACTED:
        ended.pop("hint", None)  # it tells two ends apart of which neither can be chosen here
    yield ended
    if case.owed:
        yield from _fates(case.owed)
    if case.owed or case.status in UNCONTACTED:
        yield inputs.text("text", "taken_back" if case.owed else "given_up", most=SHORT)


def _nothing(*_: object) -> Iterable[Block]:
    return ()


def _quick_lesson(case: Case, causes: Sequence[str]) -> Iterable[Block]:
    """While closing: what one knows at once, a line each; the whole of it is asked later, where it is worth it."""
    yield from _cause(case, causes)
    yield inputs.text("went_wrong", "went_wrong", initial=case.went_wrong)
    if case.status not in UNCONTACTED:
        yield inputs.text("learned", "learned", initial=case.learned)


def _ends(case: Case) -> Mapping[str, str]:
    """The ends that a case may have now: who was won back, with by what that is known."""
    possible = {outcome.value: label for outcome, label in words.OUTCOMES.items() if outcome in ENDS_WITHOUT_CONTACT}
    if case.status is not Status.CONTACTED:
        return words.choosable(possible)
    others = {outcome.value: label for outcome, label in words.OUTCOMES.items() if outcome is not Outcome.WON_BACK}
    return words.WON_BACK | words.choosable(others)


def _likely_end(case: Case) -> str | None:
    end = likely_end(case)
    return next((value for value in _ends(case) if value in (" ".join(end), end[0])), None) if end else None


def _whole_lesson(case: Case, causes: Sequence[str]) -> Iterable[Block]:
    """All of it, in the order in which one thinks it through; the last line may be a change, with who makes it by when."""
    yield from _cause(case, causes)
    yield inputs.text("expected", "expected", initial=case.expected, long=True)
    yield inputs.text("happened", "happened", initial=case.happened, long=True)
    yield inputs.text("went_wrong", "went_wrong", initial=case.went_wrong, long=True)
    yield inputs.text("learned", "change", initial=case.learned, long=True)
    yield inputs.person("to", "change_by", initial=case.change_by, optional=True)
    yield inputs.instant("until", "change_until", initial=case.change_due_at)


def _cause(case: Case, causes: Sequence[str]) -> Iterable[Block]:
    if causes:
        yield inputs.select("cause", "cause", {cause: cause for cause in causes}, initial=case.cause)


_OF_LESSON: Mapping[Wants, Callable[[Case, Sequence[str]], Iterable[Block]]] = {
    Wants.OUTCOME: _quick_lesson,
    Wants.LESSON: _whole_lesson,
}


_ASKED_SINGLY = 10  # promises; a form holds a hundred blocks
FATE = "fate-"  # of one promise, by its key; "fate" alone is that of all others


def _fates(owed: Sequence[Promise]) -> Iterable[Block]:
    """One field for each promise, the nearest first, and one for all the others where there are very many."""
    for each in owed[:_ASKED_SINGLY]:
        yield section(fill(words.PROMISED, due=each.due_at, promise=one_line(each.what, SHORT)), f"promised-{each.key}")
        yield inputs.select(f"{FATE}{each.key}", "fate", words.FATES, optional=False)
    if owed[_ASKED_SINGLY:]:
        yield inputs.select("fate", "other_fates", words.FATES, optional=False)


_FIELDS: Mapping[Wants, Callable[[ActionName, Case], Iterable[Block]]] = {
    Wants.A_WORD: _a_word,
    Wants.TEXT: _text,
    Wants.REASON: _reason,
    Wants.PERSON: _person,
    Wants.TIME: _time,
    Wants.WAY: _way,
    Wants.WAYS: _ways,
    Wants.PROMISE: _promise,
    Wants.REMEDY: _remedy,
    Wants.OUTCOME: _outcome,
    Wants.LESSON: _nothing,
}


Lift: TypeAlias = tuple[Literal["tick", "reason", "reads"], ...] | None
"""What a person has to give to approve a reply as it stands: a tick, a reason, their word that they read the language.

None: they can do nothing but mend it."""
_LIFTS: Mapping[str, Callable[[bool], Block]] = {
    "tick": lambda optional: inputs.tick("anyway", "anyway", optional=optional),
    "reason": lambda optional: inputs.text("overrule", "overrule", long=not optional, optional=optional, most=SHORT),
    "reads": lambda optional: inputs.tick("reads", "reads", optional=optional),
}


@dataclass(frozen=True, slots=True)
class Saved:
    """What a form says after its text was saved: how this person may approve it all the same, else whom they can ask.

    `refusal`: why it was not approved although they wished it.
    """

    lift: Lift = None
    asks: str | None = None
    refusal: NotAllowed | None = None


def edit_draft(case: Case, draft: Draft, findings: Sequence[Finding] = (), saved: Saved | None = None) -> View:
    """The reply to edit, prefilled, with what the checks found. The version travels along, so that a newer one is not
    overwritten unseen.

    `saved`: the text has just been saved, and the form stays open because there is something to look at.
    """
    fields = _reply_fields(draft.reply.subject, draft.reply.body) if draft.reply else _reply_fields("", "")
    if saved:  # what is new since they pressed the button comes first
        fields = [*_refused(saved.refusal), *_told(findings, words.SAVED), *fields, *_ways_to_approve(saved)]
    else:
        fields = [*fields, *_told(findings, words.READ_AGAIN)]
    labels = {"close": words.MODAL_DONE, "submit": words.SAVE_AGAIN} if saved else {}
    return _modal("edit", fields, case.number, draft.version, **labels)


def _reply_fields(subject: str, body: str) -> list[Block]:
    return [
        inputs.text("subject", "subject", initial=subject, most=LONGEST_SUBJECT),
        inputs.text("body", "body", initial=body, long=True, optional=False, most=LONGEST_BODY),
    ]


def overtaken(case: Case, draft: Draft, mine: Reply) -> View:
    """Somebody else saved first: their words to read, and the ones typed meanwhile to go on with; neither is lost."""
    said = words.OTHERS_WROTE if draft.author else words.OTHERS_WROTE_UNNAMED
    told = [section(fill(said, author=mention(draft.author) if draft.author else ""), "others")]
    theirs = [reply_of(draft.reply, "theirs")] if draft.reply else []
    return _modal(
        "edit",
        [*told, *theirs, section(Mrkdwn(words.SAVE_OVER), "save-over"), *_reply_fields(mine.subject, mine.body)],
        case.number,
        draft.version,
    )


_SHOWN_WHOLE, _IN_PART, _LISTED = 3, 200, 25


def versions(number: int, there_are: Versions) -> View:
    """Every other version of a reply, the newest first, each with the button that brings it back."""
    fields: list[Block | None] = []
    for place, version in enumerate(there_are.others[:_LISTED]):
        told = fill(words.VERSION_LABEL, at=version.at, who=written_by(version))
        most = LONGEST_BODY if place < _SHOWN_WHOLE else _IN_PART  # a view holds 250,000 bytes [Slack]
        fields += [
            section(told),
            reply_of(version.reply, f"reply-{version.version}", most),
            back_to(number, version, words.BRING_THIS_BACK),
        ]
    if (more := len(there_are.others) - _LISTED) > 0:
        fields.append(section(fill(words.VERSIONS_MORE, count=more)))
    return _modal("versions", filter(None, fields or [section(Mrkdwn(words.NO_OTHER_VERSIONS))]), number)


def _refused(refusal: NotAllowed | None) -> Iterable[Block]:
    if refusal:
        yield section(words.refusal(refusal.reason, refusal.facts), "refusal")


def _told(findings: Sequence[Finding], heading: str) -> Iterable[Block]:
    if rules := by_rules(findings):
        yield section(found(rules, heading), "checks")
    if remarks := by_model(findings):
        yield section(remarks, "second-reader")


def _ways_to_approve(saved: Saved) -> Iterable[Block]:
    if saved.lift:
        yield from (_LIFTS[each](True) for each in saved.lift)
    elif saved.asks:
        yield section(fill(words.ASK_TO_APPROVE, to=mention(saved.asks)), "ask")


def overrule(case: Case, draft: Draft, findings: Sequence[Finding], lift: Lift) -> View:
    """What has to be given before a reply is approved although findings block it."""
    told = _told(findings, words.CHECKS_BLOCK)
    return _modal("approve", [*told, *(_LIFTS[each](False) for each in lift or ())], case.number, draft.version)


def differently(number: int) -> View:
    """A wish for the next version, in one's own words."""
    return _modal(
        "differently", [inputs.text("instruction", "instruction", long=True, optional=False, most=SHORT)], number
    )


def new_case(comment: str = "", channel: str | None = None) -> View:
    """The form for a complaint that came by telephone or over the counter; `comment` from the message it is opened from.

    `channel`: where the case is to stand, where that is not by its source.

    Its fields are called like those of Feedback and Customer; `rating` is of five.
    """
    fields = [
        inputs.text("comment", "comment", initial=comment, long=True, optional=False),
        inputs.text("name", "name", most=SHORT),
        inputs.text("phone", "phone", most=SHORT),
        inputs.text("email", "email", most=SHORT),
        inputs.text("order_ref", "order_ref", most=SHORT),
        inputs.select("rating", "rating", words.RATINGS),
        inputs.text("occasion", "occasion", most=SHORT),
        inputs.day("occasion_at", "occasion_at"),
        inputs.select("source", "source", words.REACHED_US),
    ]
    return _modal("new_case", fields, *([channel] if channel else []))


def case_of(view: Mapping[str, Any]) -> int | None:
    """The case a submitted form is about; None for a new case, and for a form of another format version."""
    version, *numbers = _known(view)
    return numbers[0] if version == FORMAT and numbers and isinstance(numbers[0], int) else None


def channel_of(view: Mapping[str, Any]) -> str | None:
    """Where the case of a form that opens one is to stand; None where that is by its source."""
    _, *told = _known(view)
    return told[0] if view.get("callback_id") == "new_case" and told and isinstance(told[0], str) else None


def draft_version(view: Mapping[str, Any]) -> int | None:
    """The version of the draft that an edit started from."""
    _, *numbers = _known(view)
    return numbers[1] if len(numbers) > 1 and isinstance(numbers[1], int) else None


def _known(view: Mapping[str, Any]) -> list[str | int]:
    version, *numbers = str(view.get("private_metadata") or "").split(":")
    return [version, *(int(number) if is_number(number) else number for number in numbers)]


def _modal(
    name: str, fields: Iterable[Block], *numbers: int | str, close: str = words.MODAL_CANCEL, submit: str | None = None
) -> View:
    """Without a word for its submit button it is only to be looked at, and its buttons pressed."""
    said = words.form(name)
    sends = {"submit": plain(submit or said.submit, TITLE_LIMIT)} if said.submit else {}
    return sends | {
        "type": "modal",
        "callback_id": name,
        "private_metadata": ":".join([FORMAT, *map(str, numbers)]),
        "title": plain(said.title.format(number=numbers[0] if numbers else ""), TITLE_LIMIT),
        "close": plain(close if said.submit else words.MODAL_DONE, TITLE_LIMIT),
        "blocks": list(fields)[:VIEW_BLOCK_LIMIT],
    }
