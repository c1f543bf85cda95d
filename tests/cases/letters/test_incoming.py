"""Letters as they come in: whose they are, what they answer, and which are none of a person's."""

from __future__ import annotations

from email.message import EmailMessage
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.arrivals.meaning import meant
from cases.arrivals.told import Told
from cases.letters.incoming import Automatic, Incoming, Team, read_letter
from cases.letters.returned import Bounce

HEADERS = {
    "From": "Priya Nair <Priya@example.org>",
    "To": "Hearth <care+00112233445566778899@shop.example>",
    "Subject": "Re: Your box",
    "Date": "Mon, 05 Jan 2026 11:00:00 +0000",
    "Message-ID": "<theirs@mail.example>",
    "In-Reply-To": "<ours@shop.example>",
    "References": "<first@shop.example> <ours@shop.example>",
}
ANSWER = "The second box is broken too.\n\nOn Mon, 5 Jan 2026, Hearth <care@shop.example> wrote:\n> Dear Priya,\n> I am sorry.\n"


def letter(body: str = ANSWER, **headers: str) -> EmailMessage:
    written = EmailMessage()
    for name, value in (HEADERS | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            written[name] = value
    written.set_content(body)
    return written


def read(written: EmailMessage) -> Incoming:
    found = read_letter(written.as_bytes())
    assert isinstance(found, Incoming)
    return found


def comment(found: Incoming, customer: str | None = None) -> Any:
    return meant(list(found.answers([customer] if customer else [])), Told("e-mail")).feedback


def test_answer_is_known_by_token_and_by_what_it_follows() -> None:
    found = read(letter())
    assert (found.address, found.tags, found.name) == (
        "priya@example.org",
        ("00112233445566778899",),
        "<theirs@mail.example>",
    )
    assert found.follows == ("<ours@shop.example>", "<first@shop.example>")


def test_only_the_new_words_are_the_customers() -> None:
    said = comment(read(letter()))
    assert said.comment == "The second box is broken too."
    assert (said.customer.email, said.external_id) == ("Priya@example.org", "<theirs@mail.example>")
    assert said.subject == "Re: Your box"


def test_other_sender_of_an_answer_is_shown_and_not_believed() -> None:
    said = comment(read(letter(From="Her Brother <bro@example.org>")), "priya@example.org")
    assert said.customer.email == "priya@example.org"
    assert ("Sent from", "Her Brother <bro@example.org>") in said.also_answered


@pytest.mark.parametrize(
    ("proven", "is_known", "told"),
    [
        (False, False, "not verified: our mail server doubts the address"),
        (False, True, "not verified: our mail server doubts the address"),
        (None, True, "not verified: known by the address alone"),
        (None, False, None),
        (True, True, None),
    ],
)
def test_sender_who_is_not_proven_is_shown_so(proven: bool | None, is_known: bool, told: str | None) -> None:
    said = meant(list(read(letter()).answers(proven=proven, is_known=is_known)), Told("e-mail")).feedback
    assert dict(said.also_answered).get("Sender") == told


def test_only_the_topmost_word_on_the_sender_is_kept() -> None:
    written = letter()
    for each in ("mx.shop.example; dmarc=none", "mx.shop.example; dmarc=pass"):
        written["Authentication-Results"] = each
    assert read(written).results == "mx.shop.example; dmarc=none"


@pytest.mark.parametrize(
    ("header", "tags", "about"),
    [
        ({"To": "care+8812@shop.example", "Delivered-To": "care+8812@shop.example"}, ("8812",), "8812"),
        ({"To": "her+shop@example.org"}, ("shop",), ""),
        ({"To": "x@example.org", "Delivered-To": "care+3-00112233aabbccdd@shop.example"}, ("3-00112233aabbccdd",), ""),
        (
            {"To": "x@example.org", "Received": "from a by b for <care+3-00112233aabbccdd@shop.example>; Mon"},
            ("3-00112233aabbccdd",),
            "",
        ),
    ],
)
def test_tags_of_the_addresses_it_came_to_are_known(header: dict[str, str], tags: tuple[str, ...], about: str) -> None:
    found = read(letter(**header))
    assert (found.tags, found.about) == (tags, about)


def test_nearest_of_many_letters_is_the_one_that_is_answered() -> None:
    before = " ".join(f"<{number}@shop.example>" for number in range(3000))
    found = read(letter(**{"In-Reply-To": "", "References": before}))
    assert found.follows[:2] == ("<2999@shop.example>", "<2998@shop.example>")


def test_answer_that_speaks_of_passing_on_is_the_customers_own() -> None:
    body = "I have forwarded this to my lawyer.\n\nFrom: Hearth <care@shop.example>\nSent: Monday\n\nDear Priya, I am sorry.\n"
    said = comment(read(letter(body)), "priya@example.org")
    assert (said.customer.email, said.comment) == ("Priya@example.org", "I have forwarded this to my lawyer.")


TEAM = Team("care@shop.example")


@pytest.mark.parametrize(
    ("sender", "to", "cc", "is_copy"),
    [
        ("Care@shop.example", "care@shop.example", "", True),
        ("care+1@shop.example", "priya@example.org", "", True),
        ("ana@shop.example", "priya@example.org", "", True),
        ("ana@shop.example", "undisclosed-recipients:;", "", True),
        ("ana@shop.example", "Hearth <care+00112233445566778899@shop.example>", "", False),
        ("ana@shop.example", "Hearth <care+00112233445566778899@shop.example>, priya@example.org", "", True),
        ("ana@shop.example", "care@shop.example", "priya@example.org", True),
        ("ana@shop.example", "care@shop.example", "ben@shop.example", False),
        ("ana@shop.example", "ben@shop.example", "care@shop.example", True),
        ("priya@example.org", "her@example.org", "", False),
        ("ana@fakeshop.example", "priya@example.org", "", False),
    ],
)
def test_letters_of_colleagues_to_others_are_the_teams(sender: str, to: str, cc: str, is_copy: bool) -> None:
    assert read(letter(From=sender, To=to, Cc=cc)).is_copy_for(TEAM) is is_copy


@pytest.mark.parametrize(
    ("team", "address", "has"),
    [
        (TEAM, "ana@shop.example", True),
        (TEAM, "ana@sub.shop.example", False),
        (Team("care@gmail.example", ("ana@gmail.example",)), "ana@gmail.example", True),
        (Team("care@gmail.example", ("ana@gmail.example",)), "priya@gmail.example", False),
        (Team("care@gmail.example", ("@shop.example",)), "ben@shop.example", True),
        (Team("care@gmail.example", ("@shop.example",)), "care+1@gmail.example", True),
        (Team(), "x@", False),
        (Team(), "", False),
    ],
)
def test_colleagues_are_those_who_are_named(team: Team, address: str, has: bool) -> None:
    assert team.has(address) is has


def test_who_writes_in_the_teams_own_form_is_the_sender() -> None:
    form = {"From": "care@shop.example", "To": "care@shop.example", "Reply-To": "Priya <priya@example.org>"}
    assert read(letter(**form)).of_writer(TEAM).address == "priya@example.org"
    assert read(letter(**form | {"To": "tom@example.org"})).of_writer(TEAM).address == "care@shop.example"
    assert read(letter(**form | {"Reply-To": "care+1@shop.example"})).of_writer(TEAM).address == "care@shop.example"


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto-Submitted": "auto-replied"},
        {"Precedence": "auto_reply"},
        {"List-Id": "<news.example>"},
        {"List-Unsubscribe": "<https://news.example/u>"},
        {"From": "MAILER-DAEMON@mail.example"},
        {"Return-Path": "<>"},
    ],
)
def test_letters_of_no_person_are_none(headers: dict[str, str]) -> None:
    assert isinstance(read_letter(letter(**headers).as_bytes()), Automatic)


def test_letter_of_nobody_is_still_somebodys_words() -> None:
    said = comment(read(letter(From="")))
    assert (said.customer.email, said.comment) == (None, "The second box is broken too.")


def test_html_alone_is_read_as_it_is_seen() -> None:
    written = letter()
    written.set_content("<p>The soup was <b>cold</b>.</p><blockquote>I am sorry</blockquote>", subtype="html")
    assert comment(read(written)).comment == "The soup was cold."


def test_attachments_are_named_with_kind_and_size() -> None:
    written = letter()
    written.add_attachment(b"x" * 120_000, maintype="image", subtype="jpeg", filename="soup.jpg")
    written.add_attachment(letter("inner"))
    assert dict(comment(read(written)).also_answered)["Attached"] == (
        "soup.jpg (image/jpeg, 120 kB); unnamed (message/rfc822, 1 kB)"
    )


def test_pictures_that_only_adorn_a_letter_are_passed_over() -> None:
    written = letter()
    written.add_alternative("<p>Broken <img src='cid:logo'><img src='cid:photo'></p>", subtype="html")
    html = written.get_payload()[1]  # type: ignore[index]
    for name, size in (("logo", 900), ("photo", 90_000)):
        html.add_related(b"\x89PNG\r\n\x1a\n" + b"x" * size, "image", "png", cid=f"<{name}>", filename=f"{name}.png")  # type: ignore[union-attr]
    assert dict(comment(read(written)).also_answered)["Attached"] == "photo.png (image/png, 90 kB)"


@pytest.mark.parametrize(
    ("sender", "address"),
    [
        ("Priya <priya@example.org>, Mallory <mallory@evil.example>", ""),
        ("Priya <priya@example.org>, PRIYA@example.org", "priya@example.org"),
        ('"Nair, Priya" <priya@example.org>', "priya@example.org"),
    ],
)
def test_letter_of_two_senders_is_nobodys(sender: str, address: str) -> None:
    content = letter(From="").as_bytes()
    found = read_letter(f"From: {sender}\n".encode() + content)
    assert isinstance(found, Incoming)
    assert found.address == address
    said = comment(found)
    assert (said.customer.email is None) is (not address)
    assert (dict(said.also_answered).get("Sender") is None) is bool(address)


@pytest.mark.parametrize(("author", "is_passed_on"), [("tom@example.org", True), ("ben@shop.example", False)])
def test_customers_letter_that_a_colleague_encloses_is_theirs(author: str, is_passed_on: bool) -> None:
    written = letter("See below.", From="ana@shop.example", To="care@shop.example")
    written.add_attachment(letter("The cake was stale.", From=author))
    found = read(written).passed_on(Team("care@shop.example", ("@shop.example",)))
    assert (found is not None and comment(found).comment == "The cake was stale.") is is_passed_on


@pytest.mark.parametrize(("method", "is_read"), [("REPLY", False), ("REQUEST", False), ("PUBLISH", True)])
def test_click_in_a_calendar_is_no_answer(method: str, is_read: bool) -> None:
    written = letter("Declined: your call.")
    written.add_attachment(f"BEGIN:VCALENDAR\r\nMETHOD:{method}\r\n", subtype="calendar")
    assert isinstance(read_letter(written.as_bytes()), Incoming) is is_read


BROKEN = {
    "nested a thousand deep": b"From: a@example.org\r\n"
    + b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (number, number) for number in range(1000)
    ),
    "no charset of this world": b"From: a@example.org\r\nContent-Type: text/plain; charset=klingon\r\n\r\nThe soup was cold",
    "wrong charset": b"From: a@example.org\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDie Suppe war k\xe4lter",
    "line break in From": b"From: a@example.org\r\n b\r\n\tc\r\n\r\nThe soup was cold",
    "date of 1970": b"From: a@example.org\r\nDate: Thu, 1 Jan 1970 00:00:00 +0000\r\n\r\nThe soup was cold",
    "no head": b"\r\n\r\nThe soup was cold",
    "nothing": b"",
    "zeros": b"\0" * 5000,
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=list(BROKEN))
def test_broken_letters_break_nothing(content: bytes) -> None:
    found = read_letter(content)
    assert isinstance(found, Incoming | Automatic)


def test_words_at_the_bottom_of_a_thousand_boxes_are_found() -> None:
    found = read_letter(
        BROKEN["nested a thousand deep"] + b"Content-Type: text/plain\r\n\r\nThe soup was cold\r\n--b999--\r\n"
    )
    assert isinstance(found, Incoming)
    assert (found.address, found.text) == ("a@example.org", "The soup was cold")


def test_words_in_an_unknown_charset_are_read_as_far_as_they_go() -> None:
    found = read_letter(BROKEN["no charset of this world"])
    assert isinstance(found, Incoming)
    assert found.text.strip() == "The soup was cold"


@given(st.binary(max_size=2000), st.lists(st.sampled_from(list(BROKEN.values())), max_size=2))
def test_no_bytes_at_all_break_the_reading(content: bytes, more: list[bytes]) -> None:
    assert isinstance(read_letter(b"".join([*more, content])), Incoming | Bounce | Automatic)


def test_header_that_nobody_encoded_is_read_in_the_code_page_it_looks_like() -> None:
    """Older programs of forms and of absence write them so."""
    head = "From: José Muñoz <jose@example.org>\r\nSubject: Señor, ¿dónde está mi paquete?\r\nContent-Type: text/plain; charset=iso-8859-1\r\n\r\n"
    read = read_letter((head + "Todavía no está aquí.").encode("latin-1"))
    assert isinstance(read, Incoming)
    assert (read.sender, read.subject) == ("José Muñoz <jose@example.org>", "Señor, ¿dónde está mi paquete?")
    away = head.replace("Señor, ¿dónde está mi paquete?", "Respuesta automática: fuera de la oficina")
    assert isinstance(read_letter(away.encode("latin-1")), Automatic)


def test_who_answers_us_speaks_for_themselves_whatever_they_enclose() -> None:
    """A customer who passes on to us what came back to her is no colleague who passes on another's words."""
    text = "Your address does not exist! Pay me back.\n\n---------- Forwarded message ----------\nFrom: Mail Delivery <mailer-daemon@mail.example>\n\nNot found."
    letter = read_letter(f"From: Ida Berg <ida@example.org>\nSubject: Fwd: Failure\n\n{text}".encode())
    assert isinstance(letter, Incoming)
    told = {each.key: str(each.said) for each in letter.answers(["ida@example.org"])}
    assert "ida@example.org" in told["From"]
    assert "Passed on by" not in {each.label for each in letter.answers(["ida@example.org"])}
