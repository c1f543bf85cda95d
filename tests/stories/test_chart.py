"""The digest's picture: it comes after the digest, is shown once Slack has processed it, and whatever fails leaves the digest alone."""

from __future__ import annotations

import logging
from datetime import timedelta

import pytest
from sqlalchemy import select

from sandbox.files import File
from sandbox.people.reading import plain
from store import tables as t
from tests.stories.stage import POLICY, Stage

SECOND = timedelta(seconds=1)
MORNING = timedelta(hours=23)  # from the story's first moment to Tuesday, 09:00 in Berlin
PICTURE = "[image: The last four weeks, from Tuesday, December 9th, 2025 to Monday, January 5th, 2026"
UPLOADS = ("files.getUploadURLExternal", "files.completeUploadExternal")


def digest(stage: Stage) -> str:
    (message,) = stage.digests()
    return plain(message)


def files(stage: Stage) -> list[File]:
    return list(stage.practice.workspace.files.values())


def state(stage: Stage) -> str:
    return stage.world.store.read(lambda tx: tx.execute(select(t.attached.c.state)).scalar_one())


def morning_comes(stage: Stage) -> None:
    """Monday had a customer; now it is nine on Tuesday, and the digest is there."""
    stage.receives()
    stage.jump(MORNING)


def picture_after(stage: Stage, seconds: int) -> bool:
    """Whether the digest shows its picture when so many more seconds have passed."""
    stage.pass_time(seconds=seconds, step=SECOND)
    said = digest(stage)
    assert ("[image:" in said) == (PICTURE in said)
    return PICTURE in said


@pytest.mark.long
def test_digest_stands_at_once_and_the_picture_follows(stage: Stage) -> None:
    morning_comes(stage)
    assert "One customer waits for a word from us" in digest(stage)
    assert "[image:" not in digest(stage)
    stage.pass_time(seconds=4, step=SECOND)
    assert PICTURE in digest(stage)
    assert "New cases: 0, 0, 0, 1." in digest(stage)
    assert "One customer waits for a word from us" in digest(stage)
    methods = [call.method for call in stage.practice.faults.calls]
    uploaded = methods.index(UPLOADS[0])
    assert methods.index("chat.postMessage") < uploaded
    assert "chat.update" in methods[uploaded:]


@pytest.mark.long
def test_picture_stays_private_until_the_digest_shows_it(stage: Stage) -> None:
    morning_comes(stage)
    (file,) = files(stage)
    assert (file.channels, file.content[:4], file.name) == ([], b"\x89PNG", "four-weeks.png")
    assert file.alt_text.startswith("The last four weeks")


@pytest.mark.long
def test_picture_is_shown_only_after_slack_processed_it(stage: Stage) -> None:
    stage.practice.workspace.processing_calls = 4
    morning_comes(stage)
    assert [picture_after(stage, 10), picture_after(stage, 15)] == [False, True]


@pytest.mark.long
def test_restart_between_upload_and_edit_uploads_nothing_twice(stage: Stage) -> None:
    morning_comes(stage)
    stage.is_down(seconds=30)
    assert PICTURE in digest(stage)
    assert len(files(stage)) == 1
    stage.restart()
    stage.pass_time(minutes=10)
    assert len(stage.digests()) == len(files(stage)) == 1


@pytest.mark.parametrize("method", UPLOADS)
def test_upload_is_tried_again_after_a_passing_failure(stage: Stage, method: str) -> None:
    stage.practice.faults.rate_limit(method, retry_after=20)
    morning_comes(stage)
    assert [picture_after(stage, 15), picture_after(stage, 20)] == [False, True]


@pytest.mark.long
def test_lost_answer_to_an_upload_shows_one_picture(stage: Stage) -> None:
    stage.practice.faults.drop_after("files.completeUploadExternal")
    morning_comes(stage)
    stage.pass_time(seconds=30, step=timedelta(seconds=5))
    assert digest(stage).count("[image:") == 1
    assert state(stage) == "shown"


@pytest.mark.parametrize("scope", ["files:write", "files:read"])
def test_digest_does_without_where_a_scope_is_missing(
    stage: Stage, scope: str, caplog: pytest.LogCaptureFixture
) -> None:
    stage.practice.workspace.app.scopes.discard(scope)
    with caplog.at_level(logging.WARNING):
        morning_comes(stage)
        stage.pass_time(hours=1)
    assert "One customer waits for a word from us" in digest(stage)
    assert (state(stage), "[image:" in digest(stage)) == ("refused", False)
    assert len([line for line in caplog.messages if "does not show its file 1: missing_scope" in line]) == 1


def test_digest_refused_with_its_picture_stays_as_it_was(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    morning_comes(stage)
    before = digest(stage)
    stage.practice.faults.refuse("chat.update", "invalid_blocks")
    with caplog.at_level(logging.WARNING):
        stage.pass_time(minutes=30)
    assert digest(stage) == before
    assert state(stage) == "refused"
    assert len([line for line in caplog.messages if "Slack refuses what message" in line]) == 1
    edits = [call for call in stage.practice.faults.made("chat.update") if "image" in repr(call.arguments)]
    assert len(edits) == 1


def test_picture_that_is_never_processed_is_given_up(stage: Stage) -> None:
    stage.practice.workspace.processing_calls = 1000
    morning_comes(stage)
    stage.pass_time(minutes=10, step=timedelta(seconds=10))
    assert state(stage) == "refused"
    assert "[image:" not in digest(stage)
    asked = stage.practice.faults.count("files.info")
    stage.pass_time(hours=1)
    assert stage.practice.faults.count("files.info") == asked < 20


@pytest.mark.long
def test_slack_away_for_hours_costs_the_picture_only(stage: Stage) -> None:
    morning_comes(stage)
    before = digest(stage)
    stage.practice.faults.away()
    stage.pass_time(hours=3)
    stage.practice.faults.back()
    stage.pass_time(hours=1)
    assert digest(stage) == before
    assert state(stage) == "refused"


def test_four_weeks_of_nothing_are_not_drawn(stage: Stage) -> None:
    stage.jump(MORNING)
    assert (state(stage), files(stage)) == ("refused", [])


def test_team_may_do_without_pictures(stage: Stage) -> None:
    stage.restart(policy=POLICY.model_copy(update={"digest": POLICY.digest.model_validate({"chart": False})}))
    morning_comes(stage)
    stage.pass_time(minutes=5)
    assert "One customer waits for a word from us" in digest(stage)
    assert files(stage) == []
