"""A message must be delivered: leases what is owed, shows it in Slack, and records what became of it."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from cases.acts.act import NotAllowed
from cases.acts.refusals import RefusalName
from cases.messages import intents
from cases.messages.kinds import KINDS, Flood, Kind
from cases.messages.notes import Unusable
from cases.messages.payload import from_facts
from cases.model import Via
from handlers import channels
from handlers.act import Place, answer
from handlers.cards import private
from handlers.guard import POISONED, unit_of_work
from handlers.outbox.find_again import EVENT_TYPE, adopted
from handlers.outbox.render import Rendered, refused, render
from handlers.outbox.taken_away import STANDS, taken_away
from handlers.outbox.thread import parent_stands, unthreaded
from handlers.reply.check import read_as_a_whole
from handlers.rights import hidden_from, may
from handlers.slack.cache import BEFORE_TRYING_AGAIN
from handlers.slack.clients import NETWORK, Failure, Fate, failure_of
from handlers.slack.members import is_person
from handlers.world import World
from store import attached, messages, timeline
from store import channels as names
from store.engine import Tx
from store.messages import Owed

log = logging.getLogger(__name__)

_LONGEST_WAIT = timedelta(minutes=5)
# A private answer cannot be shown where the person or the bot is not: it goes to their direct conversation.
_NOT_THERE = frozenset({"user_not_in_channel", "not_in_channel", "channel_not_found", "is_archived"})
_FOR_NOW: frozenset[RefusalName] = frozenset({"not_known_now", "details_wait"})  # refusals that end when Slack answers
_BATCH = 8  # two rounds for a process's senders: what is owed meanwhile waits no longer than that


def deliver(world: World, senders: ThreadPoolExecutor | None = None) -> int:
    """Shows one batch of what is owed, returns how many messages were tried. With `senders`, several at a time."""
    policy = world.policy.delivery
    if not world.store.read(lambda tx: messages.any_due(tx, world.now())):
        return 0
    batch = world.store.write(lambda tx: messages.take_due(tx, world.now(), policy.lease, policy.per_channel, _BATCH))
    show = _Delivery(world).show
    if senders is None or len(batch) < 2:
        for owed in batch:
            show(owed)
    else:
        list(senders.map(show, batch))
    return len(batch)


def _reader(owed: Owed) -> str:
    """Who alone is to see a message: whispered to them, or in their direct conversation, or on their Home tab."""
    return owed.only_for or owed.channel


class _TooLate(Exception):
    """This process has hung with a message in its hands: what is begun now might come twice."""


class _NobodyThere(Exception):
    """Slack opens no conversation with this person: they have left, or are no person. The argument is Slack's word."""


class _Delivery:
    """Shows leased messages, one at a time; whatever happens to one is recorded and hurts no other."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.store = world.store

    def show(self, owed: Owed) -> None:
        # Without the database it may stand in Slack and not be noted down: its lease stays, and then it is looked for.
        with unit_of_work(f"message {owed.id} ({owed.kind}, case {owed.case_number})", partial(self._put_off, owed)):
            refusal = self._refusal(owed)
            rendered = refused(owed, refusal) if refusal else self._rendered(owed)
            if refusal is not None and refusal.reason in _FOR_NOW and not KINDS[owed.kind].is_view:
                self._wait(owed, refusal)
            elif rendered is None:
                self._let_go(owed)
            else:
                self._send(owed, rendered)

    def _rendered(self, owed: Owed) -> Rendered | None:
        if owed.kind is Kind.DRAFT and owed.case_number is not None:
            read_as_a_whole(self.world, owed.case_number, None)
        hidden = hidden_from(self.world, _reader(owed)) if KINDS[owed.kind].is_view else ()
        return self.store.read(lambda tx: render(self.world, tx, owed, hidden))

    def _refusal(self, owed: Owed) -> NotAllowed | None:
        """Why whoever alone is to see this may not; asked before the transaction, since Slack may have to be asked."""
        asks = KINDS[owed.kind].asks
        return None if asks is None else may(self.world, _reader(owed), asks, owed.case_number)

    def _wait(self, owed: Owed, refusal: NotAllowed) -> None:
        """Its reader hears once that it is still to come, unless the answer to a command has said so already."""
        told, now, reader = private.refused(refusal), self.world.now(), _reader(owed)
        place = Place(owed.channel, None, f"waits:{owed.id}")

        def work(tx: Tx) -> None:
            if owed.only_for is not None:
                answer(tx, reader, place, told, now)
            messages.put_off(tx, owed, now + BEFORE_TRYING_AGAIN)

        self.store.write(work)

    def _put_off(self, owed: Owed) -> None:
        until = self.world.now() + POISONED
        self.store.write(lambda tx: messages.put_off_unknown(tx, owed, until))

    def _let_go(self, owed: Owed) -> None:
        """Nobody needs it any more, or not now. If an earlier post of it did land, that is ours, and is brought up to date."""
        may_stand = owed.unknown_since is not None and owed.only_for is None
        try:
            if may_stand and adopted(self.world, owed, self._place(owed)):
                return
        except _NobodyThere:  # then nobody reads it either
            pass
        except NETWORK as error:
            self._not_begun(owed, error)
            return
        if KINDS[owed.kind].may_return:
            self.store.write(lambda tx: messages.put_away(tx, owed))
        else:
            self.store.write(lambda tx: messages.bury(tx, owed, "moot"))

    def _send(self, owed: Owed, rendered: Rendered) -> None:
        try:
            if KINDS[owed.kind].is_view:
                self._publish(owed, rendered)
            elif owed.only_for is not None:
                self._whisper(owed, rendered)
            elif owed.ts is not None:
                self._edit(owed, rendered)
            else:
                self._post(owed, rendered)
        except _TooLate:
            self._give_back(owed)
        except _NobodyThere as nobody:
            self._refused(owed, Failure(Fate.NOBODY, str(nobody)))
        except NETWORK as error:
            self._failed(owed, error)

    def _publish(self, owed: Owed, rendered: Rendered) -> None:
        """The `ts` of a Home tab is the hash of the view that stands there.

        Slack refuses a view that comes with another one: what a process wrote that hung past its lease cannot replace
        what has been shown since. Where there was no hash yet, the view is at least shown anew.
        """
        answer = self._writes(owed).views_publish(user_id=owed.channel, view=rendered.view, hash=owed.ts)
        shown = str(answer["view"]["hash"])
        if not self.store.write(lambda tx: messages.record_shown(tx, owed, None, shown)):
            self.store.write(lambda tx: messages.show_anew(tx, owed.id, self.world.now()))

    def _whisper(self, owed: Owed, rendered: Rendered) -> None:
        """Ephemeral messages cannot be found again: one whose fate is unknown is let go, unless it is rather said twice."""
        if owed.unknown_since is not None and not KINDS[owed.kind].rather_twice:
            self.store.write(lambda tx: messages.bury(tx, owed, "fate unknown"))
            return
        content = {k: v for k, v in rendered.content().items() if k in ("text", "blocks")}
        channel = self._place(owed)
        self._writes(owed).chat_postEphemeral(
            channel=channel, user=owed.only_for or "", thread_ts=owed.parent_ts, parse="none", **content
        )
        self._record(owed, None, None)

    def _edit(self, owed: Owed, rendered: Rendered) -> None:
        if owed.misplaced:
            self._move(owed)
            return
        channel, ts = owed.posted_in or "", owed.ts or ""
        metadata = self._metadata(owed, rendered)
        answer = self._writes(owed).chat_update(
            channel=channel, ts=ts, parse="none", metadata=metadata, **rendered.content(), **rendered.attached()
        )
        self._verify(owed, rendered, answer.get("message") or {})
        if not self._record(owed, channel, ts, settled=rendered.settled):
            # Another process has taken it over, and may have shown something newer before this came.
            self.store.write(lambda tx: messages.show_anew(tx, owed.id, self.world.now()))

    def _verify(self, owed: Owed, rendered: Rendered, shown: Mapping[str, Any]) -> None:
        """Slack passes over files that it will not attach without a word; then the message says so."""
        there = {each.get("id") for each in shown.get("files") or ()}
        if missing := [file for file in rendered.files if file not in there]:
            log.warning("Slack does not attach %s of the files of message %s", len(missing), owed.id)
            self.store.write(lambda tx: self._without_files(tx, owed, "not_attached", missing))

    def _without_files(self, tx: Tx, owed: Owed, why: str, files: Sequence[str] = ()) -> bool:
        """It is shown without; a thread says why, and its case's card offers it again. False where it shows none."""
        if not attached.refuse_in(tx, owed.id, why, files):
            return False
        messages.show_anew(tx, owed.id, self.world.now())
        if owed.case_number is not None:
            messages.want_again(tx, intents.card(owed.case_number), self.world.now())
        return True

    def _move(self, owed: Owed) -> None:
        """Its card is a new message now: it is posted below that one, and taken away where it stood."""
        self.store.write(lambda tx: messages.post_anew(tx, owed, self.world.now()))
        if taken_away(self.world, owed) == "message_not_found" and not KINDS[owed.kind].anew_when_gone:
            self.store.write(lambda tx: messages.bury(tx, owed, "moot"))

    def _record(self, owed: Owed, channel: str | None, ts: str | None, *, settled: bool = False) -> bool:
        """Notes down where it stands, who saw it, and that its thread shall follow; False when the lease was lost."""

        def record(tx: Tx) -> bool:
            if owed.kind is Kind.CONTACT and owed.case_number is not None:
                timeline.note_look(tx, owed.case_number, self.world.now(), _reader(owed), Via.CLOCK)
            if owed.kind in (Kind.CARD, Kind.FLOOD):
                names.is_usable(tx, owed.channel)
            recorded = messages.record_shown(tx, owed, channel, ts, settled=settled)
            if recorded and owed.again and ts is not None:
                messages.thread_follows(tx, owed.id, ts, self.world.now())
            return recorded

        return self.store.write(record)

    def _post(self, owed: Owed, rendered: Rendered) -> None:
        try:
            if self.world.directory.is_nowhere(owed.channel) and self._comes_home(owed, "unknown"):
                return
            channel = self._place(owed)
            if not parent_stands(self.world, owed, channel):
                self._without_parent(owed)
                return
            if owed.unknown_since is not None and adopted(self.world, owed, channel):
                return
        except NETWORK as error:
            self._not_begun(owed, error)
            return
        answer = self._writes(owed).chat_postMessage(
            channel=channel,
            thread_ts=owed.parent_ts,
            reply_broadcast=(rendered.broadcast and not owed.again) or None,
            metadata=self._metadata(owed, rendered),
            parse="none",
            unfurl_links=False,
            unfurl_media=False,
            **rendered.content(),
        )
        ts, posted_in = str(answer["ts"]), str(answer.get("channel") or channel)
        if unthreaded(owed, answer.get("message") or {}):
            self.world.slack.reads.chat_delete(channel=posted_in, ts=ts)
            self._without_parent(owed)
        elif not self._record(owed, posted_in, ts):
            self._came_late(owed, posted_in, ts)
        elif rendered.files:  # which an edit alone attaches
            self.store.write(lambda tx: messages.show_anew(tx, owed.id, self.world.now()))

    def _without_parent(self, owed: Owed) -> None:
        """What it replies to has been deleted in Slack: that is posted anew first, and this below it."""
        log.warning("the message that %s (%s) replies to is gone from Slack; it is posted anew", owed.id, owed.kind)
        parent, ts, now = owed.parent or 0, owed.parent_ts or "", self.world.now()
        self.store.write(lambda tx: messages.lost(tx, parent, ts, now, missed=True))
        self._not_yet(owed, now)

    def _writes(self, owed: Owed) -> WebClient:
        """The client that writes, as long as the lease leaves Slack the time to take it in. Raises _TooLate."""
        if self.world.now() > owed.begin_by:
            raise _TooLate
        return self.world.slack.writes

    def _give_back(self, owed: Owed) -> None:
        """It has not been begun, so it may be taken up at once, by whichever process."""
        log.warning("message %s (%s) was not begun in time and is taken up again", owed.id, owed.kind)
        self._not_yet(owed, self.world.now())

    def _came_late(self, owed: Owed, channel: str, ts: str) -> None:
        """The lease ended during the post, and another process may have found this message, or posted it again.

        The first of the two that is known stays. The other is taken back, by the client that repeats itself: twice is once.
        """
        if self.store.write(lambda tx: messages.found_at(tx, owed.id, channel, ts, self.world.now())):
            return
        if self.store.read(lambda tx: messages.standing_at(tx, channel, ts)) is None:
            log.warning("message %s (%s) came too late and is taken back", owed.id, owed.kind)
            self.world.slack.reads.chat_delete(channel=channel, ts=ts)

    def _metadata(self, owed: Owed, rendered: Rendered) -> dict[str, Any]:
        payload = {"message": owed.id, "case": owed.case_number, "kind": owed.kind, **rendered.metadata}
        return {"event_type": EVENT_TYPE, "event_payload": payload}

    def _place(self, owed: Owed) -> str:
        try:
            return self.world.directory.place(owed.channel)
        except SlackApiError as error:
            failure = failure_of(error)
            if is_person(owed.channel) and failure.fate is Fate.NOBODY:
                raise _NobodyThere(failure.word) from error
            raise

    def _failed(self, owed: Owed, error: Exception) -> None:
        failure = failure_of(error)
        # An edit or a Home view may be shown twice: the second time changes nothing.
        repeatable = owed.ts is not None or KINDS[owed.kind].is_view
        if owed.only_for is not None and failure.word in _NOT_THERE:
            failure = Failure(Fate.REFUSED, failure.word)
        why = channels.why_unusable(failure.word)
        if why is not None and self._comes_home(owed, why):
            return
        if why is not None and owed.only_for is None and not is_person(owed.channel):
            channels.silent(self.world, self.world.directory.known(owed.channel), why)
        if failure.fate is Fate.UNKNOWN and not repeatable:
            log.info("fate of message %s (%s) unknown: %s", owed.id, owed.kind, failure.word)
            until = self.world.now() + self.world.policy.delivery.lease
            self.store.write(lambda tx: messages.put_off_unknown(tx, owed, until))
        elif failure.fate in (Fate.REFUSED, Fate.GONE, Fate.NOBODY):
            self._refused(owed, failure)
        else:
            self._not_begun(owed, error)

    def _comes_home(self, owed: Owed, why: Unusable) -> bool:
        """New cases are shown in the default channel, where nothing can be said in their own; False where that is their own."""
        now = self.world.now()
        if owed.kind not in (Kind.CARD, Kind.FLOOD) or owed.ts is not None or owed.again:
            return False

        def work(tx: Tx) -> bool:
            if owed.kind is Kind.FLOOD:
                flood = from_facts(Flood, owed.facts).number
                moves = channels.flood_comes_home(self.world, tx, flood, owed.channel, why)
            else:
                moves = channels.comes_home(self.world, tx, owed.case_number or 0, why)
            if moves:
                messages.put_off(tx, owed, now)
            return moves

        moved = self.store.write(work)
        if moved:
            log.warning("what belongs in %s comes to the default channel: it is %s", owed.channel, why)
        return moved

    def _not_begun(self, owed: Owed, error: Exception) -> None:
        """Nothing new was posted; a post whose fate was unknown before remains unknown."""
        failure = failure_of(error)
        until = self._next_attempt(owed, failure)
        log.warning("message %s (%s) waits until %s: %s", owed.id, owed.kind, until.isoformat(), failure.word)
        if failure.retry_after is not None and isinstance(error, SlackApiError):
            method = messages.method_of(owed.kind, owed.ts, owed.only_for)
            self.store.write(lambda tx: messages.pause(tx, method, owed.channel, until))
        self._not_yet(owed, until)

    def _not_yet(self, owed: Owed, until: datetime) -> None:
        """Nothing was begun this time; what was begun before may stand there all the same."""
        put_off = messages.put_off if owed.unknown_since is None else messages.put_off_unknown
        self.store.write(lambda tx: put_off(tx, owed, until))

    def _next_attempt(self, owed: Owed, failure: Failure) -> datetime:
        if failure.retry_after is not None:
            return self.world.now() + timedelta(seconds=failure.retry_after)
        return self.world.now() + min(timedelta(seconds=2 ** min(owed.attempts - 1, 10)), _LONGEST_WAIT)

    def _refused(self, owed: Owed, failure: Failure) -> None:
        if owed.only_for is not None and failure.word in _NOT_THERE:
            self.store.write(lambda tx: messages.redirect(tx, owed, self.world.now()))
            return
        if failure.fate is Fate.GONE and owed.ts is not None:
            self._gone(owed, failure)
            return
        if self.store.write(lambda tx: self._refused_with_files(tx, owed, failure.word)):
            log.warning("Slack refuses what message %s is to show: %s", owed.id, failure.word)
            return
        if self._may_go_unread(owed, failure):
            self.store.write(lambda tx: messages.bury(tx, owed, "moot"))
            return
        log.error("Slack refuses message %s (%s, case %s): %s", owed.id, owed.kind, owed.case_number, failure.word)
        self.store.write(lambda tx: messages.bury(tx, owed, failure.word))

    def _may_go_unread(self, owed: Owed, failure: Failure) -> bool:
        """There is nobody to read it, or it is a page that says no more than that it is not for them: nothing is lost without."""
        nobody = failure.fate is Fate.NOBODY and KINDS[owed.kind].may_go_unread
        return nobody or (KINDS[owed.kind].is_view and self._refusal(owed) is not None)

    def _refused_with_files(self, tx: Tx, owed: Owed, why: str) -> bool:
        refused = self._without_files(tx, owed, why)
        if refused:
            messages.put_off(tx, owed, self.world.now())
        return refused

    def _gone(self, owed: Owed, failure: Failure) -> None:
        """It stands there no more, or is out of our reach. A Home view: an earlier one of ours did land without our knowing."""
        anew = KINDS[owed.kind].anew_when_gone
        log.warning("the %s of case %s is gone from Slack%s", owed.kind, owed.case_number, "; it comes anew" * anew)
        now = self.world.now()
        self.store.write(lambda tx: messages.post_anew(tx, owed, now) if anew else messages.bury(tx, owed, "moot"))
        if failure.word in STANDS:
            taken_away(self.world, owed)
