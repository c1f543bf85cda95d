"""What is particular to each vendor's envelope, and how much of bodies in their shapes is read."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from cases.arrivals.feedback import BadFeedback
from cases.arrivals.mail import of_html, own_words
from cases.model import Customer, Feedback, Rating
from cases.policy.page import Policy
from handlers.doors import door
from handlers.sources import SOURCES
from tests.evaluation.sources import cases, read, wrong

# Which language words are in is told by the words, later: nobody but the reader of fields knows of no more.
# A choice that stands in a list of objects, and titles that come as a text beside the answers, are not put together.
NOT_TOLD = {
    "google_forms.json": ["locale"],
    "postmark_inbound.json": ["locale"],
    "surveymonkey_details.json": ["rating"],
    "wufoo.body": ["subject"],
}


@pytest.mark.parametrize("file", cases())
def test_every_field_of_a_vendors_body_is_read(file: str) -> None:
    wanted, found = cases()[file]["expected"], read(file, told=True)
    assert len(found) == len(wanted)
    for one, each in zip(found, wanted, strict=True):
        assert wrong(one, each, told=True) == NOT_TOLD.get(file, [])


def changed(name: str, change: Callable[[Any], None]) -> list[Feedback]:
    """What is read of the example after a change."""
    value = SOURCES[name].example.value
    change(value)
    return [arriving.feedback for arriving in SOURCES[name].read(json.dumps(value).encode(), {})]


def put(path: str, said: Any) -> Callable[[Any], None]:
    *steps, last = path.split(".")

    def change(value: Any) -> None:
        for step in steps:
            value = value[int(step) if step.isdecimal() else step]
        value[int(last) if last.isdecimal() else last] = said

    return change


NOTHING: list[tuple[str, Callable[[Any], None]]] = [
    ("tally", put("eventType", "FORM_VIEWED")),
    ("formbricks", put("event", "responseUpdated")),
    ("formbricks", put("event", "testEndpoint")),
    ("zendesk", lambda told: told.update(rating="Offered", comment="")),
    ("trustpilot", put("events.0.eventName", "service-review-deleted")),
    ("chatwoot", put("content_attributes", {"items": []})),
    ("chatwoot", put("content_attributes.submitted_values", None)),
    ("intercom", put("topic", "ping")),
    ("postmark", put("Headers", [{"Name": "Auto-Submitted", "Value": "auto-replied"}])),
    ("postmark", put("Headers", [{"Name": "Return-Path", "Value": "<>"}])),
    ("mailgun", put("message-headers", [["Auto-Submitted", "auto-generated (vacation)"]])),
    ("mailgun", put("from", "Mail Delivery System <MAILER-DAEMON@mx.example>")),
]


@pytest.mark.parametrize(
    ("name", "change"), NOTHING, ids=[f"{place} {name}" for place, (name, _) in enumerate(NOTHING)]
)
def test_what_is_no_feedback_opens_nothing(name: str, change: Callable[[Any], None]) -> None:
    assert changed(name, lambda _: None)
    assert changed(name, change) == []


@pytest.mark.parametrize("name", sorted(name for name, source in SOURCES.items() if source.marks))
def test_another_vendors_body_is_told_by_its_name(name: str) -> None:
    for other, theirs in SOURCES.items():
        if theirs.marks and other != name:
            found = door(name, Policy())
            assert found is not None
            with pytest.raises(BadFeedback) as refused:
                found.read({}, theirs.example.body)
            (fault,) = refused.value.faults
            assert fault.field == "body"
            assert f"looks like {theirs.vendor}: have it sent to /intake/{other}" in fault.message


def test_a_body_of_nobodys_says_how_to_read_it() -> None:
    found = door("tally", Policy())
    assert found is not None
    with pytest.raises(BadFeedback, match=r'is not what Tally sends; if it is right, write kind = "json"'):
        found.read({}, b'{"stars": 1}')


def test_choices_of_tally_are_one_id_or_a_list_of_them() -> None:
    options = [{"id": "o1", "text": "It was late"}, {"id": "o2", "text": "Box was open"}]
    for picked, words in (("o1", "It was late"), (["o1", "o2"], "It was late; Box was open")):
        field = {
            "key": "q",
            "label": "What went wrong?",
            "type": "MULTIPLE_CHOICE",
            "value": picked,
            "options": options,
        }
        (feedback,) = changed("tally", put("data.fields.1", field))
        assert words in str(feedback.comment)


def test_rows_of_a_matrix_in_tally_are_answers() -> None:
    rows, columns = [{"id": "r1", "text": "Taste"}], [{"id": "c1", "text": "Bad"}]
    field = {
        "key": "m",
        "label": "How was the",
        "type": "MATRIX",
        "value": {"r1": ["c1"]},
        "rows": rows,
        "columns": columns,
    }
    (feedback,) = changed("tally", put("data.fields.1", field))
    assert ("How was the Taste", "Bad") in feedback.also_answered


def test_answers_of_formbricks_are_found_in_both_nestings() -> None:
    whole = json.loads(SOURCES["formbricks"].example.body)
    older, newer = [whole], {**whole, "data": {"response": whole["data"]}}
    readings = [SOURCES["formbricks"].read(json.dumps(body).encode(), {})[0].feedback for body in (whole, older, newer)]
    assert readings[0] == readings[1] == readings[2]
    assert (readings[0].external_id, readings[0].comment) == ("r1", "Soup cold")


THUMBS = [("Bad", Rating(0, 1)), ("Good", Rating(1, 1)), ("bad with comment", Rating(0, 1)), ("2", Rating(2, None))]


@pytest.mark.parametrize(("said", "rating"), THUMBS)
def test_thumbs_of_zendesk_are_a_scale_of_two(said: str, rating: Rating) -> None:
    assert changed("zendesk", put("rating", said))[0].rating == rating


def test_reviews_of_trustpilot_come_several_at_once() -> None:
    def twice(told: Any) -> None:
        told["events"].append(json.loads(json.dumps(told["events"][0])))
        told["events"][1]["eventData"] |= {"id": "other", "stars": 4}

    assert [(each.external_id, each.rating) for each in changed("trustpilot", twice)] == [
        ("65a1f0c2e1b2", Rating(1, 5)),
        ("other", Rating(4, 5)),
    ]


def test_bare_reviews_of_judgeme_read_like_wrapped_ones() -> None:
    example = SOURCES["judgeme"].example
    (bare,) = SOURCES["judgeme"].read(json.dumps(example.value["review"]).encode(), {})
    assert bare.feedback == SOURCES["judgeme"].read(example.body, {})[0].feedback


def test_survey_of_help_scout_is_out_of_ten_for_nps() -> None:
    customer = {
        "id": 5,
        "firstName": "Ana",
        "lastName": "Ruiz",
        "_embedded": {"emails": [{"value": "ana@example.org"}]},
    }
    answered = {"value": "3", "category": "detractor", "comment": "Slow", "timestamp": "2026-01-05T10:00:00Z"}
    body = {"message": {"name": "NPS"}, "response": answered, "_embedded": {"customer": customer}}
    (arriving,) = SOURCES["helpscout"].read(json.dumps(body).encode(), {})
    assert arriving.feedback.rating == Rating(3, 10)
    assert (arriving.feedback.comment, arriving.feedback.customer) == (
        "Slow",
        Customer("Ana Ruiz", "ana@example.org", None, "5"),
    )


@pytest.mark.parametrize(("said", "rating"), [("Great", 2), ("Okay", 1), ("Bad", 0), ("Not Good", 0)])
def test_ratings_of_help_scout_are_three_steps(said: str, rating: int) -> None:
    assert changed("helpscout", put("rating", said))[0].rating == Rating(rating, 2)


def test_without_a_remark_intercom_tells_how_it_began() -> None:
    began = "<p>My parcel never came &amp; nobody tells me why</p><p>Ana</p>"
    silent = changed(
        "intercom",
        lambda told: (
            told["data"]["item"]["conversation_rating"].update(remark=None)
            or told["data"]["item"]["source"].update(body=began)
        ),
    )
    assert silent[0].comment == "My parcel never came & nobody tells me why\nAna"
    assert changed("intercom", put("data.item.source.body", began))[0].comment == "Nobody answered"


def test_answers_of_a_google_form_may_stand_by_their_titles() -> None:
    by_title = {"How was your order?": ["2"], "What went wrong?": ["Late", "Cold"]}
    (feedback,) = changed("google-forms", put("data.answers", by_title))
    assert (feedback.rating, feedback.comment) == (Rating(2, None), "Late; Cold")


def test_attachments_are_named_and_pictures_listed() -> None:
    files = [{"Name": "glasses.jpg", "Content": "/9j/4AAQ", "ContentType": "image/jpeg"}]
    assert ("Attached", "glasses.jpg (image/jpeg, 1 kB)") in changed("postmark", put("Attachments", files))[
        0
    ].also_answered
    assert ("Attached", "g.jpg (unknown, 1 kB)") in changed("mailgun", put("attachment-1", "g.jpg"))[0].also_answered
    picture = {"urls": {"original": "https://pictures.example/1.jpg"}}
    assert ("Pictures", "https://pictures.example/1.jpg") in changed("judgeme", put("review.pictures", [picture]))[
        0
    ].also_answered


def test_letter_without_a_stripped_reply_is_cut_by_ourselves() -> None:
    quoting = "Two glasses were broken.\n\nOn 5 Jan 2026, at 09:00, Hearth <care@shop.example> wrote:\n> How was it?\n"
    for name, text, stripped in (
        ("postmark", "TextBody", "StrippedTextReply"),
        ("mailgun", "body-plain", "stripped-text"),
    ):
        (feedback,) = changed(
            name, lambda told, text=text, stripped=stripped: told.update({stripped: "", text: quoting})
        )  # type: ignore[misc]
        assert feedback.comment == "Two glasses were broken."


HTML = "<html><head><style>p {}</style></head><body><p>Two glasses &amp; a plate<br>were broken.</p><blockquote>How was it?</blockquote></body></html>"


def test_letter_in_html_alone_is_read_as_text() -> None:
    for name, path, empty in (("postmark", "HtmlBody", "StrippedTextReply"), ("mailgun", "body-html", "stripped-text")):
        (feedback,) = changed(name, lambda told, path=path, empty=empty: told.update({empty: "", path: HTML}))  # type: ignore[misc]
        assert feedback.comment == "Two glasses & a plate\nwere broken."
    assert of_html("<blockquote>All of it</blockquote>") == "All of it"


LETTERS = [
    ("Broken.\n\nAm Mo., 5. Jan. 2026 um 09:40 Uhr schrieb Hearth <care@shop.example>:\n> Danke", "Broken."),
    ("Broken.\n\nOn Mon, 5 Jan 2026 at 09:40, Hearth and Ribbon\n<care@shop.example> wrote:\n\n> Thanks", "Broken."),
    ("Broken.\r\n\r\nEl lun, 5 ene 2026, Hearth (<care@shop.example>) escribió:\r\n\r\n> Gracias", "Broken."),
    ("Broken.\n\n-----Original Message-----\nFrom: Hearth <care@shop.example>\nThanks", "Broken."),
    (
        "Broken.\n\n________________________________\nVon: Hearth <care@shop.example>\nGesendet: Montag\nDanke",
        "Broken.",
    ),
    ("Kaputt.\n\nVon: Hearth <care@shop.example>\nGesendet: Montag, 5. Januar 2026\nDanke", "Kaputt."),
    ("Broken.\n\nSent from my iPhone\n\n> On 5 Jan, Hearth wrote:\n> Thanks", "Broken."),
    ("> How was it?\nBroken.", "Broken."),
    ("Hi,\n> How was it?\nBroken.\n> And the box?\nOpen.", "Hi,\nBroken.\nOpen."),
    ("Two things:\nthe lid, the box.", "Two things:\nthe lid, the box."),
    ("", ""),
]


@pytest.mark.parametrize(("letter", "own"), LETTERS, ids=range(len(LETTERS)))
def test_what_a_letter_answers_is_cut_off(letter: str, own: str) -> None:
    assert own_words(letter) == own


PASSED_ON = """Könnt ihr das übernehmen?

---------- Weitergeleitete Nachricht ---------
Von: Ana Ruiz <ana.ruiz@example.org>
Datum: Mo., 5. Jan. 2026 um 09:40 Uhr
Betreff: Beschwerde Torte 8812
An: <info@shop.example>

Die Torte kam zerdrückt an.

Ana Ruiz

Am So., 4. Jan. 2026 um 18:00 Uhr schrieb Hearth <info@shop.example>:
> Vielen Dank für Ihre Bestellung.
"""


def test_customer_of_a_letter_passed_on_is_who_wrote_it() -> None:
    def pass_on(told: Any) -> None:
        told.update(
            Subject="WG: Beschwerde Torte 8812", TextBody=PASSED_ON, StrippedTextReply="Könnt ihr das übernehmen?"
        )

    (feedback,) = changed("postmark", pass_on)
    assert feedback.customer == Customer("Ana Ruiz", "ana.ruiz@example.org")
    assert feedback.comment == "Die Torte kam zerdrückt an.\n\nAna Ruiz"
    assert ("Passed on by", "Ana Ruiz <ana@example.org>") in feedback.also_answered


def test_brackets_without_end_are_no_sender() -> None:
    assert changed("postmark", lambda told: told.update(FromName="(" * 5000, FromFull={}))[0].comment
    assert changed("mailgun", put("from", "(" * 5000))[0].comment


SPOKEN = [
    ([{"role": "user", "content": "Where is it?"}, {"role": "assistant", "content": "Soon"}], "Where is it?"),
    ("Customer: Where is it?\nBot: Soon\nCustomer: You said so yesterday", "Where is it?\n\nYou said so yesterday"),
    ("She asks where her parcel is. Note: third time", "She asks where her parcel is. Note: third time"),
    ([{"from": "customer", "text": "Where is it?"}], "Where is it?"),
]


@pytest.mark.parametrize(("transcript", "comment"), SPOKEN, ids=range(len(SPOKEN)))
def test_customers_own_turns_of_a_transcript_are_the_comment(transcript: Any, comment: str) -> None:
    (feedback,) = changed("handover", put("transcript", transcript))
    assert (feedback.comment, feedback.subject, feedback.handed_over) == (comment, "Asked for a person twice", True)
    assert ("urgency", "high") in feedback.also_answered


def test_transcript_stands_whole_beside_the_customers_words() -> None:
    (feedback,) = changed("handover", lambda _: None)
    said = dict(feedback.also_answered)
    assert said["Transcript"].endswith("Assistant: Have you looked at our help pages?")
    assert said["Conversation"] == "https://chat.example/c-1"
    assert (feedback.public_url, feedback.order_ref, feedback.customer.email) == (None, "8812", "ana@example.org")


def test_reason_alone_is_enough_to_hand_over() -> None:
    (arriving,) = SOURCES["handover"].read(b'{"reason": "Wants a person", "email": "ana@example.org"}', {})
    assert (arriving.feedback.comment, arriving.feedback.handed_over) == ("Wants a person", True)


# What customers write in help desks, where a team subscribes to that; never what anybody else does there.

IRIS = {"id": 77, "first": "Iris", "last": "Holm", "email": "iris@example.org"}
LEAD = {"type": "lead", "id": "l1", "name": None, "email": ""}
WRITTEN = "<p>My parcel &amp; I are <i>lost</i>.</p><p>Please help</p>"
AS_SEEN = "My parcel & I are lost.\nPlease help"


def conversation(**more: Any) -> dict[str, Any]:
    return {"id": "55", "created_at": 1767607200, "source": {"id": "m1", "body": WRITTEN, "author": LEAD}, **more}


def intercom(topic: str, **more: Any) -> dict[str, Any]:
    return {"topic": f"conversation.{topic}", "created_at": 1767607200, "data": {"item": conversation(**more)}}


def parts(*said: tuple[str, str]) -> dict[str, Any]:
    listed = [{"id": f"p{n}", "body": body, "author": {"type": who, "id": "x"}} for n, (who, body) in enumerate(said)]
    return {"conversation_parts": {"conversation_parts": listed}}


def helpscout(*threads: tuple[str, str]) -> dict[str, Any]:
    listed = [
        {"id": 900 - n, "type": kind, "body": body, "createdAt": f"2026-01-05T1{9 - n}:00:00Z"}
        for n, (kind, body) in enumerate(threads)
    ]
    return {"id": 21, "mailboxId": 3, "subject": "Box", "primaryCustomer": IRIS, "_embedded": {"threads": listed}}


def chatwoot(**changes: Any) -> dict[str, Any]:
    sender = {"id": 12, "name": "Ana Ruiz", "phone_number": "+34600000001"}
    message = {"event": "message_created", "id": 7, "account": {"id": 1}, "content": "Nobody answers", "private": False}
    return {**message, "message_type": "incoming", "conversation": {"meta": {"sender": sender}}, **changes}


def begun(**changes: Any) -> dict[str, Any]:
    first = {"id": 7, "content": "Nobody answers", "private": False, **changes}
    return {"event": "conversation_created", "id": 3, "contact_inbox": {"id": 1}, "messages": [first]}


def zendesk(is_staff: bool, **changes: Any) -> dict[str, Any]:
    comment = {"id": "19", "body": "Five days now.\n\nOn 5 Jan, Hearth wrote:\n> Soon", "is_public": True}
    author = {"id": "8", "is_staff": is_staff, "name": "Ana Ruiz"}
    event = {
        "type": "zen:event-type:ticket.comment_added",
        "zendesk_event_version": "2022-11-06",
        "detail": {"id": "5"},
    }
    return {**event, "event": {"comment": {**comment, "author": author}}, **changes}


SAID: list[tuple[str, dict[str, Any], list[tuple[str, str]]]] = [
    ("intercom", intercom("user.created"), [("m1", AS_SEEN)]),
    ("intercom", intercom("user.created", source={"body": "<p>Can I help?</p>", "author": {"type": "admin"}}), []),
    ("intercom", intercom("user.replied", **parts(("admin", "Soon"), ("user", "<p>Still lost</p>"))), [("p1", "Still lost")]),
    ("intercom", intercom("user.replied", **parts(("user", "Still lost"), ("bot", "I am a bot"))), []),
    ("intercom", intercom("operator.replied", **parts(("bot", "I understand that you are unhappy"))), []),
    ("intercom", intercom("admin.replied", **parts(("admin", "So sorry that it is lost"))), []),
    ("helpscout", helpscout(("customer", WRITTEN), ("message", "Soon")), [("900", AS_SEEN)]),
    ("helpscout", helpscout(("message", "So sorry that it is lost"), ("customer", WRITTEN)), []),
    ("helpscout", helpscout(("note", "She is furious"), ("customer", WRITTEN)), []),
    ("chatwoot", chatwoot(), [("7", "Nobody answers")]),
    ("chatwoot", chatwoot(message_type="outgoing"), []),
    ("chatwoot", chatwoot(message_type="template", content_type="input_csat"), []),
    ("chatwoot", chatwoot(private=True), []),
    ("chatwoot", chatwoot(event="message_updated"), []),
    ("chatwoot", chatwoot(content=None), []),
    ("chatwoot", begun(message_type=0), [("7", "Nobody answers")]),
    ("chatwoot", begun(message_type=1), []),
    ("chatwoot", {**begun(), "messages": []}, []),
    ("zendesk", zendesk(is_staff=False), [("19", "Five days now.")]),
    ("zendesk", zendesk(is_staff=True), []),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "said"), SAID)
def test_what_a_customer_writes_is_read_and_nobody_elses_words(
    name: str, body: dict[str, Any], said: list[tuple[str, str]]
) -> None:
    read_ = [each.feedback for each in SOURCES[name].read(json.dumps(body).encode(), {})]
    assert [(each.external_id, each.comment) for each in read_] == said


def test_who_wrote_stands_with_what_they_wrote() -> None:
    people = [
        SOURCES[name].read(json.dumps(body).encode(), {})[0].feedback.customer
        for name, body in (("helpscout", helpscout(("customer", WRITTEN))), ("chatwoot", chatwoot()), ("zendesk", zendesk(is_staff=False)))
    ]  # fmt: skip
    assert people == [
        Customer("Iris Holm", "iris@example.org", None, "77"),
        Customer("Ana Ruiz", None, "+34600000001", "12"),
        Customer("Ana Ruiz", None, None, "8"),
    ]


TEAMS_OWN: list[tuple[str, dict[str, Any], Rating | None, str]] = [
    ("zendesk", {"ticket": {"id": "9", "satisfaction": {"current_rating": "Bad", "current_comment": "Third label"}}}, Rating(2, 5), "Third label"),
    ("google-forms", {"namedValues": {"How was it? (1-5)": ["2"], "Any comments": ["Soup cold"]}}, Rating(2, 5), "Soup cold"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "body", "rating", "comment"), TEAMS_OWN)
def test_body_that_a_team_wrote_its_own_way_is_read_as_any_object(
    name: str, body: dict[str, Any], rating: Rating, comment: str
) -> None:
    found = door(name, Policy())
    assert found is not None
    (arriving,) = found.read({}, json.dumps(body).encode())
    assert (arriving.feedback.rating, arriving.feedback.comment) == (rating, comment)


def test_event_of_zendesk_that_is_not_read_is_told_of() -> None:
    other = json.dumps(zendesk(is_staff=False, type="zen:event-type:ticket.created")).encode()
    with pytest.raises(BadFeedback, match="let the webhook have zen:event-type"):
        SOURCES["zendesk"].read(other, {})


def jotform(pretty: str, **raw: Any) -> Feedback:
    body = {"submissionID": "5", "rawRequest": {"slug": "submit/1", **raw}, "pretty": pretty}
    return SOURCES["jotform"].read(json.dumps(body).encode(), {})[0].feedback


TITLES: list[tuple[str, dict[str, Any], tuple[Rating, str, str | None]]] = [
    ("Recommend us? (0-10):2, Your comment:Late, and cold", {"q3_a": "2", "q4_b": "Late, and cold"}, (Rating(2, 10), "Late, and cold", None)),
    # What is written otherwise there, or was not answered, hides no title but its own.
    ("Name:Ana Ruiz, How was it? (1-5):2, Why:Late", {"q1_x": {"first": "Ana", "last": "Ruiz"}, "q2_y": "", "q3_a": "2", "q4_b": "Late"}, (Rating(2, 5), "Late", None)),
    ("Why, in your words:Late, How was it, all in all (1-5):2", {"q3_b": "Late", "q4_a": "2"}, (Rating(2, 5), "Late", None)),
    ("Which order?:Late:2, Order number:8812", {"q3_whatWent": "Late:2", "q4_howWas": "2", "q5_n": "8812"}, (Rating(2, None), "Late:2", "8812")),
    ("", {"q3_howWas": "2", "q4_whatWent": "Late"}, (Rating(2, None), "Late", None)),
]  # fmt: skip


@pytest.mark.parametrize(("pretty", "raw", "wanted"), TITLES)
def test_titles_of_jotform_are_found_between_the_answers(
    pretty: str, raw: dict[str, Any], wanted: tuple[Rating, str, str | None]
) -> None:
    said = jotform(pretty, **raw)
    assert (said.rating, said.comment, said.order_ref) == wanted


def test_rating_of_a_conversation_replaces_no_words_of_it() -> None:
    rating = {"conversation_rating": {"rating": 1, "remark": "Nobody came"}}
    events = (intercom("user.created"), intercom("rating.added", **rating))
    read_ = [SOURCES["intercom"].read(json.dumps(event).encode(), {})[0].feedback for event in events]
    assert [each.external_id for each in read_] == ["m1", "55"]
