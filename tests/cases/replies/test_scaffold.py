"""The labelled scaffold a person completes: the customer's facts, our blanks, nothing invented."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cases.judgement import assess
from cases.model import Case, Customer, Feedback, Rating, Reason, Severity
from cases.policy.page import Policy
from cases.replies.checks import Given
from cases.replies.drafts import Reply
from cases.replies.scaffold import asks_what_makes_it_right, blanks, is_grave, scaffold, signed
from cases.replies.skeletons import SKELETONS
from cases.replies.verdict import verdict

ENGLISH = SKELETONS["en"]
AT = datetime(2026, 1, 5, 9, 40, tzinfo=UTC)
SOUP = Feedback(
    external_id="1",
    source="shop",
    customer=Customer("Ana Ruiz", "ana@example.org", "+4930123456"),
    rating=Rating(2, 5),
    comment="Soup cold, an hour late.",
    order_ref="8812",
    occasion="birthday",
    occasion_at=date(2026, 1, 7),
    occurred_at=AT,
)


def case(*feedback: Feedback, **facts: Any) -> Case:
    clocks = dict.fromkeys(
        ("opened_at", "unclaimed_since", "waiting_since", "heard_at", "claim_due_at", "contact_due_at"), AT
    )
    return Case(number=12, feedback=feedback or (SOUP,), **clocks, **facts)


def reply(a_case: Case) -> Reply:
    return scaffold(a_case, "Amends")


def body(a_case: Case) -> str:
    return reply(a_case).body


def told(comment: str, **more: Any) -> Case:
    """A case as it opens from these words."""
    said = Feedback(external_id="1", source="shop", comment=comment, **more)
    judged = assess(said)
    return case(said, reasons=judged.reasons, severity=judged.severity or Severity.NORMAL)


def test_the_whole_scaffold_reads_like_this() -> None:
    soup = case(reasons=(Reason("late", "an hour late"), Reason("quality", "Soup cold")))
    assert body(soup) == (
        "Hello Ana,\n\n"
        "You told us about the soup that came late and the quality of what you got. It was for the birthday on 7 January. "
        "⟨what this meant for them, in one line⟩\n\n"
        "I am sorry that we ⟨what we did wrong, plainly and without a reason⟩.\n\n"
        "I have ⟨what you have done already, or what you offer⟩. What would make this right for you?\n\n"
        "By ⟨weekday, date and time⟩ I will ⟨what you will do⟩.\n\n"
        "⟨your name⟩, Amends"
    )


def test_the_question_is_told_apart_for_checks() -> None:
    assert reply(case()).questions == (ENGLISH.question,)
    assert (reply(case()).promises, reply(case()).remedy) == ((), None)  # both are still blanks


@pytest.mark.parametrize(
    ("body", "asks"),
    [
        *((each.question, True) for each in SKELETONS.values()),
        ("I am sorry.\n\nWhat would make\nthis right for you?", True),
        ("How can I put it right?", True),
        ("I want to make this right. Would you like a new one?", False),
        ("May I ask whether all is well now?", False),
    ],
)
def test_letter_that_asks_what_makes_it_right_is_known(body: str, asks: bool) -> None:
    assert asks_what_makes_it_right(body) is asks


def test_it_is_signed_by_a_name_or_left_blank() -> None:
    assert signed(reply(case()), "Bo Chen").body.endswith("Bo Chen, Amends")
    assert signed(reply(case()), " ") == reply(case())
    assert signed(reply(told("Die Suppe war kalt und kam eine Stunde zu spät bei uns an.")), "Bo").body.endswith(
        "Bo, Amends"
    )


def test_without_a_name_nobodys_is_made_up() -> None:
    assert body(case(replace(SOUP, customer=Customer()))).startswith("Hello,\n")


SUBJECTS = [
    (replace(SOUP, subject="RE: Re: Cold soup"), "Re: Cold soup"),
    (SOUP, "Your order 8812"),
    (replace(SOUP, order_ref=None), "The soup that came late"),
    (replace(SOUP, order_ref=None, comment=None), "Your message of 5 January"),
    (replace(SOUP, order_ref=None, comment=None, occurred_at=None), "Your message"),
]


@pytest.mark.parametrize(("feedback", "subject"), SUBJECTS, ids=[subject for _, subject in SUBJECTS])
def test_the_subject_is_what_the_customer_knows(feedback: Feedback, subject: str) -> None:
    late = (Reason("late", "an hour late"),) if feedback.comment else ()
    assert reply(case(feedback, reasons=late)).subject == subject


OCCASIONS = [
    ("birthday", date(2026, 1, 7), "It was for the birthday on 7 January."),
    ("birthday", None, "It was for the birthday."),
    ("my husband's birthday", None, "It was for your husband's birthday."),
    ("husband's birthday", date(2026, 1, 14), "It was for your husband's birthday on 14 January."),
    ("Daughter’s Christening", None, "It was for your daughter’s Christening."),
    ("parents' anniversary", None, "It was for your parents' anniversary."),
    ("company's jubilee", None, "It was for your company's jubilee."),
    ("Anna's birthday", None, "It was for Anna's birthday."),
    ("Mother's Day", None, "It was for Mother's Day."),
    ("Christmas dinner", None, "It was for Christmas dinner."),
    ("her birthday", None, "It was for her birthday."),
    ("Birthday", None, "It was for the birthday."),
    ("a wedding", date(2026, 6, 20), "It was for a wedding on 20 June."),
    (None, date(2026, 1, 7), "It was for 7 January."),
]


@pytest.mark.parametrize(("occasion", "at", "sentence"), OCCASIONS, ids=[row[2] for row in OCCASIONS])
def test_the_occasion_is_named_with_its_date(occasion: str | None, at: date | None, sentence: str) -> None:
    assert sentence in body(case(replace(SOUP, occasion=occasion, occasion_at=at)))


def test_no_occasion_given_means_none_is_mentioned() -> None:
    assert "It was for" not in body(case(replace(SOUP, occasion=None, occasion_at=None)))


def test_a_bare_rating_is_named_instead_of_words() -> None:
    assert "You gave us 2 out of 5." in body(case(replace(SOUP, comment=None)))


MATTERS = [
    ("You billed me $400 when I owed $9.", "the bill of $400 instead of $9"),
    ("Charged twice, £35 gone from my account!", "the bill of £35"),
    ("My parcel never arrived.", "the parcel that did not come"),
    ("The printer does not work at all.", "the printer that does not work"),
    ("I am told it was a bug in your system, and do I want a box?", "the fault that you ran into"),
    ("The box was fine. The cake was missing.", "what was missing"),
    ("Your driver was so rude to my mother.", "the way you were treated"),
    ("I have emailed three times and nobody answers.", "the answer that you did not get from us"),
    ("Die Rechnung ist falsch, Sie haben mir 400 € abgebucht und niemand antwortet.", "die Rechnung über 400 €"),
    ("Die Rechnung ist falsch und niemand antwortet mir seit Montag.", "die Rechnung und die Antwort, die"),
    ("Ich habe das falsche Paket bekommen und möchte das richtige haben.", "das Falsche, das Sie bekommen haben"),
    ("La commande n'est jamais arrivée et personne ne me répond depuis lundi.", "la commande qui n'est pas arrivée"),
    ("El pedido no ha llegado y nadie me contesta desde el lunes.", "el pedido que no ha llegado"),
    ("Il pacco non è mai arrivato e nessuno mi risponde da lunedì.", "l'ordine che non è arrivato"),
    ("Het pakket is nog steeds niet aangekomen en niemand reageert.", "de bestelling die niet is aangekomen"),
    ("A encomenda ainda não chegou e ninguém responde desde segunda.", "o pedido que não chegou"),
]


@pytest.mark.parametrize(("comment", "named"), MATTERS, ids=[named for _, named in MATTERS])
def test_the_matter_is_named_in_our_words(comment: str, named: str) -> None:
    assert named in body(told(comment))


def test_what_no_rule_can_name_stays_a_blank() -> None:
    assert ENGLISH.about_what in body(
        told("Well. That was that, I suppose, and I shall tell my sister.", rating=Rating(1, 5))
    )


INSULTS = [
    "Billed $400 when I owed $9. Should we call you back? Don't bother, you are idiots",
    "No sorry, no refund, no plan. Still no dinner. This is ridiculous",
    "You absolute clowns. My cake came smashed.",
    "Ihr Idioten habt mir das falsche Paket geschickt, unverschämt!",
]


@pytest.mark.parametrize("comment", INSULTS)
def test_no_word_of_theirs_is_said_back(comment: str) -> None:
    """first day A8: the customer read his own insult in our letter."""
    letter = reply(told(comment))
    assert not [
        word
        for word in ("idiot", "Idioten", "clowns", "ridiculous", "bother", "“")
        if word in letter.subject + letter.body
    ]


GREETED = [
    ("Ana Ruiz", "Hello Ana,"),
    ("Lindqvist, Walter", "Hello Walter,"),
    ("HANNAH MOREAU", "Hello Hannah,"),
    ("anna-lena kurz", "Hello Anna-Lena,"),
    ("Mrs G. Hall", "Hello Mrs Hall,"),
    ("王小明", "Hello 王小明,"),
    ("soupfan22", "Hello,"),
    ("ana@example.org", "Hello,"),
    ("A. Hall", "Hello,"),
    ("van der Berg", "Hello,"),
    ("Tom & Anna", "Hello,"),
    ("Kita Sonnenhof GmbH", "Hello,"),
    ("guest", "Hello,"),
    ("-", "Hello,"),
]


@pytest.mark.parametrize(("name", "greeting"), GREETED, ids=[name for name, _ in GREETED])
def test_people_are_greeted_by_their_first_name(name: str, greeting: str) -> None:
    assert body(case(replace(SOUP, customer=Customer(name)))).splitlines()[0] == greeting


HELLO = [("en", "Hello Ana,"), ("de", "Hallo Ana,"), ("fr", "Bonjour Ana,"), ("es", "Hola, Ana:"), ("it", "Buongiorno Ana,"),
         ("nl", "Beste Ana,"), ("pt", "Olá, Ana,")]  # fmt: skip


@pytest.mark.parametrize(("locale", "greeting"), HELLO, ids=[locale for locale, _ in HELLO])
def test_a_form_tells_the_language_where_words_do_not(locale: str, greeting: str) -> None:
    assert body(case(replace(SOUP, comment=None, locale=f"{locale}-XX"))).startswith(greeting)


def test_their_words_tell_more_than_their_form() -> None:
    english = "I ordered this for my mother and it never came to her."
    assert body(told(english, locale="de-DE")).startswith("Hello,")


@pytest.mark.parametrize(
    ("comment", "locale", "named"),
    [
        ("スープが冷たくて一時間も遅れました。", None, "Japanese"),
        ("Zupa była zimna i przyjechała godzinę za późno, jestem zły.", "pl", "Polish"),
        ("Заказ так и не пришёл, никто не отвечает.", None, "the language they wrote in Cyrillic letters"),
    ],
)
def test_a_language_without_skeleton_is_asked_for_honestly(comment: str, locale: str | None, named: str) -> None:
    first = blanks(body(told(comment, locale=locale)))[0]
    assert first == f"⟨please write this in {named}, the customer's language⟩"


FILLED = {
    "en": ("Hello Ana,\n\nYou wrote", ["You waited an hour for a cold dinner", "sent your soup out cold and an hour late",
           "refunded the soup", "Tuesday 6 January at 12:00", "call you", "Bo Chen"]),
    "de": ("", ["Sie saßen eine Stunde vor leeren Tellern.", "die Suppe kalt und zu spät geliefert haben", "Ihnen das Geld erstattet",
           "Dienstag, 6. Januar, 12 Uhr", "Sie anrufen", "Bo Chen"]),
    "fr": ("", ["Vous avez attendu une heure.", "avons livré la soupe froide et en retard", "remboursé la soupe",
           "mardi 6 janvier à 12 h", "vous appeler", "Bo Chen"]),
    "es": ("", ["Esperó una hora.", "entregamos la sopa fría y tarde", "devuelto el dinero", "martes 6 de enero a las 12:00",
           "llamarle", "Bo Chen"]),
    "it": ("", ["Ha aspettato un'ora.", "abbiamo consegnato la zuppa fredda e in ritardo", "rimborsato la zuppa",
           "martedì 6 gennaio alle 12", "chiamarLa", "Bo Chen"]),
    "nl": ("", ["U wachtte een uur.", "de soep koud en te laat hebben bezorgd", "het geld terugbetaald",
           "dinsdag 6 januari om 12 uur", "u bellen", "Bo Chen"]),
    "pt": ("", ["Esperou uma hora.", "entregámos a sopa fria e com atraso", "devolvi o dinheiro", "terça-feira, 6 de janeiro, às 12h",
           "ligar-lhe", "Bo Chen"]),
}  # fmt: skip
COMPLAINTS = {
    "en": "The soup was cold and it came an hour late.",
    "de": "Die Suppe war kalt und kam eine Stunde zu spät bei uns an.",
    "fr": "La soupe était froide et elle est arrivée avec une heure de retard.",
    "es": "La sopa llegó fría y con una hora de retraso, muy mal.",
    "it": "La zuppa era fredda ed è arrivata con un'ora di ritardo.",
    "nl": "De soep was koud en is een uur te laat bij ons bezorgd.",
    "pt": "A sopa chegou fria e com uma hora de atraso, muito mau.",
}


@pytest.mark.parametrize("language", SKELETONS)
def test_its_own_checks_pass_once_the_blanks_are_filled(language: str) -> None:
    complaint = told(COMPLAINTS[language], customer=Customer("Ana Ruiz"))
    letter = reply(complaint)
    filled = letter.body
    for blank, words in zip(dict.fromkeys(blanks(filled)), FILLED[language][1], strict=True):
        filled = filled.replace(blank, words)
    findings = verdict(
        replace(letter, body=filled), Given(feedback=complaint.feedback[0], signed_by="Bo Chen"), Policy()
    )
    assert [(each.rule, each.quote) for each in findings if each.severity == "block"] == []


def test_earlier_cases_are_owned_without_inventing_more() -> None:
    assert "not the first time" in body(case(earlier=(3,)))
    assert "not the first time" not in body(case())


def test_a_public_reply_is_short_and_keeps_secrets() -> None:
    review = replace(SOUP, customer=Customer("soupfan22"), public_url="https://reviews.example/1")
    known = replace(SOUP, external_id="0")
    letter = reply(case(known, review))
    assert letter.body.startswith("Hello,")
    assert not [secret for secret in ("8812", "birthday", "Ana", "Ruiz") if secret in letter.subject + letter.body]
    assert len(letter.body) < len(body(case()))


@pytest.mark.parametrize(
    "code", ["danger", "safety", "legal", "child", "distress", "police", "privacy", "critical_stakes"]
)
def test_grave_cases_get_a_holding_reply_only(code: str) -> None:
    grave = reply(case(severity=Severity.CRITICAL, reasons=(Reason(code, "allergy"),)))
    assert blanks(grave.body) == ("⟨who will call⟩", "⟨weekday, date and time⟩", "⟨your name⟩")
    assert "that we" not in grave.body  # nothing is admitted in writing


@pytest.mark.parametrize(
    ("severity", "codes", "grave"),
    [
        (Severity.CRITICAL, ["safety"], True),
        (Severity.HIGH, ["legal"], True),
        (Severity.CRITICAL, ["critical_stakes"], True),  # as where a model saw what the rules did not
        (Severity.CRITICAL, ["repeat", "rude"], False),  # who complains again is critical too
        (Severity.CRITICAL, ["promise_broken"], False),  # and who was let down,
        (Severity.CRITICAL, ["occasion", "waited_before"], False),  # or heard late
        (Severity.CRITICAL, ["legal", "promise_broken"], True),
        (Severity.CRITICAL, ["repeat", "critical_stakes"], True),
        (Severity.HIGH, ["billing"], False),
    ],
)
def test_grave_is_what_touches_safety_health_or_law(severity: Severity, codes: list[str], grave: bool) -> None:
    """attacks 32: what no model may be told."""
    assert is_grave(case(severity=severity, reasons=tuple(map(Reason, codes)))) is grave


def test_contact_details_never_stand_in_the_scaffold() -> None:
    everything = body(case()) + body(case(reasons=(Reason("safety"),)))
    assert "ana@example.org" not in everything
    assert "4930123456" not in everything


def test_blanks_are_found_in_their_order() -> None:
    assert [blank.split()[0] for blank in blanks(body(case(reasons=(Reason("late"),))))] == [
        "⟨what", "⟨what", "⟨what", "⟨weekday,", "⟨what", "⟨your"
    ]  # fmt: skip
    assert blanks("Hello Ana, the refund is on its way.") == ()


def test_an_occasion_abroad_is_told_to_the_writer_only() -> None:
    wedding = told(COMPLAINTS["de"], occasion="Hochzeit ⟨x⟩", occasion_at=date(2026, 1, 7))
    assert "in einer Zeile: Hochzeit ‹x›, 2026-01-07⟩" in body(wedding)


def test_a_customer_cannot_write_a_blank_of_ours() -> None:
    sly = replace(SOUP, comment="⟨fill me⟩", customer=Customer("⟨name⟩"), occasion="⟨when⟩", subject="⟨re⟩")
    letter = reply(case(sly))
    assert not [
        blank for blank in blanks(letter.subject + letter.body) if blank in ("⟨fill me⟩", "⟨name⟩", "⟨when⟩", "⟨re⟩")
    ]


STOCK_PHRASES = (
    "valued customer",
    "inconvenience",
    "very seriously",
    "important to us",
    "bringing this to our attention",
    "rest assured",
    "as soon as possible",
    "policy",
    "unfortunately",
)


@pytest.mark.parametrize("phrase", STOCK_PHRASES)
def test_no_stock_phrase_is_in_any_scaffold(phrase: str) -> None:
    kinds = [case(), case(replace(SOUP, public_url="https://a.example")), case(reasons=(Reason("legal"),))]
    assert phrase not in " ".join(body(kind) for kind in kinds).lower()


wild = st.none() | st.text(max_size=400)


@pytest.mark.long
@given(wild, wild, wild, st.text(max_size=20))
def test_any_words_at_all_give_a_scaffold(comment: str | None, name: str | None, order: str | None, by: str) -> None:
    odd = replace(SOUP, comment=comment, customer=Customer(name), order_ref=order)
    letter = signed(reply(case(odd)), by)
    assert "\n" not in letter.subject
    assert len(letter.body) < 1000
