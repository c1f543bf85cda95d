"""What is read of bodies as vendors and forms send them, field by field; nobody tells anything that the body does not."""

import io
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.arrivals.answers import Answer, Nature, of_data, of_json
from cases.arrivals.columns import Accepted, read_rows
from cases.arrivals.feedback import Arriving, BadFeedback, Fault, to_data
from cases.arrivals.meaning import meant
from cases.arrivals.told import Means, Told
from cases.judgement import assess
from cases.model import Feedback, Rating
from cases.policy.page import read_policy
from handlers.sources import SOURCES
from tests.handlers.sources.test_sources import answer, response

BERLIN = ZoneInfo("Europe/Berlin")


def typeform(*answers: dict[str, Any], titles: dict[str, str], told: Told | None = None, **changes: Any) -> Arriving:
    """A response as forms send it: a question's title and kind stand in the definition, its ref says nothing."""
    fields = [{"id": name, "type": "x", "title": title, "properties": {}} for name, title in titles.items()]
    (read,) = SOURCES["typeform"].read(response(*answers, fields=fields, **changes), {}, told)
    return read


def asked(kind: str, value: Any, question: str, name: str) -> dict[str, Any]:
    return answer(kind, value, question, ref=f"814b9fc2-{name}", id_=name)


def flat(body: dict[str, Any], told: Told | None = None) -> Arriving:
    return meant(of_json(body), told or Told("form", zone=BERLIN))


def read_of(arriving: Arriving) -> dict[str, Any]:
    """The fields that were read, and no others."""
    data = to_data(arriving.feedback)
    data |= {f"customer.{name}": value for name, value in data.pop("customer").items()}
    return {name: value for name, value in data.items() if value is not None}


ORDINARY = typeform(
    asked("number", 2, "rating", "a"),
    asked("choices", {"labels": ["It was late"], "other": "the courier shouted at my aunt"}, "multiple_choice", "b"),
    asked("text", "It was her golden wedding.", "short_text", "c"),
    asked("boolean", True, "yes_no", "d"),
    asked("text", "Ida", "short_text", "e"),
    asked("text", "Moor", "short_text", "f"),
    asked("email", "ida@example.org", "email", "g"),
    asked("choice", {"label": "Harbour branch"}, "dropdown", "h"),
    titles={
        "a": "How was your order?",
        "b": "What went wrong?",
        "c": "Anything else we should know?",
        "d": "May we write to you about it?",
        "e": "First name",
        "f": "Last name",
        "h": "Which branch?",
    },
    hidden={"orderid": "8812"},
)


def test_an_ordinary_form_is_read_without_any_refs() -> None:
    assert read_of(ORDINARY) == {
        "external_id": "t-77",
        "source": "typeform",
        "rating": {"value": 2, "scale": None},
        "comment": "It was late; the courier shouted at my aunt\n\nIt was her golden wedding.",
        "customer.name": "Ida Moor",
        "customer.email": "ida@example.org",
        "order_ref": "8812",
        "contact_ok": True,
        "occurred_at": "2026-01-05T10:00:00Z",
        "also_answered": [["Which branch?", "Harbour branch"]],
    }


POLICY = """
[sources.after-delivery]
kind = "typeform"
rating = "How was your order?"
scale = 5
comment = ["What went wrong?", "Anything else we should know?"]
name = ["First name", "Last name"]
order_ref = "hidden.orderid"
"""


def test_policy_tells_the_scale_of_a_rating() -> None:
    told = read_policy(POLICY).told_of("after-delivery")
    read = typeform(asked("number", 2, "rating", "a"), titles={"a": "How was your order?"}, told=told)
    assert (read.feedback.rating, read.feedback.source, read.ignored) == (Rating(2, 5), "after-delivery", ())


# What doors that guessed have lost.


@pytest.mark.parametrize("value", [4, 5, 7])
def test_scale_that_nobody_told_makes_it_unsure(value: int) -> None:
    read = typeform(asked("number", value, "rating", "a"), titles={"a": "How was it?"})
    assert read.feedback.rating == Rating(value, None)
    assert assess(read.feedback).unsure
    assert "[sources.typeform]" in str(read.ignored[0])


def test_lowest_of_several_ratings_counts_and_others_stay() -> None:
    titles = {"a": "The food", "b": "The delivery"}
    read = typeform(asked("number", 5, "rating", "a"), asked("number", 1, "rating", "b"), titles=titles)
    assert read.feedback.rating == Rating(1, None)
    assert read.feedback.also_answered == (("The food", "5"),)


SAID_WITHOUT_STARS = [
    ("boolean", False, "yes_no", "Was everything all right?", Rating(0, 1)),
    ("choice", {"label": "Very unhappy"}, "multiple_choice", "How do you feel about us?", Rating(1, 5)),
    ("number", 1, "number", "How would you rate the delivery?", Rating(1, None)),
]


@pytest.mark.parametrize(("kind", "value", "question", "title", "rating"), SAID_WITHOUT_STARS)
def test_dissatisfaction_is_read_from_any_question(
    kind: str, value: Any, question: str, title: str, rating: Rating
) -> None:
    words = asked("text", "The parcel never came and nobody answers", "short_text", "b")
    read = typeform(asked(kind, value, question, "a"), words, titles={"a": title, "b": "Go on"})
    assert (read.feedback.rating, read.feedback.comment) == (rating, "The parcel never came and nobody answers")


def test_what_was_typed_beside_choices_is_kept() -> None:
    other = asked("choices", {"labels": ["Late", "Cold"], "other": "he shouted"}, "multiple_choice", "a")
    read = typeform(asked("number", 4, "rating", "r"), other, titles={"a": "What went wrong?", "r": "Stars"})
    assert read.feedback.comment == "Late; Cold; he shouted"


def test_short_text_in_sentences_is_what_they_say() -> None:
    read = typeform(asked("text", "I want my money back, third time", "short_text", "a"), titles={"a": "Your turn"})
    assert read.feedback.comment == "I want my money back, third time"


CELLS = [
    ("N/A", None),
    ("-", None),
    ("★★☆☆☆", Rating(2, 5)),
    ("⭐⭐", Rating(2, 5)),
    ("😡", Rating(1, 5)),
    ("Poor", Rating(2, 5)),
    ("40%", Rating(40, 100)),
    ("Not Good", Rating(2, 5)),
    ("Very dissatisfied", Rating(1, 5)),
    ("Sehr unzufrieden", Rating(1, 5)),
    ("Très satisfait", Rating(5, 5)),
    ("2/5", Rating(2, 5)),
    ("2 von 5", Rating(2, 5)),
    ("5 stars", Rating(5, 5)),
    ("1 étoile", Rating(1, 5)),
    ("TWO", Rating(2, 5)),
    ("4,5", Rating(4.5, None)),
    ("2 - Poor", Rating(2, 5)),
    ("👎", Rating(2, 5)),
]


@pytest.mark.parametrize(("said", "rating"), CELLS, ids=[said for said, _ in CELLS])
def test_ratings_are_read_as_people_write_them(said: str, rating: Rating | None) -> None:
    read = flat({"rating": said, "comment": "Box was wet, please call"})
    assert (read.feedback.rating, read.feedback.comment) == (rating, "Box was wet, please call")


def test_flat_texts_of_a_tool_without_code_are_read() -> None:
    body = {
        "external_id": "",
        "name": "Ida Moor",
        "email": "ida@example.org",
        "rating": "2",
        "scale": "5",
        "comment": "The tart was squashed",
        "order_ref": "8812",
        "contact_ok": "true",
        "occurred_at": "01/05/2026 10:00:12",
        "extra_question": "yes",
    }
    (read,) = SOURCES["generic"].read(json.dumps(body).encode(), {})
    assert read_of(read) | {"external_id": ""} == {
        "external_id": "",
        "source": "generic",
        "rating": {"value": 2, "scale": 5},
        "comment": "The tart was squashed",
        "customer.name": "Ida Moor",
        "customer.email": "ida@example.org",
        "order_ref": "8812",
        "contact_ok": True,
        "also_answered": [["occurred_at", "01/05/2026 10:00:12"], ["extra_question", "yes"]],
    }
    assert [fault.field for fault in read.ignored] == ["occurred_at"]


ODD = [
    ({"contact_ok": "yes"}, "contact_ok", True),
    ({"contact_ok": 1}, "contact_ok", True),
    ({"contact_ok": "No, thanks"}, "contact_ok", False),
    ({"occurred_at": "1/15/2026 10:00"}, "occurred_at", "2026-01-15T09:00:00Z"),
    ({"occurred_at": 1767607200}, "occurred_at", "2026-01-05T10:00:00Z"),
    ({"occurred_at": "2026-01-05 10:00:00 UTC"}, "occurred_at", "2026-01-05T10:00:00Z"),
    ({"occurred_at": "Mon, 05 Jan 2026 10:00:00 +0100"}, "occurred_at", "2026-01-05T09:00:00Z"),
    ({"occurred_at": "2026/01/05 10:00:12 AM GMT+1"}, "occurred_at", "2026-01-05T09:00:12Z"),
    ({"occurred_at": "Jan 5, 2026"}, "occurred_at", "2026-01-04T23:00:00Z"),
    ({"occurred_at": "5. Januar 2026 10:00"}, "occurred_at", "2026-01-05T09:00:00Z"),
    ({"occurred_at": "05.01.26"}, "occurred_at", "2026-01-04T23:00:00Z"),
    ({"occurred_at": "2026-07-05 10:00"}, "occurred_at", "2026-07-05T08:00:00Z"),
    ({"rating": 2}, "rating", {"value": 2, "scale": None}),
    ({"rating": "2/5"}, "rating", {"value": 2, "scale": 5}),
    ({"rating": {"value": "4,5", "scale": 5}}, "rating", {"value": 4.5, "scale": 5}),
    ({"external_id": 12.5}, "external_id", "12.5"),
]


@pytest.mark.parametrize(("change", "field", "value"), ODD, ids=[str(change) for change, _, _ in ODD])
def test_optional_field_in_an_ordinary_form_is_read(change: dict[str, Any], field: str, value: Any) -> None:
    read = meant(of_data({"comment": "never came"} | change), Told("generic", zone=BERLIN))
    assert read_of(read)[field] == value
    assert read.feedback.comment == "never came"


def test_flat_body_may_have_a_type_of_its_own() -> None:
    body = {"type": "complaint", "external_id": "f-1", "comment": "never came"}
    (read,) = SOURCES["generic"].read(json.dumps(body).encode(), {})
    assert (read.feedback.comment, read.feedback.unread) == ("never came", ("type",))


def test_flat_name_and_address_reach_the_card() -> None:
    data = {"external_id": "f-1", "comment": "never came", "name": "Ida", "email": "ida@example.org", "branch": "East"}
    (read,) = SOURCES["generic"].read(json.dumps({"type": "feedback.created", "data": data}).encode(), {})
    assert (read.feedback.customer.name, read.feedback.customer.email) == ("Ida", "ida@example.org")
    assert read.feedback.unread == ("branch",)


def test_names_and_wishes_are_read_by_their_questions() -> None:
    read = typeform(
        asked("text", "Soup cold", "long_text", "a"),
        asked("text", "Ida Moor", "short_text", "b"),
        asked("number", 8812, "number", "c"),
        asked("boolean", False, "legal", "d"),
        asked("text", "12 Long Lane, behind the old mill in Weston", "long_text", "e"),
        titles={
            "a": "What happened?",
            "b": "What is your name?",
            "c": "Order number",
            "d": "May we contact you?",
            "e": "Your delivery address",
        },
        hidden={"customer_email": "ida@example.org", "user_id": "u-7"},
    )
    assert read_of(read)["customer.name"] == "Ida Moor"
    assert read_of(read)["customer.id"] == "u-7"
    assert (read.feedback.order_ref, read.feedback.contact_ok) == ("8812", False)
    assert (read.feedback.customer.email, read.feedback.comment) == ("ida@example.org", "Soup cold")
    assert read.feedback.unread == ("Your delivery address",)


def test_question_about_an_order_is_not_its_number() -> None:
    read = flat({"How was your order?": 2, "Your order number": "A-17", "What went wrong?": "It leaked"})
    assert (read.feedback.rating, read.feedback.order_ref) == (Rating(2, None), "A-17")


def test_several_texts_are_joined_short_ones_with_their_question() -> None:
    read = flat({"What did you like?": "The cake", "What can we improve?": "Send a courier who does not shout"})
    assert read.feedback.comment == "What did you like? The cake\n\nSend a courier who does not shout"


LABELS = [
    ("Wie zufrieden waren Sie mit der Lieferung?", "Was ist schiefgelaufen?", "Ihre Bestellnummer", "Dürfen wir Sie anrufen?"),
    ("Êtes-vous satisfait de votre commande ?", "Que s’est-il passé ?", "Numéro de commande", "Pouvons-nous vous contacter ?"),
    ("¿Está satisfecho con su pedido?", "¿Qué pasó?", "Número de pedido", "¿Podemos llamarle?"),
    ("Quanto è soddisfatto dell’ordine?", "Perché?", "Numero d’ordine", "Possiamo contattarla?"),
    ("Está satisfeito com a encomenda?", "O que aconteceu?", "Número da encomenda", "Podemos ligar-lhe?"),
    ("Hoe tevreden bent u?", "Wat ging er mis?", "Uw bestelnummer", "Mogen wij u bellen?"),
    ("How satisfied are you?", "What went wrong?", "Order no.", "Can we call you about it?"),
]  # fmt: skip


@pytest.mark.parametrize(("rating", "comment", "order", "contact"), LABELS, ids=[each[0] for each in LABELS])
def test_questions_are_understood_in_seven_languages(rating: str, comment: str, order: str, contact: str) -> None:
    read = flat({rating: "2", comment: "Kalt, cold, froid", order: "8812", contact: "No"})
    assert (read.feedback.rating, read.feedback.comment) == (Rating(2, None), "Kalt, cold, froid")
    assert (read.feedback.order_ref, read.feedback.contact_ok) == ("8812", False)


def test_computed_score_of_a_quiz_is_nobodys_rating() -> None:
    score = Answer("score", "Score", 9.0, nature=Nature.COMPUTED)
    read = meant([score, Answer("q", "What happened?", "It leaked")], Told("quiz"))
    assert (read.feedback.rating, read.feedback.unread) == (None, ("Score",))


def test_questions_that_policy_names_leave_no_room_for_guesses() -> None:
    told = Told("shop", named=((Means.COMMENT, "remarks"), (Means.RATING, "data.mark")), scale=6)
    read = flat({"remarks": "Too late", "comment": "internal: call back on Monday then", "data": {"mark": 2}}, told)
    assert (read.feedback.comment, read.feedback.rating) == ("Too late", Rating(2, 6))
    assert read.feedback.unread == ("comment",)


def test_words_from_worst_to_best_are_counted_from_one() -> None:
    told = Told("desk", worst_to_best=("Bad", "Good"))
    assert flat({"rating": "bad", "comment": "x"}, told).feedback.rating == Rating(1, 2)


def test_body_without_rating_or_words_says_what_was_asked() -> None:
    with pytest.raises(BadFeedback, match=r'"colour".*\[sources.form\]'):
        flat({"colour": "red"})


texts = st.text(st.characters(), max_size=40) | st.sampled_from(
    [
        "2/5",
        "★★",
        "-",
        "1e999",
        "٣",
        "5 of 0",
        "13/13/2026",
        "31/02/2026",
        "a@b",
        "½",
        "9" * 30,
        "Jan 99, 2026",
        "10:99",
    ]
)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | texts,  # as JSON has them
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts | st.sampled_from([*Means]), inner, max_size=4),
    max_leaves=12,
)


def told_or_read(read: Callable[[], Arriving]) -> tuple[Fault, ...] | Feedback:
    """What was read, or what was wrong; whatever else is raised breaks the test."""
    try:
        return read().feedback
    except BadFeedback as refused:
        return refused.faults


def is_usable(outcome: tuple[Fault, ...] | Feedback) -> bool:
    if isinstance(outcome, Feedback):
        return bool(outcome.external_id and (outcome.rating or outcome.comment))
    return bool(outcome)


@given(st.dictionaries(texts | st.sampled_from(["rating", "date", "comment", "scale", "contact ok", "url"]), values))
def test_whatever_is_answered_is_read_or_refused_by_name(body: dict[str, Any]) -> None:
    told = Told("any", zone=BERLIN)
    assert is_usable(told_or_read(lambda: meant(of_json(body), told)))
    assert is_usable(told_or_read(lambda: meant(of_data(body), told)))


@given(st.lists(st.tuples(texts, values), max_size=5))
def test_any_answers_of_a_form_are_one_feedback_at_most(given_answers: list[tuple[str, Any]]) -> None:
    answers = [{"type": "x", "x": value, "field": {"id": title, "type": "rating"}} for title, value in given_answers]
    body = json.dumps({"event_type": "form_response", "form_response": {"answers": answers}}).encode()
    (opened,) = SOURCES["typeform"].open_(body, {})
    assert is_usable(told_or_read(lambda: meant(opened.answers, Told("typeform"))))


# Any object, whoever made up its shape.


def objects(body: Any, told: Told | None = None) -> list[dict[str, Any]]:
    return [read_of(each) for each in SOURCES["json"].read(json.dumps(body).encode(), {}, told)]


def test_list_of_questions_with_answers_is_understood_in_any_form() -> None:
    options = [{"id": "o1", "text": "It was late"}, {"id": "o2", "text": "Box was open"}]
    fields = [
        {"key": "q1", "label": "Your name", "type": "INPUT_TEXT", "value": "Ida Moor"},
        {"key": "q2", "label": "How was it?", "type": "RATING", "value": 2},
        {"key": "q3", "label": "What went wrong?", "type": "CHECKBOXES", "value": ["o1", "o2"], "options": options},
        {"key": "q4", "label": "Tell us more", "type": "TEXTAREA", "value": "Half of it was gone, and nobody answers"},
        {"key": "q5", "label": "E-mail", "type": "INPUT_EMAIL", "value": "ida@example.org"},
        {"key": "q6", "label": "Score", "type": "CALCULATED_FIELDS", "value": 20},
    ]
    (read,) = objects({"data": {"responseId": "r-1", "fields": fields}})
    assert read == {
        "external_id": "r-1",
        "source": "json",
        "rating": {"value": 2, "scale": None},
        "comment": "It was late; Box was open\n\nHalf of it was gone, and nobody answers",
        "customer.name": "Ida Moor",
        "customer.email": "ida@example.org",
        "also_answered": [["Score", "20"]],
    }


def test_reviews_in_a_list_of_events_are_read_one_by_one() -> None:
    events = [
        {"eventName": "review-created", "eventData": {"id": f"r-{stars}", "stars": stars, "text": said, "title": "So"}}
        for stars, said in ((1, "Three weeks, no parcel"), (5, "All well"))
    ]
    read = objects({"version": 1, "events": events})
    assert [(each["external_id"], each["rating"], each["comment"]) for each in read] == [
        ("r-1", {"value": 1, "scale": 5}, "Three weeks, no parcel"),
        ("r-5", {"value": 5, "scale": 5}, "All well"),
    ]


def test_responses_with_questions_and_answers_are_read_one_by_one() -> None:
    asked_, why = "How likely are you to recommend us?", "Why?"
    responses = [
        {"id": "1", "answers": [{"question": asked_, "answer": "3"}, {"question": why, "answer": "Nobody called"}]},
        {"id": "2", "answers": [{"question": asked_, "answer": "10"}]},
    ]
    read = objects({"responses": responses})
    assert [(each["external_id"], each["rating"]["value"], each.get("comment")) for each in read] == [
        ("1", 3, "Nobody called"),
        ("2", 10, None),
    ]


# Bodies whose persons, programs and messages have names, numbers and ids of their own, and what must be read of each; shapes
# as the makers document them.
MANY_IDS = [
    (
        "chat: the writer comes again, the message does not",
        {"update_id": 1, "message": {"message_id": 5, "from": {"id": 77, "first_name": "Olga", "last_name": "Petrova", "username": "olgap"},
                                     "chat": {"id": 77, "first_name": "Olga"}, "date": 1767607200, "text": "It came broken, and nobody answers"}},
        {"external_id": "5", "customer.id": "77", "customer.name": "Olga Petrova"},
    ),
    (
        "messenger: the shop has a number, too",
        {"metadata": {"display_phone_number": "4930123456"}, "contacts": [{"profile": {"name": "Uwe Stark"}, "wa_id": "4915198765432"}],
         "messages": [{"from": "4915198765432", "id": "wamid.X", "text": {"body": "You left me standing at the gate for an hour"}}]},
        {"customer.phone": "4915198765432", "customer.name": "Uwe Stark", "comment": "You left me standing at the gate for an hour"},
    ),
    (
        "telephone: the token is the webhook's, and the same in each",
        {"event": "call.commented", "token": "w-1", "data": {"id": 123, "raw_digits": "+44 7400 123456", "number": {"digits": "+44 20 7946 0000", "name": "Main line"},
                                                            "comments": [{"id": 1, "content": "Customer furious: second engineer did not come"}]}},
        {"external_id": "123", "customer.phone": "+44 7400 123456"},
    ),
    (
        "text message, as form fields",
        {"From": "+4915198765432", "To": "+4930123456", "Body": "You left me standing at the gate for an hour", "MessageSid": "SM1", "AccountSid": "AC1"},
        {"customer.phone": "+4915198765432", "external_id": "SM1"},
    ),
    (
        "survey: a respondent may answer again",
        {"survey": {"id": "aaa", "name": "CSAT"}, "respondent": {"uuid": "u-1", "attributes": {"email": "paul@example.org"}}, "answer": {"comment": "my booking vanished"}},
        {"customer.email": "paul@example.org", "comment": "my booking vanished"},
    ),
    (
        "review site: parts of a rating have names",
        {"id": 1, "rating": 1, "text": "Bugs in the bed", "user": {"username": "wanderer77"}, "subratings": {"0": {"name": "rate_cleanliness", "value": "1"}}},
        {"customer.name": "wanderer77", "external_id": "1"},
    ),
    (
        "contact properties: each value in an object of its own",
        {"properties": {"firstname": {"value": "Mo"}, "lastname": {"value": "Adeyemi"}, "email": {"value": "mo@example.org"}, "content": {"value": "Too many steps to cancel"}}},
        {"customer.name": "Mo Adeyemi", "customer.email": "mo@example.org", "comment": "Too many steps to cancel"},
    ),
    (
        "form: a question with an empty description",
        {"data": [{"title": "Your name", "description": None, "type": "text", "key": "2i3k", "custom_key": "name", "value": "Tom Berg"},
                  {"title": "What went wrong?", "description": None, "type": "text", "key": "w", "value": "Cold soup, and a hair in it"}], "submission_id": "z"},
        {"customer.name": "Tom Berg", "comment": "Cold soup, and a hair in it", "external_id": "z"},
    ),
    (
        "help desk: prefixed by the ticket",
        {"ticket_id": 4412, "ticket_contact_name": "Nora Blom", "ticket_contact_email": "nora@example.org", "ticket_description": "The vase arrived in three pieces"},
        {"customer.name": "Nora Blom", "external_id": "4412"},
    ),
    ("form: a number to be reached at", {"Contact number": "+44 7400 123456", "Message": "Nobody came"}, {"customer.phone": "+44 7400 123456"}),
    ("form: a customer's number", {"Customer number": "K 4711", "Message": "Nobody came"}, {"customer.id": "K 4711"}),
]  # fmt: skip


@pytest.mark.parametrize(("body", "fields"), [each[1:] for each in MANY_IDS], ids=[each[0] for each in MANY_IDS])
def test_whose_a_name_number_or_id_is_tells_what_it_means(body: dict[str, Any], fields: dict[str, Any]) -> None:
    read = read_of(flat(body))
    assert {name: read.get(name) for name in fields} == fields


def test_person_who_writes_twice_has_two_feedbacks() -> None:
    once, again = (
        flat({"respondent": {"uuid": "u-1"}, "comment": said}).feedback for said in ("The soup was cold", "Cold again")
    )
    assert once.external_id != again.external_id


def test_json_within_a_text_is_read_as_what_it_is() -> None:
    raw = json.dumps({"q3_howWas": "2", "q4_whatWent": "Soup cold", "q6_name": {"first": "Ida", "last": "Moor"}})
    (read,) = objects({"formID": "24", "rawRequest": raw})
    assert (read["rating"], read["comment"], read["customer.name"]) == (
        {"value": 2, "scale": None},
        "Soup cold",
        "Ida Moor",
    )


def test_policy_names_an_object_for_all_that_stands_in_it() -> None:
    told = Told("form", named=((Means.NAME, "q6"), (Means.RATING, "mark")), scale=5)
    (read,) = objects({"q6": {"x": "Ida", "y": "Moor"}, "mark": {"value": 4, "scale": 5}, "comment": "x"}, told)
    assert (read["customer.name"], read["rating"]) == ("Ida Moor", {"value": 4, "scale": 5})


def test_what_stands_in_attachments_or_of_a_house_is_no_answer() -> None:
    body = {
        "TextBody": "Two of six glasses were broken",
        "Attachments": [{"Name": "Ben Other", "Content": "/9j/4AAQ"}],
        "account": {"id": 1, "name": "Hearth"},
        "url": "shop.example/tickets/1",
    }
    (read,) = objects(body)
    assert read["comment"] == "Two of six glasses were broken"
    assert read["public_url"] == "https://shop.example/tickets/1"
    assert {"customer.name", "customer.id"}.isdisjoint(read)


# Headers of exports, as other programs write them; two rows tell the scale of a whole column.

EXPORTS = {
    "a shop's reviews": (
        "title,body,rating,review_date,source,curated,reviewer_name,reviewer_email,reply\n"
        "Broken,It came in two pieces,1,2026-01-05 10:12:00 UTC,web,ok,Ida Moor,ida@example.org,\n"
        "Fine,So pretty,5,2026-01-06 10:12:00 UTC,web,ok,Bo,bo@example.org,Thank you so much for your kind words!\n"
    ),
    "comments of a blog": (
        "comment_author,comment_author_email,comment_date_gmt,comment_content,comment_agent,rating\n"
        "Ida Moor,ida@example.org,2026-01-05 10:12:00,It came in two pieces,Mozilla/5.0 (X11; Linux x86_64) Gecko,1\n"
        "Bo,bo@example.org,2026-01-06 10:12:00,So pretty,Mozilla/5.0 (X11; Linux x86_64) Gecko,5\n"
    ),
    "a help desk": (
        "Agent Name,Rating,Feedback Comment,Contact Name,Contact Email Address,Recorded date\n"
        'Lea,Not Good,It came in two pieces,Ida Moor,ida@example.org,"5 January 2026, 11:12"\n'
        'Lea,Great,So pretty,Bo,bo@example.org,"6 January 2026, 11:12"\n'
    ),
    "a German spreadsheet": (
        "Sterne;Kommentar;Name;E-Mail;Datum\n"
        "1;It came in two pieces;Ida Moor;ida@example.org;05.01.2026 11:12\n"
        "5;So pretty;Bo;bo@example.org;06.01.2026 11:12\n"
    ),
    "an American one": (
        "Timestamp,How many stars would you give us?,Anything else?,Your name,Email\n"
        "1/5/2026 5:12:00 AM GMT-5,★,It came in two pieces,Ida Moor,ida@example.org\n"
        "1/15/2026 5:12:00 AM GMT-5,★★★★★,So pretty,Bo,bo@example.org\n"
    ),
}


@pytest.mark.parametrize("text", EXPORTS.values(), ids=EXPORTS)
def test_export_is_read_by_its_headers_and_columns(text: str) -> None:
    first, second = read_rows(io.StringIO(text, newline=""), "csv", Told("export", zone=BERLIN))
    assert isinstance(first, Accepted)
    assert isinstance(second, Accepted)
    read, other = first.arriving.feedback, second.arriving.feedback
    assert (read.comment, other.comment) == ("It came in two pieces", "So pretty")
    assert read.rating is not None
    assert (read.rating.scale, read.rating.value <= 2, other.rating) == (5, True, Rating(5, 5))
    assert (read.customer.name, read.customer.email) == ("Ida Moor", "ida@example.org")
    assert str(read.occurred_at) == "2026-01-05 10:12:00+00:00"


def test_detractors_alone_show_no_scale() -> None:
    rows = list(read_rows(io.StringIO("Email,Score,Comment\na@example.org,4,\nb@example.org,5,\n"), "csv"))
    ratings = [row.arriving.feedback.rating for row in rows if isinstance(row, Accepted)]
    assert ratings == [Rating(4, None), Rating(5, None)]


def test_later_export_with_a_column_more_is_the_same_feedback() -> None:
    before, after = (
        next(read_rows(io.StringIO(f"rating,comment,reply\n1,In two pieces,{reply}\n"), "csv"))
        for reply in ("", "We are so very sorry about that")
    )
    assert isinstance(before, Accepted)
    assert isinstance(after, Accepted)
    assert before.arriving.feedback.external_id == after.arriving.feedback.external_id


def test_second_row_of_headers_is_no_feedback() -> None:
    text = (
        "Respondent ID,Start Date,How satisfied are you?,What went wrong?,How can we reach you?,\n"
        ",,Response,Open-Ended Response,Name,Email Address\n"
        "11,01/05/2026 10:00:00 AM,Very dissatisfied,The box came open,Ida Moor,ida@example.org\n"
        "12,01/15/2026 10:00:00 AM,Very satisfied,,Bo,bo@example.org\n"
    )
    rows = list(read_rows(io.StringIO(text, newline=""), "csv", Told("x", zone=BERLIN)))
    assert [row.line for row in rows] == [3, 4]
    assert isinstance(rows[0], Accepted)
    assert read_of(rows[0].arriving) == {
        "external_id": "11",
        "source": "x",
        "rating": {"value": 1, "scale": 5},
        "comment": "The box came open",
        "customer.name": "Ida Moor",
        "customer.email": "ida@example.org",
        "occurred_at": "2026-01-05T09:00:00Z",
    }


@pytest.mark.parametrize("depth", [100, 900])
@pytest.mark.parametrize("source", SOURCES)
def test_body_of_any_depth_is_read_or_refused(source: str, depth: int) -> None:
    deep = b'{"a":' * depth + b"1" + b"}" * depth
    for body in (deep, b'{"a":[1,{"b":2}],"c":' + deep + b"}", b"a" + b"[b]" * depth + b"=1"):
        with suppress(BadFeedback):
            assert SOURCES[source].read(body, {}) == []


def read_as_json(body: dict[str, Any]) -> list[Feedback]:
    return [each.feedback for each in SOURCES["json"].read(json.dumps(body).encode(), {})]


def test_average_beside_a_list_of_reviews_is_nobodys_rating() -> None:
    reviews = [{"id": "a", "stars": 2, "comment": "Cold"}, {"id": "b", "stars": 5, "comment": "Lovely"}]
    read = read_as_json({"reviews": reviews, "averageRating": 4.1, "totalReviewCount": 2})
    assert [(one.external_id, one.comment) for one in read] == [("a", "Cold"), ("b", "Lovely")]
    (whole,) = read_as_json({"rating": 2, "comment": "Cold", "items": [{"rating": 4, "comment": "out of stock"}]})
    assert whole.rating == Rating(2, None)


def test_name_beside_the_address_is_whose_it_is() -> None:
    library, person = {"name": "js", "version": "2"}, {"name": "Ana Ruiz", "email": "ana@example.org"}
    (read,) = read_as_json({"context": {"library": library, "traits": person}, "properties": {"comment": "Broken"}})
    assert (read.customer.name, read.customer.email) == ("Ana Ruiz", "ana@example.org")


def test_object_called_question_may_hold_the_answer() -> None:
    (read,) = read_as_json({"person": {"id": "91", "name": "Ana"}, "question": {"score": "4", "comment": "No parcel"}})
    assert (read.customer.id, read.rating, read.comment) == ("91", Rating(4, None), "No parcel")


@pytest.mark.parametrize("steps", [10**30, 1e308, 0, -5, True, "5", None])
def test_scale_that_is_no_count_of_steps_is_unknown(steps: Any) -> None:
    given = {"title": "How was it?", "type": "SCALE", "scale": steps, "answer": "2"}
    (read,) = SOURCES["google-forms"].read(json.dumps({"data": {"answers": [given]}}).encode(), {})
    assert read.feedback.rating == Rating(2, None)
