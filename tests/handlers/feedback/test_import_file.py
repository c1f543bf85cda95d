"""Importing a file: every usable row arrives once, every other is named, and nothing in it stops the rest."""

from __future__ import annotations

import logging
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot import build_world
from cases.arrivals.columns import Refused, UnusableHeader
from cases.arrivals.decision import Became
from cases.arrivals.feedback import Arriving
from cases.model import Outcome, Status
from handlers.feedback import import_file
from handlers.feedback.import_file import Report, left_out, old_ones, rehearse, rows_of, take_in, unread
from handlers.feedback.intake import Arrival
from handlers.slack.directory import DEFAULT_CHANNEL
from handlers.terminal.settings import Settings
from handlers.world import World
from sandbox.demo import cast
from sandbox.server import PracticeWorkspace
from store import cases
from store.feedback import named
from tests.handlers.feedback.there import open_ones
from tests.scoring import QuickJudge
from tests.stories.stage import POLICY, Stage

NOW = datetime(2026, 1, 5, 9, tzinfo=UTC)
COLD = "1,2,Soup cold and an hour late,ana@example.org"
RUDE = "2,1,The driver was rude and I want a refund,ben@example.org"
GLAD = "3,5,Lovely as always,lea@example.org"
HEADER = "id,rating,comment,email"


def offline(folder: Path, channel: str = "care") -> World:
    url = f"sqlite:///{folder / 'amends.db'}"
    settings = Settings(policy=POLICY, slack_bot_token="", slack_channel=channel, database_url=url)
    return build_world(settings, lambda: NOW, offline=True, judge=QuickJudge())


@pytest.fixture(autouse=True)
def _database(blank: Path, tmp_path: Path) -> None:
    shutil.copy(blank, tmp_path / "amends.db")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    world = offline(tmp_path)
    yield world
    world.store.close()


def written(folder: Path, *lines: str, name: str = "feedback.csv") -> Path:
    path = folder / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_what_cannot_be_read_of_a_row_is_left_out_and_told(world: World, tmp_path: Path) -> None:
    path = written(tmp_path, "id,rating,comment,date", "1,purple,Never arrived,some day")
    rows = rows_of(path)
    assert list(take_in(world, rows)) == [Became.CASE]
    told = "\n".join(Report(left_out=left_out(rows)).lines())
    assert 'line 2: rating: "purple" is not a rating' in told
    assert "line 2: date: must be a date and time" in told


def test_column_that_was_read_in_another_row_is_no_unread_one(tmp_path: Path) -> None:
    rows = rows_of(written(tmp_path, "id,rating,comment,shelf", "1,purple,Never arrived,A", "2,2,Late,B"))
    lines = list(Report(left_out=left_out(rows), unread=unread(rows)).lines())
    assert unread(rows) == ["shelf"]
    at = next(number for number, line in enumerate(lines) if line.startswith("Left out"))
    assert lines[at + 1].startswith("  line 2: rating")


def imported(world: World, path: Path, *, dry: bool = False) -> Report:
    report = Report(rehearsed=dry)
    for outcome in (rehearse if dry else take_in)(world, rows_of(path)):
        report.add(outcome)
    return report


def case_numbers(world: World) -> list[int]:
    return [case.number for case in open_ones(world)]


# What becomes of rows


def test_unhappy_rows_become_cases_and_glad_ones_records(world: World, tmp_path: Path) -> None:
    report = imported(world, written(tmp_path, HEADER, COLD, GLAD, RUDE))
    assert report.counts == Counter({Became.CASE: 2, Became.RECORDED: 1})
    assert case_numbers(world) == [1, 2]
    assert world.store.read(lambda tx: named(tx, "import", "3")) is not None


def test_importing_a_file_twice_adds_nothing_more(world: World, tmp_path: Path) -> None:
    path = written(tmp_path, HEADER, COLD, GLAD, RUDE)
    imported(world, path)
    before = open_ones(world)
    report = imported(world, path)
    assert report.counts == Counter({Became.KNOWN: 3})
    assert open_ones(world) == before


def test_rows_without_ids_are_known_again_too(world: World, tmp_path: Path) -> None:
    path = written(tmp_path, "comment,email", "Never arrived,ana@example.org", "Broken on arrival,ben@example.org")
    assert imported(world, path).counts == Counter({Became.CASE: 2})
    assert imported(world, path).counts == Counter({Became.KNOWN: 2})


def test_second_complaint_of_a_customer_joins_the_first(world: World, tmp_path: Path) -> None:
    again = "9,1,Still no refund,ANA@example.org"
    assert imported(world, written(tmp_path, HEADER, COLD, again)).counts == Counter({Became.CASE: 1, Became.JOINED: 1})
    assert case_numbers(world) == [1]


def test_changed_row_updates_what_was_known(world: World, tmp_path: Path) -> None:
    imported(world, written(tmp_path, HEADER, COLD))
    worse = COLD.replace("1,2,", "1,1,")
    assert imported(world, written(tmp_path, HEADER, worse)).counts == Counter({Became.UPDATED: 1})
    (case,) = open_ones(world)
    assert case.feedback[0].rating is not None
    assert case.feedback[0].rating.value == 1


def test_harmless_row_that_turns_bad_becomes_a_case(world: World, tmp_path: Path) -> None:
    told = HEADER.replace("rating", "stars")
    imported(world, written(tmp_path, told, GLAD, "9,1,Never came,ina@example.org"))
    bad = "3,1,Broken on the second day and nobody answers,lea@example.org"
    assert imported(world, written(tmp_path, told, bad)).counts == Counter({Became.CASE: 1})


def test_json_lines_arrive_like_rows_of_a_table(world: World, tmp_path: Path) -> None:
    whole = (
        '{"external_id": "7", "customer": {"email": "ana@example.org"}, "comment": "Never arrived, and nobody answers"}'
    )
    flat = '{"id": 8, "stars": 1, "review": "Rude staff", "customer": "Ben"}'
    report = imported(world, written(tmp_path, whole, "", flat, name="feedback.jsonl"))
    assert report.counts == Counter({Became.CASE: 2})
    assert {case.customer.email or case.customer.name for case in open_ones(world)} == {
        "ana@example.org",
        "Ben",
    }


# What is refused


def test_bad_rows_are_named_and_stop_no_others(world: World, tmp_path: Path) -> None:
    report = imported(world, written(tmp_path, HEADER, "1,purple,,a@example.org", COLD, "5,,,", RUDE))
    assert report.counts[Became.CASE] == 2
    assert [(refused.line, '"purple"' in refused.why) for refused in report.refused] == [(2, True), (4, False)]


def test_row_that_breaks_the_intake_is_refused_alone(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def trips(world: World, arriving: Sequence[Arriving]) -> list[Arrival | Exception | None]:
        return [RuntimeError("a mistake of ours"), *arrived_or_put_off(world, arriving[1:])]

    arrived_or_put_off = import_file.arrived_or_put_off
    monkeypatch.setattr(import_file, "arrived_or_put_off", trips)
    with caplog.at_level(logging.ERROR):
        report = imported(world, written(tmp_path, HEADER, COLD, RUDE))
    assert report.counts == Counter({Became.CASE: 1})
    assert report.refused == [Refused(2, "could not be stored; the log says why")]
    assert "line 2" in caplog.text


def test_report_shows_the_first_refusals_and_counts_the_rest() -> None:
    report = Report(refused=[Refused(line, "is empty") for line in range(2, 47)])
    lines = list(report.lines())
    assert sum("is empty" in line for line in lines) == import_file.REFUSED_SHOWN
    assert any("25 more" in line and "--refused FILE" in line for line in lines)


def test_report_counts_each_way_a_row_can_go() -> None:
    report = Report(counts=Counter({became: 10 + n for n, became in enumerate(Became)}))
    assert [int(line.split()[0]) for line in list(report.lines())[:6]] == [10, 11, 12, 13, 14, 0]
    assert report.read == 60


def test_nothing_but_refusals_counts_as_nothing_read(world: World, tmp_path: Path) -> None:
    assert imported(world, written(tmp_path, HEADER, "1,purple,,a@example.org")).read == 0


def test_header_that_says_nothing_is_refused_whole(tmp_path: Path) -> None:
    with pytest.raises(UnusableHeader, match="colour"):
        rows_of(written(tmp_path, "colour,size", "red,3"))


# What a file can be


def test_line_breaks_within_a_cell_belong_to_the_words(world: World, tmp_path: Path) -> None:
    path = tmp_path / "feedback.csv"
    path.write_bytes(b'id,rating,comment\r\n1,1,"Cold.\r\nAnd late."\r\n2,9 of ten,\r\n')
    report = imported(world, path)
    assert [case.feedback[0].comment for case in open_ones(world)] == ["Cold.\nAnd late."]
    assert [refused.line for refused in report.refused] == [4]


# Dry runs


def test_dry_run_stores_nothing_at_all(world: World, tmp_path: Path) -> None:
    report = imported(world, written(tmp_path, HEADER, COLD, GLAD), dry=True)
    assert case_numbers(world) == []
    assert world.store.read(lambda tx: named(tx, "import", "3")) is None
    assert "dry run" in list(report.lines())[-1]


EVERY_WAY = (
    COLD,  # unhappy
    "9,1,Still no refund,ANA@example.org",  # the same customer again
    GLAD,
    "3,1,Broken after one day,lea@example.org",  # glad before, unhappy now
    "4,4,Thank you all,ana@example.org",  # a kind word of somebody who waits
    RUDE,
    RUDE,  # the same row twice
    "2,1,The driver was rude and I want my money back,ben@example.org",  # and once more in other words
    "5,,Any news,",  # nobody in particular
    "6,two,,",  # refused
)


@pytest.mark.parametrize("before", [(), (COLD,), (GLAD,), (RUDE, GLAD), EVERY_WAY])
def test_dry_run_foretells_what_the_import_does(world: World, tmp_path: Path, before: tuple[str, ...]) -> None:
    imported(world, written(tmp_path, HEADER, *before))
    path = written(tmp_path, HEADER, *EVERY_WAY)
    foretold, happened = imported(world, path, dry=True), imported(world, path)
    assert foretold.counts == happened.counts
    assert foretold.refused == happened.refused


def test_dry_run_knows_that_a_case_was_closed(world: World, tmp_path: Path) -> None:
    imported(world, written(tmp_path, HEADER, COLD))
    (case,) = open_ones(world)
    over = replace(case, status=Status.CLOSED, outcome=Outcome.SATISFIED, closed_at=NOW, revision=case.revision + 1)
    world.store.write(lambda tx: cases.save(tx, over, before=case))
    path = written(tmp_path, HEADER, "9,1,Cold again,ana@example.org")
    assert imported(world, path, dry=True).counts == imported(world, path).counts == Counter({Became.CASE: 1})


# The channel


@pytest.mark.parametrize(
    ("setting", "kept"),
    [("CCARE0001", "CCARE0001"), ("care", "care"), ("#care", "care"), ("", DEFAULT_CHANNEL)],
)
def test_cases_keep_the_channel_as_it_is_set(tmp_path: Path, setting: str, kept: str) -> None:
    world = offline(tmp_path, setting)
    imported(world, written(tmp_path, HEADER, COLD))
    (case,) = open_ones(world)
    world.store.close()
    assert case.channel == kept


@pytest.mark.few(1)
@pytest.mark.parametrize("setting", ["", "care", cast.CARE])
def test_cards_appear_in_the_channel_when_bot_runs(served: PracticeWorkspace, tmp_path: Path, setting: str) -> None:
    world = offline(tmp_path, setting)
    imported(world, written(tmp_path, HEADER, COLD, RUDE, GLAD))
    world.store.close()
    served.reset()
    stage = Stage(served, f"sqlite:///{tmp_path / 'amends.db'}")
    stage.settle()
    assert [message.channel for message in served.messages("card")] == [cast.CARE, cast.CARE]
    assert len(served.messages("draft")) == 2
    stage.person("ana").react(stage.card(1), "eyes")
    assert stage.case(1).owner == cast.ANA
    stage.close()


def test_old_rows_are_kept_and_alarm_nobody(world: World, tmp_path: Path) -> None:
    now = world.now()
    rows = "external_id,comment,occurred_at\n" + "".join(
        f"o-{days},The parcel never arrived,{(now - timedelta(days=days)):%Y-%m-%dT%H:%M:%SZ}\n"
        for days in (1, 29, 31, 400)
    )
    path = tmp_path / "old.csv"
    path.write_text(rows)
    for dry in (True, False):
        report = imported(world, path, dry=dry)
        assert (report.counts[Became.CASE], report.counts[Became.RECORDED]) == (2, 2)
    assert old_ones(world, rows_of(path)) == 2
    assert "2 rows are older than 30 days: kept, no case." in "\n".join(Report(old=2).lines())
