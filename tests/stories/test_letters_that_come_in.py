"""The customer answers a letter, or somebody writes to the team's mailbox: it joins its case, or is feedback like any other."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
from sqlalchemy.exc import OperationalError

from cases.letters.letter import LetterState
from cases.model import Customer, Grade, Status
from handlers.feedback.tally import in_words, letters_taken
from handlers.letters import inbox
from handlers.letters.listen import listen
from handlers.letters.look import Mailbox
from handlers.terminal.sources_desk import listed
from sandbox.people.reading import plain
from store import letters
from tests.cases.letters.test_returned import BOUNCED
from tests.elapsing import PATIENCE, until
from tests.imap_server import ImapServer
from tests.mail_server import MailServer
from tests.stories.mailbox import composed, look, read_from_now_on, server
from tests.stories.stage import Stage, policy
from tests.stories.test_answered_elsewhere import TO_PRIYA
from tests.stories.test_sending import approve

__all__ = ["server"]  # a fixture

PRIYA = "Priya Nair <priya@example.org>"


@dataclass
class Post:
    """A case of Priya's whose reply was sent, and the inbox that her answers come to."""

    stage: Stage
    server: ImapServer
    mailbox: Mailbox
    inbox: str

    @property
    def ours(self) -> letters.Letter:
        sent = self.stage.world.store.read(lambda tx: letters.latest(tx, 1))
        assert sent is not None
        return sent

    def comes(self, words: str, *, by: str = PRIYA, to: str = "care@shop.example", **headers: str) -> None:
        self.stage.jump(timedelta(minutes=1))
        written = composed(self.stage.now, From=by, To=to, **headers)
        written.set_content(words)
        self.server.put(self.inbox, written, self.stage.now)
        look(self.stage, self.mailbox)


@pytest.fixture
def post(stage: Stage, server: ImapServer) -> Iterator[Post]:
    with MailServer() as smtp:
        inbox, mailbox = read_from_now_on(stage, server, smtp_url=smtp.url)
        stage.receives(external_id="f-1", customer={"name": "Priya Nair", "email": "priya@example.org"})
        ana = stage.person("ana")
        ana.click(stage.card(), "claim")
        approve(stage, ana, TO_PRIYA)
        ana.click(stage.draft(), "send")
        stage.pass_time(step=timedelta(seconds=30), minutes=2)
        yield Post(stage, server, mailbox, inbox)


def count(stage: Stage) -> int:
    return len(stage.practice.messages("card"))


@pytest.mark.long
def test_what_lay_in_the_mailbox_before_is_left_alone(post: Post) -> None:
    assert count(post.stage) == 1


def test_answer_joins_its_case_and_waits_for_us(post: Post) -> None:
    post.comes("Could you come at five instead?", to=f"care+{post.ours.token}@shop.example")
    case = post.stage.case()
    assert (count(post.stage), case.status, len(case.feedback)) == (1, Status.CLAIMED, 2)
    assert "Could you come at five instead?" in "\n".join(post.stage.in_thread())
    assert (post.stage.card().metadata or {})["event_payload"]["evidence"] == "answered"


@pytest.mark.long
def test_mere_thanks_wait_for_nobody(post: Post) -> None:
    post.comes("Thank you so much, Ana!", to=f"care+{post.ours.token}@shop.example")
    case = post.stage.case()
    assert (case.status, case.evidence) == (Status.CONTACTED, Grade.ANSWERED)


@pytest.mark.long
def test_answer_from_another_address_is_known_by_its_token(post: Post) -> None:
    post.comes("It is still not here.", by="bro@example.org", to=f"care+{post.ours.token}@shop.example")
    assert (count(post.stage), post.stage.case().status) == (1, Status.CLAIMED)
    assert "another address than the one we wrote to; not verified" in plain(post.stage.card())
    assert "bro@example.org" not in plain(post.stage.card())


@pytest.mark.long
def test_answer_is_known_by_the_letter_it_follows(post: Post) -> None:
    post.comes("It is still not here.", by="bro@example.org", In_Reply_To=post.ours.message_id)
    assert len(post.stage.case().feedback) == 2


@pytest.mark.long
def test_strangers_complaint_is_feedback_like_any_other(post: Post) -> None:
    post.comes("The soup was cold and nobody came. I want my money back.", by="Tom <tom@example.org>")
    assert count(post.stage) == 2
    assert post.stage.case(2).feedback[0].source == "e-mail"
    post.comes("Do you open on Sundays?", by="Eva <eva@example.org>")
    assert count(post.stage) == 2


@pytest.mark.long
def test_copy_of_a_colleagues_letter_is_no_customers(post: Post) -> None:
    post.comes(
        "I am so sorry, this was terrible.",
        by="Ana <ana@shop.example>",
        to="priya@example.org",
        Cc="care@shop.example",
        In_Reply_To=post.ours.message_id,
    )
    assert (count(post.stage), len(post.stage.case().feedback)) == (1, 1)


@pytest.mark.long
def test_customers_other_address_is_none_of_a_stranger(post: Post) -> None:
    """She wrote from another one since; the letter had gone to the first."""
    for address in ("priya@example.org", "priya@work.example", "priya@example.org"):
        post.comes("It is still not here.", by=f"Priya Nair <{address}>", to=f"care+{post.ours.token}@shop.example")
        assert "not verified" not in plain(post.stage.card())
        post.stage.receives(
            external_id="f-1", customer={"name": "Priya Nair", "email": "priya@work.example"}, comment="It is late!"
        )


@pytest.mark.long
def test_who_is_known_by_the_address_alone_is_not_verified(post: Post) -> None:
    post.comes("It is still not here.")
    assert "not verified: known by the address alone" in plain(post.stage.card())


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("by", "results"),
    [
        (PRIYA, "mx.shop.example; dmarc=fail header.from=example.org"),
        ("bro@example.org", "mx.shop.example; dmarc=pass header.from=example.org"),
    ],
)
@pytest.mark.parametrize("words", ["It is still not here, and I am furious.", "All is well now, thank you!"])
def test_letter_of_a_sender_in_doubt_is_heard_and_proves_no_answer(
    post: Post, by: str, results: str, words: str
) -> None:
    mine = policy(mail={"inbox": [post.inbox], "sent": ["none"], "authserv_id": "mx.shop.example"})
    post.stage.restart(policy=mine)
    post.comes(words, by=by, In_Reply_To=post.ours.message_id, Authentication_Results=results)
    case = post.stage.case()
    assert len(case.feedback) == 2
    assert "not verified" in plain(post.stage.card())
    assert (case.wrote_back, case.proof in (None, Grade.SEEN)) == (False, True)


@pytest.mark.long
def test_case_whose_customer_wrote_back_ends_once_they_are_answered(post: Post) -> None:
    post.comes("Could you come at five instead?", to=f"care+{post.ours.token}@shop.example")
    ana = post.stage.person("ana")
    told = plain(ana.command("/case", "close 1 won back"))
    assert "has written back and waits for our answer" in told
    assert "not been contacted" not in told
    ana.command("/case", "close 1 won back, they said so promise kept")  # the letter had promised a call
    assert post.stage.case().status is Status.CLOSED


GROUP = {"List_Id": "<care.shop.example>", "List_Unsubscribe": "<mailto:leave@groups.example>", "Precedence": "list"}


@pytest.mark.long
def test_complaint_by_way_of_the_teams_own_group_opens_a_case(post: Post) -> None:
    post.comes(
        "The soup was cold and nobody came. I want my money back.",
        by="'Tom Vale' via Care <care@shop.example>",
        X_Original_From="Tom Vale <tom@example.org>",
        **GROUP,
    )
    assert count(post.stage) == 2
    assert post.stage.case(2).customer == Customer("Tom Vale", "tom@example.org")


def test_what_is_passed_over_is_counted_and_can_be_found(post: Post) -> None:
    post.comes("Our new vases.", by="News <news@vendor.example>", List_Id="<n.vendor.example>")
    post.comes("I am away.", Auto_Submitted="auto-replied")
    post.comes("It is still not here.", In_Reply_To=post.ours.message_id)
    tally = post.stage.world.store.read(letters_taken)["e-mail"]
    said = "\n".join(in_words(tally, post.stage.world.policy, post.stage.now))
    assert "3 letters of late: 1 joined a case" in said
    assert re.search(r"passed over once since .*, last .* ago \(<.+@.+>\): a list that is not ours", said)
    assert re.search(r"passed over once .* ago \(<.+@.+>\): an answer that nobody wrote", said)
    shown = "\n".join(listed(post.stage.world.policy, {}, {}, {}, post.stage.now, {"e-mail": tally}))
    assert said.split("\n")[1] in shown


def test_customers_letter_that_a_strange_list_carried_is_kept_and_the_lead_hears(post: Post) -> None:
    post.comes("It is still not here.", List_Id="<n.example>")
    post.stage.pass_time(minutes=1)
    (told,) = post.stage.practice.messages("notice")
    assert "lies in the mailbox" in plain(told)
    answered = {"List_Id": "<n.example>", "In_Reply_To": post.ours.message_id}
    post.comes("It is still not here, I say.", **answered)
    assert len(post.stage.case().feedback) == 2


def test_broken_database_loses_no_letter(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_: object) -> None:
        raise OperationalError("BEGIN", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr(inbox, "arrived", away)
        post.comes("It is still not here.")
    post.comes("Are you there?")
    assert [said.comment for said in post.stage.case().feedback[1:]] == ["It is still not here.", "Are you there?"]


@pytest.mark.few(1)
@pytest.mark.parametrize(
    "headers", [{"Auto_Submitted": "auto-replied"}, {"List_Id": "<n.example>"}, {"From": "care@shop.example"}]
)
def test_machines_and_our_own_letters_open_nothing(post: Post, headers: dict[str, str]) -> None:
    by = headers.pop("From", PRIYA)
    post.comes("I am away until Monday. This is terrible.", by=by, **headers)
    case = post.stage.case()
    assert (count(post.stage), case.status, len(case.feedback)) == (1, Status.CONTACTED, 1)


def comes_back(post: Post, name: str) -> None:
    told = BOUNCED.format(action="failed").replace("<ours@shop.example>", name)
    written = composed(post.stage.now)
    written.as_bytes = lambda *_, **__: told.encode()  # type: ignore[method-assign]
    post.server.put(post.inbox, written, post.stage.now)
    post.stage.jump(timedelta(minutes=1))
    look(post.stage, post.mailbox)


@pytest.mark.long
def test_letter_that_came_back_was_no_contact(post: Post) -> None:
    comes_back(post, post.ours.message_id)
    case = post.stage.case()
    assert (case.status, case.evidence, len(case.tries)) == (Status.CLAIMED, None, 1)
    assert post.ours.state is LetterState.REFUSED
    assert "550 5.1.1 no such user" in plain(post.stage.draft())
    assert any("came back" in said for said in post.stage.in_thread())


def test_nobody_says_of_a_letter_they_do_not_know_that_it_came_back(post: Post) -> None:
    """The address of a customer is no secret; the name of a letter to them is."""
    comes_back(post, "<guessed@shop.example>")
    case = post.stage.case()
    assert (case.status, case.evidence, case.tries) == (Status.CONTACTED, Grade.SEEN, ())


@pytest.mark.long
def test_same_letter_is_heard_once_whatever_is_forgotten(post: Post) -> None:
    """The place in the folder is lost, as by a kill between the letter and its note."""
    post.comes("It is still not here.")
    before = post.stage.history()
    post.stage.world.store.write(
        lambda tx: [facts_of(tx, name) for name in _places(tx)]  # the next look begins at the first letter
    )
    post.stage.jump(timedelta(minutes=1))
    look(post.stage, post.mailbox)
    assert post.stage.history() == before


def test_folder_that_numbers_anew_loses_no_letter(post: Post) -> None:
    post.comes("It is still not here.")
    post.stage.world.store.write(lambda tx: [_numbered_anew(tx, name) for name in _places(tx)])
    post.comes("Are you there?")
    assert [said.comment for said in post.stage.case().feedback[1:]] == ["It is still not here.", "Are you there?"]


def test_mailbox_rings_when_a_letter_comes(post: Post, server: ImapServer) -> None:
    rung: list[int] = []
    waits = threading.Thread(target=lambda: rung.append(_listened(post)))
    post.mailbox.looked_at = post.stage.now
    waits.start()
    until(lambda: _rings(post) or not waits.is_alive())
    waits.join(PATIENCE)
    assert rung == [1]
    assert post.mailbox.looked_at < post.stage.now - timedelta(days=1)


def _listened(post: Post) -> int:
    """A letter in the instant in which listening begins makes the library give up, and the next look finds it: listen again."""
    for _ in range(20):
        post.mailbox.listens_from = post.stage.now
        if rung := listen(post.stage.world, post.mailbox, longest=PATIENCE):
            return rung
    return 0


def _rings(post: Post) -> bool:
    """Letters go on coming until one of them is heard: nobody sees from outside when the server begins to listen."""
    post.server.put(post.inbox, composed(post.stage.now, From="x@example.org"), post.stage.now)
    return False


@pytest.mark.long
def test_renamed_folder_is_told_of_once(post: Post, caplog: pytest.LogCaptureFixture) -> None:
    post.stage.restart(policy=policy(mail={"inbox": [post.inbox, "Renamed"], "sent": ["none"]}))
    for _ in range(2):
        post.comes("Are you there?")
    told = [record.getMessage() for record in caplog.records if "has no folder Renamed" in record.getMessage()]
    assert len(told) == 1


@pytest.mark.long
def test_server_that_cannot_ring_is_left_in_peace(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("handlers.letters.listen.offers", lambda *_: False)
    assert listen(post.stage.world, post.mailbox) == 0
    assert post.mailbox.listens_from > post.stage.now


def _numbered_anew(tx: letters.Tx, name: str) -> None:
    from store import facts

    facts.remember(tx, name, {**facts.recall(tx, name), "numbering": 1, "next": 10_000})


def _places(tx: letters.Tx) -> list[str]:
    return [name for name in tx.scalars(letters.select(letters.t.facts.c.name)) if name.startswith("inbox:")]


def facts_of(tx: letters.Tx, name: str) -> None:
    from store import facts

    known = facts.recall(tx, name)
    facts.remember(tx, name, {**known, "next": 2})
