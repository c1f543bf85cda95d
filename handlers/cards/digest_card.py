"""The daily digest: first who has not heard from us, worst first, then what is in hand and what went well."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta

from cases.figures.digest import Digest, Holding, Recovery
from cases.letters.attached import File
from cases.model import Case, Grade
from cases.policy.page import Policy
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.blocks import context, header, image, section
from handlers.cards.message import Block, Message, message
from handlers.cards.mrkdwn import Mrkdwn, day, escape, fill, join, link, mention
from handlers.cards.week_section import week

Links = Mapping[int, str]
PROMISE_LIMIT = 60
LATE_TO_HEAR = timedelta(hours=1)  # what a form or a mail program takes is nothing that a team could change


NameOf = Callable[[str], str | None]


def digest(
    digest: Digest,
    links: Links,
    policy: Policy,
    name_of: NameOf,
    home: str | None = None,
    picture: File | None = None,
) -> Message:
    """One morning's digest. `links`: case number → address of its card, as far as known; `home`: that of the Home tab.

    Who merely holds cases is named (`name_of`: by Slack id) and not called; whose customer waits is called.
    """
    happened = (
        [section(Mrkdwn(words.DIGEST_QUIET), "quiet")]
        if digest.quiet
        else _happened(digest, links, policy, name_of, home)
    )
    return message(
        header(fill(words.DIGEST_TITLE, team=policy.team)),
        *happened,
        _paragraph(week(digest.week, links) if digest.week else "", "week"),
        image(picture.file or "", picture.alt or "", "chart") if picture else None,
    )


def mentioned(digest: Digest) -> set[int]:
    """The numbers of all cases that a digest names."""
    holds = (number for holding in digest.holds for number in holding.cases)
    numbers = {case.number for case in (*digest.waiting, *digest.promises)} | set(holds)
    numbers |= {digest.thanks.case} if digest.thanks else set()
    if digest.week is None:
        return numbers
    examples = (number for theme in digest.week.themes for number in theme.examples)
    return numbers | set(examples) | {lesson.case for lesson in (*digest.week.lessons, *digest.week.changes)}


def _happened(digest: Digest, links: Links, policy: Policy, name_of: NameOf, home: str | None) -> list[Block | None]:
    return [
        section(_waiting(digest, links, home), "waiting"),
        _paragraph(_promises(digest, links, home), "promises"),
        _paragraph(_in_hand(digest, links, name_of), "in-hand"),
        context(_yesterday(digest, policy), "yesterday"),
        _paragraph(_thanks(digest.thanks, links) if digest.thanks else "", "thanks"),
    ]


def _waiting(digest: Digest, links: Links, home: str | None) -> Mrkdwn:
    count = len(digest.waiting) + digest.more
    clicked = fill(words.DIGEST_CLICKED, count=digest.clicked) if digest.clicked else None
    if not count:
        return clicked or Mrkdwn(words.DIGEST_NONE_WAITING)
    first = fill(words.plural(count, words.DIGEST_WAITING_ONE, words.DIGEST_WAITING), count=count)
    lines = (waiting_line(case, links, digest.reminders.get(case.number, 0)) for case in digest.waiting)
    return join("\n", [first, *lines, _more(digest.more, home), clicked])


def _more(count: int, home: str | None) -> Mrkdwn | None:
    return fill(words.DIGEST_MORE, count=count, home=link(home, words.DIGEST_HOME)) if count else None


def waiting_line(case: Case, links: Links, reminders: int = 0) -> Mrkdwn:
    """One customer who waits: the case, since when, who has it, how often they were reminded, and a few of the words."""
    return join(" · ", _of_waiting(case, links, reminders))


def _of_waiting(case: Case, links: Links, reminders: int) -> Iterator[Mrkdwn | str | None]:
    numbered = phrases.numbered(case.number, links.get(case.number))
    yield fill(words.DIGEST_LINE, mark=phrases.mark(case), case=join(" · ", [numbered, phrases.customer(case, "")]))
    late = case.heard_at - case.waiting_since
    sentence = words.DIGEST_WAITS_UNHEARD if late > LATE_TO_HEAR else words.DIGEST_WAITS
    yield fill(sentence, waiting=case.waiting_since, late=phrases.length(late))
    yield words.AWAITED[case.awaited].digest
    yield phrases.owner(case)
    if reminders:
        yield fill(words.plural(reminders, words.DIGEST_REMINDED_ONCE, words.DIGEST_REMINDED), count=reminders)
    if case.evidence is Grade.CLICKED:
        yield Mrkdwn(words.DIGEST_ONLY_CLICKED)
    said = phrases.few_words(case)
    yield fill(words.DIGEST_WORDS, words=said) if said else None


def _promises(digest: Digest, links: Links, home: str | None) -> Mrkdwn:
    if not digest.promises:
        return Mrkdwn()
    lines = (_promise(case, links) for case in digest.promises)
    return join("\n", [Mrkdwn(words.DIGEST_PROMISES), *lines, _more(digest.more_promises, home)])


def _promise(case: Case, links: Links) -> Mrkdwn:
    return fill(
        words.DIGEST_PROMISE,
        case=join(" · ", [phrases.numbered(case.number, links.get(case.number)), phrases.customer(case, "")]),
        due=case.promise_due_at,
        owner=phrases.owner(case),
        promise=one_line(case.promised.what if case.promised else "", PROMISE_LIMIT),
    )


def _in_hand(digest: Digest, links: Links, name_of: NameOf) -> Mrkdwn:
    more = fill(words.DIGEST_MORE_HOLDERS, count=digest.more_holders) if digest.more_holders else None
    holders = join(" · ", [*(_holder(holding, links, name_of) for holding in digest.holds), more])
    return fill(words.DIGEST_HOLDS, holders=holders) if holders else Mrkdwn()


def _holder(holding: Holding, links: Links, name_of: NameOf) -> Mrkdwn:
    more = f"+{holding.more}" if holding.more else None
    cases = join(" ", [*(phrases.numbered(number, links.get(number)) for number in holding.cases), more])
    return fill(words.DIGEST_HOLDER, owner=escape(name_of(holding.owner) or words.SOMEBODY), cases=cases)


def _yesterday(digest: Digest, policy: Policy) -> Mrkdwn:
    """What was done in the time the digest looks back on, which after days off is longer than a day."""
    since = digest.since.astimezone(policy.zone).date()
    yesterday = since == digest.day - timedelta(days=1)
    contacts = digest.contacts
    contacted = fill(
        words.DIGEST_CONTACTED if contacts.count else words.DIGEST_CONTACTED_NOBODY,
        when=words.DIGEST_YESTERDAY if yesterday else fill(words.DIGEST_SINCE, since=day(since)),
        count=contacts.count,
        in_time=contacts.in_time,
    )
    lost = fill(words.DIGEST_LOST, count=digest.lost) if digest.lost else None
    closed = fill(words.DIGEST_CLOSED, count=digest.closed, won_back=digest.won_back) if digest.closed else None
    return join("\n", [contacted, phrases.grades(contacts), phrases.took(contacts), join(" · ", [closed, lost])])


def _thanks(recovery: Recovery, links: Links) -> Mrkdwn:
    return fill(
        words.DIGEST_THANKS_WON_BACK if recovery.won_back else words.DIGEST_THANKS_FAST,
        person=mention(recovery.person),
        case=phrases.numbered(recovery.case, links.get(recovery.case)),
        took=phrases.length(recovery.took),
    )


def _paragraph(text: str, block_id: str) -> Block | None:
    return section(text, block_id) if text else None
