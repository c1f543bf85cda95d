"""A table of pure rows is one test, which tries every row and tells of each that is wrong.

A row takes microseconds; to collect and report it as a test of its own takes milliseconds, in every worker. So its rows are
made where it is run, and nowhere else. What asks for a fixture stays a test for each row, and `--rows` makes all of them so
again: to choose rows with -k, or to count them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence, Sized
from inspect import signature
from typing import Any, TypeVar

import pytest

T = TypeVar("T")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--rows", action="store_true", help="each row of a table is a test of its own")


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makeitem(collector: pytest.Collector, name: str, obj: Any) -> list[pytest.Item] | None:
    """Puts the rows of a test into one, where they are many and share nothing but the test."""
    if collector.config.getoption("rows") or not isinstance(collector, pytest.Module):
        return None
    if not (collector.istestfunction(obj, name) and _is_table(obj)):
        return None

    def every_row() -> None:
        _try_all(collector._genfunctions(name, obj))

    test = pytest.Function.from_parent(collector, name=name, callobj=every_row)
    return None if test.fixturenames else [test]  # what the whole module asks for


def once_each(rows: Iterable[T], kind: Callable[[T], Hashable]) -> list[Any]:
    """The rows of a table, of which `make test` tries the first of each kind, and `make test-long` the others."""
    seen: set[Hashable] = set()
    marked: list[Any] = []
    for row in rows:
        marked.append(pytest.param(row, marks=pytest.mark.long) if kind(row) in seen else row)
        seen.add(kind(row))
    return marked


def _is_table(test: Any) -> bool:
    """Whether all that it is given stands in its table, of several rows, and nothing is said of one row alone."""
    marks: list[pytest.Mark] = getattr(test, "pytestmark", [])
    if any(mark.name != "parametrize" or len(mark.args) < 2 or "indirect" in mark.kwargs for mark in marks):
        return False
    tables = [mark.args[1] for mark in marks]
    return (
        all(isinstance(rows, Sized) for rows in tables)
        and any(len(rows) > 1 for rows in tables)
        and set(signature(test).parameters) <= {name for mark in marks for name in _names(mark)}
        and not any(isinstance(row, _Row) and row.marks for rows in tables for row in rows)
    )


_Row = type(pytest.param())


def _names(table: pytest.Mark) -> Sequence[str]:
    names = table.args[0]
    return [name.strip() for name in names.split(",")] if isinstance(names, str) else names


def _try_all(rows: Iterable[pytest.Function]) -> None:
    told = [(row.callspec.id, _told_wrong(row)) for row in rows]
    wrong = [f"-- {name}\n{what}" for name, what in told if what]
    if wrong:
        pytest.fail("\n\n".join([f"{len(wrong)} of {len(told)} rows are wrong:", *wrong]), pytrace=False)


def _told_wrong(row: pytest.Function) -> str:
    """What is wrong with a row, as a test of its own would tell it; nothing where all is well. None is skipped for another."""
    __tracebackhide__ = True
    try:
        row.obj(**row.callspec.params)
    except (Exception, pytest.fail.Exception, pytest.skip.Exception) as wrong:  # noqa: BLE001
        return str(pytest.ExceptionInfo.from_exception(wrong).getrepr(style="short"))
    return ""
