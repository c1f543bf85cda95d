"""Mailboxes that are not as the textbook has them: what their servers leave out, refuse, or name in their own way."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date

import pytest
import trustme

from handlers.letters.imap import INBOX, SENT, Away, Imap, arrived_since, folders, heads, state_of

USUAL = {
    "CAPABILITY": "* CAPABILITY IMAP4rev1",
    "LIST": '* LIST (\\HasNoChildren) "/" INBOX',
    "STATUS": "* STATUS x (UIDVALIDITY 7 UIDNEXT 12)",
    "EXAMINE": "* 2 EXISTS",
    "UID SEARCH": "* SEARCH 10 11",
    "UID FETCH": "",
    "LOGOUT": "* BYE",
}


@contextmanager
def mailbox(**says: str) -> Iterator[Imap]:
    """A server that says the usual, or else this: lines of its own, and NO where they begin so."""
    answers: Mapping[str, str] = USUAL | {name.replace("_", " "): said for name, said in says.items()}

    class Line(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.wfile.write(b"* OK here\r\n")
            for line in self.rfile:
                tag, said = line.decode().split(" ", 1)
                told = next((answers[name] for name in sorted(answers, reverse=True) if said.startswith(name)), "")
                if told.startswith("NO"):
                    self.wfile.write(f"{tag} {told}\r\n".encode())
                else:
                    own = "".join(f"{each}\r\n" for each in told.split("\n") if each)
                    self.wfile.write(f"{own}{tag} OK done\r\n".encode())

    with serving(Line) as port:
        yield Imap(f"imap://care:secret@127.0.0.1:{port}", patience=5)


@contextmanager
def serving(line: type[socketserver.BaseRequestHandler]) -> Iterator[int]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), line) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield int(server.server_address[1])
        server.shutdown()


def test_certificate_of_nobody_we_trust_is_told_of() -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)

    class Line(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):
                context.wrap_socket(self.request, server_side=True)

    with serving(Line) as port, pytest.raises(Away, match="its certificate cannot be trusted"):  # noqa: SIM117
        with Imap(f"imaps://care:secret@127.0.0.1:{port}", patience=5).opened():
            pass


@pytest.mark.parametrize(
    ("listed", "named", "otherwise", "found"),
    [
        ('* LIST () "/" Inbox', ["INBOX"], INBOX, ["Inbox"]),
        ('* LIST (\\sent) "/" "[Gmail]/Gesendet"', ["Sent"], SENT, ["[Gmail]/Gesendet"]),
        ('* LIST () "." "Gesendete Objekte"\n* LIST () "." Entw&APw-rfe', ["Entwürfe"], SENT, ["Entwürfe"]),
        ('* LIST () "/" sent', ["Sent"], SENT, []),
    ],
)
def test_folders_are_found_as_servers_name_them(
    listed: str, named: list[str], otherwise: str, found: list[str]
) -> None:
    with mailbox(LIST=listed) as imap, imap.opened() as box:
        assert folders(box, named, otherwise) == found


def test_next_number_that_is_left_out_is_counted() -> None:
    with mailbox(STATUS="* STATUS x (UIDVALIDITY 7)") as imap, imap.opened() as box:
        assert state_of(box, "INBOX") == (7, 12)


def test_answer_that_is_none_is_a_mailbox_out_of_reach() -> None:
    with mailbox(STATUS="* STATUS x ()") as imap, pytest.raises(Away), imap.opened() as box:
        state_of(box, "INBOX")


def test_letter_that_is_refused_at_present_is_not_passed_over() -> None:
    with mailbox(UID_FETCH="NO try later") as imap, pytest.raises(Away), imap.opened() as box:
        list(arrived_since(box, "INBOX", 10, 5))


def test_letter_whose_words_are_refused_is_known_by_its_head() -> None:
    head = "From: priya@example.org"
    fetched = {
        "UID FETCH 10 (RFC822.SIZE)": "* 1 FETCH (UID 10 RFC822.SIZE 99)",
        "UID FETCH 10 (BODY.PEEK[])": "NO it is broken",
    }
    fetched |= {"UID FETCH 10 (BODY.PEEK[HEADER])": f"* 1 FETCH (UID 10 BODY[HEADER] {{{len(head)}}}\n{head})"}
    with mailbox(UID_SEARCH="* SEARCH 10", **fetched) as imap, imap.opened() as box:
        ((number, content, left_out),) = arrived_since(box, "INBOX", 10, 5)
    assert (number, left_out) == (10, 99)
    assert content == head.encode()


def test_latest_letters_are_looked_through_where_there_are_many() -> None:
    found = " ".join(map(str, range(1, 1001)))
    head = "To: priya@example.org"
    fetched = {f"UID FETCH {each} ": f"* 1 FETCH (UID {each} BODY[HEADER] {{{len(head)}}}\n{head})" for each in [1000]}
    with mailbox(UID_SEARCH=f"* SEARCH {found}", **fetched) as imap, imap.opened() as box:
        seen = list(heads(box, "Sent", ["priya@example.org"], date(2026, 1, 5)))
    assert [each["to"] for each in seen] == ["priya@example.org"]
