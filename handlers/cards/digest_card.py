"""The daily digest: first who has not heard from us, longest wait first, then what is in hand and what went well."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta

from cases.digest import Digest
from cases.model import Case
from cases.policy import Policy
from handlers.cards import phrases, words
from handlers.cards.blocks import context, header, section
from handlers.cards.message import Block, Message, message
from handlers.cards.mrkdwn import Mrkdwn, day, fill, join, mention

Links = Mapping[int, str]
HOLDERS_SHOWN = 20
NUMBERS_SHOWN = 12


def digest(digest: Digest, links: Links, policy: Policy) -> Message:
    """One morning's digest. `links`: case number → address of its card, as far as known."""
    title = header(fill(words.DIGEST_TITLE, team=policy.team))
    if digest.quiet:
        return message(title, section(Mrkdwn(words.DIGEST_QUIET), "quiet"))
    return message(
        title,
        section(_waiting(digest, links), "waiting"),
        _paragraph(_in_hand(digest, links), "in-hand"),
        context(_yesterday(digest, policy), "yesterday"),
    )


def _waiting(digest: Digest, links: Links) -> Mrkdwn:
    count = len(digest.waiting) + digest.more
    if not count:
        return Mrkdwn(words.DIGEST_NONE_WAITING)
    first = fill(words.plural(count, words.DIGEST_WAITING_ONE, words.DIGEST_WAITING), count=count)
    more = fill(words.DIGEST_MORE, count=digest.more) if digest.more else None
    return join("\n", [first, *(waiting_line(case, links) for case in digest.waiting), more])


def waiting_line(case: Case, links: Links) -> Mrkdwn:
    """One customer who waits: the case, a few of their own words, since when, and who has it."""
    said = phrases.few_words(case)
    return fill(
        words.DIGEST_LINE if said else words.DIGEST_LINE_WORDLESS,
        case=phrases.numbered(case.number, links.get(case.number)),
        mark=phrases.mark(case),
        words=said,
        waiting=case.waiting_since,
        owner=phrases.owner(case),
    )


def _in_hand(digest: Digest, links: Links) -> Mrkdwn:
    holders = join(
        " · ",
        (
            fill(words.DIGEST_HOLDER, owner=mention(owner), cases=_numbers(cases, links))
            for owner, cases in digest.holds[:HOLDERS_SHOWN]
        ),
    )
    promises = _numbers((case.number for case in digest.promises_today), links)
    return join(
        "\n",
        [
            fill(words.DIGEST_HOLDS, holders=holders) if holders else None,
            fill(words.DIGEST_PROMISES, cases=promises) if promises else None,
        ],
    )


def _numbers(numbers: Iterable[int], links: Links) -> Mrkdwn:
    listed = list(numbers)
    more = f"+{len(listed) - NUMBERS_SHOWN}" if len(listed) > NUMBERS_SHOWN else None
    return join(" ", [*(phrases.numbered(number, links.get(number)) for number in listed[:NUMBERS_SHOWN]), more])


def _yesterday(digest: Digest, policy: Policy) -> Mrkdwn:
    """What was done in the time the digest looks back on, which after days off is longer than a day."""
    since = digest.since.astimezone(policy.zone).date()
    yesterday = since == digest.day - timedelta(days=1)
    contacted = fill(
        words.DIGEST_CONTACTED if digest.contacted else words.DIGEST_CONTACTED_NOBODY,
        when=words.DIGEST_YESTERDAY if yesterday else fill(words.DIGEST_SINCE, since=day(since)),
        count=digest.contacted,
        median=phrases.length(digest.median_contact),
    )
    closed = fill(words.DIGEST_CLOSED, count=digest.closed, won_back=digest.won_back) if digest.closed else None
    return join("\n", [contacted, closed])


def _paragraph(text: Mrkdwn, block_id: str) -> Block | None:
    return section(text, block_id) if text else None
