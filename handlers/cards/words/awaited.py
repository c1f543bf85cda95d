"""Words: what a customer waits for from us, until they are contacted; one row for each, wherever it is said."""

from __future__ import annotations

from dataclasses import dataclass

from cases.model import Awaited


@dataclass(frozen=True, slots=True, kw_only=True)
class AwaitedWords:
    """`status` stands in lists, `clock` names its clock, `to_do` is asked of the owner on the card, `digest` follows how long they wait.

    Of reminders: `please` asks for it before it is due, `late` says what was due, `still` what is so of somebody else's case,
    `because` why there is one.
    """

    status: str
    clock: str
    to_do: str
    please: str
    late: str
    still: str
    because: str
    digest: str | None = None


AWAITED = {
    Awaited.CONTACT: AwaitedWords(
        status="waiting for first contact",
        clock="First contact",
        to_do="call or write",
        please="Please reach {customer}",
        late="has not heard from us; first contact",
        still="has not heard from us",
        because="the customer has not been contacted",
    ),
    Awaited.ANSWER: AwaitedWords(
        status="waiting for our answer",
        clock="Our answer",
        to_do="answer",
        please="Please answer {customer}",
        late="has written back; our answer",
        still="has written back and waits for our answer",
        because="the customer has written back, and waits for our answer",
        digest="for our answer",
    ),
    Awaited.DECISION: AwaitedWords(
        status="waiting for a decision whether we write",
        clock="A decision",
        to_do="decide",
        please="Please decide whether we write to {customer}",
        late="asked not to be contacted; a decision whether we write",
        still="asked not to be contacted: nobody has decided whether we write",
        because="nobody has decided yet whether we write",
        digest="for a decision whether we write",
    ),
}
