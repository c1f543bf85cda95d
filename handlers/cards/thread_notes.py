"""What the bot says in a case's thread when something happened to it: short, and the customer's words as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from cases.acts.act import ActionName
from cases.acts.promises import chosen_by
from cases.lessons.lesson import Lesson
from cases.letters.attached import File, State
from cases.messages.notes import Acted, Broken, Lettered, Note, Regrouped, Reported, Rerouted
from cases.model import Case, Feedback, Outcome, Rating, Severity, Status, Way
from cases.text import one_line
from handlers.cards import contact_lines, phrases, whole, words
from handlers.cards.blocks import actions, button, context, image, rich_line, section
from handlers.cards.message import Block, Message, line, message
from handlers.cards.mrkdwn import Mrkdwn, escape, fill, join, mention

Call = Callable[[str], Mrkdwn]
"""How a person (Slack id) is spoken of: by a mention, which pings them, or by their name alone."""

LINE_LIMIT = 400
_PROMISES_TOLD = 5


def wrote_again(number: int, feedback: Feedback, *, kindly: bool = False) -> Message:
    """The customer added or changed their words in this case. `kindly`: triage finds nothing unhappy in them."""
    intro = rich_line(words.WROTE_KINDLY if kindly else words.WROTE_AGAIN)
    return message(*whole.words_of(feedback, number, intro))


def joined(number: int, feedback: Feedback, severity: Severity) -> Message:
    """A second complaint by the same customer came to this open case, and `severity` is what the case is now."""
    what = fill(words.JOINED, source=phrases.source(feedback), severity=words.SEVERITIES[severity])
    return message(section(what, "what"), *whole.words_of(feedback, number))


def reported_again(number: int, feedback: Feedback) -> Message:
    """Somebody, who may be the same customer, told of the same order; if it was another's, it can be parted."""
    what = fill(words.REPORTED_AGAIN, source=phrases.source(feedback), number=number)
    return message(section(what, "what"), *whole.words_of(feedback, number))


def heard_elsewhere() -> Message:
    """Words that were taken for this customer's stand in another case now."""
    return line(Mrkdwn(words.HEARD_ELSEWHERE))


def regrouped(note: Regrouped, name_of: Callable[[str], str | None]) -> Message:
    """A colleague, who is named without a ping, joined or parted what two cases hold; whoever loses a case so is called."""
    told = fill(words.REGROUPED[note.say], who=escape(name_of(note.actor) or words.SOMEBODY), other=note.other)
    if note.elsewhere:
        told = fill(words.REGROUPED_ELSEWHERE[note.say], told=told, channel=phrases.channel(note.elsewhere))
    return line(fill(words.TO_OWNER, owner=mention(note.owner), told=told) if note.owner else told)


def rating_changed(before: Rating | None, after: Rating) -> Message:
    """The customer thought again about the stars."""
    sentence = words.RATING_CHANGED if before else words.RATING_GIVEN
    return line(fill(sentence, before=phrases.rating(before) if before else "", after=phrases.rating(after)))


def owner_changed(before: str | None, after: str, text: str | None = None, call: Call = mention) -> Message:
    """Somebody took the case, or took it over, perhaps with a word (Slack ids)."""
    if before is None:
        return line(fill(words.TOOK, owner=call(after)))
    sentence = words.TAKEN_OVER_SAYING if text else words.TAKEN_OVER
    said = one_line(text or "", LINE_LIMIT)
    return line(fill(sentence, owner=call(after), before=call(before), text=said))


def given(by: str | None, before: str | None, after: str, text: str | None = None, call: Call = mention) -> Message:
    """Somebody handed the case to a colleague, perhaps with a word; `by` is None where its owner has left it behind."""
    if by is None and before is not None:
        return line(fill(words.LEFT_TO, before=call(before), owner=call(after)))
    if by in (None, after):
        return owner_changed(before, after, text, call)
    sentence = words.GIVEN_SAYING if text else words.GIVEN
    return line(fill(sentence, by=call(by or ""), owner=call(after), text=one_line(text or "", LINE_LIMIT)))


def aloud(
    case: Case, note: Note, told: Message, name_of: Callable[[str], str | None], link: str | None = None
) -> Message:
    """What a note says, and to whom: below the case's name, and with who has it, where the channel is to see it.

    Whoever has it and is not called is named without a ping.
    """
    call = mention(note.call) if note.call else None
    if not note.broadcast:
        mine = call if note.call == note.holder else None
        return message(section(fill(words.FOR_OWNER, call=mine), "call"), *told.blocks) if mine else told
    if note.holder is None:
        who = fill(words.ALOUD_FREE_CALLING, call=call) if call else Mrkdwn(words.ALOUD_FREE)
    else:
        holder = call if note.call == note.holder else escape(name_of(note.holder) or words.SOMEBODY)
        others = call is not None and note.call != note.holder
        who = fill(words.ALOUD_HELD_CALLING if others else words.ALOUD_HELD, holder=holder, call=call or "")
    return message(
        section(fill(words.ALOUD, case=phrases.listed(case, link)), "case"), *told.blocks, section(who, "call")
    )


def let_go(case: Case, before: str) -> Message:
    """A case whose owner was asked, and did not answer, is the team's again."""
    customer = phrases.customer(case, words.A_CUSTOMER)
    sentence = words.LET_GO_UNDECIDED if case.held else words.LET_GO
    return line(fill(sentence, before=mention(before), customer=customer))


def rerouted(note: Rerouted) -> Message:
    """Why a case stands in this channel and not where it belongs."""
    channel, why = phrases.channel(note.channel), words.UNUSABLE[note.why]
    return line(fill(words.REROUTED, channel=channel, why=why))


def reported(note: Reported) -> Message:
    """What another program told of a contact, with whom and what it named."""
    told = fill(
        words.REPORTED[note.say],
        saw=words.SAW[note.way or Way.OTHER],
        way=words.WAYS[note.way] if note.way else "",
        at=note.at,
    )
    who = join(", ", [note.program, contact_lines.looked_up(note.reference)])
    told = fill(words.REPORTED_BY, told=told, who=who) if who else told
    text = one_line(note.text or "", LINE_LIMIT)
    return line(fill(words.ACT_NOTED_SAYING if text else words.ACT_NOTED, what=told, text=text))


def lettered(case: Case, note: Lettered) -> Message:
    """That an approved reply did not go out, or may not have, and what can be done about it."""
    return line(
        fill(words.LETTERED[note.say], why=one_line(note.why or "", LINE_LIMIT), customer=phrases.customer(case))
    )


def promised(case: Case, told: Acted, call: Call) -> Message:
    """What was promised by when, or that it has another date; what was found in words says so, and can be taken out again."""
    stands = told.found and any(each.due_at == told.until for each in case.owed)
    said = fill(
        _of_promise(told, bool(stands)),
        actor=call(told.actor or ""),
        promise=one_line(told.text or "", LINE_LIMIT),
        until=told.until or case.opened_at,
        before=told.moved_from or case.opened_at,
        number=case.number,
        of_it=f" {chosen_by(told.text or '', case.owed)}" if len(case.owed) > 1 else "",
    )
    if not stands or told.until is None:
        return line(said)
    return message(
        section(said, "what"), actions([button("no_promise", case.number)], _block_of(told.until, told.moved_from))
    )


def _of_promise(told: Acted, stands: bool) -> str:
    if told.found:
        return words.PROMISE_FOUND if stands else words.PROMISE_FOUND_OVER
    return words.PROMISE_MOVED if told.moved_from else words.PROMISED_NOTE


_DUE = "due "


def _block_of(due: datetime, moved_from: datetime | None) -> str:
    return _DUE + " ".join(at.isoformat() for at in (due, moved_from) if at)


def due_seen(block_id: str) -> tuple[datetime, datetime | None] | None:
    """Which promise a button is about, by the id of its block: when it is due, and when it was before it moved; None: it does not say."""
    try:
        due, *before = (datetime.fromisoformat(at) for at in block_id.removeprefix(_DUE).split())
    except ValueError:
        return None
    return due, next(iter(before), None)


def promise_broken(case: Case, told: Broken) -> Message:
    """What was promised, and has not been kept in time."""
    customer = phrases.customer(case, words.A_CUSTOMER)
    promise = one_line(told.what, LINE_LIMIT)
    return line(fill(words.PROMISE_BROKEN, customer=customer, due=told.due, promise=promise, number=case.number))


def kept(case: Case, told: Acted, call: Call) -> Message:
    """What was promised is kept; whoever likes tells the customer what came of it."""
    said = _as_its_row_says(case, told, call)
    if case.status is not Status.CONTACTED or case.held or told.until is None:
        return said
    return message(*said.blocks, actions([button("write_kept", case.number)], _block_of(told.until, None)))


def remedied(case: Case, told: Acted, call: Call) -> Message:
    """What would make it right, and what we give."""
    given = one_line(told.granted or case.remedy_granted or "", LINE_LIMIT)
    sentence = words.WE_GIVE_AT_COST if told.cost else words.WE_GIVE
    granted = fill(sentence, granted=given, cost=one_line(told.cost or "", LINE_LIMIT))
    news = section(granted, "granted") if told.granted or told.cost else None
    return message(*_as_its_row_says(case, told, call).blocks, news)


def closed(case: Case, call: Call = mention, why: str | None = None) -> Message:
    """The end, with thanks, with what is worth remembering, and with what is still owed; `why` so, where that was asked for."""
    thanks = fill(
        _closing(case),
        outcome=phrases.outcome(case),
        owner=call(case.owner) if case.owner else "",
    )
    because = fill(words.CLOSED_BECAUSE, why=one_line(why, LINE_LIMIT)) if why else None
    return message(section(join("\n", [thanks, because]), "what"), *_lesson(case), _stays_to_do(case))


def learned(case: Case, told: Acted, call: Call) -> Message:
    """What there is to learn, as somebody told it, and who makes a change by when."""
    what = words.happened(words.ACTIONS[ActionName.LESSON].note or "", {"actor": call(told.actor or "")})
    return message(section(fill(words.ACT_NOTED_BELOW, what=what), "what"), *_lesson(case), _to_change(case, call))


def _to_change(case: Case, call: Call) -> Block | None:
    change = next(iter(case.changes), None)
    if change is None:
        return None
    return section(fill(words.CHANGE, maker=call(change.by or ""), due=change.due_at, number=case.number), "change")


def near_lessons(near: Sequence[tuple[Lesson, str | None]]) -> Message:
    """What was learned from cases like this one, each with the address of its card."""
    lines = (
        fill(words.NEAR_LESSON, gist=one_line(lesson.gist, LINE_LIMIT), case=phrases.numbered(lesson.case, address))
        for lesson, address in near
    )
    return message(context(join("\n", [Mrkdwn(words.NEAR_LESSONS), *lines]), "lessons"))


def attachments(files: Sequence[File], actor: str | None) -> Message:
    """What came with a letter, as far as Slack has it: pictures in blocks, under other files the message itself has; of the rest why not."""
    if not files:
        return line(Mrkdwn(words.ATTACHMENTS_ELSEWHERE))
    shown = [each for each in files if each.state is State.SHOWN and each.file]
    coming = [each for each in files if each.state in (State.WANTED, State.BEGUN, State.UPLOADED)]
    below = [each for each in shown if not each.stands_in_block]
    return message(
        section(fill(words.ATTACHMENTS, actor=escape(actor or words.SOMEBODY)), "what"),
        *(_picture(each) for each in shown if each.stands_in_block),
        context(fill(words.ATTACHMENTS_BELOW, names=_names(below)) if below else Mrkdwn(), "below"),
        context(fill(words.ATTACHMENTS_COMING, names=_names(coming)) if coming else Mrkdwn(), "coming"),
        *_unshown([each for each in files if each.state is State.REFUSED]),
    )


def _picture(file: File) -> Block:
    return image(file.file or "", words.ATTACHMENT_ALT.format(name=file.name), f"file {file.id}")


def _unshown(refused: Sequence[File]) -> Iterator[Block | None]:
    """Each reason once."""
    for why in dict.fromkeys(each.why or "" for each in refused):
        names = _names([each for each in refused if (each.why or "") == why])
        because = Mrkdwn(words.UNSHOWN[why]) if why in words.UNSHOWN else fill(words.UNSHOWN_OTHERWISE, word=why)
        yield section(fill(words.ATTACHMENTS_REFUSED, names=names, why=because), f"unshown {why}"[:255])


def _names(files: Sequence[File]) -> Mrkdwn:
    return join(", ", (escape(one_line(each.name, LINE_LIMIT)) for each in files))


def _lesson(case: Case) -> Iterator[Block | None]:
    """Short lines together, long ones whole and each by itself."""
    told = list(_lines(case))
    short = (fill(sentence, **{name: text}) for sentence, name, text in told if not _is_long(text))
    yield context(join("\n", short), "lesson")
    for sentence, name, text in told:
        if _is_long(text):
            yield from whole.quotation(sentence.format(**{name: ""}).rstrip(), text, name)


def _stays_to_do(case: Case) -> Block | None:
    """Closing keeps no promise: which ones are owed still, and how to end that."""
    if not case.owed:
        return None
    owed = (
        fill(words.PROMISED, due=each.due_at, promise=one_line(each.what, LINE_LIMIT))
        for each in case.owed[:_PROMISES_TOLD]
    )
    return section(join("\n", (*owed, fill(words.STAYS_TO_DO, number=case.number))), "owed")


def _closing(case: Case) -> str:
    if case.owner is None:
        return words.CLOSED_NOTE_UNOWNED
    return words.CLOSED_NOTE_GLAD if case.outcome in (Outcome.WON_BACK, Outcome.SATISFIED) else words.CLOSED_NOTE


def _lines(case: Case) -> Iterator[tuple[str, str, str]]:
    """The sentences, each with the name of its blank and what fills it."""
    for sentence, name, text in (
        (words.CAUSE, "cause", case.cause),
        (words.EXPECTED, "expected", case.expected),
        (words.HAPPENED, "happened", case.happened),
        (words.WENT_WRONG, "went_wrong", case.went_wrong),
        (words.LESSON, "learned", case.learned),
    ):
        if text:
            yield sentence, name, text if _is_long(text) else one_line(text, LINE_LIMIT)


def _is_long(text: str) -> bool:
    return len(text) > LINE_LIMIT


def reopened(why: str | None = None) -> Message:
    """The customer waits again."""
    return line(fill(words.REOPENED_BECAUSE, why=one_line(why, LINE_LIMIT)) if why else Mrkdwn(words.REOPENED))


def second_opinion(before: Severity, after: Severity | None, why: str) -> Message:
    """The model judged the case otherwise than the rules did; `after` is None when it saw no complaint."""
    because = one_line(why, LINE_LIMIT).rstrip(".")
    if after is None:
        return line(fill(words.SECOND_OPINION_KIND, why=because))
    facts = {"before": words.SEVERITIES[before], "severity": words.SEVERITIES[after]}
    return line(fill(words.SECOND_OPINION, why=because, **facts))


def of_action(case: Case, told: Acted, name_of: Callable[[str], str | None] | None = None) -> Message:
    """What the thread hears when a colleague has acted. Nobody is pinged for what they did themselves: `name_of` names them."""

    def call(person: str) -> Mrkdwn:
        if name_of is None or person != told.actor:
            return mention(person)
        return escape(name_of(person) or words.SOMEBODY)

    return _OWN.get(told.say, _as_its_row_says)(case, told, call)


def _as_its_row_says(case: Case, told: Acted, call: Call) -> Message:
    """Raises KeyError for an action of which a thread is told nothing."""
    sentence = words.ACTIONS[told.say].note
    if sentence is None:
        raise KeyError(f"the words of {told.say} have no note")
    people = {"actor": told.actor, "owner": told.owner}
    facts: dict[str, Any] = {who: call(person) for who, person in people.items() if person}
    facts |= {name: getattr(told, name) for name in ("before", "until", "way", "grade", "remedy")}
    what, text = words.happened(sentence, facts), told.text or ""
    if _is_long(text):
        return message(section(fill(words.ACT_NOTED_BELOW, what=what), "what"), *whole.quotation(None, text, "text"))
    text = one_line(text, LINE_LIMIT)
    return line(fill(words.ACT_NOTED_SAYING if text else words.ACT_NOTED, what=what, text=text))


# Those of which more, or something else, is told than their row of words says.
_OWN: Mapping[ActionName, Callable[[Case, Acted, Call], Message]] = {
    ActionName.GIVE: lambda case, told, call: given(told.actor, told.before, told.owner or "", told.text, call),
    ActionName.TAKEOVER: lambda case, told, call: owner_changed(told.before, told.owner or "", told.text, call),
    ActionName.CLOSE: lambda case, told, call: closed(case, call, told.text),
    ActionName.DISMISS: lambda case, told, call: closed(case, call),
    ActionName.LESSON: learned,
    ActionName.REOPEN: lambda case, told, call: reopened(told.text),
    ActionName.PROMISE: lambda case, told, call: promised(case, told, call),
    ActionName.REMEDY: lambda case, told, call: remedied(case, told, call),
    ActionName.KEPT: lambda case, told, call: kept(case, told, call),
}
