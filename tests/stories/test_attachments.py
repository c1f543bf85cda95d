"""A customer's picture comes with a letter: it is listed, shown in the thread to whoever asks, once, and goes with the words."""

from __future__ import annotations

import json
from datetime import timedelta
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from handlers.outbox import attach
from sandbox.people.reading import plain
from sandbox.workspace import Message
from store import forgetting
from store import tables as t
from store.engine import Tx
from tests.imap_server import ImapServer
from tests.stories.mailbox import composed, look, read_from_now_on, server
from tests.stories.stage import Stage, buttons, payload

__all__ = ["server"]  # a fixture

PNG = b"\x89PNG\r\n\x1a\n" + b"a broken vase " * 2000
PDF = b"%PDF-1.7 a bill for a vase"
STEPS = ("files.getUploadURLExternal", "upload", "files.completeUploadExternal")
TOM = "Tom <tom@example.org>"
SECOND = timedelta(seconds=1)


class Post:
    """The team's mailbox, into which customers write with pictures."""

    def __init__(self, stage: Stage, server: ImapServer, **more: Any) -> None:
        self.stage, self.server = stage, server
        self.inbox, self.mailbox = read_from_now_on(stage, server, more=more)

    def comes(
        self, *files: tuple[str, bytes], words: str = "The vase came broken. I want my money back.", who: str = TOM
    ) -> None:
        """They write, with these files."""
        self.stage.jump(timedelta(minutes=1))
        written = composed(self.stage.now, From=who, To="care@shop.example")
        written.set_content(words)
        for name, content in files:
            written.add_attachment(content, "application", "octet-stream", filename=name)
        self.lies_there(written)

    def lies_there(self, written: EmailMessage) -> None:
        self.server.put(self.inbox, written, self.stage.now)
        look(self.stage, self.mailbox)

    def shown(self) -> list[Message]:
        """What the thread shows of it: one message for each letter."""
        return [m for m in self.stage.practice.thread(self.stage.card()) if "📎" in plain(m)]

    def said(self) -> str:
        (message,) = self.shown()
        return plain(message)

    def rows(self) -> list[tuple[str, bool, bool]]:
        """The state of each file, and whether we have its bytes, and Slack's id of it."""

        def read(tx: Tx) -> list[tuple[str, bool, bool]]:
            query = select(t.attached.c.state, t.attached.c.content, t.attached.c.file).order_by(t.attached.c.id)
            return [(row.state, row.content is not None, row.file is not None) for row in tx.execute(query)]

        return self.stage.world.store.read(read)

    def files(self) -> list[str]:
        """What Slack has."""
        return [file.name for file in self.stage.practice.workspace.files.values() if file.completed]

    def asks(self, who: str = "ana") -> None:
        self.stage.person(who).click(self.stage.card(), "show_attachments")
        self.stage.pass_time(seconds=10, step=SECOND)


@pytest.fixture
def post(stage: Stage, server: ImapServer) -> Post:
    return Post(stage, server)


VASE = "[image: vase.png, which came with the customer’s letter]"


@pytest.mark.long
def test_picture_is_listed_at_once_and_shown_when_somebody_asks(post: Post) -> None:
    post.comes(("vase.png", PNG))
    card = post.stage.card()
    assert "vase.png (application/octet-stream, 28 kB)" in plain(card)
    assert (post.shown(), post.files(), "show_attachments" in buttons(card)) == ([], [], True)
    post.asks()
    assert "From the customer’s letter, shown by Ana" in post.said()
    assert VASE in post.said()
    assert post.rows() == [("shown", False, True)]
    assert "show_attachments" not in buttons(post.stage.card())


@pytest.mark.long
def test_file_is_in_no_channel_and_its_bytes_are_those_that_came(post: Post) -> None:
    post.comes(("vase.png", PNG))
    post.asks()
    (file,) = post.stage.practice.workspace.files.values()
    assert (file.channels, file.content, file.alt_text) == ([], PNG, "vase.png, which came with the customer’s letter")


def test_pdf_stands_below_the_message_as_a_file(post: Post) -> None:
    post.comes(("bill.pdf", PDF))
    post.asks()
    (message,) = post.shown()
    assert [post.stage.practice.workspace.files[each].name for each in message.files] == ["bill.pdf"]
    assert "bill.pdf (as it was sent" in plain(message)


@pytest.mark.long
def test_two_clicks_show_one_message_and_one_file(post: Post) -> None:
    post.comes(("vase.png", PNG))
    card = post.stage.card()
    ana, ben = post.stage.person("ana"), post.stage.person("ben")
    ana._colleague.click(card, "show_attachments")
    ben._colleague.click(card, "show_attachments")
    post.stage.settle()
    post.stage.pass_time(seconds=10, step=SECOND)
    assert (post.said().count("[image:"), post.files()) == (1, ["vase.png"])
    assert "stands in the thread or is on its way there" in ben.sees()[-1]


def test_what_is_no_picture_by_its_bytes_is_listed_alone(post: Post) -> None:
    post.comes(("vase.png", b"MZ\x90\x00 a program"), ("bill.pdf.exe", b"MZ"))
    assert "vase.png" in plain(post.stage.card())
    assert ("show_attachments" in buttons(post.stage.card()), post.rows()) == (False, [])


@pytest.mark.long
def test_name_that_lies_or_calls_everybody_does_nothing(post: Post) -> None:
    post.comes(("\u202egnp.exe<!channel>../../" + "a" * 300 + ".pdf.exe", PNG))
    post.asks()
    (file,) = post.stage.practice.workspace.files.values()
    assert file.name.endswith(".png")
    assert len(file.name) < 100
    assert not set(file.name) & set("<>!/\\\u202e")
    assert "[image:" in post.said()


@pytest.mark.long
def test_logo_below_a_signature_is_neither_listed_nor_shown(post: Post) -> None:
    post.stage.jump(timedelta(minutes=1))
    written = composed(post.stage.now, From=TOM, To="care@shop.example")
    written.set_content("The vase came broken. I want my money back.")
    written.add_alternative("<p>The vase came broken. I want my money back.</p><img src=cid:logo>", subtype="html")
    written.get_payload()[1].add_related(PNG[:900], "image", "png", cid="<logo>", filename="logo.png")
    written.add_attachment(PNG, "image", "png", filename="vase.png")
    post.lies_there(written)
    assert "logo.png" not in plain(post.stage.card())
    post.asks()
    assert post.files() == ["vase.png"]


@pytest.mark.long
def test_picture_within_the_words_is_shown_where_it_is_large(post: Post) -> None:
    """A telephone's mail program lays a photo among the words."""
    post.stage.jump(timedelta(minutes=1))
    written = composed(post.stage.now, From=TOM, To="care@shop.example")
    written.set_content("The vase came broken. I want my money back.")
    written.add_alternative("<p>The vase came broken. I want my money back.</p><img src=cid:photo>", subtype="html")
    written.get_payload()[1].add_related(PNG, "image", "png", cid="<photo>", filename="vase.png")
    post.lies_there(written)
    post.asks()
    assert VASE in post.said()


def test_kind_letter_leaves_no_bytes_behind(post: Post) -> None:
    post.comes(("party.png", PNG), words="Thank you, the vase is wonderful and my mother loves it!")
    assert (post.stage.practice.messages("card"), post.rows()) == ([], [])


# Whatever happens between two steps


class _Killed(BaseException):
    """The process is gone: nothing behind this line is done."""


@pytest.mark.parametrize("at", ["begun", "sent", "completed", "uploaded", "shown"])
def test_process_killed_at_each_step_shows_it_once(post: Post, at: str, monkeypatch: pytest.MonkeyPatch) -> None:
    post.comes(("vase.png", PNG))
    stage, store = post.stage, attach.attached
    writes = stage.world.slack.writes
    of = {
        "begun": (store, "begun"),
        "sent": (stage.world.slack, "send_bytes"),
        "completed": (writes, "files_completeUploadExternal"),
        "uploaded": (store, "uploaded"),
        "shown": (store, "show"),
    }
    room, name = of[at]
    real = getattr(room, name)

    def done_and_killed(*arguments: object, **named: object) -> None:
        real(*arguments, **named)
        raise _Killed

    monkeypatch.setattr(room, name, done_and_killed)
    with pytest.raises(_Killed):
        post.asks()
    monkeypatch.undo()
    stage.is_down(minutes=3)
    stage.pass_time(seconds=30, step=SECOND)
    assert post.said().count(VASE) == 1
    assert post.files() == ["vase.png"]
    assert post.rows() == [("shown", False, True)]


@pytest.mark.few(1)
@pytest.mark.parametrize("method", STEPS)
def test_lost_answer_to_a_step_shows_it_once(post: Post, method: str) -> None:
    post.comes(("vase.png", PNG))
    post.stage.practice.faults.drop_after(method)
    post.asks()
    post.stage.pass_time(minutes=3, step=timedelta(seconds=5))
    assert (post.said().count(VASE), post.files()) == (1, ["vase.png"])


@pytest.mark.few(1)
@pytest.mark.parametrize("method", ["files.getUploadURLExternal", "files.completeUploadExternal"])
def test_refused_for_its_pace_it_comes_later(post: Post, method: str) -> None:
    post.comes(("vase.png", PNG))
    post.stage.practice.faults.rate_limit(method, retry_after=30)
    post.asks()
    assert "vase.png: on the way into Slack." in post.said()
    post.stage.pass_time(seconds=60, step=SECOND)
    assert VASE in post.said()


@pytest.mark.long
def test_post_of_unknown_fate_is_found_and_shown_once(post: Post) -> None:
    post.comes(("vase.png", PNG))
    post.stage.practice.faults.drop_after("chat.postMessage")
    post.asks()
    post.stage.pass_time(minutes=3, step=timedelta(seconds=5))
    assert post.said().count(VASE) == 1


# What Slack refuses


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("missing_scope", "the app needs the scopes files:write and files:read"),
        ("file_upload_size_restricted", "takes no files of this size"),
        ("file_uploads_disabled", "takes no files from anybody"),
        ("storage_limit_reached", "has no room for files left"),
    ],
)
def test_refusal_is_told_in_the_thread_and_can_be_tried_again(post: Post, word: str, told: str) -> None:
    post.comes(("vase.png", PNG))
    post.stage.practice.faults.refuse("files.getUploadURLExternal", word)
    post.asks()
    assert told in post.said()
    assert post.rows() == [("refused", True, False)]
    post.asks("ben")
    assert VASE in post.said()


def uploaded(post: Post) -> None:
    """Slack has it, and its message is owed with it."""
    post.stage.person("ana").click(post.stage.card(), "show_attachments")
    while post.rows()[0][0] != "shown":
        post.stage.practice.clock.jump(SECOND)
        attach.attach_files(post.stage.world)


def test_picture_that_slack_will_not_show_leaves_its_message(post: Post) -> None:
    post.comes(("vase.png", PNG))
    uploaded(post)
    post.stage.practice.faults.refuse("chat.update", "invalid_blocks")
    post.stage.pass_time(seconds=30, step=SECOND)
    assert "vase.png: cannot be shown here. Slack does not take it for a picture" in post.said()
    assert "show_attachments" in buttons(post.stage.card())
    post.asks()
    assert VASE in post.said()
    assert post.files() == ["vase.png"]


def test_file_that_slack_does_not_attach_is_told_of(post: Post) -> None:
    post.comes(("bill.pdf", PDF))
    uploaded(post)
    for file in post.stage.practice.workspace.files.values():
        file.completed = False
    post.stage.pass_time(seconds=30, step=SECOND)
    assert "bill.pdf: cannot be shown here. Slack has taken it and does not attach it" in post.said()


@pytest.mark.long
def test_message_that_somebody_deleted_stays_away_until_asked_for(post: Post) -> None:
    post.comes(("vase.png", PNG))
    post.asks()
    (message,) = post.shown()
    post.stage.person("lea").remove(message)
    post.stage.pass_time(minutes=2)
    assert post.shown() == []
    post.stage.person("ana").click(post.stage.card(), "claim")  # the card is drawn anew
    post.asks()
    assert (post.said().count(VASE), post.files()) == (1, ["vase.png"])


# Erased with the words


def forgotten(stage: Stage) -> forgetting.Receipt:
    receipt = forgetting.forget(stage.world.store, "tom@example.org", stage.now)
    assert receipt is not None
    stage.pass_time(minutes=3, step=timedelta(seconds=5))
    return receipt


@pytest.mark.long
def test_forgetting_takes_the_file_out_of_the_thread_and_out_of_slack(post: Post) -> None:
    post.comes(("vase.png", PNG), ("bill.pdf", PDF))
    post.asks()
    assert forgotten(post.stage).files == 2
    assert (post.files(), post.rows()) == ([], [])
    assert post.said().endswith("has been erased, or belongs to another case now.")


@pytest.mark.long
def test_forgetting_erases_bytes_that_nobody_has_looked_at(post: Post) -> None:
    post.comes(("vase.png", PNG))
    assert (forgotten(post.stage).files, post.rows(), post.files()) == (1, [], [])


@pytest.mark.long
def test_forgotten_while_it_is_being_sent_it_goes_all_the_same(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    post.comes(("vase.png", PNG))
    stage = post.stage
    real = stage.world.slack.send_bytes

    def meanwhile(address: str, content: bytes) -> None:
        forgetting.forget(stage.world.store, "tom@example.org", stage.now)
        real(address, content)

    monkeypatch.setattr(stage.world.slack, "send_bytes", meanwhile)
    post.asks()
    stage.pass_time(minutes=5, step=timedelta(seconds=10))
    assert (post.rows(), post.files()) == ([], [])


def test_deletion_is_tried_until_slack_has_deleted(post: Post) -> None:
    post.comes(("vase.png", PNG))
    post.asks()
    post.stage.practice.faults.refuse("files.delete", "internal_error", count=3)
    forgotten(post.stage)
    post.stage.pass_time(minutes=5, step=timedelta(seconds=10))
    assert (post.rows(), post.files()) == ([], [])


# Bounds


@pytest.mark.long
def test_case_keeps_no_more_than_it_has_room_for(post: Post) -> None:
    many = [(f"{number}.png", PNG) for number in range(9)]
    post.comes(*many)
    assert len(post.rows()) == 5


# Where the card has no buttons, or is shared


def menu(message: Message) -> str:
    """Every choice of its menus, with what each would do."""
    return json.dumps([block.get("accessory") for block in message.blocks])


def test_picture_of_a_closed_case_is_shown_from_its_menu(post: Post) -> None:
    post.comes(("vase.png", PNG))
    ana = post.stage.person("ana")
    ana.command("/case", "dismiss 1")
    ana.choose(post.stage.card(), "more", "Show attachments")
    post.stage.pass_time(seconds=10, step=SECOND)
    assert VASE in post.said()
    assert "Show attachments" not in menu(post.stage.card())


@pytest.mark.parametrize("ended", [False, True])
def test_picture_of_a_case_that_shares_a_card_brings_it_out(stage: Stage, server: ImapServer, ended: bool) -> None:
    post = Post(stage, server, flood={"cards": 1, "within": "10m"})
    post.comes()
    post.comes(("bowl.png", PNG), words="The bowl came in pieces. I want my money back.", who="Ann <ann@example.org>")
    assert [payload(card)["case"] for card in stage.practice.messages("card")] == [1]
    ana = stage.person("ana")
    if ended:
        ana.command("/case", "dismiss 2")
    ana.click(ana.command("/case", "show 2"), "show_attachments")
    stage.pass_time(seconds=10, step=SECOND)
    assert "comes in the thread of its card" in ana.sees()[-1]
    assert "[image: bowl.png" in "".join(map(plain, stage.practice.thread(stage.card(2))))
    assert "show_attachments" not in buttons(ana.command("/case", "show 2"))
