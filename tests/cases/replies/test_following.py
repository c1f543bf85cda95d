"""The letter that follows others: it answers what was asked, keeps what was promised, and says nothing of theirs again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from cases.model import Case, Customer, Feedback, Promise, Reason, Way
from cases.policy.page import Policy
from cases.replies.checks import Given
from cases.replies.conversation import Said, Talk, questions
from cases.replies.drafts import Reply
from cases.replies.promises import promised
from cases.replies.scaffold import BLANK, blanks, following, scaffold
from cases.replies.skeletons import SKELETONS, Language
from cases.replies.verdict import verdict
from cases.replies.written_dates import Clock
from cases.spoken.sentences import sentences
from tests.cases.replies.test_later_letters import AFTER, BEFORE, BERLIN, DUE, IN_WORDS, THEIRS
from tests.cases.replies.test_scaffold import COMPLAINTS, FILLED, case, told

MON = datetime(2026, 1, 5, 9, tzinfo=UTC)
NEW_BOX = Promise("bring a new box, the ⟨big⟩ one", DUE, MON)
ANSWERS: dict[Language, str] = {
    "en": "That is kind of you. Could it come before noon?",
    "de": "Das ist nett von Ihnen. Kann sie vor zwölf Uhr kommen?",
    "fr": "C'est gentil à vous. Peut-elle arriver avant midi ?",
    "es": "Es muy amable de su parte. ¿Puede llegar antes de las doce?",
    "it": "È molto gentile da parte Sua. Può arrivare prima di mezzogiorno?",
    "nl": "Dat is heel vriendelijk van u. Kan het voor twaalf uur komen?",
    "pt": "É muito simpático da sua parte. Pode chegar antes do meio-dia?",
}


def theirs(comment: str, hours: int = 0) -> Said:
    return Said(
        at=MON + timedelta(hours=hours), feedback=Feedback(external_id=str(hours), source="form", comment=comment)
    )


def ours(hours: int, words: str = "Dear Ana, …", **facts: object) -> Said:
    return Said(at=MON + timedelta(hours=hours), **{"words": words, "version": 1} | facts)  # type: ignore[arg-type]


def answered(language: Language, answer: str | None = None, **talk: object) -> tuple[Case, Talk]:
    """A complaint, our letter, and their answer to it."""
    first = told(COMPLAINTS[language], customer=Customer("Ana Ruiz"))
    said = (theirs(COMPLAINTS[language]), ours(1), theirs(answer or ANSWERS[language], 2))
    latest = Feedback(
        external_id="2", source="form", comment=answer or ANSWERS[language], customer=Customer("Ana Ruiz")
    )
    return case(*first.feedback, latest, reasons=first.reasons), Talk(said=said, **talk)  # type: ignore[arg-type]


def outline(about: Case, talk: Talk, now: datetime = BEFORE, clock: Clock = THEIRS) -> Reply:
    return following(about, talk, "Hearth", clock, now)


def filled(body: str, words: str = "17") -> str:
    for blank in dict.fromkeys(blanks(body)):
        body = body.replace(blank, words)
    return body


def test_the_whole_outline_reads_like_this() -> None:
    assert outline(*answered("en", owed=(NEW_BOX,), kept=("refund the soup",))).body == (
        "Hello Ana,\n\n"
        "Thank you for writing back.\n\n"
        "⟨your answer to: Could it come before noon?⟩\n\n"
        "Done, as we promised: ⟨what came of it: refund the soup⟩.\n\n"
        "By Tuesday 6 January at 17:00 we will ⟨what was promised, as you say it to them: bring a new box, the ‹big› one⟩, "
        "as we promised.\n\n"
        "⟨your name⟩, Hearth"
    )


@pytest.mark.parametrize("language", SKELETONS)
def test_it_thanks_answers_and_keeps_the_date_in_every_language(language: Language) -> None:
    body = outline(*answered(language, owed=(NEW_BOX,))).body
    assert SKELETONS[language].thanks in body
    (asked,) = questions([answered(language)[0].feedback[-1]])
    assert [asked in blank for blank in blanks(body)] == [True, False, False]
    assert IN_WORDS[language] in body
    assert asked not in BLANK.sub("", body)  # their words stand in a blank, which no customer reads


@pytest.mark.parametrize("language", SKELETONS)
def test_it_has_no_sentence_of_the_first_letter(language: Language) -> None:
    about, talk = answered(language)
    first, second = (sentences(letter.body) for letter in (scaffold(about, "Hearth"), outline(about, talk)))
    assert {each for each in set(first) & set(second) if not blanks(each) and len(each.split()) > 2} == set()


@pytest.mark.parametrize("language", SKELETONS)
def test_its_own_checks_pass_once_blanks_are_filled(language: Language) -> None:
    about, talk = answered(language, owed=(NEW_BOX,), kept=("the money back",))
    first = scaffold(case(about.feedback[0], reasons=about.reasons), "Hearth").body
    _, words = FILLED[language]
    for blank, said in zip(dict.fromkeys(blanks(first)), words, strict=True):
        first = first.replace(blank, said)
    given = Given(
        feedback=about.feedback[-1],
        earlier_feedback=about.feedback[:-1],
        signed_by="Bo Chen",
        earlier_replies=(first,),
        reached=True,
    )
    found = verdict(Reply(subject="s", body=filled(outline(about, talk).body)), given, Policy())
    assert [(each.rule, each.quote) for each in found if each.severity == "block"] == []


def test_promise_whose_time_has_passed_is_owned_and_moved() -> None:
    body = outline(*answered("en", owed=(NEW_BOX,)), now=AFTER).body
    assert "We did not keep that promise, and I am sorry." in body
    assert SKELETONS["en"].amends in body
    assert SKELETONS["en"].new_date in body
    assert "as we promised" not in body


def test_promise_said_again_is_read_as_the_same() -> None:
    body = outline(*answered("en", owed=(NEW_BOX,))).body
    assert [each.due_at for each in promised(filled(body, "bring you a box"), BEFORE, BERLIN)] == [DUE]


@pytest.mark.parametrize(
    ("talk", "ends"),
    [
        (Talk(), "By ⟨weekday, date and time⟩ I will ⟨what you will do⟩."),
        (Talk(owed=(NEW_BOX,)), "as we promised."),
        (Talk(kept=("the money back",)), "⟨what came of it: the money back⟩."),
    ],
)
def test_every_letter_ends_with_something_certain(talk: Talk, ends: str) -> None:
    *_, last, _ = outline(answered("en")[0], talk).body.split("\n\n")
    assert last.endswith(ends)


def test_who_asks_nothing_is_answered_all_the_same() -> None:
    body = outline(*answered("en", "It is still not here.")).body
    assert blanks(body)[0] == "⟨your answer to what they wrote⟩"


def test_where_they_have_not_answered_nobody_is_thanked() -> None:
    about, talk = answered("en")
    assert SKELETONS["en"].thanks not in outline(about, Talk(said=(*talk.said, ours(3)))).body


def test_grave_matter_is_not_named_in_it() -> None:
    about, talk = answered("en")
    grave = case(*about.feedback, reasons=(Reason("safety", "allergy"),))
    assert "soup" not in outline(grave, talk).body


TALKS = [
    ((), False, []),
    ((theirs("Cold."),), False, ["Cold."]),
    ((theirs("Cold."), ours(1)), True, []),
    ((theirs("Cold."), ours(1), theirs("Why?", 2), theirs("Hello?", 3)), True, ["Why?", "Hello?"]),
    ((theirs("Cold."), ours(1), theirs("Why?", 2), ours(3, "", version=None, way=Way.PHONE)), True, []),
]


@pytest.mark.parametrize(("said", "begun", "left"), TALKS)
def test_what_is_unanswered_came_after_our_last_word(said: tuple[Said, ...], begun: bool, left: list[str]) -> None:
    talk = Talk(said=said)
    assert (talk.has_begun, [each.comment for each in talk.unanswered]) == (begun, left)


@pytest.mark.parametrize(
    ("comment", "asked"),
    [
        ("When does it come? I am out at five. Can you call?", ["When does it come?", "Can you call?"]),
        ("¿Cuándo llega?\n\nY otra cosa: ¿quién paga?", ["¿Cuándo llega?", "Y otra cosa: ¿quién paga?"]),
        ("いつ届きますか？待っています。", ["いつ届きますか？"]),
        ("متى تصل؟", ["متى تصل؟"]),
        ("Why? Why?", ["Why?"]),
        ("It is late.", []),
        (None, []),
    ],
)
def test_their_questions_are_told_by_their_sign(comment: str | None, asked: list[str]) -> None:
    assert list(questions([Feedback(external_id="1", source="form", comment=comment)])) == asked
