"""The answer to `/case stats` counts cases, tells how long customers waited, and ranks nobody."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from cases.figures.series import Series, days_before
from cases.figures.stats import Contacts, Spread, Stats, Waits
from cases.judgement.threshold import Threshold
from cases.model import Grade, Outcome, Severity, Sign
from handlers.cards import stats_card
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

DAYS = days_before(date(2026, 1, 6), 7)
NONE = Series(DAYS, (0,) * 7, (0,) * 7, (0,) * 7)


def took(median: int, ninetieth: int) -> Spread:
    return Spread(timedelta(minutes=median), timedelta(minutes=ninetieth))


def figures(**told: Any) -> Stats:
    nothing = {
        "since": ex.NOW - timedelta(days=6),
        "new": 0,
        "contacts": Contacts(),
        "claims": (),
        "by_severity": (),
        "by_source": (),
        "closed": (),
        "ended_well": (),
        "waits": Waits(),
        "clicked": 0,
        "series": NONE,
        "days_each": 1,
    }
    return Stats(**nothing | told)  # type: ignore[arg-type]


def read(**told: Any) -> list[str]:
    return lines(stats_card.stats(figures(**told)).blocks)


def test_nothing_at_all_is_said_in_few_lines() -> None:
    assert read() == [
        "*Since Tuesday, December 30th, 2025 at 09:00*",
        "New cases: 0",
        "Contacted: nobody",
        "Closed: none yet",
        "Open now: none",
    ]


THRESHOLDS = [
    (
        Threshold(0.56, dismissed=9, by_hand=2),
        "This team's threshold is 0.56 (built-in 0.50), from 9 dismissals and 2 cases opened by hand.",
    ),
    (
        Threshold(dismissed=1, seen_through=3, by_hand=1),
        "This team's threshold is the built-in 0.50: too little says otherwise "
        "(1 dismissal, 3 unsure cases that were complaints and 1 case opened by hand).",
    ),
    (Threshold(), "This team's threshold is the built-in 0.50: nothing says otherwise yet."),
    (
        Threshold(learns=False),
        "This team's threshold is the built-in 0.50, and learns nothing: `[triage] learns = false`.",
    ),
]


@pytest.mark.parametrize(("learnt", "said"), THRESHOLDS)
def test_threshold_is_told_in_one_sentence(learnt: Threshold, said: str) -> None:
    assert stats_card.threshold(learnt) == said
    shown = lines(stats_card.stats(figures(), (), learnt).blocks)
    assert (said in shown) == (learnt.lessons > 0)


def test_full_figures_read_from_top_to_bottom() -> None:
    message = stats_card.stats(
        figures(
            new=41,
            by_source=(("delivery-form", 30), ("in_person", 11)),
            contacts=Contacts(
                40, 36, took(30, 120), took(25, 60), ((Grade.CLICKED, 3), (Grade.TOLD, 36), (Grade.SEEN, 1))
            ),
            claims=took(5, 14),
            by_severity=(
                (Severity.CRITICAL, Contacts(2, 2, (timedelta(minutes=9),))),
                (Severity.NORMAL, Contacts(38, 34, took(31, 121))),
            ),
            closed=((Outcome.WON_BACK, 8), (Outcome.LOST, 2)),
            ended_well=((Sign.SAID_SO, 3), (Sign.ORDERED, 1), (Sign.OUR_WORD, 4)),
            waits=Waits(2, 1, 4, 5),
            clicked=2,
            series=Series(DAYS, (0, 1, 2, 3, 4, 5, 6), (6, 5, 4, 3, 2, 1, 0), (3,) * 7),
        )
    )
    assert lines(message.blocks) == [
        "*Since Tuesday, December 30th, 2025 at 09:00*",
        "New cases: 41 (delivery-form 30, in person 11)",
        "Contacted: 40, 36 of them in time",
        "3 by a click, nothing is known of how · 36 told by a colleague · 1 seen by a system",
        "Time to contact: half within 30 min, most within 2 h · in working hours half within 25 min, most within 1 h",
        "🔴 critical: 2, 2 in time, after 9 min",
        "🟡 normal: 38, 34 in time, half within 31 min, most within 2 h 1 min",
        "Time to an owner: half within 5 min, most within 14 min",
        "Closed: won back 8, lost 2",
        "Ended well: 3 as the customer said so, 1 as they ordered again, 4 by our own word",
        "Open now, waiting for an owner 2, contact 1, a promise to be kept 4, the customer 5",
        "2 said by a click, and nothing is known of how.",
        "  Day by day, from Tuesday, December 30th, 2025 to today:",
        "  ▁▂▃▄▅▆▇  new, highest 6",
        "  ▇▆▅▄▃▂▁  contacted, highest 6",
        "  ▇▇▇▇▇▇▇  waiting, highest 3",
    ]
    assert "@" not in message.text


def test_one_source_and_one_severity_go_without_saying() -> None:
    said = read(
        new=3,
        by_source=(("survey", 3),),
        contacts=Contacts(6, 6, took(9, 9), took(9, 9)),
        by_severity=((Severity.NORMAL, Contacts(6, 6, took(9, 9))),),
    )
    assert said[1:4] == ["New cases: 3", "Contacted: 6, 6 of them in time", "Time to contact: 9 min"]
    assert len(said) == 6


def test_sources_add_up_to_the_new_cases() -> None:
    """first-day B13"""
    named = tuple((name, 2) for name in ("by hand", "phone", "form", "survey", "shop"))
    assert read(new=13, by_source=named)[1].endswith("survey 2, shop 2, others 3)")


def test_longer_steps_are_named_above_the_bars() -> None:
    said = read(series=Series(DAYS, (1,) * 7, (0,) * 7, (0,) * 7), days_each=13)
    assert said[-4] == "  In steps of 13 days, from Tuesday, December 30th, 2025 to today:"


def test_single_day_is_not_drawn_as_a_course() -> None:
    assert not any("new, at most" in line for line in read(series=Series(DAYS[:1], (4,), (4,), (4,))))


def test_each_wording_of_the_prompt_has_its_line() -> None:
    proposals = [("a1b2", "used", 3), ("a1b2", "edited", 2), ("c3d4", "rewritten", 1), ("a1b2", "ignored", 1)]
    assert lines(stats_card.stats(figures(), proposals).blocks)[-2:] == [
        "Proposals of the model (wording a1b2): used as they were 3, edited 2, not used 1",
        "Proposals of the model (wording c3d4): rewritten 1",
    ]


def test_replies_without_a_proposal_are_no_figure_of_its() -> None:
    assert not any("Proposals" in line for line in lines(stats_card.stats(figures(), [(None, "written", 4)]).blocks))
