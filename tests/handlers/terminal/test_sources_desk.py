"""`bot.py sources` and `bot.py sources try`: where feedback comes from, and what would be read of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

import bot
from cases.model import Feedback, Rating
from cases.policy.page import Policy, read_policy
from handlers.doors import INTAKE_TOKEN
from handlers.sources import SOURCES
from handlers.terminal.sources_desk import listed

NOW = datetime(2026, 1, 5, 12, tzinfo=UTC)
POLICY = '[sources.shop-form]\nsigned = "token"\n[sources.play]\nkind = "table"\nrating = "Star Rating"\nscale = 5\n'


@pytest.fixture(autouse=True)
def _policy(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "policy.toml").write_text(POLICY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")


def tried(name: str, file: Path, *more: str) -> tuple[int, str]:
    told = CliRunner().invoke(bot.cli, ["sources", "try", name, str(file), *more])
    return told.exit_code, told.output


def written(folder: Path, content: bytes, name: str = "body.json") -> Path:
    (folder / name).write_bytes(content)
    return folder / name


def test_each_feedback_of_a_body_is_one_json_object(tmp_path: Path) -> None:
    body = {"reviews": [{"comment": "Lovely", "stars": 5, "shelf": "B"}, {"comment": "Broken", "rating": "1/5"}]}
    code, out = tried("shop-form", written(tmp_path, json.dumps(body).encode()), "--json")
    first, second = map(json.loads, out.splitlines())
    assert (code, first["rating"], first["unread"]) == (0, {"value": 5, "scale": 5}, ["shelf"])
    assert (second["comment"], second["customer"]["email"], second["occurred_at"]) == ("Broken", None, None)
    assert set(first) == set(second) == {*json.loads(SOURCES["generic"].example.body)["data"], "subject", "locale",
                                          "public_url", "unread", "ignored"}  # fmt: skip


def test_table_of_whatever_name_is_read(tmp_path: Path) -> None:
    file = written(tmp_path, "Bewertung (1-5);Kommentar\n1;Kühl und zu spät\n".encode("cp1252"), "dump.txt")
    code, out = tried("json", file, "--json")
    assert (code, json.loads(out)["comment"]) == (0, "Kühl und zu spät")


def test_objects_of_a_body_are_read_together(tmp_path: Path) -> None:
    body = {"data": [{"answer": "2", "note": "Calls often", "comment": "Cold"}, {"answer": "10", "note": "Nice man"}]}
    code, out = tried("json", written(tmp_path, json.dumps(body).encode()), "--json")
    read = [json.loads(line) for line in out.splitlines()]
    assert (code, [(each["comment"], each["rating"]["value"]) for each in read]) == (0, [("Cold", 2), (None, 10)])


def test_rows_of_a_file_are_read_as_their_source_says(tmp_path: Path) -> None:
    file = written(tmp_path, b"Star Rating,Review Text\n4,Fine\n1,Crashes\n", "reviews.csv")
    code, out = tried("play", file, "--json")
    assert (code, [json.loads(line)["rating"] for line in out.splitlines()]) == (
        0,
        [{"value": 4, "scale": 5}, {"value": 1, "scale": 5}],
    )


def test_question_that_policy_misspells_is_said_to_be_missing(tmp_path: Path) -> None:
    (tmp_path / "policy.toml").write_text('[sources.pling]\nrating = "Stras"\ncomment = "told"\n', encoding="utf-8")
    _, out = tried("pling", written(tmp_path, b'{"stars_of_pling": 2, "told": "Never came"}'))
    assert "rating: policy.toml names “Stras”; nothing here is called so" in out
    assert "comment: policy.toml" not in out


def test_field_of_several_questions_names_them_all(tmp_path: Path) -> None:
    _, out = tried("helpscout", written(tmp_path, SOURCES["helpscout"].example.body))
    assert "Ana Ruiz   from “firstName”, “lastName”" in out


def test_person_is_shown_where_each_field_comes_from(tmp_path: Path) -> None:
    code, out = tried("typeform", written(tmp_path, SOURCES["typeform"].example.body))
    assert (code, "2 of ?   from “How was it?”" in out, "[sources.typeform]" in out) == (0, True, True)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [("typeform", b'{"event_type": "ping"}', 1), ("typeform", b"{", 1), ("json", b'{"a": 1}', 1), ("pigeon", b"{}", 2)],
)
def test_exit_code_tells_whether_something_was_read(tmp_path: Path, name: str, content: bytes, code: int) -> None:
    assert tried(name, written(tmp_path, content), "--json")[0] == code
    assert tried(name, tmp_path / "missing.json")[0] == 2


@pytest.mark.parametrize("command", [["sources"], ["sources", "try", "pling", "body.json"], ["triage"]])
def test_way_of_signing_that_there_is_not_is_told_of_with_its_line(
    command: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, b'{"comment": "Never came"}')
    (tmp_path / "other.toml").write_text('[sources.pling]\nkind = "json"\nsigned = "header"\n', encoding="utf-8")
    monkeypatch.setenv("POLICY_FILE", "other.toml")
    told = CliRunner().invoke(bot.cli, command)
    assert told.exit_code == 2
    assert 'other.toml, line 3: sources.pling.signed: "header" is unknown; write one of ' in told.output


def test_sources_are_listed_before_there_is_a_database() -> None:
    told = CliRunner().invoke(bot.cli, ["sources"])
    assert told.exit_code == 0
    assert "shop-form (json)  POST /intake/shop-form  closed: SHOP_FORM_SECRET is not set" in told.output


def test_last_delivery_says_what_was_read_of_it() -> None:
    said = Feedback(
        external_id="1", source="shop-form", rating=Rating(2, 5), comment="x", also_answered=(("Photo", "y"),)
    )
    latest = {"shop-form": (NOW - timedelta(minutes=3), said)}
    first, last, *_ = listed(read_policy(POLICY), {"shop-form": "s"}, latest, {}, NOW)
    assert first == "shop-form (json)  POST /intake/shop-form  open"
    assert last == "    last received 3 min ago; read: rating, comment; not read: Photo"
    assert list(listed(Policy(), {}, {}, {}, NOW))


def test_list_says_what_to_do_next(tmp_path: Path) -> None:
    lines = list(listed(Policy(), {INTAKE_TOKEN: "t"}, {}, {}, NOW))
    at = lines.index("generic (generic)  POST /intake/generic  open")
    assert lines[at + 1] == "    nothing has come yet"
    assert any("sources try NAME FILE" in line for line in lines)
    assert any("sources again NAME" in line for line in lines)
