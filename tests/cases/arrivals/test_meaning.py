"""What answers mean: questions of whatever shape, whose time and id it is, which end of a scale is the best."""

import io
from typing import Any

import pytest

from cases.arrivals.answers import answer, of_json
from cases.arrivals.bodies import read_body
from cases.arrivals.columns import Accepted, read_rows
from cases.arrivals.feedback import BadFeedback, address, read_kept, to_data
from cases.arrivals.labels import meanings, usual_scale
from cases.arrivals.meaning import meant
from cases.arrivals.told import Means, Told
from cases.model import Feedback, Rating
from tests.elapsing import RUNAWAY, dearer


def read(body: Any) -> Feedback:
    return meant(of_json(body), Told("shop")).feedback


# Questions


def test_questions_with_more_beside_them_are_questions_still() -> None:
    said = read(
        {
            "answers": [
                {"question_id": 1, "question": "How was the delivery?", "question_type": "Rating", "answer": 1, "scale": 5},
                {"question_id": 2, "question": "Which branch?", "questionType": "Text", "answer": "Harbour", "page": 2},
                {"question_id": 3, "question": "What went wrong?", "answer": "It lay in the rain", "skipped": False},
            ]
        }
    )  # fmt: skip
    assert (said.rating, said.comment) == (Rating(1, 5), "It lay in the rain")
    assert said.also_answered == (("Which branch?", "Harbour"), ("page", "2"), ("skipped", "no"))


@pytest.mark.parametrize("steps", ["scale", "rating_scale", "ratingScale", "question_max"])
def test_question_that_tells_its_scale_is_one_rating(steps: str) -> None:
    asked = {"question": "How likely are you to recommend us?", "answer": 3, steps: 10}
    said = read(
        {"survey": {"name": "S"}, "answers": [asked, {"question": "What went wrong?", "answer": "Box was wet"}]}
    )
    assert (said.rating, said.comment) == (Rating(3, 10), "Box was wet")


def test_answer_is_found_by_the_path_it_stands_at() -> None:
    told = Told("shop", ((Means.RATING, "answer.value"),), scale=5)
    body = {"question": {"id": 12, "text": "How satisfied are you?"}, "answer": {"value": "2", "text": "Unhappy"}}
    assert meant(of_json(body), told).feedback.rating == Rating(2, 5)


def test_words_of_a_question_are_never_the_customers() -> None:
    said = read({"question": {"id": 1, "text": "How was our support today?"}, "comment": "He hung up on me"})
    assert said.comment == "He hung up on me"


def test_question_and_answer_may_be_objects_themselves() -> None:
    more = [
        {
            "id": "q1",
            "question": {"id": "x", "type": "free", "text": "What can we do better?"},
            "value": {"free": "No refund"},
        }
    ]
    said = read({"comment": "Three weeks late", "additional_answers": more})
    assert said.comment == "Three weeks late\n\nWhat can we do better? No refund"


def test_title_and_words_of_a_review_are_no_question_with_its_answer() -> None:
    said = read({"review": {"title": "Never again", "response": "Sorry!", "body": "The lid was cracked", "stars": 1}})
    assert (said.subject, said.comment, said.rating) == ("Never again", "The lid was cracked", Rating(1, 5))


# Whose time and id


def test_time_is_that_which_stands_nearest_to_the_words() -> None:
    body = {
        "id": "evt_9",
        "created_at": "2026-01-05T10:00:03Z",
        "data": {
            "person": {"id": "p-4", "email": "ana@example.org", "created_at": "2014-10-02T01:00:00Z"},
            "id": "rv-77",
            "score": 1,
            "comment": "The soup was cold",
            "created_at": "2026-01-05T10:00:00Z",
        },
    }
    said = read(body)
    assert said.occurred_at is not None
    assert said.occurred_at.isoformat() == "2026-01-05T10:00:00+00:00"


def test_id_of_a_question_in_a_list_names_no_feedback() -> None:
    """It is the same in each response, and all but the first would be lost as known already."""
    assert read({"answers": [{"id": "q1", "text": "The soup was cold"}], "id": 88}).external_id == "88"
    assert read({"answers": [{"id": "q1", "text": "The soup was cold"}]}).external_id.startswith("made-")


# Names


@pytest.mark.parametrize(
    "customer",
    [
        {"nome": "Giulia", "cognome": "Ferri"},
        {"name": "Ferri", "vorname": "Giulia"},
        {"full_name": "Giulia Ferri", "first_name": "Giulia", "last_name": "Ferri"},
        {"user_first_name": "Giulia", "user_last_name": "Ferri"},
    ],
)
def test_name_is_whole_where_a_part_of_it_stands_beside(customer: dict[str, str]) -> None:
    said = read({"comment": "The wine was corked", "customer": customer})
    assert said.customer.name == "Giulia Ferri"


def test_first_name_with_which_the_last_one_begins_is_kept() -> None:
    assert read({"comment": "Cold soup", "Vorname": "Jan", "Name": "Jansen"}).customer.name == "Jan Jansen"


def test_long_names_put_together_are_kept_as_they_are() -> None:
    named = ((Means.FIRST_NAME, "Ana"), (Means.LAST_NAME, "Ruiz" * 125), (Means.COMMENT, "Never arrived"))
    feedback = meant(
        [each for means, said in named for each in answer(means, means, said, means)], Told("shop")
    ).feedback
    assert feedback.customer.name is not None
    assert read_kept(to_data(feedback), "shop") == feedback


def test_part_of_somebody_elses_name_is_not_put_to_the_customers() -> None:
    said = read({"comment": "Cold", "customer": {"name": "Ana"}, "colleague": {"last_name": "Moor"}})
    assert said.customer.name == "Ana"


def test_path_of_a_resource_is_nobodys_name() -> None:
    said = read({"name": "accounts/1/reviews/Ab", "reviewer": {"displayName": "Sven K."}, "comment": "Cold fish"})
    assert said.customer.name == "Sven K."


# Ratings


def test_scale_that_a_column_tells_is_not_guessed_from_its_cells() -> None:
    rows = list(read_rows(io.StringIO("Happy with us (1-6),Remarks\n6,So and so\n1,Mouldy bread\n"), "csv"))
    assert [row.arriving.feedback.rating for row in rows if isinstance(row, Accepted)] == [Rating(6, 6), Rating(1, 6)]


@pytest.mark.parametrize(
    ("question", "said", "rating"),
    [
        ("How was it? (1 = very good, 5 = very bad)", 5, Rating(1, 5)),
        ("How was it? (1 = very bad, 5 = very good)", 5, Rating(5, 5)),
        ("Note (1 = sehr gut, 6 = ungenügend)", "6", Rating(1, 6)),
        ("Zufriedenheit: 1 (sehr zufrieden) bis 5 (sehr unzufrieden)", 4, Rating(2, 5)),
        ("Schulnote", 6, Rating(1, 6)),
        ("Schulnote", "1,5", Rating(5.5, 6)),
        ("Schulnote", "1-", Rating(6, 6)),
        ("How was it? (1 = very good, 5 = very bad)", "1/5", Rating(5, 5)),
        ("How was it? (1 = very good, 5 = very bad)", "1 (very good)", Rating(5, 5)),
        ("How was it? (1 = very good, 5 = very bad)", 0, Rating(0, None)),
    ],
)
def test_where_the_lowest_number_is_the_best_it_is_turned_round(question: str, said: Any, rating: Rating) -> None:
    assert read({question: said}).rating == rating


@pytest.mark.parametrize(
    ("question", "said", "rating"),
    [
        ("Was everything all right?", "No", Rating(0, 1)),
        ("Was everything all right?", False, Rating(0, 1)),
        ("Was everything ok? If not, tell us", "no", Rating(0, 1)),
        ("Were you satisfied with your order?", "Yes", Rating(1, 1)),
        ("Zufrieden?", "Nein.", Rating(0, 1)),
        ("Êtes-vous satisfait ?", "non", Rating(0, 1)),
        ("¿Todo bien?", "sí", Rating(1, 1)),
        ("Tutto bene?", "sì", Rating(1, 1)),
        ("Tudo bem?", "não", Rating(0, 1)),
        ("Is er alles goed gegaan?", "nee", Rating(0, 1)),
        ("would_recommend", "no", Rating(0, 1)),
        ("Were you dissatisfied?", "yes", None),
        ("May we publish your rating?", False, None),
        ("May we show your rating to others?", "no", None),
        ("Darf Ihre Bewertung veröffentlicht werden?", "nein", None),
        ("Rating", "no", None),
    ],
)
def test_yes_is_a_rating_where_it_is_asked_whether_all_was_well(
    question: str, said: Any, rating: Rating | None
) -> None:
    assert read({question: said, "comment": "The cake"}).rating == rating


def test_plain_no_is_a_rating_where_policy_says_so() -> None:
    told = Told("shop", named=((Means.RATING, "Dürfen wir wiederkommen?"),))
    assert meant(of_json({"Dürfen wir wiederkommen?": "nein"}), told).feedback.rating == Rating(0, 1)


def test_leave_that_is_not_given_spoils_no_stars() -> None:
    assert read({"stars": 5, "publish_rating": False}).rating == Rating(5, 5)


def test_stated_scale_is_turned_round_as_well() -> None:
    assert read({"Schulnote": 1, "scale": 6}).rating == Rating(6, 6)


# Words


def test_words_that_come_marked_up_are_read_as_they_are_seen() -> None:
    said = read({"review": "<p>Scratched &amp; bent.<br>Two screws were missing.</p>\n", "rating": "2/5"})
    assert said.comment == "Scratched & bent.\nTwo screws were missing."
    assert read({"comment": "<3 your soup, a < b > c"}).comment == "<3 your soup, a < b > c"


@pytest.mark.parametrize(
    "question",
    ["Acceptez-vous d'être contacté ?", "Accetta di essere contattato?", "¿Acepta que le contactemos?", "Stimmen Sie einem Rückruf zu?"],
)  # fmt: skip
def test_whether_somebody_lets_us_write_is_asked_in_many_ways(question: str) -> None:
    assert read({"comment": "Cold room", question: "No"}).contact_ok is False
    assert read({"comment": "Cold room", "Have you contacted us before?": "No"}).contact_ok is None


# What is too deep or too long


@pytest.mark.parametrize("written", ["(" * 499, "a@example.org " + "(" * 480], ids=["brackets", "address"])
def test_brackets_in_brackets_break_no_address(written: str) -> None:
    assert address(written) in (written, "a@example.org")


@pytest.mark.parametrize(
    "head", [b"Content-Disposition: form-data; " + b"(" * 5_000, b"Content-Type: multipart/mixed; boundary=x"]
)
def test_multipart_that_goes_too_deep_is_told_so(head: bytes) -> None:
    body = b"".join(b"--x%d\r\n%s%d\r\n\r\n" % (place, head, place + 1) for place in range(3_000))
    with pytest.raises(BadFeedback, match="body"):
        read_body(body)


@pytest.mark.parametrize("bit", ["may we ", "would you like us to ", "0 to ", " "])
def test_question_without_end_costs_no_time(bit: str) -> None:
    def asked(times: int) -> None:
        meanings("x" + bit * times)
        usual_scale("x" + bit * times)

    assert dearer(lambda: asked(12_500), lambda: asked(100_000)) < RUNAWAY


def test_pairs_of_any_name_are_questions_with_answers() -> None:
    results = [
        {"ask": "How happy are you with the repair? (0 = awful, 10 = perfect)", "got": "2"},
        {"ask": "May we ring you?", "got": "yes please"},
        {"ask": "Which branch?", "got": "Leeds"},
        {"ask": "Tell us more", "got": "The zip broke again"},
    ]
    said = read({"respondent": {"mail": "grace@example.org"}, "results": results})
    assert (said.rating, said.comment, said.contact_ok) == (Rating(2, 10), "The zip broke again", True)
    assert said.also_answered == (("Which branch?", "Leeds"),)
    for name in ("Which branch?", "results.2.got", "2.got"):
        told = Told("shop", named=((Means.COMMENT, name),))
        assert meant(of_json({"results": results}), told).feedback.comment == "Leeds"


def test_questions_that_are_called_alike_are_told_by_their_path() -> None:
    lines = [{"q": "Tell us more", "a": "The zip broke", "n": 1}, {"q": "Branch", "a": "Leeds", "n": 2}]
    told = Told("shop", named=((Means.COMMENT, "lines.0.a"),))
    arriving = meant(of_json({"lines": lines, "id": "x-1"}), told)
    assert dict(arriving.taken_from) == {"comment": "lines.0.a", "external_id": "id"}
    assert [name for name, _ in arriving.feedback.also_answered] == [
        *("lines.0.q", "lines.0.n", "lines.1.q", "lines.1.a", "lines.1.n")
    ]


def test_names_that_fit_nothing_are_told_beside_the_questions_that_there_are() -> None:
    body = {f"key_{n}": "x" for n in range(9)} | {"lines": [{"q": "Tell us more", "a": "Zip broke", "n": True}]}
    told = Told("shop", named=((Means.RATING, "Stras"), (Means.COMMENT, "Tell us more"), (Means.NAME, "key_1")))
    with pytest.raises(BadFeedback) as bad:
        meant(of_json(body), told)
    said = str(bad.value)
    assert ' among "q", "a", "key_0", ' in said
    assert 'and 4 more. policy.toml names "Stras", "Tell us more", and nothing here is called so. ' in said


def test_list_of_two_words_each_is_no_list_of_questions() -> None:
    pairs = [{"author": "Ana Ruiz", "remark": "Cold soup"}, {"author": "Ben Hale", "remark": "Rude driver"}]
    said = read({"rating": 1, "scale": 5, "notes": pairs})
    assert said.customer.name in ("Ana Ruiz", None)


# Scales that stand elsewhere

SCALES: list[tuple[Any, Rating]] = [
    ({"score": 2, "scale": 5}, Rating(2, 5)),
    ({"response": {"score": 2}, "scale": 5}, Rating(2, 5)),
    ({"rating": {"value": 4, "scale": 10}, "scale": 5}, Rating(4, 10)),
    ({"score": 3, "score_max": 10}, Rating(3, 10)),
    # The best answer of a quiz is not that of the rating beside it: 5 would be the best there is.
    ({"answer": {"rating": 5}, "quiz": {"score_name": "x", "max_score": 5}}, Rating(5, None)),
    ({"survey_type": "nps", "score": 4}, Rating(4, 10)),
    ({"response": {"score": "4", "text": "Too slow"}, "survey_mode": "NPS"}, Rating(4, 10)),
    ({"survey_type": "csat", "score": 4}, Rating(4, None)),
    ({"other": {"type": "nps"}, "response": {"score": 4}}, Rating(4, None)),
]


@pytest.mark.parametrize(("body", "rating"), SCALES)
def test_scale_is_that_which_stands_beside_the_rating_or_around_it(body: Any, rating: Rating) -> None:
    assert read(body).rating == rating


ENDS: list[tuple[str, float]] = [
    ("How satisfied are you? (1 = very satisfied, 5 = gar nichts)", 1),
    ("Wie zufrieden sind Sie? (1 = sehr zufrieden, 5 = gar nicht)", 1),
    ("How satisfied are you? (1 = tip top, 5 = very bad)", 1),
    ("How satisfied are you? (1 = very bad, 5 = tip top)", 5),
    ("How satisfied are you? (1 = hm, 5 = very good)", 5),
    ("How satisfied are you? (1 = hm, 5 = hm hm)", 5),
]


@pytest.mark.parametrize(("question", "value"), ENDS)
def test_one_end_in_known_words_tells_which_end_is_the_best(question: str, value: float) -> None:
    assert read({"answers": [{"label": question, "value": 5, "type": "scale"}]}).rating == Rating(value, 5)


# Words that come in more than one way

TWICE: list[tuple[Any, str]] = [
    ({"body_text": "It broke again.\n\nOn 5 Jan, Hearth wrote:\n> Sorry!", "stripped_text": "It broke again."}, "It broke again."),
    ({"message": "It broke again.\n\nOn 5 Jan, Hearth wrote:\n\n> Sorry!"}, "It broke again."),
    ({"comment": "You said:\nOn Friday, and it is Monday"}, "You said:\nOn Friday, and it is Monday"),
    ({"comment": "The &quot;stainless&quot; pan &amp; its lid rust"}, 'The "stainless" pan & its lid rust'),
    ({"comment": "R&D told me 5 < 6; AT&T too"}, "R&D told me 5 < 6; AT&T too"),
    ({"comment": "<p>Broken</p><div>On 5 Jan Hearth wrote:<blockquote>Sorry!</blockquote></div>"}, "Broken"),
    ({"comment": "<p>Late</p><table><tr><td>Order</td><td>8812</td></tr></table>"}, "Late\nOrder 8812"),
]  # fmt: skip


@pytest.mark.parametrize(("body", "comment"), TWICE)
def test_words_are_taken_once_and_without_what_they_answer(body: Any, comment: str) -> None:
    assert read(body).comment == comment


def test_what_a_form_explains_of_a_question_is_no_answer() -> None:
    said = read(
        {
            "data": [
                {"title": "How likely are you to recommend us?", "description": "0 never, 10 always", "type": "scale", "key": "a", "value": "1"},
                {"title": "Tell us why", "description": None, "type": "text", "key": "b", "value": "My file was deleted"},
            ]
        }
    )  # fmt: skip
    assert (said.rating, said.comment) == (Rating(1, 10), "My file was deleted")


# Ids

IDS: list[tuple[dict[str, Any], str]] = [
    ({"recordId": "rec1", "fields": {"comment": "Late"}}, "rec1"),
    ({"data": {"content": "Late", "fingerprint": 1795}}, "1795"),
    ({"answered": {"responseUuid": "r-1", "choice": {"id": 2, "comment": "Late"}}}, "r-1"),
    ({"uuid": "u-1", "comment": "Late"}, "u-1"),
]


@pytest.mark.parametrize(("body", "external_id"), IDS)
def test_id_is_the_answers_own_and_not_that_of_what_was_chosen(body: dict[str, Any], external_id: str) -> None:
    assert read(body).external_id == external_id


def test_policy_names_a_question_by_its_whole_name_first() -> None:
    told = Told("gravity", ((Means.RATING, "3"), (Means.COMMENT, "4"), (Means.NAME, "1.3")), scale=5)
    arriving = meant(of_json({"id": "31", "1.3": "Ana", "2": "ana@example.org", "3": "2", "4": "Box broken"}), told)
    said = arriving.feedback
    assert (said.rating, said.comment, said.customer.name, arriving.ignored) == (Rating(2, 5), "Box broken", "Ana", ())
