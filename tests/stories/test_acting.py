"""Colleagues act on a case: races, repeats, reactions taken back, refusals, and what is said to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest

from cases.model import Grade, Outcome, Status
from sandbox.demo.cast import ANA, BEN
from sandbox.people.reading import plain
from tests.stories.stage import POLICY, Actor, Stage, payload, says_when


@pytest.fixture
def ana(stage: Stage) -> Actor:
    """Ana, with a fresh case before her."""
    stage.hears_from("box-not-delivered")
    return stage.person("ana")


@pytest.fixture
def ben(stage: Stage) -> Actor:
    return stage.person("ben")


# Two people, one case


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["emoji", "slash", "mention", "home"])
def test_late_claimer_is_told_who_was_first(stage: Stage, ana: Actor, ben: Actor, way: str) -> None:
    ben.open_home()
    home = ben.home()
    ana.react(stage.card(), "eyes")
    claimed_at = stage.now
    stage.pass_time(minutes=3)
    {
        "emoji": lambda: ben.react(stage.card(), "eyes"),
        "slash": lambda: ben.command("/case", "claim 1"),
        "mention": lambda: ben.say(stage.card(), "@amends claim"),
        "home": lambda: ben.click(home, "claim"),  # published before she was faster
    }[way]()
    (told,) = ben.private_messages()
    assert f"<@{ANA}> " in plain(told)
    assert says_when(told, claimed_at)
    assert stage.case().owner == ANA


def test_one_who_does_not_hold_it_cannot_release(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.react(stage.card(), "eyes")
    ben.command("/case", "release 1")
    assert f"<@{ANA}>" in ben.sees()[-1]
    assert stage.case().owner == ANA


def test_lead_may_release_what_others_hold(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    stage.person("lea").command("/case", "release 1")
    assert stage.case().status is Status.UNCLAIMED


# The same thing twice


@pytest.mark.few(1)
@pytest.mark.parametrize("text", ["claim 1", "contacted 1 phone", "snooze 1 12:00 lunch", "give 1 @ben"])
def test_same_thing_done_twice_changes_nothing(stage: Stage, ana: Actor, text: str) -> None:
    ana.command("/case", text)
    once = stage.case()
    stage.pass_time(minutes=2)
    ana.command("/case", text)
    assert stage.case() == once


def test_emoji_after_the_button_changes_nothing(stage: Stage, ana: Actor) -> None:
    ana.click(stage.card(), "claim")
    ana.react(stage.card(), "eyes")
    ana.unreact(stage.card(), "eyes")
    assert stage.case().owner == ANA
    assert stage.history() == ["opened", "claim"]


# Reactions


@pytest.mark.few(1)
@pytest.mark.parametrize("emoji", ["heavy_check_mark", "ballot_box_with_check", "white_check_mark"])
def test_aliases_of_an_emoji_count_too(stage: Stage, ana: Actor, emoji: str) -> None:
    ana.react(stage.card(), emoji)
    assert stage.case().evidence is Grade.CLICKED


def test_skin_tone_of_a_hand_does_not_matter(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    ana.react(stage.card(), "wave::skin-tone-4")
    assert stage.case().status is Status.UNCLAIMED


def test_team_may_choose_its_own_emoji(stage: Stage, ana: Actor) -> None:
    chosen = POLICY.slack.model_copy(update={"emoji": {"raised_hand": "claim"}})
    stage.restart(policy=POLICY.model_copy(update={"slack": chosen}))
    ana.react(stage.card(), "eyes")
    assert stage.case().status is Status.UNCLAIMED
    ana.react(stage.card(), "raised_hand::skin-tone-2")
    assert stage.case().owner == ANA


@pytest.mark.few(1)
@pytest.mark.parametrize("emoji", ["eyes", "white_check_mark", "tada", "no_entry_sign", "zzz"])
def test_reaction_taken_back_leaves_case_as_before(stage: Stage, ana: Actor, emoji: str) -> None:
    if emoji == "tada":
        ana.command("/case", "contacted 1 phone")
    elif emoji == "white_check_mark":
        ana.command("/case", "claim 1")
    before = stage.case()
    ana.react(stage.card(), emoji)
    assert stage.case() != before
    ana.unreact(stage.card(), emoji)
    after = stage.case()
    assert (after.status, after.owner, after.outcome) == (before.status, before.owner, before.outcome)
    assert (after.contacted_at, after.snoozed_until) == (before.contacted_at, before.snoozed_until)
    assert (after.claim_due_at, after.contact_due_at) == (before.claim_due_at, before.contact_due_at)
    assert after.next_nudge_at == before.next_nudge_at


def test_reaction_taken_back_undoes_nothing_later(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "eyes")
    ana.command("/case", "contacted 1 phone")
    ana.unreact(stage.card(), "eyes")
    case = stage.case()
    assert (case.status, case.owner) == (Status.CONTACTED, ANA)


def test_reaction_of_another_takes_nothing_back(stage: Stage, ana: Actor, ben: Actor) -> None:
    ana.react(stage.card(), "eyes")
    ben.react(stage.card(), "eyes")
    ben.unreact(stage.card(), "eyes")
    assert stage.case().owner == ANA


def test_emoji_on_the_draft_mean_nothing(stage: Stage, ana: Actor) -> None:
    ana.react(stage.draft(), "eyes")
    ana.react(stage.draft(), "tada")
    assert stage.history() == ["opened"]


# What cannot be done


@pytest.mark.few(1)
@pytest.mark.parametrize("way", ["emoji", "button", "overflow", "slash", "mention"])
def test_guest_is_told_so_in_one_sentence(stage: Stage, ana: Actor, way: str) -> None:
    guest, card = stage.person("max"), stage.card()
    {
        "emoji": lambda: guest.react(card, "eyes"),
        "button": lambda: guest.click(card, "claim"),
        "overflow": lambda: guest.choose(card, "more", "Give to someone"),
        "slash": lambda: guest.command("/case", "claim 1"),
        "mention": lambda: guest.say(card, "@amends claim"),
    }[way]()
    (told,) = guest.sees()
    assert "\n" not in told
    assert guest.modal() is None
    assert stage.history() == ["opened"]


@pytest.mark.parametrize("text", ["claim 99", "show 99", "why 99", "close 99 lost", "draft 99", "note 99 hello"])
def test_unknown_case_gets_one_private_sentence(stage: Stage, ana: Actor, text: str) -> None:
    ana.command("/case", text)
    (told,) = ana.sees()
    assert "99" in told
    assert "\n" not in told


@pytest.mark.few(1)
@pytest.mark.parametrize(
    ("before", "text", "says"),
    [
        ("dismiss 1", "contacted 1 phone", "not a complaint"),
        ("dismiss 1", "close 1 lost", "not a complaint"),
        ("claim 1", "reopen 1", "first contact"),
        ("claim 1", "close 1 won back", "won back"),
        ("claim 1", "snooze 1 yesterday", "has already passed"),
    ],
)
def test_what_a_case_does_not_allow_is_explained(stage: Stage, ana: Actor, before: str, text: str, says: str) -> None:
    ana.command("/case", before)
    revision = stage.case().revision
    ana.command("/case", text)
    assert says in ana.sees()[-1]
    assert stage.case().revision == revision


def test_button_of_older_format_asks_to_look_again(stage: Stage, ana: Actor) -> None:
    row = next(block for block in stage.card().blocks if block["type"] == "actions")
    row["elements"][0]["value"] = "v0:1"
    ana.click(stage.card(), "claim")
    assert len(ana.sees()) == 1
    assert stage.history() == ["opened"]


def test_click_on_lost_card_works_and_heals(stage: Stage, ben: Actor) -> None:
    stage.practice.faults.drop_after("chat.postMessage")
    stage.hears_from("box-not-delivered")  # Slack has the card, but its answer never came
    ben.click(stage.card(), "claim")
    assert stage.case().owner == BEN
    assert payload(stage.card())["owner"] == BEN
    stage.pass_time(minutes=5)
    assert len(stage.practice.messages("card")) == 1
    assert "⟨" in plain(stage.draft())


def test_closing_again_after_reopening_is_possible(stage: Stage, ana: Actor) -> None:
    ana.react(stage.card(), "no_entry_sign")
    stage.jump(timedelta(minutes=10))
    ana.choose(stage.card(), "more", "Reopen")
    ana.submit({"text": "It broke again"})
    assert stage.case().waiting_since == stage.now
    ana.command("/case", "close 1 declined")
    assert stage.case().outcome is Outcome.DECLINED
