"""No letter is matched to a case that is not its own: a few of the adversarial set here, all of them in the long form."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.evaluation.letters_matched import ALL, DOES, OWN, Rehearsal, judged, told, verdict

FEW = (
    "sent-plain",
    "sent-older",
    "token-ida",
    "spoilt-token",
    "bcc-ana",
    "bcc-forged-below",
    "bounce-ida",
    "copy-all-reply",
)


def test_set_holds_two_hundred_letters_told_apart() -> None:
    rows = told(OWN)
    assert len(rows) >= 200
    assert len({row.id for row in rows}) == len({row.content for row in rows}) == len(rows)


def test_few_letters_of_each_kind_come_out_right(tmp_path: Path) -> None:
    rehearsal = Rehearsal(tmp_path)
    letters = {row.id: row for row in told(OWN)}
    assert {name: verdict(letters[name], rehearsal.lets_in(letters[name])) for name in FEW} == dict.fromkeys(
        FEW, "right"
    )


@pytest.mark.long
@pytest.mark.parametrize("path", ALL, ids=lambda path: path.stem)
def test_no_letter_of_the_sets_is_matched_wrongly(path: Path) -> None:
    said: list[str] = []
    assert judged([path], lambda line: said.append(str(line)))["wrong"] == 0, said


@pytest.mark.parametrize(
    ("did", "found"),
    [
        ([], "missed"),
        ([(3, "answer")], "right"),
        ([(3, "unverified")], "right"),
        ([(4, "answer")], "wrong"),
        ([(3, "contact")], "wrong"),
        ([(None, "new")], "wrong"),
        ([(3, "answer"), (4, "bounce")], "wrong"),
    ],
)
def test_wrong_is_whatever_is_done_to_another_case(did: list[tuple[int | None, str]], found: str) -> None:
    (letter,) = [row for row in told(OWN) if row.id == "token-ida"]
    assert verdict(letter, did) == found


def test_line_that_names_no_known_thing_is_refused(tmp_path: Path) -> None:
    row = {"id": "x", "folder": "drafts", "letter": "", "belongs_to": None, "does": DOES[0]}
    (tmp_path / "set.jsonl").write_text(json.dumps(row))
    with pytest.raises(ValueError, match="x: folder or does"):
        told(tmp_path / "set.jsonl")
