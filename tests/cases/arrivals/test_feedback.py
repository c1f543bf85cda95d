"""Feedback read from JSON, what cannot be read of it left out by name, and written back."""

import json
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.arrivals.feedback import (
    BadFeedback,
    Fault,
    identity,
    read_arriving,
    read_feedback,
    read_json,
    to_data,
)
from cases.arrivals.json_fields import write_json
from cases.model import Customer, Feedback, Rating

WHOLE: dict[str, Any] = {
    "external_id": "order-8812",
    "source": "delivery-form",
    "customer": {"name": "Ana Ruiz", "email": "ana@example.org", "phone": None, "id": "c-77"},
    "rating": {"value": 2, "scale": 5},
    "comment": "Soup cold, an hour late",
    "subject": None,
    "order_ref": "8812",
    "occasion": "birthday",
    "occasion_at": "2026-01-07",
    "locale": "en",
    "contact_ok": True,
    "public_url": "https://reviews.example/1",
    "occurred_at": "2026-01-05T09:40:00Z",
}


def read(**changes: Any) -> Feedback:
    return read_feedback({"external_id": "x", "comment": "cold"} | changes, route="generic")


def faults(data: Any) -> dict[str, str]:
    with pytest.raises(BadFeedback) as refused:
        read_feedback(data, route="generic")
    return {fault.field: fault.message for fault in refused.value.faults}


def ignored(**changes: Any) -> dict[str, str]:
    """What is left out of a complaint with one wrong field, beside a rating and words that can be read."""
    arriving = read_arriving(
        {"external_id": "x", "comment": "cold", "rating": {"value": 1, "scale": 5}} | changes, route="kiosk"
    )
    return {fault.field: fault.message for fault in arriving.ignored}


def test_every_field_of_the_intake_is_read() -> None:
    assert read_feedback(WHOLE, route="generic") == Feedback(
        external_id="order-8812",
        source="delivery-form",
        customer=Customer("Ana Ruiz", "ana@example.org", None, "c-77"),
        rating=Rating(2, 5),
        comment="Soup cold, an hour late",
        order_ref="8812",
        occasion="birthday",
        occasion_at=date(2026, 1, 7),
        locale="en",
        contact_ok=True,
        public_url="https://reviews.example/1",
        occurred_at=datetime(2026, 1, 5, 9, 40, tzinfo=UTC),
    )


def test_an_id_and_a_comment_are_enough() -> None:
    data = {"external_id": "x", "comment": "cold"}
    assert read_feedback(data, route="kiosk") == Feedback(external_id="x", source="kiosk", comment="cold")


def test_an_id_and_a_rating_are_enough() -> None:
    data = {"external_id": "x", "rating": {"value": 0, "scale": 10}}
    assert read_feedback(data, route="kiosk").rating == Rating(0, 10)


def test_keys_that_nobody_knows_are_passed_over() -> None:
    assert read(colour="red", customer={"name": "Ana", "shoe_size": 38}) == read(customer={"name": "Ana"})


def test_blank_and_null_both_mean_not_given() -> None:
    blank = read(customer={"name": " ", "email": ""}, source="", order_ref="\t", rating=None, occurred_at=" ")
    assert blank == read()


def test_ids_sent_as_whole_numbers_become_text() -> None:
    feedback = read(external_id=8812, order_ref=7, customer={"id": 77})
    assert (feedback.external_id, feedback.order_ref, feedback.customer.id) == ("8812", "7", "77")


def test_ratings_sent_as_text_are_read_if_numeric() -> None:
    assert read(rating={"value": "2", "scale": " 5.0 "}).rating == Rating(2, 5)


INSTANTS = [
    ("2026-01-05T09:40:00Z", datetime(2026, 1, 5, 9, 40, tzinfo=UTC)),
    ("2026-01-05T09:40:00.250+02:00", datetime(2026, 1, 5, 7, 40, 0, 250_000, tzinfo=UTC)),
    ("2026-01-05 09:40", datetime(2026, 1, 5, 9, 40, tzinfo=UTC)),  # no offset: UTC
    ("2026-01-05", datetime(2026, 1, 5, tzinfo=UTC)),
    ("2026-01-05T10:40+01:00[Europe/Berlin]", datetime(2026, 1, 5, 9, 40, tzinfo=UTC)),
    (1767606000, datetime(2026, 1, 5, 9, 40, tzinfo=UTC)),
    (1767606000000, datetime(2026, 1, 5, 9, 40, tzinfo=UTC)),
    (1767606000.25, datetime(2026, 1, 5, 9, 40, 0, 250_000, tzinfo=UTC)),
]


@pytest.mark.parametrize(("text", "instant"), INSTANTS)
def test_instants_are_read_into_aware_utc(text: Any, instant: datetime) -> None:
    at = read(occurred_at=text).occurred_at
    assert at == instant
    assert at is not None
    assert at.tzinfo is UTC


def test_an_occasion_may_come_with_a_time() -> None:
    assert read(occasion_at="2026-01-07T00:00:00+01:00").occasion_at == date(2026, 1, 7)


def test_a_comment_is_kept_exactly_as_written() -> None:
    wild = " <!channel> \u202eesrever\n\t```\x92" + "so cold " * 2500
    assert read(comment=wild).comment == wild


def test_a_comment_loses_only_what_nobody_can_read() -> None:
    """Attacks 8: of the controls below the space, line end and tab alone are part of a text."""
    controls = "".join(map(chr, range(32)))
    assert read(comment=f"a{controls}b\r\nc").comment == "a\t\n\nb\nc"
    with pytest.raises(BadFeedback):
        read(comment="\x00\x1b\r")


def test_half_a_surrogate_pair_becomes_a_replacement() -> None:
    assert read(comment="soup \ud83d cold").comment == "soup \ufffd cold"


def test_short_fields_lose_their_control_characters() -> None:
    assert read(customer={"name": "Ana\x00\nRuiz\u202e"}).customer.name == "Ana Ruiz"


WRONG: list[tuple[dict[str, Any], str, str]] = [
    ({"external_id": "x" * 2001}, "external_id", "at most 2000 characters long; this has 2001"),
    ({"external_id": True}, "external_id", "must be text"),
    ({"external_id": 1.5}, "external_id", "must be text"),
    ({"external_id": 10**400}, "external_id", "must be text"),
    ({"source": ["a"]}, "source", "must be text"),
    ({"comment": 5}, "comment", "must be text"),
    ({"customer": "Ana"}, "customer", "must be an object"),
    ({"customer": {"name": "n" * 501}}, "customer.name", "at most 500"),
    ({"customer": {"email": {}}}, "customer.email", "must be text"),
    ({"rating": 2}, "rating", "must be an object"),
    ({"rating": {"value": 6, "scale": 5}}, "rating.value", "between 0 and 5"),
    ({"rating": {"value": -1, "scale": 5}}, "rating.value", "between 0 and 5"),
    ({"rating": {"value": 0, "scale": 0}}, "rating.scale", "above 0"),
    ({"rating": {"value": True, "scale": 5}}, "rating.value", "must be a number"),
    ({"rating": {"value": "two", "scale": 5}}, "rating.value", "must be a number"),
    ({"rating": {"value": "nan", "scale": 5}}, "rating.value", "must be a number"),
    ({"rating": {"value": float("nan"), "scale": 5}}, "rating.value", "ordinary size"),
    ({"rating": {"value": 1, "scale": float("inf")}}, "rating.scale", "ordinary size"),
    ({"rating": {"value": 1, "scale": 10**400}}, "rating.scale", "ordinary size"),
    ({"contact_ok": "perhaps"}, "contact_ok", "true, false or null"),
    ({"contact_ok": 2}, "contact_ok", "true, false or null"),
    ({"contact_ok": {}}, "contact_ok", "true, false or null"),
    ({"occurred_at": "yesterday"}, "occurred_at", "such as"),
    ({"occurred_at": True}, "occurred_at", "such as"),
    ({"occurred_at": [1]}, "occurred_at", "such as"),
    ({"occurred_at": 1e300}, "occurred_at", "calendars"),
    ({"occurred_at": "0001-01-01T00:00:00+14:00"}, "occurred_at", "calendars"),
    ({"occasion_at": "2026-02-31"}, "occasion_at", "such as"),
    ({"occasion_at": 5}, "occasion_at", "such as"),
    ({"public_url": "javascript:alert(1)"}, "public_url", "https://"),
    ({"public_url": "https://a.example/|evil>"}, "public_url", "https://"),
]


@pytest.mark.parametrize(("change", "field", "message"), WRONG, ids=[f"{f}: {m}" for _, f, m in WRONG])
def test_wrong_field_is_left_out_and_named(change: dict[str, Any], field: str, message: str) -> None:
    found = ignored(**change)
    assert list(found) == [field]
    assert message in found[field]


@pytest.mark.parametrize("rating", [None, {}, {"value": None, "scale": 5}, {"value": None}, {"scale": 5}])
def test_question_that_was_skipped_is_no_rating(rating: Any) -> None:
    arriving = read_arriving({"external_id": "x", "comment": "cold", "rating": rating}, route="kiosk")
    assert (arriving.feedback.rating, arriving.ignored) == (None, ())


@pytest.mark.parametrize(
    ("said", "meant"),
    [(True, True), (False, False), ("true", True), ("Nein", False), ("0", False), (1, True), ("ja", True), ("", None)],
)
def test_permission_is_read_from_plain_words(said: Any, meant: bool | None) -> None:
    assert read(contact_ok=said).contact_ok is meant


NEITHER: list[tuple[dict[str, Any], list[str]]] = [
    ({}, ["data.comment"]),
    ({"comment": None, "rating": None}, ["data.comment"]),
    ({"comment": "  "}, ["data.comment"]),
    ({"comment": 5}, ["data.comment"]),
    ({"rating": 3}, ["data.rating"]),
    ({"rating": {"value": "x"}}, ["data.rating.value"]),
    ({"customer": {"name": 1.5, "phone": []}}, ["data.customer.name", "data.customer.phone", "data.comment"]),
]


@pytest.mark.parametrize(("data", "fields"), NEITHER, ids=str)
def test_without_rating_and_words_every_fault_is_told(data: dict[str, Any], fields: list[str]) -> None:
    assert list(faults({"external_id": "x"} | data)) == fields


@pytest.mark.parametrize(
    "written",
    [
        "mailto:ana@example.org",
        "Ana Ruiz <ana@example.org>",
        "<ana@example.org>",
        "ana@example.org.",
        "ana\u200b@example.org",
    ],
)
def test_address_is_read_without_what_programs_put_around_it(written: str) -> None:
    assert read(customer={"email": written}).customer.email == "ana@example.org"


@pytest.mark.parametrize("written", ["none", "ana at example", "ana ruiz@example.org", "a@b, c@d"])
def test_what_is_no_address_stays_as_it_was_written(written: str) -> None:
    assert read(customer={"email": written}).customer.email == written


def test_very_long_id_names_its_feedback_all_the_same() -> None:
    one, again, other = (read(external_id=f"{place}{'x' * 400}").external_id for place in (1, 1, 2))
    assert one == again != other
    assert len(one) <= 200


def test_what_has_no_id_is_known_by_what_it_says() -> None:
    first, again, other = (read(external_id=None, comment=said) for said in ("cold", "cold", "late"))
    assert first.external_id == again.external_id != other.external_id


@pytest.mark.parametrize("data", [None, [], "text", 5])
def test_data_that_is_no_object_is_one_fault(data: Any) -> None:
    assert faults(data) == {"data": "must be an object, that is {…}"}


def test_the_path_begins_where_the_caller_says() -> None:
    with pytest.raises(BadFeedback, match=r"^comment: is missing"):
        read_feedback({"external_id": "x"}, route="import", path="")


BROKEN = [
    (b'{"a": 1,}', "line 1, column 9"),
    (b'{"a":\n nope}', "line 2, column 2"),
    (b"", "line 1, column 1"),
    (b'"\xff"', "byte 2"),
    (b'{"a": NaN}', "NaN"),
    (b'{"a": -Infinity}', "-Infinity"),
    (b"[" * 100_000, "nested"),
    (b"1" * 5000, "too long"),
]


@pytest.mark.parametrize(("body", "told"), BROKEN, ids=[told for _, told in BROKEN])
def test_broken_json_is_refused_with_its_place(body: bytes, told: str) -> None:
    with pytest.raises(BadFeedback) as refused:
        read_json(body)
    assert refused.value.faults[0].field == "body"
    assert told in refused.value.faults[0].message


def test_json_with_a_byte_order_mark_is_read() -> None:
    assert read_json(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


def test_a_fault_reads_as_field_and_message() -> None:
    assert str(BadFeedback(Fault("a.b", "is missing"), Fault("", "is empty"))) == "a.b: is missing; is empty"


words = st.text(st.characters(categories=["L", "N", "P"]), min_size=1, max_size=30)
maybe = st.none() | words
feedbacks = st.builds(
    Feedback,
    external_id=words,
    source=words,
    customer=st.builds(Customer, maybe, maybe, maybe, maybe),
    rating=st.none()
    | st.tuples(st.floats(0, 1), st.sampled_from([5.0, 10.0, 2.5])).map(lambda r: Rating(r[0] * r[1], r[1])),
    comment=st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\t\n"), min_size=1).filter(
        str.strip
    ),
    subject=maybe,
    order_ref=maybe,
    occasion=maybe,
    occasion_at=st.none() | st.dates(),
    locale=maybe,
    contact_ok=st.none() | st.booleans(),
    public_url=st.none() | st.just("https://reviews.example/1?a=b"),
    occurred_at=st.none() | st.datetimes(timezones=st.just(UTC)),
)


@pytest.mark.long
@given(feedbacks)
def test_what_is_written_reads_back_the_same(feedback: Feedback) -> None:
    written = json.dumps(to_data(feedback)).encode()
    assert read_feedback(read_json(written), route="another") == feedback


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from([*WHOLE, "value", "scale"]), inner),
    max_leaves=12,
)


@given(st.dictionaries(st.sampled_from(list(WHOLE)), json_values))
def test_any_object_is_read_or_refused_by_name(data: dict[str, Any]) -> None:
    faults_told: tuple[Fault, ...] = ()
    try:
        feedback = read_feedback(data, route="generic")
    except BadFeedback as refused:
        faults_told = refused.faults
    else:
        assert feedback.external_id
        assert feedback.rating or feedback.comment
    assert all(fault.field.startswith("data") for fault in faults_told)


def test_a_feedback_is_named_by_source_and_id() -> None:
    assert identity(read(external_id="7", source="shop")) == ("shop", "7")


# -- JSON of our own -------------------------------------------------------------------------------------------------

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
values = st.recursive(
    st.none() | st.booleans() | numbers | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(st.characters(codec="utf-8")), inner),
)


@given(values)
def test_json_of_our_own_reads_back_the_same(value: Any) -> None:
    assert json.loads(write_json(value)) == value


@pytest.mark.parametrize("value", ["half a pair \ud83d", {"n": 2**70}, {2: "two"}])
def test_what_the_quick_way_cannot_write_is_written_all_the_same(value: Any) -> None:
    assert write_json(value) == json.dumps(value).encode()


@pytest.mark.parametrize(
    "value", [datetime(2026, 1, 5, tzinfo=UTC), {"at": date(2026, 1, 5)}, Customer(name="Ana"), {1, 2}]
)
def test_what_is_no_json_is_not_written(value: Any) -> None:
    with pytest.raises(TypeError):
        write_json(value)
