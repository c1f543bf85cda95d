"""The private answer to `/case stats`: how long customers waited, and how it ended; it ranks nobody.

The course of the figures is a line of bars rather than a picture: a picture takes Slack some seconds to process, and who
asks should have the answer at once, also where the bot may upload nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cases.figures.series import sparkline
from cases.figures.stats import Contacts, Stats
from cases.judgement.heads import OPENS
from cases.judgement.threshold import Threshold
from cases.model import Severity
from cases.text import one_line
from handlers.cards import phrases, words
from handlers.cards.blocks import context, section
from handlers.cards.message import Message, message
from handlers.cards.mrkdwn import Mrkdwn, fill, join

SOURCE_LIMIT = 40

Proposals = Sequence[tuple[str | None, str, int]]


def stats(figures: Stats, proposals: Proposals = (), learnt: Threshold | None = None) -> Message:
    """The team's figures. `proposals`: (prompt wording, use, count), what became of the model's drafts; `learnt` if there is anything."""
    outcomes = ", ".join(f"{words.OUTCOMES[outcome]} {count}" for outcome, count in figures.closed)
    rows = [
        fill(words.STATS_TITLE, since=figures.since),
        _new(figures),
        *_contacts(figures),
        phrases.spread(figures.claims, words.STATS_CLAIMED_FEW, words.STATS_CLAIMED),
        fill(words.STATS_CLOSED, outcomes=outcomes or words.NONE_YET),
        _ended_well(figures),
        _open(figures),
        fill(words.DIGEST_CLICKED, count=figures.clicked) if figures.clicked else None,
        *_proposals(proposals),
        threshold(learnt) if learnt and learnt.lessons else None,
    ]
    return message(section(join("\n", rows), "figures"), context(_bars(figures), "bars"))


def threshold(learnt: Threshold) -> Mrkdwn:
    """From which score on words open a case in this team, and why."""
    counts = {"dismissed": learnt.dismissed, "seen_through": learnt.seen_through, "by_hand": learnt.by_hand}
    told = [words.plural(n, *words.THRESHOLD_LESSONS[what]).format(count=n) for what, n in counts.items() if n]
    lessons = " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
    return fill(_of_threshold(learnt), opens=f"{learnt.opens:.2f}", built_in=f"{OPENS:.2f}", lessons=lessons)


def _of_threshold(learnt: Threshold) -> str:
    if not learnt.learns:
        return words.THRESHOLD_FIXED
    if learnt.is_moved:
        return words.THRESHOLD_MOVED
    return words.THRESHOLD_KEPT if learnt.lessons else words.THRESHOLD_NEW


def _new(figures: Stats) -> Mrkdwn:
    if len(figures.by_source) < 2:
        return fill(words.STATS_NEW, count=figures.new)
    named = [
        (words.SOURCES.get(source) or one_line(source, SOURCE_LIMIT), count) for source, count in figures.by_source
    ]
    others = figures.new - sum(count for _, count in named)
    named += [(words.STATS_OTHERS, others)] if others else []
    return fill(words.STATS_NEW_FROM, count=figures.new, sources=", ".join(f"{name} {count}" for name, count in named))


def _ended_well(figures: Stats) -> Mrkdwn | None:
    """By what good ends are known: a customer's own sign is worth more than our word for it."""
    signs = [fill(words.STATS_SIGNS[sign], count=count) for sign, count in figures.ended_well]
    return fill(words.STATS_ENDED_WELL, signs=join(", ", signs)) if signs else None


def _open(figures: Stats) -> Mrkdwn:
    waits = [fill(words.STATS_WAITS[what], count=count) for what, count in figures.waits._asdict().items() if count]
    return fill(words.STATS_OPEN, waits=join(", ", waits)) if waits else Mrkdwn(words.STATS_OPEN_NONE)


def _contacts(figures: Stats) -> Iterator[Mrkdwn | None]:
    contacts = figures.contacts
    if not contacts.count:
        yield Mrkdwn(words.STATS_CONTACTED_NOBODY)
        return
    yield fill(words.STATS_CONTACTED, count=contacts.count, in_time=contacts.in_time)
    yield phrases.grades(contacts)
    yield phrases.took(contacts)
    if len(figures.by_severity) > 1:
        for severity, group in figures.by_severity:
            yield _severity(severity, group)


def _severity(severity: Severity, group: Contacts) -> Mrkdwn:
    counted = fill(
        words.STATS_SEVERITY,
        mark=words.SEVERITY_MARKS[severity],
        severity=words.SEVERITIES[severity],
        count=group.count,
        in_time=group.in_time,
    )
    return join(", ", [counted, phrases.spread(group.felt, words.STATS_SEVERITY_TOOK_FEW, words.STATS_SEVERITY_TOOK)])


def _bars(figures: Stats) -> Mrkdwn:
    """Three rows of bars; nothing where there would be one bar each."""
    series = figures.series
    if len(series.days) < 2 or series.is_empty:
        return Mrkdwn()
    title = words.STATS_BARS_DAYS if figures.days_each == 1 else words.STATS_BARS_SPANS
    rows = {
        words.STATS_BARS_NEW: series.new,
        words.STATS_BARS_CONTACTED: series.contacted,
        words.STATS_BARS_WAITING: series.waiting,
    }
    bars = (fill(row, bars=sparkline(counts), most=max(counts)) for row, counts in rows.items())
    return join("\n", [fill(title, first=series.days[0], days=figures.days_each), *bars])


def _proposals(proposals: Proposals) -> Iterator[Mrkdwn]:
    """A line for each wording of the prompt: whether a change of it made drafts that people use."""
    for prompt in dict.fromkeys(prompt for prompt, _, _ in proposals if prompt):
        uses = ", ".join(f"{words.USES[use]} {count}" for wording, use, count in proposals if wording == prompt)
        yield fill(words.STATS_PROPOSALS, prompt=prompt, uses=uses)
