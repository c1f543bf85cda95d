"""The card says in five lines what happened, who it is, what the case waits for, and offers only what works now."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from cases.acts.act import ActionName
from cases.acts.actions import ACTIONS
from cases.model import Case, Customer, Feedback, Outcome, Rating, Reason, Severity, Status
from cases.policy.page import Customers, Policy
from cases.text import ERASED
from handlers.cards import case_menus, private
from handlers.cards.blocks import OVERFLOW_LIMIT, overflow
from handlers.cards.case_card import card
from tests.handlers.cards import examples as ex
from tests.handlers.cards.reading import lines, shown
from tests.owing import owing


def read(case: Case) -> list[str]:
    return lines(card(case, ex.POLICY).blocks)


def waits(case: Case) -> list[str]:
    block = next(block for block in card(case, ex.POLICY).blocks if block["block_id"] == "waits")
    return shown(block["text"]["text"]).split("\n")


def suggesting(case: Case, whom: str) -> list[str]:
    """The lines that say what the case waits for, with somebody on the rota."""
    block = next(block for block in card(case, ex.POLICY, whom).blocks if block["block_id"] == "waits")
    return shown(block["text"]["text"]).split("\n")


def buttons(case: Case) -> str:
    return read(case)[-1]


def test_an_unclaimed_case_reads_from_top_to_bottom() -> None:
    assert read(ex.UNCLAIMED) == [
        "🟡 #12 · Soup cold, an hour late",
        "| Soup cold, an hour late.",
        "| Nobody answered the phone.",
        "  Dora Quint · from delivery-form · rated 2 of 5 · order 8812 · *birthday on Wednesday, January 7th, 2026*",
        "*Needs an owner by today at 09:15* (in 15 min) · call or write by today at 10:00",
        "[*Claim*] […: Contacted, Give to someone, Snooze, Add a note, Not a complaint]",
    ]


@pytest.mark.parametrize(
    ("case", "said"),
    [
        (ex.UNCLAIMED, ["*Needs an owner by today at 09:15* (in 15 min) · call or write by today at 10:00"]),
        (ex.CLAIMED, ["@ana has it · *call or write by today at 10:00* (in 1 h)"]),
        (ex.CONTACTED, ["@ana reached the customer today at 09:30 by phone · *waits for the customer*"]),
        (
            replace(ex.CONTACTED, contacted_how=None),
            ["@ana reached the customer today at 09:30 · *waits for the customer*"],
        ),
        (
            ex.UNOWNED,
            ["@ana reached the customer today at 09:30 by phone · *waits for the customer* · needs an owner"],
        ),
        (
            ex.TAKEN_OVER,
            ["@ana reached the customer today at 09:30 by phone · *waits for the customer* · @ben has it now"],
        ),
        (
            ex.PROMISED,
            [
                "@ana reached the customer today at 09:30 by phone · *waits for what we promised*",
                "🤝 *Promise due tomorrow at 09:00* (in 24 h): “send the refund”",
            ],
        ),
        (
            ex.SNOOZED,
            [
                "@ana has it · *call or write by today at 10:00* (in 1 h)",
                "💤 Quiet until today at 12:00: on a train until noon",
            ],
        ),
        (ex.CLOSED, ["*Closed: won back* · today at 14:00 · @ana · Dora Quint · Learned: Ring before the hour is up"]),
        (
            replace(ex.CLOSED, owner=None, outcome=Outcome.NOT_A_COMPLAINT, learned=None),
            ["*Closed: not a complaint* · today at 14:00 · Dora Quint"],
        ),
    ],
)
def test_one_line_says_what_the_case_waits_for(case: Case, said: list[str]) -> None:
    assert waits(case) == said


@pytest.mark.parametrize(
    ("case", "row"),
    [
        (ex.UNCLAIMED, "[*Claim*] […: Contacted, Give to someone, Snooze, Add a note, Not a complaint]"),
        (ex.UNSURE, "[*Claim*] [Not a complaint] […: Contacted, Give to someone, Snooze, Add a note, Close]"),
        (
            ex.HELD,
            "[*Claim*] [Decide about contact] […: Close, Give to someone, Snooze, Add a note, Not a complaint]",
        ),
        (ex.DECIDED, "[*Claim*] […: Contacted, Give to someone, Snooze, Add a note, Not a complaint]"),
        (
            replace(ex.HELD, status=Status.CLAIMED, owner=ex.ANA),
            "[*Decide about contact*] [Contacted] […: Not reached, Snooze, Give to someone, Release, Close]",
        ),
        (ex.CLAIMED, "[*Contacted*] [Add a promise] […: Not reached, Snooze, Give to someone, Release, Close]"),
        (ex.CONTACTED, "[*Close*] […: Add a promise, Say how it went, Add a note, Give to someone, Snooze]"),
        (ex.CLOSED, "[…: Reopen, Read it all, How to reach them, What we learned, Add a note]"),
        (
            replace(ex.CLAIMED, feedback=(ex.LONG,)),
            "[*Contacted*] [Add a promise] [Read it all] […: Not reached, Snooze, Give to someone, Release, Close]",
        ),
    ],
)
def test_only_buttons_that_work_now_are_offered(case: Case, row: str) -> None:
    assert buttons(case) == row


NOTHING = ""


def beside(case: Case) -> str:
    block = next(block for block in card(case, ex.POLICY).blocks if block["block_id"] == "waits")
    return lines([block])[-1] if "accessory" in block else NOTHING


@pytest.mark.parametrize(
    ("case", "menu"),
    [
        (ex.UNCLAIMED, NOTHING),
        (replace(ex.UNCLAIMED, earlier=(3,)), "[Earlier cases]"),
        (ex.CLAIMED, "[…: How to reach them, What makes it right, Add a note, Not a complaint]"),
        (
            replace(ex.CLAIMED, earlier=(3, 4)),
            "[…: How to reach them, Earlier cases, What makes it right, Add a note, Not a complaint]",
        ),
        (ex.CONTACTED, "[…: How to reach them, What makes it right, Not a complaint]"),
        (
            replace(ex.CLOSED, earlier=(3,)),
            "[…: Reopen, Read it all, How to reach them, Earlier cases, What we learned]",
        ),
        (replace(ex.CLOSED, earlier=(3,), joined_into=9), "[Add a note]"),
    ],
)
def test_menu_beside_has_what_one_looks_at(case: Case, menu: str) -> None:
    assert beside(case) == menu


EVERY_SITUATION = {
    f"{name}{' and held' * held}{' and unsure' * unsure}": replace(
        case, asks_no_contact=held, contact_decision=None, unsure=unsure
    )
    for name, case in ex.SITUATIONS.items()
    for held in (False, True)
    for unsure in (False, True)
}


LOOKS = {"read_all", "reach", "earlier"}


def offered(case: Case) -> list[str]:
    """The actions of a card's buttons and of its menus; each of its buttons carries the number."""
    names = []
    for block in card(case, ex.POLICY).blocks:
        for element in block.get("elements", []) if block["type"] == "actions" else [block.get("accessory")]:
            if element and element["type"] == "overflow":
                names += [option["value"].removeprefix("v1:12:") for option in element["options"]]
            elif element:
                assert element["value"] == "v1:12"
                names.append(element["action_id"])
    return [name for name in names if name not in LOOKS]


@pytest.mark.parametrize("case", EVERY_SITUATION.values(), ids=EVERY_SITUATION.keys())
def test_every_action_offered_is_one_that_works_now(case: Case) -> None:
    names = offered(case)
    assert len(names) == len(set(names))
    assert all(case.status in ACTIONS[ActionName(name)].allowed_in for name in names)


# Nobody but a nudge or Home asks whether somebody is still on a case; its owner, who reads the same card, takes over nothing.
ON_NO_CARD = {ActionName.STILL, ActionName.TAKEOVER}


def test_every_action_stands_on_a_card_in_some_situation() -> None:
    shown = {name for case in EVERY_SITUATION.values() for name in offered(case)}
    nowhere = [name for name in ACTIONS if name not in shown and name not in ON_NO_CARD]
    assert nowhere == [], "on no card: a place in handlers/cards/case_menus.py, or in ON_NO_CARD with the reason"
    assert shown <= set(ACTIONS)


@pytest.mark.parametrize(
    ("action", "case"),
    [
        (ActionName.PROMISE, ex.CLAIMED),
        (ActionName.CLOSE, ex.CLAIMED),
        (ActionName.NOTE, ex.CLAIMED),
        (ActionName.DISMISS, ex.CLAIMED),
        (ActionName.RELEASE, ex.SNOOZED),
        (ActionName.CLOSE, ex.UNSURE),
        (ActionName.DISMISS, ex.UNCLAIMED),
        (ActionName.SNOOZE, ex.CONTACTED),
    ],
)
def test_what_is_needed_now_is_on_the_card(action: ActionName, case: Case) -> None:
    assert action in offered(case)


@pytest.mark.parametrize("status", Status)
def test_sixth_of_a_menu_is_told_where_else_it_may_stand(status: Status, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a closed case what finds no place is left out, in order: what is likeliest stays."""
    case = next(case for case in EVERY_SITUATION.values() if case.status is status and not (case.held or case.unsure))
    likely = (*case_menus._LIKELY[status], *(name for name in ActionName if name not in case_menus._LIKELY[status]))
    monkeypatch.setitem(case_menus._LIKELY, status, likely[:8])
    if status is Status.CLOSED:
        assert len(offered(case)) <= OVERFLOW_LIMIT
        return
    with pytest.raises(
        ValueError, match="Give one a button of its own or a place in another menu, or leave it to its command"
    ):
        card(case, ex.POLICY)


def test_a_menu_that_would_be_too_long_is_refused() -> None:
    with pytest.raises(ValueError, match="a menu holds 5 actions, not 6"):
        overflow(dict.fromkeys("abcdef", "x"), 12)


@pytest.mark.parametrize("case", ex.SITUATIONS.values(), ids=ex.SITUATIONS.keys())
def test_no_rich_text_ever_turns_into_another_block(case: Case) -> None:
    kinds = [(block["block_id"], block["type"]) for block in card(case, ex.POLICY).blocks]
    open_card = [("words", "rich_text"), ("facts", "context"), ("waits", "section"), ("buttons", "actions")]
    assert kinds == ([open_card[0], open_card[2]] if case.status is Status.CLOSED else open_card)


LONG_AGO = replace(
    ex.AGAIN,
    status=Status.CLOSED,
    outcome=Outcome.LOST,
    closed_at=ex.NOW,
    asks_no_contact=True,
    snoozed_until=ex.NOW,
    unsure=True,
)


@pytest.mark.parametrize("case", [ex.CLOSED, LONG_AGO, replace(LONG_AGO, joined_into=13)])
def test_a_closed_case_folds_to_two_lines(case: Case) -> None:
    headline, said, menu = read(case)
    assert headline.startswith("⚪ #12 · Soup cold")
    assert said.startswith(("*Closed: ", "Joined: "))
    assert "Reopen" in menu or case.joined_into


LATE = replace(
    ex.PROMISED, severity=Severity.CRITICAL, promises=owing("send the refund", ex.NOW), promise_broken_at=ex.NOW
)


@pytest.mark.parametrize(
    ("late", "mark"),
    [
        (LATE, "🔴"),
        (replace(LATE, promises=()), "🟢"),  # kept since
        (replace(LATE, promises=owing("call", ex.NOW + timedelta(days=1))), "🟢"),  # by another date
        (replace(LATE, promises=LATE.promises + owing("call", ex.NOW + timedelta(days=1))), "🔴"),
        (replace(LATE, status=Status.CLOSED), "⚪"),
    ],
)
def test_who_waits_for_a_broken_promise_is_marked(late: Case, mark: str) -> None:
    assert read(late)[0].startswith(mark)


def test_card_says_that_a_broken_promise_is_awaited() -> None:
    assert waits(LATE) == [
        "@ana reached the customer today at 09:30 by phone · *waits for what we promised*",
        "💔 *Broken promise, due today at 09:00* (0 min ago): “send the refund”",
    ]


def test_promise_still_to_keep_stands_on_a_closed_card() -> None:
    assert "🤝 *Promise" in read(replace(ex.CLOSED, promises=owing("call her", ex.NOW)))[2]


def _erased(*reasons: Reason) -> Case:
    gone = tuple(replace(each, comment=ERASED, subject=None) for each in ex.UNCLAIMED.feedback)
    return replace(ex.UNCLAIMED, title="", feedback=gone, reasons=reasons)


@pytest.mark.parametrize(
    ("case", "headline"),
    [
        (ex.UNCLAIMED, "🟡 #12 · Soup cold, an hour late"),
        (replace(ex.UNCLAIMED, severity=Severity.HIGH), "🟠 #12 · High · Soup cold, an hour late"),
        (replace(ex.CLAIMED, severity=Severity.CRITICAL), "🔴 #12 · Critical · Soup cold, an hour late"),
        (replace(ex.CONTACTED, severity=Severity.CRITICAL), "🟢 #12 · Soup cold, an hour late"),
        (ex.CLOSED, "⚪ #12 · Soup cold, an hour late"),
        (replace(ex.UNCLAIMED, title=""), "🟡 #12 · Soup cold, an hour late"),
        (
            replace(ex.UNCLAIMED, title="", reasons=(Reason("rating_low", "2 of 5"),)),
            "🟡 #12 · Soup cold, an hour late",
        ),
        (
            replace(ex.UNCLAIMED, title="", reasons=(Reason("occasion", "husband's birthday"), Reason("rude", "cold"))),
            "🟡 #12 · Soup cold, an hour late",
        ),
        (_erased(Reason("occasion"), Reason("late")), "🟡 #12 · Late"),
        (_erased(Reason("occasion")), "🟡 #12 · An occasion is at stake"),
        (ex.ONLY_RATING, "🟡 #12 · Rated 1 of 10"),
        (ex.BARE, "🟡 #12 · Unhappy customer"),
    ],
)
def test_the_headline_tells_mark_number_and_what_happened(case: Case, headline: str) -> None:
    assert read(case)[0] == headline


def test_an_unclaimed_case_says_whose_turn_it_would_be() -> None:
    assert suggesting(ex.UNCLAIMED, "UANA00001") == [*waits(ex.UNCLAIMED), "On the rota: @ana"]
    assert suggesting(ex.UNCLAIMED, "@dora <!here>")[-1] == "On the rota: @dora <!here>"  # as a name, and escaped
    assert "<!here>" not in str(card(ex.UNCLAIMED, ex.POLICY, "@dora <!here>"))


@pytest.mark.parametrize("case", [ex.CLAIMED, ex.CONTACTED, ex.UNOWNED, ex.CLOSED], ids=lambda case: case.status)
def test_a_case_somebody_took_suggests_nobody_else(case: Case) -> None:
    assert suggesting(case, "UBEN00001") == waits(case)


def test_a_suggestion_changes_no_button_and_no_owner() -> None:
    plain, with_rota = (card(ex.UNCLAIMED, ex.POLICY, whom).blocks for whom in (None, "UANA00001"))
    assert [block for block in plain if block["block_id"] != "waits"] == [
        block for block in with_rota if block["block_id"] != "waits"
    ]


@pytest.mark.parametrize(
    ("title", "subject", "quoted"),
    [
        ("Where is my order", "Where is my order?", ["| Three days late."]),
        ("Three days late", "Where is my order?", ["| Where is my order?", "| Three days late."]),
        ("Three days late", "Late", ["| Three days late."]),
        ("Three days late", None, ["| Three days late."]),
    ],
)
def test_a_subject_that_is_the_headline_is_not_read_twice(title: str, subject: str | None, quoted: list[str]) -> None:
    said = replace(ex.FEEDBACK, subject=subject, comment="Three days late.")
    shown = read(replace(ex.UNCLAIMED, title=title, feedback=(said,)))
    assert [line for line in shown if line.startswith("|")] == quoted


def test_a_rating_without_words_is_told_as_such() -> None:
    assert read(ex.ONLY_RATING)[1] == "No words, only the rating 1 of 10."
    assert read(ex.BARE)[1] == "The customer left no words."


def test_later_words_stand_under_the_first_ones() -> None:
    assert read(ex.AGAIN)[1:5] == [
        "| Soup cold, an hour late.",
        "| Nobody answered the phone.",
        "Wrote again, latest:",
        "| Second time asking. Still nothing.",
    ]
    thrice = replace(ex.AGAIN, feedback=(*ex.AGAIN.feedback, replace(ex.FEEDBACK, comment="Third time!")))
    assert read(thrice)[3:5] == ["Wrote 2 times more, latest:", "| Third time!"]


def test_a_long_complaint_is_cut_after_600_characters() -> None:
    long = replace(ex.UNCLAIMED, feedback=(replace(ex.FEEDBACK, comment="cold " * 4000),))
    quoted = read(long)[1].removeprefix("| ")
    assert len(quoted) <= 600
    assert quoted.endswith("cold…")


def test_facts_are_those_the_customer_told_last() -> None:
    again = replace(
        ex.FEEDBACK,
        source="review-site",
        rating=Rating(1, 5),
        order_ref=None,
        occasion=None,
        occasion_at=None,
        public_url="https://reviews.example/x",
    )
    facts = read(replace(ex.UNCLAIMED, feedback=(ex.FEEDBACK, again)))[6]
    assert facts == (
        "  Dora Quint · from delivery-form · rated 1 of 5 · order 8812 · *birthday on Wednesday, January 7th, 2026* · "
        "public on reviews.example"
    )


WHY = [Reason("late", "an hour late"), Reason("repeat"), Reason("occasion", "Birthday"), Reason("legal", "my lawyer")]


@pytest.mark.parametrize(
    ("severity", "unsure", "title", "said"),
    [
        (Severity.NORMAL, False, "Soup cold", []),
        (
            Severity.HIGH,
            False,
            "Soup cold",
            ["  High because: complained before, Birthday at stake, speaks of the law: “my lawyer”"],
        ),
        (
            Severity.CRITICAL,
            False,
            "Complained before, late",
            ["  Critical because: Birthday at stake, speaks of the law: “my lawyer”"],
        ),
        (
            Severity.CRITICAL,
            True,
            "Soup cold",
            [
                "  Critical because: complained before, Birthday at stake, speaks of the law: “my lawyer”",
                "  Not sure this is a complaint: late",
            ],
        ),
        (
            Severity.NORMAL,
            True,
            "Late",
            ["  Not sure this is a complaint: complained before, Birthday at stake, speaks of the law: “my lawyer”"],
        ),
    ],
)
def test_the_card_says_why_only_what_nothing_else_says(
    severity: Severity, unsure: bool, title: str, said: list[str]
) -> None:
    case = replace(ex.UNCLAIMED, severity=severity, unsure=unsure, title=title, reasons=tuple(WHY))
    assert read(case)[4:-2] == said


CLAUSES = [
    ("Le potage était froid et personne n'a répondu.", "Le potage était froid et personne n'a répondu"),
    ("Niemand war am Telefon, eine Stunde lang!", "Niemand war am Telefon, eine Stunde lang"),
    ("La sopa llegó fría.", "La sopa llegó fría"),
    ("スープが冷たかった。", "スープが冷たかった。"),
]


@pytest.mark.parametrize(("clause", "quoted"), CLAUSES, ids=[quoted for _, quoted in CLAUSES])
def test_the_clause_is_quoted_unless_the_headline_says_it(clause: str, quoted: str) -> None:
    case = replace(ex.UNCLAIMED, title="Soup", reasons=(Reason("clause", clause), Reason("late", "an hour late")))
    assert read(case)[4:-2] == [f"  Sounds unhappy: “{quoted}”"]
    assert read(replace(case, unsure=True))[4:-2] == [f"  Not sure this is a complaint: “{quoted}”, late"]
    assert read(replace(case, title=clause.rstrip(".!")))[4:-2] == []


def test_of_erased_words_the_reason_stays_without_quotation() -> None:
    case = replace(_erased(Reason("clause"), Reason("danger"), Reason("late")), severity=Severity.CRITICAL)
    assert read(case)[0] == "🔴 #12 · Critical · Somebody may be in danger"
    assert not any("“" in line for line in read(case))


def test_what_made_it_graver_later_is_said_too() -> None:
    angrier = replace(
        ex.CONTACTED, status=Status.CLAIMED, severity=Severity.CRITICAL, reasons=(*WHY[:1], Reason("public"))
    )
    assert read(angrier)[4] == "  Critical because: said it in public"
    assert read(replace(angrier, status=Status.CONTACTED))[4:-3] == []  # nobody waits for us: nothing is critical


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("phone", "by phone"),
        ("by hand", "typed in by a colleague"),
        ("social", "on social media"),
        ("after-delivery-form", "from after-delivery-form"),
        ("*urgent* <!here>", "from *urgent* <!here>"),
    ],
)
def test_how_it_reached_us_is_said_in_words(source: str, said: str) -> None:
    case = replace(ex.UNCLAIMED, feedback=(replace(ex.FEEDBACK, source=source),))
    assert read(case)[3].startswith(f"  Dora Quint · {said} · rated 2 of 5")


def test_earlier_cases_of_the_customer_are_named() -> None:
    assert "earlier cases #3, #7" in read(ex.AGAIN)[5]
    assert "earlier case #3" in read(replace(ex.UNCLAIMED, earlier=(3,)))[3]


def test_a_public_review_names_the_host_it_leads_to() -> None:
    facts = card(ex.PUBLIC, ex.POLICY).blocks[1]["elements"][0]["text"]
    assert "<https://reviews.example/corner-bakery?id=1&amp;x=2#r|public on reviews.example>" in facts


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("https://bank.example@evil.example/x", "public on evil.example"),
        ("https://b\u0430nk.example/", "public on xn--bnk-6cd.example"),
        ("javascript:alert(1)", "public"),
        ("https://", "public"),
        ("https://[broken", "public"),
        ("not an address", "public"),
    ],
)
def test_a_review_address_cannot_pass_for_another(address: str, label: str) -> None:
    case = replace(ex.UNCLAIMED, feedback=(replace(ex.FEEDBACK, public_url=address),))
    assert read(case)[3].endswith(f" · {label}")


def test_the_wish_for_no_contact_stands_first() -> None:
    assert waits(ex.HELD)[0] == "✋ *Asked not to be contacted.* Please decide before anyone writes."
    assert waits(ex.DECIDED)[0] == (
        "✋ Asked not to be contacted. We decided to write all the same: We billed $400 by mistake; they must hear it from us"
    )


def test_an_unsure_case_says_that_it_is_unsure() -> None:
    assert read(replace(ex.UNSURE, reasons=()))[4] == "  Not sure this is a complaint"
    assert read(ex.UNSURE)[4] == "  Not sure this is a complaint: got no answer"


def test_contact_details_stay_off_the_card_by_default() -> None:
    closed_card, open_card = str(card(ex.UNCLAIMED, ex.POLICY)), str(card(ex.UNCLAIMED, ex.IN_THE_OPEN))
    for detail in ("dora@example.org", "+44 20 7946 0018"):
        assert detail not in closed_card
        assert detail in open_card


def test_the_notification_says_all_that_the_card_says() -> None:
    text = shown(card(ex.HELD, ex.POLICY).text)
    assert text.startswith(
        "🟡 #12 · Soup cold, an hour late\n“Soup cold, an hour late.\nNobody answered the phone.”\nDora Quint"
    )
    assert "Asked not to be contacted" in text
    assert "Claim" not in text


def test_an_occasion_without_a_name_still_has_its_date() -> None:
    case = replace(ex.UNCLAIMED, feedback=(replace(ex.FEEDBACK, occasion=None),))
    assert "*an occasion on Wednesday, January 7th, 2026*" in read(case)[3]
    nameless = replace(ex.UNCLAIMED, feedback=(replace(ex.FEEDBACK, occasion_at=None),))
    assert "*birthday*" in read(nameless)[3]


def test_who_and_where_from_are_of_what_is_known() -> None:
    case = replace(
        ex.BARE, feedback=(Feedback(external_id="1", source="kiosk", customer=Customer("Bo <b>"), comment="Hm"),)
    )
    assert read(case)[2] == "  Bo <b> · from kiosk"


def test_a_case_due_long_ago_needs_no_other_words() -> None:
    late = replace(ex.CLAIMED, contact_due_at=ex.NOW - timedelta(hours=2))
    assert waits(late) == ["@ana has it · *call or write by today at 07:00* (2 h ago)"]
    assert late.status is Status.CLAIMED


# Links to the team's own pages


LINKED = ex.POLICY.model_copy(
    update={
        "customers": Customers(
            order_url="https://shop.example/o/{order_ref}", customer_url="https://shop.example/c/{customer_id}"
        )
    }
)
BY_ADDRESS = ex.POLICY.model_copy(update={"customers": Customers(customer_url="https://crm.example/?q={email}")})


def facts(case: Case, policy: Policy) -> str:
    return str(next(block for block in card(case, policy).blocks if block["block_id"] == "facts"))


def test_order_and_customer_are_links_where_policy_says() -> None:
    assert "order <https://shop.example/o/8812|8812>" in facts(ex.CLAIMED, LINKED)
    assert "<https://shop.example/c/c-77|Dora Quint>" in facts(ex.CLAIMED, LINKED)
    assert "<https://shop.example/c/c-77|Dora Quint>" in private.contact_details(ex.CLAIMED, LINKED).text


def test_order_with_odd_signs_stays_within_its_link() -> None:
    odd = replace(
        ex.CLAIMED, feedback=(replace(ex.FEEDBACK, order_ref="8/8|<!channel>\nhttps://evil.example " + "9" * 300),)
    )
    said = facts(odd, LINKED)
    assert "<https://shop.example/o/8%2F8%7C%3C%21channel%3E%20https%3A%2F%2Fevil.example%20999" in said
    assert "<!channel>" not in said
    assert "<https://evil" not in said


def test_link_with_an_address_is_for_the_owner_alone() -> None:
    assert "dora" not in facts(ex.CLAIMED, BY_ADDRESS)
    assert "https://crm.example/?q=dora%40example.org" in private.contact_details(ex.CLAIMED, BY_ADDRESS).text
    in_the_open = BY_ADDRESS.model_copy(update={"slack": ex.IN_THE_OPEN.slack})
    assert "https://crm.example/?q=dora%40example.org" in facts(ex.CLAIMED, in_the_open)


def also(*answered: tuple[str, str]) -> Case:
    return replace(ex.UNCLAIMED, feedback=(replace(ex.FEEDBACK, also_answered=answered),))


def test_card_shows_what_else_was_answered() -> None:
    said = read(also(("Which <branch>?", "Harbour"), ("Photo", "box.jpg")))
    assert "  Also answered: Which <branch>? *Harbour* · Photo *box.jpg*" in said


def test_card_shows_some_answers_and_how_many_are_left() -> None:
    case = also(*((f"Question {n}", "x" * 500) for n in range(7)))
    assert any(line.endswith("· 3 more") for line in read(case))
    assert "Read it all" in buttons(case)


def test_card_shows_no_answer_that_tells_how_to_reach_them() -> None:
    case = also(("Second mail", "dora@example.org"), ("Neighbour", "030 5550 1234"), ("Floor", "3"))
    told = "\n".join(read(case))
    assert ("dora@" in told, "5550" in told, "Floor *3*" in told) == (False, False, True)


def test_rating_of_unknown_scale_is_shown_as_one() -> None:
    case = replace(ex.UNCLAIMED, feedback=(replace(ex.FEEDBACK, rating=Rating(4, None)),))
    assert any("rated 4 of ?" in line for line in read(case))


@pytest.mark.parametrize(("code", "asks"), [("danger", True), ("late", False)])
def test_dismissing_what_may_be_a_danger_asks_once(code: str, asks: bool) -> None:
    shown = card(replace(ex.UNSURE, reasons=(Reason(code),)), ex.POLICY).blocks[-1]["elements"]
    assert ["confirm" in each for each in shown if each["action_id"] == "dismiss"] == [asks]
