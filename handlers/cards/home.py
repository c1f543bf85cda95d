"""The bot's Home tab: the viewer's own cases with their next step, then the team's open cases by what they wait for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from cases.model import UNCONTACTED, Case, Status
from cases.policy import Policy
from handlers.cards import phrases, words
from handlers.cards.blocks import button, context, divider, header, section
from handlers.cards.digest_card import Links
from handlers.cards.message import VIEW_BLOCK_LIMIT, Block, View
from handlers.cards.mrkdwn import Mrkdwn, fill, join

MINE_SHOWN = 25
MOST_SHOWN = 60  # of the team's; with its own cases, titles and "more" lines the view stays below Slack's 100 blocks
_STEP = {Status.UNCLAIMED: "claim", Status.CLAIMED: "contacted", Status.CONTACTED: "close"}


def home(mine: Sequence[Case], team: Sequence[Case], open_count: int, links: Links, policy: Policy) -> View:
    """One person's Home tab: `mine` are their open cases, `team` open cases of anybody, in the order to be shown.

    Of their own, those come first that still have to be contacted. `open_count` is how many are open in all, so that
    what is left out is told.
    """
    own = {case.number for case in mine}
    others = [case for case in team if case.number not in own][:MOST_SHOWN]
    blocks = [
        *_own(sorted(mine, key=lambda case: case.status not in UNCONTACTED), links, policy),
        divider(),
        *_team(others, links, nothing_open=not open_count),
        *_more(open_count - len(mine) - len(others)),
    ]
    return {"type": "home", "callback_id": "home", "blocks": blocks[:VIEW_BLOCK_LIMIT]}


def _own(cases: Sequence[Case], links: Links, policy: Policy) -> Iterator[Block]:
    yield header(words.HOME_HELLO)
    if not cases:
        yield section(fill(words.HOME_EMPTY, claim=phrases.emoji("claim", policy)))
    for case in cases[:MINE_SHOWN]:
        yield section(_line(case, links), f"own-{case.number}", button(_STEP[case.status], case.number))
    yield from _more(len(cases) - MINE_SHOWN)


def _team(cases: Sequence[Case], links: Links, nothing_open: bool) -> Iterator[Block]:
    yield header(words.HOME_TEAM)
    if not cases:
        yield section(Mrkdwn(words.HOME_TEAM_EMPTY if nothing_open else words.HOME_TEAM_NO_OTHERS))
    for status, title in words.HOME_GROUPS.items():
        group = [case for case in cases if case.status is status]
        if group:
            yield section(Mrkdwn(title), status.value)
        for case in group:
            holder = phrases.owner(case) if case.owner else None
            yield section(join(" · ", [_line(case, links), holder]), f"team-{case.number}", _claim(case))


def _claim(case: Case) -> dict[str, Any] | None:
    return button("claim", case.number) if case.owner is None else None


def _line(case: Case, links: Links) -> Mrkdwn:
    return fill(
        words.HOME_CONTACTED if case.status is Status.CONTACTED else words.HOME_UNCONTACTED,
        mark=phrases.mark(case),
        case=phrases.named(case, links.get(case.number)),
        due=case.contact_due_at,
        at=case.contacted_at or case.waiting_since,
    )


def _more(count: int) -> Iterator[Block]:
    more = context(fill(words.HOME_MORE, count=count)) if count > 0 else None
    if more:
        yield more
