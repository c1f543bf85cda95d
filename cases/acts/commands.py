"""The grammar of `/case VERB [NUMBER] [REST]` and of `@Amends VERB [REST]`, apart from what a command does."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from cases.acts.act import Act, Fate, NotAllowed, Wants
from cases.acts.actions import ACTIONS, named
from cases.acts.ending import read_sign
from cases.acts.misspelt import meant, nearest
from cases.acts.numbers import MOST_AT_ONCE, NUMBER, read_numbers
from cases.acts.refusals import RefusalName
from cases.acts.remedy import read_remedy
from cases.acts.verbs import ALIASES, OUTCOMES, Verb, verbs
from cases.acts.ways import SIGNS, at_front, read_way, read_ways
from cases.model import Via
from cases.spoken.instants import Edge, muddled, read_when
from cases.spoken.lapses import ago
from cases.spoken.markup import plain
from cases.spoken.signs import PARTS, level, unquoted, visible


@dataclass(frozen=True, slots=True)
class Command:
    """What was asked for. `rest` is still escaped as Slack sent it; `words` is what the colleague typed.

    `also` are further cases of which the same is asked; `alone` is False of one command of several.
    """

    verb: str
    number: int | None = None
    rest: str = ""
    also: tuple[int, ...] = ()
    alone: bool = True

    @property
    def words(self) -> str:
        """The rest as plain text."""
        return plain(self.rest).strip()

    @property
    def ends(self) -> bool:
        """Whether the rest says that something is to end: "quiet off"."""
        return level(self.words).lower().strip(".\"'`") in ("off", "end", "over", "stop")


@dataclass(frozen=True, slots=True)
class Misread:
    """What could not be understood: a reason and its facts, for the word catalogue; `number` is a case it named."""

    reason: RefusalName
    facts: Mapping[str, Any] = field(default_factory=dict)
    number: int | None = field(default=None, compare=False)


# How the bot is called: by a mention, by its name as text, or by a slash command that was typed as text.
_CALL = re.compile(r"\s*(?:(?:<@[A-Z0-9]+(?:\|[^>]*)?>|@amends\b)[\s,:]*)?(?:/case\b[\s,:]*)?", re.IGNORECASE)
_PERSON = re.compile(r"[\"'`]?(?:to\s+)?[\"'`]?<@([A-Z0-9]+)(?:\|[^>]*)?>[\s,:\"'`]*", re.IGNORECASE)
_LONGER = "|".join(re.escape(alias) + r"(?!\w)" for alias in ALIASES if " " in alias)
_WORD = re.compile(rf"{_LONGER}|[^\s:,#№]+|\S+", re.IGNORECASE)
_BEFORE_REST = " \t\r\n,:;-–—"


def parse(text: str, thread_case: int | None = None) -> Command | Misread:
    """The text after `/case`, or a message that mentions the bot → Command, or Misread with the reason.

    `thread_case` is the case whose thread the text was written in. There a plain number before free text is a part of
    the text ("note 3 boxes were empty"); "#12" always means a case. Nothing at all is help, a number alone is show.
    Quotes, dashes, spaces and digits may be of any kind.
    """
    body = unquoted(_CALL.sub("", unquoted(visible(text)), count=1))
    if not body.strip("?¿"):
        return Command("help")
    if alone := NUMBER.fullmatch(level(body)):
        return Command("show", int(alone["number"]))
    said, rest = _split_verb(body)
    verb = verbs().get(ALIASES.get(said, said))
    if verb is None:
        numbers, end = read_numbers(level(rest), Wants.TEXT)
        number = next(iter(numbers), thread_case)
        near = nearest(said)
        facts = {"verb": said, "nearest": near} | meant(near, number, rest[end:].strip(_BEFORE_REST))
        return Misread("unknown_verb", facts, number)
    if not verb.needs_number:
        return Command(verb.name, None, rest)
    return _about_cases(verb, rest, thread_case)


def _with_another(verb: Verb, rest: str, thread_case: int | None) -> Command | Misread:
    """ "join 12 13", "move 12 order-77"; in the thread of #12 "join 13" and "move order-77"."""
    first = NUMBER.match(level(rest))
    after = rest[first.end() :].strip(_BEFORE_REST) if first else rest
    if first and after:
        return Command(verb.name, int(first["number"]), after)
    if thread_case is not None:
        return Command(verb.name, thread_case, rest.strip(_BEFORE_REST))
    return Command(verb.name, int(first["number"])) if first else Misread("which_case", {"verb": verb.name})


def _about_cases(verb: Verb, rest: str, thread_case: int | None) -> Command | Misread:
    if verb.with_another:
        return _with_another(verb, rest, thread_case)
    action = named(verb.name)
    wants = ACTIONS[action].wants if action else Wants.NOTHING
    numbers, end = read_numbers(level(rest), wants, marked_only=thread_case is not None and verb.takes_words)
    if not numbers:
        if thread_case is not None:
            return Command(verb.name, thread_case, rest)
        return Command("find", None, rest) if verb.or_finds and rest else Misread("which_case", {"verb": verb.name})
    if len(numbers) > 1 and action is None:
        return Misread("one_at_a_time", {"verb": verb.name, "number": numbers[0]})
    if len(numbers) > MOST_AT_ONCE:
        return Misread("too_many_at_once", {"count": MOST_AT_ONCE})
    return Command(verb.name, numbers[0], rest[end:].lstrip(_BEFORE_REST), numbers[1:])


def _split_verb(body: str) -> tuple[str, str]:
    seen = level(body)
    word = _WORD.match(seen)
    end = word.end() if word else len(body)
    begins = re.compile(r"[\s,:]*").match(seen, end)
    return plain(seen[:end]).lower().strip(".!?/\"'`"), body[begins.end() if begins else end :]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A command's own words where and when they were said."""

    command: Command
    actor: str
    now: datetime
    zone: ZoneInfo
    working_start: time
    next_open: Callable[[datetime], datetime]

    @property
    def words(self) -> str:
        return self.command.words

    @property
    def unquoted(self) -> str:
        """The words without quotes around the whole of them."""
        return unquoted(self.command.words)

    def refused(self, reason: RefusalName) -> NotAllowed:
        return NotAllowed(reason, {"said": self.words, "number": self.command.number})

    def when(self, text: str, edge: Edge = Edge.BEGINS) -> tuple[datetime, str] | None:
        """Raises _Contradicts where the time that the text begins with does."""
        if refusal := _contradiction(text, self.now.astimezone(self.zone).date()):
            raise _Contradicts(refusal)
        return read_when(text, self.now, self.zone, self.working_start, edge)


def read_act(
    command: Command,
    actor: str,
    via: Via,
    now: datetime,
    zone: ZoneInfo,
    working_start: time,
    *,
    is_lead: bool = False,
    next_open: Callable[[datetime], datetime] = lambda at: at,
) -> Act | NotAllowed:
    """A command whose verb is an action → the Act it asks for; NotAllowed where its words cannot be read.

    `next_open` says when the team is at work again from an instant on: a morning without work is no morning to wait for.
    What is merely missing (an outcome, a promise's text) is left None: the action itself knows whether it needs it.
    """
    action = named(command.verb)
    assert action is not None, f"no action: {command.verb}"
    try:
        own = _READERS[ACTIONS[action].wants](_Asked(command, actor, now, zone, working_start, next_open))
    except _Contradicts as contradicts:
        return contradicts.refusal
    return own if isinstance(own, NotAllowed) else Act(action, actor, via, is_lead=is_lead, **own)


def read_until(
    command: Command, now: datetime, zone: ZoneInfo, working_start: time
) -> tuple[datetime | None, str | None] | NotAllowed:
    """The instant that a command about oneself begins with, and the reason after it; NotAllowed where none can be read.

    Neither where nothing is said, or that something is to end.
    """
    if not command.words or command.ends:
        return None, None
    words = _bare(unquoted(command.words))
    if refusal := _contradiction(words, now.astimezone(zone).date()):
        return refusal
    read = read_when(words, now, zone, working_start) or _gone(now, words)
    if read is None:
        return NotAllowed("not_readable_time", {"said": command.words})
    return read[0], read[1] or None


class _Contradicts(Exception):
    """A day that cannot be as it is said."""

    def __init__(self, refusal: NotAllowed) -> None:
        super().__init__(refusal.reason)
        self.refusal = refusal


def _contradiction(text: str, today: date) -> NotAllowed | None:
    found = muddled(text, today, ahead=True)
    if found is None:
        return None
    *weekday, day = (text[start:end] for start, end in found.spans)
    if found.falls_on is None:
        return NotAllowed("no_such_day", {"day": day})
    return NotAllowed("other_weekday", {"day": day, "weekday": f"{found.falls_on:%A}", "said": weekday[0]})


_Own = dict[str, Any] | NotAllowed


def _text(asked: _Asked) -> _Own:
    return {"text": asked.words or None}


def _person(asked: _Asked) -> _Own:
    if asked.words.lower() in ("me", "to me"):
        return {"to": asked.actor}
    person = _PERSON.match(level(asked.command.rest))
    if person is None:
        return asked.refused("give_to_whom")
    return {"to": person[1].upper(), "text": plain(asked.command.rest[person.end() :]).strip() or None}


def _time(asked: _Asked) -> _Own:
    words = asked.unquoted
    if not words:
        return {}
    if (read := asked.when(_bare(words)) or _gone(asked.now, _bare(words))) is None:
        return asked.refused("not_readable_time")
    until, reason = read
    said = words[: words.rfind(reason)] if reason else words
    if _MORNING.search(said):
        until = asked.next_open(until)
    return {"until": until, "text": reason or None}


_MORNING = re.compile(r"\b(?:morning|first thing|working day)\b", re.IGNORECASE)


def _bare(words: str) -> str:
    """A time that alone is quoted, before its reason, without the quotes; all the rest as it is."""
    quoted = re.match(r"\s*[\"'`]([^\"'`]+)[\"'`]", level(words))
    return f"{words[quoted.start(1) : quoted.end(1)]}{words[quoted.end() :]}" if quoted else words


def _promise(asked: _Asked) -> _Own:
    """ "BY WHEN: WHAT" or "WHAT by WHEN". Where both could be meant, the colon decides, then the "by"."""
    words = _bare(asked.unquoted)
    first = asked.when(words, Edge.ENDS)
    if first and not _follows_colon(words, first[1]):
        first = _what_by_when(asked, words) or first
    until, what = first or _what_by_when(asked, words) or _gone(asked.now, words) or (None, words)
    return {"until": until, "text": unquoted(what) or None}


_PAST = re.compile(
    r"(?:(?:until|till|by|on|for)\s+)?(?:the day before )?yesterday\b|last (?:night|week|month|\w+day)\b", re.IGNORECASE
)


def _gone(now: datetime, words: str) -> tuple[datetime, str] | None:
    """A day that is over is no time for what is still to come: read here alone, so that the action says that it has passed."""
    past = _PAST.match(words)
    return (now - timedelta(days=1), words[past.end() :].lstrip(" :,-")) if past else None


def _follows_colon(words: str, what: str) -> bool:
    return level(words[: words.rfind(what)]).rstrip().endswith((":", "-")) if what else True


def _what_by_when(asked: _Asked, words: str) -> tuple[datetime, str] | None:
    for by in reversed(list(re.finditer(r"\s+(?:by|until|on)\s+", words, re.IGNORECASE))):
        read = asked.when(words[by.start() :], Edge.ENDS)
        if read and not read[1]:
            return read[0], words[: by.start()]
    return None


_OUTCOME = at_front(OUTCOMES, r"(?:as\s+)?")


def _way(asked: _Asked) -> _Own:
    way, text = read_way(asked.unquoted)
    return {"way": way, "text": text, "at": _gone_since(asked, text)}


def _gone_since(asked: _Asked, told: str | None) -> datetime | None:
    """When it was, where what is told begins with that: "an hour ago"."""
    return ago(told, asked.now.astimezone(asked.zone)) if told else None


def _ways(asked: _Asked) -> _Own:
    way, ways, text = read_ways(asked.unquoted)
    return {"way": way, "ways": ways, "text": text, "at": _gone_since(asked, text)}


_FIRST = re.compile(r"[\s,:;.-]*(?:[/|]\s*)?")  # between the outcome and what is told of it
_LABEL = re.compile(r"(?:what )?(?:went wrong|(?:we )?learned|(?:we )?learnt)\s*:\s*", re.IGNORECASE)


def _outcome(asked: _Asked) -> _Own:
    """OUTCOME, then what went wrong, then what we learned, parted by " / ", "|" or a line end."""
    words = asked.unquoted
    seen = level(words)
    named = _OUTCOME.match(seen)
    begins = _FIRST.match(seen, named.end()) if named else None
    outcome = OUTCOMES[named[1].lower()] if named else None
    sign, told = read_sign(words[begins.end() :] if begins else words, outcome)
    fate, why, told = _fate(told)
    if why is None:
        why, told = _anyway(told)
    wrong, learned = _wrong_and_learned(told)
    told_of = {"went_wrong": wrong or None, "learned": learned or None}
    return {"outcome": outcome, "sign": sign, "fate": fate, "text": why, **told_of}


def _lesson(asked: _Asked) -> _Own:
    """What went wrong, then what we learned; what is not parted is what we learned."""
    first, second = _wrong_and_learned(asked.unquoted)
    return {"went_wrong": first or None, "learned": second} if second else {"learned": first or None}


def _wrong_and_learned(told: str) -> tuple[str, str]:
    parted = PARTS.search(level(told))
    parts = (told[: parted.start()], told[parted.end() :]) if parted else (told, "")
    wrong, learned = (_LABEL.sub("", part.strip(SIGNS), count=1).strip() for part in parts)
    return wrong, learned


_FATE = re.compile(
    r"(?:(?:and|with|the|our|my)\s+)*promises?(?:\s+(?:is|are|was|were))?[\s:]+"
    r"(?:(?P<kept>kept)|(?P<to_do>(?:still\s+)?(?:to do|to be kept|open|owed))|(?P<taken_back>taken back))\b[\s:,;.-]*",
    re.IGNORECASE,
)


def _fate(told: str) -> tuple[Fate | None, str | None, str]:
    """ "promise kept", "promise to do", "promise taken back: WHY", what follows the outcome; with the why, and the rest."""
    found = _FATE.match(level(told))
    if found is None or found.lastgroup is None:
        return None, None, told
    fate, rest = Fate(found.lastgroup), told[found.end() :]
    if fate is Fate.TAKEN_BACK:
        return fate, *_reason(rest)
    begins = _FIRST.match(level(rest))
    return fate, None, rest[begins.end() :] if begins else rest


_ANYWAY = re.compile(r"(?:anyway|all the same|because)\b[\s:,;.-]*", re.IGNORECASE)


def _anyway(told: str) -> tuple[str | None, str]:
    """ "anyway: WHY", what follows an outcome for which more is asked; with the rest."""
    found = _ANYWAY.match(level(told))
    return _reason(told[found.end() :]) if found else (None, told)


def _reason(rest: str) -> tuple[str | None, str]:
    """A reason, as far as the next part, and what comes behind it."""
    parted = PARTS.search(level(rest))
    return (rest[: parted.start()] if parted else rest).strip() or None, rest[parted.end() :] if parted else ""


def _remedy(asked: _Asked) -> _Own:
    """What they said, then what we give, then at what cost; or that they were asked, and no more."""
    return read_remedy(asked.unquoted) if asked.words else asked.refused("remedy_what")


_READERS: Mapping[Wants, Callable[[_Asked], _Own]] = {
    Wants.NOTHING: lambda asked: {},
    Wants.A_WORD: _text,
    Wants.TEXT: _text,
    Wants.REASON: _text,
    Wants.PERSON: _person,
    Wants.TIME: _time,
    Wants.WAY: _way,
    Wants.WAYS: _ways,
    Wants.PROMISE: _promise,
    Wants.REMEDY: _remedy,
    Wants.OUTCOME: _outcome,
    Wants.LESSON: _lesson,
}
