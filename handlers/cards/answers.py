"""Private answers to `/case list`, `mine`, `show` and `help`, and to who says they are away, back or want quiet."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Protocol

from cases.acts.act import ActionName
from cases.acts.actions import ACTIONS, named
from cases.acts.verbs import ABOUT_ONESELF, Verb, verbs
from cases.model import UNCONTACTED, Case, Status
from cases.nudges.next_step import NextStep
from cases.people import Filter, Person
from cases.policy.page import Policy
from cases.replies.conversation import Said
from cases.text import one_line
from handlers.cards import phrases, whole, words
from handlers.cards.blocks import actions, button, context, rich, rich_line, section
from handlers.cards.case_card import told_of
from handlers.cards.digest_card import Links
from handlers.cards.message import Block, Message, line, message, spoken
from handlers.cards.mrkdwn import TEXT_LIMIT as LONGEST_TEXT
from handlers.cards.mrkdwn import Mrkdwn, fill, join, mention

LINES_SHOWN = 15
FOUND_SHOWN = 10
ENTRIES_SHOWN = 12
TEXT_LIMIT = 160
PROMISE_LIMIT = 60


class Entry(Protocol):
    """A row of a case's timeline, as far as it is shown. `actor` is a Slack id, or None for what happened by itself."""

    @property
    def at(self) -> datetime: ...
    @property
    def actor(self) -> str | None: ...
    @property
    def action(self) -> str: ...
    @property
    def facts(self) -> Mapping[str, Any]: ...


def list_cases(cases: Sequence[Case], links: Links, wanted: Filter = Filter.ALL, owing: Sequence[Case] = ()) -> Message:
    """The team's open cases, in the order given; or those of them that are `wanted`. `owing`: closed, with a promise to keep."""
    if wanted is Filter.ALL:
        return _listed(cases, owing, links, words.LIST_TITLE_ONE, words.LIST_TITLE, words.LIST_NONE)
    kind = words.HOME_FILTERS[wanted].lower()
    one, many, none = (
        said.replace("{kind}", kind) for said in (words.LIST_KIND_ONE, words.LIST_KIND, words.LIST_KIND_NONE)
    )
    return _listed(cases, owing, links, one, many, none)


def mine(cases: Sequence[Case], links: Links, owing: Sequence[Case] = ()) -> Message:
    """The asker's own open cases, in the order given; `owing` as above."""
    return _listed(cases, owing, links, words.MINE_TITLE_ONE, words.MINE_TITLE, words.MINE_NONE)


def _listed(cases: Sequence[Case], owing: Sequence[Case], links: Links, one: str, many: str, none: str) -> Message:
    if not cases and not owing:
        return line(Mrkdwn(none))
    title = fill(words.plural(len(cases), one, many), count=len(cases))
    return message(*_part(title, cases, links, "more"), *_part(Mrkdwn(words.LIST_OWING), owing, links, "more-owing"))


def _part(title: Mrkdwn, cases: Sequence[Case], links: Links, rest: str) -> Iterator[Block | None]:
    """Cases under a title, and in the block `rest` how many more there are."""
    if not cases:
        return
    yield from _in_sections([title, *(list_line(case, links) for case in cases[:LINES_SHOWN])])
    if len(cases) > LINES_SHOWN:
        yield context(fill(words.LIST_MORE, count=len(cases) - LINES_SHOWN), rest)


def _in_sections(lines: Iterable[Mrkdwn]) -> Iterator[Block]:
    """Lines under each other, whole: links and dates are long, and a text of Slack's is not."""
    together: list[Mrkdwn] = []
    for each in lines:
        if together and len(join("\n", [*together, each])) > LONGEST_TEXT:
            yield section(join("\n", together))
            together = []
        together.append(each)
    yield section(join("\n", together))


def list_line(case: Case, links: Links) -> Mrkdwn:
    """One case on one line: mark, title, customer, what it waits for and since when, what is promised, who has it."""
    named_case = phrases.listed(case, links.get(case.number))
    promised = _promised(case)
    # Of who was reached, what was promised is all that is waited for.
    told = named_case if promised and case.status not in UNCONTACTED else _since(case, named_case)
    who = case.owner if case.owed or case.status is not Status.CLOSED else case.change_by
    return join(" · ", [told, promised, mention(who) if who else None])


def _since(case: Case, named_case: Mrkdwn) -> Mrkdwn:
    since = case.contacted_at or case.waiting_since
    return fill(words.LIST_LINE, case=named_case, status=phrases.waits_for(case), since=since)


def _promised(case: Case) -> Mrkdwn | None:
    """What is to be kept next, or is late; else what is to be changed."""
    if case.promised is None:
        changes = (
            fill(words.LIST_CHANGE, due=each.due_at, promise=one_line(each.what, PROMISE_LIMIT))
            for each in case.changes
        )
        return next(changes, None) if case.status is Status.CLOSED else None
    sentence = words.LIST_PROMISE_LATE if case.broken else words.LIST_PROMISE
    return fill(sentence, due=case.promised.due_at, promise=one_line(case.promised.what, PROMISE_LIMIT))


def show(
    case: Case,
    timeline: Sequence[Entry],
    policy: Policy,
    link: str | None,
    *,
    details: Message | None = None,
    taken_down_by: str | None = None,
    room: int = whole.MESSAGE_ROOM,
    comes: NextStep | None = None,
    last: Said | None = None,
    copy_to: str | None = None,
    attached: bool = False,
) -> Message:
    """One case, whole: its card without the buttons, all that its customer said, and what happened to it, newest last.

    `details` says how to reach the customer, to who may know; `room` is how many characters there may be in all. A letter that is
    copied to the address `copy_to` counts by itself. `attached` as on the card: a case that shares a card has no other way to it.
    """
    told = told_of(case, policy, taken_down_by, comes, last)
    copy = context(fill(words.COPY_TO, address=copy_to), "copy-to") if copy_to else None
    rest = [*told, *(details.blocks if details else ()), *([copy] if copy else []), _history(case, timeline, link)]
    ways = actions([button("show_attachments", case.number)] if attached else [], "attached")
    room -= sum(len(spoken([block])) for block in rest)
    named = phrases.headline(case)
    # Of one feedback the card's own line says where it came from.
    said = whole.all_words(case, headed=len(case.feedback) > 1, below=named)
    headline = rich([rich_line(named, bold=True)], "headline")
    return message(headline, *whole.within(said, case.number, room), *rest, ways)


def _history(case: Case, timeline: Sequence[Entry], link: str | None) -> Block:
    earlier = len(timeline) - ENTRIES_SHOWN
    card = phrases.numbered(case.number, link)
    happened = [
        fill(words.SHOW_TIMELINE, case=card) if timeline else card,
        fill(words.SHOW_EARLIER, count=earlier) if earlier > 0 else None,
        *(entry_line(entry) for entry in timeline[-ENTRIES_SHOWN:]),
    ]
    return section(join("\n", happened), "timeline")


def found(cases: Sequence[Case], said: str, links: Links) -> Message:
    """Cases of whom somebody looked for by these words, in the order given."""
    count, more = len(cases), len(cases) - FOUND_SHOWN
    title = fill(words.plural(count, words.FOUND_ONE, words.FOUND), count=count, said=said)
    lines = (found_line(case, links) for case in cases[:FOUND_SHOWN])
    return message(
        *_in_sections([title, *lines]),
        context(fill(words.FOUND_MORE, count=more), "more") if more > 0 else None,
    )


def earlier(case: Case, cases: Sequence[Case], links: Links) -> Message:
    """What became of a customer's earlier cases, in the order given."""
    title = fill(words.EARLIER_TITLE, customer=phrases.customer(case), number=case.number)
    return message(
        section(
            join("\n", [title, *(found_line(each, links) for each in cases)] if cases else [title, words.EARLIER_NONE]),
            "cases",
        )
    )


def found_line(case: Case, links: Links) -> Mrkdwn:
    """One case on one line, as in a list; of a closed one how it ended, and what was learned."""
    if case.status is not Status.CLOSED:
        return list_line(case, links)
    told = fill(
        words.FOUND_CLOSED,
        case=phrases.listed(case, links.get(case.number)),
        outcome=phrases.outcome(case),
        at=case.closed_at or case.waiting_since,
    )
    learned = one_line(case.learned or "", TEXT_LIMIT)
    told = join(" · ", [told, _promised(case)])
    return join("\n", [told, fill(words.FOUND_LEARNED, learned=learned) if learned else None])


def entry_line(entry: Entry) -> Mrkdwn:
    """One row of the timeline: when, who, what."""
    sentence = words.ENTRY_BY if entry.actor else words.ENTRY
    return fill(sentence, at=entry.at, who=mention(entry.actor or ""), what=_what(entry))


def _what(entry: Entry) -> Mrkdwn:
    what = words.happened(words.entry(entry.action), entry.facts)
    text = one_line(" / ".join(filter(None, (str(entry.facts.get(name) or "") for name in _TOLD))), TEXT_LIMIT)
    return fill(words.ENTRY_SAID, what=what, text=text) if text else what


_TOLD = ("text", "granted", "cost")


def help_(policy: Policy) -> Message:
    """What the bot understands: emoji, verbs, and what happens to words in a thread."""
    emoji = join(", ", (_emoji_does(name, policy) for name in _with_emoji(policy)))
    groups: dict[str, list[Mrkdwn]] = {title: [] for title in words.HELP_GROUPS}
    for verb in verbs().values():
        groups[_group_of(verb)].append(_verb_does(verb))
    return message(
        section(Mrkdwn(words.HELP_TITLE), "title"),
        section(fill(words.HELP_EMOJI, emoji=emoji), "emoji"),
        section(Mrkdwn(words.HELP_VERBS), "verbs"),
        *(section(join("\n", [Mrkdwn(title), *lines]), title) for title, lines in groups.items()),
        context(words.HELP_END, "end"),
    )


def _group_of(verb: Verb) -> str:
    daily, now_and_then, oneself = words.HELP_GROUPS
    if verb.name in ABOUT_ONESELF:
        return oneself
    return daily if verb.name in words.HELP_DAILY else now_and_then


def _emoji_does(name: ActionName, policy: Policy) -> str:
    said = words.ACTIONS[name]
    return f"{phrases.emoji(name, policy)} {said.by_emoji or said.button}"


def _verb_does(verb: Verb) -> Mrkdwn:
    usage, does = _help_of(verb)
    asked = " ".join(filter(None, [verb.name, words.HELP_NUMBER if verb.needs_number else "", usage]))
    return fill(words.HELP_VERB, usage=asked, says=does)


def _help_of(verb: Verb) -> tuple[str, str]:
    """What follows the verb, and what it does."""
    action = named(verb.name)
    if action is None:
        return words.HELP_OF_VERBS[verb.name]
    return words.ACTIONS[action].usage, words.ACTIONS[action].help


def _with_emoji(policy: Policy) -> list[ActionName]:
    return [name for name, action in ACTIONS.items() if action.emoji or name in policy.slack.emoji.values()]


def went_away(person: Person, offered: int) -> Message:
    """They are away; `offered` says how many cases went back to the team."""
    sentence = words.plural(offered, words.WENT_AWAY_ONE, words.WENT_AWAY_MANY) if offered else words.WENT_AWAY
    return line(join(" ", [fill(sentence, until=person.away_until, count=offered), words.WENT_AWAY_END]))


def came_back(*, was_away: bool) -> Message:
    """They are here again, or were all the time."""
    return line(words.CAME_BACK if was_away else words.WAS_NOT_AWAY)


def went_quiet(person: Person) -> Message:
    """Until when their reminders go to somebody else."""
    return line(fill(words.WENT_QUIET, until=person.quiet_until))


def quiet_ended() -> Message:
    """Their reminders come to them again."""
    return line(words.QUIET_ENDED)
