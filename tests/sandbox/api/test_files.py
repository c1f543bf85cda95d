"""A file on its way into Slack, step by step through Slack's own client, and pictures in blocks."""

from __future__ import annotations

import http.client
import urllib.error
from collections.abc import Callable
from typing import Any

import httpx2
import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.demo.cast import ANA, CARE, GENERAL
from sandbox.people.reading import plain
from sandbox.server import PracticeWorkspace
from sandbox.workspace import Message
from tests.sandbox.conftest import ScriptedBot

PNG = b"\x89PNG\r\n\x1a\n and the rest of a chart"
Uploads = Callable[..., str]


def refused(call: Any, **arguments: Any) -> str:
    """The error name with which Slack refuses this call."""
    with pytest.raises(SlackApiError) as caught:
        call(**arguments)
    return str(caught.value.response["error"])


def post(url: str, **content: Any) -> httpx2.Response:
    """Step two, without slack_sdk."""
    return httpx2.post(url, trust_env=False, **content)


def picture(file: str, words: str = "Waiting per day, four weeks") -> dict[str, Any]:
    return {"type": "image", "slack_file": {"id": file}, "alt_text": words}


@pytest.fixture
def upload(slack: WebClient) -> Uploads:
    """All three steps; answers the file's id."""

    def uploaded(content: bytes = PNG, name: str = "chart.png", **where: Any) -> str:
        place = slack.files_getUploadURLExternal(filename=name, length=len(content), alt_txt="A chart")
        assert post(place["upload_url"], content=content).status_code == 200
        slack.files_completeUploadExternal(files=[{"id": place["file_id"], "title": "Chart"}], **where)
        return str(place["file_id"])

    return uploaded


@pytest.fixture
def chart(slack: WebClient, upload: Uploads) -> str:
    """A picture that Slack has processed."""
    file = upload()
    slack.files_info(file=file)
    return file


# The three steps


@pytest.mark.long
def test_upload_in_three_steps_ends_in_the_thread(practice: PracticeWorkspace, upload: Uploads, card: Message) -> None:
    file = upload(channel_id=CARE, thread_ts=card.ts, initial_comment="Four weeks")
    [shown] = practice.thread(card)
    assert (shown.files, shown.text) == ([file], "Four weeks")
    assert practice.workspace.files[file].content == PNG


def test_slacks_own_upload_goes_the_same_way(practice: PracticeWorkspace, slack: WebClient, card: Message) -> None:
    slack.files_upload_v2(content="a,b", filename="cases.csv", title="Cases", channel=CARE, thread_ts=card.ts)
    [shown] = practice.thread(card)
    [file] = [practice.workspace.files[id_] for id_ in shown.files]
    assert (file.title, file.content) == ("Cases", b"a,b")


def test_upload_without_a_channel_stays_private(practice: PracticeWorkspace, slack: WebClient, upload: Uploads) -> None:
    file = slack.files_info(file=upload())["file"]
    assert practice.messages() == []
    assert (file["channels"], file["is_public"], file["title"], file["alt_txt"]) == ([], False, "Chart", "A chart")


def test_bytes_may_come_as_a_multipart_form(practice: PracticeWorkspace, slack: WebClient) -> None:
    place = slack.files_getUploadURLExternal(filename="chart.png", length=len(PNG))
    answer = post(place["upload_url"], files={"filename": ("chart.png", PNG, "image/png")})
    assert (answer.status_code, answer.text) == (200, f"OK - {len(PNG)}")
    assert practice.workspace.files[place["file_id"]].content == PNG


@pytest.mark.parametrize("content", [b"", PNG[:-1], PNG + b"!"])
def test_bytes_of_another_length_are_not_taken(slack: WebClient, content: bytes) -> None:
    place = slack.files_getUploadURLExternal(filename="chart.png", length=len(PNG))
    assert post(place["upload_url"], content=content).status_code == 400
    assert refused(slack.files_completeUploadExternal, files=[{"id": place["file_id"]}]) == "file_not_found"


def test_address_nobody_was_given_takes_no_bytes(practice: PracticeWorkspace) -> None:
    assert post(f"{practice.base_url}/upload/FNOTHERE1", content=PNG).status_code == 400


def test_upload_is_completed_once_and_then_fixed(practice: PracticeWorkspace, slack: WebClient, chart: str) -> None:
    assert refused(slack.files_completeUploadExternal, files=[{"id": chart}]) == "file_not_found"
    assert post(f"{practice.base_url}/upload/{chart}", content=PNG).status_code == 400


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"filename": "a.png", "length": 0}, "missing_argument"),
        ({"filename": "a.png", "length": -1}, "invalid_arguments"),
        ({"filename": "a.png", "length": "long"}, "invalid_arguments"),
        ({"filename": "a.png"}, "invalid_arguments"),
        ({"length": 3}, "invalid_arguments"),
        ({"filename": "a.png", "length": 3, "alt_txt": "x" * 1001}, "alt_txt_too_large"),
    ],
)
def test_unfit_requests_for_an_address_are_refused(slack: WebClient, arguments: Any, error: str) -> None:
    assert refused(slack.api_call, api_method="files.getUploadURLExternal", params=arguments) == error


@pytest.mark.parametrize(
    ("where", "error"),
    [({"channel_id": "CNOWHERE1"}, "channel_not_found"), ({"channel_id": GENERAL}, "not_in_channel")],
)
def test_upload_refused_a_channel_can_be_completed_again(slack: WebClient, where: Any, error: str) -> None:
    place = slack.files_getUploadURLExternal(filename="chart.png", length=len(PNG))
    post(place["upload_url"], content=PNG)
    files = [{"id": place["file_id"]}]
    assert refused(slack.files_completeUploadExternal, files=files, **where) == error
    assert slack.files_completeUploadExternal(files=files, channel_id=CARE)["ok"]


@pytest.mark.parametrize(
    ("scope", "call"),
    [
        ("files:write", lambda slack: slack.files_getUploadURLExternal(filename="a.png", length=3)),
        ("files:write", lambda slack: slack.files_completeUploadExternal(files=[{"id": "F1"}])),
        ("files:read", lambda slack: slack.files_info(file="F1")),
    ],
)
def test_file_methods_need_their_scopes(
    practice: PracticeWorkspace, slack: WebClient, scope: str, call: Callable[[WebClient], object]
) -> None:
    practice.workspace.app.scopes.discard(scope)
    assert refused(call, slack=slack) == "missing_scope"


# Processing


@pytest.mark.parametrize("calls", [0, 1, 3])
def test_file_has_no_type_until_it_is_processed(
    practice: PracticeWorkspace, slack: WebClient, upload: Uploads, calls: int
) -> None:
    practice.workspace.processing_calls = calls
    file = upload()
    seen = [slack.files_info(file=file)["file"] for _ in range(calls + 1)]
    assert [shown["mimetype"] for shown in seen] == [""] * calls + ["image/png"]
    assert ["thumb_360" in shown for shown in seen] == [False] * calls + [True]


def test_answer_to_the_last_step_shows_no_type(slack: WebClient) -> None:
    place = slack.files_getUploadURLExternal(filename="chart.png", length=len(PNG))
    post(place["upload_url"], content=PNG)
    [file] = slack.files_completeUploadExternal(files=[{"id": place["file_id"]}])["files"]
    assert (file["id"], file["title"], file["mimetype"]) == (place["file_id"], "chart.png", "")


def test_other_files_get_a_type_but_no_thumbnails(slack: WebClient, upload: Uploads) -> None:
    file = upload(b"a,b", "cases.csv")
    slack.files_info(file=file)
    shown = slack.files_info(file=file)["file"]
    assert (shown["mimetype"], "thumb_360" in shown) == ("text/csv", False)


def test_file_nobody_completed_is_not_found(slack: WebClient) -> None:
    file = slack.files_getUploadURLExternal(filename="chart.png", length=len(PNG))["file_id"]
    assert refused(slack.files_info, file=file) == "file_not_found"
    assert refused(slack.files_info, file="FNOTHERE1") == "file_not_found"


# Pictures in blocks


def test_processed_picture_stands_in_a_message(practice: PracticeWorkspace, slack: WebClient, chart: str) -> None:
    slack.chat_postMessage(channel=CARE, text="Digest", blocks=[picture(chart)])
    shown = practice.channel("care").last()
    assert shown.blocks[0]["slack_file"] == {"id": chart}
    assert plain(shown) == "[image: Waiting per day, four weeks]"


def test_picture_may_be_named_by_its_address(slack: WebClient, chart: str) -> None:
    address = slack.files_info(file=chart)["file"]["url_private"]
    blocks = [{"type": "image", "slack_file": {"url": address}, "alt_text": "A chart"}]
    assert slack.chat_postMessage(channel=CARE, text="x", blocks=blocks)["ok"]
    blocks[0]["slack_file"] = {"url": address + "0"}
    assert refused(slack.chat_postMessage, channel=CARE, text="x", blocks=blocks) == "invalid_blocks"


def test_unprocessed_picture_spoils_the_whole_message(
    practice: PracticeWorkspace, slack: WebClient, upload: Uploads
) -> None:
    words = {"type": "section", "text": {"type": "mrkdwn", "text": "Words"}}
    with pytest.raises(SlackApiError) as caught:
        slack.chat_postMessage(channel=CARE, text="x", blocks=[words, picture(upload())])
    answer = caught.value.response
    assert answer["error"] == "invalid_blocks"
    assert answer["response_metadata"]["messages"] == ["[ERROR] invalid slack file [json-pointer:/blocks/1/slack_file]"]
    assert practice.messages() == []


def test_update_with_an_unprocessed_picture_changes_nothing(slack: WebClient, upload: Uploads, card: Message) -> None:
    before, blocks = list(card.blocks), [picture(upload())]
    assert refused(slack.chat_update, channel=CARE, ts=card.ts, text="x", blocks=blocks) == "invalid_blocks"
    assert (card.text, card.blocks) == ("A card", before)


@pytest.mark.parametrize("holder", ["accessory", "context"])
def test_pictures_inside_other_blocks_are_looked_at(slack: WebClient, chart: str, holder: str) -> None:
    def block(file: str) -> dict[str, Any]:
        if holder == "context":
            return {"type": "context", "elements": [picture(file)]}
        return {"type": "section", "text": {"type": "mrkdwn", "text": "x"}, "accessory": picture(file)}

    assert slack.chat_postMessage(channel=CARE, text="x", blocks=[block(chart)])["ok"]
    assert refused(slack.chat_postMessage, channel=CARE, text="x", blocks=[block("FNOTHERE1")]) == "invalid_blocks"


def test_file_that_is_no_picture_is_not_shown(slack: WebClient, upload: Uploads) -> None:
    file = upload(b"<svg/>", "chart.svg")
    slack.files_info(file=file)
    assert refused(slack.chat_postMessage, channel=CARE, text="x", blocks=[picture(file)]) == "invalid_blocks"


def test_home_tab_shows_processed_pictures_only(slack: WebClient, upload: Uploads, chart: str) -> None:
    def home(file: str) -> dict[str, Any]:
        return {"type": "home", "blocks": [picture(file)]}

    assert refused(slack.views_publish, user_id=ANA, view=home(upload())) == "invalid_arguments"
    assert slack.views_publish(user_id=ANA, view=home(chart))["ok"]


def test_picture_in_a_private_answer_is_looked_at_too(
    practice: PracticeWorkspace, bot: ScriptedBot, upload: Uploads
) -> None:
    practice.person("ana").command("/case", "stats")
    [heard] = bot.heard_of("command")
    answer = post(heard["response_url"], json={"text": "x", "blocks": [picture(upload())]})
    assert (answer.status_code, answer.json()["error"]) == (400, "invalid_blocks")


# Faults


def test_rate_limit_on_a_file_method_is_told(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.rate_limit("files.getUploadURLExternal", retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        slack.files_getUploadURLExternal(filename="chart.png", length=3)
    assert (caught.value.response.status_code, caught.value.response.headers["Retry-After"]) == (429, "7")
    assert slack.files_getUploadURLExternal(filename="chart.png", length=3)["ok"]


@pytest.mark.parametrize("status", [429, 500])
def test_step_of_the_bytes_can_fail_over_http(practice: PracticeWorkspace, slack: WebClient, status: int) -> None:
    (practice.faults.rate_limit if status == 429 else practice.faults.http_error)("upload")
    with pytest.raises(urllib.error.HTTPError, match=str(status)):
        slack.files_upload_v2(content=PNG, filename="chart.png", channel=CARE)
    assert practice.messages() == []
    assert [call.status for call in practice.faults.made("upload")] == [status]
    slack.files_upload_v2(content=PNG, filename="chart.png", channel=CARE)
    assert len(practice.messages()) == 1


@pytest.mark.parametrize(("fault", "kept"), [("drop_before", b""), ("drop_after", PNG)])
def test_connection_can_drop_around_the_bytes(
    practice: PracticeWorkspace, slack: WebClient, fault: str, kept: bytes
) -> None:
    getattr(practice.faults, fault)("upload")
    with pytest.raises((urllib.error.URLError, http.client.HTTPException, ConnectionError)):
        slack.files_upload_v2(content=PNG, filename="chart.png", channel=CARE)
    [file] = practice.workspace.files.values()
    assert file.content == kept


def test_bytes_refused_by_a_fault_are_not_kept(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.refuse("upload", "storage_limit_reached")
    place = slack.files_getUploadURLExternal(filename="chart.png", length=len(PNG))
    answer = post(place["upload_url"], content=PNG)
    assert (answer.status_code, answer.text) == (400, "storage_limit_reached")
    assert practice.workspace.files[place["file_id"]].content == b""


def test_lost_answer_to_the_last_step_has_still_shared(practice: PracticeWorkspace, slack: WebClient) -> None:
    practice.faults.drop_after("files.completeUploadExternal")
    with pytest.raises((urllib.error.URLError, http.client.HTTPException, ConnectionError)):
        slack.files_upload_v2(content=PNG, filename="chart.png", channel=CARE)
    assert len(practice.messages()) == 1


# What has become of a file


def test_file_is_attached_by_an_edit_alone_and_shared_so(
    practice: PracticeWorkspace, slack: WebClient, upload: Uploads, card: Message
) -> None:
    file = upload(name="bill.pdf", content=b"%PDF-1.7")
    ours = slack.chat_postMessage(channel=CARE, text="A bill", thread_ts=card.ts)
    answer = slack.chat_update(channel=CARE, ts=str(ours["ts"]), text="A bill", file_ids=[file, "F0NOBODYS"])
    assert [each["id"] for each in answer["message"]["files"]] == [file]
    assert practice.workspace.files[file].channels == [CARE]


def test_deleted_file_is_gone_from_its_message(practice: PracticeWorkspace, slack: WebClient, upload: Uploads) -> None:
    file = upload()
    slack.files_delete(file=file)
    assert file not in practice.workspace.files
    assert refused(slack.files_delete, file=file) == "file_not_found"
