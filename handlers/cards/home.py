"""The bot's Home tab: the viewer's own cases, the team's, worst first, and what the viewer can choose."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cases.acts.act import ActionName, NotAllowed
from cases.model import UNCONTACTED, Case, Status
from cases.people import Filter, Person
from cases.policy.page import Policy
from cases.policy.working_time import calendar_for
from cases.urgency import Count, rests
from handlers.cards import phrases, words
from handlers.cards.answers import list_line
from handlers.cards.blocks import actions, button, context, divider, header, overflow, section
from handlers.cards.clock_bars import bar
from handlers.cards.digest_card import Links
from handlers.cards.message import VIEW_BLOCK_LIMIT, Block, View
from handlers.cards.mrkdwn import Mrkdwn, fill, join

MINE_SHOWN = 12
OWING_SHOWN = 10  # closed cases with something still to be kept
PAGE = 25  # of the team's cases; with one's own, titles, buttons and settings a view stays below Slack's 100 blocks
_BESIDES = {
    Status.CLAIMED: (ActionName.SNOOZE, ActionName.GIVE, ActionName.PROMISE, ActionName.RELEASE),
    Status.CONTACTED: (ActionName.PROMISE, ActionName.GIVE, ActionName.NOTE, ActionName.SNOOZE),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """What one person's Home tab shows at `now`: of cases only those that stand on it.

    `owing` are the first of the team's closed cases in which something is still to be kept, the nearest first.

    `mine` are the first of their `held` open cases. `team` is page `page` (from 0) of `pages` of the others' cases that
    `wanted` lets through; `counts` says how many each filter lets through. Both lists are in their order, worst first.
    """

    person: Person
    now: datetime
    mine: Sequence[Case]
    held: int
    wanted: Filter
    counts: Mapping[Filter, Count]
    team: Sequence[Case]
    page: int
    pages: int
    owing: Sequence[Case] = ()

    @property
    def numbers(self) -> set[int]:
        """The numbers of all cases that stand on it."""
        return {case.number for case in (*self.mine, *self.team, *self.owing)}


def home(tab: Tab, links: Links, policy: Policy) -> View:
    """One person's Home tab. `links`: case number → address of its card, as far as known."""
    blocks = [*_own(tab, links, policy), divider(), *_team(tab, links, policy), divider(), *_settings(tab.person)]
    return _view(blocks)


def for_others(refusal: NotAllowed) -> View:
    """What somebody sees who is not of the team: no case, and no name."""
    not_known = refusal.reason == "not_known_now"
    said = Mrkdwn(words.HOME_NOT_KNOWN_NOW) if not_known else words.refusal(refusal.reason, refusal.facts)
    return _view([section(said, "outside")])


def _view(blocks: Iterable[Block | None]) -> View:
    shown = [block for block in blocks if block]
    return {"type": "home", "callback_id": "home", "blocks": shown[:VIEW_BLOCK_LIMIT]}


def _own(tab: Tab, links: Links, policy: Policy) -> Iterator[Block | None]:
    yield header(words.HOME_HELLO)
    yield from _out_of_reach(tab)
    if not tab.mine:
        yield section(fill(words.HOME_EMPTY, claim=phrases.emoji(ActionName.CLAIM, policy)), "no-case")
    for case in tab.mine:
        yield section(_lines(case, links, policy, tab.now), f"own-{case.number}")
        yield actions(_buttons(case), f"do-{case.number}")
    more = tab.held - len(tab.mine)
    yield context(fill(words.HOME_MINE_MORE, count=more)) if more > 0 else None
    yield from _owing(tab, links, mine=True)


def _owing(tab: Tab, links: Links, *, mine: bool) -> Iterator[Block | None]:
    """A promise outlives its case: what closed ones still owe, those of the viewer or the others'."""
    owing = [case for case in tab.owing if (_who_owes(case) == tab.person.id) is mine]
    if owing:
        yield section(Mrkdwn(words.LIST_OWING), f"owing-{mine}".lower())
    for case in owing:
        kept = button(ActionName.KEPT, case.number) if mine else None
        yield section(list_line(case, links), f"owes-{case.number}", kept)


def _who_owes(case: Case) -> str | None:
    """Who is to do what a closed case still owes: its owner what was promised, else whoever makes the change."""
    return case.owner if case.owed else case.change_by


def _buttons(case: Case) -> list[dict[str, Any]]:
    """The next step, an answer where the bot has asked for one, and what else is likely."""
    asked = [button(ActionName.STILL, case.number)] if case.asked_at else []
    labels: dict[str, str] = {name: words.button(name) for name in _BESIDES[case.status]}
    return [button(_step(case), case.number), *asked, overflow(labels, case.number)]


def _step(case: Case) -> ActionName:
    """What is to be done next in a case that somebody holds: nothing else is as urgent as a promise that is late."""
    if case.broken:
        return ActionName.KEPT
    if case.status is Status.CONTACTED:
        return ActionName.CLOSE
    return ActionName.DRAFT if case.held else ActionName.CONTACTED


def _out_of_reach(tab: Tab) -> Iterator[Block | None]:
    person = tab.person
    if person.is_away(tab.now):
        yield section(fill(words.AWAY_NOW, until=person.away_until), "away", _choice("back"))
    if person.is_quiet(tab.now):
        yield section(fill(words.QUIET_NOW, until=person.quiet_until), "quiet", _choice("quiet_off"))


def _team(tab: Tab, links: Links, policy: Policy) -> Iterator[Block | None]:
    yield header(words.HOME_TEAM)
    if not _sum(tab, Filter.ALL):
        others = tab.held or tab.owing
        yield section(Mrkdwn(words.HOME_TEAM_NO_OTHERS if others else words.HOME_TEAM_EMPTY), "no-others")
        yield from _owing(tab, links, mine=False)
        return
    yield actions([_filter(each, tab) for each in Filter], "filters")
    if not tab.team:
        yield section(Mrkdwn(words.HOME_FILTER_EMPTY), "nothing")
    count = tab.counts[tab.wanted]
    for resting, title, total in (
        (False, words.HOME_WAITING, count.waiting),
        (True, words.HOME_RESTING, count.resting),
    ):
        group = [case for case in tab.team if rests(case, tab.now) is resting]
        if group:
            yield section(fill(title, count=total), "resting" if resting else "waiting")
        for case in group:
            yield section(_lines(case, links, policy, tab.now, holder=True), f"team-{case.number}", _claim(case))
    yield from _owing(tab, links, mine=False)
    yield from _pages(tab)


def _sum(tab: Tab, wanted: Filter) -> int:
    return tab.counts[wanted].waiting + tab.counts[wanted].resting


def _filter(each: Filter, tab: Tab) -> dict[str, Any]:
    label = words.HOME_FILTER.format(name=words.HOME_FILTERS[each], count=_sum(tab, each))
    return button(f"show_{each}", 0, label=label, style="primary" if each is tab.wanted else None)


def _pages(tab: Tab) -> Iterator[Block | None]:
    page = fill(words.HOME_PAGE, page=tab.page + 1, pages=tab.pages) if tab.pages > 1 else None
    yield context(join(" · ", [page, fill(words.HOME_AS_OF, now=tab.now)]))
    turns = []
    if tab.page > 0:
        turns.append(button("page_back", tab.page - 1, label=words.HOME_BACK))
    if tab.page + 1 < tab.pages:
        turns.append(button("page_next", tab.page + 1, label=words.HOME_NEXT))
    yield actions(turns, "pages")


def _claim(case: Case) -> dict[str, Any] | None:
    return button(ActionName.CLAIM, case.number) if case.owner is None else None


def _lines(case: Case, links: Links, policy: Policy, now: datetime, *, holder: bool = False) -> Mrkdwn:
    """What the case is on one line; who has it and its clocks on the next."""
    name = phrases.listed(case, links.get(case.number))
    who = phrases.owner(case) if holder and case.owner else None
    return join("\n", [name, join(" · ", [who, *_state(case, policy, now)])])


def _state(case: Case, policy: Policy, now: datetime) -> Iterator[Mrkdwn]:
    """The clocks that still run, and what has been reached or put off."""
    calendar = calendar_for(case.severity, policy)
    if case.status is Status.UNCLAIMED:
        yield bar(words.CLOCK_OWNER, case.unclaimed_since, case.claim_due_at, now, calendar)
    if case.status in UNCONTACTED:
        yield bar(words.AWAITED[case.awaited].clock, case.heard_at, case.contact_due_at, now, calendar)
    else:
        yield fill(words.HOME_CONTACTED, at=case.contacted_at or case.waiting_since)
    if case.promised:
        yield bar(words.CLOCK_PROMISE, case.promised.made_at, case.promised.due_at, now, calendar)
    if case.snoozed_until and case.snoozed_until > now:
        yield fill(words.HOME_SNOOZED, until=case.snoozed_until)


def _settings(person: Person) -> Iterator[Block | None]:
    yield header(words.SETTINGS)
    if person.in_thread:
        yield section(Mrkdwn(words.SETTING_THREAD), "where", _choice("remind_directly"))
    else:
        yield section(Mrkdwn(words.SETTING_DIRECT), "where", _choice("remind_in_thread"))
    if person.early:
        yield section(Mrkdwn(words.SETTING_EARLY), "early", _choice("early_off"))
    else:
        yield section(Mrkdwn(words.SETTING_LATE), "early", _choice("early_on"))
    yield context(Mrkdwn(words.SETTINGS_HINT))


def _choice(name: str) -> dict[str, Any]:
    return button(name, 0, label=words.SETTING_BUTTONS[name])
