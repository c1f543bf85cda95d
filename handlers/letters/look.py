"""The team's own mailbox is evidence: a letter that a colleague sent to a customer who waits ends the reminders.

What waits decides what is looked for, at each look anew: nothing of a folder is remembered, so that neither a mailbox that
numbers its letters anew nor a case that is opened after its letter can make one be missed.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any

from cases.arrivals.decision import LETTERS
from cases.arrivals.evidence import Outcome, Report
from cases.letters.letter import Letter
from cases.letters.proof import learnt
from cases.letters.seen import Seen, seen
from cases.messages import intents
from cases.messages.kinds import Notice
from cases.model import Way
from cases.policy.working_time import calendar_of
from cases.spoken.mailboxes import mailbox as mailbox_in
from handlers.cards import private
from handlers.cards.message import Message
from handlers.feedback.evidence import reported
from handlers.feedback.letters import doubted, server_believed, team_of
from handlers.letters.carry import ask_for_lost, found_sent
from handlers.letters.imap import (
    ALL,
    INBOX,
    SENT,
    Away,
    Imap,
    folders,
    has,
    heads,
    missing_folders,
    room_taken,
    signed_on_top,
)
from handlers.letters.inbox import look_into, take_in
from handlers.rights import lead_of_source
from handlers.world import World
from store import customers, letters, messages

log = logging.getLogger(__name__)
_BEFORE = timedelta(days=1)  # servers compare days of their own time zone
_FARTHEST = timedelta(days=30)
NEVER = datetime.min.replace(tzinfo=UTC)
_PATIENCE = timedelta(minutes=2)
NEARLY_FULL = 0.9
_LEARNT_OF, _LEARNT_FOR = 60, timedelta(days=1)  # letters of each folder


@dataclass
class Mailbox:
    """The mailbox of one process, when it was last looked into, and what was wrong with it since when."""

    imap: Imap
    server: str | None = None  # whose word counts on who wrote a letter, as learnt
    learnt_at: datetime = NEVER
    looked_at: datetime = NEVER
    listens_from: datetime = NEVER  # until then nobody listens whether the server has something to tell
    away_since: datetime | None = None
    why: str = ""
    missed: set[str] = field(default_factory=set)  # folders that are named in policy, and were not there
    told: set[tuple[str, str]] = field(default_factory=set)  # letters that were taken in, and to whom they went

    def trouble(self, now: datetime) -> str | None:
        """What to say once nobody could look into it for minutes; None when all is well."""
        if self.away_since is None or now - self.away_since < _PATIENCE:
            return None
        return f"the mailbox has not been readable since {self.away_since.isoformat(timespec='seconds')}: {self.why}"


def mailbox_of(imap_url: str | None) -> Mailbox | None:
    """None where no mailbox is set."""
    return Mailbox(Imap(imap_url)) if imap_url else None


def look_through(world: World, mailbox: Mailbox) -> int:
    """Looks into the folders of sent letters and of those that came in, once in `[mail] poll`; how many letters told of something."""
    now = world.now()
    if now - mailbox.looked_at < world.policy.mail.poll:
        return 0
    mailbox.looked_at = now
    (waiting, since), doubted = world.store.read(
        lambda tx: (customers.addresses_waiting(tx), letters.in_doubt(tx, now - _FARTHEST))
    )
    try:
        with mailbox.imap.opened() as box:
            found = list(_found(world, mailbox, box, waiting, max(since or now, now - _FARTHEST), doubted))
            came = _took_in(world, mailbox, box)
            mail = world.policy.mail
            unread = missing_folders(box, mail.inbox, INBOX)
            missing = {*unread, *missing_folders(box, mail.sent, SENT)}
    except Away as away:
        if mailbox.away_since is None:
            log.warning("the mailbox cannot be read: %s", away)
            mailbox.away_since = now
        mailbox.why = str(away)
        return 0
    mailbox.away_since = None
    for name in missing - mailbox.missed:  # it was renamed, perhaps, or is a slip in policy
        log.warning("the mailbox has no folder %s: name the one that is meant under [mail] in policy.toml", name)
        if name in unread:
            _tell_lead(world, f"without {name}", private.mailbox_without(name))
    mailbox.missed = missing
    for each in found:
        if isinstance(each, Letter):
            found_sent(world, each)
        else:
            mailbox.told.add((each.name, each.to))
            take_contact(world, each)
    ask_for_lost(world, now)
    return len(found) + came


def _tell_lead(world: World, what: str, told: Message) -> None:
    day, lead = calendar_of(world.policy).local_date(world.now()), lead_of_source(world, LETTERS)
    notice, intent = Notice(told.text, told.blocks), intents.mailbox(what, day)
    world.store.write(lambda tx: messages.owe(tx, notice, intent=intent, channel=lead, now=world.now()))


def _took_in(world: World, mailbox: Mailbox, box: Any) -> int:
    """Each as it comes: a line that is cut at one of them has cost none of those before it."""
    _learn(world, mailbox, box)
    server = server_believed(world, mailbox.server)
    return sum(1 for _ in takewhile(lambda letter: take_in(world, letter, server), look_into(world, box)))


def _learn(world: World, mailbox: Mailbox, box: Any) -> None:
    """How much room is left, and which server writes on top of the letters that come in, from what lies there; anew each day."""
    if world.now() - mailbox.learnt_at < _LEARNT_FOR:
        return
    team, mailbox.learnt_at = team_of(world), world.now()
    share = max((room_taken(box, name) or 0 for name in folders(box, world.policy.mail.inbox, INBOX)), default=0)
    if share >= NEARLY_FULL:
        log.warning("the mailbox is %.0f %% full; once it is quite full, letters do not come in any more", 100 * share)
        _tell_lead(world, "full", private.mailbox_full(share))
    if world.policy.mail.authserv_id:
        return
    heads = [
        head
        for folder in folders(box, world.policy.mail.inbox, INBOX)
        for head in signed_on_top(box, folder, _LEARNT_OF)
    ]
    mailbox.server = learnt([results for sender, results in heads if not team.has(mailbox_in(sender)[1].lower())])


def _found(
    world: World, mailbox: Mailbox, box: Any, waiting: dict[str, datetime], since: datetime, doubted: list[Letter]
) -> Iterator[Seen | Letter]:
    """Letters to those who wait, and letters of ours of which nobody knew whether they went."""
    now, sent = world.now(), folders(box, world.policy.mail.sent) if waiting or doubted else []
    for folder in sent if waiting else ():
        for headers in heads(box, folder, waiting, (since - _BEFORE).date()):
            letter = contact_in(headers, waiting, now)
            if letter and (letter.name, letter.to) not in mailbox.told:
                yield letter
    kept = [*sent, *folders(box, (), ALL)] if doubted else []
    yield from (each for each in doubted if any(has(box, folder, each.message_id) for folder in kept))


def contact_in(headers: Mapping[str, str], waiting: Mapping[str, datetime], now: datetime) -> Seen | None:
    """The contact that a sent letter is, with one of those who wait since then."""
    letter = seen(headers, waiting, now)
    return letter if letter and letter.at >= waiting[letter.to] else None


def take_contact(world: World, letter: Seen) -> None:
    """Unless we sent it ourselves, as another program's word: which case it is about, and whether it came before the customer spoke, is known there.

    What somebody else than the team wrote, and somebody put among the sent letters, a person has to say.
    """
    if world.store.read(lambda tx: letters.is_ours(tx, letter.name)):
        return
    team = team_of(world)
    if team.is_known and not team.has(letter.address):
        world.store.write(lambda tx: doubted(world, tx, letter))
        return
    report = Report(
        outcome=Outcome.REACHED,
        email=letter.to,
        how=Way.EMAIL,
        at=letter.at,
        by=letter.by,
        reference=letter.name,
    )
    taken = reported(world, report)
    if taken.case is not None:
        log.info("a sent letter is contact for case %s", taken.case)
