"""A letter has come in, by whichever road: whose it is, and whether it is an answer, a colleague's copy, a letter come back, or feedback."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass, replace
from hashlib import blake2b

from cases.arrivals.before import Before
from cases.arrivals.customers import email_key
from cases.arrivals.evidence import Outcome, Report
from cases.arrivals.feedback import Arriving, BadFeedback, Fault
from cases.arrivals.meaning import meant
from cases.arrivals.told import Told
from cases.letters.attached import shown
from cases.letters.case_address import case_of, case_tag
from cases.letters.incoming import Automatic, Incoming, Team
from cases.letters.letter import Letter, LetterState
from cases.letters.machine import Mark
from cases.letters.proof import vouched
from cases.letters.returned import Bounce
from cases.letters.seen import Seen, seen
from cases.letters.tally import Kind, Taken
from cases.messages.notes import Reported, Say
from cases.model import OPEN, Case, Feedback, Via, Way
from handlers.aloud import tell
from handlers.change import show_draft
from handlers.feedback.evidence import case_of_reference, reported
from handlers.feedback.tally import count
from handlers.world import World
from store import cases, customers, facts, feedback, letters, timeline
from store.engine import Tx

log = logging.getLogger(__name__)
_SECRET = "letters.secret"  # noqa: S105  the name of the fact


def team_of(world: World) -> Team:
    """Whose letters are the team's own."""
    own = world.inbox or (world.post and world.post.sender)
    return Team(own.address if own else "", world.policy.mail.colleagues)


def case_address(world: World, number: int) -> str | None:
    """Where to copy a letter to the customer of a case; None where nobody reads what comes there."""
    if world.inbox is None:
        return None
    secret = world.store.read(lambda tx: facts.recall(tx, _SECRET))
    if secret is None:
        fresh = secrets.token_hex(32)
        secret = world.store.write(lambda tx: facts.first(tx, _SECRET, fresh))
    return world.inbox.with_token(case_tag(str(secret), number))


@dataclass(frozen=True, slots=True)
class _Whose:
    """What we know of a letter: the case it answers or was copied to, the addresses of its customer, that of our letter first.

    `copied`: it came to the address of the case itself, which colleagues alone are told. `is_ours`: we sent it; `is_customers`:
    somebody of the sender's address has a case. A name alone makes no letter ours: others can write it, too.
    """

    case: Case | None = None
    addresses: tuple[str, ...] = ()
    copied: bool = False
    is_ours: bool = False
    is_customers: bool = False


def came_in(
    world: World, letter: Incoming | Bounce | Automatic, told: Told, server: str | None, event: str | None = None
) -> list[Arriving]:
    """What of a letter is feedback; all else is carried out here. `server` is the mail server that we believe, if there is one;
    `event` names the delivery where a vendor posts it.

    Raises BadFeedback where a letter says nothing that could be, or bears a list's mark and the address of a customer.
    """
    if isinstance(letter, Bounce):
        _came_back(world, letter)
        count(world, told.name, Taken.RETURNED, letter.name)
        return []
    team = team_of(world)
    if isinstance(letter, Automatic):
        return _automatic(world, letter, team, told, server, event)
    return _of_person(world, letter.of_writer(team), team, told, server, event)


def _automatic(
    world: World, letter: Automatic, team: Team, told: Told, server: str | None, event: str | None
) -> list[Arriving]:
    """What no person wrote is counted, and passed over; not so a customer's letter that somebody's group or list carried."""
    came = letter.of_person(team)
    if came is None and letter.mark is Mark.LIST:
        theirs = letter.letter.of_writer(team)
        whose = world.store.read(lambda tx: _whose(tx, theirs))
        if world.store.read(lambda tx: _answers_ours(tx, theirs, whose)) and not team.has(theirs.address):
            came = theirs
        elif whose.is_customers:
            count(world, told.name, letter.mark, letter.letter.name)
            raise BadFeedback(Fault("List-Id", "says that it is a list's, and its sender is a customer"))
    if came is not None:
        return _of_person(world, came.of_writer(team), team, told, server, event)
    count(world, told.name, letter.mark, letter.letter.name)
    log.info("a letter at %s is passed over (%s): %s", told.name, letter.mark, letter.letter.name or "it has no name")
    return []


def _of_person(
    world: World, letter: Incoming, team: Team, told: Told, server: str | None, event: str | None
) -> list[Arriving]:
    came = letter
    whose = world.store.read(lambda tx: _whose(tx, came))

    def taken(kind: Kind) -> list[Arriving]:
        count(world, told.name, kind, came.name)
        return []

    proven = vouched(letter.results, letter.sender, server)
    if whose.is_ours and team.has(letter.address):
        return taken(Taken.OWN)
    is_colleagues = team.has(letter.address) and not (whose.is_customers and team.is_guess)
    if is_colleagues and letter.is_copy_for(team):
        _copied(world, letter, whose, proven)
        return taken(Taken.COPY)
    by = ""
    if is_colleagues:  # to us alone: of what they pass on the author is the customer, by the address alone; all else is the house's own
        passed_on = letter.passed_on(team)
        if passed_on is None and (whose.case is not None or not team.is_guess):
            return taken(Taken.OWN)
        by = letter.sender if passed_on else ""
        whose, letter = replace(whose, addresses=()), passed_on or letter
    elif whose.copied and letter.address not in whose.addresses:
        if _is_doubted(world, letter, whose):
            return taken(Taken.COPY)
        whose = _Whose(is_customers=whose.is_customers)
    if letter.is_sealed and whose.case is None and not whose.is_customers:
        raise BadFeedback(Fault("text", "cannot be read here"))
    answers = letter.answers(whose.addresses, is_known=whose.is_customers, proven=proven, by=by, now=world.now())
    at = letter.said_at
    taken(Taken.JOINED if whose.case is not None else Taken.FEEDBACK)
    arriving = meant(list(answers), told, said_at=min(at, world.now()) if at else None, event=event)
    return [replace(_by_a_name_of_its_own(world, arriving), pictures=tuple(shown(letter.came)))]


def _by_a_name_of_its_own(world: World, arriving: Arriving) -> Arriving:
    """Some programs give all their letters one Message-ID: another writer's, or one of other words and another time, is another letter."""
    new = arriving.feedback
    _, before = world.store.read(lambda tx: feedback.known(tx, new))
    if not isinstance(before, Before) or _is_same(before.feedback, new):
        return arriving
    digest = blake2b(f"{new.customer.email}\n{new.occurred_at}\n{new.comment}".encode(), digest_size=8).hexdigest()
    return replace(arriving, feedback=replace(new, external_id=f"{new.external_id}#{digest}"))


def _is_same(before: Feedback, new: Feedback) -> bool:
    """A list's copy has other words than the letter that came directly, and the same Date."""
    if new.occurred_at is not None and new.occurred_at == before.occurred_at:
        return True
    return (new.comment, new.customer.email) == (before.comment, before.customer.email)


def _whose(tx: Tx, letter: Incoming) -> _Whose:
    is_ours = letters.is_ours(tx, letter.name)
    secret = str(facts.recall(tx, _SECRET) or "")
    answered = _answered(tx, letter)
    copied = next((number for tag in letter.tags if secret and (number := case_of(secret, tag))), None)
    number = copied or (answered.case if answered else None)
    case = cases.load(tx, number) if number else None
    if case is not None and case.joined_into is not None:
        case = cases.load(tx, case.joined_into)
    key = email_key(letter.address)
    has_case = bool(key and customers.found(tx, [{f"email:{key}"}], 1))
    if case is None:
        return _Whose(is_ours=is_ours, is_customers=has_case)
    ours = [answered.address] if answered and not copied else []
    return _Whose(case, tuple(dict.fromkeys([*ours, *_addresses(case)])), copied is not None, is_ours, has_case)


def _answered(tx: Tx, letter: Incoming) -> Letter | None:
    """The letter of ours that it answers; none where a stranger names those to several customers, of whom it can be neither's."""
    found = letters.answered(tx, letter.tags, letter.follows)
    addresses = {each.address.lower() for each in found}
    return found[0] if found and (len(addresses) == 1 or letter.address in addresses) else None


def _answers_ours(tx: Tx, letter: Incoming, whose: _Whose) -> bool:
    """Whether it names a letter of ours as the one it answers, or is the customer's own: lists do neither, who have our address from somebody."""
    return whose.case is not None and (
        letter.address in whose.addresses or bool(letters.answered(tx, (), letter.follows))
    )


def _addresses(case: Case) -> list[str]:
    return [each.customer.email.strip().lower() for each in case.feedback if each.customer.email]


def _copied(world: World, letter: Incoming, whose: _Whose, proven: bool | None) -> None:
    """A colleague's letter to others, of which we have a copy: contact, where it went to a customer who waits, and is the colleague's.

    Who came to the case's own address was told it by us; of all others at our domain we only guess that they are colleagues.
    """
    now = world.now()
    waiting, _ = world.store.read(customers.addresses_waiting)
    theirs = whose.addresses if whose.copied else waiting
    found = seen(letter.headers, theirs, now)
    case = whose.case if whose.copied else None
    if found is None or found.at < (case.waiting_since if case else waiting[found.to]):
        return
    if proven and (whose.copied or not team_of(world).is_guess):
        address = None if case else found.to
        reported(
            world,
            Report(
                outcome=Outcome.REACHED,
                case=case.number if case else None,
                email=address,
                how=Way.EMAIL,
                at=found.at,
                by=found.by,
                reference=found.name,
            ),
        )
    elif case is not None:
        world.store.write(lambda tx: _doubted(world, tx, case.number, found))


def _is_doubted(world: World, letter: Incoming, whose: _Whose) -> bool:
    """Whether somebody who knows the case's address, and is no colleague by any sign, wrote to its customer: from home, perhaps."""
    found, case = seen(letter.headers, whose.addresses, world.now()), whose.case
    if found is None or case is None:
        return False
    world.store.write(lambda tx: _doubted(world, tx, case.number, found))
    return True


def doubted(world: World, tx: Tx, found: Seen) -> None:
    """Asks in the newest case of whom a letter went to that somebody else than the team wrote, though it stands among the sent ones."""
    for number in customers.found(tx, [{f"email:{email_key(found.to)}"}], 1):
        _doubted(world, tx, number, found)


def _doubted(world: World, tx: Tx, number: int, found: Seen) -> None:
    """Who knows the address can write in a colleague's name: unless our server vouches for it, a person has to say. Asked once for a case."""
    case = cases.hold(tx, number)
    if case is None or case.status not in OPEN or facts.recall(tx, _asked(number)):
        return
    facts.remember(tx, _asked(number), found.name)
    told = {"way": Way.EMAIL, "program": found.by, "at": found.at}
    timeline.note_down(tx, number, world.now(), None, Say.SEEN_DOUBTED.value, Via.ARRIVAL, told)
    tell(world, tx, case, case, Reported(say=Say.SEEN_DOUBTED, way=Way.EMAIL, at=found.at, program=found.by))


def _asked(number: int) -> str:
    return f"letters.doubted:{number}"


def _came_back(world: World, bounce: Bounce) -> None:
    """A letter that did not arrive was no contact. Which one it was is known by its name, and it has to be the customer whom it did not reach.

    That name is in nobody's hands but ours and those of who carried the letter, while anybody can write of an address that
    a letter to it came back.
    """
    letter, number = world.store.read(lambda tx: _not_arrived(tx, bounce))
    if number is None:
        log.info("a letter came back that nobody here knows of")
        return
    reported(
        world,
        Report(
            outcome=Outcome.BOUNCED,
            case=number,
            how=Way.EMAIL,
            words=bounce.why,
            reference=bounce.name or None,
        ),
    )
    if letter is not None:
        world.store.write(lambda tx: _note_down(world, tx, letter.case, letter.version, bounce.why))


def _not_arrived(tx: Tx, bounce: Bounce) -> tuple[Letter | None, int | None]:
    """The letter of ours that it was, and the case; a colleague's own letter is known by the report of it."""
    letter = next(iter(letters.answered(tx, (), bounce.of)), None)
    number = letter.case if letter else case_of_reference(tx, bounce.of)
    case = cases.load(tx, number) if number else None
    if case is None or not bounce.is_for([*([letter.address.lower()] if letter else []), *_addresses(case)]):
        return None, None
    return letter, number


def _note_down(world: World, tx: Tx, number: int, version: int, why: str) -> None:
    letter, case = letters.load(tx, number, version), cases.load(tx, number)
    if letter is not None and (letter.state is LetterState.SENT or letter.is_in_doubt):
        letters.save(tx, replace(letter, state=LetterState.REFUSED, why=why))
        if case is not None:
            show_draft(tx, case, world.now())


def server_believed(world: World, learnt: str | None = None) -> str | None:
    """Whose word counts on who wrote a letter: the one that policy names, else the one that was learnt."""
    return world.policy.mail.authserv_id or learnt
