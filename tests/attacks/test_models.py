"""Attacks on, with and by a model: whatever it or its server does, the draft or a scaffold stands, and nothing leaks."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest

from cases.acts.act import NotAllowed
from cases.model import Severity
from cases.replies.drafts import LONGEST_BODY, LONGEST_SUBJECT, Origin, Reply
from handlers import guard
from handlers.cards import draft_card
from handlers.overdue import overdue
from handlers.reply import check, propose, write
from handlers.reply.approve import approved
from handlers.reply.edit import edited, revise
from prompts.writer import ModelSettings, Writer
from sandbox.people.reading import plain
from store import drafts
from tests.prompts.servers import SERVERS
from tests.prompts.stand_in import KEY, MODEL, Json, StandIn, standing_in
from tests.stories.replying import GOOD, edit, saved
from tests.stories.stage import Stage, policy

MODELS: Json = {
    "subject": "Your missing box",
    "body": GOOD.replace("Priya", "Ana"),
    "questions": [],
    "promises": [],
    "remedy": None,
}
OPINION: Json = {"negative": True, "severity": "normal", "title": "Meal box missing", "why": "no dinner"}
NO_REMARKS: Json = {"findings": []}
ANA = {"name": "Ana Ruiz", "email": "ana@example.org", "phone": "+49 30 5550 1234"}


@pytest.fixture
def model(stage: Stage) -> Iterator[StandIn]:
    with standing_in() as server:
        server.remarks = NO_REMARKS
        stage.restart(openai_api_key=KEY, openai_base_url=server.base_url, openai_model=MODEL)
        yield server
    assert server.faults == []


def hears(
    stage: Stage, model: StandIn, draft: Json | str = MODELS, opinion: Json = OPINION, who: Json = ANA, **data: Any
) -> None:
    model.answers(draft)
    model.answers(opinion)
    stage.receives(customer=who, comment="My meal box has not arrived, and I never ordered it?!", **data)


# Reports F6: a proxy variable takes the draft away altogether


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ALL_PROXY", "socks://127.0.0.1:7890/"),
        ("SSL_CERT_FILE", "/no/such.pem"),
    ],
)
def test_f6_a_variable_in_the_way_leaves_a_scaffold(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, name: str, value: str, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv(name, value)
    stage.restart(openai_api_key="k", openai_base_url="http://127.0.0.1:9/v1", openai_model="m")

    stage.receives(external_id="1")

    assert saved(stage).failure == "surroundings"
    assert "`doctor`" in plain(stage.draft())
    assert [record.getMessage() for record in caplog.records if "wrote no draft" in record.getMessage()] != []
    assert not [record for record in caplog.records if record.exc_info]


@pytest.mark.few(1)
@pytest.mark.parametrize("address", ["http://[broken/v1", "http://host:port/v1", "nonsense", "http://"])
def test_an_address_that_is_none_leaves_a_scaffold(stage: Stage, address: str) -> None:
    stage.restart(openai_api_key="k", openai_base_url=address, openai_model="m")

    stage.receives(external_id="1")

    assert saved(stage).origin is Origin.SCAFFOLD


# Whatever breaks: a scaffold, at once, and a line in the log

BREAKING: dict[str, tuple[Any, str]] = {
    "the prompt": (propose, "brief_of"),
    "the checks": (propose, "judge"),
    "the card": (draft_card, "draft"),
    "the signature": (propose, "_name"),
    "the question whether to ask": (propose, "not_to_ask"),
    "everything in it": (write, "proposed"),
}


@pytest.mark.parametrize(("where", "what"), BREAKING.values(), ids=BREAKING)
def test_whatever_breaks_leaves_a_scaffold_at_once(
    stage: Stage, model: StandIn, monkeypatch: pytest.MonkeyPatch, where: Any, what: str
) -> None:
    def breaks(*args: Any, **more: Any) -> Any:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(where, what, breaks)
    hears(stage, model)
    monkeypatch.undo()

    assert (saved(stage).origin, saved(stage).failure) == (Origin.SCAFFOLD, "broke")
    stage.pass_time(minutes=61)
    assert "Something broke on our side" in plain(stage.draft())


def test_a_lead_whom_nobody_knows_keeps_no_scaffold_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any) -> Any:
        raise LookupError("who is the lead?")

    monkeypatch.setattr(write, "holder", away)
    stage.receives(external_id="1")

    assert saved(stage).origin is Origin.SCAFFOLD


def test_a_scaffold_that_breaks_is_tried_again_soon_and_told_of(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks(*args: Any) -> Any:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(propose, "scaffold", breaks)
    stage.receives(external_id="1")
    stage.pass_time(minutes=15)
    assert any("drafts break again and again" in problem for problem in overdue(stage.world))
    monkeypatch.undo()
    stage.pass_time(minutes=60)

    assert saved(stage).reply is not None
    assert guard.POISONED.total_seconds() == 3600


def test_a_draft_taken_up_three_times_in_vain_is_written_by_rules(stage: Stage, model: StandIn) -> None:
    """attacks 13: a model's answer whose rendering outlived its lease was taken up again for ever."""
    hears(stage, model)
    number, lease = 1, write._BY_RULES
    stage.world.store.write(lambda tx: drafts.want(tx, number, stage.now))
    for _ in range(propose._TAKES):  # a process took it up, and was gone
        stage.world.store.write(lambda tx: drafts.take_wanted(tx, stage.now, lease))
        stage.practice.clock.jump(lease)
    asked = len(model.requests)

    stage.settle()

    assert (saved(stage).failure, len(model.requests)) == ("malformed", asked)


# Servers that bind nothing: the scaffold stands in time

HOLDS: dict[str, Callable[[StandIn], None]] = {
    "silent": lambda server: server.is_slow(),
    "byte by byte": lambda server: server.trickles(),
    "a head without end": lambda server: server.trickles(head=True),
    "a body without end": lambda server: server.sends_for_ever(),
}


@pytest.mark.few(1)
@pytest.mark.parametrize("behave", HOLDS.values(), ids=HOLDS)
def test_f8_a_server_without_end_ends_in_time(stage: Stage, model: StandIn, behave: Callable[[StandIn], None]) -> None:
    stage.restart(policy=policy(drafts={"model_within": "1s"}))
    for _ in range(12):
        behave(model)

    stage.receives(external_id="1")  # without an end of ours to it, this would not return

    assert saved(stage).origin is Origin.SCAFFOLD


@pytest.mark.long
def test_many_at_once_do_not_wait_for_a_dead_server(stage: Stage, model: StandIn) -> None:
    """The model rests once several calls in a row had no answer: nobody's scaffold waits for the calls of others."""
    stage.restart(policy=policy(drafts={"model_within": "1s"}))
    for _ in range(40):
        model.is_slow()

    for number in range(8):
        stage.receives(external_id=str(number), customer={"name": f"Customer {number}"})

    assert all(saved(stage, number + 1).origin is Origin.SCAFFOLD for number in range(8))
    assert len(model.requests) < 8


def test_a_slow_model_gets_the_time_that_policy_gives_it(stage: Stage) -> None:
    """reports F8 (15): a time-out that nobody can set makes slow or local models useless."""
    stage.restart(openai_base_url="http://127.0.0.1:11434/v1", policy=policy(drafts={"model_within": "90s"}))

    assert stage.settings.model is not None
    assert stage.settings.model.timeout == 90
    assert write._lease(stage.world) > stage.settings.policy.drafts.model_within


@pytest.mark.long
def test_f8_what_was_learnt_outlives_the_process(stage: Stage, model: StandIn) -> None:
    model.manner = SERVERS["LiteLLM"].manner
    hears(stage, model, external_id="1")
    asked = len(model.requests)
    stage.restart()
    hears(stage, model, external_id="2", who={"name": "Ana Roy"})

    assert asked == 5  # three wordings of the first question
    assert len(model.requests) == asked + 3


@pytest.mark.long
def test_an_address_alone_is_a_model(stage: Stage) -> None:
    """reports F8: OPENAI_BASE_URL set, no key."""
    with standing_in() as server:
        server.key, server.remarks = None, NO_REMARKS
        stage.restart(openai_base_url=server.base_url, openai_model=MODEL)
        hears(stage, server)
        assert server.faults == []

    assert saved(stage).origin is Origin.MODEL


# Attacks 12: the unseen tail is approved

TAIL = "HIDDENTAIL: the cook Jonas was drunk again."


def test_12_a_model_cannot_hide_a_tail(stage: Stage, model: StandIn) -> None:
    hears(stage, model, MODELS | {"body": f"{GOOD}\n\n{'x' * LONGEST_BODY}\n{TAIL}"})

    assert (saved(stage).origin, saved(stage).failure) == (Origin.SCAFFOLD, "malformed")


@pytest.mark.parametrize("reply", [
    Reply(subject="s", body="x" * (LONGEST_BODY + 1)),
    Reply(subject="x" * (LONGEST_SUBJECT + 1), body=GOOD),
])  # fmt: skip
def test_12_a_person_cannot_hide_one_either(stage: Stage, reply: Reply) -> None:
    stage.receives(external_id="1")

    refusal = revise(stage.world, 1, stage.person("ana").id, "edit", edited(reply, saved(stage).version))

    assert refusal == NotAllowed("reply_too_long")


def test_12_a_form_says_in_words_that_it_is_too_long(stage: Stage) -> None:
    stage.receives(external_id="1")
    longest = GOOD + "x" * (LONGEST_BODY - len(GOOD))

    assert edit(stage, stage.person("ana"), longest) == {}
    assert saved(stage).reply == Reply(subject=saved(stage).reply.subject, body=longest)  # type: ignore[union-attr]
    told = edit(stage, stage.person("ana"), f"{longest}!")
    assert "3000 characters" in told["body"]  # Slack's own words; ours are for what comes past its form


def test_12_what_was_kept_before_there_was_a_bound_is_not_approved(stage: Stage) -> None:
    stage.receives(external_id="1")
    ana = stage.person("ana")
    edit(stage, ana)
    shown = saved(stage)
    assert shown.reply is not None
    put_in_place(stage, replace(shown.reply, body=GOOD + "x" * LONGEST_BODY))

    refusal = revise(stage.world, 1, ana.id, "approve", approved(stage.world, 1, ana.id, None, "why not"))

    assert refusal == NotAllowed("reply_too_long")


def test_12_what_is_approved_is_what_was_seen(stage: Stage) -> None:
    stage.receives(external_id="1")
    ana = stage.person("ana")
    edit(stage, ana)
    shown = saved(stage)
    assert shown.reply is not None
    put_in_place(stage, replace(shown.reply, body=GOOD.replace("today", "to\u202eday")))

    assert revise(stage.world, 1, ana.id, "approve", approved(stage.world, 1, ana.id, None)) is None

    assert kept(stage) == GOOD


def kept(stage: Stage) -> str:
    from sqlalchemy import select

    from store import tables as t

    body: str = stage.world.store.read(lambda tx: tx.execute(select(t.replies.c.body)).scalar_one())
    return body


def put_in_place(stage: Stage, reply: Reply) -> None:
    """As an earlier version of the bot would have kept it."""
    from dataclasses import asdict

    from sqlalchemy import update

    from store import tables as t

    stage.world.store.write(lambda tx: tx.execute(update(t.drafts).values(reply=asdict(reply))))


@pytest.mark.few(1)
@pytest.mark.parametrize("hidden", ["\u202e", "\U000e0041", "\x1b", "\ufeff"])
def test_12_nothing_that_no_card_shows_is_kept(stage: Stage, model: StandIn, hidden: str) -> None:
    hears(stage, model, MODELS | {"body": GOOD.replace("I am", f"I{hidden} am"), "subject": f"Your{hidden} box"})
    by_model = saved(stage).reply
    edit(stage, stage.person("ana"), GOOD.replace("today", f"to{hidden}day"))
    by_ana = saved(stage).reply

    assert by_model is not None
    assert by_ana is not None
    assert (by_model.subject, by_model.body, by_ana.body) == ("Your box", GOOD, GOOD)


# Attacks 13: an answer that stops the drafts of all


def test_13_a_monstrous_answer_stops_nobody(stage: Stage, model: StandIn) -> None:
    hears(stage, model, MODELS | {"body": "50 EUR refund " * 4_000}, external_id="1")
    model.answers(MODELS)
    model.answers(OPINION)
    stage.receives(external_id="2", customer={"name": "Ben Roy"})

    assert saved(stage).failure == "malformed"
    assert saved(stage, 2).origin is Origin.MODEL


# Attacks 19, 20: what is hidden from the model, and what it may show to all

TOLD = {
    "external_id": "19",
    "rating": {"value": 1, "scale": 5},
    "comment": (
        "It never arrived! yours ana RUIZ ruiz. Write to ana at private dot example, ring 030 5550 1234. "
        "I live in Lindenallee 1, 10115 Berlin. DE89 3704 0044 0532 0130 00, card 4111 1111 1111 1111."
    ),
}
PRIVATE = ("ruiz", "private dot example", "5550", "lindenallee", "10115", "0044 0532", "4111")


@pytest.mark.long
def test_19_nothing_private_leaves_in_any_spelling(stage: Stage, model: StandIn) -> None:
    model.answers(MODELS)
    model.answers(OPINION)
    stage.receives(customer=ANA, **TOLD)

    sent = json.dumps([body for _, body in model.requests], ensure_ascii=False).casefold()
    assert len(model.requests) == 3
    assert [each for each in PRIVATE if each in sent] == []


@pytest.mark.long
def test_20_a_title_and_a_gist_show_no_contact(stage: Stage, model: StandIn) -> None:
    shown = "<!channel> ⟦e-mail 1⟧ ⟦number 1⟧ ⟦name 1⟧ ana@example.org ana at private dot example"
    model.answers(MODELS | {"translation": f"Says {shown}"})
    model.answers(OPINION | {"title": shown, "severity": "high", "why": shown})
    stage.receives(customer=ANA, **TOLD)

    title, note = stage.case().title or "", stage.in_thread(kind="note")[-1]
    gist = plain(stage.draft()).partition("The model says: ")[2].partition("\n")[0]
    opinion = note.partition("\n")[2]  # below the case's headline, which names its customer
    for text in (title, opinion, gist):
        assert [each for each in ("@example", "private", "5550", "Ruiz", "⟦") if each in text] == []
        assert "[e-mail]" in text


# Attacks 32: health words go to the model

GRAVE = [
    "I had a severe allergic reaction to nuts in the soup and was in hospital, my lawyer will write",
    "My daughter nearly choked on a piece of glass in your bread.",
    "You published my home address and medical file, that is a data breach and I will sue.",
    "Mein Sohn kam mit einem allergischen Schock ins Krankenhaus.",
]


@pytest.mark.few(1)
@pytest.mark.parametrize("comment", GRAVE)
def test_32_no_model_reads_what_touches_health_or_law(stage: Stage, model: StandIn, comment: str) -> None:
    stage.receives(comment=comment, customer=ANA, rating={"value": 1, "scale": 5})
    stage.person("ana").click(stage.draft(), "redraft")

    assert stage.case().severity is Severity.CRITICAL
    assert model.requests == []
    assert "no model writes or reads here" in plain(stage.draft())


@pytest.mark.long
def test_32_a_case_that_turned_grave_is_told_to_no_model(stage: Stage, model: StandIn) -> None:
    hears(stage, model, external_id="1")
    asked = len(model.requests)
    stage.receives(external_id="2", customer=ANA, comment="Now I am in hospital with food poisoning from your box.")
    stage.person("ana").click(stage.draft(), "redraft")

    assert len(model.requests) == asked


@pytest.mark.long
def test_a_repeated_complaint_about_soup_is_not_grave(stage: Stage, model: StandIn) -> None:
    for number in ("1", "2", "3"):
        hears(stage, model, external_id=number)

    assert "no model writes" not in plain(stage.draft())


# Attacks 18: the demo asks no model unless told to


def test_the_checks_ask_no_model() -> None:
    assert not hasattr(check, "Writer")
    assert Writer(ModelSettings(None, None, MODEL)).dialect.road == "responses"
