"""The daily digest: first who has not heard from us, worst first, then what is in hand and what went well."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from cases.figures.digest import Digest, Holding, Recovery
from cases.model import Case
from cases.policy.page import Policy
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.blocks import context, header, image, section
from handlers.cards.chart import Picture
from handlers.cards.message import Block, Message, message
from handlers.cards.mrkdwn import Mrkdwn, day, fill, join, link, mention
from handlers.cards.week_section import week

Links = Mapping[int, str]
PROMISE_LIMIT = 60


def digest(
    digest: Digest, links: Links, policy: Policy, home: str | None = None, picture: Picture | None = None
) -> Message:
    """One morning's digest. `links`: case number → address of its card, as far as known; `home`: that of the Home tab."""
    happened = (
        [section(Mrkdwn(words.DIGEST_QUIET), "quiet")] if digest.quiet else _happened(digest, links, policy, home)
    )
    return message(
        header(fill(words.DIGEST_TITLE, team=policy.team)),
        *happened,
        _paragraph(week(digest.week, links) if digest.week else "", "week"),
        image(picture.file, picture.alt, "chart") if picture else None,
    )


def mentioned(digest: Digest) -> set[int]:
    """The numbers of all cases that a digest names."""
    holds = (number for holding in digest.holds for number in holding.cases)
    numbers = {case.number for case in (*digest.waiting, *digest.promises)} | set(holds)
    numbers |= {digest.thanks.case} if digest.thanks else set()
    if digest.week is None:
        return numbers
    examples = (number for theme in digest.week.themes for number in theme.examples)
    return numbers | set(examples) | {lesson.case for lesson in digest.week.lessons}


def _happened(digest: Digest, links: Links, policy: Policy, home: str | None) -> list[Block | None]:
    return [
        section(_waiting(digest, links, home), "waiting"),
        _paragraph(_promises(digest, links, home), "promises"),
        _paragraph(_in_hand(digest, links), "in-hand"),
        context(_yesterday(digest, policy), "yesterday"),
        _paragraph(_thanks(digest.thanks, links) if digest.thanks else "", "thanks"),
    ]


def _waiting(digest: Digest, links: Links, home: str | None) -> Mrkdwn:
    count = len(digest.waiting) + digest.more
    if not count:
        return Mrkdwn(words.DIGEST_NONE_WAITING)
    first = fill(words.plural(count, words.DIGEST_WAITING_ONE, words.DIGEST_WAITING), count=count)
    return join("\n", [first, *(waiting_line(case, links) for case in digest.waiting), _more(digest.more, home)])


def _more(count: int, home: str | None) -> Mrkdwn | None:
    return fill(words.DIGEST_MORE, count=count, home=link(home, words.DIGEST_HOME)) if count else None


def waiting_line(case: Case, links: Links) -> Mrkdwn:
    """One customer who waits: the case, a few of their own words, since when, and who has it."""
    said = phrases.few_words(case)
    return fill(
        words.DIGEST_LINE if said else words.DIGEST_LINE_WORDLESS,
        case=join(" · ", [phrases.numbered(case.number, links.get(case.number)), phrases.customer(case, "")]),
        mark=phrases.mark(case),
        words=said,
        waiting=case.waiting_since,
        owner=phrases.owner(case),
    )


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


def _in_hand(digest: Digest, links: Links) -> Mrkdwn:
    more = fill(words.DIGEST_MORE_HOLDERS, count=digest.more_holders) if digest.more_holders else None
    holders = join(" · ", [*(_holder(holding, links) for holding in digest.holds), more])
    return fill(words.DIGEST_HOLDS, holders=holders) if holders else Mrkdwn()


def _holder(holding: Holding, links: Links) -> Mrkdwn:
    more = f"+{holding.more}" if holding.more else None
    cases = join(" ", [*(phrases.numbered(number, links.get(number)) for number in holding.cases), more])
    return fill(words.DIGEST_HOLDER, owner=mention(holding.owner), cases=cases)


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
    return join("\n", [contacted, phrases.took(contacts.felt, contacts.working), join(" · ", [closed, lost])])


def _thanks(recovery: Recovery, links: Links) -> Mrkdwn:
    return fill(
        words.DIGEST_THANKS_WON_BACK if recovery.won_back else words.DIGEST_THANKS_FAST,
        person=mention(recovery.person),
        case=phrases.numbered(recovery.case, links.get(recovery.case)),
        took=phrases.length(recovery.took),
    )


def _paragraph(text: str, block_id: str) -> Block | None:
    return section(text, block_id) if text else None
