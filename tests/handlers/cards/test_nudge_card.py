"""A nudge says what is so, since when, and what ends it; it threatens nobody and says when it is the last."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import get_args

import pytest

from cases.messages.kinds import Heading
from cases.model import Case
from cases.nudges.routing import Hindrance, Route
from cases.nudges.steps import Nudge
from cases.policy.page import Policy, Slack
from handlers.cards.nudge_card import Item, nudges, nudges_over, whom
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines
from tests.owing import owing


def read(case: Case, reminder: Nudge, policy: Policy = ex.POLICY, route: Route | None = None) -> list[str]:
    return lines(nudges([Item(case, reminder, route or Route(), ex.CARD)], policy).blocks)


def test_a_case_without_owner_asks_for_one() -> None:
    assert read(ex.UNCLAIMED, ex.nudge("unclaimed", "thread")) == [
        "*🟡 #12 · Soup cold, an hour late · Dora Quint*",
        "Nobody has it. Dora Quint has been waiting since today at 09:00.",
        "  :eyes: on the card takes it and ends these reminders.",
        "[*Claim*] [Snooze]",
    ]


@pytest.mark.parametrize(
    ("case", "reminder", "sentence", "offered"),
    [
        (
            ex.CLAIMED,
            ex.nudge("not_contacted", "owner", rung=2, overdue=False),
            "Please reach Dora Quint by today at 10:00 (in 1 h).",
            "[*Contacted*] [Snooze] [How to reach them]",
        ),
        (
            ex.CLAIMED,
            ex.nudge("not_contacted", "owner", rung=3),
            "Dora Quint has not heard from us; first contact was due today at 10:00 (in 1 h).",
            "[*Contacted*] [Snooze] [How to reach them]",
        ),
        (
            replace(ex.CLAIMED, wrote_back=True),
            ex.nudge("not_contacted", "owner", rung=3),
            "Dora Quint has written back; our answer was due today at 10:00 (in 1 h).",
            "[*Contacted*] [Snooze] [How to reach them]",
        ),
        (
            ex.CLAIMED,
            ex.nudge("not_contacted", "lead", rung=5),
            "Dora Quint has not heard from us; first contact was due today at 10:00 (in 1 h). "
            "@ana has it: can somebody help?",
            "[*Contacted*] [Take over] [Give to someone]",
        ),
        (
            ex.UNCLAIMED,
            ex.nudge("not_contacted", "thread", rung=4),
            "Dora Quint has not heard from us; first contact was due today at 10:00 (in 1 h). "
            "Nobody has it: who takes it?",
            "[*Claim*] [Snooze]",
        ),
        (
            ex.HELD,
            ex.nudge("not_contacted", "thread", rung=4),
            "Dora Quint asked not to be contacted, and nobody has decided yet whether we write all the same.",
            "[*Claim*] [Snooze]",
        ),
        (
            replace(ex.CLAIMED, asks_no_contact=True),
            ex.nudge("not_contacted", "owner", rung=3),
            "Dora Quint asked not to be contacted, and nobody has decided yet whether we write all the same.",
            "[*Decide about contact*] [Close] [How to reach them]",
        ),
        (
            ex.PROMISED,
            ex.nudge("promised", "owner", rung=6, overdue=False),
            "We promised Dora Quint something by tomorrow at 09:00 (in 24 h): “send the refund”",
            "[*Kept*] [Add a new date] [Write that it will be later] [How to reach them]",
        ),
        (
            ex.PROMISED,
            ex.nudge("promised", "lead", rung=8),
            "A promise to Dora Quint was due tomorrow at 09:00 (in 24 h): “send the refund”",
            "[*Kept*] [Add a new date] [Write that it will be later]",
        ),
        (
            replace(ex.CLAIMED, promises=owing("ring back", ex.NOW)),
            ex.nudge("promised", "owner", rung=7),
            "A promise to Dora Quint was due today at 09:00 (0 min ago): “ring back”",
            "[*Kept*] [Add a new date] [Write that it will be later] [How to reach them]",
        ),
    ],
)
def test_each_rung_says_what_is_so(case: Case, reminder: Nudge, sentence: str, offered: str) -> None:
    said = read(case, reminder)
    assert said[1] == sentence
    assert said[-1] == offered


def test_lead_who_holds_the_case_is_told_as_owner() -> None:
    said = read(ex.CLAIMED, ex.nudge("not_contacted", "lead", rung=5), route=Route(person=ex.ANA))
    assert said[1] == "Dora Quint has not heard from us; first contact was due today at 10:00 (in 1 h)."
    assert said[-1] == "[*Contacted*] [Snooze] [How to reach them]"


@pytest.mark.parametrize("when", ["unclaimed", "not_contacted"])
def test_lead_can_give_a_case_that_nobody_has(when: str) -> None:
    said = read(ex.UNCLAIMED, ex.nudge(when, "lead", rung=1), route=Route(person=ex.LEA))
    assert said[-1] == "[*Claim*] [Give to someone]"


@pytest.mark.parametrize(
    ("reminder", "ending"),
    [
        (ex.nudge("unclaimed", "lead", rung=1), ":eyes: on the card takes it and ends these reminders."),
        (
            ex.nudge("not_contacted", "owner", rung=3),
            ":white_check_mark: on the card, and a click on how you reached them, ends these reminders.",
        ),
        (
            ex.nudge("promised", "owner", rung=7),
            "Kept? Say so. Will it be late? Tell the customer first, then set the new date.",
        ),
    ],
)
def test_every_nudge_says_what_makes_it_stop(reminder: Nudge, ending: str) -> None:
    assert read(ex.CLAIMED, reminder)[-2] == f"  {ending}"


def test_undecided_contact_ends_with_closing_it() -> None:
    said = read(ex.HELD, ex.nudge("not_contacted", "thread", rung=4))
    assert said[-2] == "  Nobody should write? Close it as “did not want to be contacted”, and the reminders end."


def test_the_teams_own_emoji_is_the_one_named() -> None:
    policy = Policy(slack=Slack(emoji={"raised_hand": "claim"}))
    assert ":raised_hand: on the card" in read(ex.UNCLAIMED, ex.nudge("unclaimed", "thread"), policy)[-2]


@pytest.mark.parametrize(
    ("when", "tell", "rung", "says"),
    [
        ("not_contacted", "owner", 3, "From here on it is with the lead."),  # the lead's rung comes after
        ("not_contacted", "lead", 5, "From here on the daily digest keeps it in sight."),  # the ladder ends here
        ("not_contacted", "thread", 4, "From here on it is with the lead."),
        ("not_contacted", "owner", 2, ""),  # the owner is told again by rung 3
        ("unclaimed", "thread", 0, ""),  # the thread is told again by rung 4
        ("unclaimed", "lead", 1, ""),  # the lead is told again by rung 5
        ("promised", "owner", 7, "From here on it is with the lead."),
    ],
)
def test_the_last_nudge_says_who_takes_over(when: str, tell: str, rung: int, says: str) -> None:
    ending = read(ex.CLAIMED, ex.nudge(when, tell, rung=rung, last=True))[-2]
    assert ("From here on" in ending) == bool(says)
    assert ending.endswith(says)


def test_a_nudge_that_will_come_again_does_not_say_last() -> None:
    assert "last" not in read(ex.CLAIMED, ex.nudge("not_contacted", "owner", rung=3, last=False))[-2]


@pytest.mark.parametrize(
    ("tell", "name"),
    [
        ("lead", "the lead"),
        ("manager", "the manager"),
        ("owner", "its owner"),
        ("thread", "its thread"),
        ("@carla", "@carla"),
        ("UBEN00001", "<@UBEN00001>"),
        ("SCARE0001", "<!subteam^SCARE0001>"),
    ],
)
def test_whoever_a_rung_tells_has_a_name(tell: str, name: str) -> None:
    assert whom(tell) == name


def test_several_nudges_for_one_person_are_one_message() -> None:
    other = replace(ex.AGAIN, number=31)
    both = [
        Item(ex.UNCLAIMED, ex.nudge("unclaimed", "lead", rung=1), link=ex.CARD),
        Item(other, ex.nudge("not_contacted", "lead", rung=5)),
    ]
    assert lines(nudges(both, ex.POLICY).blocks) == [
        "2 cases need a look:",
        "*🟡 #12 · Soup cold, an hour late · Dora Quint*",
        "Nobody has it. Dora Quint has been waiting since today at 09:00.",
        "[*Claim*] [Snooze]",
        "*🟠 #31 · Soup cold, an hour late · Dora Quint*",
        "Dora Quint has not heard from us; first contact was due today at 10:00 (in 1 h). @ana has it: can somebody help?",
        "[*Contacted*] [Take over] [Give to someone]",
        "  Each of these ends as soon as it is done.",
    ]


def test_more_than_five_nudges_are_counted_behind_one_link() -> None:
    items = [Item(replace(ex.UNCLAIMED, number=n), ex.nudge("unclaimed", "lead")) for n in range(25)]
    message = nudges(items, ex.POLICY, home="slack://app?tab=home")
    said = lines(message.blocks)
    assert said[0] == "25 cases need a look:"
    assert said.count("[*Claim*] [Snooze]") == 5
    assert said[-2] == "  … and 20 more, less urgent: Home tab of this app"
    assert "<slack://app?tab=home|Home tab of this app>" in message.text


@pytest.mark.parametrize(
    ("reminders", "ending"),
    [
        ([ex.nudge("unclaimed", "lead")] * 2, ":eyes: on the card takes it and ends these reminders."),
        ([ex.nudge("unclaimed", "lead"), ex.nudge("promised", "lead")], "Each of these ends as soon as it is done."),
        ([ex.nudge("held", "owner"), ex.nudge("not_contacted", "owner")], "Each of these ends as soon as it is done."),
        # That it is the last one is true of the first alone.
        (
            [ex.nudge("not_contacted", "lead", rung=5, last=True), ex.nudge("not_contacted", "lead", rung=5)],
            ":white_check_mark: on the card, and a click on how you reached them, ends these reminders.",
        ),
    ],
)
def test_what_stands_below_several_is_true_of_each(reminders: list[Nudge], ending: str) -> None:
    items = [Item(replace(ex.CLAIMED, number=n), reminder) for n, reminder in enumerate(reminders)]
    assert lines(nudges(items, ex.POLICY).blocks)[-1] == f"  {ending}"


def test_replaced_reminder_is_one_short_struck_line() -> None:
    over = [Item(ex.UNCLAIMED, ex.nudge("unclaimed", "lead"))]
    assert lines(nudges_over(over, {12}).blocks) == [
        "~#12 · Soup cold, an hour late~ A newer reminder has taken its place."
    ]


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (ex.CLAIMED, "~#12 · Soup cold, an hour late~ Taken by @ana. Thank you."),
        (ex.CONTACTED, "~#12 · Soup cold, an hour late~ Done: the customer has been contacted. Thank you, @ana."),
        (ex.CLOSED, "~#12 · Soup cold, an hour late~ Closed: won back. Thank you."),
        (ex.SNOOZED, "~#12 · Soup cold, an hour late~ Quiet until today at 12:00."),
        (ex.UNCLAIMED, "~#12 · Soup cold, an hour late~ No longer due."),
    ],
)
def test_a_nudge_that_is_over_thanks_and_rests(case: Case, sentence: str) -> None:
    assert lines(nudges_over([Item(case, ex.nudge("not_contacted", "lead"), link=ex.CARD)]).blocks) == [sentence]


def test_a_title_with_stars_stays_bold_to_its_end() -> None:
    starred = replace(ex.UNCLAIMED, title="Soup *stone* cold ~again~")
    assert read(starred, ex.nudge("unclaimed", "thread"))[0] == "*🟡 #12 · Soup ∗stone∗ cold ∼again∼ · Dora Quint*"


def test_the_case_named_in_a_nudge_leads_to_its_card() -> None:
    item = Item(ex.UNCLAIMED, ex.nudge("unclaimed", "lead"), link=ex.CARD)
    assert f"<{ex.CARD}|#12 · Soup cold, an hour late>" in nudges([item], ex.POLICY).text


def test_a_list_that_is_over_thanks_for_each() -> None:
    other = replace(ex.CONTACTED, number=31)
    over = [Item(case, ex.nudge("not_contacted", "owner")) for case in (ex.CLOSED, other)]
    assert lines(nudges_over(over).blocks) == [
        "~#12 · Soup cold, an hour late~ Closed: won back. Thank you.",
        "~#31 · Soup cold, an hour late~ Done: the customer has been contacted. Thank you, @ana.",
    ]


# The question whether somebody is still on it


ASKED = replace(ex.CLAIMED, asked_at=ex.NOW)


def test_a_silent_owner_is_asked_without_blame() -> None:
    assert read(ASKED, ex.nudge("held", "owner", rung=-1)) == [
        "*🟡 #12 · Soup cold, an hour late · Dora Quint*",
        "Are you still on it? Dora Quint has been waiting since today at 09:00. "
        "Without a word from you it goes back to the team today at 09:30, so that somebody else can help.",
        "[*Still on it*] [Release] [How to reach them]",
    ]


def test_whoever_is_asked_instead_can_step_in() -> None:
    route = Route(person="ULEA00001", instead_of=ex.ANA, because="away")
    said = read(ASKED, ex.nudge("held", "owner", rung=-1), route=route)
    assert said[1] == "@ana has it, and Dora Quint has not heard from us. Is somebody on it?"
    assert said[-1] == "[*Take over*] [Give to someone]"


@pytest.mark.parametrize(
    ("case", "sentence"),
    [
        (replace(ASKED, asked_at=None), "~#12 · Soup cold, an hour late~ @ana is on it. Thank you."),
        (ex.UNCLAIMED, "~#12 · Soup cold, an hour late~ Back with the team."),
        (ex.CONTACTED, "~#12 · Soup cold, an hour late~ Done: the customer has been contacted. Thank you, @ana."),
    ],
)
def test_an_answered_question_is_struck_with_thanks(case: Case, sentence: str) -> None:
    question = replace(ex.nudge("held", "owner", rung=-1), owner=ex.ANA)
    assert lines(nudges_over([Item(case, question)]).blocks) == [sentence]


def test_whoever_lost_a_case_reads_that_it_is_back() -> None:
    reminder = replace(ex.nudge("not_contacted", "owner", rung=3), owner=ex.ANA)
    assert lines(nudges_over([Item(ex.UNCLAIMED, reminder)]).blocks) == [
        "~#12 · Soup cold, an hour late~ Back with the team."
    ]


# The way it went


@pytest.mark.parametrize("because", get_args(Hindrance))
def test_who_is_told_instead_hears_why(because: Hindrance) -> None:
    route = Route(person="ULEA00001", instead_of=ex.BEN, because=because)
    ending = read(ex.CLAIMED, ex.nudge("not_contacted", "owner", rung=3), route=route)[-2]
    assert "It comes to you because" in ending
    assert "@ben" in ending


def test_what_stands_in_the_thread_comes_to_nobody() -> None:
    route = Route(instead_of=ex.BEN, because="away")
    assert "It comes to you" not in read(ex.CLAIMED, ex.nudge("not_contacted", "owner", rung=3), route=route)[-2]


@pytest.mark.parametrize(
    ("heir", "says"),
    [
        ("ULEA00001", "This is my last reminder to you today; the next one goes to @lea."),
        ("thread", "This is my last reminder to you today; the next one stands in the case's thread."),
        ("digest", "This is my last reminder about it today; the next digest keeps it in sight."),
    ],
)
def test_the_last_of_the_day_says_who_follows(heir: str, says: str) -> None:
    ending = read(ex.CLAIMED, ex.nudge("not_contacted", "owner", rung=3), route=Route(person=ex.ANA, heir=heir))[-2]
    assert ending.endswith(says)


def test_a_thread_calls_the_group_it_is_for() -> None:
    item = Item(ex.UNCLAIMED, ex.nudge("unclaimed", "@care"), Route(call="SCARE0001"))
    assert nudges([item], ex.POLICY).text.startswith("<!subteam^SCARE0001>")


# Somebody goes


@pytest.mark.parametrize(
    ("heading", "case", "says", "offered"),
    [
        (
            Heading("offered", ex.ANA, datetime(2026, 1, 7, 9, tzinfo=UTC)),
            ex.UNCLAIMED,
            "@ana is away until Wednesday, January 7th, 2026 at 09:00. This case needs somebody:",
            "[*Claim*] [Snooze]",
        ),
        (
            Heading("left", ex.ANA),
            ex.UNCLAIMED,
            "@ana is no longer here. This case needs somebody:",
            "[*Claim*] [Snooze]",
        ),
        (
            Heading("passed_on", ex.BEN),
            ex.CLAIMED,
            "@ben is no longer here, so this case is yours now. If it fits somebody better, give it to them.",
            "[*Contacted*] [Give to someone]",
        ),
        (
            Heading("passed_on", ex.BEN),
            ex.CONTACTED,
            "@ben is no longer here, so this case is yours now. If it fits somebody better, give it to them.",
            "[*Close*] [Give to someone]",
        ),
    ],
)
def test_cases_left_behind_are_listed_with_buttons(heading: Heading, case: Case, says: str, offered: str) -> None:
    when = "passed_on" if heading.say == "passed_on" else "offered"
    said = lines(nudges([Item(case, ex.nudge(when, when, rung=-2))], ex.POLICY, heading).blocks)
    assert said[0] == says
    assert offered in said


@pytest.mark.parametrize(
    ("case", "needs"),
    [(ex.UNOWNED, "whatever they answer"), (replace(ex.PROMISED, owner=None), "what was promised still")],
)
def test_contacted_case_left_behind_says_what_it_needs(case: Case, needs: str) -> None:
    said = read(case, ex.nudge("offered", "offered", rung=-2))
    assert said[1] == f"The customer has been contacted by @ana; {needs} needs somebody."
