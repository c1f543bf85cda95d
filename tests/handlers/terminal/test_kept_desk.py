"""`bot.py sources again`: what nobody could read is shown, tried by the policy of now, and taken in once."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

import bot
from cases.policy.page import read_policy
from handlers.http.edge import Edge
from handlers.http.routes import Application
from handlers.listeners.app import build_app
from handlers.terminal.settings import Settings

POLICY = '[sources.pling]\nsigned = "token"\n[triage]\nlearned = false\n'
TOLD = '[sources.pling]\nsigned = "token"\ncomment = "said"\nrating = "mood"\nscale = 4\n[triage]\nlearned = false\n'
BODY = {"mood": "1", "said": "Nobody came", "who": "ana@example.org"}
SHOWN = {"authorization": "Bearer a-long-secret"}


@pytest.fixture
def web(blank: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[TestClient]:
    shutil.copy(blank, tmp_path / "amends.db")
    url = f"sqlite:///{tmp_path / 'amends.db'}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    says(tmp_path, POLICY)
    settings = Settings(policy=read_policy(POLICY), slack_bot_token="", slack_channel="care", database_url=url)
    world = bot.build_world(settings, offline=True)
    with TestClient(
        Application(Edge(world, build_app(world), {"pling": SHOWN["authorization"][7:]}, None), fresh=0)
    ) as client:
        yield client
    world.store.close()


def says(folder: Path, policy: str) -> None:
    (folder / "policy.toml").write_text(policy, encoding="utf-8")


def again(*more: str) -> tuple[int, str]:
    told = CliRunner().invoke(bot.cli, ["sources", "again", *more])
    return told.exit_code, told.output


def test_what_nobody_could_read_is_shown_and_taken_in_once(web: TestClient, tmp_path: Path) -> None:
    assert web.post("/intake/pling", json=BODY, headers=SHOWN).json()["feedback"] is None
    code, out = again("pling")
    assert (code, '"said":"Nobody came"' in out, "still unreadable: comment" in out) == (1, True, True)
    says(tmp_path, TOLD)
    code, out = again("pling")
    assert (code, "1 of 4" in out, "sources again pling --take" in out) == (0, True, True)
    code, out = again("pling", "--take")
    assert (code, "case: case #1" in out) == (0, True)
    assert again("pling") == (
        1,
        "Nothing of pling waits to be read: whatever it sent was understood, or has been taken in since.\n",
    )


def test_body_that_became_no_case_is_taken_in_too(web: TestClient, tmp_path: Path) -> None:
    web.post("/intake/pling", json=BODY | {"mood": "4", "said": "Thank you"}, headers=SHOWN)
    says(tmp_path, TOLD)
    assert "recorded" in again("pling", "--take")[1]


def test_unknown_source_is_refused(web: TestClient) -> None:
    assert again("pigeon")[0] == 2
