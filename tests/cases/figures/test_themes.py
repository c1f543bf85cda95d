"""What a week's complaints were about."""

from __future__ import annotations

from cases.figures.themes import Theme, themes


def test_most_frequent_reasons_come_first_with_newest_examples() -> None:
    found = themes([(n, ["late"]) for n in range(1, 6)] + [(7, ["broken", "late"]), (6, ["broken"])])
    assert found == (Theme("late", 6, (7, 5, 4)), Theme("broken", 2, (7, 6)))


def test_what_befell_one_customer_is_no_theme() -> None:
    assert themes([(1, ["late"]), (2, ["broken"])]) == ()


def test_how_somebody_sounds_is_no_theme() -> None:
    assert themes([(1, ["clause", "rating_low"]), (2, ["clause", "rating_low"])]) == ()


def test_reason_found_twice_in_a_case_counts_once() -> None:
    assert themes([(1, ["late", "late"]), (2, ["late"])]) == (Theme("late", 2, (2, 1)),)


def test_only_three_themes_are_told_and_ties_keep_order() -> None:
    codes = ["rude", "late", "missing", "broken"]
    assert [theme.code for theme in themes([(1, codes), (2, codes)])] == ["broken", "late", "missing"]
