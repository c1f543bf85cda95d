"""Who speaks in a body: only the customer's words and name are taken, whoever else stands in it."""

from typing import Any

import pytest

from cases.arrivals.answers import of_json
from cases.arrivals.feedback import BadFeedback
from cases.arrivals.meaning import meant
from cases.arrivals.told import Means, Told
from cases.model import Feedback

ANA = {"name": "Ana Ruiz", "email": "ana@example.org"}
TESS = {"name": "Tess", "email": "tess@shop.example"}
SORRY = "So sorry that it came broken, a new one is on its way"


def read(body: Any, *named: tuple[Means, str]) -> Feedback:
    return meant(of_json(body), Told("form", named)).feedback


OURS: dict[str, Any] = {
    "a help desk's flag": {"from_agent": True, "body_text": SORRY, "sender": TESS, "receiver": ANA},
    "a flag as a text": {"is_staff": "true", "message": SORRY},
    "an operator in a chat": {"event": "message:received", "data": {"from": "operator", "content": SORRY}},
    "a bot as the author": {"body": SORRY, "author": {"type": "bot", "name": "Fin"}},
    "staff as the author": {"comment": {"body": SORRY, "author": {"is_staff": True, "name": "Tess"}}},
    "what went out": {"message_type": "outgoing", "content": SORRY, "contact": ANA},
    "a message that is not inbound": {"is_inbound": False, "text": SORRY},
    "an SMS that went out": {"direction": "outbound-api", "Body": SORRY, "To": "+34600000001"},
    "a message that was sent": {
        "message": {"content": {"text": SORRY}, "direction": "sent"},
        "contact": {"displayName": "Ana"},
    },
    "a message to a contact": {"message": {"direction": "TO_CONTACT", "app_message": {"text": SORRY}}},
    "the echo of our own": {"messaging": [{"sender": {"id": "1"}, "message": {"text": SORRY, "is_echo": True}}]},
    "a note among colleagues": {"is_internal": True, "content": "She is furious, it is the third time"},
    "an assistant's turn": {"messages": [{"role": "assistant", "content": SORRY}]},
}


@pytest.mark.parametrize("body", OURS.values(), ids=OURS)
def test_what_an_agent_or_a_bot_said_is_never_the_customers(body: Any) -> None:
    with pytest.raises(BadFeedback, match="was said by an agent or a bot"):
        read(body)
    with pytest.raises(BadFeedback):
        read(body, *((Means.COMMENT, key) for key in ("body_text", "message", "content", "body", "text", "Body")))


THEIRS: dict[str, tuple[Any, str]] = {
    "the flag says no": ({"from_agent": False, "text": "It broke again"}, "It broke again"),
    "a user, who may be anybody": ({"data": {"from": "user", "content": "It broke again"}}, "It broke again"),
    "an inbound message": ({"direction": "inbound", "Body": "It broke again"}, "It broke again"),
    "a conversation with both": (
        {"messages": [{"role": "user", "content": "It broke again"}, {"role": "assistant", "content": SORRY}]},
        "It broke again",
    ),
    "whoever rates": ({"direction": "outbound", "rating": 1, "comment": "It broke again"}, "It broke again"),
    "a reply to a review": (
        {"review": {"comments": "It broke again", "replies": [{"comments": SORRY, "author": "Hearth"}]}},
        "It broke again",
    ),
    "an administrator of their own": ({**ANA, "role": "Admin", "message": "It broke again"}, "It broke again"),
    "an operator at a machine": ({"role": "Operator", "comment": "It broke again"}, "It broke again"),
    "a passenger on the way out": ({"direction": "Out", "complaint": "It broke again"}, "It broke again"),
    "a survey's replies": ({"survey": "s1", "reply": {"comment": "It broke again"}}, "It broke again"),
}


@pytest.mark.parametrize(("body", "words"), THEIRS.values(), ids=THEIRS)
def test_customers_words_stand_whoever_else_speaks(body: Any, words: str) -> None:
    assert read(body).comment == words


PEOPLE: dict[str, tuple[Any, tuple[str | None, str | None]]] = {
    "the agent of a call": (
        {"user": TESS, "contact": {"first_name": "Ana", "last_name": "Ruiz"}, "note": "She called about the box again"},
        ("Ana Ruiz", None),
    ),
    "the author of a note": ({"customer": {"name": "Ana Ruiz"}, "author": TESS, "text": "Box broken"}, ("Ana Ruiz", None)),
    "a user who is the customer": ({"user": ANA, "text": "Box broken"}, ("Ana Ruiz", "ana@example.org")),
    "the customer in both": (
        {"customer": {"name": "Ana Ruiz"}, "user": ANA, "text": "Box broken"},
        ("Ana Ruiz", "ana@example.org"),
    ),
    "an event, that has a name": ({"name": "kustomer.message.create", "data": {"text": "Box broken"}}, (None, None)),
    "an assignee": ({"text": "Box broken", "assignee": TESS}, (None, None)),
    "a team member": ({"answer": {"comment": "Box broken", "customer": ANA, "team_member": TESS}}, ("Ana Ruiz", "ana@example.org")),
    "a form's name": (
        {"name": "Complaint form", "data": {"First Name": "Ana", "Last Name": "Ruiz", "Email": "ana@example.org", "Message": "Box broken"}},
        ("Ana Ruiz", "ana@example.org"),
    ),
    "the owner of a form": (
        {"Name": {"First": "Ana", "Last": "Ruiz"}, "Email": "ana@example.org", "Comments": "Box broken", "Entry": {"User": {"Email": "boss@shop.example", "Name": "Shop Boss"}}},
        ("Ana Ruiz", "ana@example.org"),
    ),
    "who answered a review": (
        {"review": {"comments": "Box broken", "reviewer": {"first_name": "Ana", "last_name": "Ruiz"}, "replies": [{"author": "Hearth"}]}},
        ("Ana Ruiz", None),
    ),
}  # fmt: skip


@pytest.mark.parametrize(("body", "person"), PEOPLE.values(), ids=PEOPLE)
def test_nobody_of_ours_is_taken_for_the_customer(body: Any, person: tuple[str | None, str | None]) -> None:
    customer = read(body).customer
    assert (customer.name, customer.email) == person
