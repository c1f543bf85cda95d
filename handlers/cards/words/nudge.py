"""Words: nudges by their occasion, and what they become when they are over."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from cases.acts.act import ActionName
from cases.occasions import When
from handlers.cards.words.names import NEW_DATE

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice(Generic[_T]):
    """What holds once a clock has run out, and what instead of it as the case stands; None: the same there too.

    `reached`: the customer has been contacted, `to_keep`: so they have, and something is promised. `undecided`: the customer
    asked not to be contacted, and nobody has decided. `soon`: the clock has not run out. `free`: nobody has the case.
    `tried`: somebody has tried since, `tried_free`: so they have, and nobody has the case. `to_others`: somebody has it, and this goes to others. `answered`: they have written
    back, `came_back`: they have ordered again. The first that fits counts.
    """

    late: _T
    came_back: _T | None = None
    answered: _T | None = None
    to_keep: _T | None = None
    reached: _T | None = None
    undecided: _T | None = None
    tried_free: _T | None = None
    tried: _T | None = None
    soon: _T | None = None
    free: _T | None = None
    to_others: _T | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NudgeWords:
    """What is said of one occasion: what is so, what ends it, and which buttons it has (None: those of any open case).

    `labels` are what buttons are called here if not what they are called elsewhere. `over` is what it becomes once an owner
    has answered. `was` and `because` are for `/case why`: of a reminder that has been, and of one that is to come; `rule` is
    what it says of what is no rung of the ladder.
    """

    so: Choice[str]
    ends: Choice[str]
    was: str
    because: str = ""
    buttons: Choice[tuple[str, ...]] | None = None
    labels: Mapping[str, str] = field(default_factory=dict)
    over: str | None = None
    rule: str | None = None


_CASE = "*{listed}*\n"
_UNCLAIMED = _CASE + "Nobody has it. {customer} has been waiting {waiting:since}."
# Without a tense, since it may be read when the hour has passed.
_SOON = _CASE + "{please} {due:by} ({due:ago})."
_LATE = _CASE + "{customer} {waits_for} {due:was due} ({due:ago})."
_TRIED = _CASE + "{tried}. {customer} still waits to hear from us: {another}?"
_STILL = _CASE + "{customer} has been waiting {waiting:since} and still waits for a word from us."
_UNDECIDED = _CASE + "{customer} asked not to be contacted, and nobody has decided yet whether we write all the same."
_TO_KEEP = _CASE + "The customer has been contacted by {by}; what was promised still needs somebody."
_REACHED = _CASE + "The customer has been contacted by {by}; whatever they answer needs somebody."
_TAKE_IT = Choice(late="{claim} on the card takes it and ends these reminders.")
_KEPT = "Kept? Say so. Will it be late? Tell the customer first, then set the new date."
_CONTACT = Choice(
    late="{contacted} on the card, and a click on how you reached them, ends these reminders.",
    to_keep=_KEPT,
    reached="",
    undecided="Nobody should write? Close it as “did not want to be contacted”, and the reminders end.",
)
NUDGES: Mapping[When, NudgeWords] = {
    When.UNCLAIMED: NudgeWords(
        so=Choice(late=_UNCLAIMED),
        ends=_TAKE_IT,
        because="Because: nobody has taken it.",
        was="nobody had taken it",
    ),
    When.NOT_CONTACTED: NudgeWords(
        so=Choice(
            late=_LATE,
            to_keep=_TO_KEEP,
            reached=_REACHED,
            undecided=_UNDECIDED,
            tried=_TRIED,
            soon=_SOON,
            tried_free=_TRIED + " Nobody has it: who takes it?",
            free=_LATE + " Nobody has it: who takes it?",
            to_others=_LATE + " {owner} has it: can somebody help?",
        ),
        ends=_CONTACT,
        because="Because: {awaited}.",
        was="the customer was waiting for us",
    ),
    When.PROMISED: NudgeWords(
        so=Choice(
            late=_CASE + "A promise to {customer} {due:was due} ({due:ago}): “{promise}”",
            soon=_CASE + "We promised {customer} something {due:by} ({due:ago}): “{promise}”",
        ),
        ends=Choice(late=_KEPT),
        because="Because: something was promised.",
        was="something was promised",
        buttons=Choice(late=(ActionName.KEPT, ActionName.PROMISE, "write_later")),
        labels={"promise": NEW_DATE},
        over="~{case}~ Kept, or another date was set. Thank you.",
    ),
    When.HELD: NudgeWords(
        so=Choice(
            late=_CASE
            + "Are you still on it? {customer} has been waiting {waiting:since}. Without a word from you it goes back "
            "{back:to the team}, so that somebody else can help.",
            to_others=_CASE + "{owner} has it, and {customer} {still}. Is somebody on it?",
        ),
        ends=Choice(late=""),
        because="Because: its owner has not been heard of since taking it.",
        was="asked whether still on it",
        buttons=Choice(late=(ActionName.STILL, ActionName.RELEASE), to_others=(ActionName.TAKEOVER, ActionName.GIVE)),
        over="~{case}~ {owner} is on it. Thank you.",
        rule="Its rule: the `hold` of its clock, in `[clocks]`",
    ),
    When.LOOK_BACK: NudgeWords(
        so=Choice(
            came_back=_CASE + "{customer} has ordered again. Did it end well?",
            answered=_CASE + "{customer} has answered, and it reads kindly. Did it end well?",
            late=_CASE + "{by} reached {customer} {contacted:ago}. Did it end well?{wanted}",
        ),
        ends=Choice(late="Close it if it did. Otherwise I ask again later, and ever more rarely."),
        because="Because: some time after contact I ask how it ended.",
        was="asked how it ended",
        buttons=Choice(
            late=(ActionName.CLOSE, ActionName.SNOOZE, ActionName.REOPEN, "write_after"),
            came_back=(ActionName.CLOSE, ActionName.SNOOZE, ActionName.REOPEN),
            answered=(ActionName.CLOSE, ActionName.SNOOZE, ActionName.REOPEN),
        ),
        labels={"close": "It is settled", "snooze": "Ask me later", "reopen": "It is not settled"},
        over="~{case}~ {look_back:I ask again}.",
        rule="Its rule: `check_back`, in `[contact]`",
    ),
    When.WAITING: NudgeWords(
        so=Choice(
            late=_STILL,
            undecided=_UNDECIDED,
            free=_STILL + " Nobody has it: who takes it?",
            to_others=_STILL + " {owner} has it: can somebody help?",
        ),
        ends=_CONTACT,
        because="Because: the customer still waits, and nothing else is planned.",
        was="the customer was still waiting",
        rule="Its rule: while a customer waits, no working day passes without a word",
    ),
    When.CHANGE: NudgeWords(
        so=Choice(
            late=_CASE + "What we wanted to do otherwise {due:was due} ({due:ago}): {change}",
            soon=_CASE + "What we want to do otherwise is due {due:by} ({due:ago}): {change}",
            to_others=_CASE + "What we wanted to do otherwise {due:was due} ({due:ago}), and {maker} has it: {change}",
        ),
        ends=Choice(late="Done? Say so. Not yet? Set another date."),
        because="Because: there is something that we want to do otherwise.",
        was="something was to be done otherwise",
        buttons=Choice(late=(ActionName.KEPT, ActionName.LESSON)),
        labels={"kept": "Done", "lesson": "Another date"},
        over="~{case}~ Done, or another date was set. Thank you.",
    ),
    When.LESSON: NudgeWords(
        so=Choice(
            late=_CASE
            + "It was closed {closed:ago}: {outcome}. What can we learn from it, so that the next customer fares "
            "better? Four short lines, and nobody's name.",
        ),
        ends=Choice(late="I ask this once."),
        because="Because: a day after such a case I ask, once, what there is to learn.",
        was="asked what there is to learn",
        buttons=Choice(late=(ActionName.LESSON,)),
        over="~{case}~ Thank you: whoever meets the like will read it.",
        rule="Its rule: `ask_after`, in `[lessons]`",
    ),
    When.OFFERED: NudgeWords(
        so=Choice(late=_UNCLAIMED, to_keep=_TO_KEEP, reached=_REACHED),
        ends=_TAKE_IT,
        was="offered to the team",
    ),
    When.PASSED_ON: NudgeWords(
        so=Choice(late=_SOON, to_keep=_TO_KEEP, reached=_REACHED, undecided=_UNDECIDED),
        ends=_CONTACT,
        was="passed on",
        buttons=Choice(
            late=(ActionName.CONTACTED, ActionName.GIVE),
            reached=(ActionName.CLOSE, ActionName.GIVE),
            undecided=(ActionName.DRAFT, ActionName.GIVE),
        ),
    ),
}
LOOK_BACK_WANTED = " They said what would make it right: “{wanted}”"
LAST_THEN = "From here on it is with {then}."
LAST = "From here on the daily digest keeps it in sight."
LAST_TODAY = "This is my last reminder to you today; the next one goes to {then}."
# Who takes over where it is nobody in particular.
HEIRS = {
    "thread": "This is my last reminder to you today; the next one stands in the case's thread.",
    "digest": "This is my last reminder about it today; the next digest keeps it in sight.",
}
# Why a reminder comes to somebody for whom it was not meant.
INSTEAD = {
    "gone": "It comes to you because {person} is no longer here.",
    "away": "It comes to you because {person} is away.",
    "quiet": "It comes to you because {person} asked for quiet.",
    "do_not_disturb": "It comes to you because {person} is not to be disturbed just now.",
    "own_night": "It comes to you because it is night where {person} is.",
    "enough_today": "It comes to you because {person} has had reminders enough today.",
}
OVER_FREE = "~{case}~ Back with the team."
OVER_CLAIMED = "~{case}~ Taken by {owner}. Thank you."
OVER_CONTACTED = "~{case}~ Done: the customer has been contacted. Thank you, {by}."
OVER_CLOSED = "~{case}~ Closed: {outcome}. Thank you."
OVER_SNOOZED = "~{case}~ Quiet {until:until}."
OVER = "~{case}~ No longer due."
OVER_REPLACED = "~{case}~ A newer reminder has taken its place."
NUDGES_MANY = "{count} cases need a look:"
# Several cases at once for another reason than the ladder: one case, several cases.
NUDGES_BECAUSE = {
    "offered": (
        "{person} is away {until:until}. This case needs somebody:",
        "{person} is away {until:until}. These {count} cases need somebody:",
    ),
    "left": (
        "{person} is no longer here. This case needs somebody:",
        "{person} is no longer here. These {count} cases need somebody:",
    ),
    "passed_on": (
        "{person} is no longer here, so this case is yours now. If it fits somebody better, give it to them.",
        "{person} is no longer here, so these {count} cases are yours now. Give to others what fits them better.",
    ),
}
NUDGES_MORE = "… and {count} more, less urgent: {home}"
NUDGES_HOME = "Home tab of this app"
NUDGES_MORE_OVER = "… and {count} more."
# Below several that end by different things.
NUDGES_END = "Each of these ends as soon as it is done."
ROLES = {"lead": "the lead", "manager": "the manager", "owner": "its owner", "thread": "its thread"}
