"""No cell of the export is run as a formula, however its first sign is written and whatever the reader takes for a separator."""

from __future__ import annotations

import csv
import io
import unicodedata
from typing import Any

import pytest

from cases.policy.page import Policy
from handlers.terminal.export import COLUMNS, export
from store import feedback
from store.engine import Store
from tests.store.rows import NOW, heard, opened, said, write

# Attacks 30: "＝1+1" came through; the others are ours.
FORMULAS = [
    "=1+1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(A1)",
    "−1",
    "﹦1+1",
    "﹣1",
    " =1+1",
    "\u00a0=1+1",
    "\u3000＝1",
    "\ufeff=1",
    "\u200b=1",
    "\u202e=1",
    "\u0301=1",
    "\t=1",
    "\r=1",
    "\n=1",
    "\x00=1",
    "soup;=1+1",
    "soup; ＝cmd|'/c calc'!A0",
    "soup\t@SUM(1)",
    "soup\n-1",
    "soup|=1",
]
HARMLESS = ["soup", "2 = 1", "cold, -5°C", "a@b.example", "1+1", "", "'=1", '"=1"', "½", "50% off - or not"]


@pytest.fixture
def url(sqlite_url: str) -> str:
    return sqlite_url


def cells(store: Store, **lesson: Any) -> dict[str, str]:
    number = write(store, opened, **lesson).number
    write(store, feedback.record, heard(said(f"f-{number}")), number, NOW)
    out = io.StringIO(newline="")
    export(store, Policy(), out, NOW)
    return list(csv.DictReader(io.StringIO(out.getvalue(), newline="")))[-1]


def begins_like_a_formula(text: str) -> bool:
    seen = [c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c)[0] not in "CZM"]
    return bool(seen) and seen[0] in "=+-@−"


@pytest.mark.parametrize("formula", FORMULAS, ids=ascii)
def test_formula_is_text_to_every_spreadsheet(store: Store, formula: str) -> None:
    row = cells(store, learned=formula)
    assert not begins_like_a_formula(row["learned"])
    for separator in ";|\t":
        for part in csv.reader(io.StringIO(row["learned"], newline=""), delimiter=separator):
            assert [cell for cell in part if begins_like_a_formula(cell)] == []


@pytest.mark.parametrize("text", HARMLESS)
def test_what_is_no_formula_stays_as_it_is(store: Store, text: str) -> None:
    assert cells(store, learned=text)["learned"] == text


def test_every_column_is_held_to_it(store: Store) -> None:
    row = cells(store, **dict.fromkeys(("owner", "closed_by", "contacted_by", "went_wrong", "learned"), "＝1"))
    assert {name for name, cell in row.items() if "＝" in cell} == {
        "owner",
        "closed_by",
        "contacted_by",
        "went_wrong",
        "learned",
    }
    assert [name for name in COLUMNS if begins_like_a_formula(row[name])] == []
