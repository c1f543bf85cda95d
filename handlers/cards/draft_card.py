"""The reply draft in a case's thread: who wrote it, its words exactly, and what can be done with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from cases.acts.act import ActionName
from cases.letters.letter import Letter, LetterState
from cases.model import Case, Status
from cases.replies.checks import Finding
from cases.replies.drafts import (
    LONGEST_BODY,
    LONGEST_SUBJECT,
    Draft,
    DraftState,
    Origin,
    Reply,
    Version,
    Versions,
)
from cases.replies.promises import Promised
from cases.replies.scaffold import blanks
from cases.replies.tongue import tongue_of_letter
from cases.text import one_line
from handlers.cards import words
from handlers.cards.blocks import actions, button, confirmed, context, overflow, quoted, rich, rich_line, section
from handlers.cards.findings import by_model, by_rules, counted, found
from handlers.cards.message import Block, Message, message
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention

ITEM_LIMIT = 200
GIST_LIMIT = 500

_ALONE = Versions()
_BESIDE = {Origin.SCAFFOLD: words.DRAFT_BESIDE_OUTLINE}
_BY_ORIGIN = {Origin.SCAFFOLD: words.DRAFT_SCAFFOLD, Origin.MODEL: words.DRAFT_MODEL}


def draft(
    case: Case,
    draft: Draft,
    findings: Sequence[Finding] = (),
    promises: Sequence[Promised] = (),
    *,
    model: bool = False,
    reading: bool = False,
    read_by: str | None = None,
    versions: Versions = _ALONE,
    sent: bool = False,
    name_of: Callable[[str], str | None] = str,
    now: datetime | None = None,
    letter: Letter | None = None,
    sends: bool = False,
    left: int = 0,
) -> Message:
    """The draft's message, with what the checks found and what it promises by when. `model`: one may be asked again; `reading`: it is just
    reading these words.

    `read_by`: who approved it reads its language, which the checks do not, and answers for that. `versions`: what there is
    besides. `sent`: somebody said that the approved words went out. `letter` is what became of them by our own mail server; `sends`: it can send them to this customer.
    `left`: how many wait still of those that came at once with this one. `now` tells which of the promised dates have passed.

    The reply is a rich text block in every state: chat.update may refuse to turn rich text into another block [S].
    """
    held = case.held or draft.state is DraftState.HELD
    if held or draft.reply is None or not draft.stands:
        state = DraftState.HELD if held else draft.state
        return message(rich([rich_line(_instead(draft, state))], "reply"), actions(_ways_on(case, state), "buttons"))
    return message(
        section(
            _label(draft, read_by, None if sent and letter and letter.is_in_doubt else letter, sends),
            "label",
        ),
        reply_of(draft.reply),
        context(
            join("\n", [_still_blank(draft), _contents(draft.reply), *_dues(promises, now), _unread(case, draft)]),
            "contents",
        ),
        context(_checks(draft, by_rules(findings)), "checks"),
        context(Mrkdwn(words.READER_READS) if reading else by_model(findings), "second-reader"),
        actions(_buttons(case, draft, model, versions, sent, letter, sends), _block_of(draft.version)),
        _to_the_next(case, left) if draft.approved_by else None,
        *(_ways_back(case, versions, name_of) if case.status is not Status.CLOSED else ()),
    )


def letter(reply: Reply, by: str, at: datetime, sent: Letter | None = None) -> Message:
    """A letter that has gone out and that another follows, as it was approved; `sent` is what became of it by our own mail server."""
    gone = _of_letter(sent) or fill(words.LETTER_ANSWERED, by=mention(by), at=at)
    return message(section(join(" ", [gone, Mrkdwn(words.LETTER_FOLLOWED)]), "label"), reply_of(reply))


def letter_erased() -> Message:
    """What stands in its place once its words are erased."""
    return message(rich([rich_line(words.LETTER_ERASED)], "reply"))


def _to_the_next(case: Case, left: int) -> Block | None:
    """Of many that came at once the next one like this, to be answered in its turn with words of its own."""
    label = words.FLOOD_NEXT.format(count=left)
    return actions([button("flood_like", case.number, label=label)], "next") if left else None


_VERSION = "version-"


def _block_of(version: int) -> str:
    return f"{_VERSION}{version}"


def version_seen(block_id: str) -> int | None:
    """Which version a button is about, by the id of its block; None when it does not say.

    A screen may lag behind an edit: who approves must mean the words that they saw.
    """
    number = block_id.removeprefix(_VERSION)
    return int(number) if number != block_id and number.isdecimal() else None


def _instead(draft: Draft, state: DraftState) -> str:
    if state is DraftState.HELD:
        return words.DRAFT_HELD_BACK if draft.reply else words.DRAFT_HELD
    return words.DRAFT_DROPPED if state is DraftState.DROPPED else words.DRAFT_WANTED


def _ways_on(case: Case, state: DraftState) -> list[dict[str, Any]]:
    if state is DraftState.HELD:
        return [button(ActionName.DRAFT, case.number)]
    if state is DraftState.DROPPED and case.status is not Status.CLOSED:
        return [button("redraft", case.number, label=words.DRAFT_BACK)]
    return []


def _label(draft: Draft, read_by: str | None, letter: Letter | None, sends: bool) -> Mrkdwn:
    if draft.approved_by and draft.approved_at:
        sentence = words.DRAFT_APPROVED_TO_SEND if sends and _may_go(letter) else words.DRAFT_APPROVED
        by, send = mention(draft.approved_by), words.BUTTONS["send"]
        approved = (
            fill(sentence, by=by, at=draft.approved_at, send=send) if not (letter and _is_spent(letter)) else None
        )
        read = fill(words.DRAFT_READ, by=mention(read_by)) if read_by else None
        return join("\n", [_on_its_way(draft), approved, read, _of_letter(letter)])
    return join("\n", [_on_its_way(draft), written_by(draft)])


def _on_its_way(draft: Draft) -> str:
    """That another version is being written, or why none came; whichever words stand, they are not touched by it."""
    if draft.state is DraftState.WANTED:
        return words.DRAFT_ANOTHER_WANTED
    if draft.failure is None:
        return ""
    failed = words.DRAFT_FAILED.get(draft.failure, words.DRAFT_FAILED_OTHERWISE)
    return f"{failed} {words.DRAFT_IS_SCAFFOLD if draft.origin is Origin.SCAFFOLD else words.DRAFT_STAYS}"


def _may_go(letter: Letter | None) -> bool:
    return letter is None or letter.state in (LetterState.TAKEN_BACK, LetterState.REFUSED)


def _is_spent(letter: Letter) -> bool:
    """Whether what became of it says all that there is to say."""
    return letter.state in (LetterState.WAITING, LetterState.SENT) or letter.is_in_doubt


def _of_letter(letter: Letter | None) -> Mrkdwn | None:
    """Where the letter stands."""
    if letter is None or letter.state is LetterState.TAKEN_BACK:
        return None
    sentence = words.LETTER_TRIED if letter.is_tried_again else _LETTERS[letter.state]
    return fill(
        sentence,
        by=mention(letter.sent_by),
        at=letter.ended_at or letter.next_attempt_at,
        why=one_line(letter.why or "", ITEM_LIMIT).rstrip("."),
        sent=words.IT_IS_SENT,
        again=words.SEND_AGAIN,
    )


_LETTERS = {
    LetterState.WAITING: words.LETTER_WAITS,
    LetterState.SENT: words.LETTER_SENT,
    LetterState.SOUGHT: words.LETTER_SOUGHT,
    LetterState.REFUSED: words.LETTER_REFUSED,
    LetterState.UNKNOWN: words.LETTER_UNKNOWN,
}


def written_by(version: Draft | Version) -> Mrkdwn:
    """Who wrote a version: a person by name, a model, or rules."""
    if version.origin is Origin.PERSON and version.author:
        return fill(words.DRAFT_PERSON, author=mention(version.author))
    return Mrkdwn(_BY_ORIGIN.get(version.origin, words.DRAFT_PERSON_UNNAMED))


def _ways_back(case: Case, versions: Versions, name_of: Callable[[str], str | None]) -> list[Block | None]:
    """What was written beside the words that stand, and somebody's words that stand no more: a click away, both."""
    beside, before = versions.beside, versions.before
    shown: list[Block | None] = []
    if before:
        name = name_of(before.author) if before.author else None
        label = words.BRING_BACK.format(name=name) if name else words.BRING_BACK_UNNAMED
        shown.append(back_to(case.number, before, label))
    if beside:
        told = section(Mrkdwn(_BESIDE.get(beside.origin, words.DRAFT_BESIDE)), "beside-label")
        shown += [told, reply_of(beside.reply, "beside"), back_to(case.number, beside, words.USE_THIS)]
    return shown


def back_to(number: int, version: Version, label: str) -> Block | None:
    """The button by which a version stands again; its block names the version."""
    return actions([button("bring_back", number, label=label)], _block_of(version.version))


def reply_of(reply: Reply, block_id: str = "reply", most: int = LONGEST_BODY) -> Block:
    """The words of a reply exactly as they are, under their subject."""
    subject = [rich_line(one_line(reply.subject, LONGEST_SUBJECT), bold=True)] if reply.subject.strip() else []
    return rich([*subject, quoted(reply.body, most)], block_id)


def _still_blank(draft: Draft) -> Mrkdwn:
    """What a person left open; a scaffold's own label speaks of its blanks."""
    left = _blanks(draft) if draft.origin is not Origin.SCAFFOLD else ()
    return fill(words.DRAFT_BLANKS, blanks=_list(tuple(dict.fromkeys(left)))) if left else Mrkdwn()


def _blanks(draft: Draft) -> tuple[str, ...]:
    return blanks(f"{draft.reply.subject}\n{draft.reply.body}") if draft.reply else ()


def _contents(reply: Reply) -> Mrkdwn:
    """What the reply asks, promises and offers, so that nobody approves a promise unseen.

    In our own voice stands only what stands in the reply, word for word; the rest is what the model says of it.
    """
    asks = words.DRAFT_ASKS if _stands(reply.questions, reply.body) else words.DRAFT_SAYS_IT_ASKS
    promises = words.DRAFT_PROMISES if _stands(reply.promises, reply.body) else words.DRAFT_SAYS_IT_PROMISES
    return join(
        "\n",
        [
            fill(asks, questions=_list(reply.questions)) if reply.questions else None,
            fill(promises, promises=_list(reply.promises)) if reply.promises else None,
            fill(words.DRAFT_REMEDY, remedy=one_line(reply.remedy, ITEM_LIMIT)) if reply.remedy else None,
            fill(words.DRAFT_GIST, translation=one_line(reply.translation, GIST_LIMIT)) if reply.translation else None,
        ],
    )


def _stands(sentences: tuple[str, ...], body: str) -> bool:
    said = " ".join(body.split())
    return all(" ".join(each.split()) in said for each in sentences)


def _dues(promises: Sequence[Promised], now: datetime | None) -> list[Mrkdwn]:
    """Each dated promise as the one instant it means: who approves it should see what they sign, and whether it can be kept."""
    meant = [each for each in promises if not blanks(each.what)]  # what is still a blank is no promise yet
    return [
        fill(
            words.DRAFT_DUE_PAST if now and p.due_at <= now else words.DRAFT_DUE,
            due=p.due_at,
            what=one_line(p.what, ITEM_LIMIT),
        )
        for p in meant[:3]
    ]


def _unread(case: Case, draft: Draft) -> Mrkdwn | None:
    """Dates are read in English: what a letter in another language promises is kept in mind only by whoever says so."""
    if draft.reply is None or _blanks(draft) or tongue_of_letter(draft.reply.body) == "en":
        return None
    return fill(words.DRAFT_DATES_UNREAD, number=case.number)


def _checks(draft: Draft, findings: Sequence[Finding]) -> Mrkdwn:
    """What the checks say of a text that somebody meant; a scaffold's faults are its blanks, and its label names them."""
    if draft.override and draft.overruled_by:
        return fill(words.DRAFT_OVERRULED, by=mention(draft.overruled_by), reason=one_line(draft.override, ITEM_LIMIT))
    if not findings or draft.approved_by or draft.origin is Origin.SCAFFOLD:
        return Mrkdwn()
    if draft.origin is Origin.PERSON:  # the form in which they wrote it says what, and how to mend it
        return counted(findings)
    blocked = any(finding.severity == "block" for finding in findings)
    return found(findings, words.CHECKS_BLOCK if blocked else words.CHECKS_WARN, mending=False)


def _list(items: tuple[str, ...]) -> Mrkdwn:
    return join(" · ", (one_line(item, ITEM_LIMIT) for item in items[:5]))


def _buttons(
    case: Case, draft: Draft, model: bool, versions: Versions, sent: bool, letter: Letter | None, sends: bool
) -> list[dict[str, Any]]:
    if case.status is Status.CLOSED:
        return []
    if letter is not None and letter.is_on_its_way:
        return [button("take_back", case.number)]
    menu = (_REWORDINGS if model and not draft.approved_by else {}) | (_VERSIONS if versions.others else {})
    more = [overflow(menu, case.number)] if menu else []
    if draft.approved_by:
        said = [] if sent else _ways_out(case, letter, sends)
        return [*said, button("edit", case.number, label=words.EDIT_AGAIN), *more]
    # Blanks have to be filled before anybody can approve the text: until then there is only to edit.
    unfinished = bool(_blanks(draft))
    approve = confirmed(button("approve", case.number), words.APPROVE_ASKS, words.APPROVE_YES)
    return [
        button("edit", case.number, style="primary" if unfinished else None),
        *([button("redraft", case.number)] if model else []),
        *([] if unfinished else [approve]),
        button("drop_draft", case.number),
        *more,
    ]


def _ways_out(case: Case, letter: Letter | None, sends: bool) -> list[dict[str, Any]]:
    """By our own mail server, or by a person's hand who then says so; one of unknown fate is first looked for."""
    if letter is not None and letter.state in (LetterState.SENT, LetterState.SOUGHT):
        return []
    if letter is not None and letter.state is LetterState.UNKNOWN:
        again = confirmed(button("send", case.number, label=words.SEND_AGAIN), words.SEND_ASKS, words.SEND_YES)
        return [button("sent", case.number, label=words.IT_IS_SENT, style="primary"), *([again] if sends else [])]
    send = confirmed(button("send", case.number, style="primary"), words.SEND_ASKS, words.SEND_YES)
    return [*([send] if sends else []), button("sent", case.number, style=None if sends else "primary")]


_VERSIONS = {"versions": words.VERSIONS}
_REWORDINGS = {"shorter": words.SHORTER, "warmer": words.WARMER, "differently": words.DIFFERENTLY}
