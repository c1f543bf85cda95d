"""A table of pure rows is one test, which tries every row and tells of each that is wrong.

A row takes microseconds; to collect and report it as a test of its own takes milliseconds, in every worker. What asks for a
fixture stays a test for each row, and `--rows` makes all of them so again: to choose rows with -k, or to count them.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rows", action="store_true", help="each row of a table is a test of its own")


@pytest.hookimpl(wrapper=True)
def pytest_pycollect_makeitem(
    collector: pytest.Collector, name: str
) -> Generator[None, Sequence[pytest.Item | pytest.Collector] | None, Sequence[pytest.Item | pytest.Collector] | None]:
    """Puts the rows of a test into one, where they are many and share nothing but the test."""
    made = yield
    if collector.config.getoption("rows") or not isinstance(made, list) or len(made) < 2 or not all(map(_is_row, made)):
        return made
    return [pytest.Function.from_parent(collector, name=name, callobj=_all_of(made))]


def _is_row(item: pytest.Item | pytest.Collector) -> bool:
    """Whether all that it is given stands in its table, and nothing is said of this row alone."""
    if not isinstance(item, pytest.Function) or item.cls is not None:
        return False
    told = [mark for mark in item.own_markers if mark.name == "parametrize" and "indirect" not in mark.kwargs]
    return len(told) == len(item.own_markers) > 0 and set(item.fixturenames) <= {
        name for mark in told for name in _names(mark)
    }


def _names(table: pytest.Mark) -> Sequence[str]:
    names = table.args[0]
    return [name.strip() for name in names.split(",")] if isinstance(names, str) else names


def _all_of(rows: list[pytest.Function]) -> Callable[[], None]:
    def every_row() -> None:
        wrong = [f"-- {row.callspec.id}\n{told}" for row in rows if (told := _told_wrong(row))]
        if wrong:
            pytest.fail("\n\n".join([f"{len(wrong)} of {len(rows)} rows are wrong:", *wrong]), pytrace=False)

    return every_row


def _told_wrong(row: pytest.Function) -> str:
    """What is wrong with a row, as a test of its own would tell it; nothing where all is well. None is skipped for another."""
    __tracebackhide__ = True
    try:
        row.obj(**row.callspec.params)
    except (Exception, pytest.fail.Exception, pytest.skip.Exception) as wrong:  # noqa: BLE001
        return str(pytest.ExceptionInfo.from_exception(wrong).getrepr(style="short"))
    return ""
