"""A person sends an approved reply, or takes it back while it waits."""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import datetime, timedelta

from cases.acts.act import NotAllowed, Unchanged
from cases.letters.letter import Letter, LetterState
from cases.model import Case
from cases.replies.drafts import Draft
from handlers.world import World
from store import letters
from store.engine import Tx

_TOKEN_BYTES = 10
_A_DAY = timedelta(days=1)
_GOES_ANEW = (LetterState.TAKEN_BACK, LetterState.REFUSED, LetterState.UNKNOWN)


def may_send(world: World, case: Case) -> bool:
    """Whether an approved reply to this customer can be sent from here."""
    return world.post is not None and world.policy.mail.send and bool((case.customer.email or "").strip())


class Send:
    """The approved words go to the customer's address once `[mail] take_back` has passed. Called within a transaction.

    Sent by who approved them or holds the case. After a letter of unknown fate it is a person's decision to send it again.
    """

    def __init__(self, world: World) -> None:
        self._world = world

    def __call__(self, tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
        """Why not, or None once it is to go."""
        address = (case.customer.email or "").strip()
        before = letters.load(tx, case.number, draft.version)
        if before is not None and before.state not in _GOES_ANEW:
            return Unchanged()
        if (refusal := self._not_to_send(tx, case, draft, person, address, now)) is not None:
            return refusal
        letters.send(tx, self._letter(before, case, draft, person, address, now))
        return None

    def _not_to_send(
        self, tx: Tx, case: Case, draft: Draft, person: str, address: str, now: datetime
    ) -> NotAllowed | None:
        mail = self._world.policy.mail
        if self._world.post is None or not mail.send:
            return NotAllowed("letters_off" if self._world.post else "no_mail_server")
        if draft.approved_by is None or draft.reply is None:
            return NotAllowed("nothing_approved")
        if case.held:
            return NotAllowed("contact_held")
        if person not in (draft.approved_by, case.owner):
            return NotAllowed("sent_by_whom")
        if not address:
            return NotAllowed("no_address", {"number": case.number})
        if letters.sent_to(tx, address.lower(), now - _A_DAY) >= mail.a_day:
            return NotAllowed("letters_enough", {"count": mail.a_day})
        return None

    def _letter(
        self, before: Letter | None, case: Case, draft: Draft, person: str, address: str, now: datetime
    ) -> Letter:
        due = now + self._world.policy.mail.take_back
        if before is not None:
            # Attempts are counted on: by their number a worker knows that the letter it took up is not its own any more.
            fresh = {"begun_at": None, "ended_at": None, "why": None}
            again = replace(before, state=LetterState.WAITING, asked_at=now, next_attempt_at=due, **fresh)  # type: ignore[arg-type]
            return replace(again, address=address.lower(), sent_by=person)
        assert self._world.post is not None
        return Letter(
            case=case.number,
            version=draft.version,
            address=address.lower(),
            sent_by=person,
            message_id=f"<{secrets.token_hex(_TOKEN_BYTES)}@{self._world.post.sender.host}>",
            token=secrets.token_hex(_TOKEN_BYTES),
            asked_at=now,
            next_attempt_at=due,
        )


def take_back(tx: Tx, case: Case, draft: Draft, person: str, now: datetime) -> NotAllowed | Unchanged | None:
    """The letter that waits does not go out. One that is just being handed over can no longer be held back."""
    letter = letters.latest(tx, case.number)
    letter = letters.load(tx, case.number, letter.version) if letter else None
    if letter is None or not letter.is_on_its_way:
        gone = letter is not None and letter.state is LetterState.SENT
        return NotAllowed("letter_gone" if gone else "no_letter", {"number": case.number})
    if letter.begun_at is not None:
        return NotAllowed("letter_gone", {"number": case.number})
    letters.save(tx, replace(letter, state=LetterState.TAKEN_BACK, ended_at=now, why=None))
    return None
