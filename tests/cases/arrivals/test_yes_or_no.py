"""Yes and no: forms' own values and people's words; what is neither is told of and never guessed."""

from __future__ import annotations

from typing import Any

import pytest

from cases.arrivals.yes_or_no import yes_or_no

NO = [
    *(False, "false", "0", 0, "No", "n", "No.", "Nein", "NÃO", "nee", "non"),
    *(
        "rather not",
        "I'd rather not",
        "I would rather you did not.",
        "Please don’t!",
        "not really, thanks",
        "no thank you",
        "Never",
    ),
    *(
        "No need",
        "better not",
        "I would prefer not to be contacted",
        "nope",
        "not at the moment",
        "Please do not contact me",
    ),
    *(
        "Lieber nicht",
        "nein danke",
        "Bitte nicht kontaktieren",
        "eher nicht",
        "auf keinen Fall",
        "ungern",
        "Das ist nicht nötig",
    ),
    *(
        "Non merci",
        "Je préfère que non",
        "plutôt pas",
        "surtout pas",
        "Je ne préfère pas",
        "Ce n'est pas nécessaire",
        "bien sûr que non",
    ),
    *("Mejor no", "Prefiero que no", "no, gracias", "No hace falta", "por supuesto que no", "No se moleste"),
    *("Preferisco di no", "meglio di no", "no grazie", "Non è necessario", "certo che no"),
    *("Prefiro que não", "melhor não", "não, obrigada", "Não é preciso", "claro que não"),
    *("Liever niet", "nee, dank u", "niet nodig", "Liever geen contact", "natuurlijk niet"),
    *("No, call me on Monday instead", "sure, rather not"),
]
YES = [
    *(
        True,
        "true",
        "1",
        1,
        "Yes",
        "y",
        "ja",
        "Sí",
        "si",
        "oui",
        "sim",
        "yes please",
        "Sí, por favor",
        "Yes, but not by phone",
    ),
    *("Sure", "of course", "Please do", "OK", "Gladly!", "no problem", "I don't mind", "Yes, no problem", "why not"),
    *("gerne", "klar", "natürlich", "bitte", "kein Problem", "Bien sûr", "d'accord", "avec plaisir", "pas de problème"),
    *(
        "Claro",
        "por supuesto",
        "desde luego",
        "sin problema",
        "Certo",
        "volentieri",
        "va bene",
        "Com certeza",
        "claro que sim",
    ),
    *("graag", "natuurlijk", "geen probleem", "liever wel"),
]
NEITHER = [
    *("perhaps", "I'd rather", "not sure", "I don't know", "No idea", "n/a", "yes/no", "Ja/Nein", "2", 2, 0.5, {}, "ring my wife"),
    *("weiß nicht", "je ne sais pas", "no sé", "non lo so", "não sei", "weet ik niet", "No, no problem", "Si prega di chiamare mia moglie"),
    *("ring me, don't write", "not by phone, by mail", "no worries", "Monday", "?", "👍", "no" * 500),
]  # fmt: skip


@pytest.mark.parametrize("said", NO)
def test_plain_no_is_one_however_polite(said: Any) -> None:
    assert yes_or_no(said) is False


@pytest.mark.parametrize("said", YES)
def test_plain_yes_is_one_however_polite(said: Any) -> None:
    assert yes_or_no(said) is True


@pytest.mark.parametrize("said", NEITHER)
def test_what_is_neither_is_not_guessed(said: Any) -> None:
    with pytest.raises(ValueError, match="must be true, false or null"):
        yes_or_no(said)


@pytest.mark.parametrize("said", ["", "   "])
def test_what_says_nothing_is_neither_and_no_fault(said: str) -> None:
    assert yes_or_no(said) is None
