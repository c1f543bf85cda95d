"""The digest says first who has not heard from us, and ranks nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from cases.figures.digest import Digest, Holding, Recovery
from cases.figures.stats import Contacts, Spread
from cases.letters.attached import File, State
from cases.model import Grade
from handlers.cards import digest_card
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

PICTURE = File(
    id=1, feedback=None, name="four-weeks.png", size=9, state=State.SHOWN, file="F0123ABC", alt="Four weeks: 3 & 4"
)
LINKS = {12: ex.CARD}
HOME = "slack://app?team=T0123ABC&id=A0123ABC&tab=home"
MINUTE = timedelta(minutes=1)
NAMES = {ex.ANA: "Ana Ortega", ex.BEN: "Ben & Co"}


def figures(**told: Any) -> Digest:
    """Tuesday's digest, looking back on Monday; dates are those of Berlin."""
    day, since, until = date(2026, 1, 6), datetime(2026, 1, 4, 23, tzinfo=UTC), datetime(2026, 1, 5, 23, tzinfo=UTC)
    return Digest(**{"day": day, "since": since, "until": until} | told)


def read(**told: Any) -> list[str]:
    return lines(digest_card.digest(figures(**told), LINKS, ex.POLICY, NAMES.get).blocks)


def test_a_full_digest_reads_from_top_to_bottom() -> None:
    two_hours_ago = ex.NOW - timedelta(hours=2)
    held = replace(ex.CLAIMED, number=31, waiting_since=two_hours_ago, heard_at=two_hours_ago)
    promised = replace(ex.PROMISED, number=7, owner=ex.BEN)
    assert read(
        waiting=(held, ex.UNCLAIMED),
        more=2,
        promises=(promised,),
        holds=(Holding(ex.ANA, (31,)), Holding(ex.BEN, (7,))),
        contacts=Contacts(
            12,
            11,
            Spread(30 * MINUTE, 200 * MINUTE),
            Spread(25 * MINUTE, 60 * MINUTE),
            ((Grade.CLICKED, 2), (Grade.TOLD, 9), (Grade.ANSWERED, 1)),
        ),
        closed=5,
        won_back=3,
        lost=1,
        thanks=Recovery(12, ex.ANA, 20 * MINUTE, won_back=True),
    ) == [
        "# Today at Corner Bakery",
        "*4 customers wait for a word from us, worst first:*",
        "🟡 #31 · Dora Quint · since today at 07:00 · @ana · “Soup cold, an hour late. Nobody answered the phone.”",
        "🟡 #12 · Dora Quint · since today at 09:00 · no owner · “Soup cold, an hour late. Nobody answered the phone.”",
        "… and 2 more in the Home tab of this app",
        "*Promised by today:*",
        "🤝 #7 · Dora Quint · due tomorrow at 09:00 · @ben · “send the refund”",
        "*In hand:* Ana Ortega #31 · Ben & Co #7",  # named, and not called: nothing is due from them
        "  Contacted yesterday: 12 · 11 of 12 in time",
        "  2 by a click, nothing is known of how · 9 told by a colleague · 1 answered by the customer",
        "  Time to contact: half within 30 min, most within 3 h 20 min · in working hours half within 25 min, most within 1 h",
        "  Closed: 5 · won back: 3 · lost: 1",
        "💛 Thank you, @ana: the customer of #12 is won back.",
    ]


def test_clicks_alone_are_no_reason_to_applaud() -> None:
    """contact P1"""
    said = read(clicked=3, contacts=Contacts(3, 3, by_grade=((Grade.CLICKED, 3),)))
    assert said[1:] == [
        "3 said by a click, and nothing is known of how.",
        "  Contacted yesterday: 3 · 3 of 3 in time",
        "  3 by a click, nothing is known of how",
    ]


def test_second_morning_says_what_was_done_since_the_first() -> None:
    ticked = replace(ex.CLAIMED, number=31, evidence=Grade.CLICKED)
    said = read(waiting=(ex.UNCLAIMED, ticked), reminders={ex.UNCLAIMED.number: 4, 99: 1})
    assert " · no owner · reminded 4 times · “Soup cold" in said[2]
    assert " · @ana · ticked, nobody has said how it went · “Soup cold" in said[3]


@pytest.mark.parametrize(
    ("heard_after", "said"),
    [
        (timedelta(hours=30), "since yesterday at 03:00 (told us 1 day 6 h later)"),
        (timedelta(hours=1), "since yesterday at 03:00"),  # forms and mail take their time
    ],
)
def test_customer_who_was_heard_late_waits_from_their_word(heard_after: timedelta, said: str) -> None:
    """contact P4"""
    spoke = ex.NOW - timedelta(hours=30)
    line = read(waiting=(replace(ex.UNCLAIMED, waiting_since=spoke, heard_at=spoke + heard_after),))[2]
    assert line.split(" · ")[2] == said


def test_a_quiet_day_is_one_friendly_line() -> None:
    assert read(quiet=True) == [
        "# Today at Corner Bakery",
        "Nobody is waiting and nothing happened. Have a good day. ☕",
    ]


def test_nobody_waiting_is_said_before_anything_else() -> None:
    assert read(holds=(Holding(ex.ANA, (12,)),))[1] == "Everybody has been contacted. 👏"


def test_one_waiting_customer_is_not_spoken_of_as_several() -> None:
    assert read(waiting=(ex.UNCLAIMED,))[1] == "*One customer waits for a word from us:*"


def test_home_is_linked_where_its_address_is_known() -> None:
    told = figures(waiting=(ex.UNCLAIMED,), more=3)
    linked = "… and 3 more in the <slack://app?team=T0123ABC&amp;id=A0123ABC&amp;tab=home|Home tab of this app>"
    assert linked in digest_card.digest(told, LINKS, ex.POLICY, NAMES.get, HOME).text
    assert "… and 3 more in the Home tab of this app" in digest_card.digest(told, LINKS, ex.POLICY, NAMES.get).text


def test_after_a_weekend_the_digest_names_the_day() -> None:
    said = read(day=date(2026, 1, 5), since=datetime(2026, 1, 1, 23, tzinfo=UTC), waiting=(ex.UNCLAIMED,))
    assert said[-1] == "  Contacted from Friday, January 2nd, 2026 to yesterday: nobody"


@pytest.mark.parametrize(
    ("felt", "working", "said"),
    [
        ((30,), (30,), "  Time to contact: 30 min"),  # within working hours both are the same
        ((30,), (5,), "  Time to contact: 30 min · in working hours 5 min"),
        ((9, 60, 70), (9, 60, 70), "  Time to contact: 9 min, 1 h, 1 h 10 min"),
        ((), (), "  Contacted yesterday: 3 · 3 of 3 in time"),  # what was told of after the fact took no time
    ],
)
def test_few_contacts_are_told_one_by_one(felt: tuple[int, ...], working: tuple[int, ...], said: str) -> None:
    lengths = (tuple(each * MINUTE for each in some) for some in (felt, working))
    assert read(contacts=Contacts(3, 3, *lengths))[-1] == said


def test_nobody_lost_is_not_worth_a_word() -> None:
    assert read(closed=2, won_back=1)[-1] == "  Closed: 2 · won back: 1"


def test_a_fast_contact_is_thanked_for_by_name() -> None:
    said = read(thanks=Recovery(12, ex.BEN, 6 * MINUTE, won_back=False))
    assert said[-1] == "💛 Thank you, @ben: the customer of #12 heard from us after 6 min."


def test_a_wordless_customer_is_listed_without_a_quotation() -> None:
    assert read(waiting=(ex.ONLY_RATING,))[2] == "🟡 #12 · since today at 09:00 · no owner"


def test_a_known_card_is_linked_and_another_is_not() -> None:
    told = figures(waiting=(ex.UNCLAIMED, replace(ex.UNCLAIMED, number=13)))
    text = digest_card.digest(told, LINKS, ex.POLICY, NAMES.get).text
    assert f"<{ex.CARD}|#12>" in text
    assert "🟡 #13 · " in text


def test_what_does_not_fit_in_hand_is_counted() -> None:
    said = read(holds=(Holding(ex.ANA, (1, 2), 18),), more_holders=4)
    assert said[2] == "*In hand:* Ana Ortega #1 #2 +18 · and with 4 more"


def test_the_picture_comes_last_and_says_what_it_shows() -> None:
    told = digest_card.digest(figures(quiet=True), LINKS, ex.POLICY, NAMES.get, None, PICTURE)
    assert told.blocks[-1] == {
        "type": "image",
        "block_id": "chart",
        "slack_file": {"id": "F0123ABC"},
        "alt_text": "Four weeks: 3 & 4",
    }
    assert told.text.endswith("Four weeks: 3 &amp; 4")


def test_every_case_that_is_named_can_be_linked() -> None:
    told = figures(
        waiting=(ex.UNCLAIMED,),
        promises=(replace(ex.PROMISED, number=7),),
        holds=(Holding(ex.ANA, (31, 32), 5),),
        thanks=Recovery(40, ex.ANA, MINUTE, won_back=True),
    )
    assert digest_card.mentioned(told) == {7, 12, 31, 32, 40}
