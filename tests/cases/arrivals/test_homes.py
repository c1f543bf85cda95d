"""What a question asks for: the house's own words, people and addresses are never the customer's."""

from __future__ import annotations

from typing import Any

import pytest

from cases.arrivals.answers import of_json
from cases.arrivals.labels import meanings
from cases.arrivals.likeliest import is_when_said
from cases.arrivals.meaning import meant
from cases.arrivals.told import Means, Told
from cases.model import Customer, Feedback, Rating


def read(body: Any) -> Feedback:
    return meant(of_json(body), Told("shop")).feedback


@pytest.mark.parametrize(
    "label",
    [
        "Assignee email", "Agent name", "Staff phone", "Case Owner", "Contact owner", "Internal Comments", "Last internal note", "Agent comments",
        "Sachbearbeiter", "Notiz Sachbearbeiter", "Anmerkung MFA", "E-Mail des Mitarbeiters", "Note interne", "Conseiller", "Nota interna",
        "Email operatore", "Naam medewerker", "Sentiment", "Action taken", "Handled by", "Maßnahme", "Verantwortlicher", "Suite donnée",
        "Solución", "Provvedimenti", "Solução", "Oplossing", "Resolution",
    ],
)  # fmt: skip
def test_columns_of_the_house_ask_for_nothing(label: str) -> None:
    assert meanings(label) == (Means.NOTHING,)


@pytest.mark.parametrize(
    ("label", "means"),
    [
        ("Nature of complaint", Means.COMMENT),
        ("Schilderung", Means.COMMENT),
        ("Positive review", Means.COMMENT),
        ("Aspetti negativi", Means.COMMENT),
        ("Complainant", Means.NAME),
        ("Complaint no.", Means.EXTERNAL_ID),
        ("Eingang am", Means.OCCURRED_AT),
        ("Agent rating", Means.RATING),
        ("How was our agent today?", Means.RATING),
        ("What went wrong with our staff?", Means.COMMENT),
        ("May we have an agent call you?", Means.CONTACT_OK),
        ("Ticket satisfaction comment", Means.COMMENT),
        ("Anliegen des Kunden", Means.COMMENT),
        ("Emotion (1-5)", Means.RATING),
        ("Survey results", Means.RATING),
        ("Wie heißen Sie?", Means.NAME),
        ("Comment vous appelez-vous ?", Means.NAME),
        ("Ihr Name (freiwillig)", Means.NAME),
        ("Auteur", Means.NAME),
        ("Rückruf unter", Means.PHONE),
        ("Confirmation code", Means.ORDER_REF),
        ("Case Number", Means.EXTERNAL_ID),
        ("Date/Time Opened", Means.OCCURRED_AT),
        ("Satisfaction rating created - Timestamp", Means.OCCURRED_AT),
        ("Conversation started at (America/New_York)", Means.OCCURRED_AT),
        ("Date de publication", Means.OCCURRED_AT),
    ],
)
def test_what_the_customer_said_stays_theirs(label: str, means: Means) -> None:
    assert meanings(label)[0] is means


@pytest.mark.parametrize(
    "label",
    [
        "Incident with employee",
        "Agent feedback",
        "Desired resolution",
        "Gewünschte Lösung",
        "Solution souhaitée",
        "Your solution",
    ],
)
def test_what_is_wished_for_or_said_of_the_house_may_be_a_customers_words(label: str) -> None:
    assert meanings(label) == ()


def test_address_of_a_colleague_is_not_the_customers() -> None:
    said = read({"Assignee email": "gwen@desk.example", "Requester email": "", "comment": "Closed without reading it"})
    assert said.customer == Customer()
    assert said.also_answered == (("Assignee email", "gwen@desk.example"),)


@pytest.mark.parametrize(
    "ours",
    [
        {"reviewReply": {"comment": "We are so sorry!"}},
        {"owner_response": {"text": "We are so sorry!"}},
        {"hostResponse": {"text": "We are so sorry, the cleaner was ill that day"}},
        {"internal_notes": [{"text": "Calls every week, do not refund"}, {"text": "Again"}]},
        {"assignee": {"name": "Gwen", "email": "gwen@desk.example", "comment": "Calls every week, do not refund"}},
        {"notes": [{"text": "Calls every week, do not refund", "user_email": "gwen@desk.example"}, {"text": "Again"}]},
        {"note": "Calls every week, do not refund"},
        {"reply": "We are so sorry!"},
    ],
)
def test_words_of_the_house_are_never_the_customers(ours: dict[str, Any]) -> None:
    for body in (
        {**ours, "rating": 1, "comment": "The soup was cold"},
        {"rating": 1, "comment": "The soup was cold", **ours},
    ):
        said = read(body)
        assert (said.comment, said.customer, said.rating) == ("The soup was cold", Customer(), Rating(1, None))


SAID_OF_US: dict[str, tuple[Any, int | None]] = {
    "a survey by topics": ({"room": {"rating": 5}, "staff": {"rating": 1, "comment": "She rolled her eyes"}}, 1),
    "nothing but the agent": ({"agent": {"rating": 2, "comment": "She rolled her eyes"}}, 2),
    "an agent by name": ({"agent": {"name": "Gwen", "email": "g@desk.example", "rating": 1, "comment": "She rolled her eyes"}}, 1),
    "words alone": ({"staff": {"comment": "She rolled her eyes"}}, None),
}  # fmt: skip


@pytest.mark.parametrize(("body", "rating"), SAID_OF_US.values(), ids=SAID_OF_US)
def test_what_is_said_of_our_people_is_the_customers(body: Any, rating: int | None) -> None:
    said = read({"name": "Ana Ruiz", "email": "ana@example.org", **body})
    assert (said.comment, said.rating and said.rating.value) == ("She rolled her eyes", rating)
    assert said.customer == Customer("Ana Ruiz", "ana@example.org")


def test_naming_the_comment_does_not_name_the_reply() -> None:
    told = Told("shop", ((Means.COMMENT, "comment"),))
    body = {"stars": 1, "comment": "Cold", "reviewReply": {"comment": "We are so sorry!"}}
    assert meant(of_json(body), told).feedback.comment == "Cold"
    del body["comment"]
    assert meant(of_json(body), told).feedback.comment is None
    by_path = Told("shop", ((Means.COMMENT, "reviewReply.comment"),))
    assert meant(of_json(body), by_path).feedback.comment == "We are so sorry!"


def test_a_note_alone_may_be_the_customers() -> None:
    assert read({"rating": 1, "note": "The soup was cold"}).comment == "The soup was cold"


def test_note_beside_words_is_a_rating_still_where_it_is_one() -> None:
    said = read({"Note": "2 sur 5", "Avis": "Accueil glacial"})
    assert (said.rating, said.comment) == (Rating(2, 5), "Accueil glacial")


def test_comment_on_a_review_is_not_the_reviewers() -> None:
    said = read(
        {
            "Review Content": "It leaks",
            "Review Score": 1,
            "Comment Content": "We send a new seal",
            "Comment Public": True,
        }
    )
    assert said.comment == "It leaks"


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("Start Date (UTC)", "Submit Date (UTC)"),
        ("Ticket created", "Satisfaction rating created"),
        ("Date Modified", "Recorded Date"),
        ("sent", "responded"),
        ("Startzeit", "Fertigstellungszeit"),
    ],
)
def test_the_moment_it_was_said_counts_before_any_other(earlier: str, later: str) -> None:
    assert is_when_said(later) < is_when_said(earlier)


def test_zone_in_a_header_is_that_of_its_times() -> None:
    said = read({"comment": "Cold", "Updated at (America/New_York)": "2026-01-05 10:00:00"})
    assert to_the_minute(said) == "2026-01-05T15:00"
    said = read({"comment": "Cold", "Updated at (America/Nowhere)": "2026-01-05 10:00:00"})
    assert to_the_minute(said) == "2026-01-05T10:00"


def to_the_minute(said: Feedback) -> str:
    assert said.occurred_at is not None
    return f"{said.occurred_at:%Y-%m-%dT%H:%M}"


@pytest.mark.parametrize("also", [{"survey_type": "nps"}, {"group": "Detractor"}, {"kind": "Net Promoter Score"}])
def test_net_promoter_score_has_one_scale_everywhere(also: dict[str, str]) -> None:
    assert read({"score": 4, "comment": "Always wrong", **also}).rating == Rating(4, 10)
    assert read({"score": 11, "comment": "Always wrong", **also}).rating == Rating(11, None)


@pytest.mark.parametrize("other", ["Owner email", "Manager e-mail", "Secondary email", "Shop e-mail address"])
@pytest.mark.parametrize(
    "theirs", ["Email", "Customer email", "Your e-mail address", "Correo electrónico", "E-Mail (freiwillig)"]
)
def test_address_that_is_nobody_elses_comes_first(other: str, theirs: str) -> None:
    said = read({other: "gwen@desk.example", "comment": "Cold", theirs: "ana@example.org"})
    assert said.customer.email == "ana@example.org"


@pytest.mark.parametrize("label", ["How many children? (1-5)", "Anzahl Gäste (1-10)", "Number of nights 1-10"])
def test_number_of_something_is_no_rating(label: str) -> None:
    assert Means.RATING not in meanings(label)
