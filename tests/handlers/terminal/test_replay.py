"""The replay at a terminal: what it prints, the page it writes, and with which exit code it ends."""

from __future__ import annotations

import os
import re
from datetime import date, timedelta
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

from bot import cli

ROWS = """Submitted at,Stars,What went wrong?,E-mail
2025-03-03 10:00,1,My order never arrived.,ana@example.org
2025-03-04 11:00,5,Lovely as always!,ben@example.org
2025-03-07 21:30,2,<b>Cold</b> & late,cleo@example.org
,1,When was this?,dora@example.org
2025-03-08 12:00,purple,,ed@example.org
2044-01-01 10:00,1,Broken lid,flo@example.org
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with an export and no database, and no settings at all."""
    for name in [name for name in os.environ if name.startswith(("SLACK_", "DATABASE_", "POLICY_"))]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "year.csv").write_text(ROWS)
    return tmp_path


def replay(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["replay", *arguments], catch_exceptions=False)


def test_replay_says_what_would_have_been(folder: Path) -> None:
    result = replay("year.csv", "--team", "2")
    assert (result.exit_code, result.stderr) == (0, "")
    for line in (
        r"3 cases from 4 pieces of feedback \(75 in 100\)",
        r"  new cases +3\n",
        r"  opened no case +1\n",
        r"  low rating +3\n",
        r"  colleague 2 ",
        r"2 colleagues take cases in turn",
        r"1 row is left out: nothing says when it was said",
        r"1 row is left out: unreadable",
        r"  line 6: ",
        r"1 row is from the future",
        r"read by the small judge that stands in",
    ):
        assert re.search(line, result.stdout), line
    assert sorted(file.name for file in folder.iterdir()) == ["replay.html", "year.csv"]


@pytest.mark.long
def test_people_are_assumed_as_the_command_says() -> None:
    quick = replay("year.csv", "--claims-after", "0m", "--contacts-after", "0m").stdout
    slow = replay("year.csv", "--claims-after", "5h", "--contacts-after", "2d").stdout
    assert "nobody had taken it" not in quick
    assert "nobody had taken it · in its thread" in slow
    assert "Half of all cases are claimed within 5 h of working time" in slow


def test_two_policies_stand_side_by_side(folder: Path) -> None:
    (folder / "calm.toml").write_text('lead = "@lea"\n[clocks.normal]\ncontact = "8h"\nclaim = "4h"\n')
    result = replay("year.csv", "--policy", "calm.toml", "--claims-after", "2h")
    assert result.exit_code == 0
    assert "  As many cases: 3.\n" in result.stdout
    assert re.search(r"fewer reminders: \d+ instead of \d+\.", result.stdout)
    assert "  clocks.normal.contact: 1h in policy.toml, 8h in calm.toml\n" in result.stdout
    assert "  lead: nobody in policy.toml, @lea in calm.toml\n" in result.stdout
    page = (folder / "replay.html").read_text()
    assert "Messages a day with calm.toml" in page
    assert 'class="series-1"' in page


class Page(HTMLParser):
    """The tags of a page, and whatever it would fetch."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value for name, value in attrs if name in ("src", "href", "srcset", "data", "action")]


def test_page_needs_no_network_and_no_script(folder: Path) -> None:
    replay("year.csv", "--out", "page.html")
    text = (folder / "page.html").read_text()
    page = Page()
    page.feed(text)
    assert (page.fetched, "script" in page.tags, "url(" in text, "@import" in text) == ([], False, False, False)
    assert page.tags.count("svg") == page.tags.count("table") > 5
    assert "prefers-color-scheme: dark" in text
    assert "example.org" not in text  # nobody's address, and no customer's words
    assert "never arrived" not in text


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (("undated.csv",), 1, '--map "Submitted at=occurred_at"'),
        (("missing.csv",), 2, "missing.csv cannot be read"),
        (("nothing.csv",), 2, "no column for a rating or a comment"),
        (("year.csv", "--policy", "missing.toml"), 2, "--policy: there is no file missing.toml"),
        (("year.csv", "--policy", "wrong.toml"), 2, "wrong.toml"),
        (("year.csv", "--policy", "closed.toml"), 2, "leaves no working hours"),
        (("year.csv", "--claims-after", "soon"), 2, "--claims-after"),
        (("year.csv", "--out", "nowhere/page.html"), 2, "nowhere/page.html cannot be written"),
    ],
)
def test_what_cannot_be_played_is_said_with_its_code(
    folder: Path, arguments: tuple[str, ...], code: int, says: str
) -> None:
    (folder / "undated.csv").write_text("Stars,Comment\n1,Cold\n")
    (folder / "nothing.csv").write_text("Shelf\nA\n")
    (folder / "wrong.toml").write_text("leed = 1\n")
    mondays = ", ".join(f"{date(2025, 1, 6) + timedelta(weeks=n)}" for n in range(520))
    (folder / "closed.toml").write_text(f'[hours]\nmon = "09:00-18:00"\ndays_off = [{mondays}]\n')
    result = replay(*arguments)
    assert (result.exit_code, says in result.stderr, "Traceback" in result.stderr) == (code, True, False), result.stderr


def test_page_says_nothing_of_what_people_wrote_in_cells(folder: Path) -> None:
    (folder / "odd.csv").write_text('When,Source,Comment\n2025-03-03 10:00,"<script>x</script>",Never arrived\n')
    replay("odd.csv", "--map", "When=occurred_at")
    assert "<script>" not in (folder / "replay.html").read_text()
