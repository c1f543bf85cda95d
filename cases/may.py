"""Who may: one answer, before every road, to whether somebody may do or see what they ask for.

Rights hang on Slack ids. What Slack and policy say of a person is gathered elsewhere and comes in as a value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

from cases.acts.act import NotAllowed
from cases.acts.actions import named
from cases.acts.refusals import RefusalName
from cases.policy.values import Circle


class Standing(StrEnum):
    """What somebody is to our workspace, as Slack tells it. Only a full member may anything."""

    MEMBER = "member"
    GUEST = "guest"
    ELSEWHERE = "elsewhere"  # of another workspace, with which we share a channel at most
    BOT = "bot"
    GONE = "gone"  # the account is switched off
    NOBODY = "nobody"  # Slack knows nobody of this id, or lets us see nobody


class What(StrEnum):
    """What one can ask for, by the harm there is in answering somebody who should not ask."""

    READ = "read"  # what customers wrote, and what became of it
    ACT = "act"  # what changes a case, which a colleague can put right
    DETAILS = "details"  # how to reach a customer: once seen it cannot be taken back
    OVERRULE = "overrule"  # approving a reply in spite of the checks: once sent it cannot be taken back


# Every question, button and form by its name; the acts of their own table all change a case, and need not stand here.
# What stands in neither is refused to everybody.
_ASKED_FOR: Mapping[What, str] = {
    What.READ: """
        help show find list mine lessons why digest stats
        home page_back page_next show_all show_unclaimed show_overdue show_contacted show_critical
        read_all read_on earlier reach
    """,
    What.ACT: """
        show_attachments
        edit redraft shorter warmer differently drop_draft bring_back versions approve sent send take_back takeback
        write_later write_kept write_after
        won_said_so won_ordered
        new new_case practice move join done not_reached no_promise
        how_phone how_email how_chat how_in_person how_public_reply how_letter how_other
        flood_take flood_like flood_show flood_open
        away back quiet quiet_off early_on early_off remind_directly remind_in_thread
    """,
}
_LISTED = {name: what for what, names in _ASKED_FOR.items() for name in names.split()}


def asked_for(name: str) -> What | None:
    """What one asks for who uses this command, button or form; None where nobody has said."""
    return What.ACT if named(name) else _LISTED.get(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is known of somebody who asks; None: Slack has never told.

    `in_channel` is whether they are in the case's channel, `named` whether policy gives them a right of their own, or
    lists them. `lately`: Slack has told all of it within the last ten minutes.
    """

    standing: Standing | None
    in_channel: bool | None = None
    named: bool = False
    lately: bool = True


_NO_MEMBER: Mapping[Standing, RefusalName] = {
    Standing.GUEST: "is_guest",
    Standing.ELSEWHERE: "is_elsewhere",
    Standing.BOT: "is_bot",
    Standing.GONE: "is_gone",
    Standing.NOBODY: "is_nobody",
}


def may(person: Known, what: What | None, circle: Circle) -> NotAllowed | None:
    """Why this person may not have what they ask for; None where they may. `what` is None for what nobody has listed.

    While Slack gives no answer a member who was known before goes on with their work, so that no customer waits; what
    cannot be taken back waits until Slack answers.
    """
    if what is None:
        return NotAllowed("unlisted")
    if person.standing is not Standing.MEMBER:
        return NotAllowed(_NO_MEMBER[person.standing] if person.standing else "not_known_now")
    inside = person.named or circle == "workspace" or (circle == "channel" and person.in_channel)
    if not inside:
        unknown = circle == "channel" and person.in_channel is None
        return NotAllowed("not_known_now" if unknown else "not_in_channel" if circle == "channel" else "not_in_members")
    return _WAIT[what] if what in _WAIT and not person.lately else None


def may_reach(person: str, owner: str | None, shown_to: Literal["owner", "channel"]) -> NotAllowed | None:
    """Why somebody who may see details is not shown how to reach this customer: it is for who holds the case.

    `shown_to`: for whom the team's policy has it.
    """
    if shown_to == "channel" or person == owner:
        return None
    return NotAllowed("reach_held", {"owner": owner}) if owner else NotAllowed("reach_unclaimed")


_WAIT: Mapping[What, NotAllowed] = {
    What.DETAILS: NotAllowed("details_wait"),
    What.OVERRULE: NotAllowed("overruling_waits"),
}
