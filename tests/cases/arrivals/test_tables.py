"""Tables: dialects of text files, and which row is the header."""

from __future__ import annotations

import io

import pytest

from cases.arrivals.tables import Line, Title, text_lines, titled


def read(text: str) -> tuple[list[str], list[Line]]:
    titles, lines = titled(text_lines(io.StringIO(text, newline="")))
    return [title.name for title in titles], list(lines)


@pytest.mark.parametrize(
    ("text", "titles", "cells", "line"),
    [
        ("a,b\n1,2\n", ["a", "b"], ["1", "2"], 2),
        ("a;b\n1,5;2,5\n", ["a", "b"], ["1,5", "2,5"], 2),
        ("a\tb, or c\n1,2,3\t4,5\n", ["a", "b, or c"], ["1,2,3", "4,5"], 2),
        ("a|b\n1|2\n", ["a", "b"], ["1", "2"], 2),
        ("sep=;\na;b,c,d\n1;2\n", ["a", "b,c,d"], ["1", "2"], 3),
        ('"sep=;"\na;b\n1;2\n', ["a", "b"], ["1", "2"], 3),
        ("\ufeffa,b\n1,2\n", ["a", "b"], ["1", "2"], 2),
        ("\n\na,b\n\n1,2\n", ["a", "b"], ["1", "2"], 5),
        ("Complaints of January\n\na,b,c\n1,2,3\n", ["a", "b", "c"], ["1", "2", "3"], 4),
        ("Report:,January,\na,b,c,d,e\n1,2,3,4,5\n", ["a", "b", "c", "d", "e"], ["1", "2", "3", "4", "5"], 3),
        ('a,"How was it?\n(1-5)"\n1,2\n', ["a", "How was it? (1-5)"], ["1", "2"], 3),
        ("a,b,,\n1,2,,\n", ["a", "b"], ["1", "2"], 2),
        ("note;words\n1;one, two, three, four, five\n", ["note", "words"], ["1", "one, two, three, four, five"], 2),
        ("words\nCold, and late\n", ["words"], None, 2),
    ],
)
def test_header_and_rows_are_found_in_any_dialect(
    text: str, titles: list[str], cells: list[str] | None, line: int
) -> None:
    found, (row,) = read(text)
    assert (found, row.number) == (titles, line)
    assert cells is None or list(row.cells) == cells


def test_two_rows_of_headers_become_one() -> None:
    titles, lines = titled([Line(1, ["Id", "Reach us", "", "Why?"]), Line(2, ["", "Name", "Mail", "Response"])])
    assert titles == [Title("Id"), Title("Reach us", "Name"), Title("Reach us", "Mail"), Title("Why?")]
    assert list(lines) == []


IDS = [
    '{"ImportId":"startDate","timeZone":"America/Denver"}',
    '{"ImportId":"endDate","timeZone":"Z"}',
    '{"ImportId":"QID1"}',
]


def test_codes_questions_and_ids_become_one_row_of_headers() -> None:
    codes, questions = ["StartDate", "EndDate", "Q1"], ["Start Date", "End Date", "How was\nit?"]
    titles, lines = titled([Line(1, codes), Line(2, questions), Line(3, IDS), Line(4, ["a", "b", "2"])])
    assert titles == [
        Title("Start Date (America/Denver)", code="StartDate"),
        Title("End Date (UTC)", code="EndDate"),
        Title("How was it?", code="Q1"),
    ]
    assert [line.number for line in lines] == [4]
    titles, _ = titled([Line(1, codes), Line(2, IDS), Line(3, ["a", "b", "2"])])
    assert titles[2] == Title("Q1", code="Q1")


def test_nothing_at_all_has_no_titles() -> None:
    assert read("") == ([], [])
    assert read("\n , ,\n") == ([], [])
