"""The digest says first who has not heard from us, and ranks nobody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from cases.digest import Digest, digest
from cases.model import Case
from handlers.cards import digest_card
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines

MONDAY, TUESDAY = datetime(2026, 1, 5, 8, 0, tzinfo=UTC), datetime(2026, 1, 6, 8, 0, tzinfo=UTC)
LINKS = {12: ex.CARD}


def figures(
    open_cases: Sequence[Case], contacted: Sequence[Case] = (), closed: Sequence[Case] = (), at: datetime = TUESDAY
) -> Digest:
    return digest(open_cases, contacted, closed, at, ex.POLICY)


def read(of: Digest) -> list[str]:
    return lines(digest_card.digest(of, LINKS, ex.POLICY).blocks)


def test_a_full_digest_reads_from_top_to_bottom() -> None:
    held = replace(ex.CLAIMED, number=31, waiting_since=ex.NOW - timedelta(hours=2))
    promised = replace(ex.PROMISED, number=7, owner=ex.BEN)
    assert read(figures([ex.UNCLAIMED, held, promised], [ex.CONTACTED], [ex.CLOSED])) == [
        "# Today at Corner Bakery",
        "*2 customers have not heard from us yet, longest wait first:*",
        "🟡 #31 · since today at 07:00 (2 h ago) · @ana · “Soup cold, an hour late. Nobody answered the phone.”",
        "🟡 #12 · since today at 09:00 (0 min ago) · no owner · “Soup cold, an hour late. Nobody answered the phone.”",
        "*In hand:* @ana #31 · @ben #7",
        "*Promised for today:* #7",
        "  Contacted yesterday: 1 · median time to contact 30 min",
        "  Closed: 1 · won back: 1",
    ]


def test_a_quiet_day_is_one_friendly_line() -> None:
    assert read(figures([])) == [
        "# Today at Corner Bakery",
        "Nobody is waiting and nothing happened. Have a good day. ☕",
    ]


def test_nobody_waiting_is_said_before_anything_else() -> None:
    assert read(figures([ex.CONTACTED]))[1] == "Everybody has been contacted. 👏"


def test_one_waiting_customer_is_not_spoken_of_as_several() -> None:
    assert read(figures([ex.UNCLAIMED]))[1] == "*One customer has not heard from us yet:*"


def test_a_long_list_is_cut_and_the_rest_counted() -> None:
    said = read(figures([replace(ex.UNCLAIMED, number=number) for number in range(1, 9)]))
    assert said[1] == "*8 customers have not heard from us yet, longest wait first:*"
    assert said[7] == "… and 3 more: `/case list`"


def test_after_a_weekend_the_digest_names_the_day() -> None:
    said = read(figures([ex.UNCLAIMED], at=MONDAY))
    assert said[-1] == "  Contacted since Fri 2 Jan 2026: nobody"


def test_a_wordless_customer_is_listed_without_a_quotation() -> None:
    assert read(figures([ex.ONLY_RATING]))[2] == "🟡 #12 · since today at 09:00 (0 min ago) · no owner"


def test_a_known_card_is_linked_and_another_is_not() -> None:
    text = digest_card.digest(figures([ex.UNCLAIMED, replace(ex.UNCLAIMED, number=13)]), LINKS, ex.POLICY).text
    assert f"<{ex.CARD}|#12>" in text
    assert "🟡 #13 · " in text


def test_many_cases_in_one_hand_are_counted() -> None:
    held = [replace(ex.CONTACTED, number=number) for number in range(1, 31)]
    in_hand = next(line for line in read(figures(held)) if line.startswith("*In hand:*"))
    assert in_hand.endswith("#11 #12 +18")
