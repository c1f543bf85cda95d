"""A letter knows what was said before: it asks for nothing that was told, and forgets no promise."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from cases.model import Customer, Feedback, Promise
from cases.replies.checks import Finding, Given, check_reply, faults

MON = datetime(2026, 1, 5, 10, tzinfo=ZoneInfo("Europe/Berlin"))
BOX = Promise("bring a new box", MON.replace(day=8, hour=17), MON)
CALL = Promise("call you", MON.replace(hour=15), MON)
KNOWN = Feedback(
    external_id="1",
    source="form",
    comment="Die Suppe war kalt.",
    customer=Customer(name="Ana Ruiz", email="ana@example.org", phone="+49 30 901820"),
    order_ref="8812",
)
BARE = Feedback(external_id="1", source="form", comment="Soup cold")


def rules(reply: str, **given: Any) -> list[str]:
    return [each.rule for each in faults(reply, Given(**given)) if each.rule in ("R5", "T7")]


def found(rule: str, reply: str, **given: Any) -> list[Finding]:
    return [each for each in check_reply(reply, **given) if each.rule == rule]


ASKS = [
    "Could you please send me your order number?",
    "What is your order number?",
    "May I have your phone number, so that I can call?",
    "Please confirm your e-mail address.",
    "I need your order number to refund it.",
    "Let me know the order number and I'll refund it today.",
    "Bitte nennen Sie mir Ihre Bestellnummer.",
    "Wie lautet Ihre Telefonnummer?",
    "Bitte bestätigen Sie mir Ihre E-Mail-Adresse.",
    "Pouvez-vous m'envoyer votre numéro de commande ?",
    "Merci de confirmer votre adresse e-mail.",
    "¿Puede enviarme su número de pedido?",
    "Indíqueme su número de teléfono, por favor.",
    "Mi mandi il suo numero d'ordine, per favore.",
    "Può confermare il suo indirizzo email?",
    "Kunt u mij uw ordernummer sturen?",
    "Stuur mij alstublieft uw telefoonnummer.",
    "Envie-me o seu número de telefone, por favor.",
    "Pode enviar-me o seu número de encomenda?",
]  # fmt: skip


@pytest.mark.parametrize("sentence", ASKS)
def test_nothing_is_asked_for_that_was_told(sentence: str) -> None:
    assert rules(sentence, feedback=KNOWN) == ["R5"]
    assert rules(sentence, feedback=BARE) == []


@pytest.mark.parametrize("sentence", ASKS)
def test_what_an_earlier_message_told_is_known_too(sentence: str) -> None:
    assert rules(sentence, feedback=BARE, earlier_feedback=(KNOWN,)) == ["R5"]


@pytest.mark.parametrize(
    "sentence",
    [
        "I have your order number, so there is nothing to send.",
        "You do not need to send me your order number again.",
        "I will call you on your phone number at five.",
        "Tell me which day suits you, and I will call.",
        "Tell me what was wrong with your order.",
        "Thank you for your e-mail; tell me which day suits you.",
        "Reply to this e-mail and I will see it.",
        "Sie müssen mir Ihre Bestellnummer nicht noch einmal schicken.",
        "Ich rufe Sie unter Ihrer Telefonnummer an.",
        "J'ai votre numéro de commande sous les yeux.",
    ],
)
def test_what_is_known_may_be_spoken_of(sentence: str) -> None:
    assert rules(sentence, feedback=KNOWN) == []


FIRST = "Dear Ana,\n\nI am sorry. {question}\n\nTom"
TWICE = [
    ("Would you like a new box on Wednesday, or dinner tonight?", "Would you prefer a new box on Wednesday or dinner tonight?", True),
    ("What would make this right for you?", "What would make that right for you?", True),
    ("Which day would suit you for the visit?", "Which day suits you for a visit?", True),
    ("Möchten Sie am Mittwoch eine neue Kiste oder heute ein Essen?", "Wollen Sie eine neue Kiste am Mittwoch oder heute ein Essen?", True),
    ("Would you like a new box on Wednesday, or dinner tonight?", "Shall the driver ring, or leave it with the neighbour?", False),
    ("Is that all right?", "Is all well now?", False),
]  # fmt: skip


@pytest.mark.parametrize(("first", "second", "again"), TWICE)
def test_no_question_is_asked_that_they_have_answered(first: str, second: str, again: bool) -> None:
    earlier = (FIRST.format(question=first),)
    assert rules(f"Hello Ana,\n\n{second}", feedback=BARE, earlier_replies=earlier) == ["R5"] * again
    # As long as they have not written since, nobody has answered it.
    assert rules(f"Hello Ana,\n\n{second}", feedback=BARE, earlier_replies=earlier, reached=True) == []


PROMISED = [
    ("The box comes on Thursday by 5 pm, as I said.", [BOX], []),
    ("I will bring the box by 8 January.", [BOX], []),
    ("I'll call you today at 15:00, as promised.", [CALL], []),
    ("I said Thursday for the box. It will be Friday at noon.", [BOX], []),
    ("I have brought the new box to your door.", [BOX], []),
    ("I called you this morning.", [CALL], []),
    ("Yes, before noon is fine for me as well, and thank you.", [], []),
    ("Yes, before noon is fine for me as well, and thank you.", [BOX], [""]),
    ("The box comes on Thursday by 5 pm, as I said to you.", [BOX, CALL], [""]),
    ("I'll bring the box on Saturday at noon.", [BOX], ["I'll bring the box on Saturday at noon."]),
    ("I will call you on Wednesday at ten.", [CALL], ["I will call you on Wednesday at ten."]),
]


@pytest.mark.parametrize(("reply", "owed", "quotes"), PROMISED)
def test_no_open_promise_is_forgotten_or_moved_in_silence(reply: str, owed: list[Promise], quotes: list[str]) -> None:
    assert [each.quote for each in found("T7", reply, promises=owed, today=MON.date())] == quotes


def test_promise_is_looked_for_on_the_customers_clock() -> None:
    late = Promise(
        "call you", datetime(2026, 1, 5, 23, 30, tzinfo=UTC).astimezone(MON.tzinfo), MON
    )  # Tuesday, half past midnight
    assert (
        found("T7", "I will call you on Tuesday by 00:30, as I said to you.", promises=[late], today=MON.date()) == []
    )


def test_other_languages_are_not_read_for_promises() -> None:
    german = "Danke für Ihre Antwort. Ja, vor zwölf Uhr passt es uns sehr gut, und wir freuen uns auf Sie."
    assert found("T7", german, promises=[BOX], today=MON.date()) == []
