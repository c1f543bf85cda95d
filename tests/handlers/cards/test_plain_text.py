"""What was written for Slack reads well without it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from handlers.cards.mrkdwn import ago, escape, link, mention, when
from handlers.cards.plain_text import plain

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("mrkdwn", "read"),
    [
        ("Everybody has been contacted. 👏", "Everybody has been contacted. 👏"),
        ("*In hand:* nobody", "In hand: nobody"),
        ("2*3*4 and a * alone", "2*3*4 and a * alone"),
        (escape("R&D <b>*not bold</b> & co"), "R&D <b>*not bold</b> & co"),
        (link("https://practice.example.org/p1", "#12"), "#12"),
        ("<https://example.org>", "https://example.org"),
        (mention("UANA00001"), "@UANA00001"),
        (mention("UBEN00001"), "@Ben Ito"),
        ("Add it: `give 12 @name`.", "Add it: “give 12 @name”."),
        ("<@UANA00001|ana> asked", "@ana asked"),
        ("<!subteam^SCARE0001|@care>", "@care"),
        (when(NOW), "Today at 10:00"),
        (when(NOW + timedelta(hours=1), "by"), "by today at 11:00"),
        (when(NOW + timedelta(hours=15), "by"), "by tomorrow at 01:00"),
        (when(NOW + timedelta(days=17)), "Thursday, January 22nd, 2026 at 10:00"),
        (ago(NOW - timedelta(minutes=125)), "2 h 5 min ago"),
        (ago(NOW + timedelta(minutes=15)), "in 15 min"),
    ],
)
def test_marks_come_off_and_times_are_written_out(mrkdwn: str, read: str) -> None:
    assert plain(mrkdwn, BERLIN, NOW, {"UBEN00001": "Ben Ito"}.get) == read


def test_customer_s_own_brackets_are_never_read_as_marks() -> None:
    said = "<!date^1^{ago}|x> <@UANA00001> <https://evil.example|#1>"
    assert plain(escape(said), BERLIN, NOW) == said
