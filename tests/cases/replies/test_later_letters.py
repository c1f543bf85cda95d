"""Letters after the first answer: that a promise comes late, what came of one, and whether it ended well."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from cases.model import Case, Customer, Promise, Reason
from cases.policy.page import Policy
from cases.replies.checks import Given
from cases.replies.drafts import Reply
from cases.replies.promises import promised
from cases.replies.scaffold import blanks, later, look_back, result
from cases.replies.skeletons import SKELETONS
from cases.replies.verdict import verdict
from cases.replies.written_dates import Clock, superseded, written_instant
from tests.cases.replies.test_scaffold import COMPLAINTS, case, told

BERLIN = ZoneInfo("Europe/Berlin")
THEIRS = Clock(zone=BERLIN, ours=BERLIN, is_theirs=True)
DUE = datetime(2026, 1, 6, 16, 0, tzinfo=UTC)
BEFORE, AFTER = DUE - timedelta(hours=3), DUE + timedelta(hours=3)
NEW_BOX = Promise("bring a new box, the ⟨big⟩ one", DUE, DUE - timedelta(days=1))
AMENDS, NEW_DATE, DEED = "I have refunded half of it", "Friday 9 January at 12:00", "bring you the box"
IN_WORDS = {
    "en": "Tuesday 6 January at 17:00",
    "de": "Dienstag, den 6. Januar, 17:00 Uhr",
    "fr": "mardi 6 janvier à 17:00",
    "es": "martes 6 de enero a las 17:00",
    "it": "martedì 6 gennaio alle 17:00",
    "nl": "dinsdag 6 januari om 17:00 uur",
    "pt": "terça-feira, 6 de janeiro, às 17:00",
}


def complaint(language: str = "en") -> Case:
    return told(COMPLAINTS[language], customer=Customer("Ana Ruiz"))


def late(about: Case, now: datetime, clock: Clock = THEIRS) -> Reply:
    return later(about, NEW_BOX, "Hearth", clock, now)


def blocking(about: Case, body: str, **known: bool) -> list[tuple[str, str]]:
    given = Given(feedback=about.feedback[0], signed_by="Bo Chen", line=0.0, **known)
    found = verdict(Reply(subject="s", body=body), given, Policy())
    return [(each.rule, each.quote) for each in found if each.severity == "block"]


def filled(body: str, *words: str) -> str:
    for blank, said in zip(dict.fromkeys(blanks(body)), words, strict=True):
        body = body.replace(blank, said)
    return body


@pytest.mark.parametrize("language", SKELETONS)
def test_it_names_the_promise_and_its_date_in_every_language(language: str) -> None:
    for now, open_blanks in ((BEFORE, 4), (AFTER, 5)):
        letter = late(complaint(language), now)
        assert IN_WORDS[language] in letter.body
        assert "bring a new box, the ‹big› one⟩" in letter.body
        assert len(blanks(letter.body)) == open_blanks


@pytest.mark.parametrize("language", SKELETONS)
@pytest.mark.parametrize("broken", [False, True])
def test_its_own_checks_pass_once_blanks_are_filled(language: str, broken: bool) -> None:
    about = complaint(language)
    body = late(about, AFTER if broken else BEFORE).body
    # The outline's own words carry it in every language; what fills it is the writer's.
    words = ["a new box", *([AMENDS] if broken else []), NEW_DATE, DEED, "Bo Chen"] if language == "en" else None
    said = filled(body, *(words or ["17", *(["3"] if broken else []), "9.1.", "22", "Bo Chen"]))
    assert blocking(about, said, promise_broken=broken, reached=True) == []


def test_broken_promise_without_amends_is_still_blocked() -> None:
    about = complaint()
    said = filled(late(about, AFTER).body, "a new box", "you have my word", NEW_DATE, DEED, "Bo Chen")
    assert [rule for rule, _ in blocking(about, said, promise_broken=True, reached=True)] == ["T4"]


def test_only_the_new_date_is_read_as_a_promise() -> None:
    said = filled(late(complaint(), BEFORE).body, "a new box", NEW_DATE, DEED, "Bo Chen")
    assert [each.due_at for each in promised(said, BEFORE, BERLIN)] == [datetime(2026, 1, 9, 11, 0, tzinfo=UTC)]


@pytest.mark.parametrize("language", SKELETONS)
def test_looking_back_is_short_and_owes_no_apology(language: str) -> None:
    about = complaint(language)
    letter = look_back(about, "Hearth")
    assert blanks(letter.body) == (SKELETONS[language].your_name,)  # type: ignore[index]
    said = filled(letter.body, "Bo Chen")
    assert blocking(about, said, reached=True) == []
    assert letter.body.count("?") == 1


@pytest.mark.parametrize("language", SKELETONS)
def test_result_of_a_promise_is_a_blank_that_names_it(language: str) -> None:
    about = complaint(language)
    letter = result(about, NEW_BOX.what, "Hearth")
    told, signs = blanks(letter.body)
    assert "bring a new box, the ‹big› one" in told
    assert signs == SKELETONS[language].your_name  # type: ignore[index]
    said = filled(letter.body, "the box stands at your door" if language == "en" else "17", "Bo Chen")
    assert blocking(about, said, reached=True) == []


def test_first_answer_owes_what_looking_back_does_not() -> None:
    about = complaint()
    said = filled(look_back(about, "Hearth").body, "Bo Chen")
    assert {"A1"} <= {rule for rule, _ in blocking(about, said)}
    assert {"A1", "T4"} <= {rule for rule, _ in blocking(about, said, reached=True, promise_broken=True)}
    rude = said.replace("please tell me", "rest assured")
    assert "P1" in {rule for rule, _ in blocking(about, rude, reached=True)}


def test_grave_matter_is_not_named_in_a_later_letter() -> None:
    grave = case(reasons=(Reason("safety", "allergy"),))
    for letter in (late(grave, BEFORE), look_back(grave, "Hearth"), result(grave, "a call", "Hearth")):
        assert "You told us about" not in letter.body


BY_OURS = {
    "en": " (Berlin time)",
    "de": " (Ortszeit Berlin)",
    "fr": " (heure de Berlin)",
    "es": " (hora de Berlin)",
    "it": " (ora di Berlin)",
    "nl": " (tijd in Berlin)",
    "pt": " (hora de Berlin)",
}
BY_THEIRS = {
    "en": "16:00 (your local time)",
    "de": "16:00 Uhr (Ihre Ortszeit)",
    "fr": "16:00 (votre heure locale)",
    "es": "16:00 (su hora local)",
    "it": "16:00 (la sua ora locale)",
    "nl": "16:00 uur (uw lokale tijd)",
    "pt": "16:00 (a sua hora local)",
}


@pytest.mark.parametrize("language", SKELETONS)
@pytest.mark.parametrize("now", [BEFORE, AFTER])
def test_whose_clock_it_is_is_said_where_that_is_not_plain(language: str, now: datetime) -> None:
    about = complaint(language)
    unknown = late(about, now, Clock(zone=BERLIN, ours=BERLIN, is_theirs=False)).body
    assert IN_WORDS[language] + BY_OURS[language] in unknown
    assert (
        BY_THEIRS[language] in late(about, now, Clock(zone=ZoneInfo("Europe/London"), ours=BERLIN, is_theirs=True)).body
    )
    madrid = late(about, now, Clock(zone=ZoneInfo("Europe/Madrid"), ours=BERLIN, is_theirs=True)).body
    assert madrid == late(about, now).body
    assert superseded(unknown, [NEW_BOX], {DUE + timedelta(days=3)}, BERLIN) == NEW_BOX


def test_named_clock_reads_as_the_time_alone() -> None:
    said = late(complaint(), BEFORE, Clock(zone=BERLIN, ours=BERLIN, is_theirs=False)).body
    said = filled(said, "a new box", "Friday 9 January at 12:00 (Berlin time)", DEED, "Bo Chen")
    (found,) = promised(said, BEFORE, BERLIN)
    assert (found.what, found.due_at) == ("bring you the box", datetime(2026, 1, 9, 11, 0, tzinfo=UTC))


@pytest.mark.parametrize("language", SKELETONS)
def test_every_day_of_a_year_is_written(language: str) -> None:
    days = {written_instant(DUE + timedelta(days=day), BERLIN, language) for day in range(365)}  # type: ignore[arg-type]
    assert len(days) == 365


def test_letter_that_names_the_old_date_moves_it() -> None:
    said = filled(late(complaint(), BEFORE).body, "a new box", NEW_DATE, DEED, "Bo Chen")
    found = {each.due_at for each in promised(said, BEFORE, BERLIN)}
    other = replace(NEW_BOX, due_at=DUE + timedelta(days=1))
    assert superseded(said, [other, NEW_BOX], found, BERLIN) == NEW_BOX
    assert superseded(said, [NEW_BOX], {*found, DUE}, BERLIN) is None  # it is promised again
    assert superseded(said, [NEW_BOX], set(), BERLIN) is None  # nothing new is
    assert superseded("By Friday I will call you.", [NEW_BOX], found, BERLIN) is None
