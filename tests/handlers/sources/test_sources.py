"""The contract every feedback source inherits, then what is particular to each.

A new module in handlers/sources is found by itself and must pass the first half as it is.
"""

import base64
import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from standardwebhooks import Webhook

from cases.arrivals.deliveries import Outcome
from cases.arrivals.feedback import BadFeedback
from cases.model import Customer, Feedback, Rating
from handlers.sources import SOURCES, BadSignature, Known, NotSigned, Source
from handlers.sources.signatures import STANDARD, HmacShape

every_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
SIGNING = {name: source for name, source in SOURCES.items() if source.example.covers_body}
every_signing_source = pytest.mark.parametrize("source", SIGNING.values(), ids=SIGNING)


GENERIC, TYPEFORM = SOURCES["generic"].example, SOURCES["typeform"].example
ROOT = Path(__file__).parents[3]
SENT = Path(__file__).parent / "bodies"
MODULES = {name: name.replace("-", "_") for name in SOURCES} | {"json": "json_body"}
UNRATED = {"postmark", "mailgun", "handover"}  # who writes a letter or talks gives no stars
TIMELESS = {"jotform"}  # tells no time


def wall() -> datetime:
    """Freshness of a signature is measured on the wire, so here, and only here, tests use the wall clock."""
    return datetime.now(UTC)


def signed(source: Source, body: bytes | None = None, secret: str | None = None) -> dict[str, str]:
    example = source.example
    return example.sign(example.body if body is None else body, secret or example.secret, wall())


def refusal(check: Callable[..., None], *request: Any) -> str | None:
    """Why a check believes the request not; None when it does."""
    try:
        check(*request)
    except BadSignature as refused:
        return str(refused)
    return None


def replaced(value: Any, change: Callable[[Any], Any]) -> Any:
    """A copy of a JSON value with `change` applied to each leaf."""
    if isinstance(value, dict):
        return {key: replaced(inner, change) for key, inner in value.items()}
    if isinstance(value, list):
        return [replaced(inner, change) for inner in value]
    return change(value)


def with_comment(source: Source, comment: str) -> bytes:
    """The example's body with other words in the customer's mouth."""
    feedback = source.read(source.example.body, {})[0].feedback
    return json.dumps(
        replaced(source.example.value, lambda leaf: comment if leaf == feedback.comment else leaf)
    ).encode()


@every_source
def test_the_example_verifies_and_reads_as_feedback(source: Source) -> None:
    headers = signed(source)
    source.signature.verify(headers, source.example.body, source.example.secret)
    feedback = source.read(source.example.body, headers)[0].feedback
    assert feedback.external_id
    assert (feedback.rating is None) == (source.name in UNRATED)
    assert feedback.comment


@every_signing_source
def test_request_without_any_signature_is_known_by_its_head(source: Source) -> None:
    """Its body is then never read; one with a signature of whatever kind has to be."""
    with pytest.raises(NotSigned):
        source.signature.verify({}, b"", source.example.secret)
    headers = dict.fromkeys(signed(source), "1")
    with pytest.raises(BadSignature) as refused:
        source.signature.verify(headers, b"", source.example.secret)
    assert not isinstance(refused.value, NotSigned)


@every_source
def test_header_names_are_matched_in_any_case(source: Source) -> None:
    for rewrite in (str.lower, str.upper):
        headers = {rewrite(name): value for name, value in signed(source).items()}
        assert refusal(source.signature.verify, headers, source.example.body, source.example.secret) is None


@every_source
def test_names_are_fit_for_routes_and_settings(source: Source) -> None:
    assert SOURCES[source.name] is source
    assert source.name.replace("-", "_").isidentifier()
    assert source.name.islower()
    assert source.secret_env.isupper()
    assert source.secret_env.endswith("_SECRET")


def test_no_two_sources_share_one_secret() -> None:
    assert len({source.secret_env for source in SOURCES.values()}) == len(SOURCES)


@every_source
def test_a_request_signed_with_another_secret_is_refused(source: Source) -> None:
    other = source.example.secret[:-4] + ("AAAA" if not source.example.secret.endswith("AAAA") else "BBBB")
    with pytest.raises(BadSignature):
        source.signature.verify(signed(source), source.example.body, other)


@every_signing_source
def test_an_altered_body_is_refused_under_its_signature(source: Source) -> None:
    with pytest.raises(BadSignature):
        source.signature.verify(signed(source), source.example.body + b" ", source.example.secret)


@every_source
def test_each_signature_header_is_needed_and_named(source: Source) -> None:
    for missing in signed(source):
        headers = {name: value for name, value in signed(source).items() if name != missing}
        with pytest.raises(BadSignature):
            source.signature.verify(headers, source.example.body, source.example.secret)


GARBAGE = ["", " ", "x", "v1", "v1,", "v1,x", "v1,%%%", "v2,AAAA", "a,b,c", "é", "\ud800", "sha256=", "nan", "9" * 40]


@every_source
@pytest.mark.parametrize("garbage", GARBAGE, ids=ascii)
def test_garbage_in_any_header_is_refused_calmly(source: Source, garbage: str) -> None:
    body, secret = source.example.body, source.example.secret
    for name in signed(source):
        headers = signed(source) | {name: garbage}
        with pytest.raises(BadSignature):
            source.signature.verify(headers, body, secret)


@every_source
@pytest.mark.parametrize("unset", ["", "whsec_"])
def test_without_a_usable_secret_nothing_is_believed(source: Source, unset: str) -> None:
    headers = dict.fromkeys(signed(source), "x")
    with pytest.raises(BadSignature):
        source.signature.verify(headers, source.example.body, unset)


@every_signing_source
def test_a_refusal_never_tells_the_secret(source: Source) -> None:
    with pytest.raises(BadSignature) as refused:
        source.signature.verify(signed(source), b"altered", source.example.secret)
    assert source.example.secret not in str(refused.value)


BODIES = [b"", b"{", b"null", b"[]", b'"text"', b"5", b"\xff\xfe", b'{"a": NaN}', b"[" * 50_000]


@every_source
@pytest.mark.parametrize("body", BODIES, ids=[repr(body[:10]) for body in BODIES])
def test_a_body_of_no_use_is_one_named_fault(source: Source, body: bytes) -> None:
    with pytest.raises(BadFeedback) as refused:
        source.read(body, {})
    assert [fault.field for fault in refused.value.faults] == ["body"]
    assert refused.value.faults[0].message


def reads(source: Source, value: Any) -> bool:
    """False for what the vendor sends along, and is no feedback."""
    try:
        return bool(source.read(json.dumps(value).encode(), {}))
    except BadFeedback:
        return True


def read_or_told(source: Source, body: bytes) -> list[str]:
    """The ids of what was read, or the fields that were named."""
    try:
        return [arriving.feedback.external_id for arriving in source.read(body, {})]
    except BadFeedback as refused:
        return [fault.field for fault in refused.faults] or ["refused without a reason"]


@every_source
@pytest.mark.parametrize("other", [None, True, 0, -1.5, "", [], {}, [{}], {"id": []}], ids=repr)
def test_other_types_in_any_leaf_are_told_apart(source: Source, other: Any) -> None:
    whole = source.example.value
    kind = {key: whole[key] for key in whole if not reads(source, whole | {key: "another kind"})}
    told = read_or_told(source, json.dumps(replaced(whole, lambda _: other) | kind).encode())
    assert told
    assert all(told)
    assert "refused without a reason" not in told


@every_source
def test_long_comments_survive_whole_but_for_controls(source: Source) -> None:
    wild = "\x00 <!channel> \u202e```\n" + "cold soup 🥣 " * 2000
    body = with_comment(source, wild)
    source.signature.verify(signed(source, body), body, source.example.secret)
    feedback = source.read(body, {})[0].feedback
    assert feedback.comment == wild.replace("\x00", "")


@every_source
def test_fields_a_vendor_adds_later_do_no_harm(source: Source) -> None:
    def grown(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: grown(inner) for key, inner in value.items()} | {"added_later": {"x": [1]}}
        return [grown(inner) for inner in value] if isinstance(value, list) else value

    body = json.dumps(grown(source.example.value)).encode()
    ((read,), (whole,)) = source.read(body, {}), source.read(source.example.body, {})
    assert replace(read.feedback, also_answered=()) == replace(whole.feedback, also_answered=())


# Signatures: the vectors were computed apart from this code.

VECTOR_BODY = b'{"id":"r-1","score":2,"comment":"Cold and an hour late"}'
VECTORS = [
    (
        "Typeform",
        HmacShape(header="Typeform-Signature", prefix="sha256="),
        "test-secret",
        "",
        "sha256=pbonOi211q5ntRAvnLUmcu81t84HB8L0roPXUdP/m2M=",
    ),
    (
        "Delighted",
        HmacShape(header="X-Delighted-Webhook-Signature", encoding="hex", prefix="sha256="),
        "test-secret",
        "",
        "sha256=a5ba273a2db5d6ae67b5102f9cb52672ef35b7ce0707c2f4ae83d751d3ff9b63",
    ),
    ("Tally", HmacShape(header="Tally-Signature"), "test-secret", "", "pbonOi211q5ntRAvnLUmcu81t84HB8L0roPXUdP/m2M="),
    (
        "Help Scout",
        HmacShape(header="X-HelpScout-Signature", digest="sha1"),
        "test-secret",
        "",
        "DRemj8LknTgSrZaMUYc5xVFt3rU=",
    ),
    (
        "Intercom",
        HmacShape(header="X-Hub-Signature", digest="sha1", encoding="hex", prefix="sha1="),
        "test-secret",
        "",
        "sha1=0d17a68fc2e49d3812ad968c518739c5516ddeb5",
    ),
    (
        "SurveyMonkey",
        HmacShape(header="Sm-Signature", digest="sha1"),
        "cid&csec",
        "",
        "u5LhsL8jTQFKCuaUzZyHos+YHug=",
    ),
    (
        "Zendesk",
        HmacShape(header="X-Zendesk-Webhook-Signature", before=("X-Zendesk-Webhook-Signature-Timestamp",)),
        "test-secret",
        "2026-01-05T10:00:00Z",
        "tENdfOTaCdlcx0rYko5BPNxDMrJe8GOaJ3UeMPxncJU=",
    ),
    (
        "Chatwoot",
        HmacShape(
            header="X-Chatwoot-Signature",
            encoding="hex",
            prefix="sha256=",
            before=("X-Chatwoot-Timestamp",),
            separator=".",
        ),
        "test-secret",
        "1767607200",
        "sha256=26e38e628541917f9f03efbfdb041c3fcafa3f6f995ef804582e09dc0c82b5cf",
    ),
]


@pytest.mark.parametrize(("vendor", "shape", "secret", "sent", "signature"), VECTORS, ids=[row[0] for row in VECTORS])
def test_each_vendors_way_of_signing_fits_its_vector(
    vendor: str, shape: HmacShape, secret: str, sent: str, signature: str
) -> None:
    assert shape.of(VECTOR_BODY, secret, *filter(None, [sent])) == signature


# Signatures over exactly these bodies, computed apart from this code too: what a vendor sends, its module believes.
BODIES_AS_SENT = [
    ("typeform", "typeform.json", {"Typeform-Signature": "sha256=bWt0nDRZqYtGU0G771cZIyC+Y6qzrtfaWWmE6A2Dox4="}),
    ("tally", "tally.json", {"Tally-Signature": "hGc8n+l5OGxEcIqLUu54h7XUzs4q+i89+plYyV4Q+uE="}),
    (
        "zendesk",
        "zendesk_trigger.json",
        {
            "X-Zendesk-Webhook-Signature": "VjmrJ6vvG2mnr0EC/bGeaWs//zXjWMqXcKksYXKIQNA=",
            "X-Zendesk-Webhook-Signature-Timestamp": "2026-01-05T10:00:00Z",
        },
    ),
    (
        "judgeme",
        "judgeme.json",
        {"JUDGEME-HMAC-SHA256": "96617dc507dd2374ccd1f85af012b5e415c77af00b7924fb3d9d9bf7314bdeff"},
    ),
    (
        "chatwoot",
        "chatwoot.json",
        {
            "X-Chatwoot-Signature": "sha256=37ac079c1131e2e129d1d62c7e3a381c7382ae8795d8bed1a0e248a98a4b70df",
            "X-Chatwoot-Timestamp": "1767607200",
        },
    ),
]


def outcome(name: str, headers: dict[str, str], body: bytes, secret: str = "fixture-secret") -> Outcome | None:
    try:
        SOURCES[name].signature.verify(headers, body, secret)
    except BadSignature as refused:
        return refused.outcome
    return None


@pytest.mark.parametrize(("name", "file", "headers"), BODIES_AS_SENT, ids=[name for name, *_ in BODIES_AS_SENT])
def test_a_body_as_its_vendor_signs_it_is_believed(name: str, file: str, headers: dict[str, str]) -> None:
    body = (SENT / file).read_bytes()
    assert outcome(name, headers, body) in (None, Outcome.UNTIMELY)  # which is said only of a signature that fits
    assert outcome(name, headers, body + b" ") is Outcome.FORGED


BARE_VECTORS = [
    ("helpscout", {"X-HelpScout-Signature": "DRemj8LknTgSrZaMUYc5xVFt3rU="}),
    ("intercom", {"X-Hub-Signature": "sha1=0d17a68fc2e49d3812ad968c518739c5516ddeb5"}),
]


@pytest.mark.parametrize(("name", "headers"), BARE_VECTORS)
def test_sources_without_a_body_as_sent_fit_a_vector(name: str, headers: dict[str, str]) -> None:
    assert outcome(name, headers, VECTOR_BODY, "test-secret") is None
    assert outcome(name, headers, VECTOR_BODY + b" ", "test-secret") is Outcome.FORGED


def test_mailgun_signs_the_time_and_the_token_alone() -> None:
    form = {"timestamp": "1767607200", "token": "tok123", "recipient": "care@inbound.example"}
    signature = "39ad931437ce898df5ad87b16214b22451a0162bb87e691c24646cbf88b4f686"
    SOURCES["mailgun"].signature.verify({}, urlencode(form | {"signature": signature}).encode(), "test-secret")
    with pytest.raises(BadSignature, match="do not fit"):
        SOURCES["mailgun"].signature.verify(
            {}, urlencode(form | {"signature": signature, "token": "tok124"}).encode(), "test-secret"
        )


VECTOR_OF = {"generic", "mailgun", *(name for name, *_ in (*BODIES_AS_SENT, *BARE_VECTORS))}


@every_source
def test_no_source_claims_to_know_more_than_is_shown(source: Source) -> None:
    seen = {file.stem for file in (SENT / "seen").glob("*")}  # as the vendor itself sent them
    assert source.known is not Known.VECTOR or source.name in VECTOR_OF, "a vector needs its row among those above"
    assert source.known is not Known.SEEN or source.name in seen, f"what was seen needs its file in {SENT}/seen"
    told = (ROOT / "handlers/sources" / f"{MODULES[source.name]}.py").read_text(encoding="utf-8")
    assert "How it is known: " in told.split('"""')[1]


def test_headers_of_svix_are_those_of_the_standard() -> None:
    for source in (SOURCES["generic"], SOURCES["formbricks"]):
        headers = {name.replace("webhook-", "Svix-"): value for name, value in signed(source).items()}
        body, secret = source.example.body, source.example.secret
        assert outcome(source.name, headers, body, secret) is None
        assert outcome(source.name, headers, body + b" ", secret) is Outcome.FORGED
        assert outcome(source.name, headers | {"Svix-id": "another"}, body, secret) is Outcome.FORGED


def test_another_time_of_sending_breaks_the_signature() -> None:
    _, shape, secret, _, signature = VECTORS[-1]
    with pytest.raises(BadSignature, match="does not fit"):
        shape.verify({shape.header: signature, "X-Chatwoot-Timestamp": "1767607201"}, VECTOR_BODY, secret)


def test_a_missing_time_header_is_told_by_name() -> None:
    _, shape, secret, _, signature = VECTORS[-1]
    with pytest.raises(BadSignature, match="X-Chatwoot-Timestamp is missing"):
        shape.verify({shape.header: signature}, VECTOR_BODY, secret)


# The generic intake.


def generic(**changes: Any) -> bytes:
    return json.dumps(json.loads(GENERIC.body) | changes).encode()


STANDARD_VECTORS = [
    (
        "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "msg_1",
        1767607200,
        VECTOR_BODY,
        "v1,K51wEUHBWhgURUbanGS3V5vfAGaZsmIHE5LfV2dSuAo=",
    ),
    (  # from the test suite of Standard Webhooks
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw",
        "msg_p5jXN8AQM9LWM0D4loKWxJek",
        1614265330,
        b'{"test": 2432232314}',
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    ),
]


@pytest.mark.parametrize(("secret", "message_id", "sent", "body", "signature"), STANDARD_VECTORS)
def test_generic_requests_are_signed_as_the_standard_says(
    secret: str, message_id: str, sent: int, body: bytes, signature: str
) -> None:
    assert STANDARD.sign(body, secret, datetime.fromtimestamp(sent, UTC), message_id) == {
        "webhook-id": message_id,
        "webhook-timestamp": str(sent),
        "webhook-signature": signature,
    }


@pytest.mark.parametrize("minutes", [-6, 6])
@pytest.mark.parametrize("name", ["generic", "formbricks", "zendesk", "chatwoot"])
def test_request_signed_too_long_ago_or_ahead_is_refused(name: str, minutes: int) -> None:
    example, verify = SOURCES[name].example, SOURCES[name].signature.verify
    assert refusal(verify, example.sign(example.body, example.secret, wall()), example.body, example.secret) is None
    away = example.sign(example.body, example.secret, wall() + timedelta(minutes=minutes))
    with pytest.raises(BadSignature, match="too far") as refused:
        verify(away, example.body, example.secret)
    assert refused.value.outcome is Outcome.UNTIMELY


def test_what_the_reference_library_signs_is_believed() -> None:
    now, body = wall(), GENERIC.body
    signature = Webhook(GENERIC.secret).sign("msg_7", now, body.decode())
    headers = {"webhook-id": "msg_7", "webhook-timestamp": str(int(now.timestamp())), "webhook-signature": signature}
    assert refusal(SOURCES["generic"].signature.verify, headers, body, GENERIC.secret) is None


def test_one_good_signature_among_several_is_enough() -> None:
    headers = GENERIC.sign(GENERIC.body, GENERIC.secret, wall())
    headers["webhook-signature"] = f"v1a,abcd v1,AAAA {headers['webhook-signature']}"
    assert refusal(SOURCES["generic"].signature.verify, headers, GENERIC.body, GENERIC.secret) is None


@pytest.mark.parametrize("kind", ["feedback.created", "feedback.updated"])
def test_created_and_updated_feedback_read_alike(kind: str) -> None:
    feedback = SOURCES["generic"].read(generic(type=kind), {})[0].feedback
    assert (feedback.source, feedback.external_id) == ("delivery-form", "order-8812")


def test_feedback_without_a_source_is_the_routes() -> None:
    feedback = SOURCES["generic"].read(generic(data={"external_id": "1", "comment": "cold"}), {})[0].feedback
    assert feedback == Feedback(external_id="1", source="generic", comment="cold")


def sealed(body: bytes, at: datetime, secret: str) -> dict[str, str]:
    """The headers of Standard Webhooks around any bytes."""
    stamp = str(int(at.timestamp()))
    mac = hmac.new(base64.b64decode(secret.removeprefix("whsec_")), f"msg_1.{stamp}.".encode() + body, hashlib.sha256)
    signature = f"v1,{base64.b64encode(mac.digest()).decode()}"
    return {"webhook-id": "msg_1", "webhook-timestamp": stamp, "webhook-signature": signature}


def test_bytes_that_are_no_text_are_told_apart_from_forged_ones() -> None:
    """What is authentic and cannot be read is the sender's to mend, who has to hear of it."""
    source, now, body = SOURCES["generic"], datetime.now(UTC), generic().replace(b"Soup", b"S\xfcppe")
    secret = source.example.secret
    source.signature.verify(sealed(body, now, secret), body, secret)
    with pytest.raises(BadFeedback, match="is not UTF-8 text: see byte"):
        source.read(body, {})
    old = sealed(body, now - timedelta(minutes=6), secret)
    for headers, altered in (
        (sealed(body, now, "whsec_" + "b3RoZXI=" * 4), body),
        (sealed(body, now, secret), body + b" "),
        (old, body),
    ):
        with pytest.raises(BadSignature):
            source.signature.verify(headers, altered, secret)


GENERIC_FAULTS = [
    ({"type": "feedback.deleted"}, "type"),
    ({"type": None}, "type"),
    ({"type": ["feedback.created"]}, "type"),
    ({"data": None}, "data"),
    ({"data": {"external_id": "1", "rating": {"value": 9, "scale": 5}}}, "data.rating.value"),
    ({"data": {"external_id": "1"}}, "data.comment"),
]


@pytest.mark.parametrize(("change", "field"), GENERIC_FAULTS)
def test_a_faulty_generic_body_names_the_field(change: dict[str, Any], field: str) -> None:
    with pytest.raises(BadFeedback) as refused:
        SOURCES["generic"].read(generic(**change), {})
    assert [fault.field for fault in refused.value.faults] == [field]


# Typeform.


def response(*answers: dict[str, Any], fields: list[dict[str, Any]] | None = None, **changes: Any) -> bytes:
    whole = json.loads(TYPEFORM.body)
    form: dict[str, Any] = whole["form_response"]
    form |= {"answers": list(answers), "definition": {"fields": fields or []}, "hidden": {}} | changes
    return json.dumps(whole).encode()


def answer(kind: str, value: Any, question: str, ref: str = "1b9c-77", id_: str = "q1") -> dict[str, Any]:
    return {"type": kind, kind: value, "field": {"id": id_, "type": question, "ref": ref}}


def typeform(body: bytes) -> Feedback:
    return SOURCES["typeform"].read(body, {})[0].feedback


def test_the_typeform_example_is_read_by_its_refs() -> None:
    assert typeform(TYPEFORM.body) == Feedback(
        external_id="t-77",
        source="typeform",
        customer=Customer(email="ana@example.org"),
        rating=Rating(2, None),
        comment="Soup cold",
        order_ref="8812",
        occurred_at=datetime(2026, 1, 5, 10, tzinfo=UTC),
    )


def test_answers_of_every_understood_ref_are_used() -> None:
    read = typeform(
        response(
            answer("number", 3, "number", "CSAT"),
            answer("text", "cold", "short_text", "what-went-wrong"),
            answer("text", "Ana Ruiz", "short_text", "name"),
            answer("phone_number", "+4930123456", "phone_number", "mobile"),
            answer("text", "8812", "short_text", "Booking"),
            answer("choice", {"id": "c1", "label": "birthday", "ref": "x"}, "multiple_choice", "occasion"),
            answer("date", "2026-01-07", "date", "occasion_date"),
            answer("boolean", False, "yes_no", "contact_ok"),
        )
    )
    assert read.customer == Customer("Ana Ruiz", None, "+4930123456")
    assert (read.rating, read.comment, read.order_ref) == (Rating(3, None), "cold", "8812")
    assert (str(read.occasion), str(read.occasion_at), read.contact_ok) == ("birthday", "2026-01-07", False)


def test_without_refs_the_kinds_of_questions_decide() -> None:
    read = typeform(
        response(
            answer("number", 9, "number", id_="age"),
            answer("number", 2, "rating", id_="a"),
            answer("number", 5, "rating", id_="b"),
            answer("text", "Box 7", "short_text", id_="c"),
            answer("text", "Soup cold", "long_text", id_="d"),
            answer("text", "and late", "long_text", id_="e"),
            answer("email", "ana@example.org", "email", id_="f"),
        )
    )
    assert (read.rating, read.comment) == (Rating(2, None), "Soup cold\n\nand late")
    assert read.customer.email == "ana@example.org"


def test_answers_outrank_hidden_fields_and_texts_are_joined() -> None:
    read = typeform(
        response(
            answer("text", "by kind", "long_text"),
            answer("text", "by ref", "short_text", "comment"),
            answer("email", "answered@example.org", "email"),
            hidden={"email": "hidden@example.org", "customer_id": "c-77", "locale": "de", "order_id": "", "utm": "x"},
        )
    )
    assert read.comment == "by kind\n\nby ref"
    assert read.customer == Customer(email="answered@example.org", id="c-77")
    assert (read.locale, read.order_ref) == ("de", None)


def test_id_source_and_time_are_the_responses_own() -> None:
    asked = [answer("text", "x", "short_text", ref) for ref in ("id", "source", "date", "link", "scale")]
    read = typeform(response(*asked, answer("text", "cold", "long_text"), hidden={"ticket": "77", "created": "noon"}))
    assert (read.external_id, read.source, read.public_url) == ("t-77", "typeform", None)
    assert read.occurred_at == datetime(2026, 1, 5, 10, tzinfo=UTC)


SCALES = [
    ("rating", None, 2, Rating(2, None)),
    ("rating", {"steps": 10}, 2, Rating(2, 10)),
    ("rating", None, 7, Rating(7, None)),
    ("nps", None, 2, Rating(2, 10)),
    ("opinion_scale", None, 2, Rating(2, None)),
    ("opinion_scale", {"steps": 7}, 2, Rating(2, 7)),
    ("opinion_scale", {"steps": 7, "start_at_one": True}, 2, Rating(2, 7)),
    ("opinion_scale", {"steps": 11, "start_at_one": False}, 2, Rating(2, 10)),  # 0 to 10
    ("opinion_scale", {"steps": "many"}, 2, Rating(2, None)),
]


@pytest.mark.parametrize(("kind", "properties", "value", "rating"), SCALES)
def test_the_scale_comes_from_the_forms_definition(kind: str, properties: Any, value: int, rating: Rating) -> None:
    fields = [{"id": "q1", "type": kind, "properties": properties}]
    assert typeform(response(answer("number", value, kind), fields=fields)).rating == rating


def test_an_answer_that_is_no_rating_is_left_out() -> None:
    grade = answer("choice", {"label": "Purple"}, "multiple_choice", "rating")
    permission = answer("text", "perhaps", "short_text", "contact_ok")
    read = typeform(response(grade, permission, answer("text", "cold", "long_text")))
    assert (read.rating, read.contact_ok, read.comment) == (None, None, "cold")


@pytest.mark.parametrize("kind", ["form_response_partial", "ping", None, ["form_response"]])
def test_whatever_is_no_finished_response_is_ignored(kind: Any) -> None:
    body = json.dumps(json.loads(TYPEFORM.body) | {"event_type": kind}).encode()
    assert SOURCES["typeform"].read(body, {}) == []


@pytest.mark.parametrize("change", [{"token": None}, {"submitted_at": "noon"}, {"token": {}, "submitted_at": []}])
def test_response_without_id_or_time_is_taken_all_the_same(change: Any) -> None:
    (arriving,) = SOURCES["typeform"].read(response(answer("text", "cold", "long_text"), **change), {})
    assert (arriving.feedback.comment, arriving.said_at) == (
        "cold",
        None if "submitted_at" in change else arriving.said_at,
    )


@every_source
def test_sources_tell_when_it_was_said_and_which_delivery_it_is(source: Source) -> None:
    body, other = source.example.body, source.example.body + b" "
    headers = source.example.sign(body, source.example.secret, datetime.now(UTC))
    once, again, another = (source.read(each, headers)[0] for each in (body, body, other))
    assert once.said_at == (None if source.name in TIMELESS else datetime(2026, 1, 5, 10, tzinfo=UTC))
    assert once.event == again.event != another.event


def test_id_of_the_vendor_tells_deliveries_of_the_same_bytes_apart() -> None:
    one, other = (
        SOURCES["generic"].read(SOURCES["generic"].example.body, {"Webhook-Id": name})[0].event
        for name in ("msg_1", "msg_2")
    )
    assert one != other


TYPEFORM_FAULTS = [
    (response(), "form_response.comment"),
    (response(answer("email", "a@b.example", "email")), "form_response.comment"),
    (b'{"event_type": "form_response", "form_response": 5}', "form_response"),
]


@pytest.mark.parametrize(("body", "field"), TYPEFORM_FAULTS, ids=[field for _, field in TYPEFORM_FAULTS])
def test_a_faulty_typeform_body_names_the_field(body: bytes, field: str) -> None:
    with pytest.raises(BadFeedback) as refused:
        SOURCES["typeform"].read(body, {})
    assert [fault.field for fault in refused.value.faults] == [field]
