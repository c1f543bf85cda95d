"""A colleague types a command, `/case …` anywhere or `@Amends …` in a case's thread: one grammar reads both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import time

from cases.acts.act import Act, ActionName, NotAllowed, Unchanged, Wants
from cases.acts.actions import ACTIONS, named
from cases.acts.commands import Command, Misread, parse, read_act, read_until
from cases.acts.numbers import NUMBER
from cases.acts.refusals import RefusalName
from cases.acts.verbs import ABOUT_ONESELF, DONE, REGROUPING, SEND, TAKE_BACK
from cases.may import What
from cases.messages import intents
from cases.messages.kinds import Contact
from cases.model import Case, Grade, Status, Via
from cases.policy.page import Policy
from cases.policy.working_time import calendar_of
from cases.replies.drafts import DraftState
from cases.spoken.signs import level
from handlers.act import Place, SeenBefore, act, answer
from handlers.cards import contact_lines, modals, private, words
from handlers.cards.case_menus import asks_first
from handlers.cards.message import Message, View, line
from handlers.cards.mrkdwn import fill
from handlers.feedback.regroup import join, move
from handlers.letters.send import Send, take_back
from handlers.listeners import looking
from handlers.listeners.practice import practise
from handlers.listeners.questions import QUESTIONS, asked
from handlers.reply.edit import another_try, restored, revise
from handlers.rights import called, is_lead, may, may_open, opens_in
from handlers.team import away
from handlers.world import World
from store import cases, drafts, messages, open_cases
from store.engine import Tx

# What a command lacks when it is refused for this reason; a form can ask for it where one can be opened.
_LACKS: frozenset[RefusalName] = frozenset(
    {
        "close_how",
        "give_to_whom",
        "snooze_until_when",
        "promise_what",
        "promise_by_when",
        "note_what",
        "contact_why",
        "remedy_what",
        "lesson_what",
    }
)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a command is answered with: a private message, or a form to open. Neither: nothing is said."""

    message: Message | None = None
    form: View | None = None


def refuse(world: World, person: str, place: Place, refusal: NotAllowed) -> None:
    """Says privately why somebody may not."""
    world.store.write(lambda tx: answer(tx, person, place, private.refused(refusal, emoji=place.emoji), world.now()))


def mentioned(
    world: World, text: str, person: str, place: Place, thread_case: int | None, event_id: str | None
) -> None:
    """The bot was mentioned: does what was asked and answers privately at that place."""
    obeyed(world, parse(text, thread_case), person, place, event_id)


def obeyed(world: World, command: Command | Misread, person: str, place: Place, event_id: str | None) -> None:
    """Does what a message asks for and answers privately at its place."""
    reply = commanded(world, command, person, Via.MENTION, place, event_id)
    if reply.message is not None:
        message, now = reply.message, world.now()
        number = command.number if isinstance(command, Command) and not command.also else None
        there = number is not None and world.store.read(lambda tx: cases.channel(tx, number)) is not None
        world.store.write(lambda tx: answer(tx, person, place, message, now, number if there else None))


def commanded(
    world: World,
    command: Command | Misread,
    person: str,
    via: Via,
    place: Place,
    event_id: str | None = None,
) -> Reply:
    """Does what a command asks for, if this person may, and returns the answer to it."""
    if isinstance(command, Command) and command.also:
        return _each(world, command, person, via, place, event_id)
    asks, number = (What.READ, None) if isinstance(command, Misread) else (command.verb, command.number)
    here = opens_in(world, place.channel)
    refusal = may_open(world, person, here) if asks == "new" else may(world, person, asks, number)
    if refusal is not None:
        return _refused(refusal)
    if isinstance(command, Misread):
        return _refused(_with_number(world, person, command))
    if command.verb in REGROUPING:
        return _regrouped(world, command, person, via, event_id)
    if command.verb in QUESTIONS:
        return Reply(asked(world, command, person, via))
    if command.verb in ABOUT_ONESELF:
        return _about_oneself(world, command, person, via, event_id)
    if command.verb == DONE:
        return _which(world, command, person, via, place, event_id)
    if command.verb == SEND:
        return _sent(world, command, person)
    if command.verb == TAKE_BACK:
        return _taken_back(world, command, person)
    if command.verb == "new":
        return _new(world, command, person, via, here)
    if command.verb == ActionName.DISMISS and (reply := _asked_back(world, command)) is not None:
        return reply
    if command.verb == ActionName.DRAFT and (reply := _drafted(world, command, person)) is not None:
        return reply
    return _acted(world, command, person, via, place, event_id)


def _regrouped(world: World, command: Command, person: str, via: Via, event_id: str | None) -> Reply:
    """What two cases hold is joined or parted; whoever may do it to one of them must be one who may to the other."""
    number, said = command.number or 0, command.words
    if command.verb == "move":
        moved = move(world, number, said, person, via, event_id)
        return _refused(moved) if isinstance(moved, NotAllowed) else Reply(private.moved(moved.case, moved.to))
    other = NUMBER.fullmatch(level(said))
    if other is None:
        return _refused(NotAllowed("join_with_what", {"number": number}))
    into = int(other["number"])
    if (refusal := may(world, person, command.verb, into)) is not None:
        return _refused(refusal)
    done = join(world, number, into, person, via, event_id)
    return (
        _refused(done)
        if isinstance(done, NotAllowed)
        else Reply(private.joined(number, into, done.feedback, done.channel))
    )


def _each(world: World, command: Command, person: str, via: Via, place: Place, event_id: str | None) -> Reply:
    """The same for several cases, one after the other, each with its own line in one answer."""
    answers = []
    for number in (command.number or 0, *command.also):
        one = replace(command, number=number, also=(), alone=False)
        of_it = None if event_id is None else f"{event_id}#{number}"
        reply = commanded(world, one, person, via, place, of_it)
        if reply.message is not None:
            answers.append((number, reply.message))
    return Reply(private.of_each(answers) if answers else None)


def _with_number(world: World, person: str, misread: Misread) -> Misread:
    """What a hint tells people to type names a case that is there: the one they meant, else one of theirs, else any."""

    def any_case(tx: Tx) -> int:
        now = world.now()
        found = open_cases.of_owner(tx, person, now, 1) or open_cases.of_team(tx, now, 1)
        return found[0] if found else 12

    if "number" in misread.facts:
        return misread
    number = misread.number or world.store.read(any_case)
    return replace(misread, facts={**misread.facts, "number": number})


def _refused(refusal: Misread | NotAllowed, case: Case | None = None) -> Reply:
    if isinstance(refusal, NotAllowed):
        return Reply(private.refused(refusal, case))
    return Reply(line(words.refusal(refusal.reason, refusal.facts)))


def _about_oneself(world: World, command: Command, person: str, via: Via, event_id: str | None) -> Reply:
    read = read_until(command, world.now(), world.policy.zone, _working_start(world.policy))
    if isinstance(read, NotAllowed):
        return _refused(read)
    return Reply(away.said(world, away.Spoken(command, person, via, *read, event_id)))


def _working_start(policy: Policy) -> time:
    """What a day without a time of day means."""
    return min((span[0] for day in range(7) for span in policy.hours.spans(day)), default=policy.digest.at)


def _new(world: World, command: Command, person: str, via: Via, channel: str | None) -> Reply:
    if level(command.words).strip(" .!").lower() in _PRACTICE:
        return Reply(practise(world, person, via, channel))
    if via is Via.MENTION:  # a mention brings no trigger to open a form with
        return Reply(line(words.refusal("new_needs_slash", {})))
    return Reply(form=modals.new_case(command.words, channel))


_PRACTICE = frozenset({"practice", "practice case", "a practice case"})


def _sent(world: World, command: Command, person: str) -> Reply:
    """The approved reply goes out, as by its button."""
    number = command.number or 0
    refusal = revise(world, number, person, SEND, Send(world))
    return _refused(refusal) if refusal else Reply(private.on_its_way(number, world.policy.mail.take_back))


def _taken_back(world: World, command: Command, person: str) -> Reply:
    """The letter that waits stays here, as by its button; without one the words may have meant the case."""
    number = command.number or 0
    refusal = revise(world, number, person, "take_back", take_back)
    if refusal is not None:
        return _refused(NotAllowed("take_back_what", refusal.facts) if refusal.reason == "no_letter" else refusal)
    return Reply(line(fill(words.TAKEN_BACK, number=number)))


def _asked_back(world: World, command: Command) -> Reply | None:
    """Whether to put aside what may be a danger; who gives a reason with it has thought about it."""
    case = world.store.read(lambda tx: cases.load(tx, command.number or 0))
    if case is None or command.words or not asks_first(ActionName.DISMISS, case):
        return None
    return Reply(private.dismiss_asks(case))


def _drafted(world: World, command: Command, person: str) -> Reply | None:
    """`draft` asks for another version, unless the customer asked for no contact: then it is a decision to be made."""
    number = command.number or 0
    case = world.store.read(lambda tx: cases.load(tx, number))
    if case is None or case.held:
        return None
    draft = world.store.read(lambda tx: drafts.load(tx, number))
    if draft is not None and draft.state is DraftState.DROPPED and not command.words:
        refusal = revise(world, number, person, "restore_draft", restored)
    else:
        refusal = revise(world, number, person, "redraft", another_try(world, command.words or None))
    return _refused(refusal, case) if refusal else Reply(private.done(Act(ActionName.DRAFT, person, Via.SLASH), case))


def _acted(world: World, command: Command, person: str, via: Via, place: Place, event_id: str | None) -> Reply:
    policy, number = world.policy, command.number or 0
    start = _working_start(policy)
    leads, opens = is_lead(world, person, command.number or 0), calendar_of(policy).next_open
    wanted = read_act(command, person, via, world.now(), policy.zone, start, is_lead=leads, next_open=opens)
    if isinstance(wanted, NotAllowed):
        return _form_for(world, wanted, command, via) or _refused(_with_offer(world, wanted, command))
    wanted = replace(wanted, said_in=place.said_in)
    takes = via is Via.SLASH and wanted.action in _TAKE and wanted.to in (None, person)
    waits = may(world, person, What.DETAILS, number) if takes else None
    beside, shows = _beside_the_answer(place, wanted), takes and waits is None
    result = act(world, number, wanted, place=beside, event_id=event_id, shows_details=shows)
    if isinstance(result, SeenBefore) or (result.case is None and not isinstance(result.decision, NotAllowed)):
        return Reply()
    if isinstance(result.decision, NotAllowed):
        return _form_for(world, result.decision, command, via) or _refused(result.decision, result.case)
    assert result.case is not None
    if isinstance(result.decision, Unchanged):
        return Reply(_unchanged(world, result.said, result.case))
    if takes:
        return Reply(_taken(world, wanted, result.case, waits))
    return Reply(_done(result.said, result.case))


def _with_offer(world: World, refusal: NotAllowed, command: Command) -> NotAllowed:
    """Who is to have a case was named without @: where one colleague answers to that, what to type is said."""
    if refusal.reason != "give_to_whom":
        return refusal
    named, number = level(command.words).removeprefix("to ").split(), command.number or 0
    for end in range(min(len(named), _LONGEST_NAME), 0, -1):
        fitting = called(world, " ".join(named[:end]).lower().strip("@.,:;"), number)
        if len(fitting) == 1:
            typed = " ".join(["give", str(number), f"@{fitting[0].handle}", *named[end:]])
            return NotAllowed("give_to_named", {"name": fitting[0].name, "typed": typed.replace("`", "")})
    return refusal


_LONGEST_NAME = 4  # words


def means_a_command(world: World, command: Command, person: str) -> bool:
    """Whether words that were said to everybody would be a command that does something: chatter rarely reads as one."""
    action = named(command.verb)
    if action is None or action in (ActionName.NOTE, ActionName.DRAFT, ActionName.LESSON):
        return False
    start = _working_start(world.policy)
    read = read_act(command, person, Via.MENTION, world.now(), world.policy.zone, start)
    if isinstance(read, NotAllowed):
        return False
    wants, said = ACTIONS[action].wants, bool(command.words)
    means = {Wants.WAY: read.way, Wants.OUTCOME: read.outcome, Wants.TIME: read.until, Wants.PROMISE: read.until}
    return bool(means[wants]) or not said if wants in means else not (said and wants is Wants.NOTHING)


def _beside_the_answer(place: Place, wanted: Act) -> Place | None:
    """Refusals go back with the command. So does all else that is said to who typed a slash command, perhaps far from our channel."""
    if wanted.via is Via.SLASH and wanted.to in (None, wanted.actor):
        return None
    return replace(place, refusals=False)


def _unchanged(world: World, wanted: Act, case: Case) -> Message:
    """Nothing to do. Who claims what is theirs already hears once more how to reach the customer."""
    said = private.unchanged(wanted, case) or _done(wanted, case)
    if wanted.via is not Via.SLASH or wanted.action not in _TAKE or case.owner != wanted.actor:
        return said
    how = looking.how_to_reach(world, case, wanted.actor, wanted.via)
    return private.taken(said, how) if how else said


_TAKE = frozenset({ActionName.CLAIM, ActionName.GIVE, ActionName.TAKEOVER})


def _taken(world: World, wanted: Act, case: Case, waits: NotAllowed | None) -> Message:
    """The case is theirs, and how to reach the customer; where that `waits`, it comes to them by itself later."""
    if waits is not None:
        intent, now = intents.contact(case.number, case.revision), world.now()
        owner, number = wanted.actor, case.number
        world.store.write(
            lambda tx: messages.owe(tx, Contact(), intent=intent, channel=owner, case_number=number, now=now)
        )
    how = line(words.refusal(waits.reason, waits.facts)) if waits else private.contact_details(case, world.policy)
    return private.taken(private.done(wanted, case), how)


def _done(said: Act, case: Case) -> Message:
    """What became of it, and what is to be known besides; who only says "contacted" is asked how it went."""
    bare = said.action == ActionName.CONTACTED and not (said.way or said.text)
    if bare and said.via is Via.SLASH and case.evidence is Grade.CLICKED:
        return contact_lines.ask_how(case)
    told, besides = private.done(said, case), contact_lines.remarks(said, case) or private.how_won(said, case)
    return private.taken(told, besides) if besides else told


def _which(world: World, command: Command, person: str, via: Via, place: Place, event_id: str | None) -> Reply:
    """ "done" with a way is a contact, with an outcome the end; else it is asked which it is."""
    for action in (ActionName.CONTACTED, ActionName.CLOSE):
        meant = replace(command, verb=action)
        read = read_act(meant, person, via, world.now(), world.policy.zone, _working_start(world.policy))
        if isinstance(read, Act) and (read.way or read.outcome):
            return _acted(world, meant, person, via, place, event_id)
    case = world.store.read(lambda tx: cases.load(tx, command.number or 0))
    if case is None:
        return _refused(NotAllowed("no_such_case", {"number": command.number}))
    if case.status is Status.CLOSED:
        return _refused(NotAllowed("closed", {"outcome": case.outcome, "at": case.closed_at}), case)
    return Reply(contact_lines.which(case, person))


def _form_for(world: World, refusal: NotAllowed, command: Command, via: Via) -> Reply | None:
    """Where only some words are missing and Slack lets us, a form asks for them."""
    action = named(command.verb)
    if action is None or via is not Via.SLASH or refusal.reason not in _LACKS or command.words or not command.alone:
        return None
    case = world.store.read(lambda tx: cases.load(tx, command.number or 0))
    if case is None or case.status not in ACTIONS[action].allowed_in:
        return None
    return Reply(form=modals.form(action, case, world.policy.lessons.causes))
