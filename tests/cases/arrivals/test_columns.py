"""Import files read by their headers, row by row."""

import io
import json
from datetime import UTC, date, datetime
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.arrivals.columns import Accepted, Refused, Row, UnusableHeader, read_rows
from cases.arrivals.feedback import identity, to_data
from cases.model import Customer, Feedback, Rating


def rows(text: str, kind: Literal["csv", "jsonl"] = "csv") -> list[Row]:
    return list(read_rows(io.StringIO(text, newline=""), kind))


def only(text: str, kind: Literal["csv", "jsonl"] = "csv") -> Feedback:
    (row,) = rows(text, kind)
    assert isinstance(row, Accepted), row
    return row.arriving.feedback


def why(text: str, kind: Literal["csv", "jsonl"] = "csv") -> str:
    (row,) = rows(text, kind)
    assert isinstance(row, Refused), row
    return row.why


def test_a_spreadsheet_is_read_by_its_headers() -> None:
    text = (
        "Id,Source,Customer,E-mail,Phone number,Customer No.,Rating,Out of,Comment,Title,Order no.,Occasion,"
        "Occasion date,Language,Contact OK,Review URL,Date\n"
        "r-1,web,Ana Ruiz,ana@example.org,030 1234567,77,2,5,Soup cold,Delivery,8812,birthday,"
        "2026-01-07,en,no,https://a.example/1,2026-01-05 09:40\n"
    )
    assert only(text) == Feedback(
        external_id="r-1",
        source="import",
        customer=Customer("Ana Ruiz", "ana@example.org", "030 1234567", "77"),
        rating=Rating(2, 5),
        comment="Soup cold",
        subject="Delivery",
        order_ref="8812",
        occasion="birthday",
        occasion_at=date(2026, 1, 7),
        locale="en",
        contact_ok=False,
        public_url="https://a.example/1",
        occurred_at=datetime(2026, 1, 5, 9, 40, tzinfo=UTC),
        also_answered=(("Source", "web"),),
    )


@pytest.mark.parametrize("header", ["Email address", "e_mail", " EMAIL ", "E-Mail", "customer email"])
def test_headers_are_known_by_letters_and_digits(header: str) -> None:
    assert only(f"{header},comment\nana@example.org,cold\n").customer.email == "ana@example.org"


@pytest.mark.parametrize(
    "header", ["comments", "Feedback", "review", "complaint", "What went wrong?", "Kommentar", "Avis"]
)
def test_every_name_for_a_comment_is_enough(header: str) -> None:
    assert only(f"id,{header}\n1,cold\n").comment == "cold"


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_the_delimiter_is_seen_in_the_header(delimiter: str) -> None:
    text = "\ufeff" + "id,score,comment\n1,2,cold\n".replace(",", delimiter)
    assert (only(text).external_id, only(text).rating, only(text).comment) == ("1", Rating(2, None), "cold")


def test_quoted_cells_may_hold_lines_and_commas() -> None:
    read = rows('id,comment\r\n1,"cold,\nlate and ""dear"""\r\n\r\n2,rude\r\n')
    assert [(row.line, row.arriving.feedback.comment) for row in read if isinstance(row, Accepted)] == [
        (2, 'cold,\nlate and "dear"'),
        (5, "rude"),
    ]


RATINGS = [
    ("rating,comment", "4/5,x", Rating(4, 5)),
    ("rating,comment", "4 of 5,x", Rating(4, 5)),
    ("rating,comment", "4 out of 10,x", Rating(4, 10)),
    ("rating,comment", "2 stars,x", Rating(2, 5)),
    ("rating;comment", "3,5;x", Rating(3.5, None)),  # of five or of ten? Nobody knows
    ("rating,comment", "2,x", Rating(2, 5)),
    ("rating,comment", "7,x", Rating(7, 10)),  # does not fit 5
    ("rating,comment", "70,x", Rating(70, 100)),  # does not fit 10
    ("NPS,comment", "2,x", Rating(2, 10)),
    ("stars,comment", "2,x", Rating(2, 5)),
    ("score,scale", "3,7", Rating(3, 7)),
    ("Note globale (1 à 7),comment", "3,x", Rating(3, 7)),  # the question tells
    ("How was it? (0 = bad; 10 = good),comment", "3,x", Rating(3, 10)),
    ("Bewertung (von 1 bis 10),comment", "3,x", Rating(3, 10)),
    ("Score /4,comment", "3,x", Rating(3, 4)),
    ("Score of 1/5,comment", "3,x", Rating(3, None)),  # a date, perhaps
    ("score,out of", "3/4,7", Rating(3, 4)),  # the cell knows better
]


@pytest.mark.parametrize(("header", "cells", "rating"), RATINGS, ids=[f"{h} {c}" for h, c, _ in RATINGS])
def test_a_rating_is_read_with_its_scale(header: str, cells: str, rating: Rating) -> None:
    assert only(f"{header}\n{cells}\n").rating == rating


def test_one_large_rating_sets_the_scale_for_all() -> None:
    read = rows("id,score\n1,4\n2,9\n")
    assert [row.arriving.feedback.rating for row in read if isinstance(row, Accepted)] == [Rating(4, 10), Rating(9, 10)]


def test_dates_with_dots_are_day_month_year() -> None:
    feedback = only("id,comment,date,occasion date\n1,x,5.1.2026 09:40,7.1.2026\n")
    assert feedback.occurred_at == datetime(2026, 1, 5, 9, 40, tzinfo=UTC)
    assert feedback.occasion_at == date(2026, 1, 7)


REFUSED = [
    ("id,rating\n1,purple\n", '"purple" is not a rating'),
    ("id,rating\n1,6/5\n", '"6/5" is not a rating'),
    ("id,comment,rating\n1,,\n", "comment: is missing, and so is rating"),
    ("id,comment\n1,cold, and late\n", "3 cells under 2 headers"),
    ("id,comment\n1," + "x" * 140_000 + "\n", "cannot be read as CSV"),
]


LEFT_OUT = [
    ("id,comment,date\n1,x,soon\n", "date: must be a date"),
    ("id,comment,date\n1,x,05/01/2026\n", 'date: "05/01/2026" can be read in two ways'),
    ("id,comment,contact ok\n1,x,perhaps\n", "contact ok: must be true, false or null"),
    ("id,comment,url\n1,x,ftp://a\n", "url: must be a web address"),
    ("id,comment,rating\n1,x,purple\n", 'rating: "purple" is not a rating'),
    ("id,comment,rating\n1,x,6/5\n", 'rating: "6/5" is not a rating'),
]


@pytest.mark.parametrize(("text", "told"), LEFT_OUT, ids=[told for _, told in LEFT_OUT])
def test_cell_that_cannot_be_read_costs_no_words(text: str, told: str) -> None:
    (row,) = rows(text)
    assert isinstance(row, Accepted)
    assert (row.arriving.feedback.comment, [told in str(fault) for fault in row.arriving.ignored]) == ("x", [True])


@pytest.mark.parametrize(("text", "told"), REFUSED, ids=[told for _, told in REFUSED])
def test_an_unusable_row_is_refused_and_why(text: str, told: str) -> None:
    assert told in why(text)


def test_a_refused_row_does_not_stop_the_rest() -> None:
    read = rows("id,rating\n1,purple\n2,1\n")
    assert [(row.line, type(row)) for row in read] == [(2, Refused), (3, Accepted)]


def test_a_header_with_nothing_usable_is_one_error() -> None:
    with pytest.raises(UnusableHeader, match=r"found: colour, size.*\[sources.import\]"):
        read_rows(["colour,size\n", "red,2\n"], "csv")


def test_an_empty_file_is_the_same_one_error() -> None:
    with pytest.raises(UnusableHeader, match="found: nothing"):
        read_rows([], "csv")


def test_a_row_without_id_keeps_its_made_one() -> None:
    first = only("name,comment\nAna,cold\n")
    again = only("Comment;Name;Phone\n cold ;Ana;\n")  # other order, other file, an empty column more
    other = only("name,comment\nAna,late\n")
    assert identity(first) == identity(again)
    assert identity(first) != identity(other)
    assert first.source == "import"


def test_json_lines_read_what_the_export_writes() -> None:
    feedback = Feedback(
        external_id="1",
        source="shop",
        rating=Rating(2, 5),
        comment="so\ncold",
        occurred_at=datetime(2026, 1, 5, tzinfo=UTC),
    )
    silent = Feedback(external_id="2", source="shop", comment="cold")
    text = "".join(json.dumps(to_data(each)) + "\n" for each in (feedback, silent))
    read = rows(text, "jsonl")
    assert [row.arriving.feedback for row in read if isinstance(row, Accepted)] == [feedback, silent]


FLAT = [
    ('{"id": 7, "score": 2, "feedback": "cold"}', ("7", Rating(2, None), "cold")),
    ('{"external_id": "7", "rating": "4/5", "comment": null}', ("7", Rating(4, 5), None)),
    ('{"Order": 3, "NPS": 4.0, "ID": "7", "Contact OK": true}', ("7", Rating(4, 10), None)),
]


@pytest.mark.parametrize(("line", "read"), FLAT)
def test_flat_json_is_read_like_named_columns(line: str, read: tuple[str, Rating, str | None]) -> None:
    feedback = only(line, "jsonl")
    assert (feedback.external_id, feedback.rating, feedback.comment) == read


def test_nested_json_without_id_gets_one_too() -> None:
    line = '{"customer": {"name": "Ana"}, "comment": "cold"}'
    assert only(line, "jsonl").external_id == only(f"\n{line}\n", "jsonl").external_id


def test_broken_json_lines_are_refused_with_their_place() -> None:
    read = rows('\ufeff\n{"comment": "cold"\n[1]\n{"rating": {"value": 9, "scale": 5}}\n', "jsonl")
    assert [(row.line, row.why) for row in read if isinstance(row, Refused)] == [
        (2, "body: is not JSON: Expecting ',' delimiter at line 1, column 19"),
        (3, "is not an object {…}"),
        (4, 'rating.value: "9" is not a rating; write for instance 2, or 2/5'),
    ]


def test_words_are_found_under_headers_of_any_language() -> None:
    read = rows("Ocena;Komentarz\n1;Paczka nie przyszła\n1;Nikt nie odbiera tam telefonu\n1;Zgnieciona\n")
    comments = [row.arriving.feedback.comment for row in read if isinstance(row, Accepted)]
    assert comments == ["Paczka nie przyszła", "Nikt nie odbiera tam telefonu", "Zgnieciona"]


cells = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)


@given(st.lists(st.tuples(cells, cells, cells), max_size=4), st.sampled_from(["csv", "jsonl"]))
def test_no_content_however_odd_makes_it_raise(
    table: list[tuple[str, str, str]], kind: Literal["csv", "jsonl"]
) -> None:
    lines = ["rating,comment,date\n"] * (kind == "csv") + [",".join(row) + "\n" for row in table]
    assert all(isinstance(row, Accepted | Refused) for row in read_rows(lines, kind))


def test_flat_line_with_an_id_keeps_its_customer() -> None:
    line = '{"external_id": "a-1", "name": "Ana Ruiz", "email": "ana@example.org", "comment": "Cold soup"}'
    (row,) = read_rows([line], "jsonl")
    assert isinstance(row, Accepted)
    assert (row.arriving.feedback.customer.name, row.arriving.feedback.customer.email) == (
        "Ana Ruiz",
        "ana@example.org",
    )
