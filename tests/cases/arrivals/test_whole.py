"""What a whole table tells: which column is a rating though no header says so, and which rows are none of its own."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest

from cases.arrivals.columns import Accepted, Refused, Row, read_rows
from cases.model import Feedback, Rating


def rows(text: str) -> list[Row]:
    return list(read_rows(io.StringIO(text, newline=""), "csv"))


def read(text: str) -> Iterator[Feedback]:
    return (row.arriving.feedback for row in rows(text) if isinstance(row, Accepted))


def refused(text: str) -> list[tuple[int, str]]:
    return [(row.line, row.why) for row in rows(text) if isinstance(row, Refused)]


@pytest.mark.parametrize(
    ("column", "ratings"),
    [
        (["Skóre", "2 / 10", "9 / 10"], [Rating(2, 10), Rating(9, 10)]),
        (["Arvio", "★☆☆☆☆", "★★★★☆"], [Rating(1, 5), Rating(4, 5)]),
        (["vote", "👎", "👍"], [Rating(2, 5), Rating(4, 5)]),
        (["Ocena", "🙁", "🙂"], [Rating(2, 5), Rating(4, 5)]),
        (["Response", "4", "10"], [Rating(4, 10), Rating(10, 10)]),
        (["Service", "Very poor", "Good"], [Rating(1, 5), Rating(4, 5)]),
    ],
)
def test_column_of_nothing_but_ratings_is_one(column: list[str], ratings: list[Rating]) -> None:
    name, low, high = column
    assert [each.rating for each in read(f"{name},Comment\n{low},Cold and late\n{high},\n")] == ratings


@pytest.mark.parametrize(
    "column",
    [
        ["Discount", "15 %", "20 %"],  # a share of something else
        ["Delivered", "1/14", "2/14"],
        ["Server", "4", "10"],
        ["Status", "Good", "Bad"],
        ["Sentiment", "Positive", "Negative"],
        ["Colour", "Good", "Red"],
        ["Arvio", "2 / 5", "2 / 10"],  # of what, of the two?
    ],
)
def test_other_columns_are_none(column: list[str]) -> None:
    name, one, other = column
    assert [each.rating for each in read(f"{name},Comment\n{one},Cold and late\n{other},Fine\n")] == [None, None]


def test_no_other_column_is_a_rating_beside_one_that_is_called_so() -> None:
    (said, _) = read("Rating,Service,Comment\n1/5,Good,Cold\n5/5,Very good,\n")
    assert said.rating == Rating(1, 5)
    assert said.also_answered == (("Service", "Good"),)


def test_score_is_found_by_the_group_beside_it() -> None:
    told = (
        "Contact,Answer value,Response group,Comment\n5511,4,Detractor,Always wrong\n8,10,Promoter,\n9,7,Passive,Dear\n"
    )
    assert [each.rating for each in read(told)] == [Rating(4, 10), Rating(10, 10), Rating(7, 10)]


def test_two_columns_that_fit_the_group_tell_nothing() -> None:
    (said,) = read("Visits,Answer value,Response group,Comment\n3,4,Detractor,Always wrong\n")
    assert said.rating is None


def test_totals_and_what_stands_below_a_table_are_no_feedback() -> None:
    table = "Owner,Rating,Comment,Order\nLena,1,Cold,8\nOmar,5,,9\n"
    assert refused(
        f"{table}Total,2.35,,17\nAverage score: 2.35,,,\nCopyright (c) of a vendor with a long name,,,\n"
    ) == [
        (4, "is a total"),
        (5, "holds a line of text and no more: it is not a row of the table"),
        (6, "holds a line of text and no more: it is not a row of the table"),
    ]
    assert len(list(read(table))) == 2
    assert [each.comment for each in read("Comment,Rating,Order\nTotal,1,7\nCold,2,8\nThe cold soup of yesterday,,\n")] == [
        "Total", "Cold", "The cold soup of yesterday",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("column", "ours"),
    [
        ("Direction", "Outgoing"),
        ("Message direction", "outbound"),
        ("Sender type", "agent"),
        ("Richtung", "ausgehend"),
        ("Sens", "Sortant"),
    ],
)
def test_our_side_of_a_chat_is_no_feedback(column: str, ours: str) -> None:
    told = f"{column},Message\nIncoming,My dress came torn and I am furious\n{ours},We are so sorry about your dress\n"
    assert [each.comment for each in read(told)] == ["My dress came torn and I am furious"]
    assert refused(told) == [(3, "is a message of ours, not of a customer")]


def test_note_is_ours_in_every_row_of_a_table_that_has_a_comment() -> None:
    told = "Comment,Note,Rating\nCold and late,Calls every week,1/5\n,Calls every week,2/5\n"
    assert [each.comment for each in read(told)] == ["Cold and late", None]


def test_apostrophe_that_guards_a_number_is_none_of_it() -> None:
    (said,) = read("Phone,Comment\n'+44 7700 900121,'tis cold\n")
    assert (said.customer.phone, said.comment) == ("+44 7700 900121", "'tis cold")
