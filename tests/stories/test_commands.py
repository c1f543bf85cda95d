"""`/case …`: private, short answers with links, forms where words are missing, and a hand for misspelt verbs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from sandbox.people.reading import plain
from tests.stories.stage import Actor, Stage, payload, policy, says_when

QUESTIONS = ["list", "mine", "show 2", "why 1", "digest", "stats", "help"]


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, who holds case 1; case 2 is nobody's."""
    stage.hears_from("gift-shop")
    stage.jump(timedelta(minutes=1))
    stage.hears_from("wrong-bill")
    ana = stage.person("ana")
    ana.command("/case", "claim 1")
    return ana


def address(stage: Stage, number: int) -> str:
    card = stage.card(number)
    return f"/archives/{card.channel}/p{card.ts.replace('.', '')}"


# Questions


@pytest.mark.few(1)
@pytest.mark.parametrize("text", QUESTIONS)
def test_answers_are_private_and_change_nothing(stage: Stage, ana: Actor, text: str) -> None:
    public, history = len(stage.practice.messages()), stage.history()
    answer = ana.command("/case", text)
    assert answer.ephemeral_to == ana.id
    assert stage.person("ben").sees() == []
    assert len(stage.practice.messages()) == public
    assert stage.history() == history


@pytest.mark.few(1)
@pytest.mark.parametrize("text", QUESTIONS)
def test_mention_of_the_bot_asks_the_same(stage: Stage, ana: Actor, text: str) -> None:
    ana.say("care", f"@amends {text}")
    said = ana.sees()[-1]
    assert said == plain(ana.command("/case", text))


@pytest.mark.few(1)
@pytest.mark.parametrize("text", ["list", "mine", "show 1", "why 1", "digest"])
def test_answers_about_cases_link_their_cards(stage: Stage, ana: Actor, text: str) -> None:
    assert address(stage, 1) in plain(ana.command("/case", text))


@pytest.mark.long
def test_list_has_longest_wait_first_with_holder(stage: Stage, ana: Actor) -> None:
    title, first, second = plain(ana.command("/case", "list")).splitlines()
    assert title == "*2 open cases, worst first*"
    assert f"<@{ana.id}>" in first
    assert "waiting for an owner" in second


@pytest.mark.long
def test_list_stays_short_when_many_wait(stage: Stage) -> None:
    for number in range(17):
        stage.receives(external_id=f"f-{number}")
    answer = plain(stage.person("ana").command("/case", "list"))
    assert len(answer.splitlines()) == 1 + 15 + 1
    assert "… and 2 more" in answer


def test_mine_names_only_what_one_holds(stage: Stage, ana: Actor) -> None:
    assert "#1" in plain(ana.command("/case", "mine"))
    assert "#2" not in plain(ana.command("/case", "mine"))
    assert "You hold no cases" in plain(stage.person("ben").command("/case", "mine"))


@pytest.mark.long
def test_show_tells_the_case_and_its_history(stage: Stage, ana: Actor) -> None:
    shown = plain(ana.command("/case", "1"))  # a number alone is enough
    assert "was so cold" in shown
    assert "What happened" in shown
    assert f"<@{ana.id}> · claimed it" in shown


def test_why_tells_when_to_whom_and_reason(stage: Stage, ana: Actor) -> None:
    told = plain(ana.command("/case", "why 1"))
    assert f"to <@{ana.id}>" in told
    assert "the customer has not been contacted" in told
    assert "nobody has taken it" in plain(ana.command("/case", "why 2"))
    ana.command("/case", "contacted 1 phone")
    assert "Because: some time after contact I ask how it ended." in plain(ana.command("/case", "why 1"))


@pytest.mark.few(1)
@pytest.mark.parametrize(("text", "reason"), [("snooze 1 3h lunch", "snoozed"), ("snooze 1 22:00 cinema", "snoozed")])
def test_why_names_what_holds_a_nudge_back(stage: Stage, ana: Actor, text: str, reason: str) -> None:
    ana.command("/case", text)
    assert reason in plain(ana.command("/case", "why 1"))


@pytest.mark.long
def test_why_keeps_to_the_last_reminder_of_a_day(stage: Stage, ana: Actor) -> None:
    stage.restart(policy=policy(reminders={"per_case": 2}))
    stage.pass_time(hours=2)
    assert "This is my last reminder about it today" in plain(stage.nudges()[-1])
    told = ana.command("/case", "why 2")
    assert "enough has been said about it today" in plain(told)
    assert says_when(told, datetime(2026, 1, 6, 8, tzinfo=UTC))  # nine in Berlin


@pytest.mark.few(1)
@pytest.mark.parametrize("minutes", [40, 150])  # once the day's last reminder is said, and once the next would be due
def test_card_says_tomorrow_once_enough_was_said(stage: Stage, ana: Actor, minutes: int) -> None:
    stage.restart(policy=policy(reminders={"per_case": 2}))
    stage.pass_time(minutes=minutes)
    tomorrow = datetime(2026, 1, 6, 8, tzinfo=UTC)
    assert datetime.fromisoformat(payload(stage.card(2))["next_step_at"]) == tomorrow
    assert says_when(stage.card(2), tomorrow)
    assert says_when(ana.command("/case", "show 2"), tomorrow)


@pytest.mark.long
def test_word_with_a_case_given_stands_in_its_thread(stage: Stage, ana: Actor) -> None:
    ben = stage.person("ben")
    ana.command("/case", "give 1 @ben she asked for you")
    assert stage.in_thread(1, "note")[-1] == f"Ana Ortega gave it to <@{ben.id}>: she asked for you"


@pytest.mark.long
def test_stats_count_what_happened_and_rank_nobody(stage: Stage, ana: Actor) -> None:
    stage.pass_time(minutes=29)
    ana.command("/case", "contacted 1 phone")
    told = plain(ana.command("/case", "stats"))
    assert "New cases: 2" in told
    assert "Contacted: 1, 1 of them in time" in told
    assert "\nTime to contact: 35 min" in told
    assert "Open now, waiting for an owner 1, the customer 1" in told
    assert ana.id not in told


@pytest.mark.long
def test_help_and_nothing_at_all_are_alike(stage: Stage, ana: Actor) -> None:
    assert plain(ana.command("/case", "help")) == plain(ana.command("/case"))
    assert "`/case claim 12`" in plain(ana.command("/case"))


# When words are wrong or missing


@pytest.mark.long
def test_misspelt_verb_gets_the_nearest_suggested(stage: Stage, ana: Actor) -> None:
    assert "claim" in plain(ana.command("/case", "cliam 1"))
    assert stage.case(1).owner == ana.id


def test_verb_without_number_asks_for_the_case(stage: Stage, ana: Actor) -> None:
    ana.command("/case", "contacted")
    assert len(plain(ana.private_messages()[-1]).splitlines()) == 1
    assert stage.case(1).contacted_at is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("snooze 1", {"length": "1h"}),
        ("promise 1", {"text": "A new box", "until": 1767700000}),
        ("note 1", {"text": "A word"}),
        ("close 2", {"outcome": "declined"}),
        ("give 1", {"to": "ben"}),
        ("draft 2", {"text": "We owe him that"}),
    ],
)
def test_missing_words_are_asked_for_in_form(stage: Stage, ana: Actor, text: str, form: dict[str, object]) -> None:
    verb, number = text.split()
    ana.command("/case", text)
    assert number in ana.modal().view["title"]["text"]
    assert ana.submit(form) == {}
    assert stage.history(int(number))[-1] == verb


@pytest.mark.long
def test_mention_cannot_open_forms_and_says_how(stage: Stage, ana: Actor) -> None:
    ana.say(stage.card(1), "@amends close")
    assert ana.modal() is None
    assert "How did it end?" in ana.sees()[-1]
    assert stage.case(1).outcome is None


def test_mention_cannot_open_the_form_of_a_new_case_either(stage: Stage, ana: Actor) -> None:
    ana.say(stage.card(1), "@amends new")
    assert ana.sees()[-1] == "I can open the form for a new case only after a slash command: `/case new`."


# A new case by hand


def test_new_case_by_hand_is_opened_and_confirmed(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.command("/case", "new Soup was cold")
    assert ana.submit({"name": "Kim Doe", "phone": "+49 30 901820", "source": "phone"}) == {}
    assert "Soup was cold" in plain(stage.card())
    assert "The case is open: #1 · Soup was cold" in ana.sees()[-1]
    assert stage.case().customer.phone == "+49 30 901820"


def test_kind_words_by_hand_are_a_case_too(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.command("/case", "new")
    ana.submit({"comment": "Thank you all, lovely box"})
    assert stage.case().status == "unclaimed"


def test_form_without_words_or_rating_is_refused(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.command("/case", "new")
    assert "comment" in ana.submit({"name": "Kim Doe"})
    assert stage.practice.messages("card") == []


def test_shortcut_on_message_brings_its_words_along(stage: Stage) -> None:
    ana = stage.person("ana")
    heard = stage.person("ben").say("care", "A customer rang: her cake never came.")
    ana.shortcut("open_case", heard)
    ana.submit({"name": "Kim Doe"})
    assert "A customer rang: her cake never came." in plain(stage.card())


def test_shortcut_of_the_menu_opens_empty_form(stage: Stage) -> None:
    ana = stage.person("ana")
    ana.shortcut("open_case")
    ana.submit({"comment": "Cake never came", "rating": "1"})
    assert "rated 1 of 5" in plain(stage.card())


def test_guest_cannot_open_a_case_by_hand(stage: Stage) -> None:
    guest = stage.person("max")
    guest.command("/case", "new")
    if guest.modal() is not None:
        assert guest.submit({"comment": "Cold soup"}) != {}
    assert stage.practice.messages("card") == []
