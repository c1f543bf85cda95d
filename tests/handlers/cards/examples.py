"""Cases as the cards meet them: one for each situation, and customers whose words are hard to show."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from cases.acts.actions import ACTIONS
from cases.model import Case, Customer, Feedback, Outcome, Rating, Reason, Severity, Status, Way
from cases.nudges.steps import Nudge
from cases.occasions import When
from cases.policy.page import Policy, Slack
from cases.replies.drafts import Draft, DraftState, Origin, Reply
from tests.owing import owing

NOW = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
ANA, BEN, LEA = "UANA00001", "UBEN00001", "ULEA00001"
CARD = "https://practice.example/archives/C1/p12"
POLICY = Policy(team="Corner Bakery", lead=LEA)
IN_THE_OPEN = Policy(slack=Slack(contact_details="channel"))

FEEDBACK = Feedback(
    external_id="order-8812",
    source="delivery-form",
    customer=Customer("Dora Quint", "dora@example.org", "+44 20 7946 0018", "c-77"),
    rating=Rating(2, 5),
    comment="Soup cold, an hour late.\nNobody answered the phone.",
    order_ref="8812",
    occasion="birthday",
    occasion_at=date(2026, 1, 7),
    occurred_at=NOW - timedelta(minutes=20),
)
LONG = replace(
    FEEDBACK, comment="\n\n".join(f"{n}. Nobody answered the phone, and the soup was cold." for n in range(900))
)
UNCLAIMED = Case(
    number=12,
    title="Soup cold, an hour late",
    reasons=(Reason("late", "an hour late"), Reason("no_answer", "Nobody answered")),
    feedback=(FEEDBACK,),
    opened_at=NOW,
    unclaimed_since=NOW,
    waiting_since=NOW,
    heard_at=NOW,
    claim_due_at=NOW + timedelta(minutes=15),
    contact_due_at=NOW + timedelta(hours=1),
)
UNSURE = replace(UNCLAIMED, unsure=True)
HELD = replace(UNCLAIMED, asks_no_contact=True)
DECIDED = replace(HELD, contact_decision="We billed $400 by mistake; they must hear it from us")
CLAIMED = replace(UNCLAIMED, status=Status.CLAIMED, owner=ANA, claimed_at=NOW + timedelta(minutes=5))
SNOOZED = replace(CLAIMED, snoozed_until=NOW + timedelta(hours=3), snooze_reason="on a train until noon")
CONTACTED = replace(
    CLAIMED,
    status=Status.CONTACTED,
    contacted_at=NOW + timedelta(minutes=30),
    contacted_by=ANA,
    contacted_how=Way.PHONE,
)
PROMISED = replace(CONTACTED, promises=owing("send the refund", NOW + timedelta(days=1)))
UNOWNED = replace(CONTACTED, owner=None, claimed_at=None)
TAKEN_OVER = replace(CONTACTED, owner=BEN)
CLOSED = replace(
    CONTACTED,
    status=Status.CLOSED,
    closed_at=NOW + timedelta(hours=5),
    outcome=Outcome.WON_BACK,
    went_wrong="The oven timer was off",
    learned="Ring before the hour is up",
)
CHANGING = replace(
    CLOSED,
    cause="Delivery",
    expected="Soup at noon",
    happened="Soup at three",
    lesson_at=NOW + timedelta(days=1),
    change_by=BEN,
    change_due_at=NOW + timedelta(days=8),
)
AGAIN = replace(
    CLAIMED,
    severity=Severity.HIGH,
    earlier=(3, 7),
    feedback=(FEEDBACK, replace(FEEDBACK, external_id="order-8812-b", comment="Second time asking. Still nothing.")),
)
PUBLIC = replace(
    UNCLAIMED, feedback=(replace(FEEDBACK, public_url="https://reviews.example/corner-bakery?id=1&x=2#r"),)
)
BARE = replace(UNCLAIMED, title="", reasons=(), feedback=(Feedback(external_id="1", source="survey"),))
ONLY_RATING = replace(BARE, feedback=(Feedback(external_id="1", source="survey", rating=Rating(1, 10)),))

SITUATIONS = {
    "unclaimed": UNCLAIMED,
    "unsure": UNSURE,
    "held": HELD,
    "decided": DECIDED,
    "claimed": CLAIMED,
    "snoozed": SNOOZED,
    "contacted": CONTACTED,
    "promised": PROMISED,
    "unowned": UNOWNED,
    "taken over": TAKEN_OVER,
    "closed": CLOSED,
    "changing": CHANGING,
    "wrote again": AGAIN,
    "public": PUBLIC,
    "nothing known": BARE,
    "only a rating": ONLY_RATING,
}

WITH_FORM = [name for name, action in ACTIONS.items() if not action.at_once]

NASTY = {
    "endless": "Cold soup! " * 1819,
    "one word of 20,000 letters": "a" * 20_000,
    "nothing but ampersands": "&" * 20_000,
    "right to left": "\u202egnol dna \u2066kcab\u2069 ot front",
    "calls the channel": "<!channel> <!here> @here <@UANA00001> <!subteam^S123> <#C123>",
    "a link in disguise": "<https://evil.example|your invoice> [here](https://evil.example)",
    "backticks and marks": "```rm -rf``` `code` *bold* _it_ ~no~ > quote",
    "null bytes": "so\x00up\x00 \x1b[31mcold\x07",
    "only null bytes": "\x00\x00",
    "only spaces": "  \n\t ",
    "empty": "",
    "lone surrogate": "soup \ud83d cold",
    "stacked marks": "Z" + "\u0301" * 2000,
    "blanks like ours": "{owner} {0} %s ${x} {due:by}",
    "emoji": "👩‍👩‍👧‍👧" * 3000,
}


def nasty(text: str, severity: Severity, situation: Case) -> Case:
    """A case in a situation, with every word a stranger can choose being the same hard one."""
    stranger = Customer(text, text, text, text)
    said = replace(
        FEEDBACK,
        source=text,
        customer=stranger,
        comment=text,
        subject=text,
        order_ref=text,
        occasion=text,
        public_url=text,
    )
    return replace(
        situation,
        severity=severity,
        title=text,
        feedback=(said, said),
        reasons=(Reason(text or "x", text),) * 6,
        contact_decision=text if situation.contact_decision else None,
        snooze_reason=text if situation.snooze_reason else None,
        promises=tuple(replace(promise, what=text) for promise in situation.promises),
        cause=text,
        expected=text,
        happened=text,
        went_wrong=text,
        learned=text,
        earlier=tuple(range(1, 400)),
    )


REPLY = Reply(
    subject="Your cold soup on Monday",
    body="Dear Dora,\n\nI sent your soup an hour late, and it was cold. I am sorry.\n\nDo you want it again, or your money?\n\nAna",
    questions=("Do you want it again, or your money?",),
    promises=("I will ring you on Tuesday at 10:00",),
    remedy="Soup again, or the money back",
)
SCAFFOLD = Draft(
    case=12,
    version=1,
    state=DraftState.READY,
    reply=Reply(subject="Your soup", body="Dear Dora,\n\nI am sorry. ⟨what we did wrong⟩\n\n⟨your name⟩"),
)
BY_MODEL = Draft(case=12, version=1, state=DraftState.READY, origin=Origin.MODEL, reply=REPLY)
BY_PERSON = replace(BY_MODEL, version=2, origin=Origin.PERSON, author=ANA)
APPROVED = replace(BY_PERSON, approved_by=BEN, approved_at=NOW + timedelta(minutes=20))
DRAFTS = {
    "wanted": Draft(case=12),
    "held": Draft(case=12, state=DraftState.HELD),
    "dropped": replace(BY_MODEL, state=DraftState.DROPPED),
    "scaffold": SCAFFOLD,
    "scaffold after failure": replace(SCAFFOLD, failure="timeout"),
    "by the model": BY_MODEL,
    "by a person": BY_PERSON,
    "approved": APPROVED,
}


def nudge(when: str, tell: str, *, rung: int = 0, last: bool = False, overdue: bool = True) -> Nudge:
    """One reminder about case 12."""
    return Nudge(12, rung, When(when), tell, NOW + timedelta(minutes=15), 1, last, overdue)
