"""Files to import, whatever tool has written them: what is read of each, and the sentence where there is nothing to read."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cases.arrivals.columns import Accepted, Row
from cases.arrivals.feedback import to_data
from cases.arrivals.told import Told
from cases.model import Feedback, Rating
from handlers.feedback import files
from handlers.feedback.files import UnusableFile, decoded, read_file
from tests.handlers.feedback.exports import (
    BROKEN_ZIP,
    EXPORTS,
    LOCKED,
    NO_WORKBOOK,
    PACKED,
    PICTURE,
    Export,
    ods,
    xlsx,
)

BERLIN = ZoneInfo("Europe/Berlin")


def saved(folder: Path, content: bytes, name: str = "feedback.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def feedback_in(rows: list[Row]) -> list[Feedback]:
    assert all(isinstance(row, Accepted) for row in rows), rows
    return [row.arriving.feedback for row in rows if isinstance(row, Accepted)]


def by_policys_names(feedback: Feedback) -> dict[str, Any]:
    data = to_data(feedback)
    customer, rating = data.pop("customer"), data.pop("rating")
    customer["customer_id"] = customer.pop("id")
    return data | customer | {"rating": rating and (rating["value"], rating["scale"])}


@pytest.mark.parametrize("export", EXPORTS, ids=str)
def test_exports_of_many_tools_are_read_whole(tmp_path: Path, export: Export) -> None:
    told = Told("import", export.named, export.scale, zone=BERLIN)
    read = feedback_in(list(read_file(saved(tmp_path, export.content, export.name), told)))
    assert [
        {name: by_policys_names(each)[name] for name in wanted} for each, wanted in zip(read, export.read, strict=True)
    ] == list(export.read)


def test_name_of_a_file_says_nothing(tmp_path: Path) -> None:
    content = xlsx([["Rating", "Comment"], [1, "Never arrived"]])
    (read,) = feedback_in(list(read_file(saved(tmp_path, content, "feedback.json"))))
    assert read.comment == "Never arrived"


def test_first_sheet_that_people_see_is_read(tmp_path: Path) -> None:
    content = xlsx([["Comment"], ["Old"]], [], [["Comment"], ["Never arrived"]], hidden=[1])
    (read,) = feedback_in(list(read_file(saved(tmp_path, content))))
    assert read.comment == "Never arrived"


def test_sheet_of_feedback_is_found_behind_others(tmp_path: Path) -> None:
    content = xlsx(
        [["Month", "Reviews"], ["May", 31]], [["Note", "Avis"], ["2 sur 5", "Accueil glacial"]], [["AU", "Auftrag"]]
    )
    (read,) = feedback_in(list(read_file(saved(tmp_path, content))))
    assert (read.comment, read.rating) == ("Accueil glacial", Rating(2, 5))


def test_sheets_with_the_same_columns_are_one_table(tmp_path: Path) -> None:
    title = ["Rating", "Comment"]
    content = xlsx(
        [title, [2, "Cold"]], [["Rating", "Comment", "By"], [2, "A copy", "Gwen"]], [["June"], title, [9, "Late"]]
    )
    read = feedback_in(list(read_file(saved(tmp_path, content))))
    assert [(each.comment, each.rating) for each in read] == [("Cold", Rating(2, 10)), ("Late", Rating(9, 10))]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PICTURE, "is a picture"),
        (PACKED, "unpack it first"),
        (b"%PDF-1.7", "is a PDF"),
        (NO_WORKBOOK, "if it is a zip, unpack it"),
        (BROKEN_ZIP, "is no workbook that can be read"),
        (LOCKED, "is locked with a password"),
        (
            xlsx([["Comment"]]).replace(b"PK\x01\x02\x14\x03", b"PK\x01\x02\x14\x03\xff", 1),
            "is no workbook that can be read",
        ),
        (xlsx([]), "is an empty workbook"),
        (ods([]), "is an empty workbook"),
        (bytes(range(1, 32)) + bytes(3) + b"text of no kind", "is neither text nor a workbook"),
        (b'[{"rating": 1,', "is not JSON"),
        (b"[1, 2, 3]", "must hold an object"),
    ],
    ids=count(),  # a packed file's bytes tell when it was made, and each of the suite's processes makes its own
)
def test_what_is_no_table_gets_a_sentence(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(UnusableFile, match=said):
        read_file(saved(tmp_path, content))


def test_file_too_large_is_refused_before_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(UnusableFile, match="Split it"):
        read_file(saved(tmp_path, b"rating,comment\n"))


def test_what_says_no_size_and_never_ends_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(UnusableFile, match="is 1 MB large"):
        read_file(Path("/dev/zero"))


def test_workbook_that_unpacks_to_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "UNPACKED", 1_000)
    with pytest.raises(UnusableFile, match="Split it"):
        read_file(saved(tmp_path, xlsx([["Comment"], ["Never arrived"]])))


# Code pages


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("utf-8", "Suppe kalt – „sehr“ ärgerlich"),
        ("utf-8-sig", "Suppe kalt – „sehr“ ärgerlich"),
        ("utf-16", "Suppe kalt – „sehr“ ärgerlich"),
        ("utf-16-le", "Suppe kalt – „sehr“ ärgerlich"),
        ("cp1252", "Suppe kalt – „sehr“ ärgerlich"),
        ("cp1252", "Torten Büro"),
        ("cp1252", "La caja llegó abierta, señor"),
        ("cp1250", "Balík nedorazil a nikdo nezvedá telefon, žádám vrácení peněz"),
        ("cp1250", "Paczka przyszła zgnieciona, nikt nie odbiera"),
        ("iso8859_2", "Paczka przyszła zgnieciona, nikt nie odbiera. Żądam pieniędzy"),
        ("cp1251", "Посылка пришла разбитая, никто не отвечает"),
        ("cp1253", "Το δέμα δεν ήρθε ποτέ, κανείς δεν απαντά"),
        ("cp1254", "Kargo gelmedi, kimse telefonu açmıyor, iade istiyorum"),
        ("cp1257", "Siunta neatėjo, niekas neatsiliepia į skambučius"),
        ("mac_roman", "Größe falsch, enttäuscht, gâteau écrasé"),
        ("shift_jis", "荷物が届きません。誰も電話に出ません"),
        ("gb18030", "包裹没有到,没人接电话,我要退款"),
    ],
)
def test_words_are_read_in_their_code_page(encoding: str, words: str) -> None:
    assert words in decoded(f"id;rating;comment\r\n1;2;{words}\r\n".encode(encoding))


def test_one_broken_letter_costs_no_others() -> None:
    content = "ärgerlich, zerdrückt, verspätet, unfreundlich überall, größer, schöner, süß\n".encode() * 3 + b"\xff"
    assert decoded(content).startswith("ärgerlich")
