"""A colleague writes, changes or deletes a message: a note in a case's thread, or a command in the bot's direct messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from cases.acts.act import Act, ActionName, NotAllowed
from cases.acts.commands import Command, Misread, parse
from cases.acts.refusals import RefusalName
from cases.messages.kinds import Kind
from cases.model import Via
from handlers.act import Place, act
from handlers.cards import words
from handlers.listeners.commands import means_a_command, mentioned, obeyed, refuse
from handlers.listeners.standing import standing
from handlers.outbox.thread import deleted
from handlers.rights import may
from handlers.slack.members import is_direct
from handlers.slack.reading import markup_of, named, words_of
from handlers.world import World
from store import cases, messages, timeline
from store.engine import Tx

Event = Mapping[str, Any]
_SAID = frozenset({None, "thread_broadcast", "file_share", "me_message"})


def written(world: World, event: Event, event_id: str | None) -> None:
    """A message was written, changed or deleted. In place of a deleted one with replies Slack puts a tombstone."""
    after, before = event.get("message") or {}, event.get("previous_message") or {}
    channel, subtype = str(event.get("channel")), event.get("subtype")
    if subtype == "message_deleted" or after.get("subtype") == "tombstone":
        ts = str(event.get("deleted_ts") or after.get("ts"))
        deleted(world, channel, ts)
        _followed(world, event, {"ts": ts, **before}, None, event_id)
    elif subtype == "message_changed" and after.get("user") and not after.get("bot_id"):
        _changed(world, event, before, after, event_id)
    elif subtype in _SAID and event.get("user") and not event.get("bot_id"):
        (_told_directly if event.get("channel_type") == "im" else _replied)(world, event, event_id)


# Said


def _replied(world: World, event: Event, event_id: str | None) -> None:
    """A colleague's reply in a case's thread is kept as a note, and never leaves Slack. Who means a command is told so.

    Below the card that many cases share nothing is kept, and whoever writes there hears it, once.
    """
    if _mentions_me(world, event):
        return
    parent, said = _parent(world, event) if _in_thread(event) else None, _words(world, event)
    number = parent.case_number if parent else None
    if number is not None and said and _note(world, event, number, said, event_id):
        _hint(world, event, "noted_aloud", number)
    elif parent is not None and parent.kind is Kind.FLOOD and said:
        once = replace(_place(event, None), name=f"of which case {parent.id}")
        obeyed(world, Misread("which_case", {"verb": ActionName.NOTE}), str(event["user"]), once, event_id)
    elif not _in_thread(event):
        _hint(world, event, "said_aloud", None)


def _hint(world: World, event: Event, how: RefusalName, thread_case: int | None) -> None:
    """Who types a command for everybody to read is told privately how it is given, if they may and its case is here."""
    person, text = str(event["user"]), named(markup_of(event), world.directory.name_of)
    command = parse(text, thread_case)
    if not isinstance(command, Command) or not means_a_command(world, command, person):
        return
    number = command.number or 0
    case = world.store.read(lambda tx: cases.load(tx, number))
    here = case is not None and world.directory.known(case.channel) == event["channel"]
    if here and may(world, person, command.verb, number) is None:
        typed = _words(world, event).replace("`", "").removeprefix("/case").strip()
        place = replace(_place(event, None), name=f"hint {_said_in(event)}")
        refuse(world, person, place, NotAllowed(how, {"typed": typed, "number": thread_case or number}))


def _told_directly(world: World, event: Event, event_id: str | None) -> None:
    """Whatever is written to the bot itself is a command. Below a reminder it is about its case, and what is none is a note."""
    command_text = named(markup_of(event), world.directory.name_of)
    if not command_text.strip():
        return
    place = _place(event, event_id)
    parent = _parent(world, event) if _in_thread(event) else None
    number = parent.case_number if parent else None
    command = parse(command_text, number)
    if not isinstance(command, Misread) or command.reason != "unknown_verb":
        obeyed(world, command, str(event["user"]), place, event_id)
    elif number is not None:
        noted = _note(world, event, number, _words(world, event), event_id)
        if noted and command.facts.get("nearest"):
            obeyed(world, Misread("noted_though", {**command.facts, "number": number}), str(event["user"]), place, None)
    elif parent is not None:
        obeyed(world, Misread("which_case", {"verb": ActionName.NOTE}), str(event["user"]), place, event_id)
    else:
        obeyed(world, command if command.facts.get("nearest") else Command("help"), str(event["user"]), place, event_id)


def mentioned_in(world: World, event: Event, event_id: str | None) -> None:
    """The bot was mentioned. In direct messages, where Slack sends no such event, every message is a command already.

    Where a workflow or another app did so, Slack names no user: then nobody has asked for anything.
    """
    if is_direct(str(event["channel"])) or not event.get("user"):
        return
    text = named(str(event.get("text", "")), world.directory.name_of)
    case = _thread_case(world, event) if event.get("thread_ts") else None
    mentioned(world, text, str(event["user"]), _place(event, event_id), case, event_id)


def _note(world: World, event: Event, number: int, said: str, event_id: str | None, *, changed: bool = False) -> bool:
    """Keeps what was said as a note. False, and once for each thread a word why, where whoever said it may not."""
    person = str(event["user"])
    if (refusal := may(world, person, ActionName.NOTE, number)) is not None:
        refuse(world, person, replace(_place(event, None), name=f"note {number} {refusal.reason}"), refusal)
        return False
    at, where = None if changed else _instant(event.get("ts")), _said_in(event)
    wanted = Act(ActionName.NOTE, person, Via.THREAD, text=said, said_in=where)

    def overtaken(tx: Tx) -> bool:
        """A change of it, or its deletion, has reached us first; it is later by less than we keep."""
        return at is not None and timeline.taken_back_after(tx, where, at - timedelta(milliseconds=1))

    act(world, number, wanted, event_id=event_id, overtaken=overtaken)
    return True


# Changed and deleted


def _changed(world: World, event: Event, before: Event, after: Event, event_id: str | None) -> None:
    """An edit. Slack says the same of a message that was merely given the preview of a link."""
    was, says = _words(world, before), _words(world, after)
    if was == says:
        return
    said = {"channel": event["channel"], "channel_type": event.get("channel_type"), **after}
    is_note = not _mentions_me(world, said) and (_in_thread(said) or is_direct(str(event["channel"])))
    if not is_note:
        command = parse(named(markup_of(after), world.directory.name_of), 0 if _in_thread(said) else None)
        is_still = isinstance(command, Command) and command.verb == ActionName.NOTE
        says = command.words if is_still and isinstance(command, Command) else ""
    if not _followed(world, event, {**before, "ts": after.get("ts")}, says or None, event_id) and is_note and not was:
        number = _thread_case(world, said)
        if number is not None:
            _note(world, said, number, says, event_id, changed=True)


def _followed(world: World, event: Event, before: Event, says: str | None, event_id: str | None) -> bool:
    """The note that a message was kept as says from now on what the message says, or nothing (None). False: it was none."""
    said = {"channel": event.get("channel"), **before}
    number = _case_named(world, said)
    if number is None or (says is not None and may(world, str(before.get("user")), ActionName.NOTE, number)):
        return False
    where, changed_at, now = _said_in(said), _instant(event.get("event_ts")), world.now()
    earlier = {str(before.get("text") or ""), _words(world, before)} - {""}

    def work(tx: Tx) -> bool:
        if changed_at is not None:
            timeline.took_back(tx, where, changed_at)
        was = timeline.reworded(tx, number, where, earlier, says)
        if was is None:
            return False
        if timeline.first_time(tx, event_id, now) and was != says:
            action = "note_withdrawn" if says is None else "note_changed"
            timeline.note_down(tx, number, now, before.get("user"), action, Via.THREAD)
            messages.reword(tx, number, was, says or words.NOTE_WITHDRAWN, now)
        return True

    return world.store.write(work)


def _case_named(world: World, said: Event) -> int | None:
    """The case of the thread it stands in, or the one that a command in it names."""
    number = _thread_case(world, said) if _in_thread(said) else None
    if number is None:
        command = parse(markup_of(said))
        number = command.number if isinstance(command, Command) else None
    return number


# Where it stands


def _place(event: Event, event_id: str | None) -> Place:
    thread = event.get("thread_ts")
    return Place(str(event["channel"]), str(thread) if thread else None, event_id or "", said_in=_said_in(event))


def _in_thread(event: Event) -> bool:
    return event.get("thread_ts") not in (None, "", event.get("ts"))


def _parent(world: World, event: Event) -> messages.Shown | None:
    return standing(world, str(event["channel"]), str(event["thread_ts"]), event.get("parent_user_id"))


def _thread_case(world: World, event: Event) -> int | None:
    parent = _parent(world, event)
    return parent.case_number if parent else None


def _said_in(event: Event) -> str:
    return f"{event.get('channel')} {event.get('ts')}"


def _instant(ts: Any) -> datetime | None:
    try:
        return datetime.fromtimestamp(float(ts), UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _words(world: World, message: Event) -> str:
    return words_of(message, world.directory.name_of)


def _mentions_me(world: World, event: Event) -> bool:
    myself = world.directory.myself()
    return myself is not None and f"<@{myself.user_id}" in str(event.get("text") or "")
