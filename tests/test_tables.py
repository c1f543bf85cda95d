"""Rows of a pure table are tried in one test, and each wrong one is told."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tests.tables import _try_all


def _row(name: str, test: Any, **given: Any) -> Any:
    return SimpleNamespace(obj=test, callspec=SimpleNamespace(id=name, params=given))


def _is_small(number: int) -> None:
    assert number < 3
    if number < 0:
        pytest.fail("below nothing")
    if number == 0:
        pytest.skip("nothing")


@pytest.mark.long
def test_every_wrong_row_is_told_and_no_other() -> None:
    rows = [_row(f"row {number}", _is_small, number=number) for number in (1, 5, 2, 4, -1, 0)]
    with pytest.raises(pytest.fail.Exception) as told:
        _try_all(rows)
    said = str(told.value)
    assert said.startswith("4 of 6 rows are wrong:")
    assert [name for name in ("row 1", "row 5", "row 2", "row 4", "row -1", "row 0") if name in said] == [
        *("row 5", "row 4", "row -1", "row 0")
    ]
    assert "assert 5 < 3" in said


def test_table_of_right_rows_is_green_once_each_was_tried() -> None:
    tried: list[int] = []

    def test(number: int) -> None:
        tried.append(number)

    _try_all([_row(str(number), test, number=number) for number in (1, 2)])
    assert tried == [1, 2]


@pytest.fixture
def three() -> int:
    return 3


@pytest.mark.parametrize("number", [1, 2])
def test_row_that_asks_for_nothing_else_is_pure(number: int) -> None:
    assert number < 3


@pytest.mark.parametrize("number", [1, 2])
def test_row_that_asks_for_a_fixture_is_not(number: int, three: int) -> None:
    assert number < three


def test_pure_table_is_collected_as_one_test(request: pytest.FixtureRequest) -> None:
    names = [item.name for item in request.session.items if item.name.startswith("test_row_that_asks_for")]
    rows = ["[1]", "[2]"]
    pure = rows if request.config.getoption("rows") else [""]
    assert names == [
        *(f"test_row_that_asks_for_nothing_else_is_pure{row}" for row in pure),
        *(f"test_row_that_asks_for_a_fixture_is_not{row}" for row in rows),
    ]
