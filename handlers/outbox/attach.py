"""Messages are to show files: each goes into Slack in steps, is shown by an edit, and is deleted there once its words are erased.

A message stands without it from the first. The file belongs to no channel: nothing is posted until our own message, which can be found again, shows it. So each step may
be done twice, and whatever goes wrong leaves a message that says so. Slack's id is noted down before the bytes go, so that
nothing of a customer's can lie in Slack that we do not know of.
"""

from __future__ import annotations

import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial

from cases.letters.attached import State
from cases.messages import intents
from handlers.cards import words
from handlers.digest.chart import drawn
from handlers.guard import POISONED, unit_of_work
from handlers.slack.clients import NETWORK, Failure, Fate, failure_of
from handlers.world import World
from store import attached, messages
from store.attached import Owed
from store.engine import Tx

log = logging.getLogger(__name__)
_FIRST, _DELETION = "files.getUploadURLExternal", "files.delete"  # the methods that are counted, one for each file
_LEASE = timedelta(seconds=120)  # longer than all steps may take together
_PROCESSING = timedelta(seconds=2)  # how soon Slack may be through with a file
_LONGEST_WAIT = timedelta(minutes=5)
_ATTEMPTS = 12  # for each step; together well under an hour
_NOTHING = "nothing_to_draw"
_UNKNOWN = frozenset({"file_not_found", "file_deleted"})
# Nobody mends these by waiting. What Slack says besides may be over in a while: it is tried again.
_NO_USE = frozenset(words.UNSHOWN) | {"not_allowed_token_type", "access_denied", "team_access_not_granted"}


def attach_files(world: World, _workers: ThreadPoolExecutor | None = None) -> int:
    """Brings each file that is owed a step further, one after the other; returns how many."""
    if not world.store.read(lambda tx: attached.any_owed(tx, world.now())):
        return 0
    pace = world.policy.delivery.per_channel
    taken = world.store.write(lambda tx: _take(tx, world, pace))
    for owed in taken:
        put_off = partial(_put_off, world, owed, POISONED)
        with unit_of_work(f"the attached file {owed.id}", put_off):
            _further(world, owed)
    return len(taken)


def _take(tx: Tx, world: World, pace: timedelta) -> list[Owed]:
    taken, now = attached.take_owed(tx, world.now(), _LEASE), world.now()
    at_pace = [owed for owed in taken if messages.may_go(tx, _method(owed), "", now, pace)]
    for owed in taken:
        if owed not in at_pace:
            attached.put_off(tx, owed, now + pace)
    return at_pace


def _method(owed: Owed) -> str:
    return _DELETION if owed.state is State.ERASED else _FIRST


def _further(world: World, owed: Owed) -> None:
    try:
        _STEPS[owed.state](world, owed)
    except NETWORK as error:
        _failed(world, owed, failure_of(error))


def _send(world: World, owed: Owed) -> None:
    """All three steps of an upload; another process that finds it begun asks Slack how far it came."""
    found = _content(world, owed)
    if found is None:
        _refuse(world, owed, _NOTHING if owed.feedback is None else "file_deleted")  # Slack had it, and has it no more
        return
    (content, alt), slack = found, world.slack
    answer = slack.writes.files_getUploadURLExternal(filename=owed.name, length=len(content), alt_txt=alt)
    file, address = str(answer["file_id"]), str(answer["upload_url"])
    if not world.store.write(lambda tx: attached.begun(tx, owed, file, alt)):
        return  # erased meanwhile: Slack has no bytes of it
    owed = replace(owed, state=State.BEGUN, file=file)
    try:
        slack.send_bytes(address, content)
        slack.writes.files_completeUploadExternal(files=[{"id": file, "title": owed.name}])
    except NETWORK as error:
        _failed(world, owed, failure_of(error))
        return
    world.store.write(lambda tx: attached.uploaded(tx, owed, world.now()))


def _content(world: World, owed: Owed) -> tuple[bytes, str] | None:
    """The bytes, and in words what they show; None where there are none."""
    if owed.feedback is None:
        return drawn(world, world.store.read(lambda tx: attached.digest_with(tx, owed)))
    content = world.store.read(lambda tx: attached.content(tx, owed))
    return None if content is None else (content, words.ATTACHMENT_ALT.format(name=owed.name))


def _ask(world: World, owed: Owed) -> None:
    """Its last step may have come to Slack, or not. What Slack does with a second one is not documented, so it is not tried."""
    try:
        world.slack.writes.files_info(file=owed.file or "")
    except NETWORK as error:
        if failure_of(error).word not in _UNKNOWN:
            raise
        world.store.write(lambda tx: attached.anew(tx, owed, world.now()))
    else:
        world.store.write(lambda tx: attached.uploaded(tx, owed, world.now()))


def _look(world: World, owed: Owed) -> None:
    """Slack processes what it was given in its own time; until then the file has no type, and no message may show it."""
    if world.slack.writes.files_info(file=owed.file or "")["file"].get("mimetype"):
        world.store.write(lambda tx: attached.show(tx, owed, world.now()))
    elif owed.attempts >= _ATTEMPTS:
        _refuse(world, owed, "not_processed")
    else:
        _put_off(world, owed, _PROCESSING * owed.attempts)


def _delete(world: World, owed: Owed) -> None:
    try:
        world.slack.writes.files_delete(file=owed.file or "")
    except NETWORK as error:
        if failure_of(error).word not in _UNKNOWN:
            raise
    world.store.write(lambda tx: attached.gone(tx, owed))


_STEPS = {State.WANTED: _send, State.BEGUN: _ask, State.UPLOADED: _look, State.ERASED: _delete}


def _failed(world: World, owed: Owed, failure: Failure) -> None:
    if failure.retry_after is not None:
        until, method = world.now() + timedelta(seconds=failure.retry_after), _method(owed)
        world.store.write(lambda tx: messages.pause(tx, method, "", until))
    if owed.state is State.ERASED:  # what was promised to a customer is tried for ever
        log.error("Slack does not delete the file %s, whose customer's words were erased: %s", owed.file, failure.word)
        _put_off(world, owed, min(timedelta(seconds=2**owed.attempts), POISONED))
    elif failure.fate is Fate.REFUSED or failure.word in _NO_USE or owed.attempts >= _ATTEMPTS:
        _refuse(world, owed, failure.word)
    else:
        wait = timedelta(seconds=failure.retry_after or 2**owed.attempts)
        _put_off(world, owed, min(wait, _LONGEST_WAIT))


def _put_off(world: World, owed: Owed, wait: timedelta) -> None:
    world.store.write(lambda tx: attached.put_off(tx, owed, world.now() + wait))


def _refuse(world: World, owed: Owed, why: str) -> None:
    """What came with a letter: its message says why, and its card offers it once more."""
    if why != _NOTHING:
        log.warning("message %s does not show its file %s: %s", owed.message, owed.id, why)

    def work(tx: Tx) -> None:
        if (number := attached.refuse(tx, owed, why, world.now())) is not None:
            messages.want_again(tx, intents.card(number), world.now())

    world.store.write(work)
