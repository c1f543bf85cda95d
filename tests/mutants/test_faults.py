"""Every fault of the table can still be planted: its text stands once where it says."""

from __future__ import annotations

from collections import Counter

from tests.mutants.faults import FAULTS, HOUSE


def times(file: str, text: str) -> int:
    path = HOUSE / file
    return path.read_text(encoding="utf-8").count(text) if path.exists() else 0


def test_text_of_every_fault_stands_once_in_its_file() -> None:
    assert {fault.name: times(fault.file, fault.text) for fault in FAULTS} == {fault.name: 1 for fault in FAULTS}


def test_every_fault_changes_something_and_is_named_once() -> None:
    assert [fault.name for fault in FAULTS if fault.text == fault.instead] == []
    assert [name for name, count in Counter(fault.name for fault in FAULTS).items() if count > 1] == []


def test_tests_near_every_fault_are_there() -> None:
    assert [place for fault in FAULTS for place in fault.near.split() if not (HOUSE / place).exists()] == []
